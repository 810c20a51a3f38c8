"""Synthetic reports of the grammar that official reports share: headings, figures, assessments, tasks.

The words are this file's own, the names come from the vocabularies. The same seed gives the same report. Not for:
accuracy, which is measured on real texts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from typing import TYPE_CHECKING

from hpkg.source import Metadata, Source

if TYPE_CHECKING:
    from hpkg.lexicon import Lexicon

__all__ = ["make_report"]

_VERBS = ("Đẩy mạnh", "Tập trung", "Tiếp tục", "Tăng cường", "Hoàn thành", "Khẩn trương", "Chủ động", "Rà soát")
_MATTERS = (
    "cải cách thủ tục hành chính", "giải phóng mặt bằng", "thu hút đầu tư vào các khu công nghiệp", "chuyển đổi số",
    "nâng cấp hệ thống thủy lợi", "xây dựng trường học đạt chuẩn quốc gia", "quảng bá du lịch", "phòng chống dịch bệnh",
)  # fmt: skip
_ENDS = (
    "trên địa bàn {place}", "trước ngày 30/6/{plan}", "trong năm {plan}", "theo Kế hoạch số {number}/KH-UBND",
    "tại {place}; đôn đốc tiến độ các dự án trọng điểm", "gắn với phát triển bền vững",
)  # fmt: skip
_BODIES = ("Sở Tài chính", "Sở Y tế", "Sở Kế hoạch và Đầu tư", "Sở Công Thương")
_CHANGES = ("tăng", "giảm")
_SHOWN = 8


def make_report(lexicon: Lexicon, seed: int, sentences: int = 60) -> Source:
    """Return a report of about twenty words a sentence, half of them results and half tasks."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    year = chance.randint(2015, 2024)
    places = [place.label for place in lexicon.all("place") if "District" in " ".join(place.kinds)][:_SHOWN]
    indicators = [concept.label for concept in lexicon.all("indicator")]
    results = "\n\n".join(_result(chance, year, indicators) for _ in range(sentences // 2))
    tasks = "\n\n".join(
        f"{at + 1}. Nhóm nhiệm vụ thứ {at + 1}\n\n"
        + " ".join(_task(chance, year + 1, places) for _ in range(max(1, sentences // 10)))
        for at in range(5)
    )
    text = (
        f"Phần 1. TÌNH HÌNH KINH TẾ-XÃ HỘI NĂM {year}\n\nI. KẾT QUẢ ĐẠT ĐƯỢC\n\n{results}\n\n"
        f"II. TỒN TẠI, HẠN CHẾ\n\nMột số mặt công tác chuyển biến chậm.\n\n"
        f"Phần 2. NHIỆM VỤ NĂM {year + 1}\n\nI. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU\n\n{tasks}./.\n"
    )
    metadata = Metadata(
        title=f"Báo cáo tổng hợp {seed}",
        number=f"{seed}/BC-UBND",
        date=dt.date(year, 12, 15),
        issuer="31-hai-phong/ubnd",
        area="31-hai-phong",
        year=year,
        licence="CC0",
        plan_year=year + 1,
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(f"31-hai-phong/{year}-{seed}-bc-ubnd", text, digest, metadata)


def _result(chance: random.Random, year: int, indicators: list[str]) -> str:
    name, value = chance.choice(indicators), chance.randint(2, 90_000)
    change, rate = chance.choice(_CHANGES), chance.randint(1, 400) / 10
    figure = f"{value:,}".replace(",", ".")
    said = f"{rate:.1f}".replace(".", ",")
    return f"{name} năm {year} ước đạt {figure} tỷ đồng, {change} {said}% so với cùng kỳ, bằng 101,3% kế hoạch."


def _task(chance: random.Random, plan: int, places: list[str]) -> str:
    end = chance.choice(_ENDS).format(place=chance.choice(places), plan=plan, number=chance.randint(1, 400))
    if chance.random() < 1 / 3:
        return f"Giao {chance.choice(_BODIES)} chủ trì {chance.choice(_MATTERS)} {end}."
    return f"{chance.choice(_VERBS)} {chance.choice(_MATTERS)} {end}."
