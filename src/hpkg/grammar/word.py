"""Vietnamese syllables in a text: where they stand, the form they are matched by, whether they can be one.

Vietnamese writes each syllable apart, so a token of letters is a syllable, an abbreviation or a foreign word. Offsets
are code points of the text as given, whatever its Unicode normalisation. Not for: what a word means (`hpkg.lexicon`),
search without tone marks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

__all__ = ["Folded", "Token", "fold", "has_lookalike", "is_syllable", "match_form", "spell", "tokens"]

TokenKind = Literal["letters", "digits", "sign"]

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = "\u0301\u0323"
_VOWELS = "aăâeêioôơuưy"
_QUALIFIED = "ăâêôơư"
_GLIDING = ("oa", "oe", "uy")
_LONGEST_SYLLABLE = 7
_LONGEST_RUN = 40
_LONGEST_PHRASE = 200

_SAME_LETTERS = str.maketrans("ƣƢÐðƉɖ", "ưƯĐđĐđ")
_SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys(
            "\t\v\f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
    }
)

_LETTER = r"[^\W\d_\u00bc-\u00be\u2080-\u2089\u2150-\u218b\u2460-\u249b]"
_LETTERS = re.compile(rf"(?:{_LETTER}[\u0300-\u036f\u00ad\u200c\u200d\u2060]*)+")
_TOKEN = re.compile(rf"(?P<letters>{_LETTERS.pattern})|(?P<digits>\d+)|(?P<sign>[^\s\u200b\ufeff])")
_TURN = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a run of digits or one other sign; `text[start:end]` is what the source prints."""

    start: int
    end: int
    text: str
    form: str
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one spelling for matching, and the way back to the offsets of the text it was made from."""

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of `self.text[start:end]`."""
        if self.offsets is None:
            return start, end
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self._end(end)

    def _end(self, end: int) -> int:
        """Return where the original of the character before `end` ends; a mark never parts from its letter."""
        offsets = self.offsets or ()
        last = offsets[end - 1]
        while offsets[end] == last:
            end += 1
        return offsets[end]


@lru_cache(maxsize=1024)
def fold(text: str, *, keep_case: bool = False) -> Folded:
    """Return `text` with one spelling for what is written in several.

    Composed letters (NFC), lower case unless `keep_case`, tone marks in the older place (`hoà` is `hòa`, `uỷ` is
    `ủy`), Vietnamese letters for their look-alikes (`ƣ` is `ư`), `-` for all dashes, plain quotes, a plain space for
    all spaces inside a line, plain digits for raised ones. Line ends stay.

    >>> folded = fold("Uỷ ban – HÒA")
    >>> folded.text, folded.span(0, 2)
    ('ủy ban - hòa', (0, 2))
    """
    composed, offsets = _compose(text.translate(_SAME_LETTERS))
    same = composed.translate(_SAME_SIGNS)
    if not keep_case:
        same = _lower(same)
    return Folded(_place_tones(same), offsets)


def spell(text: str) -> str:
    """Return `text` in the letters of Vietnamese: composed (NFC), and right ones for those that look alike.

    >>> spell("Ðƣờng")
    'Đường'
    """
    return unicodedata.normalize("NFC", text.translate(_SAME_LETTERS))


def has_lookalike(text: str) -> bool:
    """Tell whether `text` has a letter of another alphabet that looks like one of Vietnamese."""
    return text.translate(_SAME_LETTERS) != text


