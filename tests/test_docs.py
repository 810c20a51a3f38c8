"""Nothing public is undocumented, and the pages say what the program says."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import hpkg
from hpkg.cli import COMMANDS
from hpkg.cli.command import Session
from hpkg.cli.welcome import root
from hpkg.messages import LANGUAGES, Language, catalogue
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src/hpkg").rglob("*.py"))
MODULES = sorted({"hpkg", *(module.name for module in pkgutil.walk_packages(hpkg.__path__, "hpkg."))})
ERRORS = {"SourceError", "OntologyError", "CallerError", "StoreError"}
VOCABULARIES = sorted((ROOT / "ontology/vocab").glob("*.ttl"))


def loaded(path: Path) -> ModuleType:
    """Return a script of the checkout as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


@cache
def said_in_code() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return every string of the code, and the patterns that its f-strings can make."""
    plain, made = set(), []
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    else r"[\w-]+"
                    for part in node.values
                ]
                made.append(re.compile("".join(parts)))
    return frozenset(plain), tuple(made)


def public_definitions() -> Iterator[tuple[str, ast.AST]]:
    """Yield every public module, class, function and method, by where it stands."""
    for path in SOURCES:
        place = path.relative_to(ROOT).as_posix()
        yield place, tree(path)
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{place}:{node.lineno} {node.name}", node
                if isinstance(node, ast.ClassDef):
                    for part in node.body:
                        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                            yield f"{place}:{part.lineno} {node.name}.{part.name}", part


def test_everything_public_has_a_docstring() -> None:
    """A module, class, function or method that others may use says what it is."""
    found = list(public_definitions())
    assert len(found) > len(SOURCES)
    silent = [
        place
        for place, node in found
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and not (ast.get_docstring(node) or "").strip()
    ]
    assert silent == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_exports_exactly_what_is_public(name: str) -> None:
    """`__all__` names what is there, and every function and class that a module defines under a public name."""
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", ())
    assert [word for word in exported if not hasattr(module, word)] == []
    path = Path(str(module.__file__))
    defined = {node.name for node in tree(path).body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    assert {word for word in defined if not word.startswith("_")} <= set(exported)


def test_both_catalogues_say_the_same_things() -> None:
    """Every text exists in both languages, is not empty, and has the same places to fill in."""
    vietnamese, english = catalogue("vi"), catalogue("en")
    assert vietnamese.keys() == english.keys()
    for key, said in english.items():
        assert said.strip()
        assert vietnamese[key].strip()
        places = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (said, vietnamese[key])
        ]
        assert places[0] == places[1], key


def test_every_error_has_a_text_and_a_hint() -> None:
    """Each code that is raised is known, and each text of an error has its hint."""
    keys = catalogue("en").keys()
    raised = {
        node.args[0].value
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ERRORS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    assert len(raised) > 10
    assert {f"error.{code}" for code in raised} <= keys
    assert {key.removeprefix("error.") for key in keys if key.startswith("error.")} == {
        key.removeprefix("hint.") for key in keys if key.startswith("hint.")
    }


def test_no_text_is_unused() -> None:
    """A text that no code can ask for is dead."""
    plain, made = said_in_code()
    subjects = {f"subject.{path.name}" for path in (ROOT / "queries").iterdir() if path.is_dir()}

    def is_used(key: str) -> bool:
        code = key.partition(".")[2] if key.startswith(("error.", "hint.")) else key
        return (
            bool({key, code} & plain)
            or key in subjects
            or any(pattern.fullmatch(key) for pattern in made if pattern.pattern not in {r"[\w-]+", r"[\w-]+\.[\w-]+"})
        )

    assert sorted(key for key in catalogue("en") if not is_used(key)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_and_option_has_help(name: str, language: Language) -> None:
    """Help of commands and options stands in the catalogue of the language, and on the page of the command line."""
    group: click.Command | None = root(language, COMMANDS)
    assert isinstance(group, click.Group)
    ctx = group.make_context("hpkg", [], resilient_parsing=True, obj=Session(language, ROOT))
    command = group.get_command(ctx, name) if name else group
    assert command is not None
    texts = set(catalogue(language).values())
    assert command.help in texts
    page = (ROOT / "docs/cli.md").read_text("utf-8")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help in texts, parameter.opts
            assert all(option in page for option in parameter.opts)


def test_the_generated_pages_are_up_to_date() -> None:
    """The pages of commands, errors and questions, and the example in both READMEs, are what the program says today.

    `just docs` writes them anew.
    """
    pages: dict[Path, str] = loaded(ROOT / "docs/generate.py").pages()
    assert {path.name for path in pages} == {
        "cli.md",
        "errors.md",
        "questions.md",
        "queries.ttl",
        "README.md",
        "README.vi.md",
    }
    for path, said in pages.items():
        assert path.read_text("utf-8") == said


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_a_readme_opens_with_an_answer_from_the_report(name: str) -> None:
    """First comes one sentence, then one command and what it prints, with a quote that stands in the report's text."""
    text = (ROOT / name).read_text("utf-8")
    opening = re.match(
        r"# hpkg\n\n\*\[.+?\]\(README[.\w]*\.md\)\*\n\n[^\n#]+\n[^\n#]+\n\n```console\n\$ hpkg ask ", text
    )
    assert opening
    output = text[opening.end() : text.index("```\n", opening.end())]
    report = (ROOT / "graph/sources/31-hai-phong/2020-402-bc-ubnd.txt").read_text("utf-8")
    quotes = re.findall(r"“([^”]+)”\s+\[[\w.]+ @(\d+),(\d+)\]", output)
    assert quotes
    for quote, start, end in quotes:
        assert report[int(start) : int(end)] == quote


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name
)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    """A relative link names a file or folder of the project."""
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_term_of_the_ontology_is_labelled_and_defined() -> None:
    """Each class and property of hpkg has a label and a definition in Vietnamese and in English."""
    ontology = Graph().parse(ROOT / "ontology/hpkg.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {term for kind in kinds for term in ontology.subjects(RDF.type, kind) if f"{BASE}def#" in str(term)}
    assert len(terms) > 100
    assert sorted(f"{term} {missing}" for term in terms for missing in untold(ontology, term, RDFS.label)) == []


@pytest.mark.parametrize("path", VOCABULARIES, ids=lambda path: path.stem)
def test_every_concept_is_labelled_and_defined(path: Path) -> None:
    """Each concept of a vocabulary has a label and a definition in Vietnamese and in English."""
    vocabulary = Graph().parse(path)
    concepts = set(vocabulary.subjects(RDF.type, SKOS.Concept))
    assert concepts
    assert (
        sorted(f"{term} {missing}" for term in concepts for missing in untold(vocabulary, term, SKOS.prefLabel)) == []
    )


def untold(graph: Graph, term: object, label: URIRef) -> Iterator[str]:
    """Yield what `term` lacks, of one label and one definition in each language."""
    assert isinstance(term, URIRef)
    for property_ in (label, SKOS.definition):
        languages = [text.language for text in graph.objects(term, property_) if isinstance(text, Literal)]
        yield from (f"{property_} {language}" for language in LANGUAGES if languages.count(language) != 1)
