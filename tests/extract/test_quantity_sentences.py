"""Sentences as official reports write them, with every quantity that a careful reader finds in them.

They are of our own wording. What they state was noted before any was read by program, in the units and kinds that the
vocabulary and `tests/golden/README.md` tell of.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from tests.passage import read_passage

from hpkg.model import Measurement, Unread

_DATA: Final = Path(__file__).parents[1] / "data" / "quantities.tsv"


def _cases() -> list[tuple[str, str, str]]:
    """Return section, sentence and what it states of each line below the note and the head."""
    rows = [tuple(line.split("\t")) for line in _DATA.read_text("utf-8").splitlines()[2:]]
    return [(section, said, stated) for section, said, stated in rows]


def _shown(made: Measurement) -> str:
    amount = f"{made.value:f}" if made.value is not None else f"{made.low:f}-{made.high:f}"
    return " ".join(filter(None, (amount, made.unit, made.kind, made.comparator, made.direction)))


@pytest.mark.parametrize(("section", "said", "stated"), _cases())
def test_every_quantity_of_a_sentence_is_exact(section: str, said: str, stated: str) -> None:
    """Value, unit, kind, comparator and direction are those stated, and every digit is accounted for."""
    passage = read_passage(said, section)
    assert [_shown(made) for made in passage.facts(Measurement)] == stated.split("; ")
    assert passage.facts(Unread) == []
