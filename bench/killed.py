"""``kill -9`` at twenty moments each of ingest, rebuild, a register put in, corrections and serving: every reading verb
answers at once, and the next run ends in the same base.

    python -m bench killed

The moments are steps of the run (``bench/_killing.py``), drawn from a seed over all that an undisturbed run does;
those of serving are times at which one of two processes is killed under requests, and at last the one that watches
over them. ``CANCU_BENCH_MOMENTS`` is how many (default 20).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench._killing import done, run, said, written
from bench._measure import PROJECT, load
from bench.load import Server, asked, served

MOMENTS = int(os.environ.get("CANCU_BENCH_MOMENTS", "20"))
SEED = 2395
AT_ONCE = 5.0
"""Seconds within which a reading verb has to answer on a machine that has other work."""
READING = (
    ["stats"], ["lookup", "2395/QĐ-UBND"], ["search", "trồng rừng"], ["trace", "2395/QĐ-UBND"], ["register", "list"],
    ["corrections", "list"], ["changes", "--since", "2020"], ["export", "--format", "jsonl"],
)  # fmt: skip
_PLAN = """UBND TỈNH NINH THUẬN
Số: {n}/KH-UBND
Ninh Thuận, ngày 06 tháng 5 năm 2022

KẾ HOẠCH
Trồng rừng đợt {n}

Căn cứ Kế hoạch số {before}/KH-UBND ngày 06/5/2022 của UBND tỉnh Ninh Thuận;
Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận;
Thực hiện Quyết định số {n}00/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận, tỉnh ban hành kế hoạch này.
"""
_PLANS, _HELD = 16, 6


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work on a base: the words of the command after which come ``--kb FOLDER``."""

    name: str
    words: tuple[str, ...]


@dataclass(slots=True)
class Told:
    """What came of killing one kind of work."""

    steps: int
    killed: int = 0
    slowest: float = 0.0


def prepared(folder: Path) -> tuple[Path, list[Work]]:
    """A base with some plans in it, and the works on it."""
    plans = [
        written(folder / "plans" / f"{n:02}.txt", _PLAN.format(n=n, before=max(1, n - 1))) for n in range(1, _PLANS + 1)
    ]
    rows = [f"{n}00/QĐ-UBND,24/12/2021,UBND tỉnh Ninh Thuận,Về trồng rừng đợt {n}" for n in range(1, 60)]
    register = written(
        folder / "register.csv", "\n".join(["Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu", *rows])
    )
    fixes = [f"number\t{plans[n]}\t9{n}/KH-UBND\tLan\t2024-01-01\tđọc sai" for n in range(1, 4)]
    corrections = written(folder / "fixes.tsv", "\n".join(["kind\tsubject\tvalue\tauthor\tdate\treason", *fixes, ""]))
    base = folder / "kb"
    first = [str(path) for path in plans[:_HELD]]
    done(["ingest", *first, "--jobs", "1", "--no-registers", "--kb", str(base)])
    return base, [
        Work("ingest", ("ingest", str(folder / "plans"), "--jobs", "1", "--no-registers")),
        Work("rebuild", ("rebuild",)),
        Work("register add", ("register", "add", str(register), "--name", "văn thư")),
        Work("corrections apply", ("corrections", "apply", str(corrections))),
    ]


def state(base: Path) -> list[str]:
    """What a base says once a run has ended: its export, and what its index finds."""
    verbs = (["export", "--format", "jsonl"], ["search", "trồng rừng", "--limit", "50", "--json"])
    return [said([*words, "--kb", str(base)])[1] for words in verbs]


def killed(base: Path, work: Work, moments: int, chance: random.Random, folder: Path) -> Told:
    """Kill a work at drawn moments, each time on the base as it was. Raises ``AssertionError`` where a verb fails or
    the next run ends in another base."""
    whole = folder / "whole"
    shutil.copytree(base, whole)
    told = Told(run([*work.words, "--kb", str(whole)]))
    expected = state(whole)
    for moment in sorted(chance.sample(range(told.steps), min(moments, told.steps))):
        broken = folder / "broken"
        shutil.copytree(base, broken)
        told.killed += run([*work.words, "--kb", str(broken)], moment) == -1
        for words in READING:
            began = time.monotonic()
            code, _ = said([*words, "--kb", str(broken)])
            told.slowest = max(told.slowest, time.monotonic() - began)
            assert code in (0, 1), f"{work.name} killed before step {moment}: {' '.join(words)} ends with {code}"
        run([*work.words, "--kb", str(broken)])
        assert state(broken) == expected, f"{work.name} killed before step {moment}: another base"
        shutil.rmtree(broken)
    shutil.rmtree(whole)
    return told


def serving(base: Path, moments: int, chance: random.Random) -> str:
    """Kill one of the server's processes at drawn times while requests come, and at last the one above them."""
    before = state(base)
    answers: list[tuple[float, int]] = []
    with served(base, PROJECT) as server:
        stop = threading.Event()
        clients = [_asking(server, stop, answers, f"10.1.0.{n}") for n in range(4)]
        times = []
        for _ in range(moments):
            time.sleep(chance.uniform(0.05, 1.0))
            times.append(time.monotonic())
            os.kill(chance.choice(_workers(server)), signal.SIGKILL)
            _until(lambda: len(_workers(server)) == 2)
        stop.set()
        for one in clients:
            one.join()
        workers = _workers(server)
        server.process.kill()
        _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert state(base) == before
    lost = sum(status != 200 for _, status in answers)
    gaps = [min(at for at, status in answers if status == 200 and at > when) - when for when in times[:-1]]
    return (
        f"{moments} killed, {len(answers)} requests meanwhile, {lost} of them cut off; longest until the next answer "
        f"{max(gaps, default=0):.1f} s; none outlives the one that watches over them"
    )


def _asking(server: Server, stop: threading.Event, answers: list[tuple[float, int]], client: str) -> threading.Thread:
    def ask() -> None:
        while not stop.is_set():
            status, _, _ = asked(server.port, "/api/v1/lookup?number=2395/Q%C4%90-UBND", client=client)
            answers.append((time.monotonic(), status))
            time.sleep(0.02)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def _workers(server: Server) -> list[int]:
    """The processes that answer: those below the one that watches over them, but for what starts them."""
    pid = server.process.pid
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in below if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def _until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it does not come back"
        time.sleep(0.05)


def each(works: Sequence[Work], base: Path, moments: int, folder: Path) -> bool:
    """Kill each of the works; whether all was as it should be."""
    right = True
    for work in works:
        try:
            told = killed(base, work, moments, random.Random(f"{SEED} {work.name}"), folder)
        except AssertionError as error:
            right = False
            print(f"{work.name:20} {error}", flush=True)
            shutil.rmtree(folder / "broken", ignore_errors=True)
            shutil.rmtree(folder / "whole", ignore_errors=True)
            continue
        print(
            f"{work.name:20} {told.killed} killed, of {told.steps} steps; {len(READING)} reading verbs each time, the "
            f"slowest {told.slowest:.2f} s; the same base after the next run",
            flush=True,
        )
        right &= told.slowest <= AT_ONCE
    return right


def main() -> int:
    os.environ["CANCU_BUNDLED_REGISTERS"] = "0"
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as name:
        folder = Path(name)
        base, works = prepared(folder)
        right = each(works, base, MOMENTS, folder)
        print(f"{'serve':20} {serving(base, MOMENTS, random.Random(SEED))}; {load()}", flush=True)
    print(f"floor: each verb within {AT_ONCE:g} s, the same base: {'holds' if right else 'does not hold'}")
    return int(not right)
