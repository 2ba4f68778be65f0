"""A process that has everything imported and forks for every fault: what a fault costs is then only its tests.

    python -m tools.mutation.warm [--collect]      # run in a copy of the tree; asked by a line of JSON each

A line asks ``{"module", "source", "tests", "seconds"}``; ``source`` is the module's text with the fault, or null for
none. The answer is ``{"outcome", "by"}``: ``passed``, ``failed`` with the test, ``endless`` where the processor time is
used up, ``unplanted`` where the fault cannot be put in a running process.

With ``--collect`` all tests are imported before the first fault, and the code of the functions that hold the fault is
replaced in the child. What was worked out when the modules were imported is then what it was without the fault, so a
fault that survives there is tried again without ``--collect``: there only the packages of others are imported, and the
child imports the project with the fault in its file.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

OTHERS = ("alembic.command", "bs4", "docx", "flask", "hypothesis", "lxml.etree", "networkx", "numpy", "openpyxl",
          "orjson", "prometheus_client", "pypdfium2", "rapidfuzz", "rich.console", "scipy.sparse", "sqlalchemy",
          "sqlalchemy.dialects.sqlite", "tantivy", "waitress", "whoosh.index")  # fmt: skip
"""Packages of others that the project's modules import, loaded once."""
WALL = 12
"""A child may take so many times its processor time of the clock's: other work may run beside it."""


class Reporter:
    """Runs the chosen tests alone and keeps the first that failed: in the call, in what it needs, or while collected.

    They run file by file, so that what a module's tests share is made once; one that is no longer there is left out.
    """

    def __init__(self, chosen: Sequence[str]) -> None:
        self._chosen = frozenset(chosen)
        self.files = list(dict.fromkeys(one.partition("::")[0] for one in chosen))
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called when all files are collected."""
        rank = {file: place for place, file in enumerate(self.files)}
        items[:] = [item for item in items if item.nodeid in self._chosen]
        items.sort(key=lambda item: rank[item.nodeid.partition("::")[0]])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called after each step of a test."""
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Called after each collected file."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


def codes(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """All functions' code inside a module's, by qualified name and first line."""
    found = {}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found[constant.co_qualname, constant.co_firstlineno] = constant
            found.update(codes(constant))
    return found


def _own(code: CodeType) -> tuple[Any, ...]:
    """What a piece of code does, but for the functions inside it."""
    constants = tuple("code" if isinstance(one, CodeType) else (type(one), one) for one in code.co_consts)
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars


def changed(before: str, after: str, path: str) -> dict[tuple[str, int], CodeType] | None:
    """The functions whose code differs; None where the difference is not within functions."""
    old, new = compile(before, path, "exec", dont_inherit=True), compile(after, path, "exec", dont_inherit=True)
    was, now = codes(old), codes(new)
    if was.keys() != now.keys() or _own(old) != _own(new):
        return None
    differing = {key for key in was if _own(was[key]) != _own(now[key])}
    if not differing or any("<locals>" not in name and _is_class(was[name, line]) for name, line in differing):
        return None
    # a function holds the code of those inside it: the outer one is replaced too
    return {
        key: code
        for key, code in now.items()
        if any(key == one or one[0].startswith(f"{key[0]}.<locals>.") for one in differing)
    }


def _is_class(code: CodeType) -> bool:
    return "__qualname__" in code.co_names and "__module__" in code.co_names


def plant(module: str, before: str, after: str) -> bool:
    """Put the fault in the modules of this process; whether that was possible."""
    path = str(Path(module).resolve())
    found = changed(before, after, path)
    if found is None:
        return False
    planted = set()
    gc.unfreeze()  # what is frozen is not listed
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == path:
            key = (one.__code__.co_qualname, one.__code__.co_firstlineno)
            if key in found and one.__code__.co_freevars == found[key].co_freevars:
                one.__code__ = found[key]
                planted.add(key)
    return bool(planted)


def answer(asked: dict[str, Any], collected: bool) -> dict[str, str]:
    """Fork, plant, run the tests; what became of them."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        os.setpgid(0, 0)
        with os.fdopen(write, "w") as told:
            told.write(json.dumps(_run(asked, collected)))
            told.flush()
        os._exit(0)
    os.close(write)
    deadline = time.monotonic() + WALL * float(asked["seconds"])
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # also what its tests started
    os.waitpid(child, 0)
    with os.fdopen(read) as told:
        said = told.read()
    return json.loads(said) if said else {"outcome": "endless", "by": ""}


def _run(asked: dict[str, Any], collected: bool) -> dict[str, str]:
    limit = int(asked["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    if asked["source"] is not None and collected:
        before = Path(asked["module"]).read_text(encoding="utf-8")
        if not plant(asked["module"], before, asked["source"]):
            return {"outcome": "unplanted", "by": ""}
    reporter = Reporter(asked["tests"])
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    status = pytest.main([*options, *filter(os.path.exists, reporter.files)], plugins=[reporter])
    return {
        "outcome": "passed" if status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else "failed",
        "by": reporter.failed,
    }


def load(collect: bool) -> list[ModuleType]:
    """Import what every fault needs."""
    loaded = [importlib.import_module(name) for name in OTHERS]
    if collect:
        pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "tests", "--ignore=tests/browser"])
    return loaded


def main() -> None:
    """Answer the lines of standard input until it ends."""
    told = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    collect = "--collect" in sys.argv
    load(collect)
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), collect)), file=told, flush=True)


if __name__ == "__main__":
    main()
