"""Laws cited by name: what is found, where the name ends, and what is no citation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import timing
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.authority import laws
from kb.reading import read
from kb.reading.names import damaged_laws
from kb.reading.names.laws import NamedHit, find_named
from kb.reading.text.text_forms import TextForms


def spans(text: str, number: str | None = None) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(text, number)]


def hits(text: str, number: str | None = None) -> list[NamedHit]:
    numbers = [(text.index(number), text.index(number) + len(number))] if number else []
    return find_named(TextForms(text), numbers).hits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo quy định tại Luật Thi đua, khen thưởng và các văn bản hướng dẫn", ["Luật Thi đua, khen thưởng"]),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            ["Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"],
        ),
        (
            "Luật Đất đai, Luật Nhà ở và Luật Kinh doanh bất động sản",
            ["Luật Đất đai", "Luật Nhà ở", "Luật Kinh doanh bất động sản"],
        ),
        ("theo Luật\nNgân sách nhà nước.", ["Luật\nNgân sách nhà nước"]),
        ("trước khi Luật Đất đai 2024 có hiệu lực;", ["Luật Đất đai 2024"]),
        ("theo khoản 7 Điều 76 của Luật Nhà ở11 thì", ["Luật Nhà ở"]),
        ("một số điều của Luật Thuế giá trị gia tăng2.", ["Luật Thuế giá trị gia tăng"]),
        ("khoản 1 Điều 5 Bộ luật Dân sự năm 2015 quy định", ["Bộ luật Dân sự năm 2015"]),
        ("Luật Đất đai 2024 có hiệu lực", ["Luật Đất đai 2024"]),
        ("quy định của Bộ luật dân sự.", ["Bộ luật dân sự"]),
        (
            "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
            ["Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"],
        ),
        ("theo Hiến pháp năm 2013", ["Hiến pháp năm 2013"]),
        (
            "Nghị định quy định chi tiết Pháp lệnh ưu đãi người có công với cách mạng;",
            ["Pháp lệnh ưu đãi người có công với cách mạng"],
        ),
        ("Luật Tổ chức HĐND và UBND ngày 26/11/2003;", ["Luật Tổ chức HĐND và UBND ngày 26/11/2003"]),
        # a law the table does not hold, by grammar: to the cue, the comma, the digit
        ("thi hành Luật Khai thác vũ trụ theo quy định", ["Luật Khai thác vũ trụ"]),
        ("Luật Phát triển sao Hỏa của Việt Nam, các bộ", ["Luật Phát triển sao Hỏa"]),
        # ordinances and older laws, as written in their time
        ("Căn cứ Pháp lệnh Giá;", ["Pháp lệnh Giá"]),
        ("theo Pháp lệnh luật sư năm 2001", ["Pháp lệnh luật sư năm 2001"]),
        (
            "Căn cứ Pháp lệnh Thi hành án dân sự ngày 14 tháng 01 năm 2004;",
            ["Pháp lệnh Thi hành án dân sự ngày 14 tháng 01 năm 2004"],
        ),
        ("Điều 5 Pháp lệnh Vệ sinh an toàn thực phẩm", ["Pháp lệnh Vệ sinh an toàn thực phẩm"]),
        ("quy định chi tiết Pháp lệnh về người tàn tật.", ["Pháp lệnh về người tàn tật"]),
        ("các vi phạm Luật thuế doanh thu ở địa phương", ["Luật thuế doanh thu"]),
        ("Căn cứ Luật Tổ chức Hội đồng Bộ trưởng;", ["Luật Tổ chức Hội đồng Bộ trưởng"]),
        ("khoản 3 Điều 57 Luật NSNN", ["Luật NSNN"]),
        # in lower case and not in the table: dated, or linked by "về"
        ("Căn cứ Pháp lệnh khai thác vũ trụ năm 1994;", ["Pháp lệnh khai thác vũ trụ năm 1994"]),
        ("Căn cứ Luật khai thác vũ trụ ngày 4 tháng 7 năm 1981;", ["Luật khai thác vũ trụ ngày 4 tháng 7 năm 1981"]),
        ("thi hành Pháp lệnh về khai thác vũ trụ và các văn bản", ["Pháp lệnh về khai thác vũ trụ"]),
    ],
)
def test_a_name_is_found_whole(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "quy định của pháp luật về đất đai",
        "xử lý kỷ luật cán bộ",
        "các luật sư thuộc Đoàn Luật sư tỉnh",
        "Hội Luật gia Việt Nam",
        "phạm vi điều chỉnh của Luật này",
        "thi hành Luật và các văn bản hướng dẫn Luật",
        "Trường Đại học Luật Hà Nội",
        "tuân thủ Hiến pháp và pháp luật",
        "các Luật được Quốc hội thông qua",
        "văn bản quy phạm pháp\nluật hiện hành",
        "Công ty Luật TNHH Minh Khuê",
        "dự án Luật sửa đổi, bổ sung một số điều",
        "theo luật định",
        "tại khoản 1 Điều 14 Pháp lệnh việc cấp giấy chứng nhận phải căn cứ vào biên bản",
        "các Pháp lệnh về khai thác vũ trụ",
        "Công ước của Liên hợp quốc về Luật biển quốc tế năm 1982",
        "Luật Biển Việt Nam Căn cứ vào các quy định về lập pháp",  # the title of the document itself
        "hướng dẫn thi hành một số điều của Pháp lệnh Căn cứ các văn bản",
        "Pháp lệnh này được thông qua ngày 04 tháng 7 năm 2003",
        "thẩm tra dự án Luật Đất đai (sửa đổi) tại kỳ họp",
    ],
)
def test_what_is_no_law_is_left_alone(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Căn cứ Luật Đất đai số 31/2024/QH15;", "31/2024/QH15"),
        ("Luật Xử lý vi phạm hành chính\nsố: 15/2012/QH13", "15/2012/QH13"),
        ("Luật Đất đai (Luật số 31/2024/QH15)", "31/2024/QH15"),
        ("Luật Đất đai năm 2024 số 31/2024/QH15", "31/2024/QH15"),
        ("Luật số 31/2024/QH15 ngày 18/01/2024", "31/2024/QH15"),
    ],
)
def test_a_name_with_its_number_is_the_numbers(text: str, number: str) -> None:
    assert spans(text, number) == []
    if not text.startswith("Luật số"):
        assert spans(text) == [], "a number that was not read as one still belongs to the name"


def test_an_amending_law_and_the_law_inside_it() -> None:
    text = (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ"
        " và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;"
    )
    outer, first, second = hits(text)
    assert text[outer.start : outer.end] == text[7:-1]
    assert (outer.date, outer.outer) == ("2019-11-22", None)
    assert text[first.start : first.end] == "Luật Tổ chức Chính phủ"
    assert text[second.start : second.end] == "Luật Tổ chức chính quyền địa phương"
    assert first.outer == second.outer == (7, (12, 28), len(text) - 17)
    assert second.date is None, "the date after the inner law is the amending law's"


@pytest.mark.parametrize("between", [" năm 2006; ", " số 65/2006/QH11 ngày 29/6/2006; ", " và "])
def test_an_amendment_named_by_its_year_is_of_the_law_before_it(between: str) -> None:
    number = "65/2006/QH11" if "/" in between else None
    hit = hits(f"Luật Luật sư{between}Luật sửa đổi, bổ sung năm 2012 - các văn bản", number)[-1]
    assert (hit.name, hit.date) == ("Luật sửa đổi, bổ sung Luật Luật sư", "2012")
    assert [law.number for law in laws.candidates(hit.name, stated=hit.date)] == ["20/2012/QH13"]


def test_an_amendment_named_by_its_year_alone_is_of_no_law() -> None:
    assert spans("Luật sửa đổi, bổ sung năm 2012") == []
    assert spans("Luật Luật sư. " + "Các cơ quan thực hiện nhiệm vụ. " * 3 + "Luật sửa đổi, bổ sung năm 2012") == [
        "Luật Luật sư"
    ]


NESTED = [
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở năm 2020;",
        ["Luật Đất đai", "Luật Nhà ở"],
    ),
    ("theo Luật sửa đổi, bổ sung một số điều của Luật Nhà ở số 5/2020/QH14.", ["Luật Nhà ở"]),
    ("ban hành kèm theo Luật Nhà ở số 5/2020/QH14.", []),
    ("dự án Luật sửa đổi, bổ sung một số điều của Luật Nhà ở.", []),
]


@pytest.mark.parametrize(("text", "inner"), NESTED)
def test_laws_inside_an_amending_law_are_amended_by_it(text: str, inner: list[str]) -> None:
    citations = read(text).citations
    nested = [c for c in citations if c.parent is not None]
    assert [c.text for c in nested] == inner
    assert {(c.kind, c.relation, text[slice(*c.cue or (0, 0))]) for c in nested} <= {
        ("named", "amends", "sửa đổi, bổ sung")
    }
    for one in nested:
        outer = citations[one.parent or 0]
        assert outer.number == "5/2020/QH14" or outer.text.endswith("năm 2020")
        assert outer.relation in ("based_on", "cites"), "the outer law keeps its own relation"


def test_a_law_that_only_a_draft_amends_is_cited_as_any_other() -> None:
    (cited,) = read("Bộ xây dựng dự án Luật sửa đổi, bổ sung một số điều của Luật Nhà ở.").citations
    assert (cited.text, cited.parent) == ("Luật Nhà ở", None)


def test_the_number_after_the_inner_law_is_the_amending_laws() -> None:
    text = "Luật sửa đổi, bổ sung một số điều của Luật Ban hành văn bản quy phạm pháp luật số 87/2025/QH15;"
    assert [hit.outer is not None for hit in hits(text, "87/2025/QH15")] == [True]


@pytest.mark.parametrize(
    ("text", "date", "type_", "body"),
    [
        ("Luật Đầu tư công ngày 13/6/2019;", "2019-06-13", "luat", "QH"),
        ("Luật Đất đai năm 2003;", "2003", "luat", "QH"),
        ("Luật Đất đai;", None, "luat", "QH"),
        ("Luật Hộ tịch được Quốc hội khóa XIII thông qua ngày 20 tháng 11 năm 2014;", "2014-11-20", "luat", "QH"),
        ("Bộ luật Lao động ngày 31/2/2019", None, "bo-luat", "QH"),
        ("Pháp lệnh Dân số ngày 09/01/2003;", "2003-01-09", "phap-lenh", "UBTVQH"),
    ],
)
def test_date_type_and_body(text: str, date: str | None, type_: str, body: str) -> None:
    (hit,) = hits(text)
    assert (hit.date, hit.type, hit.body) == (date, type_, body)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Can cir Luat T6 chire chinh quyén dia phuong ngay 16/6/2025;",
            "Luat T6 chire chinh quyén dia phuong ngay 16/6/2025",
        ),
        ("duoc quy dinh theo Luat ban hanh van ban quy pham phap luat.", "Luat ban hanh van ban quy pham phap luat"),
        ("theo Ludt Phé bién, gido duc phap luat va cac van ban", "Ludt Phé bién, gido duc phap luat"),
    ],
)
def test_damaged_names(text: str, name: str) -> None:
    assert spans(text) == [name]


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("thực hiện Nghị quyết Đại hội XX Đảng bộ tỉnh, Nghị quyết", "Nghị quyết Đại hội XX Đảng bộ tỉnh", "TU"),
        (
            "theo Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng về cải cách",
            "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
            "TW",
        ),
        ("Nghị quyết Đại hội XIV và Kết luận số 18-KL/TW", "Nghị quyết Đại hội XIV", "?"),
        (
            "theo \n\nNghị quyết Đại hội Đảng bộ tỉnh lần thứ \nXIV đã đề ra",
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ \nXIV",
            "TU",
        ),
    ],
)
def test_a_congress_resolution_is_named_by_its_ordinal(text: str, name: str, body: str) -> None:
    (hit,) = hits(text)
    assert (text[hit.start : hit.end], hit.body, hit.type) == (name, body, "d-nghi-quyet")


@pytest.mark.parametrize(
    "text",
    [
        "hoàn thành thắng lợi các mục tiêu, nhiệm vụ Nghị quyết Đại hội lần thứ XIII của Đảng",
        "NHIỆM VỤ NGHỊ QUYẾT ĐẠI HỘI LẦN THỨ XIII CỦA ĐẢNG",
        "Nghị quyết của Đại hội đồng cổ đông",
        "Nghị quyết Đại hội Đảng các cấp",
        "Nghị quyết Đại hội nhà đầu tư 5/2020",
    ],
)
def test_other_assemblies_and_classes_are_none(text: str) -> None:
    assert spans(text) == []


def test_the_name_is_given_on_one_line() -> None:
    (hit,) = hits("theo Luật\nNgân sách  nhà nước.")
    assert hit.name == "Luật Ngân sách nhà nước"


@given(st.text(alphabet="Luật PhápBộ đấai,.;:()số/\n12 và của", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_hits_are_ordered(text: str) -> None:
    found = find_named(TextForms(text), []).hits
    assert all(0 <= hit.start < hit.end <= len(text) for hit in found)
    assert [hit.start for hit in found] == sorted(hit.start for hit in found)


@pytest.mark.parametrize("unit", ["Luật ", "Luật sửa đổi, bổ sung của Luật ", "Luật Đất đai, ", "Luật A và ", "luat "])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        forms = TextForms(unit * (size // len(unit)))
        _ = forms.text, forms.folded
        return timing.seconds(lambda: find_named(forms, []))

    seconds(2_000)
    assert seconds(80_000) < 30 * max(seconds(10_000), 0.002)


@pytest.mark.parametrize(("name", "floor"), [("plans", 0.95), ("seeds", 0.90)])
def test_the_floors_on_annotated_documents(shared: Path, tmp_path: Path, name: str, floor: float) -> None:
    predicted = tmp_path / "found.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for line in (shared / f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            text = (shared / "corpus" / name / gold["document"]).read_bytes().decode("utf-8")
            numbers = sorted((c["start"], c["end"]) for c in gold["citations"] if c["kind"] == "number")
            found = [
                {"start": hit.start, "end": hit.end, "kind": "named", "number": None, "date": hit.date}
                for hit in find_named(TextForms(text), numbers).hits
            ]
            out.write(json.dumps({"document": gold["document"], "self": None, "citations": found}) + "\n")
    command = [sys.executable, str(shared / "eval/score.py"), str(shared / f"gold/{name}.jsonl"), str(predicted)]
    done = subprocess.run([*command, "--min", f"named_f1={floor}"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


LISTS = [
    ("theo các Luật Đất đai, Nhà ở và Xây dựng.", ["Luật Đất đai", "Nhà ở", "Xây dựng"]),
    ("quy định của các luật: Đất đai; Phòng, chống tham nhũng; Nhà ở năm 2023; và văn bản khác", ["Đất đai", "Phòng, chống tham nhũng", "Nhà ở năm 2023"]),
    ("theo các Luật Đất đai và các nghị định", ["Luật Đất đai"]),
    ("theo các Luật Đất đai, Ủy ban nhân dân và Xây dựng", ["Luật Đất đai"]),
    ("theo các luật đất đai, nhà ở và xây dựng", []),
    ("các Luật: Luật Đất đai, Luật Nhà ở", ["Luật Đất đai", "Luật Nhà ở"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_laws_that_share_their_type_word(text: str, expected: list[str]) -> None:
    citations = read(text).citations
    assert [c.text for c in citations] == expected
    assert all(c.title is None or c.title.startswith("Luật ") for c in citations)


@pytest.mark.parametrize(
    ("name", "longer"),
    [
        ("luat to chuc", True),
        ("luat dat dai", False),
        ("luat to chuc chinh quyen dia phuong", False),
        ("luat dat dal", True),  # what is not known so far may be the damaged beginning of any
    ],
)
def test_whether_a_longer_name_of_a_law_may_begin(name: str, longer: bool) -> None:
    assert damaged_laws.goes_on(name) is longer
