"""Imports run down the floors only, and every module is written for one purpose."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "corpus": {"corpus"},
    "kb": {"kb"},
    "indexer": {"indexer", "kb", "corpus"},
    "web": {"web", "indexer", "kb", "corpus"},
    "cancu": {"cancu", "web", "indexer", "kb", "corpus"},
}
LONGEST = 450  # lines; beyond that a file has more than one purpose


def modules() -> list[Path]:
    return [path for room in MAY_IMPORT for path in sorted((PROJECT / room).rglob("*.py"))]


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


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_run_down_the_floors(path: Path) -> None:
    room = path.relative_to(PROJECT).parts[0]
    ours = {name.partition(".")[0] for name in imported(ast.parse(path.read_text(encoding="utf-8")))} & {
        *MAY_IMPORT,
        "bench",
        "tests",
        "tools",
    }
    assert ours <= MAY_IMPORT[room]


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


def test_files_have_one_purpose() -> None:
    long = {
        str(path.relative_to(PROJECT)): lines
        for path in modules()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert not long
