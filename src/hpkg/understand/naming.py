"""Names of things in a question: values that the parameters of the modules can take.

A value is named by any of its names or keys, with tones or without; what no name covers is looked up in the search
index, so that part of a name will do. Not for: which module takes the value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.questions import choices, resolve
from hpkg.search import Field
from hpkg.understand.term import Term, likeness, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hpkg.messages import Language
    from hpkg.questions import Choice, Parameter, Question
    from hpkg.search import Index
    from hpkg.store import Store

__all__ = ["Mention", "Names"]

_LONGEST: Final = 12
_ASIDE: Final = re.compile(r"\(([^()]*)\)")
_OPEN_TYPES: Final = frozenset({"string", "integer"})
_PART: Final = 0.75


@dataclass(frozen=True, slots=True)
class Mention:
    """A value named by a stretch of a question, by places of its terms.

    `type` is that of the parameters that take it, `value` what to give them, `label` its name. `sure` tells how well
    the words fit the name, from 0 to 1.
    """

    first: int
    last: int
    type: str
    value: str
    label: str
    sure: float


class Names:
    """The values of all parameters by their names.

    Args:
        store: The graph that holds them.
        questions: The modules whose parameters take them.
        index: The search index of the same graph.
    """

    def __init__(self, store: Store, questions: Iterable[Question], index: Index) -> None:
        """Gather the names."""
        self._store = store
        self._index = index
        self._parameters: dict[str, Parameter] = {}
        for question in questions:
            for parameter in question.parameters:
                self._parameters.setdefault(parameter.type, parameter)
        self._choices: dict[str, dict[str, Choice]] = {}
        self._named: dict[str, dict[tuple[str, ...], list[tuple[tuple[Term, ...], Choice]]]] = {}
        for kind, parameter in self._parameters.items():
            if kind not in _OPEN_TYPES:
                found = choices(store, parameter)
                self._choices[kind] = {str(choice.term): choice for choice in found}
                self._named[kind] = _by_words(found)

    @property
    def stems(self) -> frozenset[str]:
        """Return every stem of every name."""
        return frozenset(stem for named in self._named.values() for key in named for stem in key)

    def mentions(self, text: str, asked: Sequence[Term], language: Language) -> Iterator[Mention]:
        """Yield the values named in a question, of each type the longest names."""
        toned = any(term.marked for term in asked)
        for kind, named in self._named.items():
            at = 0
            while at < len(asked):
                found = self._longest_at(kind, named, text, asked, at, language, toned=toned)
                if found:
                    yield found
                at = found.last if found else at + 1
        if "integer" in self._parameters:
            for place, term in enumerate(asked):
                if term.folded.isdecimal():
                    yield Mention(place, place + 1, "integer", term.folded, term.folded, 1)

    def part(self, text: str, asked: Sequence[Term], first: int, last: int, language: Language) -> Iterator[Mention]:
        """Yield the values of which the words from `first` to `last` are part of the name, the best of each type."""
        said = text[asked[first].start : asked[last - 1].end]
        ended = f"{text[asked[first].start : asked[last - 1].start]}{asked[last - 1].stem}"
        for kind, known in self._choices.items():
            of = kind.partition(":")[2]
            kinds = [name for name in (of,) if name in self._index.kinds]
            if not kind.startswith("concept:") or not kinds:
                continue
            for form in dict.fromkeys((said, ended)):
                found = self._index.search(form, kinds=kinds, limit=1, language=language, last=Field.ALIAS)
                if found.hits and found.all_words and found.hits[0].iri in known:
                    choice = known[found.hits[0].iri]
                    yield Mention(first, last, kind, choice.key, choice.label(language), _PART)
                    break

    def _longest_at(
        self,
        kind: str,
        named: dict[tuple[str, ...], list[tuple[tuple[Term, ...], Choice]]],
        text: str,
        asked: Sequence[Term],
        at: int,
        language: Language,
        *,
        toned: bool,
    ) -> Mention | None:
        for end in range(min(len(asked), at + _LONGEST), at, -1):
            meant: dict[str, tuple[float, Choice]] = {}
            for words, choice in named.get(tuple(term.stem for term in asked[at:end]), ()):
                like = min(
                    likeness(term, known, in_toned=toned) for term, known in zip(asked[at:end], words, strict=True)
                )
                if like > meant.get(choice.key, (0, choice))[0]:
                    meant[choice.key] = (like, choice)
            best = max((like for like, _ in meant.values()), default=0)
            chosen = [choice for like, choice in meant.values() if like == best]
            if len(chosen) > 1:
                chosen = self._meant(kind, text[asked[at].start : asked[end - 1].end], chosen)
            if chosen:
                return Mention(at, end, kind, chosen[0].key, chosen[0].label(language), best)
        return None

    def _meant(self, kind: str, said: str, chosen: list[Choice]) -> list[Choice]:
        """Return the one of several values of one name that the graph speaks of, if there is one."""
        try:
            term = resolve(self._store, self._parameters[kind], said)
        except CallerError:
            return []
        return [choice for choice in chosen if choice.term == term]


def _by_words(found: Iterable[Choice]) -> dict[tuple[str, ...], list[tuple[tuple[Term, ...], Choice]]]:
    named: dict[tuple[str, ...], list[tuple[tuple[Term, ...], Choice]]] = defaultdict(list)
    for choice in found:
        for said in dict.fromkeys((*_names(choice), *_keys(choice))):
            words = terms(said)
            if 0 < len(words) <= _LONGEST:
                named[tuple(term.stem for term in words)].append((words, choice))
    return named


def _names(choice: Choice) -> Iterator[str]:
    """Yield the names of a value; of `Vốn (FDI)` also what stands in brackets and what does not."""
    for name in map(str, choice.names):
        yield name
        for aside in _ASIDE.findall(name):
            yield aside
            yield _ASIDE.sub(" ", name)


def _keys(choice: Choice) -> Iterator[str]:
    """Yield the keys of a value that no one writes for anything else: no bare number, but a year."""
    for key in (choice.key, *choice.keys):
        if not key.isdecimal() or not choice.names:
            yield key
