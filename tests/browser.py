"""Chromium without a window, where the machine has it, for the tests of several folders."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PACKAGES = Path(__file__).parents[1] / "web/node_modules"
"""The packages of `web/`, which `npm ci` puts there."""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


def needs_package(name: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs Chromium and a file of a package of `web/`."""
    missing = CHROMIUM is None or not (PACKAGES / name).is_file()
    return pytest.mark.skipif(missing, reason="needs Chromium and the packages of web/ (npm ci)")


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Yield a browser that is closed at the end."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
