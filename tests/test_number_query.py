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
    'quyết định số 2395': {'ordinal': '2395', 'kinds': ('qd',), 'normalized': '2395'},
    'quyết định 2395 tháng 12 năm 2021': {'ordinal': '2395', 'date': '2021-12', 'kinds': ('qd',), 'normalized': '2395'},
    '2395/QĐ-UBND ngày 24/12/2021': {'ordinal': '2395', 'date': '2021-12-24', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395/QĐ-UBND ngày 24 tháng 12 năm 2021': {'ordinal': '2395', 'date': '2021-12-24', 'kinds': ('qd',), 'organ': 'ubnd', 'normalized': '2395/QĐ-UBND', 'printed': 'QĐ-UBND'},
    '2395 năm 2021': {'ordinal': '2395', 'date': '2021', 'normalized': '2395'},
    '24/2014/nđ-cp': {'ordinal': '24', 'year': '2014', 'kinds': ('nd',), 'organ': 'cp', 'normalized': '24/2014/NĐ-CP', 'warnings': ('separators_fixed',), 'central': True, 'printed': 'nđ-cp'},
    'nghị định 24/2014': {'ordinal': '24', 'year': '2014', 'kinds': ('nd',), 'normalized': '24/2014'},
    'nghi dinh 24 2014': {'ordinal': '24', 'year': '2014', 'kinds': ('nd',), 'normalized': '24'},
    '05/NQ-TU': {'ordinal': '5', 'kinds': ('nq',), 'organ': 'tu', 'normalized': '05-NQ/TU', 'warnings': ('party_order_fixed',), 'printed': 'NQ-TU'},
    '05-NQ/TU': {'ordinal': '5', 'kinds': ('nq',), 'organ': 'tu', 'normalized': '05-NQ/TU', 'printed': 'NQ-TU'},
    'nq 05 tỉnh ủy': {'ordinal': '5', 'kinds': ('nq',), 'organ': 'tu', 'normalized': '05/NQ', 'warnings': ('separators_fixed',), 'printed': 'nq'},
    '76 nghị quyết chính phủ': {'ordinal': '76', 'kinds': ('nq',), 'organ': 'cp', 'normalized': '76', 'central': True},
    'quyết định 93 ủy ban nhân dân tỉnh Quảng Ngãi': {'ordinal': '93', 'kinds': ('qd',), 'organ': 'ubnd', 'province': 'Quảng Ngãi', 'normalized': '93'},
    'thông tư 96 bộ tài chính': {'ordinal': '96', 'kinds': ('tt',), 'organ': 'btc', 'normalized': '96', 'central': True},
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
    '2395/abcxyz': {'ordinal': '2395', 'normalized': '2395/ABCXYZ', 'warnings': ('separators_fixed',), 'printed': 'abcxyz'},
}  # fmt: skip

NO_NUMBERS = (
    "2395/QĐ-UBND ngày 32/12/2021",
    "2395/QĐ-UBND tháng 13 năm 2021",
    "luật đất đai",
    "12 13",
    "12 13 2021",
    "2395 abcxyz",
    "",
    "  ",
    "sao 2395abc",
    "38 50/QĐ-UBND",
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
