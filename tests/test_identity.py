"""Permalinks and keys: which numbers are the same document, and how a document is addressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kb_fixtures import cite

from kb.authority import laws, provinces
from kb.identity.key import identify_citation, identify_law, identify_own, law_of
from kb.identity.numbering import number_parts, ordinal_slug
from kb.model import Citation, OwnIdentity


@pytest.mark.parametrize(
    ("number", "fields", "slug"),
    [
        ("2395/QĐ-UBND", {"date": "2021-12-24", "province": "Ninh Thuận"}, "ninh-thuan/ubnd/2021/qd/2395"),
        ("24/2014/NĐ-CP", {}, "tw/cp/2014/nd/24"),
        ("04-NQ/TU", {"date": "2021-10-18", "province": "Quảng Ngãi"}, "quang-ngai/tu/2021/nq/04"),
        ("57-NQ/TW", {"date": "2024-12-22"}, "tw/tw/2024/nq/57"),
        (
            "43/2006/QĐ-UBND",
            {"province": "Hồ Chí Minh", "unit": "Quận 3"},
            "ho-chi-minh/quan-3/ubnd/2006/qd/43",
        ),
        ("31/2024/QH15", {}, "tw/qh/2024/qh15/31"),
        ("26/2005/PL-UBTVQH11", {}, "tw/ubtvqh/2005/pl/26"),
        ("4085/UBND-ĐT", {"date": "2022-05-01", "province": "Bình Định"}, "binh-dinh/ubnd/2022/cv/4085-dt"),
        ("15/2008/TTLT-BTC-BNV", {"body": "BTC+BNV"}, "tw/btc-bnv/2008/ttlt/15"),
        ("3256/QĐ-UBND.NC", {"date": "2019-02-03", "province": "Nghệ An"}, "nghe-an/ubnd/2019/qd/3256-nc"),
        ("30c/NQ-CP", {"date": "2011-11-08"}, "tw/cp/2011/nq/30c"),
        ("66.7/2025/NQ-CP", {}, "tw/cp/2025/nq/66.7"),
        ("118/NĐ-CP", {"date": "2025-06-09"}, "tw/cp/2025/nd/118"),
        ("24/2019/QĐ-UBND", {"province": "Đà Nẵng", "unit": "Thành phố Đà Nẵng"}, "da-nang/ubnd/2019/qd/24"),
        (
            "24/2019/QĐ-UBND",
            {"province": "Bắc Ninh", "unit": "Thành phố Bắc Ninh"},
            "bac-ninh/thanh-pho-bac-ninh/ubnd/2019/qd/24",
        ),
        ("12/2025/QĐ-CTUBND", {"province": "Huế"}, "hue/ubnd/2025/qd/12-ct"),
        ("97/2010/NQ-HĐND8", {"province": "Bình Dương"}, "binh-duong/hdnd/2010/nq/97"),
        ("2395/QĐ-UBND", {"province": "Ninh Thuận"}, "ninh-thuan/ubnd/x/qd/2395"),
        ("2395/QĐ-UBND", {"date": "2021", "province": "?"}, "x/ubnd/2021/qd/2395"),
    ],
)
def test_permalink_of_a_citation(number: str, fields: dict[str, str], slug: str) -> None:
    identity = identify_citation(cite(number, **fields))
    assert identity is not None
    assert identity.slug == slug


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (cite("0124/KH-UBND", "2022-01-01", province="Huế"), cite("124/KH-UBND", "2022-01-01", province="Huế"), True),
        (cite("05-NQ/TU", province="Huế"), cite("5-NQ/TU", province="Huế"), True),
        (cite("93/QĐ-UBND", province="Quảng Ngãi"), cite("93/NQ-HĐND", province="Quảng Ngãi"), False),
        (cite("93/QĐ-UBND", province="Quảng Ngãi"), cite("93/QĐ-UBND", province="Bình Định"), False),
        (cite("43/2006/QĐ-UBND", province="Huế"), cite("43/2006/QĐ-UBND", province="Huế", unit="Quận 3"), False),
        (cite("1/ĐA-UBND", province="Huế"), cite("1/DA-UBND", province="Huế"), False),
        (cite("1/HĐ-UBND", province="Huế"), cite("1/HD-UBND", province="Huế"), False),
        (cite("1/CTr-UBND", province="Huế"), cite("1/CT-UBND", province="Huế"), False),
        (cite("15/2004/QĐ-UB", province="Huế"), cite("15/2004/QĐ-UBND", province="Huế"), True),
        (cite("1/QĐ-CTUBND", "2021-01-01", province="Huế"), cite("1/QĐ-UBND", "2021-01-01", province="Huế"), True),
        (cite("12/2025/QĐ-CTUBND", province="Huế"), cite("12/2025/QĐ-UBND", province="Huế"), False),
        (
            cite("8/2012/TTLT-BYT-BTC-BNV", body="BYT+BTC+BNV"),
            cite("08/2012/TTLT-BYT-BNV-BTC", body="BYT+BNV+BTC"),  # the others in another order
            True,
        ),
        (
            cite("8/2012/TTLT-BYT-BTC-BNV", body="BYT+BTC+BNV"),
            cite("8/2012/TTLT-BTC-BYT-BNV", body="BTC+BYT+BNV"),  # another organ's register
            False,
        ),
        (
            cite("9/KH-UBND", "2021-05-01", province="Huế"),
            cite("9/KH-UBND", "2021-05-01", province="Thừa Thiên Huế"),
            True,
        ),
    ],
)
def test_which_numbers_share_a_key(one: Citation, other: Citation, same: bool) -> None:
    a, b = identify_citation(one), identify_citation(other)
    assert a is not None and b is not None
    assert (a.key == b.key) is same


def test_every_law_of_the_authority_file_is_found_by_its_permalink() -> None:
    slugs = {identify_law(law).slug for law in laws.LAWS}
    assert len(slugs) == len(laws.LAWS)
    assert all(law_of(slug) is not None for slug in slugs)


def test_a_blank_number_is_addressed_by_its_content() -> None:
    own = OwnIdentity(code="KH-SKHCN", type="ke-hoach", date="2022-04", body="SKHCN", province="Bình Định")
    identity = identify_own(own, "1a2b3c4d" + "0" * 56)
    assert identity.slug == "binh-dinh/skhcn/2022/kh/x-1a2b3c4d"


def test_a_text_without_a_header_is_addressed_by_its_content() -> None:
    assert identify_own(None, "ff" * 32).slug == "tep/x-ffffffff"


def test_an_unknown_province_is_never_guessed() -> None:
    identity = identify_citation(cite("2395/QĐ-UBND", "2021-12-24", province="?"))
    assert identity is not None
    assert identity.place == "x"


@pytest.mark.parametrize("standard", ["TCVN ISO 9001:2015", "QCVN 02:2024/BXD"])
def test_standards(standard: str) -> None:
    identity = identify_citation(Citation(start=0, end=1, kind="standard", text=standard, number=standard))
    assert identity is not None
    assert identity.slug.startswith("tc/")
    assert identity.slug.isascii()


@given(st.integers(1, 99999), st.sampled_from(["QĐ-UBND", "KH-UBND", "TTr-SNV", "NQ-HĐND"]))
def test_leading_zeros_never_matter(ordinal: int, code: str) -> None:
    plain, padded = (number_parts(f"{text}/{code}") for text in (str(ordinal), f"0{ordinal:05}"))
    assert plain is not None and padded is not None
    assert ordinal_slug(plain.ordinal) == ordinal_slug(padded.ordinal)


@given(st.text(max_size=40))
def test_any_text_as_a_number_is_no_error(text: str) -> None:
    identity = identify_citation(cite("1/QĐ-UBND", province="Huế")._replace(number=text, text=text))
    assert identity is None or identity.slug.isascii()


@given(st.sampled_from(sorted(provinces.NAMES)), st.sampled_from(["2007-01-01", "2020-06-01", "2026-01-01"]))
def test_every_province_has_a_plain_permalink(province: str, date: str) -> None:
    identity = identify_citation(cite("1/QĐ-UBND", date, province=province))
    assert identity is not None
    assert identity.place not in ("x", "tw")


def test_a_number_of_two_parts_is_not_that_of_its_first() -> None:
    one, other = (identify_citation(cite(number, "2025-09-05")) for number in ("0825-01/HW-TCHQ", "0825-02/HW-TCHQ"))
    assert one is not None and other is not None
    assert one.key != other.key and one.ordinal.startswith("825.01")
