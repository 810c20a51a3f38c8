"""Review by a person: the sheet, the decisions beside the source, and the graph that keeps to them at every rebuild."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from tests.passage import METADATA, frame, make_source

from hpkg.cli import run
from hpkg.errors import CallerError, SourceError
from hpkg.extract.facts import read_facts
from hpkg.home import Home, home
from hpkg.lexicon import load_lexicon
from hpkg.messages import LANGUAGES
from hpkg.model import Shortcoming
from hpkg.namespaces import HP, mint
from hpkg.pipeline import build, review, take_decisions
from hpkg.review import find_items, read_sheet

if TYPE_CHECKING:
    from pathlib import Path

_KEY = "31-hai-phong/2020-1-bc-ubnd"
_RESULTS = "Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD. Năng suất đạt 17 xyz."
_TASKS = "1. Cảng\n\nĐầu tư hạ tầng logistics tại quận Hải An."
_DAY = dt.date(2021, 2, 1)


@pytest.fixture
def place(tmp_path: Path) -> Home:
    """Return a home with one short report, built."""
    return _home(tmp_path, _RESULTS, _TASKS)


def _home(tmp_path: Path, results: str, tasks: str) -> Home:
    """Return a home with one report of `results` and `tasks`, built."""
    made = Home(tmp_path / "home")
    shutil.copytree(home().ontology, made.ontology)
    shutil.copytree(home().graph / "reference", made.graph / "reference")
    path = made.graph / "sources" / f"{_KEY}.txt"
    path.parent.mkdir(parents=True)
    path.write_text(frame(results=results, tasks=tasks), "utf-8")
    path.with_suffix(".toml").write_text(METADATA, "utf-8")
    build(made)
    return made


def _sheet(place: Home) -> list[dict[str, str]]:
    return list(csv.DictReader((place.graph / f"{_KEY}.review.csv").read_text("utf-8").splitlines()))


def _graph(place: Home) -> Graph:
    return Graph().parse(place.graph / f"{_KEY}.ttl")


def _row(place: Home, kind: str) -> dict[str, str]:
    return next(row for row in _sheet(place) if row["kind"] == kind)


def _export(place: Home) -> URIRef:
    return next(URIRef(str(node)) for node in _graph(place).subjects(HP.forIndicator, mint("indicator", "exports")))


def _decide(place: Home, *rows: dict[str, str]) -> None:
    """Take a sheet that holds `rows`."""
    out = io.StringIO()
    names = ("report", "kind", "node", "section", "start", "text", "said", "decision", "property", "value", "why")
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows({"report": _KEY, "why": "Đã đối chiếu với văn bản"} | row for row in rows)
    path = place.root / "filled.csv"
    path.write_text("\ufeff" + out.getvalue(), "utf-8")
    take_decisions(place, path, "Người rà soát", _DAY)


def test_the_sheet_lists_what_rests_on_little(place: Home) -> None:
    """What was not read and a pillar known by subject matter are rows, each with its words and its node."""
    rows = {row["kind"]: row for row in _sheet(place)}
    assert rows["unread"]["text"] == "17"
    assert rows["by-content"]["said"] == "port-logistics"
    assert (URIRef(rows["by-content"]["node"]), RDF.type, HP.Contribution) in _graph(place)
    assert {row["decision"] for row in _sheet(place)} == {""}


def test_a_number_that_can_be_read_in_two_ways_is_in_the_sheet(tmp_path: Path) -> None:
    """A comma before three digits of what is weighed whole may part thousands or decimals: a person is asked."""
    row = _row(_home(tmp_path, "Sản lượng thép đạt 104,267 tấn.", "1. Tiếp tục sản xuất thép."), "ambiguous-number")
    assert (row["text"], row["said"]) == ("đạt 104,267 tấn", "104,267 tấn = 104267.000")


def test_a_fact_that_is_kept_leaves_the_sheet(place: Home) -> None:
    """The graph says who kept it and why, and the next sheet does not ask again."""
    row = _row(place, "by-content")
    _decide(place, {"node": row["node"], "decision": "keep"})
    assert "by-content" not in {row["kind"] for row in _sheet(place)}
    graph = _graph(place)
    (decision,) = graph.subjects(RDF.type, HP.ReviewDecision)
    assert graph.value(decision, HP.decisionOn) == URIRef(row["node"])
    assert graph.value(decision, HP.decidedBy) == Literal("Người rà soát")
    assert str(graph.value(decision, HP.decidedAt)).startswith("2021-02-01")
    assert (None, HP.contributesTo, mint("pillar", "port-logistics")) in graph


def test_a_contribution_that_is_retracted_is_gone_with_its_direct_link(place: Home) -> None:
    """Neither the qualified relation nor the triple it stands for is left."""
    node = _row(place, "by-content")["node"]
    _decide(place, {"node": node, "decision": "retract"})
    graph = _graph(place)
    assert (URIRef(node), None, None) not in graph
    assert (None, HP.contributesTo, mint("pillar", "port-logistics")) not in graph
    assert (None, HP.decisionOn, URIRef(node)) in graph


def test_a_value_is_changed_with_its_base_value(place: Home) -> None:
    """The former value stands in the decision, the new one in the measurement, and the base value follows."""
    node = _export(place)
    _decide(place, {"node": str(node), "decision": "change", "property": "value", "value": "16.4"})
    graph = _graph(place)
    assert [str(value) for value in graph.objects(node, HP.value)] == ["16.4"]
    assert [float(str(value)) for value in graph.objects(node, HP.baseValue)] == [16.4e9]
    (decision,) = graph.subjects(RDF.type, HP.ReviewDecision)
    assert float(graph.value(decision, HP.formerValue)) == 16.5  # type: ignore[arg-type]


def test_indicator_period_and_kind_can_be_changed(place: Home) -> None:
    """A concept is named by key or by label without tones, a period in ISO 8601, a kind by its word."""
    node = str(_export(place))
    _decide(
        place,
        {"node": node, "decision": "change", "property": "indicator", "value": "budget-revenue"},
        {"node": node, "decision": "change", "property": "period", "value": "2019/2020"},
        {"node": node, "decision": "change", "property": "kind", "value": "plan"},
    )
    graph, subject = _graph(place), URIRef(node)
    assert graph.value(subject, HP.forIndicator) == mint("indicator", "budget-revenue")
    period = graph.value(subject, HP.refPeriod)
    assert (graph.value(period, HP.startYear), graph.value(period, HP.endYear)) == (Literal(2019), Literal(2020))
    assert set(graph.objects(subject, RDF.type)) == {HP.PlannedValue}


def test_one_thing_can_take_the_place_of_another(place: Home) -> None:
    """What spoke of the one speaks of the other."""
    old, new = mint("indicator", "exports"), mint("indicator", "budget-revenue")
    node = _export(place)
    _decide(place, {"node": str(old), "decision": "change", "property": "same", "value": str(new)})
    graph = _graph(place)
    assert set(graph.objects(node, HP.forIndicator)) == {new}
    assert (None, HP.forIndicator, old) not in graph


def test_a_thing_that_is_two_is_split_by_name(tmp_path: Path) -> None:
    """The mentions by the name given, their statuses and the tasks that hold no other go to a node of their own."""
    place = _home(tmp_path, "Khởi công khu công nghiệp Tràng Duệ.", "1. Đầu tư\n\nHoàn thành KCN Tràng Duệ.")
    row = _row(place, "merged-names")
    assert row["said"] == "Khu công nghiệp Tràng Duệ = KCN Tràng Duệ"
    _decide(place, {"node": row["node"], "decision": "split", "property": "alias", "value": "KCN Tràng Duệ"})
    graph, old = _graph(place), URIRef(row["node"])
    new = mint("project", "31-hai-phong", "kcn-trang-due")
    quotes = {
        node: {str(graph.value(passage, HP.quote)) for passage in graph.objects(node, HP.evidence)}
        for node in (old, new)
    }
    assert quotes == {old: {"khu công nghiệp Tràng Duệ"}, new: {"KCN Tràng Duệ"}}
    statuses = {node: set(graph.subjects(HP.ofProject, node)) for node in (old, new)}
    assert [len(found) for found in statuses.values()] == [1, 1]
    assert {graph.value(status, HP.status) for status in statuses[new]} == {mint("project-status", "to-complete")}
    assert set(graph.objects(new, RDF.type)) == {HP.Project}
    assert graph.value(new, HP.projectKind) == graph.value(old, HP.projectKind)
    assert [str(label) for label in graph.objects(new, SKOS.prefLabel)] == ["KCN Tràng Duệ"]
    assert "KCN Tràng Duệ" not in {str(label) for label in graph.objects(old, SKOS.altLabel)}
    tasks = [task for task in graph.subjects(RDF.type, HP.Task) if (task, HP.concernsProject, None) in graph]
    assert tasks
    assert {project for task in tasks for project in graph.objects(task, HP.concernsProject)} == {new}
    (decision,) = graph.subjects(RDF.type, HP.ReviewDecision)
    assert set(graph.objects(decision, HP.newValue)) == {new}
    before = (place.graph / f"{_KEY}.ttl").read_bytes()
    build(place)
    assert (place.graph / f"{_KEY}.ttl").read_bytes() == before


def test_a_sentence_that_names_both_speaks_of_both(tmp_path: Path) -> None:
    """A task with a mention of each is tied to each after the split; a name that no mention has splits nothing."""
    said = "Khởi công khu công nghiệp Tràng Duệ, nối với KCN Tràng Duệ."
    place = _home(tmp_path, "Công tác chỉ đạo kịp thời.", f"1. Đầu tư\n\n{said}")
    node = _row(place, "merged-names")["node"]
    for name in ("KCN Nam Tràng Cát", "", "khu công nghiệp Tràng Duệ hai"):
        with pytest.raises(CallerError):
            _decide(place, {"node": node, "decision": "split", "value": name})
    _decide(place, {"node": node, "decision": "split", "value": "kcn Tràng Duệ"})
    graph = _graph(place)
    tied = {
        project for task in graph.subjects(RDF.type, HP.Task) for project in graph.objects(task, HP.concernsProject)
    }
    assert tied == {URIRef(node), mint("project", "31-hai-phong", "kcn-trang-due")}


def test_two_things_of_one_name_are_split_by_where_they_stand(tmp_path: Path) -> None:
    """After `@` stand the offsets of the mentions that mean the other thing, which needs a name to tell it by."""
    place = _home(tmp_path, "Khởi công cầu Tân An.", "1. Đầu tư\n\nHoàn thành cầu Tân An ở phía nam.")
    graph = _graph(place)
    old = mint("project", "31-hai-phong", "cau-tan-an")
    starts = sorted(int(str(graph.value(one, HP.startOffset))) for one in graph.objects(old, HP.evidence))
    assert len(starts) == 2
    for value in (f"Cầu Tân An @ {starts[1]}", "Cầu Tân An phía nam @ 1", f"Cầu Tân An nam @ {starts[0]}, {starts[1]}"):
        with pytest.raises(CallerError):
            _decide(place, {"node": str(old), "decision": "split", "value": value})
    _decide(place, {"node": str(old), "decision": "split", "value": f"Cầu Tân An phía nam @ {starts[1]}"})
    graph, new = _graph(place), mint("project", "31-hai-phong", "cau-tan-an-phia-nam")
    where = {
        node: [int(str(graph.value(one, HP.startOffset))) for one in graph.objects(node, HP.evidence)]
        for node in (old, new)
    }
    assert where == {old: starts[:1], new: starts[1:]}
    assert [str(label) for label in graph.objects(new, SKOS.prefLabel)] == ["Cầu Tân An phía nam"]
    assert {graph.value(one, HP.status) for one in graph.subjects(HP.ofProject, new)} == {
        mint("project-status", "to-complete")
    }


def test_names_that_were_taken_for_one_are_listed_for_things_of_every_kind() -> None:
    """Documents, places and bodies: what their own name holds, and what the vocabulary gives, is no other name."""
    said = (
        "Thực hiện Nghị quyết Đại hội Đảng bộ thành phố lần thứ XVI. Nghị quyết của Đại hội Đảng bộ thành phố lần thứ "
        "XVI được triển khai tại quận Hải An. Hải An dẫn đầu; Sở Y tế làm tốt. TP.HCM hỗ trợ Thành phố Hồ Chí Minh."
    )
    reading = read_facts(make_source(frame(results=said, tasks=_TASKS)), load_lexicon(home()))
    merged = {
        item.node.partition("/id/")[2].partition("/")[0]: item.said
        for item in find_items(reading)
        if item.kind == "merged-names"
    }
    assert set(merged) == {"document", "place"}
    assert set(merged["document"].split(" = ")) == {
        "Nghị quyết Đại hội Đảng bộ thành phố lần thứ XVI",
        "Nghị quyết của Đại hội Đảng bộ thành phố lần thứ XVI",
    }
    assert merged["place"] == "Thành phố Hồ Chí Minh = TP.HCM"


def test_a_cause_given_for_all_is_listed_beside_a_stated_one() -> None:
    """A shortcoming with a cause of its own still rests, for the other causes, on their being given for all."""
    shortcomings = (
        "1. Tồn tại, hạn chế\n\nTiến độ một số dự án chậm do vướng giải phóng mặt bằng. Thu ngân sách giảm.\n\n"
        "2. Nguyên nhân\n\nNăng lực của một số chủ đầu tư còn hạn chế."
    )
    reading = read_facts(make_source(frame(shortcomings=shortcomings)), load_lexicon(home()))
    found = [fact for fact in reading.facts if isinstance(fact, Shortcoming)]
    listed = {item.node for item in find_items(reading) if item.kind == "inferred-cause"}
    assert any(fact.basis == "stated" and fact.inferred for fact in found)
    assert listed == {fact.id for fact in found if fact.inferred}


def test_a_label_can_be_mended(place: Home) -> None:
    """The new label takes the place of the old one."""
    node = next(URIRef(str(task)) for task in _graph(place).subjects(RDF.type, HP.Task))
    _decide(place, {"node": str(node), "decision": "change", "property": "label", "value": "Đầu tư logistics"})
    assert [str(label) for label in _graph(place).objects(node, SKOS.prefLabel)] == ["Đầu tư logistics"]


def test_a_rebuild_keeps_to_the_decisions(place: Home) -> None:
    """Building again makes the same bytes; a decision that no longer fits changes nothing and is told."""
    _decide(place, {"node": _row(place, "unread")["node"], "decision": "retract"})
    before = (place.graph / f"{_KEY}.ttl").read_bytes()
    (again,) = build(place)
    assert (place.graph / f"{_KEY}.ttl").read_bytes() == before
    assert again.stale == ()
    source = place.graph / "sources" / f"{_KEY}.txt"
    source.write_text(source.read_text("utf-8").replace(" Năng suất đạt 17 xyz.", ""), "utf-8")
    source.with_suffix(".toml").write_text(METADATA, "utf-8")
    (after,) = build(place)
    assert [iri.rpartition("/")[2] for iri in after.stale] == ["1"]
    assert (None, RDF.type, HP.ReviewDecision) not in _graph(place)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"decision": "delete"}, "review-decision"),
        ({"decision": "keep", "why": " "}, "review-why"),
        ({"decision": "keep", "node": "x"}, "review-node"),
        ({"decision": "change", "property": "colour", "value": "1"}, "review-property"),
        ({"decision": "change", "property": "value", "value": "một"}, "review-number"),
        ({"decision": "change", "property": "period", "value": "nay"}, "review-period"),
        ({"decision": "change", "property": "kind", "value": "guess"}, "review-value"),
        ({"decision": "add", "property": "alias", "value": ""}, "review-value"),
        ({"decision": "change", "property": "unit", "value": "furlong"}, "review-concept"),
        ({"decision": "retract", "node": "https://w3id.org/hpkg/id/task/none"}, "review-unknown"),
        ({"decision": ""}, "review-nothing"),
    ],
)
def test_a_row_that_cannot_be_understood_is_told_and_nothing_is_kept(
    row: dict[str, str], code: str, place: Home
) -> None:
    """The error says which row and what is allowed; no file is written."""
    with pytest.raises(CallerError) as caught:
        _decide(place, {"node": _row(place, "unread")["node"]} | row)
    assert caught.value.code == code
    for language in LANGUAGES:
        assert caught.value.message(language)
        assert caught.value.hint(language)
    assert not list((place.graph / "sources").rglob("*.review.ttl"))


def test_a_sheet_without_its_columns_is_no_sheet() -> None:
    """The error names the column."""
    with pytest.raises(CallerError, match="report"):
        read_sheet("a,b\n1,2\n", load_lexicon(home()), "x.csv")


def test_decisions_that_are_no_turtle_stop_the_build(place: Home) -> None:
    """Nothing is written over decisions that cannot be read."""
    (place.graph / "sources" / f"{_KEY}.review.ttl").write_text("no turtle", "utf-8")
    with pytest.raises(SourceError, match=r"review\.ttl"):
        build(place)


def test_the_command_shows_and_takes(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """`hpkg review` lists the items in either language; `--take` needs a name and then builds."""
    base = ["--home", str(place.root), "review"]
    for language, said in (("en", "not read"), ("vi", "chưa đọc được")):
        assert run([*base, "--lang", language]) == 0
        out, err = capsys.readouterr()
        assert said in out
        assert str(len(review(place, place.graph / "sources" / f"{_KEY}.txt"))) in err
    sheet = place.graph / f"{_KEY}.review.csv"
    filled = sheet.read_text("utf-8").replace(",number,,,,", ",number,keep,,,chỉ là mã\n").replace("mã\n\n", "mã\n")
    (place.root / "filled.csv").write_text(filled, "utf-8")
    assert run([*base, "--take", str(place.root / "filled.csv")]) == 2
    assert "--by" in capsys.readouterr().err
    assert run([*base, "--take", str(place.root / "filled.csv"), "--by", "A"]) == 0
    assert _KEY in capsys.readouterr().out
    assert "unread" not in {row["kind"] for row in _sheet(place)}
