"""Description-logic engines: is it consistent, and can every class have a member?

HermiT runs in Java, on ontology and data, from the archive that owlready2 ships; pyHermiT needs no Java and is meant
for the ontology alone (with thousands of individuals it takes minutes). Neither is asked for what follows: that is
`hpkg.reason.entail`. Not for: naming the statements that clash (`hpkg.reason.clash`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final, Literal

import owlready2
import pyhermit
import pyowl_core
import pyowl_core.model as owl
from pyowl_core.config import DocumentFormat, LoadOptions
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

__all__ = ["Verdict", "hermit", "java_free", "snapshot"]

Outcome = Literal["consistent", "inconsistent", "unavailable", "failed"]

_MEMORY_MEGABYTES: Final = 2000
_UNSATISFIABLE: Final = re.compile(r"^\t(\S+)$", re.MULTILINE)
_FRESH: Final = "urn:hpkg:a-class-that-nothing-speaks-of"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an engine found: the outcome, the classes that can have no member, and why it did not run if it did not."""

    engine: str
    outcome: Outcome
    unsatisfiable: tuple[URIRef, ...] = ()
    seconds: float = 0.0
    reason: str = ""


def hermit(graph: Graph, timeout_seconds: float = 60) -> Verdict:
    """Return what HermiT finds in ontology and data; `unavailable` when this machine has no Java.

    When the whole is inconsistent every class is empty, so no class is named: ask for the ontology alone.
    """
    java = shutil.which(owlready2.JAVA_EXE)
    if java is None:
        return Verdict("HermiT", "unavailable", reason="Java")
    started = perf_counter()
    with TemporaryDirectory(prefix="hpkg-") as folder:
        source = Path(folder) / "graph.nt"
        source.write_bytes(_ntriples(_logical(graph)))
        command = (java, f"-Xmx{_MEMORY_MEGABYTES}M", "-cp", _archive(), "org.semanticweb.HermiT.cli.CommandLine")
        options = ("--no-prefixes", "--ignoreUnsupportedDatatypes", "--consistency", "--unsatisfiable", source.as_uri())
        try:
            done = subprocess.run(  # noqa: S603 — the program is Java with a fixed class; the file is our own
                (*command, *options), capture_output=True, text=True, timeout=timeout_seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return Verdict("HermiT", "failed", seconds=perf_counter() - started, reason=f"> {timeout_seconds:.0f} s")
    seconds = perf_counter() - started
    if "InconsistentOntologyException" in done.stderr:
        return Verdict("HermiT", "inconsistent", seconds=seconds)
    if f"{OWL.Thing} is satisfiable" not in done.stdout:
        said = (done.stderr or done.stdout).strip().splitlines()
        return Verdict("HermiT", "failed", seconds=seconds, reason=said[0] if said else f"exit {done.returncode}")
    empty = {URIRef(name) for name in _UNSATISFIABLE.findall(done.stdout)} - {OWL.Nothing}
    return Verdict("HermiT", "consistent", tuple(sorted(empty)), seconds)


def java_free(ontology: Graph, timeout_seconds: float = 60) -> Verdict:
    """Return what pyHermiT finds in an ontology without data."""
    started = perf_counter()
    config = pyhermit.ReasonerConfig(timeout=timeout_seconds)
    try:
        with pyhermit.Reasoner(snapshot(ontology), config=config) as reasoner:
            consistent = reasoner.is_consistent()
            empty = _empty_classes(reasoner, ontology) if consistent else ()
    except (pyhermit.PyHermiTError, pyowl_core.PyOWLCoreError) as error:
        return Verdict("pyHermiT", "failed", seconds=perf_counter() - started, reason=str(error))
    outcome: Outcome = "consistent" if consistent else "inconsistent"
    return Verdict("pyHermiT", outcome, empty, perf_counter() - started)


def snapshot(graph: Graph) -> pyowl_core.OntologyView:
    """Return `graph` as pyHermiT reads it; N-Triples is Turtle."""
    return pyowl_core.load_snapshot(_ntriples(graph), options=LoadOptions(format=DocumentFormat.TURTLE))


def _empty_classes(reasoner: pyhermit.Reasoner, ontology: Graph) -> tuple[URIRef, ...]:
    """Return the classes that can have no member.

    Asked for a class by its name, pyHermiT first sorts all classes into a hierarchy, which takes forty times as long as
    all the questions together. Asked for the class less another that nothing speaks of, it just answers.
    """
    without = owl.ObjectComplementOf(owl.Class(pyowl_core.IRI(_FRESH)))
    named = {term for term in ontology.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)} - {OWL.Nothing}
    return tuple(
        term
        for term in sorted(named)
        if not reasoner.is_satisfiable(
            owl.ObjectIntersectionOf(owl.CanonicalSet((owl.Class(pyowl_core.IRI(str(term))), without)))
        )
    )


def _logical(graph: Graph) -> Graph:
    """Return `graph` without labels and other annotations: no engine reasons with them, and reading them takes time."""
    notes = {
        RDFS.label,
        RDFS.comment,
        RDFS.seeAlso,
        RDFS.isDefinedBy,
        *graph.subjects(RDF.type, OWL.AnnotationProperty),
    }
    logical = Graph(bind_namespaces="none")
    logical += (triple for triple in graph if triple[1] not in notes)
    return logical


def _archive() -> str:
    return str(Path(owlready2.__file__).parent / "hermit" / "HermiT.jar")


def _ntriples(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")
