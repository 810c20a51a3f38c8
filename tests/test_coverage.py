"""The account of a report: every character, sentence and digit of it is counted, and counted once."""

from __future__ import annotations

from tests.passage import Passage, read_passage

from hpkg.coverage import Coverage, cover


def _cover(passage: Passage) -> Coverage:
    return cover(passage.reading)


def _digits(passage: Passage) -> int:
    leaves = passage.reading.document.leaves
    return sum(
        char.isdecimal() for leaf in leaves if leaf.kind != "noise" for char in passage.text[leaf.start : leaf.end]
    )


def test_every_character_is_counted_once() -> None:
    """Headings, sentences and each reason of noise come to the length of the file."""
    passage = read_passage("Kinh tế phát triển.")
    counted = _cover(passage).characters
    assert sum(counted.values()) == len(passage.text)
    assert {"heading", "sentence", "blank", "after-body"} <= counted.keys()


def test_sentences_with_facts_are_told_from_those_without() -> None:
    """A sentence that nothing was read from counts among all and not among those read."""
    plain, told = (_cover(read_passage(said)) for said in ("Kinh tế phát triển.", "Xuất khẩu đạt 16,5 tỷ USD."))
    assert plain.sentences[1] == told.sentences[1]
    assert plain.sentences[0] + 1 == told.sentences[0]


def test_facts_are_counted_by_type() -> None:
    """The counts are those of the records, types in order."""
    passage = read_passage("Xuất khẩu đạt 16,5 tỷ USD tại quận Hải An.")
    coverage = _cover(passage)
    assert sum(coverage.facts.values()) == len(passage.reading.facts)
    assert list(coverage.facts) == sorted(coverage.facts)
    assert (coverage.facts["measurement"], coverage.facts["place"]) == (1, 1)


def test_every_digit_of_the_body_has_a_reason() -> None:
    """A digit is part of a fact, a date, a document number, an outline number, a name, or unread."""
    passage = read_passage(
        "Ngày 05/6/2020 thành phố ban hành Kế hoạch số 275-KH/TU; xuất khẩu đạt 16,5 tỷ USD; hoàn thành cầu Rào 1; "
        "năng suất đạt 17 xyz."
    )
    digits = _cover(passage).digits
    assert sum(digits.values()) == _digits(passage)
    assert digits["fact"] == len("165")
    assert digits["document-number"] == len("275")
    assert digits["unread"] == len("17")
    assert digits["date"] >= len("0562020")
    assert digits["name"] >= 1


def test_the_account_names_report_file_and_size() -> None:
    """What was written and whether it changed is part of the account; nothing is missing in a full report."""
    coverage = _cover(read_passage("Kinh tế phát triển."))
    assert coverage.report == "31-hai-phong/2020-1-bc-ubnd"
    assert coverage.missing == ()


def test_the_figures_of_the_graph_are_those_of_the_account() -> None:
    """Digits in facts, digits excluded and digits unread come to all digits."""
    coverage = _cover(read_passage("Năm 2020, xuất khẩu đạt 16,5 tỷ USD; năng suất đạt 17 xyz."))
    figures = coverage.figures
    assert (figures["sentences-read"], figures["sentences"]) == coverage.sentences
    assert figures["digits"] == figures["digits-in-facts"] + figures["digits-excluded"] + figures["digits-unread"]
    assert (figures["digits-in-facts"], figures["digits-unread"], figures["unread-spans"]) == (3, 2, 1)
    assert figures["digits-excluded"] >= len("2020")
