"""What stands over a list, in its items and in cells, and what each says of the documents listed."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read

HOME = Hints(province="Quảng Trị")
A, B, C = "Quyết định số 10/QĐ-UBND", "Quyết định số 11/QĐ-UBND", "Kế hoạch số 12/KH-UBND"

REMARKS = [
    f"| STT | Tên | Ghi chú |\n|---|---|---|\n| 1 | {A} | trả hồ sơ do có căn cứ pháp lý mới |\n| 2 | {B} | |\n| 3 | {C} | |",
    f"| 1 | {A} | (đã có cơ sở pháp lý) |\n| 2 | {B} | |\n| 3 | {C} | |",
    f"1\t{A} (hoàn trả do có căn cứ pháp lý mới)\n2\t{B}\n3\t{C}",
]


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_in_a_row_says_nothing_of_other_rows(text: str) -> None:
    assert [cited.relation for cited in read(text, HOME).citations] == ["cites"] * 3


ACTS = ["bãi bỏ", "sửa đổi", "sửa đổi, bổ sung", "đính chính", "thay thế", "tuyên truyền", "thực hiện", "kiểm tra"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("end", ["", ".", ";"])
@pytest.mark.parametrize("mark", ["- ", "+ ", "1. ", "a) "])
def test_a_title_stays_in_its_item(act: str, end: str, mark: str) -> None:
    second = {"1. ": "2. ", "a) ": "b) "}.get(mark, mark)
    text = (
        f"{mark}{A} của UBND tỉnh về {act} quy chế làm việc của cơ quan{end}\n"
        f"{second}{B} của UBND tỉnh về quy chế mới{end}"
    )
    assert [(cited.relation, cited.parent) for cited in read(text, HOME).citations] == [("cites", None)] * 2


LAWS = "- Luật Giá số 16/2023/QH15;\n- Nghị định số 10/2020/NĐ-CP của Chính phủ về giá{end}\n- " + A
BASIS_HEADINGS = [
    "I. Những căn cứ xây dựng kế hoạch\n",
    "II. CƠ SỞ PHÁP LÝ\n",
    "CƠ SỞ PHÁP LÝ\n",
    "**1. Căn cứ xây dựng**\n\n",
    "## Căn cứ pháp lý và thực tiễn\n\n",
    "1.1. Cơ sở pháp lý:\n",
    "a) Căn cứ lập quy hoạch\n",
    "I. CĂN CỨ\n",
]


@pytest.mark.parametrize("heading", BASIS_HEADINGS)
@pytest.mark.parametrize("end", [".", ";", ""])
def test_a_heading_of_bases_governs_its_list(heading: str, end: str) -> None:
    found = read(f"Mở đầu.\n{heading}{LAWS.format(end=end)}.\n", HOME).citations
    assert [cited.relation for cited in found] == ["based_on"] * 3


SECTIONS = [
    (f"I. CĂN CỨ PHÁP LÝ\n1. Văn bản của Trung ương\n- {A}.\n2. Văn bản của tỉnh\n- {B}.\nII. NHIỆM VỤ\n- {C}.",
     ["based_on", "based_on", "cites"]),
    (f"## Căn cứ pháp lý\n\n### Trung ương\n\n- {A}\n\n### Địa phương\n\n- {B}\n\n## Nội dung\n\n- {C}",
     ["based_on", "based_on", "cites"]),
    (f"1. Căn cứ xây dựng\n- {A}.\nVăn bản khác: {B}.\n2. Mục tiêu\n- {C}.", ["based_on", "based_on", "cites"]),
    (f"I. CĂN CỨ PHÁP LÝ\n- {A}.\n- Thực hiện {B}.\n- Theo dõi {C}.", ["based_on", "implements", "monitors"]),
    (f"Căn cứ pháp lý nêu trên, Sở yêu cầu:\n- {A}.\n- {B}.", ["cites", "cites"]),
    (f"I. Thực trạng và căn cứ pháp lý chưa đủ.\n- {A}.\n- {B}.", ["cites", "cites"]),
    (f"## Cơ sở pháp lý\n\n| STT | Văn bản |\n|---|---|\n| 1 | {A} |\n| 2 | {B} |\n\n## Khác\n\n- {C}",
     ["based_on", "based_on", "cites"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SECTIONS)
def test_a_section_reaches_to_the_next_heading_of_its_rank(text: str, expected: list[str]) -> None:
    assert [cited.relation for cited in read(text, HOME).citations] == expected


DISSEMINATION = [
    "2. Tuyên truyền, phổ biến các văn bản\n",
    "a) Nội dung tuyên truyền:\n",
    "III. NỘI DUNG TUYÊN TRUYỀN\n",
]


@pytest.mark.parametrize("heading", DISSEMINATION)
@pytest.mark.parametrize("end", [";", "."])
def test_listed_documents_are_made_known_though_they_carry_out_others(heading: str, end: str) -> None:
    text = (
        f"{heading}- {C} của UBND tỉnh thực hiện Nghị quyết số 5-NQ/TU của Tỉnh ủy{end}\n"
        f"- {A} của UBND tỉnh triển khai Nghị quyết số 6/NQ-CP{end}"
    )
    found = read(text, HOME).citations
    assert [cited.relation for cited in found if cited.parent is None] == ["disseminates"] * 2
    assert [(cited.relation, cited.parent) for cited in found if cited.parent is not None] == [
        ("implements", 0),
        ("implements", 2),
    ]


def test_a_heading_of_work_done_governs_no_letters_far_below() -> None:
    text = (
        "III. Công tác thực hiện của các phòng\n1. Phòng Hành chính\nĐã gửi Công văn số 12/SNV-CCHC đến các đơn vị.\n"
        "2. Phòng Kế toán\n- Công văn số 13/SNV-KT.\n- Công văn số 14/SNV-KT.\nII. TỔ CHỨC THỰC HIỆN\n- Công văn số 15/SNV-KT."
    )
    assert {cited.relation for cited in read(text, HOME).citations} == {"cites"}


@pytest.mark.parametrize("verb", ["Tiếp tục thực hiện:", "Các đơn vị triển khai:", "Các phòng thực hiện:"])
@pytest.mark.parametrize("layout", ["\n- ", " "])
def test_a_verb_with_a_colon_governs_all_items_below(verb: str, layout: str) -> None:
    titles = ["về giá; khuyến khích đầu tư", "về thu; chi ngân sách", "về quản lý", "về đất đai; nhà ở; xây dựng"]
    items = [f"Kế hoạch số {number}/KH-UBND {titles[number % 4]}" for number in range(10, 20)]
    text = verb + "".join(f"{layout}{item};" for item in items)
    assert [cited.relation for cited in read(text, HOME).citations] == ["implements"] * 10


CONFLICTS = [
    "Bãi bỏ các quy định trái với {}",
    "Bãi bỏ các quy định trước đây trái {}",
    "Bãi bỏ các quy định mâu thuẫn với {}",
    "Bãi bỏ quyết định vi phạm {}",
    "Sửa đổi các nội dung không phù hợp với {}",
    "Thay thế các nội dung chồng chéo với khoản 2 Điều 5 {}",
    "Đình chỉ thi hành văn bản vi phạm quy định của {}",
]


@pytest.mark.parametrize("sentence", CONFLICTS)
@pytest.mark.parametrize(
    "law", ["Luật Cạnh tranh số 23/2018/QH14", "Bộ luật Dân sự năm 2015", "Nghị định số 1/2020/NĐ-CP"]
)
def test_what_others_conflict_with_is_not_acted_on(sentence: str, law: str) -> None:
    (cited,) = read(sentence.format(law), HOME).citations
    assert cited.relation == "cites"


RANKS = [
    (
        "Căn cứ Nghị định số 181/2004/NĐ-CP ngày 29/10/2004 của Chính phủ về việc thi hành Luật đất đai và Thông tư số "
        "01/2005/TT-BTNMT",
        ["based_on", "implements", "based_on"],
    ),
    (
        "Căn cứ Nghị định số 60/2003/NĐ-CP của Chính phủ hướng dẫn thi hành Luật Ngân sách nhà nước và Thông tư số "
        "59/2003/TT-BTC",
        ["based_on", "guides", "based_on"],
    ),
    (
        "Thực hiện Nghị quyết số 10/NQ-CP triển khai Luật Giá và Quyết định số 12/QĐ-UBND",
        ["implements", "implements", "implements"],
    ),
    (
        "Căn cứ Nghị định số 60/2003/NĐ-CP quy định chi tiết Luật Giá và Luật Phí số 97/2015/QH13",
        ["based_on", "guides", "guides"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RANKS)
def test_no_document_carries_out_one_below_it(text: str, expected: list[str]) -> None:
    assert [cited.relation for cited in read(text, HOME).citations] == expected


CHAIN = [
    ("Thông tư liên tịch số {}/TTLT-BTC-BNV", ""),
    ("Thông tư liên tịch số {}/TTLT-BTC-BNV", " ngày 3/4/2010 của Bộ Tài chính - Bộ Nội vụ"),
    ("Thông tư liên tịch số {}/TTLT/BTC-BNV", " của Bộ trưởng Bộ Tài chính, Bộ trưởng Bộ Nội vụ"),
    ("Nghị định số {}/NĐ-CP", " của Chính phủ"),
]


@pytest.mark.parametrize(("number", "issuer"), CHAIN)
@pytest.mark.parametrize("mark", ["", "[1] ", "1 "])
def test_a_chain_of_changes_in_a_footnote(number: str, issuer: str, mark: str) -> None:
    one, two, three = (number.format(figures) + issuer for figures in ("12/2010", "13/2012", "14/2015"))
    text = f"{mark}{one} được sửa đổi, bổ sung bởi {two}, được thay thế bởi {three}."
    found = read(text, HOME).citations
    assert [(cited.relation, cited.inverse) for cited in found] == [
        ("cites", False),
        ("amends", True),
        ("replaces", True),
    ]
    assert [cited.title for cited in found] == [None] * 3


ANNEXES = [
    ("Sở đã có Văn bản số 610/SXD-QLN, kèm theo Văn bản thẩm định số 312/STP-KSTT", ["cites", "cites"]),
    ("UBND huyện gửi Tờ trình số 61/TTr-UBND kèm theo Báo cáo thẩm định số 31/BC-STP", ["cites", "cites"]),
    ("Lập hồ sơ theo Mẫu số 19 ban hành kèm theo Nghị định 151/2025/NĐ-CP", ["cites"]),
    ("- Đơn đề nghị (Mẫu số 01a ban hành kèm theo Thông tư số 12/2020/TT-BTC)", ["cites"]),
    ("Biểu mẫu 02 kèm theo Quyết định số 61/QĐ-UBND", ["cites"]),
    ("Quy chế ban hành kèm theo Quyết định số 61/QĐ-UBND", ["promulgated_by"]),
    ("(Ban hành kèm theo Quyết định số 61/QĐ-UBND)", ["promulgated_by"]),
    ("Bãi bỏ Mẫu số 08 ban hành kèm theo Thông tư số 12/2015/TT-BTC và Mẫu số 07 ban hành kèm theo Thông tư số "
     "22/2019/TT-BTC", ["repeals", "repeals"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ANNEXES)
def test_what_goes_along_is_no_lineage(text: str, expected: list[str]) -> None:
    assert [cited.relation for cited in read(text, HOME).citations] == expected


BLANKS = [
    ("Quyết định số 12/QĐ-UBND về quản lý chợ  (  sau đây gọi tắt là Quyết định 12) và", "về quản lý chợ"),
    ("Nghị định số 1/2020/NĐ-CP về quản lý giá  (sửa đổi,  bổ sung năm 2022)", "về quản lý giá"),
    ("Quyết định số 12/QĐ-UBND về quản lý chợ (lần 2)", "về quản lý chợ (lần 2)"),
]


@pytest.mark.parametrize(("text", "title"), BLANKS)
def test_blanks_around_brackets_change_no_title(text: str, title: str) -> None:
    assert read(text, HOME).citations[0].title == title


@pytest.mark.parametrize("blank", [" ", "  ", "   "])
def test_a_sentence_of_the_preamble_begins_with_its_words_however_spaced(blank: str) -> None:
    text = f"QUYẾT ĐỊNH Về việc giao đất\nCăn{blank}cứ Luật Giá số 16/2023/QH15"
    (cited,) = read(text, HOME).citations
    assert cited.relation == "based_on"
    assert cited.sentence is not None
    assert text[slice(*cited.sentence)].startswith("Căn")


def test_the_cue_stands_where_its_words_stand_also_before_a_colon() -> None:
    text = "Sở Tài chính đã rà soát hồ sơ; nội dung thực hiện theo văn bản của tỉnh, nêu tại: Quyết định số 10/QĐ-UBND"
    (cited,) = read(text, HOME).citations
    assert cited.cue is not None
    assert text[slice(*cited.cue)].lower() in ("thực hiện", "theo", "tại", "nêu tại")
