"""What a document says of itself: number, date, issuer, area, title and period, in every dress it comes in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hpkg.errors import CallerError, SourceError
from hpkg.home import home
from hpkg.letterhead import complete, read_letterhead
from hpkg.lexicon import Lexicon, load_lexicon

_BODY = "\n\nNăm qua, tỉnh đã tập trung chỉ đạo và đạt được nhiều kết quả quan trọng trên các lĩnh vực của đời sống.\n"
_REPORT = f"""\
ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 215/BC-UBND
Hà Nam, ngày 05 tháng 12 năm 2019
BÁO CÁO
Tình hình kinh tế - xã hội năm 2019 và kế hoạch phát triển kinh tế - xã hội năm 2020
{_BODY}"""
_READ = {
    "number": "215/BC-UBND",
    "date": dt.date(2019, 12, 5),
    "issuer": "35-ha-nam/ubnd",
    "area": "35-ha-nam",
    "year": 2019,
    "plan_year": 2020,
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The lexicon that is shipped."""
    return load_lexicon(home())


def _read(text: str, lexicon: Lexicon, **given: object) -> dict[str, Any]:
    return read_letterhead(text, lexicon, given)


_BARS = _REPORT.replace("DÂN\nTỈNH HÀ NAM\nCỘNG", "DÂN TỈNH HÀ NAM | CỘNG").replace("NAM\nĐộc", "NAM Độc")
_COLUMNS = """\
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH HÀ NAM                Độc lập - Tự do - Hạnh phúc
Số: 215/BC-UBND          Hà Nam, ngày 05 tháng 12 năm 2019
"""
_BROKEN = """\
|
**UỶ BAN NHÂN
DÂN TỈNH HÀ NAM**
-------
|
**CỘNG HOÀ XÃ HỘI
CHỦ NGHĨA VIỆT NAM**
Độc lập – Tự do – Hạnh phúc
---------------
|
|
Số: 215/BC-UBND
|
*Hà Nam, ngày 05
tháng 12 năm 2019*
|

"""


@pytest.mark.parametrize(
    "text",
    [
        _REPORT,
        _BARS.replace("UBND\nHà Nam", "UBND | Hà Nam"),
        _COLUMNS + _REPORT[_REPORT.index("BÁO CÁO") :],
        _BROKEN + "**BÁO CÁO**\n\n" + _REPORT[_REPORT.index("Tình") :],
    ],
    ids=["lines", "bars", "columns", "markdown"],
)
def test_a_letterhead_is_read_in_any_dress(text: str, lexicon: Lexicon) -> None:
    """One line a part, cells between bars, two columns by spaces, markdown broken over lines: all say the same."""
    found = _read(text, lexicon)
    assert {name: found.get(name) for name in _READ} == _READ
    assert found["title"].endswith(
        "Tình hình kinh tế - xã hội năm 2019 và kế hoạch phát triển kinh tế - xã hội năm 2020"
    )
    assert found["issuer_name"] == "Ủy ban nhân dân tỉnh Hà Nam"


@pytest.mark.parametrize(
    ("head", "issuer", "name"),
    [
        ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "31-hai-phong/hdnd", None),
        ("TỈNH ỦY NGHỆ AN", "40-nghe-an/tinh-uy", "Tỉnh ủy Nghệ An"),
        ("CHÍNH PHỦ", "vn/chinh-phu", None),
        ("VĂN PHÒNG CHÍNH\nPHỦ", "vn/van-phong-chinh-phu", "Văn phòng Chính phủ"),
        ("BỘ CÔNG THƯƠNG", "vn/bo-cong-thuong", "Bộ công thương"),
        ("UBND TỈNH LÀO CAI\nSỞ TÀI CHÍNH", "10-lao-cai/so-tai-chinh", "Sở tài chính"),
    ],
)
def test_the_issuer_is_named_above_the_title(head: str, issuer: str, name: str | None, lexicon: Lexicon) -> None:
    """The last body named is the issuer; a department belongs to the area above it; names of the reference stay out."""
    text = f"{head}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 7/BC-X\nBÁO CÁO\nTình hình năm 2019{_BODY}"
    found = _read(text, lexicon)
    assert found["issuer"] == issuer
    if name is not None:
        assert found.get("issuer_name", name) == name


