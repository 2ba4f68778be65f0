"""Faults of the machine and of those who use it: each is said in words that tell what to do, and nothing is lost."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from kb_fixtures import build, cite, plan, put

from cancu.cli import main
from cancu.terminal import harmless
from corpus.errors import Refused
from corpus.walk import on_disk, shown, walk
from indexer.build import extraction
from indexer.build.ingest import ingest, rebuild
from indexer.build.one_writer import one_writer
from kb.errors import KnowledgeBaseError
from kb.service import KnowledgeBase
from kb.store import store
from kb.store.faults import told

THREAD = ThreadPoolExecutor(1)
TEXT = "KẾ HOẠCH\nCăn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận.\n"
READING = (
    ["stats"], ["lookup", "2395/QĐ-UBND"], ["search", "kế hoạch"], ["trace", "2395/QĐ-UBND"], ["register", "list"],
    ["export", "--format", "jsonl"], ["export", "--format", "csv"], ["corrections", "list"], ["changes", "--since", "2020"],
)  # fmt: skip
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """One call of the command: exit code, answer, messages (in English)."""
    monkeypatch.setenv("CANCU_LANG", "en")
    monkeypatch.setenv("CANCU_BUNDLED_REGISTERS", "0")

    def called(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A base of two files with its index."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(TEXT + name, "utf-8")
    ingest([folder], tmp_path / "kb", workers=1, executor=THREAD)
    return tmp_path / "kb"


def flipped(path: Path, at: int, count: int = 600) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + count] = bytes(byte ^ 0xFF for byte in data[at : at + count])
    path.write_bytes(data)


# -- disks -----------------------------------------------------------------------------------------------------


def test_whatever_bytes_of_the_database_are_flipped_it_is_said_in_words(where: Path, tmp_path: Path, run: Run) -> None:
    size = (where / "kb.sqlite").stat().st_size
    for part in range(0, 100, 4):
        broken = tmp_path / "broken"
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(where, broken)
        flipped(broken / "kb.sqlite", size * part // 100)
        for words in READING[:4] + READING[5:6]:
            code, _, said = run(*words, "--kb", str(broken))
            assert code in (0, 1, 2, 3), (part, words, said)
            assert "SELECT" not in said and "KẾ HOẠCH" not in said and "report it" not in said
            assert code != 3 or "ingest" in said or "backup" in said or "rebuild" in said, said


def test_whatever_bytes_of_the_index_are_flipped_a_rebuild_mends_it(where: Path, tmp_path: Path, run: Run) -> None:
    inside = [path.relative_to(where) for path in (where / "index").rglob("*") if path.is_file()]
    for path in inside:
        broken = tmp_path / "broken"
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(where, broken)
        flipped(broken / path, (broken / path).stat().st_size // 3, 40)
        code, _, said = run("search", "kế hoạch", "--kb", str(broken))
        assert code in (0, 1, 3) and "report it" not in said, (path, said)
        assert code != 3 or "cancu rebuild" in said
        assert run("rebuild", "--kb", str(broken))[0] == 0
        assert run("search", "kế hoạch", "--kb", str(broken))[0] == 0


@pytest.mark.parametrize("what", ["current is a folder", "index is a file", "index is empty", "index is gone"])
def test_an_index_that_is_not_there_is_built_anew(where: Path, run: Run, what: str) -> None:
    index = where / "index"
    if what == "current is a folder":
        (index / "current").unlink()
        (index / "current").mkdir()
    elif what == "index is empty":
        for path in next(index.glob("whoosh-*")).iterdir():
            path.unlink()
    else:
        shutil.rmtree(index)
        if what == "index is a file":
            index.touch()
    code, _, said = run("search", "kế hoạch", "--kb", str(where))
    assert code == 3 and "rebuild" in said, said
    assert run("rebuild", "--kb", str(where))[0] == 0
    assert run("search", "kế hoạch", "--kb", str(where))[0] == 0


def test_a_folder_where_the_database_should_be(tmp_path: Path, run: Run) -> None:
    (tmp_path / "kb.sqlite").mkdir()
    code, _, said = run("stats", "--kb", str(tmp_path))
    assert code == 3 and str(tmp_path) in said and "report it" not in said


def limited(command: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The command under a limit of the shell."""
    line = f"{command}; exec {sys.executable} -m cancu " + " ".join(words)
    environment = {**os.environ, "CANCU_LANG": "en", "CANCU_BUNDLED_REGISTERS": "0"}
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=120, env=environment)


