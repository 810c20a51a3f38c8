"""Checks: a sound graph passes, each planted defect is found, and the report says so to people and programs."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import owlready2
import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from hpkg.derive import derive
from hpkg.errors import OntologyError
from hpkg.home import Home, home
from hpkg.namespaces import BASE, mint
from hpkg.reason import entail
from hpkg.store import open_store
from hpkg.validate import CheckReport, Finding, Run, check
from hpkg.validate.arithmetic import arithmetic_findings, freshness_findings
from hpkg.validate.finding import found
from hpkg.validate.quotes import quote_findings
from hpkg.validate.shapes import shape_findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

R = "31-hai-phong/2020-402-bc-ubnd"
REPORT = f"{BASE}id/report/{R}"
SOUND = home().root / "tests" / "ontology" / "shapes" / "base.ttl"


class World:
    """A home with one small sound graph, which a test can spoil."""

    def __init__(self, root: Path) -> None:
        """Write the home: ontology, shapes, source text and graph."""
        self.home = Home(root)
        self.file = self.home.graph / "world.ttl"
        self.source = self.home.graph / "sources" / f"{R}.txt"
        self.home.ontology.mkdir()
        self.source.parent.mkdir(parents=True)
        (self.home.ontology / "vocab").mkdir()
        for name in ("hpkg.ttl", "shapes.ttl", "vocab/rule.ttl"):
            shutil.copy(home().ontology / name, self.home.ontology / name)
        shutil.copy(home().graph / "sources" / f"{R}.txt", self.source)
        digest = hashlib.sha256(self.source.read_bytes()).hexdigest()
        self.source.with_suffix(".toml").write_text(f'sha256 = "{digest}"\n', "utf-8")
        stated, _, rest = SOUND.read_text("utf-8").partition("# Derived")
        _, _, vocabularies = rest.partition("# Vocabularies")
        self.file.write_text(stated.replace("f36da820" * 8, digest) + f"# Vocabularies{vocabularies}", "utf-8")

    def replace(self, old: str, new: str) -> None:
        """Put `new` for `old`, which must be there, in the graph."""
        text = self.file.read_text("utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), "utf-8")

    def add(self, text: str) -> None:
        """Add statements to the graph."""
        self.file.write_text(self.file.read_text("utf-8") + text, "utf-8")

    def build(self) -> None:
        """Write the graphs of derived figures and of what follows."""
        for name, make in (("derived", derive), ("entailed", entail)):
            make(open_store(self.home)).serialize(self.home.graph / f"{name}.ttl", format="turtle", encoding="utf-8")

    def quotes(self) -> list[str]:
        """Return what is wrong with quotes and evidence, in English."""
        return said(quote_findings(open_store(self.home), self.home.graph / "sources"))

    def data(self) -> Graph:
        """Return ontology and graph as one."""
        return open_store(self.home).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a sound world to spoil."""
    return World(tmp_path)


def said(findings: Iterator[Finding]) -> list[str]:
    """Return the texts of findings in English."""
    return [finding.message("en") for finding in findings]


def test_a_sound_graph_conforms(world: World) -> None:
    """Nothing wrong: every check answers or says that it cannot run here, nothing is found, the exit code is 0."""
    world.build()
    report = check(world.home)
    assert report.findings == ()
    assert (report.conforms, report.exit_code) == (True, 0)
    assert {run.outcome for run in report.runs} <= {"passed", "unavailable"}
    assert [run.name for run in report.runs] == [
        "shapes",
        "quotes",
        "arithmetic",
        "freshness",
        "clashes",
        "hermit",
        "pyhermit",
        "profile",
    ]


