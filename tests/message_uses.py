"""Where the sources name a message: every literal id, the values given with it, and every group of messages.

A message is used where ``say``, ``Message`` or one of the wrappers below gets its id as a literal, or where ``pick``
gets the literal name of the group that it is in.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import nodes

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = ("messages", "corpus", "kb", "indexer", "web", "cancu")
SAYING = {"say": "", "Message": "", "t": "", "notice": "corpus.notice.", "refused": "corpus.notice."}
"""Functions whose first argument is an id, with what they put before it; keywords are the message's values."""
CHOOSING = ("pick", "among", "of", "reworded")
"""Functions whose first argument is a group."""
ID = re.compile(rf"(?:{'|'.join(FLOORS[1:])})(?:\.[a-z_]+)+\.[a-z0-9_-]+")


@dataclass(frozen=True)
class Use:
    """One place in the sources: ``values`` is None where they cannot be told from the call alone."""

    where: str
    id: str
    values: frozenset[str] | None


def python_calls(path: Path) -> Iterator[Use]:
    """The messages that a module says."""
    for node in telling_nodes(path):
        if isinstance(node, ast.Call) and (name := _called(node.func)) in SAYING:
            first = node.args[0]
            id = SAYING[name] + first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
            if ID.fullmatch(id):
                given = [keyword.arg for keyword in node.keywords]
                values = None if None in given else frozenset(word for word in given if word)
                yield Use(f"{path.relative_to(PROJECT)}:{node.lineno}", id, values)


def python_groups(path: Path) -> Iterator[str]:
    """The groups that a module chooses among, and every other literal that could be the name of one."""
    for node in telling_nodes(path):
        if isinstance(node, ast.Call) and _called(node.func) in CHOOSING:
            if isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)
        elif isinstance(node, ast.Dict):
            yield from (value.value for value in node.values if isinstance(value, ast.Constant) and _is_id(value.value))


@cache
def telling_nodes(path: Path) -> tuple[ast.Call | ast.Dict, ...]:
    """The calls with arguments and the dictionaries of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and node.args) or (isinstance(node, ast.Dict) and node.values)
    )


def template_calls(path: Path) -> Iterator[Use]:
    """The messages that a template says."""
    for call in template_tree(path).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in SAYING and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const) and ID.fullmatch(str(first.value)):
                values = frozenset(keyword.key for keyword in call.kwargs)
                yield Use(f"{path.relative_to(PROJECT)}:{call.lineno}", str(first.value), values)


def template_groups(path: Path) -> Iterator[str]:
    """The groups that a template chooses among."""
    for call in template_tree(path).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in CHOOSING and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)


def modules() -> list[Path]:
    """Every module of the program."""
    return [path for floor in FLOORS for path in sorted((PROJECT / floor).rglob("*.py"))]


def templates() -> list[Path]:
    """Every template of the pages."""
    return sorted((PROJECT / "web" / "templates").glob("*.*"))


@cache
def template_tree(path: Path) -> nodes.Template:
    return jinja2.Environment().parse(path.read_text(encoding="utf-8"))


def _called(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _is_id(value: object) -> bool:
    return isinstance(value, str) and value.split(".")[0] in FLOORS[1:] and value.count(".") in (1, 2)
