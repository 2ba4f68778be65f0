"""Provinces through time: 63 until June 2025, 34 after, older units, spellings."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from kb.authority import provinces
from kb.authority.fold import fold


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("TPHCM", "Hồ Chí Minh"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("tp ho chi minh", "Hồ Chí Minh"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("BR-VT", "Bà Rịa - Vũng Tàu"),
        ("Thừa Thiên - Huế", "Thừa Thiên Huế"),
        ("thành phố Huế", "Huế"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("tỉnh Đắc Lắc", "Đắk Lắk"),
        ("KonTum", "Kon Tum"),
        ("NINH THUẬN", "Ninh Thuận"),
        ("TINH QUANG NGAI", "Quảng Ngãi"),
        ("Hà Tây", "Hà Tây"),
        ("Hà", None),
        ("Hoàng Sa", None),
        ("", None),
    ],
)
def test_spellings(spelling: str, name: str | None) -> None:
    assert provinces.plain(spelling) == name


def test_names_in_running_text() -> None:
    text = fold("của UBND tỉnh Bà Rịa – Vũng Tàu, Thừa Thiên Huế và Quảng\nNam; xã Hà Namx")
    found = [provinces.plain(match.group()) for match in provinces.PATTERN.finditer(text)]
    assert found == ["Bà Rịa - Vũng Tàu", "Thừa Thiên Huế", "Quảng Nam"]


@pytest.mark.parametrize(
    ("name", "date", "unit"),
    [
        ("Ninh Thuận", "2022-04-01", "ninh-thuan@1991"),
        ("Ninh Thuận", "2025-06-30", "ninh-thuan@1991"),
        ("Ninh Thuận", "2025-07-01", "khanh-hoa@2025"),
        ("Khánh Hòa", "2024", "khanh-hoa@1989"),
        ("Khánh Hòa", "2026-01", "khanh-hoa@2025"),
        ("Gia Lai", "2020", "gia-lai@1991"),
        ("Huế", "2024-12-31", "thua-thien-hue@1989"),
        ("Huế", "2025-01-01", "hue@2025"),
        ("Thừa Thiên Huế", "2025-03", "hue@2025"),
        ("Hà Tây", "2007", "ha-tay@1991"),
        ("Hà Tây", "2008-08-01", "ha-noi@2008"),
        ("Đắk Nông", "2003", "dak-lak@1975"),
        ("Cần Thơ", "2003-06", "can-tho@1991"),
        ("Cần Thơ", "2004-06", "can-tho@2004"),
        ("Lạng Sơn", "2030", "lang-son@1975"),
    ],
)
def test_unit_at_a_date(name: str, date: str, unit: str) -> None:
    found = provinces.at(name, date)
    assert found is not None
    assert found.id == unit


def test_a_split_province_is_no_single_unit_after() -> None:
    assert provinces.at("Sông Bé", "1990") is not None
    assert provinces.at("Sông Bé", "1999") is None
    assert provinces.at("Atlantis", "2020") is None


@pytest.mark.parametrize(
    ("name", "date", "then"),
    [
        ("Huế", "2020", "Thừa Thiên Huế"),
        ("Thừa Thiên Huế", "2025-05", "Huế"),
        ("Thừa Thiên Huế", "2020", "Thừa Thiên Huế"),
        ("Ninh Thuận", "2026", "Ninh Thuận"),  # merged, not renamed: documents keep their issuer
        ("Đà Nẵng", "2026", "Đà Nẵng"),
    ],
)
def test_only_a_renamed_unit_changes_its_name(name: str, date: str, then: str) -> None:
    assert provinces.name_at(name, date) == then


def test_the_merger_of_2025_covers_all_63() -> None:
    before = [province for province in provinces.PROVINCES if province.existed("2025-06-30")]
    assert len(before) == 63
    now = {provinces.successor(province.name) for province in before}
    assert now == {province.name for province in provinces.PROVINCES if province.valid_to is None}
    assert provinces.successor("Ninh Thuận") == "Khánh Hòa"
    assert provinces.successor("Bình Định") == "Gia Lai"
    assert provinces.successor("Kon Tum") == "Quảng Ngãi"
    assert provinces.successor("Hà Tây") == "Hà Nội"
    assert provinces.successor("Sông Bé") is None
    assert set(provinces.successors("Sông Bé")) == {"Hồ Chí Minh", "Đồng Nai"}
    assert set(provinces.predecessors("Hồ Chí Minh")) == {"Hồ Chí Minh", "Bình Dương", "Bà Rịa - Vũng Tàu"}
    assert provinces.predecessors("Huế") == ("Thừa Thiên Huế",)
    assert {"Ninh Thuận", "Khánh Hòa"} <= set(provinces.lineage("Ninh Thuận"))


def test_central_cities_of_today() -> None:
    cities = {one.name for one in provinces.PROVINCES if one.unit == "city" and one.valid_to is None}
    assert cities == {"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}


def test_slugs_are_one_to_one() -> None:
    assert provinces.slug("Bà Rịa - Vũng Tàu") == "ba-ria-vung-tau"
    for name in provinces.NAMES:
        assert provinces.by_slug(provinces.slug(name)) == name
    with pytest.raises(KeyError):
        provinces.slug("Atlantis")


def test_lives_of_one_name_do_not_overlap() -> None:
    for name in provinces.NAMES:
        lives = provinces.lives(name)
        for earlier, later in pairwise(lives):
            assert earlier.valid_to and later.valid_from and earlier.valid_to < later.valid_from, name


def test_against_the_national_list(shared: Path) -> None:
    """Codes and mergers are those of Decision 19/2025/QĐ-TTg."""
    known = json.loads((shared / "domain" / "provinces.json").read_text(encoding="utf-8"))
    before = {province.name: province for province in provinces.PROVINCES if province.existed("2024-12-31")}
    assert {p["name"]: p["code"] for p in known["provinces_63"]} == {name: p.code for name, p in before.items()}
    assert {p["name"]: p["merged_into"] for p in known["provinces_63"]} == {n: provinces.successor(n) for n in before}
    assert {p["name"]: p["code"] for p in known["units_34"]} == {
        p.name: p.code for p in provinces.PROVINCES if p.valid_to is None
    }
