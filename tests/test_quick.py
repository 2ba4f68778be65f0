"""The lists of the fast and of the longest tests: what they name is there, and of the fast no room goes without."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGES = ("messages", "corpus", "kb", "indexer", "web", "cancu")


def imported(path: Path) -> set[str]:
    """The modules that a file imports, by their dotted names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.fixture(scope="module")
def quick(project: Path) -> list[Path]:
    named = (project / "tests" / "quick.txt").read_text(encoding="utf-8").split()
    assert len(named) == len(set(named)) > 20
    return [project / name for name in named]


def test_the_longest_files_are_there(project: Path) -> None:
    named = (project / "tests" / "longest.txt").read_text(encoding="utf-8").split()
    assert len(named) == len(set(named)) and [name for name in named if not (project / name).is_file()] == []


def test_what_is_named_is_there(quick: list[Path]) -> None:
    assert [path.name for path in quick if not path.is_file()] == []


def test_every_floor_has_a_fast_test(quick: list[Path]) -> None:
    floors = {name.partition(".")[0] for path in quick for name in imported(path)}
    assert set(PACKAGES) <= floors


def test_every_room_of_the_knowledge_has_a_fast_test(quick: list[Path], project: Path) -> None:
    used = {".".join(name.split(".")[:2]) for path in quick for name in imported(path) if name.startswith("kb.")}
    rooms = {f"kb.{init.parent.name}" for init in (project / "kb").glob("*/__init__.py")}
    assert rooms - used == set()
