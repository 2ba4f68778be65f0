"""The check before signing: for each kind of problem a draft that has it and one that has not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from kb_fixtures import build, cite, plan, reading

from kb.checking.check import KINDS, CheckReport, check
from kb.model import Citation, OwnIdentity
from kb.service import KnowledgeBase

NT, QN, BD = "Ninh Thuận", "Quảng Ngãi", "Bình Định"
LAW = {"type": "luat"}
DRAFT = plan("9/KH-UBND", "2022-06-01")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    acts = [
        ("08/2021/QĐ-UBND", "2021-03-01", "repeals", ["08/2015/QĐ-UBND"]),
        ("09/2021/QĐ-UBND", "2021-03-02", "replaces", ["09/2015/QĐ-UBND"]),
        ("10/2021/QĐ-UBND", "2021-03-03", "suspends", ["10/2015/QĐ-UBND"]),
        ("11/2021/QĐ-UBND", "2021-03-04", "amends", ["11/2015/QĐ-UBND"]),
        ("12/2021/QĐ-UBND", "2021-03-05", "corrects", ["12/2015/QĐ-UBND"]),
        ("13/2023/QĐ-UBND", "2023-03-05", "repeals", ["13/2015/QĐ-UBND"]),
    ]
    return build(tmp_path_factory.mktemp("kb"), [
        ("a", plan("1/KH-UBND", "2022-01-06"), [
            cite("2395/QĐ-UBND", "2021-12-24", province=NT), cite("3000/QĐ-UBND", "2021-01-05", province=NT),
            cite("3000/QĐ-UBND", "2021-06-05", province=NT), cite("24/2014/NĐ-CP", "2014-04-04"),
            cite("57-NQ/TW", "2021-12-22"), cite("681/QĐ-UBND", "2021-02-20", province=BD),
        ]),
        *((number.replace("/", "-"), plan(number, date, type="quyet-dinh-ubnd"),
           [cite(one, f"{one[3:7]}-05-05", province=NT, relation=relation) for one in cited])
          for number, date, relation, cited in acts),
    ])  # fmt: skip


def checked(base: KnowledgeBase, *cited: Citation, own: OwnIdentity | None = DRAFT) -> CheckReport:
    text, read = reading(own, cited)
    return check(base, read, text)


def kinds(report: CheckReport) -> list[str]:
    return [problem.kind for problem in report.problems]


def ubnd(number: str, date: str | None = None, **more: Any) -> Citation:
    return cite(number, date, **({"province": NT} | more))


Q = "2395/QĐ-UBND"
FIRES: list[tuple[str, Sequence[Citation]]] = [
    ("wrong_date", [ubnd(Q, "2021-10-24")]),  # another day of that year
    ("wrong_date", [ubnd(Q, "2020-12-24")]),  # a slip in the year
    ("wrong_date", [cite("57-NQ/TW", "2020-12-22")]),
    ("wrong_date", [cite("24/2014/NĐ-CP", "2014-04-14")]),
    ("year_conflict", [cite("24/2014/NĐ-CP", "2015-04-04")]),
    ("year_conflict", [cite("999/2014/NĐ-CP", "2015-04-04")]),
    ("target_younger", [ubnd("77/QĐ-UBND", "2022-06-02")]),
    ("target_younger", [ubnd("77/QĐ-UBND", "2023")]),
    ("ended", [ubnd("08/2015/QĐ-UBND", "2015-05-05")]),
    ("ended", [ubnd("09/2015/QĐ-UBND", "2015-05-05")]),
    ("ended", [ubnd("10/2015/QĐ-UBND", "2015-05-05")]),
    ("changed", [ubnd("11/2015/QĐ-UBND", "2015-05-05")]),
    ("changed", [ubnd("12/2015/QĐ-UBND", "2015-05-05")]),
    ("unsure_reading", [ubnd(Q, "2021-12-24", notes=("number_doubtful",))]),
    ("ambiguous", [ubnd("3000/QĐ-UBND", "2021")]),
    ("no_province", [ubnd("4321/QĐ-UBND", "2021-12-24", province="?")]),
    ("no_date", [cite("24/2014/NĐ-CP")]),
]  # fmt: skip
SILENT: list[tuple[str, Sequence[Citation]]] = [
    ("wrong_date", [ubnd(Q, "2021-12-24")]),
    ("wrong_date", [ubnd(Q, "2021-12")]),  # a month that fits
    ("wrong_date", [ubnd(Q, "2019-10-24")]),  # another year has its own number 2395
    ("wrong_date", [ubnd("681/QĐ-UBND", "2021-10-27")]),  # the other province's is another document
    ("year_conflict", [cite("24/2014/NĐ-CP", "2014-04-04")]),
    ("year_conflict", [ubnd("2014/QĐ-UBND", "2015-04-04")]),  # 2014 is the ordinal
    ("target_younger", [ubnd("77/QĐ-UBND", "2022-06-01")]),
    ("target_younger", [ubnd("77/QĐ-UBND", "2022")]),
    ("ended", [ubnd("13/2015/QĐ-UBND", "2015-05-05")]),  # ended after the draft's day
    ("ended", [ubnd("11/2015/QĐ-UBND", "2015-05-05")]),
    ("changed", [ubnd("08/2015/QĐ-UBND", "2015-05-05")]),
    ("unsure_reading", [ubnd(Q, "2021-12-24")]),
    ("ambiguous", [ubnd("3000/QĐ-UBND", "2021-01-05")]),
    ("ambiguous", [ubnd("3000/QĐ-UBND", "2021-01-05"), ubnd("3000/QĐ-UBND")]),  # the draft dates it
    ("ambiguous", [ubnd(Q, "2021-12-24", province="?")]),  # said by no_province
    ("ambiguous", [ubnd("77/QĐ-UBND", "2021-01-05"), ubnd("77/QĐ-UBND", "2021-09-05"), ubnd("77/QĐ-UBND")]),
    ("one_known", [ubnd(Q, "2021-12-24")]),
    ("no_province", [cite("24/2014/NĐ-CP", "2014-04-04")]),
    ("no_date", [cite("24/2014/NĐ-CP", "2014-04-04"), cite("24/2014/NĐ-CP")]),  # given where first cited
    ("no_date", [cite("31/2024/QH15", **LAW)]),  # a law needs only its name
    ("no_date", [ubnd("9/KH-UBND")]),  # the draft itself, in the heading of an annex
    ("no_date", [cite(None, text="Luật Đất đai", kind="named", title="Luật Đất đai", type="luat")]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cited"), FIRES)
def test_a_draft_that_has_it(base: KnowledgeBase, kind: str, cited: Sequence[Citation]) -> None:
    report = checked(base, *cited)
    assert kinds(report) == [kind]
    (problem,) = report.problems
    severity = KINDS[kind]
    assert problem.severity == severity and report.passed is (severity == "info")
    assert (problem.raw, problem.start, problem.line) == (cited[0].text, len("KẾ HOẠCH\n- "), 2)
    assert problem.message and problem.message_en and "{" not in problem.message + problem.message_en


@pytest.mark.parametrize(("kind", "cited"), SILENT)
def test_a_draft_that_has_it_not(base: KnowledgeBase, kind: str, cited: Sequence[Citation]) -> None:
    assert kind not in kinds(checked(base, *cited))


def test_the_only_document_known_without_a_date(base: KnowledgeBase) -> None:
    assert kinds(checked(base, ubnd(Q))) == ["one_known", "no_date"]
    assert kinds(checked(base, ubnd("3000/QĐ-UBND"))) == ["ambiguous", "no_date"]


def test_every_kind_has_a_draft() -> None:
    assert {kind for kind, _ in FIRES} | {"one_known"} == set(KINDS) == {kind for kind, _ in SILENT}


def test_without_the_drafts_own_day_all_acts_count_and_nothing_is_younger(base: KnowledgeBase) -> None:
    own = plan("9/KH-UBND", None)
    assert kinds(checked(base, ubnd("13/2015/QĐ-UBND", "2015-05-05"), own=own)) == ["ended"]
    assert kinds(checked(base, ubnd("77/QĐ-UBND", "2030-06-02"), own=own)) == []
    assert kinds(checked(base, ubnd("77/QĐ-UBND", "2030-06-02"), own=None)) == []


def test_what_was_compared_and_what_could_not_be(base: KnowledgeBase) -> None:
    report = checked(
        base,
        ubnd(Q, "2021-12-24"),
        ubnd("999/QĐ-UBND", "2021-12-24"),
        cite(None, text="văn bản ấy"),
        cite(None, text="Quyết định nêu trên", kind="back_reference", parent=0),
        cite(None, text="Nghị quyết này", kind="back_reference"),
    )
    assert (report.passed, report.citations, report.checked) == (True, 5, 2)
    assert [(one.reason, one.raw, one.line) for one in report.not_checked] == [
        ("not_in_base", "999/QĐ-UBND", 3),
        ("not_a_number", "văn bản ấy", 4),
        ("no_antecedent", "Nghị quyết này", 6),
    ]


def test_the_words_name_what_is_known(base: KnowledgeBase) -> None:
    (wrong,) = checked(base, ubnd(Q, "2021-10-24")).problems
    assert "24/10/2021" in wrong.message and "24/12/2021" in wrong.message and Q in wrong.message
    assert "2021-10-24" in wrong.message_en and "2021-12-24" in wrong.message_en
    (ended,) = checked(base, ubnd("08/2015/QĐ-UBND", "2015-05-05")).problems
    assert "08/2021/QĐ-UBND" in ended.message and "08-2021-QĐ-UBND:2" in ended.message
    (several,) = checked(base, ubnd("3000/QĐ-UBND", "2021")).problems
    assert "05/01/2021" in several.message and "05/6/2021" in several.message


def test_a_draft_that_is_stored_already_is_not_held_against_itself(base: KnowledgeBase) -> None:
    own = plan("08/2021/QĐ-UBND", "2021-03-01", type="quyet-dinh-ubnd")
    cited = ubnd("08/2015/QĐ-UBND", "2015-05-05", relation="repeals")
    assert kinds(checked(base, cited, ubnd("08/2021/QĐ-UBND"), own=own)) == []
