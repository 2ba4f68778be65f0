"""One fault planted in a copy of the tree, and the tests of its line run there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.mutation.sample import Fault

COPIED = ("kb", "indexer", "web", "cancu", "corpus", "tests", "bench", "tools", "docs", "pyproject.toml", "Makefile",
          "README.md", "README.vi.md")  # fmt: skip
SECONDS = 150
"""A fault whose tests run longer is noticed, where they take less without it: something does not end."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one fault: ``noticed``, ``survived``, ``untested`` where no test runs its line, or ``undecided``
    where its tests fail or do not end in time without the fault too."""

    fault: Fault
    outcome: str
    tests: int
    seconds: float
    by: str = ""


class Copy:
    """A copy of the tree in which faults are planted one after another. Close it to remove it."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self.root = Path(tempfile.mkdtemp(prefix="cancu-mutation-"))
        for name in COPIED:
            source = project / name
            if source.is_dir():
                shutil.copytree(source, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy2(source, self.root / name)

    def close(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self.root, ignore_errors=True)

    def try_out(self, fault: Fault, tests: list[str]) -> Trial:
        """Plant the fault, run the tests, and put the module back."""
        if not tests:
            return Trial(fault, "untested", 0, 0.0)
        path = self.root / fault.module
        source = path.read_text(encoding="utf-8")
        path.write_text(fault.planted(source), encoding="utf-8")
        began = time.monotonic()
        try:
            by = self._failed(tests)
        finally:
            path.write_text(source, encoding="utf-8")
        seconds = time.monotonic() - began
        if by is None:
            outcome = "survived"
        else:  # a fault counts as noticed only by tests that pass without it
            outcome = "noticed" if self._failed([by] if by in tests else tests) is None else "undecided"
        return Trial(fault, outcome, len(tests), seconds, by or "")

    def _failed(self, tests: list[str]) -> str | None:
        """The first test that fails, or that they do not end in time; None where all pass."""
        chosen = self.root / ".tests"
        chosen.write_text("\n".join(tests) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", f"@{chosen}"]
        environment = {
            **os.environ,
            "CANCU_SHARED": os.environ.get("CANCU_SHARED", str(self._project.parent / "shared")),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            done = subprocess.run(
                command, cwd=self.root, env=environment, capture_output=True, text=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return f"longer than {SECONDS} s"
        if done.returncode == 0:
            return None
        failed = [line.split(" ", 1)[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return failed[0].partition(" - ")[0] if failed else "could not be collected"