def test_a_full_disk_says_so_and_the_next_run_ends_the_work(where: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(TEXT * 40 + str(number), "utf-8")
    blocks = (where / "kb.sqlite").stat().st_size // 512 + 100
    done = limited(f"ulimit -f {blocks}", "ingest", str(folder), "--kb", str(where), "--jobs", "1")
    assert done.returncode == 3, done.stderr
    assert ("full" in done.stderr or "disk" in done.stderr) and "report it" not in done.stderr
    assert "KẾ HOẠCH" not in done.stderr
    assert run("stats", "--kb", str(where))[0] == 0
    assert ingest([folder], where, workers=1, executor=THREAD).failed == []
    assert len(KnowledgeBase.open(where).file_names()) == 62


def test_little_memory_is_no_fault_of_the_program(where: Path, tmp_path: Path) -> None:
    for limit in (400_000, 700_000):
        for words in (["stats"], ["search", "plan"], ["ingest", str(tmp_path / "in"), "--jobs", "1"]):
            done = limited(f"ulimit -v {limit}", *words, "--kb", str(where))
            assert done.returncode in (0, 1, 3), done.stderr
            assert "setrlimit" not in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("database or disk is full", "full"), ("database disk image is malformed", "damaged"),
        ("attempt to write a readonly database", "cannot be written"), ("database is locked", "too long"),
        ("server closed the connection unexpectedly", "does not answer"), ("disk I/O error", "Check free space"),
        ("something new", "cannot be used"),
    ],
)  # fmt: skip
def test_what_a_database_says_is_told_without_its_texts(said: str, fault: str) -> None:
    with pytest.raises(KnowledgeBaseError) as error, told("/kb"):
        raise sa.exc.OperationalError("INSERT INTO file_text", {"text": "MẬT"}, Exception(said))
    assert fault in error.value.en and "/kb" in error.value.en
    assert "MẬT" not in error.value.en + error.value.vi and "INSERT" not in error.value.en


# -- read-only folders -----------------------------------------------------------------------------------------


