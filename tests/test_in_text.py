"""Which law a name means, with the help of the text it stands in."""

from __future__ import annotations

import pytest

from kb.identity.of_text import identify_all
from kb.reading import read

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\nSố: 12/KH-UBND\nNinh Thuận, ngày {} tháng {} năm {}\n\nKẾ HOẠCH\nVề việc thử\n\n"
)


def meant(body: str, on: tuple[int, int, int] | None = (3, 11, 2025)) -> list[tuple[str, str | None]]:
    """(permalink, how it is known) of each name and number cited in a plan of that day, or in a text without header."""
    reading = read((HEAD.format(*on) if on else "") + body)
    stated = identify_all(reading.citations, reading.own)
    return [(one.identity.slug, one.by) for one in stated if one.identity is not None]


@pytest.mark.parametrize(
    ("on", "slug"),
    [
        ((1, 12, 2023), "tw/qh/2013/qh13/45"),
        ((1, 3, 2024), "tw/qh/x/luat/luat-dat-dai"),  # the new one is passed, not yet in force
        ((1, 9, 2024), "tw/qh/2024/qh15/31"),
    ],
)
def test_a_law_by_name_is_the_one_in_force_at_the_citing_date(on: tuple[int, int, int], slug: str) -> None:
    assert [found for found, _ in meant("Thực hiện theo quy định của Luật Đất đai.", on)] == [slug]


def test_a_month_is_enough_where_it_decides() -> None:
    (then,) = meant("Căn cứ Luật Thi đua, khen thưởng;", (4, 4, 2022))
    (now,) = meant("Căn cứ Luật Thi đua, khen thưởng;", (6, 5, 2024))
    assert (then, now) == (("tw/qh/2003/qh11/15", "law_at_date"), ("tw/qh/2022/qh15/06", "law_at_date"))


@pytest.mark.parametrize(
    ("cited", "law"),
    [
        # passed before the decree: the one of the citing date
        ("Nghị định số 102/2024/NĐ-CP ngày 30/7/2024 quy định chi tiết một số điều của Luật Đất đai;", "2024/qh15/31"),
        # younger than the decree: the one of the decree's date
        ("Nghị định số 160/2005/NĐ-CP ngày 27/12/2005 hướng dẫn thi hành Luật Dược;", "2005/qh11/34"),
        ("Nghị định số 43/2014/NĐ-CP quy định chi tiết thi hành một số điều của Luật Đất đai;", "2013/qh13/45"),
    ],
)
def test_in_a_title_it_is_one_passed_when_that_document_was_signed(cited: str, law: str) -> None:
    assert meant(f"Căn cứ {cited}")[-1][0] == f"tw/qh/{law}"


def test_a_name_that_the_table_leaves_open_is_the_law_that_the_text_tells() -> None:
    body = "Căn cứ Luật Trí tuệ biển đảo số 97/2031/QH16;\nThực hiện quy định của Luật Trí tuệ biển đảo."
    assert meant(body)[-1] == ("tw/qh/2031/qh16/97", "twin_in_document")
    assert meant("Thực hiện quy định của Luật Trí tuệ biển đảo.")[-1] == (
        "tw/qh/x/luat/luat-tri-tue-bien-dao",
        "name",
    )


def test_of_two_laws_of_a_name_the_text_means_the_one_it_stands_on() -> None:
    later = "Thực hiện quy định của Luật Bảo hiểm xã hội."
    both = "Điều 9. Người đóng theo Luật Bảo hiểm xã hội số 58/2014/QH13 được chuyển tiếp.\n"
    basis = "Căn cứ Luật Bảo hiểm xã hội ngày 29 tháng 6 năm 2024;\n\n"
    assert meant(basis + both + later, None)[-1] == ("tw/qh/2024/qh15/41", "twin_in_document")
    assert meant(both + "Người đóng theo Luật Bảo hiểm xã hội số 41/2024/QH15.\n" + later, None)[-1][1] == "name"


def test_a_twin_is_never_younger_than_the_document_in_whose_title_the_name_stands() -> None:
    body = (
        "Căn cứ Luật Trí tuệ biển đảo số 97/2021/QH15;\n"
        "Căn cứ Nghị định số 16/2016/NĐ-CP quy định chi tiết thi hành một số điều của Luật Trí tuệ biển đảo;"
    )
    assert meant(body)[-1][1] == "name"


