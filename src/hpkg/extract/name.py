"""Where the name of a document or an event ends: at a mark, a quotation, a year, or a word that no name holds.

A name opens with the word of its kind (`Đề án …`, `Lễ hội …`) and runs on over lower-case words, so its end is a matter
of grammar. Not for: whether the words are a name at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.grammar.ordinal import is_numeral, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.grammar.date import DateToken
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Match

__all__ = ["Name", "NameReader"]

_LONGEST: Final = 320
_SHORT: Final = 2
_SHORT_LAW: Final = 4
_GOVERNING: Final = ("reach", "exist", "ratio", "share", "exceed", "rank", "estimated")
_QUOTES: Final = {"“": "”", '"': '"', "‘": "’", "«": "»"}
_BRACKET: Final = re.compile(r"\(\s*([^()]{1,60}?)\s*\)")
_ABBREVIATION: Final = re.compile(r"[A-ZĐ][\w&./-]{1,14}(?:\s[A-ZĐ][\w-]{1,8})?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that goes on from a word for a kind: where it ends and what it holds.

    `words` counts its words; `dates` are the years and periods in it, `ordinal` its number (`lần thứ XVI`), which ends
    at `ordinal_end`, and `short` the abbreviation in the brackets that close it.
    """

    start: int
    end: int
    words: int
    dates: tuple[DateToken, ...] = ()
    ordinal: int | None = None
    ordinal_end: int = 0
    short: str | None = None
    quoted: bool = False

    @property
    def is_certain(self) -> bool:
        """Tell whether more than a capital shows it to be a name: a quotation, a period, or a number of its own."""
        return self.quoted or bool(self.dates) or self.ordinal is not None or self.short is not None


@dataclass(slots=True)
class _State:
    """What was read of a name so far."""

    start: int
    end: int
    words: int
    dates: list[DateToken]
    ordinal: int | None = None
    ordinal_end: int = 0
    about: bool = False
    """Whether a word such as `về` opened the subject, in which commas are part of the name."""
    submits: bool = False
    """Whether the name opens with what is done with a document (`Đề án trình Quốc hội ban hành …`)."""


