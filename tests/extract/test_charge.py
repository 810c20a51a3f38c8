"""Who is charged with a task and by when, in wordings that other offices use."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Organisation, Task


def _tasks(said: str, *, heading: str = "1. Công tác chung") -> list[Task]:
    passage = read_passage(f"{heading}\n\n{said}", "tasks")
    return [fact for fact in passage.reading.facts if isinstance(fact, Task) and fact.level == "task"]


def _bodies(task: Task) -> list[str]:
    return [iri.rpartition("/")[2] for iri in task.responsible]


@pytest.mark.parametrize(
    ("said", "bodies"),
    [
        ("Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát quỹ đất.", ["so-tai-chinh"]),
        ("Sở Y tế chủ trì xây dựng kế hoạch tiêm chủng.", ["so-y-te"]),
        ("Yêu cầu Sở Tài chính, Sở Y tế khẩn trương quyết toán.", ["so-tai-chinh", "so-y-te"]),
        ("Sở Y tế có trách nhiệm kiểm tra các cơ sở.", ["so-y-te"]),
        ("Tăng cường phối hợp với Sở Xây dựng trong kiểm tra.", []),
        ("Sở Tài chính phối hợp, đôn đốc Sở Y tế khẩn trương quyết toán.", ["so-tai-chinh"]),
        ("Trong quá trình thực hiện, nếu thiếu vốn thì Sở Tài chính báo cáo Chính phủ.", ["so-tai-chinh"]),
        ("Trường hợp vượt thẩm quyền các đơn vị báo cáo Sở Y tế.", ["cac-don-vi"]),
        ("Giao Sở Y tế soạn văn bản kiến nghị Bộ Y tế hỗ trợ.", ["so-y-te"]),
        ("Đối với trạm y tế, để có kinh phí, giao Sở Tài chính bố trí vốn, Sở Y tế được thông báo.", ["so-tai-chinh"]),
        ("Các Bộ: Tài chính, Y tế khẩn trương quyết toán.", ["bo-tai-chinh", "bo-y-te"]),
        ("Viettel Hải Phòng, Sở Y tế khẩn trương kết nối.", ["viettel", "so-y-te"]),
        ("Về đề nghị Sở Xây dựng bố trí vốn: giao Sở Tài chính xem xét, xử lý.", ["so-tai-chinh"]),
        ("Căn cứ hướng dẫn của Sở Xây dựng, Sở Tài chính bố trí vốn, Sở Y tế được thông báo.", ["so-tai-chinh"]),
        ("Giao Giám đốc Sở Y tế, Giám đốc Sở Tài chính kiểm tra các cơ sở.", ["so-y-te", "so-tai-chinh"]),
        ("Yêu cầu các sở, ngành liên quan khẩn trương quyết toán.", ["cac-so-nganh-lien-quan"]),
        ("Các địa phương chủ trì rà soát quỹ đất.", ["cac-dia-phuong"]),
        ("UBND các quận, huyện có trách nhiệm kiểm tra.", ["ubnd-cac-quan-huyen"]),
        ("Đề nghị Ủy ban nhân dân các xã, phường tuyên truyền.", ["ubnd-cac-xa-phuong"]),
        (
            "Giao Sở Y tế, các sở, ban, ngành và Ủy ban nhân dân các xã kiểm tra.",
            ["so-y-te", "cac-so-ban-nganh", "ubnd-cac-xa"],
        ),
        ("Thủ trưởng các cơ quan, đơn vị tổ chức thực hiện.", ["cac-co-quan-don-vi"]),
        ("Tăng cường trách nhiệm của các sở, ngành trong kiểm tra.", []),
        (
            "Giao Thường trực HĐND, các Ban của HĐND và đại biểu HĐND thành phố giám sát.",
            ["thuong-truc-hoi-dong-nhan-dan", "cac-ban-cua-hdnd-va-dai-bieu-hdnd-thanh-pho"],
        ),
        ("Chính phủ chỉ đạo các Bộ, ngành, địa phương triển khai thực hiện.", ["chinh-phu"]),
    ],
)
def test_a_body_is_charged_by_grammar(said: str, bodies: list[str]) -> None:
    """A word of charging before it, a word of being in charge after it, or the first place in its clause."""
    (task,) = _tasks(said)
    assert _bodies(task) == bodies


def test_only_groups_that_are_set_to_work_are_bodies() -> None:
    """A group is a body under its words in one form, with all its mentions; one that is only spoken of is none."""
    said = "Giao các Sở, ngành rà soát. Nâng cao vai trò của các đoàn thể. Các sở, ngành báo cáo kết quả."
    found = list(read_passage(f"1. Công tác chung\n\n{said}", "tasks").facts(Organisation))
    assert [(fact.label, fact.kind, len(fact.mentions)) for fact in found] == [("Các sở, ngành", "body-group", 2)]


def test_a_group_with_the_word_of_its_bodies_has_their_kind() -> None:
    """The abbreviation and the full words name one group of people's committees."""
    said = "Giao UBND các xã, phường rà soát. Giao Uỷ ban nhân dân các xã, phường báo cáo."
    (made,) = (fact for fact in read_passage(f"1. Công tác chung\n\n{said}", "tasks").facts(Organisation))
    assert (made.label, made.kind) == ("Ủy ban nhân dân các xã, phường", "peoples-committee")


