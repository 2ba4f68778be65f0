"""Running heads of gazettes: left out where the text is read, kept in every span that is given back."""

from __future__ import annotations

import pytest
import timing
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Hints
from kb.reading import read
from kb.reading.repair.repaired_text import repaired_text
from kb.reading.text.offsets import tidy

LEFT = "\n\n \n12 \nCÔNG BÁO/Số 987 + 988/Ngày 25-8-2024 \n  \n"
RIGHT = "\n\n \n \nCÔNG BÁO/Số 987/Ngày 25-8-2024 \n13 \n \n"
TURNED = "\n\n \n65 \n65 \n   \n \nCÔNG BÁO/Số 987/Ngày 25-8-2024 \n     65\n"
STAMPED = (
    " \nKý bởi: Cổng Thông tin điện tử Chính phủ\nEmail: thongtin@example.vn\nCơ quan: Văn phòng Chính phủ\n"
    "Thời gian ký: 14.05.2018 14:32:35 +07:00\n" + RIGHT
)
PROVINCE = "\n\n18    CÔNG BÁO NINH BÌNH/Số 12/Ngày 01/02/2024\n"
HEADS = [LEFT, RIGHT, TURNED, STAMPED, PROVINCE]
OPENING = "Căn cứ Luật Đất đai năm 2024; theo quy định của các văn bản quy phạm pháp luật tại "
FIELDS = (
    "kind",
    "number",
    "type",
    "date",
    "body",
    "province",
    "relation",
    "inverse",
    "aspect",
    "title",
    "pinpoint",
    "parent",
)


def fields(text: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(cited, field) for field in FIELDS) for cited in read(text).citations]


@pytest.mark.parametrize("head", HEADS, ids=["left", "right", "turned", "stamped", "province"])
@pytest.mark.parametrize(
    "sentence",
    [
        "Điều 5 Luật Bảo ⏎hiểm xã hội năm 2014.",
        "khoản 2 Điều 7 Nghị định số ⏎24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ.",
        "Nghị định số 24/2014/NĐ-CP ngày 04 ⏎tháng 4 năm 2014 của Chính phủ quy định tổ chức các cơ quan chuyên môn.",
        "Nghị định số 24/2014/NĐ-⏎CP ngày 04 tháng 4 năm 2014 của Chính phủ.",
        "điểm a khoản ⏎3 Điều 45 Thông tư số 119/2020/TT-BTC.",
        "Nghị định số 24/2014/NĐ-CP của Chính phủ đã được sửa ⏎đổi, bổ sung bởi Nghị định số 107/2020/NĐ-CP.",
        "Luật số 46/2014/QH13, Luật số 97/2015/QH13, Luật số 35/2018/QH14 và các văn bản khác, ⏎Luật số 68/2020/QH14.",
    ],
)
def test_a_sentence_reads_as_if_no_head_stood_in_it(sentence: str, head: str) -> None:
    plain, broken = OPENING + sentence.replace("⏎", "\n"), OPENING + sentence.replace("⏎", head)
    assert fields(broken) == fields(plain) and fields(plain)
    for cited in read(broken).citations:
        assert broken[cited.start : cited.end] == cited.text


def test_a_citation_that_a_head_interrupts_has_it_in_its_raw_form_and_not_in_its_number() -> None:
    text = OPENING + "Nghị định số 24/2014/NĐ-" + RIGHT + "CP."
    cited = read(text).citations[-1]
    assert cited.number == "24/2014/NĐ-CP" and cited.text == "24/2014/NĐ-" + RIGHT + "CP"
    assert cited.sentence and text[slice(*cited.sentence)].endswith("Nghị định số " + cited.text + ".")


def test_the_day_of_the_gazette_is_no_date_of_a_document() -> None:
    text = (
        "Mẫu số 02 (kèm theo Thông tư số 20/2026/TT-BTC).\n"
        + RIGHT
        + "Mẫu số 03\n(Kèm theo Thông tư số 21/2026/TT-BTC)"
    )
    assert [cited.date for cited in read(text).citations] == [None, None]


def test_lines_and_pages_are_those_of_the_given_text() -> None:
    first, second = "Theo Nghị định số 24/2014/NĐ-CP của Chính", "phủ và Nghị định số 107/2020/NĐ-CP."
    text = first + STAMPED + second
    page = len(first + STAMPED) - len(RIGHT)
    one, two = read(text, Hints(page_starts=(0, page))).citations
    assert (one.page, one.line) == (1, 1)
    assert (two.page, two.line) == (2, text.count("\n") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết này đăng trên CÔNG BÁO số 12 ngày 01-02-2024 theo Luật Đất đai",
        "TRUNG TÂM CÔNG BÁO\nVÀ TIN HỌC\n12\nQuyết định số 12/QĐ-UBND",
        "Mục lục\n1\n2\nCÔNG BÁO\n3\nQuyết định số 12/QĐ-UBND",
        "| STT | Tên |\n| 1 | (CÔNG BÁO/Số 1/Ngày 01-02-2024) |\n| 2 | Luật Đất đai |",
        "CÔNG BÁO/Số 12/Ngày 01-02-2024\n2\n \nỦY BAN NHÂN DÂN\nTỈNH NINH BÌNH\nSố: 12/QĐ-UBND",
        "Tên biểu\n1. Quy định chung\nTên biểu\n2. Tổ chức\nTên biểu\n3. Thực hiện\n4\nTên biểu",
    ],
)
def test_what_is_no_running_head_stays(text: str) -> None:
    assert tidy(text) == (text, None)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("a) Theo Luật Đất đai;", "b) Theo Luật Nhà ở;"),
        ("1. Theo Luật Đất đai.", "2. Theo Luật Nhà ở."),
        ("theo các quy định của pháp luật về đất đai và của Luật Đất đai", "Điều 5. Hiệu lực của Luật Nhà ở"),
        ("theo các quy định của pháp luật về đất đai và của Luật Đất đai", "Căn cứ Luật Nhà ở"),
        ("12", "15"),
    ],
)
def test_what_begins_behind_a_head_begins_anew(before: str, behind: str) -> None:
    clean = tidy(before + RIGHT + behind)[0]
    assert "CÔNG BÁO" not in clean and clean.startswith(before) and clean.endswith(behind)
    assert clean[len(before) : -len(behind)].count("\n") >= 2


