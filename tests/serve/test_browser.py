"""The pages in a browser: they load nothing from others, break no policy, fit a telephone, and need no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser import needs_chromium, opened_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from tests.serve.client import Client

R = "31-hai-phong/2020-402-bc-ubnd"
PATHS = [
    "/",
    f"/doc/task/{R}/v.4.10",
    f"/doc/report/{R}/text",
    "/doc/indicator",
    "/def",
    "/query/tasks-by-pillar?pillar=port-logistics",
    "/search?q=cang",
    "/catalog",
]

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with opened_browser() as found:
        yield found


@pytest.fixture(scope="module")
def base(service: Client) -> str:
    """Address of the sample, served."""
    return f"http://127.0.0.1:{service.port}"


def test_pages_keep_to_themselves(browser: Browser, base: str) -> None:
    """No request leaves the service, and the browser has nothing to complain of: the policy holds on every page."""
    page = browser.new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in PATHS:
        reply = page.goto(base + path)
        assert reply
        assert reply.status == 200
    assert told == []
    assert [address for address in asked if not address.startswith(base)] == []
    assert f"{base}/assets/site.css" in asked


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_pages_fit_the_screen(browser: Browser, base: str, width: int) -> None:
    """Nothing runs out of the page to the side (WCAG 2.2, 1.4.10); wide tables scroll in a frame of their own."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PATHS:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_language_is_switched_without_a_script(browser: Browser, base: str) -> None:
    """A plain link leads to the page in the other language, and every page from there on is in it."""
    page = browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    page.goto(f"{base}/doc/task/{R}/v.4.10")
    assert page.get_attribute("html", "lang") == "en"
    page.click("text=Tiếng Việt")
    assert page.get_attribute("html", "lang") == "vi"
    page.click("main .kicker a")
    assert page.get_attribute("html", "lang") == "vi"


def test_a_passage_is_shown_where_it_stands(browser: Browser, base: str) -> None:
    """The address of a passage scrolls to it and marks it; characters that no fact stands on are marked by sentence."""
    page = browser.new_page()
    page.goto(f"{base}/doc/report/{R}/text")
    known = str(page.evaluate("[...document.querySelectorAll('.fact')].at(-1).id"))
    start = known.removeprefix("char=").split(",")[0]
    page.goto(f"{base}/doc/report/{R}/text#{known}")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    page.goto("about:blank")
    page.goto(f"{base}/doc/report/{R}/text#char={start},{int(start) + 1}")
    page.wait_for_selector(".found")


def test_paper_shows_what_is_said_and_no_controls(browser: Browser, base: str) -> None:
    """In print, menus and forms are gone, quotes stay."""
    page = browser.new_page()
    page.goto(f"{base}/doc/task/{R}/v.4.10")
    page.emulate_media(media="print")
    assert not page.is_visible("header.top")
    assert page.is_visible(".evidence")
