"""Derived figures: exact, from the right measurements, and each says where it comes from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, XSD

from hpkg.derive import DERIVED, derive
from hpkg.derive.figures import growth_needed, implied_values
from hpkg.derive.measure import Interval, Measure, printed_step
from hpkg.namespaces import BASE, HP, PREFIXES, mint
from hpkg.store.embedded import EmbeddedStore

REPORT = "31-hai-phong/2020-402-bc-ubnd"
PROV = Namespace(PREFIXES["prov"])
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
FRAME = f"""
@prefix id: <{BASE}id/> . @prefix unit: <{BASE}id/unit/> . @prefix ind: <{BASE}id/indicator/> .
<{BASE}id/report/{REPORT}> a hp:Report ; hp:refArea <{BASE}id/place/31> .
<{BASE}id/period/2020> a hp:Period ; hp:startYear 2020 ; hp:endYear 2020 .
<{BASE}id/period/2021> a hp:Period ; hp:startYear 2021 ; hp:endYear 2021 .
<{BASE}id/period/2021-2025> a hp:Period ; hp:startYear 2021 ; hp:endYear 2025 .
unit:percent hp:factor 1.0 ; hp:baseUnit unit:percent .
unit:percentage-point hp:factor 1.0 ; hp:baseUnit unit:percentage-point .
unit:VND-billion hp:factor 1000000000.0 ; hp:baseUnit unit:VND .
unit:VND-trillion hp:factor 1000000000000.0 ; hp:baseUnit unit:VND .
unit:tonne-million hp:factor 1000000.0 ; hp:baseUnit unit:tonne .
unit:USD-billion hp:factor 1000000000.0 ; hp:baseUnit unit:USD .
unit:job hp:factor 1.0 ; hp:baseUnit unit:job .
ind:grdp-growth hp:isGrowthRate true . ind:iip hp:isGrowthRate true .
ind:output-growth hp:isGrowthRate true ; hp:growthOf ind:output .
ind:revenue-trade hp:subIndicatorOf ind:revenue . ind:revenue-local hp:subIndicatorOf ind:revenue .
ind:revenue-domestic hp:subIndicatorOf ind:revenue-local .
"""
SIGNS = {"=": "equal", "≈": "approximately", ">": "greater", "<": "less", "range": "range"}


class Report:
    """A report's graph in the making: measurements in text order."""

    def __init__(self) -> None:
        """Start with nothing stated."""
        self.text = FRAME
        self.count = 0

    def state(  # noqa: PLR0913 — a measurement has that many traits
        self,
        kind: str,
        indicator: str,
        year: str,
        value: str,
        unit: str,
        *,
        stated: str = "",
        sign: str = "=",
        of: URIRef | None = None,
        falls: bool = False,
        area: str = "31",
    ) -> URIRef:
        """Add a measurement; a `value` with a dash is a range."""
        self.count += 1
        iri = mint("measurement", REPORT, f"p1.i.{self.count}.m1")
        low, _, high = value.partition("–")
        amount = f"hp:lowerBound {low} ; hp:upperBound {high}" if high else f"hp:value {low}"
        links = f"hp:ofMeasurement <{of}> ; " if of else ""
        links += f"hp:forIndicator ind:{indicator} ; " if indicator else ""
        links += f"hp:changeDirection <{mint('direction', 'down')}> ; " if falls else ""
        passage = f"<{BASE}id/report/{REPORT}/text#char={self.count},{self.count + 1}>"
        self.text += f"""
<{iri}> a hp:{kind} ; {amount} ; hp:unit unit:{unit} ; hp:refPeriod <{mint("period", year)}> ; {links}
  hp:refArea <{mint("place", area)}> ; hp:comparator <{mint("comparator", SIGNS[sign])}> ;
  hp:valueAsStated "{stated}" ; hp:evidence {passage} .
{passage} hp:startOffset {self.count} ; hp:inReport <{BASE}id/report/{REPORT}> .
"""
        return iri

    def derived(self) -> Graph:
        """Return the derived figures of what is stated."""
        return derive(EmbeddedStore.of({f"{BASE}graph/{REPORT}": Graph().parse(data=HEADER + self.text)}))


