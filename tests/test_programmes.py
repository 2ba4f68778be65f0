"""A programme cited by its name alone and the same one known by number are one document, by a scored title or not at
all; and user story 8 through the library, the command line and the pages."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from kb_fixtures import build, cite, export_text, plan, put

from cancu.cli import main
from indexer.search import open_search
from kb.identity.programme_names import JOINED, alike, name_in
from kb.model import Citation, Hints
from kb.reading import read
from kb.service import KnowledgeBase

QN = "Quảng Ngãi"
NAME = "Đề án phát triển cây ăn quả trên địa bàn tỉnh giai đoạn 2021 - 2025"
DECISION = "quang-ngai/ubnd/2021/qd/812"
QUERY = "đề án sắp xếp đơn vị sự nghiệp công lập quảng ngãi"
NODE = "quang-ngai/ubnd/2017/qd/449"


def named(title: str = NAME, province: str | None = QN, **fields: Any) -> Citation:
    known = province != "?"
    given = {
        "start": 0, "end": 0, "kind": "named", "text": title, "title": title, "type": "de-an", "body": "?",
        "province": province if known else None, "province_known": known, "relation": "implements",
    }  # fmt: skip
    return Citation(**(given | fields))


def approval(number: str = "812/QĐ-UBND", date: str = "2021-05-04", title: str = NAME, province: str = QN) -> Citation:
    return cite(number, date, province=province, title=f"về việc phê duyệt {title}")


def link(base: KnowledgeBase, slug: str) -> tuple[str, str, str | None, float | None, tuple[str, ...]]:
    (edge,) = [one for one in base.citations(slug, direction="out").items if one.kind == "named"]
    return edge.status, edge.method, edge.target.id if edge.target else None, edge.score, edge.candidates


def in_base(where: Path, *approvals: Citation, name: Citation | None = None, province: str = QN) -> Any:
    documents = [
        ("a", plan("1/KH-UBND", "2022-01-01", QN), approvals),
        ("b", plan("2/KH-UBND", "2022-02-01", province), [name or named()]),
    ]
    return link(build(where, documents), f"{'quang-ngai' if province == QN else 'phu-yen'}/ubnd/2022/kh/02")


def test_a_name_joins_the_document_of_that_title_and_says_how_sure(tmp_path: Path) -> None:
    status, method, target, score, _ = in_base(tmp_path, approval())
    assert (status, method, target, score) == ("resolved", "programme_title", DECISION, 1.0)
    base = KnowledgeBase.open(tmp_path)
    document = base.document(DECISION)
    assert document is not None and document.name_score == 1.0 and document.cited_by == 2
    assert [vote.value for vote in document.evidence["programme_title"]] == [NAME]
    assert [note["code"] for note in document.warnings] == ["joined_by_title"]
    assert base.lookup("812/QĐ-UBND").matches[0].to_json()["name_score"] == 1.0
    assert {edge.score for edge in base.trace(DECISION).edges} == {None, 1.0}
    assert '"score":1.0' in export_text(base.store, "jsonl")
    assert "score" in export_text(base.store, "csv").splitlines()[0].split(",")
    assert '<data key="e_score">1.0</data>' in export_text(base.store, "graphml")
    assert '"cancu:titleScore":1.0' in export_text(base.store, "jsonld")


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        ("Đề án phát triển cây ăn quả tỉnh Quảng Ngãi giai đoạn 2021-2025", True),
        ("Đề án phát triển cây ăn quả giai đoạn 2021-2025", True),
        ("Đề án phat triên cây ăn quá trên đia bàn tỉnh giai đoạn 2021 - 2025", True),
        ("Đề án phát triển cây ăn quả trên địa bàn tỉnh giai đoạn 2017 - 2025", False),
        ("Đề án phát triển cây công nghiệp trên địa bàn tỉnh giai đoạn 2021 - 2025", False),
        (
            "Đề án phát triển cây ăn quế trên địa bàn tỉnh giai đoạn 2021 - 2025",
            False,
        ),  # a whole word, not a damaged one
        ("Đề án phát triển cây ăn quả và cây dược liệu trên địa bàn tỉnh giai đoạn 2021 - 2025", False),
        ("Đề án phát triển cây ăn quả trên địa bàn tỉnh đến năm 2025", False),
        ("Chương trình phát triển cây ăn quả trên địa bàn tỉnh giai đoạn 2021 - 2025", False),
    ],
)
def test_which_titles_are_one(title: str, joined: bool) -> None:
    one, other = name_in(NAME), name_in(title)
    assert one is not None and other is not None
    score = alike(one, other, ("quang", "ngai"))
    assert (score >= JOINED) is joined and score == alike(other, one, ("quang", "ngai"))


def test_what_agrees_less_keeps_its_candidate(tmp_path: Path) -> None:
    near = "Đề án phát triển cây ăn quả và dược liệu trên địa bàn tỉnh giai đoạn 2021 - 2025"
    assert in_base(tmp_path, approval(title=near)) == ("ambiguous", "title_unsure", None, None, (DECISION,))


def test_two_documents_of_one_title_are_not_chosen_between(tmp_path: Path) -> None:
    found = in_base(tmp_path, approval(), approval("990/QĐ-UBND", "2021-09-09"))
    assert found[:3] == ("ambiguous", "several_titles", None) and len(found[4]) == 2


@pytest.mark.parametrize(
    ("name", "approved"),
    [
        (named(body="HĐND"), approval()),  # another issuer
        (named(), approval(province="Phú Yên")),  # another province
        (named(), approval(date="2023-01-01")),  # not yet issued when cited
        (named(), cite("812/QĐ-UBND", "2021-05-04", province=QN, title=f"về việc phân bổ kinh phí thực hiện {NAME}")),
    ],
)
def test_what_cannot_be_it_is_a_document_of_its_own(name: Citation, approved: Citation, tmp_path: Path) -> None:
    status, method, target, score, _ = in_base(tmp_path, approved, name=name)
    assert (status, method, score) == ("resolved", "name", None)
    assert target is not None and "/da/x-" in target
    document = KnowledgeBase.open(tmp_path).document(target)
    assert document is not None and document.office_citation == NAME and document.number is None


def test_a_name_without_a_place_joins_only_what_its_own_text_cites(tmp_path: Path) -> None:
    elsewhere = in_base(tmp_path / "a", approval(), name=named(province="?"))
    assert elsewhere == ("ambiguous", "province_unknown", None, None, (DECISION,))
    one_text = [("a", plan("1/KH-UBND", "2022-01-01", QN), [approval(), named(province="?")])]
    assert link(build(tmp_path / "b", one_text), "quang-ngai/ubnd/2022/kh/01")[2:4] == (DECISION, 1.0)


def test_one_name_in_two_texts_is_one_document_of_a_province(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01", QN), [named()]),
        ("b", plan("2/KH-UBND", "2022-01-02", QN), [named(NAME.upper())]),
        ("c", plan("3/KH-UBND", "2022-01-02", "Phú Yên"), [named(province="Phú Yên")]),
    ])  # fmt: skip
    targets = [link(base, f"{place}/ubnd/2022/kh/0{n}")[2] for place, n in (("quang-ngai", 1), ("quang-ngai", 2))]
    assert targets[0] == targets[1] != link(base, "phu-yen/ubnd/2022/kh/03")[2]


DOCUMENTS = [
    ("a", plan("1/KH-UBND", "2022-01-01", QN), [approval(), named(province="?")]),
    ("b", plan("2/KH-UBND", "2022-02-01", QN), [named()]),
    ("c", plan("3/KH-UBND", "2022-02-01", QN), [named(province="?"), named(NAME.replace("ăn quả", "công nghiệp"))]),
    ("d", plan("4/KH-UBND", "2022-03-01", QN), [cite("990/QĐ-UBND", None, province=QN), named(NAME.replace("cây", "cay"))]),
    ("e", plan("990/QĐ-UBND", "2021-07-07", QN, title=f"Phê duyệt {NAME.replace('ăn quả', 'công nghiệp')}"), []),
]  # fmt: skip


def test_the_order_of_files_and_runs_plays_no_part(tmp_path: Path) -> None:
    whole = export_text(build(tmp_path / "whole", DOCUMENTS).store, "jsonl")
    assert whole.count('"method":"programme_title"') == 4
    for n, order in enumerate(itertools.permutations(DOCUMENTS)):
        if n % 7 == 0:
            base = KnowledgeBase.open(tmp_path / f"order{n}", create=True)
            for document in order:
                put(base, [document])
                base.resolve()
            assert export_text(base.store, "jsonl") == whole
            before = base.build_id
            base.resolve()
            assert base.build_id == before


def test_taking_the_title_away_takes_the_join_away_and_back(tmp_path: Path) -> None:
    base = build(tmp_path / "a", DOCUMENTS[:2])
    alone = link(base, "quang-ngai/ubnd/2022/kh/02")
    assert alone[2] == DECISION
    base.remove("a")
    base.resolve()
    assert link(base, "quang-ngai/ubnd/2022/kh/02")[1] == "name"
    put(base, DOCUMENTS[:1])
    base.resolve()
    assert link(base, "quang-ngai/ubnd/2022/kh/02") == alone
    own = str(link(build(tmp_path / "b", DOCUMENTS[1:2]), "quang-ngai/ubnd/2022/kh/02")[2])
    assert base.redirect(own) == DECISION  # the page it had for itself leads on


def test_a_pasted_text_is_answered_by_the_same_rules(sample_kb: Path) -> None:
    base = KnowledgeBase.open(sample_kb)
    text = (
        "UBND TỈNH QUẢNG NGÃI\n\nSố: 12/KH-UBND\n\nQuảng Ngãi, ngày 5 tháng 1 năm 2022\n\nKẾ HOẠCH\nCông tác năm 2022\n\n"
        "Thực hiện Đề án sắp xếp, đổi mới đơn vị sự nghiệp công lập của tỉnh giai đoạn 2017 - 2025."
    )
    (found,) = [one for one in base.resolve_reading(read(text, Hints()), text) if one.method == "programme_title"]
    assert found.document is not None and found.document.id == NODE and (found.score or 0) >= JOINED


# -- user story 8 --------------------------------------------------------------------------------------------------


@pytest.fixture(params=["bundled", "seeds"])
def story_kb(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue("sample_kb" if request.param == "bundled" else "seed_kb"))


def test_story_8_through_the_library(story_kb: Path) -> None:
    base = KnowledgeBase.open(story_kb)
    found = open_search(base, story_kb)(QUERY)
    first = found.items[0].document
    assert first.id == NODE and first.name_score is not None and JOINED <= first.name_score <= 1
    assert [one.document.id for one in found.items].count(NODE) == 1
    edges = base.citations(NODE, direction="in").items
    by_title = [edge for edge in edges if edge.method == "programme_title"]
    by_number = [edge for edge in edges if edge.kind == "number"]
    assert [edge.file.rpartition("/")[2][:14] for edge in by_title] in (["001_37bfc7306d"], ["quang-ngai-272"])
    assert {edge.number for edge in by_number} == {"449/QĐ-UBND"} and by_number[0].file != by_title[0].file
    assert by_title[0].score == first.name_score


@pytest.mark.parametrize(("lang", "said"), [("vi", "nối theo tên, điểm 0,9"), ("en", "joined by title, score 0.9")])
def test_story_8_on_the_command_line(story_kb: Path, lang: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", QUERY, "--kb", str(story_kb), "--lang", lang]) == 0
    printed = capsys.readouterr().out
    assert printed.index(NODE) < printed.index(said) < printed.index("\n2. ")
    assert main(["search", QUERY, "--kb", str(story_kb), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)["items"][0]
    assert first["id"] == NODE and first["name_score"] >= JOINED
    for verb in ("lookup", "trace"):
        assert main([verb, "449/QĐ-UBND", "--kb", str(story_kb), "--lang", lang]) == 0
        assert said in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("which", ["bundled", "seeds"])
def test_story_8_on_the_pages(which: str, request: pytest.FixtureRequest) -> None:
    web: FlaskClient = request.getfixturevalue(which)
    for lang, said in (("vi", "nối theo tên, điểm 0,9"), ("en", "joined by title, score 0.9")):
        results = BeautifulSoup(web.get("/tim", query_string={"q": QUERY, "lang": lang}).data, "lxml")
        first = results.select_one(".rows > li")
        assert first is not None and "449/QĐ-UBND" in first.get_text() and said in first.get_text()
        page = BeautifulSoup(web.get(f"/vb/{NODE}", query_string={"lang": lang}).data, "lxml")
        for part in ("#dan-boi", "#luoc-do", "header.title"):
            section = page.select_one(part)
            assert section is not None and said in section.get_text(), part
    assert web.get(f"/vb/{NODE}.json").get_json()["document"]["name_score"] >= JOINED
    api = web.get(f"/api/v1/documents/{NODE}/citations", query_string={"direction": "in"}).get_json()
    assert {item["score"] >= JOINED for item in api["items"] if item["method"] == "programme_title"} == {True}
