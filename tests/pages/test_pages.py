"""Pages of the graph: well formed, in one language, safe, and the same for a service and a folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from tests.pages.markup import read

from hpkg.home import home
from hpkg.messages import LANGUAGES, Language, text
from hpkg.namespaces import BASE, HP
from hpkg.pages import Asked, FolderLinks, Links, Pages, Searched, ServedLinks, document, resource_data, serialised
from hpkg.pages.text import Mark, Part, marked, report_text
from hpkg.questions.asking import ask
from hpkg.questions.catalogue import all_questions, named
from hpkg.questions.evidence import Stretch
from hpkg.questions.graphs import graph_titles
from hpkg.store import open_store
from hpkg.store.embedded import EmbeddedStore
from hpkg.understand import search_index

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = f"{BASE}id/"
R = "31-hai-phong/2020-402-bc-ubnd"
REPORT = f"{ID}report/{R}"
THINGS = [
    f"{ID}project/31-hai-phong/cau-rao-1",
    f"{ID}sentence/{R}/p2.v.4.9",
    f"{ID}section/{R}/p2.v.4",
    f"{ID}task/{R}/v.4.9",
    f"{ID}place/31",
    f"{ID}indicator",
    f"{ID}indicator/exports",
    f"{ID}measurement/{R}/p1.i.2.2.m1",
    f"{ID}growth-needed/31-hai-phong/2021/budget-revenue",
    f"{ID}period/2020",
    f"{REPORT}/text#char=23859,23867",
    REPORT,
]
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Pages of the shipped graph."""
    return Pages(open_store(home()), all_questions(home()))


def every_page(pages: Pages, links: Links) -> Iterator[tuple[str, str]]:
    """Yield the path and the HTML of one page of each sort."""
    language = links.language
    for iri in THINGS:
        target = document(iri)
        assert target
        yield iri, pages.resource(pages.describe(iri, language), links.at(target.path))
    yield "", pages.home(links)
    yield "kinds", pages.kinds(links.at("kinds"))
    yield "kinds/Task", pages.kind("Task", links.at("kinds/Task", 2)) or ""
    yield "text", pages.text(REPORT, links.at(f"doc/report/{R}/text")) or ""
    yield "def", pages.ontology(links.at("def"))
    yield "graph", pages.graphs(links.at("graph"))
    yield "graph/derived", pages.graph(f"{BASE}graph/derived", links.at("graph/derived"))
    yield "query", pages.question_list(links.at("query"))
    for name, given in (("tasks-by-pillar", {"pillar": "port-logistics"}), ("missed-indicators", {})):
        question = named(home(), name)
        answer = ask(pages.store, question, given, language=language)
        yield name, pages.question(Asked(question, given, answer), links.at(f"query/{name}"))
    found = search_index(home(), pages.store).search("cang bien", language=language)
    yield "search", pages.search(Searched("cang bien", "", ("project",), found), links.at("search"))
    yield "404", pages.message(links.at("404"), "not-found")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_well_formed_and_strict(pages: Pages, language: Language) -> None:
    """Every element is closed where it may stand, ids are unique, nothing is inline, nothing comes from others."""
    for name, html in every_page(pages, ServedLinks(language)):
        page = read(html)
        assert page.errors == [], name
        assert page.language == language
        assert html.startswith("<!doctype html>")
        for tag, told in page.tags:
            assert tag != "style", name
            assert not any(attribute.startswith("on") or attribute == "style" for attribute in told), name
            if tag == "script":
                assert told.get("src") or told.get("type") == "application/ld+json", name
            if tag in {"link", "script"} and "canonical" not in str(told.get("rel")):
                assert str(told.get("href") or told.get("src") or "/").startswith("/"), (name, told)
        assert [tag for tag, _ in page.tags].count("h1") == 1
        assert all(told.get("href") != "" for tag, told in page.tags if tag == "a")


