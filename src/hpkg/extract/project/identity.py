"""Which mentions name one thing.

Two names are one when the kind is the same and so are the other words, whatever their order and case, without the
general words of works, the name of the report's own area and the year of carrying out. Numbers and codes always tell
things apart: `cầu Rào 1` is not `cầu Rào 2`, a phase is not the whole. A long foreign word tells a thing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.grammar.word import is_syllable, tokens
from hpkg.namespaces import fold, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.extract.project.work import Work
    from hpkg.lexicon import Concept, Lexicon

__all__ = ["keys_of"]

_FOREIGN: Final = 6
"""Fewest letters of a foreign word that tells a thing by itself."""
_GENERAL: Final = (
    "cue/work",
    "cue/work-part",
    "cue/act",
    "cue/several",
    "cue/locative",
    "cue/issued-by",
    "cue/conjunction",
)

_ROUTE: Final = "tuyến"

_Sign = tuple[str, frozenset[str]]


def keys_of(works: Sequence[Work], lexicon: Lexicon, home: Concept | None) -> list[str]:
    """Return the key of each of `works`: that of the first mention of the same thing."""
    known: dict[object, str] = {}
    found: list[str] = []
    own = {" ".join(token.form for token in tokens(label)) for label in lexicon.forms(home)} if home else set()
    for work in works:
        signs = [sign for sign in (_sign(work, lexicon, own), _foreign(work.label)) if sign]
        key = next((known[sign] for sign in signs if sign in known), None) or slug(work.label)
        for sign in signs:
            known.setdefault(sign, key)
        found.append(key)
    return found


def _sign(work: Work, lexicon: Lexicon, own: set[str]) -> _Sign:
    """Return the kind and the bag of words of a name; all of its words when they are general ones or `own`."""
    run = tokens(work.label)
    general = [match for scheme in _GENERAL for match in lexicon.find(run, scheme) if not _has_number(match.form)]
    passed = {at for match in general for at in range(match.first, match.last)} | _spans(run, own)
    kinds = [match for match in lexicon.find(run, "project-kind") if match.concept is work.kind]
    heads = kinds[:1] + [match for match in kinds[1:] if match.first == kinds[0].last]
    head = {at for match in heads for at in range(match.first, match.last)}
    words = _untimed([t.form for at, t in enumerate(run) if t.kind != "sign" and at not in passed | head])
    if not words:
        words = [token.form for token in run if token.kind != "sign"]
    elif heads and all(word.isdecimal() for word in words):
        words.append(_initials([token.form for token in run[heads[-1].first : heads[-1].last]]))
    return work.kind.key, frozenset(words)


def _has_number(form: str) -> bool:
    """Tell whether a general word gives a phase, which tells things apart (`giai đoạn 2`)."""
    return any(char.isdecimal() for char in form)


def _initials(words: list[str]) -> str:
    """Return what tells a numbered road: `ql` for `quốc lộ` and `QL`; that it is a route says nothing."""
    told = words[1:] if len(words) > 1 and words[0] == _ROUTE else words
    return told[0] if len(told) == 1 and len(told[0]) < 4 else "".join(word[0] for word in told)  # noqa: PLR2004


def _spans(run: Sequence[object], labels: set[str]) -> set[int]:
    """Return the places in `run` that one of `labels` takes."""
    forms = [token.form for token in run]  # type: ignore[attr-defined]
    found: set[int] = set()
    for label in labels:
        words = label.split()
        for at in range(len(forms) - len(words) + 1):
            if forms[at : at + len(words)] == words:
                found.update(range(at, at + len(words)))
    return found


def _untimed(words: list[str]) -> list[str]:
    """Return `words` without a year at the end and what leads to it (`thực hiện năm 2021`)."""
    if len(words) > 2 and words[-2] == "năm" and len(words[-1]) == 4:  # noqa: PLR2004
        words = words[:-2]
        if words[-2:] == ["thực", "hiện"]:
            words = words[:-2]
    return words


def _foreign(label: str) -> frozenset[str]:
    """Return the foreign words of a proper name, less a plural s."""
    foreign = (token.text for token in tokens(label) if token.kind == "letters" and not is_syllable(token.text))
    return frozenset(fold(word).rstrip("s") for word in foreign if word[0].isupper() and len(word) >= _FOREIGN)
