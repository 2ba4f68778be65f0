"""A folder of hostile files: every one is reported, nothing hangs or bloats, and the good ones are all read."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus_hostile import GOOD_TEXT, build

from corpus.errors import Refused
from corpus.limits import MIB, Limits
from corpus.scans import ocr
from corpus.walk import shown, walk
from corpus.worker import read_many

SECONDS = 120


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("hostile") / "in"
    return folder, build(folder, samples)


def test_every_hostile_file_is_read_or_refused_with_its_reason(hostile: tuple[Path, dict[str, str]]) -> None:
    folder, expected = hostile
    found: dict[str, str] = {}
    read: dict[str, int] = {}
    began = time.monotonic()
    walked = list(walk([folder]))
    for one in walked:
        if isinstance(one, Refused):
            found[one.name.removeprefix(f"{folder}/")] = one.notice.code
    for one in read_many((path for path in walked if isinstance(path, Path)), workers=2):
        name = shown(one.path).removeprefix(f"{folder}/")
        read[name] = read.get(name, 0) + len(one.sources)
        if one.done:
            found[name] = one.refused.notice.code if one.refused else ""
    took = time.monotonic() - began
    if not ocr.available():
        expected = {name: "no_ocr" if code == "scan_unread" else code for name, code in expected.items()}
    assert found == expected
    assert all(read[name] for name, code in expected.items() if not code)
    assert read["nested.zip"] == 2
    assert read["bad.jsonl"] == 1
    assert took < SECONDS


def test_hostile_text_is_what_the_good_files_say(hostile: tuple[Path, dict[str, str]]) -> None:
    folder, _ = hostile
    names = ["good.txt", "good-utf16.txt", "good.docx", "deep.html", "nul.txt", "cut.html"]
    for one in read_many([folder / name for name in names]):
        assert one.refused is None, f"{one.path.name}: {one.refused.notice.en}"
        assert "2395/QĐ-UBND" in one.sources[0].text, one.path
    texts = {one.path.name: one.sources[0] for one in read_many([folder / "nul.txt", folder / "cut.html"])}
    assert texts["nul.txt"].text == GOOD_TEXT
    assert [notice.code for notice in texts["nul.txt"].notices] == ["nul_bytes"]
    assert [notice.code for notice in texts["cut.html"].notices] == ["cut_short"]


def test_reading_the_hostile_folder_keeps_memory_bounded(hostile: tuple[Path, dict[str, str]], project: Path) -> None:
    """The reader processes may use what ``memory_bytes`` allows; the caller's own stays under 200 MiB."""
    folder, _ = hostile
    script = (
        "import re, resource, sys\n"
        "from pathlib import Path\n"
        "from corpus.walk import walk\n"
        "from corpus.worker import read_many\n"
        "for one in read_many(p for p in walk([sys.argv[1]]) if isinstance(p, Path)): pass\n"
        # not RUSAGE_SELF: that counts what the process was before exec, a copy of the test runner
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], "
        "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=project, capture_output=True, text=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stderr
    own, children = (int(kilobytes) / 1024 for kilobytes in done.stdout.split())
    assert own < 200
    assert children < 1024, "peak of a reader process in MiB"


def test_ingest_reports_the_bad_files_and_takes_in_the_good_ones(
    hostile: tuple[Path, dict[str, str]], project: Path, tmp_path: Path
) -> None:
    folder, expected = hostile
    command = [sys.executable, "-m", "cancu", "ingest", str(folder), "--kb", str(tmp_path / "kb"), "--json"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=2 * SECONDS)
    assert done.returncode == 3, done.stderr
    report = json.loads(done.stdout)
    good = sum(1 for name, code in expected.items() if not code) - 1 + 2  # nested.zip holds two
    assert len(report["added"]) >= good
    failed = {os.path.basename(str(item.get("name") or item.get("path"))) for item in report["failed"]}
    assert {name for name, code in expected.items() if code} <= failed


def test_a_file_that_takes_too_long_is_stopped_and_the_rest_is_read(hostile: tuple[Path, dict[str, str]]) -> None:
    folder, _ = hostile
    paths = [folder / "good.txt", folder / "deep.html", folder / "good.docx"]
    began = time.monotonic()
    reads = list(read_many(paths, limits=Limits(seconds=0.8)))
    assert [one.path for one in reads] == paths
    assert [one.refused.notice.code if one.refused else "" for one in reads] == ["", "too_slow", ""]
    assert time.monotonic() - began < 20


def test_a_file_that_needs_too_much_memory_is_refused_and_the_rest_is_read(
    hostile: tuple[Path, dict[str, str]],
) -> None:
    folder, _ = hostile
    paths = [folder / "deep.html", folder / "good.txt"]
    reads = list(read_many(paths, limits=Limits(memory_bytes=_start_size() + 60 * MIB)))
    assert [len(one.sources) for one in reads] == [0, 1]
    assert reads[0].refused is not None
    assert reads[0].refused.notice.code in ("too_much_memory", "crashed")


def _start_size() -> int:
    """The address space of a reader process before it reads anything, in bytes."""
    script = "import corpus.reader_process; print(open('/proc/self/statm').read().split()[0])"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    return int(done.stdout) * resource.getpagesize()


def test_leaving_the_loop_ends_the_reader_processes(hostile: tuple[Path, dict[str, str]]) -> None:
    folder, _ = hostile
    before = _children()
    for one in read_many([folder / "good.txt", folder / "deep.html", folder / "good.pdf"], workers=2):
        assert one.done
        break
    assert _children() == before


def _children() -> set[str]:
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())
