"""A number in any shape finds its document; digits are never fuzzed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kb_fixtures import build, cite, plan

from kb.lookup import bearing, number_query
from kb.service import KnowledgeBase

NT, QN, BD = "Ninh Thuận", "Quảng Ngãi", "Bình Định"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return build(tmp_path_factory.mktemp("kb"), [
        ("a", plan("18/KH-SKHCN", "2022-01-06"), [
            cite("2395/QĐ-UBND", "2021-12-24", province=NT, type="quyet-dinh-ubnd"),
            cite("05-NQ/TU", "2021-09-28", province=NT, type="d-nghi-quyet"),
            cite("24/2014/NĐ-CP", "2014-04-04", type="nghi-dinh"),
            cite("76/NQ-CP", "2021-07-15", type="nghi-quyet-cp"),
            cite("31/2024/QH15", "2024-01-18", type="luat"),
            cite("15/2008/TTLT-BTC-BNV", body="BTC+BNV", type="thong-tu-lien-tich"),
            cite("4085/UBND-ĐT", "2022-01-02", province=NT, type="cong-van"),
            cite("TCVN ISO 9001:2015", kind="standard", type="tcvn"),
        ]),
        ("b", plan("272/KH-SKHCN", "2022-03-15", QN), [
            cite("93/NQ-HĐND", "2021-12-08", province=QN, type="nghi-quyet-hdnd"),
            cite("93/QĐ-UBND", "2022-01-24", province=QN, type="quyet-dinh-ubnd"),
            cite("305/HD-STTTT", "2022-03-15", province=QN, type="huong-dan"),
            cite("43/2006/QĐ-UBND", province="Hồ Chí Minh", unit="Quận 3", type="quyet-dinh-ubnd"),
        ]),
        ("c", plan("7/KH-UBND", "2022-03-15", BD), [
            cite("04-NQ/TU", "2021-10-18", province=BD), cite("04-NQ/TU", "2021-11-18", province=QN),
        ]),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("2395/QĐ-UBND", "2395/QĐ-UBND"),
        ("2395 qd ubnd", "2395/QĐ-UBND"),
        ("2395/qd-ubnd", "2395/QĐ-UBND"),
        ("2395 QD UBND", "2395/QĐ-UBND"),
        ("2395/QB-UBND", "2395/QĐ-UBND"),
        ("2395/0D-UBND", "2395/QĐ-UBND"),
        ("2395 / QĐ – UBND", "2395/QĐ-UBND"),
        ("2395-QĐ/UBND", "2395/QĐ-UBND"),
        ("2395_QĐ_UBND", "2395/QĐ-UBND"),
        ("２３９５／ＱĐ－ＵＢＮＤ", "2395/QĐ-UBND"),
        ("2395/QÐ-UBND", "2395/QĐ-UBND"),
        ("2395/Q\u0110-UBND ngày 24/12/2021", "2395/QĐ-UBND"),
        ("2395/QĐ-UBND ngày 24 tháng 12 năm 2021", "2395/QĐ-UBND"),
        ("quyết định số 2395/QĐ-UBND", "2395/QĐ-UBND"),
        ("Quyết định số 2395", "2395/QĐ-UBND"),
        ("QĐ 2395", "2395/QĐ-UBND"),
        ("qđ 2395 ninh thuận", "2395/QĐ-UBND"),
        ("quyết định 2395 ninh thuận", "2395/QĐ-UBND"),
        ("2395 ninh thuan 2021", "2395/QĐ-UBND"),
        ("2395", "2395/QĐ-UBND"),
        ("02395/QĐ-UBND", "2395/QĐ-UBND"),
        ("nghi dinh 24/2014", "24/2014/NĐ-CP"),
        ("nghị định số 24/2014/NĐ-CP của Chính phủ", "24/2014/NĐ-CP"),
        ("24/2014/nd-cp", "24/2014/NĐ-CP"),
        ("24/2014/NĐCP", "24/2014/NĐ-CP"),
        ("NQ 76 chính phủ", "76/NQ-CP"),
        ("05/NQ-TU", "05-NQ/TU"),
        ("05 nq tu", "05-NQ/TU"),
        ("5-NQ/TU", "05-NQ/TU"),
        ("31/2024/QH15", "31/2024/QH15"),
        ("luật số 31/2024/QH15", "31/2024/QH15"),
        ("15/2008/TTLT-BTC-BNV", "15/2008/TTLT-BTC-BNV"),
        ("4085/UBND-ĐT", "4085/UBND-ĐT"),
        ("4085/ubnd-dt", "4085/UBND-ĐT"),
        ("305/HD-STTTT", "305/HD-STTTT"),
        ("43/2006/QĐ-UBND", "43/2006/QĐ-UBND"),
        ("TCVN ISO 9001:2015", "TCVN ISO 9001:2015"),
        ("tcvn iso 9001-2015", "TCVN ISO 9001:2015"),
        ("93/QĐ-UBND", "93/QĐ-UBND"),
        ("93/NQ-HPND", "93/NQ-HĐND"),
    ],
)
def test_the_only_document_of_a_number_is_found_in_any_shape(base: KnowledgeBase, query: str, number: str) -> None:
    found = base.lookup(query)
    assert (found.status, [match.number for match in found.matches]) == ("ok", [number])
    assert found.normalized == number


def test_a_bare_ordinal_gives_a_chooser(base: KnowledgeBase) -> None:
    found = base.lookup("93")
    assert found.status == "multiple"
    assert {match.number for match in found.matches} == {"93/NQ-HĐND", "93/QĐ-UBND"}


@pytest.mark.parametrize(
    ("query", "warning"),
    [
        ("05/NQ-TU", "party_order_fixed"),
        ("2395/QB-UBND", "letters_repaired"),
        ("2395 qd ubnd", "separators_fixed"),
        ("2395/QĐ-UBND khánh hòa", "province_merged"),
    ],
)
def test_what_was_undone_is_said(base: KnowledgeBase, query: str, warning: str) -> None:
    warnings = base.lookup(query).warnings
    assert warning in [w["code"] for w in warnings]
    assert all(w["vi"] and w["en"] for w in warnings)


def test_a_number_typed_as_it_is_has_no_warning(base: KnowledgeBase) -> None:
    assert base.lookup("2395/QĐ-UBND").warnings == ()
    assert base.lookup("05-NQ/TU").warnings == ()


@pytest.mark.parametrize("query", ["nonsense", "", "   ", "/", "QĐ-UBND", "kế hoạch cải cách hành chính", "x" * 500,
                                   "12 34 56", "căn cứ 5 điều"])  # fmt: skip
def test_what_is_no_number_is_unparsable(base: KnowledgeBase, query: str) -> None:
    assert base.lookup(query).status == "unparsable"


@pytest.mark.parametrize(("query", "suggested"), [("2395/KH-UBND", ["2395/QĐ-UBND"]), ("23950/QĐ-UBND", []),
                                                  ("76/QĐ-CP", ["76/NQ-CP"])])  # fmt: skip
def test_suggestions_keep_the_digits(base: KnowledgeBase, query: str, suggested: list[str]) -> None:
    found = base.lookup(query)
    assert found.status == "not_found"
    assert [s.number for s in found.suggestions] == suggested
    assert "one_digit_off" not in [warning["code"] for warning in found.warnings]


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("2394/QĐ-UBND", ["2395/QĐ-UBND"]),
        ("2359/QĐ-UBND", ["2395/QĐ-UBND"]),
        ("2394 qd ubnd ninh thuận", ["2395/QĐ-UBND"]),
        ("2394/QĐ-UBND quảng ngãi", []),
        ("2394/QĐ-UBND năm 2020", []),
        ("25/2014/NĐ-CP", ["24/2014/NĐ-CP"]),
        ("25/2015/NĐ-CP", []),
        ("2384/QĐ-UBND", []),
        ("quyết định 2394", []),
    ],
)
def test_one_digit_off_is_offered_as_such_and_never_taken(
    base: KnowledgeBase, query: str, suggested: list[str]
) -> None:
    found = base.lookup(query)
    assert (found.status, found.matches) == ("not_found", ())
    assert [one.number for one in found.suggestions] == suggested
    assert ("one_digit_off" in [warning["code"] for warning in found.warnings]) is bool(suggested)


@pytest.mark.parametrize(
    ("province", "numbers"),
    [(None, 2), ("Bình Định", 1), ("binh-dinh", 1), ("Gia Lai", 1), ("quang-ngai", 1), ("Kon Tum", 0), ("Hà Nội", 0)],
)
def test_provinces_narrow_by_old_and_new_name(base: KnowledgeBase, province: str | None, numbers: int) -> None:
    found = base.lookup("04-NQ/TU", province=province)
    assert len(found.matches) == numbers


def test_a_central_document_is_found_whatever_province_is_asked(base: KnowledgeBase) -> None:
    assert base.lookup("24/2014/NĐ-CP", province="ninh-thuan").status == "ok"


@pytest.mark.parametrize(
    ("query", "date", "status"),
    [("2395/QĐ-UBND", "2021-12-24", "ok"), ("2395/QĐ-UBND", "2021", "ok"), ("2395/QĐ-UBND", "2020", "not_found")],
)
def test_dates_narrow(base: KnowledgeBase, query: str, date: str, status: str) -> None:
    found = base.lookup(query, date=date)
    assert found.status == status
    if status == "not_found":
        assert [s.number for s in found.suggestions] == ["2395/QĐ-UBND"]
        assert "date_differs" in [w["code"] for w in found.warnings]


def test_the_issuer_narrows(base: KnowledgeBase) -> None:
    assert [m.number for m in base.lookup("93", issuer="HĐND").matches] == ["93/NQ-HĐND"]


def test_the_same_number_in_a_second_province_brings_the_chooser(base: KnowledgeBase) -> None:
    found = base.lookup("04-NQ/TU")
    assert found.status == "multiple"
    assert {m.province for m in found.matches} == {BD, QN}


@pytest.fixture(scope="module")
def laws_of_land(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    law = {"type": "luat"}
    return build(tmp_path_factory.mktemp("kb"), [
        ("a", plan("1/KH-UBND", "2026-01-06"), [
            cite("13/2003/QH11", "2003-11-26", **law), cite("31/2024/QH15", "2024-01-18", **law),
            cite("45/2013/QH13", "2013-11-29", **law), cite("100/2015/QH13", "2015-11-27", type="bo-luat"),
        ]),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("query", "date", "numbers"),
    [
        ("luật đất đai", None, ["31/2024/QH15", "45/2013/QH13", "13/2003/QH11"]),
        ("luat dat dai", None, ["31/2024/QH15", "45/2013/QH13", "13/2003/QH11"]),
        ("LĐĐ", None, ["31/2024/QH15", "45/2013/QH13", "13/2003/QH11"]),
        ("luật đất đai", "2015-01-01", ["45/2013/QH13", "31/2024/QH15", "13/2003/QH11"]),
        ("luật đất đai 2013", None, ["45/2013/QH13"]),
        ("Luật Đất đai năm 2003", None, ["13/2003/QH11"]),
        ("bộ luật hình sự", None, ["100/2015/QH13"]),
        ("BLHS", None, ["100/2015/QH13"]),
    ],
)
def test_a_law_by_its_name_the_one_in_force_first(
    laws_of_land: KnowledgeBase, query: str, date: str | None, numbers: list[str]
) -> None:
    found = laws_of_land.lookup(query, date=date)
    assert [one.number for one in found.matches] == numbers
    assert found.status == ("ok" if len(numbers) == 1 else "multiple")


def test_a_law_that_the_base_does_not_know_is_not_found(laws_of_land: KnowledgeBase) -> None:
    found = laws_of_land.lookup("Luật Doanh nghiệp")
    assert (found.status, found.normalized) == ("not_found", "Luật Doanh nghiệp")


@given(st.text(max_size=60))
def test_no_query_is_an_error(query: str) -> None:
    parsed = number_query.parse(query)
    assert parsed is None or parsed.ordinal or parsed.standard


@given(st.integers(1, 99999), st.integers(1, 99999))
def test_other_digits_never_match(tmp_path_factory: pytest.TempPathFactory, asked: int, held: int) -> None:
    one, other = number_query.parse(f"{asked}/QĐ-UBND"), number_query.parse(f"{held} qd ubnd")
    assert one is not None and other is not None
    assert (one.ordinal == other.ordinal) is (asked == held)


def test_the_parse_of_a_number_is_quick_for_hostile_queries(tmp_path: Path) -> None:
    for query in ("9" * 200, "9/" * 100, "a-" * 100, "số " * 60, "9 " * 99):
        number_query.parse(query)


CT = "Cần Thơ"


@pytest.fixture(scope="module")
def collisions(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Numbers that several documents bear."""
    law, resolution = {"type": "luat"}, {"type": "nghi-quyet-qh"}
    return build(tmp_path_factory.mktemp("kb"), [
        ("a", plan("1/KH-UBND", "2026-01-06"), [
            cite("36/2025/QĐ-UBND", "2025-11-19", province="Quảng Trị"),
            cite("36/2025/QĐ-CTUBND", "2025-11-17", province=CT), cite("37/2025/QĐ-UBND", "2025-11-18", province=CT),
            cite("38/2025/QĐ-CTUBND", "2025-11-18", province=CT),
            cite("43/2006/QĐ-UBND", province="Hồ Chí Minh", unit="Quận 3"),
            cite("43/2006/QĐ-UBND", province="Hồ Chí Minh"),
            cite("107/2020/QH14", "2020-06-19", **law), cite("107/2020/QH14", "2020-06-10", **resolution),
            cite("55/UBND-NC", "2021-05-05", province=NT), cite("55/UBND-KT", "2021-05-05", province=NT),
            cite("681/QĐ-UBND", "2021-02-20", province=NT), cite("681/QĐ-UBND", "2021-10-27", province=NT),
            cite("681/QĐ-UBND", "2019-10-27", province=BD),
            cite("15/2008/TTLT-BTC-BNV", body="BTC+BNV"), cite("15/2008/TT-BTC", "2008-02-02"),
            cite("88/KH-UBND", province=NT),
        ]),
        ("b", plan("2/KH-UBND", "2026-01-07", BD), [
            cite("681/QĐ-UBND", "2021-10-27", province=NT), cite("88/KH-UBND", "2020-03-03", province=NT),
            cite("TCVN 5687:2010", kind="standard"), cite("TCVN 5687:2024", kind="standard"),
            cite("QCVN 56:2010/BTNMT", kind="standard"),
        ]),
        ("c", plan("3/KH-UBND", "2019-01-07", QN), [cite("88/KH-UBND", province=NT)]),
    ])  # fmt: skip


