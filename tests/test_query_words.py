"""Words of a query: Telex read, abbreviations with what they are short for, two spellings as one."""

from __future__ import annotations

import pytest

from indexer.query.ranking import concepts
from indexer.words import telex
from indexer.words.analysis import exact_form, one_spelling, spellings, syllable
from kb.authority import abbreviations


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("quyeets", "quyết"),
        ("ddinhj", "định"),
        ("ddaats", "đất"),
        ("hoachj", "hoạch"),
        ("chuyeenr", "chuyển"),
        ("dduwowngf", "đường"),
        ("thuowngr", "thưởng"),
        ("Luaatj", "luật"),
        ("thoong", "thông"),
        ("nawm", "năm"),
        ("uyr", "ủy"),
        ("hoaf", "hòa"),
        ("ban", None),
        ("hoach", None),
        ("quy", None),
        ("khuya", None),
        ("class", None),
        ("covid", None),
        ("ubnd", None),
        ("định", None),
        ("2395", None),
    ],
)
def test_telex(typed: str, read: str | None) -> None:
    assert telex.read(typed) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [("kĩ", "kỹ"), ("ti", "ty"), ("sĩ", "sỹ"), ("lí", "lý"), ("quí", "quý"), ("hoà", "hòa"), ("Mĩ", "mỹ")],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert exact_form(one) == exact_form(other)
    assert syllable(one) == syllable(other)


@pytest.mark.parametrize(("one", "other"), [("thuý", "thúi"), ("tai", "tay"), ("hủy", "hủi"), ("đổi", "đội")])
def test_two_words_stay_two(one: str, other: str) -> None:
    assert exact_form(one) != exact_form(other)


@pytest.mark.parametrize("word", ["ky", "ly", "quy", "thuy", "tay", "di", "ke"])
def test_every_spelling_is_one(word: str) -> None:
    assert {one_spelling(form) for form in spellings(one_spelling(word))} == {one_spelling(word)}
    assert word in spellings(one_spelling(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CCHC", [(("cchc",), [("cai", "cach", "hanh", "chinh")])]),
        ("cải cách hành chính", [(("cai", "cach", "hanh", "chinh"), [("cchc",)])]),
        ("kế hoạch CĐS", [(("ke",), []), (("hoach",), []), (("cds",), [("chuyen", "doi", "so")])]),
        ("quyeets", [(("quyeets",), [("quyet",)])]),
        ("kế kế", [(("ke",), [])]),
        ("", []),
        ("…", []),
    ],
)
def test_what_words_ask_for(text: str, expected: list[tuple[tuple[str, ...], list[tuple[str, ...]]]]) -> None:
    found = [(tuple(key for key, _ in one.spoken), list(one.others)) for one in concepts(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Luật BHXH", "luat bao hiem xa hoi"),
        ("luật tổ chức cqđp", "luat to chuc chinh quyen dia phuong"),
        ("kế hoạch hn", "ke hoach ha noi"),
        ("BLHS 2015", "bo luat hinh su 2015"),
        ("đất đai", "dat dai"),
    ],
)
def test_abbreviations_written_out(text: str, written: str) -> None:
    assert abbreviations.written_out(text) == written