def test_a_heading_that_is_a_body_charges_what_stands_below() -> None:
    """Each item below `1. Sở Y tế:` is that body's, and speaks of it."""
    tasks = _tasks("- Xây dựng kế hoạch phòng dịch.\n\n- Kiểm tra các cơ sở.", heading="1. Sở Y tế:")
    assert [_bodies(task) for task in tasks] == [["so-y-te"], ["so-y-te"]]
    assert all(set(task.responsible) <= set(task.organisations) for task in tasks)


@pytest.mark.parametrize(
    "heading", ["1. Sở Y tế", "1. Giám đốc Sở Y tế:", "1. Sở Y tế chủ trì, phối hợp với Sở Xây dựng:"]
)
def test_a_heading_charges_with_or_without_a_colon(heading: str) -> None:
    """A heading of nothing but a body needs no colon; whom that body is to urge on is not charged."""
    tasks = _tasks("- Đôn đốc các địa phương.\n\n- Kiểm tra các cơ sở.", heading=heading)
    assert [_bodies(task) for task in tasks] == [["so-y-te"], ["so-y-te"]]


def test_a_heading_charges_items_of_items() -> None:
    """The nearest heading that charges anybody governs, however deep below it a task stands."""
    tasks = _tasks("1.1. Y tế cơ sở\n\na) Rà soát các trạm y tế.\n\nb) Kiểm tra các cơ sở.", heading="1. Sở Y tế:")
    assert [_bodies(task) for task in tasks if "trạm" in task.text or "Kiểm" in task.text] == [["so-y-te"]] * 2


def test_a_sentence_that_names_bodies_opens_their_list() -> None:
    """`- Sở Y tế:` governs the items under it up to the next of its kind, and is no task itself."""
    said = "- Sở Y tế:\n+ Kiểm tra các cơ sở.\n+ Rà soát trang thiết bị.\n- Sở Xây dựng:\n+ Lập quy hoạch chi tiết."
    tasks = _tasks(said)
    assert [(task.text[:8], _bodies(task)) for task in tasks] == [
        ("Kiểm tra", ["so-y-te"]),
        ("Rà soát ", ["so-y-te"]),
        ("Lập quy ", ["so-xay-dung"]),
    ]


def test_who_charges_is_not_charged() -> None:
    """`Hội đồng nhân dân thành phố giao:` names the body that charges, not one of those that are charged."""
    said = "Hội đồng nhân dân thành phố giao:\n- Sở Y tế kiểm tra các cơ sở.\n- Rà soát quỹ đất."
    assert [_bodies(task) for task in _tasks(said)][-2:] == [["so-y-te"], []]


def test_a_line_of_bodies_alone_opens_their_list_without_a_colon() -> None:
    """`Bộ trưởng các Bộ, Thủ trưởng cơ quan ngang bộ` on a line of its own governs the items below it."""
    said = "Bộ trưởng các Bộ, Thủ trưởng cơ quan ngang bộ\n- Rà soát thủ tục.\n- Công khai kết quả."
    assert [_bodies(task) for task in _tasks(said)] == [["cac-bo", "co-quan-ngang-bo"]] * 2


def test_a_list_ends_where_plain_words_go_on() -> None:
    """What a sentence with a colon charges reaches no farther than its list."""
    said = "Giao Sở Y tế:\n- Kiểm tra các cơ sở.\nTăng cường tuyên truyền trong nhân dân."
    assert [_bodies(task) for task in _tasks(said)][-2:] == [["so-y-te"], []]