Q681 = [
    "ninh-thuan/ubnd/2021/qd/681@2021-10-27",
    "binh-dinh/ubnd/2019/qd/681",
    "ninh-thuan/ubnd/2021/qd/681@2021-02-20",
]


@pytest.mark.parametrize(
    ("query", "given", "status", "matches", "suggestions", "warnings"),
    [
        ("36/2025/QĐ-CTUBND", {}, "ok", ["can-tho/ubnd/2025/qd/36-ct"], [], []),
        ("36/2025/QĐ-UBND", {}, "ok", ["quang-tri/ubnd/2025/qd/36"], [], []),
        ("37/2025/QĐ-CTUBND", {}, "not_found", [], ["can-tho/ubnd/2025/qd/37"], ["suffix_differs"]),
        ("38/2025/QĐ-UBND", {}, "not_found", [], ["can-tho/ubnd/2025/qd/38-ct"], ["suffix_differs"]),
        ("quyết định 38/2025", {}, "ok", ["can-tho/ubnd/2025/qd/38-ct"], [], []),
        ("43/2006/QĐ-UBND quận 3", {}, "ok", ["ho-chi-minh/quan-3/ubnd/2006/qd/43"], [], []),
        ("quyết định 43 ubnd quận 3", {}, "ok", ["ho-chi-minh/quan-3/ubnd/2006/qd/43"], [],
         ["separators_fixed"]),
        ("43/2006/QĐ-UBND huyện Ninh Phước", {}, "not_found", [],
         ["ho-chi-minh/ubnd/2006/qd/43", "ho-chi-minh/quan-3/ubnd/2006/qd/43"], ["unit_differs"]),
        ("36/2025/QĐ-CTUBND", {"province": "Quảng Trị"}, "not_found", [], ["can-tho/ubnd/2025/qd/36-ct"],
         ["province_differs"]),
        ("107/2020/QH14", {}, "multiple", ["tw/qh/2020/qh14/107-nq", "tw/qh/2020/qh14/107"], [], []),
        ("107/2020/QH14", {"date": "2020-06-19"}, "ok", ["tw/qh/2020/qh14/107"], [], []),
        ("55/UBND-NC", {}, "ok", ["ninh-thuan/ubnd/2021/cv/55-nc"], [], []),
        ("55/UBND-XD", {}, "not_found", [], ["ninh-thuan/ubnd/2021/cv/55-kt", "ninh-thuan/ubnd/2021/cv/55-nc"],
         ["suffix_differs"]),
        ("55/UBND", {}, "multiple", ["ninh-thuan/ubnd/2021/cv/55-kt", "ninh-thuan/ubnd/2021/cv/55-nc"], [],
         []),
        ("luật 107/2020/QH14", {}, "ok", ["tw/qh/2020/qh14/107"], [], []),
        ("nghị quyết số 107/2020/QH14", {}, "ok", ["tw/qh/2020/qh14/107-nq"], [], []),
        ("681/QĐ-UBND", {}, "multiple", Q681, [], []),
        ("681/QĐ-UBND", {"province": BD}, "ok", Q681[1:2], [], []),
        ("681/QĐ-UBND", {"date": "2021"}, "multiple", Q681[::2], [], []),
        ("681/QĐ-UBND ngày 27/10/2021", {}, "ok", Q681[:1], [], []),
        ("681/QĐ-UBND", {"date": "2021-10"}, "ok", Q681[:1], [], []),
        ("681/QĐ-UBND", {"date": "2022"}, "not_found", [], Q681, ["date_differs"]),
        ("681/QĐ-UBND", {"province": QN}, "not_found", [], Q681, ["province_differs"]),
        ("681/KH-UBND", {}, "not_found", [], Q681, []),
        ("681", {"issuer": "ubnd"}, "multiple", Q681, [], []),
        ("681", {"issuer": "HĐND"}, "not_found", [], Q681, []),
        ("15/2008", {"issuer": "BNV"}, "ok", ["tw/btc-bnv/2008/ttlt/15"], [], []),
        ("thông tư 15/2008", {}, "ok", ["tw/btc/2008/tt/15"], [], []),
        ("88/KH-UBND", {}, "ok", ["ninh-thuan/ubnd/2020/kh/88"], ["ninh-thuan/ubnd/x/kh/88-"], ["year_unknown"]),
        ("TCVN 5687:2010", {}, "ok", ["tc/tcvn-5687-2010"], [], []),
        ("TCVN 5687", {}, "not_found", [], ["tc/tcvn-5687-2010", "tc/tcvn-5687-2024"], []),
        ("QCVN 9999", {}, "not_found", [], [], []),
    ],
)  # fmt: skip
def test_a_number_that_several_bear(
    collisions: KnowledgeBase,
    query: str,
    given: dict[str, str],
    status: str,
    matches: list[str],
    suggestions: list[str],
    warnings: list[str],
) -> None:
    found = collisions.lookup(query, **given)
    assert (found.status, found.total) == (status, len(matches))
    assert [match.id for match in found.matches] == matches
    told = [one.id for one in found.suggestions]
    assert len(told) == len(suggestions) and all(map(str.startswith, told, suggestions)), told
    assert [warning["code"] for warning in found.warnings] == warnings


