"""The repaired text: what is put right, what is left alone, and the map back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import timing
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.reading.repair.known_words import vocabulary
from kb.reading.repair.repaired_text import repaired_text
from kb.reading.text.syllables import is_syllable

SCAN = (
    "Can cir Quyét dinh s6 2395/QD-UBND ngay 24/12/2021 ciia Uy ban nhan dan tinh vé viéc ban hanh Ké hoach\n"
    "cai cach hanh chinh nha nude; cac co quan, don vi té chire thyc hién, xay dung van ban quy pham phap luat.\n"
)
GAPS = (
    "Tổ chức th c hiện kế hoạch, nâng cao năng l c cạnh tranh;  ây d ng văn bản; tr c tuyến; th c hiện nhiệm vụ;\n"
    "lĩnh v c khoa học; có hiệu l c thi hành; xây d ng và tổ chức th c hiện; khu v c; th c tế; tr c tiếp.\n"
)
CLEAN = (
    "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách\n"
    "hành chính nhà nước; các cơ quan, đơn vị tổ chức thực hiện theo Mục b Phụ lục I, TCVN ISO 9001:2015.\n"
)


def test_a_scan_is_put_right() -> None:
    text = repaired_text(SCAN).text
    for phrase in (
        "Quyết định số 2395/QD-UBND",
        "Kế hoạch",
        "cải cách hành chính nhà nước",
        "thực hiện",
        "văn bản quy phạm pháp luật",
    ):
        assert phrase in text, text


def test_lost_glyphs_are_filled() -> None:
    repaired = repaired_text(GAPS)
    for phrase in (
        "thực hiện kế hoạch",
        "năng lực cạnh tranh",
        "hiệu lực thi hành",
        "xây dựng và",
        "khu vực",
        "thực tế",
    ):
        assert phrase in repaired.text, repaired.text
    assert len(repaired.text) == len(GAPS)
    assert {edit.rule for edit in repaired.edits} == {"lost_glyph"}


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        "",
        "The Ministry of Science shall report on the implementation of the plan to the Government in an annual report.",
        "Nguyễn Văn A, Lê Thị B; Đắk Lắk; website; email; UBND, HĐND, MTTQ; 1.000.000 đồng; m2; kg.",
        "a) Nội dung\nb) Kinh phí\nc) Thời gian\nđ) Khác\ng) Điểm b khoản 2\nh) m, n, p, q\n",
    ],
)
def test_clean_text_stays_byte_for_byte(text: str) -> None:
    repaired = repaired_text(text)
    assert (repaired.text, repaired.edits) == (text, ())


def test_numbers_codes_and_dates_are_never_touched() -> None:
    text = repaired_text(SCAN * 3).text
    assert text.count("2395/QD-UBND") == 3 and text.count("24/12/2021") == 3


def test_capitals_are_kept() -> None:
    text = repaired_text("KÉ HOACH CAI CACH HANH CHINH NHA NUOC\nTÓ CHUC THUC HIÉN KÉ HOACH QUYÉT DINH\n" + SCAN).text
    assert "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH" in text


@pytest.mark.parametrize("text", [SCAN, GAPS, CLEAN])
def test_the_map_leads_back_to_what_stood_there(text: str) -> None:
    repaired = repaired_text(text)
    for edit in repaired.edits:
        assert text[edit.start : edit.end] == edit.before != edit.after
        start, end = repaired.offsets.forward(edit.start), repaired.offsets.forward(edit.end)
        assert repaired.text[start:end] == edit.after
        assert repaired.offsets.back(start) == edit.start
    for offset in range(len(repaired.text)):
        assert 0 <= repaired.offsets.back(offset) <= len(text)


@given(st.text(alphabet="KéhoachdnQuyt s6/0123 lực\n&€.,", max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_repaired_and_mapped(text: str) -> None:
    repaired = repaired_text(text)
    rebuilt, last = [], 0
    for edit in repaired.edits:
        assert edit.start >= last
        rebuilt += [text[last : edit.start], edit.after]
        last = edit.end
    assert "".join([*rebuilt, text[last:]]) == repaired.text


@pytest.mark.parametrize("unit", ["th c hién ", "Quyét dinh s6 ", "x", "b  c ", "| - ("])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return timing.seconds(lambda: repaired_text(text))

    seconds(1_000)
    assert seconds(16_000) < 30 * max(seconds(2_000), 0.002)


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giếng", "Đoàn", "khuỷu", "gì", "xoong", "ề", "BAN"])
def test_syllables_are_told_by_spelling(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quyét", "hién", "th", "luc", "nguoi", "s6", "", "nghiêngg", "UBND", "dịnh́"])
def test_what_spelling_does_not_allow_is_none(word: str) -> None:
    assert not is_syllable(word)


def test_every_word_of_the_vocabulary_is_a_syllable() -> None:
    assert len(vocabulary().pairs) > 5_000
    assert [word for word in vocabulary().words if not is_syllable(word)] == []


def test_real_clean_documents_are_left_alone(shared: Path) -> None:
    with gzip.open(shared / "corpus/bulk/congbao_8chude.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"][:60_000] for line, _ in zip(lines, range(12), strict=False)]
    texts += [path.read_bytes().decode("utf-8") for path in sorted((shared / "corpus/plans").glob("web__*"))[:40]]
    edits = [edit for text in texts for edit in repaired_text(text).edits]
    assert [edit for edit in edits if edit.rule != "running_head"] == []
    assert all("CÔNG BÁO" in edit.before or "/Số" in edit.before for edit in edits)


def test_real_damaged_documents_become_searchable(shared: Path) -> None:
    least = {  # how often "thực hiện" is found where the damaged text shows it never
        "000_98abf99884552222.txt": 12,
        "001_37bfc7306d558759.txt": 25,
        "002_5c5fedde6fbf2e40.txt": 18,
        "004_3a8e2936653a3e39.txt": 100,
    }
    for name, count in least.items():
        text = (shared / "corpus/seeds" / name).read_bytes().decode("utf-8")
        assert text.count("thực hiện") == 0
        assert repaired_text(text).text.count("thực hiện") >= count, name