@pytest.mark.parametrize(
    ("cited", "slug", "by"),
    [
        ("Luật Đường bộ ngày 27 tháng 6 năm 2023", "tw/qh/2024/qh15/35", "law_date_slip"),
        ("Luật Thương mại ngày 14/6/2025", "tw/qh/2005/qh11/36", "law_date_slip"),
        ("Luật Đường bộ ngày 01 tháng 02 năm 1999", "tw/qh/1999/luat/luat-duong-bo", "name"),  # no slip of the pen
        ("Luật Tổ chức chính quyền địa phương năm 2025", "tw/qh/2025/qh15/72", "law_at_date"),  # two of one year
        ("Luật Ngân sách Nhà nước ban hành năm 2002", "tw/qh/2002/qh11/01", "law_at_date"),
        ("Pháp lệnh Ưu đãi người có công với cách mạng năm 2026", "tw/ubtvqh/2020/ubtvqh14/02-pl", "law_at_date"),
        ("Luật Quản lý và sử dụng tài sản công", "tw/qh/2017/qh14/15", "law_at_date"),  # "và" for the comma
    ],
)
def test_names_with_dates_and_in_other_writings(cited: str, slug: str, by: str) -> None:
    assert meant(f"Căn cứ {cited};")[-1] == (slug, by)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "tw/tw/x/nq/dai-hoi-13"),
        ("Nghị quyết Đại hội lần thứ XIII của Đảng", "tw/tw/x/nq/dai-hoi-13"),
        ("Nghị quyết Đại hội Đảng lần thứ XIII", "tw/tw/x/nq/dai-hoi-13"),
        ("Nghị quyết Đại hội XIII của Đảng", "tw/tw/x/nq/dai-hoi-13"),
        ("Nghị quyết Đại hội lần thứ XIV của Đảng", "tw/tw/x/nq/dai-hoi-14"),
        ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV", "ninh-thuan/tu/x/nq/dai-hoi-14"),
        ("Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV, nhiệm kỳ 2020 - 2025", "ninh-thuan/tu/x/nq/dai-hoi-14"),
        ("Nghị quyết Đại hội XX Đảng bộ tỉnh Quảng Ngãi", "quang-ngai/tu/x/nq/dai-hoi-20"),
    ],
)
def test_a_congress_is_its_level_province_and_ordinal(name: str, slug: str) -> None:
    assert meant(f"Thực hiện {name};")[-1][0] == slug


@pytest.mark.parametrize(
    ("cited", "slug"),
    [
        ("Luật số 55/2010/QH12", "55"),
        ("Luật An toàn thực phẩm số 55/2010/QH12", "55"),
        ("Nghị quyết số 55/2010/QH12", "55-nq"),
        ("Nghị quyết của Quốc hội số 55/2010/QH12", "55-nq"),
        ("các Nghị quyết của Quốc hội: số 55/2010/QH12", "55-nq"),
        ("các Nghị quyết của Quốc hội: số 7/2010/QH12 ngày 1/6/2010 về thu; số 55/2010/QH12", "55-nq"),
    ],
)
def test_a_law_and_a_resolution_of_one_number_are_two(cited: str, slug: str) -> None:
    assert meant(f"Căn cứ {cited};")[-1][0] == f"tw/qh/2010/qh12/{slug}"


def test_laws_of_the_table_tell_an_act_cited_without_its_type_by_its_date() -> None:
    assert meant("Theo 55/2010/QH12 ngày 24/11/2010.")[-1][0] == "tw/qh/2010/qh12/55-nq"
    assert meant("Theo 55/2010/QH12 ngày 17/6/2010.")[-1][0] == "tw/qh/2010/qh12/55"


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        (
            "Căn cứ Nghị định số 12/2009/NĐ-CP ngày 12/02/2009; thực hiện Luật Nghĩa vụ quân sự.",
            "x/luat/luat-nghia-vu-quan-su",
        ),
        ("Căn cứ Nghị định số 14/2016/NĐ-CP ngày 16/3/2016; thực hiện Luật Nghĩa vụ quân sự.", "2015/qh13/78"),
    ],
)
def test_in_a_text_without_a_date_a_law_is_no_younger_than_what_the_text_cites(body: str, slug: str) -> None:
    assert meant(body, None)[-1][0] == f"tw/qh/{slug}"