def test_the_year_within_a_number_is_that_of_the_document_whatever_day_its_sources_give_it(tmp_path: Path) -> None:
    cited = cite("107/2020/QH14", "2021-06-10", type="nghi-quyet-qh")
    base = build(tmp_path, [("a", plan("18/KH-SKHCN", "2022-01-06"), [cited])])
    found = base.lookup("nghị quyết 107/2020/QH14")
    assert (found.status, [one.number for one in found.matches]) == ("ok", ["107/2020/QH14"])


def test_a_number_that_very_many_bear_is_found_in_the_province_and_year_asked(
    collisions: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = collisions.lookup("681/QĐ-UBND").total
    monkeypatch.setattr(bearing, "MAX_BEARING", 1)
    monkeypatch.setattr(bearing, "MAX_SHOWN", 2)
    many = collisions.lookup("681/QĐ-UBND")
    assert (many.status, many.total, len(many.matches)) == ("multiple", everywhere, 2)
    assert "too_many" in [warning["code"] for warning in many.warnings]
    one = collisions.lookup("681/QĐ-UBND", province=BD)
    assert [match.id for match in one.matches] == Q681[1:2] and one.warnings == ()
    year = (one.matches[0].date or "")[:4]
    assert Q681[1] in [match.id for match in collisions.lookup("681/QĐ-UBND", date=year).matches]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("15/3/2022", {"272/KH-SKHCN", "7/KH-UBND", "305/HD-STTTT"}),
        ("ngày 15 tháng 3 năm 2022", {"272/KH-SKHCN", "7/KH-UBND", "305/HD-STTTT"}),
        ("văn bản ban hành ngày 15.03.2022", {"272/KH-SKHCN", "7/KH-UBND", "305/HD-STTTT"}),
        ("March 15, 2022", {"272/KH-SKHCN", "7/KH-UBND", "305/HD-STTTT"}),
        ("kế hoạch ngày 15/3/2022", {"272/KH-SKHCN", "7/KH-UBND"}),
        ("kế hoạch ngày 15/3/2022 tỉnh Bình Định", {"7/KH-UBND"}),
        ("kế hoạch 15/3/2022 của UBND", {"7/KH-UBND"}),
        ("quyết định ngày 24/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận", {"2395/QĐ-UBND"}),
        ("ngày 16/3/2022", set()),
    ],
)
def test_a_date_alone_leads_to_the_documents_of_that_day(base: KnowledgeBase, query: str, numbers: set[str]) -> None:
    found = base.lookup(query)
    assert {one.number for one in found.matches} == numbers
    assert found.status == {0: "not_found", 1: "ok"}.get(len(numbers), "multiple")


@pytest.mark.parametrize(
    "query", ["tháng 3 năm 2022", "họp ngày 15/3/2022 tại Hà Nội", "cải cách hành chính 15/3/2022"]
)
def test_words_beside_a_date_are_searched_for_as_words(base: KnowledgeBase, query: str) -> None:
    assert base.lookup(query).status == "unparsable"


def test_of_a_days_documents_those_with_a_text_come_first(base: KnowledgeBase) -> None:
    assert [one.role for one in base.lookup("15/3/2022").matches] == ["held", "held", "cited_only"]
