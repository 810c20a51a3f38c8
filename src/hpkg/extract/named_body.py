"""Bodies with a name of their own: companies, cooperatives, associations, banks, offices, management boards, centres.

The vocabulary of kinds of organisation gives the word that opens the name; the name goes on over words with a capital
and words for a field or a legal form (`Công ty cổ phần Xi măng Hòn Ngọc`), up to the area that may close it. Not for:
bodies that every area has (`hpkg.extract.area_body`) and those of the reference data.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.section import is_run_in
from hpkg.lexicon import Concept, Match
from hpkg.model import Sentence
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.area_body import AreaBodies
    from hpkg.extract.place import NamedPlace, PlaceReader
    from hpkg.grammar.word import Token
    from hpkg.model import Section

__all__ = ["NamedBodies"]

_OWN: Final = frozenset({"cooperative", "specialised-unit", "department"})
"""Kinds whose bodies belong to the area of the report, whatever their names say."""
_GROUP: Final = "body-group"
_NUMBERED: Final = "armed-forces-body"
"""A kind whose bodies can have a number for a name (`Quân khu 3`)."""
_OPEN: Final = _OWN | {"enterprise", "bank", "association", _NUMBERED}
"""Kinds whose bodies have names of their own."""
_DASHES: Final = frozenset("-–&")
_LONGEST: Final = 160
_MARK: Final = 6
"""How long the mark of a heading is at most."""
_DRESS: Final = " \n\xa0*_"
_NATION: Final = "vn"


class NamedBodies:
    """Reads the bodies of one report that have a name of their own."""

    def __init__(self, analysis: Analysis, places: PlaceReader, bodies: AreaBodies) -> None:
        """Read from `analysis`, with the areas that `places` names; `bodies` knows whose an area is."""
        self._analysis = analysis
        self._places = places
        self._bodies = bodies

    def read(self, leaf: Section | Sentence, *, works: bool) -> Iterator[Match]:
        """Yield the bodies that a heading or sentence names; `works` asks for those whose word also opens works.

        A centre or an institute is a body as well as a house: it is one where it is set to work.
        """
        whole = self._whole(leaf)
        if whole is not None:
            if self._opens_work(whole) is works:
                yield self._match(whole, leaf.start + len(leaf.text.rstrip(_DRESS)))
            return
        at = leaf.start
        for head in self._analysis.matches("organisation-kind", leaf.start, leaf.end):
            if head.start < at or head.role == "decoy" or head.concept.key not in _OPEN or self._is_inside(head):
                continue
            end = self._end(head, min(leaf.end, head.end + _LONGEST))
            if end is None:
                continue
            at = end
            if self._opens_work(head) is works:
                yield self._match(head, end)

    def _is_inside(self, head: Match) -> bool:
        """Tell whether the word goes on a name before it (`Hải Phòng`), or is written as a common noun alone."""
        text = self._analysis.text
        before = self._analysis.tokens(max(0, head.start - 20), head.start)[-1:]
        follows = bool(before) and before[0].kind == "letters" and text[before[0].end : head.start].isspace()
        named = self._places.inside(max(0, head.start - 20), head.end)
        if follows and any(place.start < head.start < place.end for place in named):
            return True
        printed = follows and before[0].text.isupper() and text[head.start : head.end].isupper()
        if printed or self._begins_place(head.start):
            return True
        if text[head.start : head.end].isupper() and not self._is_proper_next(head.end):
            return True  # an abbreviation among common nouns (`doanh nghiệp, HTX sản xuất …`)
        # A single word in small letters is too often the end of another (`xã hội`, `lễ hội`).
        return not text[head.start].isupper() and (head.last - head.first == 1 or not self._is_proper_next(head.end))

    def _begins_place(self, start: int) -> bool:
        """Tell whether a place is named at `start` (`Hội An`)."""
        return any(place.start == start for place in self._places.inside(start, start + _LONGEST)[:1])

    def _is_proper_next(self, at: int) -> bool:
        following = self._analysis.tokens(at, at + 20)[:1]
        if not following or not self._analysis.text[at : following[0].start].isspace():
            return False
        return _is_proper(following[0]) and not following[0].text.isupper()

    def _opens_work(self, head: Match) -> bool:
        kinds = self._analysis.matches("project-kind", head.start, head.end + _LONGEST)
        return any(kind.start == head.start and kind.role != "decoy" for kind in kinds[:1])

    def _end(self, head: Match, stop: int) -> int | None:
        """Return where the name that `head` opens ends, None when it opens none."""
        at, named = head.end, False
        tokens = self._analysis.tokens(head.end, stop)
        words = {cue.start: cue.end for cue in self._analysis.cues("body-word", head.end, stop)}
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if self._analysis.text[at : token.start].strip():
                break
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            place = self._place(token)
            if place is not None and (place.full or named):
                at = place.end
                break
            end = None if named and self._acts(token) else words.get(token.start)
            if end is None and _is_proper(token):
                end = token.end
            numbered = head.concept.key == _NUMBERED and token.kind == "digits" and index == 0
            if end is None and (named or numbered):
                end = self._joined(token, following, words)
            if end is None:
                at = self._with_level(token, at) if named else at
                break
            named = named or numbered or token.kind == "letters"
            at = end
            while index < len(tokens) and tokens[index].start < at:
                index += 1
        return at if named else None

    def _whole(self, leaf: Section | Sentence) -> Match | None:
        """Return the body whose name is all of a heading, commas too (`5. Trung tâm Văn hóa, thể thao và du lịch`)."""
        analysis = self._analysis
        kinds = analysis.matches("organisation-kind", leaf.start, leaf.end)
        if isinstance(leaf, Sentence) or not kinds or is_run_in(leaf):
            return None
        head, end = kinds[0], leaf.start + len(leaf.text.rstrip(_DRESS))
        marked = analysis.tokens(leaf.start + _MARK, head.start) or analysis.text[end - 1] in ".:;"
        if marked or head.role == "decoy" or head.concept.key not in _OPEN or not self._is_proper_next(head.end):
            return None
        others = any(analysis.text[kind.start].isupper() for kind in kinds[1:])
        others = (
            others or bool(analysis.matches("organisation", head.end, end)) or bool(analysis.numbers(head.end, end))
        )
        return None if others or end - head.end > _LONGEST else head

    def _acts(self, token: Token) -> bool:
        """Tell whether a word in small letters is a verb, which ends a name (`Công ty Sao Mai đầu tư …`)."""
        verbs = self._analysis.cues("task-verb", token.start, token.start + 20)
        return token.text.islower() and any(verb.start == token.start for verb in verbs)

    def _place(self, token: Token) -> NamedPlace | None:
        found = self._places.inside(token.start, token.start + _LONGEST)[:1]
        return found[0] if found and found[0].start == token.start else None

    def _joined(self, token: Token, following: Token | None, words: dict[int, int]) -> int | None:
        """Return where a joint, or a number, ends that the name goes on after: `và`, `-`, `số 3`."""
        if token.kind == "digits":
            return token.end
        if following is None:
            return None
        goes_on = _is_proper(following) or following.start in words
        if token.text in _DASHES:
            return token.end if goes_on else None
        if self._analysis.cues("name-number", token.start, token.end) and following.kind == "digits":
            return following.end
        joints = [cue for cue in self._analysis.cues("conjunction", token.start, token.end) if cue.start == token.start]
        opens = any(
            kind.start == following.start and kind.concept.broadest in (*_OPEN, "department", "ministry")
            for kind in self._analysis.matches("organisation-kind", following.start, following.start + _LONGEST)[:1]
        )
        return token.end if joints and goes_on and not opens else None

    def _with_level(self, token: Token, at: int) -> int:
        """Return where a word for the own area at the end of a name ends (`Trung tâm Y tế huyện`)."""
        kinds = self._analysis.matches("place-kind", token.start, token.start + 20)
        level = next((kind for kind in kinds if kind.start == token.start), None)
        return level.end if level is not None and level.concept.key in self._levels else at

    @cached_property
    def _levels(self) -> frozenset[str]:
        return frozenset({"province", "city", "urban-district", "rural-district", "district-town", "commune", "ward"})

    def of_words(self, head: Match, end: int) -> Match:
        """Return the body that the words from `head` to `end` call by its kind, as one of the report's area.

        What the text of a nation calls so are the bodies of all areas together.
        """
        words = squeeze(self._analysis.text[head.start : end])
        group = self._bodies.is_homeless(head.concept)
        kind = self._analysis.lexicon.get("organisation-kind", _GROUP) if group else head.concept
        meant = Match(kind, head.role, head.form, head.start, head.end, head.first, head.last)
        return self._made(meant, end, (words, words), self._analysis.document.source.area, self._analysis.area)

    def of_party(self, head: Match, body: Match) -> Match:
        """Return the Party committee `head` of the national `body` whose name follows it."""
        label = f"{head.form} {body.concept.label}"
        kind = self._analysis.lexicon.get("organisation-kind", "party-body")
        meant = Match(kind, body.role, head.form, head.start, body.end, head.first, head.last)
        return self._made(meant, body.end, (label, label), _NATION, self._analysis.lexicon.get("place", _NATION))

    def _match(self, head: Match, end: int) -> Match:
        analysis = self._analysis
        label = self._words(head.start, end)
        place = next((one for one in reversed(self._places.inside(head.end, end)) if one.end == end), None)
        province = self._bodies.province_key(place.concept) if place is not None else None
        if place is None or province is None:
            own = head.concept.key in _OWN and (place is None or "Country" not in place.concept.kinds)
            area = analysis.document.source.area if own else _NATION
            return self._made(head, end, (label, label), area, None)
        of_province = "Province" in place.concept.kinds
        words = self._words(head.start, place.start) if of_province else label
        return self._made(head, end, (words, label), province, place.concept)

    def _words(self, start: int, end: int) -> str:
        """Return the name in `start` to `end`, with that of the own district or commune where it only has its kind."""
        said = squeeze(self._analysis.text[start:end])
        kinds = self._analysis.matches("place-kind", start, end)[-1:]
        own = self._bodies.own_unit(kinds[0].concept.key) if kinds and kinds[0].end == end else None
        bare = f" {self._analysis.lexicon.bare_name(own)}" if own is not None else ""
        return f"{said[:1].upper()}{said[1:]}{bare}"

    def _made(self, head: Match, end: int, names: tuple[str, str], area: str, place: Concept | None) -> Match:
        """Return the body with the words for its key and its label `names`."""
        key = f"{area}/{slug(names[0])}"
        iri = str(mint("organisation", key))
        made = self._analysis.lexicon.concept(iri) or Concept(
            iri=iri,
            scheme="organisation",
            key=key,
            kinds=frozenset({"Organisation"}),
            label=names[1],
            links={
                "organisationKind": (str(mint("organisation-kind", head.concept.broadest)),),
                "ofArea": (place.iri,) if place is not None else (),
            },
        )
        return Match(made, "label", names[1], head.start, end, head.first, head.last)


def _is_proper(token: Token) -> bool:
    return token.kind == "letters" and token.text[:1].isupper()
