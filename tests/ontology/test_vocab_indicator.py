"""Indicators and units: the lists of report 402 are all there, and what is said of each fits together."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Node, URIRef
from rdflib.namespace import RDF, SKOS

from hpkg.namespaces import BASE, HP

ROOT = Path(__file__).parents[2]
VOCAB = ROOT / "ontology" / "vocab"
GOLDEN = ROOT / "tests" / "golden" / "402-bc-ubnd-2020"
TARGETS_2021 = {"economic": 11, "social": 5, "environmental": 3}


def iri(scheme: str, key: str) -> URIRef:
    """Return the IRI of a concept."""
    return URIRef(f"{BASE}id/{scheme}/{key}")


def key(node: Node | None) -> str:
    """Return the key of a concept."""
    return str(node).rpartition("/")[2]


def golden(name: str) -> list[dict[str, object]]:
    """Return the golden records of a kind."""
    return [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def indicators(published: dict[Path, Graph]) -> Graph:
    """The vocabulary of indicators."""
    return published[VOCAB / "indicator.ttl"]


@pytest.fixture(scope="module")
def units(published: dict[Path, Graph]) -> Graph:
    """The vocabulary of units."""
    return published[VOCAB / "unit.ttl"]


def test_each_of_the_18_judged_indicators_is_a_concept(indicators: Graph) -> None:
    """The two lists of I.10 name 11 and 7 indicators, each one concept; a bundle has its parts."""
    judged = golden("assessments")
    assert [sum(record["status"] == status for record in judged) for status in ("met", "missed")] == [11, 7]
    keys = [str(record["indicator_key"]) for record in judged]
    assert len(set(keys)) == 18
    assert all((iri("indicator", name), RDF.type, HP.Indicator) in indicators for name in keys)
    for bundle in ("urban-unemployment-and-rural-working-time", "jobs-created-and-trained-labour"):
        assert len(set(indicators.subjects(HP.subIndicatorOf, iri("indicator", bundle)))) == 2


def test_each_target_of_2021_is_a_concept_in_its_group(indicators: Graph) -> None:
    """The 19 targets stand in three groups of 11, 5 and 3; the first value of each is of that group."""
    firsts: dict[str, tuple[str, str]] = {}
    for record in golden("measurements"):
        section = str(record["section"])
        if section.startswith("p2.iv.") and record["kind"] == "target":
            firsts.setdefault(section, (section.split(".")[2], str(record["indicator_key"])))
    assert len(firsts) == sum(TARGETS_2021.values())
    names = dict(zip("123", TARGETS_2021, strict=True))
    for group, name in firsts.values():
        assert key(indicators.value(iri("indicator", name), HP.indicatorGroup)) == names[group], name


def test_every_figure_of_the_report_has_its_indicator_and_unit(indicators: Graph, units: Graph) -> None:
    """Whatever the report gives a number for is a concept, and the number's unit is one too."""
    for record in golden("measurements"):
        assert (iri("indicator", str(record["indicator_key"])), RDF.type, HP.Indicator) in indicators, record
        assert (iri("unit", str(record["unit"])), RDF.type, HP.Unit) in units, record


def test_levels_are_stated_in_the_unit_of_their_indicator(indicators: Graph, units: Graph) -> None:
    """A result, target or count of an indicator is in its unit, or in one with the same base."""
    for record in golden("measurements"):
        if record["kind"] not in ("result", "target", "count") or record.get("optional"):
            continue
        own = indicators.value(iri("indicator", str(record["indicator_key"])), HP.unit)
        stated = iri("unit", str(record["unit"]))
        assert own is not None, record["indicator_key"]
        assert units.value(own, HP.baseUnit) == units.value(stated, HP.baseUnit), record["indicator_key"]


@pytest.mark.parametrize("name", ["pci", "ddci", "par-index", "sipas", "papi"])
def test_the_indices_are_there(indicators: Graph, name: str) -> None:
    """The five indices of governance that the report names are indicators."""
    assert (iri("indicator", name), RDF.type, HP.Indicator) in indicators


