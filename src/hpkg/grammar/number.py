"""Numbers as official Vietnamese prints them: a dot for thousands, a comma for decimals, ranges, fractions, words.

Values are exact decimals. A number here is digits and what joins them; units, "about" and "more than", and zero said in
words ("không còn") are not read. Not for dates and document numbers: give their spans as `skip`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from hpkg.errors import SourceError
from hpkg.grammar.word import Folded, fold, is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NumberKind", "NumberToken", "find_numbers", "parse_number", "render"]

NumberKind = Literal["integer", "decimal", "range", "fraction"]

_LONGEST_RUN = 40
_RUN = re.compile(
    r"""
    # torn at the end of a line or by a space: `1.⏎234 tỷ`, `12,⏎5%`; no sentence, item or list of numbers
    (?<=(?:[^\W\d_]|:)\s) \d{1,3}(?:\.\d{3})* (?:
        \.\n\d{3}(?:\.\d{3})*(?:,\d+)? (?=\s[^\W\d_A-ZĐ])
      | \n(?:\.\d{3})+(?:,\d+)? (?=\s[^\W\d_A-ZĐ])
      | ,[ \n]\d{1,2} (?=\s?%)
      | ,\n\d{1,3} (?=\s(?!(?:và|hoặc)\s)[^\W\d_])
    )
    | \d+(?:[.,/]\d+)*
    """,
    re.VERBOSE,
)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_TORN = str.maketrans("", "", " \n")
_INTEGER = re.compile(r"\d+|(?!0+\.)\d{1,3}(?:\.\d{3})+")
_DECIMAL = re.compile(r"(?P<whole>\d+|\d{1,3}(?:\.\d{3})+),(?P<rest>\d+)")
_FOREIGN_DECIMAL = re.compile(r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)\.(?P<rest>\d+)")
_FOREIGN_INTEGER = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_GROUP_LIKE = re.compile(r"[1-9]\d{0,2},\d{3}")
_FRACTION = re.compile(r"(?P<above>\d+)/(?P<below>0*[1-9]\d*)")
_LONG_FRACTION = re.compile(r"(?P<above>[\d.,]+)/(?P<below>[\d.,]+)")
_JOINT = re.compile(r"\s?[%‰]?\s?(?:->?|=>|→|~|÷)\s?|\s?[%‰]?\s(?:đến|tới)\s", re.IGNORECASE)
_LONGEST_JOINT = 8
_ENDS = 2
_SIGN = re.compile(r"(?:[^\W\d_]\s|\()([-+])\Z")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_LONGEST_SYLLABLE = 7
_SWAP = str.maketrans(",.", ".,")

_DIGIT_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_LEADING_WORDS = _DIGIT_WORDS | {"năm": 5}  # alone it is the word for year
_LAST_WORDS = _DIGIT_WORDS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_BELOW_WORDS = _LEADING_WORDS | {"tư": 4, "mười": 10, "trăm": 100}
_SOME = {"số", "vài", "cách", "loạt", "trong", "phần", "khi"}  # `một số` is "some"
_NOT_AFTER = {"thứ", "tháng", "quý", "ngày"}
_LEADING, _LAST, _BELOW = ("|".join(words) for words in (_LEADING_WORDS, _LAST_WORDS, _BELOW_WORDS))
_WORDS = re.compile(
    rf"""
    (?<!\w) (?:
        (?P<above>{_LEADING})\sphần\s(?P<below>{_BELOW})
      | (?:(?P<hundreds>{_LEADING})\străm\s)? (?:(?P<tens>{_LEADING})\smươi|(?P<ten>mười)) (?:\s(?P<last>{_LAST}))?
      | (?P<only_hundreds>{_LEADING})\străm (?:\s(?:lẻ|linh)\s(?P<after>{_LEADING}))?
      | (?P<single>{"|".join(_DIGIT_WORDS)})
    ) (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD_AFTER = re.compile(r"\s+([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")
_OPENING = re.compile(r"[.:;!?•+*\n-]\s*\Z")
_LOOK_BEHIND = 16


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number where it stands: `text[start:end]` of the text given is `text`.

    `values` is one number; of a range its two ends; of a fraction what stands above and below the stroke. `decimals` is
    the longest count of decimals printed. `ambiguous_grouping` marks `104,267`, read as a decimal, which a slip may
    have meant as thousands, and `1,234,567`; `dot_decimal` marks `4.0`, a foreign decimal or the number of a version.
    """

    start: int
    end: int
    text: str
    kind: NumberKind
    values: tuple[Decimal, ...]
    decimals: int = 0
    ambiguous_grouping: bool = False
    dot_decimal: bool = False
    in_words: bool = False

    @property
    def value(self) -> Decimal | None:
        """Return the number, when it is one."""
        return self.values[0] if len(self.values) == 1 else None

    @property
    def low(self) -> Decimal:
        """Return the lower end of a range, the upper part of a fraction, else the number."""
        return self.values[0]

    @property
    def high(self) -> Decimal:
        """Return the upper end of a range, the lower part of a fraction, else the number."""
        return self.values[-1]


def find_numbers(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[NumberToken]:
    """Return the numbers of `text` in order, leaving out those that touch a span of `skip`.

    Digits that are part of a name (`HH3`, `Covid-19`, `5G`) or of a longer code (`1.2.3`) are no numbers.

    >>> [(token.text, token.kind) for token in find_numbers("đạt 11/18 chỉ tiêu; 2,5-3,0 tỷ USD; 89.490,478 tỷ đồng")]
    [('11/18', 'fraction'), ('2,5-3,0', 'range'), ('89.490,478', 'decimal')]
    """
    folded = fold(text, keep_case=True)
    skipped = sorted(skip)
    atoms = _free(folded, _atoms(text, folded), skipped)
    found = [*_join(folded.text, _unchain(folded.text, atoms)), *_free(folded, _words(folded.text), skipped)]
    return [_placed(text, folded, token) for token in sorted(found, key=lambda token: token.start)]


def parse_number(text: str) -> Decimal:
    """Return the value of one number as printed.

    >>> parse_number("84.199,2"), parse_number("08")
    (Decimal('84199.2'), Decimal('8'))

    Raises:
        SourceError: `text` is not one number, white space around it aside.
    """
    printed = text.strip()
    sign = printed[:1] if printed[:1] in ("-", "+", "−") else ""
    token = _read_run(printed[len(sign) :], 0)
    if token is None or token.value is None:
        raise SourceError("number-malformed", where=text)
    return -token.value if sign in ("-", "−") else token.value


def render(value: Decimal, decimals: int | None = None) -> str:
    """Return `value` as official Vietnamese prints it, with as many decimals as given, else as it has.

    >>> render(Decimal("89490.478")), render(Decimal(204), 1)
    ('89.490,478', '204,0')
    """
    exponent = value.as_tuple().exponent
    places = decimals if decimals is not None else max(0, -exponent if isinstance(exponent, int) else 0)
    return f"{value:,.{places}f}".translate(_SWAP)


def _free(folded: Folded, tokens: Iterable[NumberToken], spans: list[tuple[int, int]]) -> list[NumberToken]:
    """Return the tokens, given in order, that touch none of the sorted spans of the original text."""
    free = []
    ahead = 0
    for token in tokens:
        start, end = folded.span(token.start, token.end)
        while ahead < len(spans) and spans[ahead][1] <= start:
            ahead += 1
        if ahead == len(spans) or end <= spans[ahead][0]:
            free.append(token)
    return free


def _placed(text: str, folded: Folded, token: NumberToken) -> NumberToken:
    """Return a token of the folded text at its place in the original."""
    start, end = folded.span(token.start, token.end)
    return replace(token, start=start, end=end, text=text[start:end])


def _atoms(text: str, folded: Folded) -> Iterator[NumberToken]:
    """Yield the single numbers and fractions of a folded text."""
    for run in _RUN.finditer(folded.text):
        start, end = run.span()
        if not _stands_free(folded.text, start, end) or _RAISED.search(text, *folded.span(start, end)):
            continue
        token = _read_run(run[0].translate(_TORN), start)
        token = replace(token, end=end) if token is not None else None
        if token is not None:
            yield _signed(folded.text, token)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Tell whether the digits `text[start:end]` are a number of their own and no part of a name."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if "_" in (before[-1:], after[:1]) or (after[:1].isupper() and not after[1:].isalpha()):
        return False
    if before[-1:].isalpha():
        return _is_glued_word(text, start)
    stroke = "." if _GROUPED.fullmatch(text, start, end) else "./"  # `3.071 TTHC/4.888 TTHC`
    return not (
        len(before) > 1
        and ((before[1] == "-" and before[0].isalpha()) or (before[1] in stroke and before[0].isupper()))
    )


def _is_glued_word(text: str, end: int) -> bool:
    """Tell whether a syllable that lacks its space ends at `end`, as in `đạt41`, or two of them: `việntăng5`."""
    start = end
    while start > 0 and end - start <= 2 * _LONGEST_SYLLABLE and text[start - 1].islower():
        start -= 1
    word = text[start:end]
    parted = (at for at in range(2, len(word) - 1) if is_syllable(word[:at]) and is_syllable(word[at:]))
    return len(word) > 1 and (is_syllable(word) or any(not word[at:].isascii() for at in parted))


def _read_run(printed: str, start: int) -> NumberToken | None:
    """Return the number that digits and their signs print, None when they print none."""
    end = start + len(printed)
    if len(printed) > _LONGEST_RUN:
        return None
    if _INTEGER.fullmatch(printed):
        return NumberToken(start, end, printed, "integer", (Decimal(printed.replace(".", "")),))
    if _FOREIGN_INTEGER.fullmatch(printed):
        value = Decimal(printed.replace(",", ""))
        return NumberToken(start, end, printed, "integer", (value,), ambiguous_grouping=True)
    if fraction := _FRACTION.fullmatch(printed):
        return NumberToken(start, end, printed, "fraction", (Decimal(fraction["above"]), Decimal(fraction["below"])))
    return _read_long_fraction(printed, start) if "/" in printed else _read_decimal(printed, start)


def _read_long_fraction(printed: str, start: int) -> NumberToken | None:
    """Return the fraction of two numbers of which one has thousands or decimals: `12.450/13.000`, `23,6/25`."""
    parts = _LONG_FRACTION.fullmatch(printed)
    read = [_read_run(part, start) for part in parts.groups()] if parts else []
    if any(part is None or part.value is None or part.dot_decimal or part.ambiguous_grouping for part in read):
        return None
    values = tuple(part.values[0] for part in read if part is not None)
    if not values or not values[1]:
        return None
    decimals = max(part.decimals for part in read if part is not None)
    return NumberToken(start, start + len(printed), printed, "fraction", values, decimals=decimals)


def _read_decimal(printed: str, start: int) -> NumberToken | None:
    """Return the decimal that digits print with a comma, or as a slip with a dot."""
    own = _DECIMAL.fullmatch(printed)
    match = own or _FOREIGN_DECIMAL.fullmatch(printed)
    if match is None:
        return None
    whole = match["whole"].replace(".", "").replace(",", "")
    return NumberToken(
        start,
        start + len(printed),
        printed,
        "decimal",
        (Decimal(f"{whole}.{match['rest']}"),),
        decimals=len(match["rest"]),
        ambiguous_grouping=_GROUP_LIKE.fullmatch(printed) is not None or "," in match["whole"],
        dot_decimal=own is None,
    )


def _signed(text: str, token: NumberToken) -> NumberToken:
    """Return `token` with the sign before it; a dash before a plain count is a dash."""
    sign = _SIGN.search(text, max(0, token.start - 3), token.start)
    if sign is None or not (token.kind == "decimal" or text[token.end : token.end + 2].strip()[:1] == "%"):
        return token
    values = tuple(-value for value in token.values) if sign[1] == "-" else token.values
    return replace(token, start=token.start - 1, values=values)


def _unchain(text: str, atoms: list[NumberToken]) -> list[NumberToken]:
    """Return the numbers without those of a chain of three and more, such as `0225-38-42`, which is a code."""
    chains: list[list[NumberToken]] = []
    for atom in atoms:
        if chains and text[chains[-1][-1].end : atom.start] == "-":
            chains[-1].append(atom)
        else:
            chains.append([atom])
    return [atom for chain in chains if len(chain) <= _ENDS for atom in chain]


def _join(text: str, atoms: list[NumberToken]) -> Iterator[NumberToken]:
    """Yield the numbers, two that are joined as the ends of a range as one."""
    waiting: NumberToken | None = None
    for atom in atoms:
        if waiting is not None:
            if _is_range(text, waiting, atom):
                yield _range(waiting, atom)
                waiting = None
                continue
            yield waiting
        waiting = atom
    if waiting is not None:
        yield waiting


def _is_range(text: str, low: NumberToken, high: NumberToken) -> bool:
    """Tell whether what stands between two numbers makes them the ends of a range."""
    if low.value is None or high.start - low.end > _LONGEST_JOINT:
        return False
    # of `12-13/18` the range is 12 to 13
    return (
        low.value < high.low
        and (high.value is not None or text[low.end] == "-")
        and _JOINT.fullmatch(text, low.end, high.start) is not None
    )


def _range(low: NumberToken, high: NumberToken) -> NumberToken:
    """Return the range from one number to another."""
    return NumberToken(
        low.start,
        high.end,
        "",
        "range",
        (low.low, high.low),
        decimals=max(low.decimals, high.decimals),
        ambiguous_grouping=low.ambiguous_grouping or high.ambiguous_grouping,
        dot_decimal=low.dot_decimal or high.dot_decimal,
    )


def _words(text: str) -> Iterator[NumberToken]:
    """Yield the numbers written in words."""
    for match in _WORDS.finditer(text):
        if _counts(text, *match.span()):
            values = _word_values({name: word.lower() for name, word in match.groupdict().items() if word})
            kind: NumberKind = "fraction" if len(values) > 1 else "integer"
            yield NumberToken(*match.span(), match[0], kind, values, in_words=True)


def _counts(text: str, start: int, end: int) -> bool:
    """Tell whether the words `text[start:end]` count, and are no part of a name, an ordinal or "some"."""
    before = text[max(0, start - _LOOK_BEHIND) : start]
    after = _WORD_AFTER.match(text, end)
    ahead = _WORD_BEFORE.search(before)
    if after and (after[1] == "là" or (text[start:end].lower() == "một" and after[1].lower() in _SOME)):
        return False
    if ahead and ahead[1].lower() in _NOT_AFTER:
        return False
    if text[start].islower():
        return text[start:end].islower()
    opens = _OPENING.search(before) if before.strip() else start <= _LOOK_BEHIND
    return bool(opens and text[start + 1 : end].islower() and after and after[1][0].islower())


def _word_values(words: dict[str, str]) -> tuple[Decimal, ...]:
    """Return the value of the named parts of a number in words; of a fraction its two parts."""
    if "below" in words:
        return Decimal(_LEADING_WORDS[words["above"]]), Decimal(_BELOW_WORDS[words["below"]])
    hundreds = words.get("hundreds") or words.get("only_hundreds")
    total = 100 * _LEADING_WORDS[hundreds] if hundreds else 0
    total += 10 * _LEADING_WORDS[words["tens"]] if "tens" in words else 10 if "ten" in words else 0
    total += sum(_LAST_WORDS[words[name]] for name in ("last", "single") if name in words)
    total += _LEADING_WORDS[words["after"]] if "after" in words else 0
    return (Decimal(total),)