def test_the_name_of_an_issuer_is_that_of_the_text(lexicon: Lexicon) -> None:
    """Capitals of a letterhead hide those of a name, which the body shows."""
    text = f"BỘ CÔNG THƯƠNG\nSố: 7/BC-BCT\nBÁO CÁO\nTình hình năm 2019{_BODY}Bộ Công Thương trân trọng báo cáo."
    assert _read(text, lexicon).get("issuer_name", "Bộ Công Thương") == "Bộ Công Thương"


def test_a_resolution_names_its_issuer_below_the_title(lexicon: Lexicon) -> None:
    """The body that resolves stands between title and basis; the day of adoption stands at the end."""
    text = (
        "NGHỊ QUYẾT\n\nVề nhiệm vụ phát triển kinh tế - xã hội năm 2018\n\nHỘI ĐỒNG NHÂN DÂN TỈNH BẮC KẠN\n"
        "KHÓA IX, KỲ HỌP THỨ 7\n\nCăn cứ Luật Ngân sách số 83/2015/QH13 ngày 25 tháng 6 năm 2015;\n\nQUYẾT NGHỊ:\n\n"
        f"Điều 1. Mục tiêu{_BODY}Nghị quyết này được Hội đồng nhân dân tỉnh thông qua ngày 08 tháng 12 năm 2017./."
    )
    found = _read(text, lexicon)
    assert found["title"] == "NGHỊ QUYẾT Về nhiệm vụ phát triển kinh tế - xã hội năm 2018"
    assert found["issuer"] == "06-bac-kan/hdnd"
    assert found["date"] == dt.date(2017, 12, 8)
    assert "number" not in found
    assert (found["year"], found["plan_year"]) == (2018, 2018)


def test_a_notice_on_a_province_is_of_that_province(lexicon: Lexicon) -> None:
    """A national body that names one province in its title speaks of it; one that names none, of the nation."""
    head = "VĂN PHÒNG CHÍNH PHỦ\nSố: 12/TB-VPCP\nHà Nội, ngày 20 tháng 10 năm 2025\nTHÔNG BÁO\n"
    about = "Kết luận của Thủ tướng Chính phủ tại buổi làm việc với lãnh đạo tỉnh Sơn La"
    body = "\n\nI. ĐÁNH GIÁ CHUNG\n\nTrong 9 tháng đầu năm 2025, kinh tế của Tỉnh tăng trưởng khá so với cùng kỳ.\n"
    found = _read(head + about + body, lexicon)
    assert found["area"] == "14-son-la"
    assert found["issuer"] == "vn/van-phong-chinh-phu"
    assert (found["year"], found["period"]) == (2025, "2025-01/2025-09")
    assert _read(head + "Kết luận của Thủ tướng về đầu tư công" + body, lexicon)["area"] == "vn"


def test_a_page_that_tells_of_a_report_is_read(lexicon: Lexicon) -> None:
    """A news page has no letterhead; its first sentence says who issued what, when and about what."""
    text = (
        "In trang Thứ Hai, 06/01/2020 08:15\n\nNgày 20/12/2019, Ủy ban nhân dân tỉnh đã ban hành Báo cáo số 88/BC-UBND "
        f"về Kết quả thực hiện nhiệm vụ năm 2019; phương hướng, nhiệm vụ năm 2020.\n\nI. KẾT QUẢ{_BODY}"
    )
    found = _read(text, lexicon, area="35-ha-nam")
    assert found["title"] == "Báo cáo Kết quả thực hiện nhiệm vụ năm 2019; phương hướng, nhiệm vụ năm 2020"
    assert (found["number"], found["date"], found["issuer"]) == ("88/BC-UBND", dt.date(2019, 12, 20), "35-ha-nam/ubnd")
    assert (found["year"], found["plan_year"]) == (2019, 2020)


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("BÁO CÁO Kết quả thực hiện nhiệm vụ năm 2019; mục tiêu, nhiệm vụ năm 2020", (2019, None, 2020, None)),
        ("BÁO CÁO Tình hình 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", (2023, "2023-01/2023-06", 2023, None)),
        ("BÁO CÁO Tình hình tháng 11 và 11 tháng năm 2022", (2022, "2022-01/2022-11", None, None)),
        ("BÁO CÁO Tình hình quý I/2023, nhiệm vụ quý II/2023", (2023, "2023-01/2023-03", 2023, None)),
        ("BÁO CÁO Tổng kết 5 năm 2011-2015, phương hướng 2016-2020", (2015, "2011/2015", 2016, "2016/2020")),
        ("KẾ HOẠCH Phát triển kinh tế - xã hội 5 năm 2016-2020", (2020, "2016/2020", 2016, "2016/2020")),
        ("NGHỊ QUYẾT Về dự toán ngân sách năm 2018", (2018, None, 2018, None)),
        ("KẾ HOẠCH năm 2020 và tình hình thực hiện năm 2019", (2019, None, 2020, None)),
        ("BÁO CÁO Công tác chỉ đạo, điều hành năm 2020", (2020, None, None, None)),
    ],
)
def test_periods_are_those_of_the_title(
    title: str, periods: tuple[int, str | None, int | None, str | None], lexicon: Lexicon
) -> None:
    """The words before a period say whether it is reported on or planned for; a document can do one only."""
    found = _read(f"{title}{_BODY}", lexicon)
    assert found["title"] == title
    assert tuple(found.get(name) for name in ("year", "period", "plan_year", "plan_period")) == periods


