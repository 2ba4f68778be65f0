"""The store: one document is one transaction; nothing is half there, whatever happens, in a file or on a server."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from kb_fixtures import build, cite, export_text, plan, put, reading, source

from corpus.blocks import Block
from kb.errors import KnowledgeBaseError, NotFoundError
from kb.service import KnowledgeBase
from kb.store.blocks import pack, unpack
from kb.store.schema import file
from kb.store.sql import set_meta

Where = str | Path

DOCUMENTS = [
    ("a.txt", plan("18/KH-SKHCN", "2022-01-06"), [cite("2395/QĐ-UBND", "2021-12-24", province="Ninh Thuận")]),
    ("b.txt", plan("19/KH-SKHCN", "2022-02-06"), [cite("24/2014/NĐ-CP", "2014-04-04")]),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where a new base may lie: a folder, then a database of a real server. The same must hold on both."""
    return tmp_path / "kb" if request.param == "sqlite" else request.getfixturevalue("postgres")()


def test_opening_what_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as error:
        KnowledgeBase.open(tmp_path / "none")
    assert "cancu ingest" in error.value.text("vi")
    assert "cancu ingest" in error.value.text("en")


def test_a_file_that_is_no_database_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite").write_bytes(b"this is no database, only some text" * 100)
    with pytest.raises(KnowledgeBaseError) as error:
        KnowledgeBase.open(tmp_path)
    assert str(tmp_path) in error.value.text("vi")


def test_a_base_of_another_schema_is_refused(where: Where) -> None:
    base = build(where, DOCUMENTS)
    with base.store.writing() as connection:
        set_meta(connection, "schema", "0")
    base.close()
    with pytest.raises(KnowledgeBaseError, match="layout 0"):
        KnowledgeBase.open(where)


def test_putting_the_same_again_changes_nothing(where: Where) -> None:
    base = build(where, DOCUMENTS)
    before = (base.build_id, export_text(base.store, "jsonl"))
    text, read = reading(DOCUMENTS[0][1], DOCUMENTS[0][2])
    assert base.put(source("a.txt", f"{text}\na.txt"), read) == "unchanged"
    report = base.resolve()
    assert (report.added, report.removed, report.relinked) == ((), (), 0)
    assert (base.build_id, export_text(base.store, "jsonl")) == before


def test_a_changed_file_takes_the_place_of_the_old_one(where: Where) -> None:
    base = build(where, DOCUMENTS)
    before = base.build_id
    text, read = reading(DOCUMENTS[0][1], [cite("26/2005/NĐ-CP", "2005-03-02")])
    assert base.put(source("a.txt", text), read) == "changed"
    report = base.resolve()
    assert "tw/cp/2005/nd/26" in report.added
    assert "ninh-thuan/ubnd/2021/qd/2395" in report.removed
    assert base.document("ninh-thuan/ubnd/2021/qd/2395") is None
    assert base.build_id != before


def test_removing_a_file_leaves_what_others_cite(where: Where) -> None:
    documents = [*DOCUMENTS, ("c.txt", plan("20/KH-SKHCN", "2022-03-01"), DOCUMENTS[0][2])]
    base = build(where, documents)
    assert base.remove("a.txt")
    assert not base.remove("a.txt")
    base.resolve()
    cited = base.document("ninh-thuan/ubnd/2021/qd/2395")
    assert cited is not None and cited.cited_by == 1
    assert base.document("ninh-thuan/skhcn/2022/kh/18") is None


def test_taking_out_and_putting_back_ends_where_it_began(where: Where) -> None:
    base = build(where, DOCUMENTS)
    before = export_text(base.store, "jsonl")
    base.remove("a.txt")
    base.resolve()
    put(base, DOCUMENTS[:1])
    base.resolve()
    assert export_text(base.store, "jsonl") == before


def test_the_structure_of_a_text_outlives_its_being_read_again() -> None:
    table = Block("table", 3, 40, label="1")
    blocks = (
        Block("heading", 0, 2, level=1, name="KẾ HOẠCH"),
        table,
        Block("cell", 3, 9, parent=1, row=0, column=0, is_head=True),
    )
    assert unpack(pack(blocks)) == blocks
    assert pack(unpack(pack(blocks))) == pack(blocks)
    assert unpack(pack(())) == ()


def test_a_write_that_fails_half_way_leaves_no_trace(where: Where) -> None:
    base = build(where, DOCUMENTS)
    before = (base.build_id, export_text(base.store, "jsonl"))
    text, read = reading(plan("21/KH-SKHCN", "2022-04-01"), [cite("1/QĐ-UBND", "2021-01-01", province="Huế")] * 3)
    broken = source("d.txt", text)
    object.__setattr__(broken, "notices", (None,))  # fails in the middle of the transaction
    with pytest.raises(AttributeError):
        base.put(broken, read)
    base.resolve()
    assert (base.build_id, export_text(base.store, "jsonl")) == before


