"""How documents, issuers, days and levels are called, as a reader of a page or a report sees them."""

from __future__ import annotations

import pytest

from kb.answers import labels


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-12-24", "ngày 24/12/2021"),
        ("2022-02-08", "ngày 08/02/2022"),
        ("2022-01-31", "ngày 31/01/2022"),
        ("2022-03-03", "ngày 03/3/2022"),
        ("2022-10-01", "ngày 01/10/2022"),
        ("2022-02", "tháng 02/2022"),
        ("2022-09", "tháng 9/2022"),
        ("2022", "năm 2022"),
    ],
)
def test_a_day_is_written_as_offices_write_it(date: str, words: str) -> None:
    assert labels.office_date(date) == words


@pytest.mark.parametrize(
    ("body", "province", "unit", "words", "name"),
    [
        ("UBND", "Ninh Thuận", None, None, "UBND tỉnh Ninh Thuận"),
        ("UBND", "Hà Nội", None, None, "UBND thành phố Hà Nội"),
        ("UBND", "Bình Định", "Huyện Tuy Phước", None, "UBND huyện Tuy Phước, tỉnh Bình Định"),
        ("UBND", "Ninh Thuận", None, "Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh Ninh Thuận"),
        ("CP", None, None, None, "Chính phủ"),
        ("TU", "Quảng Ngãi", None, None, "Tỉnh ủy Quảng Ngãi"),
        ("TU", "Hải Phòng", None, None, "Thành ủy Hải Phòng"),
        ("TW", None, None, "Bộ Chính trị", "Bộ Chính trị"),
        ("BTC+BKHDT", None, None, None, "Bộ Tài chính, Bộ Kế hoạch và Đầu tư"),
        (None, "Ninh Thuận", None, None, None),
        ("?", None, None, None, None),
    ],
)
def test_an_issuer_in_words(
    body: str | None, province: str | None, unit: str | None, words: str | None, name: str | None
) -> None:
    assert labels.issuer_name(body, province, unit, words) == name


@pytest.mark.parametrize(
    ("body", "unit", "province", "level"),
    [
        ("QH", None, None, "central"),
        ("CP", None, None, "central"),
        ("BTC", None, None, "central"),
        ("BTC+BNV", None, None, "central"),
        ("UBND", None, "Ninh Thuận", "province"),
        ("SKHCN", None, "Bình Định", "department"),
        ("UBND", "huyện Tuy Phước", "Bình Định", "district"),
        ("UBND", "quận 3", "Hồ Chí Minh", "district"),
        ("UBND", "xã An Phú", "Bình Định", "commune"),
        ("UBND", "Phường Bến Nghé", "Hồ Chí Minh", "commune"),
        ("UBND", "thị trấn Vân Canh", "Bình Định", "commune"),
        ("UBND", "đặc khu Lý Sơn", "Quảng Ngãi", "commune"),
        ("TU", None, "Quảng Ngãi", "party"),
        ("TW", None, None, "party"),
        (None, None, None, "unknown"),
        ("?", None, None, "unknown"),
    ],
)
def test_the_rung_on_which_an_issuer_stands(
    body: str | None, unit: str | None, province: str | None, level: str
) -> None:
    assert labels.level_of(body, unit, province) == level


_DECISION = {
    "type_id": "quyet-dinh-ubnd",
    "number": "2395/QĐ-UBND",
    "date": "2021-12-24",
    "body": "UBND",
    "province": "Ninh Thuận",
}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận"),
        ({"date": None}, "Quyết định số 2395/QĐ-UBND của UBND tỉnh Ninh Thuận"),
        ({"body": None}, "Quyết định số 2395/QĐ-UBND ngày 24/12/2021"),
        ({"type_id": None}, "Văn bản số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận"),
        ({"number": None, "title": "Kế hoạch chuyển đổi số"}, "Kế hoạch chuyển đổi số ngày 24/12/2021"),
        ({"number": None}, "Quyết định ngày 24/12/2021"),
        ({"number": None, "type_id": None, "date": None}, "Văn bản không số"),
        ({"number": "TCVN ISO 9001:2015", "type_id": "tcvn", "body": None, "date": "2015"}, "TCVN ISO 9001:2015"),
    ],
)
def test_a_citation_to_paste(given: dict[str, str | None], words: str) -> None:
    asked = {**_DECISION, "unit": None, "title": None, **given}
    assert labels.office_citation(**asked) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facet", "value", "lang", "shown"),
    [
        ("type", "Quyết định", "vi", "Quyết định"),
        ("type", "Quyết định", "en", "Decision"),
        ("type", "Không có loại này", "en", "Không có loại này"),
        ("relation", "based_on", "vi", "Căn cứ"),
        ("role", "held", "en", "full text"),
        ("province", "Ninh Thuận", "en", "Ninh Thuận"),
    ],
)
def test_a_facet_is_told_in_words(facet: str, value: str, lang: str, shown: str) -> None:
    assert labels.facet_value(facet, value, lang).casefold() == shown.casefold()


def test_the_word_for_a_type_in_both_languages() -> None:
    assert labels.type_name("nghi-dinh") == "Nghị định"
    assert labels.type_name("nghi-dinh", "en") == "Government decree"
    assert labels.type_name("no-such-type") is None
    assert labels.type_name(None) is None


def test_only_what_carries_lineage_is_strong() -> None:
    assert labels.is_strong("based_on") and labels.is_strong("implements")
    assert not labels.is_strong("cites")