def _compose(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Return `text` in NFC, and the offset in `text` of each of its characters and of its end; None when the same."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    starts = [0, *(i for i, char in enumerate(text) if i and not unicodedata.combining(char)), len(text)]
    parts: list[str] = []
    offsets: list[int] = []
    for start, end in pairwise(starts):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        offsets += [min(start + index, end - 1) for index in range(len(part))]
    return "".join(parts), (*offsets, len(text))


def _lower(text: str) -> str:
    """Return `text` in lower case with as many characters as before."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _place_tones(text: str) -> str:
    """Return `text` with tone marks in place; a run of letters too long for a syllable stays."""
    words = {word for word in _LETTERS.findall(text) if len(word) <= _LONGEST_SYLLABLE and not word.isascii()}
    placed = {word: right for word in words if (right := _place_tone(word)) != word}
    return _LETTERS.sub(lambda run: placed.get(run[0], run[0]), text) if placed else text


@lru_cache(maxsize=16384)
def _place_tone(word: str) -> str:
    """Return `word` with its tone mark on the vowel that carries it; as it is when not shaped like a syllable."""
    parted = _part_tone(word)
    if parted is None or not parted[1]:
        return word
    bare, tone = parted
    place = _tone_place(_lower(bare))
    return (
        word if place is None else bare[:place] + unicodedata.normalize("NFC", bare[place] + tone) + bare[place + 1 :]
    )


def _part_tone(word: str) -> tuple[str, str] | None:
    """Return `word` without its tone mark, and the mark or nothing; None when several or loose, or on no vowel."""
    bare = []
    found = ""
    for char in word:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in marks if mark in _TONES)
        found += tone
        plain = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)) if tone else char
        if len(plain) != 1 or (tone and plain.lower() not in _VOWELS):
            return None
        bare.append(plain)
    return ("".join(bare), found) if len(found) <= 1 else None


def _tone_place(bare: str) -> int | None:
    """Return the index of the vowel that carries the tone in a lower-case syllable without one."""
    start = next((i for i, char in enumerate(bare) if char in _VOWELS), None)
    if start is None:
        return None
    if bare[start - 1 : start + 1] in ("qu", "gi") and start > 0 and bare[start + 1 : start + 2] in tuple(_VOWELS):
        start += 1
    end = start
    while end < len(bare) and bare[end] in _VOWELS:
        end += 1
    if any(char in _VOWELS for char in bare[end:]):
        return None
    nucleus = bare[start:end]
    qualified = [start + i for i, char in enumerate(nucleus) if char in _QUALIFIED]
    if qualified:
        return qualified[-1]
    return start + _plain_place(nucleus, closed=end < len(bare))


def _plain_place(nucleus: str, *, closed: bool) -> int:
    """Return the index of the vowel that carries the tone among vowels without a hat, hook or breve."""
    if len(nucleus) > 2:  # noqa: PLR2004 - three vowels: `oai`, `uya`
        return 1
    return 1 if closed and nucleus in _GLIDING else 0


def match_form(text: str) -> str:
    """Return the form by which `text` is matched: folded as `fold` does, each run of white space one space.

    >>> match_form("Uỷ ban  nhân dân") == match_form("ỦY BAN nhân dân")
    True
    >>> match_form("quí") == match_form("quý")
    False
    """
    return " ".join(fold(text).text.split())


def tokens(text: str) -> list[Token]:
    """Return the letters, digits and other signs of `text` in order; white space is left out.

    Words that were run together are parted where two syllables, or an abbreviation and a syllable, meet.

    >>> [token.text for token in tokens("GRDPđạt41%, 5,5m²/người")]
    ['GRDP', 'đạt', '41', '%', ',', '5', ',', '5', 'm', '²', '/', 'người']
    """
    return list(_phrase_tokens(text)) if len(text) <= _LONGEST_PHRASE else _find_tokens(text)


@lru_cache(maxsize=4096)
def _phrase_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a name or a phrase, which rules look at again and again."""
    return tuple(_find_tokens(text))


def _find_tokens(text: str) -> list[Token]:
    folded = fold(text, keep_case=True)
    forms = _lower(folded.text)
    found: list[Token] = []
    for match in _TOKEN.finditer(folded.text):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment] # the groups are the kinds
        first, last = match.span()
        seam = first + _seam(match[0]) if kind == "letters" else first
        for left, right in ((first, seam), (seam, last)):
            if left < right:
                start, end = folded.span(left, right)
                found.append(Token(start, end, text[start:end], forms[left:right], kind))
    return found


@lru_cache(maxsize=16384)
def _seam(word: str) -> int:
    """Return where two words that were run together meet, or 0."""
    if len(word) > _LONGEST_RUN or word.islower() or word.isupper() or word.istitle():
        return 0
    turns = (turn.start() for turn in _TURN.finditer(word))
    return next((turn for turn in turns if _meet(word[:turn], word[turn:])), 0)


def _meet(head: str, tail: str) -> bool:
    """Tell whether case and spelling show `head` and `tail` to be two words."""
    if _is_abbreviation(head):
        return tail[1:].islower() and is_syllable(tail)
    if head[-1].islower() and tail[0].isupper() and is_syllable(head):
        return _is_abbreviation(tail) or is_syllable(tail)
    return False


def _is_abbreviation(word: str) -> bool:
    """Tell whether `word` is capitals only, and more than one."""
    return len(word) > 1 and word.isupper()


_FRONT = ("e", "ê", "i", "y")
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_ONSETS_BEFORE_Y = "b d h k l m n s t th v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang "
    "oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt "
    "ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya "
    "uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
)
_RIMES_ALONE = "y yêm yên yêng yêt yêu"
_AFTER_QU = "i ich in inh it ôc au"


def _fits(onset: str, rime: str) -> bool:
    """Tell whether spelling lets `rime` follow `onset`."""
    front = rime.startswith(_FRONT)
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return not rime.startswith(("e", "ê"))
    return not (onset == "gi" and rime.startswith("i"))


def _bare_syllables() -> frozenset[str]:
    """Return every possible syllable without its tone."""
    rimes = _RIMES.split()
    plain = {onset + rime for onset in ["", *_ONSETS.split()] for rime in rimes if _fits(onset, rime)}
    gliding = {rime[1:] for rime in rimes if rime[:2] in ("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")}
    after_qu = {"qu" + rime for rime in gliding.union(_AFTER_QU.split())}
    with_y = {onset + "y" for onset in _ONSETS_BEFORE_Y.split()}
    return frozenset(plain | after_qu | with_y | set(_RIMES_ALONE.split()))


_SYLLABLES = _bare_syllables()


@lru_cache(maxsize=16384)
def is_syllable(text: str) -> bool:
    """Tell whether `text` is spelled like one Vietnamese syllable: onset, rime and a tone the rime can bear.

    >>> is_syllable("nghiệp"), is_syllable("tiéng"), is_syllable("Covid")
    (True, False, False)
    """
    parted = _part_tone(match_form(text))
    if parted is None:
        return False
    bare, tone = parted
    stopped = bare.endswith(("c", "ch", "p", "t"))
    return bare in _SYLLABLES and (not stopped or (tone != "" and tone in _STOP_TONES))
