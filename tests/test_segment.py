"""Segmentation: pyvi's words, document numbers whole, places in the text."""

from __future__ import annotations

import time
import unicodedata
import warnings
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.words.segment import nfc_with_map, segment, tokenize

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer

SAMPLES = [
    "Kế hoạch thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Chủ tịch Ủy ban nhân dân tỉnh",
    "Ke hoach thuc hien cai cach hanh chinh nam 2022 cua tinh Quang Ngai",
    "KE HOACH trién khai Quyét dinh s6 681/0D-UBND, |KH-SKHCN",
    "Th c hiện ngh  quyết, năng l c c nh tranh (K  HO CH)",
    "HỌC SINH học Sinh học, sinh Học. Tp.HCM ThS. Nguyễn Văn A. Dr.No",
    "thư: so.khcn-qn@quangngai.gov.vn, Mr.a@b.c a@b a@b@c.d x--y@z.w. @a.b",
    "https://vbpl.vn/abc?x=1 và http:// , ftp://x",
    "==> một -> hai ... ba >> bốn....",
    "1.000.000 đồng, 12,5%, 2_3 và 2_3a, ²năm",
    "dòng một\n\n  dòng hai\r\n\tdòng ba\x0b\x1c\u2028\u00a0hết",
    "\n",
    " ",
    "",
    "a",
    "😀 𝐀 ﬁ ÀÁ İ ΑΣ ß",
    "hoà bình hòa bình thuỷ lợi thủy lợi",
]

syllables = st.sampled_from(
    [
        *("kế", "hoạch", "thực", "hiện", "Quyết", "định", "UBND", "tỉnh", "Quảng", "Ngãi", "học", "sinh", "Sinh"),
        *("quy", "phạm", "pháp", "luật", "ke", "hoach", "thuc", "hien", "2395/QĐ-UBND", "24/12/2021", "s6", "0D"),
        *(
            "-",
            ",",
            ".",
            ";",
            "(",
            "\n",
            "\n\n",
            "...",
            "->",
            "Tp.",
            "a@b.vn",
            "x@y",
            "http://a.b",
            "1.000",
            "1_2",
            "ÁN.",
        ),
    ]
)
scalars = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)
texts = st.lists(st.one_of(syllables, syllables, syllables, scalars), max_size=40).map(" ".join)


@pytest.mark.parametrize("text", SAMPLES)
def test_same_words_as_pyvi(text: str) -> None:
    assert tokenize(text) == ViTokenizer.tokenize(text)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_same_words_as_pyvi_on_any_text(text: str) -> None:
    assert tokenize(text) == ViTokenizer.tokenize(text)


@settings(max_examples=200, deadline=None)
@given(st.text("a@.b-+_ 1\n", max_size=30))
def test_same_words_as_pyvi_around_email_addresses(text: str) -> None:
    assert tokenize(text) == ViTokenizer.tokenize(text)


def test_same_words_as_pyvi_on_real_documents(shared: Path) -> None:
    files = sorted((shared / "corpus" / "seeds").glob("*.txt")) + sorted((shared / "corpus" / "ocr").glob("*.txt"))[:8]
    assert len(files) == 13
    for file in files:
        text = file.read_bytes().decode("utf-8")
        assert tokenize(text) == ViTokenizer.tokenize(text), file.name


@pytest.mark.parametrize(
    ("text", "number", "parts"),
    [
        ("theo Quyết định số 2395/QĐ-UBND ngày", "2395/QĐ-UBND", ["2395", "QĐ", "UBND"]),
        ("Nghị định 24/2014/NĐ-CP.", "24/2014/NĐ-CP", ["24", "2014", "NĐ", "CP"]),
        ("Chương trình 09-CTr/TU,", "09-CTr/TU", ["09", "CTr", "TU"]),
        ("Luật số 31/2024/QH15;", "31/2024/QH15", ["31", "2024", "QH15"]),
        ("305/HD-SNN&PTNT", "305/HD-SNN&PTNT", ["305", "HD", "SNN", "PTNT"]),
        ("30c/NQ-CP", "30c/NQ-CP", ["30c", "NQ", "CP"]),
    ],
)
def test_number_is_one_word_and_its_parts(text: str, number: str, parts: list[str]) -> None:
    tokens = segment(text)
    assert [token.form for token in tokens if token.kind == "number"] == [number]
    assert [token.form for token in tokens if token.kind == "part"] == parts
    whole = next(token for token in tokens if token.kind == "number")
    assert text[whole.start : whole.end] == number


@pytest.mark.parametrize("text", ["ngày 24/12/2021", "quý 11/2022", "57/57 quy trình", "02 lần/năm", "1/3 dân số"])
def test_dates_and_fractions_are_not_kept_as_numbers(text: str) -> None:
    assert [token for token in segment(text) if token.kind == "number"] == []


@settings(max_examples=200, deadline=None)
@given(texts.flatmap(lambda text: st.sampled_from([text, unicodedata.normalize("NFD", text)])))
def test_places_point_into_the_text(text: str) -> None:
    tokens = segment(text)
    for token in tokens:
        stood = unicodedata.normalize("NFC", text[token.start : token.end])
        assert "".join(stood.split()).replace("_", "") == token.form.replace("_", "").replace("\n", "")
    whole = [token for token in tokens if token.kind != "part"]
    positions = [position for token in whole for position in range(token.position, token.position + token.length)]
    assert positions == list(range(len(positions)))  # no syllable lost, none twice
    assert all(a.end <= b.start for a, b in pairwise(whole))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aeâêđ\u0301\u0300\u0323\u0302 q가각\u1100"), max_size=20))
def test_normalised_text_maps_back(text: str) -> None:
    plain, offsets = nfc_with_map(text)
    assert plain == unicodedata.normalize("NFC", text)
    if offsets is not None:
        assert len(offsets) == len(plain) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)


@pytest.mark.parametrize("unit", ["a\u0301\u0323", "\u0301", "a.", "-", "a@", "a@b.", "1.", "A", "_", "x:", "đ", "1/"])
def test_hostile_runs_take_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * size
        begin = time.process_time()
        segment(text)
        return time.process_time() - begin

    seconds(1000)
    short, long = min(seconds(10_000) for _ in range(3)), seconds(100_000)
    assert long < 40 * short + 0.05