def test_a_reader_sees_one_state_while_others_write(where: Where) -> None:
    base = build(where, DOCUMENTS[:1])
    count = sa.select(sa.func.count()).select_from(file)
    with base.store.reading() as connection:
        assert connection.execute(count).scalar() == 1
        put(base, DOCUMENTS[1:])
        assert connection.execute(count).scalar() == 1
    with base.store.reading() as connection:
        assert connection.execute(count).scalar() == 2


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("no-such-engine://somewhere/x", "no-such-engine"),
        ("://", "://"),
        ("postgresql+psycopg://cancu:secret@127.0.0.1:9/none", "127.0.0.1:9"),
    ],
)
def test_an_address_that_leads_nowhere_is_explained_without_its_password(url: str, said: str) -> None:
    if "psycopg" in url:
        pytest.importorskip("psycopg", reason="needs the driver: pip install psycopg[binary]")
    with pytest.raises(KnowledgeBaseError) as error:
        KnowledgeBase.open(url, create=True)
    for lang in ("vi", "en"):
        assert said in error.value.text(lang) and "secret" not in error.value.text(lang)
        assert "\n" not in error.value.text(lang)


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(KnowledgeBaseError) as error:
        KnowledgeBase.open("postgresql+psycopg://cancu:secret@127.0.0.1/x")
    for lang in ("vi", "en"):
        assert "cancu[postgresql]" in error.value.text(lang) and "secret" not in error.value.text(lang)


def test_a_server_answers_byte_for_byte_as_a_file_does(
    samples: Path, sample_kb: Path, tmp_path: Path, postgres: Callable[[], str]
) -> None:
    from cancu.cli import main
    from web.app import create_app

    url, index = postgres(), f"whoosh:{tmp_path / 'index'}"
    assert main(["ingest", str(samples), "--kb", url, "--index", index]) == 0
    one, other = KnowledgeBase.open(sample_kb), KnowledgeBase.open(url)
    for form in ("jsonl", "csv", "graphml", "jsonld"):
        assert export_text(one.store, form) == export_text(other.store, form), form
    pages = [f"/vb/{document.id}.json" for document in one.documents()]
    clients = [create_app(sample_kb).test_client(), create_app(url, index=index).test_client()]
    for path in ("/", "/chat-luong", "/tim?q=cải cách hành chính", *pages):
        answers = [client.get(path) for client in clients]
        assert answers[0].data == answers[1].data and answers[0].status_code == 200, path
    assert main(["ingest", str(samples), "--kb", url, "--index", index]) == 0
    assert other.build_id == one.build_id
    other.close()


_WRITER = """
import sys
sys.path.insert(0, {tests!r})
from kb_fixtures import cite, plan, put
from kb.service import KnowledgeBase
base = KnowledgeBase.open({where!r}, create=True)
print("ready", flush=True)
for n in range(24):
    number = f"{{n + 1}}/KH-SKHCN"
    cited = [cite(f"{{k}}/QĐ-UBND", f"20{{10 + (n + k) % 9}}-03-04", province="Huế") for k in range(1, 9)]
    put(base, [(f"f{{n:03}}.txt", plan(number, "2022-05-06"), cited)])
    if n % 6 == 5:
        base.resolve()
base.resolve()
"""


def _writer(where: Where, project: Path) -> subprocess.Popen[str]:
    script = _WRITER.format(tests=str(project / "tests"), where=str(where))
    environment = {**os.environ, "PYTHONPATH": str(project)}
    command = [sys.executable, "-c", script]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_killed_at_any_moment_the_next_run_ends_in_the_same_base(tmp_path: Path, where: Where, project: Path) -> None:
    whole = tmp_path / "whole"
    assert _writer(whole, project).wait(timeout=120) == 0
    chance = random.Random(4)
    for _ in range(4):
        process = _writer(where, project)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        KnowledgeBase.open(where).stats()
    assert _writer(where, project).wait(timeout=120) == 0
    one, other = KnowledgeBase.open(whole), KnowledgeBase.open(where)
    assert export_text(one.store, "jsonl") == export_text(other.store, "jsonl")
    assert one.build_id == other.build_id


def test_two_writers_at_once_wait_for_each_other(tmp_path: Path, where: Where, project: Path) -> None:
    whole = build(tmp_path / "whole", ())
    assert _writer(tmp_path / "whole", project).wait(timeout=120) == 0
    KnowledgeBase.open(where, create=True).close()
    both = [_writer(where, project), _writer(where, project)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    found = KnowledgeBase.open(where)
    found.resolve()
    assert export_text(found.store, "jsonl") == export_text(whole.store, "jsonl")
