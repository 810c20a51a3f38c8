"""Outline marks: `Phần 1.`, `II.`, `2.1.`, `(3)`, `đ)`, `Một là,`, bullets, and how the line of a heading looks.

What a line prints is read here, not what it means: `I.` can be the roman one or the letter I, `e)` the fifth or the
sixth item, so a line carries every reading and whoever knows the lines around it chooses (`hpkg.document`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hpkg.grammar.word import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Line", "Mark", "MarkKind", "find_enumerations", "find_lines", "find_marks"]

MarkKind = Literal[
    "part",
    "chapter",
    "section",
    "article",
    "appendix",
    "letter-upper",
    "roman",
    "arabic",
    "dotted",
    "paren",
    "letter",
    "roman-lower",
    "ordinal-word",
    "footnote",
    "bullet",
]

_UNITS: dict[str, MarkKind] = {
    "phần": "part",
    "chương": "chapter",
    "mục": "section",
    "điều": "article",
    "phụ lục": "appendix",
}
_ORDINAL_WORDS = {
    "nhất": 1, "một": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_VIETNAMESE_ORDER = "abcdđeghiklmnopqrstuvxy"
_ENGLISH_ORDER = "abcdefghijklmnopqrstuvwxyz"
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"c?(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_HIGHEST = 199
_LONGEST_MARK = 80
_SHORTEST_CAPITALS = 4

_WORDS = "|".join(sorted(_ORDINAL_WORDS, key=len, reverse=True)).replace(" ", r"\ ")
_UNIT_WORDS = "|".join(_UNITS).replace(" ", r"\ +")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_DRESS = re.compile(r"\s*(?:(?:\#{1,6}|>)\s+)*(?P<stress>\*{1,3}|_{1,3})?(?=[^\s*_])")
_GAP = re.compile(r"[\s*_]*(?:[-–—:]\s+)?[\s*_]*")
_STRESS_END = re.compile(r"\*\*|__")

_UNIT = re.compile(
    rf"""
    (?P<unit> {_UNIT_WORDS} ) \ +
    (?P<number> \d{{1,3}}[a-zđ]? | [ivxlc]{{1,8}} | thứ\ +(?:{_WORDS}) ) (?!\w)
    (?P<close> \ ?[.:/)]+ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"(?: thứ\ +(?P<nth>{_WORDS})(?=[\s*_]*[,:;.]) | (?P<item>{_WORDS})\ +là (?!\w) ) [\s*_]*[,:;.]?",
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED = re.compile(r"(?P<number>[1-9]\d?(?:\.\d{1,2}){1,5}) (?P<close>\.?\)|\./|\.)? (?![\w.,/%)])", re.VERBOSE)
_COUNTED = re.compile(
    r"""
    (?P<number> \d{1,3} | [ivxlc]{2,8} | [^\W\d_] )
    (?P<close> \.?\) | \.?/ | \.(?:\ ?-(?=\s))? | \ ?- )
    (?![\d.,)/%-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODE = re.compile(r"[A-ZĐ]{1,6}[a-z]{0,3}\ ?[-–/]\ ?[A-ZĐ]")
_ENCLOSED = re.compile(r"\((?P<number>\d{1,3}|[ivx]{1,6}|[^\W\d_])\)\.?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[(?P<number>\d{1,3})\]")
_BULLET = re.compile(
    r"(?P<number>[-+*•●○▪▫■□◦‣⁃∙·➢➤✓❖◆◇»\uf0a7\uf0b7\uf0d8\uf0fc]) (?![-+*•.=>\d%,]) (?=[\s*_]*[^\s*_-])", re.VERBOSE
)
_LISTED = re.compile(rf"(?<!\w)(?:{_ENCLOSED.pattern}|(?P<item>{_WORDS})\ +là(?!\w),?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading of an outline mark.

    `text[start:end]` is the mark with its punctuation, `number` what it counts with as printed, `ordinal` its place
    among its siblings (1 for `2.1`, 0 for a bullet), `title_start` where the words after it begin.
    """

    kind: MarkKind
    start: int
    end: int
    number: str
    ordinal: int
    title_start: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, and the readings of its mark.

    `text[start:end]` is the line without its line end, `text[title_start:title_end]` its words without mark and
    markdown dress; `bold_end` is where bold print ends that began with the line, if it did.
    """

    start: int
    end: int
    title_start: int
    title_end: int
    marks: tuple[Mark, ...]
    is_capitals: bool
    bold_end: int | None
    is_header: bool = False
    """Whether markdown calls the line a heading (`## Kinh tế`)."""

    @property
    def is_bold(self) -> bool:
        """Tell whether the whole line is bold."""
        return self.bold_end is not None and self.bold_end >= self.title_end


_Reading = tuple[MarkKind, int]


def find_lines(text: str) -> list[Line]:
    r"""Return the lines of `text` in order, without those that hold white space only.

    >>> [line.marks[0].kind for line in find_lines("IV. CÁC CHỈ TIÊU CHỦ YẾU\n\n(6) Kim ngạch xuất khẩu")]
    ['roman', 'paren']
    """
    return [_read_line(text, *match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]


def _read_line(text: str, start: int, end: int) -> Line:
    """Return what the line `text[start:end]` shows."""
    marks = tuple(find_marks(text, start, end))
    title_start = marks[0].title_start if marks else _skip_dress(text, start, end)
    title_end = max(title_start, start + len(text[start:end].rstrip("*_ \t\xa0")))
    is_capitals = _is_capitals(text[title_start:title_end])
    bold_end, is_header = _bold_end(text, start, end), "#" in text[start : _skip_dress(text, start, end)]
    return Line(start, end, title_start, title_end, marks, is_capitals, bold_end, is_header)


def _skip_dress(text: str, start: int, end: int) -> int:
    """Return where the first printed sign of a line stands, after white space and markdown dress."""
    dress = _DRESS.match(text, start, end)
    return dress.end() if dress else start


def _bold_end(text: str, start: int, end: int) -> int | None:
    """Return where bold print that begins with the line ends; None when the line does not begin with it."""
    dress = _DRESS.match(text, start, end)
    if dress is None:
        return None
    if "#" in dress[0]:
        return end
    if len(dress["stress"] or "") < len("**"):
        return None
    closing = _STRESS_END.search(text, dress.end(), end)
    return closing.start() if closing else end


def _is_capitals(title: str) -> bool:
    """Tell whether a title is in capitals; what stands in brackets does not count, nor one slip in ten letters."""
    letters = [char for char in re.sub(r"\([^()]*\)?", "", title) if char.isalpha()]
    capitals = sum(1 for char in letters if char.isupper())
    return len(letters) >= _SHORTEST_CAPITALS and capitals * 10 >= len(letters) * 9


def find_marks(text: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the readings of the mark with which the line `text[start:end]` begins, likeliest first.

    None for a number that counts or measures. Roman numbers come before letters, the Vietnamese alphabet before the
    English one. After a bullet ask again from its `title_start`.

    >>> [(mark.kind, mark.ordinal) for mark in find_marks("V. NHIỆM VỤ")]
    [('roman', 5), ('letter-upper', 21), ('letter-upper', 22)]
    >>> find_marks("1.260 ha đất nông nghiệp")
    []
    """
    first = _skip_dress(text, start, len(text) if end is None else end)
    line = _LINE.match(text, first, len(text) if end is None else end)
    if line is None:
        return []
    head = fold(text[first : min(line.end(), first + _LONGEST_MARK)], keep_case=True)
    for pattern, read in _PATTERNS:
        match = pattern.match(head.text)
        readings = read(match) if match else []
        if match and readings:
            return _marks(text, (first, line.end()), head, match, readings)
    return []


def _marks(
    text: str, line: tuple[int, int], head: Folded, match: re.Match[str], readings: list[_Reading]
) -> list[Mark]:
    """Return one mark for each reading of a match in the folded head of a line."""
    offset, line_end = line
    end = offset + head.span(*match.span())[1]
    number = match.lastgroup if match.lastgroup in ("nth", "item") else "number"
    left, right = head.span(*match.span(number))
    gap = _GAP.match(text, end, line_end)
    title_start = gap.end() if gap else end
    printed = text[offset + left : offset + right]
    return [Mark(kind, offset, end, printed, ordinal, title_start) for kind, ordinal in readings]


def _read_unit(match: re.Match[str]) -> list[_Reading]:
    """Read `Phần 1.`, `CHƯƠNG II`, `Điều 5. …`; a bare number must stand alone or before capitals."""
    kind = _UNITS[" ".join(match["unit"].lower().split())]
    ordinal = _ordinal(match["number"])
    rest = match.string[match.end() :].strip(" *_-")
    if not ordinal or not match["unit"][0].isupper() or not (match["close"] or not rest or rest[:2].isupper()):
        return []
    return [(kind, ordinal)]


def _ordinal(number: str) -> int | None:
    """Return the value of `12`, `12a`, `XII`, `thứ hai`; None when it is no number of an outline."""
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits[0]) or None
    word = " ".join(number.lower().split())
    return _ORDINAL_WORDS[word.removeprefix("thứ ")] if " " in word else _roman(word)


