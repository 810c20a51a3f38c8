"""Where the name of a work begins and ends.

A name is a word for a kind of work, words that narrow it, and a proper name, a number or a code: `nhà máy lọc hóa dầu
Nghi Sơn`, `Quốc lộ 10`. The name of a line goes on over the points it joins (`đường nối A với B`). Without a proper
name, a quotation, a level (`quốc gia`), a place (`tại …`) or a named whole (`thuộc …`) can tell the work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.extract.project.head import is_acronym, is_proper
from hpkg.extract.project.phrase import CLOSING, DASHES, OPENING, Phrase
from hpkg.extract.project.work import LINES, SCHEME, Head, Name

if TYPE_CHECKING:
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Match

__all__ = ["read_name"]

_ROMAN: Final = re.compile(r"[IVX]+")
_PHASE: Final = frozenset({"giai đoạn", "phân kỳ", "gđ", "số", "mạch", "km", "cơ sở"})
_GLUE: Final = frozenset("./'’‘`´&+")
_WORDS: Final = 12
"""Most words that may stand between the kind and the proper name."""
_TOLD_BY_PLACE: Final = 3
"""Fewest syllables of a work that its place alone can tell: `chung cư cao tầng tại …`, not `trường học tại …`."""
_SCHEME_WORDS: Final = 3
_BEYOND: Final = {False: ("beyond-scheme",), True: ("beyond-scheme", "issued-by", "locative", "funded-by")}
"""Which words go beyond the name of a scheme, and beyond a title that begins with a verb."""
_BODY: Final = 60


def read_name(phrase: Phrase, head: Head, limit: int) -> Name | None:
    """Return the name that `head` begins, None when none follows it before `limit`."""
    token = phrase.next(head.end)
    if token is not None and token.text in OPENING and not phrase.text[head.end : token.start].strip():
        end = phrase.closing(token.end, CLOSING)
        return Name(end, proper=True, stem=token.start) if end is not None and end <= limit else None
    if head.kind.key == SCHEME or head.titled:
        return _read_scheme(phrase, head, limit)
    return _Walk(phrase, head, limit).read()


def _read_scheme(phrase: Phrase, head: Head, limit: int) -> Name | None:
    """Return the name of a scheme, or a title: all up to a mark or a word that goes beyond it."""
    if head.several or phrase.analysis.document_numbers(head.end, min(head.end + 20, limit)):
        return None
    if phrase.text[head.start].islower() and not head.titled and phrase.cue_before(head.lead, "drafting"):
        return None
    first = phrase.at(head.end)
    end, count = head.end, 0
    for index in range(first, len(phrase.tokens)):
        token = phrase.tokens[index]
        if token.start >= limit or token.text in (";:.([…|," if head.titled else ";:.([…|"):
            break
        beyond = index > first and phrase.cue(token.start, *_BEYOND[head.titled]) is not None
        if token.text == "," and not head.titled:
            after = phrase.tokens[index + 1 : index + 2]
            if not after or is_proper(after[0]) or phrase.cue(after[0].start, "beyond-scheme"):
                break
            continue
        if beyond or (
            index == first and phrase.cue(token.start, "name-end") and not is_proper(token) and _aside(token)
        ):
            break
        end, count = token.end, count + (token.kind == "letters")
    while (last := phrase.cue_before(end, "conjunction")) is not None and last.end == end:
        end = phrase.tokens[phrase.at(last.start) - 1].end
    enough = count >= (2 if phrase.text[head.start].isupper() else _SCHEME_WORDS)
    return Name(end, proper=True, stem=head.end) if enough else None


def _aside(token: Token) -> bool:
    """Tell whether a word right after `Đề án` shows that it is not named there (`Đề án này`, `đề án đã …`)."""
    return token.form in {"này", "đó", "đã", "đang", "sẽ", "được", "của", "do", "nêu", "trên", "nói"}


class _Walk:
    """A walk over the words after a head, up to where the name ends."""

    def __init__(self, phrase: Phrase, head: Head, limit: int) -> None:
        self.phrase, self.head, self.limit = phrase, head, limit
        self.index = phrase.at(head.end)
        self.end = self.stem = head.end
        self.proper = self.level = self.sided = False
        self.opened = any(phrase.cue(token.start, "name-link") for token in _inside(phrase, head)[1:])
        self.words = 0
        self.last = head.end

    def read(self) -> Name | None:
        while self._step():
            pass
        if self.proper:
            return Name(self.end, proper=True, stem=self.stem)
        if self._is_counted():
            return None
        if self.level and self._syllables() >= _TOLD_BY_PLACE and not self.head.several:
            return Name(self.end, proper=False, stem=self.end)
        token = self._token()
        placed = token is not None and self.phrase.cue(token.start, "locative") is not None
        if placed and (self._syllables() >= _TOLD_BY_PLACE or self.head.listed):
            return Name(self.last, proper=False, stem=self.last, loose=True)
        return None

    def _is_counted(self) -> bool:
        """Tell whether a number before the kind counts many works (`167 tuyến đường khắp thành phố`)."""
        index = self.phrase.at(self.head.lead)
        return index > 0 and self.phrase.tokens[index - 1].kind == "digits" and not self.head.listed

    def _syllables(self) -> int:
        return len(self.phrase.tokens[self.phrase.at(self.head.start) : self.index])

    def _token(self, ahead: int = 0) -> Token | None:
        index = self.index + ahead
        tokens = self.phrase.tokens
        return tokens[index] if index < len(tokens) and tokens[index].start < self.limit else None

    def _take(self, index: int, *, named: bool) -> bool:
        """Go on to the token at `index`; what was passed is part of the name when `named`."""
        tokens = self.phrase.tokens
        self.last = tokens[index - 1].end
        if named:
            self.end = self.last
        self.index = index
        return True

    def _step(self) -> bool:
        """Pass one word or sign; False where the name is over."""
        token = self._token()
        if token is None:
            return False
        if token.kind == "sign":
            return self._sign(token)
        if token.kind == "digits" or _is_code(self._pair()):
            return self._number(token)
        if (inner := self.phrase.kind(token.start)) is not None:
            return self._inner(inner)
        return self._capital(token) if self._is_capital(token) else not self._is_over(token) and self._word(token)

    def _pair(self) -> str:
        """Return the next two tokens when nothing stands between them: `HH1`, `T3`."""
        one, other = self._token(), self._token(1)
        glued = one is not None and other is not None and one.end == other.start
        return f"{one.text}{other.text}" if glued and one is not None and other is not None else ""

    def _is_capital(self, token: Token) -> bool:
        """Tell whether a word is part of a proper name, and opens no place with its kind (`Huyện Cát Hải`)."""
        if not is_proper(token):
            return False
        kind, place = self.phrase.place_kind(token.start), self.phrase.place(token.start)
        return kind is None or place is None or not place.full

    def _capital(self, token: Token) -> bool:
        if not self.proper:
            self.stem = token.start
        body = self._body(token)
        if body is not None:
            self.proper = True
            return self._take(self.phrase.at(body), named=True)
        if not (is_acronym(token) and self._funds(token)) and not self._is_side():
            self.proper = True
            return self._take(self.index + 1, named=True)
        return self._take(self.index + 1, named=False)

    def _is_side(self) -> bool:
        """Tell whether a word only says on which side of a named thing a line runs (`phía Bắc sông Đào`)."""
        token, after = self._token(), self._token(1)
        if token is None or after is None or self.phrase.cue_before(token.start, "beside") is None:
            return False
        told = self.phrase.place_kind(after.start) is not None or self.phrase.kind(after.start) is not None
        self.sided = told and self.phrase.place(token.start) is None
        return self.sided

    def _body(self, token: Token) -> int | None:
        """Return where the word for a body ends that begins at `token` (`trụ sở làm việc Công an huyện …`)."""
        kinds = self.phrase.analysis.matches("organisation-kind", token.start, min(token.start + _BODY, self.limit))
        longest = max((kind.end for kind in kinds if kind.start == token.start), default=token.end)
        place = self.phrase.place(after.start) if (after := self.phrase.next(longest)) is not None else None
        if place is not None and place.full and not self.phrase.text[longest : place.start].strip():
            longest = place.end
        return longest if longest > token.end and longest <= self.limit else None

    def _funds(self, token: Token) -> bool:
        return bool(self.phrase.analysis.matches("funding-source", token.start, token.end))

    def _number(self, token: Token) -> bool:
        """Pass digits: a code that names, or a number with its unit that narrows (`khách sạn 5 sao`)."""
        width = 1 if token.kind == "digits" else 2
        last = self.phrase.tokens[self.index + width - 1]
        after = self._token(width)
        if after is not None and after.start == last.end and after.kind == "letters":
            width, last = width + 1, after
            after = self._token(width)
        counted = token.kind == "digits" and after is not None and self.phrase.unit(after.start)
        if counted:
            if self.proper:
                return False
            self.words += 2
            return self._take(self.index + 2, named=False)
        if self.phrase.analysis.dates(token.start, last.end + 1) and self.head.kind.key not in LINES:
            return False
        self.stem = token.start
        self.proper = True
        return self._take(self.index + width, named=True)

    def _sign(self, token: Token) -> bool:
        text, after = self.phrase.text, self._token(1)
        if after is None:
            return False
        if token.text in DASHES:
            goes_on = after.kind == "digits" or is_proper(after) or self.phrase.kind(after.start) is not None
            narrows = not self.proper and after.kind == "letters"
            return (goes_on or narrows) and self._take(self.index + 1, named=False)
        before = text[token.start - 1 : token.start]
        glued = not before.isspace() and after.start == token.end and after.kind != "sign"
        if token.text in _GLUE and (glued or token.text in "&+"):
            rest = glued and not is_proper(after) and after.kind != "digits"
            return self._take(self.index + 1 + rest, named=rest and self.proper)
        if token.text == "(" and self.proper:
            return self._bracket(token)
        return token.text == "," and self._apposed()

    def _bracket(self, token: Token) -> bool:
        """Pass a bracket that gives the phase: `(giai đoạn 2)`."""
        close = self.phrase.closing(token.end, ")")
        if close is None or close > self.limit:
            return False
        inner = self.phrase.analysis.tokens(token.end, close - 1)
        phase = " ".join(t.form for t in inner[:2]) in _PHASE or (inner and inner[0].form in _PHASE)
        if not phase or len(inner) > 4:  # noqa: PLR2004 - `giai đoạn 2`
            return False
        self._take(self.phrase.at(close), named=True)
        self.end = close
        return False

    def _apposed(self) -> bool:
        """Pass the place after a point of a route that is not at its end: `từ X, tỉnh Y đến Z`."""
        after = self._token(1)
        place = self.phrase.place(after.start) if after is not None and self.opened else None
        if (
            place is None
            or self.phrase.cue(
                self.phrase.tokens[min(self.phrase.at(place.end), len(self.phrase.tokens) - 1)].start, "route"
            )
            is None
        ):
            return False
        return self._take(self.phrase.at(place.end), named=False)

    def _is_over(self, token: Token) -> bool:
        """Tell whether a word ends the name here."""
        phrase = self.phrase
        link = self._link(token)
        if link is not None:
            return False
        if phrase.place_kind(token.start) is not None or self._phase(token):
            return False
        if phrase.cue(
            token.start, "locative", "issued-by", "name-end", "about-use", "in-year", "deadline", "connection"
        ):
            return True
        told = [v for v in phrase.verb_starts.get(token.start, ()) if v.role != "scheme"]
        if told and not (self._is_act(told) and not self.proper):
            return True
        return self.proper and bool(phrase.cue(token.start, "attribute"))

    def _is_act(self, verbs: list[Match]) -> bool:
        act = self.phrase.cue(verbs[0].start, "act")
        return act is not None and all(verb.end <= act.end for verb in verbs)

    def _link(self, token: Token) -> Match | None:
        """Return the word at `token` that joins two points of a line, when a point follows it."""
        if self.head.kind.key not in LINES:
            return None
        link = self.phrase.cue(token.start, "name-link")
        locative = self.phrase.cue(token.start, "locative")
        if link is None or (locative is not None and locative.end > link.end):
            return None
        joint = link.form in {"và", "với"}
        if (joint and not self.opened) or (self.proper and not self.sided and link.form.startswith(("kết nối", "về"))):
            return None
        after = self.phrase.next(link.end)
        if after is None or self.phrase.text[link.end : after.start].strip():
            return None
        kind = self.phrase.kind(after.start)
        if link.form == "và" and kind is not None:
            return None
        point = is_proper(after) or kind is not None or self.phrase.place_kind(after.start) is not None
        coded = after.kind == "digits" and not self.phrase.analysis.dates(token.start, after.end + 6)
        return link if point or coded or (not self.proper and not joint) else None

    def _phase(self, token: Token) -> int:
        """Return how many words before a number that goes on the name begin at `token`: `giai đoạn 3`, `số 2`."""
        for width in (2, 1):
            run = self.phrase.tokens[self.index : self.index + width + 1]
            if len(run) == width + 1 and " ".join(t.form for t in run[:width]) in _PHASE:
                last = run[-1]
                numbered = last.kind == "digits" or _ROMAN.fullmatch(last.text)
                span = self.phrase.analysis.dates(token.start, last.end + 6)
                return width if numbered and (not span or self.head.kind.key == SCHEME) else 0
        return 0

    def _word(self, token: Token) -> bool:
        """Pass a word in lower case, or a word for a kind of place."""
        phrase = self.phrase
        link = self._link(token)
        if link is not None:
            self.opened = True
            return self._take(phrase.at(link.end), named=False)
        if width := self._phase(token):
            return self._take(self.index + width, named=False)
        kind = phrase.place_kind(token.start)
        if kind is not None:
            return self._place(token, kind)
        return (
            self._narrow(token)
            if not self.proper
            else self._is_titled(token) and self._take(self.index + 1, named=False)
        )

    def _narrow(self, token: Token) -> bool:
        """Pass a word between the kind and the proper name."""
        if self.words > _WORDS:
            return False
        if self.phrase.cue(token.start, "name-level"):
            return self._at_level(token)
        self.words += 1
        return self._take(self.index + 1, named=False)

    def _is_titled(self, token: Token) -> bool:
        """Tell whether a lower-case word stands between the words of a title: `Chủ tịch Hồ Chí Minh`."""
        before, after = self.phrase.tokens[self.index - 1], self._token(1)
        first = self.phrase.tokens[self.phrase.at(self.stem)]
        titled = after is not None and is_proper(after) and before.start == first.start and is_proper(before)
        return titled and self.phrase.text[before.end : token.start].isspace()

    def _inner(self, inner: Match) -> bool:
        """Pass another kind of work inside the name: `nút giao Nam cầu Bính`."""
        after = self.phrase.next(inner.end)
        named = (
            after is not None
            and (is_proper(after) or after.kind == "digits")
            and self.phrase.text[inner.end : after.start].isspace()
        )
        if not self.proper or named or self._is_last_joined():
            return self._take(self.phrase.at(inner.end), named=self.proper and not named)
        if len(self.phrase.tokens[self.index : self.phrase.at(inner.end)]) == 1 and not named:
            return self._take(self.phrase.at(inner.end), named=True) and False
        return False

    def _is_last_joined(self) -> bool:
        before = self.phrase.tokens[self.index - 1]
        return before.text in DASHES

    def _place(self, token: Token, kind: Match) -> bool:
        """Pass a word for a kind of place inside the name: `CCN thị trấn Tiên Lãng`, `cầu sông Hóa`."""
        phrase = self.phrase
        named = phrase.place(token.start)
        natural = named is not None and named.concept.first("gsoCode") is None
        joined = phrase.cue_before(token.start, "name-link") is not None or self._is_last_joined()
        if self.proper and not natural and not joined:
            return False
        after = phrase.next(kind.end)
        if named is not None and named.end > kind.end:
            if not self.proper:
                self.stem = token.start
            self.proper = True
            return self._take(phrase.at(named.end), named=True)
        if after is not None and is_proper(after) and not phrase.text[kind.end : after.start].strip():
            return self._take(phrase.at(kind.end), named=False)
        if phrase.cue(token.start, "name-level") and not self.proper and not self._goes_on(kind.end):
            return self._at_level(token)
        if self.proper or self.words > _WORDS:
            return False
        self.words += 1
        return self._take(phrase.at(kind.end), named=False)

    def _goes_on(self, end: int) -> bool:
        """Tell whether a line goes on to a further point after a level (`đường từ trung tâm huyện đi xã …`)."""
        after = self.phrase.next(end)
        return after is not None and self.opened and self._link(after) is not None

    def _at_level(self, token: Token) -> bool:
        """Pass a level, which makes a work the only one of its kind."""
        level = self.phrase.cue(token.start, "name-level")
        if level is None:
            return False
        self.level = True
        self._take(self.phrase.at(level.end), named=True)
        return False


def _inside(phrase: Phrase, head: Head) -> list[Token]:
    return phrase.tokens[phrase.at(head.start) : phrase.at(head.end)]


def _is_code(pair: str) -> bool:
    return bool(re.fullmatch(r"[A-ZĐ]{1,4}\d+", pair))
