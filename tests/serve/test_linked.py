"""Linked data over HTTP: every IRI opens, as the right thing, for the right reader."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote, urlsplit

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS
from starlette.applications import Starlette
from tests.pages.markup import read

from hpkg.catalog import retire
from hpkg.errors import HpkgError
from hpkg.home import Home, home
from hpkg.namespaces import BASE, HP
from hpkg.serve import api, linked
from hpkg.serve.cache import AnswerCache
from hpkg.serve.problem import problem
from hpkg.serve.service import Service
from hpkg.serve.settings import Settings
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Message

    from hpkg.serve.pool import Pool
    from hpkg.store import Store

ID = f"{BASE}id/"
R = "31-hai-phong/2020-402-bc-ubnd"
HTML, TURTLE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/turtle"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()


class App:
    """The documents of a home, asked without a network between."""

    def __init__(self, place: Home) -> None:
        """Open the home."""
        modified = "Tue, 24 Nov 2026 00:00:00 GMT"
        # Documents are made without the workers, which are for the queries of others.
        store, pool = EmbeddedStore.open(place), cast("Pool", None)
        self.service = Service(place, Settings(), store, pool, modified, store.version, AnswerCache(0))

        async def told(request: Request, error: Exception) -> Response:
            assert isinstance(error, HpkgError)
            return problem(error, request.scope)

        self.app = Starlette(
            routes=[*api.routes(self.service), *linked.routes(self.service)], exception_handlers={HpkgError: told}
        )

    def get(self, path: str, accept: str = HTML, method: str = "GET", **fields: str) -> Reply:
        """Return the answer to a request for `path`, which is percent-encoded; `fields` are spelt as in Python."""
        return asyncio.run(self._get(path, {"accept": accept, **fields}, method))

    async def _get(self, path: str, fields: dict[str, str], method: str) -> Reply:
        raw, _, asked = path.partition("?")
        headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items() if value]
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "server": ("localhost", 8020),
            "path": unquote(raw),
            "raw_path": raw.encode(),
            "query_string": asked.encode(),
            "headers": [(b"host", b"localhost:8020"), *headers],
            "root_path": "",
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:]))

    def iris(self) -> list[str]:
        """Return every IRI below the base that the graph speaks of."""
        return every_iri(self.service.store)


def every_iri(store: Store) -> list[str]:
    """Return every IRI below the base that stands anywhere in the graph."""
    query = f"""
    SELECT DISTINCT ?iri WHERE {{
      {{ ?iri ?p ?o }} UNION {{ ?s ?p ?iri }} UNION {{ GRAPH ?iri {{ ?s ?p ?o }} }}
      FILTER(isIRI(?iri) && STRSTARTS(STR(?iri), "{BASE}"))
    }} ORDER BY ?iri"""
    return [str(row["iri"]) for row in store.select(query)]


@pytest.fixture(scope="module")
def app() -> App:
    """The shipped graph."""
    return App(home())


def address(iri: str) -> str:
    """Return the address of an IRI at the service: its path, without the fragment, which a client keeps."""
    return "/" + quote(iri.removeprefix(BASE).partition("#")[0], safe="/:@!$&'()*+,;=~-._%")


def test_every_iri_opens(app: App) -> None:
    """Each IRI of the graph, whatever it is, is answered with a document or a way to one."""
    iris = app.iris()
    assert len(iris) > 4000
    wrong = {}
    for path in dict.fromkeys(map(address, iris)):
        if path.startswith(("/id/", "/def/")):
            reply = app.get(path)
            if reply.status != 303 or not reply.headers["location"].startswith(("/doc/", "/def")):
                wrong[path] = reply.status
        elif app.get(path).status != 200:
            wrong[path] = app.get(path).status
    assert {path for path in wrong if not path.startswith(("/alignments", "/query/parameter"))} == set()
    assert app.get("/alignments").headers["location"] == "/graph/alignments"
    assert app.get("/query/parameter").headers["location"] == "/query"


def test_pages_and_data_of_all_kinds_are_there(app: App) -> None:
    """Of every class, the page and the data of a thing open, and each link of the page leads somewhere."""
    query = f"""
    SELECT ?kind (MIN(STR(?thing)) AS ?one) WHERE {{
      ?thing a ?kind FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{ID}"))
    }} GROUP BY ?kind"""
    things = {str(row["one"]) for row in app.service.store.select(query)}
    assert len(things) > 60
    for thing in sorted(things):
        page = app.get(app.get(address(thing)).headers["location"].partition("#")[0])
        assert (page.status, read(page.text).errors) == (200, []), thing
        data = app.get(app.get(address(thing), TURTLE).headers["location"], TURTLE)
        assert data.status == 200
        graph = Graph().parse(data=data.body, format="turtle")
        assert len(graph) > 2, thing


def test_no_link_of_a_page_is_dead(app: App) -> None:
    """Each address on pages of several sorts opens, and each anchor is there."""
    seen: dict[str, tuple[int, set[str]]] = {}
    paths = ["/", "/doc/project/31-hai-phong/cau-rao-1", f"/doc/task/{R}/v.4.9", "/doc/indicator", "/query"]
    for path in [*paths, "/graph/derived", "/kinds", "/catalog", "/query/tasks-by-pillar"]:
        for link in read(app.get(path).text).addresses:
            parts = urlsplit(link)
            if parts.netloc or parts.path in {"/sparql", "/search"}:
                continue
            where = parts._replace(fragment="").geturl() or path
            if where not in seen:
                reply = app.get(where, "*/*")
                ids = set(read(reply.text).ids) if "html" in reply.headers.get("content-type", "") else set()
                seen[where] = (reply.status, ids)
            assert seen[where][0] in {200, 303}, (path, link)
            assert not parts.fragment or parts.fragment in seen[where][1], (path, link)
    assert len(seen) > 300


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        (HTML, "/doc/place/31"),
        ("*/*", "/doc/place/31"),
        ("", "/doc/place/31"),
        ("text/turtle", "/data/place/31.ttl"),
        ("application/ld+json", "/data/place/31.jsonld"),
        ("application/n-triples", "/data/place/31.nt"),
        ("application/rdf+xml", "/data/place/31.rdf"),
        ("text/html;q=0.5, text/turtle", "/data/place/31.ttl"),
        ("text/turtle;q=0.3, application/*;q=0.9", "/data/place/31.jsonld"),
    ],
)
def test_a_thing_leads_to_what_the_client_likes(app: App, accept: str, location: str) -> None:
    """303 See Other, by Accept, told to caches."""
    reply = app.get("/id/place/31", accept)
    assert (reply.status, reply.headers["location"]) == (303, location)
    assert "Accept" in reply.headers["vary"]
    assert '</data/place/31.ttl>; rel="alternate"; type="text/turtle"' in reply.headers["link"]


def test_what_nobody_can_read_is_not_acceptable(app: App) -> None:
    """406 names what there is."""
    reply = app.get("/id/place/31", "image/png")
    assert reply.status == 406
    assert "text/turtle" in reply.text


def test_a_page_tells_of_its_data_and_the_data_of_their_page(app: App) -> None:
    """Link fields name the other forms, what describes the thing, and the pages around."""
    page = app.get("/doc/place/31").headers["link"]
    assert '</data/place/31.jsonld>; rel="alternate"; type="application/ld+json"' in page
    assert '</data/place/31.ttl>; rel="describedby"' in page
    assert '</doc/place/31?page=2>; rel="next"' in page
    assert 'rel="prev"' in app.get("/doc/place/31?page=2").headers["link"]
    data = app.get("/data/place/31.ttl").headers["link"]
    assert '</doc/place/31>; rel="alternate"; type="text/html"' in data
    assert f'<{ID}place/31>; rel="describes"' in data
    assert '<?page=2>; rel="next"' in data


def test_the_page_speaks_the_language_asked_for(app: App) -> None:
    """By Accept-Language, or by the switch, which is a plain link and goes on from page to page."""
    assert read(app.get("/doc/place/31", accept_language="vi-VN,vi;q=0.9").text).language == "vi"
    assert read(app.get("/doc/place/31", accept_language="en").text).language == "en"
    chosen = app.get("/doc/place/31?lang=vi", accept_language="en")
    assert (read(chosen.text).language, chosen.headers["content-language"]) == ("vi", "vi")
    inner = [one for one in read(chosen.text).addresses if one.startswith("/doc/")]
    assert inner
    assert all("lang=" in one for one in inner)
    assert "/doc/place/31?lang=en" in read(chosen.text).addresses
    assert "/doc/place/31?lang=vi" in read(app.get("/doc/place/31?lang=en").text).addresses


def test_a_client_that_has_it_is_told_so(app: App) -> None:
    """ETag and Last-Modified, 304, for pages, data and files; another language or page is another document."""
    for path in ("/doc/place/31", "/data/place/31.ttl", "/def", "/graph/derived.nt", "/assets/site.css", "/"):
        first = app.get(path)
        again = app.get(path, if_none_match=first.headers["etag"])
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert app.get(path, if_none_match='"other"').status == 200
        assert app.get(path, if_modified_since=first.headers["last-modified"]).status == 304
        assert app.get(path, if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    tags = {
        app.get(path).headers["etag"] for path in ("/doc/place/31", "/doc/place/31?lang=vi", "/doc/place/31?page=2")
    }
    assert len(tags) == 3


def test_what_is_not_there_is_told_from_what_is_gone(tmp_path: Path) -> None:
    """404 for what never was, 410 for what an earlier build had; for people and for programs."""
    shipped = home()
    for name in ("ontology", "queries"):
        (tmp_path / name).symlink_to(shipped.root / name)
    (tmp_path / "graph").mkdir()
    for path in shipped.graph.iterdir():
        if path.name != "retired.txt":
            (tmp_path / "graph" / path.name).symlink_to(path)
    place = Home(tmp_path)
    retire(place, {f"{ID}project/31-hai-phong/old", f"{ID}place/31"}, {f"{ID}place/31"})
    app = App(place)
    for prefix, ending in (("id", ""), ("doc", ""), ("data", ".ttl")):
        gone = app.get(f"/{prefix}/project/31-hai-phong/old{ending}")
        never = app.get(f"/{prefix}/project/31-hai-phong/none{ending}")
        assert (gone.status, never.status) == (410, 404)
        assert read(gone.text).errors == []
        told = app.get(f"/{prefix}/project/31-hai-phong/old{ending}", "application/json")
        assert (told.status, json.loads(told.body)["code"]) == (410, "gone")
    assert app.get("/id/place/31").status == 303
    assert app.get("/graph/none").status == app.get("/kinds/None").status == app.get("/query/none").status == 404


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> App:
    """A graph whose IRIs hold letters of Vietnamese and encoded characters, and whose labels hold markup."""
    root = tmp_path_factory.mktemp("odd")
    (root / "ontology").symlink_to(home().ontology)
    (root / "queries").symlink_to(home().queries)
    (root / "graph").mkdir()
    (root / "graph" / "x.ttl").write_text(
        f"""@prefix hp: <{HP}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <{ID}project/hải-phòng/cầu> a hp:Project ; skos:prefLabel "Cầu"@vi .
        <{ID}project/a%20b> a hp:Project ; skos:prefLabel "<script>alert(1)</script>"@vi ;
            hp:fundedBy <{ID}project/hải-phòng/cầu> .""",
        "utf-8",
    )
    return App(Home(root))


def test_iris_of_any_letters_open(odd: App) -> None:
    """A Vietnamese IRI is asked for percent-encoded; one that holds an encoded character is asked for as it is."""
    asked = "/id/project/" + quote("hải-phòng/cầu")
    reply = odd.get(asked)
    assert (reply.status, reply.headers["location"]) == (303, "/doc/project/" + quote("hải-phòng/cầu"))
    assert "Cầu" in odd.get(reply.headers["location"]).text
    reply = odd.get("/id/project/a%20b")
    assert (reply.status, reply.headers["location"]) == (303, "/doc/project/a%20b")
    page = odd.get("/doc/project/a%20b")
    assert "/doc/project/" + quote("hải-phòng/cầu") in read(page.text).addresses
    data = odd.get(odd.get(asked, TURTLE).headers["location"], TURTLE)
    assert (URIRef(f"{ID}project/hải-phòng/cầu"), None, None) in Graph().parse(data=data.body, format="turtle")


@pytest.mark.parametrize(
    "path",
    [
        "/doc/project/a%20b",
        "/id/%3Cscript%3Ealert(1)%3C/script%3E",
        "/doc/x?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/kinds/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/query/tasks-by-pillar?pillar=%3Cscript%3Ealert(1)%3C/script%3E&x=%22%3E%3Cscript%3E",
        "/doc/place/31?page=%3Cscript%3E&q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_what_a_client_sends_is_never_markup(odd: App, path: str) -> None:
    """Paths, parameters and labels stand on a page as text."""
    reply = odd.get(path)
    assert reply.status < 500
    page = read(reply.text)
    assert page.errors == []
    assert [told for tag, told in page.tags if tag == "script" and told.get("type") != "application/ld+json"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../site.py",
        "/assets/..%2Fsite.py",
        "/assets/%2e%2e%2fsite.py",
        "/dumps/../x",
        "/data/x.exe",
        "/def.exe",
    ],
)
def test_no_other_file_is_given(app: App, path: str) -> None:
    """Only what is meant to be given has an address."""
    assert app.get(path).status == 404


def test_a_passage_opens_in_its_text(app: App) -> None:
    """The text has the passage's anchor; the passage by itself has its page and its data."""
    text = app.get(f"/id/report/{R}/text")
    assert (text.status, text.headers["location"]) == (303, f"/doc/report/{R}/text")
    assert "char=23859,23867" in read(app.get(text.headers["location"]).text).ids
    alone = app.get(f"/doc/report/{R}/text?char=23859,23867")
    assert "<mark>bến số 3</mark>" in alone.text
    assert app.get(f"/doc/report/{R}/text?char=1,2").status == 404
    data = app.get(f"/id/report/{R}/text", TURTLE)
    assert data.headers["location"] == f"/data/report/{R}/text.ttl"
    graph = Graph().parse(data=app.get(data.headers["location"]).body, format="turtle")
    assert (URIRef(f"{ID}report/{R}/text#char=23859,23867"), HP.quote, None) in graph