def numbers(graph: Graph, node: URIRef, *properties: URIRef) -> tuple[str, ...]:
    """Return the numbers of `node` as written, and an empty text for each that is not given."""
    found = (graph.value(node, prop) for prop in properties or (HP.value,))
    return tuple("" if number is None else str(number) for number in found)


GRDP = mint("growth-needed", "31-hai-phong", "2021", "grdp-growth")
PORT = mint("growth-needed", "31-hai-phong", "2021", "port")


def test_growth_of_a_level_is_in_per_cent() -> None:
    """142.8 million tonnes in 2020 to 159 million in 2021 is a growth of 11.34 per cent, rounded half up."""
    report = Report()
    result = report.state("Result", "port", "2020", "142.8", "tonne-million")
    target = report.state("Target", "port", "2021", "159.0", "tonne-million")
    graph = report.derived()
    assert numbers(graph, PORT) == ("11.34",)
    assert graph.value(PORT, HP.unit) == mint("unit", "percent")
    assert (graph.value(PORT, HP.fromMeasurement), graph.value(PORT, HP.toMeasurement)) == (result, target)
    assert graph.value(PORT, HP.refPeriod) == mint("period", "2021")
    assert graph.value(PORT, HP.forIndicator) == mint("indicator", "port")


def test_growth_of_a_rate_is_in_percentage_points() -> None:
    """From growth of 11.22 to growth of 13.5 per cent is 2.28 points, not 20 per cent; so for any share."""
    report = Report()
    report.state("Result", "grdp-growth", "2020", "11.22", "percent")
    report.state("Target", "grdp-growth", "2021", "13.5", "percent")
    report.state("Result", "poor", "2020", "0.22", "percent")
    report.state("Target", "poor", "2021", "0.0", "percent")
    graph = report.derived()
    assert numbers(graph, GRDP) == ("2.28",)
    assert numbers(graph, mint("growth-needed", "31-hai-phong", "2021", "poor")) == ("-0.22",)
    assert graph.value(GRDP, HP.unit) == mint("unit", "percentage-point")


def test_a_growth_stated_as_change_can_be_the_result() -> None:
    """An index that only ever "rises by" has its change for result; a level's change does not count as its level."""
    report = Report()
    report.state("Change", "iip", "2020", "15.05", "percent")
    report.state("Target", "iip", "2021", "17.0", "percent")
    report.state("Change", "poor", "2020", "1.5", "percent")
    report.state("Target", "poor", "2021", "2.0", "percent")
    graph = report.derived()
    assert numbers(graph, mint("growth-needed", "31-hai-phong", "2021", "iip")) == ("1.95",)
    assert (mint("growth-needed", "31-hai-phong", "2021", "poor"), None, None) not in graph


def test_units_are_reconciled() -> None:
    """172 250 billion to 204 thousand billion, printed in another unit, is 18.43 per cent."""
    report = Report()
    report.state("Result", "port", "2020", "172250.0", "VND-billion")
    report.state("Target", "port", "2021", "204.0", "VND-trillion")
    assert numbers(report.derived(), PORT) == ("18.43",)


def test_different_quantities_are_not_compared() -> None:
    """Dong and dollars have no common base unit: no figure at all."""
    report = Report()
    report.state("Result", "port", "2020", "172250.0", "VND-billion")
    report.state("Target", "port", "2021", "2.0", "USD-billion")
    assert (PORT, None, None) not in report.derived()


@pytest.mark.parametrize(
    ("result", "sign", "target", "target_sign", "low", "high"),
    [
        ("2.0", "=", "2.5–3.0", "range", "25", "50"),
        ("2.0–2.5", "range", "3.0", "=", "20", "50"),
        ("50.0", "=", "68.0", ">", "36", ""),
        ("50.0", ">", "60.0", "=", "", "20"),
    ],
)
def test_a_range_gives_bounds(  # noqa: PLR0913 — one column each
    *, result: str, sign: str, target: str, target_sign: str, low: str, high: str
) -> None:
    """A range or a bound leaves the growth between the least and the greatest that the words allow."""
    report = Report()
    report.state("Result", "port", "2020", result, "tonne-million", sign=sign)
    report.state("Target", "port", "2021", target, "tonne-million", sign=target_sign)
    graph = report.derived()
    assert numbers(graph, PORT, HP.value, HP.lowerBound, HP.upperBound) == ("", low, high)


