"""Registers in a base: what becomes of their rows, renewals, and a process that is killed at work."""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from kb_fixtures import build, cite, plan

from indexer.build.registers import export_rows
from kb.errors import NotFoundError, RegisterError
from kb.knowledge.registers.add import About, Source
from kb.knowledge.registers.columns import columns_of
from kb.knowledge.registers.read_again import read_again
from kb.knowledge.registers.report import RegisterReport
from kb.service import KnowledgeBase
from kb.store import upgrade
from kb.store.schema import document as document_table
from kb.store.schema import register, register_row

HEADS = ("Số hiệu", "Loại văn bản", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Tình trạng", "Văn bản thay thế")
Row = tuple[str, ...]


def decree(number: str, date: str, title: str, status: str = "Còn hiệu lực", later: str = "") -> Row:
    return (number, "Nghị định", date, "Chính phủ", title, status, later)


ACTS = [
    decree("24/2014/NĐ-CP", "04/04/2014", "Quy định tổ chức các cơ quan chuyên môn", "Hết hiệu lực một phần"),
    decree("30/2020/NĐ-CP", "05/03/2020", "Về công tác văn thư"),
    decree("110/2004/NĐ-CP", "08/04/2004", "Về công tác văn thư", "Hết hiệu lực toàn bộ", "30/2020/NĐ-CP"),
]


def add(base: KnowledgeBase, rows: Sequence[Row], name: str = "Sổ", **about: Any) -> RegisterReport:
    table = [HEADS, *rows]
    source = Source("so.csv", "0" * 64, lambda: iter(table), columns_of(lambda: iter(table)))
    report = base.add_register(About(name, **about), source)
    base.resolve()
    return report


def everything(base: KnowledgeBase) -> dict[str, Any]:
    """What a base says, without the numbers of its rows."""
    d, r = document_table.c, register_row.c
    shown = [column for column in document_table.columns if column.name not in ("id",)]
    rows = [column for column in register_row.columns if column.name not in ("id", "register_id", "document_id")]
    with base.store.reading() as connection:
        documents = [tuple(row) for row in connection.execute(sa.select(*shown).order_by(d.slug))]
        listed = connection.execute(
            sa.select(*rows, d.slug).outerjoin(document_table, d.id == r.document_id).order_by(r.register_id, r.row)
        )
        return {"documents": documents, "rows": [tuple(row) for row in listed], "id": base.build_id}


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> KnowledgeBase:
    where: str | Path = tmp_path / "kb"
    if request.param == "postgresql":
        where = request.getfixturevalue("postgres")()
    return KnowledgeBase.open(where, create=True)


def test_documents_of_a_register_are_documents_like_any_other(base: KnowledgeBase) -> None:
    report = add(base, ACTS, as_of="14/11/2025", scope="Nghị định")
    assert (report.rows, report.added, report.as_of) == (3, 3, "2025-11-14")
    (found,) = base.lookup("30/2020/NĐ-CP").matches
    assert (found.id, found.title, found.date) == ("tw/cp/2020/nd/30", "Về công tác văn thư", "2020-03-05")
    (row,) = base.registers_about("tw/cp/2004/nd/110")
    assert (row.register, row.as_of, row.scope, row.row) == ("Sổ", "2025-11-14", "Nghị định", 4)
    assert (row.status, row.status_words, row.replaced_by) == ("lapsed", "Hết hiệu lực toàn bộ", ("30/2020/NĐ-CP",))
    assert base.registers_about("tw/cp/2099/nd/1") == ()
    (one,) = base.registers()
    assert (one.rows, one.placed, one.states) == (3, 3, {"in_force": 1, "lapsed": 1, "partly_lapsed": 1})
    assert {one.id for one in base.searchable()} >= {"tw/cp/2020/nd/30", "tw/cp/2004/nd/110"}


def test_a_register_knows_better_than_those_who_cite_but_not_than_the_text_itself(tmp_path: Path) -> None:
    texts = [
        (
            f"{n}.txt",
            plan(f"{n}/KH-UBND", f"2022-01-0{n}"),
            [cite("30/2020/NĐ-CP", "2020-05-03", title="Về văn thư cũ")],
        )
        for n in (1, 2, 3)
    ]
    held = ("nd.txt", plan("24/2014/NĐ-CP", "2014-04-04", None, body="CP", title="Tên theo chính văn bản"), [])
    base = build(tmp_path, [*texts, held])
    assert base.lookup("30/2020/NĐ-CP").matches[0].date == "2020-05-03"
    add(base, ACTS)
    found, own = (base.lookup(number).matches for number in ("30/2020/NĐ-CP", "24/2014/NĐ-CP"))
    assert [(one.date, one.title, one.cited_by) for one in found] == [("2020-03-05", "Về công tác văn thư", 3)]
    assert [(one.title, one.role) for one in own] == [("Tên theo chính văn bản", "held")]
    assert base.registers_about(own[0].id)[0].title == "Quy định tổ chức các cơ quan chuyên môn"
    base.remove_register("Sổ")
    base.resolve()
    assert base.lookup("30/2020/NĐ-CP").matches[0].date == "2020-05-03"
    assert base.withdrawn("tw/cp/2004/nd/110") and base.registers() == ()


def test_the_newest_register_has_the_say(base: KnowledgeBase) -> None:
    add(base, [decree("30/2020/NĐ-CP", "05/03/2020", "Tên cũ")], "Cũ", as_of="2021")
    add(base, [decree("30/2020/NĐ-CP", "05/03/2020", "Tên mới")], "Mới", as_of="2025-01-01")
    add(base, [decree("30/2020/NĐ-CP", "05/03/2020", "Tên không ngày")], "Không ngày")
    assert base.lookup("30/2020/NĐ-CP").matches[0].title == "Tên mới"
    assert [row.register for row in base.registers_about("tw/cp/2020/nd/30")] == ["Mới", "Cũ", "Không ngày"]


def test_rows_without_a_date_are_documents_of_their_own_unless_something_tells(base: KnowledgeBase) -> None:
    letter = ("5/UBND-VX", "Công văn", "", "UBND tỉnh Ninh Thuận", "Về việc phòng cháy rừng năm nay", "", "")
    dated = ("5/UBND-VX", "Công văn", "01/02/2020", "UBND tỉnh Ninh Thuận", "Về việc khác hẳn với việc kia", "", "")
    add(base, [letter, dated])
    documents = [row.document for row in base.register_rows("Sổ")]
    assert documents[1] == "ninh-thuan/ubnd/2020/cv/05-vx" and documents[0] not in (None, documents[1])


def test_a_renewal_keeps_what_did_not_change_and_says_what_did(base: KnowledgeBase) -> None:
    add(base, ACTS, as_of="2025-01-01", scope="Nghị định")
    ids = {row.number: row.document for row in base.register_rows("Sổ")}
    renewed = [
        decree("1/2025/NĐ-CP", "02/01/2025", "Về một việc mới"),
        ACTS[0],
        decree("30/2020/NĐ-CP", "05/03/2020", "Về công tác văn thư, lưu trữ", "Hết hiệu lực toàn bộ", "1/2025/NĐ-CP"),
    ]
    report = add(base, renewed)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 1)
    assert [row.number for row in report.added_rows] == ["01/2025/NĐ-CP"] or report.added_rows[
        0
    ].number == "1/2025/NĐ-CP"
    (changed,), (removed,) = report.changed_rows, report.removed_rows
    assert set(changed.before) == {"title", "status", "status_words", "replaced_by"}
    assert (changed.before["status"], changed.after["status"]) == ("in_force", "lapsed")
    assert removed.number == "110/2004/NĐ-CP"
    assert (report.as_of, report.scope) == ("2025-01-01", "Nghị định")
    now = {row.number: (row.document, row.row) for row in base.register_rows("Sổ")}
    assert now["24/2014/NĐ-CP"] == (ids["24/2014/NĐ-CP"], 3) and now["30/2020/NĐ-CP"] == (ids["30/2020/NĐ-CP"], 4)
    assert base.lookup("110/2004/NĐ-CP").status == "not_found"
    again = add(base, renewed)
    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, 3)


