"""Reports of other areas, years and formats into one dataset: each its own graph, things joined across them."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import tomllib
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from tests.formats import make_docx, make_pdf, paragraph, table
from tests.passage import frame

from hpkg.cli import run
from hpkg.coverage import cover
from hpkg.errors import EXIT_CODES, CallerError, DefectError, SourceError
from hpkg.extract.facts import read_facts
from hpkg.home import Home, home
from hpkg.intake import take_source
from hpkg.namespaces import BASE, HP, mint
from hpkg.pipeline import build, build_each, find_sources, read
from hpkg.reason import entail
from hpkg.store import open_store
from hpkg.validate.arithmetic import arithmetic_findings, freshness_findings
from hpkg.validate.quotes import quote_findings
from hpkg.validate.shapes import shape_findings

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.extract.facts import Reading
    from hpkg.lexicon import Lexicon
    from hpkg.pipeline import Built
    from hpkg.source import Source
    from hpkg.validate.finding import Finding

_HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH {province}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/BC-UBND
{place}, ngày 05 tháng 12 năm {year}
BÁO CÁO
Tình hình kinh tế - xã hội năm {year} và kế hoạch phát triển kinh tế - xã hội năm {next}
"""


def _report(place: str, number: int, year: int, results: str) -> str:
    head = _HEAD.format(province=place.upper(), place=place, number=number, year=year, next=year + 1)
    body = frame(results=results, theme="“Kỷ cương”.").replace("2020", str(year)).replace("2021", str(year + 1))
    return head + body


_HA_NAM = _report(
    "Hà Nam", 215, 2018,
    "Tổng kim ngạch xuất khẩu đạt 2,1 tỷ USD. Việc hợp tác với thành phố Hải Phòng thực hiện theo Nghị quyết số "
    "42/NQ-CP ngày 09/4/2017 của Chính phủ.",
)  # fmt: skip
_NGHE_AN = _report(
    "Nghệ An", 96, 2019,
    "Tổng kim ngạch xuất khẩu đạt 1,4 tỷ USD. Tuyến hàng hải tới thành phố Hải Phòng mở theo Nghị quyết số 42/NQ-CP "
    "ngày 09/4/2017 của Chính phủ.",
)  # fmt: skip


def _violations(place: Home) -> list[Finding]:
    """Return what breaks form, quotes or arithmetic, or is not entailed today."""
    store = open_store(place)
    everything = store.construct(
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!STRENDS(STR(?g), '/entailed')) }"
    )
    findings = [
        *shape_findings(everything, (place.ontology / "shapes.ttl").read_text("utf-8")),
        *quote_findings(store, place.graph / "sources"),
        *arithmetic_findings(store),
        *freshness_findings(store, entail(store)),
    ]
    return [finding for finding in findings if finding.severity == "violation"]


def _empty_home(root: Path) -> Home:
    """Return a home in `root` without reports and questions."""
    made = Home(root)
    shutil.copytree(home().ontology, made.ontology)
    shutil.copytree(home().graph / "reference", made.graph / "reference")
    return made


def _two_reports(root: Path) -> Path:
    """Return the folder `root` with two reports of different provinces and years, as text."""
    root.mkdir()
    (root / "ha-nam.txt").write_text(_HA_NAM, "utf-8")
    (root / "nghe-an.txt").write_text(_NGHE_AN, "utf-8")
    return root


