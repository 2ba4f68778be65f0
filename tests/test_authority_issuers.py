"""Organs: codes and aliases, names in sentences, level, life span."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kb.authority import issuers
from kb.authority.fold import fold


@pytest.mark.parametrize(
    ("seen", "canonical"),
    [
        ("BNN", "BNNPTNT"),
        ("BNN&PTNT", "BNNPTNT"),
        ("SNN&PTNT", "SNNPTNT"),
        ("MTTQ-BTT", "MTTQ"),
        ("BTT-MTTQ", "MTTQ"),
        ("MTTW", "MTTQ"),
        ("BTT", "MTTQ"),
        ("CTUBND", "UBND"),
        ("UB", "UBND"),
        ("QH11", "QH"),
        ("QH16", "QH"),
        ("UBTVQH14", "UBTVQH"),
        ("HĐND8", "HĐND"),
        ("HDND", "HĐND"),
        ("NHNN7", "NHNN"),
        ("TTG", "TTg"),
        ("Cp", "CP"),
        ("BGD&ĐT", "BGDĐT"),
        ("BLDTBXH", "BLĐTBXH"),
        ("TƯ", "TW"),
        ("TU", "TU"),
        ("VKSTC", "VKSNDTC"),
        # what the annotation guide keeps as printed
        ("TNMT", "TNMT"),
        ("TP", "TP"),
        ("CHQ", "CHQ"),
        ("BCĐNNDL", "BCĐNNDL"),
        ("UBMT", "UBMT"),
        ("QQQ", "QQQ"),
    ],
)
def test_canonical(seen: str, canonical: str) -> None:
    assert issuers.canonical(seen) == canonical


def test_canonical_is_idempotent() -> None:
    for code in issuers.ORG_CODES:
        assert issuers.canonical(issuers.canonical(code)) == issuers.canonical(code)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Ủy ban nhân dân", "UBND"),
        ("Uỷ ban nhân dân", "UBND"),
        ("UBND", "UBND"),
        ("Chủ tịch Ủy ban nhân dân", "UBND"),
        ("Sở Khoa học và Công nghệ", "SKHCN"),
        ("Sở KH&CN", "SKHCN"),
        ("Bộ Tài chính", "BTC"),
        ("Bộ trưởng Bộ Tài chính", "BTC"),
        ("Ban Thường vụ Tỉnh ủy", "TU"),
        ("Thành uỷ", "TU"),
        ("Quốc hội", "QH"),
        ("Ủy ban Thường vụ Quốc hội", "UBTVQH"),
        ("Bộ Chính trị", "TW"),
        ("Bộ Công Thương", "BCT"),
        ("Bộ Lao động – Thương binh và Xã hội", "BLĐTBXH"),
        ("Bộ Lao động, Thương binh và Xã hội", "BLĐTBXH"),
        ("Bộ Văn hóa Thể thao và Du lịch", "BVHTTDL"),
        ("Tổng Liên đoàn Lao động Việt Nam", "TLĐ"),
        ("Thủ tướng Chính phủ", "TTg"),
        ("Bộ", None),
        ("Chủ tịch", None),
        ("Sở", None),
        ("nhân dân", None),
    ],
)
def test_names_as_they_stand_in_sentences(phrase: str, code: str | None) -> None:
    name = fold(phrase)
    assert issuers.longest_match(name) == ((len(name), code) if code else None)


def test_longest_name_wins() -> None:
    text = fold("của Ủy ban Thường vụ Quốc hội về")
    assert issuers.longest_match(text, 4) == (29, "UBTVQH")
    text = fold("Văn phòng Chính phủ")
    assert issuers.longest_match(text, 0) == (len(text), "VPCP")
    assert issuers.longest_match(text, 10) == (len(text), "CP")


def test_names_broken_over_lines() -> None:
    text = fold("Sở Khoa học") + "\n \n" + fold("và Công nghệ")
    assert issuers.longest_match(text, 0) == (len(text), "SKHCN")


@pytest.mark.parametrize(
    "code", ["CP", "TTg", "QH15", "BTC", "TANDTC", "VPCP", "TW", "BTCTW", "NHNN", "MTTW", "CHQ", "TLĐ", "BCĐTW"]
)
def test_central(code: str) -> None:
    assert issuers.is_central(code)


@pytest.mark.parametrize(
    "code", ["UBND", "HĐND", "TU", "SKHCN", "HU", "ĐU", "PNV", "MTTQ", "BCĐ", "LĐLĐ", "TA", "CTHADS", "unknown"]
)
def test_not_certainly_central(code: str) -> None:
    assert not issuers.is_central(code)


@pytest.mark.parametrize(
    ("code", "successors"),
    [("BGTVT", ("BXD",)), ("BKHĐT", ("BTC",)), ("BNN", ("BNNMT",)), ("BTNMT", ("BNNMT",)), ("UBDT", ("BDTTG",)),
     ("BTTTT", ("BKHCN", "BVHTTDL")), ("BTC", ("BTC",)), ("SGTVT", ("SXD",)), ("BTS", ("BNNMT",))],
)  # fmt: skip
def test_mergers(code: str, successors: tuple[str, ...]) -> None:
    assert issuers.successors(code) == successors


@pytest.mark.parametrize(
    ("code", "date", "existed"),
    [
        ("BTTTT", "2025-02-28", True),
        ("BTTTT", "2025-03-01", False),
        ("BNNMT", "2025-02", False),
        ("BNNMT", "2025-03", True),
        ("BDTTG", "2024", False),
        ("BDTTG", "2025", True),
        ("HU", "2025-07-01", False),
        ("CP", "1995", True),
    ],
)
def test_life_span(code: str, date: str, existed: bool) -> None:
    issuer = issuers.by_code(code)
    assert issuer is not None
    assert issuer.existed(date) is existed


def test_codes_of_the_annotated_numbers(shared: Path) -> None:
    """The organ codes of all annotated numbers lead to the body the annotators gave."""
    wrong = set()
    for name in ("seeds", "plans"):
        for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            for citation in json.loads(line)["citations"]:
                body = citation.get("body")
                number = re.fullmatch(r"[\w.]+[/-](?:\d{4}/)?[A-ZĐa-z]+[-/]([^.+]+)", citation.get("number") or "")
                if number is None or not body or "+" in body or body == "?" or "UBND-" in number[0]:
                    continue
                organ = number[1]
                whole = issuers.canonical(organ)
                if body not in (
                    whole,
                    issuers.canonical(organ.split("-")[0]),
                    issuers.canonical(number[0].split("/")[-1].split("-")[0]),
                ):
                    wrong.add((number[0], body))
    assert not wrong


def test_marks_of_the_centre_match_their_examples() -> None:
    marks = issuers.CENTRAL_MARKS
    assert all(issuers.has_central_mark(code) for code in marks["match"])
    assert not any(issuers.has_central_mark(code) for code in marks["no_match"])


def test_branch_offices_are_told_by_the_organ_code_of_their_letters() -> None:
    for branch in issuers.BRANCHES:
        for number in (*branch.match, *branch.no_match):
            code = number.split("/")[1].split("-")[0]
            found = issuers.branch_province(code)
            assert (found == branch.province) is (number in branch.match), number


def test_marks_of_organs_that_sign_together() -> None:
    marks = issuers._CONTENT["joint_marks"]
    for code in (*marks["match"], *marks["no_match"]):
        assert (code.split("-")[1] in issuers.JOINT_MARKS) is (code in marks["match"]), code
