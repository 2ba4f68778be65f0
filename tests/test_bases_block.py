"""The bases block made from chosen documents: official form, order by rank and date, what is unclear or missing told."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.checking.bases_block import bases_block
from kb.model import OwnIdentity
from kb.service import KnowledgeBase

OWN = OwnIdentity(type="quyet-dinh-ubnd", body="UBND", province="Ninh Thuận")
GOVERNMENT = "Luật Tổ chức chính quyền địa phương"


@pytest.fixture(scope="module")
def base(sample_kb: Path) -> KnowledgeBase:
    return KnowledgeBase.open(sample_kb)


@pytest.mark.parametrize(
    ("chosen", "own", "begins"),
    [
        (["30/2020/NĐ-CP"], OWN, ["Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ"]),
        (["luật đất đai"], OWN, ["Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024"]),
        (
            ["luật đất đai"],
            OwnIdentity(type="ke-hoach", date="2020-05-01"),
            ["Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013"],
        ),
        (["Pháp lệnh Kế toán và thống kê"], OWN, ["Căn cứ Pháp lệnh Kế toán và thống kê tháng 5/1988"]),
        (["45/2013/QH13"], OWN, ["Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013"]),
        (
            ["2395 qd ubnd", "24/2014/NĐ-CP", "Luật Đất đai", "2395/QĐ-UBND"],
            OWN,
            ["Căn cứ Luật Đất đai", "Căn cứ Nghị định số 24/2014/NĐ-CP", "Căn cứ Quyết định số 2395/QĐ-UBND"],
        ),
        (["Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận;"], OWN, ["Căn cứ Quyết định"]),
    ],
)
def test_the_block(base: KnowledgeBase, chosen: list[str], own: OwnIdentity, begins: list[str]) -> None:
    block = bases_block(base, chosen, own)
    assert len(block.lines) == len(begins) and not block.unsettled
    assert all(line.startswith(start) for line, start in zip(block.lines, begins, strict=True))
    assert [line[-1] for line in block.lines] == [";"] * (len(begins) - 1) + ["."]


def test_a_title_goes_on_in_the_sentence(base: KnowledgeBase) -> None:
    (line,) = bases_block(base, ["2395/QĐ-UBND"], OWN).lines
    assert " về việc ban hành Kế hoạch" in line


def test_what_may_be_several_documents_is_left_out_and_told(base: KnowledgeBase) -> None:
    block = bases_block(base, ["93", "gì đó", "30/2020/NĐ-CP"], OwnIdentity())
    assert [one.line for one in block.unsettled] == ["93", "gì đó"] and len(block.lines) == 1
    assert len(block.unsettled[0].candidates) == 2


def test_the_basis_that_every_such_draft_has_is_asked_for(base: KnowledgeBase) -> None:
    assert bases_block(base, ["30/2020/NĐ-CP"], OWN).missing == (GOVERNMENT,)
    assert bases_block(base, ["30/2020/NĐ-CP", GOVERNMENT], OWN).missing == ()


def test_a_law_that_was_replaced_is_told(base: KnowledgeBase) -> None:
    assert bases_block(base, ["45/2013/QH13"], OWN).stale and not bases_block(base, ["luật đất đai"], OWN).stale


def test_the_page(bundled: FlaskClient) -> None:
    assert bundled.get("/can-cu").status_code == 200
    chosen = "luật đất đai\n2395 qd ubnd\n93"
    page = bundled.get("/can-cu", query_string={"van_ban": chosen, "loai": "ke-hoach"}).get_data(as_text=True)
    assert "Căn cứ Luật Đất đai" in page and "Căn cứ Quyết định số 2395/QĐ-UBND" in page and "93/NQ-HĐND" in page


@pytest.mark.parametrize(
    "query", [{}, {"document": "x", "type": "loves"}, {"document": "x", "issuer": "loves"}, {"document": ["x"] * 61}]
)
def test_the_api_refuses_what_it_does_not_know(bundled: FlaskClient, query: dict) -> None:
    answer = bundled.get("/api/v1/bases-block", query_string=query)
    assert answer.status_code == 400 and answer.get_json()["code"] == "bad_parameter"