def test_a_title_ends_where_the_body_begins(lexicon: Lexicon) -> None:
    """Lines below the kind belong to the title while they go on with it, in any of the usual settings."""
    wrapped = "BÁO CÁO\nTình hình kinh tế - xã hội năm 2019,\nphương hướng năm 2020\n"
    assert _read(f"{wrapped}{_BODY}", lexicon)["title"].endswith("năm 2019, phương hướng năm 2020")
    addressed = f"BÁO CÁO\nTình hình năm 2019\nKính gửi: Hội đồng nhân dân tỉnh{_BODY}"
    assert _read(addressed, lexicon)["title"] == "BÁO CÁO Tình hình năm 2019"
    broken = (
        f"THÔNG BÁO\n\nKẾT LUẬN CỦA CHỦ TỊCH TẠI BUỔI LÀM VIỆC VỚI\nTỈNH ỦY HÀ NAM\n\nNgày 5 tháng 11, Chủ tịch{_BODY}"
    )
    assert _read(broken, lexicon)["title"].endswith("VỚI TỈNH ỦY HÀ NAM")


def test_what_stands_nowhere_is_asked_for_at_once(lexicon: Lexicon) -> None:
    """The error names every option that is needed and what was found; what follows from another is not asked for."""
    text = f"BÁO CÁO\nTình hình năm 2019{_BODY}"
    with pytest.raises(SourceError) as raised:
        complete(text, {}, {}, lexicon, "a.txt")
    assert raised.value.code == "metadata-asked"
    assert raised.value.details["fields"] == ("area", "number", "date")
    assert "--area … --number … --date …" in raised.value.hint()
    assert "year = 2019" in raised.value.message()
    known = complete(
        text, {}, {"area": "ha nam", "number": "5/BC-UBND", "date": dt.date(2019, 12, 1)}, lexicon, "a.txt"
    )
    assert (known.area, known.issuer, known.issuer_name) == ("35-ha-nam", "35-ha-nam/ubnd", "Ủy ban nhân dân")
    assert "article 15" in known.licence


def test_a_document_of_the_party_has_no_licence_by_law(lexicon: Lexicon) -> None:
    """The law frees documents of the state; for others the person is asked."""
    text = f"TỈNH ỦY NGHỆ AN\nSố: 7-BC/TU\nNghệ An, ngày 5 tháng 12 năm 2019\nBÁO CÁO\nTình hình năm 2019{_BODY}"
    with pytest.raises(SourceError) as raised:
        complete(text, {}, {}, lexicon, "a.txt")
    assert raised.value.details["fields"] == ("licence",)


@pytest.mark.parametrize("day", ["2019-12-01", "1/12/2019", "ngày 01 tháng 12 năm 2019", dt.date(2019, 12, 1)])
def test_a_date_may_be_given_as_text(day: object, lexicon: Lexicon) -> None:
    """A program, too, may give the date as people write it, and the area is that of the day."""
    given = {"area": "ha nam", "number": "5/BC-UBND", "date": day}
    known = complete(f"BÁO CÁO\nTình hình năm 2019{_BODY}", {}, given, lexicon, "a.txt")
    assert (known.area, known.date) == ("35-ha-nam", dt.date(2019, 12, 1))


def test_a_licence_that_was_given_is_not_asked_for(lexicon: Lexicon) -> None:
    """What else is missing is asked for, whether the licence is known or not."""
    with pytest.raises(SourceError) as raised:
        complete(f"BÁO CÁO\nTình hình năm 2019{_BODY}", {}, {"licence": "CC0"}, lexicon, "a.txt")
    assert raised.value.details["fields"] == ("area", "number", "date")


