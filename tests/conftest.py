"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

pytest.register_assert_rewrite("index_contract")

from postgres_server import postgres  # noqa: E402, F401
from web_support import bundled, odd, odd_kb, seed_kb, seeds  # noqa: E402, F401

_COVERAGE = "COVERAGE_PROCESS_CONFIG"  # by which coverage measures started processes, too
PROJECT = Path(__file__).resolve().parent.parent
os.environ["CANCU_BUNDLED_REGISTERS"] = "0"  # a base of a test holds what the test puts in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first, so that of those run side by side none is left alone at the end.

    Within a file, and among the others, nothing changes.
    """
    longest = (PROJECT / "tests" / "longest.txt").read_text(encoding="utf-8").split()
    rank = {PROJECT / name: place for place, name in enumerate(longest)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


UNMEASURED = {PROJECT / name for name in (PROJECT / "tests" / "unmeasured.txt").read_text("utf-8").split()}
"""Files of tests that drive whole servers, browsers and programs for minutes: to measure there, too, which lines of the
code are run costs twice their time and finds hardly a line that other tests do not run."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measures no coverage in the files of ``UNMEASURED``, nor in the processes that they start."""
    measuring = coverage.Coverage.current() if item.path in UNMEASURED else None
    if measuring is None:
        return (yield)
    measuring.stop()
    settings = os.environ.pop(_COVERAGE, None)
    try:
        return (yield)
    finally:
        if settings is not None:
            os.environ[_COVERAGE] = settings
        measuring.start()


@pytest.fixture(autouse=True)
def no_terminal_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output is laid out for a file of any width: a runner in parallel sets a terminal's width of its own."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the project's checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def samples(project: Path) -> Path:
    """The bundled collection."""
    return project / "corpus" / "samples"


@pytest.fixture(scope="session")
def shared(project: Path) -> Path:
    """The folder of real documents and gold beside the project (or where ``CANCU_SHARED`` points).

    Tests that need it skip where it is missing: the documents may not be copied into the project.
    """
    where = Path(os.environ.get("CANCU_SHARED") or project.parent / "shared")
    if not (where / "corpus").is_dir():
        pytest.skip(f"the folder of real documents is not here: {where} (set CANCU_SHARED to where it lies)")
    return where


@pytest.fixture(scope="session")
def sample_kb(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the bundled collection, made once; tests must not change it."""
    from cancu.cli import main

    where = tmp_path_factory.mktemp("samples") / "kb"
    assert main(["ingest", str(samples), "--kb", str(where)]) == 0
    return where
