"""The sample of faults: drawn by a fixed seed, a module at a time, so that it only changes where a module does."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

SEED = "cancu"
UNDER_TEST = ("kb", "indexer", "corpus/worker.py")
LEAST_LINES = 40
"""Modules with fewer lines that can be faulted are drawn from with one fault less for each ten that they lack."""

_SAME_BEHAVIOUR = ("lru_cache", "cache", "dataclass", "overload", "property", "cached_property")
"""Decorators without which a function does the same, or the module cannot be imported at all."""


_KINDS = {
    "ReplaceBinaryOperator": frozenset(
        [
            "Add_Sub",
            "Sub_Add",
            "Mul_FloorDiv",
            "Div_Mul",
            "FloorDiv_Mul",
            "Mod_Mul",
            "BitOr_BitAnd",
            "BitAnd_BitOr",
            "LShift_RShift",
        ]
    ),
    "ReplaceComparisonOperator": frozenset(
        [
            "Eq_NotEq",
            "NotEq_Eq",
            "Lt_LtE",
            "Lt_GtE",
            "LtE_Lt",
            "LtE_Gt",
            "Gt_GtE",
            "Gt_LtE",
            "GtE_Gt",
            "GtE_Lt",
            "Is_IsNot",
            "IsNot_Is",
            "In_NotIn",
        ]
    ),
}
"""Of the operators that replace one sign by each other sign: a boundary moved, a sense turned round. The rest is
noticed by any test (text minus text) or by none (``is`` for ``==`` on short strings), and would dilute the sample."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault: the operator of Cosmic Ray, its occurrence in the module, and where it stands."""

    module: str
    operator: str
    occurrence: int
    line: int
    column: int

    @property
    def name(self) -> str:
        """What tells the fault from others in a report: module, line and operator."""
        return f"{self.module}:{self.line} {self.operator.removeprefix('core/')}#{self.occurrence}"

    def planted(self, source: str) -> str:
        """The module's text with the fault in it."""
        mutated: str | None = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        if mutated is None:
            raise LookupError(f"no such fault: {self.name}")
        return mutated


def modules(project: Path) -> list[str]:
    """The modules under test, as paths below the project, in order."""
    found = []
    for name in UNDER_TEST:
        place = project / name
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [str(path.relative_to(project)) for path in found]


def sample(project: Path, each: int) -> list[Fault]:
    """Up to ``each`` faults of every module, each on a line of its own."""
    return [fault for module in modules(project) for fault in _of_module(project, module, each)]


def _of_module(project: Path, module: str, each: int) -> Iterator[Fault]:
    by_line: dict[int, list[Fault]] = {}
    for fault in _all(project, module):
        by_line.setdefault(fault.line, []).append(fault)
    draw = random.Random(f"{SEED} {module}")
    lines = sorted(by_line)
    count = min(len(lines), each, max(1, each - (LEAST_LINES - len(lines)) // 10))
    for line in sorted(draw.sample(lines, count)):
        yield draw.choice(by_line[line])


def _all(project: Path, module: str) -> Iterator[Fault]:
    """Every fault that can change what the module does."""
    source = (project / module).read_text(encoding="utf-8")
    ignored = _without_effect(ast.parse(source))
    nodes = list(ast_nodes(get_ast(source)))
    for operator in filter(_is_telling, sorted(operator_names())):
        made = get_operator(operator)
        occurrence = -1
        for node in nodes:
            for (line, column), _ in made().mutation_positions(node):
                occurrence += 1
                if not any(start <= (line, column) < end for start, end in ignored):
                    yield Fault(module, operator, occurrence, line, column)


def _is_telling(operator: str) -> bool:
    kind, _, signs = operator.removeprefix("core/").partition("_")
    if get_operator(operator).arguments():
        return False  # replaces names that somebody has to give: none are given
    return kind not in _KINDS or signs in _KINDS[kind]


def _without_effect(tree: ast.Module) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of the text in which a fault changes nothing that anyone could see.

    Annotations are never evaluated, ``strict=`` of ``zip`` only guards, and some decorators only cost time.
    """
    found = [expression for node in ast.walk(tree) for expression in _idle(node)]
    return [
        ((node.lineno, max(0, node.col_offset - 1)), (node.end_lineno or node.lineno, node.end_col_offset or 0))
        for node in found
    ]


def _idle(node: ast.AST) -> list[ast.expr]:
    """The parts of a node of which nothing but the time it takes depends."""
    if isinstance(node, ast.arg | ast.AnnAssign):
        return [node.annotation] if node.annotation else []
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        idle = [one for one in node.decorator_list if any(name in ast.unparse(one) for name in _SAME_BEHAVIOUR)]
        return [*idle, node.returns] if node.returns else idle
    if isinstance(node, ast.ClassDef):
        return node.decorator_list
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "zip":
        return [word.value for word in node.keywords]
    return []
