"""REST: one operation a question, described by OpenAPI."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from zipfile import ZipFile

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.serve.client import running

import hpkg
from hpkg.questions import all_questions
from hpkg.questions.formats import FORMATS
from hpkg.serve.api.request import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis.specs.openapi.schemas import OpenApiSchema
    from tests.serve.client import Client, Reply

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PATIENCE = 120
"""Seconds: a busy machine answers late, and no time is measured here."""
PILLAR = {"pillar": "port-logistics"}
ASK = "/api/questions/tasks-by-pillar"


@pytest.fixture(scope="module")
def api() -> Iterator[Client]:
    """The shipped graph, served as it comes."""
    with running(home=hpkg.open().home.root) as client:
        yield client


@pytest.fixture(scope="module")
def described(api: Client) -> OpenApiSchema:
    """The description of the service, as it tells it."""
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{api.port}/api/openapi.json", timeout=PATIENCE)


def following(client: Client, reply: Reply) -> Reply:
    """Return the page that `reply` names as the next."""
    told = urlsplit(reply.json()["next"])
    return client.send("GET", told.path, parameters=parse_qsl(told.query))


def test_every_question_is_an_operation(api: Client) -> None:
    """The list has them all, each with an address that answers or says which parameter it needs."""
    listed = api.send("GET", "/api/questions").json()["questions"]
    assert [one["name"] for one in listed] == [question.name for question in hpkg.open().questions()]
    for question in hpkg.open().questions():
        given = dict(question.golden.parameters)
        assert api.send("GET", f"/api/questions/{question.name}", parameters=given).status == 200


def test_no_question_has_a_parameter_of_the_interface() -> None:
    """`limit`, `format` and the like mean the same in every operation."""
    names = {parameter.name for question in all_questions(hpkg.open().home) for parameter in question.parameters}
    assert names.isdisjoint({*RESERVED, "q", "name"})


def test_pages_hold_each_row_once(api: Client) -> None:
    """The pages that `next` leads to are the whole answer, in order, and each says where it stands."""
    whole = api.send("GET", ASK, parameters=PILLAR).json()
    assert (whole["complete"], whole["next"], whole["total"]) == (True, None, whole["count"])
    reply = api.send("GET", ASK, parameters=PILLAR | {"limit": "4"})
    rows = list(reply.json()["rows"])
    assert reply.fields["link"] == f'<{reply.json()["next"]}>; rel="next"'
    while reply.json()["next"]:
        assert (reply.json()["state"], reply.json()["complete"]) == ("truncated", False)
        reply = following(api, reply)
        rows += reply.json()["rows"]
    assert rows == whole["rows"]


def test_evidence_comes_when_it_is_asked_for(api: Client) -> None:
    """Without it a row has none of its columns; with it, the quote stands at its offsets in the text."""
    plain = api.send("GET", ASK, parameters=PILLAR).json()
    assert all("quote" not in row and "evidence" not in row for row in plain["rows"])
    told = api.send("GET", ASK, parameters=PILLAR | {"_extra": "evidence"}).json()["rows"]
    text = (hpkg.open().home.graph / "sources/31-hai-phong/2020-402-bc-ubnd.txt").read_bytes().decode()
    for row in told:
        for passage in row["evidence"]:
            assert text[passage["start"] : passage["end"]] == passage["quote"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_comes_in_every_format(api: Client, form: str) -> None:
    """By name, and by the media type that a client accepts; HTML only by name."""
    named = api.send("GET", ASK, parameters=PILLAR | {"format": form})
    assert named.status == 200
    assert named.fields["content-type"] == FORMATS[form].media_type
    accepted = api.send("GET", ASK, parameters=PILLAR, accept=FORMATS[form].media_type.partition(";")[0])
    assert accepted.status == (406 if form == "html" else 200)
    if form != "html":
        assert accepted.body == named.body


def test_a_cut_file_says_so(api: Client) -> None:
    """CSV has no room for a note: the fields of the answer tell it, and where to go on."""
    reply = api.send("GET", ASK, parameters=PILLAR | {"limit": "2", "format": "csv"})
    assert len(list(csv.reader(io.StringIO(reply.body.decode())))) == 3
    assert reply.fields["hpkg-truncated"] == "rows"
    assert 'rel="next"' in reply.fields["link"]
    book = api.send("GET", ASK, parameters=PILLAR | {"format": "xlsx"})
    assert ZipFile(io.BytesIO(book.body)).testzip() is None


@pytest.mark.parametrize("question", ["nhiệm vụ nào phục vụ trụ cột cảng biển?", "tasks for seaports and logistics"])
def test_a_question_in_plain_words_is_answered(api: Client, question: str) -> None:
    """As the operation it is understood as answers, in pages, with what was understood before the rows."""
    told = api.send("GET", "/api/ask", parameters={"q": question, "lang": "en", "_extra": "evidence"}).json()
    understood = told.pop("understood")
    best = understood["interpretations"][0]
    assert (best["question"], best["parameters"], understood["text"]) == ("tasks-by-pillar", PILLAR, question)
    same = urlsplit(best["answer"])
    given = dict(parse_qsl(same.query)) | {"_extra": "evidence"}
    assert told == api.send("GET", same.path, parameters=given).json()
    reply = api.send("GET", "/api/ask", parameters={"q": question, "lang": "en", "limit": "4"})
    rows = list(reply.json()["rows"])
    while reply.json()["next"]:
        reply = following(api, reply)
        rows += reply.json()["rows"]
    assert [row["task"] for row in rows] == [row["task"] for row in told["rows"]]


def test_what_else_a_question_may_mean_can_be_asked(api: Client) -> None:
    """Each other reading has words of its own and an address that answers."""
    told = api.send("GET", "/api/ask", parameters={"q": "Cát Hải có gì", "lang": "vi"}).json()["understood"]
    assert 1 < len(told["interpretations"]) <= 3
    for one in told["interpretations"]:
        same = urlsplit(one["answer"])
        answer = api.send("GET", same.path, parameters=parse_qsl(same.query)).json()
        assert answer["question"] == one["question"]
        assert one["asks"]


def test_a_value_is_a_key_an_iri_or_a_name(api: Client) -> None:
    """Without tones as well, and the answer is the same."""
    values = ("port-logistics", "https://w3id.org/hpkg/id/pillar/port-logistics", "cang bien - logistics")
    found = [api.send("GET", ASK, parameters={"pillar": value}).json()["rows"] for value in values]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("path", "given", "status", "code"),
    [
        ("/api/questions/tasks-by-piller", {}, 404, "question-unknown"),
        (ASK, {"pillar": "ports"}, 400, "parameter-value-unknown"),
        (ASK, {"piller": "port-logistics"}, 400, "parameter-unknown"),
        (ASK, {"limit": "0"}, 400, "parameter-choice"),
        (ASK, {"limit": "9" * 5000}, 400, "parameter-choice"),
        (ASK, {"format": "docx"}, 400, "parameter-choice"),
        (ASK, {"lang": "fr"}, 400, "parameter-choice"),
        (ASK, {"next": "nonsense"}, 400, "page-token-wrong"),
        (ASK, {"next": "YWJjLjU"}, 410, "page-outdated"),
        ("/api/search", {}, 400, "parameter-missing"),
        ("/api/ask", {}, 400, "parameter-missing"),
        ("/api/ask", {"q": "will it rain tomorrow"}, 422, "ask-not-understood"),
        ("/api/ask", {"q": "which province has the highest?"}, 422, "ask-incomplete"),
        ("/api/resource", {"name": "no such thing at all"}, 404, "thing-unknown"),
        ("/api/facts", {"kind": "nothing"}, 400, "parameter-value-unknown"),
    ],
)
def test_a_mistake_is_told(api: Client, path: str, given: dict[str, str], status: int, code: str) -> None:
    """With its status, a code that stays, and what to do, in the language of the reader."""
    reply = api.send("GET", path, parameters=given, accept_language="vi")
    assert (reply.status, reply.json()["code"]) == (status, code)
    assert reply.fields["content-type"] == "application/problem+json"
    assert reply.fields["content-language"] == "vi"
    assert "--" not in reply.json()["title"]


def test_a_mistake_is_told_in_the_language_that_is_asked_for(api: Client) -> None:
    """`lang` counts more than what the browser likes, for a mistake as for an answer."""
    for language, other in (("vi", "en"), ("en", "vi")):
        asked = {"pillar": "nothing", "lang": language}
        reply = api.send("GET", ASK, parameters=asked, accept_language=other)
        assert (reply.status, reply.fields["content-language"]) == (400, language)


def test_the_addresses_of_the_page_answer(api: Client) -> None:
    """Every address that the page on REST asks has an answer; the one of a mistake is refused."""
    page = (hpkg.open().home.root / "docs" / "rest.md").read_text("utf-8")
    asked = re.findall(r"curl [^\n]*'http://localhost:8020(/[^']+)'", page)
    assert len(asked) > 6
    for address in asked:
        assert api.send("GET", address).status == (400 if "=nothing" in address else 200), address


def test_a_parameter_stands_once(api: Client) -> None:
    """Two values of one parameter are a mistake, and none of them is taken."""
    reply = api.send("GET", ASK, parameters=[("pillar", "port-logistics"), ("pillar", "tourism-trade")])
    assert (reply.status, reply.json()["code"]) == (400, "parameter-twice")


def test_what_did_not_change_is_not_sent_again(api: Client) -> None:
    """By the entity tag, which another language has not."""
    first = api.send("GET", ASK, parameters=PILLAR)
    again = api.send("GET", ASK, parameters=PILLAR, if_none_match=first.fields["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.fields["last-modified"] == first.fields["last-modified"]
    assert api.send("GET", ASK, parameters=PILLAR, accept_language="vi").fields["etag"] != first.fields["etag"]


def test_facts_are_the_statements_with_their_characters(api: Client) -> None:
    """Narrowed by kind, in text order, through all pages."""
    reply = api.send("GET", "/api/facts", parameters={"kind": "task", "report": "402/BC-UBND", "limit": "100"})
    total, rows = reply.json()["total"], reply.json()["facts"]
    while reply.json()["next"]:
        reply = following(api, reply)
        rows += reply.json()["facts"]
    assert len({row["statement"] for row in rows}) == len(rows) == total
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_things_are_searched_and_told(api: Client) -> None:
    """What a search finds can be asked for."""
    hit = api.send("GET", "/api/search", parameters={"q": "cau rao 1", "kind": "project"}).json()["hits"][0]
    told = api.send("GET", "/api/resource", parameters={"name": hit["iri"]}).json()
    assert told["label"]["text"] == hit["label"]


def test_the_description_is_openapi(api: Client) -> None:
    """It is valid, in both languages, and has every question with the parameters of its header."""
    for language in ("vi", "en"):
        document = api.send("GET", "/api/openapi.json", accept_language=language).json()
        named = {f"#/components/{kind}/{name}" for kind, all_ in document["components"].items() for name in all_}
        assert set(re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(document))) == named
        for question in hpkg.open().questions():
            operation = document["paths"][f"/api/questions/{question.name}"]["get"]
            assert operation["summary"] == question.question.in_(language)
            names = [field["name"] for field in operation["parameters"] if "name" in field]
            assert names == [parameter.name for parameter in question.parameters]


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", ["/api/questions", "/api/search", "/api/facts", "/api/resource", "/api/ask", ASK])
def test_nothing_that_can_be_sent_breaks_it(described: OpenApiSchema, path: str, mode: GenerationMode) -> None:
    """Requests made from the description, right ones and wrong ones, get an answer that the description names."""
    operation = described[path]["GET"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    def tried(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS, timeout=PATIENCE)

    tried()
