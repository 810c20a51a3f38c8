"""Which sentences set a task, and which only tell."""

from __future__ import annotations

import pytest
from tests.passage import make_source, read_passage

from hpkg.extract.facts import read_facts
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.model import Section, Task

_HEAD = "CHỈ THỊ\n\nĐể chủ động phòng ngừa cháy rừng trong mùa khô, Chủ tịch Ủy ban nhân dân thành phố yêu cầu:\n\n"


def _below(said: str) -> list[str]:
    """Return the tasks of sentences under a heading of tasks."""
    passage = read_passage(f"1. Công tác chung\n\n{said}", "tasks")
    return [fact.text for fact in passage.facts(Task) if fact.level == "task"]


def _directed(said: str, head: str = _HEAD) -> list[tuple[str, list[str]]]:
    """Return the tasks of a document that no heading of tasks parts, each with the bodies it charges."""
    reading = read_facts(make_source(head + said), load_lexicon(home()))
    tasks = [fact for fact in reading.facts if isinstance(fact, Task) and fact.level == "task"]
    return [(task.text, [iri.rpartition("/")[2] for iri in task.responsible]) for task in tasks]


@pytest.mark.parametrize(
    "said",
    [
        "Năm 2020, thu nội địa đạt 12.000 tỷ đồng.",
        "Đây là nhiệm vụ then chốt của cả nhiệm kỳ.",
        "Nguyên nhân chủ yếu do vướng mặt bằng.",
        "Trong năm 2020, thành phố đã hỗ trợ 150 hộ xây nhà.",
        "Chất lượng nguồn nhân lực còn hạn chế, chưa đáp ứng yêu cầu.",
        "Ủy ban nhân dân thành phố xác định một số nhiệm vụ trọng tâm như sau:",
        "Đồng ý với đề xuất của Sở Nội vụ về biên chế.",
        "Thừa lệnh Chủ tịch, Văn phòng Ủy ban nhân dân thành phố thông báo để các đơn vị biết, thực hiện.",
    ],
)
def test_a_sentence_that_tells_sets_no_task(said: str) -> None:
    """Results, shortcomings, reasons, judgements, what was agreed, what only announces a list, closing words."""
    assert _below(f"{said}\n\nRà soát quỹ đất.") == ["Rà soát quỹ đất."]


@pytest.mark.parametrize(
    "said",
    [
        "Chống gian lận thương mại.",
        "Các địa phương phải coi giải ngân là việc hàng đầu.",
        "Đồng ý chủ trương; giao Sở Nội vụ hướng dẫn.",
        "Việc lập cơ sở dữ liệu đất đai được giao cho Sở Xây dựng.",
        "Khắc phục những mặt còn hạn chế.",
        "Dịch vụ công trực tuyến cần được phủ đến các xã đảo.",
        "Trong tháng 3 năm 2021, việc sắp xếp trường lớp xong.",
        "Đồng ý bổ sung vốn; Sở Tài chính hướng dẫn thủ tục.",
    ],
)
def test_any_other_sentence_under_a_heading_of_tasks_sets_one(said: str) -> None:
    """Also without a known verb, in the passive, or where what was agreed ends in a charge."""
    assert _below(said) == [said]


def test_a_time_ahead_stands_before_what_is_to_be_done() -> None:
    """Where no heading tells of tasks, `Từ nay đến hết năm 2021, …` opens one and `Trong năm 2019, …` does not."""
    said = (
        "1. Từ nay đến hết năm 2021, tháo gỡ vướng mắc.\n\n2. Trong năm 2019, kiểm tra 40 cơ sở.\n\n3. Rà soát quỹ đất."
    )
    assert [text[:4] for text, _ in _directed(said)] == ["Từ n", "Rà s"]


def test_a_section_on_the_circumstances_sets_no_tasks() -> None:
    """`Bối cảnh` under a part for tasks has a role of its own."""
    text = (
        "A. TÌNH HÌNH NĂM 2020\n\nI. Về kinh tế\n\nĐẩy mạnh chuyển đổi số trong cơ quan nhà nước.\n\n"
        "B. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2021\n\nI. Bối cảnh\n\nThị trường thế giới mở rộng chậm, giá dầu tăng.\n\n"
        "II. Giải pháp\n\n1. Du lịch\n\nKhôi phục thị trường khách trong nước.\n\nMở thêm đường bay mới."
    )
    assert [said for said, _ in _directed(text, "")] == [
        "Khôi phục thị trường khách trong nước.",
        "Mở thêm đường bay mới.",
    ]


def test_an_item_that_opens_with_a_verb_is_no_section_of_another_role() -> None:
    """`Rà soát các chỉ tiêu …` under tasks is not a section of targets, `Khắc phục hạn chế` none of shortcomings."""
    text = "I. TÌNH HÌNH NĂM 2020\n\nGieo cấy đúng vụ. Giá cả ổn định.\n\nII. NHIỆM VỤ NĂM 2021\n\n"
    text += "1. Rà soát các chỉ tiêu được giao. Huy động nguồn lực.\n\n2. Khắc phục hạn chế\n\nBố trí đủ giáo viên."
    assert [said for said, _ in _directed(text, "")] == [
        "Rà soát các chỉ tiêu được giao.",
        "Huy động nguồn lực.",
        "Bố trí đủ giáo viên.",
    ]


