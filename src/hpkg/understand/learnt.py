"""What is learnt from the question modules, kept between runs beside the search index.

Not for: learning it (`hpkg.understand.profile`, `hpkg.understand.wording`, `hpkg.understand.diction`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from hpkg.files import keep_file
from hpkg.understand.diction import Diction
from hpkg.understand.phrasebook import Phrasebook
from hpkg.understand.profile import Features, Profile, Profiles
from hpkg.understand.term import Term
from hpkg.understand.wording import Counted, Wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hpkg.messages import Language
    from hpkg.questions import Question

__all__ = ["Learnt", "learnt"]

_FORMAT: Final = 3
"""To be raised when what is learnt from the same modules changes."""
_Whose = TypeVar("_Whose")
_LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the modules are about, how they are asked for, and the words that they use."""

    profiles: Profiles
    wordings: Wordings
    diction: Diction
    phrasebook: Phrasebook


class _Lists(Mapping[str, "Sequence[tuple[_Whose, float]]"], Generic[_Whose]):
    """Lists by words, each read when it is asked for: a question has few of the thousands of words.

    Args:
        written: The lists as JSON.
        whose: What the number at the head of each pair stands for.
    """

    def __init__(self, written: dict[str, str], whose: Sequence[_Whose]) -> None:
        self._written = written
        self._whose = whose

    def __getitem__(self, word: str) -> Sequence[tuple[_Whose, float]]:
        return [(self._whose[place], weight) for place, weight in json.loads(self._written[word])]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def learnt(folder: Path | None, content: str, questions: Sequence[Question], words: Callable[[], Phrasebook]) -> Learnt:
    """Return what `questions` teach: what lies in `folder` under `content` (a hash), else learnt and laid there.

    The words people ask with are part of it; `words` gives them when nothing lies there. A folder that cannot be
    written, and a file that is something else, are no errors: a cache is a convenience.
    """
    path = folder / f"asking-{_FORMAT}-{content}.json" if folder else None
    try:
        if path:
            return _read(json.loads(path.read_bytes()), questions)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        pass
    book = words()
    new = Learnt(Profiles.of(questions, book), Wordings.of(questions, book), Diction.of(questions), book)
    if path:
        keep_file(path, json.dumps(_written(new), ensure_ascii=False, separators=(",", ":")).encode(), "asking-*.json")
    return new


def _written(new: Learnt) -> dict[str, Any]:
    counted = new.wordings.counted
    names = list(new.diction.names)
    gain = {word: [(names.index(name), weight) for name, weight in pairs] for word, pairs in new.diction.gain.items()}
    return {
        "profiles": {one.question.name: _profile_written(one) for one in new.profiles.profiles},
        "wordings": [counted.owners, counted.telling, counted.most, _lists_written(counted.held)],
        "diction": [names, _lists_written(gain)],
        "words": [new.phrasebook.values, new.phrasebook.arranged],
    }


def _lists_written(lists: Mapping[str, Sequence[tuple[int, float]]]) -> dict[str, str]:
    return {word: json.dumps(pairs, separators=(",", ":")) for word, pairs in lists.items()}


def _read(said: dict[str, Any], questions: Sequence[Question]) -> Learnt:
    profiles = Profiles([_profile_read(question, said["profiles"][question.name]) for question in questions])
    owners, telling, most, held = said["wordings"]
    names, gain = said["diction"]
    book = Phrasebook((), *said["words"])
    wordings = Wordings(Counted(owners, telling, most, _Lists(held, range(len(owners)))), book)
    return Learnt(profiles, wordings, Diction(names, _Lists(gain, names)), book)


def _profile_written(one: Profile) -> dict[str, Any]:
    return {
        "core": [[_features_written(told) for told in one.core[language]] for language in _LANGUAGES],
        "whole": _features_written(one.whole),
        "head": sorted(one.head),
        "title": sorted(one.title),
        "taking": {name: sorted(meanings) for name, meanings in one.taking.items()},
    }


def _profile_read(question: Question, said: dict[str, Any]) -> Profile:
    core = {
        language: (_features_read(title), _features_read(asked))
        for language, (title, asked) in zip(_LANGUAGES, said["core"], strict=True)
    }
    taking = {name: frozenset(meanings) for name, meanings in said["taking"].items()}
    return Profile(
        question, core, _features_read(said["whole"]), frozenset(said["head"]), frozenset(said["title"]), taking
    )


def _features_written(told: Features) -> list[Any]:
    words = [
        (term.toned, term.folded, term.stem, weight) for known in told.words.values() for term, weight in known.items()
    ]
    return [told.meanings, words]


def _features_read(said: list[Any]) -> Features:
    meanings, words = said
    features = Features(meanings)
    for toned, folded, stem, weight in words:
        features.words[stem][Term(toned, folded, stem, 0, 0)] = weight
    return features
