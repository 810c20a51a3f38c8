"""The words of the reader: labels of the vocabularies and of the reference data, and where a text uses them.

A concept's `skos:prefLabel` and `skos:altLabel` in Vietnamese are its right forms, `skos:hiddenLabel` holds slips
that are mended. `hp:figureWord` names an indicator only beside a number in its unit, `hp:partWord` only beside the
whole it is a part of; `hp:contentWord` holds words of a pillar's subject matter, `hp:decoyWord` phrases that look
like it and are not, `hp:schemeWord` what is said of a scheme alone. Not for: what a match means in a sentence, which is
grammar (`hpkg.extract`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from rdflib.namespace import RDF, SKOS

from hpkg.errors import OntologyError
from hpkg.gazetteer import Gazetteer, Row
from hpkg.grammar.confusion import Confusion, skeleton
from hpkg.grammar.word import Token, match_form, tokens
from hpkg.namespaces import BASE, HP
from hpkg.turtle import Told, read_turtle
from hpkg.usage import Usage, load_usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hpkg.home import Home

__all__ = ["Concept", "Lexicon", "Match", "Role", "Runs", "load_lexicon"]

Role = Literal["label", "slip", "figure", "part", "content", "decoy", "scheme"]

_ROLES: Final[dict[str, Role]] = {
    str(SKOS.prefLabel): "label",
    str(SKOS.altLabel): "label",
    str(SKOS.hiddenLabel): "slip",
    str(HP.figureWord): "figure",
    str(HP.partWord): "part",
    str(HP.contentWord): "content",
    str(HP.decoyWord): "decoy",
    str(HP.schemeWord): "scheme",
}
_PREFERRED: Final = str(SKOS.prefLabel)
_BROADER: Final = str(SKOS.broader)
_NOTATION: Final = str(SKOS.notation)
_TYPE: Final = str(RDF.type)
_TERMS: Final = str(HP)
_PLACE: Final = f"{BASE}id/place/"

_LEVELS: Final = {
    "province": frozenset({"Province"}),
    "district": frozenset({"UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"}),
}
_COMMUNE_CLASSES: Final = {"commune": "Commune", "ward": "Ward", "township": "Township", "special-zone": "SpecialZone"}
_UNIT_KINDS: Final = frozenset(
    {"city", "province", "urban-district", "rural-district", "district-town", "municipal-city", *_COMMUNE_CLASSES}
)
_COMMUNE_DIGITS: Final = 5

_USUAL: Final = 8
"""A form that stands in as many texts is a word of the language."""

_APART: Final = frozenset({"cue", "section-role"})
"""Schemes whose concepts are looked for one by one, since a longer word of one may hold a word of another."""

_UNREAD: Final = frozenset({"asking"})
"""Schemes that are no words of reports."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing or a code that the vocabularies name.

    `links` holds its other properties by local name (`unit`, `within`, `gsoCode`), objects as text, in order.
    """

    iri: str
    scheme: str
    key: str
    kinds: frozenset[str]
    label: str
    label_en: str = ""
    links: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False, compare=False)

    @property
    def broadest(self) -> str:
        """Return the key of the concept that this one is a narrower kind of, else its own."""
        broader = self.first("broader")
        return broader.rpartition("/")[2] if broader else self.key

    def first(self, name: str) -> str | None:
        """Return the first object of property `name`, or None."""
        objects = self.links.get(name)
        return objects[0] if objects else None


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text that names `concept`; offsets are those of the tokens searched."""

    concept: Concept
    role: Role
    form: str
    start: int
    end: int
    first: int
    last: int


class Runs:
    """Runs of tokens and where in them each form stands, so that many words are looked for only where they begin."""

    def __init__(self, runs: Sequence[Sequence[Token]]) -> None:
        """Index `runs`."""
        self.runs = runs
        self.places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        """By form: the number of its run, its place in it, and the form that follows."""
        for number, run in enumerate(runs):
            for at, (form, following) in enumerate(pairwise((*(token.form for token in run), ""))):
                self.places[form].append((number, at, following))

    def beginnings(self, root: _Node) -> list[tuple[int, int, str]]:
        """Return the places, in order, where words of `root` may begin: two forms of one stand there, or all of it."""
        found: list[tuple[int, int, str]] = []
        for form in root.next.keys() & self.places.keys():
            node = root.next[form]
            found += self.places[form] if node.ends else [at for at in self.places[form] if at[2] in node.next]
        return sorted(found)


