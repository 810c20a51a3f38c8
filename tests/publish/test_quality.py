"""The pages of a site before two judges of another make: the W3C's checker of HTML, and axe for accessibility."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import PACKAGES, needs_package, opened_browser

from hpkg.messages import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from hpkg.publish import Tally

JAVA = shutil.which("java")
CHECKER = PACKAGES / "vnu-jar/build/dist/vnu.jar"
AXE = "axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

needs_checker = pytest.mark.skipif(JAVA is None or not CHECKER.is_file(), reason="needs Java and web/ (npm ci)")
needs_axe = needs_package(AXE)


def told_of(*files: Path) -> list[str]:
    """Return what the checker has against the HTML in `files`, errors and warnings, one line each."""
    assert JAVA
    run = subprocess.run(  # noqa: S603 — ours
        [JAVA, "-Xss4m", "-jar", CHECKER, "--skip-non-html", "--format", "json", *files],
        capture_output=True,
        check=False,
    )
    return [
        f"{said['url'].rpartition('/')[2]}:{said.get('lastLine')}: {said['message']}"
        for said in json.loads(run.stderr)["messages"]
    ]


def one_of_each_kind(folder: Path, language: Language) -> list[str]:
    """Return the paths of pages in `language` that together have every element and class that any page has.

    Of each folder of the site it is the largest page, and those with an element that no larger one of it has.
    """
    groups: dict[str, list[Path]] = {}
    for path in folder.rglob("*.html"):
        if path.name.endswith(".en.html") == (language == "en"):
            where = path.relative_to(folder)
            groups.setdefault("text" if path.name.startswith("text.") else where.parts[0], []).append(path)
    chosen = []
    for group in groups.values():
        seen: set[tuple[str, str]] = set()
        for path in sorted(group, key=lambda one: (-one.stat().st_size, str(one))):
            elements = set(re.findall(r'<(\w+)(?: class="([^"]*)")?', path.read_text("utf-8")))
            if not elements <= seen:
                chosen.append(path.relative_to(folder).as_posix())
            seen |= elements
    return chosen


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a browser without a window, with axe in every document it opens."""
    with opened_browser() as browser:
        page = browser.new_page()
        page.add_init_script(path=PACKAGES / AXE)
        yield page


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """Return what axe has against the document that is open: the rule and the element."""
    found: list[dict[str, Any]] = page.evaluate(
        "async (rules) => (await axe.run({ runOnly: rules, resultTypes: ['violations'] })).violations", rules
    )
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def found_on(page: Page, folder: Path, paths: list[str], rules: list[str] = RULES) -> dict[str, list[str]]:
    """Return the violations on each of `paths` that has any."""
    found = {}
    for path in paths:
        page.goto((folder / path).as_uri())
        if told := violations(page, rules):
            found[path] = told
    return found


@needs_checker
def test_every_page_is_valid_html(site: tuple[Path, Tally]) -> None:
    """The W3C's checker has neither error nor warning for any page, in either language."""
    assert told_of(site[0]) == []


@needs_checker
def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    """A heading that skips a level and an element that may not stand there are told."""
    (tmp_path / "a.html").write_text(
        "<!doctype html><html lang=en><title>a</title><h1>a</h1><h4>b</h4><p><ul></ul></html>"
    )
    assert [line for line in told_of(tmp_path) if "skipping 2 heading levels" in line]


@needs_axe
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible(site: tuple[Path, Tally], page: Page, language: Language) -> None:
    """Axe finds nothing against WCAG 2.2 AA or good practice on a page of each kind."""
    paths = one_of_each_kind(site[0], language)
    sorts = {path.partition("/")[0].partition(".")[0] for path in paths}
    assert sorts > {"index", "def", "doc", "kinds", "graph", "query"}
    assert found_on(page, site[0], paths) == {}


@needs_axe
def test_pages_have_contrast_by_night(site: tuple[Path, Tally], page: Page) -> None:
    """In dark colours every text stands out from its ground; colours know no language."""
    page.emulate_media(color_scheme="dark")
    try:
        paths = [path for path in one_of_each_kind(site[0], "vi") if path != "def.html"]
        assert found_on(page, site[0], paths, ["color-contrast"]) == {}
    finally:
        page.emulate_media(color_scheme=None)


@needs_axe
def test_axe_sees_what_is_wrong(page: Page, tmp_path: Path) -> None:
    """A picture without a name and a page without a language are told."""
    path = tmp_path / "a.html"
    path.write_text("<!doctype html><title>a</title><main><h1>a</h1><img src='x.png'></main>")
    page.goto(path.as_uri())
    assert {line.partition(":")[0] for line in violations(page)} == {"html-has-lang", "image-alt"}
