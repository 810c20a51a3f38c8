"""A search finds by names and sentences, with tones before without, whatever is typed."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.errors import CallerError
from hpkg.search import Field, Index, Name, Thing, things, words

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore

BASE = "https://w3id.org/hpkg/id/"
ONE, TWO = f"{BASE}report/a/2020-1", f"{BASE}report/b/2021-2"


def thing(key: str, *names: Name, reports: tuple[str, ...] = ()) -> Thing:
    """Return a thing of the kind that its key begins with."""
    return Thing(BASE + key, key.partition("/")[0], names, frozenset(reports))


def label(text: str, language: str = "vi") -> Name:
    """Return a label."""
    return Name(Field.LABEL, text, language)


HARBOUR = thing("pillar/port", label("Cảng biển-logistics"), label("Seaports and logistics", "en"), reports=(ONE, TWO))
BRIDGE = thing("project/cau-rao", label("Cầu Rào"), Name(Field.ALIAS, "cầu Rào mới", "vi"), reports=(ONE,))
AXE = thing("project/rau", label("Vườn rau"))
TASK = thing("task/1", Name(Field.STATEMENT, "Mở rộng các cảng cá và tuyến đường ven biển", "vi"), reports=(ONE,))
SENTENCE = thing("sentence/1", Name(Field.SENTENCE, "Cảng biển được mở rộng.", "vi"), reports=(TWO,))
REPORT = thing("report/a/2020-1", label("Báo cáo năm 2020"), Name(Field.ALIAS, "1/BC-UBND"), reports=(ONE,))
DUNG = thing("place/1", label("Xã Dũng Tiến"))
DONG = thing("place/2", label("Xã Đông Tiến"))


@pytest.fixture(scope="module")
def index() -> Index:
    """A small index whose every word is known."""
    return Index.build([HARBOUR, BRIDGE, AXE, TASK, SENTENCE, REPORT, DUNG, DONG], "abc")


@pytest.fixture(scope="module")
def sample(sample_store: EmbeddedStore) -> Index:
    """The index over the sample."""
    return Index.build(things(sample_store), sample_store.version)


def found(index: Index, query: str, **narrowed: object) -> list[str]:
    """Return the keys of the hits."""
    return [hit.iri.removeprefix(BASE) for hit in index.search(query, **narrowed)]  # type: ignore[arg-type]


def test_tones_may_be_left_out(index: Index) -> None:
    """Without tones, `đ` and marks, everything that folds to the words is found; labels come before sentences."""
    assert found(index, "cang bien") == ["pillar/port", "task/1", "sentence/1"]
    assert found(index, "dong tien") == ["place/2"]


def test_words_with_their_tones_come_first(index: Index) -> None:
    """A name that has the tones as typed stands before one that folds to the same letters."""
    assert found(index, "rau") == ["project/rau"]
    assert found(index, "rao") == ["project/cau-rao"]
    assert found(index, "tiến dũng") == ["place/1"]
    assert [hit.exact for hit in index.search("cảng biển")] == [True, True, True]
    assert [hit.exact for hit in index.search("cang bien")] == [False, False, False]


def test_a_word_typed_with_tones_keeps_them_beside_one_without() -> None:
    """`cảng bien` prefers cảng to càng."""
    index = Index.build([thing("a/1", label("càng biến")), thing("a/2", label("cảng biến"))])
    assert found(index, "cảng bien") == ["a/2", "a/1"]


def test_both_forms_of_unicode_find_the_same(index: Index) -> None:
    """A query in NFD finds what one in NFC finds, and as exactly."""
    assert index.search(unicodedata.normalize("NFD", "cảng biển")).hits == index.search("cảng biển").hits


def test_the_last_word_may_be_begun(index: Index) -> None:
    """The last word is a beginning, the others are whole."""
    assert found(index, "cang bi")[0] == "pillar/port"
    assert found(index, "can bien", kinds=["pillar"]) == ["pillar/port"]
    assert not index.search("can bien").all_words


def test_a_highlight_is_a_span_of_the_text_as_written(index: Index) -> None:
    """What is marked folds to what was typed."""
    hit = index.search("cang bi").hits[0]
    assert [hit.text[start:end] for start, end in hit.highlights] == ["Cảng bi"]


def test_each_thing_is_found_once_by_its_best_name(index: Index) -> None:
    """A label counts before another name of the same thing."""
    (hit,) = index.search("cầu rào").hits
    assert (hit.text, hit.field) == ("Cầu Rào", "label")
    (hit,) = index.search("rào mới").hits
    assert (hit.text, hit.field, hit.label) == ("cầu Rào mới", "alias", "Cầu Rào")


def test_hits_are_narrowed_to_kinds_and_to_a_report(index: Index) -> None:
    """A kind is a key or its name in a language; a report its key, number or title."""
    assert found(index, "cang bien", kinds=["sentence"]) == ["sentence/1"]
    assert found(index, "cang bien", kinds=["câu văn", "tasks"]) == ["task/1", "sentence/1"]
    assert found(index, "cang bien", report="b/2021-2") == ["pillar/port", "sentence/1"]
    assert found(index, "cang bien", report="1/BC-UBND") == ["pillar/port", "task/1"]
    assert found(index, "cang bien", report="bao cao nam 2020") == ["pillar/port", "task/1"]


def test_a_kind_or_report_that_is_not_there_is_an_error(index: Index) -> None:
    """The error names the nearest kind, and the reports there are."""
    with pytest.raises(CallerError) as caught:
        index.search("cảng", kinds=["projekt"])
    assert caught.value.code == "search-kind-unknown"
    assert "project" in caught.value.hint("en").partition(".")[0]
    with pytest.raises(CallerError) as caught:
        index.search("cảng", report="c/2022-3")
    assert caught.value.code == "search-report-unknown"
    assert "a/2020-1" in caught.value.hint("vi")


@pytest.mark.parametrize("query", ["", "  \t", "?!", "“”", "\u0300", "_"])
def test_nothing_to_look_for_is_an_error(index: Index, query: str) -> None:
    """A query needs a letter or a digit."""
    with pytest.raises(CallerError) as caught:
        index.search(query)
    assert caught.value.code == "search-empty"


def test_too_many_words_are_an_error(index: Index) -> None:
    """The length of a query has a limit, and it is told."""
    with pytest.raises(CallerError) as caught:
        index.search("cảng " * 65)
    assert caught.value.details["count"] == 65


@pytest.mark.parametrize(
    "query",
    ['cảng"', "cảng*", "AND", "cảng OR", "NEAR(cảng biển)", "exact:cảng", "(cảng", "^cảng", "-biển", "cảng + '; --"],
)
def test_no_character_of_a_query_is_syntax(index: Index, query: str) -> None:
    """What means something to the engine is only looked for."""
    assert index.search(query).query == query


@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(query: str) -> None:
    """A query gives hits or none, or says that it holds nothing to look for."""
    assert isinstance(ANY.suggest(query), list)
    if not list(words(query)):
        with pytest.raises(CallerError, match="letter or digit"):
            ANY.search(query)
        return
    for hit in ANY.search(query):
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)


ANY = Index.build([HARBOUR, BRIDGE, TASK, SENTENCE])


def test_some_of_the_words_are_better_than_none_and_it_is_said(index: Index) -> None:
    """When nothing holds all words, what holds most of them comes first; a word that is nowhere has neighbours."""
    partial = index.search("which cảng biển logistcs")
    assert not partial.all_words
    assert partial.hits[0].iri == HARBOUR.iri
    assert dict(partial.nearest)["logistcs"] == ("logistics",)


def test_a_limit_is_told(index: Index) -> None:
    """A search that was cut off knows how many there are."""
    first = index.search("cang bien", limit=1)
    assert (len(first), first.total, first.complete) == (1, 3, False)
    assert index.search("cang bien").complete


def test_what_a_report_speaks_of_comes_before_what_none_does() -> None:
    """Of two things of one name, the one a report speaks of is meant."""
    index = Index.build([thing("place/1", label("Xã Tân Dân")), thing("place/2", label("Xã Tân Dân"), reports=(ONE,))])
    assert found(index, "tan dan") == ["place/2", "place/1"]


def test_a_dumped_index_answers_as_before(index: Index) -> None:
    """Dump and load change nothing; other bytes are refused."""
    again = Index.load(index.dump())
    assert again.search("cang bien") == index.search("cang bien")
    assert again.dataset == "abc"
    for broken in (b"", b"no database", index.dump()[:5000]):
        with pytest.raises(ValueError, match="no index"):
            Index.load(broken)


def test_what_is_typed_is_completed(index: Index) -> None:
    """Suggestions are names only, JSON-able, and never an error."""
    first, *rest = index.suggest("cang", language="vi")
    assert (first["kind_name"], first["label"], first["highlights"]) == ("trụ cột", "Cảng biển-logistics", [[0, 4]])
    assert all("sentence" not in record["iri"] for record in rest)
    assert index.suggest("  ") == []
    assert json.loads(json.dumps(index.suggest("cau"))) == index.suggest("cau")


def test_names_can_be_taken_elsewhere(index: Index) -> None:
    """Every name stands folded in the list for a page without a server; sentences do not."""
    listed = {record["iri"].removeprefix(BASE): record for record in index.names()}
    assert listed["project/cau-rao"]["names"] == ["cau rao", "cau rao moi"]
    assert "sentence/1" not in listed


def test_the_formats_hold_the_same_hits(index: Index) -> None:
    """JSON and CSV have every hit, with where it matched."""
    searched = index.search("cang bien", language="vi")
    loaded = json.loads(searched.to_json())
    assert [hit["iri"] for hit in loaded["hits"]] == [hit.iri for hit in searched]
    assert loaded["hits"][0]["highlights"] == [[0, 9]]
    lines = searched.to_csv().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("pillar,Cảng biển-logistics,Cảng biển-logistics,label,0-9,false,a/2020-1 b/2021-2")


def test_the_sample_is_found_by_every_kind_of_name(sample: Index) -> None:
    """Labels, other names, numbers, keys and sentences of a real graph are found."""
    for query, kind in (
        ("cau quang thanh", "project"),
        ("cat hai", "place"),
        ("kim ngạch xuất khẩu", "indicator"),
        ("seaports", "pillar"),
        ("port-logistics", "pillar"),
        ("khoi cong mot so du an", "sentence"),
    ):
        searched = sample.search(query, kinds=[kind])
        assert searched.all_words, query
        assert searched.hits[0].reports == ("31-hai-phong/2020-402-bc-ubnd",)


def test_a_sentence_leads_to_its_passage(sample: Index) -> None:
    """A hit in a sentence has the IRI of the passage, and the highlights are offsets in its quote."""
    hit = sample.search("khởi công một số dự án", kinds=["sentence"]).hits[0]
    start, _, end = hit.passage.partition("char=")[2].partition(",")
    assert len(hit.text) == int(end) - int(start)
