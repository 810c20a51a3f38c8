"""Questions over several reports: three of Hải Phòng, year after year, and one of Hà Nam, in words of this file's own.

The years differ, one figure is corrected later, one target is missed and raised, units and definitions differ between
the two provinces: each is a row that must be told exactly so.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal
from tests.passage import frame

from hpkg.home import Home, home
from hpkg.pipeline import build, take_decisions
from hpkg.questions import ask, named
from hpkg.questions.parameter import resolve
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files
from hpkg.store.query import bind, parameters

if TYPE_CHECKING:
    from rdflib.term import Node

QUESTIONS = Home(Path(__file__).parent.parent)
HAI_PHONG, HA_NAM = "31-hai-phong", "35-ha-nam"
METADATA = """\
title = "Báo cáo năm {year}"
number = "{number}/BC-UBND"
date = {year}-12-18
issuer = "{area}/ubnd"
area = "{area}"
year = {year}
plan_year = {plan}
licence = "CC0"
"""
REPORTS: dict[tuple[str, int, int], dict[str, str]] = {
    (HAI_PHONG, 2019, 7): {
        "results": "Kim ngạch xuất khẩu đạt 16 tỷ USD. Tỷ lệ hộ nghèo còn 0,9%.",
        "shortcomings": "– Tình trạng vi phạm trong lĩnh vực quản lý đất đai còn diễn biến phức tạp.\n\n"
        "– Thu ngân sách nhà nước vẫn còn thất thu.",
        "targets": "(1) Kim ngạch xuất khẩu đạt 20 tỷ USD.\n\n"
        "(2) Sản lượng hàng hóa thông qua cảng đạt 140 triệu tấn.\n\n"
        "(3) Tỷ lệ hộ nghèo giảm còn 0,5%.",
        "tasks": "1. Công tác chung\n\nTriển khai thực hiện Nghị quyết số 45-NQ/TW của Bộ Chính trị. "
        "Đẩy mạnh cải cách công tác quản lý đất đai.",
    },
    (HAI_PHONG, 2020, 9): {
        "results": "Thực hiện Nghị quyết số 42/NQ-CP ngày 09/4/2020 của Chính phủ, đời sống được ổn định. "
        "Kim ngạch xuất khẩu ước đạt 18 tỷ USD, tăng 12,5%. Sản lượng hàng hóa thông qua cảng đạt 142,8 triệu tấn. "
        "Tỷ lệ hộ nghèo còn 0,6%.\n\n"
        "– Có 02/04 chỉ tiêu hoàn thành mục tiêu kế hoạch, gồm: (1) Sản lượng hàng hóa qua cảng; "
        "(2) Thu hút vốn FDI.\n\n– Có 02/04 chỉ tiêu không hoàn thành mục tiêu kế hoạch đề ra, gồm: "
        "(1) Kim ngạch xuất khẩu; (2) Tỷ lệ hộ nghèo.",
        "shortcomings": "– Tình trạng vi phạm trong lĩnh vực quản lý đất đai chưa được xử lý kịp thời.",
        "targets": "(1) Kim ngạch xuất khẩu đạt 22,3 tỷ USD.\n\n"
        "(2) Thu hút 2,5-3,0 tỷ USD vốn đầu tư trực tiếp nước ngoài (FDI).",
        "tasks": "1. Công tác chung\n\nTriển khai thực hiện Nghị quyết số 45-NQ/TW của Bộ Chính trị. "
        "Đẩy mạnh thu hút đầu tư trực tiếp nước ngoài.",
    },
    (HAI_PHONG, 2021, 3): {
        "results": "Kim ngạch xuất khẩu đạt 25 tỷ USD. Kim ngạch xuất khẩu năm 2020 đạt 18,4 tỷ USD. "
        "Thu hút vốn FDI đạt 2,4 tỷ USD.",
        "targets": "(1) Kim ngạch xuất khẩu đạt 27 tỷ USD.",
        "tasks": "1. Công tác chung\n\nTriển khai Nghị quyết số 10/2021/NQ-HĐND sửa đổi, bổ sung một số điều của "
        "Nghị quyết số 32/2018/NQ-HĐND.",
    },
    (HA_NAM, 2020, 5): {
        "results": "Kim ngạch xuất khẩu đạt 60 nghìn tỷ đồng. Số hộ nghèo còn 1.200 hộ. Tỷ lệ hộ nghèo còn 1,2%. "
        "Kim ngạch xuất khẩu 6 tháng đầu năm 2020 đạt 1,1 tỷ USD.",
        "targets": "(1) Kim ngạch xuất khẩu đạt 3 tỷ USD.",
    },
}
# Every question of this kind, on what it is asked here; both engines must give the same rows.
CALLS: list[tuple[str, dict[str, str]]] = [
    ("target-then-result", {}),
    ("target-then-result", {"year": "2020", "area": "31"}),
    ("indicator-over-years", {"indicator": "exports"}),
    ("indicator-over-provinces", {"indicator": "exports"}),
    ("indicator-over-provinces", {"indicator": "poverty-rate", "year": "2020"}),
    ("indicator-over-provinces", {"indicator": "exports", "kind": "target"}),
    ("conflicting-figures", {}),
    ("conflicting-figures", {"year": "2020"}),
    ("recurring-shortcomings", {}),
    ("documents-over-reports", {}),
    ("documents-over-reports", {"document": "45-NQ/TW"}),
    ("documents-by-issuer", {}),
    ("documents-by-issuer", {"issuer": "Bộ Chính trị"}),
    ("documents-without-task", {}),
    ("document-links", {"relation": "amends"}),
    ("indicators-by-group", {}),
    ("indicators-without-task", {}),
    ("missed-with-higher-target", {"year": "2020"}),
    ("figures-by-kind", {}),
    ("quantities", {"unit": "USD-billion"}),
    ("results", {"year": "2020"}),
    ("estimated-figures", {}),
    ("changes-on-the-year", {}),
    ("measured-of-place", {"place": "35"}),
    ("causes", {}),
    ("shortcomings-answered", {}),
    ("sources", {}),
    ("inferred-statements", {}),
]
EMPTY = {"causes"}


def text_of(year: int, parts: dict[str, str]) -> str:
    """Return the frame of a report on `year`, with `parts` as they are written here."""
    said = frame(**{part: f"@{part}@" for part in parts})
    said = said.replace("2021", "@plan@").replace("2020", f"{year}").replace("@plan@", f"{year + 1}")
    for part, words in parts.items():
        said = said.replace(f"@{part}@", words.removesuffix(".") if part == "tasks" else words)
    return said


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the four reports, built."""
    made = Home(tmp_path_factory.mktemp("across"))
    shutil.copytree(home().ontology, made.ontology)
    shutil.copytree(home().graph / "reference", made.graph / "reference")
    for (area, year, number), parts in REPORTS.items():
        path = made.graph / "sources" / area / f"{year}-{number}-bc-ubnd.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(year, parts), "utf-8")
        metadata = METADATA.format(area=area, year=year, number=number, plan=year + 1)
        path.with_suffix(".toml").write_text(metadata, "utf-8")
    build(made)
    return made