def test_a_spoilt_graph_does_not_conform(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Defects of several kinds: each check names its own, worst first, and the exit code is 1, Java or not."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    world.add(f"<{BASE}id/x> a hp:Period , hp:Place ; hp:startYear 2020 ; hp:wrong 1 .")
    report = check(world.home)
    assert {finding.check for finding in report.findings} == {"shapes", "clashes", "profile", "freshness"}
    assert [finding.severity for finding in report.findings][-2:] == ["warning", "warning"]
    assert (report.conforms, report.exit_code) == (False, 1)
    assert next(run for run in report.runs if run.name == "hermit").outcome == "unavailable"


def test_a_thorough_check_reads_the_profile_of_the_data(world: World) -> None:
    """Thorough also asks whether ontology and data together are OWL 2 DL."""
    world.build()
    report = check(world.home, thorough=True)
    assert report.runs[-1].name == "profile-data"
    assert report.conforms


def test_a_home_without_shapes_cannot_be_checked(world: World) -> None:
    """No shapes, or unreadable ones: an error of the ontology, not a graph that conforms."""
    shapes = world.home.ontology / "shapes.ttl"
    shapes.write_text("this is no Turtle", "utf-8")
    with pytest.raises(OntologyError, match="shapes"):
        check(world.home)
    shapes.write_text("", "utf-8")
    with pytest.raises(OntologyError, match="shapes"):
        check(world.home)
    shapes.unlink()
    with pytest.raises(OntologyError, match="shapes"):
        check(world.home)


def test_every_quote_equals_its_characters(world: World) -> None:
    """A quote that differs from its source in one letter is found and both are shown."""
    assert world.quotes() == []
    world.replace('"tiêu cục"', '"tiêu cực"')
    assert world.quotes() == ["the quote “tiêu cực” does not stand there; the source has “tiêu cục”."]


def test_a_passage_lies_inside_its_source(world: World) -> None:
    """Offsets beyond the end of the text are found."""
    world.replace("hp:startOffset 1618 ; hp:endOffset 1626", "hp:startOffset 1618 ; hp:endOffset 999999")
    assert any("lies outside" in message for message in world.quotes())


def test_the_name_of_a_passage_says_its_offsets(world: World) -> None:
    """A passage whose IRI says other offsets than its statements is found."""
    world.replace(
        'hp:startOffset 1618 ; hp:endOffset 1626 ; hp:quote "tiêu cục"',
        'hp:startOffset 1619 ; hp:endOffset 1626 ; hp:quote "iêu cục"',
    )
    assert world.quotes() == ["the name of the passage does not say its offsets 1619,1626."]


def test_the_source_is_the_one_that_was_read(world: World) -> None:
    """A source that was touched, or is gone, is found, even when the quotes still stand."""
    world.source.write_bytes(world.source.read_bytes() + b"\n")
    assert world.quotes() == [
        "the source text is not the one the graph was read from: its SHA-256 differs.",
        "the file is not the one that 2020-402-bc-ubnd.toml tells of: its SHA-256 differs.",
    ]
    world.source.unlink()
    assert world.quotes() == ["the source text is missing."]


def test_what_is_kept_beside_a_source_is_what_its_metadata_tell_of(world: World) -> None:
    """The digest of the text and that of the file it was extracted from are looked at; without one there is a word."""
    beside, origin = world.source.with_suffix(".toml"), world.source.with_suffix(".docx")
    sound = beside.read_text("utf-8")
    beside.write_text("", "utf-8")
    assert world.quotes() == ["the metadata do not give the SHA-256 of the text; the next build adds it."]
    beside.write_text("sha256 = ", "utf-8")
    assert [message.split(":")[0] for message in world.quotes()] == ["the metadata beside the source cannot be read"]
    origin.write_bytes(b"PK")
    digest = hashlib.sha256(b"PK").hexdigest()
    beside.write_text(f'{sound}original = "{origin.name}"\noriginal_sha256 = "{digest}"\n', "utf-8")
    assert world.quotes() == []
    origin.write_bytes(b"other")
    assert world.quotes() == [f"the file is not the one that {beside.name} tells of: its SHA-256 differs."]
    origin.unlink()
    assert world.quotes() == ["the file that the text was extracted from is missing."]


def test_every_statement_has_evidence(world: World) -> None:
    """A statement without evidence is found, also of a class below the one that says so; a thing needs none."""
    world.add(f"<{BASE}id/x> a hp:Cause . <{BASE}id/y> a hp:Project .")
    assert world.quotes() == ["the statement has no evidence."]


def test_evidence_is_quoted(world: World) -> None:
    """Evidence that is no passage of the graph is found."""
    world.add(f"<{BASE}id/x> a hp:Cause ; hp:evidence <{REPORT}/text#char=1,2> .")
    assert world.quotes() == ["the evidence is a passage that the graph does not quote."]


FIGURE = """
<{base}id/measurement/{report}/{name}> a hp:{kind} ; hp:forIndicator <{indicator}> ; hp:value {value} ;
  hp:baseValue {base_value} ; hp:unit <urn:unit> ; hp:refPeriod <{base}id/period/2020> ; hp:valueAsStated "{value}" ;
  hp:refArea <{base}id/place/31> ; hp:evidence <{base}id/report/{report}/text#char=1783,1799> .
<urn:unit> hp:factor 1000.0 ; hp:baseUnit <urn:base> .
<urn:part-1> hp:subIndicatorOf <urn:whole> . <urn:part-2> hp:subIndicatorOf <urn:whole> .
"""


def figure(name: str, indicator: str, value: str, base_value: str = "", kind: str = "Result") -> str:
    """Return a measurement in thousands as Turtle."""
    converted = base_value or f"{value.removesuffix('.0')}000.0"
    return FIGURE.format(
        base=BASE, report=R, name=name, kind=kind, indicator=indicator, value=value, base_value=converted
    )


@pytest.mark.parametrize(
    ("total", "severity", "message"),
    [
        ("100.0", None, ""),
        ("90.0", "warning", "the parts come to 100, 10 more than their total 90."),
        ("120.0", "info", "the parts come to 100; the total 120 leaves a rest of 20 that is not stated."),
    ],
)
def test_parts_are_held_against_their_total(world: World, total: str, severity: str | None, message: str) -> None:
    """Parts beyond their total are a warning with figures; a rest that is not stated is only worth knowing."""
    world.add(figure("t", "urn:whole", total) + figure("a", "urn:part-1", "60.0") + figure("b", "urn:part-2", "40.0"))
    findings = list(arithmetic_findings(open_store(world.home)))
    assert [(one.severity, one.message("en")) for one in findings] == ([(severity, message)] if severity else [])


def test_a_wrong_conversion_is_found(world: World) -> None:
    """A base value that is not value times factor is a violation."""
    world.add(figure("t", "urn:whole", "84.0", "84001.0"))
    (finding,) = arithmetic_findings(open_store(world.home))
    assert (finding.severity, finding.message("vi")) == ("violation", "84 × 1.000 không bằng 84.001.")


def test_results_that_contradict_each_other_are_found(world: World) -> None:
    """Two results for one indicator, year and area are a warning unless rounding explains the difference."""
    world.add(figure("a", "urn:whole", "84.0") + figure("b", "urn:whole", "87.0"))
    assert said(arithmetic_findings(open_store(world.home))) == [
        "two results for the same indicator, year and area: 84 and 87."
    ]


def test_stale_graphs_are_found(world: World) -> None:
    """What no longer follows, and what is missing, are violations; a graph that was never built is a warning."""
    store = open_store(world.home)
    assert [finding.severity for finding in freshness_findings(store, entail(store))] == ["warning", "warning"]
    world.build()
    store = open_store(world.home)
    assert list(freshness_findings(store, entail(store))) == []
    derived = world.home.graph / "derived.ttl"
    derived.write_text(derived.read_text("utf-8").replace("rule/shared-topic", "rule/shared-theme"), "utf-8")
    store = open_store(world.home)
    assert said(freshness_findings(store, entail(store))) == [
        "1 statements that follow today are not in it.",
        "1 statements in it no longer follow.",
    ]


def test_both_shacl_engines_agree(world: World) -> None:
    """The engine of the product and the reference engine find the same in a graph with many defects."""
    world.replace("hp:unit <https://w3id.org/hpkg/id/unit/USD-billion> ;", "")
    world.replace("a hp:Ward ;", "a hp:Commune ;")
    world.add(f"<{BASE}id/x> a hp:Cause . <{BASE}id/y> a hp:Project ; hp:locatedIn <{BASE}id/x> .")
    data, shapes = world.data(), world.home.ontology / "shapes.ttl"
    ours = {
        (finding.node, component)
        for finding in shape_findings(data, shapes.read_text("utf-8"))
        for predicate, component in finding.shacl
        if predicate == SH.sourceConstraintComponent
    }
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph().parse(shapes))
    theirs = {
        (str(report.value(result, SH.focusNode)), report.value(result, SH.sourceConstraintComponent))
        for result in report.objects(None, SH.result)
    }
    assert ours == theirs
    assert len(ours) > 4


