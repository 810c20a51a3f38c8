"""Everything about one thing, and how it may be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hpkg.errors import CallerError
from hpkg.namespaces import BASE
from hpkg.questions.description import describe, find

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore

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


def test_a_name_of_several_things_lists_them(sample_store: EmbeddedStore) -> None:
    """The choice is the caller's, with the IRIs at hand."""
    with pytest.raises(CallerError) as refused:
        find(sample_store, "311")
    assert refused.value.code == "thing-ambiguous"
    assert "place/31-311-2025" in refused.value.message("vi")


def test_a_statement_shows_its_links_and_its_passage(sample_store: EmbeddedStore) -> None:
    """A task is told with what it serves, and quoted."""
    told = describe(sample_store, find(sample_store, "V.4.10"), "vi")
    assert told.kinds == ("nhiệm vụ",)
    assert any(fact.iri == f"{ID}pillar/port-logistics" for fact in told.facts)
    assert told.evidence[0].quote.startswith("Xây dựng và tổ chức thực hiện Đề án")
    assert told.evidence[0].section == "p2.v.4"
    assert any("contribution" in (fact.iri or "") for fact in told.mentions)


def test_a_sentence_shows_what_was_read_from_it(sample_store: EmbeddedStore) -> None:
    """The way back: from the words to the statements."""
    told = describe(sample_store, find(sample_store, "p1.i.2.3"), "en")
    assert {fact.label for fact in told.read_from} == {"result", "change"}
    assert "18,95 tỷ USD" in told.evidence[0].quote


def test_labels_are_in_the_language_asked_for(sample_store: EmbeddedStore) -> None:
    """A class has a name in each language; what has only one is told by that."""
    assert describe(sample_store, find(sample_store, "hp:Task"), "en").label == "task"
    assert describe(sample_store, find(sample_store, "hp:Task"), "vi").label == "nhiệm vụ"
    assert describe(sample_store, find(sample_store, "Cầu Quang Thanh"), "en").label == "Cầu Quang Thanh"