def test_a_graph_and_the_ontology_are_documents(app: App) -> None:
    """One address gives a page or all triples; the ending tells the form."""
    assert app.get("/graph/derived", TURTLE).headers["content-type"].startswith("text/turtle")
    whole = Graph().parse(data=app.get("/graph/derived.ttl").body, format="turtle")
    count = app.service.store.select(
        "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/hpkg/graph/derived> { ?s ?p ?o } }"
    )
    assert str(len(whole)) == str(next(iter(count))["n"])
    assert "text/html" in app.get("/graph/derived").headers["content-type"]
    assert app.get("/def/Task").headers["location"] == "/def#Task"
    assert app.get("/def/0.1.0").headers["location"] == "/def"
    assert app.get("/def/Nothing").status == 404
    assert "Task" in read(app.get("/def").text).ids
    assert (HP.Task, None, None) in Graph().parse(data=app.get("/def", "application/rdf+xml").body, format="xml")


def test_the_dataset_describes_itself(app: App) -> None:
    """Catalogue, VoID, checksums, sitemap and robots agree with one another and with what is given."""
    sums = app.get("/dumps/SHA256SUMS").text.splitlines()
    for line in sums:
        digest, name = line.split("  ")
        body = app.get(f"/dumps/{name}").body
        assert hashlib.sha256(body).hexdigest() == digest
    assert [line.split("  ")[1] for line in sums] == ["hpkg.nq.gz", "hpkg.ttl.gz", "hpkg.jsonld.gz"]
    lines = gzip.decompress(app.get("/dumps/hpkg.nq.gz").body).splitlines()
    assert lines == sorted(lines)
    assert json.loads(app.get("/dumps/version.json").body)["version"] == app.service.version
    assert app.get("/dumps/none").status == 404
    void = app.get("/.well-known/void").text
    assert "http://localhost:8020/dumps/hpkg.nq.gz" in void
    assert "http://localhost:8020/sparql" in void
    dcat = Graph().parse(data=app.get("/catalog.ttl").body, format="turtle")
    assert dcat.value(
        predicate=URIRef("http://www.w3.org/ns/dcat#downloadURL"),
        object=URIRef("http://localhost:8020/dumps/hpkg.nq.gz"),
    )
    page = app.get("/catalog")
    assert json.loads(read(page.text).scripts[0])["@type"] == "Dataset"
    assert "Sitemap: http://localhost:8020/sitemap.xml" in app.get("/robots.txt").text
    urls = re.findall(r"<loc>([^<]+)</loc>", app.get("/sitemap.xml").text)
    assert len(urls) > 5000
    for url in urls[:: len(urls) // 25]:
        assert app.get(url.removeprefix("http://localhost:8020")).status == 200, url


def test_words_find_things_without_tones(app: App) -> None:
    """What was typed without tones is marked in the text as it is written; a kind narrows; nothing found is told."""
    page = app.get("/search?q=cau+rao")
    assert page.status == 200
    assert re.search("<mark>cầu( rào)?</mark>", page.text.lower())
    assert "/doc/project/31-hai-phong/cau-rao-1" in read(page.text).addresses
    narrow = app.get("/search?q=cau+rao&kind=sentence")
    assert "/doc/project/31-hai-phong/cau-rao-1" not in read(narrow.text).addresses
    assert app.get("/search?q=cau&kind=nonsense").status == 400
    assert app.get("/search").status == 200
    assert 'value="&#34;&gt;&lt;x&gt;"' in app.get("/search?q=%22%3E%3Cx%3E").text


def test_a_search_that_asks_is_taken_as_a_question(app: App) -> None:
    """The question that words ask stands above what was found, with its values; a name alone asks nothing."""
    asked = app.get("/search?q=nhiem+vu+nao+phuc+vu+tru+cot+cang+bien&lang=en")
    meant = asked.text.partition('<section class="meant"')[2].partition("</section>")[0]
    assert 'href="/query/tasks-by-pillar?lang=en&amp;pillar=port-logistics"' in meant
    assert "Seaports and logistics" in meant
    answered = app.get("/query/tasks-by-pillar?lang=en&pillar=port-logistics")
    assert "hpkg-answer" in answered.text
    for words in ("cau+rao", "cau", "zzz+qqq+xxx+vvv"):
        assert 'class="meant"' not in app.get(f"/search?q={words}").text


def test_the_first_page_tells_what_reports_hold(app: App) -> None:
    """Figures lead to the things they count; the first list names what reports speak of, and not vocabularies."""
    page = app.get("/").text
    for kind, count in (("Task", "209"), ("Assessment", "18"), ("MissedAssessment", "7")):
        assert f'<a href="/kinds/{kind}"><strong>{count}</strong>' in page
        assert app.get(f"/kinds/{kind}").status == 200
    listed = page.partition('<ul class="columns">')[2]
    assert "/kinds/Project" in listed
    assert "/kinds/Cue" not in listed
    assert "/kinds/Cue" in app.get("/kinds").text


def test_a_question_has_a_page_with_form_and_answer(app: App) -> None:
    """The answer with its quotes; a value that means nothing is told; the query itself is a file."""
    page = app.get("/query/tasks-by-pillar?pillar=port-logistics")
    assert page.status == 200
    assert '<option value="port-logistics" selected>' in page.text
    assert re.search(r'<a href="/doc/report/[^"]+/text#char=\d+,\d+">', page.text)
    for form in ("csv", "json", "xlsx"):
        file = f"/api/questions/tasks-by-pillar?pillar=port-logistics&lang=en&limit=1000&format={form}"
        assert file in read(page.text).addresses
        assert app.get(file, "*/*").headers["content-disposition"] == f'inline; filename="tasks-by-pillar.{form}"'
    wrong = app.get("/query/tasks-by-pillar?pillar=nothing-like-it")
    assert wrong.status == 400
    assert 'role="alert"' in wrong.text
    assert app.get("/query/tasks-by-pillar.rq").text.startswith("#+ title:")
    assert (
        app.get("/query/tasks-by-pillar", "application/sparql-query")
        .headers["content-type"]
        .startswith("application/sparql-query")
    )
    data = app.get("/query/tasks-by-pillar", TURTLE)
    assert data.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=data.body, format="turtle")
    assert (URIRef(f"{BASE}query/tasks-by-pillar"), DCTERMS.title, None) in graph
    assert app.get("/query/tasks-by-pillar.jsonld").status == 200
    assert app.get("/query/tasks-by-pillar.exe").status == 404