@pytest.fixture(scope="module")
def store(place: Home) -> EmbeddedStore:
    """The graph of the four reports."""
    return EmbeddedStore.open(place)


@pytest.fixture(scope="module")
def merged(place: Home) -> Graph:
    """The same in rdflib."""
    graph = Graph()
    for file in graph_files(place):
        graph.parse(file.path, format="turtle")
    return graph


def rows(store: EmbeddedStore, name: str, columns: str, **given: str) -> list[tuple[object, ...]]:
    """Return the values of some columns of an answer in Vietnamese."""
    answer = ask(store, named(QUESTIONS, name), given, language="vi")
    return [tuple(record[column] for column in columns.split()) for record in answer.to_records()]


def comparable(term: Node | None) -> object:
    """Return the value of a term: engines write 2.50 and 2021-01-01T00:00:00Z each in their way."""
    if isinstance(term, Literal) and isinstance(term.value, int | Decimal | datetime):
        return term.value
    return None if term is None else str(term)


@pytest.mark.parametrize(("name", "given"), CALLS, ids=[f"{name}-{'-'.join(given.values())}" for name, given in CALLS])
def test_two_engines_give_the_same_rows(name: str, given: dict[str, str], store: EmbeddedStore, merged: Graph) -> None:
    """Each question over several reports is answered by rdflib exactly as by the embedded engine, in the same order."""
    question = named(QUESTIONS, name)
    by_name = {parameter.name: parameter for parameter in question.parameters}
    bound = {key: resolve(store, by_name[key], value) for key, value in given.items()}
    if "lang" in parameters(question.sparql):
        bound["lang"] = Literal("en")
    query = bind(question.sparql, bound)
    embedded = [tuple(map(comparable, row)) for row in store.select(query).rows]
    assert embedded == [tuple(map(comparable, row)) for row in merged.query(query)]  # type: ignore[arg-type]
    assert bool(embedded) != (name in EMPTY)