class _Node:
    """A node of the word trie: what ends here, and which tokens may follow."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends: list[tuple[Concept, Role, str]] = []
        self.next: dict[str, _Node] = {}


class Lexicon:
    """All concepts, by IRI, by scheme and key, and by the words that express them."""

    def __init__(
        self,
        worded: Iterable[tuple[Concept, Sequence[tuple[Role, str]]]],
        usage: Usage | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        """Index `worded`: each concept with the roles and forms of its words.

        `usage` counts the words of the language; the communes are those of `gazetteer`.
        """
        self.usage = usage or Usage("", "")
        self._beside: set[tuple[str, str]] = set()
        self._capitals: dict[str, list[str]] = defaultdict(list)
        self._gazetteer = gazetteer or Gazetteer()
        self._provinces: set[str] = set()
        self._by_iri: dict[str, Concept] = {}
        self._by_scheme: dict[str, dict[str, Concept]] = defaultdict(dict)
        self._tries: dict[str, _Node] = defaultdict(_Node)
        self._words: dict[str, Sequence[tuple[Role, str]]] = {}
        for concept, words in worded:
            self._by_iri[concept.iri] = concept
            self._by_scheme[concept.scheme][concept.key] = concept
            self._words[concept.iri] = words
            for role, form in words:
                self._add(concept, role, form)
        self._name_units()

    def _name_units(self) -> None:
        """Index provinces and districts by what follows the word for their kind, each level by itself."""
        for concept in self._by_scheme["place"].values():
            level = next((level for level, kinds in _LEVELS.items() if concept.kinds & kinds), None)
            for role, form in self._words.get(concept.iri, ()) if level else ():
                run = tokens(form)
                bare = run[self._head_of(run) :]
                self._plant(self._tries[level or ""], concept, role, " ".join(token.form for token in bare))

    def _add(self, concept: Concept, role: Role, form: str) -> None:
        self._plant(self._tries[concept.scheme], concept, role, form)
        if role != "slip":
            run = tokens(form)
            self._beside.update((one.form, other.form) for one, other in pairwise(run))
            for token in run:
                if token.text.isupper() and len(token.text) > 1 and not self.is_abbreviation(token.text):
                    self._capitals[skeleton(token.form)].append(token.text)
        if concept.scheme in _APART:
            self._plant(self._tries[f"{concept.scheme}/{concept.key}"], concept, role, form)

    @staticmethod
    def _plant(node: _Node, concept: Concept, role: Role, form: str) -> None:
        for token in tokens(form):
            node = node.next.setdefault(token.form, _Node())
        if all(known is not concept for known, _, _ in node.ends):
            node.ends.append((concept, role, form))

    def concept(self, iri: str) -> Concept | None:
        """Return the concept of `iri`, or None."""
        found = self._by_iri.get(iri)
        if found is None and iri.startswith(_PLACE):
            self.communes(iri.removeprefix(_PLACE)[:2])
            found = self._by_iri.get(iri)
        return found

    def communes(self, province: str) -> str:
        """Return the scheme that holds the communes of the province with code `province`, by their bare names."""
        scheme = f"commune/{province}"
        if province not in self._provinces:
            self._provinces.add(province)
            for row in self._gazetteer.of(province):
                commune = self._by_iri.get(f"{_PLACE}{row.key}") or self._commune(row)
                self._by_iri[commune.iri] = commune
                self._plant(self._tries[scheme], commune, "label", row.name)
                for role, form in self._words.get(commune.iri, ()):
                    self._plant(self._tries[scheme], commune, role, form)
        return scheme

    def communes_of(self, province: str) -> list[Concept]:
        """Return the states of the communes of the province with code `province`."""
        self.communes(province)
        return [self._by_iri[f"{_PLACE}{row.key}"] for row in self._gazetteer.of(province)]

    def _commune(self, row: Row) -> Concept:
        """Return the concept of a commune that the reference data do not describe."""
        kind = self.get("place-kind", row.kind)
        links = {
            "placeKind": (kind.iri,),
            "gsoCode": (next(part for part in row.key.split("-")[1:] if len(part) == _COMMUNE_DIGITS),),
            "within": (f"{_PLACE}{row.within}",),
            "validFrom": (f"{row.since}T00:00:00Z",) if row.since else (),
            "validTo": (f"{row.until}T23:59:59Z",) if row.until else (),
            "succeededBy": tuple(f"{_PLACE}{key}" for key in row.then),
            "endedBy": (row.last,) if row.last else (),
        }
        label = f"{kind.label[:1].upper()}{kind.label[1:]} {row.name}"
        return Concept(
            iri=f"{_PLACE}{row.key}",
            scheme="commune",
            key=row.key,
            kinds=frozenset({_COMMUNE_CLASSES[row.kind]}),
            label=label,
            label_en=f"{row.name} {kind.label_en}",
            links={name: values for name, values in links.items() if values},
        )

    def get(self, scheme: str, key: str) -> Concept:
        """Return the concept of `scheme` with notation `key`.

        Raises:
            OntologyError: The vocabulary has no such concept.
        """
        try:
            return self._by_scheme[scheme][key]
        except KeyError:
            raise OntologyError("concept-missing", where=scheme, key=key) from None

    def forms(self, concept: Concept) -> list[str]:
        """Return the right forms of the words of `concept`."""
        return [form for role, form in self._words.get(concept.iri, ()) if role == "label"]

    def stand_together(self, one: str, other: str) -> bool:
        """Tell whether a right form holds the two words side by side."""
        return (one, other) in self._beside

    def is_abbreviation(self, text: str) -> bool:
        """Tell whether a right form holds `text`, all capitals, as a word."""
        return text in self.abbreviations(skeleton(text.lower()))

    def abbreviations(self, bare: str) -> list[str]:
        """Return the abbreviations of right forms that are `bare` without their marks, in small letters."""
        return self._capitals.get(bare, [])

    @cached_property
    def confusion(self) -> Confusion:
        """Return which usual syllables a slip may stand for."""
        usage = self.usage
        return Confusion(form for form in usage.forms if usage.alone(form) >= _USUAL)

    def all(self, scheme: str) -> list[Concept]:
        """Return the concepts of `scheme` in order of their keys."""
        return [concept for _, concept in sorted(self._by_scheme.get(scheme, {}).items())]

    def find(self, run: Sequence[Token], scheme: str) -> list[Match]:
        """Return where `run` names a concept of `scheme`: the longest from the left, none overlapping another.

        Several concepts can share the words; then each has its match at the same place.
        """
        return self.find_all(Runs([run]), scheme)

    def find_all(self, said: Runs, scheme: str) -> list[Match]:
        """Return what `find` finds in each of the runs, in order."""
        root = self._tries.get(scheme)
        if root is None:
            return []
        found: list[Match] = []
        free = (0, 0)
        for number, at, _ in said.beginnings(root):
            if (number, at) >= free:
                longest = self._longest(said.runs[number], root, at)
                found += longest
                free = (number, longest[0].last if longest else at)
        return found

    def find_at(self, run: Sequence[Token], scheme: str, at: int, after: Sequence[str] = ()) -> list[Match]:
        """Return what the longest name of `scheme` that begins at token `at` of `run` names; several may share it.

        `after` are the forms of words that the name begins with and the text leaves out (`Sở` in `Sở Tài chính, Y tế`).
        """
        root = self._tries.get(scheme)
        for form in after:
            root = root.next.get(form) if root is not None else None
        return [] if root is None else self._longest(run, root, at)

    def bare_name(self, concept: Concept) -> str:
        """Return the label of a place without the word for its kind that it may begin with."""
        run = tokens(concept.label)
        return concept.label[run[self._head_of(run)].start :]

    def _head_of(self, run: Sequence[Token]) -> int:
        """Return how many words for a kind of unit `run` begins with: none of `Sông Công`, which is a city."""
        heads = [head for head in self.find_at(run, "place-kind", 0) if head.concept.key in _UNIT_KINDS]
        return heads[0].last if heads and heads[0].last < len(run) else 0

    @staticmethod
    def _longest(run: Sequence[Token], root: _Node, at: int) -> list[Match]:
        node, stop, found = root, 0, root
        for ahead in range(at, len(run)):
            following = node.next.get(run[ahead].form)
            if following is None:
                break
            node = following
            if node.ends:
                stop, found = ahead + 1, node
        if not stop:
            return []
        start, end = run[at].start, run[stop - 1].end
        return [Match(concept, role, form, start, end, at, stop) for concept, role, form in found.ends]


def load_lexicon(home: Home) -> Lexicon:
    """Return the lexicon of `home`: its vocabularies and its reference data.

    Raises:
        OntologyError: A file is missing or is no Turtle.
    """
    reference = home.graph / "reference"
    vocabularies = (path for path in (home.ontology / "vocab").glob("*.ttl") if path.stem not in _UNREAD)
    files = (*sorted(vocabularies), *sorted(reference.glob("*.ttl")))
    return _load(_stamped(files), _stamped(sorted(reference.glob("communes-*.tsv"))), load_usage(home))


def _stamped(paths: Iterable[Path]) -> tuple[tuple[Path, int], ...]:
    return tuple((path, path.stat().st_mtime_ns) for path in paths)


@lru_cache(maxsize=4)
def _load(stamped: tuple[tuple[Path, int], ...], tables: tuple[tuple[Path, int], ...], usage: Usage) -> Lexicon:
    told: dict[str, list[Told]] = defaultdict(list)
    for path, _ in stamped:
        try:
            for triple in read_turtle(path):
                told[triple.subject].append(triple)
        except (OSError, ValueError) as cause:
            raise OntologyError("turtle-broken", where=str(path), reason=str(cause).splitlines()[0]) from cause
    worded = [
        _read_concept(subject, triples)
        for subject, triples in sorted(told.items())
        if any(triple.predicate == _PREFERRED for triple in triples)
    ]
    return Lexicon(worded, usage, Gazetteer(path for path, _ in tables))


def _read_concept(subject: str, triples: list[Told]) -> tuple[Concept, list[tuple[Role, str]]]:
    """Return the concept that `triples` describe as `subject`, and its Vietnamese words, right forms first."""
    scheme, _, key = subject.removeprefix(f"{BASE}id/").partition("/")
    words: list[tuple[Role, str]] = []
    links: dict[str, list[str]] = defaultdict(list)
    labels = {"vi": "", "en": ""}
    kinds: set[str] = set()
    for triple in sorted(triples, key=lambda triple: (triple.predicate, triple.value)):
        role = _ROLES.get(triple.predicate)
        if triple.predicate == _TYPE:
            kinds.add(triple.value.rpartition("#")[2])
        elif role is not None and triple.is_literal and triple.language in ("vi", None):
            words.append((role, triple.value))
        elif triple.predicate.startswith(_TERMS):
            links[triple.predicate.removeprefix(_TERMS)].append(triple.value)
        if triple.predicate == _PREFERRED and triple.language in labels:
            labels[triple.language] = triple.value
        elif triple.predicate == _NOTATION:
            links["notation"].append(triple.value)
        elif triple.predicate == _BROADER:
            links["broader"].append(triple.value)
    order = list(_ROLES.values())
    words.sort(key=lambda word: (order.index(word[0]), match_form(word[1])))
    concept = Concept(
        iri=subject,
        scheme=scheme,
        key=key,
        kinds=frozenset(kinds),
        label=labels["vi"] or labels["en"] or key,
        label_en=labels["en"],
        links={name: tuple(values) for name, values in links.items()},
    )
    return concept, words
