"""Short reports for tests of the reader: a frame with all the usual sections, into which a passage is put."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from hpkg.extract.facts import read_facts
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.source import Metadata, Source

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading
    from hpkg.model import Fact

__all__ = ["METADATA", "Passage", "frame", "make_source", "read_passage"]

METADATA: Final = """\
title = "Báo cáo thử"
number = "1/BC-UBND"
date = 2020-12-18
issuer = "31-hai-phong/ubnd"
area = "31-hai-phong"
year = 2020
plan_year = 2021
licence = "CC0"
"""
"""What is known of such a report, as it stands beside its text."""

_F = TypeVar("_F", bound="Fact")

_FRAME: Final = """
Phần 1. TÌNH HÌNH KINH TẾ-XÃ HỘI NĂM 2020

I. KẾT QUẢ ĐẠT ĐƯỢC

{results}

II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN

{shortcomings}

Phần 2. CHỦ ĐỀ, MỤC TIÊU, CHỈ TIÊU VÀ NHIỆM VỤ, GIẢI PHÁP NĂM 2021

I. CHỦ ĐỀ NĂM 2021

{theme}

II. MỤC TIÊU TỔNG QUÁT

{objective}

III. CÁC CHỈ TIÊU CHỦ YẾU

1. Các chỉ tiêu kinh tế

{targets}

IV. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU

{tasks}./.
"""
"""The sections of a report with a plan; what is put in speaks of 2020 in part 1 and of 2021 in part 2."""

_PLAIN: Final = {
    "results": "Công tác chỉ đạo, điều hành được triển khai kịp thời.",
    "shortcomings": "Một số mặt công tác chuyển biến chậm.",
    "theme": "“Đẩy mạnh cải cách hành chính”.",
    "objective": "Giữ vững ổn định chính trị và trật tự an toàn xã hội.",
    "targets": "(1) Các mặt công tác chuyển biến tích cực.",
    "tasks": "1. Công tác chung\n\nTiếp tục thực hiện nghiêm các quy định.",
}


def frame(**parts: str) -> str:
    """Return a report whose sections are `parts`, or say little."""
    said = _PLAIN | parts
    return _FRAME.format(**said | {"tasks": said["tasks"].removesuffix(".")})


def make_source(text: str, **metadata: object) -> Source:
    """Return a source with `text`, of Hải Phòng and of 2020 unless `metadata` say otherwise."""
    fields: dict[str, object] = {
        "title": "Báo cáo thử",
        "number": "1/BC-UBND",
        "date": dt.date(2020, 12, 18),
        "issuer": "31-hai-phong/ubnd",
        "area": "31-hai-phong",
        "year": 2020,
        "licence": "CC0",
        "plan_year": 2021,
    }
    known = Metadata(**(fields | metadata))  # type: ignore[arg-type]
    return Source(f"{known.area}/2020-1-bc-ubnd", text, hashlib.sha256(text.encode()).hexdigest(), known)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was read inside the frame: the whole reading, and where the passage stands."""

    reading: Reading
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the text of the whole report."""
        return self.reading.document.source.text

    def facts(self, kind: type[_F]) -> list[_F]:
        """Return the facts of `kind` that were read from the passage."""
        return [
            fact
            for fact in self.reading.facts
            if isinstance(fact, kind) and self.start <= fact.start and fact.end <= self.end
        ]

    def fact(self, kind: type[_F]) -> _F:
        """Return the only fact of `kind`."""
        (only,) = self.facts(kind)
        return only


def read_passage(said: str, part: str = "results", **metadata: object) -> Passage:
    """Return what is read of `said` when it stands in the section `part` of the frame."""
    text = frame(**{part: said})
    reading = read_facts(make_source(text, **metadata), load_lexicon(home()))
    start = text.index(said)
    return Passage(reading, start, start + len(said))
