"""Which syllables are taken for one another."""

from __future__ import annotations

import pytest

from hpkg.grammar.confusion import Confusion, respelled, skeleton

_NEAR = Confusion(
    ["lợi", "lời", "lõi", "lại", "lý", "lí", "hiện", "thiện", "cực", "cục", "tổ", "tồ", "đời", "đòi", "robot"]
)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("lọi", "lợi"), ("cục", "cực"), ("tồ", "tổ"), ("đòi", "đời"), ("thiện", "hiện"), ("iện", "hiện")],
)
def test_a_slip_of_a_mark_or_a_letter_is_near(slip: str, meant: str) -> None:
    """One mark changed or lost, one letter added, lost or changed."""
    assert meant in _NEAR.near(slip)


def test_fewer_changes_cost_less() -> None:
    """A mark is lost more easily than two, and two more easily than a letter."""
    costs = _NEAR.near("lọi")
    assert costs["lợi"] < costs["lời"] < costs["lại"]


@pytest.mark.parametrize(("one", "other"), [("lý", "lí"), ("lí", "lý"), ("cực", "cực")])
def test_the_same_word_is_no_slip_of_itself(one: str, other: str) -> None:
    """Two accepted spellings of a syllable are not taken for one another, nor is a syllable for itself."""
    assert other not in _NEAR.near(one)


def test_what_is_no_syllable_is_never_meant() -> None:
    """A foreign word of the language may stand, and nothing becomes one."""
    assert "robot" not in _NEAR.near("robo")


def test_only_a_bare_i_may_be_spelled_y() -> None:
    """`tai` and `tay` are two words; `kĩ` and `kỹ` are one."""
    assert respelled("tai") != respelled("tay")
    assert respelled("kĩ") == respelled("kỹ")
    assert skeleton("Đường".lower()) == "duong"
