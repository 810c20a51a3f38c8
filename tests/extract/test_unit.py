"""The grammar of units: every word of the units vocabulary, after any number, is read as that unit."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hpkg.grammar.number import find_numbers, render
from hpkg.grammar.word import tokens
from hpkg.home import home
from hpkg.lexicon import Concept, Lexicon, load_lexicon


@cache
def words() -> Lexicon:
    """Return the words of the reader."""
    return load_lexicon(home())


def forms() -> list[tuple[str, Concept]]:
    """Return every right form of every unit."""
    return [(form, unit) for unit in words().all("unit") for form in words().forms(unit)]


@given(
    st.sampled_from(forms()), st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", " ", "\u00a0"])
)
def test_a_unit_is_read_right_after_its_number(named: tuple[str, Concept], value: Decimal, gap: str) -> None:
    """The words of a unit name it whole, whatever number stands before and however close."""
    form, unit = named
    assume(gap or not form[0].isdecimal())  # “100C” is no 10 and “0C”
    text = f"đạt {render(value)}{gap}{form}."
    number = find_numbers(text)[0]
    after = [token for token in tokens(text) if token.start >= number.end]
    found = [match for match in words().find(after, "unit") if not text[number.end : match.start].strip()]
    assert number.values == (value,)
    assert unit.iri in {match.concept.iri for match in found}
    assert all(match.end == len(text) - 1 for match in found)


@pytest.mark.parametrize("unit", words().all("unit"), ids=lambda unit: unit.key)
def test_a_unit_leads_to_a_base_unit_by_one_factor(unit: Concept) -> None:
    """A unit with a base has a positive factor to it, and that base is its own base."""
    base = unit.first("baseUnit")
    if base is None:
        assert unit.first("factor") is None
        return
    above = words().concept(base)
    assert above is not None
    assert above.first("baseUnit") in (None, base)
    assert Decimal(unit.first("factor") or 0) > 0
