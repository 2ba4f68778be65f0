"""Ingesting from the command line: bad files are named and harm nothing, a killed run is finished by the next."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MIB = 1024 * 1024
LARGE = 10 * MIB
MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""
"""Runs a command and tells the most kilobytes that one process of it held: asked from here, the tests' own count."""
COMMAND = [sys.executable, "-m", "cancu"]


def cancu(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=300)


def export(kb: Path, project: Path) -> str:
    done = cancu("export", "--format", "jsonl", "--kb", kb, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def few(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some of the bundled documents, of every format."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("ninh-thuan-421-kh-ubnd-2022.txt", "ninh-thuan-18-kh-skhcn-2022.md", "quang-ngai-93-nq-hdnd-2021.html",
                 "binh-dinh-3809-qd-ubnd-2021.docx", "tw-30-2020-nd-cp.pdf"):  # fmt: skip
        (folder / name).write_bytes((samples / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def undisturbed(few: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """The export of a run that nobody disturbs, and how long that run takes in seconds."""
    kb = tmp_path_factory.mktemp("undisturbed") / "kb"
    began = time.monotonic()
    done = cancu("ingest", few, "--kb", kb, cwd=project)
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    return export(kb, project), took


def test_a_second_run_reads_nothing_again(samples: Path, project: Path, tmp_path: Path) -> None:
    files = len(list(samples.iterdir()))
    first = json.loads(cancu("ingest", samples, "--kb", tmp_path / "kb", "--json", cwd=project).stdout)
    again = json.loads(cancu("ingest", samples, "--kb", tmp_path / "kb", "--json", cwd=project).stdout)
    assert (len(first["added"]), len(first["unchanged"])) == (files, 0)
    assert (len(again["added"]), len(again["changed"]), len(again["unchanged"])) == (0, 0, files)


def processes_with(mark: str) -> list[str]:
    """The processes that have this line in their environment, by what they run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended, or is another user's
    return found


@pytest.mark.parametrize("moment", range(5))
def test_a_killed_run_is_finished_by_the_next(
    moment: int, undisturbed: tuple[str, float], few: Path, project: Path, tmp_path: Path
) -> None:
    """By the clock, with all processes that read for it; at each step of the work: ``tests/test_killed.py``."""
    expected, took = undisturbed
    kb = tmp_path / "kb"
    # one moment in each fifth of the run, a random one within it
    after = took * (moment + random.Random(moment).random()) / 5
    mark = f"CANCU_TEST_RUN={kb}"
    run = subprocess.Popen(
        [*COMMAND, "ingest", str(few), "--kb", str(kb)],
        cwd=project,
        env={**os.environ, "CANCU_TEST_RUN": str(kb)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    run.wait(30)
    until = time.monotonic() + 30
    while left := processes_with(mark):
        assert time.monotonic() < until, f"processes outlive the killed run: {left}"
        time.sleep(0.2)
    done = cancu("ingest", few, "--kb", kb, cwd=project)
    assert done.returncode == 0, done.stderr
    assert export(kb, project) == expected


@pytest.fixture(scope="module")
def bad_folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four files that are wrong, a large one that is not, and a good one."""
    folder = tmp_path_factory.mktemp("bad") / "in"
    folder.mkdir()
    (folder / "a-not-text.txt").write_bytes(random.Random(1).randbytes(20_000))
    (folder / "b-empty.txt").touch()
    (folder / "c-dangling.txt").symlink_to(folder / "nowhere.txt")
    page = (samples / "bac-ninh-79-2025-qd-ubnd.html").read_bytes()
    (folder / "d-truncated.html").write_bytes(page[: page.index(b"Giao d")])
    plan = (samples / "ninh-thuan-421-kh-ubnd-2022.txt").read_text(encoding="utf-8")
    line = "Các cơ quan, đơn vị của tỉnh báo cáo kết quả từng tháng, từng quý theo mẫu đã gửi.\n"
    with open(folder / "e-large.txt", "w", encoding="utf-8") as large:
        large.write(plan)
        large.write(line * ((LARGE - len(plan.encode())) // len(line.encode())))
    (folder / "f-good.txt").write_bytes((samples / "ninh-thuan-2395-qd-ubnd-2021.txt").read_bytes())
    return folder


def test_bad_files_are_named_and_the_rest_is_ingested(bad_folder: Path, project: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    measured = [sys.executable, "-c", MEASURED, *COMMAND, "ingest", str(bad_folder), "--kb", str(kb), "--lang", "en"]
    done = subprocess.run(measured, cwd=project, capture_output=True, text=True, timeout=300)
    largest = int(done.stderr.splitlines()[-1]) * 1024
    said = done.stdout + done.stderr
    assert done.returncode == 3, said
    assert "Traceback" not in said
    for name in ("a-not-text.txt", "b-empty.txt", "c-dangling.txt"):
        assert name in said, f"{name} is not named in the report"
    assert "f-good.txt" not in done.stderr
    assert largest < 640 * MIB, f"{largest // MIB} MiB in one process"
    for number, held in (("421/KH-UBND", "e-large.txt"), ("2395/QĐ-UBND", "f-good.txt")):
        found = json.loads(cancu("lookup", number, "--kb", kb, "--json", cwd=project).stdout)
        assert found["status"] == "ok"
        assert found["matches"][0]["role"] == "held", f"{held} was not ingested"


def test_a_truncated_page_is_read_as_far_as_it_goes(bad_folder: Path, project: Path) -> None:
    done = cancu("extract", bad_folder / "d-truncated.html", "--jsonl", cwd=project)
    document = json.loads(done.stdout)
    assert document["self"]["number"] == "79/2025/QĐ-UBND"
    assert document["reader"]["warnings"], "that the page is cut off is not said"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(samples: Path, project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes((samples / "tw-76-nq-cp-2021.txt").read_bytes())
    secret.chmod(0)
    done = cancu("extract", secret, "--jsonl", cwd=project)
    assert done.returncode == 3
    assert "secret.txt" in done.stderr