def test_an_english_page_says_nothing_in_vietnamese_unmarked(pages: Pages) -> None:
    """What has a name in English is told by it; words of the report and names without one are marked as Vietnamese."""
    query = "SELECT DISTINCT ?name { ?thing ?naming ?name FILTER(LANG(?name) = 'en') }"
    names = [str(row["name"]) for row in pages.store.select(query)]
    english = sorted((name for name in names if VIETNAMESE.search(name)), key=len, reverse=True)
    for name, html in every_page(pages, ServedLinks("en")):
        for said in read(html).said["en"]:
            plain = said
            for proper in english if VIETNAMESE.search(said) else ():
                plain = plain.replace(proper, "")
            assert not VIETNAMESE.search(plain), (name, said)


def test_a_vietnamese_page_has_no_english_label(pages: Pages) -> None:
    """No class, property or text of the pages is told in English."""
    english = {
        str(row["name"])
        for row in pages.store.select(
            "SELECT DISTINCT ?name { ?term rdfs:label ?name FILTER(LANG(?name) = 'en' && STRLEN(?name) > 6) "
            "FILTER NOT EXISTS { ?other rdfs:label ?same FILTER(LANG(?same) = 'vi' && STR(?same) = STR(?name)) } }"
        )
    }
    assert len(english) > 100
    for name, html in every_page(pages, ServedLinks("vi")):
        assert not english & set(read(html).said["vi"]), name


def test_one_set_of_templates_serves_both_places(pages: Pages) -> None:
    """The pages of a service and of a folder say the same; their addresses differ.

    A folder has fewer forms of data, no interface for programs, lists of values where a service has a form, and the
    version of the data on the page of the data alone.
    """
    less = {
        "N-Triples",
        "RDF/XML",
        text("page.api", "vi"),
        text("page.version", "vi", version=pages.store.version[:12]),
    }
    served = dict(every_page(pages, ServedLinks("vi")))
    for name, html in every_page(pages, FolderLinks("vi")):
        expected = read(served[name]).said
        expected["vi"] = [said for said in expected["vi"] if said not in less]
        if not re.search('class="(ask|hero)"', served[name]):
            assert [said for said in read(html).said["vi"] if said not in less] == expected["vi"]
        ours = [one for one in read(html).addresses if not one.startswith(("http", "#", "?"))]
        assert ours
        assert not any(one.startswith("/") for one in ours), name


def test_a_page_tells_a_project_in_time_order(pages: Pages) -> None:
    """Statuses by year, the sentence highlighted in its paragraph, a way into the text, and the formats."""
    html = pages.resource(pages.describe(THINGS[0], "en"), ServedLinks("en", here="doc/project/31-hai-phong/cau-rao-1"))
    assert html.index("Started") < html.index("To be accelerated")
    assert '<p lang="vi">Khởi công một số dự án: <mark>cầu Rào 1</mark>; cầu Dinh' in html
    assert f'href="/doc/report/{R}/text#char=3251,3260"' in html
    assert '<link rel="alternate" type="text/turtle" href="/data/project/31-hai-phong/cau-rao-1.ttl">' in html
    assert "/sparql?query=SELECT" in html


def test_what_rules_added_is_told_apart(pages: Pages) -> None:
    """An entailed or computed fact is labelled, with a way to the graph it stands in."""
    task = pages.resource(pages.describe(f"{ID}task/{R}/v.4.9", "en"), ServedLinks("en", here="doc/x"))
    assert '<a class="tag entailed" href="/graph/entailed">entailed</a>' in task
    figure = pages.resource(pages.describe(THINGS[8], "en"), ServedLinks("en", here="doc/x"))
    assert '<a class="tag derived" href="/graph/derived">computed</a>' in figure


