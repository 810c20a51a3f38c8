"""Which words of a sentence can begin the name of a work: those for a kind of work, and general ones before a name.

Not for: where the name ends (`hpkg.extract.project.name`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hpkg.extract.project.phrase import DASHES, OPENING, Phrase
from hpkg.extract.project.work import Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.grammar.word import Token
    from hpkg.lexicon import Concept, Match

__all__ = ["find_heads", "is_acronym", "is_proper", "joins_ends"]

_TITLE: Final = 120
_ENDS: Final = 6
"""How far the dash between the two ends of a line is from the start of its name, in words."""
_STOPS: Final = ("name-end", "about-use", "locative", "issued-by", "act", "task-verb", "several", "tense")
_PLAIN: Final = 4
"""Most plain words between a general word and the proper name."""


def find_heads(phrase: Phrase, other: Concept) -> list[Head]:
    """Return the words for kinds of work that can begin a name, in text order; `other` is the kind of none."""
    heads = [_head(phrase, kind) for kind in phrase.kinds if kind.role != "decoy" and _is_free(phrase, kind.start)]
    leads = {head.lead for head in heads}
    heads += [head for head in _general(phrase, other) if head.lead not in leads]
    return sorted(heads, key=lambda head: (head.start, -head.end))


def _head(phrase: Phrase, kind: Match) -> Head:
    """Return `kind` with the general words that lead it."""
    lead, general, listed = kind.start, False, False
    at = kind.start
    while (before := _leading(phrase, at)) is not None:
        at, key = before
        if key == "work":
            lead, general = at, True
            listed = listed or phrase.cue(at, "several") is not None
    start, several = kind.start, phrase.cue_before(kind.start, "several") is not None
    if phrase.cue(kind.start, "several") is not None:
        start, several = phrase.tokens[phrase.at(kind.start) + 1].start, True
        lead = start
    listed = listed or several or phrase.cue_before(min(lead, at), "several") is not None
    listed = listed or (_is_counted(phrase, lead) and phrase.opens_bracket(kind.end))
    return Head(kind.concept, lead, start, kind.end, general, several, listed)


def _is_counted(phrase: Phrase, at: int) -> bool:
    """Tell whether a number above one stands before `at` (`02 dự án điện gió (A, B)`)."""
    index = phrase.at(at)
    count = phrase.tokens[index - 1].text if index else ""
    return count.isdecimal() and int(count) > 1


def _leading(phrase: Phrase, at: int) -> tuple[int, str] | None:
    """Return where the general word right before `at` begins, and which kind of cue it is.

    `của` between a general word and the work makes no other work: `dự án giai đoạn 2 của Nhà máy …`.
    """
    cue = phrase.cue_before(at, "work", "work-part", "act")
    if cue is None and (owner := phrase.cue_before(at, "issued-by")) is not None:
        cue = phrase.cue_before(owner.start, "work", "work-part")
    if cue is not None:
        return cue.start, cue.concept.key
    funding = phrase.ending("funding-source", at)
    return None if funding is None else (funding.start, "funding-source")


def _general(phrase: Phrase, other: Concept) -> Iterator[Head]:
    """Yield the general words for a work that a name follows at once: `dự án Vành Khuyên`, `dự án “…”`."""
    for work in phrase.analysis.cues("work", phrase.start, phrase.end):
        if any(kind.start <= work.start < kind.end for kind in phrase.kinds) or _is_of_body(phrase, work):
            continue
        token = phrase.next(work.end)
        several = phrase.cue(work.start, "several") or phrase.cue_before(work.start, "several")
        if token is None or not _is_free(phrase, work.start):
            continue
        if several:
            if _opens_names(phrase, token):
                start = (
                    phrase.tokens[phrase.at(work.start) + 1].start if work.form.startswith(several.form) else work.start
                )
                yield Head(other, start, start, work.end, general=True, several=True, listed=True)
            continue
        quoted = token.text in OPENING
        named = is_proper(token) and token.kind == "letters" and not is_acronym(token)
        act = phrase.cue(token.start, "act", "task-verb", "making")
        if act is not None and not quoted:
            titled = token.text[0].isupper()
            if titled or _is_owned(phrase, act.end):
                yield Head(
                    other, work.start, work.start, work.end, general=True, several=False, listed=False, titled=True
                )
            continue
        if phrase.text[work.end : token.start].strip() or phrase.kind(token.start) is not None:
            continue
        told = (quoted or named) and not _is_draft(phrase, token.start)
        if told or (token.text.islower() and _leads_to_name(phrase, token)):
            yield Head(other, work.start, work.start, work.end, general=True, several=False, listed=False)


def _is_of_body(phrase: Phrase, work: Match) -> bool:
    """Tell whether a general word is part of the word for a body (`Ban quản lý dự án Sao Mai`)."""
    heads = phrase.analysis.cues("body-head", phrase.start, work.end)
    return any(head.start < work.start < head.end for head in heads)


def _opens_names(phrase: Phrase, token: Token) -> bool:
    """Tell whether names of works follow a word for several at once, or after a colon: `các dự án A - B, C - D`."""
    first = phrase.next(token.end) if token.text == ":" else token
    if first is None or not is_proper(first) or is_acronym(first) or _is_draft(phrase, first.start):
        return False
    return phrase.kind(first.start) is None and (token.text == ":" or joins_ends(phrase, first))


def joins_ends(phrase: Phrase, token: Token) -> bool:
    """Tell whether a name that begins at `token` is that of a line: two proper names and a dash."""
    index = phrase.at(token.start)
    for one, other in pairwise(phrase.tokens[index : index + _ENDS]):
        if other.text in DASHES:
            return is_proper(one)
        if not is_proper(other):
            return False
    return False


def _is_draft(phrase: Phrase, start: int) -> bool:
    """Tell whether the word for a document follows: `dự án Luật …` is a bill."""
    kinds = phrase.analysis.matches("document-kind", start, min(phrase.end, start + _TITLE))
    return any(kind.start == start for kind in kinds[:1])


def _leads_to_name(phrase: Phrase, token: Token) -> bool:
    """Tell whether a few plain words lead from a general word to a proper name: `dự án thủy lợi Nà Sản`."""
    first = phrase.at(token.start)
    for one in phrase.tokens[first : first + _PLAIN + 1]:
        if one.kind != "letters" or phrase.kind(one.start) or phrase.place_kind(one.start):
            return False
        if is_proper(one):
            place = phrase.place(one.start)
            return one.start > token.start and not is_acronym(one) and place is None
        stops = phrase.cue(
            one.start, "name-end", "about-use", "locative", "issued-by", "act", "task-verb", "several", "tense"
        )
        if stops is not None or phrase.verb_starts.get(one.start):
            return False
    return False


def _is_owned(phrase: Phrase, start: int) -> bool:
    """Tell whether a company owns what is to be made: `dự án sản xuất pin của Công ty Sao Mai`."""
    stop = min(phrase.end, start + _TITLE)
    for owner in phrase.analysis.cues("issued-by", start, stop):
        bodies = phrase.analysis.matches("organisation-kind", owner.end, min(phrase.end, owner.end + _TITLE))
        said = phrase.text[start : owner.start]
        named = bodies and bodies[0].start == (after.start if (after := phrase.next(owner.end)) else -1)
        if named and bodies[0].concept.broadest == "enterprise" and not any(char in ",;:(" for char in said):
            return not any(start <= kind.start < owner.start for kind in phrase.kinds if kind.role != "decoy")
    return False


def _is_free(phrase: Phrase, start: int) -> bool:
    """Tell whether the word at `start` begins a name of its own: no part of a place, of a body or of another name."""
    text, index = phrase.text, phrase.at(start)
    if any(place.start < start < place.end for place in phrase.places(max(phrase.start, start - 40), start + 40)):
        return False
    place = phrase.place(start)
    if place is not None and text[start].isupper():
        return False
    body = phrase.cue_before(start, "body-head")
    if body is not None and (text[body.start].isupper() or len(text[body.start : body.end]) > 4):  # noqa: PLR2004
        return False
    before = phrase.tokens[index - 1] if index else None
    if before is None or text[before.end : start].strip() or before.kind != "letters":
        return True
    if phrase.ending("funding-source", start) is not None:
        return True
    return not (before.text[:1].isupper() and before.end < start and index > 1 and not _opens(phrase, index - 1))


def _opens(phrase: Phrase, index: int) -> bool:
    """Tell whether a clause begins with the token at `index`, or a word with a capital that is no name does."""
    token = phrase.tokens[index]
    known = phrase.verb_starts.get(token.start) or phrase.cue(token.start, "work", "act", "several", "task-verb")
    mark = phrase.tokens[index - 1]
    return bool(known) or mark.kind == "sign"


def is_proper(token: Token) -> bool:
    """Tell whether a word is written as a name."""
    return token.kind == "letters" and token.text[:1].isupper()


def is_acronym(token: Token) -> bool:
    """Tell whether a word is an abbreviation of money or trade (`BOT`, `FDI`, `ODA`)."""
    return token.text.isupper() and 1 < len(token.text) < 5  # noqa: PLR2004