def _roman(number: str) -> int | None:
    """Return the value of a roman number in lower case, None when it is none."""
    if not number or not _ROMAN.fullmatch(number):
        return None
    digits = [_ROMAN_DIGITS[char] for char in number]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _read_ordinal(match: re.Match[str]) -> list[_Reading]:
    """Read `Thứ hai,` and `Một là`; the day `Thứ Hai` is none."""
    word = match["nth"] or match["item"]
    is_day = bool(match["nth"]) and word[0].isupper() and not match[0].rstrip(" *_,:;.").isupper()
    if is_day or not match[0][0].isupper():
        return []
    return [("ordinal-word", _ORDINAL_WORDS[" ".join(word.lower().split())])]


def _read_dotted(match: re.Match[str]) -> list[_Reading]:
    """Read `2.1.`; without a closing sign a capital or a dash must follow, else it may be a figure."""
    rest = match.string[match.end() :]
    words = rest.strip(" *_-")
    if not match["close"] and not (rest[:1] in (" ", "*", "_", "") and (not words or words[0].isupper())):
        return []
    return [("dotted", int(match["number"].rpartition(".")[2]))]


def _read_counted(match: re.Match[str]) -> list[_Reading]:
    """Read `1.`, `1/`, `1)`, `II.`, `A -`, `đ)`."""
    number, rest = match["number"], match.string[match.end() :]
    if not _may_follow(match["close"], rest, is_digits=number.isdecimal()):
        return []
    if number.isdecimal():
        # A line can break before the number of a document: `57-NQ/TW`, `138/NQ-CP`.
        cites = match["close"] in {"-", "/"} and _CODE.match(rest) is not None
        return [("arabic", int(number))] if 0 < int(number) <= _HIGHEST and not cites else []
    if len(number) == 1:
        return _read_letter(number)
    value = _roman(number.lower())
    if value is None:
        return []
    return [("roman" if number[0].isupper() else "roman-lower", value)]


