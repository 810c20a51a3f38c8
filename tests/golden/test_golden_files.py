"""The golden facts are sound in themselves: exact quotes, known fields, every digit accounted for."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent
_FOLDER = _HERE / "402-bc-ubnd-2020"
_SOURCE = _HERE.parents[1] / "graph" / "sources" / "31-hai-phong" / "2020-402-bc-ubnd.txt"
_TEXT = _SOURCE.read_bytes().decode("utf-8")

_RECORD = {"type", "report", "section", "start", "end", "text"}
_OPTIONAL = {"optional", "also"}
_INDICATOR = {"indicator_label", "indicator_key", "number", "period", "area"}
_NESTED_SPANS = ("mentions", "parts", "examples")

# File name -> the fields that must stand in each line, and those that may.
_FIELDS: dict[str, tuple[set[str], set[str]]] = {
    "measurements": (
        _RECORD
        | _INDICATOR
        | {"number_start", "number_end", "value", "low", "high", "comparator", "unit", "unit_text"}
        | {"kind", "direction", "estimated", "of"},
        _OPTIONAL,
    ),
    "assessments": (
        _RECORD
        | _INDICATOR
        | {"status", "status_text", "status_start", "status_end", "cause", "cause_start", "cause_end"},
        _OPTIONAL | {"parts"},
    ),
    "running_judgements": (_RECORD | _INDICATOR | {"status", "yardstick", "cause"}, _OPTIONAL),
    "documents": (
        _RECORD | {"label", "number", "kind", "date", "issuer", "subject", "cites", "mentions"},
        _OPTIONAL,
    ),
    "places": (_RECORD | {"label", "full_label", "kind", "code", "within", "mentions"}, _OPTIONAL | {"iso"}),
    "place_decoys": ({"start", "end", "text", "context", "reason"}, set()),
    "organisations": (_RECORD | {"label", "kind", "aliases", "area", "parent", "mentions"}, _OPTIONAL),
    "events": (_RECORD | {"label", "kind", "date", "place", "mentions"}, _OPTIONAL),
    "findings": (_RECORD | {"label"}, {"causes", "examples", "scope"}),
    "corrections": (_RECORD | {"surface", "normalised", "reason"}, {"optional"}),
    "excluded_digits": ({"start", "end", "text", "reason"}, set()),
}
_KINDS = {"result", "target", "plan", "change", "share", "count", "threshold", "ratio"}
_COMPARATORS = {"=", "≈", ">", "≥", "<", "≤", "range"}
_CORRECTION_REASONS = {
    "ocr-slip",
    "wrong-abbreviation",
    "lower-cased-name",
    "missing-space",
    "wrong-document-type",
}

Record = dict[str, Any]


def _records(name: str) -> list[Record]:
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _spans(record: Record) -> list[Record]:
    nested = [part for key in _NESTED_SPANS for part in record.get(key, ())]
    return [record, *nested]


@pytest.mark.parametrize("name", _FIELDS)
def test_records_have_the_fields_agreed(name: str) -> None:
    """Each line holds every required field and no field that is not described."""
    required, allowed = _FIELDS[name]
    records = _records(name)
    assert records
    for record in records:
        assert required <= record.keys() <= required | allowed, record
        for other in record.get("also", ()):
            assert other.keys() <= record.keys(), record


@pytest.mark.parametrize("name", _FIELDS)
def test_text_equals_its_characters(name: str) -> None:
    """A quote equals the source between its offsets, in the record and in each part of it."""
    for record in _records(name):
        for span in _spans(record):
            assert _TEXT[span["start"] : span["end"]] == span["text"], record
            assert span["text"], record


@pytest.mark.parametrize("name", _FIELDS)
def test_records_are_sorted(name: str) -> None:
    """Lines follow the text, and so do the mentions within one line."""
    records = _records(name)
    for group in [records, *(record.get("mentions", []) for record in records)]:
        for left, right in pairwise(group):
            assert (left["start"], left["end"]) <= (right["start"], right["end"]), right


def test_measurements_are_well_formed() -> None:
    """A number lies in its quote, is a point or an interval, and hangs on a measurement that exists."""
    records = _records("measurements")
    starts = {record["start"] for record in records}
    for record in records:
        assert record["start"] <= record["number_start"] < record["number_end"] <= record["end"], record
        assert _TEXT[record["number_start"] : record["number_end"]].endswith(record["unit_text"]), record
        assert record["kind"] in _KINDS, record
        assert record["comparator"] in _COMPARATORS, record
        assert record["direction"] in {"up", "down", None}, record
        assert record["of"] is None or record["of"] in starts - {record["start"]}, record
        is_interval = record["comparator"] == "range"
        assert (record["value"] is None) == is_interval, record
        assert (record["low"] is not None and record["high"] is not None) == is_interval, record


def test_each_number_is_read_once() -> None:
    """No two measurements share a number, but for a total that stands inside `11/18`."""
    records = sorted(_records("measurements"), key=lambda record: record["number_start"])
    for left, right in pairwise(records):
        assert left["number_end"] <= right["number_start"] or right["text"] == "18 chỉ tiêu", right


def test_all_nineteen_targets_are_there() -> None:
    """The targets of 2021 carry the numbers (1) to (19), each at least once."""
    numbers = [record["number"] for record in _records("measurements") if record["number"]]
    assert list(dict.fromkeys(numbers)) == [f"({n})" for n in range(1, 20)]


def test_all_eighteen_assessments_are_there() -> None:
    """Eleven indicators met the plan of 2020 and seven missed it, for a cause the report states."""
    judged = [(record["status"], record["number"], bool(record["cause"])) for record in _records("assessments")]
    met = [("met", f"({n})", False) for n in range(1, 12)]
    missed = [("missed", f"({n})", True) for n in range(1, 8)]
    assert judged == met + missed


def test_assessments_quote_verdict_and_cause() -> None:
    """The verdict and the cause of a list stand at the offsets given."""
    for record in _records("assessments"):
        assert _TEXT[record["status_start"] : record["status_end"]] == record["status_text"], record
        if record["cause"]:
            assert _TEXT[record["cause_start"] : record["cause_end"]] == record["cause"], record


def test_every_digit_is_a_measurement_or_excluded() -> None:
    """A digit of the source is read as part of a measurement or set aside with a reason, never both."""
    read = {i for record in _records("measurements") for i in range(record["start"], record["end"])}
    set_aside = {i for record in _records("excluded_digits") for i in range(record["start"], record["end"])}
    digits = {i for i, character in enumerate(_TEXT) if character.isdigit()}
    assert digits <= read | set_aside
    assert not digits & read & set_aside


def test_a_place_name_is_a_mention_or_a_decoy() -> None:
    """Each occurrence of a place's name is resolved, or listed as meaning something else."""
    mentions = [mention for record in _records("places") for mention in record["mentions"]]
    known = [(mention["name_start"], mention["name_end"]) for mention in mentions]
    known += [(record["start"], record["end"]) for record in _records("place_decoys")]
    for name in {_TEXT[start:end] for start, end in known}:
        at = _TEXT.find(name)
        while at >= 0:
            assert any(start <= at and at + len(name) <= end for start, end in known), (name, at)
            at = _TEXT.find(name, at + 1)


def test_findings_name_causes_that_exist() -> None:
    """A shortcoming names its causes by the offset of a cause, with the basis of the link."""
    records = _records("findings")
    causes = {record["start"] for record in records if record["type"] == "cause"}
    shortcomings = [record for record in records if record["type"] == "shortcoming"]
    assert len(shortcomings) == 4
    for record in shortcomings:
        assert record["causes"], record
        for cause in record["causes"]:
            assert cause["start"] in causes, record
            assert cause["basis"] in {"stated", "inferred"}, record


def test_corrections_change_the_surface() -> None:
    """A correction quotes the slip, mends it and gives a reason the vocabulary knows."""
    for record in _records("corrections"):
        assert record["surface"] == record["text"] != record["normalised"], record
        assert record["reason"] in _CORRECTION_REASONS, record