def test_the_text_has_a_place_for_every_passage(pages: Pages) -> None:
    """Each passage IRI leads to an anchor on the page of the text, and the characters inside are its quote."""
    html = pages.text(REPORT, ServedLinks("vi", here=f"doc/report/{R}/text")) or ""
    anchors = set(read(html).ids)
    passages = pages.store.select("SELECT ?passage WHERE { ?passage a hp:Passage }")
    names = {str(row["passage"]).partition("#")[2] for row in passages}
    assert len(names) > 800
    assert names <= anchors
    told = report_text(pages.store, URIRef(REPORT), pages.labels("vi"))
    inside = {mark: said for block in told.blocks for one in block.sentences for mark, said in marks_of(one.body)}
    quotes = pages.store.select("SELECT ?passage ?quote WHERE { ?passage a hp:Passage ; hp:quote ?quote }")
    crossing = [row for row in quotes if inside[str(row["passage"]).partition("#")[2]] != str(row["quote"])]
    assert len(crossing) < 10
    assert {inside[str(row["passage"]).partition("#")[2]] for row in crossing} <= {""}
    assert pages.text(f"{ID}report/none", ServedLinks("vi")) is None


def plain(part: Part) -> str:
    """Return the characters of a piece of text."""
    return "".join(piece if isinstance(piece, str) else plain(piece) for piece in part.pieces)


def marks_of(part: Part) -> Iterator[tuple[str, str]]:
    """Yield each mark in a piece of text with its characters."""
    if part.mark:
        yield part.mark.anchor, plain(part)
    for piece in part.pieces:
        if isinstance(piece, Part):
            yield from marks_of(piece)


def test_marks_that_cross_do_not_break_the_text() -> None:
    """Of two passages that cross, the second is a bare place; no character is lost or said twice."""
    text = Stretch(10, "một hai ba bốn năm")
    for marks in (
        [Mark(10, 20), Mark(14, 24)],
        [Mark(10, 28), Mark(10, 17), Mark(12, 15), Mark(14, 20), Mark(27, 28)],
        [Mark(28, 28)],
        [],
    ):
        assert plain(marked(text, marks)) == text.text


NASTY = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'