@pytest.fixture
def place(tmp_path: Path) -> Home:
    """Return a home of its own without reports."""
    return _empty_home(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of its own with the two reports."""
    return _two_reports(tmp_path / "reports")


@pytest.fixture(scope="module")
def of_two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, list[Built]]:
    """Return a home with the two reports, and what was built; no test changes it."""
    root = tmp_path_factory.mktemp("of-two")
    made = _empty_home(root / "home")
    return made, build(made, find_sources(str(_two_reports(root / "reports")), made))


def test_two_reports_share_things_and_no_statements(of_two: tuple[Home, list[Built]]) -> None:
    """Place, document and indicator are one node for both; each report keeps its statements in a graph of its own."""
    first, second = of_two[1]
    graphs = [Graph().parse(made.path) for made in (first, second)]
    assert [made.coverage.report for made in (first, second)] == [
        "35-ha-nam/2018-215-bc-ubnd", "40-nghe-an/2019-96-bc-ubnd",
    ]  # fmt: skip
    shared = set(graphs[0].all_nodes()) & set(graphs[1].all_nodes())
    assert {mint("place", "31"), mint("indicator", "exports")} <= shared
    documents = [node for node in shared if str(node).startswith(f"{BASE}id/document/vn/42-nq-cp")]
    assert len(documents) == 1
    apart = {"measurement", "passage", "sentence", "section", "task", "report"}
    assert not [node for node in shared if any(f"{BASE}id/{kind}/" in str(node) for kind in apart)]


def test_a_dataset_of_several_reports_is_sound(of_two: tuple[Home, list[Built]]) -> None:
    """What is derived and entailed covers both reports, all of it conforms, and a rebuild changes no byte."""
    place = of_two[0]
    derived = Graph().parse(place.graph / "derived.ttl")
    for key in ("35-ha-nam/2018-215-bc-ubnd", "40-nghe-an/2019-96-bc-ubnd"):
        graph = URIRef(f"{BASE}graph/{key}")
        assert (None, URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"), graph) in derived
    assert _violations(place) == []
    before = {path: path.read_bytes() for path in place.graph.rglob("*") if path.is_file()}
    assert not any(made.changed for made in build(place))
    assert {path: path.read_bytes() for path in place.graph.rglob("*") if path.is_file()} == before


def test_what_the_document_says_is_kept_beside_it(of_two: tuple[Home, list[Built]]) -> None:
    """The metadata read from the document are written down, so that a rebuild needs neither options nor reading."""
    place = of_two[0]
    kept = place.graph / "sources" / "35-ha-nam" / "2018-215-bc-ubnd.toml"
    values = tomllib.loads(kept.read_text("utf-8"))
    assert values["number"] == "215/BC-UBND"
    assert values["date"] == dt.date(2018, 12, 5)
    assert (values["year"], values["plan_year"]) == (2018, 2019)
    assert values["issuer"] == "35-ha-nam/ubnd"
    graph = Graph().parse(place.graph / "35-ha-nam" / "2018-215-bc-ubnd.ttl")
    assert (mint("report", "35-ha-nam/2018-215-bc-ubnd"), HP.refArea, mint("place", "35")) in graph


def _as_docx(text: str) -> bytes:
    first, second, third, fourth, *others = text.splitlines()
    letterhead = table([[f"{first}\n{second}", f"{third}\n{fourth}"]])
    return make_docx(letterhead + "".join(paragraph(line) for line in others))


def _as_html(text: str) -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{lines}</body></html>'.encode()


def _as_pdf(text: str) -> bytes:
    lines = [line for line in text.splitlines() if line]
    pages = [lines[at : at + 12] for at in range(0, len(lines), 12)]
    return make_pdf([[(60.0, 750.0 - 50 * at, line) for at, line in enumerate(page)] for page in pages], size=4)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".docx", _as_docx(_HA_NAM)),
        (".html", _as_html(_HA_NAM)),
        (".pdf", _as_pdf(_HA_NAM)),
        (".txt", _HA_NAM.encode("utf-16")),
    ],
    ids=["docx", "html", "pdf", "utf-16"],
)
def test_any_format_makes_the_same_facts(suffix: str, data: bytes, place: Home, tmp_path: Path) -> None:
    """The text is extracted and stored with its origin beside it; facts are those of the plain text, quotes hold."""
    path = tmp_path / f"bao-cao{suffix}"
    path.write_bytes(data)
    (made,) = build(place, [path])
    plain = tmp_path / "plain.txt"
    plain.write_text(_HA_NAM, "utf-8")
    assert take_source(plain, place).source.metadata.number == "215/BC-UBND"
    stored = place.graph / "sources" / f"{made.coverage.report}.txt"
    origin = stored.with_suffix(suffix if suffix != ".txt" else ".original")
    assert origin.read_bytes() == data
    values = tomllib.loads(stored.with_suffix(".toml").read_text("utf-8"))
    assert values["original"] == origin.name
    assert len(values["original_sha256"]) == 64
    text = stored.read_bytes().decode("utf-8")
    graph = Graph().parse(made.path)
    for passage in graph.subjects(RDF.type, HP.Passage):
        start, end = (graph.value(passage, name).toPython() for name in (HP.startOffset, HP.endOffset))  # type: ignore[union-attr]
        assert str(graph.value(passage, HP.quote)) == text[start:end]
    assert cover(read(plain, place)).facts == made.coverage.facts


def test_one_report_that_fails_stops_no_other(place: Home, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder is built as far as it can be; each failure is told with its reason, and nothing of it is written."""
    (folder / "scan.pdf").write_bytes(make_pdf([[(85.0, 700.0, "x")]], with_text=False))
    (folder / "mo-ta.txt").write_text("BÁO CÁO\nTình hình năm 2019\n" + frame(), "utf-8")
    (folder / "twice.docx").write_bytes(_as_docx(_HA_NAM))
    assert run(["--home", str(place.root), "build", str(folder)]) == EXIT_CODES[SourceError]
    out, err = capsys.readouterr()
    assert out.count("triples") == 2
    assert "no text layer" in err
    assert "--area … --number … --date …" in err
    assert "the same report, 35-ha-nam/2018-215-bc-ubnd" in err
    assert "3 of 5" in err
    kept = sorted(path.name for path in (place.graph / "sources").rglob("*") if path.is_file())
    assert kept == ["2018-215-bc-ubnd.toml", "2018-215-bc-ubnd.txt", "2019-96-bc-ubnd.toml", "2019-96-bc-ubnd.txt"]
    made, failed = build_each(place, [folder / "scan.pdf"])
    assert (made, [fault.error.code for fault in failed]) == ([], ["source-without-text"])


def test_what_nobody_foresaw_ends_one_report_and_no_other(
    place: Home, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the reader is told with its kind, its words, its line and its source; the exit code says a defect."""

    def break_down(source: Source, lexicon: Lexicon) -> Reading:
        if source.area == "35-ha-nam":
            raise KeyError("điều không ngờ")
        return read_facts(source, lexicon)

    monkeypatch.setattr("hpkg.pipeline.read_facts", break_down)
    assert run(["--home", str(place.root), "build", str(folder)]) == EXIT_CODES[DefectError]
    out, err = capsys.readouterr()
    assert out.count("triples") == 1
    assert "ha-nam" in err
    assert re.search(r"KeyError at test_pipeline_sources\.py:\d+: 'điều không ngờ'", err)
    assert "1 of 2" in err
    _, (failed,) = build_each(place, find_sources(str(folder), place))
    assert isinstance(failed.error.__cause__, KeyError)
    with pytest.raises(DefectError):
        build(place, [failed.path])


def test_a_kept_text_that_was_touched_is_not_built(place: Home, tmp_path: Path) -> None:
    """The digest in the metadata is that of the text as published; other comments in the file stay."""
    path = tmp_path / "ha-nam.txt"
    path.write_text(_HA_NAM, "utf-8")
    (made,) = build(place, [path])
    kept = place.graph / "sources" / f"{made.coverage.report}.txt"
    beside = kept.with_suffix(".toml")
    assert tomllib.loads(beside.read_text("utf-8"))["sha256"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    lines = [line for line in beside.read_text("utf-8").splitlines() if not line.startswith("sha256")]
    beside.write_text("\n".join(["# Ghi chú của người lưu", *lines]), "utf-8")
    build(place, [kept])
    assert beside.read_text("utf-8").startswith("# Ghi chú của người lưu\n")
    assert "\nsha256 = " in beside.read_text("utf-8")
    kept.write_bytes(kept.read_bytes() + b"\n")
    with pytest.raises(SourceError, match="SHA-256"):
        build(place, [kept])


def test_options_say_what_the_document_does_not(
    place: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`build` and `facts` take the same options; what they say is kept for the next build."""
    path = tmp_path / "khong-dau.txt"
    path.write_text("Thu vien bao cao\n" + frame().replace("2020", "2022").replace("2021", "2023"), "utf-8")
    options = ["--area", "ca mau", "--year", "2022", "--plan-year", "2023", "--number", "9/BC-UBND",
               "--date", "15/12/2022", "--title", "Báo cáo năm 2022", "--url", "https://example.org/9"]  # fmt: skip
    assert run(["--home", str(place.root), "facts", str(path), *options]) == 0
    assert "96-ca-mau/2022-9-bc-ubnd" in capsys.readouterr().out
    assert not (place.graph / "sources").exists()
    assert run(["--home", str(place.root), "build", str(path), *options]) == 0
    assert run(["--home", str(place.root), "build", "2022-9-bc-ubnd"]) == 0
    assert "as before" in capsys.readouterr().out
    assert run(["--home", str(place.root), "build", str(path), "--area", "xa la"]) == EXIT_CODES[CallerError]
    assert run(["--home", str(place.root), "build", "--area", "ca mau"]) == EXIT_CODES[CallerError]
    assert (
        run(["--home", str(place.root), "build", str(path), *options, "--date", "hôm qua"]) == EXIT_CODES[CallerError]
    )


def test_an_option_changes_what_is_kept(place: Home, folder: Path) -> None:
    """A report of the home is built anew with what a person says now."""
    build(place, [folder / "ha-nam.txt"])
    kept = place.graph / "sources" / "35-ha-nam" / "2018-215-bc-ubnd.txt"
    build(place, [kept], {"title": "Báo cáo năm 2018"})
    assert tomllib.loads(kept.with_suffix(".toml").read_text("utf-8"))["title"] == "Báo cáo năm 2018"


def test_a_plan_of_the_nation_is_built(place: Home, tmp_path: Path) -> None:
    """A resolution that only plans sets out a plan of `vn`, reports on none, and conforms."""
    path = tmp_path / "nghi-quyet.txt"
    path.write_text(
        "NGHỊ QUYẾT\n\nVề kế hoạch phát triển kinh tế - xã hội năm 2025\n\nQUỐC HỘI\n\nCăn cứ Hiến pháp;\n\n"
        "QUYẾT NGHỊ:\n\n"
        "Điều 1. Mục tiêu, chỉ tiêu\n\nTốc độ tăng tổng sản phẩm trong nước (GDP) đạt 8% trở lên trong năm 2025.\n\n"
        "Điều 2. Nhiệm vụ và giải pháp chủ yếu\n\nTiếp tục hoàn thiện thể chế, pháp luật. Đẩy mạnh giải ngân vốn đầu "
        "tư công."
        "\n\nNghị quyết này được Quốc hội thông qua ngày 12 tháng 11 năm 2024./.",
        "utf-8",
    )
    (made,) = build(place, [path], {"number": "900/2024/QH15"})
    assert made.coverage.report == "vn/2025-900-2024-qh15"
    graph = Graph().parse(made.path)
    report, plan = mint("report", made.coverage.report), mint("plan", "vn", "2025")
    assert (report, HP.setsOut, plan) in graph
    assert (report, HP.reportsOn, None) not in graph
    assert (plan, HP.refArea, mint("place", "vn")) in graph
    assert _violations(place) == []


def test_a_report_on_months_is_of_those_months(place: Home, tmp_path: Path) -> None:
    """Its period has days, its plan is the year's, and the issuer that the reference data lack is described."""
    path = tmp_path / "thang.txt"
    head = _HEAD.replace("năm {year} và kế hoạch phát triển kinh tế - xã hội năm {next}", "10 tháng năm {year}")
    text = head.format(province="NGHỆ AN", place="Nghệ An", number=301, year=2022)
    path.write_text(text + frame().replace("2020", "2022").replace("2021", "2022"), "utf-8")
    (made,) = build(place, [path])
    graph = Graph().parse(made.path)
    report, period = mint("report", "40-nghe-an/2022-301-bc-ubnd"), mint("period", "2022-01--2022-10")
    assert (report, HP.refPeriod, period) in graph
    assert str(graph.value(period, HP.isoPeriod)) == "2022-01/2022-10"
    assert (report, HP.reportsOn, mint("plan", "40-nghe-an", "2022")) in graph
    assert _violations(place) == []


def test_a_folder_gives_the_files_that_can_be_reports(tmp_path: Path, place: Home) -> None:
    """Hidden files, locks, other formats and origins of texts beside them are passed over; an empty folder is told."""
    for name in ("b/x.docx", "a.pdf", ".hidden.txt", "~$x.docx", "x.xlsx", "k.txt", "k.toml", "k.docx"):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    found = [path.relative_to(tmp_path / "in").as_posix() for path in find_sources(str(tmp_path / "in"), place)]
    assert found == ["a.pdf", "b/x.docx", "k.txt"]
    with pytest.raises(CallerError) as raised:
        find_sources(str(place.ontology / "vocab"), place)
    assert raised.value.code == "folder-without-sources"
