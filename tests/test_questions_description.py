"""Everything about one thing, and how it may be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import URIRef

from hpkg.errors import CallerError
from hpkg.home import home
from hpkg.messages import LANGUAGES
from hpkg.namespaces import BASE, HP, short
from hpkg.questions.description import describe
from hpkg.questions.labels import Labels
from hpkg.questions.lookup import find
from hpkg.store import open_store
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from hpkg.messages import Language
    from hpkg.store import Store

ID = f"{BASE}id/"
R = "31-hai-phong/2020-402-bc-ubnd"


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        (f"{ID}pillar/port-logistics", f"{ID}pillar/port-logistics"),
        (f"<{ID}pillar/port-logistics>", f"{ID}pillar/port-logistics"),
        ("id/pillar/port-logistics", f"{ID}pillar/port-logistics"),
        ("hp:Task", f"{BASE}def#Task"),
        ("p2.v.4.10", f"{ID}sentence/{R}/p2.v.4.10"),
        ("p2.v.4", f"{ID}section/{R}/p2.v.4"),
        ("V.4.10", f"{ID}task/{R}/v.4.10"),
        ("50-NQ/TW", f"{ID}document/vn/50-nq-tw"),
        ("Cầu Quang Thanh", f"{ID}project/31-hai-phong/cau-quang-thanh"),
        ("cau quang thanh", f"{ID}project/31-hai-phong/cau-quang-thanh"),
        ("cát hải", f"{ID}place/31-317"),
    ],
)
def test_a_thing_is_found_by_iri_key_or_name(sample_store: EmbeddedStore, name: str, iri: str) -> None:
    """One word is enough where it means one thing."""
    assert str(find(sample_store, name)) == iri


@pytest.mark.parametrize("name", ["https://example.org/x", "id/task/none", "hp:Nothing", "không có gì", ""])
def test_what_is_not_there_is_said(sample_store: EmbeddedStore, name: str) -> None:
    """An unknown name is the caller's to mend."""
    with pytest.raises(CallerError) as refused:
        find(sample_store, name)
    assert refused.value.code == "thing-unknown"


def test_a_name_of_several_things_lists_them() -> None:
    """The choice is the caller's, with the IRIs at hand, where no report tells which one is meant."""
    naming = "http://www.w3.org/2004/02/skos/core#"
    turtle = f'<urn:a> <{naming}prefLabel> "Hà" . <urn:b> <{naming}altLabel> "Hạ" .'
    with pytest.raises(CallerError) as refused:
        find(EmbeddedStore({"urn:g": turtle.encode()}), "ha")
    assert refused.value.code == "thing-ambiguous"
    assert "urn:b" in refused.value.message("vi")


def test_of_several_things_of_a_name_the_one_that_reports_speak_of_is_meant(store: Store) -> None:
    """The district of the report, not the special zone of the same name that came after it; an indicator, no figure."""
    assert str(find(store, "Cát Hải")).endswith("id/place/31-317")
    assert str(find(store, "grdp-growth")).endswith("id/indicator/grdp-growth")


def test_a_statement_shows_its_links_and_its_passage(sample_store: EmbeddedStore) -> None:
    """A task is told with what it serves, and quoted in its paragraph."""
    told = describe(sample_store, find(sample_store, "V.4.10"), "vi")
    assert [str(kind) for kind in told.kinds] == ["nhiệm vụ"]
    assert [term.iri for term in told.values("contributesTo")] == [f"{ID}pillar/port-logistics"]
    assert told.evidence[0].quote.startswith("Xây dựng và tổ chức thực hiện Đề án")
    assert told.evidence[0].section == "p2.v.4"
    assert any("contribution" in str(link.source.iri) for link in told.incoming.links)


def test_a_sentence_shows_what_was_read_from_it(sample_store: EmbeddedStore) -> None:
    """The way back: from the words to the statements, in text order."""
    told = describe(sample_store, find(sample_store, "p1.i.2.3"), "en")
    assert {str(said.kind) for said in told.read_from} == {"result", "change"}
    starts = [said.evidence[0].start for said in told.read_from]
    assert starts == sorted(starts)
    assert "18,95 tỷ USD" in told.evidence[0].quote


def test_labels_are_in_the_language_asked_for(sample_store: EmbeddedStore) -> None:
    """A class has a name in each language; what has only one is told by that, and marked with its language."""
    assert describe(sample_store, find(sample_store, "hp:Task"), "en").label.text == "task"
    assert describe(sample_store, find(sample_store, "hp:Task"), "vi").label.text == "nhiệm vụ"
    named = describe(sample_store, find(sample_store, "Cầu Quang Thanh"), "en").label
    assert (named.text, named.language) == ("Cầu Quang Thanh", "vi")


@pytest.fixture(scope="module")
def store() -> Store:
    """The shipped graph."""
    return open_store(home())


