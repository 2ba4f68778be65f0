"""What must hold for every text whatever it says."""

from __future__ import annotations

import random
import unicodedata

import pytest
import timing
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.reading import read
from kb.reading.numbers.parse_number import parse_number
from kb.reading.text.offsets import tidy

PIECES = [
    "Quyết định số ", "2395/QĐ-UBND", " ngày 24/12/2021", " của ", "Ủy ban nhân dân tỉnh ", "Ninh Thuận", "; ", "\n\n", "Căn cứ ",
    "Luật Đất đai năm 2024", "04-NQ/TU", "sửa đổi, bổ sung", "được ", "theo ", "**", "|", "TCVN ISO 9001:2015", "Số: ", "/", "-", "12",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quyét dinh s6 ", "843/0D-UBND", "ngay 17/ 19/2‘005", "điểm a khoản 2 Điều 5 ", "\x00", "\ud800",
    "2/P-", "\x85", "này", "nêu trên", "(sau đây gọi tắt là Kế hoạch)", "e\u0302\u0301", "66.7/2025/NQ-CP", "Quyết định này",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25).map("".join), st.text(max_size=200)
)

ORDINALS = st.from_regex(r"[1-9][0-9]{0,4}", fullmatch=True)
YEARS = st.integers(1990, 2030).map(str)
NUMBERS = st.one_of(
    st.tuples(ORDINALS, st.sampled_from(["QĐ-UBND", "KH-UBND", "NQ-HĐND", "NQ-CP", "QĐ-TTg", "TTr-SNV", "UBND-ĐT", "KH-SKHCN"])).map("/".join),
    st.tuples(ORDINALS, YEARS, st.sampled_from(["NĐ-CP", "TT-BTC", "QĐ-UBND", "QH15", "UBTVQH14", "TTLT-BTC-BNV"])).map("/".join),
    st.tuples(ORDINALS, st.sampled_from(["NQ/TU", "CT/TW", "KL/TW", "CTr/TU", "KH/TU"])).map("-".join),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("12/" + "A" * 5000)
@example("1/A" * 500)
def test_reading_never_raises_and_spans_are_the_raw_form(text: str) -> None:
    reading = read(text)
    for cited in reading.citations:
        assert text[cited.start : cited.end] == cited.text and cited.text
        assert cited.parent is None or 0 <= cited.parent < len(reading.citations)
        for span in (cited.cue, cited.sentence):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)
        assert 0 <= cited.confidence <= 1
    starts = [(cited.start, cited.end) for cited in reading.citations]
    assert starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_same_text_same_reading(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=200, deadline=None)
@given(NUMBERS)
def test_a_canonical_number_parses_to_itself(number: str) -> None:
    parsed = parse_number(number)
    assert parsed is not None and str(parsed) == number and not parsed.repairs


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.data())
def test_variants_of_one_number_meet(number: str, data: st.DataObject) -> None:
    dash = data.draw(st.sampled_from(["-", "–", "‑", "−", " - ", "- "]))
    slash = data.draw(st.sampled_from(["/", " /", "/ ", " / "]))
    stroke = data.draw(st.sampled_from(["Đ", "Ð"]))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    variant = unicodedata.normalize(form, number.replace("Đ", stroke).replace("-", dash).replace("/", slash))
    parsed = parse_number(variant)
    assert parsed is not None and parsed.text == number


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("Kế hoạch số 2395/QĐ-UBND**CỘNG HÒA XÃ HỘI")
@example("Quyết định số |2395/QĐ-UBND")
def test_composed_and_decomposed_text_read_the_same(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if unicodedata.normalize("NFC", decomposed) != composed:
        return
    assert [c.number for c in read(composed).citations] == [c.number for c in read(decomposed).citations]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_tidying_maps_offsets_both_ways(text: str) -> None:
    clean, offsets = tidy(text)
    if offsets is None:
        assert clean == text
        return
    for at in range(len(clean)):
        low, high = offsets.span_back(at, at + 1)
        assert 0 <= low < high <= len(text)
    assert offsets.forward(0) == 0 and offsets.forward(len(text)) == len(clean)


@pytest.mark.parametrize(
    "hostile",
    ["1" * 400_000, "1/" * 200_000, "của " * 100_000, "12/QĐ-" * 60_000, "Quyết định số " * 30_000, "a" * 400_000, "\n" * 400_000,
     "Căn cứ " * 60_000, "Luật " * 80_000, "12/QĐ-UBND, " * 8_000, "ngày 1/" * 60_000, "*" * 400_000, "1|" * 200_000,
     "Quyet dinh s6 " * 30_000, "Điều 5, " * 50_000, "TCVN " * 80_000, "e\u0302" * 200_000, "(sau đây gọi tắt là " * 20_000,
     "TP. 12/QĐ-UBND " * 8_000, "TP. " * 300 + "12/QĐ-UBND, " * 8_000,
     ("\n\x0c" * 500 + "12/QĐ-UBND ") * 200],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_time_is_linear_on_hostile_text(hostile: str) -> None:
    """Twice the text may cost at most about twice the time (measured: the larger half against the smaller)."""
    half = hostile[: len(hostile) // 2]
    small = min(_seconds(half) for _ in range(2))
    large = _seconds(hostile)
    assert large < 4.5 * small + 0.25


def _seconds(text: str) -> float:
    return timing.seconds(lambda: read(text))


def test_mutations_of_a_real_looking_document_never_raise() -> None:
    random.seed(20_211_224)
    base = "".join(PIECES[:26] * 4)
    for _ in range(400):
        letters = list(base)
        for _ in range(random.randrange(1, 30)):
            at = random.randrange(len(letters))
            letters[at] = random.choice(
                ["", " ", "\n", "/", "-", "1", "đ", "Đ", "*", letters[random.randrange(len(letters))]]
            )
        text = "".join(letters)
        assert all(text[c.start : c.end] == c.text for c in read(text).citations)
