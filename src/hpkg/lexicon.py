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

from rdflib import Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SKOS

from hpkg.errors import OntologyError
from hpkg.grammar.confusion import Confusion, skeleton
from hpkg.grammar.word import Token, match_form, tokens
from hpkg.namespaces import BASE, HP
from hpkg.usage import Usage, load_usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hpkg.home import Home

__all__ = ["Concept", "Lexicon", "Match", "Role", "load_lexicon"]

Role = Literal["label", "slip", "figure", "part", "content", "decoy", "scheme"]

_ROLES: Final[dict[URIRef, Role]] = {
    SKOS.prefLabel: "label",
    SKOS.altLabel: "label",
    SKOS.hiddenLabel: "slip",
    HP.figureWord: "figure",
    HP.partWord: "part",
    HP.contentWord: "content",
    HP.decoyWord: "decoy",
    HP.schemeWord: "scheme",
}

_USUAL: Final = 8
"""A form that stands in as many texts is a word of the language."""

_APART: Final = frozenset({"cue", "section-role"})
"""Schemes whose concepts are looked for one by one, since a longer word of one may hold a word of another."""


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


class _Node:
    """A node of the word trie: what ends here, and which tokens may follow."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends: list[tuple[Concept, Role, str]] = []
        self.next: dict[str, _Node] = {}


class Lexicon:
    """All concepts, by IRI, by scheme and key, and by the words that express them."""

    def __init__(
        self, worded: Iterable[tuple[Concept, Sequence[tuple[Role, str]]]], usage: Usage | None = None
    ) -> None:
        """Index `worded`: each concept with the roles and forms of its words; `usage` counts those of the language."""
        self.usage = usage or Usage("", "")
        self._beside: set[tuple[str, str]] = set()
        self._capitals: dict[str, list[str]] = defaultdict(list)
        self._by_iri: dict[str, Concept] = {}
        self._by_scheme: dict[str, dict[str, Concept]] = defaultdict(dict)
        self._tries: dict[str, _Node] = defaultdict(_Node)
        self._forms: dict[str, list[str]] = {}
        for concept, words in worded:
            self._by_iri[concept.iri] = concept
            self._by_scheme[concept.scheme][concept.key] = concept
            self._forms[concept.iri] = [form for role, form in words if role == "label"]
            for role, form in words:
                self._add(concept, role, form)

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
        return self._by_iri.get(iri)

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
        return self._forms.get(concept.iri, [])

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
        root = self._tries.get(scheme)
        return [] if root is None else list(self._walk(run, root))

    def _walk(self, run: Sequence[Token], root: _Node) -> Iterator[Match]:
        at = 0
        while at < len(run):
            node, best = root, (0, root)
            for ahead in range(at, len(run)):
                following = node.next.get(run[ahead].form)
                if following is None:
                    break
                node = following
                if node.ends:
                    best = (ahead + 1, node)
            stop, found = best
            if not stop:
                at += 1
                continue
            for concept, role, form in found.ends:
                yield Match(concept, role, form, run[at].start, run[stop - 1].end, at, stop)
            at = stop


def load_lexicon(home: Home) -> Lexicon:
    """Return the lexicon of `home`: its vocabularies and its reference data.

    Raises:
        OntologyError: A file is missing or is no Turtle.
    """
    files = (*sorted((home.ontology / "vocab").glob("*.ttl")), *sorted((home.graph / "reference").glob("*.ttl")))
    return _load(tuple((path, path.stat().st_mtime_ns) for path in files), load_usage(home))


@lru_cache(maxsize=4)
def _load(stamped: tuple[tuple[Path, int], ...], usage: Usage) -> Lexicon:
    worded: list[tuple[Concept, list[tuple[Role, str]]]] = []
    for path, _ in stamped:
        graph = Graph()
        try:
            graph.parse(path, format="turtle")
        except Exception as cause:  # the parser raises several unrelated classes
            raise OntologyError("turtle-broken", where=str(path), reason=str(cause).splitlines()[0]) from cause
        worded += (
            _read_concept(graph, subject) for subject in sorted(set(graph.subjects(SKOS.prefLabel, None)), key=str)
        )
    return Lexicon(worded, usage)


def _read_concept(graph: Graph, subject: object) -> tuple[Concept, list[tuple[Role, str]]]:
    """Return the concept that `graph` describes as `subject`, and its Vietnamese words, right forms first."""
    node = URIRef(str(subject))
    scheme, _, key = str(node).removeprefix(f"{BASE}id/").partition("/")
    words: list[tuple[Role, str]] = []
    links: dict[str, list[str]] = defaultdict(list)
    labels = {"vi": "", "en": ""}
    kinds: set[str] = set()
    for predicate, value in sorted(graph.predicate_objects(node), key=lambda pair: (str(pair[0]), str(pair[1]))):
        if predicate == RDF.type:
            kinds.add(str(value).rpartition("#")[2])
        elif predicate in _ROLES and isinstance(value, RdfLiteral) and value.language in ("vi", None):
            words.append((_ROLES[URIRef(str(predicate))], str(value)))
        elif isinstance(predicate, URIRef) and predicate.startswith(str(HP)):
            links[predicate.removeprefix(str(HP))].append(str(value))
        if predicate == SKOS.prefLabel and isinstance(value, RdfLiteral) and value.language in labels:
            labels[value.language] = str(value)
        elif predicate == SKOS.notation:
            links["notation"].append(str(value))
    order = list(_ROLES.values())
    words.sort(key=lambda word: (order.index(word[0]), match_form(word[1])))
    concept = Concept(
        iri=str(node),
        scheme=scheme,
        key=key,
        kinds=frozenset(kinds),
        label=labels["vi"] or labels["en"] or key,
        label_en=labels["en"],
        links={name: tuple(values) for name, values in links.items()},
    )
    return concept, words
