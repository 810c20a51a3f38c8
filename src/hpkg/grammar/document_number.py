"""Numbers of official documents: `402/BC-UBND`, `86-CTr/TU`, `15/2020/NQ-HĐND`, `57/2014/QH13`, `1676/QĐ - TTg`.

The number is parted into what it is made of, brought into its regular form, and mended where the code of its kind or of
its issuer is a slip. The codes are those of the rules on the form of documents of the state and of the Party. Not for:
which document is meant, and what the words around the number say of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hpkg.grammar.word import fold, is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.grammar.word import Folded

__all__ = ["DocumentNumber", "Mending", "find_document_numbers"]

_KINDS = {
    "NQ": "resolution", "NQLT": "resolution", "NĐ": "decree", "QĐ": "decision", "CT": "directive", "KL": "conclusion",
    "CTr": "programme", "CTHĐ": "action-programme", "KH": "plan", "ĐA": "scheme", "BC": "report", "TTr": "submission",
    "TB": "notice", "HD": "guidance", "CV": "official-letter", "CĐ": "official-letter", "TT": "circular",
    "TTLT": "circular", "L": "law", "PL": "ordinance", "QC": "regulation", "QyĐ": "regulation", "QĐi": "regulation",
    "VBHN": None, "PA": None, "BB": None, "TTH": None,
}  # fmt: skip
_KNOWN_ISSUERS = {"CP", "TTg", "HĐND", "UBND", "VPCP", "CTN", "QH", "UBTVQH", "HĐBT", "TANDTC", "VKSNDTC", "KTNN"}
_ALONE = {"CP", "TTg", "HĐBT"}  # issuers of the numbers without a kind: `64/CP`
_SLIPS = {"ND": "NĐ", "QD": "QĐ", "HDND": "HĐND", "HĐNĐ": "HĐND", "UBNĐ": "UBND"}
_ISSUED = {
    "HĐND": {"NQ", "QĐ", "BC", "KH", "TTr", "TB", "CTr", "KL", "HD", "QC", "CV"},
    "UBND": {"QĐ", "CT", "BC", "KH", "TTr", "TB", "CTr", "CTHĐ", "ĐA", "HD", "CV", "CĐ", "KL", "QC", "PA", "BB"},
    "CP": {"NĐ", "NQ", "QĐ", "BC", "TTr", "CTr", "KH"},
    "TTg": {"QĐ", "CT", "CĐ", "TB", "KL", "TTr", "BC", "CV"},
    "UBTVQH": {"NQ", "NQLT", "PL", "BC", "TTr", "KL", "TB", "KH"},
    "QH": {"NQ", "L"},
}
_USUAL = {"HĐND": "NQ", "UBND": "QĐ", "CP": "NĐ", "TTg": "QĐ", "UBTVQH": "NQ", "QH": "NQ"}
_BY_CAPITALS = {code.upper(): code for code in (*_KINDS, *_KNOWN_ISSUERS)}
_LOOK_AHEAD = 72

_KIND = "|".join(sorted({*_KINDS, *_SLIPS, *(code.upper() for code in _KINDS)}, key=len, reverse=True))
_CODE = r"(?:TTg|(?:S[oở](?=[A-ZĐ]))?[A-ZĐƯ]{2,12}(?:&[A-ZĐ]{1,6})?\d{0,3})"
_STROKE, _DASH = r"\s?/\s?", r"(?:\s{0,2}-\s{0,2}|\.)"
_YEAR = r"(?:19|20)\d\d"
_NUMBER = re.compile(
    rf"""
    (?: (?<![\dA-ZĐƯ/.,-]) (?P<number>\d{{1,5}}(?:\.\d{{1,3}})?[a-zđ]?)
        (?: {_STROKE}(?P<year>{_YEAR}){_STROKE}(?:(?P<kind>{_KIND}){_DASH}(?P<issuer>{_CODE}(?:-{_CODE})*)
                                                 | (?P<term>(?:UBTV)?QH\d{{1,2}}))
          | {_DASH}(?P<party_kind>{_KIND}){_STROKE}(?P<party_issuer>{_CODE})
          | \s?[/-]?\s?(?P<slack_kind>{_KIND})\s?[/-]\s?(?P<slack_issuer>TW|T[UƯ]|HU|QU|ĐU)
          | {_STROKE}(?P<state_kind>{_KIND})(?P<dash>{_DASH})(?P<state_issuer>{_CODE}(?:-{_CODE})*)
          | {_STROKE}(?P<only_kind>{_KIND}) (?!\s?[/-]|\w)
          | {_STROKE}(?P<office>{_CODE})-(?P<unit>[A-ZĐƯ]{{1,10}}\d?)
          | {_STROKE}(?P<only_issuer>{_CODE}) (?!\s?[/-]|\w) )
      | (?<!\w)(?P<lead_kind>{_KIND})\s(?:số\s)? (?P<lead_number>\d{{1,5}})
        (?:/(?P<lead_year>{_YEAR}))? (?:/(?P<lead_issuer>{_CODE}))? (?![\w/-]) )
    (?![A-ZĐƯ\d])
    """,
    re.VERBOSE,
)
_FORMS = {
    "term": "{number}/{year}/{issuer}",
    "issuer": "{number}/{year}/{kind}-{issuer}",
    "party_issuer": "{number}-{kind}/{issuer}",
    "slack_issuer": "{number}-{kind}/{issuer}",
    "state_issuer": "{number}/{kind}-{issuer}",
    "only_kind": "{number}/{kind}",
    "unit": "{number}/{issuer}-{unit}",
    "only_issuer": "{number}/{issuer}",
}
_KIND_GROUPS = ("kind", "party_kind", "slack_kind", "state_kind", "only_kind")
_ISSUER_GROUPS = ("term", "issuer", "party_issuer", "slack_issuer", "state_issuer", "office", "only_issuer")
_SHARING = re.compile(r"[Ss]ố\s?:?\s((?:\d{1,5}[a-zđ]?\s?(?:,|;|và)\s)+)\Z")
_LISTED = re.compile(r"\d{1,5}[a-zđ]?")
_LOOK_BACK = 72
_CALLED_NUMBER = re.compile(r"[Ss]ố\s?:?\s?\Z")
_GLUED = re.compile(r"[^\W\d_]+")
_OF_THE_CENTRE = re.compile(
    r"(?:(?!của)[^;.])*+của\s(?:bộ\schính\strị|ban\sbí\sthư|(?:ban\schấp\shành|bch|ban\schỉ\sđạo)?\s?trung\sương)"
)


@dataclass(frozen=True, slots=True)
class Mending:
    """A code that was a slip: `reason` is a key of the vocabulary of reasons for corrections."""

    reason: str
    printed: str
    mended: str


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number where it stands: `text[start:end]` of the text given is `text`.

    `kind_code` and `issuer_code` are mended codes, `unit_code` the office of an official letter, `normalised` the
    number in its regular form: no spaces, plain dashes, mended codes. `is_plausible` is false when the issuer issues
    no document of that kind and no slip explains it.
    """

    start: int
    end: int
    text: str
    number: str
    year: int | None
    kind_code: str | None
    issuer_code: str | None
    unit_code: str | None
    normalised: str
    corrections: tuple[Mending, ...] = ()
    is_plausible: bool = True

    @property
    def kind(self) -> str | None:
        """Return the kind of document that the code says, as a key of the vocabulary of document kinds."""
        return _KINDS.get(self.kind_code or "")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a match prints; `pattern` puts the mended codes together again."""

    pattern: str
    number: str
    year: str | None = None
    kind: str | None = None
    issuer: str | None = None
    unit: str | None = None


def find_document_numbers(text: str) -> list[DocumentNumber]:
    """Return the document numbers of `text` in order.

    >>> found = find_document_numbers("Nghị quyết số 32/2018/NĐ-HĐND, số 05-NQ/TƯ; 11/18 chỉ tiêu, 5 km/h")
    >>> [number.normalised for number in found]
    ['32/2018/NQ-HĐND', '05-NQ/TU']
    >>> [mending.reason for number in found for mending in number.corrections]
    ['wrong-document-type', 'wrong-abbreviation']
    """
    folded = fold(text, keep_case=True)
    return list(_find(text, folded))


def _find(text: str, folded: Folded) -> Iterator[DocumentNumber]:
    """Yield the document numbers of a folded text."""
    for match in _NUMBER.finditer(folded.text):
        parts = _parts(match)
        if parts is not None and _ends_well(folded.text, match.end()):
            after = folded.text[match.end() : match.end() + _LOOK_AHEAD].lower()
            central = _OF_THE_CENTRE.match(after) is not None
            for (first, last), shared in (*_sharing(folded.text, match.start(), parts), (match.span(), parts)):
                start, end = folded.span(first, last)
                yield _read(shared, (start, end), text[start:end], is_central=central)


def _sharing(text: str, start: int, parts: _Parts) -> Iterator[tuple[tuple[int, int], _Parts]]:
    """Yield the bare numbers before a full one that share its codes: `số 12, 15/2019/QĐ-UBND`."""
    before = _SHARING.search(text, max(0, start - _LOOK_BACK), start)
    if before is not None and (parts.kind or parts.issuer):
        for number in _LISTED.finditer(text, before.start(1), before.end(1)):
            yield number.span(), replace(parts, number=number[0])


def _ends_well(text: str, end: int) -> bool:
    """Tell whether no word goes on at `end`, but for a syllable that lacks its space."""
    word = _GLUED.match(text, end)
    return word is None or (word[0].islower() and len(word[0]) > 1 and is_syllable(word[0]))


def _parts(match: re.Match[str]) -> _Parts | None:
    """Return the parts of a match, None when it only looks like the number of a document."""
    if match["lead_kind"]:
        return _leading_parts(match)
    form = next(name for name in _FORMS if match[name])
    if not _is_number(match, form):
        return None
    kind, issuer = _first(match, _KIND_GROUPS), _first(match, _ISSUER_GROUPS)
    return _Parts(_FORMS[form], match["number"], match["year"], kind, issuer, match["unit"])


def _first(match: re.Match[str], groups: tuple[str, ...]) -> str | None:
    """Return what the first of `groups` that matched holds."""
    return next((match[name] for name in groups if match[name]), None)


def _is_number(match: re.Match[str], form: str) -> bool:
    """Tell whether a short or loose form is a document number: by a known issuer, or `số` before it."""
    if form == "state_issuer":
        return match["dash"].strip() == match["dash"] or _is_known(match["state_issuer"])
    if form not in ("only_kind", "unit", "only_issuer"):
        return True
    called = _CALLED_NUMBER.search(match.string, max(0, match.start() - 5), match.start()) is not None
    if form == "only_issuer":
        return match["only_issuer"] in _ALONE or (called and _is_known(match["only_issuer"]))
    return called or (form == "unit" and _is_known(match["office"]))


def _leading_parts(match: re.Match[str]) -> _Parts | None:
    """Return the parts of `QĐ 123/UBND`, `NĐ 100/2019`: the short form with the kind in front."""
    year, issuer = match["lead_year"], match["lead_issuer"]
    if not (year or issuer):
        return None
    pattern = "{number}" + ("/{year}" if year else "") + "/{kind}" + ("-{issuer}" if issuer else "")
    return _Parts(pattern, match["lead_number"], year, match["lead_kind"], issuer)


def _is_known(issuer: str) -> bool:
    """Tell whether a code is that of a body of the state: a listed one, a ministry (B…) or a department (S…)."""
    code = _SLIPS.get(issuer, issuer)
    return _base(code) in _KNOWN_ISSUERS or (code.startswith(("B", "S", "UB")) and len(code) > len("UB"))


def _base(issuer: str) -> str:
    """Return the code of an issuer without the number of its term: `UBTVQH15` is `UBTVQH`."""
    code = issuer.rstrip("0123456789")
    return _BY_CAPITALS.get(code, code)


def _read(parts: _Parts, span: tuple[int, int], printed: str, *, is_central: bool) -> DocumentNumber:
    """Return the document number that the parts make, with its slips mended."""
    kind, kind_mendings = _mend_code(parts.kind, is_central=is_central)
    issuer, issuer_mendings = _mend_code(parts.issuer, is_central=is_central)
    issued = _ISSUED.get(_base(issuer or ""))
    mendings = [*kind_mendings, *issuer_mendings]
    if kind and issuer and issued and kind not in issued and _is_near(kind, _USUAL[_base(issuer)]):
        mendings.append(Mending("wrong-document-type", kind, _USUAL[_base(issuer)]))
        kind = _USUAL[_base(issuer)]
    return DocumentNumber(
        *span,
        printed,
        parts.number,
        int(parts.year) if parts.year else None,
        kind,
        issuer,
        parts.unit,
        parts.pattern.format(number=parts.number, year=parts.year, kind=kind, issuer=issuer, unit=parts.unit),
        tuple(mendings),
        is_plausible=kind is None or issued is None or kind in issued,
    )


def _mend_code(code: str | None, *, is_central: bool) -> tuple[str | None, list[Mending]]:
    """Return a code as the rules write it, and how it was mended."""
    if code is None:
        return None, []
    written = _BY_CAPITALS.get(code, code)
    if written in _SLIPS:
        return _SLIPS[written], [Mending("ocr-slip", written, _SLIPS[written])]
    if written.endswith("TƯ"):
        mended = written.removesuffix("TƯ") + ("TW" if is_central else "TU")
        return mended, [Mending("wrong-abbreviation", written, mended)]
    return written, []


def _is_near(one: str, other: str) -> bool:
    """Tell whether two codes differ in one letter."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
