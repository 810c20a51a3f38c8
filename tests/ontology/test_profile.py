"""OWL 2 DL: the ontology, its alignments and the vocabularies stay in the profile in which reasoners can be trusted."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import OWL, RDF

from hpkg.reason.profile import profile_violations

PREFIXES = """
@prefix hp: <https://w3id.org/hpkg/def#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DEFECTS = {
    "a cardinality on a transitive property": "hp:District rdfs:subClassOf "
    '[ a owl:Restriction ; owl:onProperty hp:within ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .',
    "a functional property with a chain": "hp:underDirection a owl:FunctionalProperty .",
    "a class that nothing declares": "hp:Task rdfs:subClassOf hp:Undeclared .",
    "a property of both kinds": "hp:value a owl:ObjectProperty .",
    "a range of a foreign datatype": "hp:validFrom rdfs:range xsd:date .",
    "chains in a circle": "hp:within owl:propertyChainAxiom ( hp:locatedIn hp:within ) . "
    "hp:locatedIn owl:propertyChainAxiom ( hp:within hp:locatedIn hp:within ) .",
}
"""What takes the ontology out of OWL 2 DL, each by one statement."""

CHECKER = """
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;

public class Checker {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      var manager = OWLManager.createOWLOntologyManager();
      var report = new OWL2DLProfile().checkOntology(manager.loadOntologyFromOntologyDocument(new java.io.File(file)));
      System.out.println(report.isInProfile());
    }
  }
}
"""


def merged(*graphs: Graph) -> Graph:
    """Return one ontology of `graphs`: the header of the first alone."""
    whole = Graph()
    for graph in graphs:
        whole += graph
    first, *others = (header for graph in graphs for header in graph.subjects(RDF.type, OWL.Ontology))
    for header in others:
        if header != first:
            whole.remove((header, None, None))
    return whole


def test_the_ontology_is_owl_2_dl(ontology: Graph) -> None:
    """The checker of pyHermiT finds no breach in `hpkg.ttl`."""
    assert profile_violations(ontology) == []


def test_the_alignments_keep_it_in_the_profile(ontology: Graph, alignments: Graph) -> None:
    """No alignment makes an annotation property an object property, or a data value an individual."""
    assert profile_violations(merged(ontology, alignments)) == []


def one_of_each(data: Graph) -> Graph:
    """Return one statement of each form in `data`, and the types of what it names: one stands for all."""
    kinds = {node: frozenset(data.objects(node, RDF.type)) for node in set(data.subjects())}
    sample = {}
    for subject, predicate, term in data:
        form = (term.datatype, term.language) if isinstance(term, Literal) else kinds.get(term)
        sample[kinds[subject], predicate, form] = (subject, predicate, term)
    few = Graph()
    few += sample.values()
    for named in {term for statement in sample.values() for term in statement}:
        few += data.triples((named, RDF.type, None))
    return few


def test_vocabularies_and_graphs_keep_it_in_the_profile(ontology: Graph, published: dict[Path, Graph]) -> None:
    """What is published, loaded with the ontology, is OWL 2 DL: one statement of each form stands for all."""
    data = Graph()
    for graph in published.values():
        data += graph
    assert profile_violations(merged(ontology, one_of_each(data))) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_checker_finds_a_planted_defect(ontology: Graph, defect: str) -> None:
    """What leaves the profile is found."""
    spoiled = Graph().parse(data=PREFIXES + DEFECTS[defect]) + ontology
    assert profile_violations(spoiled)


@pytest.mark.skipif(shutil.which("java") is None, reason="the second opinion needs a Java")
def test_the_owl_api_agrees(ontology: Graph, alignments: Graph, tmp_path: Path) -> None:
    """The OWL API, shipped inside owlready2's HermiT, calls both in the profile, and a planted defect out of it."""
    located = importlib.util.find_spec("owlready2")
    assert located is not None
    assert located.origin is not None
    spoiled = Graph().parse(data=PREFIXES + "hp:underDirection a owl:FunctionalProperty .") + ontology
    files = []
    for name, graph in (("alone", ontology), ("aligned", merged(ontology, alignments)), ("spoiled", spoiled)):
        files.append(tmp_path / f"{name}.rdf")
        graph.serialize(files[-1], format="xml")
    (tmp_path / "Checker.java").write_text(CHECKER, "utf-8")
    archive = Path(located.origin).parent / "hermit" / "HermiT.jar"
    # A source file run as a program: `java` compiles it on the way, if it is a whole JDK.
    run = subprocess.run(  # noqa: S603  the command is ours
        ["java", "-cp", str(archive), str(tmp_path / "Checker.java"), *map(str, files)],  # noqa: S607  found above
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if "jdk.compiler" in run.stderr:
        pytest.skip("this Java has no compiler")
    assert run.stdout.split() == ["true", "true", "false"], run.stderr
