"""What a typed number is read as, exactly: every part, and what was undone."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from kb.lookup.number_query import MAX_QUERY, Query, parse

READ: dict[str, dict[str, Any]] = {
    '2395/QĐ-UBND': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395 qd ubnd': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'warnings': ('separators_fixed',), 'printed': 'qd-ubnd'},
    '2395qdubnd': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'warnings': ('separators_fixed',), 'printed': 'qdubnd'},
    '143.2025\\QĐ\\UBND': {'ordinal': '143', 'year': '2025', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '143/2025/QĐ-UBND', 'warnings': ('separators_fixed',), 'printed': 'QĐ-UBND'},
    '2395/QB-UBND': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'warnings': ('letters_repaired',), 'printed': 'QB-UBND'},
    '0124/QĐ-UBND': {'ordinal': '124', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '0124/QĐ-UBND', 'printed': 'QĐ-UBND'},
    'qđ 2395 ninh thuận': {'ordinal': '2395', 'kinds': ('qd',), 'province': 'Ninh Thuận', 'normalized': '2395/QĐ', 'warnings': ('separators_fixed',), 'printed': 'qđ'},
    'quyết định số 2395': {'ordinal': '2395', 'kinds': ('qd',), 'normalized': '2395', 'type': 'quyet-dinh-cb'},
    'quyết định 2395 tháng 12 năm 2021': {'ordinal': '2395', 'date': '2021-12', 'kinds': ('qd',), 'normalized': '2395', 'type': 'quyet-dinh-cb'},
    '2395/QĐ-UBND ngày 24/12/2021': {'ordinal': '2395', 'date': '2021-12-24', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395/QĐ-UBND ngày 24 tháng 12 năm 2021': {'ordinal': '2395', 'date': '2021-12-24', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395 năm 2021': {'ordinal': '2395', 'date': '2021', 'normalized': '2395'},
    '24/2014/nđ-cp': {'ordinal': '24', 'year': '2014', 'kinds': ('nd',), 'organ': 'cp', 'normalized': '24/2014/NĐ-CP', 'warnings': ('separators_fixed',), 'central': True, 'printed': 'nđ-cp'},
    'nghị định 24/2014': {'ordinal': '24', 'year': '2014', 'kinds': ('nd',), 'normalized': '24/2014', 'type': 'nghi-dinh'},
    'nghi dinh 24 2014': {'ordinal': '24', 'year': '2014', 'kinds': ('nd',), 'normalized': '24', 'type': 'nghi-dinh'},
    '05/NQ-TU': {'ordinal': '5', 'kinds': ('nq',), 'organ': 'tu', 'normalized': '05-NQ/TU', 'warnings': ('party_order_fixed',), 'printed': 'NQ-TU'},
    '05-NQ/TU': {'ordinal': '5', 'kinds': ('nq',), 'organ': 'tu', 'normalized': '05-NQ/TU', 'printed': 'NQ-TU'},
    'nq 05 tỉnh ủy': {'ordinal': '5', 'kinds': ('nq',), 'organ': 'tu', 'normalized': '05/NQ', 'warnings': ('separators_fixed',), 'printed': 'nq'},
    '76 nghị quyết chính phủ': {'ordinal': '76', 'kinds': ('nq',), 'organ': 'cp', 'normalized': '76', 'central': True, 'type': 'nghi-quyet-cb'},
    'quyết định 93 ủy ban nhân dân tỉnh Quảng Ngãi': {'ordinal': '93', 'kinds': ('qd',), 'organ': 'ubnd', 'province': 'Quảng Ngãi', 'normalized': '93', 'type': 'quyet-dinh-cb'},
    'thông tư 96 bộ tài chính': {'ordinal': '96', 'kinds': ('tt',), 'organ': 'btc', 'normalized': '96', 'central': True, 'type': 'thong-tu'},
    '31/2024/QH15': {'ordinal': '31', 'year': '2024', 'kinds': ('qh15',), 'organ': 'qh', 'normalized': '31/2024/QH15', 'central': True, 'printed': 'QH15'},
    '107/2020/UBTVQH14': {'ordinal': '107', 'year': '2020', 'kinds': ('ubtvqh14',), 'organ': 'ubtvqh', 'normalized': '107/2020/UBTVQH14', 'central': True, 'printed': 'UBTVQH14'},
    '36/2025/QĐ-CTUBND': {'ordinal': '36', 'suffix': 'ct', 'year': '2025', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '36/2025/QĐ-CTUBND', 'printed': 'QĐ-CTUBND'},
    '36/2025/QĐ-UBND': {'ordinal': '36', 'year': '2025', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '36/2025/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '36/QĐ-CTUBND': {'ordinal': '36', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '36/QĐ-CTUBND', 'printed': 'QĐ-CTUBND'},
    '4085/UBND-ĐT': {'ordinal': '4085', 'suffix': 'dt', 'kinds': ('cv',), 'organ': 'ubnd', 'normalized': '4085/UBND-ĐT', 'printed': 'UBND-ĐT'},
    '15/2008/TTLT-BTC-BNV': {'ordinal': '15', 'year': '2008', 'kinds': ('ttlt',), 'organ': 'btc-bnv', 'normalized': '15/2008/TTLT-BTC-BNV', 'central': True, 'printed': 'TTLT-BTC-BNV'},
    '825.01/BC': {'ordinal': '825.01', 'kinds': ('bc',), 'normalized': '825.01/BC', 'printed': 'BC'},
    '30c/NQ-CP': {'ordinal': '30c', 'kinds': ('nq',), 'organ': 'cp', 'normalized': '30c/NQ-CP', 'central': True, 'printed': 'NQ-CP'},
    'TCVN ISO 9001:2015': {'normalized': 'TCVN ISO 9001:2015', 'standard': 'tcvn-iso-9001-2015'},
    '0D-UBND 2395': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'warnings': ('letters_repaired',), 'printed': '0D-UBND'},
    '12': {'ordinal': '12', 'normalized': '12'},
    '38 50/QĐ-UBND': {'ordinal': '3850', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '3850/QĐ-UBND', 'warnings': ('digits_joined',), 'printed': 'QĐ-UBND'},
    'nđ30': {'ordinal': '30', 'kinds': ('nd',), 'normalized': '30/NĐ', 'warnings': ('separators_fixed',), 'printed': 'nđ'},
    '2395/QĐ UBND': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'warnings': ('separators_fixed',), 'printed': 'QĐ-UBND'},
    'Decree 63/2010/ND-CP': {'ordinal': '63', 'year': '2010', 'kinds': ('nd',), 'organ': 'cp', 'normalized': '63/2010/NĐ-CP', 'warnings': ('separators_fixed',), 'central': True, 'printed': 'ND-CP', 'type': 'nghi-dinh'},
    'No. 63/2010/ND-CP': {'ordinal': '63', 'year': '2010', 'kinds': ('nd',), 'organ': 'cp', 'normalized': '63/2010/NĐ-CP', 'warnings': ('separators_fixed',), 'central': True, 'printed': 'ND-CP'},
    'Joint Circular No. 15/2008/TTLT-BTC-BNV': {'ordinal': '15', 'year': '2008', 'kinds': ('ttlt',), 'organ': 'btc-bnv', 'normalized': '15/2008/TTLT-BTC-BNV', 'central': True, 'printed': 'TTLT-BTC-BNV', 'type': 'thong-tu-lien-tich'},
    'Decision No. 749/QD-TTg dated June 3, 2020': {'ordinal': '749', 'date': '2020-06-03', 'kinds': ('qd',), 'organ': 'ttg', 'normalized': '749/QĐ-TTg', 'warnings': ('separators_fixed',), 'central': True, 'printed': 'QD-TTg', 'type': 'quyet-dinh-cb'},
    'decree 63 of 3 June 2010': {'ordinal': '63', 'date': '2010-06-03', 'kinds': ('nd',), 'normalized': '63', 'type': 'nghi-dinh'},
    'kế hoạch 12 ubnd quận 3 tp hcm': {'ordinal': '12', 'kinds': ('kh',), 'organ': 'ubnd', 'province': 'Hồ Chí Minh', 'unit': 'quan-3', 'normalized': '12/UBND', 'warnings': ('separators_fixed',), 'printed': 'ubnd', 'type': 'ke-hoach'},
    'kế hoạch 12 huyện Ninh Phước': {'ordinal': '12', 'kinds': ('kh',), 'unit': 'huyen-ninh-phuoc', 'normalized': '12', 'type': 'ke-hoach'},
    'kế hoạch 18 sở khoa học và công nghệ ninh thuận': {'ordinal': '18', 'kinds': ('kh',), 'organ': 'skhcn', 'province': 'Ninh Thuận', 'normalized': '18', 'type': 'ke-hoach'},
    'ai ký quyết định 3850/QĐ-UBND': {'ordinal': '3850', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '3850/QĐ-UBND', 'printed': 'QĐ-UBND', 'type': 'quyet-dinh-cb', 'rest': 'ai ký'},
    'Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư': {'ordinal': '30', 'year': '2020', 'date': '2020-03-05', 'kinds': ('nd',), 'organ': 'cp', 'normalized': '30/2020/NĐ-CP', 'central': True, 'printed': 'NĐ-CP', 'type': 'nghi-dinh'},
    'Quyết định 2395/QĐ-UBND về Kế hoạch năm 2022': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND', 'type': 'quyet-dinh-cb'},
    '2395/QĐ-UBND và 3850/QĐ-UBND': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND', 'rest': 'và 3850 QĐ'},
    'Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận': {'ordinal': '2395', 'date': '2021-12-24', 'kinds': ('qd',), 'organ': 'ubnd', 'province': 'Ninh Thuận', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND', 'type': 'quyet-dinh-cb'},
    '2395/QĐ-UBND ngày 32/12/2021': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395/QĐ-UBND tháng 13 năm 2021': {'ordinal': '2395', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395/abcxyz': {'ordinal': '2395', 'normalized': '2395/ABCXYZ', 'warnings': ('separators_fixed',), 'printed': 'abcxyz'},
}  # fmt: skip

NO_NUMBERS = (
    "luật đất đai",
    "12 13",
    "12 13 2021",
    "2395 abcxyz",
    "",
    "  ",
    "sao 2395abc",
    "kế hoạch phát triển kinh tế số giai đoạn 2026-2030",
    "kế hoạch 5 năm 2021-2025",
    "kế hoạch 5 năm 2021 - 2025 tỉnh Ninh Thuận",
    "kế hoạch 3 năm 2024 đến 2026",
    "kế hoạch năm 2023",
    "10 năm",
    "19 tỉnh",
    "1 triệu ha lúa",
    "khoản 3 điều 5",
    "quý 3 năm 2024",
    "tháng 12 năm 2021",
    "ngày 24/12/2021",
    "chuyển đổi số 2025",
    "nâng cấp quốc lộ 27/phường xã",
    "covid-19",
)


@pytest.mark.parametrize(("typed", "parts"), READ.items(), ids=READ)
def test_a_number_is_read_part_by_part(typed: str, parts: dict[str, Any]) -> None:
    found = parse(typed)
    assert found is not None
    assert dataclasses.asdict(found) == dataclasses.asdict(Query(**({"ordinal": ""} | parts)))


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_left_to_full_text(typed: str) -> None:
    assert parse(typed) is None


def test_the_longest_query_that_is_looked_at() -> None:
    number = "2395/QĐ-UBND"
    assert parse(number + " " * MAX_QUERY) is not None, "blanks around it do not count"
    assert parse("số " * ((MAX_QUERY - len(number)) // 3) + number) is not None
    assert parse("số " * (MAX_QUERY // 3) + number) is None