def test_whatever_was_there_before_a_renewal_gives_what_adding_it_gives(tmp_path: Path) -> None:
    pick = random.Random(13)
    base = KnowledgeBase.open(tmp_path / "renewed", create=True)
    for turn in range(6):
        numbers = pick.sample(range(1, 25), 12)
        rows = [decree(f"{n}/{pick.choice((2019, 2020))}/NĐ-CP", f"0{pick.randint(1, 9)}/05/2020", f"Về việc số {n}")
                for n in numbers]  # fmt: skip
        rows += pick.sample(rows, 2)  # given twice
        add(base, rows)
        fresh = KnowledgeBase.open(tmp_path / f"fresh{turn}", create=True)
        add(fresh, rows)
        assert everything(base) == everything(fresh)


def test_a_row_given_twice_is_refused_with_the_row_it_repeats(base: KnowledgeBase) -> None:
    report = add(base, [ACTS[0], ACTS[1], ACTS[0]])
    assert [(remark.row, remark.code, remark.refused, remark.en) for remark in report.remarks] == [
        (4, "twice", True, "the same as row 2"),
    ]  # fmt: skip
    assert (report.rows, report.refused, base.register_remarks("Sổ")) == (2, 1, report.remarks)


def test_what_cannot_be_is_said_and_nothing_is_written(base: KnowledgeBase) -> None:
    with pytest.raises(RegisterError, match="no date"):
        add(base, ACTS, as_of="hôm nay")
    with pytest.raises(RegisterError, match="not readable as a document's number: abc"):
        add(base, [("abc", "", "01/01/2020", "", "", "", "")])
    assert base.registers() == ()
    for ask in (base.register, base.register_remarks, base.remove_register, base.register_rows):
        with pytest.raises(NotFoundError, match="Không có"):
            ask("Không có")