def test_a_target_meets_the_results_of_later_reports(store: EmbeddedStore) -> None:
    """Each later result is a row with the figure, whether it reaches the target, and the report's own verdict.

    Less poverty is better, a range is reached at its lower end, and what no later report tells is left open.
    """
    found = rows(
        store,
        "target-then-result",
        "area_name period target_text result_text difference reached verdict target_report result_report",
    )
    met, missed = "Hoàn thành kế hoạch", "Không hoàn thành kế hoạch"
    assert found == [
        ("Hải Phòng", "2020", "20 tỷ USD", "18 tỷ USD", -2, False, missed, "7/BC-UBND", "9/BC-UBND"),
        ("Hải Phòng", "2020", "20 tỷ USD", "18,4 tỷ USD", Decimal("-1.6"), False, None, "7/BC-UBND", "3/BC-UBND"),
        ("Hải Phòng", "2020", "140 triệu tấn", "142,8 triệu tấn", Decimal("2.8"), True, met, "7/BC-UBND", "9/BC-UBND"),
        ("Hải Phòng", "2020", "0,5%", "0,6%", Decimal("0.1"), False, missed, "7/BC-UBND", "9/BC-UBND"),
        ("Hải Phòng", "2021", "22,3 tỷ USD", "25 tỷ USD", Decimal("2.7"), True, None, "9/BC-UBND", "3/BC-UBND"),
        ("Hải Phòng", "2021", "2,5-3,0 tỷ USD", "2,4 tỷ USD", None, False, None, "9/BC-UBND", "3/BC-UBND"),
        ("Hải Phòng", "2022", "27 tỷ USD", None, None, None, None, "3/BC-UBND", None),
        ("Hà Nam", "2021", "3 tỷ USD", None, None, None, None, "5/BC-UBND", None),
    ]


def test_a_target_and_its_result_both_carry_their_sentence(store: EmbeddedStore) -> None:
    """The row stands on the sentence of the target, and beside it on that of the result, each in its own report."""
    (row,) = rows(store, "target-then-result", "passage result_passage quote result_quote", indicator="fdi-attracted")
    assert "2020-9-bc-ubnd/text" in str(row[0])
    assert "2021-3-bc-ubnd/text" in str(row[1])
    assert "2,5-3,0 tỷ USD" in str(row[2])
    assert "2,4 tỷ USD" in str(row[3])


