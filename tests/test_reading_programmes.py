"""Programmes cited by name: what is one, what is none, whose it is, and the number behind it, which stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
import timing
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Citation, Hints
from kb.reading import read
from kb.reading.names.programmes import entries, issuers, type_before_period

TYPES = {entry["id"] for entry in entries()}
HEAD = "UBND TỈNH PHÚ YÊN\n\nSố: 12/KH-UBND\n\nPhú Yên, ngày 5 tháng 1 năm 2022\n\nKẾ HOẠCH\nCông tác năm 2022\n\n"
PROJECT = "Đề án phát triển cây ăn quả trên địa bàn tỉnh giai đoạn 2021 - 2025"


def programmes(text: str) -> list[Citation]:
    laws = ("luat", "bo-luat", "phap-lenh", "hien-phap", "d-nghi-quyet")
    return [one for one in read(text, Hints()).citations if one.kind == "named" and one.type not in laws]


@pytest.mark.parametrize("issuer", issuers(), ids=lambda issuer: issuer["body"])
def test_examples_of_issuers(issuer: dict[str, Any]) -> None:
    for wanted, examples in ((True, issuer["match"]), (False, issuer["no_match"])):
        for example in examples:
            (found,) = programmes(f"{HEAD}Thực hiện Đề án phát triển cây ăn quả giai đoạn 2021 - 2025 {example}.")
            assert (found.body == issuer["body"]) is wanted, example


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["id"])
def test_examples_of_the_data_file(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        text = example.replace("⟦", "").replace("⟧", "")
        wanted = example[example.index("⟦") + 1 : example.index("⟧")]
        assert [(one.type, one.text) for one in programmes(text)] == [(entry["id"], wanted)]
    for example in entry["never"]:
        assert not programmes(example), example


@pytest.mark.parametrize(
    ("sentence", "name", "body", "province"),
    [
        (f"Thực hiện {PROJECT}.", PROJECT, "?", "Phú Yên"),
        (
            "Theo Đề án phát triển cây ăn quả tỉnh Bình Định giai đoạn 2021-2025, các sở báo cáo.",
            "Đề án phát triển cây ăn quả tỉnh Bình Định giai đoạn 2021-2025", "?", "Bình Định",
        ),
        (
            "Triển khai Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021-2025.",
            "Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021-2025", "?", None,
        ),
        (
            "Thực hiện Chiến lược phát triển hạ tầng số đến năm 2025, định hướng đến năm 2030 của Thủ tướng Chính phủ.",
            "Chiến lược phát triển hạ tầng số đến năm 2025, định hướng đến năm 2030", "TTg", None,
        ),
        (
            "Thực hiện Đề án phát triển kinh tế số\nvà xã hội số giai đoạn 2021 -\n2025.",
            "Đề án phát triển kinh tế số và xã hội số giai đoạn 2021 - 2025", "?", "?",
        ),
        (
            "Thực hiện Kế hoạch cải cách hành chính nhà nước giai đoạn 2021 - 2025 của UBND tỉnh.",
            "Kế hoạch cải cách hành chính nhà nước giai đoạn 2021 - 2025", "UBND", "Phú Yên",
        ),
    ],
)  # fmt: skip
def test_whose_programme_it_is(sentence: str, name: str, body: str, province: str | None) -> None:
    (found,) = programmes(HEAD + sentence)
    said = found.province if found.province_known else "?"
    assert (found.title, found.body, said, found.number) == (name, body, province, None)
    assert (HEAD + sentence)[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "sentence",
    [
        f"Sở tham mưu xây dựng và triển khai thực hiện {PROJECT}.",  # still to be written
        f"Căn cứ Quyết định số 7/QĐ-UBND ngày 02/3/2021 của UBND tỉnh về việc thực hiện {PROJECT};",  # another's title
        f"- {PROJECT}: 50 triệu đồng.",  # a line of a table cites nothing
        f"Thực hiện {PROJECT.upper()}",  # a heading
        "Thực hiện các Chương trình mục tiêu quốc gia giai đoạn 2021 - 2025.",  # a kind of programme
        "Kinh phí của Đề án vào Kế hoạch đầu tư công trung hạn giai đoạn 2020 - 2025.",
        "Các bộ thực hiện Chương trình gửi báo cáo đánh giá giữa kỳ (giai đoạn 2021 - 2023) về Bộ.",
        "Thực hiện Đề án trong giai đoạn 2021 - 2025.",
        "Thực hiện Đề án phát triển cây ăn quả trên địa bàn tỉnh giai đoạn 2025 - 2021.",  # no period
    ],
)
def test_what_is_no_programme(sentence: str) -> None:
    assert not programmes(HEAD + sentence)


def test_a_text_that_is_the_programme_does_not_cite_itself() -> None:
    head = HEAD.replace("KẾ HOẠCH\nCông tác năm 2022", f"QUYẾT ĐỊNH\nPhê duyệt {PROJECT}").replace("KH-", "QĐ-")
    assert not programmes(f"{head}Các sở tổ chức thực hiện {PROJECT}.")
    assert programmes(HEAD + f"Các sở tổ chức thực hiện {PROJECT}.")


BEHIND = [
    " đã được UBND tỉnh phê duyệt tại Quyết định số 449/QĐ-UBND ngày 28/6/2017",
    " được ban hành theo Quyết định số 449/QĐ-UBND ngày 28/6/2017",
    " (Quyết định số 449/QĐ-UBND ngày 28/6/2017)",
]


@pytest.mark.parametrize("behind", BEHIND)
def test_the_number_behind_a_name_is_its_number_and_stays_what_it_was(behind: str) -> None:
    text = f"{HEAD}Tiếp tục thực hiện {PROJECT}{behind} của UBND tỉnh."
    (named,) = programmes(text)
    numbers = [one for one in read(text).citations if one.kind == "number"]
    # the same words without a real name give the same number with the same fields
    plain = text.replace(PROJECT, PROJECT.replace("Đề án", "ĐỀ ÁN".lower()))
    assert not programmes(plain)
    assert numbers == [one for one in read(plain).citations if one.kind == "number"]
    assert (named.number, named.date, named.province) == ("449/QĐ-UBND", "2017-06-28", "Phú Yên")
    assert named.title == PROJECT and named.relation == "implements"


@pytest.mark.parametrize(
    "behind", [". Quyết định số 449/QĐ-UBND", "; Quyết định số 449/QĐ-UBND", ", Quyết định số 449/QĐ-UBND"]
)
def test_a_number_of_another_clause_is_not_its_number(behind: str) -> None:
    (named,) = programmes(f"{HEAD}Thực hiện {PROJECT}{behind} ngày 28/6/2017.")
    assert named.number is None


def test_the_circular_an_annex_belongs_to_approves_no_programme() -> None:
    (named,) = programmes(
        f"{HEAD}Các bước thực hiện {PROJECT}\n(Ban hành kèm theo Quyết định số 7/QĐ-UBND ngày 02/3/2021)"
    )
    assert named.number is None
    (named,) = programmes(f"{HEAD}Thực hiện {PROJECT} được ban hành tại Thông tư số 10/2022/TT-BTC")
    assert named.number is None


def test_a_scanned_name_is_put_right_and_says_how() -> None:
    text = "theo D& an phat trién cay an qua trén dia ban tinh giai doan 2021 - 2025 va cac nhiém vu khac cua Sé " * 2
    found = programmes(text)[0]
    assert found.title is not None and found.title.startswith("Đề án phát triển ")
    assert ("D& an", "Đề án", "type_word") in [(fix.before, fix.after, fix.rule) for fix in found.repairs]
    assert found.text.startswith("D& an")


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        (f"về việc phê duyệt {PROJECT}", "de-an"),
        (f"ban hành “{PROJECT}”", "de-an"),
        (PROJECT, "de-an"),
        (f"về việc phân bổ kinh phí thực hiện {PROJECT}", None),
        (f"sửa đổi, bổ sung một số nội dung của {PROJECT}", None),
        ("phê duyệt Đề án vị trí việc làm", None),
    ],
)
def test_which_titles_name_a_programme(title: str, type_: str | None) -> None:
    found = type_before_period(title)
    assert (found.type if found else None) == type_
    if found:
        assert title[found.first : found.last].strip() == "phát triển cây ăn quả trên địa bàn tỉnh"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [PROJECT, "thực hiện ", "theo ", "Đề án ", "giai đoạn 2021 - 2025", " đến năm 2030", "; ", ". ", "\n",
             "Quyết định số 449/QĐ-UBND", " đã được phê duyệt tại ", "Chương trình ", "x\u0301", "Kế hoạch này", "(", " "]
        ),
        max_size=24,
    )
)  # fmt: skip
def test_any_text_gives_names_in_order_that_change_nothing_else(pieces: list[str]) -> None:
    text = "".join(pieces)
    citations = read(text).citations
    assert [(one.start, one.end) for one in citations] == sorted((one.start, one.end) for one in citations)
    for n, one in enumerate(citations):
        assert text[one.start : one.end] == one.text
        if one.parent is not None:
            assert one.parent != n and citations[one.parent].type not in TYPES
        if one.type in TYPES and one.number is None:
            assert one.kind == "named" and one.title


def test_time_is_linear_on_text_made_of_names() -> None:
    def seconds(text: str) -> float:
        return timing.seconds(lambda: read(text))

    hostile = f"thực hiện Đề án {'a ' * 100}giai đoạn 2021 - 2025 "
    read(hostile)
    small, large = seconds(hostile * 300), seconds(hostile * 1200)
    assert large < 12 * small + 0.2
