"""All facts together: quotes, names, order, and sentences that know their facts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.passage import frame, make_source, read_passage

from hpkg.extract.facts import read_facts
from hpkg.model import Sentence, to_record

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading
    from hpkg.lexicon import Lexicon


def test_every_quote_is_its_characters(report: Reading) -> None:
    """`text == source[start:end]` for every record, and for every mention in it."""
    text = report.document.source.text
    for record in map(to_record, report.facts):
        mentions = record.get("mentions", ())
        assert isinstance(mentions, list | tuple)
        for span in (record, *mentions):
            assert text[span["start"] : span["end"]] == span["text"]
            assert span["text"]


def test_every_record_is_in_a_known_section(report: Reading) -> None:
    """A section path in a record is that of a section, or none before the first."""
    paths = {section.section for section in report.document.sections} | {None}
    assert {fact.section for fact in report.facts} <= paths
    assert {fact.report for fact in report.facts} == {"31-hai-phong/2020-402-bc-ubnd"}


def test_names_are_unique_and_stable(report: Reading, lexicon: Lexicon) -> None:
    """No two records share a name, and reading again gives the same records in the same order."""
    names = Counter(fact.id for fact in report.facts)
    assert [name for name, count in names.items() if count > 1] == []
    assert all(name.startswith("https://w3id.org/hpkg/id/") and name.isascii() for name in names)
    assert read_facts(report.document.source, lexicon).facts == report.facts


def test_records_follow_the_text(report: Reading) -> None:
    """Records are in order of where they start, the longer first."""
    spans = [(fact.start, -fact.end) for fact in report.facts]
    assert spans == sorted(spans)


def test_a_sentence_lists_the_facts_read_from_it(report: Reading) -> None:
    """Each id is that of a record; each record that stands in a sentence is listed there."""
    known = {fact.id for fact in report.facts}
    listed = {fact.sentence: set(fact.facts) for fact in report.facts if isinstance(fact, Sentence)}
    for ids in listed.values():
        assert ids <= known
    for fact in report.facts:
        if fact.sentence and not isinstance(fact, Sentence):
            assert fact.id in listed[fact.sentence], fact


def test_a_report_with_a_part_missing_gives_what_it_has(lexicon: Lexicon) -> None:
    """Without part 2 there are results and no tasks, and the roles that are missing are named."""
    text = frame(results="Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD. Giá cả ổn định. Đời sống được nâng cao.")
    reading = read_facts(make_source(text[: text.index("Phần 2.")]), lexicon)
    types = {fact.type for fact in reading.facts}
    assert reading.missing == ["targets", "tasks"]
    assert "measurement" in types
    assert not types & {"task", "theme", "objective"}


def test_a_report_without_a_plan_year_speaks_of_its_own_year() -> None:
    """Where the metadata name no plan, nothing is for a year that was guessed."""
    facts = read_passage("Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD.", plan_year=None).reading.facts
    assert {record["period"] for record in map(to_record, facts) if "period" in record} == {"2020"}


def test_the_same_words_twice_are_two_facts() -> None:
    """A sentence that is repeated gives records with names of their own."""
    said = "Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD. Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD."
    names = [fact.id for fact in read_passage(said).reading.facts if fact.type == "measurement"]
    assert len(names) == len(set(names)) == 2