def test_an_indicator_is_told_year_by_year_with_its_conflicts(store: EmbeddedStore) -> None:
    """The estimate of one report and the figure of the next stand side by side, marked; nothing else is marked."""
    found = rows(
        store, "indicator-over-years", "period kind_name stated conflict report_number", indicator="exports", area="31"
    )
    assert found == [
        ("2019", "kết quả", "16 tỷ USD", False, "7/BC-UBND"),
        ("2020", "mức tăng giảm", "12,5%", False, "9/BC-UBND"),
        ("2020", "kết quả", "18 tỷ USD", True, "9/BC-UBND"),
        ("2020", "kết quả", "18,4 tỷ USD", True, "3/BC-UBND"),
        ("2020", "chỉ tiêu kế hoạch", "20 tỷ USD", False, "7/BC-UBND"),
        ("2021", "kết quả", "25 tỷ USD", False, "3/BC-UBND"),
        ("2021", "chỉ tiêu kế hoạch", "22,3 tỷ USD", False, "9/BC-UBND"),
        ("2022", "chỉ tiêu kế hoạch", "27 tỷ USD", False, "3/BC-UBND"),
    ]


def test_provinces_are_compared_only_in_one_unit_over_one_period(store: EmbeddedStore) -> None:
    """Exports in dong and exports of half a year are told, and told not to be comparable, with the reason."""
    found = rows(
        store,
        "indicator-over-provinces",
        "period area_name stated value unit_name comparable reason",
        indicator="exports",
        year="2020",
    )
    assert found == [
        ("2020", "Hải Phòng", "18 tỷ USD", 18_000_000_000, "đô la Mỹ", True, None),
        ("2020", "Hải Phòng", "18,4 tỷ USD", 18_400_000_000, "đô la Mỹ", True, None),
        ("2020", "Hà Nam", "60 nghìn tỷ đồng", 60_000_000_000_000, "đồng", False, "đơn vị khác"),
        ("2020-01--2020-06", "Hà Nam", "1,1 tỷ USD", 1_100_000_000, "đô la Mỹ", False, "kỳ khác"),
    ]


def test_provinces_are_compared_only_in_one_definition(store: EmbeddedStore) -> None:
    """The number of poor households is no poverty rate: definition and unit differ, and both reasons are given."""
    found = rows(
        store,
        "indicator-over-provinces",
        "area_name kind_name stated comparable reason",
        indicator="poverty-rate",
        year="2020",
    )
    assert found == [
        ("Hải Phòng", "kết quả", "0,6%", True, None),
        ("Hà Nam", "kết quả", "1,2%", True, None),
        ("Hà Nam", "kết quả", "1.200 hộ", False, "định nghĩa khác; đơn vị khác"),
    ]


def test_a_reason_is_given_in_the_language_asked_for(store: EmbeddedStore) -> None:
    """In English the same rows give the same reason in English."""
    question = named(QUESTIONS, "indicator-over-provinces")
    answer = ask(store, question, {"indicator": "poverty-rate", "year": "2020"}, language="en")
    assert [record["reason"] for record in answer.to_records()] == [None, None, "definition differs; unit differs"]


def test_two_figures_for_one_thing_are_set_side_by_side(store: EmbeddedStore) -> None:
    """The estimate comes first, with the later figure, their difference in the base unit, and both reports."""
    found = rows(
        store,
        "conflicting-figures",
        "period kind_name stated report_number estimated "
        "other_stated other_report other_estimated difference unit_name",
    )
    first, second = ("18 tỷ USD", "9/BC-UBND", True), ("18,4 tỷ USD", "3/BC-UBND", False)
    assert found == [("2020", "kết quả", *first, *second, 400_000_000, "đô la Mỹ")]


def test_a_shortcoming_of_two_years_comes_again(store: EmbeddedStore) -> None:
    """What the next report states in the same field is set against the earlier words; other fields are not."""
    found = rows(store, "recurring-shortcomings", "topic_name earlier_report earlier_name later_report name")
    assert found == [
        (
            "Quản lý đất đai",
            "7/BC-UBND",
            "Tình trạng vi phạm trong lĩnh vực quản lý đất đai còn diễn biến phức tạp.",
            "9/BC-UBND",
            "Tình trạng vi phạm trong lĩnh vực quản lý đất đai chưa được xử lý kịp thời.",
        )
    ]