def test_footnotes_are_not_joined_to_the_next_page() -> None:
    text = (
        OPENING
        + "điều này\n5 Cụm từ này được thay thế theo Thông tư số 138/2025/TT-BTC hướng dẫn"
        + RIGHT
        + "công ty con."
    )
    clean = tidy(text)[0]
    assert "\nCÔNG BÁO\n" in clean and "2024 \n" not in clean
    assert [cited.title for cited in read(text).citations][-1] is None


def test_a_cell_that_holds_a_figure_is_no_page_number() -> None:
    text = "Tổng\n7 \n" + RIGHT + "1 \nTên"
    assert tidy(text)[0].split() == ["Tổng", "7", "1", "Tên"]


TEXT = st.lists(
    st.one_of(
        st.sampled_from([*HEADS, "\n", " ", "Nghị định số 24/2014/NĐ-CP", "Luật Đất đai", "khoản 2 Điều 7 ", "12", "e\u0302", "n**ă**m",
                         "CÔNG BÁO", "CÔNG BÁO/Số 1/Ngày 1-1-2020", "|", ";", ". ", "1 Thông tư "]),
        st.text(max_size=5),
    ),
    max_size=20,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_offsets_lead_back_to_the_same_letters(text: str) -> None:
    clean, offsets = tidy(text)
    if offsets is None:
        assert clean == text
        return
    last = 0
    for at in range(len(clean)):
        low, high = offsets.span_back(at, at + 1)
        assert last <= low < high <= len(text)
        last = high
    assert offsets.forward(0) == 0 and offsets.forward(len(text)) == len(clean)


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_spans_are_raw_forms_and_the_reading_is_the_same_twice(text: str) -> None:
    reading = read(text)
    assert reading == read(text)
    for cited in reading.citations:
        assert text[cited.start : cited.end] == cited.text and cited.line == text.count("\n", 0, cited.start) + 1
        for span in (cited.cue, cited.sentence):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Theo Nghị định số 24/2014/NĐ-CP. ", "Luật Đất đai; ", "khoản 2 Điều 7 Quyết định số 5/QĐ-UBND\n"]
        ),
        max_size=12,
    ),
    st.data(),
)
def test_heads_between_sentences_lose_no_citation(sentences: list[str], data: st.DataObject) -> None:
    heads = [data.draw(st.sampled_from(HEADS)) for _ in sentences]
    broken = "".join(sentence + head for sentence, head in zip(sentences, heads, strict=True))
    assert [c.number for c in read(broken).citations] == [c.number for c in read("\n \n".join(sentences)).citations]


@pytest.mark.parametrize(
    "hostile",
    [RIGHT * 3_000, LEFT * 3_000, "CÔNG BÁO" * 20_000, "CÔNG BÁO/Số 1/Ngày 1-1-2020 " * 6_000, (RIGHT + "\n" * 400) * 400,
     ("a" * 300 + RIGHT) * 450, STAMPED * 750, (RIGHT + "7\n") * 3_000, "7\n" * 50_000 + RIGHT, "Ký bởi: a\n" * 15_000 + RIGHT],
    ids=lambda text: repr(text[:14]),
)  # fmt: skip
def test_time_is_linear_in_heads(hostile: str) -> None:
    """Eight times the text takes about eight times as long; with the square of its length it would be 64 times."""
    part = min(_seconds(hostile[: len(hostile) // 8]) for _ in range(3))
    assert _seconds(hostile) < 24 * part + 0.02


def _seconds(text: str) -> float:
    return timing.seconds(lambda: tidy(text))


def test_the_repaired_text_is_without_heads_too() -> None:
    text = "theo quy định của Luật Bảo" + RIGHT + "hiểm xã hội và các văn bản hướng dẫn"
    repaired = repaired_text(text)
    assert repaired.text == "theo quy định của Luật Bảo\nhiểm xã hội và các văn bản hướng dẫn"
    assert [(edit.rule, edit.after) for edit in repaired.edits] == [("running_head", "")]
    at = repaired.text.index("hiểm")
    assert text[repaired.offsets.back(at) :].startswith("hiểm xã hội")
