"""Decrees and circulars named by their subject alone: found where a sentence rests on them, and linked to nothing."""

from __future__ import annotations

import pytest

from kb.identity.key import identify_citation
from kb.model import BY_SUBJECT, Hints
from kb.reading import read

# text, (as printed, type, body, relation)
FOUND = [
    ("thực hiện theo Nghị định về hợp đồng trong hoạt động xây dựng và các văn bản hướng dẫn",
     ("Nghị định về hợp đồng trong hoạt động xây dựng", "nghi-dinh", "CP", "implements")),
    ("quy định tại Thông tư của Bộ Tài chính về hóa đơn bán hàng hóa, cung ứng dịch vụ.",
     ("Thông tư của Bộ Tài chính về hóa đơn bán hàng hóa, cung ứng dịch vụ", "thong-tu", "BTC", "cites")),
    ("Căn cứ Nghị định của Chính phủ về quản lý và sử dụng con dấu; Xét",
     ("Nghị định của Chính phủ về quản lý và sử dụng con dấu", "nghi-dinh", "CP", "based_on")),
    ("theo khoản 2 Điều 5 của Nghị định quy định về giá đất ở đô thị.",
     ("Nghị định quy định về giá đất ở đô thị", "nghi-dinh", "CP", "cites")),
    ("tại Thông tư của Bộ trưởng Bộ Công an quy định biểu mẫu phục vụ công tác tạm giữ.",
     ("Thông tư của Bộ trưởng Bộ Công an quy định biểu mẫu phục vụ công tác tạm giữ", "thong-tu", "BCA", "cites")),
]  # fmt: skip
NONE = [
    "xây dựng Nghị định về hợp đồng trong hoạt động xây dựng",  # still to be written
    "trình dự thảo Thông tư về quản lý chi phí đầu tư xây dựng",
    "theo các Nghị định về xử phạt vi phạm hành chính",  # no single one
    "theo Nghị định này về hợp đồng trong hoạt động xây dựng",
    "theo Nghị định của Chính phủ có hiệu lực tại thời điểm phát sinh hồ sơ",
    "theo quy định của nghị định về hợp đồng trong xây dựng",  # no name: in small letters
    "NGHỊ ĐỊNH\nVề hợp đồng trong hoạt động xây dựng",
    "theo Thông tư về giá",
    "quy định tại Nghị định quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của từng bộ, gồm:",
    "theo Nghị định quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của bộ.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_named_by_its_subject(text: str, expected: tuple[str, str, str, str]) -> None:
    (cited,) = read(text, Hints(province="Quảng Trị")).citations
    assert (cited.text, cited.type, cited.body, cited.relation) == expected
    assert (cited.kind, cited.number, BY_SUBJECT in cited.notes) == ("named", None, True)
    assert identify_citation(cited) is None, "which document is meant is not known"


@pytest.mark.parametrize("text", NONE)
def test_what_names_no_single_document(text: str) -> None:
    assert [cited for cited in read(text).citations if cited.kind == "named"] == []


def test_a_number_behind_the_subject_or_a_law_within_it_is_what_is_cited() -> None:
    assert [c.kind for c in read("theo Nghị định về hợp đồng trong xây dựng số 12/2020/NĐ-CP").citations] == ["number"]
    (law,) = read("theo Nghị định quy định chi tiết một số điều của Luật Giá").citations
    assert (law.title, law.relation) == ("Luật Giá", "cites"), "it is the decree that guides, not the text"


@pytest.mark.parametrize("text", ["theo Nghị định 65", "theo Thông tư 40", "Căn cứ Nghị định số 65 và Thông tư số 40"])
def test_a_number_never_given_in_full_is_an_open_back_reference(text: str) -> None:
    found = read(text).citations
    assert {(cited.kind, cited.parent, cited.notes) for cited in found} == {
        ("back_reference", None, ("no_antecedent",))
    }