def test_a_shape_speaks_both_languages(world: World) -> None:
    """What a shape finds is said in Vietnamese and English, with the property and the value."""
    world.add(f'<{BASE}id/x> a hp:Period ; hp:startYear "2020" ; hp:endYear 2020 .')
    findings = shape_findings(world.data(), (world.home.ontology / "shapes.ttl").read_text("utf-8"))
    (finding, *_) = (one for one in findings if one.node == f"{BASE}id/x" and one.where.startswith("hp:startYear"))
    assert finding.where == 'hp:startYear = "2020"'
    assert finding.message("vi") != finding.message("en")


REPORTED = CheckReport(
    dataset="abc",
    runs=(
        Run("shapes", "found", 0.04),
        Run("hermit", "unavailable", 0.0, "Java"),
        Run("pyhermit", "failed", 60.0, "> 60 s"),
    ),
    findings=(
        found("quotes", "violation", "evidence-missing", node="urn:x"),
        Finding(
            "warning", "shapes", "urn:y", "hp:unit", (("vi", "cần"), ("en", "needs")), ((SH.resultPath, mint("a")),)
        ),
    ),
)


def test_the_report_is_readable() -> None:
    """A person reads the verdict, every check with its outcome and time, and every finding with its place."""
    assert REPORTED.lines("en") == [
        "The graph does not conform: 1 violations, 1 warnings, 0 remarks.",
        "  Form (SHACL): see below (0.0 s)",
        "  Contradictions (HermiT): not run, this machine has no Java (0.0 s)",
        "  Contradictions (pyHermiT over the ontology): gave no answer: > 60 s (60.0 s)",
        "Violation · the statement has no evidence.",
        "    urn:x",
        "Warning · needs",
        "    urn:y",
        "    hp:unit",
    ]
    assert REPORTED.lines("vi")[0] == "Đồ thị không đạt yêu cầu: 1 lỗi, 1 cảnh báo, 0 lưu ý."


