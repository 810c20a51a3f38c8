"""The report of a check: for a person, for a program, and as a SHACL validation report.

Not for: checking.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import BNode, Graph, Namespace, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SH

from hpkg.messages import Language, text
from hpkg.namespaces import BASE, PREFIXES
from hpkg.validate.finding import SEVERITIES, Finding

__all__ = ["CheckReport", "Outcome", "Run"]

Outcome = Literal["passed", "found", "unavailable", "failed"]

_CHECK: Final = Namespace(f"{BASE}id/check/")
_SHACL: Final = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}


@dataclass(frozen=True, slots=True)
class Run:
    """One check and how it went: passed, found something, unavailable on this machine, or failed to answer."""

    name: str
    outcome: Outcome
    seconds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked and what was found, worst first.

    Attributes:
        dataset: Content hash of what was checked.
        runs: The checks, in the order they ran.
        findings: What they found.
    """

    dataset: str
    runs: tuple[Run, ...]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Return whether nothing keeps the graph from being published."""
        return not any(finding.severity == "violation" for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """Return 0 when the graph conforms, 1 when it does not, 2 when a check failed to answer."""
        if any(run.outcome == "failed" for run in self.runs):
            return 2
        return 0 if self.conforms else 1

    def lines(self, language: Language = "en") -> list[str]:
        """Return the report as a person reads it: the verdict, the checks, then each finding."""
        counts = Counter(finding.severity for finding in self.findings)
        verdict = "conforms" if self.conforms else "conforms-not"
        lines = [text(f"check.{verdict}", language, **{severity: counts[severity] for severity in SEVERITIES})]
        for run in self.runs:
            outcome = text(f"check.outcome-{run.outcome}", language, reason=run.reason)
            lines.append(f"  {text(f'check.name-{run.name}', language)}: {outcome} ({run.seconds:.1f} s)")
        for finding in self.findings:
            severity = text(f"check.{finding.severity}", language)
            lines.append(f"{severity} · {finding.message(language)}")
            lines += [f"    {place}" for place in (finding.node, finding.where) if place]
        return lines

    def to_json(self) -> str:
        """Return the report as JSON, with the texts of all languages."""
        whole = {
            "conforms": self.conforms,
            "dataset": self.dataset,
            "checks": [
                {"name": run.name, "outcome": run.outcome, "seconds": round(run.seconds, 3), "reason": run.reason}
                for run in self.runs
            ],
            "findings": [
                {
                    "severity": finding.severity,
                    "check": finding.check,
                    "node": finding.node or None,
                    "where": finding.where or None,
                    "message": dict(finding.messages),
                }
                for finding in self.findings
            ],
        }
        return json.dumps(whole, ensure_ascii=False, indent=2)

    def to_turtle(self) -> str:
        """Return the report as a SHACL validation report in Turtle (https://www.w3.org/TR/shacl/#validation-report).

        What no shape found is a result too; its constraint component is the check, `id/check/<name>`. As SHACL has it,
        `sh:conforms` is true only when there is no result at all, not even a warning.
        """
        graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        report = BNode("report")
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, RdfLiteral(not self.findings)))
        for place, finding in enumerate(self.findings):
            result = BNode(f"result{place}")
            graph.add((report, SH.result, result))
            graph.add((result, RDF.type, SH.ValidationResult))
            graph.add((result, SH.resultSeverity, _SHACL[finding.severity]))
            for predicate, value in finding.shacl or ((SH.sourceConstraintComponent, _CHECK[finding.check]),):
                graph.add((result, predicate, value))
            if finding.node:
                graph.add((result, SH.focusNode, URIRef(finding.node)))
            for language, message in finding.messages:
                graph.add((result, SH.resultMessage, RdfLiteral(message, lang=language)))
        return graph.serialize(format="turtle")
