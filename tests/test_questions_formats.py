"""Answers in every format: each read back by a tool of its own kind."""

from __future__ import annotations

import csv
import html.parser
import io
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pyarrow.parquet as pq
import pytest
from rdflib import Literal
from rdflib.query import Result

from hpkg.errors import CallerError
from hpkg.questions import Answer, ask, named
from hpkg.questions.answer import Gap, Omission
from hpkg.questions.formats import FORMATS, render
from hpkg.questions.formats.html import as_html
from hpkg.questions.question import EVIDENCE, INFERENCE, OFFSETS, Bilingual, Column

if TYPE_CHECKING:
    from hpkg.home import Home
    from hpkg.messages import Language
    from hpkg.store.embedded import EmbeddedStore

PASSAGE = "https://w3id.org/hpkg/id/report/31-hai-phong/2020-402-bc-ubnd/text#char=10,20"
NASTY = '=1+1|<script>alert("x")</script>\n[a](b) `c` *d*'


def column(name: str, kind: str, unit: str | None = None) -> Column:
    """Return a column whose label differs from its name."""
    return Column(name, kind, Bilingual(f"{name} vi", f"{name} en"), unit=unit)  # type: ignore[arg-type]


def answered(language: Language = "vi") -> Answer:
    """Return an answer with every type, a unit of each kind, evidence, inference, a gap and an omission."""
    return Answer(
        "q",
        "Tên & <câu>",
        language,
        (("year", "2021"),),
        (
            column("thing", "iri"),
            column("text", "text"),
            column("year", "integer"),
            column("money", "decimal", "VND-billion"),
            column("each", "decimal", "unit_name"),
            column("unit_name", "text"),
            column("met", "boolean"),
            column("day", "date"),
            INFERENCE,
            *EVIDENCE,
            *OFFSETS,
        ),
        (
            (
                *("https://w3id.org/hpkg/id/x", NASTY, 2021, Decimal("89490.478"), Decimal("-1.5"), "USD", True),
                *(date(2020, 12, 18), None, "=trích|dẫn", "câu <b>", "p1.i", PASSAGE, 10, 20),
            ),
            (
                *(None, None, None, None, Decimal(7), "%", None, None, "https://w3id.org/hpkg/id/rule/sum-check"),
                *("q2", None, None, PASSAGE, 10, 20),
            ),
        ),
        "abc0123456789def",
        state="partial",
        omissions=(Omission("tên các hướng", "k", 3, "03 <hướng>", "p1.ii", PASSAGE),),
        gaps=(Gap("urn:r", "Báo cáo", "results", "kết quả"),),
        grounds=(("https://w3id.org/hpkg/id/rule/sum-check", "Phép cộng"),),
        units=(("VND-billion", "tỷ đồng"),),
    )


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_answer_gives_the_same_bytes(form: str) -> None:
    """Every format is written twice alike, and an answer without rows can be written in it too."""
    assert render(answered(), form) == render(answered(), form)
    nothing = Answer("q", "T", "en", (), (column("text", "text"),), (), "abc", note="None.", not_stated=True)
    assert render(nothing, form)
    if not FORMATS[form].binary:
        assert render(answered(), form).decode().endswith("\n")


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    """The caller can choose another one."""
    with pytest.raises(CallerError) as refused:
        render(answered(), "docx")
    assert "xlsx" in refused.value.hint("vi")


def test_json_says_how_far_the_rows_can_be_trusted() -> None:
    """State, gaps, what rests on inference, units and offsets are there for a program."""
    said = json.loads(render(answered(), "json"))
    assert (said["count"], said["state"], said["complete"], said["dataset"]) == (
        2,
        "partial",
        False,
        answered().dataset,
    )
    assert said["inferred"] == {"rows": [1], "grounds": {"https://w3id.org/hpkg/id/rule/sum-check": "Phép cộng"}}
    assert said["gaps"][0]["part"] == "results"
    units = {column["name"]: column["unit"] for column in said["columns"] if "unit" in column}
    assert units == {
        "money": {"key": "VND-billion", "label": "tỷ đồng"},
        "each": {"column": "unit_name", "label": None},
    }
    assert (said["rows"][0]["start"], said["rows"][0]["end"], said["rows"][0]["money"]) == (10, 20, 89490.478)


