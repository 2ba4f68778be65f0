"""Word lists become pieces of pattern: the longest word first, blanks bounded, damaged forms last."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.authority.fold import fold
from kb.authority.patterns import alternatives

WORDS = st.lists(
    st.sampled_from(["sửa đổi", "sửa đổi, bổ sung", "về", "về việc", "v/v", "(kèm theo", "đ/c"]), min_size=1
)


@given(WORDS)
def test_each_word_is_found_whole(words: list[str]) -> None:
    pattern = re.compile(alternatives(words))
    for word in words:
        assert pattern.fullmatch(fold(word)), word
        found = pattern.match(fold(word))
        assert found and found.end() == len(fold(word)), "a longer word must not be cut short by a shorter one"


@pytest.mark.parametrize(
    ("text", "found"), [("sua doi", True), ("sua \n doi", True), ("suadoi", False), ("sua" + " " * 5 + "doi", False)]
)
def test_blanks_are_free_but_bounded(text: str, found: bool) -> None:
    assert bool(re.search(alternatives(["sửa đổi"]), text)) is found


def test_printed_words_keep_case_and_diacritics() -> None:
    pattern = re.compile(alternatives(["Đ/c", "TP"], printed=True))
    assert pattern.fullmatch("Đ/c") and pattern.fullmatch("TP")
    assert not pattern.fullmatch("d/c") and not pattern.fullmatch("tp")


def test_damaged_forms_stand_beside_the_words() -> None:
    pattern = re.compile(alternatives(["nơi nhận"], damaged=["noi nh[agi&]n"]))
    assert pattern.fullmatch("noi nhan") and pattern.fullmatch("noi  nh&n")
    assert not pattern.fullmatch("noi nhon")
