"""The vocabularies: every scheme described, every concept labelled, no two of a scheme named alike, SKOS kept."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from hpkg.grammar.word import match_form
from hpkg.namespaces import BASE, HP, fold

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
WORDS = (*LABELS, HP.contentWord, HP.decoyWord, HP.figureWord, HP.levelWord, HP.partWord)
# Words of grammar serve several rules, and a phrase can speak of two fields of policy: there, words may be shared.
SHARING = {"asking", "cue", "section-role", "topic"}
SHARED = {
    ("unit", "luot"): {"job", "visit"},
    ("unit", "lao dong"): {"job", "person"},
    ("unit", "trieu"): {"item-million", "VND-million"},
    # One word for both: `thu, chi ngân sách` speaks of the revenue and of the spending.
    ("indicator", "thu, chi ngan sach"): {"budget-expenditure", "budget-revenue"},
    ("indicator", "thu, chi ngan sach nha nuoc"): {"budget-expenditure", "budget-revenue"},
    ("indicator", "thu - chi ngan sach"): {"budget-expenditure", "budget-revenue"},
}


def concepts(graph: Graph) -> list[URIRef]:
    """Return the concepts of `graph`, in order of their IRIs."""
    return sorted(node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef))


def said(graph: Graph, node: Node, *properties: URIRef, language: str = "vi") -> list[str]:
    """Return the values of `properties` of `node` in `language`."""
    found = (value for name in properties for value in graph.objects(node, name))
    return [str(value) for value in found if isinstance(value, Literal) and value.language == language]


def tail(node: Node) -> str:
    """Return the last part of an IRI."""
    return str(node).rpartition("/")[2]


def shared_labels(graph: Graph) -> dict[str, set[str]]:
    """Return the folded labels that several concepts of `graph` have, with their keys."""
    owners: dict[str, set[str]] = defaultdict(set)
    for node in concepts(graph):
        for label in said(graph, node, *LABELS):
            owners[fold(label)].add(tail(node))
    return {label: keys for label, keys in owners.items() if len(keys) > 1}


def broken_rules(graph: Graph) -> set[str]:
    """Return the names of the integrity conditions of SKOS that `graph` breaks (SKOS Reference, S9 S13 S14 S27 S46)."""
    found = set()
    if set(graph.subjects(RDF.type, SKOS.Concept)) & set(graph.subjects(RDF.type, SKOS.ConceptScheme)):
        found.add("S9")
    for node in set(graph.subjects(SKOS.prefLabel)):
        kinds = [set(graph.objects(node, name)) for name in LABELS]
        if any(one & other for one, other in combinations(kinds, 2)):
            found.add("S13")
        languages = [label.language for label in kinds[0] if isinstance(label, Literal)]
        if len(languages) != len(set(languages)):
            found.add("S14")
    for one, other in graph.subject_objects(SKOS.related):
        if other in set(graph.transitive_objects(one, SKOS.broader)) | set(
            graph.transitive_subjects(SKOS.broader, one)
        ):
            found.add("S27")
    exact = set(graph.subject_objects(SKOS.exactMatch))
    if exact & {*graph.subject_objects(SKOS.broadMatch), *graph.subject_objects(SKOS.relatedMatch)}:
        found.add("S46")
    return found


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def vocabulary(request: pytest.FixtureRequest, published: dict[Path, Graph]) -> tuple[str, Graph]:
    """One scheme: its key, which is the name of its file, and its graph."""
    path: Path = request.param
    return path.stem, published[path]


def test_a_file_describes_its_one_scheme(vocabulary: tuple[str, Graph]) -> None:
    """The scheme bears the name of its file and has title and description in both languages, licence and source."""
    key, graph = vocabulary
    scheme = URIRef(f"{BASE}id/{key}")
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    for name in (DCTERMS.title, DCTERMS.description):
        assert [len(said(graph, scheme, name, language=language)) for language in ("vi", "en")] == [1, 1], name
    assert graph.value(scheme, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert (scheme, DCTERMS.source, None) in graph


def test_every_concept_is_complete(vocabulary: tuple[str, Graph]) -> None:
    """A concept has its class, its scheme, one notation, and one label and one definition in each language."""
    key, graph = vocabulary
    for node in concepts(graph):
        assert node == URIRef(f"{BASE}id/{key}/{tail(node)}")
        assert [kind for kind in graph.objects(node, RDF.type) if str(kind).startswith(str(HP))], node
        assert set(graph.objects(node, SKOS.inScheme)) == {URIRef(f"{BASE}id/{key}")}
        assert len(set(graph.objects(node, SKOS.notation))) == 1
        for name in (SKOS.prefLabel, SKOS.definition):
            assert [len(said(graph, node, name, language=language)) for language in ("vi", "en")] == [1, 1], node


def test_a_notation_is_the_end_of_the_iri(vocabulary: tuple[str, Graph]) -> None:
    """The notation is the last part of the IRI; only the comparators have the sign that is printed."""
    key, graph = vocabulary
    notations = {tail(node): str(graph.value(node, SKOS.notation)) for node in concepts(graph)}
    if key == "comparator":
        assert set(notations.values()) == {"=", "≈", ">", "≥", "<", "≤", "range"}
    else:
        assert all(key == notation for key, notation in notations.items())


def test_a_concept_stands_at_the_top_or_below_another(vocabulary: tuple[str, Graph]) -> None:
    """A concept is a top concept of its scheme or has a broader one there, never both, and no circle is closed."""
    _, graph = vocabulary
    known = set(concepts(graph))
    for node in known:
        above = set(graph.objects(node, SKOS.broader))
        assert bool(above) != ((node, SKOS.topConceptOf, None) in graph), node
        assert above <= known
        assert node not in {far for near in above for far in graph.transitive_objects(near, SKOS.broader)}


def test_no_two_concepts_of_a_scheme_are_named_alike(vocabulary: tuple[str, Graph]) -> None:
    """Without marks and case, a label belongs to one concept of its scheme, but for those listed above."""
    key, graph = vocabulary
    allowed = {label: keys for (scheme, label), keys in SHARED.items() if scheme == key}
    assert key in SHARING or shared_labels(graph) == allowed


def test_a_decoy_hides_no_other_concept(vocabulary: tuple[str, Graph]) -> None:
    """No decoy begins with a label of another concept, which it would keep from being read: the longest words win."""
    _, graph = vocabulary
    labels = [(match_form(label), node) for node in concepts(graph) for label in said(graph, node, *LABELS)]
    for node in concepts(graph):
        for decoy in said(graph, node, HP.decoyWord):
            form = match_form(decoy)
            hidden = [label for label, other in labels if other != node and f"{form} ".startswith(f"{label} ")]
            assert hidden == [], f"{tail(node)}: {decoy}"


def test_words_are_clean_and_said_once(vocabulary: tuple[str, Graph]) -> None:
    """Words have no stray spaces and no empty form, and a concept does not list one form twice in one role."""
    _, graph = vocabulary
    for node in concepts(graph):
        for name in WORDS:
            words = said(graph, node, name)
            assert all(re.fullmatch(r"\S+(?: \S+)*", word) for word in words), node
        decoys = {match_form(word) for word in said(graph, node, HP.decoyWord)}
        assert decoys.isdisjoint(match_form(word) for word in said(graph, node, *LABELS)), node


def test_skos_is_kept(vocabulary: tuple[str, Graph]) -> None:
    """The vocabulary breaks none of the integrity conditions of SKOS."""
    _, graph = vocabulary
    assert broken_rules(graph) == set()


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ("x:a a skos:Concept, skos:ConceptScheme .", "S9"),
        ('x:a skos:prefLabel "cầu"@vi ; skos:altLabel "cầu"@vi .', "S13"),
        ('x:a skos:prefLabel "cầu"@vi, "cống"@vi .', "S14"),
        ("x:a skos:broader x:b ; skos:related x:b .", "S27"),
        ("x:a skos:exactMatch x:b ; skos:broadMatch x:b .", "S46"),
    ],
)
def test_a_broken_integrity_condition_is_seen(turtle: str, rule: str) -> None:
    """Each condition of SKOS is found broken where it is broken."""
    prefixes = f"@prefix skos: <{SKOS}> . @prefix x: <https://example.org/> . "
    assert broken_rules(Graph().parse(data=prefixes + turtle, format="turtle")) == {rule}


def test_a_shared_label_is_seen() -> None:
    """Labels that differ in marks and case only count as the same."""
    graph = Graph()
    for key, label in (("a", "Cầu Tre"), ("b", "cau tre")):
        graph.add((URIRef(f"https://example.org/{key}"), RDF.type, SKOS.Concept))
        graph.add((URIRef(f"https://example.org/{key}"), SKOS.altLabel, Literal(label, "vi")))
    assert shared_labels(graph) == {"cau tre": {"a", "b"}}


def test_every_scheme_of_the_data_model_has_a_file() -> None:
    """The table of schemes in the data model names the files that are there, and no other."""
    page = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    table = page.partition("| scheme (file) |")[2].partition("\n\n")[0]
    named = {line.split("|")[1].strip() for line in table.splitlines()[2:] if line.startswith("|")}
    assert named - {"organisation"} <= {path.stem for path in FILES}
    assert {path.stem for path in FILES} - named <= {"rule"}