@pytest.mark.parametrize(("year", "area"), [("2020", "31"), ("2021-2025", "31"), ("2021", "vn")])
def test_only_the_year_after_and_the_same_area(year: str, area: str) -> None:
    """No growth to the same year, to a span of years, or to another area."""
    report = Report()
    report.state("Result", "port", "2020", "100.0", "tonne-million")
    report.state("Target", "port", year, "110.0", "tonne-million", area=area)
    assert set(report.derived().subjects(RDF.type, HP.GrowthNeeded)) == set()


def test_nothing_grows_from_nothing() -> None:
    """A result of zero has no growth in per cent."""
    report = Report()
    report.state("Result", "port", "2020", "0.0", "tonne-million")
    report.state("Target", "port", "2021", "110.0", "tonne-million")
    assert (PORT, None, None) not in report.derived()


def test_the_area_of_a_figure_is_in_its_name() -> None:
    """Figures of the nation and of the city stand under names of their own."""
    report = Report()
    for area in ("31", "vn"):
        report.state("Result", "port", "2020", "100.0", "tonne-million", area=area)
        report.state("Target", "port", "2021", "110.0", "tonne-million", area=area)
    nation = mint("growth-needed", "vn", "2021", "port")
    assert set(report.derived().subjects(RDF.type, HP.GrowthNeeded)) == {PORT, nation}


@pytest.mark.parametrize(
    ("value", "unit", "stated", "change", "falls", "before"),
    [
        ("18.95", "USD-billion", "18,95 tỷ USD", "18.46", False, "16"),
        ("142.8", "tonne-million", "142,8 triệu tấn", "10.56", False, "129.2"),
        ("55400.0", "job", "55.400 lượt", "0.91", False, "54900"),
        ("50000.0", "VND-billion", "50.000 tỷ đồng", "16.1", True, "59595"),
    ],
)
def test_implied_value_undoes_the_change(  # noqa: PLR0913 — one column each
    *, value: str, unit: str, stated: str, change: str, falls: bool, before: str
) -> None:
    """The level before is the level divided by one plus its growth, to the last digit that is printed."""
    report = Report()
    level = report.state("Result", "exports", "2020", value, unit, stated=stated)
    moved = report.state("Change", "exports", "2020", change, "percent", of=level, falls=falls)
    graph = report.derived()
    node = mint("implied-value", "31-hai-phong", "2019", "exports")
    assert numbers(graph, node) == (before,)
    assert graph.value(node, HP.unit) == mint("unit", unit)
    assert set(graph.objects(node, PROV.wasDerivedFrom)) == {level, moved}


def test_the_year_before_is_described() -> None:
    """A figure may be of a year that no report speaks of: the graph then says what period that is."""
    report = Report()
    level = report.state("Result", "exports", "2020", "18.95", "USD-billion")
    report.state("Change", "exports", "2020", "18.46", "percent", of=level)
    graph = report.derived()
    assert graph.value(mint("period", "2019"), HP.startYear) == Literal(2019)
    assert (mint("period", "2020"), HP.startYear, None) not in graph


def test_growth_of_another_indicator_implies_its_value() -> None:
    """The result of a growth indicator undoes the growth of the level it belongs to."""
    report = Report()
    report.state("Result", "output", "2020", "15333.3", "VND-billion", stated="15.333,3 tỷ đồng")
    report.state("Result", "output-growth", "2020", "1.93", "percent", stated="1,93%")
    assert numbers(report.derived(), mint("implied-value", "31-hai-phong", "2019", "output")) == ("15043",)


def test_a_rise_of_a_rate_in_per_cent_implies_nothing() -> None:
    """Of "90.7 %, up 2 %" nobody can say whether points or per cent are meant; of points one can."""
    report = Report()
    level = report.state("Result", "insured", "2020", "90.7", "percent", stated="90,7%")
    report.state("Change", "insured", "2020", "2.0", "percent", of=level)
    node = mint("implied-value", "31-hai-phong", "2019", "insured")
    assert (node, None, None) not in report.derived()
    report.state("Change", "insured", "2020", "2.0", "percentage-point", of=level)
    assert numbers(report.derived(), node) == ("88.7",)


