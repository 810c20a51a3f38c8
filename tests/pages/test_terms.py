"""The documentation of the ontology: every term in its place, tied, drawn, with what must hold and an example."""

from __future__ import annotations

import re

import pytest
from rdflib.namespace import SKOS

from hpkg.home import home
from hpkg.messages import LANGUAGES, Language
from hpkg.namespaces import BASE, HP, PREFIXES
from hpkg.pages import Asked, FolderLinks, Pages
from hpkg.pages.diagrams import WIDTH, diagrams
from hpkg.pages.index import concepts
from hpkg.pages.terms import Defined, ontology, rules_of
from hpkg.questions.catalogue import all_questions, named
from hpkg.store import open_store

SHAPES = home().ontology / "shapes.ttl"


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Pages of the shipped graph."""
    return Pages(open_store(home()), all_questions(home()), SHAPES)


@pytest.fixture(scope="module")
def terms(pages: Pages) -> dict[str, Defined]:
    """The terms of the ontology by name, in English."""
    groups = ontology(pages.store, pages.labels("en"), pages.questions, rules_of(SHAPES, "en"))
    return {term.name: term for _, found in groups for term in found}


def told(term: Defined, key: str) -> set[str]:
    """Return the names below `def#` or the whole IRIs that a term is tied to as `key`."""
    return {str(one.iri).removeprefix(HP) for name, found in term.used if name == key for one in found}


def test_a_class_is_tied_to_what_speaks_of_it(terms: dict[str, Defined]) -> None:
    """Narrower classes, own and inherited properties, those that lead to it, questions."""
    assert told(terms["Task"], "narrower") == {"PillarTask", "ThemeTask"}
    assert "projectKind" in told(terms["Project"], "properties")
    assert "concernsProject" in told(terms["Project"], "range-of")
    assert "contributesTo" in told(terms["Task"], "inherited")
    assert f"{BASE}query/tasks-by-pillar" in told(terms["Pillar"], "questions")
    assert not told(terms["LegalDocument"], "narrower")


def test_terms_in_use_have_an_example(pages: Pages, terms: dict[str, Defined]) -> None:
    """A thing of each class that has things, and a thing with its value for each property; both are in the graph."""
    for term in terms.values():
        if term.uses:
            assert term.examples, term.name
        for example in term.examples:
            ask = "ASK {{ <{}> {} }}"
            said = f"a <{HP[term.name]}>" if example.value is None else f"<{HP[term.name]}> ?value"
            assert pages.store.ask(ask.format(example.thing.iri, said)), term.name
    assert terms["contributesTo"].examples[0].value


def test_alignments_stand_apart(terms: dict[str, Defined]) -> None:
    """Terms of other vocabularies are told as such, and not among what the ontology says itself."""
    apart = [str(value.iri) for _, values in terms["LegalDocument"].alignments for value in values]
    assert apart
    assert not any(iri.startswith(BASE) for iri in apart)
    kinds = [str(value.iri) for _, values in terms["PillarTask"].ties for value in values]
    assert str(HP.Task) in kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_class_tells_what_must_hold(language: Language) -> None:
    """Each shape of a class says its message in the language of the page, of properties and of rules."""
    rules = rules_of(SHAPES, language)
    told = " ".join(rules[str(HP.LegalDocument)])
    assert "hp:documentNumber" in told
    assert ("Văn bản không thể viện dẫn chính nó." if language == "vi" else "A document cannot cite itself.") in told
    assert len(rules) > 40


def test_no_shapes_no_rules() -> None:
    """A home without a file of shapes tells none."""
    assert rules_of(SHAPES.with_name("none.ttl"), "en") == {}


def test_each_class_is_drawn_once(terms: dict[str, Defined]) -> None:
    """All classes stand in the diagrams, each in one, and no box covers another or leaves the picture."""
    classes = [term for term in terms.values() if not term.name[0].islower()]
    made = diagrams(classes)
    assert sorted(box.name for diagram in made for box in diagram.boxes) == sorted(term.name for term in classes)
    for diagram in made:
        for at, one in enumerate(diagram.boxes):
            assert one.x + WIDTH < diagram.width
            assert one.y + one.height < diagram.height
            for other in diagram.boxes[at + 1 :]:
                apart = (
                    abs(one.x - other.x) >= WIDTH or one.y + one.height <= other.y or other.y + other.height <= one.y
                )
                assert apart, (one.name, other.name)


def test_a_line_leads_from_a_class_to_a_kind_of_it(terms: dict[str, Defined]) -> None:
    """Where a line ends a box begins, whose class is a kind of the one where it starts."""
    made = diagrams(term for term in terms.values() if not term.name[0].islower())
    drawn = set()
    for diagram in made:
        for line in diagram.lines:
            (wide,) = [box for box in diagram.boxes if box.x + WIDTH == line.x1 and 0 < line.y1 - box.y < 30]
            (narrow,) = [box for box in diagram.boxes if box.x == line.x2 and 0 < line.y2 - box.y < 30]
            drawn.add((narrow.name, wide.name))
    assert ("Report", "Document") in drawn
    for below, above in drawn:
        assert str(HP[above]) in {str(one.iri) for one in terms[below].kind_of}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_its_diagrams(pages: Pages, language: Language) -> None:
    """Each picture has a title and a description, and each class in it leads to its place on the page."""
    html = pages.ontology(FolderLinks(language, here="def"))
    pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(pictures) > 5
    places = set(re.findall(r'<section class="term" id="(\w+)"', html))
    for picture in pictures:
        said = re.search(r'aria-labelledby="(\S+) (\S+)"', picture)
        assert said
        assert f'<title id="{said[1]}">' in picture
        assert f'<desc id="{said[2]}">' in picture
        assert set(re.findall(r'<a href="#(\w+)">', picture)) <= places


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_who_made_the_ontology_and_how_to_cite_it(pages: Pages, language: Language) -> None:
    """As pages of ontologies do: makers, days, citation, version, namespaces; nothing by its bare address."""
    html = pages.ontology(FolderLinks(language, here="def"))
    told = html[html.rindex("<aside") :]
    by = {"vi": ("Nhóm phát triển hpkg", "cách trích dẫn"), "en": ("The hpkg developers", "how to cite")}
    assert all(said in told for said in (*by[language], "def/0.1.0"))
    assert "<dt>http" not in told
    namespaces = html[html.index('id="namespaces"') :]
    assert all(address in namespaces for address in PREFIXES.values())
    assert '"@type": "DefinedTermSet"' in html


def test_a_property_tells_its_characteristics(terms: dict[str, Defined]) -> None:
    """What OWL says of it besides that it is a property; of a class there is nothing to tell."""
    assert [one.text for one in terms["partOf"].characteristics] == ["transitive property"]
    assert terms["Task"].characteristics == ()


def test_a_vocabulary_tells_how_it_is_used(pages: Pages) -> None:
    """Other names, how many things a concept is tied to, and one of them."""
    found = {one.key: one for one in concepts(pages.store, f"{BASE}id/pillar", pages.labels("vi"))}
    assert found["port-logistics"].uses > 10
    assert found["port-logistics"].example
    names = pages.store.select(
        f"SELECT ?n {{ <{BASE}id/indicator/exports> <{SKOS.altLabel}> ?n FILTER(LANG(?n) = 'vi') }}"
    )
    exports = next(
        one for one in concepts(pages.store, f"{BASE}id/indicator", pages.labels("vi")) if one.key == "exports"
    )
    assert sorted(exports.others) == sorted(str(row["n"]) for row in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_tells_how_it_is_made(pages: Pages, language: Language) -> None:
    """Its parameters, columns and terms stand on its page, and not on those of its single answers."""
    question = named(home(), "tasks-by-pillar")
    links = FolderLinks(language, here="query/tasks-by-pillar")
    html = pages.question(Asked(question), links)
    for column in question.columns:
        assert f"<code>{column.name}</code>" in html
    assert "def.html#Pillar" in html or "def.en.html#Pillar" in html
    assert "<code>pillar</code>" not in pages.question(Asked(question, {"pillar": "port-logistics"}), links)
