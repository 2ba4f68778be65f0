"""What recognising costs beside plain tesseract and ocrmypdf, on one core and on two, and over a long file that is
killed in the middle. Processor time counts the programs started too."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bench._printing import printed
from bench.noise import PROJECT

_PAGE_BYTES = re.compile(r"VmRSS:\s+(\d+) kB")
_READ = """
import sys
from pathlib import Path
from corpus import progress
from corpus.limits import Limits
from corpus.read import read_path
progress.listener.set(lambda done, total: print("page", done, total, flush=True))
path, cores, kept = sys.argv[1:]
for source in read_path(Path(path), limits=Limits(cores=int(cores), kept_pages=kept)):
    print("read", len(source.pages), "unread", len(source.unread_pages), flush=True)
"""


@dataclass(slots=True)
class Run:
    """What a program cost: seconds by the clock and of the processor, most memory of it and of what it started (MiB),
    and its last line."""

    wall: float
    processor: float
    memory: float
    said: str
    pages: int = 0


def pages(count: int) -> list[Image.Image]:
    """Clean pages of the bundled texts, printed; the same ones again where more are wanted."""
    made: list[Image.Image] = []
    for path in sorted((PROJECT / "corpus" / "samples").glob("*.txt")):
        if len(made) >= count:
            break
        made += [sheet.picture for sheet in printed(path.read_text(encoding="utf-8"), most_pages=count - len(made))]
    return [made[at % len(made)] for at in range(count)]


def as_pdf(pictures: list[Image.Image], path: Path) -> Path:
    # packed as office scanners do; a file of 300 pages stays below the largest that is read
    pictures[0].save(path, "PDF", resolution=300, quality=50, save_all=True, append_images=pictures[1:])
    return path


def run(command: list[str], *, kill_after: int | None = None, **environment: str) -> Run:
    """Runs a program and measures it; ``kill_after``: kills it with all it started once it told of so many pages."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=PROJECT, start_new_session=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": str(PROJECT), **environment},
    )  # fmt: skip
    peak = [0.0]
    watch = threading.Thread(target=_watched, args=(process, peak), daemon=True)
    watch.start()
    said, told = "", 0
    for line in process.stdout or ():
        said = line.strip()
        told += line.startswith("page ")
        if kill_after is not None and told >= kill_after:
            os.killpg(process.pid, 9)
            break
    process.wait()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(time.monotonic() - began, used, peak[0], said, told)


def _watched(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _memory(process.pid))
        time.sleep(0.25)


def _memory(pid: int) -> float:
    """Memory of a process and of those it started, in MiB."""
    total = 0.0
    with suppress(OSError):
        found = _PAGE_BYTES.search(Path(f"/proc/{pid}/status").read_text())
        total = int(found[1]) / 1024 if found else 0.0
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += _memory(int(child))
    return total


def read_file(path: Path, cores: int, kept: str = "", kill_after: int | None = None) -> Run:
    """The program reads a file in a process of its own."""
    return run([sys.executable, "-c", _READ, str(path), str(cores), kept], kill_after=kill_after)


def beside(count: int) -> None:
    """Processor seconds a page of a clean file of ``count`` pages, by each way of recognising it."""
    ways: dict[str, Callable[[Path, list[Path]], list[str]]] = {
        "plain tesseract": lambda pdf, files: ["tesseract", str(pdf.with_suffix(".list")), "stdout", "-l", "vie"],
    }
    ocrmypdf = shutil.which("ocrmypdf")
    if ocrmypdf:
        options = ["-l", "vie", "--rotate-pages", "--deskew", "--jobs", "1", "--output-type", "pdf", "--optimize", "0"]
        ways["ocrmypdf, rotate and deskew"] = lambda pdf, files: [
            ocrmypdf, *options, str(pdf), str(pdf.with_suffix(".out.pdf")),
        ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        pictures = pages(count)
        pdf = as_pdf(pictures, Path(folder) / "clean.pdf")
        files = []
        for at, picture in enumerate(pictures):
            files.append(Path(folder) / f"{at}.png")
            picture.save(files[-1], dpi=(300, 300), compress_level=1)
        pdf.with_suffix(".list").write_text("\n".join(map(str, files)) + "\n", encoding="utf-8")
        print("| way | processor s a page | times plain tesseract | wall s a page |\n|---|---|---|---|")
        plain = 0.0
        for name, command in ways.items():
            used = run(command(pdf, files))
            plain = plain or used.processor
            _print_row(name, used, plain, count)
        if not ocrmypdf:
            print("| ocrmypdf | not installed | – | – |")
        one = read_file(pdf, 1)
        _print_row("Cancu, one core", one, plain, count)
        two = read_file(pdf, 2)
        _print_row("Cancu, two cores", two, plain, count)
        print(f"\nwall time on two cores: {two.wall / one.wall:.2f} of one core's (load {os.getloadavg()[0]:.1f})")


def _print_row(name: str, used: Run, plain: float, count: int) -> None:
    ratio = used.processor / plain
    print(f"| {name} | {used.processor / count:.2f} | {ratio:.2f} | {used.wall / count:.2f} |", flush=True)


def long(count: int) -> None:
    """A file of ``count`` pages is read on two cores, killed in the middle, and read again."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = as_pdf(pages(count), Path(folder) / "long.pdf")
        kept = str(Path(folder) / "kept")
        print("| run | pages told | processor s | wall s | most memory, MiB | said at the end |")
        print("|---|---|---|---|---|---|")
        for name, kill_after in (("killed in the middle", count // 2), ("again", None)):
            used = read_file(pdf, 2, kept, kill_after)
            print(
                f"| {name} | {used.pages} | {used.processor:.0f} | {used.wall:.0f} | {used.memory:.0f} | {used.said} |",
                flush=True,
            )
