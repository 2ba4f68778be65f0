"""One fault planted in a copy of the tree, and the tests of its line run there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.mutation.sample import Fault

COPIED = ("messages", "kb", "indexer", "web", "cancu", "corpus", "tests", "bench", "tools", "docs", "pyproject.toml",
          "Makefile", "README.md", "README.vi.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md")  # fmt: skip
SECONDS = 60
"""Processor time. A fault whose tests take more is noticed, where they take less without it: something does not end."""


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
        self._warm = self._start("--collect")
        self._cool = self._start()
        self._sound: dict[str, bool] = {}

    def _start(self, *options: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "CANCU_SHARED": os.environ.get("CANCU_SHARED", str(self._project.parent / "shared")),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",  # a process with threads is not forked well
        }
        command = [sys.executable, "-m", "tools.mutation.warm", *options]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.root, env=environment, stdin=pipe, stdout=pipe, text=True)

    def close(self) -> None:
        """End the processes and remove the copy."""
        for process in (self._warm, self._cool):
            process.communicate()
        shutil.rmtree(self.root, ignore_errors=True)

    def try_out(self, fault: Fault, tests: list[str]) -> Trial:
        """Plant the fault, run the tests, and put the module back."""
        if not tests:
            return Trial(fault, "untested", 0, 0.0)
        began = time.monotonic()
        outcome, by = self._try_out(fault, tests)
        return Trial(fault, outcome, len(tests), time.monotonic() - began, by)

    def _try_out(self, fault: Fault, tests: list[str]) -> tuple[str, str]:
        path = self.root / fault.module
        source = path.read_text(encoding="utf-8")
        planted = fault.planted(source)
        for process in (self._warm, self._cool):
            if process is self._cool:
                path.write_text(planted, encoding="utf-8")
            try:
                said = self._ask(process, tests, fault.module, planted)
            finally:
                path.write_text(source, encoding="utf-8")
            by = said["by"] or "the end"
            if said["outcome"] in ("failed", "endless") and self._is_sound([by] if "::" in by else tests):
                return "noticed", by
        return ("survived", "") if said["outcome"] == "passed" else ("undecided", by)

    def _is_sound(self, tests: list[str]) -> bool:
        """Whether the tests pass without a fault: only then does their failing say that one was noticed."""
        key = "\n".join(tests)
        if key not in self._sound:
            self._sound[key] = self._ask(self._cool, tests)["outcome"] == "passed"
        return self._sound[key]

    def _ask(
        self, process: subprocess.Popen[str], tests: list[str], module: str = "", source: str | None = None
    ) -> Any:
        assert process.stdin and process.stdout
        asked = {"module": module, "source": source, "tests": tests, "seconds": SECONDS}
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process that runs the tests ended: status {process.wait()}")
        return json.loads(line)
