"""Folding and longest match of known phrases in folded text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.authority.fold import begins, ends, fold, fold_code, is_partial_date
from kb.authority.phrases import Phrases
from kb.reading.text import text_forms

PHRASES: Phrases[str] = Phrases(
    [("phòng, chống", "comma"), ("Đầu tư", "short"), ("Đầu tư công", "long"), ("Lao động - Thương binh", "dash")]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("phong, chong", (12, "comma")),
        ("phong chong", (11, "comma")),
        ("phong - chong", (13, "comma")),
        ("phong ,\n chong", (14, "comma")),
        ("dau tu cong", (11, "long")),
        ("dau tu, cong", (6, "short")),
        ("dau tu con", (6, "short")),
        ("dau tux", None),
        ("dau", None),
        ("", None),
        ("lao dong thuong binh", (20, "dash")),
        ("lao dong, thuong binh", (21, "dash")),
        ("dau" + " " * 200 + "tu", None),
    ],
)
def test_longest(text: str, found: tuple[int, str] | None) -> None:
    assert PHRASES.longest(text) == found


def test_a_phrase_starts_and_ends_at_words() -> None:
    assert PHRASES.longest("xdau tu", 1) is None
    assert PHRASES.longest("1 dau tu", 2) == (8, "short")
    assert PHRASES.longest("dau tu cong", stop=6) == (6, "short")
    assert PHRASES.whole("ĐẦU TƯ công.") == "long"
    assert PHRASES.whole("đầu tư công trình") is None
    with pytest.raises(ValueError, match="no word"):
        PHRASES.add(" - ", "nothing")


@given(st.text(alphabet="dau tucongphc,.-\n", max_size=40), st.integers(0, 40))
def test_what_is_found_is_a_phrase(text: str, start: int) -> None:
    found = PHRASES.longest(text, min(start, len(text)))
    if found is not None:
        end, value = found
        assert end == len(text) or not text[end].isalnum()
        assert PHRASES.whole(text[min(start, len(text)) : end]) == value


@given(st.text(max_size=60))
def test_fold_forgets_composition_and_case(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed)) or not _vietnamese(composed)
    assert fold(fold(text)) == fold(text) or not _vietnamese(composed)


def _vietnamese(text: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in text)


def test_fold_agrees_with_the_reader() -> None:
    """Names are folded as texts are, or they would never meet."""
    letters = [chr(code) for code in range(0x21, sys.maxunicode) if _name_letter(chr(code))]
    assert len(letters) > 180
    differ = [letter for letter in letters if fold(letter) != text_forms.fold(letter).strip()]
    assert not differ


def _name_letter(letter: str) -> bool:
    base = unicodedata.normalize("NFD", letter)[0]
    vietnamese = set("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
    return (letter in "đĐ" or (base.isascii() and base.isalnum())) and vietnamese.issuperset(
        unicodedata.normalize("NFD", letter)[1:]
    )


@pytest.mark.parametrize(
    ("code", "folded"), [("SNN&PTNT", "snnptnt"), ("QĐ", "qd"), ("TTg", "ttg"), ("Ð", "d"), ("T T", "tt")]
)
def test_fold_code(code: str, folded: str) -> None:
    assert fold_code(code) == folded


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-31"),
        ("2025-02-03", "2025-02-03", "2025-02-03"),
    ],
)
def test_days_of_a_partial_date(date: str, first: str, last: str) -> None:
    assert is_partial_date(date)
    assert (begins(date), ends(date)) == (first, last)


@pytest.mark.parametrize("text", ["25", "2025-13", "2025-00", "2025-01-32", "2025-1-1", "ngày", "2025-01-01\n", ""])
def test_what_is_no_date(text: str) -> None:
    assert not is_partial_date(text)
