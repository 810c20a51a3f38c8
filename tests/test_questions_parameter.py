"""What a caller writes for a parameter, and what it means in this graph."""

from __future__ import annotations

import pytest
from rdflib import XSD, Literal, URIRef

from hpkg.errors import CallerError
from hpkg.home import home
from hpkg.namespaces import BASE, HP
from hpkg.questions.parameter import choices, resolve
from hpkg.questions.question import Bilingual, Parameter
from hpkg.store.embedded import EmbeddedStore

ID = f"{BASE}id/"


def parameter(kind: str) -> Parameter:
    """Return a parameter of a type."""
    return Parameter("thing", kind, Bilingual("", ""), required=False, default=None, example="")


@pytest.mark.parametrize(
    ("kind", "value", "iri"),
    [
        ("concept:pillar", "port-logistics", "pillar/port-logistics"),
        ("concept:pillar", "PORT-LOGISTICS", "pillar/port-logistics"),
        ("concept:pillar", f"{ID}pillar/port-logistics", "pillar/port-logistics"),
        ("concept:pillar", "Cảng biển-logistics", "pillar/port-logistics"),
        ("concept:pillar", "cang bien logistics", "pillar/port-logistics"),
        ("concept:pillar", "Seaports and logistics", "pillar/port-logistics"),
        ("concept:comparator", "≥", "comparator/greater-or-equal"),
        ("concept:comparator", "greater-or-equal", "comparator/greater-or-equal"),
        ("instance:hp:District", "317", "place/31-317"),
        ("instance:hp:District", "31-317", "place/31-317"),
        ("instance:hp:District", "Huyện Cát Hải", "place/31-317"),
        ("instance:hp:District", "cat hai", "place/31-317"),
        ("instance:hp:District", "cat-hai", "place/31-317"),
        ("instance:hp:District", "Cát Hải", "place/31-317"),
        ("instance:hp:LegalDocument", "50-NQ/TW", "document/vn/50-nq-tw"),
        ("instance:hp:TaskGroup", "v.4", "task/31-hai-phong/2020-402-bc-ubnd/v.4"),
        ("instance:hp:TextUnit", "p2.v.4.10", "sentence/31-hai-phong/2020-402-bc-ubnd/p2.v.4.10"),
        ("year", "2021", "period/2021"),
    ],
)
def test_a_thing_is_meant_by_key_iri_or_name(sample_store: EmbeddedStore, kind: str, value: str, iri: str) -> None:
    """A key, a full IRI, and a name in either language, with tones or without, all mean the same thing."""
    assert resolve(sample_store, parameter(kind), value) == URIRef(ID + iri)


def test_a_class_is_meant_by_its_name_in_kebab_case(sample_store: EmbeddedStore) -> None:
    """A parameter may be a kind of thing."""
    found = resolve(sample_store, parameter("subclass:hp:StrategicDirection"), "breakthrough-direction")
    assert found == HP.BreakthroughDirection


def test_numbers_and_texts_are_typed_values(sample_store: EmbeddedStore) -> None:
    """Where any value will do it is a literal of its type."""
    assert resolve(sample_store, parameter("integer"), "12") == Literal("12", datatype=XSD.integer)
    assert resolve(sample_store, parameter("string"), '"} DROP') == Literal('"} DROP')
    with pytest.raises(CallerError) as refused:
        resolve(sample_store, parameter("integer"), "twelve")
    assert refused.value.code == "parameter-not-integer"


def test_a_unit_that_came_after_the_report_is_no_choice(sample_store: EmbeddedStore) -> None:
    """Thủy Nguyên is the district of 2020, never silently the city of 2025."""
    assert resolve(sample_store, parameter("instance:hp:District"), "Thủy Nguyên") == URIRef(f"{ID}place/31-311")
    keys = {str(choice.term) for choice in choices(sample_store, parameter("instance:hp:District"))}
    assert f"{ID}place/31-311-2025" not in keys


def test_a_wrong_value_names_the_nearest_and_the_allowed(sample_store: EmbeddedStore) -> None:
    """The error is enough to mend the call."""
    with pytest.raises(CallerError) as refused:
        resolve(sample_store, parameter("concept:pillar"), "port-logistic")
    hint = refused.value.hint("en")
    assert "Nearest: port-logistics" in hint
    assert "tourism-trade" in hint
    assert refused.value.where == "--thing"


def test_a_name_of_several_things_is_not_guessed(sample_store: EmbeddedStore) -> None:
    """A name that fits two things is refused with both."""
    with pytest.raises(CallerError) as refused:
        resolve(sample_store, parameter("instance:hp:Measurement"), "2020")
    assert refused.value.code in {"parameter-ambiguous", "parameter-value-unknown"}
    with pytest.raises(CallerError) as ambiguous:
        resolve(sample_store, parameter("instance:hp:Plan"), "31-hai-phong")
    assert "2021" in ambiguous.value.hint("vi")


@pytest.mark.parametrize("value", ["", " ", "'", '"', "}", "<urn:x>", "\\", "huyện"])
def test_a_value_that_means_nothing_is_refused_whatever_its_characters(sample_store: EmbeddedStore, value: str) -> None:
    """Nothing is matched by accident: an empty value, a bracket or only the word for a kind is no district."""
    with pytest.raises(CallerError):
        resolve(sample_store, parameter("instance:hp:District"), value)


def test_of_units_with_one_name_the_one_in_the_area_of_a_report_is_meant() -> None:
    """There is a district An Lão in two provinces, and a report of one of them; elsewhere the name stays open."""
    store = EmbeddedStore.open(home())
    assert str(resolve(store, parameter("instance:hp:District"), "An Lão")).endswith("/31-313")
    with pytest.raises(CallerError) as raised:
        resolve(store, parameter("instance:hp:District"), "Châu Thành")
    assert raised.value.code == "parameter-ambiguous"