def _may_follow(close: str, rest: str, *, is_digits: bool) -> bool:
    """Tell whether what follows a closing sign is the title of an item, not the rest of a word or a unit."""
    words = rest.lstrip(" *_")
    if close.endswith("-") and not close.startswith("."):
        spaced = close.startswith(" ") or rest[:1] == " "
        return words[:1].isupper() and (spaced or words[:2].isupper())
    if close.endswith(")") or (is_digits and close.endswith(".")):
        return True
    return rest[:1] in ("", " ", "*", "_") or words[:1].isupper()


def _read_letter(letter: str) -> list[_Reading]:
    """Read one letter: its value as a roman number, its place in the Vietnamese and in the English alphabet."""
    small = letter.lower()
    is_upper = letter.isupper()
    roman = _ROMAN_DIGITS.get(small) if is_upper or small in "ivx" else None
    places = dict.fromkeys(order.index(small) + 1 for order in (_VIETNAMESE_ORDER, _ENGLISH_ORDER) if small in order)
    letters: list[_Reading] = [("letter-upper" if is_upper else "letter", place) for place in places]
    romans: list[_Reading] = [("roman" if is_upper else "roman-lower", roman)] if roman else []
    return romans + letters if is_upper and small in "ivx" else letters + romans


def _read_enclosed(match: re.Match[str]) -> list[_Reading]:
    """Read `(1)`, `(a)`, `(ii)`."""
    number = match["number"].lower()
    if number.isdecimal():
        return [("paren", int(number))] if 0 < int(number) <= _HIGHEST else []
    value = _roman(number)
    places = [place for _, place in _read_letter(number)] if len(number) == 1 else []
    return [("paren", place) for place in dict.fromkeys([value, *places] if value else places)]


def _read_footnote(match: re.Match[str]) -> list[_Reading]:
    """Read `[1]`."""
    return [("footnote", int(match["number"]))]


def _read_bullet(_: re.Match[str]) -> list[_Reading]:
    """Read a bullet, which counts nothing."""
    return [("bullet", 0)]


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[_Reading]]], ...] = (
    (_UNIT, _read_unit),
    (_ORDINAL, _read_ordinal),
    (_FOOTNOTE, _read_footnote),
    (_ENCLOSED, _read_enclosed),
    (_DOTTED, _read_dotted),
    (_COUNTED, _read_counted),
    (_BULLET, _read_bullet),
)


def find_enumerations(text: str) -> list[tuple[Mark, ...]]:
    """Return the lists inside running text: runs of two and more marks that count 1, 2, 3 in one style.

    Styles are `(1)`, `(a)`, `(i)` and `một là`.

    >>> [[mark.number for mark in run] for run in find_enumerations("gồm: (1) GRDP; (2) thu ngân sách; (4) khác")]
    [['1', '2']]
    """
    folded = fold(text, keep_case=True)
    latest: dict[str, list[Mark]] = {}
    runs: list[list[Mark]] = []
    for match in _LISTED.finditer(folded.text):
        for style, places in _list_places(match):
            run = latest.get(style, [])
            if 1 in places:
                run = latest[style] = []
                runs.append(run)
            elif len(run) + 1 not in places or not run:
                continue
            kind: MarkKind = "ordinal-word" if match["item"] else "paren"
            run += _marks(text, (0, len(text)), folded, match, [(kind, len(run) + 1)])
    return [tuple(run) for run in runs if len(run) > 1]


def _list_places(match: re.Match[str]) -> Iterator[tuple[str, set[int]]]:
    """Yield the styles a mark in running text can belong to, and its possible places in each."""
    if match["item"]:
        yield "word", {_ORDINAL_WORDS[" ".join(match["item"].lower().split())]}
        return
    number = match["number"].lower()
    if number.isdecimal():
        yield "digits", {int(number)}
        return
    value = _roman(number)
    if value:
        yield "roman", {value}
    if len(number) == 1:
        yield "letter", {place for kind, place in _read_letter(number) if kind.startswith("letter")}
