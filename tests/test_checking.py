"""The check before signing: for each kind of problem a draft that has it and one that has not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from kb_fixtures import build, cite, plan, reading

from kb.checking.catalogue import RULES
from kb.checking.check import check
from kb.checking.report import Report
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
        ("b", plan("2/KH-UBND", "2022-01-07"), [
            cite("2395/QĐ-UBND", "2021-12-24", province=NT), cite("24/2014/NĐ-CP", "2014-04-04"),
        ]),
        *((number.replace("/", "-"), plan(number, date, type="quyet-dinh-ubnd"),
           [cite(one, f"{one[3:7]}-05-05", province=NT, relation=relation) for one in cited])
          for number, date, relation, cited in acts),
    ])  # fmt: skip


def checked(base: KnowledgeBase, *cited: Citation, own: OwnIdentity | None = DRAFT) -> Report:
    text, read = reading(own, cited)
    return check(base, read, text)


def kinds(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.code != "unknown"]


def ubnd(number: str, date: str | None = None, **more: Any) -> Citation:
    return cite(number, date, **({"province": NT} | more))


Q = "2395/QĐ-UBND"
FIRES: list[tuple[str, Sequence[Citation]]] = [
    ("date_other", [ubnd(Q, "2021-10-24")]),  # another day of that year
    ("date_other", [ubnd(Q, "2020-12-24")]),  # a slip in the year
    ("date_unsettled", [cite("57-NQ/TW", "2020-12-22")]),  # one text alone has another
    ("date_other", [cite("24/2014/NĐ-CP", "2014-04-14")]),
    ("date_year", [cite("24/2014/NĐ-CP", "2015-04-04")]),
    ("date_year", [cite("999/2014/NĐ-CP", "2015-04-04")]),
    ("date_after_draft", [ubnd("77/QĐ-UBND", "2022-06-02")]),
    ("date_after_draft", [ubnd("77/QĐ-UBND", "2023")]),
    ("effect_ended", [ubnd("08/2015/QĐ-UBND", "2015-05-05")]),
    ("effect_ended", [ubnd("09/2015/QĐ-UBND", "2015-05-05")]),
    ("effect_ended", [ubnd("10/2015/QĐ-UBND", "2015-05-05")]),
    ("effect_amended", [ubnd("11/2015/QĐ-UBND", "2015-05-05")]),
    ("effect_amended", [ubnd("12/2015/QĐ-UBND", "2015-05-05")]),
    ("number_doubtful", [ubnd(Q, "2021-12-24", notes=("number_doubtful",))]),
    ("ambiguous", [ubnd("3000/QĐ-UBND", "2021")]),
    ("province_missing", [ubnd("4321/QĐ-UBND", "2021-12-24", province="?")]),
    ("date_missing", [cite("24/2014/NĐ-CP")]),
]  # fmt: skip
SILENT: list[tuple[str, Sequence[Citation]]] = [
    ("date_other", [ubnd(Q, "2021-12-24")]),
    ("date_other", [ubnd(Q, "2021-12")]),  # a month that fits
    ("date_other", [ubnd(Q, "2019-10-24")]),  # another year has its own number 2395
    ("date_other", [ubnd("681/QĐ-UBND", "2021-10-27")]),  # the other province's is another document
    ("date_year", [cite("24/2014/NĐ-CP", "2014-04-04")]),
    ("date_year", [ubnd("2014/QĐ-UBND", "2015-04-04")]),  # 2014 is the ordinal
    ("date_after_draft", [ubnd("77/QĐ-UBND", "2022-06-01")]),
    ("date_after_draft", [ubnd("77/QĐ-UBND", "2022")]),
    ("effect_ended", [ubnd("13/2015/QĐ-UBND", "2015-05-05")]),  # ended after the draft's day
    ("effect_ended", [ubnd("11/2015/QĐ-UBND", "2015-05-05")]),
    ("effect_amended", [ubnd("08/2015/QĐ-UBND", "2015-05-05")]),
    ("number_doubtful", [ubnd(Q, "2021-12-24")]),
    ("ambiguous", [ubnd("3000/QĐ-UBND", "2021-01-05")]),
    ("ambiguous", [ubnd("3000/QĐ-UBND", "2021-01-05"), ubnd("3000/QĐ-UBND")]),  # the draft dates it
    ("ambiguous", [ubnd(Q, "2021-12-24", province="?")]),  # said by province_missing
    ("ambiguous", [ubnd("77/QĐ-UBND", "2021-01-05"), ubnd("77/QĐ-UBND", "2021-09-05"), ubnd("77/QĐ-UBND")]),
    ("ambiguous_one", [ubnd(Q, "2021-12-24")]),
    ("province_missing", [cite("24/2014/NĐ-CP", "2014-04-04")]),
    ("date_missing", [cite("24/2014/NĐ-CP", "2014-04-04"), cite("24/2014/NĐ-CP")]),  # given where first cited
    ("date_missing", [cite("31/2024/QH15", **LAW)]),  # a law needs only its name
    ("date_missing", [ubnd("9/KH-UBND")]),  # the draft itself, in the heading of an annex
    ("date_missing", [cite(None, text="Luật Đất đai", kind="named", title="Luật Đất đai", type="luat")]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cited"), FIRES)
def test_a_draft_that_has_it(base: KnowledgeBase, kind: str, cited: Sequence[Citation]) -> None:
    report = checked(base, *cited)
    assert kinds(report) == [kind]
    finding = report.findings[0]
    assert finding.severity == RULES[kind].severity and report.passed is (finding.severity == "note")
    (place,) = finding.places
    assert (finding.raw, place.start, place.line) == (cited[0].text, len("KẾ HOẠCH\n- "), 2)


@pytest.mark.parametrize(("kind", "cited"), SILENT)
def test_a_draft_that_has_it_not(base: KnowledgeBase, kind: str, cited: Sequence[Citation]) -> None:
    assert kind not in kinds(checked(base, *cited))


def test_the_only_document_known_without_a_date(base: KnowledgeBase) -> None:
    assert kinds(checked(base, ubnd(Q))) == ["date_missing", "ambiguous_one"]
    assert kinds(checked(base, ubnd("3000/QĐ-UBND"))) == ["ambiguous", "date_missing"]


def test_without_the_drafts_own_day_acts_are_noted_and_nothing_is_younger(base: KnowledgeBase) -> None:
    own = plan("9/KH-UBND", None)
    assert kinds(checked(base, ubnd("13/2015/QĐ-UBND", "2015-05-05"), own=own)) == ["effect_unsure"]
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
    assert (report.passed, report.summary.citations) == (True, 5)
    assert [(one.verdict, one.reason.id.rpartition(".")[2]) for one in report.citations] == [
        ("right", "date_agrees"),
        ("not_found", "not_in_base"),
        ("not_checked", "not_a_number"),
        ("right", "known"),
        ("not_checked", "no_antecedent"),
    ]
    assert report.summary.verdicts == {
        "right": 2, "wrong": 0, "other_document": 0, "not_found": 1, "ambiguous": 0, "not_checked": 2,
    }  # fmt: skip


def test_the_words_name_what_is_known(base: KnowledgeBase) -> None:
    (wrong,) = checked(base, ubnd(Q, "2021-10-24")).findings
    assert "24/10/2021" in wrong.text() and "24/12/2021" in wrong.text() and Q in wrong.text()
    assert "2021-10-24" in wrong.text("en") and "2021-12-24" in wrong.text("en")
    assert wrong.suggestion == "Văn bản số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận"
    assert [one.text() for one in wrong.evidence] == ["theo 2 văn bản"]
    (ended,) = checked(base, ubnd("08/2015/QĐ-UBND", "2015-05-05")).findings
    (proof,) = ended.evidence
    assert "08/2021/QĐ-UBND" in ended.text() and (proof.file, proof.line) == ("08-2021-QĐ-UBND", 2)
    (several,) = checked(base, ubnd("3000/QĐ-UBND", "2021")).findings
    assert "05/01/2021" in several.text() and "05/6/2021" in several.text()


def test_one_entry_for_one_document_with_all_its_places(base: KnowledgeBase) -> None:
    report = checked(base, ubnd(Q, "2021-10-24"), cite("24/2014/NĐ-CP", "2014-04-04"), ubnd(Q, "2021-10-24"))
    (wrong,) = report.findings
    assert [place.line for place in wrong.places] == [2, 4] and wrong.citations == (0, 2)
    assert [one.verdict for one in report.citations] == ["wrong", "right", "wrong"]


def test_a_draft_that_is_stored_already_is_not_held_against_itself(base: KnowledgeBase) -> None:
    own = plan("08/2021/QĐ-UBND", "2021-03-01", type="quyet-dinh-ubnd")
    cited = ubnd("08/2015/QĐ-UBND", "2015-05-05", relation="repeals")
    assert kinds(checked(base, cited, ubnd("08/2021/QĐ-UBND"), own=own)) == []


def test_a_number_that_is_a_slip_of_a_known_one_is_told_though_a_text_has_it_too(tmp_path: Path) -> None:
    """Another text's misprint makes a document of the base: it is no witness for the same misprint in a draft."""
    title = "quy định chi tiết việc tuyển dụng, sử dụng và quản lý viên chức"
    right = cite("115/2020/NĐ-CP", "2020-09-25", title=title)
    base = build(tmp_path, [
        *((f"right{n}", plan(f"{n}/KH-UBND", "2022-01-06"), [right]) for n in range(1, 5)),
        ("wrong", plan("8/KH-UBND", "2022-01-06"), [cite("151/2020/NĐ-CP", "2020-09-25", title=title)]),
    ])  # fmt: skip
    told = checked(base, cite("151/2020/NĐ-CP", "2020-09-25", title=title)).findings
    assert [one.code for one in told] == ["number_other"]
    assert told[0].suggestion is not None and "115/2020/NĐ-CP" in told[0].suggestion
    year = checked(base, cite("115/2002/NĐ-CP", None, title=title))  # two digits of the year exchanged
    assert "number_likely" in kinds(year)
    type_ = checked(base, cite("115/2020/NQ-CP", "2020-09-25", title=title))
    assert "number_other" in kinds(type_)
    assert kinds(checked(base, right)) == []