def test_what_a_person_says_counts_most(lexicon: Lexicon) -> None:
    """Given values win over those of the document, in any usual form; what depends on them follows."""
    given = {
        "area": "TP Hải Phòng",
        "year": "2011-2015",
        "plan_year": "2016/2020",
        "issuer": "HĐND thành phố Hải Phòng",
    }
    known = complete(_REPORT, {}, given, lexicon, "a.txt")
    assert (known.area, known.issuer) == ("31-hai-phong", "31-hai-phong/hdnd")
    assert (known.year, known.period, known.reported) == (2015, "2011/2015", "2011/2015")
    assert (known.plan_year, known.plan_period, known.planned) == (2016, "2016/2020", "2016/2020")
    assert known.number == "215/BC-UBND"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"area": "ha lam"}, "area-unknown"),
        ({"year": "mọi năm"}, "year-wrong"),
        ({"number": "không số"}, "number-wrong"),
        ({"date": "hôm qua", "area": "hà nam"}, "date-wrong"),
        ({"issuer": "Công ty Mặt Trời"}, "issuer-unknown"),
    ],
)
def test_a_value_that_means_nothing_is_told(given: dict[str, str], code: str, lexicon: Lexicon) -> None:
    """A wrong value is the caller's error, with the option it was given in."""
    with pytest.raises(CallerError) as raised:
        complete(_REPORT, {}, given, lexicon, "a.txt")
    assert raised.value.code == code
    assert raised.value.hint()


_DISTRICT = _REPORT.replace("TỈNH HÀ NAM\nCỘNG", "HUYỆN {name}\nCỘNG").replace("Hà Nam, ngày", "{name}, ngày")


def test_the_letterhead_of_a_district_gives_the_district(lexicon: Lexicon) -> None:
    """Its committee is kept with the bodies of the province; a name that several bear needs the province beside it."""
    read = _read(_DISTRICT.replace("{name}", "ĐỨC THỌ"), lexicon)
    assert (read["area"], read["issuer"]) == ("42-440-duc-tho", "42-ha-tinh/ubnd-huyen-duc-tho")
    assert read["issuer_name"] == "Ủy ban nhân dân huyện Đức Thọ"
    several = _DISTRICT.replace("{name}", "CHÂU THÀNH")
    assert "area" not in _read(several, lexicon)
    beside = several.replace("kế hoạch phát triển", "kế hoạch của huyện Châu Thành, tỉnh Long An phát triển")
    assert _read(beside, lexicon)["area"] == "80-808-chau-thanh"
    told = complete(several, {}, {"area": "Châu Thành, Long An"}, lexicon, "x")
    assert told.issuer == "80-long-an/ubnd-huyen-chau-thanh"


def test_the_letterhead_of_a_commune_gives_it_where_the_province_is_named(lexicon: Lexicon) -> None:
    """Without a province there are too many of one name."""
    text = _REPORT.replace("TỈNH HÀ NAM\nCỘNG", "XÃ TÙNG CHÂU\nCỘNG").replace("Hà Nam, ngày", "Tùng Châu, ngày")
    assert "area" not in _read(text, lexicon)
    read = _read(text.replace("Tình hình", "của xã Tùng Châu, tỉnh Hà Tĩnh về tình hình"), lexicon)
    assert (read["area"], read["issuer"]) == ("42-440-18241-tung-chau", "42-ha-tinh/ubnd-xa-tung-chau")


_ONE_ROW = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ NAM {rule}Số: 215/BC-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - "
    "Hạnh phúc {rule}Hà Nam, ngày 05 tháng 12 năm 2019\n"
)


@pytest.mark.parametrize("rule", ["", "------- "])
def test_a_letterhead_in_one_row_of_a_table_is_read(rule: str, lexicon: Lexicon) -> None:
    """Cells of several lines, as a Word file has them: the number after `Số:`, the place and date after the motto."""
    title = _REPORT[_REPORT.index("BÁO CÁO") :]
    read = _read(_ONE_ROW.replace("{rule}", rule) + title, lexicon)
    assert {name: read.get(name) for name in _READ} == _READ


def test_prose_that_a_page_prints_above_the_letterhead_is_passed(lexicon: Lexicon) -> None:
    """A description of the file, however long, ends no letterhead that stands below it."""
    above = "Văn bản sau đây được đăng lại nguyên văn từ trang tin của tỉnh để bạn đọc tiện theo dõi tình hình, " * 3
    read = _read(f"{above}\n{_REPORT}", lexicon)
    assert {name: read.get(name) for name in _READ} == _READ
