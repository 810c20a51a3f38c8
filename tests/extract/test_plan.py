"""The theme, the objectives, the pillars, and what a report announces and does not state."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Objective, Omission, Theme


def test_the_theme_is_the_words_between_the_quotation_marks() -> None:
    """Marks around it are not part of it; it is the theme of the plan's year and named after area and year."""
    theme = read_passage("“Đẩy mạnh chỉnh trang đô thị – Xây dựng nông thôn mới kiểu mẫu”.", "theme").fact(Theme)
    assert theme.text == theme.label == "Đẩy mạnh chỉnh trang đô thị – Xây dựng nông thôn mới kiểu mẫu"
    assert (theme.period, theme.id) == ("2021", "https://w3id.org/hpkg/id/theme/31-hai-phong/2021")


def test_objectives_are_the_sentences_of_the_general_objective() -> None:
    """Each sentence is one; it has the pillars it states by name."""
    naming, other = read_passage(
        "Phát triển 03 trụ cột: công nghiệp công nghệ cao, cảng biển-logistics, du lịch-thương mại. Giữ vững ổn định.",
        "objective",
    ).facts(Objective)
    assert naming.pillars == ("high-tech-industry", "port-logistics", "tourism-trade")
    assert other.pillars == ()
    assert naming.period == other.period == "2021"


@pytest.mark.parametrize(
    ("said", "kind", "count"),
    [
        ("Thực hiện 03 hướng đột phá.", "breakthrough-direction", 3),
        ("Triển khai 03 nhiệm vụ đột phá.", "breakthrough-task", 3),
        ("Thực hiện các chỉ tiêu (có biểu chi tiết kèm theo).", "annex", None),
    ],
)
def test_what_is_announced_and_not_stated_is_an_omission(said: str, kind: str, count: int | None) -> None:
    """A count without a list, and an annex that is not in the file, are told as such."""
    made = read_passage(said, "tasks").fact(Omission)
    assert (made.kind, made.count) == (kind, count)


@pytest.mark.parametrize(
    "said",
    [
        "Thực hiện 03 hướng đột phá: hạ tầng, nhân lực, thể chế.",
        "Thực hiện 03 hướng đột phá (hạ tầng, nhân lực, thể chế).",
        "Thực hiện các hướng đột phá.",
        "Thực hiện kế hoạch chi tiết.",
    ],
)
def test_what_is_listed_or_not_counted_is_no_omission(said: str) -> None:
    """Names after a colon or in brackets are what was announced."""
    assert read_passage(said, "tasks").facts(Omission) == []
