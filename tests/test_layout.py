"""Imports run down only, by their full names, and every module and function is written for one purpose.

Who may import whom stands in ``pyproject.toml`` (``tool.importlinter``), and import-linter checks it; here is what it
cannot say.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import house

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = ("messages", "corpus", "kb", "indexer", "web", "cancu")
BESIDE = {"bench", "tests", "tools"}
LONGEST_FILE = 450  # lines; beyond that a file has more than one purpose
LONGEST_FUNCTION = 60  # lines, docstring included
GREATEST_COMPLEXITY = 15  # as tools/house.py counts it: conditions joined by and, or count each


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


def test_the_contracts_of_imports_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-logo", "--no-cache"], cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def imported(tree: ast.AST) -> Iterator[str]:
    """The names of all modules that are imported, at the top or inside a function, by any of Python's ways."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            yield node.module or ""
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            assert isinstance(node.args[0], ast.Constant), f"import of a computed name in line {node.lineno}"
            yield str(node.args[0].value)


@pytest.mark.parametrize("path", modules(*FLOORS), ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_are_absolute_and_the_product_needs_nothing_from_beside_it(path: Path) -> None:
    beside = {name.partition(".")[0] for name in imported(ast.parse(path.read_text(encoding="utf-8")))} & BESIDE
    assert not beside


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import kb.store", {"kb.store"}),
        ("def f():\n    from web import create_app", {"web"}),
        ("import importlib\nimportlib.import_module('cancu.cli')", {"importlib", "cancu.cli"}),
    ],
)
def test_every_way_of_importing_is_seen(source: str, expected: set[str]) -> None:
    assert set(imported(ast.parse(source))) == expected


def test_every_room_is_a_package() -> None:
    """A folder without ``__init__.py`` is seen by no contract."""
    rooms = {path.parent for path in modules(*FLOORS)}
    assert [str(room.relative_to(PROJECT)) for room in sorted(rooms) if not (room / "__init__.py").is_file()] == []


def test_files_have_one_purpose() -> None:
    long = {
        str(path.relative_to(PROJECT)): lines
        for path in modules(*FLOORS)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(PROJECT)}:{function.name}": house.lines(function)
        for path in modules(*FLOORS, "bench", "tools")
        for function in house.functions(path)
        if house.lines(function) > LONGEST_FUNCTION
    }
    assert not long


def test_no_function_decides_more_than_a_reader_can_hold() -> None:
    tangled = [
        f"{path.relative_to(PROJECT)}:{function.name}"
        for path in modules(*FLOORS, "bench", "tools")
        for function in house.functions(path)
        if house.complexity(function) > GREATEST_COMPLEXITY
    ]
    assert not tangled
