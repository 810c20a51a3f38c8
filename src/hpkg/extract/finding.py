"""The shortcomings a report admits and the causes it gives for them.

Causes stand in the sentence of a shortcoming (`do …`), in the one after it (`Nguyên nhân là …`), or for all of them
together under words or a heading such as `Nguyên nhân:`. Not for: judged indicators (`hpkg.extract.assessment`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.model import Cause, Shortcoming
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.lexicon import Match
    from hpkg.model import Section, Sentence

__all__ = ["FindingReader"]

_EDGE: Final = " ;,.\n\xa0"
_MARKS: Final = " -–+*•\n\xa0"
_ADMITTING: Final = frozenset({"results", "general-assessment"})
"""Roles of sections whose sentences may admit a shortcoming between the results."""


@dataclass(slots=True)
class _Lack:
    """One shortcoming as the text has it, with the spans of the causes it states itself."""

    sentence: Sentence
    causes: list[tuple[Sentence, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Shortcomings that a report tells together, and the causes it gives for all of them."""

    lacks: list[_Lack] = field(default_factory=list)
    common: list[tuple[Sentence, int, int]] = field(default_factory=list)


class FindingReader:
    """What one report says was lacking, and why."""

    def __init__(self, analysis: Analysis, things: Things) -> None:
        """Read from `analysis`, with the things found in it."""
        self._analysis = analysis
        self._things = things

    # --- which sentences are which

    @cached_property
    def _groups(self) -> list[_Group]:
        """Return the shortcomings and causes by the section that holds them together, in text order."""
        groups: dict[str, _Group] = {}
        opened: str | None = None
        for sentence in self._analysis.document.sentences:
            role = self._analysis.role(sentence.section)
            if role == "shortcomings":
                group = groups.setdefault(self._root(sentence.section), _Group())
                opened = self._take(sentence, group, opened)
            elif role in _ADMITTING and self._admits(sentence):
                group = groups.setdefault(f"{sentence.section}/{sentence.sentence}", _Group())
                group.lacks.append(self._lack(sentence))
        return list(groups.values())

    def _root(self, path: str | None) -> str:
        """Return the highest section above `path` that is about shortcomings: it holds them with their causes."""
        path = path or ""
        while "." in path and self._analysis.role(path.rpartition(".")[0]) == "shortcomings":
            path = path.rpartition(".")[0]
        return path

    def _take(self, sentence: Sentence, group: _Group, opened: str | None) -> str | None:
        """Put a sentence where it belongs; return the section in which causes have been opened."""
        if self._is_under_causes(sentence.section):
            opened = sentence.section
        elif opened != sentence.section:
            opened = None
        span = self._follows_up(sentence)
        if span is not None and group.lacks and opened is None:
            group.lacks[-1].causes.append((sentence, *span))
            return opened
        if opened is None and self._opens_causes(sentence):
            opened = sentence.section
        if opened is not None:
            start = self._cause_start(sentence)
            if self._analysis.text[start : sentence.end].strip(_EDGE + ":*"):
                group.common.append((sentence, start, sentence.end))
        elif self._says_something(sentence):
            group.lacks.append(self._lack(sentence))
        return opened

    def _says_something(self, sentence: Sentence) -> bool:
        """Tell whether a sentence tells a shortcoming: it leads to no list and does not only call for better."""
        said = self._analysis.text[sentence.start : sentence.end].rstrip()
        calls = self._analysis.cues("call-for", sentence.start, sentence.end)
        return not said.endswith(":") and not (
            calls and not self._analysis.cues("lacking", sentence.start, sentence.end)
        )

    def _admits(self, sentence: Sentence) -> bool:
        """Tell whether a sentence among results admits a shortcoming: `Tuy nhiên, … còn chậm`."""
        contrasts = self._analysis.cues("contrast", sentence.start, sentence.end)
        text = self._analysis.text
        return (
            any(not text[sentence.start : cue.start].strip(_MARKS) for cue in contrasts[:1])
            and bool(self._analysis.cues("lacking", contrasts[0].end, sentence.end))
            and not text[sentence.start : sentence.end].rstrip().endswith(":")
        )

    def _is_under_causes(self, path: str | None) -> bool:
        """Tell whether the heading above says that causes follow and no shortcomings."""
        while path:
            heading = self._heading(path)
            if heading is not None:
                named = self._analysis.cues("causes", heading.start, heading.end)
                others = self._analysis.matches("section-role", heading.start, heading.end)
                if named and (not others or named[0].start < others[0].start):
                    return True
            path = path.rpartition(".")[0]
        return False

    def _heading(self, path: str) -> Section | None:
        return self._headings.get(path)

    @cached_property
    def _headings(self) -> dict[str, Section]:
        return {section.section or "": section for section in self._analysis.document.sections}

    def _opening(self, sentence: Sentence, key: str) -> Match | None:
        """Return the cue `key` with which a sentence opens, after a bullet if any."""
        for cue in self._analysis.cues(key, sentence.start, sentence.end)[:1]:
            if not self._analysis.text[sentence.start : cue.start].strip(_MARKS):
                return cue
        return None

    def _opens_causes(self, sentence: Sentence) -> bool:
        return self._opening(sentence, "causes") is not None

    def _cause_start(self, sentence: Sentence) -> int:
        """Return where a cause begins, after words such as `Nguyên nhân của …:`."""
        cue = self._opening(sentence, "causes")
        if cue is None:
            return sentence.start
        colon = self._analysis.text.find(":", cue.end, sentence.end)
        led = self._opening(sentence, "because")
        begin = colon + 1 if colon >= 0 else led.end if led is not None else sentence.start
        said = self._analysis.text[begin : sentence.end]
        return begin + len(said) - len(said.lstrip())

    # --- causes that a shortcoming states itself

    def _follows_up(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the span of the cause in a sentence such as `Nguyên nhân là do …`, about the sentence before it."""
        cue = self._opening(sentence, "cause-is")
        if cue is None or ":" in self._analysis.text[sentence.start : sentence.end]:
            return None
        return self._trimmed(cue.end, sentence.end)

    def _lack(self, sentence: Sentence) -> _Lack:
        span = self._own_cause(sentence)
        return _Lack(sentence, [] if span is None else [(sentence, *span)])

    def _own_cause(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the span of the cause in the sentence itself: up to its end, or to the comma when it comes first."""
        text = self._analysis.text
        for cue in self._analysis.cues("because", sentence.start, sentence.end):
            if self._is_agent(cue, sentence.end):
                continue
            end = sentence.end
            if not text[sentence.start : cue.start].strip(_MARKS):
                end = self._clause_end(cue.end, sentence.end)
            return self._trimmed(cue.start, end)
        return None

    def _clause_end(self, start: int, stop: int) -> int:
        """Return where the clause from `start` ends: at the first comma that parts no pair of words."""
        text, at = self._analysis.text, start
        pairs = self._analysis.cues("pair", start, stop)
        while (at := text.find(",", at, stop)) >= 0:
            if not any(pair.start < at < pair.end for pair in pairs):
                return at
            at += 1
        return stop

    def _is_agent(self, cue: Match, stop: int) -> bool:
        """Tell whether a body follows, which does something and is no cause (`do Sở Tài chính quản lý`)."""
        bodies = self._things.organisations.inside(cue.end, min(stop, cue.end + 80))
        kinds = self._analysis.matches("organisation-kind", cue.end, min(stop, cue.end + 40))
        starts = [body.start for body in bodies] + [kind.start for kind in kinds if kind.role != "decoy"]
        return any(self._analysis.adjoins(cue.end, start) for start in starts)

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        said = self._analysis.text[start:end]
        first = start + len(said) - len(said.lstrip(_EDGE))
        last = start + len(said.rstrip(_EDGE))
        return (first, last) if first < last else None

    # --- records

    @cached_property
    def _causes(self) -> dict[tuple[int, int], Cause]:
        """Return the causes by their spans; several in one sentence are numbered in order."""
        spans = sorted(
            {span for group in self._groups for lack in group.lacks for span in lack.causes}
            | {span for group in self._groups for span in group.common},
            key=lambda span: span[1],
        )
        counts: dict[str, int] = {}
        made: dict[tuple[int, int], Cause] = {}
        for sentence, start, end in spans:
            key = sentence.sentence or ""
            counts[key] = counts.get(key, 0) + 1
            made[start, end] = self._cause(f"{key}.{counts[key]}", start, end)
        return made

    def _cause(self, key: str, start: int, end: int) -> Cause:
        end = start + len(self._analysis.text[start:end].rstrip(_EDGE))
        return Cause(
            id=str(mint("cause", self._analysis.report, key)),
            **self._analysis.stated(start, end),
            label=self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start),
            topics=self._things.topics(start, end),
        )

    @cached_property
    def causes(self) -> list[Cause]:
        """Return the causes given for all shortcomings together, and those a shortcoming itself gives."""
        return sorted(self._causes.values(), key=lambda cause: cause.start)

    @cached_property
    def shortcomings(self) -> list[Shortcoming]:
        """Return the shortcomings with their causes: those each states, then those given for all together."""
        return [made for group in self._groups for made in self._shortcomings(group)]

    def _shortcomings(self, group: _Group) -> Iterator[Shortcoming]:
        common = tuple(self._causes[start, end].id for _, start, end in group.common)
        for lack in group.lacks:
            sentence = lack.sentence
            own = tuple(self._causes[start, end].id for _, start, end in lack.causes)
            yield Shortcoming(
                id=str(mint("shortcoming", self._analysis.report, sentence.sentence or "")),
                **self._analysis.stated(sentence.start, sentence.end),
                label=self._things.corrections.mend(squeeze(sentence.text), sentence.start),
                causes=(*own, *common),
                basis="stated" if own else "inferred" if common else None,
                inferred=common,
                topics=self._things.topics(sentence.start, sentence.end),
            )
