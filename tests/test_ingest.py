"""Folders into the knowledge base: only what changed is read, nothing is lost, a killed run is finished."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import os
import random
import signal
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.source_text import Page, SourceText
from indexer.build import elsewhere, file_reading
from indexer.build import ingest as build
from indexer.build.file_reading import read_file
from indexer.build.ingest import ingest, rebuild
from indexer.build.report import IngestReport
from indexer.engines import location
from indexer.engines.opening import open_index
from indexer.engines.protocol import IndexUnusable
from indexer.search import open_search
from kb.reading import read
from kb.service import KnowledgeBase

PLAN_TEXT = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận;"

PLAN = """ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH NINH THUẬN                 Độc lập - Tự do - Hạnh phúc
Số: {number}/KH-UBND            Ninh Thuận, ngày 10 tháng 01 năm 2022

KẾ HOẠCH
{title}

Thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh, UBND tỉnh ban hành kế hoạch.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (11, 12, 13):
        write(folder, number, f"Cải cách hành chính lần {number}")
    return folder


THREAD = ThreadPoolExecutor(1)


def put(folder: Path, where: Path, **asked: Any) -> IngestReport:
    """An ingest that starts no processes of its own to extract."""
    return ingest([folder], where, workers=1, executor=THREAD, **asked)


def write(folder: Path, number: int, title: str) -> Path:
    path = folder / f"plan-{number}.txt"
    path.write_text(PLAN.format(number=number, title=title), encoding="utf-8")
    return path


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "kb"


def state(where: Path) -> list[tuple[Any, ...]]:
    """What the base and the index say, without what may differ between runs (row ids)."""
    base = KnowledgeBase.open(where)
    try:
        said = []
        for brief in base.documents(per_page=1000):
            edges = base.citations(brief.id, direction="out", per_page=500).items
            links = sorted((edge.target.id if edge.target else "", edge.raw, edge.relation) for edge in edges)
            said.append((json.dumps(brief.to_json()), links))
        url = location.current(where)
        assert url is not None
        index = open_index(url)
        stamps = sorted(index.stamps().items())
        index.close()
        return [*said, tuple(stamps)]
    finally:
        base.close()


def found(where: Path, query: str) -> set[str | None]:
    base = KnowledgeBase.open(where)
    try:
        return {item.document.number for item in open_search(base, where)(query).items}
    finally:
        base.close()


def test_everything_is_added_once(folder: Path, where: Path) -> None:
    first = put(folder, where)
    assert [Path(name).name for name in first.added] == ["plan-11.txt", "plan-12.txt", "plan-13.txt"]
    assert len(first.links.added) == 4  # three plans and the decision they implement
    assert (first.indexed, first.citations, first.failed) == (4, 3, [])
    before = state(where)
    again = put(folder, where)
    assert (again.added, again.changed, again.indexed) == ([], [], 0)
    assert len(again.unchanged) == 3
    assert state(where) == before


def test_only_what_changed_is_read_again(folder: Path, where: Path) -> None:
    class Counting(ThreadPoolExecutor):
        read = 0

        def submit(self, function: Any, /, *args: Any, **named: Any) -> Future[Any]:
            Counting.read += function is read_file
            return super().submit(function, *args, **named)

    with Counting(1) as executor:
        ingest([folder], where, executor=executor)
        assert Counting.read == 3
        changed = write(folder, 12, "Trồng rừng ven biển")
        write(folder, 14, "Chuyển đổi số")
        report = ingest([folder], where, executor=executor)
        assert Counting.read == 5
    assert report.changed == [str(changed)]
    assert [Path(name).name for name in report.added] == ["plan-14.txt"]
    assert found(where, '"trồng rừng"') == {"12/KH-UBND"}
    assert found(where, '"hành chính lần 12"') == set()
    assert "14/KH-UBND" in found(where, "dẫn:2395/QĐ-UBND")


def test_a_new_reader_reads_everything_again(folder: Path, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, where)
    monkeypatch.setattr(build, "READER_VERSION", "next")
    monkeypatch.setattr(file_reading, "read_text", lambda *asked: dataclasses.replace(read(*asked), version="next"))
    with ThreadPoolExecutor(1) as executor:
        report = ingest([folder], where, executor=executor)
        assert (len(report.changed), report.unchanged) == (3, [])
        assert ingest([folder], where, executor=executor).changed == []


