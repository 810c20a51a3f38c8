"""The pictures show what the reports say, in the reader's language, the same each time, with nothing over anything."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from matplotlib.text import Text

from hpkg.errors import CallerError
from hpkg.export.pictures import PICTURES, bullets, picture
from hpkg.export.pictures.canvas import drawn, fitted, width_of
from hpkg.export.pictures.source import told
from hpkg.home import home
from hpkg.messages import LANGUAGES, Language
from hpkg.namespaces import BASE
from hpkg.store.embedded import EmbeddedStore

from .conftest import HEAD

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent.parent


def figure_of(store: EmbeddedStore, name: str, language: Language) -> Figure:
    """Return the figure of a picture before it is written."""
    slide, _ = drawn(import_module(PICTURES[name]).draw, told(store, (), language))
    figure: Figure = slide.figure
    return figure


@pytest.fixture(scope="module")
def report_store() -> EmbeddedStore:
    """The whole graph, which has names as long as they come."""
    return EmbeddedStore.open(home(ROOT))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_no_text_stands_over_another_or_off_the_slide(
    report_store: EmbeddedStore, name: str, language: Language
) -> None:
    """Boxes of texts do not meet, and none reaches over the edge."""
    figure = figure_of(report_store, name, language)
    figure.draw_without_rendering()
    boxes = [
        (text.get_text(), text.get_window_extent())
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_text().strip() and text.get_visible()
    ]
    assert len(boxes) > 5
    width, height = figure.bbox.width, figure.bbox.height
    assert [said for said, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height] == []
    met = [
        (one, other)
        for place, (one, box) in enumerate(boxes)
        for other, second in boxes[place + 1 :]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 1 and min(box.y1, second.y1) - max(box.y0, second.y0) > 3
    ]
    assert met == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_tells_itself_to_those_who_do_not_see_it(sample_store: EmbeddedStore, name: str) -> None:
    """An SVG is an image with a title, a description and a label for screen readers, and no text is left to a font."""
    made = picture(sample_store, name, "svg", "vi")
    root = etree.fromstring(made.content)
    assert root.get("role") == "img"
    assert made.alt in root.get("aria-label", "")
    assert root.findtext("{*}title") == made.title
    assert root.findtext("{*}desc") == made.alt
    assert "Hải Phòng" in made.alt
    assert root.find(".//{*}text") is None


@pytest.mark.parametrize(("form", "magic"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_picture_is_the_same_each_time(sample_store: EmbeddedStore, form: str, magic: bytes) -> None:
    """Drawn again it has the same bytes, without a date or a name that chance gave."""
    one, other = (picture(sample_store, "indicators", form, "en").content for _ in range(2))  # type: ignore[arg-type]
    assert one == other
    assert one.startswith(magic)
    assert re.search(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}T|CreationDate", one) is None


def test_the_language_of_the_reader_is_spoken(sample_store: EmbeddedStore) -> None:
    """Title and source line are of the language asked for; names of the report stay."""
    assert picture(sample_store, "map", "svg", "vi").title == "Các dự án ở đâu"
    assert picture(sample_store, "map", "svg", "en").title == "Where the projects are"


def test_what_is_not_there_is_told(sample_store: EmbeddedStore) -> None:
    """A picture or report that is not there is an error of the caller."""
    with pytest.raises(CallerError) as raised:
        picture(sample_store, "mural")
    assert raised.value.code == "picture-unknown"
    with pytest.raises(CallerError) as raised:
        picture(sample_store, "map", reports=["9/BC"])
    assert raised.value.code == "report-unknown"


def test_a_text_is_cut_to_its_room() -> None:
    """What does not fit is cut between words, in as many lines as are given, and is no wider than its room."""
    said = "Hoàn thành dự án đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp thị trấn Tiên Lãng"
    for lines in (1, 2):
        made = fitted(said, 9, 160, lines=lines).split("\n")
        assert len(made) == lines
        assert made[-1].endswith("…")
        assert max(width_of(line, 9) for line in made) <= 160
    assert fitted("Cầu Rào", 9, 160) == "Cầu Rào"


def test_a_target_is_set_against_the_result_of_its_own_area() -> None:
    """Two areas with the same indicator have a row each, named by area, and no figure crosses over."""
    figures = "".join(
        f"""
        <id/plan/{area}/2020> a hp:Plan ; hp:refArea <id/place/{area}> .
        <id/assessment/{area}> a hp:Assessment ; hp:forIndicator <id/indicator/exports> ;
          hp:refPeriod <id/period/2020> ; hp:againstPlan <id/plan/{area}/2020> ;
          hp:attainment <id/attainment/{verdict}> .
        <id/place/{area}> a hp:Province ; skos:prefLabel "{area}"@vi .
        <id/measurement/{area}/r> a hp:Result ; hp:forIndicator <id/indicator/exports> ;
          hp:baseValue {result} ; hp:valueAsStated "{result}" ; hp:refArea <id/place/{area}> ;
          hp:refPeriod <id/period/2020> .
        <id/measurement/{area}/t> a hp:Target ; hp:forIndicator <id/indicator/exports> ; hp:baseValue {target} ;
          hp:valueAsStated "{target}" ; hp:refArea <id/place/{area}> ; hp:refPeriod <id/period/2021> .
        <id/growth/{area}> a hp:GrowthNeeded ; hp:forIndicator <id/indicator/exports> ; hp:value {growth} ;
          hp:fromMeasurement <id/measurement/{area}/r> ; hp:toMeasurement <id/measurement/{area}/t> ;
          hp:unit <id/unit/percent> ; hp:refPeriod <id/period/2021> ."""
        for area, result, target, growth, verdict in (("A", 10.0, 15.0, 50, "met"), ("B", 40.0, 44.0, 10, "missed"))
    )
    shared = """
        <id/indicator/exports> a hp:Indicator ; skos:prefLabel "xuất khẩu"@vi . <id/unit/percent> a hp:Unit .
        <id/attainment/met> a hp:Attainment . <id/attainment/missed> a hp:Attainment .
        <id/period/2020> a hp:Period ; hp:startYear 2020 ; hp:endYear 2020 .
        <id/period/2021> a hp:Period ; hp:startYear 2021 ; hp:endYear 2021 ."""
    store = EmbeddedStore({f"{BASE}graph/A/2020-1": (HEAD + shared + figures).encode()})
    of = told(store, (), "vi")
    rows = {row.label: row for row in bullets._rows(of.network("indicators"), of)}
    assert {
        label: (row.result["valueAsStated"], row.target["valueAsStated"], row.needed, row.verdict)
        for label, row in rows.items()
    } == {"xuất khẩu · A": ("10.0", "15.0", "+50%", "met"), "xuất khẩu · B": ("40.0", "44.0", "+10%", "missed")}


def test_figures_are_told_in_the_language_of_the_picture(sample_store: EmbeddedStore) -> None:
    """In Vietnamese as the report writes them, in English with English numbers and units."""
    said: dict[str, set[str]] = {}
    for language in LANGUAGES:
        of = told(sample_store, (), language)
        rows = bullets._rows(of.network("indicators"), of)
        assert rows
        said[language] = {figure for row in rows for figure in (row.reached, row.aimed)}
    dollars = "billion United States dollars"
    assert said["vi"] == {"18,95 tỷ USD", "22,3 tỷ USD", "tăng 15,05%", "tăng 17%"}
    assert said["en"] == {f"18.95 {dollars}", f"22.3 {dollars}", "15.05%", "17%"}