def test_sparql_json_keeps_the_terms_of_the_graph(sample_store: EmbeddedStore, sample_home: Home) -> None:
    """A reader of the W3C format gets the very terms the engine gave, and the offsets as integers."""
    question = named(sample_home, "tasks-by-pillar")
    answer = ask(sample_store, question, {"pillar": "port-logistics"}, language="en")
    found = Result.parse(io.BytesIO(render(answer, "sparql-json")), format="json")
    assert [str(name) for name in found.vars or ()] == [column.name for column in question.columns]
    for got, terms, row in zip(found, answer.terms, answer, strict=True):
        values = list(got)  # type: ignore[arg-type]
        assert values[: len(terms)] == list(terms)
        assert values[len(terms) :] == [Literal(row["start"]), Literal(row["end"])]
    english = [binding["pillar_name"] for binding in json.loads(answer.to("sparql-json"))["results"]["bindings"]]
    assert {name["xml:lang"] for name in english} == {"en"}


def test_sparql_json_types_values_without_terms() -> None:
    """An answer put together by hand is typed by its columns; what is missing is not bound."""
    first, second = json.loads(render(answered(), "sparql-json"))["results"]["bindings"]
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert first["thing"] == {"type": "uri", "value": "https://w3id.org/hpkg/id/x"}
    assert first["money"] == {"type": "literal", "value": "89490.478", "datatype": f"{xsd}decimal"}
    assert first["met"] == {"type": "literal", "value": "true", "datatype": f"{xsd}boolean"}
    assert first["day"]["datatype"] == f"{xsd}date"
    assert set(second) == {"each", "unit_name", "rests_on", "quote", "passage", "start", "end"}


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_are_plain_for_programs(form: str, delimiter: str) -> None:
    """Column names, points in decimals, nothing added to any text."""
    rows = list(csv.DictReader(io.StringIO(render(answered(), form).decode()), delimiter=delimiter))
    assert (rows[0]["text"], rows[0]["each"], rows[0]["quote"]) == (NASTY, "-1.5", "=trích|dẫn")
    assert rows[1]["text"] == ""


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_the_excel_option_marks_the_encoding_and_disarms_formulas(form: str, delimiter: str) -> None:
    """A text that begins like a formula gets an apostrophe; a negative number stays a number."""
    content = render(answered(), form, excel=True)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))
    assert (rows[0]["text"], rows[0]["each"], rows[0]["quote"]) == (f"'{NASTY}", "-1.5", "'=trích|dẫn")


def test_a_workbook_has_typed_numbers_units_in_headings_and_evidence_on_a_sheet() -> None:
    """Three sheets: rows, evidence with offsets and links, and what was asked of which graph."""
    book = openpyxl.load_workbook(io.BytesIO(render(answered(), "xlsx")))
    assert book.sheetnames == ["Trả lời", "Minh chứng", "Thông tin"]
    heads, first, second = book["Trả lời"].iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert row["money vi (tỷ đồng)"] == 89490.478
    assert row["each vi (theo cột “unit_name vi”)"] == -1.5
    assert row["year vi"] == 2021
    assert row["met vi"] is True
    assert str(row["day vi"]) == "2020-12-18 00:00:00"
    assert row["text vi"] == NASTY
    assert dict(zip(heads, second, strict=True))["Dựa trên"] == "Phép cộng"
    sheet = book["Minh chứng"]
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[1] == (1, None, "=trích|dẫn", "câu <b>", "p1.i", 10, 20, PASSAGE)
    assert sheet["H2"].hyperlink is not None
    assert sheet["C2"].data_type == "s"
    about = {str(line[0]): str(line[1]) for line in book["Thông tin"].iter_rows(values_only=True)}
    assert about["Tham số year"] == "2021"
    assert about["IRI"] == "https://w3id.org/hpkg/query/q"
    assert about["Đồ thị (mã băm nội dung)"] == answered().dataset
    assert "có thể còn thiếu" in about["Mức đầy đủ"]


