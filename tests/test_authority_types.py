"""Document types: what codes and words mean, with and without the organ beside them."""

from __future__ import annotations

import pytest

from kb.authority import types


@pytest.mark.parametrize(
    ("code", "organ", "expected"),
    [
        ("QĐ", "UBND", "quyet-dinh-ubnd"),
        ("QĐ", "UB", "quyet-dinh-ubnd"),
        ("QĐ", "CTUBND", "quyet-dinh-ubnd"),
        ("QĐ", "TTg", "quyet-dinh-ttg"),
        ("QD", "TTG", "quyet-dinh-ttg"),
        ("QĐ", "BTC", "quyet-dinh-bo"),
        ("QĐ", "SKHCN", "quyet-dinh-cb"),
        ("QĐ", None, "quyet-dinh-cb"),
        ("QĐ", "TW", "d-quyet-dinh"),
        ("QĐi", "TW", "d-quy-dinh"),
        ("NQ", "CP", "nghi-quyet-cp"),
        ("NQ", "HĐND", "nghi-quyet-hdnd"),
        ("NQ", "HĐND8", "nghi-quyet-hdnd"),
        ("NQ", "UBTVQH14", "nghi-quyet-ubtvqh"),
        ("NQ", "QH13", "nghi-quyet-qh"),
        ("NQ", "HĐTP", "nq-hdtp"),
        ("NQ", "TU", "d-nghi-quyet"),
        ("NQ", "TWĐTN", "dt-nghi-quyet"),
        ("CTr", "TU", "d-chuong-trinh"),
        ("CTR", "UBND", "chuong-trinh"),
        ("CT", "TU", "d-chi-thi"),
        ("TT", "BTC", "thong-tu"),
        ("TT", "TU", "d-thong-tri"),
        ("TTr", "STP", "to-trinh"),
        ("TTrLS", "STC", "to-trinh-lien-so"),
        ("TTLB", "BTC", "thong-tu-lien-tich"),
        ("HD", "STTTT", "huong-dan"),
        ("HĐ", None, "hop-dong"),
        ("ĐA", "UBND", "de-an"),
        ("DA", None, "du-an"),
        ("KL", "ĐU", "d-ket-luan"),
        ("KL", "TTCP", "ket-luan"),
        ("VBHN", "VPQH", "van-ban-hop-nhat"),
        ("qđ", "ubnd", "quyet-dinh-ubnd"),
        ("QH15", None, "luat"),
        ("UBTVQH15", None, "nghi-quyet-ubtvqh"),
        ("PL", "UBTVQH11", "phap-lenh"),
        ("CV", "TU", "d-cong-van"),
    ],
)
def test_code_and_organ(code: str, organ: str | None, expected: str) -> None:
    kind = types.by_code(code, organ)
    assert kind is not None
    assert kind.id == expected


@pytest.mark.parametrize("code", ["XYZ", "UBND", "SKHCN", "QH", "", "123"])
def test_what_is_no_type_code(code: str) -> None:
    assert types.by_code(code) is None


@pytest.mark.parametrize(
    ("seen", "canonical"),
    [("QD", "QĐ"), ("ND", "NĐ"), ("CTR", "CTr"), ("TTR", "TTr"), ("qđ", "QĐ"), ("HD", "HD"), ("HĐ", "HĐ"),
     ("DA", "DA"), ("QyD", "QyĐ"), ("TT-LT", "TTLT"), ("vbhn", "VBHN"), ("ABC", None)],
)  # fmt: skip
def test_canonical_code(seen: str, canonical: str | None) -> None:
    assert types.canonical_code(seen) == canonical


@pytest.mark.parametrize(
    ("words", "organ", "expected"),
    [
        ("Quyết định", None, "quyet-dinh-cb"),
        ("quyet dinh", "TTg", "quyet-dinh-ttg"),
        ("Nghị  quyết", "TU", "d-nghi-quyet"),
        ("chuong trinh hanh dong", None, "chuong-trinh"),
        ("văn bản hợp nhất", None, "van-ban-hop-nhat"),
        ("Công văn", None, "cong-van"),
        ("Thông tư liên tịch", None, "thong-tu-lien-tich"),
        ("BỘ LUẬT", None, "bo-luat"),
    ],
)
def test_words_before_the_number(words: str, organ: str | None, expected: str) -> None:
    kind = types.by_word(words, organ)
    assert kind is not None
    assert kind.id == expected


@pytest.mark.parametrize("organ", ["TU", "TW", "TƯ", "HU", "ĐU", "QU", "ThU", "VPTW", "BTCTW", "BTGDVTW", "BCSĐ"])
def test_party_order(organ: str) -> None:
    assert types.party_order(organ)


@pytest.mark.parametrize("organ", ["UBND", "CP", "BCĐ", "MTTQ", "TTg", "QH15", "TTr", "BTC", "unknown"])
def test_state_order(organ: str) -> None:
    assert not types.party_order(organ)


def test_the_longest_type_word_is_found() -> None:
    text = "thong tu lien tich so 15/2008"
    assert types.longest_word(text) == (18, "thong-tu-lien-tich")
    assert types.longest_word("xthong tu", 1) is None


def test_ids_and_slugs_fit_permalinks() -> None:
    for kind in types.TYPES:
        assert types.by_id(kind.id) is kind
        assert kind.slug.isascii() and kind.slug == kind.slug.lower()
    with pytest.raises(KeyError):
        types.by_id("no-such-type")
