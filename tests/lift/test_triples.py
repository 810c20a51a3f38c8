"""From facts to triples: the classes, properties and names of the data model."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD
from tests.passage import Passage, read_passage

from hpkg.errors import SourceError
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.lift import lift
from hpkg.model import Assessment, Fact, LegalDocument, Measurement, Place, Project, Shortcoming, Task
from hpkg.namespaces import BASE, HP, mint

if TYPE_CHECKING:
    from collections.abc import Mapping

_F = TypeVar("_F", bound=Fact)


def _lift(passage: Passage) -> Graph:
    reading = passage.reading
    return lift(reading.document, reading.facts, load_lexicon(home()))


def _one(said: str, kind: type[_F], part: str = "results") -> tuple[Graph, URIRef, _F]:
    """Return the graph of a report with `said` in it, and the node and record of the only fact of `kind`."""
    passage = read_passage(said, part)
    fact = passage.fact(kind)
    return _lift(passage), URIRef(fact.id), fact


def _concept(scheme: str, key: str) -> URIRef:
    return URIRef(f"{BASE}id/{scheme}/{key}")


def _assert_says(graph: Graph, node: URIRef, said: Mapping[URIRef, object]) -> None:
    for predicate, value in said.items():
        wanted = value if isinstance(value, URIRef | Literal) else Literal(value)
        assert list(graph.objects(node, predicate)) == [wanted], predicate


def test_a_measurement_has_value_unit_and_base_value() -> None:
    """The value is in the unit as printed, the base value in the base unit; both are exact decimals."""
    graph, node, fact = _one("Tổng kim ngạch xuất khẩu ước đạt khoảng 18,95 tỷ USD.", Measurement)
    assert (node, RDF.type, HP.Result) in graph
    _assert_says(
        graph,
        node,
        {
            HP.value: Literal("18.95", datatype=XSD.decimal, normalize=False),
            HP.unit: _concept("unit", "USD-billion"),
            HP.valueAsStated: "18,95 tỷ USD",
            HP.forIndicator: _concept("indicator", "exports"),
            HP.refArea: mint("place", "31"),
            HP.refPeriod: mint("period", "2020"),
        },
    )
    base = graph.value(node, HP.baseValue)
    assert isinstance(base, Literal)
    assert base.toPython() == Decimal("18.95") * 10**9
    assert fact.comparator in ("=", "≈")


def test_a_range_has_bounds_and_no_value() -> None:
    """An interval is two bounds, in both units."""
    graph, node, _ = _one("Thu hút vốn đầu tư trực tiếp nước ngoài đạt 2,5-3,0 tỷ USD.", Measurement, "objective")
    assert (node, RDF.type, HP.Target) in graph
    assert graph.value(node, HP.value) is None
    assert str(graph.value(node, HP.lowerBound)) == "2.5"
    assert Decimal(str(graph.value(node, HP.baseUpperBound))) == 3 * 10**9
    _assert_says(
        graph,
        node,
        {HP.comparator: _concept("comparator", "range"), HP.partOfPlan: mint("plan", "31-hai-phong", "2021")},
    )


def test_the_evidence_is_the_passage_it_was_read_from() -> None:
    """A passage quotes its characters, says its section and sentence, and is named after its offsets."""
    graph, node, fact = _one("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD.", Measurement)
    passage = graph.value(node, HP.evidence)
    assert passage == URIRef(f"{mint('report', fact.report)}/text#char={fact.start},{fact.end}")
    assert isinstance(passage, URIRef)
    _assert_says(
        graph,
        passage,
        {
            HP.quote: fact.text,
            HP.startOffset: fact.start,
            HP.endOffset: fact.end,
            HP.inSection: mint("section", fact.report, "p1.i"),
            HP.inSentence: mint("sentence", fact.report, "p1.i.1"),
            HP.inReport: mint("report", fact.report),
        },
    )


def test_a_missed_indicator_has_its_cause_and_plan() -> None:
    """An assessment is against the plan of its year; the stated cause is a node with evidence of its own."""
    passage = read_passage(
        "Có 02/03 chỉ tiêu do ảnh hưởng của đại dịch Covid-19 không hoàn thành kế hoạch: "
        "(1) Tốc độ tăng trưởng kinh tế (GRDP); (2) Xây dựng nông thôn mới."
    )
    graph, fact = _lift(passage), passage.facts(Assessment)[0]
    node = URIRef(fact.id)
    _assert_says(
        graph,
        node,
        {
            HP.attainment: _concept("attainment", "missed"),
            HP.againstPlan: mint("plan", "31-hai-phong", "2020"),
            HP.forIndicator: _concept("indicator", "grdp-growth"),
        },
    )
    cause = graph.value(node, HP.hasCause)
    assert (cause, RDF.type, HP.Cause) in graph
    assert str(graph.value(graph.value(cause, HP.evidence), HP.quote)) == "do ảnh hưởng của đại dịch Covid-19"


@pytest.mark.parametrize(
    ("said", "basis", "relation", "other"),
    [
        ("Phát triển công nghiệp công nghệ cao.", "stated", HP.contributesTo, HP.underDirection),
        ("Thu hút đầu tư vào các khu công nghiệp.", "content", HP.contributesTo, HP.underDirection),
        ("Rà soát các quy định.", "heading", HP.underDirection, HP.contributesTo),
    ],
)
def test_a_heading_never_makes_a_task_contribute(said: str, basis: str, relation: URIRef, other: URIRef) -> None:
    """What a task states or shows it contributes to; what only its heading names it merely stands under."""
    passage = read_passage(f"1. Phát triển công nghiệp công nghệ cao\n\n{said}", "tasks")
    graph = _lift(passage)
    task = next(URIRef(fact.id) for fact in passage.facts(Task) if fact.level == "task")
    pillar = _concept("pillar", "high-tech-industry")
    assert (task, relation, pillar) in graph
    assert (task, other, pillar) not in graph
    contribution = graph.value(task, HP.qualifiedContribution)
    assert contribution == mint("contribution", passage.reading.document.source.key, "iv.1.1-high-tech-industry")
    assert (contribution, HP.contributor, task) in graph
    assert (contribution, HP.direction, pillar) in graph
    assert (contribution, HP.basis, _concept("basis", basis)) in graph
    assert graph.value(contribution, HP.evidence) is not None


def test_a_task_is_part_of_its_group_and_of_the_plan() -> None:
    """Groups, tasks and sub-tasks hang together by `partOf`; all are of the plan of the year."""
    passage = read_passage("1. Công tác chung\n\nRà soát các quy định; tăng cường kiểm tra.", "tasks")
    graph = _lift(passage)
    group, task, first, _ = (URIRef(fact.id) for fact in passage.facts(Task))
    assert (group, RDF.type, HP.TaskGroup) in graph
    assert (task, RDF.type, HP.Task) in graph
    assert (task, HP.partOf, group) in graph
    assert (first, HP.partOf, task) in graph
    assert (first, HP.partOfPlan, mint("plan", "31-hai-phong", "2021")) in graph
    assert (group, HP.partOf, None) not in graph


def test_a_project_has_a_status_for_each_sentence_that_gives_one() -> None:
    """The statuses are dated nodes of their own; the project keeps one label."""
    passage = read_passage("Đẩy nhanh tiến độ cầu Rào 1. Đã hoàn thành cầu Rào 1.")
    graph, node = _lift(passage), URIRef(passage.fact(Project).id)
    statuses = {str(graph.value(status, HP.status)) for status in graph.subjects(HP.ofProject, node)}
    assert statuses == {str(_concept("project-status", key)) for key in ("accelerate", "completed")}
    for status in graph.subjects(HP.ofProject, node):
        assert graph.value(status, HP.refPeriod) == mint("period", "2020")
    assert [str(label) for label in graph.objects(node, SKOS.prefLabel)] == ["Cầu Rào 1"]


def test_places_are_mentioned_and_not_described_again() -> None:
    """What the reference data describe is only linked, from the passage that names it."""
    graph, node, _ = _one("Thành phố hỗ trợ huyện Cát Hải.", Place)
    assert not list(graph.predicate_objects(node))
    (passage,) = graph.subjects(HP.mentions, node)
    assert str(graph.value(passage, HP.quote)) == "huyện Cát Hải"


def test_a_cited_document_says_who_issued_it_and_when() -> None:
    """Number, kind, date and issuer are its own; the day is a point in time."""
    graph, node, _ = _one("Thực hiện Nghị quyết 42/NQ-CP ngày 09/4/2020 của Chính phủ.", LegalDocument)
    _assert_says(
        graph,
        node,
        {
            HP.documentNumber: "42/NQ-CP",
            HP.documentKind: _concept("document-kind", "resolution"),
            HP.dateIssued: Literal("2020-04-09T00:00:00Z", datatype=XSD.dateTime, normalize=False),
            HP.issuedBy: mint("organisation", "vn", "chinh-phu"),
        },
    )


def test_stated_and_inferred_causes_are_told_apart() -> None:
    """A cause in the sentence is stated; causes given for all are only inferred for each."""
    passage = read_passage(
        "- Kinh tế tăng trưởng chậm do ảnh hưởng của dịch bệnh.\n\n- Thu ngân sách thất thu.\n\n"
        "Nguyên nhân của những tồn tại, hạn chế: Tình hình dịch bệnh phức tạp.",
        "shortcomings",
    )
    graph = _lift(passage)
    slow, losses = (URIRef(fact.id) for fact in passage.facts(Shortcoming))
    assert len(list(graph.objects(slow, HP.statedCause))) == 1
    assert len(list(graph.objects(losses, HP.inferredCause))) == 1
    assert (losses, HP.statedCause, None) not in graph


def test_the_report_says_what_it_is() -> None:
    """Number, date, issuer, area and checksum are those of the metadata; it sets out one plan, reports on another."""
    passage = read_passage("Kinh tế phát triển.")
    graph, source = _lift(passage), passage.reading.document.source
    report = mint("report", source.key)
    assert (report, RDF.type, HP.Report) in graph
    _assert_says(
        graph,
        report,
        {
            HP.documentNumber: "1/BC-UBND",
            HP.sha256: source.sha256,
            HP.issuedBy: mint("organisation", "31-hai-phong", "ubnd"),
            HP.refArea: mint("place", "31"),
            HP.reportsOn: mint("plan", "31-hai-phong", "2020"),
            HP.setsOut: mint("plan", "31-hai-phong", "2021"),
        },
    )


@pytest.mark.parametrize(
    ("metadata", "code"),
    [({"issuer": "31-hai-phong/khong-co"}, "metadata-issuer"), ({"area": "99-khong-co"}, "metadata-area")],
)
def test_an_issuer_or_area_nobody_knows_is_an_error(metadata: dict[str, str], code: str) -> None:
    """The graph links to no thing that the reference data do not describe."""
    passage = read_passage("Kinh tế phát triển.", **metadata)
    with pytest.raises(SourceError) as raised:
        _lift(passage)
    assert raised.value.code == code


def test_no_node_is_blank_and_no_text_is_empty() -> None:
    """Unknown adds no triple: there is no empty string and no node without a name in the graph."""
    graph = _lift(read_passage("1. Công tác chung\n\nRà soát các quy định tại huyện Cát Hải.", "tasks"))
    for triple in graph:
        for term in triple:
            assert isinstance(term, URIRef | Literal)
            assert str(term)


def test_the_plan_set_out_stands_on_its_first_heading() -> None:
    """The plan of the year to come has as evidence the first heading of what is planned."""
    graph = _lift(read_passage("(1) Kim ngạch xuất khẩu đạt 20 tỷ USD.", "targets"))
    (passage,) = graph.objects(mint("plan", "31-hai-phong", "2021"), HP.evidence)
    assert str(graph.value(passage, HP.quote)) == "I. CHỦ ĐỀ NĂM 2021"