def test_a_base_that_may_not_be_written_is_read(where: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = os.access
    monkeypatch.setattr(store.os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = {path: path.stat().st_mtime_ns for path in where.rglob("*")}
    for words in READING:
        code, _, said = run(*words, "--kb", str(where))
        assert code in (0, 1), (words, said)
    assert {path: path.stat().st_mtime_ns for path in where.rglob("*") if path in before} == before
    base = KnowledgeBase.open(where)
    with pytest.raises(KnowledgeBaseError, match="cannot be written"):
        base.remove(base.file_names()[0])


# -- two runs --------------------------------------------------------------------------------------------------


def test_a_second_run_waits_and_says_so(where: Path, tmp_path: Path, run: Run) -> None:
    lock = os.open(where / "writing.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    threading.Timer(1.0, lambda: os.close(lock)).start()
    began = time.monotonic()
    code, _, said = run("rebuild", "--kb", str(where))
    assert code == 0 and time.monotonic() - began >= 0.9
    assert "waiting" in said


def test_a_run_that_waits_too_long_gives_up_before_any_work(tmp_path: Path) -> None:
    told_: list[int] = []
    with one_writer(tmp_path, lambda: None):
        with (
            pytest.raises(KnowledgeBaseError, match="nothing was changed"),
            one_writer(tmp_path, lambda: told_.append(1), patience=0.5),
        ):
            raise AssertionError("two writers")
        assert told_ == [1]
    with one_writer(tmp_path, lambda: told_.append(2)):
        assert told_ == [1]


def test_reading_verbs_do_not_wait(where: Path, run: Run) -> None:
    with one_writer(where, lambda: None):
        for words in READING:
            assert run(*words, "--kb", str(where))[0] in (0, 1)


# -- half-built bases ------------------------------------------------------------------------------------------


def test_a_base_whose_links_are_unfinished_is_read_and_says_so(tmp_path: Path, run: Run) -> None:
    base = build(tmp_path, [("a.txt", plan("18/KH-SKHCN", "2022-01-06"), [cite("2395/QĐ-UBND", "2021-12-24")])])
    put(base, [
        ("a.txt", plan("18/KH-SKHCN", "2022-01-07"), [cite("24/2014/NĐ-CP")]),
        ("b.txt", plan("19/KH-SKHCN", "2022-02-06"), [cite("2395/QĐ-UBND", "2021-12-24")]),
    ])  # fmt: skip
    rebuild(tmp_path)
    put(base, [("c.txt", plan("20/KH-SKHCN", "2022-02-06"), [cite("2395/QĐ-UBND", "2021-12-24")])])
    base.remove("a.txt")
    base.close()
    for words in READING:
        code, _, said = run(*words, "--kb", str(tmp_path))
        assert code in (0, 1), (words, said)
        assert "unfinished" in said, words
    assert run("rebuild", "--kb", str(tmp_path))[0] == 0
    assert "unfinished" not in run("stats", "--kb", str(tmp_path))[2]


# -- names and links -------------------------------------------------------------------------------------------

STRANGE = [
    b"k\xe9 ho\xa1ch.txt",
    b"two\nlines: ok.txt",
    b"esc\x1b]0;x\x07.txt",
    "a\u202etxt.exe".encode(),
    b"\\x41.txt",
]


@pytest.mark.parametrize("name", STRANGE)
def test_a_file_with_a_strange_name_is_a_file_like_any_other(tmp_path: Path, run: Run, name: bytes) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.write_text(TEXT, "utf-8")
    assert on_disk(shown(path)) == path and shown(path).isprintable()
    kb = tmp_path / "kb"
    first = ingest([folder], kb, workers=1, executor=THREAD)
    assert first.added == [shown(path)] and not first.missing
    again = ingest([folder], kb, workers=1, executor=THREAD, remove_missing=True)
    assert (again.unchanged, again.removed) == ([shown(path)], [])
    path.unlink()
    assert ingest([folder], kb, workers=1, executor=THREAD, remove_missing=True).removed == [shown(path)]


def test_one_folder_by_two_names_is_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    assert ingest(["in"], "kb", workers=1, executor=THREAD).added == ["in/a.txt"]
    for name in (str(tmp_path / "in"), "./in/", "../" + tmp_path.name + "/in", "in/a.txt", str(tmp_path / "in/a.txt")):
        assert ingest([name], "kb", workers=1, executor=THREAD).unchanged == ["in/a.txt"], name
    Path("in/a.txt").write_text(TEXT + "khác", "utf-8")
    assert ingest([tmp_path / "in"], "kb", workers=1, executor=THREAD).changed == ["in/a.txt"]
    assert KnowledgeBase.open("kb").file_names() == ["in/a.txt"]


def test_links_out_of_a_folder_are_told_and_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT, "utf-8")
    (inside / "file").symlink_to(outside / "a.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "beside").symlink_to(inside / "a.txt")
    steps = list(walk([inside]))
    refused = {Path(one.name).name: one.notice.code for one in steps if isinstance(one, Refused)}
    assert refused == {"file": "link_outside", "folder": "link_outside"}
    assert [one.name for one in steps if isinstance(one, Path)] == ["a.txt", "beside"]
    assert sum(isinstance(one, Path) for one in walk([inside], follow=True)) == 4
    assert sum(isinstance(one, Path) for one in walk([inside / "file"])) == 1, "named by the user"


# -- terminals -------------------------------------------------------------------------------------------------

HOSTILE = "\x1b]0;mine\x07\x1b[31mĐỏ\x9b2J \u202eđảo\u2066 \u200f"


def test_texts_do_nothing_to_a_terminal(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\nSố: 11/KH-UBND\nNinh Thuận, ngày 10 tháng 01 năm 2022\n\nKẾ HOẠCH\n"
        f"Cải cách {HOSTILE} hành chính\n\nThực hiện {HOSTILE} Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh.\n"
    )
    (folder / "a.txt").write_text(text, "utf-8")
    kb = str(tmp_path / "kb")
    assert run("ingest", str(folder), "--kb", kb)[0] == 0
    for words in (
        *READING[:4],
        ["lookup", "11/KH-UBND"],
        ["trace", "11/KH-UBND"],
        ["search", "cải cách"],
        ["check", str(folder / "a.txt")],
    ):
        for extra in ([], ["--json"]):
            _, out, err = run(*words, *extra, "--kb", kb)
            assert not set("\x1b\x07\x9b\u202e\u2066\u200f") & set(out + err), (words, extra)
            if extra and words[0] != "check":
                json.loads(out)


def test_escapes_are_shown_and_words_left_alone() -> None:
    assert harmless("Đỏ\tvà\nxanh “–” 1.200") == "Đỏ\tvà\nxanh “–” 1.200"
    assert harmless("\x1b[31m\u202e") == "\\x1b[31m\\u202e"


# -- huge texts ------------------------------------------------------------------------------------------------


def test_a_text_that_is_nothing_but_numbers_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "MOST_NUMBERS", 500)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("\n".join(f"Số: {n}/KH-UBND" for n in range(501)), "utf-8")
    (folder / "b.txt").write_text(TEXT, "utf-8")
    report = ingest([folder], tmp_path / "kb", workers=1, executor=THREAD)
    assert [Path(one.name).name for one in report.failed] == ["a.txt"]
    assert "500" in report.failed[0].notice.en
    assert [Path(name).name for name in report.added] == ["b.txt"]
