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
"""A fault whose tests run longer is noticed: something does not end, or became too slow to ship."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one fault: ``noticed``, ``survived``, or ``untested`` where no test runs its line."""

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
            noticed, by = self._noticed(tests)
        finally:
            path.write_text(source, encoding="utf-8")
        return Trial(fault, "noticed" if noticed else "survived", len(tests), time.monotonic() - began, by)

    def _noticed(self, tests: list[str]) -> tuple[bool, str]:
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
            return True, f"longer than {SECONDS} s"
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return done.returncode != 0, failed[0] if failed else ""