def test_a_project_is_told_in_time_order(store: Store) -> None:
    """What was started comes before what is planned for the next year; each with the sentence it stands on."""
    told = describe(store, find(store, "cầu Rào 1"), "en")
    statuses = [said for said in told.timeline if said.modality]
    assert [(str(said.period), str(said.name), str(said.modality)) for said in statuses] == [
        ("2020", "Cầu Rào 1: Started, 2020", "Actual"),
        ("2021", "Cầu Rào 1: To be accelerated, 2021", "Planned"),
    ]
    assert [
        said.evidence[0].sentence.startswith(words)
        for said, words in zip(statuses, ("Khởi công một số dự án", "Đẩy nhanh tiến độ"), strict=True)
    ] == [True, True]
    assert told.told == len(told.timeline) == 4
    assert [count for _, count in told.reports] == [4]


def test_a_quote_stands_in_its_paragraph(store: Store) -> None:
    """What stands around a quote is what stands around it in the report."""
    text = (home().graph / "sources" / f"{R}.txt").read_text("utf-8")
    for name in ("p2.v.4.9", "cầu Rào 1", "id/place/31-317"):
        told = describe(store, find(store, name), "vi")
        assert told.evidence
        for quote in told.evidence:
            assert text[quote.start : quote.end] == quote.quote
            assert text[: quote.start].endswith(quote.before)
            assert text[quote.end :].startswith(quote.after)
            assert "\n\n" not in quote.before + quote.quote + quote.after
            assert quote.quote in quote.sentence


def test_a_figure_has_its_unit_and_a_date_is_a_date(store: Store) -> None:
    """Figures and dates are written as in the language of the reader."""
    measured = URIRef(f"{ID}measurement/{R}/p1.i.2.2.m1")
    assert [str(term) for term in describe(store, measured, "vi").values("value")] == ["84.199,2 tỷ đồng"]
    assert [str(term) for term in describe(store, measured, "en").values("value")] == ["84,199.2 billion dong"]
    report = URIRef(f"{ID}report/{R}")
    assert [str(term) for term in describe(store, report, "vi").values("dateIssued")] == ["18/12/2020"]
    assert [str(term) for term in describe(store, report, "en").values("dateIssued")] == ["2020-12-18"]


def test_what_has_no_name_is_called_by_its_parts(store: Store) -> None:
    """A status, a period, a figure: each in the language of the reader, and no IRI."""
    names = {language: Labels(store, language) for language in LANGUAGES}
    status, period = f"{ID}project-status/{R}/p1.i.3.2.cau-rao-1", f"{ID}period/2020"
    assert names["vi"].of([status, period])[status].text == "Cầu Rào 1: Khởi công, 2020"
    assert names["en"].of([status, period])[status].text == "Cầu Rào 1: Started, 2020"
    assert names["en"][period].text == "2020"
    assert (
        names["en"][f"{ID}measurement/{R}/p1.i.2.2.m3"].text
        == "Revenue from exports and imports: Down 16.1 per cent (2020)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name(store: Store, language: Language) -> None:
    """No subject, class or property of the graph is told by its bare IRI, but for what other vocabularies define."""
    query = f"""
    SELECT DISTINCT ?thing WHERE {{
      {{ ?thing ?any ?value }} UNION {{ ?s ?thing ?o }} UNION {{ ?s a ?thing }}
      FILTER(isIRI(?thing) && (STRSTARTS(STR(?thing), "{ID}") || STRSTARTS(STR(?thing), STR(hp:)) ))
    }}"""
    things = [str(row["thing"]) for row in store.select(query)]
    names = Labels(store, language).of(things)
    assert len(things) > 4000
    assert [thing for thing in things if names[thing].text == short(thing)] == []


def test_who_vouches_for_a_fact_is_told(store: Store) -> None:
    """What a report states, what reference data say and what rules added are told apart."""
    task = describe(store, find(store, "p2.v.4.9"), "en").read_from[0]
    facts = describe(store, URIRef(str(task.name.iri)), "en").facts
    by_name = {(str(fact.property.iri).removeprefix(str(HP)), fact.standing) for fact in facts}
    assert ("contributesTo", "stated") in by_name
    assert ("underDirection", "entailed") in by_name
    growth = describe(store, URIRef(f"{ID}growth-needed/31-hai-phong/2021/budget-revenue"), "en")
    assert {fact.standing for fact in growth.facts} == {"derived"}
    assert {fact.standing for fact in describe(store, HP.Task, "en").facts} == {"reference"}


def test_incoming_links_come_in_pages(store: Store) -> None:
    """Each link stands on one page; a page that is not there is the nearest one."""
    place = URIRef(f"{ID}place/31")
    first = describe(store, place, "en").incoming
    rest = [describe(store, place, "en", page=page).incoming for page in range(2, first.pages + 1)]
    links = [(link.source.iri, link.property.iri) for part in (first, *rest) for link in part.links]
    assert first.pages > 1
    assert len(links) == len(set(links)) == first.total
    assert describe(store, place, "en", page=99).incoming.page == first.pages
    assert describe(store, place, "en", page=0).incoming.page == 1


def test_what_is_not_there_is_described_as_nothing(store: Store) -> None:
    """A thing that the graph does not know has a description that says so."""
    assert not describe(store, URIRef(f"{ID}task/none"), "en").exists