def test_items_below_a_charged_body_are_tasks_whatever_their_verb() -> None:
    """In a document without a heading of tasks the words above an item tell that it is one."""
    said = "1. Giao Công an thành phố:\n\n- Lập chốt gác cửa rừng.\n\n- Túc trực ngày đêm.\n\n"
    said += "2. Sở Y tế\n\na) Dự trữ thuốc."
    assert _directed(said) == [
        ("Lập chốt gác cửa rừng.", ["cong-an"]),
        ("Túc trực ngày đêm.", ["cong-an"]),
        ("Dự trữ thuốc.", ["so-y-te"]),
    ]


def test_the_last_item_of_a_list_is_no_heading_of_what_follows_it() -> None:
    """Plain words below the last of several items of one sentence do not make it a heading."""
    said = "1. Sở Y tế kiểm tra các cơ sở.\n\n2. Sở Xây dựng rà soát quỹ đất.\n\nMùa khô năm 2020 có 3 vụ cháy rừng."
    assert _directed(said) == [
        ("Sở Y tế kiểm tra các cơ sở.", ["so-y-te"]),
        ("Sở Xây dựng rà soát quỹ đất.", ["so-xay-dung"]),
    ]


def test_a_heading_with_a_deadline_of_its_own_is_a_task() -> None:
    """What stands above a list and charges a body by a day is to be done by itself."""
    said = "1. Sở Y tế hoàn thành tiêm chủng trước ngày 30/6/2021, cụ thể:\n\na) Lập kế hoạch.\n\nb) Mua vắc xin."
    assert [text[:8] for text, _ in _directed(said)] == ["Sở Y tế ", "Lập kế h", "Mua vắc "]


def test_a_row_that_is_only_a_title_sets_no_task() -> None:
    """In a table of tasks it heads the rows below it."""
    said = (
        "| TT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn |\n|---|---|---|---|\n| I | Cải cách thể chế | | |\n"
        "| 1 | Rà soát văn bản | Sở Tư pháp | 30/6/2021 |\n"
    )
    assert _below(said) == ["Rà soát văn bản"]


def test_the_number_of_a_part_in_words_makes_a_sound_iri() -> None:
    """`Phần thứ hai` has a space, an IRI has none."""
    text = "Phần thứ nhất\nKẾT QUẢ NĂM 2020\n\nI. Kinh tế\n\nGieo cấy đúng vụ. Thu hoạch tốt. Giá ổn định.\n\n"
    text += "Phần thứ hai\nNHIỆM VỤ NĂM 2021\n\n1. Rà soát quỹ đất.\n\n2. Kiểm tra các cơ sở."
    facts = read_facts(make_source(text), load_lexicon(home())).facts
    assert any(fact.title == "NHIỆM VỤ NĂM 2021" for fact in facts if isinstance(fact, Section))
    tasks = [fact.id.rpartition("/")[2] for fact in facts if isinstance(fact, Task)]
    assert tasks
    assert all(" " not in key and key.isascii() for key in tasks)


def test_a_directive_without_headings_sets_its_tasks() -> None:
    """What the issuer received, thought and announced is told; `giao …` and `yêu cầu …` set work; the title none."""
    text = (
        "Ủy ban nhân dân thành phố chỉ đạo về việc rà soát hồ đập trước mùa lũ\n\n"
        "Ngày 3/4/2021, Ủy ban nhân dân thành phố nhận được Công văn số 15/SNN-TL ngày 1/4/2021 của Sở Nông nghiệp và "
        "Phát triển nông thôn đề nghị sửa chữa hồ đập. Sau khi xem xét, Chủ tịch Ủy ban nhân dân thành phố có ý kiến "
        "như sau:\n\nGiao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan bố trí kinh phí. Yêu cầu gửi "
        "báo cáo trước ngày 20/4/2021.\n\nCăn cứ nội dung trên, Ủy ban nhân dân thành phố yêu cầu Giám đốc Sở Xây dựng "
        "kiểm tra các đập đất."
    )
    assert _directed(text, "") == [
        ("Giao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan bố trí kinh phí.", ["so-tai-chinh"]),
        ("Yêu cầu gửi báo cáo trước ngày 20/4/2021.", []),
        (
            "Căn cứ nội dung trên, Ủy ban nhân dân thành phố yêu cầu Giám đốc Sở Xây dựng kiểm tra các đập đất.",
            ["so-xay-dung"],
        ),
    ]


def test_the_last_item_of_a_list_is_no_section_for_results() -> None:
    """A whole sentence with plain words below it looks like a heading; what it speaks of late gives it no role."""
    said = (
        "1. Sở Y tế kiểm tra vệ sinh.\n\n2. Sở Công Thương tổng hợp, báo cáo Thành ủy hằng tháng về tình hình "
        "thực hiện Chỉ thị này.\n\nCác phương tiện thông tin đưa tin kịp thời."
    )
    assert [text[:14] for text, _ in _directed(said)][:2] == ["Sở Y tế kiểm t", "Sở Công Thương"]
