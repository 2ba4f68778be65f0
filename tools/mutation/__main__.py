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
DATA = PROJECT / ".coverage.contexts"
JUDGED = PROJECT / "tools" / "judged" / "mutants.tsv"
FLOOR, MODULE_FLOOR = 0.85, 0.75
TESTS = 120


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("--each", type=int, default=4, help="faults of every module (default 4)")
    parser.add_argument("--module", action="append", help="only this module; may be given again")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--anew", action="store_true", help="run the suite under coverage though there is a map")
    parser.add_argument("--list", action="store_true", help="only list the sample")
    asked = parser.parse_args()
    faults = [fault for fault in sample(PROJECT, asked.each) if not asked.module or fault.module in asked.module]
    if asked.list:
        print("\n".join(fault.name for fault in faults))
        return 0
    if asked.anew or not is_readable(DATA):
        _map_coverage()
    trials = list(_progress(run(faults, CoverageMap(DATA, PROJECT), asked.workers), len(faults)))
    return report(trials, judged())


def _map_coverage() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--cov", "--cov-context=test"]
    subprocess.run([*command, "--cov-report="], cwd=PROJECT, env={**os.environ, "COVERAGE_FILE": str(DATA)}, check=True)


def run(faults: list[Fault], covered: CoverageMap, workers: int) -> Iterator[Trial]:
    """Try every fault, ``workers`` at a time, each in a copy of its own; in the order in which they end."""
    copies: SimpleQueue[Copy] = SimpleQueue()
    made = [Copy(PROJECT) for _ in range(workers)]
    for copy in made:
        copies.put(copy)

    def attempt(fault: Fault) -> Trial:
        copy = copies.get()
        try:
            return copy.try_out(fault, covered.tests(fault.module, fault.line, TESTS))
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
        print(f"{n}/{total} {trial.outcome:8} {trial.seconds:5.1f} s {trial.fault.name}", file=sys.stderr, flush=True)
        yield trial


def judged() -> dict[str, str]:
    """Survivors that were looked at and change nothing a user could notice: name without line → reason."""
    if not JUDGED.exists():
        return {}
    rows = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:] if line]
    return {f"{module}\t{operator}\t{code}": reason for module, operator, code, reason in rows}


def report(trials: list[Trial], equal: dict[str, str]) -> int:
    """Print the table; 1 where a floor is missed."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for trial in trials:
        outcome = trial.outcome
        if outcome != "noticed" and _key(trial.fault) in equal:
            outcome = "equal"
        outcomes[trial.fault.module][outcome] += 1
    print("| module | noticed | survived | untested | undecided | judged equal |\n|---|---|---|---|---|---|")
    low = []
    for module, counted in sorted(outcomes.items()):
        row = [counted[name] for name in ("noticed", "survived", "untested", "undecided", "equal")]
        print(f"| `{module}` | {' | '.join(map(str, row))} |")
        if row[0] < MODULE_FLOOR * sum(row[:4]):
            low.append(module)
    whole = sum(outcomes.values(), Counter())
    counted = sum(whole.values()) - whole["equal"]
    share = whole["noticed"] / counted if counted else 1.0
    print(
        f"\n{len(trials)} faults, {whole['equal']} judged equal, {whole['noticed']} of {counted} noticed: {share:.3f}"
    )
    print("\nSurvivors:\n")
    for trial in trials:
        if trial.outcome != "noticed":
            print(f"- {trial.outcome} {trial.fault.name}: `{_code(trial.fault)}` {equal.get(_key(trial.fault), '')}")
    if low:
        print(f"\nModules below {MODULE_FLOOR}: {', '.join(low)}")
    return int(share < FLOOR or bool(low))


def _code(fault: Fault) -> str:
    return (PROJECT / fault.module).read_text(encoding="utf-8").splitlines()[fault.line - 1].strip()


def _key(fault: Fault) -> str:
    return f"{fault.module}\t{fault.operator.removeprefix('core/')}\t{_code(fault)}"


if __name__ == "__main__":
    sys.exit(main())