def test_parquet_keeps_types_and_says_what_was_asked() -> None:
    """Decimals are decimals, dates are dates, and the file itself knows its question and graph."""
    table = pq.read_table(io.BytesIO(render(answered(), "parquet")))
    kinds = {field.name: str(field.type) for field in table.schema}
    assert (kinds["money"], kinds["day"], kinds["year"], kinds["met"]) == (
        "decimal128(38, 9)",
        "date32[day]",
        "int64",
        "bool",
    )
    assert table["money"][0].as_py() == Decimal("89490.478")
    assert table.schema.metadata[b"hpkg.question"] == b"q"
    assert table.schema.metadata[b"hpkg.state"] == b"partial"
    assert json.loads(table.schema.metadata[b"hpkg.units"])["money"] == "tỷ đồng"


@pytest.mark.parametrize(("language", "number"), [("vi", "89.490,478"), ("en", "89,490.478")])
@pytest.mark.parametrize("form", ["md", "html"])
def test_formats_for_people_write_numbers_as_the_language_does(form: str, language: Language, number: str) -> None:
    """Numbers, units, completeness and inference are told in the language of the reader."""
    said = render(answered(language), form).decode()
    assert number in said
    assert "2021" in said
    assert {"vi": "18/12/2020", "en": "2020-12-18"}[language] in said
    assert "tỷ đồng" in said
    assert {"vi": "dựa trên suy luận", "en": "rest on inference"}[language] in said
    assert {"vi": "có thể còn thiếu", "en": "some may be missing"}[language] in said
    assert PASSAGE in said


def test_markdown_is_one_table_whatever_stands_in_a_cell() -> None:
    """Signs of Markdown in a text are escaped, so that no cell breaks the table or becomes a link."""
    table = [line for line in render(answered(), "md").decode().splitlines() if line.startswith("|")]
    assert len(table) == 4
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1
    assert "\\[a\\](b) \\`c\\` \\*d\\*" in table[2]
    assert "<script>" not in table[2]


class Elements(html.parser.HTMLParser):
    """Collects the tags of a page, and fails on one that closes nothing."""

    def __init__(self) -> None:
        """Begin with no tags."""
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag


def test_html_is_well_formed_and_escaped() -> None:
    """Every tag is closed, no text of the answer becomes one, and links are where a page wants them."""
    page = Elements()
    page.feed(answered().to_html())
    assert page.open == []
    tags = [tag for tag, _ in page.seen]
    assert {"script", "b", "câu"}.isdisjoint(tags)
    assert (tags.count("div"), tags.count("table"), tags.count("tr")) == (1, 1, 3)
    assert next(attributes for tag, attributes in page.seen if tag == "q") == {"lang": "vi", "cite": PASSAGE}
    assert {"class": "hpkg-inferred"} in [attributes for tag, attributes in page.seen if tag == "tr"]
    assert answered()._repr_html_() == answered().to_html()


def test_only_addresses_of_the_web_become_links() -> None:
    """A value that would run as a script when it is clicked stays text."""
    answer = Answer("", "", "en", (), (column("x", "iri"),), (("javascript:alert(1)",),), "abc")
    assert "<a" not in answer.to_html()


def test_a_page_says_where_an_iri_leads() -> None:
    """A service on another address rewrites links and nothing else."""
    said = as_html(answered(), lambda iri: iri.replace("https://w3id.org/hpkg", "")).decode()
    assert 'href="/id/report/31-hai-phong/2020-402-bc-ubnd/text#char=10,20"' in said
    assert f'cite="{PASSAGE}"' in said


def test_rows_can_be_walked_counted_and_picked() -> None:
    """An answer is a sequence of rows, and a row a mapping that knows its evidence."""
    answer = answered()
    assert (len(answer), answer.count, [row["year"] for row in answer]) == (2, 2, [2021, None])
    assert (answer[-1]["quote"], len(answer[0:1]), answer.column("met")) == ("q2", 1, (True, None))
    assert answer[0].rests_on is None
    assert answer[1].rests_on == "https://w3id.org/hpkg/id/rule/sum-check"
    (evidence,) = answer[0].evidence
    assert (evidence.section, evidence.start, evidence.end, evidence.passage) == ("p1.i", 10, 20, PASSAGE)
    assert "year=2021" in repr(answer[0])
    with pytest.raises(KeyError):
        answer.column("colour")
    with pytest.raises(IndexError):
        answer[2]