def test_what_is_exported_gives_the_same_register(base: KnowledgeBase, tmp_path: Path) -> None:
    add(base, ACTS)
    before = everything(base)["documents"]
    rows = list(export_rows(base.all_register_rows("Sổ")))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    table = list(csv.reader(io.StringIO(out.getvalue())))
    other = KnowledgeBase.open(tmp_path / "other", create=True)
    source = Source("x.csv", "1" * 64, lambda: iter(table), columns_of(lambda: iter(table)))
    other.add_register(About("Sổ"), source)
    other.resolve()
    assert everything(other)["documents"] == before
    assert list(export_rows(other.all_register_rows("Sổ"))) == rows


def test_an_upgrade_and_a_new_reader_leave_registers_as_they_were(base: KnowledgeBase) -> None:
    add(base, ACTS)
    before = everything(base)
    with base.store.writing() as connection:
        upgrade.derive_anew(connection)
    base.resolve()
    assert everything(base) == before
    with base.store.writing() as connection:
        connection.execute(register.update().values(reader_version="0"))
        connection.execute(register_row.update().values(key="tw//cp/nd/0", body="?"))
    read_again(base.store)
    base.resolve()
    assert everything(base) == before


# -- killed at work ------------------------------------------------------------------------------------------------

MANY = [decree(f"{n}/2020/NĐ-CP", f"{n % 28 + 1:02}/05/2020", f"Quy định về việc thứ {n}") for n in range(1, 241)]
AT_ONCE = 100
"""Rows written, and documents settled, together: so few that a small register takes several steps."""
_ADD = """
import sys, time
import sqlalchemy as sa
sys.path[:0] = [{tests!r}]
from test_registers import ACTS, AT_ONCE, MANY, add
from kb.knowledge.registers import add as written
from kb.resolution import resolve as settled
from kb.service import KnowledgeBase

written._AT_ONCE = settled.BATCH = AT_ONCE

left = {nth}

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def slowly(connection, cursor, statement, *_):
    global left
    if statement.startswith({statement!r}):
        left -= 1
        if not left:
            print("at work", flush=True)
            time.sleep(120)

base = KnowledgeBase.open({where!r})
add(base, {rows})
print("done", flush=True)
"""


def _killed(where: Path, project: Path, statement: str, nth: int, rows: str = "MANY") -> None:
    """Add to the base and kill the process behind the ``nth`` statement of that beginning."""
    script = _ADD.format(tests=str(Path(__file__).parent), where=str(where), statement=statement, nth=nth, rows=rows)
    environment = {**os.environ, "PYTHONPATH": str(project)}
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("statement", "nth", "old"),
    [
        pytest.param("INSERT INTO register_row", 2, True, id="rows half written"),
        pytest.param("DELETE FROM register_row", 1, True, id="old rows gone"),
        pytest.param("UPDATE register_row SET document_id", 3, False, id="documents half known"),
        pytest.param("UPDATE document", 2, False, id="documents half settled"),
    ],
)
def test_killed_at_work_the_base_is_whole_and_the_next_run_ends_the_same(
    statement: str, nth: int, old: bool, tmp_path: Path, project: Path
) -> None:
    where = tmp_path / "kb"
    base = KnowledgeBase.open(where, create=True)
    add(base, ACTS)
    before = everything(base)
    base.close()
    _killed(where, project, statement, nth)
    base = KnowledgeBase.open(where)
    if old:
        assert everything(base) == before
    else:
        assert base.register("Sổ").rows == len(MANY)
    report = add(base, MANY)
    assert report.unchanged == (0 if old else len(MANY))
    whole = KnowledgeBase.open(tmp_path / "whole", create=True)
    add(whole, ACTS)
    add(whole, MANY)
    assert everything(base) == everything(whole)


def test_two_that_renew_one_register_at_once_do_not_mix(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    add(base, ACTS)
    from kb.knowledge.registers import add as module

    real: Callable[..., Any] = module._read_all

    def meanwhile(*args: Any) -> Any:
        monkeypatch.setattr(module, "_read_all", real)
        add(base, ACTS[:1])
        return real(*args)

    monkeypatch.setattr(module, "_read_all", meanwhile)
    with pytest.raises(RegisterError, match="changed the register"):
        add(base, ACTS[1:])
    assert [row.number for row in base.register_rows("Sổ")] == ["24/2014/NĐ-CP"]


def test_what_registers_alone_list_stands_behind_what_the_base_holds_and_cites(tmp_path: Path) -> None:
    base = build(tmp_path, [("a", plan("24/KH-UBND", "2022-01-06"), [cite("24/QĐ-UBND", "2021-03-01")])])
    add(base, ACTS)
    found = [one.number for one in base.lookup("24").matches]
    assert sorted(found[:2]) == ["24/KH-UBND", "24/QĐ-UBND"] and found[2:] == ["24/2014/NĐ-CP"]