def test_a_check_that_gave_no_answer_is_not_silent() -> None:
    """A failed engine gives exit code 2, whatever else was found."""
    assert REPORTED.exit_code == 2


def test_the_report_is_machine_readable() -> None:
    """JSON has every check and finding, with both languages."""
    told = json.loads(REPORTED.to_json())
    assert (told["conforms"], told["dataset"]) == (False, "abc")
    assert [one["outcome"] for one in told["checks"]] == ["found", "unavailable", "failed"]
    assert told["findings"][1] == {
        "severity": "warning",
        "check": "shapes",
        "node": "urn:y",
        "where": "hp:unit",
        "message": {"vi": "cần", "en": "needs"},
    }


def test_the_report_is_a_shacl_report() -> None:
    """Turtle has one validation report with a result for each finding, those of shapes with what SHACL says of them."""
    graph = Graph().parse(data=REPORTED.to_turtle())
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = {str(graph.value(result, SH.focusNode)): result for result in graph.objects(report, SH.result)}
    assert set(results) == {"urn:x", "urn:y"}
    assert graph.value(results["urn:x"], SH.resultSeverity) == SH.Violation
    assert graph.value(results["urn:x"], SH.sourceConstraintComponent) == URIRef(f"{BASE}id/check/quotes")
    assert graph.value(results["urn:y"], SH.resultPath) == mint("a")
    assert {str(term) for term in graph.objects(report, SH.conforms)} == {"false"}


@pytest.mark.parametrize(
    ("severities", "conforms", "code"),
    [([], True, 0), (["info"], True, 0), (["warning"], True, 0), (["warning", "violation"], False, 1)],
)
def test_only_a_violation_keeps_from_conforming(severities: list[str], conforms: bool, code: int) -> None:  # noqa: FBT001 — a column
    """Warnings and remarks leave the graph fit to be published."""
    findings = tuple(found("quotes", severity, "evidence-missing") for severity in severities)  # type: ignore[arg-type]
    report = CheckReport("", (), findings)
    assert (report.conforms, report.exit_code) == (conforms, code)