@pytest.mark.parametrize(
    ("cited", "slug"),
    [
        ("Pháp lệnh số 02/2020/UBTVQH ngày 09/12/2020", "tw/ubtvqh/2020/ubtvqh14/02-pl"),  # the term left out
        ("Pháp lệnh số 02/2020/UBTVQH ngày 01/01/2020", "tw/ubtvqh/2020/cv/02"),  # another day than the table's
        ("Luật Quy hoạch số 21/2017/QH12 ngày 24 tháng 11 năm 2017", "tw/qh/2017/qh14/21"),  # the term of another
        ("Luật Quy hoạch số 21/2017/QH12", "tw/qh/2017/qh12/21"),
        ("Thông tư liên tịch số 07/2016/TTTLT-BYT-BTC", "tw/byt-btc/2016/ttlt/07"),  # one letter too many
        ("Chỉ thị số 15/CTT-TTg ngày 22/5/2012", "tw/ttg/2012/ct/15"),
        ("Pháp lệnh Phòng, chống lụt, bão ngày 08 tháng 3 năm 1993", "tw/ubtvqh/1993/pl/phap-lenh-phong-chong-lut-bao"),
        ("Tờ trình số 6925/LĐTBXH-CS ngày 25 tháng 11 năm 2008", "ninh-thuan/sldtbxh/2008/cv/6925-cs"),
        ("Công văn số 6925/LĐTBXH-CS ngày 25 tháng 11 năm 2008", "tw/bldtbxh/2008/cv/6925-cs"),
        (
            "đề xuất của Ủy ban nhân dân tỉnh Hưng Yên (văn bản số 84/BC-UBND ngày 19/11/2025)",
            "hung-yen/ubnd/2025/bc/84",
        ),
    ],
)
def test_slips_in_codes_that_the_type_word_or_the_law_table_tells(cited: str, slug: str) -> None:
    assert meant(f"Căn cứ {cited};")[-1][0] == slug


def test_a_law_told_by_its_date_alone_is_meant_by_its_bare_name_too() -> None:
    body = "Căn cứ Luật Biển đảo ngày 20/3/1996 và Luật sửa đổi, bổ sung một số điều của Luật Biển đảo ngày 14/6/2005;"
    slugs = dict.fromkeys(slug for slug, _ in meant(body))
    assert "tw/qh/x/luat/luat-bien-dao" not in slugs


LAW = (
    "QUỐC HỘI\nLuật số: 72/2031/QH16\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Hà Nội, ngày 20 tháng 11 năm 2031\n\nLUẬT\nCÔNG ĐOÀN\n\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
    "Quốc hội ban hành Luật Công đoàn.\n\nĐiều 1. Phạm vi điều chỉnh\n"
)


def test_a_law_that_names_itself_means_itself_and_not_the_one_in_force_before() -> None:
    reading = read(LAW + "Điều 9. Luật Công đoàn số 12/2012/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực.")
    found = [
        (c.text.split("\n")[0], one.identity.slug, one.by)
        for c, one in zip(reading.citations, identify_all(reading.citations, reading.own), strict=True)
        if one.identity is not None and c.type == "luat"
    ]
    assert ("Luật Công đoàn", "tw/qh/2031/qh16/72", "own_name") in found
    assert found[-1] == ("12/2012/QH13", "tw/qh/2012/qh13/12", None)


def test_the_name_of_another_law_is_not_the_text_itself() -> None:
    reading = read(LAW + "Thực hiện theo quy định của Luật Doanh nghiệp.")
    stated = identify_all(reading.citations, reading.own)
    assert [one.by for c, one in zip(reading.citations, stated, strict=True) if c.text == "Luật Doanh nghiệp"] != [
        "own_name"
    ]


@pytest.mark.parametrize(
    ("body", "known"),
    [
        # the newest of its name, in force on the latest day that the text names
        (
            "Căn cứ Nghị định số 88/2027/NĐ-CP ngày 01/3/2027;\nTheo Luật Đất đai.",
            ("tw/qh/2024/qh15/31", "law_at_latest_date"),
        ),
        # the text may be older than the law
        (
            "Căn cứ Nghị định số 88/2019/NĐ-CP ngày 01/3/2019;\nTheo Luật Đất đai.",
            ("tw/qh/x/luat/luat-dat-dai", "name"),
        ),
        # passed, but not yet in force on that day
        (
            "Căn cứ Nghị định số 08/2024/NĐ-CP ngày 25/01/2024;\nTheo Luật Đất đai.",
            ("tw/qh/x/luat/luat-dat-dai", "name"),
        ),
    ],
)
def test_a_text_without_a_date_is_no_older_than_what_it_cites(body: str, known: tuple[str, str]) -> None:
    assert meant(body, on=None)[-1] == known


@pytest.mark.parametrize(
    ("body", "standard"),
    [
        ("theo QCVN 12:2031/BXD. Đánh giá theo điểm 2.9 QCVN 12:2031.", "tc/qcvn-12-2031-bxd"),
        ("Đánh giá theo điểm 2.9 QCVN 12:2031.", "tc/qcvn-12-2031"),
        # two ministries have one of that number
        ("theo QCVN 12:2031/BXD và QCVN 12:2031/BYT. Đánh giá theo điểm 2.9 QCVN 12:2031.", "tc/qcvn-12-2031"),
    ],
)
def test_a_regulation_without_its_ministry_is_the_one_that_the_text_tells_in_full(body: str, standard: str) -> None:
    assert meant(body)[-1][0] == standard
