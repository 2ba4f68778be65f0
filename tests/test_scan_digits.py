"""Digits of scans: two recognisers, what the text proves, and signs that look like a 1."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bench._printing import face
from corpus.blocks import Doubt, LinePlace
from corpus.layout.words_to_lines import Word
from corpus.scans import digits, recogniser, tesseract
from corpus.scans.cuts import line_in
from corpus.scans.handwriting import without_handwriting
from corpus.scans.votes import Vote
from kb.model import Hints
from kb.reading import read

BASIS = "Căn cứ Quyết định số {} ngày 24/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận;"


def line(*texts: str) -> list[Word]:
    """Words of one line, ten dots a letter, a blank of four between them."""
    out, x = [], 10.0
    for text in texts:
        out.append(Word(text, x, 10, x + 10 * len(text), 40, 0.9))
        x += 10 * len(text) + 4
    return out


def voted(monkeypatch: pytest.MonkeyPatch, words: list[Word], other: str, again: str = "") -> list[Word]:
    """The words after the vote, where the second recogniser reads ``other`` and tesseract, looking again, ``again``."""
    monkeypatch.setattr(recogniser, "available", lambda: True)
    monkeypatch.setattr(recogniser, "texts", lambda pictures: [(other, 0.95) for _ in pictures])
    monkeypatch.setattr(tesseract, "words", lambda *_, **__: line(*again.split()))
    return digits.voted(words, Image.new("L", (900, 60), 255), 1e12)


@pytest.mark.parametrize(
    ("words", "other", "again", "text", "sure", "readings"),
    [
        ("số 65/2023/NĐ-CP ngày", "s 65/2023/ND-CP ngày", "", "65/2023/NĐ-CP", digits.AGREED, ()),
        ("số 63/2023/NĐ-CP ngày", "s 65/2023/ND-CP ngày", "số 63/2023/NĐ-CP ngày", "65/2023/NĐ-CP", digits.DISPUTED, ("63/2023/NĐ-CP",)),
        ("số 63/2023/NĐ-CP ngày", "s 65/2023/ND-CP ngày", "số 65/2023/NĐ-CP ngày", "65/2023/NĐ-CP", digits.DECIDED, ("63/2023/NĐ-CP",)),
        ("số 7/2023/QĐ-TTg", "s 17/2023/QD-TTg", "số 7/2023/QĐ-TTg", "7/2023/QĐ-TTg", digits.DISPUTED, ("17/2023/QĐ-TTg",)),
        ("ngày 24/I2/2021 của", "ngày24/12/2021 ca", "", "24/12/2021", digits.AGREED, ()),
        ("số l05/QĐ-UBND", "s 105/QD-UBND", "", "105/QĐ-UBND", digits.AGREED, ()),
        ("số 2395/QĐ-UBND ngày", "s2395/0D-UBND ngay", "", "2395/QĐ-UBND", digits.AGREED, ()),
        ("ngày 166/2022 của", "ngày 16/6/2022 ca", "", "16/6/2022", digits.DECIDED, ("166/2022",)),
        ("Điều 5 của", "Điu 5 ca", "", "5", digits.AGREED, ()),
        ("số 23/CT-T'Tg ngày", "s 23/CT-TTg ngày", "", "23/CT-TTg", digits.AGREED, ()),
    ],
)  # fmt: skip
def test_two_recognisers_vote_on_digits(
    words: str,
    other: str,
    again: str,
    text: str,
    sure: float,
    readings: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = voted(monkeypatch, line(*words.split()), other, again)
    word = next(one for one in found if any(map(str.isdigit, one.text)))
    assert (word.text, word.sure, word.readings) == (text, sure, readings)


@pytest.mark.parametrize(
    ("word", "other", "again", "text", "sure"),
    [
        ("1629/QĐ-GOXP", "1629/QD-GQXP", "1629/QĐ-GOXP", "1629/QĐ-GOXP", digits.DISPUTED),
        ("1629/QĐ-GOXP", "1629/QD-GQXP", "1629/QĐ-GQXP", "1629/QĐ-GQXP", digits.DECIDED),
        ("286-HCSN", "286/STC-HCSN", "286-HCSN", "286-HCSN", digits.DISPUTED),
        ("286/5TC-HCSN", "286/STC-HCSN", "286/STC-HCSN", "286/STC-HCSN", digits.DECIDED),
        ("286/5TC-HCSN", "286/STC-HCSN", "28§6/STC-HCSN", "286/STC-HCSN", digits.DECIDED),
        ("133/QĐ-TT1g", "133/QD-TTg", "133/QĐ-TT1g", "133/QD-TTg", digits.DISPUTED),
        ("286-HCSN", "286/5TC-HCSN", "286/5TC-HCSN", "286-HCSN", digits.DISPUTED),
        ("174/HDND-VHXH", "174/HĐND-VHXH", "", "174/HĐND-VHXH", digits.AGREED),
        ("1M(CSKT)", "TM(CSKT)", "1M(CSKT)", "1M(CSKT)", digits.DISPUTED),
        ("65/2023/NĐ-CP", "s65/2023/ND-CPngay", "", "65/2023/NĐ-CP", digits.AGREED),
        ("105/2021/TT-BT", "105/2021/TT-BTC", "105/2021/TT-BT", "105/2021/TT-BT", digits.DISPUTED),
        ("05/2020/-", "05/2020/", "/-", "05/2020/-", digits.AGREED),
        ("173/2017/ND-C:P", "173/2017/ND-CP", "", "173/2017/ND-CP", digits.AGREED),
        ("6621/&7/-1(BN0", "6621/KH-UBND", "6621/&7/-1(BN0", "6621/KH-UBND", digits.DISPUTED),
    ],
)
def test_letters_of_a_code_are_voted_on_like_its_digits(
    word: str, other: str, again: str, text: str, sure: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = voted(monkeypatch, line(word), other, again)[0]
    assert (found.text, found.sure) == (text, sure)


def test_a_code_that_goes_on_in_the_next_word_or_line_is_voted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    beside = voted(monkeypatch, line("số", "1629/QĐ-", "GOXP", "ngày"), "s 1629/QD-GQXP ngày", "số 1629/QĐ- GOXP ngày")
    assert [word.readings for word in beside if word.text == "GOXP"] == [("GQXP",)]
    below = [replace(word, y0=60, y1=90) for word in line("HDTĐ", "ngày", "12")]
    monkeypatch.setattr(
        recogniser, "texts", lambda cuts: [("HDTD ngày 12" if cut.width < 300 else "x", 0.9) for cut in cuts]
    )
    found = digits.voted([*line("Thông", "báo", "số", "12/TB-"), *below], Image.new("L", (900, 120), 255), 1e12)
    assert [word.sure for word in found if word.text == "HDTĐ"] == [digits.AGREED]


def test_a_number_of_which_no_digit_was_made_out_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    words = line("định", "số", "šUQB-", "TTg", "ngày")
    words[2] = replace(words[2], confidence=0.06)
    found = voted(monkeypatch, words, "s 871/QD-TTg ngày", "số šUQB- TTg ngày")
    assert [word.text for word in found] == ["định", "số", "871/QD-TTg", "ngày"]
    assert found[2].sure == digits.DISPUTED


def test_a_place_left_blank_for_a_pen_s_number_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    words = line("Số:", "$†4/UBND-KTTH")
    words[1] = replace(words[1], confidence=0.05)
    seen = Vote(tuple(words), tuple(((word.text, word.confidence),) for word in words), ())
    left, blanked = without_handwriting(seen, Image.new("L", (900, 1200), 255))
    assert list(blanked) == ["number"]
    found = voted(monkeypatch, left, "S: 574/UBND-KTTH")
    assert [word.text for word in found] == ["Số:", "/UBND-KTTH"]


def test_the_pieces_of_an_illegible_number_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    words = line("số", "ƒ245/Q", "-77z", "ngày")
    found = voted(monkeypatch, words, "s 1245/QD-TTg ngày", "số ƒ245/Q -77z ngày")
    assert [word.text for word in found] == ["số", "1245/QD-TTg", "ngày"]
    assert (found[1].sure, found[1].readings) == (digits.DISPUTED, ("ƒ245/Q -77z",))


def test_a_cut_that_is_too_high_gives_the_line_with_the_most_ink() -> None:
    cut = Image.new("L", (900, 150), 255)
    ImageDraw.Draw(cut).text((20, 30), "số 871/QĐ-TTg ngày 18/11/2017", font=face(size=48), fill=0)
    ImageDraw.Draw(cut).point([(100, 120), (300, 140)], fill=0)
    line_ = line_in(cut)
    assert line_ is not None and 45 < line_.height < 100
    assert (np.asarray(line_) < 128).sum() == (np.asarray(cut) < 128).sum() - 2
    assert line_in(line_) is None and line_in(Image.new("L", (90, 15), 255)) is None


def test_what_nobody_read_is_in_doubt_with_what_tesseract_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    words = line("số", "8;", "ngày")
    words[1] = replace(words[1], confidence=0.02)
    found = voted(monkeypatch, words, "", "số 87 ngày")
    assert (found[1].sure, found[1].readings) == (digits.DISPUTED, ("87",))


def test_the_count_of_a_paragraph_is_asked_of_one_recogniser_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = voted(monkeypatch, line("2.", "Quyết", "định", "này", "ban", "hành"), "3. Quyt dinh")
    assert (found[0].text, found[0].sure) == ("2.", digits.ALONE)


def test_a_number_torn_in_two_is_joined_where_the_other_saw_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = voted(monkeypatch, line("số", "2l", "05/UBND-NC", "ngày"), "s 2105/UBND-NC ngày")
    assert [word.text for word in found] == ["số", "2105/UBND-NC", "ngày"]
    assert found[1].sure < digits.AGREED


def test_without_a_second_recogniser_no_digit_is_called_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "available", lambda: False)
    found = digits.voted(line("số", "65/2023/NĐ-CP"), Image.new("L", (300, 60), 255), 1e12)
    assert [word.sure for word in found] == [1.0, digits.ALONE]


def of(text: str, number: str, *readings: str, sure: float = digits.DISPUTED) -> Hints:
    """What is known of a scan in whose text this word is in doubt."""
    start = text.index(number)
    return Hints(doubts=(Doubt(start, start + len(number), sure, readings),))


def test_a_disputed_number_is_marked_and_keeps_both_readings() -> None:
    text = BASIS.format("63/QĐ-UBND")
    (cited,) = read(text, of(text, "63/QĐ-UBND", "65/QĐ-UBND")).citations
    assert cited.number == "63/QĐ-UBND"
    assert {"number_doubtful", "reading:65/QĐ-UBND"} <= set(cited.notes)
    assert cited.confidence < 0.55
    (sure,) = read(text).citations
    assert sure.confidence > 0.9 and "number_doubtful" not in sure.notes


def test_recognisers_that_differ_in_letters_of_a_known_code_mean_one_number() -> None:
    text = BASIS.format("63/NQ-HĐND")
    (cited,) = read(text, of(text, "63/NQ-HĐND", "63/NO-HDND")).citations
    assert "number_doubtful" not in cited.notes
    (cited,) = read(text, of(text, "63/NQ-HĐND", "63/NQ-H1ĐN0")).citations
    assert "number_doubtful" not in cited.notes
    (cited,) = read(text, of(text, "63/NQ-HĐND", "68/NQ-HĐND")).citations
    assert "number_doubtful" in cited.notes
    (cited,) = read(text, of(text, "63/NQ-HĐND", "63/NQ-HĐQT")).citations
    assert "number_doubtful" in cited.notes


def scan(text: str) -> Hints:
    """What is known of a scan in which no digit is in doubt."""
    return Hints(places=(LinePlace(0, len(text), 0, 0, 1, 1),))


def test_the_bar_of_a_known_code_is_set_again() -> None:
    text = BASIS.format("63/HDND-VHXH")
    (cited,) = read(text, scan(text)).citations
    assert (cited.number, cited.repairs[-1].rule) == ("63/HĐND-VHXH", "code_confusion")
    assert "number_doubtful" not in cited.notes


def test_a_code_that_nothing_knows_is_in_doubt_on_a_scan_alone() -> None:
    text = BASIS.format("7603/TTr-HDTĐ")
    assert "number_doubtful" in read(text, scan(text)).citations[0].notes
    decided = of(text, "7603/TTr-HDTĐ", "7608/TTr-HDTĐ", sure=digits.DECIDED)
    assert "number_doubtful" in read(text, decided).citations[0].notes
    assert "number_doubtful" not in read(text).citations[0].notes


def test_a_code_that_the_text_spells_out_is_no_doubt() -> None:
    text = BASIS.format("09/BB-VPHC") + " Biên bản vi phạm hành chính."
    assert "number_doubtful" not in read(text, scan(text)).citations[0].notes
    text = BASIS.format("7603/TTr-HDTĐ") + " Hội đồng thẩm định."
    assert "number_doubtful" in read(text, scan(text)).citations[0].notes  # its bar was overlooked


def test_what_the_same_text_prints_without_a_doubt_decides() -> None:
    text = BASIS.format("63/QĐ-UBND") + "\nTheo Quyết định số 65/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh;"
    first, _ = read(text, of(text, "63/QĐ-UBND", "65/QĐ-UBND")).citations
    assert (first.number, first.repairs[-1].rule) == ("65/QĐ-UBND", "twin")
    text = text.replace("65/QĐ", "63/QĐ")
    first, _ = read(text, of(text, "63/QĐ-UBND", "65/QĐ-UBND")).citations
    assert first.number == "63/QĐ-UBND" and "number_doubtful" not in first.notes


def test_a_doubt_about_the_date_is_the_date_s() -> None:
    text = BASIS.format("63/QĐ-UBND")
    (cited,) = read(text, of(text, "24/12/2021", "24/12/2024")).citations
    assert "date_doubtful" in cited.notes and "number_doubtful" not in cited.notes
    assert cited.date == "2021-12-24" and cited.confidence <= digits.DISPUTED


def test_the_header_s_own_number_is_marked_too() -> None:
    text = "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\nSố: 421/KH-UBND\nNinh Thuận, ngày 27 tháng 01 năm 2022\nKẾ HOẠCH\nPhát triển\n"
    own = read(text, of(text, "421/KH-UBND", "427/KH-UBND")).own
    assert own is not None and own.number == "421/KH-UBND"
    assert [repair.rule for repair in own.repairs] == ["digits_disputed"]


@pytest.mark.parametrize(
    ("printed", "number", "doubtful"),
    [
        ("l05/QĐ-UBND", "105/QĐ-UBND", True),
        ("2l05/UBND-NC", "2105/UBND-NC", True),
        ("2l 05/UBND-NC", "2105/UBND-NC", True),
        ("]05/QĐ-UBND", "105/QĐ-UBND", True),
        ("j 05/QĐ-UBND", "105/QĐ-UBND", True),
        ("|05/QĐ-UBND", "105/QĐ-UBND", True),
        ("08/QĐ- -TTg", "08/QĐ-TTg", False),
        ("08/QĐ - - TTg", "08/QĐ-TTg", False),
        ("08/QĐ-_TTg", "08/QĐ-TTg", False),
        ("08/QĐ-TTg", "08/QĐ-TTg", False),
    ],
)
def test_nothing_before_a_number_is_dropped_silently(printed: str, number: str, doubtful: bool) -> None:
    text = BASIS.format(printed)
    (cited,) = read(text).citations
    assert (cited.number, "number_doubtful" in cited.notes) == (number, doubtful)
    assert text[cited.start : cited.end] == cited.text == printed
    assert cited.date == "2021-12-24"


@pytest.mark.parametrize("text", ["số lượng 5/QĐ", "số l/QĐ", "số i) 05/2021/QĐ-UBND", "tại số [05/2021/QĐ-UBND]"])
def test_letters_and_brackets_of_clean_text_stay(text: str) -> None:
    assert [one.number for one in read(text).citations if one.number] in ([], ["05/2021/QĐ-UBND"])