def test_files_that_are_gone_are_told_and_taken_out_only_when_asked(folder: Path, where: Path) -> None:
    put(folder, where)
    gone = folder / "plan-13.txt"
    gone.unlink()
    told = put(folder, where)
    assert (told.missing, told.removed) == ([str(gone)], [])
    assert "13/KH-UBND" in found(where, "hành chính")
    other = folder.parent / "other"
    other.mkdir()
    assert put(other, where).missing == []  # not of this folder
    done = put(folder, where, remove_missing=True)
    assert (done.missing, done.removed, done.unindexed) == ([], [str(gone)], 1)
    assert "13/KH-UBND" not in found(where, "hành chính")


def test_bad_files_are_reported_and_the_rest_goes_on(folder: Path, where: Path) -> None:
    (folder / "a-empty.txt").touch()
    (folder / "b-noise.txt").write_bytes(random.Random(1).randbytes(5000))
    (folder / "c-dangling.txt").symlink_to(folder / "nowhere")
    (folder / "d-loop").symlink_to(folder, target_is_directory=True)
    report = ingest([folder, folder / "missing.txt"], where, workers=1)
    assert len(report.added) == 3
    assert {Path(one.name).name: one.notice.code for one in report.failed} == {
        "a-empty.txt": "empty",
        "b-noise.txt": "not_text",
        "c-dangling.txt": "dangling_link",
        "d-loop": "link_loop",
        "missing.txt": "missing",
    }
    assert all(one.notice.vi and one.notice.en for one in report.failed)
    assert json.loads(json.dumps(report.to_json()))["failed"][0]["vi"]


def test_progress_is_told_by_stage(folder: Path, where: Path) -> None:
    calls: list[tuple[str, int, int | None]] = []
    put(folder, where, progress=lambda *call: calls.append(call))
    stages = list(dict.fromkeys(stage for stage, _, _ in calls))
    assert stages[0] == "read" and stages[-1] == "index"
    for stage in stages:
        last = [call for call in calls if call[0] == stage][-1]
        assert last[1] == last[2]


