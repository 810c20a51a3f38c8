"""Names cut and broken so that they fit a drawing.

Not for: what names say.
"""

from __future__ import annotations

from textwrap import wrap

__all__ = ["broken", "cut"]


def cut(text: str, length: int) -> str:
    """Return `text` in at most `length` characters, cut between words.

    >>> cut("Khởi công xây dựng các bến số 3, số 4", 20)
    'Khởi công xây dựng…'
    """
    whole = " ".join(text.split())
    if len(whole) <= length:
        return whole
    short = whole[: length - 1]
    words = short if whole[length - 1] == " " else short.rpartition(" ")[0] or short
    return words.rstrip(" ,;:–-") + "…"


def broken(text: str, width: int, *, lines: int) -> str:
    r"""Return `text` in at most `lines` lines of at most `width` characters.

    >>> broken("Tuyến cáp treo Cát Hải-Phù Long", 16, lines=2)
    'Tuyến cáp treo\nCát Hải-Phù Long'
    """
    found = wrap(" ".join(text.split()), width, break_long_words=True, break_on_hyphens=False)
    if len(found) > lines:
        found = [*found[: lines - 1], cut(" ".join(found[lines - 1 :]), width)]
    return "\n".join(found)
