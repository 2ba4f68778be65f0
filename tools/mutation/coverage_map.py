"""Which tests run which line: read from the contexts that coverage keeps."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path

from coverage import CoverageData


class CoverageMap:
    """The tests of every line of the modules under test, the fastest first and of like ones the most telling.

    Args:
        data: the file that ``pytest --cov --cov-context=test`` wrote.
        costs: the file that ``tools.mutation.costs`` wrote in the same run.
        project: the root of the tree in which it was written.
    """

    def __init__(self, data: Path, costs: Path, project: Path) -> None:
        with costs.open(encoding="utf-8") as lines_of_costs:
            self._costs: dict[str, float] = dict(map(json.loads, lines_of_costs))
        read = CoverageData(basename=str(data))
        read.read()
        self._tests: dict[str, dict[int, list[str]]] = defaultdict(dict)
        lines: Counter[str] = Counter()
        for name in read.measured_files():
            relative = _below(Path(name), project)
            if relative is None:
                continue
            for line, contexts in read.contexts_by_lineno(name).items():
                tests = sorted({context.rpartition("|")[0] for context in contexts if context})
                self._tests[relative][line] = tests
                lines.update(tests)
        self._breadth = lines

    def tests(self, module: str, line: int, most: int, seconds: float) -> list[str]:
        """At most ``most`` tests that run the line and take ``seconds`` together.

        Those of like cost (to a factor of four) stand in the order of how little else they run. A line that runs only
        when its module is imported has no test of its own: any test of the module may notice.
        """
        lines = self._tests.get(module, {})
        found = lines.get(line) or sorted({test for tests in lines.values() for test in tests})
        chosen: list[str] = []
        left = seconds
        for test in sorted(found, key=self._rank):
            left -= self._costs.get(test, 1.0)
            if len(chosen) == most or (chosen and left < 0):
                break
            chosen.append(test)
        return chosen

    def _rank(self, test: str) -> tuple[int, int, str]:
        cost = max(self._costs.get(test, 1.0), 0.05)
        return math.ceil(math.log(cost / 0.05, 4)), self._breadth[test], test


def _below(path: Path, project: Path) -> str | None:
    return str(path.relative_to(project)) if path.is_relative_to(project) else None


def is_readable(data: Path) -> bool:
    """Whether there is such a file, written with contexts."""
    try:
        with sqlite3.connect(f"file:{data}?mode=ro", uri=True) as connection:
            return bool(connection.execute("select count(*) from context where context != ''").fetchone()[0])
    except sqlite3.Error:
        return False
