"""The command: draw the sample, plant every fault, tell how many were noticed.

Exit status 1 where fewer are noticed than the floors ask for.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tools.mutation.coverage_map import CoverageMap, is_readable
from tools.mutation.sample import Fault, sample
from tools.mutation.trial import Copy, Trial

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "build" / "mutation" / "coverage"
COSTS = PROJECT / "build" / "mutation" / "costs.jsonl"
JUDGED = PROJECT / "tools" / "judged" / "mutants.tsv"
FLOOR, ROOM_FLOOR = 0.85, 0.75
TESTS, SECONDS = 400, 40.0
"""Of the tests that run a line: at most so many, and such as take so much processor time together."""


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("--each", type=int, default=2, help="faults of every module (default 2)")
    parser.add_argument("--module", action="append", help="only this module; may be given again")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--anew", action="store_true", help="run the suite under coverage though there is a map")
    parser.add_argument("--list", action="store_true", help="only list the sample")
    asked = parser.parse_args()
    faults = [fault for fault in sample(PROJECT, asked.each) if not asked.module or fault.module in asked.module]
    if asked.list:
        print("\n".join(fault.name for fault in faults))
        return 0
    if asked.anew or not (is_readable(DATA) and COSTS.exists()):
        _map_coverage()
    trials = list(_progress(run(faults, CoverageMap(DATA, COSTS, PROJECT), asked.workers), len(faults)))
    return report(trials, judged())


def _map_coverage() -> None:
    """Run the suite once, noting for every line which tests run it, and for every test what it takes."""
    DATA.parent.mkdir(parents=True, exist_ok=True)
    for path in DATA.parent.iterdir():
        path.unlink()
    settings = DATA.with_name("settings")
    settings.write_text("[run]\nsource_pkgs = kb,indexer,corpus.worker\nparallel = true\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-p", "tools.mutation.costs"]
    command += ["--ignore=tests/browser", *(f"--ignore={name}" for name in _longest())]
    command += ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    environment = {**os.environ, "COVERAGE_FILE": str(DATA), "CANCU_TEST_COSTS": str(COSTS)}
    subprocess.run(command, cwd=PROJECT, env=environment, check=False)  # a test that fails notices nothing


def _longest() -> list[str]:
    """The files of tests that start servers, browsers and many processes: too slow to be chosen for a fault."""
    return (PROJECT / "tests" / "longest.txt").read_text(encoding="utf-8").split()


def run(faults: list[Fault], covered: CoverageMap, workers: int) -> Iterator[Trial]:
    """Try every fault, ``workers`` at a time, each in a copy of its own; in the order in which they end."""
    copies: SimpleQueue[Copy] = SimpleQueue()
    made = [Copy(PROJECT) for _ in range(workers)]
    for copy in made:
        copies.put(copy)

    def attempt(fault: Fault) -> Trial:
        copy = copies.get()
        try:
            return copy.try_out(fault, covered.tests(fault.module, fault.line, TESTS, SECONDS))
        finally:
            copies.put(copy)

    try:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(attempt, faults)
    finally:
        for copy in made:
            copy.close()


def _progress(trials: Iterator[Trial], total: int) -> Iterator[Trial]:
    for n, trial in enumerate(trials, 1):
        print(
            f"{n}/{total} {trial.outcome:8} {trial.seconds:5.1f} s {trial.fault.name} {trial.by}",
            file=sys.stderr,
            flush=True,
        )
        yield trial


def judged() -> dict[str, str]:
    """Survivors that were looked at and change nothing a user could notice: name without line → reason."""
    if not JUDGED.exists():
        return {}
    rows = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:] if line]
    return {f"{module}\t{operator}\t{code}": reason for module, operator, code, reason in rows}


def report(trials: list[Trial], equal: dict[str, str]) -> int:
    """Print the table by room and what was not noticed; 1 where a floor is missed."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for trial in trials:
        outcomes[room(trial.fault.module)][_outcome(trial, equal)] += 1
    columns = ("noticed", "survived", "untested", "undecided", "equal")
    print("| room | noticed | survived | untested | undecided | judged equal | share |\n|---|---|---|---|---|---|---|")
    for name, counted in sorted(outcomes.items()):
        print(f"| `{name}` | {' | '.join(str(counted[one]) for one in columns)} | {_share(counted):.2f} |")
    whole = sum(outcomes.values(), Counter())
    share = _share(whole)
    print(f"\n{len(trials)} faults, {whole['equal']} judged equal, of the others {share:.3f} noticed\n\nSurvivors:\n")
    for trial in trials:
        if trial.outcome != "noticed":
            print(f"- {trial.outcome} {trial.fault.name}: `{_code(trial.fault)}` {equal.get(_key(trial.fault), '')}")
    low = [name for name, counted in sorted(outcomes.items()) if _share(counted) < ROOM_FLOOR]
    if low:
        print(f"\nRooms below {ROOM_FLOOR}: {', '.join(low)}")
    return int(share < FLOOR or bool(low))


def room(module: str) -> str:
    """The room a module lies in: ``kb/checking``, ``kb/reading/numbers``."""
    return "/".join(module.split("/")[:-1][:3])


def _outcome(trial: Trial, equal: dict[str, str]) -> str:
    return "equal" if trial.outcome != "noticed" and _key(trial.fault) in equal else trial.outcome


def _share(counted: Counter[str]) -> float:
    asked = counted.total() - counted["equal"]
    return counted["noticed"] / asked if asked else 1.0


def _code(fault: Fault) -> str:
    return (PROJECT / fault.module).read_text(encoding="utf-8").splitlines()[fault.line - 1].strip()


def _key(fault: Fault) -> str:
    return f"{fault.module}\t{fault.operator.removeprefix('core/')}\t{_code(fault)}"


if __name__ == "__main__":
    sys.exit(main())
