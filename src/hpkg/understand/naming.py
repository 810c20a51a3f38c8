"""Names of things in a question: values that the parameters of the modules can take.

A value is named by any of its names or keys, with tones or without, or by part of the name of a concept. The search
index knows the names; the graph is asked which parameter takes the thing. Not for: which module is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from hpkg.namespaces import BASE, PREFIXES, fold
from hpkg.questions import choices
from hpkg.search import Field
from hpkg.understand.term import Term, likeness, terms

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from hpkg.messages import Language
    from hpkg.questions import Parameter, Question
    from hpkg.search import Hit, Index, Named
    from hpkg.store import Store

__all__ = ["PART", "UNIT", "Mention", "Names"]

_LONGEST: Final = 14
UNIT: Final = "concept:unit"
_PROJECT: Final = "instance:hp:Project"
_PROJECT_KIND: Final = "concept:project-kind"
_BODY: Final = "instance:hp:Organisation"
_BODY_KIND: Final = "concept:organisation-kind"
_PROJECT_STEP: Final = "project"
_LEFT_OUT: Final = 0.9
"""How sure a project is whose name is said with words left out."""
_LONGEST_PROPER: Final = 4
_LEAST_LEFT: Final = 0.6
"""The part of the words of a name that must be said at least."""
_STATUS: Final = "concept:project-status"
PART: Final = 0.75
"""How sure a value is of whose name only a part is said."""
_LABEL: Final = Field.LABEL.name.lower()
_LEAST_PART: Final = 0.4
_LEAST_ALONE_PART: Final = 0.3
_LEAST_STEM: Final = 4
_UNSPOKEN: Final = 0.85
"""What is left of a mention of a thing that no report speaks of."""
_BROADER: Final = 0.9
"""What is left of a mention for a parameter that takes more than another one."""
_LEAST_ALONE: Final = 5
_RIVALS: Final = 60
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ABOVE: Final = """SELECT DISTINCT ?class WHERE {
  VALUES ?thing { UNDEF }
  { ?thing a/rdfs:subClassOf* ?class } UNION { ?thing rdfs:subClassOf+|rdfs:subPropertyOf+ ?class }
  FILTER(?class != ?thing)
}"""
_COMMON: Final = " ".join(f"<{BASE}id/unit/{key}>" for key in ("person", "times", "hour", "month"))
_MEASURES: Final = f"""SELECT DISTINCT ?unit WHERE {{
  ?unit hp:baseUnit*/hp:qudtUnit ?same
  FILTER NOT EXISTS {{ VALUES ?common {{ {_COMMON} }} ?unit hp:baseUnit ?common }}
}}"""
"""The units of a physical quantity or a currency, but for those of people and time, whose names are everyday words."""
_PLANNED: Final = """SELECT ?planned WHERE {
  VALUES (?status ?stated) { (UNDEF UNDEF) }
  ?status hp:plannedCounterpart ?planned .
  FILTER EXISTS { ?to_be hp:status ?planned ; hp:refPeriod/hp:endYear ?year FILTER(STR(?year) = ?stated) }
  FILTER NOT EXISTS { ?is hp:status ?status ; hp:refPeriod/hp:endYear ?year FILTER(STR(?year) = ?stated) }
}"""
_KINDS: Final = """SELECT ?project WHERE {
  VALUES ?project { UNDEF } VALUES ?kind { UNDEF }
  ?project hp:projectKind ?kind
}"""
_BELOW: Final = "ASK { VALUES (?narrow ?broad) { (UNDEF UNDEF) } ?narrow rdfs:subClassOf+ ?broad }"


@dataclass(frozen=True, slots=True)
class Mention:
    """A value named by a stretch of a question, by places of its terms.

    `type` is that of the parameters that take it, `value` the IRI, or the digits. `sure` tells how well the words fit
    the name, from 0 to 1; `abbreviated`, that the name is an abbreviation in capitals.
    """

    first: int
    last: int
    type: str
    value: str
    sure: float
    abbreviated: bool = False


class Names:
    """The values of all parameters by their names.

    Args:
        store: The graph that holds them.
        questions: The modules whose parameters take them.
        index: The search index of the same graph.
    """

    def __init__(self, store: Store, questions: Iterable[Question], index: Index) -> None:
        """Note the types that there are."""
        self._store = store
        self._index = index
        self._parameters: dict[str, Parameter] = {}
        for question in questions:
            for parameter in question.parameters:
                self._parameters.setdefault(parameter.type, parameter)
        self._kinds = [
            kind.partition(":")[2]
            for kind in self._parameters
            if kind.startswith("concept:") and kind.partition(":")[2] in index.kinds
        ]
        self._types: dict[str, tuple[str, ...]] = {}
        self._looked_up: dict[str, list[Named]] = {}

    @cached_property
    def _years(self) -> frozenset[str]:
        parameter = self._parameters.get("year")
        return frozenset(choice.key for choice in choices(self._store, parameter)) if parameter else frozenset()

    @cached_property
    def _measures(self) -> frozenset[str]:
        return frozenset(str(row["unit"]) for row in self._store.select(_MEASURES))

    def are_all(self, type_: str, values: frozenset[str]) -> bool:
        """Tell whether `values` are several, and all that parameters of a type take."""
        return len(values) > 1 and values == {str(one.term) for one in choices(self._store, self._parameters[type_])}

    def counts(self, mention: Mention) -> bool:
        """Tell whether a mention is a unit whose name is mostly meant otherwise: `bridge`, `rank`, `person`, `year`."""
        return mention.type == UNIT and mention.value not in self._measures

    def measures(self, mention: Mention) -> bool:
        """Tell whether a mention is the unit of a quantity: `tỷ`, `hectares`."""
        return mention.type == UNIT and mention.value in self._measures

    @cached_property
    def _narrower(self) -> dict[str, set[str]]:
        """Return for each type those that take only some of its values: a district is a place."""
        classes = {kind: _class(kind) for kind in self._parameters if kind.startswith("instance:")}
        return {
            kind: {
                other
                for other, narrow in classes.items()
                if other != kind
                and kind in classes
                and self._store.ask(_BELOW, {"narrow": narrow, "broad": classes[kind]})
            }
            for kind in self._parameters
        }

    def mentions(self, asked: Sequence[Term]) -> Iterator[Mention]:
        """Yield the values named in a question, of each type the longest names."""
        toned = any(term.marked for term in asked)
        taken: dict[str, int] = {}
        for first in range(len(asked)):
            if _YEAR.fullmatch(asked[first].folded) and asked[first].folded in self._years:
                yield Mention(first, first + 1, "year", asked[first].folded, 1)
            if asked[first].folded.isdecimal() and "integer" in self._parameters:
                yield Mention(first, first + 1, "integer", asked[first].folded, 1)
            for last in range(min(len(asked), first + _LONGEST), first, -1):
                if last == first + 1 and asked[first].folded.isdecimal():
                    continue
                for kind, mention in self._named(asked, first, last, toned=toned).items():
                    if taken.get(kind, 0) <= first:
                        taken[kind] = last
                        yield mention

    def part(self, text: str, asked: Sequence[Term], first: int, last: int, language: Language) -> Iterator[Mention]:
        """Yield the concepts of which the words from `first` to `last` are part of the name, the best of each type.

        A single Vietnamese syllable is part of many names; it names a concept only where it is in the name of no other.
        """
        said = text[asked[first].start : asked[last - 1].end]
        alone = language == "vi" and last - first == 1
        if alone and len(asked[first].folded) < _LEAST_ALONE:
            return
        stems = {term.stem for term in asked[first:last]}
        marked = {term.toned for term in asked[first:last] if term.marked}
        hits = self._index.containing(said, self._kinds, _RIVALS)
        if language == "en" and len(asked[last - 1].stem) >= _LEAST_STEM:
            stemmed = f"{text[asked[first].start : asked[last - 1].start]}{asked[last - 1].stem}"
            hits = (*hits, *self._index.containing(stemmed, self._kinds, _RIVALS, begun=True))
        least = _LEAST_ALONE_PART if alone else _LEAST_PART
        for kind, rivals in _by_kind(hits).items():
            names = [terms(hit.text) for hit in rivals]
            parts = [
                (bool(hit.reports), (last - first) / len(name), hit.field == _LABEL, self._times(said, hit.iri), -place)
                for place, (hit, name) in enumerate(zip(rivals, names, strict=True))
                if marked.issubset(term.toned for term in name) and stems.issubset(term.stem for term in name)
            ]
            parts = [part for part in parts if part[1] >= least]
            if parts and not (alone and len(rivals) > 1):
                yield Mention(first, last, f"concept:{kind}", rivals[-max(parts)[-1]].iri, PART)

    def _times(self, said: str, iri: str) -> int:
        """Return in how many names of a thing words stand: what they are mostly part of is what they mean."""
        wanted = [term.folded for term in terms(said)]
        names = ([term.folded for term in terms(name)] for name in self._index.names_of(iri))
        return sum(set(wanted) <= set(name) for name in names)

    def of_kinds(self, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the bodies that bear the name of the kind that is named, if in the other language: `Health Department`.

        Of the bodies of that name the only one that reports speak of.
        """
        bodies = [one for one in mentions if one.type == _BODY]
        for kind in (one for one in mentions if one.type == _BODY_KIND and one.last - one.first > 1):
            if any(one.first < kind.last and kind.first < one.last for one in bodies):
                continue
            called = (" ".join(term.folded for term in terms(name)) for name in self._index.names_of(kind.value))
            named = {one.iri: one for said in called for one in self._index.named(said) if one.spoken}
            found = [iri for iri, one in named.items() if _BODY in self._types_of(one)]
            if len(found) == 1:
                yield replace(kind, type=_BODY, value=found[0], sure=kind.sure * _LEFT_OUT)

    def shortened(self, text: str, asked: Sequence[Term], mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the projects whose names are said with words left out: `khu đô thị Bắc Sông Cấm`, without `mới`.

        Such a name begins with the kind of the project and ends as the full one; the longest counts, if one project
        has it.
        """
        if _PROJECT not in self._parameters:
            return
        for kind in (one for one in mentions if one.type == _PROJECT_KIND):
            if any(one.type == _PROJECT and one.first <= kind.first < one.last for one in mentions):
                continue
            for last in range(min(len(asked), kind.first + _LONGEST), kind.last, -1):
                said = asked[kind.first : last]
                hits = self._index.containing(text[said[0].start : said[-1].end], (_PROJECT_STEP,), _RIVALS)
                found = {hit.iri for hit in hits if _leaves_out(said, terms(hit.text))}
                if found:
                    if len(found) == 1:
                        yield Mention(kind.first, last, _PROJECT, found.pop(), _LEFT_OUT)
                    break

    def proper(
        self, text: str, asked: Sequence[Term], mentions: Sequence[Mention], known: Container[int]
    ) -> Iterator[Mention]:
        """Yield the projects of whose names only the proper part is said: `Aeon Mall`, `Xuan Cau industrial park`.

        What is the name of a place as well, or a single short word, names a project only beside the word for its kind,
        which may also stand in another language. Of several projects it is the one of that kind, else the one that the
        others are part of.

        Args:
            text: The question.
            asked: Its words.
            mentions: What is named in full.
            known: The places of words that mean something of their own.
        """
        if _PROJECT not in self._parameters:
            return
        places = {place for one in mentions if one.type == _PROJECT for place in range(one.first, one.last)}
        first = 0
        while first < len(asked):
            for last in range(min(len(asked), first + _LONGEST_PROPER), first, -1):
                if places & set(range(first, last)) or all(place in known for place in range(first, last)):
                    continue
                found = self._properly(text, asked, first, last, mentions)
                if found:
                    yield found
                    first = last - 1
                    break
            first += 1

    def _properly(
        self, text: str, asked: Sequence[Term], first: int, last: int, mentions: Sequence[Mention]
    ) -> Mention | None:
        """Return the project of whose name the words from `first` to `last` are the proper part."""
        some = asked[first:last]
        kinds = [one for one in mentions if one.type == _PROJECT_KIND and (one.last == first or one.first == last)]
        alone = last - first == 1 and (len(some[0].folded) < _LEAST_ALONE or not some[0].folded.isalpha())
        elsewhere = any(one.first <= first and last <= one.last for one in mentions if one.type != _PROJECT_KIND)
        if not kinds and (alone or elsewhere or (last - first == 1 and not self._names_one(some[0]))):
            return None
        hits = self._index.containing(text[some[0].start : some[-1].end], (_PROJECT_STEP,), _RIVALS)
        found = {hit.iri: hit.text for hit in hits if _is_proper(some, hit.text)}
        for kind in kinds if found else ():
            of_kind = self._of_kind(found, kind.value)
            if whole := _whole({iri: found[iri] for iri in of_kind}):
                return Mention(min(first, kind.first), max(last, kind.last), _PROJECT, whole, _LEFT_OUT)
        whole = "" if alone or elsewhere else _whole(found)
        return Mention(first, last, _PROJECT, whole, _LEFT_OUT) if whole else None

    def _names_one(self, term: Term) -> bool:
        """Tell whether a word is that of one name alone, whatever kind of thing it names."""
        return not self._index.named(term.folded)

    def _of_kind(self, projects: Iterable[str], kind: str) -> set[str]:
        """Return those of `projects` that are of a kind."""
        values = " ".join(f"<{iri}>" for iri in projects)
        rows = self._store.select(_KINDS.replace("UNDEF", values, 1), {"kind": URIRef(kind)})
        return {str(row["project"]) for row in rows}

    def reported(self, given: Sequence[tuple[Parameter, Mention]]) -> list[tuple[Parameter, Mention]]:
        """Return values with statuses as they are in their year: what begins in the year of a plan is to begin.

        A status that nothing has in the year becomes its counterpart in plans, where something has that.
        """
        year = next((mention.value for parameter, mention in given if parameter.type == "year"), "")
        result = []
        for parameter, mention in given:
            asked = {"status": URIRef(mention.value), "stated": Literal(year)}
            planned = self._store.select(_PLANNED, asked) if year and parameter.type == _STATUS else ()
            other = next((str(row["planned"]) for row in planned), mention.value)
            result.append((parameter, replace(mention, value=other)))
        return result

    def written(self, mention: Mention, language: Language) -> tuple[str, str]:
        """Return what a person would write for the value of `mention`, and its name in `language`.

        A concept is written by its key, another thing by its name where nothing else has it, else by its IRI.
        """
        if not mention.value.startswith(BASE):
            return mention.value, mention.value
        vi, en = self._index.labels(mention.value)
        label = (vi or en) if language == "vi" else (en or vi)
        if not mention.type.startswith("instance:"):
            return _step(mention.value), label
        for said in (_step(mention.value), vi):
            named = self._index.named(" ".join(term.folded for term in terms(said)))
            if {one.iri for one in named if mention.type in self._types_of(one)} == {mention.value} and (
                " " in said or "." in said
            ):
                return said, label
        return mention.value, label

    def subjects(self, texts: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the values that texts of a module themselves name, by type."""
        found: dict[str, frozenset[str]] = {}
        for text in texts:
            for mention in self.mentions(terms(text)):
                found[mention.type] = found.get(mention.type, frozenset()) | {mention.value}
        return found

    def _named(self, asked: Sequence[Term], first: int, last: int, *, toned: bool) -> dict[str, Mention]:
        """Return the value that the words from `first` to `last` name, by the types of parameters that take it."""
        some = asked[first:last]
        best: dict[str, Mention] = {}
        found = self._lookup(some)
        # `PCI` is the key of an index, and a word of a field.
        called = len(some) == 1 and any(_step(named.iri) == some[0].folded for named in found)
        for named in found:
            known = terms(named.name)
            like = min(likeness(term, other, in_toned=toned) for term, other in zip(some, known, strict=True))
            for kind in self._types_of(named) if like else ():
                if called and kind.startswith("concept:") and _step(named.iri) != some[0].folded:
                    continue
                rival = best.get(kind)
                # Names come with what the reports speak of first.
                if kind.startswith("instance:") and not named.spoken:
                    like *= _UNSPOKEN
                if rival is None or like > rival.sure:
                    best[kind] = Mention(first, last, kind, named.iri, like, named.name.isupper())
        return {
            kind: replace(mention, sure=mention.sure * _BROADER) if best.keys() & self._narrower[kind] else mention
            for kind, mention in best.items()
        }

    def _lookup(self, some: Sequence[Term]) -> list[Named]:
        """Return what is named by these words, in the number they have or another one."""
        *before, end = (term.folded for term in some)
        found: list[Named] = []
        for ending in dict.fromkeys((end, end.removesuffix("s") or end, some[-1].stem, f"{end}s")):
            said = " ".join((*before, ending))
            if said not in self._looked_up:
                self._looked_up[said] = self._index.named(said)
            found += self._looked_up[said]
        return found

    def _types_of(self, named: Named) -> tuple[str, ...]:
        """Return the types of parameters that take a thing."""
        if named.iri not in self._types:
            above = {str(row["class"]) for row in self._store.select(_ABOVE, {"thing": URIRef(named.iri)})}
            self._types[named.iri] = tuple(kind for kind in self._parameters if _takes(kind, named, above))
        return self._types[named.iri]


def _leaves_out(said: Sequence[Term], name: Sequence[Term]) -> bool:
    """Tell whether words are those of a name in their order, from its first to its last, with few left out.

    >>> _leaves_out(terms("cầu Bến Rừng"), terms("cầu cũ Bến Rừng")), _leaves_out(terms("cầu Rừng"), terms("Rừng cầu"))
    (True, False)
    """
    rest = iter(name)
    whole = all(any(term.toned in {other.toned, other.folded} for other in rest) for term in said)
    ends = said[0].folded == name[0].folded and said[-1].folded == name[-1].folded
    return whole and ends and len(said) >= _LEAST_LEFT * len(name)


def _whole(named: Mapping[str, str]) -> str:
    """Return the one of several things that the others are part of, by their names; or nothing.

    >>> _whole({"a": "Khách sạn thuộc Khu Đồi Rồng", "b": "Khu Đồi Rồng"}), _whole({"a": "Cầu Dinh", "b": "Cảng Dinh"})
    ('b', '')
    """
    shortest = min(named, key=lambda iri: len(named[iri]), default="")
    return shortest if all(fold(named[shortest]) in fold(name) for name in named.values()) else ""


def _is_proper(said: Sequence[Term], name: str) -> bool:
    """Tell whether words stand side by side in the last run of capitals and numbers of a name, past its first word.

    >>> _is_proper(terms("doi rong"), "Khu Du lịch Quốc tế Đồi Rồng"), _is_proper(terms("rao 1"), "Cầu Rào 1")
    (True, True)
    >>> _is_proper(terms("quoc te"), "Khu Du lịch Quốc tế Đồi Rồng"), _is_proper(terms("cau"), "Cầu Rào 1")
    (False, False)
    """
    known = terms(name)
    start = len(known)
    while start > 1 and (name[known[start - 1].start].isupper() or name[known[start - 1].start].isdigit()):
        start -= 1
    run = known[start:]
    return any(
        all(term.toned in {other.toned, other.folded} for term, other in zip(said, run[place:], strict=False))
        for place in range(len(run) - len(said) + 1)
    )


def _takes(type_: str, named: Named, above: set[str]) -> bool:
    """Tell whether a type of parameters takes a thing that lies below the classes and properties `above`."""
    kind, _, of = type_.partition(":")
    if kind == "concept":
        return named.kind == of
    if kind not in {"instance", "subclass", "subproperty"} or (named.kind == "term") != (kind != "instance"):
        return False
    return str(_class(type_)) in above


def _by_kind(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit)
    return found


def _class(type_: str) -> URIRef:
    """Return the class or property that a type of parameters speaks of: `instance:hp:District`."""
    prefix, _, local = type_.partition(":")[2].partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _step(iri: str) -> str:
    """Return the last step of an IRI as a key: `port-logistics`, `Target` → `target`.

    >>> _step("https://w3id.org/hpkg/def#PlannedValue")
    'planned-value'
    """
    step = iri.rpartition("/")[2]
    if "#" not in step:
        return step
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in step.partition("#")[2]).lstrip("-")
