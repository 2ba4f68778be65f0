"""A base made by version 0.1.0 opens after the upgrade, with nothing lost that no text can give again."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from kb_fixtures import build, cite, plan

from kb.answers.export import export
from kb.errors import KnowledgeBaseError
from kb.model import Hints, Reading
from kb.reading import read
from kb.resolution import derive
from kb.service import KnowledgeBase
from kb.store import schema, upgrade
from kb.store.sql import meta_value, set_meta

Where = str | Path

DUMP = Path(__file__).parent / "data" / "base_of_0_1_0.sql"
"""Five bundled samples ingested by version 0.1.0, with three corrections, a merged id and three withdrawn ones."""

PLAN = "quang-ngai/skhcn/x/kh/x-c9a4082c"
MERGED, HEIR = "quang-ngai/ubnd/2016/ct/17", "quang-ngai/ubnd/2017/qd/449"
WITHDRAWN = (
    "quang-ngai/skhcn/2020/qd/335", "tw/cp/2004/nd/110", "tw/ubtvqh/2001/pl/phap-lenh-luu-tru-quoc-gia",
)  # fmt: skip


def old_file(folder: Path) -> Path:
    """A folder with a base as version 0.1.0 left it."""
    folder.mkdir()
    made = sqlite3.connect(folder / "kb.sqlite")
    made.executescript(DUMP.read_text(encoding="utf-8"))
    made.execute("PRAGMA journal_mode=WAL")
    made.close()
    return folder


def old_server(url: str) -> str:
    """The same base on a server: the tables of version 0.1.0 there, filled with the same rows."""
    source = sa.create_engine("sqlite://")
    with source.connect() as rows, sa.create_engine(url).begin() as server:
        rows.connection.executescript(DUMP.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
        tables = sa.MetaData()
        tables.reflect(rows)
        for table in tables.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, sa.Text):
                    column.type = sa.Text(collation="C")
            for index in table.indexes:  # conditions are reflected for the database that they were read from
                condition = index.dialect_options["sqlite"]["where"]
                index.dialect_options["postgresql"]["where"] = condition
        tables.create_all(server)
        for table in tables.sorted_tables:
            found = [row._asdict() for row in rows.execute(sa.select(table))]
            if found:
                server.execute(table.insert(), found)
            if "id" in table.columns and found:
                last = max(row["id"] for row in found)
                server.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "id"), last)))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """A base of version 0.1.0 in a folder, then on a real server."""
    if request.param == "sqlite":
        return old_file(tmp_path / "kb")
    return old_server(request.getfixturevalue("postgres")())


def everything(base: KnowledgeBase) -> str:
    return "".join(export(base.store, "jsonl"))


def old_ids() -> set[str]:
    with sqlite3.connect(":memory:") as made:
        made.executescript(DUMP.read_text(encoding="utf-8"))
        return {slug for (slug,) in made.execute("SELECT slug FROM document UNION SELECT old FROM redirect")}


def test_a_base_of_0_1_0_opens_with_its_corrections_and_permalinks(old: Where) -> None:
    base = KnowledgeBase.open(old)
    assert [(one.kind, one.value, one.author) for one in base.corrections()] == [
        ("number", "336/QĐ-SKHCN", "Lan"), ("relation", "implements", "Lan"), ("merge", HEIR, "Lan"),
    ]  # fmt: skip
    assert base.redirect(MERGED) == HEIR
    assert all(base.withdrawn(id) for id in WITHDRAWN)
    out = {edge.number: (edge.target.id, edge.relation) for edge in base.citations(PLAN, direction="out").items}
    assert out["336/QĐ-SKHCN"] == ("quang-ngai/skhcn/2020/qd/336", "promulgated_by")
    assert out["107/2020/NĐ-CP"] == ("tw/cp/2020/nd/107", "implements")
    with base.store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        assert upgrade.is_current(connection)
    known = {document.id for document in base.documents(per_page=500)}
    assert all(id in known or base.redirect(id) in known or base.withdrawn(id) for id in old_ids())


def test_what_is_read_again_after_the_upgrade_is_what_was_there(old: Where, tmp_path: Path) -> None:
    base = KnowledgeBase.open(old)
    before, build_id = everything(base), base.build_id
    assert KnowledgeBase.open(old).build_id == build_id
    with base.store.writing() as connection:
        upgrade.derive_anew(connection)
        assert meta_value(connection, upgrade.UNREAD)
    assert everything(base) == ""
    anew = KnowledgeBase.open(old)
    assert [line for line in everything(anew).splitlines() if '"kind":"link"' in line]
    again = KnowledgeBase.open(old_file(tmp_path / "again"))
    again.reread(every=True)
    assert everything(anew) == everything(again)
    assert anew.redirect(MERGED) == HEIR and all(anew.withdrawn(id) for id in WITHDRAWN)
    assert {line.split('"')[7] for line in before.splitlines()} >= {PLAN}
    with anew.store.reading() as connection:
        assert meta_value(connection, upgrade.UNREAD) is None


def test_a_derived_table_of_another_layout_is_filled_again(tmp_path: Path) -> None:
    folder = old_file(tmp_path / "kb")
    with sqlite3.connect(folder / "kb.sqlite") as made:
        made.execute("ALTER TABLE citation ADD COLUMN of_another_time TEXT")
    base = KnowledgeBase.open(folder)
    other = KnowledgeBase.open(old_file(tmp_path / "other"))
    other.reread(every=True)
    assert everything(base) == everything(other) != ""
    with base.store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_a_newer_layout_is_refused_in_words(tmp_path: Path) -> None:
    base = build(tmp_path, [("a.txt", plan("18/KH-SKHCN", "2022-01-06"), [cite("24/2014/NĐ-CP", "2014-04-04")])])
    for layout, vi, en in (("9999", "phiên bản mới hơn", "newer version"), ("ffffffff", "nạp lại", "Ingest")):
        with base.store.writing() as connection:
            set_meta(connection, upgrade.LAYOUT, layout)
        with pytest.raises(KnowledgeBaseError) as error:
            KnowledgeBase.open(tmp_path)
        assert layout in error.value.text("vi") and vi in error.value.text("vi") and en in error.value.text("en")


def test_an_old_base_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    folder = old_file(tmp_path / "kb")
    with pytest.raises(KnowledgeBaseError) as error:
        KnowledgeBase.open(f"sqlite:///file:{folder}/kb.sqlite?mode=ro&uri=true")
    assert "nâng cấp một lần" in error.value.text("vi") and "must be upgraded once" in error.value.text("en")
    assert KnowledgeBase.open(folder).redirect(MERGED) == HEIR
    reader = KnowledgeBase.open(f"sqlite:///file:{folder}/kb.sqlite?mode=ro&uri=true")
    assert reader.redirect(MERGED) == HEIR


def test_an_old_base_on_a_standby_says_what_to_do(postgres: Callable[[], str]) -> None:
    url = old_server(postgres())
    with pytest.raises(KnowledgeBaseError) as error:
        KnowledgeBase.open(f"{url}?options=-c%20default_transaction_read_only%3Don")
    assert "must be upgraded once" in error.value.text("en") and "read-only" in error.value.text("en")


_OPEN = """
import sys, time
import sqlalchemy as sa
from kb.service import KnowledgeBase

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def slowly(connection, cursor, statement, *_):
    if statement.startswith("ALTER TABLE"):
        print(statement, flush=True)
        time.sleep({pause})

