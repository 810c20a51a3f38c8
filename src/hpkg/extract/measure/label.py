"""The words that say what a number measures, where no indicator of the vocabulary is named.

They are those of its clause before the number, else those after its unit (`100% trạm y tế có bác sĩ`), without the
words that join clauses, tell the time or govern the number. Not for: what the words mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.grammar.word import Token
    from hpkg.model import Section, Sentence

__all__ = ["LabelReader"]

_HARD: Final = ";.:()|…?!"
_LONGEST: Final = 24
_LONGEST_AFTER: Final = 14
_OVER: Final = 16
_SHORTEST_PART: Final = 3
_NO_NAMES: Final = ("compared", "exceed", "plan", "ratio", "to-level", "about")
"""Cues that open no name: what they lead to is what the figure is held against."""
_VERBS: Final = ("achieve", "task-verb")
_LEADS: Final = (
    "time-word",
    "connective",
    "conjunction",
    "part",
    "strive",
    "date-lead",
    "filler",
    "estimated",
    "future",
    "several",
    "reach",
    "therefore",
)
_TAILS: Final = (
    "conjunction",
    "time-word",
    "strive",
    "plan",
    "estimated",
    "reach",
    "filler",
    "own-area",
    "date-lead",
    "to-level",
    "exist",
    "compared",
    "part",
)
_NOMINAL: Final = ("plan", "own-area", "filler")
"""Cues that are nouns or short words, which may belong to the name: `ngân sách địa phương`, `chương trình mục tiêu`."""
_BULLETS: Final = " \t\n-–−+•*|,;.:\"“”'>#()[]"
_PASSED: Final = " \t\n-–−+*|,:\"“”'("
"""Marks that can stand between a name and its figure."""
_END: Final = re.compile(r"[;.:()|…?!,]|\n\s*\n")


class LabelReader:
    """Finds the words for what is measured in one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    def before(
        self, floor: int, start: int, leaf: Section | Sentence, *, governed: bool = False
    ) -> tuple[int, int] | None:
        """Return the stretch of words before the figure at `start` that names what it measures.

        Where the figure is `governed` by a verb of its own (`đạt`, `tăng`), a verb before is part of the name: `kinh tế
        có vốn đầu tư nước ngoài đạt 5 triệu USD`.
        """
        named = self._before(floor, start, leaf, governed=governed)
        text, first = self._analysis.text, max(floor, leaf.start)
        at = len(text[first:start].rstrip(_PASSED)) + first
        opened = text.rfind("(", first, at)
        if named is None and opened > first and text.rfind(")", opened, at) > opened:
            return self._before(floor, opened, leaf, governed=governed)  # `tổng sản phẩm (GRDP) theo giá hiện hành`
        return named

    def _before(self, floor: int, start: int, leaf: Section | Sentence, *, governed: bool) -> tuple[int, int] | None:
        text = self._analysis.text
        first = max(floor, leaf.start)
        end = self._past_time(first, self._whole_word(first, start))
        begin = max((text.rfind(mark, first, end) + 1 for mark in _HARD), default=first)
        if first > leaf.start and begin <= first:
            begin = self._past_rest(first, start)
        begin = self._past_aim(self._past_comma(max(begin, first), end), end)
        if governed:
            begin = self._past_copula(begin, end)
        if self._is_item(begin, end, leaf):
            return self._words(begin, end)[0].start, end
        named = (
            self._trim(begin, self._subject_end(self._lead(begin, end), end, governed=governed))
            if begin < end
            else None
        )
        words = self._words(*named)[-_LONGEST:] if named else []
        return (words[0].start, named[1]) if named and words else None

    def _whole_word(self, first: int, start: int) -> int:
        """Return where the words before `start` end when a cue goes on over it: `phấn đấu | đạt`."""
        for key in ("strive", "estimated"):
            for cue in self._analysis.cues(key, first, start + _OVER):
                if cue.start < start < cue.end:
                    return cue.start
        return start

    def _past_copula(self, begin: int, end: int) -> int:
        """Return where the name starts that `là` leads to: `động lực chính là ngành dệt | tăng 5%`."""
        ends = [cue.end for cue in self._analysis.cues("reach", begin, end) if cue.form == "là"]
        return ends[-1] if ends and self._words(ends[-1], end) else begin

    def _past_aim(self, begin: int, end: int) -> int:
        """Return where the name of what is aimed at or follows starts: `thực hiện kế hoạch với mục tiêu … đạt 8%`."""
        cues = self._analysis.cues("strive", begin, end) + self._analysis.cues("therefore", begin, end)
        aims = [cue.end for cue in cues if self._words(cue.end, end)]
        return max(aims, default=begin)

    def _is_item(self, begin: int, end: int, leaf: Section | Sentence) -> bool:
        """Tell whether the words are all that an item says before a colon, which makes them a name: `Đảng: 28 tỷ`."""
        text = self._analysis.text
        words = self._words(begin, end)
        if not words or text[end : end + 2].lstrip()[:1] != ":" or not words[0].text[:1].isupper():
            return False
        led = any(cue.start == words[0].start for key in _LEADS for cue in self._analysis.cues(key, begin, end))
        return not led and not any(char.isalpha() for char in text[leaf.start : words[0].start])

    def _past_time(self, first: int, end: int) -> int:
        """Return where the words before a figure end, what tells the time aside: `(theo giá hiện hành) năm 2025`."""
        last = -1
        while end != last:
            last, end = end, self._past_marks(first, end)
            end = self._tail(first, end, _PASSED)
        return end

    def _past_marks(self, first: int, end: int) -> int:
        """Return where the words before a figure end, marks and an abbreviation in brackets aside: `(CPI)`."""
        text = self._analysis.text
        while end > first and (text[end - 1] in _PASSED or text[end - 1] == ")"):
            if text[end - 1] == ")":
                opened = text.rfind("(", first, end)
                if opened < 0:
                    return end
                end = opened
            else:
                end -= 1
        return end

    def parts(self, floor: int, start: int, leaf: Section | Sentence) -> list[tuple[int, int]]:
        """Return the names of the list before `start` that the numbers of a list go with in order."""
        text = self._analysis.text
        first = max(floor, leaf.start)
        end = self._past_time(first, start)
        begin = max(first, *(text.rfind(mark, first, end) + 1 for mark in _HARD))
        cuts = [(at, at + 1) for at in range(begin, end) if text[at] == ","]
        cuts += [(cue.start, cue.end) for cue in self._analysis.cues("conjunction", begin, end)]
        cuts = sorted(cut for cut in cuts if cut[0] >= begin)
        edges = zip([begin, *(last for _, last in cuts)], [*(at for at, _ in cuts), end], strict=True)
        names = [(self._lead(one, other), other) for one, other in edges]
        return [(one, self._tail(one, other)) for one, other in names if text[one:other].strip()]

    def attribute(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the noun for the size of something that stands in `start` to `end`: `diện tích`, `chiều dài`."""
        nouns = [c for c in self._analysis.cues("attribute", start, end) if len(self._words(c.start, c.end)) > 1]
        return (nouns[0].start, nouns[0].end) if nouns else None

    def is_measure(self, start: int, end: int) -> bool:
        """Tell whether a name opens with a noun of measure: `số`, `tỷ lệ`, `sản lượng`."""
        nouns = [cue.end for cue in self._analysis.cues("measure-noun", start, end)[:1] if cue.start == start]
        verbs = [c.end for key in _VERBS for c in self._analysis.cues(key, start, end)[:1] if c.start == start]
        return bool(nouns) and nouns[0] >= max(verbs, default=0)

    def after(self, end: int, leaf: Section | Sentence) -> tuple[int, int] | None:
        """Return the stretch of words right after a unit that names what has the share or rate."""
        text = self._analysis.text
        stop = _END.search(text, end, leaf.end)
        if stop is not None and stop[0] == "," and len(self._words(end, stop.start())) == 1:
            stop = _END.search(text, stop.end(), leaf.end)  # `70% ấp, khu phố văn hóa`
        last = stop.start() if stop else leaf.end
        last = min((cue.start for cue in self._analysis.cues("compared", end, last)), default=last)
        if not text[end:last][:1].isspace():
            return None
        found = self._trim(end, last)
        words = self._words(*found) if found else []
        cut = words[_LONGEST_AFTER - 1 : _LONGEST_AFTER + 1]
        bound = len(cut) > 1 and self._analysis.lexicon.stand_together(cut[0].form, cut[1].form)
        words = words[: _LONGEST_AFTER + bound]
        return (words[0].start, words[-1].end) if len(words) > 1 else None

    def noun_after(self, end: int, leaf: Section | Sentence) -> tuple[int, int] | None:
        """Return the noun phrase right after a unit: `84 tỷ đồng vốn đầu tư công`."""
        after = self.after(end, leaf)
        first = self._first(end, leaf.end)
        if after is None or any(cue.start == first for cue in self._analysis.cues("phrase-end", first, leaf.end)):
            return None
        begin, last = after
        stops = [cue.start for cue in self._analysis.cues("phrase-end", begin, last)]
        return self._trim(begin, min(stops, default=last)) if begin not in stops else None

    def _past_rest(self, first: int, end: int) -> int:
        """Return where the clause of the figure before ends, whose last words name nothing of this one."""
        stops = [at + 1 for at in (self._analysis.text.find(",", first, end),) if at >= 0]
        stops += [cue.end for cue in self._analysis.cues("conjunction", first, end)[:1]]
        return min(stops, default=first)

    def _past_comma(self, begin: int, end: int) -> int:
        """Return where the part after the last comma starts; a part of one or two words goes with the one before."""
        pairs = self._analysis.cues("pair", begin, end)
        commas = [at for at in range(begin, end) if self._analysis.text[at] == ","]
        commas = [at for at in commas if not any(pair.start < at < pair.end for pair in pairs)]
        last = end
        for at in reversed(commas):
            told = self._subject_end(self._first(at + 1, end), last)
            opens = any(
                cue.start == self._first(at + 1, end)
                for key in ("predicate", "verdict")
                for cue in self._analysis.cues(key, at, end)
            )
            if len(self._words(at + 1, told)) >= _SHORTEST_PART and not opens and not self._lists(begin, at, end):
                return at + 1
            last = at
        return begin

    def _lists(self, begin: int, comma: int, end: int) -> bool:
        """Tell whether a comma parts what one measure is of: `giá trị sản phẩm nông sản, thực phẩm xuất khẩu`."""
        begin, after = self._first(begin, comma), self._first(comma + 1, end)
        verbs = any(self._analysis.cues(key, begin, comma) for key in ("predicate", "verdict", "reach", "task-verb"))
        return self.is_measure(begin, comma) and not self.is_measure(after, end) and not verbs

    def _first(self, begin: int, end: int) -> int:
        return next((token.start for token in self._analysis.tokens(begin, end)), end)

    def _trim(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return `begin` to `end` without what leads to the name or follows it; None when nothing is left."""
        if self._compares(begin, end):
            return None
        begin = self._lead(begin, end)
        end = self._tail(begin, end)
        if self._compares(begin, end) or self._opens_clause(begin, end):
            return None
        words = self._words(begin, end)
        if len(words) < 2 and not (words and words[0].text.isupper() and len(words[0].text) > 2):  # noqa: PLR2004 - one syllable names no figure, and two capitals are a Roman number
            return None
        return begin, end

    def _opens_clause(self, begin: int, end: int) -> bool:
        """Tell whether the words open a clause or phrase that names nothing: `do thay đổi`, `đúng quy định`."""
        begin = self._first(begin, end)
        keys = ("adposition", "attributive", "clause-opening", "charge")
        return not self.is_measure(begin, end) and any(
            cue.start == begin for key in keys for cue in self._analysis.cues(key, begin, end)
        )

    def _words(self, begin: int, end: int) -> list[Token]:
        return [token for token in self._analysis.tokens(begin, end) if token.kind == "letters"]

    def _compares(self, begin: int, end: int) -> bool:
        """Tell whether the words open a comparison: `cao hơn mức`, `so với kế hoạch`."""
        begin = self._first(begin, end)
        known = [cue for key in _NO_NAMES for cue in self._analysis.cues(key, begin, end)]
        known += self._analysis.matches("comparator", begin, end)
        return any(cue.start == begin for cue in known) and not self.is_measure(begin, end)

    def _subject_end(self, begin: int, end: int, *, governed: bool = False) -> int:
        """Return where the predicate starts; a noun of measure takes its verb along: `tỷ lệ rác thải được thu gom`."""
        keys = ("verdict",) if self.is_measure(begin, end) else ("verdict", "predicate")
        starts = [c.start for key in keys for c in self._analysis.cues(key, begin, end) if c.start > begin]
        if governed:
            taken = {c.start for c in self._analysis.cues("attributive", begin, end)}
            starts = [start for start in starts if start not in taken]
        return min(starts, default=end)

    def _lead(self, begin: int, end: int) -> int:
        text = self._analysis.text
        while begin < end:
            while begin < end and text[begin] in _BULLETS:
                begin += 1
            if self.is_measure(begin, end):
                return begin
            ends = [cue.end for key in _LEADS for cue in self._analysis.cues(key, begin, end) if cue.start == begin]
            ends += [date.end for date in self._analysis.dates(begin, end) if date.start == begin]
            ends += [token.end for token in self._analysis.tokens(begin, end)[:1] if token.kind == "digits"]
            ends += [self._past_number(n.end, end) for n in self._analysis.numbers(begin, end) if n.start == begin]
            ends += self._verbs(begin, end)
            if not ends:
                return begin
            begin = max(ends)
        return begin

    def _verbs(self, begin: int, end: int) -> list[int]:
        """Return where a verb that opens the words ends, but for those that name what is done: `giải ngân`."""
        named = {cue.end for cue in self._analysis.cues("achieve", begin, end) if cue.start == begin}
        return [c.end for c in self._analysis.cues("task-verb", begin, end) if c.start == begin and c.end not in named]

    def _tail(self, begin: int, end: int, marks: str = _BULLETS) -> int:
        text = self._analysis.text
        while begin < end:
            while begin < end and text[end - 1] in marks:
                end -= 1
            starts = [
                cue.start
                for key in _TAILS
                for cue in self._analysis.cues(key, begin, end)
                if cue.end == end and not (key in _NOMINAL and self._is_bound(begin, cue.start, end))
            ]
            starts += [date.start for date in self._analysis.dates(begin, end) if date.end == end]
            starts += [n.start for n in self._analysis.numbers(begin, end) if self._past_number(n.end, end) == end]
            if not starts:
                return end
            end = min(starts)
        return end

    def _is_bound(self, begin: int, start: int, end: int) -> bool:
        """Tell whether the noun at `start` is a word with the one before it: `ngân sách địa phương`."""
        before, word = self._words(begin, start)[-1:], self._words(start, end)[:1]
        led = any(
            cue.start <= start < cue.end
            for key in ("locative", "belonging", "nationwide")
            for cue in self._analysis.cues(key, begin, end)
        )
        return bool(before and word) and not led and self._analysis.lexicon.stand_together(before[0].form, word[0].form)

    def _past_number(self, end: int, stop: int) -> int:
        """Return where the unit after a number ends, as that of `10 tháng`."""
        units = [m for m in self._analysis.matches("unit", end, stop) if self._analysis.adjoins(end, m.start)]
        return max((unit.end for unit in units), default=end)
