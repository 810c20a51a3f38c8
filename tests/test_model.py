"""Fact records: what is printed of them."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from hpkg.model import Contribution, Measurement, Mention, Place, Task, to_record

_STATED = {"id": "https://w3id.org/hpkg/id/x", "report": "r", "section": "p1", "start": 3, "end": 9, "text": "7,50%"}


def _measurement(value: str) -> Measurement:
    return Measurement(
        **_STATED,  # type: ignore[arg-type]
        indicator=None,
        indicator_label=None,
        value=Decimal(value),
        comparator="=",
        unit="percent",
        unit_text="%",
        kind="result",
        direction=None,
        period="2020",
        area="Hải Phòng",
        estimated=False,
        of=None,
        stated="7,50%",
        sentence="p1.1",
    )


def test_a_record_begins_with_type_and_place() -> None:
    """The fields that every record has come first, in the order of the interchange format."""
    assert list(to_record(_measurement("7.5")))[:7] == ["type", "id", "report", "section", "start", "end", "text"]


@pytest.mark.parametrize(
    ("value", "printed"), [("84199.2", "84199.2"), ("50000", "50000"), ("5E+4", "50000"), ("0", "0")]
)
def test_numbers_are_json_numbers(value: str, printed: str) -> None:
    """Whole values are printed without a fraction; none becomes a string."""
    assert json.dumps(to_record(_measurement(value))["value"]) == printed


def test_inner_fields_are_not_printed() -> None:
    """What only the graph needs is left out, in records and in what they hold."""
    record = to_record(_measurement("7.5"))
    assert not {"stated", "area_id", "sentence", "ordinal", "group"} & record.keys()
    task = Task(
        **_STATED,  # type: ignore[arg-type]
        number="V.1",
        level="group",
        parent=None,
        pillars=(Contribution(pillar="tourism-trade", basis="content", start=1, end=2),),
    )
    assert to_record(task)["pillars"] == [{"pillar": "tourism-trade", "basis": "content"}]


def test_mentions_are_printed_with_their_place() -> None:
    """A mention says its own offsets, text and section."""
    place = Place(
        **_STATED,  # type: ignore[arg-type]
        label="Hải Phòng",
        kind="city",
        code="31",
        wikidata=None,
        mentions=(Mention(start=3, end=9, text="7,50%", section="p1", sentence="p1.1"),),
    )
    assert to_record(place)["mentions"] == [{"start": 3, "end": 9, "text": "7,50%", "section": "p1"}]


def test_a_record_cannot_be_changed() -> None:
    """Facts are values: what was read stays as it was read."""
    fact = _measurement("7.5")
    with pytest.raises(FrozenInstanceError):
        fact.start = 0  # type: ignore[misc]