def test_each_row_of_a_table_of_tasks_is_a_task() -> None:
    """The head says which column is the task, who is in charge and by when; who helps is not charged."""
    said = (
        "| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n|---|---|---|---|---|\n"
        "| 1 | Xây dựng kho dữ liệu | Sở Y tế | Sở Xây dựng | Quý II/2021 |\n"
        "| 2 | Rà soát quỹ đất | Sở Tài chính; Công an thành phố | | 2021 |\n"
    )
    tasks = _tasks(said)
    assert [(task.text, _bodies(task), task.deadline) for task in tasks] == [
        ("Xây dựng kho dữ liệu", ["so-y-te"], "2021-04/2021-06"),
        ("Rà soát quỹ đất", ["so-tai-chinh", "cong-an"], "2021"),
    ]


def test_the_committees_of_a_list_of_units_are_charged_each() -> None:
    """`UBND các huyện An Lão, Kiến Thụy` names one committee a unit."""
    (task,) = _tasks("UBND các huyện An Lão, Kiến Thụy và Tiên Lãng rà soát quỹ đất.")
    assert _bodies(task) == ["ubnd-huyen-an-lao", "ubnd-huyen-kien-thuy", "ubnd-huyen-tien-lang"]


@pytest.mark.parametrize(
    ("said", "bodies"),
    [
        ("Nâng cấp trạm y tế (Sở Y tế chủ trì, hoàn thành quý IV/2021).", ["so-y-te"]),
        ("Nâng cấp trạm y tế; cơ quan chủ trì: Sở Y tế.", ["so-y-te"]),
        ("Sở Tài nguyên và Môi trường hướng dẫn các địa phương xác định giá đất.", ["so-tai-nguyen-va-moi-truong"]),
        ("Đề nghị các đồng chí Bí thư Huyện ủy, Thị ủy, Thành ủy quan tâm chỉ đạo.", ["huyen-uy-thi-uy-thanh-uy"]),
        ("Báo Hải Phòng, các cơ quan thông tin đại chúng tuyên truyền.", ["bao", "cac-co-quan-thong-tin-dai-chung"]),
        ("Bưu điện thành phố có trách nhiệm trả kết quả tại nhà.", ["buu-dien"]),
        ("Giao Đảng đoàn HĐND thành phố lãnh đạo việc giám sát.", ["dang-doan-hoi-dong-nhan-dan"]),
        ("Ban cán sự đảng UBND thành phố lãnh đạo rà soát.", ["ban-can-su-dang-uy-ban-nhan-dan"]),
    ],
)
def test_a_body_is_charged_in_further_wordings(said: str, bodies: list[str]) -> None:
    """In brackets, after a noun for who is in charge, under the head of a body, or by a long name."""
    (task,) = _tasks(said)
    assert _bodies(task) == bodies


@pytest.mark.parametrize(
    ("said", "deadline"),
    [
        ("Tổ chức tốt các hoạt động chào mừng các ngày lễ lớn của thành phố trong năm 2021.", None),
        ("Nâng cấp trạm y tế, hoàn thành trong năm.", "2021"),
        ("Nâng cấp trạm y tế (thời hạn: 30/9/2021).", "2021-09-30"),
        ("Nâng cấp trạm y tế, hoàn thành quý IV/2021.", "2021-10/2021-12"),
        ("Hoàn thành quy hoạch trước ngày 30/6/2021.", "2021-06-30"),
        ("Báo cáo kết quả trước ngày 15 tháng 11 năm 2021.", "2021-11-15"),
        ("Trình đề án trong quý II/2021.", "2021-04/2021-06"),
        ("Bàn giao mặt bằng trong tháng 9 năm 2021.", "2021-09"),
        ("Hoàn thành cải tạo chợ trong năm 2021.", "2021"),
        ("Hoàn thành việc sắp xếp trước ngày 31/12.", "2021-12-31"),
        ("Mở rộng mạng lưới chợ, phấn đấu đến năm 2023 xã nào cũng có chợ.", "2023"),
        ("Phê duyệt quy hoạch chung, tầm nhìn đến năm 2050.", None),
        ("Tổng kết việc đã làm trong năm 2019.", None),
        ("Đẩy mạnh cải cách hành chính.", None),
        ("Nâng cấp trạm y tế, thời hạn hoàn thành là tháng 11/2021.", "2021-11"),
        ("Nâng cấp trạm y tế, hoàn thành trong **tháng 11 năm 2021**.", "2021-11"),
        ("Nâng cấp trạm y tế; muộn nhất ngày 15/3/2021 gửi báo cáo.", "2021-03-15"),
    ],
)
def test_a_deadline_is_a_time_that_the_words_before_make_an_end(said: str, deadline: str | None) -> None:
    """A day, a month, a quarter or a year; without its year it is of the plan; a vision and the past are none."""
    (task,) = _tasks(said)
    assert task.deadline == deadline