def revenue(report: Report, total: str = "84199.2", stated: str = "84.199,2 tỷ đồng") -> URIRef:
    """State the budget revenue of 2020 with its parts, one of them nested, and return its sum check."""
    whole = report.state("Result", "revenue", "2020", total, "VND-billion", stated=stated)
    report.state("Result", "revenue-trade", "2020", "50000.0", "VND-billion", of=whole, stated="50.000 tỷ đồng")
    report.state("Result", "revenue-local", "2020", "34199.2", "VND-billion", of=whole, stated="34.199,2 tỷ đồng")
    report.state("Result", "revenue-domestic", "2020", "30000.0", "VND-billion", of=whole, stated="30.000 tỷ đồng")
    return URIRef(whole.replace("/measurement/", "/sum-check/"))


def test_parts_add_up_and_nested_parts_count_once() -> None:
    """50 000 and 34 199.2 are 84 199.2; the 30 000 inside the second is not added again."""
    report = Report()
    node = revenue(report)
    graph = report.derived()
    assert numbers(graph, node, HP.sum, HP.difference, HP.addsUp) == ("84199.2", "0", "true")
    assert len(set(graph.objects(node, HP.part))) == 2
    assert graph.value(node, HP.derivedBy) == mint("rule", "sum-check")


@pytest.mark.parametrize(
    ("total", "stated", "difference", "adds_up"),
    [
        ("84199.0", "84.199 tỷ đồng", "-0.2", "true"),
        ("84201.0", "84.201 tỷ đồng", "1.8", "false"),
        ("80000.0", "80.000 tỷ đồng", "-4199.2", "false"),
    ],
)
def test_the_last_printed_digit_decides(total: str, stated: str, difference: str, adds_up: str) -> None:
    """A difference that rounding of the printed numbers can explain is none; a greater one is reported."""
    report = Report()
    node = revenue(report, total, stated)
    assert numbers(report.derived(), node, HP.difference, HP.addsUp) == (difference, adds_up)


def test_one_part_is_no_sum() -> None:
    """A total with a single part stated ("of which") cannot be checked."""
    report = Report()
    total = report.state("Target", "revenue", "2021", "89490.478", "VND-billion")
    report.state("Target", "revenue-domestic", "2021", "35000.0", "VND-billion", of=total)
    assert set(report.derived().subjects(RDF.type, HP.SumCheck)) == set()


def test_rates_are_not_added() -> None:
    """The growth of the whole is not the sum of the growth of its sectors."""
    report = Report()
    total = report.state("Target", "grdp-growth", "2021", "13.5", "percent")
    for sector in ("industry", "services"):
        report.state("Target", sector, "2021", "7.0", "percent", of=total)
    assert set(report.derived().subjects(RDF.type, HP.SumCheck)) == set()


def test_a_change_is_no_part() -> None:
    """What a level grew by hangs on it as a part does, and is none."""
    report = Report()
    total = report.state("Result", "revenue", "2020", "100.0", "VND-billion")
    report.state("Change", "", "2020", "60.0", "VND-billion", of=total)
    report.state("Change", "", "2020", "40.0", "VND-billion", of=total)
    assert set(report.derived().subjects(RDF.type, HP.SumCheck)) == set()


def test_a_task_answers_a_shortcoming_of_its_report() -> None:
    """Task and shortcoming of one report share a topic; another topic, or another report, gives no answer."""
    report = Report()
    here, there = (f"<{BASE}id/report/{REPORT}/text#char={n},9>" for n in (7, 8))
    report.text += f"""
{here} hp:inReport <{BASE}id/report/{REPORT}> . {there} hp:inReport <urn:other> .
<urn:lack> a hp:Shortcoming ; hp:topic <urn:land> ; hp:evidence {here} .
<urn:answer> a hp:Task ; hp:topic <urn:land> , <urn:roads> ; hp:evidence {here} .
<urn:unlike> a hp:Task ; hp:topic <urn:roads> ; hp:evidence {here} .
<urn:away> a hp:Task ; hp:topic <urn:land> ; hp:evidence {there} .
"""
    answers = set(report.derived().subject_objects(HP.answersShortcoming))
    assert answers == {(URIRef("urn:answer"), URIRef("urn:lack"))}


