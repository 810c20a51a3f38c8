"""The works of one sentence, read from left to right: names, lists of names, kinds that share a name.

Items that follow a name without a word for a kind of work go on its list (`cầu Rào 1, 2, 3`; `các KCN: A, B`). What
only has a kind waits for the place or the whole that the next one is told by. Not for: what is said of the works.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.project.head import is_proper, joins_ends
from hpkg.extract.project.label import capital
from hpkg.extract.project.name import read_name
from hpkg.extract.project.phrase import CLOSING, DASHES, OPENING
from hpkg.extract.project.site import SiteReader
from hpkg.extract.project.work import LINES, Head, Name, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.organisation import OrganisationReader
    from hpkg.extract.project.label import Labels
    from hpkg.extract.project.phrase import Phrase
    from hpkg.grammar.word import Token

__all__ = ["SeriesReader"]

_CODE: Final = re.compile(r"([A-ZĐ]{1,4})\d+|\d+")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"
_NAME: Final = 5
"""How many words the name of an item has before its number, at most, and one."""
_LONGEST: Final = 320
"""Most characters of a name: a bound for the walk."""


def _last_code(label: str) -> re.Match[str] | None:
    """Return the last number or code in a name."""
    return next(reversed(list(re.finditer(rf"(?<!\w)(?:{_CODE.pattern})(?!\w)", label))), None)


class SeriesReader:
    """Reads the works of one sentence, from left to right."""

    def __init__(self, phrase: Phrase, heads: list[Head], organisations: OrganisationReader, labels: Labels) -> None:
        """Read in `phrase`, which has the words for works `heads`."""
        self._phrase = phrase
        self._heads = heads
        self._organisations = organisations
        self._labels = labels
        self._site = SiteReader(phrase, organisations, (head.lead for head in heads))
        self._works: list[Work] = []
        self._waiting: list[Head] = []

    def read(self) -> list[Work]:
        """Return the works of the sentence, in text order."""
        taken = self._phrase.start
        for at, head in enumerate(self._heads):
            if head.start < taken:
                continue
            limit = min(self._phrase.end, head.end + _LONGEST)
            taken = max(taken, self._begin(head, limit, at))
        return self._works

    def _begin(self, head: Head, limit: int, at: int) -> int:
        """Read the work that `head` begins, and the list it opens; return where reading goes on."""
        name = read_name(self._phrase, head, limit)
        if name is None:
            self._wait(head)
            return self._list(head, None) if head.listed else head.end
        if name.loose and head.listed:
            return self._sites(head, name)
        work = self._work(head, name)
        self._works.append(work)
        end = head.end if name.loose else work.end
        self._site.read(work, self._stop(work))
        if name.loose and not self._tell(work, at):
            self._works.pop()
            self._wait(head)
            return head.end
        self._share(work)
        work.inner = list(self._inner(work, at)) if not name.loose else []
        return max(end, self._list(head, work)) if not name.loose else end

    def _stop(self, work: Work) -> int:
        """Return where the stretch of `work` ends: at the next word for a work."""
        return next((head.lead for head in self._heads if head.lead >= work.end), self._phrase.end)

    def _work(self, head: Head, name: Name) -> Work:
        label = capital(self._labels.of(head, name.end))
        return Work(label, head.kind, head, head.lead, name.end, name.end, label.rstrip("0123456789"))

    # --- told by a place or a whole

    def _sites(self, head: Head, name: Name) -> int:
        """Read the sites that a kind of many works names one by one (`các dự án chung cư cũ tại phường A; Khu 3 B`)."""
        whole = self._work(head, name)
        self._site.read(whole, self._stop(whole))
        places = [p for p in self._phrase.places(whole.end, whole.tail) if p.concept.iri in whole.places]
        before = len(self._works)
        end = self._list(head, whole) if places else head.end
        if len(self._works) > before and len(places) == 1:
            site = places[0]
            whole.label = f"{whole.label} {self._labels.mend(site.start, site.end)}"
            whole.start, whole.end = site.start, site.end
            self._works.insert(before, whole)
        return end

    def _tell(self, work: Work, at: int) -> bool:
        """Let a work without a name be told by the place or the named whole after it."""
        phrase = self._phrase
        token = phrase.next(work.end)
        cue = phrase.cue(token.start, "locative") if token is not None else None
        if cue is None:
            return False
        whole = self._whole(cue.end, at)
        if whole is not None:
            work.whole = whole.lead
            name = read_name(phrase, whole, min(phrase.end, whole.end + _LONGEST))
            end = name.end if name is not None else work.end
        elif work.tail > work.end and work.places:
            end = work.tail
        else:
            return False
        label = f"{work.label} {self._labels.mend(cue.start, end)}"
        work.label, work.end, work.tail = label, end, max(end, work.tail)
        return True

    def _whole(self, start: int, at: int) -> Head | None:
        """Return the word for a named work that begins at `start`."""
        for head in self._heads[at + 1 :]:
            if self._phrase.analysis.adjoins(start, head.lead):
                name = read_name(self._phrase, head, min(self._phrase.end, head.end + _LONGEST))
                return head if name is not None and name.proper else None
            if head.lead > start:
                break
        return None

    def _wait(self, head: Head) -> None:
        self._waiting.append(head)

    def _share(self, work: Work) -> None:
        """Let the kinds that waited share what tells `work` (`A và B thuộc C`, `A, B, C tại D`)."""
        waiting, self._waiting = self._waiting, []
        phrase = self._phrase
        cue = next(iter(phrase.analysis.cues("locative", work.head.end, work.end)), None)
        if cue is None or not waiting or work.head.start < waiting[-1].start:
            return
        joined: list[Head] = []
        nearest = work.head
        for head in reversed(waiting):
            gap = phrase.text[head.end : nearest.lead].strip(" ,\n\xa0")
            listed = head.end <= nearest.lead and (gap in {"", "và"} or self._narrows(gap))
            if not listed or head.listed:
                break
            joined.insert(0, head)
            nearest = head
        if not joined:
            return
        if joined[0].general and len(joined) > 1:
            first = joined[0]
            work.label = capital(self._labels.mend(first.start, work.end))
            work.start, work.kind, work.head = first.lead, first.kind, first
            return
        for head in joined:
            end = self._narrow_end(head, nearest=work.head)
            label = capital(f"{self._labels.mend(head.start, end)} {self._labels.mend(cue.start, work.end)}")
            self._works.insert(-1, Work(label, head.kind, head, head.lead, end, end, label, places=list(work.places)))

    def _narrow_end(self, head: Head, nearest: Head) -> int:
        """Return where the words that narrow a kind end, before the mark or joint that follows."""
        text = self._phrase.text
        stops = [at for mark in (",", " và ") if (at := text.find(mark, head.end, nearest.lead)) >= 0]
        return min(stops, default=head.end)

    @staticmethod
    def _narrows(gap: str) -> bool:
        """Tell whether what stands between two kinds only narrows the first (`5 sao`)."""
        words = gap.removesuffix("và").strip(" ,").split()
        return len(words) <= 5 and all(word.islower() or word.isdigit() for word in words)  # noqa: PLR2004

    def _inner(self, work: Work, at: int) -> Iterator[Work]:
        """Yield the works that stand in the name of `work`: the ends of a route, what it is joined to."""
        for head in self._heads[at + 1 :]:
            if head.start >= work.end:
                break
            name = read_name(self._phrase, head, work.end)
            if name is not None and name.proper:
                inner = self._work(head, name)
                inner.ending = True
                if self._phrase.text[head.lead - 1] in DASHES and work.kind is inner.kind:
                    work.whole = inner.head.lead
                inner.period = self._phrase.analysis.period(self._section)
                yield inner

    @property
    def _section(self) -> str | None:
        leaf = self._phrase.analysis.leaf(self._phrase.start)
        return leaf.section if leaf is not None else None

    # --- lists

    def _list(self, head: Head, work: Work | None) -> int:
        """Read the items that follow without a word for a work of their own; return where they end."""
        at = work.tail if work is not None else head.end
        while (found := self._item(at, opens=work is None and head.listed)) is not None:
            token, mark = found
            if token.start >= self._next_head(at):
                break
            item = self._item_end(head, work, token, mark)
            if item is None:
                break
            work = item
            at = work.tail
        return at if work is not None and at > head.end else head.end

    def _next_head(self, at: int) -> int:
        return next((head.lead for head in self._heads if head.start >= at), self._phrase.end)

    def _item(self, at: int, *, opens: bool) -> tuple[Token, str] | None:
        """Return the first word after the mark or `và` at `at`, and that mark; a bracket may open a list."""
        phrase = self._phrase
        token = phrase.next(at)
        if token is None:
            return None
        if opens and phrase.opens_bracket(at):
            first = phrase.next(phrase.text.index("(", at) + 1)
            return (first, "(") if first is not None else None
        cue = phrase.cue(token.start, "conjunction")
        if cue is not None:
            following = phrase.next(cue.end)
            return (following, "và") if following is not None else None
        if token.text in ",;:":
            following = phrase.next(token.end)
            joint = phrase.cue(following.start, "conjunction") if following is not None else None
            if joint is not None:
                following = phrase.next(joint.end)
            return (following, token.text) if following is not None else None
        return (token, "") if is_proper(token) and not phrase.text[at : token.start].strip() else None

    def _item_end(self, head: Head, work: Work | None, token: Token, mark: str) -> Work | None:
        """Return the work that an item names, None when it names none."""
        phrase = self._phrase
        code = self._code(token)
        if code is not None and work is not None and mark in {",", "và"}:
            return self._coded(head, work, token, code)
        shared = head.listed and (work is None or mark in {",", ";", "và"})
        shared = shared or (
            work is not None and mark in {",", "và"} and self._is_line(work) and joins_ends(phrase, token)
        )
        shared = shared or (work is not None and mark in {",", "và"} and self._numbers_alike(work, token))
        place = phrase.place(token.start)
        unit = place is not None and place.full and place.concept.first("gsoCode") is not None
        if not shared or not (is_proper(token) or token.text in OPENING) or unit:
            return None
        if work is None and mark == "" and phrase.kind(token.start) is None and not joins_ends(phrase, token):
            return None
        if (
            phrase.cue(token.start, "task-verb")
            or phrase.verb_starts.get(token.start)
            or phrase.cue(token.start, "connective")
        ):
            return None
        if self._is_body(token):
            return None
        return self._named(head, token.start)

    @staticmethod
    def _is_line(work: Work) -> bool:
        """Tell whether a work is a line that is named by its two ends (`cao tốc A - B`)."""
        return work.kind.key in LINES and any(dash in work.label for dash in DASHES)

    def _numbers_alike(self, work: Work, token: Token) -> bool:
        """Tell whether an item is a name with a number, like `work` before it (`nhà máy Sao Mai 1, Vành Khuyên 2`)."""
        mine = work.label.rsplit(" ", 1)
        if len(mine) < 2 or not mine[1].isdecimal() or not mine[0].rsplit(" ", 1)[-1][:1].isupper():  # noqa: PLR2004
            return False
        for one in self._phrase.tokens[self._phrase.at(token.start) : self._phrase.at(token.start) + _NAME]:
            if one.kind == "digits":
                return one.start > token.start and len(one.text) <= len(mine[1])
            if not is_proper(one):
                return False
        return False

    def _is_body(self, token: Token) -> bool:
        """Tell whether an organisation is named at `token`."""
        bodies = self._organisations.inside(token.start, self._phrase.end)
        return any(body.start == token.start for body in bodies[:1])

    def _code(self, token: Token) -> str | None:
        """Return the code that an item is: `2`, `số 4`, `HH2`."""
        phrase = self._phrase
        index = phrase.at(token.start)
        run = phrase.tokens[index : index + 3]
        numbered = run[0].form == "số" and len(run) > 1 and run[1].kind == "digits"
        run = run[1:] if numbered else run
        code = run[0].text
        if len(run) > 1 and run[1].start == run[0].end and run[1].kind == "digits":
            code += run[1].text
        match = _CODE.fullmatch(code)
        if match is None:
            return None
        after = run[0].end if code == run[0].text else run[1].end
        following = phrase.next(after)
        counted = match[1] is None and following is not None and phrase.unit(following.start)
        return None if (counted and not numbered) or self._phrase.analysis.dates(token.start, after + 1) else code

    def _coded(self, head: Head, work: Work, token: Token, code: str) -> Work | None:
        """Read an item that is a code like the one that `work` ends with."""
        phrase = self._phrase
        mine, other = _last_code(work.label), _CODE.fullmatch(code)
        if mine is None or other is None or (mine[1] or "") != (other[1] or ""):
            return None
        end = self._code_end(token)
        tail = self._proper_after(end)
        closes = work.label.endswith(mine[0])
        if other[1] is not None and not head.several and (tail == end or closes):
            work.end = work.tail = tail if closes else end
            work.label = capital(self._labels.of(head, work.end))
            self._site.read(work, self._stop(work))
            return work
        base = work.base if closes else work.label.partition(mine[0])[0]
        said = squeeze(phrase.text[token.start : tail])
        base = base.rstrip(_LETTERS) if other[1] is not None else base
        said = said.removeprefix("số ") if base.rstrip().endswith("số") else said
        made = Work(capital(squeeze(f"{base} {said}")), head.kind, head, token.start, tail, tail, base)
        self._works.append(made)
        self._site.read(made, self._stop(made))
        return made

    def _code_end(self, token: Token) -> int:
        index = self._phrase.at(token.start)
        run = self._phrase.tokens[index : index + 3]
        end = run[0].end
        for one in run[1:]:
            if one.kind == "digits" and (one.start == end or run[0].form == "số"):
                end = one.end
                break
        return end

    def _proper_after(self, end: int) -> int:
        """Return where the proper name after a code ends: `T2 Nội Bài`."""
        phrase = self._phrase
        for token in phrase.tokens[phrase.at(end) :]:
            if not is_proper(token) or not phrase.text[end : token.start].isspace():
                break
            end = token.end
        return end

    def _is_closed(self, end: int) -> bool:
        """Tell whether nothing but a mark, a place or a verb of state follows an item at `end`."""
        token = self._phrase.next(end)
        if token is None or token.kind == "sign":
            return True
        following = self._phrase.cue(
            token.start, "locative", "issued-by", "conjunction", "tense", "about-use", "in-year", "name-end", "deadline"
        )
        place = self._phrase.place(token.start)
        return following is not None or place is not None or token.start in self._phrase.verb_starts

    def _named(self, head: Head, start: int) -> Work | None:
        """Read an item that is a name whose kind stands before the list."""
        phrase = self._phrase
        token = phrase.next(start)
        if token is not None and token.text in OPENING:
            end = phrase.closing(token.end, CLOSING)
        else:
            shared = Head(head.kind, start, start, start, general=False, several=False, listed=False)
            name = read_name(phrase, shared, min(self._next_head(start), start + _LONGEST))
            end = name.end if name is not None and name.proper else None
        if end is None or not self._is_closed(end):
            return None
        kind = capital(self._labels.of(head, head.end).strip())
        label = f"{kind} {self._labels.mend(start, end)}"
        made = Work(label, head.kind, head, start, end, end, label.rstrip("0123456789"))
        self._works.append(made)
        self._site.read(made, self._stop(made))
        return made