@pytest.fixture(scope="module")
def nasty() -> Pages:
    """Pages of a graph whose every text tries to be markup."""
    thing = URIRef(f"{ID}project/x/{'a'}")
    graph = Graph()
    graph.add((thing, RDF.type, HP.Project))
    graph.add((thing, SKOS.prefLabel, Literal(NASTY, lang="vi")))
    graph.add(
        (
            thing,
            HP.sourceUrl,
            Literal("javascript:alert(1)", datatype=URIRef("http://www.w3.org/2001/XMLSchema#anyURI")),
        )
    )
    graph.add((thing, HP.quote, Literal(f"</script>{NASTY}")))
    return Pages(EmbeddedStore.of({f"{BASE}graph/x": graph}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_told_becomes_markup(nasty: Pages, language: Language) -> None:
    """A label, an address or a path is text wherever it stands, also in the data for search engines."""
    iri = f"{ID}project/x/a"
    links = ServedLinks(language, here=f"doc/{NASTY}", parameters=(("q", NASTY),))
    html = nasty.resource(nasty.describe(iri, language), links)
    page = read(html)
    assert page.errors == []
    assert [told for tag, told in page.tags if tag == "img"] == []
    assert [told.get("type") for tag, told in page.tags if tag == "script"] == ["application/ld+json"]
    assert not any(address.startswith("javascript:") for address in page.addresses)
    assert json.loads(page.scripts[0])["name"] == NASTY
    assert "49" not in re.sub(r"[0-9a-f]{12}", "", html)


def triples(data: bytes, form: str) -> bytes:
    """Return `data` as N-Triples, read by another library than wrote it."""
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
    quads = ox.parse(data, formats.get(form, ox.RdfFormat.JSON_LD))
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_the_data_of_a_thing_are_whole(pages: Pages, form: str) -> None:
    """Statements, names of all it mentions, what leads to it, and its evidence, the same in every form."""
    description = pages.describe(THINGS[0], "en")
    graph = resource_data(pages.store, description)
    context = home().ontology / "context.jsonld"
    again = Graph().parse(data=triples(serialised(graph, form, context), form), format="nt")
    assert set(again) == set(graph)
    project = URIRef(THINGS[0])
    assert (URIRef(f"{ID}project-status/{R}/p1.i.3.2.cau-rao-1"), HP.ofProject, project) in graph
    assert (URIRef(f"{REPORT}/text#char=3251,3260"), HP.quote, Literal("cầu Rào 1")) in graph
    assert (HP.projectKind, None, Literal("thuộc loại dự án", lang="vi")) in graph
    assert (URIRef(f"{BASE}doc/project/31-hai-phong/cau-rao-1"), None, project) in graph


def test_long_data_come_in_pages(pages: Pages) -> None:
    """All incoming links stand on some page, and each page names the next."""
    first, second = (pages.describe(f"{ID}place/31", "en", page=page) for page in (1, 2))
    graphs = [resource_data(pages.store, one) for one in (first, second)]
    links = [{(s, p) for s, p in graph.subject_predicates(URIRef(f"{ID}place/31"))} for graph in graphs]
    assert len(links[0] | links[1]) > len(links[0])
    following = URIRef("http://www.w3.org/1999/xhtml/vocab#next")
    assert (URIRef(f"{BASE}doc/place/31"), following, URIRef(f"{BASE}doc/place/31?page=2")) in graphs[0]


def test_further_pages_hold_links_alone(pages: Pages) -> None:
    """The hundreds of links are the same one by one and all in turn; what is told once stands on the first page."""
    iri = f"{ID}place/31"
    first, *further = pages.described(iri, "vi")
    assert [first, *further] == [pages.describe(iri, "vi", page=page) for page in range(1, first.incoming.pages + 1)]
    assert first.timeline
    assert first.evidence
    assert further
    for one in further:
        assert one.incoming.links
        assert one.facts == first.facts
        assert (one.timeline, one.evidence, one.reports) == ((), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_graph_has_a_title(pages: Pages, language: Language) -> None:
    """Its own, that of the report or vocabulary it holds, or one by what it is for; its page is headed by it."""
    titles = graph_titles(pages.store)
    assert {graph for graph in pages.store.graphs if titles.get(graph, {}).get(language)} == set(pages.store.graphs)
    for name in (f"{BASE}graph/{R}", f"{BASE}graph/alignments", f"{BASE}graph/vocab/pillar"):
        page = pages.graph(name, ServedLinks(language, here=name.removeprefix(BASE)))
        assert f">{titles[name][language]}</h1>" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_the_graphs_that_say_so_by_their_titles(pages: Pages, language: Language) -> None:
    """No reader is shown the path of a graph."""
    iri = f"{BASE}id/task/{R}/v.3.23"
    page = pages.resource(pages.describe(iri, language), ServedLinks(language, here=f"doc/task/{R}/v.3.23"))
    assert f">{graph_titles(pages.store)[f'{BASE}graph/{R}'][language]}</a>" in page
    assert f">graph/{R}<" not in page


@pytest.mark.parametrize(("language", "told"), [("vi", "ký tự 7–9"), ("en", "characters 7–9")])
def test_characters_without_a_passage_are_told_by_their_place(pages: Pages, language: Language, told: str) -> None:
    """A term of the ontology names the characters that called for it: no reader is shown an address."""
    assert pages.labels(language)[f"{REPORT}/text#char=7,9"].text == f"2020-402-bc-ubnd, {told}"
    assert pages.labels(language)[f"{REPORT}/text#char=3251,3260"].text == "“cầu Rào 1”"


def test_the_ground_for_using_a_report_is_told_in_the_readers_language(pages: Pages) -> None:
    """The sentence that a report of the state is given is one of the program's, so it is known in both languages."""
    told = {language: pages.describe(REPORT, language).values("sourceLicence")[0].text for language in LANGUAGES}
    assert told == {language: text("licence.state-document", language) for language in LANGUAGES}
    assert told["vi"] != told["en"]
