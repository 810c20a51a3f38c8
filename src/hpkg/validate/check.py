"""All checks of a graph, one after another, each timed.

Not for: what each looks at; see the modules beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from hpkg.errors import OntologyError
from hpkg.namespaces import BASE
from hpkg.reason import (
    DEFINITIONS,
    ENTAILED,
    clashes,
    entail,
    hermit,
    java_free,
    named_graph,
    one_of_each,
    profile_violations,
    undeclared_terms,
)
from hpkg.store import open_store
from hpkg.store.embedded import EmbeddedStore
from hpkg.validate.arithmetic import arithmetic_findings, freshness_findings
from hpkg.validate.finding import SEVERITIES, Finding, found
from hpkg.validate.quotes import quote_findings
from hpkg.validate.report import CheckReport, Outcome, Run
from hpkg.validate.shapes import shape_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib import Graph

    from hpkg.home import Home
    from hpkg.reason import Verdict, Violation
    from hpkg.store import Store

__all__ = ["check"]

_ALIGNMENTS: Final = URIRef(f"{BASE}graph/alignments")
_UNANSWERED: Final[dict[str, Outcome]] = {"unavailable": "unavailable", "failed": "failed"}
_QUICK_SECONDS: Final = 60
_THOROUGH_SECONDS: Final = 600


_WITHOUT: Final = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  GRAPH ?graph {{ ?s ?p ?o }} FILTER(?graph NOT IN ({ENTAILED.n3()}, {_ALIGNMENTS.n3()}))
}}
"""
_REGISTER: Final = f"""
SELECT DISTINCT ?s WHERE {{ GRAPH ?graph {{ ?s a ?class }} FILTER(STRSTARTS(STR(?graph), "{BASE}graph/reference/")) }}
"""


def check(place: Home, *, store: Store | None = None, thorough: bool = False) -> CheckReport:
    """Return what is wrong with the graph of `place`, or with `store` by the shapes and source texts of `place`.

    Checked are form (SHACL), quotes and evidence, arithmetic, that derived and entailed graphs are those of today,
    contradictions (rules over all data; HermiT where there is Java; pyHermiT over the ontology), and the
    OWL 2 DL profile of the ontology. `thorough` also checks the profile of the data, which takes longer than all the
    rest, and gives HermiT all reference data and more time.

    Raises:
        OntologyError: There are no shapes, or they cannot be read; so for the ontology.
        StoreError: The graph cannot be read.
    """
    store = store or open_store(place)
    ontology, data = named_graph(store, DEFINITIONS), store.construct(_WITHOUT)
    shapes = place.ontology / "shapes.ttl"
    if not shapes.is_file():
        raise OntologyError("shapes-missing", where=str(shapes))
    log = _Log()
    log.run("shapes", lambda: shape_findings(data, shapes.read_text("utf-8")))
    log.run("quotes", lambda: quote_findings(store, place.graph / "sources"))
    log.run("arithmetic", lambda: arithmetic_findings(store))
    entailed = entail(store)
    log.run("freshness", lambda: freshness_findings(store, entailed))
    log.run("clashes", lambda: _clash_findings(data, entailed, ontology))
    log.ask("hermit", lambda: _ask_hermit(store, data, thorough=thorough))
    log.ask("pyhermit", lambda: java_free(ontology, _QUICK_SECONDS))
    log.run("profile", lambda: _profile_findings(profile_violations(ontology) + undeclared_terms(data, ontology)))
    if thorough:
        log.run("profile-data", lambda: _profile_findings(profile_violations(data)))
    return log.report(store.version)


@dataclass(slots=True)
class _Log:
    """The runs and findings so far."""

    runs: list[Run] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def run(self, name: str, look: Callable[[], Iterable[Finding]]) -> None:
        """Run a check that always answers."""
        started = perf_counter()
        new = list(look())
        self.findings += new
        self.runs.append(Run(name, "found" if new else "passed", perf_counter() - started))

    def ask(self, name: str, engine: Callable[[], Verdict]) -> None:
        """Ask an engine that may be unavailable, or fail to answer."""
        verdict = engine()
        new = list(_verdict_findings(name, verdict))
        self.findings += new
        outcome = _UNANSWERED.get(verdict.outcome, "found" if new else "passed")
        self.runs.append(Run(name, outcome, verdict.seconds, verdict.reason))

    def report(self, dataset: str) -> CheckReport:
        """Return the report, worst findings first, those of one check together."""
        order = [run.name for run in self.runs]
        ranked = sorted(
            self.findings,
            key=lambda one: (SEVERITIES.index(one.severity), order.index(one.check), one.node, one.where, one.messages),
        )
        return CheckReport(dataset, tuple(self.runs), tuple(ranked))


def _clash_findings(data: Graph, entailed: Graph, ontology: Graph) -> Iterator[Finding]:
    store = EmbeddedStore.of({f"{BASE}graph/stated": data, str(ENTAILED): entailed})
    for clash in clashes(store, ontology):
        iri = next((node[1:-1] for node in clash.nodes if node.startswith("<")), "")
        key = f"clash-{clash.kind}"
        yield found("clashes", "violation", key, node=iri, where=clash.axiom, nodes=", ".join(clash.nodes))


def _ask_hermit(store: Store, data: Graph, *, thorough: bool) -> Verdict:
    """Return what HermiT finds in the data; of reference data that no report leads to, it gets one of each pattern."""
    if thorough:
        return hermit(data, _THOROUGH_SECONDS)
    register = [node for row in store.select(_REGISTER) if (node := row["s"]) is not None]
    return hermit(one_of_each(data, register), _QUICK_SECONDS)


def _verdict_findings(name: str, verdict: Verdict) -> Iterator[Finding]:
    if verdict.outcome == "inconsistent":
        yield found(name, "violation", "inconsistent", engine=verdict.engine)
    for empty in verdict.unsatisfiable:
        yield found(name, "violation", "class-empty", node=str(empty), engine=verdict.engine)


def _profile_findings(violations: Iterable[Violation]) -> Iterator[Finding]:
    for violation in violations:
        key = "term-undeclared" if violation.rule == "undeclared" else "profile-breach"
        yield found("profile", "violation", key, where=violation.rule, message=violation.message)