def test_the_graph_says_where_it_comes_from() -> None:
    """Each figure names rule and measurements; the graph names its source graphs and never itself."""
    report = Report()
    revenue(report)
    graph = report.derived()
    assert URIRef(f"{BASE}graph/{REPORT}") in set(graph.objects(DERIVED, PROV.wasDerivedFrom))
    for kind in (HP.GrowthNeeded, HP.ImpliedValue, HP.SumCheck):
        for figure in graph.subjects(RDF.type, kind):
            assert (figure, PROV.wasDerivedFrom, None) in graph
            assert (figure, HP.derivedBy, None) in graph


def test_same_figures_again() -> None:
    """The same report gives the same graph, name for name, also when its old figures are in the store."""
    report = Report()
    level = revenue(report).replace("/sum-check/", "/measurement/")
    report.state("Change", "revenue", "2020", "11.0", "percent", of=URIRef(level))
    first = report.derived()
    stated = Graph().parse(data=HEADER + report.text)
    again = derive(EmbeddedStore.of({f"{BASE}graph/{REPORT}": stated, str(DERIVED): first}))
    assert set(again) == set(first)


def test_numbers_are_exact_decimals() -> None:
    """No binary fraction gets in: every number of the graph is a decimal or a year."""
    report = Report()
    revenue(report)
    found = {o.datatype for _, _, o in report.derived() if isinstance(o, Literal)}
    assert found <= {XSD.decimal, XSD.boolean, XSD.integer}


@pytest.mark.parametrize(
    ("stated", "value", "step"),
    [("8,25 triệu lượt", "8.25", "0.01"), ("104,267 tấn", "104267", "1"), ("không còn", "0", "1"), ("", "5.5", "0.1")],
)
def test_printed_step(stated: str, value: str, step: str) -> None:
    """The worth of the last printed digit, whatever words scale it; without digits that of the value itself."""
    assert printed_step(stated, Decimal(value)) == Decimal(step)


def measure(kind: URIRef, year: int, value: Decimal, *, percent: bool = False, of: URIRef | None = None) -> Measure:
    """Return a measurement of one indicator and area, known to the cent."""
    unit = mint("unit", "percent" if percent else "tonne")
    return Measure(
        iri=mint("measurement", kind, str(year)),
        kind=kind,
        indicator=mint("indicator", "port"),
        is_growth=False,
        growth_of=None,
        area=mint("place", "31"),
        area_key="31-hai-phong",
        year=year,
        unit=unit,
        base_unit=unit,
        factor=Decimal(1),
        interval=Interval(value, value),
        is_approximate=False,
        falls=False,
        of=of,
        step=Decimal("0.01"),
        report=mint("report", REPORT),
        start=year,
    )


LEVELS = st.decimals(min_value=1, max_value=1_000_000, places=2)


@given(LEVELS, LEVELS)
def test_the_growth_needed_leads_to_the_target(result: Decimal, target: Decimal) -> None:
    """Whatever the two levels: the result so grown is the target, but for half a hundredth of a per cent."""
    (growth,) = growth_needed([measure(HP.Result, 2020, result), measure(HP.Target, 2021, target)])
    assert growth.interval.point is not None
    assert abs(result * (1 + growth.interval.point / 100) - target) <= result * Decimal("0.00005")


@given(LEVELS, st.decimals(min_value=-90, max_value=900, places=2))
def test_the_implied_value_grows_to_the_level(level: Decimal, rise: Decimal) -> None:
    """Whatever level and growth: the implied value grown by it is the level, but for half of its last printed digit."""
    stated = measure(HP.Result, 2020, level)
    (implied,) = implied_values([stated, measure(HP.Change, 2020, rise, percent=True, of=stated.iri)])
    assert implied.interval.point is not None
    assert abs(implied.interval.point * (1 + rise / 100) - level) <= (1 + rise / 100) * Decimal("0.005000001")
