"""Reviewed fixes: data with author, date and reason, replayed whenever a text is read again; undone without a trace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kb_fixtures import build, cite, export_text, plan, reading, source

from kb.errors import CorrectionError
from kb.model import Hints, Reading
from kb.resolution.reread import reread
from kb.service import KnowledgeBase
from kb.store.corrections import COLUMNS, Correction, parse_tsv, to_tsv

NT = "Ninh Thuận"
PLAN = "ninh-thuan/ubnd/2022/kh/01"
RELATIONS = ("based_on", "implements", "cites")


def _fix(kind: str, subject: str, value: str = "-") -> Correction:
    return Correction(kind, subject, value, "Nguyễn Thị Lan", "2026-01-05", "đã đối chiếu bản gốc")


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    return build(tmp_path, [
        ("a.txt", plan("1/KH-UBND", "2022-06-01"), [
            cite("2395/QĐ-UBND", "2021-12-24", province=NT, relation="cites"),
            cite("681/QĐ-UBND", "2021-10-27", province=NT),
        ]),
        ("b.txt", plan("2/KH-UBND", "2022-06-01"), [cite("682/QĐ-UBND", "2021-10-27", province=NT)]),
    ])  # fmt: skip


def _where(base: KnowledgeBase, raw: str) -> str:
    text = base.text_of(PLAN)
    assert text is not None
    return f"{text.file}@{next(c.start for c in text.citations if c.raw == raw)}"


def _targets(base: KnowledgeBase) -> list[str]:
    return [edge.target.id for edge in base.citations(PLAN, direction="out").items if edge.target]


@pytest.mark.parametrize(
    ("kind", "value", "target", "relation"),
    [
        ("number", "2396/QĐ-UBND", "ninh-thuan/ubnd/2021/qd/2396", "cites"),
        ("date", "2020-12-24", "ninh-thuan/ubnd/2020/qd/2395", "cites"),
        ("province", "Bình Định", "binh-dinh/ubnd/2021/qd/2395", "cites"),
        ("unit", "Xã Phước Dinh", "ninh-thuan/xa-phuoc-dinh/ubnd/2021/qd/2395", "cites"),
        ("issuer", "HĐND", "ninh-thuan/hdnd/2021/qd/2395", "cites"),
        ("relation", "implements", "ninh-thuan/ubnd/2021/qd/2395", "implements"),
        ("split", "ninh-thuan/ubnd/2021/qd/682", "ninh-thuan/ubnd/2021/qd/682", "cites"),
    ],
)
def test_a_correction_takes_effect_is_replayed_and_can_be_undone(
    base: KnowledgeBase, kind: str, value: str, target: str, relation: str
) -> None:
    before = export_text(base.store, "jsonl")
    report = base.add_correction(_fix(kind, _where(base, "2395/QĐ-UBND"), value))
    assert (report.corrections, report.missed) == (1, ())
    assert report.citations == 1
    edge = base.citations(PLAN, direction="out").items[0]
    assert edge.target is not None
    assert (edge.target.id, edge.relation) == (target, relation)
    # the file is read again: the correction still holds
    text, read = reading(plan("1/KH-UBND", "2022-06-01"), [
        cite("2395/QĐ-UBND", "2021-12-24", province=NT, relation="cites"),
        cite("681/QĐ-UBND", "2021-10-27", province=NT),
    ])  # fmt: skip
    assert base.put(source("a.txt", f"{text}\na.txt"), replace(read, version="newer")) == "changed"
    base.resolve()
    edge = base.citations(PLAN, direction="out").items[0]
    assert edge.target is not None and edge.target.id == target
    base.remove_correction(1)
    assert export_text(base.store, "jsonl") == before


def test_what_is_no_citation_disappears_from_text_and_graph(base: KnowledgeBase) -> None:
    base.add_correction(_fix("not_a_citation", _where(base, "2395/QĐ-UBND")))
    assert _targets(base) == ["ninh-thuan/ubnd/2021/qd/681"]
    assert base.document("ninh-thuan/ubnd/2021/qd/2395") is None
    text = base.text_of(PLAN)
    assert text is not None and [c.raw for c in text.citations] == ["681/QĐ-UBND"]


def test_merged_documents_are_one_and_the_old_permalink_leads_on(base: KnowledgeBase) -> None:
    before = export_text(base.store, "jsonl")
    old, new = "ninh-thuan/ubnd/2021/qd/682", "ninh-thuan/ubnd/2021/qd/681"
    base.add_correction(_fix("merge", old, new))
    found = base.document(old)
    assert found is not None and found.id == new and found.cited_by == 2
    assert base.redirect(old) == new
    base.remove_correction(1)
    assert export_text(base.store, "jsonl") == before


def test_documents_are_merged_while_a_text_that_cites_them_is_read_again(base: KnowledgeBase) -> None:
    """What a text cited before is forgotten then; the correction itself says where the old permalink leads."""
    old, new = "ninh-thuan/ubnd/2021/qd/682", "ninh-thuan/ubnd/2021/qd/681"
    text, read = reading(plan("2/KH-UBND", "2022-06-01"), [cite("682/QĐ-UBND", "2021-10-27", province=NT)])
    assert base.put(source("b.txt", text), read, again=True) == "changed"
    base.add_correction(_fix("merge", old, new))
    assert base.redirect(old) == new and not base.withdrawn(old)


def test_a_header_can_be_corrected(base: KnowledgeBase) -> None:
    before = export_text(base.store, "jsonl")
    base.add_correction(_fix("number", "a.txt", "11/KH-UBND"))
    found = base.document("ninh-thuan/ubnd/2022/kh/11")
    assert found is not None and found.role == "held"
    base.remove_correction(1)
    assert export_text(base.store, "jsonl") == before


def test_the_tsv_in_the_folder_is_the_same_list(base: KnowledgeBase) -> None:
    where = _where(base, "2395/QĐ-UBND")
    base.add_correction(_fix("relation", where, "implements"))
    assert base.store.folder is not None
    path = base.store.folder / "corrections.tsv"
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert lines[1].split("\t")[:3] == ["relation", where, "implements"]
    path.write_text(path.read_text("utf-8").replace("implements", "based_on"), "utf-8")
    report = base.apply_corrections()
    assert report.corrections == 1
    assert base.citations(PLAN, direction="out").items[0].relation == "based_on"


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (_fix("relation", "a.txt@999999", "cites"), "999999"),
        (_fix("number", "none.txt@3", "1/QĐ-UBND"), "none.txt"),
        (_fix("merge", "ninh-thuan/ubnd/2021/qd/681", "ninh-thuan/ubnd/1999/qd/01"), "1999"),
    ],
)
def test_a_correction_without_effect_is_said(base: KnowledgeBase, correction: Correction, reason: str) -> None:
    (missed,) = base.add_correction(correction).missed
    assert reason in missed.vi and reason in missed.en


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("relation\ta.txt@5\tlikes\tLan\t2026-01-05\tvì sao", "likes"),
        ("rename\ta.txt@5\tx\tLan\t2026-01-05\tvì sao", "rename"),
        ("number\ta.txt@5\t1/QĐ-UBND\t\t2026-01-05\tvì sao", "author"),
        ("number\ta.txt@5\t1/QĐ-UBND", "3"),
        ("not_a_citation\ta.txt\t-\tLan\t2026-01-05\tvì sao", "subject"),
    ],
)
def test_a_wrong_line_is_named(line: str, words: str) -> None:
    with pytest.raises(CorrectionError) as error:
        parse_tsv("\t".join(COLUMNS) + "\n# ghi chú\n" + line, RELATIONS)
    assert "3" in error.value.text("vi") and words in error.value.text("vi")
    assert words in error.value.text("en")


def test_tsv_round_trip() -> None:
    made = (_fix("merge", "a/b", "c/d"), _fix("not_a_citation", "x@y.txt@17"))
    assert parse_tsv(to_tsv(made), RELATIONS) == made
    assert made[1].place == ("x@y.txt", 17)


def test_reading_anew_reports_what_was_gained_lost_and_changed(base: KnowledgeBase) -> None:
    base.add_correction(_fix("relation", _where(base, "2395/QĐ-UBND"), "implements"))

    def newer(text: str, hints: Hints) -> Reading:
        own = plan("1/KH-UBND" if text.endswith("a.txt") else "2/KH-UBND", "2022-06-01")
        if text.endswith("b.txt"):
            return Reading(own, (), "2")
        first, second = reading(own, [
            cite("2395/QĐ-UBND", "2021-12-25", province=NT, relation="cites"), cite("681/QĐ-UBND", province=NT),
        ])[1].citations  # fmt: skip
        return Reading(own, (first, second._replace(end=second.end - 1)), "2")

    report = reread(base.store, reader=newer, version="2")
    assert (report.read, report.gained, report.lost, report.changed) == (2, 1, 2, 1)
    a, b = report.files
    assert (a.name, a.gained, a.lost, a.changed, a.header) == ("a.txt", 1, 1, 1, False)
    assert (b.gained, b.lost, b.changed) == (0, 1, 0)
    changed = next(d for d in a.differences if d.change == "changed")
    assert (changed.before, changed.after) == ({"date": "2021-12-24"}, {"date": "2021-12-25"})
    assert base.citations(PLAN, direction="out").items[0].relation == "implements", "corrections are replayed"
    assert reread(base.store, reader=newer, version="2").read == 0