class Failing(Executor):
    """Fails for one text, works for the others."""

    def submit(self, function: Any, /, *args: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if function is read_file and "lần 12" in args[1].decode():
            future.set_exception(ZeroDivisionError("oops"))
        else:
            future.set_result(function(*args, **named))
        return future


def test_a_fault_of_the_reader_costs_one_document(folder: Path, where: Path) -> None:
    report = ingest([folder], where, executor=Failing())
    assert len(report.added) == 2
    assert [(Path(one.name).name, one.notice.code) for one in report.failed] == [("plan-12.txt", "reading_failed")]
    assert "oops" in report.failed[0].notice.en
    assert len(put(folder, where).added) == 1  # and the next run tries it again


def die_on_twelve(text: str, hints: Any) -> Any:
    """In a worker: dies as if the system had killed it."""
    if "lần 12" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(text, hints)


@pytest.mark.parametrize(
    "lacking", ["multiprocessing.synchronize.SemLock.__init__", "multiprocessing.forkserver.ensure_running"]
)
def test_without_shared_memory_or_local_sockets_all_is_read_in_one_process(
    lacking: str, folder: Path, where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")  # what Linux says where /dev/shm cannot be written

    ingest([folder], tmp_path / "other")
    monkeypatch.setattr(lacking, refuse)
    report = ingest([folder], where)
    assert (len(report.added), report.failed) == (3, [])
    here, there = (KnowledgeBase.open(base).stats() for base in (where, tmp_path / "other"))
    assert here["citations"] == there["citations"] == 3


def test_a_worker_that_is_killed_costs_one_document(folder: Path, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "read_text", die_on_twelve)
    fork = multiprocessing.get_context("fork")  # spawned workers cannot import this test
    monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)
    report = ingest([folder], where, workers=2)
    assert [Path(name).name for name in report.added] == ["plan-11.txt", "plan-13.txt"]
    assert [Path(one.name).name for one in report.failed] == ["plan-12.txt"]


def test_any_executor_gives_the_same_base(folder: Path, tmp_path: Path) -> None:
    states = []
    for number, executor in enumerate((ThreadPoolExecutor(2), ProcessPoolExecutor(1), None)):
        where = tmp_path / f"kb{number}"
        if executor is None:
            ingest([folder], where, workers=1)
        else:
            with executor:
                ingest([folder], where, executor=executor)
        states.append(state(where))
    assert states[0] == states[1] == states[2]


def test_order_does_not_matter(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())
    for number, order in enumerate((files, files[::-1])):
        for path in order:
            put(path, tmp_path / f"kb{number}")
    assert state(tmp_path / "kb0") == state(tmp_path / "kb1")


def test_the_index_is_rebuilt_from_the_store(folder: Path, where: Path) -> None:
    put(folder, where)
    before = state(where)
    old = location.current(where)
    assert rebuild(where) == 4
    assert location.current(where) != old
    assert state(where) == before
    assert rebuild(where, engine="tantivy") == 4
    assert str(location.current(where)).startswith("tantivy:")
    assert found(where, '"cải cách"') == {"11/KH-UBND", "12/KH-UBND", "13/KH-UBND"}
    write(folder, 15, "Nuôi tôm")
    put(folder, where)  # goes on with the engine chosen
    assert found(where, '"nuôi tôm"') == {"15/KH-UBND"}
    assert len(list((where / "index").iterdir())) == 2  # the index and the file that names it


def test_a_base_on_a_server_needs_an_index_named(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    with pytest.raises(IndexUnusable, match="name the index"):
        ingest([folder], url, executor=THREAD)
    assert not (tmp_path / "elsewhere.sqlite").exists()
    report = ingest([folder], url, executor=THREAD, index=f"tantivy:{tmp_path / 'index'}")
    assert (len(report.added), report.indexed) == (3, 4)


def test_a_lost_index_is_made_again(folder: Path, where: Path) -> None:
    put(folder, where)
    before = state(where)
    (where / "index" / "current").unlink()
    assert put(folder, where).indexed == 4
    assert state(where) == before


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "plans.zip"
    with zipfile.ZipFile(path, "w") as made:
        for file in sorted(folder.iterdir()):
            made.write(file, file.name)
    yield path


def test_members_of_an_archive_are_documents(archive: Path, where: Path) -> None:
    first = put(archive, where)
    assert len(first.added) == 3 and all("plans.zip" in name for name in first.added)
    again = put(archive, where)
    assert (again.added, again.changed, len(again.unchanged)) == ([], [], 3)
    assert again.missing == []


def test_an_unchanged_archive_is_not_opened_again(archive: Path, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(archive, where)
    opened: list[Path] = []
    real = elsewhere.content_of

    def counting(path: Path, most: int) -> bytes | None:
        opened.append(path)
        return real(path, most)

    monkeypatch.setattr(elsewhere, "content_of", counting)
    assert len(put(archive, where).unchanged) == 3 and opened == []
    base = KnowledgeBase.open(where)
    base.remove(put(archive, where).unchanged[0])
    base.close()
    assert len(put(archive, where).added) == 1 and opened == [archive]
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr("plan-16.txt", PLAN.format(number=16, title="Nuôi tôm"))
    report = put(archive, where)
    assert (len(report.added), len(report.unchanged)) == (1, 3)
    (where / "containers.json").write_bytes(b"noise")
    assert len(put(archive, where).unchanged) == 4


def test_files_with_unread_pages_are_read_on_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PLAN_TEXT, encoding="utf-8")
    where = tmp_path / "kb"
    ingest([path], where)
    base = KnowledgeBase.open(where)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    held = SourceText(str(path), "", "txt", digest, pages=(Page(1, 0, 0, "unread"),))
    base.put(held, read(""), again=True)
    assert base.names_with_unread_pages() == {str(path)}
    base.close()
    assert ingest([path], where).unchanged == [str(path)]
    report = ingest([path], where, unread=True)
    assert report.changed == [str(path)] and report.citations == 1
    assert ingest([path], where, unread=True).unchanged == [str(path)]