base = KnowledgeBase.open({where!r})
print("opened", base.redirect({merged!r}), flush=True)
"""


def _opening(where: Where, project: Path, pause: float) -> subprocess.Popen[str]:
    script = _OPEN.format(where=str(where), merged=MERGED, pause=pause)
    environment = {**os.environ, "PYTHONPATH": str(project)}
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)


def test_killed_in_the_middle_the_next_opening_does_it(old: Where, project: Path, tmp_path: Path) -> None:
    process = _opening(old, project, pause=60)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("ALTER TABLE")  # it is at work
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    base = KnowledgeBase.open(old)
    assert everything(base) == everything(KnowledgeBase.open(old_file(tmp_path / "whole")))
    assert base.redirect(MERGED) == HEIR


def test_two_processes_open_an_old_base_at_once(old: Where, project: Path) -> None:
    both = [_opening(old, project, pause=0.1) for _ in range(2)]
    said = [process.communicate(timeout=120)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all(lines[-1] == f"opened {HEIR}" for lines in said)
    assert sorted(len(lines) > 1 for lines in said) == [False, True]  # one upgrades, the other waits


def test_a_slower_process_leaves_as_it_is_what_a_faster_one_has_finished(
    old: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def read_while_another_finishes(text: str, hints: Hints) -> Reading:
        if not done:
            with monkeypatch.context() as other:
                other.setattr(derive, "read", read)
                done.append(KnowledgeBase.open(old).store.generation())
        return read(text, hints)

    monkeypatch.setattr(derive, "read", read_while_another_finishes)
    base = KnowledgeBase.open(old)
    assert [base.store.generation()] == done and base.redirect(MERGED) == HEIR


def test_every_layout_has_a_step_of_its_own() -> None:
    """A program of an older step must refuse the base; so with any table or column a step is added, if only to say so."""
    names = sorted(f"{table.name}.{column.name}" for table in schema.metadata.sorted_tables for column in table.columns)
    layouts = {"0010": "f4256adc"}
    assert layouts[upgrade.newest()] == hashlib.sha256(" ".join(names).encode()).hexdigest()[:8]


def test_a_layout_is_named_by_its_last_step() -> None:
    """As alembic counts them; the names of the modules tell the same without it."""
    head = ScriptDirectory(str(Path(upgrade.__file__).parent / "migrations")).get_current_head()
    assert upgrade.newest() == head
