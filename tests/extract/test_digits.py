"""Every digit of a body is accounted for: it is in a fact, set aside with one reason, unread, or part of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.passage import Passage, read_passage

from hpkg.model import Measurement, Project, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = st.sampled_from(
    ["Covid-19", "lô HH3", "Quốc lộ 37", "cầu Rào 1", "công nghiệp 4.0", "Chương trình 135", "mạng 5G"]
)
_DATES = st.sampled_from(["ngày 18/12/2020", "quý I/2020", "giai đoạn 2021-2025", "năm 2019", "9 tháng đầu năm 2020"])
_PAPERS = st.sampled_from(["Nghị quyết số 45-NQ/TW", "Quyết định 1676/QĐ-TTg", "Luật số 51/2010/QH12"])
_UNITS = st.sampled_from(["%", " tỷ đồng", " hộ", " lô hàng", " tấn/ha", "", " xyz", "/12 chỉ tiêu", "-99%", " km2"])
_LEADS = st.sampled_from(
    ["đạt", "tăng", "có", "gấp", "đứng thứ", "khoảng", "từ", "(", "và", ";", "trong đó:", "số", "lần lượt"]
)
_NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.decimals(0, 10**5, places=2).map(lambda value: f"{value}".replace(".", ",")),
    st.sampled_from(["1.260,500", "104,267", "14/19", "2,5-3,0", "08", "0225-38-42", "1.2.3"]),
)
_PIECES = st.one_of(
    st.tuples(_LEADS, _NUMBERS, _UNITS).map(lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"),
    _NAMES,
    _DATES,
    _PAPERS,
)


def _kinds(passage: Passage, at: int) -> set[str]:
    """Return what the character at `at` is said to be part of."""
    said = {"fact" for fact in passage.facts(Measurement) if fact.start <= at < fact.end}
    said |= {"unread" for fact in passage.facts(Unread) if fact.start <= at < fact.end}
    return said | {reason for start, end, reason in passage.reading.excluded if start <= at < end}


def _lonely(passage: Passage) -> Iterator[int]:
    """Yield where a digit stands that is in no fact, set aside for no reason, not unread."""
    for at in range(passage.start, passage.end):
        if passage.text[at].isdecimal() and not _kinds(passage, at) and not _is_in_work(passage, at):
            yield at


def _is_in_work(passage: Passage, at: int) -> bool:
    """Tell whether the character is part of the name of a work."""
    works = [fact for fact in passage.reading.facts if isinstance(fact, Project)]
    return any(mention.start <= at < mention.end for fact in works for mention in fact.mentions)


def _is_in_code(text: str, at: int) -> bool:
    """Tell whether the digit is part of a name or code: letters, a hyphen or points hold it together with others."""
    start = at
    while start and not text[start - 1].isspace():
        start -= 1
    word = text[start:].split(maxsplit=1)[0].strip(",;.()")
    return any(char.isalpha() for char in word) or word.count("-") > 1 or word.count(".") > 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, min_size=1, max_size=6))
def test_every_digit_is_accounted_for_once(pieces: list[str]) -> None:
    """No digit is dropped in silence, and none is a quantity and something else at a time."""
    passage = read_passage(f"Toàn ngành {' '.join(pieces)}.")
    for at in range(passage.start, passage.end):
        if passage.text[at].isdecimal():
            kinds = _kinds(passage, at)
            assert len(kinds) <= 1, (passage.text[passage.start : passage.end], at - passage.start, kinds)
    for at in _lonely(passage):
        assert _is_in_code(passage.text, at), (passage.text[passage.start : passage.end], at - passage.start)


def test_a_dropped_digit_would_be_seen() -> None:
    """The check can fail: a digit that nothing accounts for is found, unless it is part of a code."""
    passage = read_passage("Mạng 5G đạt 12%.")
    assert [passage.text[at] for at in _lonely(passage)] == ["5"]
    assert not _is_in_code("đạt 12 tỷ", 4)