def test_documents_are_counted_over_reports(store: EmbeddedStore) -> None:
    """A document that two reports cite is one thing with a row for each of them."""
    found = rows(store, "documents-over-reports", "name reports report_number mentions", document="45-NQ/TW")
    name = "Nghị quyết số 45-NQ/TW"
    assert found == [(name, 2, "7/BC-UBND", 1), (name, 2, "9/BC-UBND", 1)]


def test_a_document_that_only_the_results_name_has_no_task(store: EmbeddedStore) -> None:
    """It is looked for among the tasks of the report that names it."""
    assert rows(store, "documents-without-task", "name report_number section") == [
        ("Nghị quyết số 42/NQ-CP", "9/BC-UBND", "p1.i")
    ]


def test_a_document_that_amends_another_names_it(store: EmbeddedStore) -> None:
    """Of the two only the amending one heads a row, and its relation is the narrow one."""
    found = rows(store, "document-links", "name relation_name to_name report_number", relation="amends")
    assert found == [
        ("Nghị quyết số 10/2021/NQ-HĐND", "sửa đổi, thay thế", "Nghị quyết số 32/2018/NQ-HĐND", "3/BC-UBND")
    ]


def test_issuers_are_counted_without_mixing_them_with_those_unknown(store: EmbeddedStore) -> None:
    """One issuer asked for gives its own documents, and none whose issuer no report states."""
    assert rows(store, "documents-by-issuer", "issuer_name documents", issuer="Bộ Chính trị") == [("Bộ Chính trị", 1)]


def test_a_missed_indicator_has_a_higher_target_than_what_was_aimed_at_and_reached(store: EmbeddedStore) -> None:
    """The new target is set against the former target and against each result that a report gives."""
    found = rows(store, "missed-with-higher-target", "number former_kind former_text target_text rise unit_name")
    new = "22,3 tỷ USD"
    assert found == [
        ("1", "chỉ tiêu kế hoạch", "20 tỷ USD", new, Decimal("2.3"), "tỷ USD"),
        ("1", "kết quả", "18 tỷ USD", new, Decimal("4.3"), "tỷ USD"),
        ("1", "kết quả", "18,4 tỷ USD", new, Decimal("3.9"), "tỷ USD"),
    ]


def test_a_change_implies_the_value_that_the_earlier_report_states(store: EmbeddedStore) -> None:
    """18 billion after a rise of 12,5% was 16 billion, and the report of the year before says 16 billion."""
    found = rows(store, "changes-on-the-year", "stated previous_year implied unit_name previous_text previous_report")
    assert found == [("12,5%", 2019, 16, "tỷ USD", "16 tỷ USD", "7/BC-UBND")]


def test_only_what_a_report_calls_an_estimate_is_one(store: EmbeddedStore) -> None:
    """`ước đạt` is an estimate; what the next report gives for the same year is none."""
    assert rows(store, "estimated-figures", "stated estimated approximate report_number") == [
        ("18 tỷ USD", True, False, "9/BC-UBND")
    ]


def test_indicators_are_counted_report_by_report(store: EmbeddedStore) -> None:
    """Targets and verdicts of one report are not mixed with those of another, nor of another province."""
    found = rows(store, "indicators-by-group", "report_number group_name targets figures met missed")
    economic, social = "Các chỉ tiêu kinh tế", "Các chỉ tiêu xã hội"
    assert found == [
        ("7/BC-UBND", economic, 3, 3, 0, 0),
        ("9/BC-UBND", economic, 2, 2, 2, 1),
        ("9/BC-UBND", social, 0, 0, 0, 1),
        ("5/BC-UBND", economic, 1, 1, 0, 0),
        ("3/BC-UBND", economic, 1, 1, 0, 0),
    ]


def test_an_indicator_without_a_task_is_looked_for_in_its_own_plan(store: EmbeddedStore) -> None:
    """A task of the plan for 2021 names foreign investment; its target is left out, those of other plans stay."""
    found = rows(store, "indicators-without-task", "report_number number stated")
    assert ("9/BC-UBND", "III.2", "2,5-3,0 tỷ USD") not in found
    assert [row for row in found if row[0] == "9/BC-UBND"] == [("9/BC-UBND", "III.1", "22,3 tỷ USD")]
    assert len(found) == 6