def test_the_last_deadline_of_a_sentence_is_that_of_its_task() -> None:
    """What is to be done by earlier times leads up to it."""
    (task,) = _tasks("Rà soát vốn không thể giải ngân trong năm 2021, báo cáo kết quả trong quý I năm 2022.")
    assert task.deadline == "2022-01/2022-03"


@pytest.mark.parametrize(
    ("said", "bodies"),
    [
        (
            "Ủy ban nhân dân các tỉnh, thành phố: Quảng Ngãi, Gia Lai và Lâm Đồng rà soát quỹ đất.",
            ["51-quang-ngai/ubnd", "64-gia-lai/ubnd", "68-lam-dong/ubnd"],
        ),
        ("Các bộ: Quốc phòng, Công an phối hợp chặt chẽ.", ["vn/bo-quoc-phong", "vn/bo-cong-an"]),
        ("Giao Quân khu 3, Quân chủng Hải quân bố trí tàu.", ["vn/quan-khu-3", "vn/quan-chung-hai-quan"]),
        ("Bí thư Tỉnh ủy, Chủ tịch Ủy ban nhân dân tỉnh Gia Lai kiểm tra.", ["vn/tinh-uy", "64-gia-lai/ubnd"]),
        (
            "Trung ương Hội Chữ thập đỏ Việt Nam, Trung ương Đoàn vận động quyên góp.",
            ["vn/hoi-chu-thap-do", "vn/doan-thanh-nien"],
        ),
        (
            "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Bộ Y tế tổ chức thực hiện.",
            ["vn/co-quan-ngang-bo", "vn/bo-y-te"],
        ),
        ("Ban Chỉ huy Phòng thủ dân sự vận hành hồ chứa.", ["vn/ban-chi-huy-phong-thu-dan-su"]),
        (
            "Giao Đảng ủy Chính phủ, Đảng ủy Tòa án nhân dân tối cao, Đảng ủy Bộ Tư pháp (theo lĩnh vực) chủ trì.",
            ["vn/dang-uy-chinh-phu", "vn/dang-uy-toa-an-nhan-dan-toi-cao", "vn/dang-uy-bo-tu-phap"],
        ),
        (
            "Giao Bộ Y tế căn cứ Kết luận số 15-KL/TW của Bộ Chính trị, Ban Bí thư chủ trì lập kế hoạch.",
            ["vn/bo-y-te"],
        ),
        (
            "Giao Bộ Nội vụ tổng hợp ý kiến của các cơ quan (các ngành: Tòa án nhân dân tối cao, Bộ Y tế) và báo cáo.",
            ["vn/bo-noi-vu"],
        ),
    ],
)
def test_bodies_are_charged_in_a_text_of_the_nation(said: str, bodies: list[str]) -> None:
    """Committees of a list of provinces, ministries in small letters, commands with a number, bodies of no area."""
    passage = read_passage(f"1. Công tác chung\n\n{said}", "tasks", area="vn", issuer="vn/chinh-phu")
    (task,) = (fact for fact in passage.reading.facts if isinstance(fact, Task) and fact.level == "task")
    assert [iri.partition("/organisation/")[2] for iri in task.responsible] == bodies


def test_a_date_that_comes_again_is_no_deadline() -> None:
    """`trước ngày 20/11 hằng năm` says when to report every year."""
    for said in ("trước ngày 20/11/2021 hằng năm", "6 tháng (trước ngày 18/5), năm (trước ngày 20/11 hằng năm)"):
        passage = read_passage(f"1. Công tác chung\n\nSở Y tế báo cáo {said}.", "tasks")
        assert {task.deadline for task in passage.facts(Task)} == {None}


def test_a_heading_that_is_the_name_of_a_body_charges_it_over_commas() -> None:
    """`2. Trung tâm Văn hóa, thể thao và du lịch` is one body, which the items below it charge."""
    said = (
        "1. Sở Y tế\n\n- Phòng chống dịch.\n\n2. Trung tâm Văn hóa, thể thao và du lịch\n\n- Tổ chức lễ hội.\n\n"
        "- Quảng bá du lịch."
    )
    tasks = [task for task in read_passage(said, "tasks").facts(Task) if task.level == "task"]
    assert [task.responsible[0].rpartition("/")[2] for task in tasks] == [
        "so-y-te",
        "trung-tam-van-hoa-the-thao-va-du-lich",
        "trung-tam-van-hoa-the-thao-va-du-lich",
    ]
