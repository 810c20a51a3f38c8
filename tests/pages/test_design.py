"""The style sheet: colours that can be read in light and dark, nothing taken from others."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("hpkg.pages") / "assets" / "site.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
)
TEXT_ON = [
    ("ink", "ground"),
    ("ink", "raised"),
    ("quiet", "ground"),
    ("quiet", "raised"),
    ("link", "ground"),
    ("link", "raised"),
    ("visited", "ground"),
    ("mark-ink", "mark"),
    ("mark-ink", "target"),
    ("on-accent", "accent"),
    ("stated", "ground"),
    ("derived", "ground"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(palette: dict[str, str], text: str, ground: str) -> None:
    """Every colour of text has a contrast of 4.5 to 1 with what it stands on (WCAG 2.2, 1.4.3)."""
    one, other = sorted((luminance(palette[text]), luminance(palette[ground])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 4.5


def test_both_palettes_are_whole_and_nothing_is_foreign() -> None:
    """Dark mode has each colour of light mode; the style sheet names no address and no font that must be loaded."""
    assert LIGHT.keys() == DARK.keys()
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS
    assert not re.search(r"#[0-9a-f]{3,8}\b(?!;)", re.sub(r"@media print.*", "", CSS, flags=re.DOTALL))