class NameReader:
    """Reads how far names go."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    def read(
        self, start: int, stop: int, *, is_law: bool = False, about: bool = False, is_proper: bool = False
    ) -> Name:
        """Return the name that goes on from `start`, at most to `stop`.

        Args:
            start: The end of the word for the kind.
            stop: The end of the sentence or heading.
            is_law: The name is that of a law, which the rules on drafting make a noun phrase with commas.
            about: The words are the subject of a document, to which nouns after a comma belong.
            is_proper: The name is a proper one, which a verb in lower case or a number ends.
        """
        limit = min(stop, start + _LONGEST)
        quoted = self._quotation(start, limit)
        if quoted is not None:
            return Name(start, quoted, len(self._analysis.tokens(start, quoted)) - 2, quoted=True)
        run = self._analysis.tokens(start, limit)
        state = _State(start, start, 0, [], about=about)
        at = 0
        while at < len(run):
            if is_proper and state.words and self._ends_proper(run[at], limit):
                break
            onward = self._step(run, at, limit, state, is_law=is_law)
            if onward is None:
                break
            at = onward
        short = self._short(state.end, limit)
        return Name(
            start,
            short[1] if short else state.end,
            state.words,
            tuple(state.dates),
            state.ordinal,
            state.ordinal_end,
            short[0] if short else None,
        )

    def _step(self, run: Sequence[Token], at: int, limit: int, state: _State, *, is_law: bool) -> int | None:
        """Take the token at `at` into the name and return the place of the next one, None where the name ends."""
        token = run[at]
        date = next((date for date in self._analysis.dates(token.start, limit) if date.start == token.start), None)
        if date is not None:
            return self._take_date(date, run, at, limit, state)
        if token.kind == "sign":
            if token.text == ",":
                return at + 1 if self._goes_on(run, at, limit, state, is_law=is_law) else None
            return at + 1 if token.text in "-–—/&+%" else None
        numbered = self._ordinal(run, at, limit)
        if numbered is not None:
            number, onward = numbered
            state.end = run[onward - 1].end
            if state.ordinal is None:
                state.ordinal, state.ordinal_end = number, state.end
            state.words += onward - at
            return onward
        if self._ends_at(run, at, limit, state):
            return None
        state.about = state.about or any(cue.start == token.start for cue in self._cues("about", token, limit))
        if not any(cue.start == token.start for cue in self._cues("conjunction", token, limit)):
            state.words += 1
            state.end = token.end
        return at + 1

    def _ends_proper(self, token: Token, limit: int) -> bool:
        """Tell whether `token` cannot be part of a proper name: a number that is no year, or a verb."""
        if token.kind == "digits":
            return not any(date.start == token.start for date in self._analysis.dates(token.start, limit))
        return token.text[:1].islower() and self._is_verb(token, limit)

    def _take_date(self, date: DateToken, run: Sequence[Token], at: int, limit: int, state: _State) -> int | None:
        """Take a year or a period into the name, which goes on only with the year it looks to."""
        if date.unit not in ("year", "quarter", "month") or (date.unit != "year" and state.words < _SHORT):
            return None
        state.dates.append(date)
        state.end = date.end
        onward = next((i for i in range(at, len(run)) if run[i].start >= date.end), len(run))
        ahead = onward + 1 if onward < len(run) and run[onward].text in (",", "và") else onward
        return onward if ahead < len(run) and self._is_vision(run[ahead], limit) else None

    def _is_vision(self, token: Token, limit: int) -> bool:
        """Tell whether `tầm nhìn`, `định hướng`, `nhiệm kỳ` and a year follow."""
        near = min(limit, token.start + 48)
        dates = self._analysis.dates(token.start, near)
        cues = [cue for cue in self._analysis.cues("vision", token.start, near) if cue.start == token.start]
        return bool(dates) and (bool(cues) or dates[0].start == token.start)

    def _ends_at(self, run: Sequence[Token], at: int, limit: int, state: _State) -> bool:
        """Tell whether the name has ended before the word at `at`."""
        token = run[at]
        if token.text[:1].isupper():
            return False
        if any(cue.start == token.start for cue in self._cues("title-end", token, limit)):
            return True
        if self._opens_figure(token, limit):
            return True
        if any(cue.start == token.start for cue in self._cues("submit", token, limit)):
            if state.words and not state.submits:
                return True
            state.submits = True
        if state.ordinal is not None and any(cue.start == token.start for cue in self._cues("locative", token, limit)):
            return True
        joined = any(cue.start == token.start for cue in self._cues("conjunction", token, limit))
        return joined and at + 1 < len(run) and self._opens_other(run[at + 1], limit)

    def _opens_figure(self, token: Token, limit: int) -> bool:
        """Tell whether a word that governs a number and the number follow: `Chương trình 135` `đạt 92%`."""
        near = min(limit, token.start + 48)
        words = [cue for key in _GOVERNING for cue in self._cues(key, token, limit)]
        words += [
            match
            for scheme in ("direction", "comparator")
            for match in self._analysis.matches(scheme, token.start, near)
        ]
        ends = {word.end for word in words if word.start == token.start}
        return any(self._analysis.adjoins(end, n.start) for end in ends for n in self._analysis.numbers(end, near)[:1])

    def _opens_other(self, token: Token, limit: int) -> bool:
        """Tell whether another thing of its own begins at `token`: a document, or several of something."""
        near = min(limit, token.start + 40)
        others = [
            *self._analysis.matches("event-kind", token.start, near),
            *self._analysis.cues("several", token.start, near),
        ]
        if token.text[:1].isupper():
            others += self._analysis.matches("document-kind", token.start, near)
        return any(other.start == token.start for other in others)

    # --- commas

    def _goes_on(self, run: Sequence[Token], at: int, limit: int, state: _State, *, is_law: bool) -> bool:
        """Tell whether the name goes on after the comma at `at`."""
        if at + 1 >= len(run) or state.words == 0:
            return False
        token, comma = run[at + 1], run[at].start
        if self._is_vision(token, limit):
            return True
        if token.kind != "letters" or self._opens_other(token, limit):
            return False
        if token.text[:1].isupper():
            bodies = self._analysis.matches("organisation-kind", token.start, min(limit, token.start + 48))
            return is_law and any(body.start == token.start for body in bodies)
        return any(pair.start < comma < pair.end for pair in self._pairs(comma, limit)) or self._joins(
            run, at, limit, state, most=_SHORT_LAW if is_law else _SHORT
        )

    def _joins(self, run: Sequence[Token], at: int, limit: int, state: _State, *, most: int) -> bool:
        """Tell whether the word in lower case after a comma goes on a name that has `most` words or a subject."""
        token = run[at + 1]
        if self._is_verb(token, limit):
            return self._is_one_verb(state, run[at].start) or (state.about and self._looks_ahead(token.start, limit))
        if self._ends_at(run, at + 1, limit, state) or self._is_connective(token, limit):
            return False
        return state.about or state.words <= most or self._closes_with_year(run, at + 1, limit)

    def _is_verb(self, token: Token, limit: int) -> bool:
        return any(cue.start == token.start for cue in self._cues("task-verb", token, limit))

    def _pairs(self, comma: int, limit: int) -> list[Match]:
        return self._analysis.cues("pair", max(0, comma - 24), min(limit, comma + 32))

    def _looks_ahead(self, start: int, limit: int) -> bool:
        """Tell whether the clause from `start` runs to a year that the subject looks to (`đến năm 2030`)."""
        said = self._analysis.text[start:limit]
        stop = start + min((at for mark in ";.:(" if (at := said.find(mark)) >= 0), default=len(said))
        return any(date.role == "until" and date.unit == "year" for date in self._analysis.dates(start, stop))

    def _is_connective(self, token: Token, limit: int) -> bool:
        return any(cue.start == token.start for cue in self._cues("connective", token, limit))

    def _is_one_verb(self, state: _State, comma: int) -> bool:
        """Tell whether the name so far is one verb, which the next one joins (`Kế hoạch đào tạo, bồi dưỡng`)."""
        verbs = self._analysis.cues("task-verb", state.start, comma)
        return (
            len(verbs) == 1
            and self._analysis.adjoins(state.start, verbs[0].start)
            and (self._analysis.adjoins(verbs[0].end, comma))
        )

    def _closes_with_year(self, run: Sequence[Token], at: int, limit: int) -> bool:
        """Tell whether the nouns after a comma run on to a year that closes the name."""
        for index in range(at, len(run)):
            token = run[index]
            if token.kind == "sign" and token.text in ";:.()…":
                return False
            after_comma = index > at and run[index - 1].text == ","
            if after_comma and (token.text[:1].isupper() or self._is_verb(token, limit)):
                return False
            if token.text[:1].islower() and any(
                cue.start == token.start for cue in self._cues("title-end", token, limit)
            ):
                return False
            if any(
                date.start == token.start and date.unit == "year" for date in self._analysis.dates(token.start, limit)
            ):
                return True
        return False

    # --- marks

    def _cues(self, key: str, token: Token, limit: int) -> list[Match]:
        return self._analysis.cues(key, token.start, min(limit, token.start + 48))

    def _quotation(self, start: int, limit: int) -> int | None:
        """Return where a name in quotation marks that opens at `start` is closed."""
        text = self._analysis.text
        opening = start + len(text[start:limit]) - len(text[start:limit].lstrip())
        closing = _QUOTES.get(text[opening : opening + 1])
        end = text.find(closing, opening + 1, limit) if closing and opening < limit else -1
        return end + 1 if end >= 0 else None

    def _short(self, end: int, limit: int) -> tuple[str, int] | None:
        """Return the abbreviation, or the note that a law is amended, in brackets at `end`, and where it ends."""
        text = self._analysis.text
        gap = len(text[end:limit]) - len(text[end:limit].lstrip())
        match = _BRACKET.match(text, end + gap, limit)
        if match is None:
            return None
        if _ABBREVIATION.fullmatch(match[1]) and sum(char.isupper() for char in match[1]) > 1:
            return match[1], match.end()
        amended = self._analysis.cues("amend", match.start(1), match.end(1))
        return ("", match.end()) if amended and amended[0].start == match.start(1) else None

    def _ordinal(self, run: Sequence[Token], at: int, limit: int) -> tuple[int, int] | None:
        """Return the number that words such as `lần thứ` lead to at `at`, or that stands there, and what comes next."""
        token = run[at]
        for cue in self._analysis.cues("ordinal", token.start, min(limit, token.start + 24)):
            if cue.start != token.start:
                continue
            onward = next((i for i in range(at, len(run)) if run[i].start >= cue.end), len(run))
            number = number_of(run[onward].text) if onward < len(run) else None
            if number is not None:
                return number, onward + 1
        if token.kind == "letters" and len(token.text) > 1 and is_numeral(token.text):
            return number_of(token.text) or 0, at + 1
        return None