def test_quantities_of_two_units_are_ordered_in_one(store: EmbeddedStore) -> None:
    """All amounts in dollars, the largest first, whatever their report; dong are another quantity."""
    stated = [str(row[0]) for row in rows(store, "quantities", "stated", unit="USD")]
    assert stated[:3] == ["27 tỷ USD", "25 tỷ USD", "22,3 tỷ USD"]
    assert stated[-1] == "1,1 tỷ USD"
    assert not [one for one in stated if "đồng" in one]


def test_a_place_has_its_own_figures(store: EmbeddedStore) -> None:
    """What is measured for one province is not told of another."""
    found = rows(store, "measured-of-place", "area_name stated report_number", place="35")
    assert {row[0] for row in found} == {"Hà Nam"}
    assert {row[1] for row in found} == {"60 nghìn tỷ đồng", "1.200 hộ", "1,2%", "1,1 tỷ USD", "3 tỷ USD"}


def test_a_shortcoming_that_no_task_answers_comes_first(store: EmbeddedStore) -> None:
    """A task on land answers the shortcoming of its own report; the one on revenue is left unanswered."""
    found = rows(store, "shortcomings-answered", "report_number name answered")
    assert ("7/BC-UBND", "Thu ngân sách nhà nước vẫn còn thất thu.", False) in found
    answered = [row for row in found if row[2]]
    assert answered == found[len(found) - len(answered) :]
    assert [row[0] for row in answered] == ["7/BC-UBND"]


def test_every_report_is_told_with_its_text(store: EmbeddedStore, place: Home) -> None:
    """Number, area and period of each, in order of issue, and a digest that is that of the file."""
    found = rows(store, "sources", "number area_name period sha256 decisions")
    assert [row[:3] for row in found] == [
        ("7/BC-UBND", "Hải Phòng", "2019"),
        ("9/BC-UBND", "Hải Phòng", "2020"),
        ("5/BC-UBND", "Hà Nam", "2020"),
        ("3/BC-UBND", "Hải Phòng", "2021"),
    ]
    kept = (place.graph / "sources" / HA_NAM / "2020-5-bc-ubnd.txt").read_bytes()
    assert found[2][3:] == (hashlib.sha256(kept).hexdigest(), 0)


def test_what_a_reviewer_decided_is_told(place: Home, tmp_path: Path) -> None:
    """The decision, the matter, the value before and after, who, why and when, in one row on the passage."""
    copy = Home(tmp_path / "home")
    shutil.copytree(place.root, copy.root)
    key = f"{HAI_PHONG}/2021-3-bc-ubnd"
    (measured,) = [
        row[0]
        for row in rows(EmbeddedStore.open(copy), "indicator-over-years", "measurement stated", indicator="exports")
        if row[1] == "25 tỷ USD"
    ]
    sheet = io.StringIO()
    names = ("report", "kind", "node", "section", "start", "text", "said", "decision", "property", "value", "why")
    writer = csv.DictWriter(sheet, names, restval="")
    writer.writeheader()
    change = {"decision": "change", "property": "value", "value": "25.2", "why": "Đối chiếu bản giấy"}
    writer.writerow({"report": key, "node": str(measured)} | change)
    (copy.root / "filled.csv").write_text("\ufeff" + sheet.getvalue(), "utf-8")
    take_decisions(copy, copy.root / "filled.csv", "Người rà soát", dt.date(2022, 1, 5))
    found = rows(
        EmbeddedStore.open(copy), "review-decisions", "subject property_name former new by why at report_number"
    )
    assert found == [
        (measured, "value", "25", "25.2", "Người rà soát", "Đối chiếu bản giấy", dt.date(2022, 1, 5), "3/BC-UBND")
    ]