def test_links_of_indicators_lead_to_concepts(indicators: Graph, published: dict[Path, Graph]) -> None:
    """Unit, direction, group, topic, part, growth and comparison lead to a concept that is there."""
    schemes = {
        HP.unit: "unit",
        HP.betterDirection: "direction",
        HP.indicatorGroup: "indicator-group",
        HP.topic: "topic",
        HP.subIndicatorOf: "indicator",
        HP.growthOf: "indicator",
        HP.partlyComparableWith: "indicator",
    }
    for name, scheme in schemes.items():
        there = set(published[VOCAB / f"{scheme}.ttl"].subjects(RDF.type, SKOS.Concept))
        assert set(indicators.objects(None, name)) <= there, name


def test_a_part_stands_below_its_whole(indicators: Graph) -> None:
    """What is a part of an indicator has it as its broader concept, and the other way round."""
    assert set(indicators.subject_objects(HP.subIndicatorOf)) == set(indicators.subject_objects(SKOS.broader))


def test_part_words_need_a_whole(indicators: Graph) -> None:
    """Only an indicator that is a part has words that need the whole beside them."""
    assert set(indicators.subjects(HP.partWord)) <= set(indicators.subjects(HP.subIndicatorOf))


def test_comparison_is_mutual(indicators: Graph) -> None:
    """An indicator that is partly comparable with another is so the other way round, and is never itself."""
    pairs = set(indicators.subject_objects(HP.partlyComparableWith))
    assert pairs == {(other, one) for one, other in pairs}
    assert all(one != other for one, other in pairs)


def test_growth_is_a_rate(indicators: Graph) -> None:
    """The growth of a level is a growth rate in per cent."""
    rates = {node for node, value in indicators.subject_objects(HP.isGrowthRate) if value == Literal(True)}  # noqa: FBT003
    assert set(indicators.subjects(HP.growthOf)) <= rates
    assert {key(indicators.value(node, HP.unit)) for node in rates} == {"percent"}


def test_sdg_links_have_the_form_of_the_un(indicators: Graph) -> None:
    """A link to the Sustainable Development Goals is a goal, a target or an indicator of the United Nations."""
    form = r"http://metadata\.un\.org/sdg/(?:\d{1,2}(?:\.[0-9a-c]{1,2})?|C[0-9a-d]{6})"
    links = {str(link) for link in indicators.objects(None, HP.alignsWithSDG)}
    assert links
    assert [link for link in links if not re.fullmatch(form, link)] == []


def test_units_convert_to_one_base(units: Graph) -> None:
    """A base unit is its own base with factor 1; the base of every unit is one; factors are positive."""
    for unit in units.subjects(RDF.type, HP.Unit):
        base, factor = units.value(unit, HP.baseUnit), units.value(unit, HP.factor)
        assert base is not None
        assert isinstance(factor, Literal)
        assert Decimal(str(factor)) > 0
        assert units.value(base, HP.baseUnit) == base
        assert (unit == base) <= (Decimal(str(factor)) == 1)


@pytest.mark.parametrize(
    ("name", "base", "factor"),
    [
        ("VND-million", "VND", "1000000"),
        ("VND-billion", "VND", "1000000000"),
        ("VND-trillion", "VND", "1000000000000"),
        ("USD-billion", "USD", "1000000000"),
        ("tonne-million", "tonne", "1000000"),
        ("visit-million", "visit", "1000000"),
        ("hectare", "square-metre", "10000"),
        ("kilometre", "metre", "1000"),
        ("year", "month", "12"),
    ],
)
def test_factors_are_right(units: Graph, name: str, base: str, factor: str) -> None:
    """Tỷ is a thousand million, triệu a million, nghìn a thousand."""
    assert key(units.value(iri("unit", name), HP.baseUnit)) == base
    assert Decimal(str(units.value(iri("unit", name), HP.factor))) == Decimal(factor)


def test_the_codes_of_fact_records_are_units(units: Graph) -> None:
    """The unit codes that fact records may hold are all there."""
    codes = (
        *("percent", "percentage-point", "VND", "VND-billion", "VND-million", "USD", "USD-million", "USD-billion"),
        *("tonne", "tonne-million", "hectare", "square-metre-per-person", "kilometre", "point", "times", "rank"),
        *("person", "household", "visit-million", "job", "commune", "park", "organisation", "criterion"),
        *("enterprise", "event", "storey"),
    )
    assert [code for code in codes if (iri("unit", code), RDF.type, HP.Unit) not in units] == []
