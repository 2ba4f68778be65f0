#!/usr/bin/env python3
"""Measure how the house is built: ``python tools/house.py [CHECKOUT]``, for this version or any other.

What is counted, in the five packages of the product (corpus, kb, indexer, web, cancu):

passed    One bundled text is read, stored, resolved, and the page of its document is made, everything in one process
          whose calls are traced; another text went the same way before, so that what is loaded once does not count.
          Modules *that ran*: of which at least one function ran. Modules *that citations pass*: of which a function
          took or gave citations, in whatever form (an object, row or dictionary with their fields, or a list of
          them). *Changes of module*: pairs of modules between which they went, by call or by return.
rooms     Modules and packages on the first level of ``kb``.
functions The greatest cyclomatic complexity (see :func:`complexity`) and the longest function in lines.
words     Words of Vietnamese in string literals that are neither docstring nor example: those with a letter or
          mark that Vietnamese has, and in *patterns* also runs of three or more letters that are syllables without
          their marks.
          *Messages* are literals that say one thing in the two languages.
fields    Places that list a citation's fields: a class, call, table or literal that names eight or more of them, the
          relation among them; and objects of that kind in ``web/openapi.json``.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGES = ("messages", "corpus", "kb", "indexer", "web", "cancu")
FIRST, TRACED = "quang-ngai-272-kh-skhcn-2022.txt", "ninh-thuan-421-kh-ubnd-2022.txt"

FIELDS = frozenset(
    (
        *("start", "end", "kind", "number", "type", "date", "body", "province", "province_known", "unit", "relation"),
        *("inverse", "cue", "cue_start", "aspect", "pinpoint", "title", "parent", "sentence", "page", "line"),
        *("confidence", "repairs", "notes", "raw", "text"),
    )
)
ENOUGH = 8

_MARKED = re.compile(
    r"[^\W\d_]*[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ][^\W\d_]*", re.IGNORECASE
)
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uoi|uou|yeu|ieu|oai|oay|oeo|uay|ie|ye|ia|ua|uo|uu|ui|uy|ue|oa|oe|oi|ai|ao|au|ay|eo|eu|iu|oo|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_LETTERS = re.compile(r"(?<![a-zA-Z\\])[a-z]{3,}(?![a-zA-Z])")
_GROUP_NAME = re.compile(r"\(\?P[<=]\w+[>)]|\{\w+\}")
_TAKES_A_PATTERN = ("compile", "fullmatch", "match", "search", "spaced", "sub", "finditer")
_TAKES_A_NAME = ("damaged", "folded", "pattern", "undamaged", "word_lists", "words", "_word")
_LETTER_CLASS = re.compile(r"\[\^?\]?[^\]\n]*\]")
_LOOKS_LIKE_A_PATTERN = re.compile(r"\\[sbdwW]|\[[a-z^]|\(\?[:!<=P]")


def sources(checkout: Path) -> list[Path]:
    """The modules of the product, in a fixed order."""
    return [path for name in PACKAGES for path in sorted((checkout / name).rglob("*.py"))]


# -- what one citation passes ----------------------------------------------------------------------------------


class Passage:
    """Follows the calls of this thread through the modules of a checkout.

    ``ran``: modules of which a function ran; ``passed``: those of which one took or gave citations; ``changes``: pairs
    of modules, calling and called, between which citations went.
    """

    def __init__(self, checkout: Path) -> None:
        self._begins = tuple(f"{checkout}/{name}/" for name in PACKAGES)
        self._root = len(str(checkout)) + 1
        self._known: dict[type, bool] = {}
        self.ran: set[str] = set()
        self.passed: set[str] = set()
        self.changes: set[tuple[str, str]] = set()

    def __call__(self, frame: FrameType, event: str, given: Any) -> None:
        if event not in ("call", "return") or frame.f_code.co_name == "<module>":
            return
        module = self._module(frame)
        if module is None:
            return
        self.ran.add(module)
        code = frame.f_code
        count = code.co_argcount + code.co_kwonlyargcount
        handed = [given] if event == "return" else [frame.f_locals.get(name) for name in code.co_varnames[:count]]
        if any(map(self._holds, handed)):
            self.passed.add(module)
            calling = self._calling(frame)
            if calling is not None and calling != module:
                self.changes.add((calling, module) if event == "call" else (module, calling))

    def _module(self, frame: FrameType) -> str | None:
        name = frame.f_code.co_filename
        return name[self._root :] if name.startswith(self._begins) else None

    def _calling(self, frame: FrameType) -> str | None:
        caller = frame.f_back
        while caller is not None and self._module(caller) is None:
            caller = caller.f_back
        return None if caller is None else self._module(caller)

    def _holds(self, value: Any) -> bool:
        """Whether a value is a citation in any form (fields, row, dictionary), or a sequence or mapping of them."""
        if isinstance(value, dict):
            return lists_fields(set(filter(_is_word, value))) or self._holds(next(iter(value.values()), None))
        if isinstance(value, list | tuple | deque) and not hasattr(value, "_fields"):
            return len(value) > 0 and self._holds(value[0])
        kind = type(value)
        if hasattr(value, "_fields"):  # a named tuple, or a row of the store
            return lists_fields(set(value._fields))
        if kind not in self._known:
            self._known[kind] = lists_fields(set(getattr(kind, "__dataclass_fields__", ())))
        return self._known[kind]


def _is_word(value: Any) -> bool:
    return isinstance(value, str)


def passed(checkout: Path) -> dict[str, list[Any]]:
    """Run in a process of its own whose path leads to the checkout (see ``main``)."""
    from corpus.read import read_path
    from kb.reading import read
    from kb.service import KnowledgeBase
    from web.app import create_app

    samples = checkout / "corpus" / "samples"
    with tempfile.TemporaryDirectory() as folder:
        base = KnowledgeBase.open(folder, create=True)
        client = create_app(folder).test_client()

        def take(name: str) -> None:
            for source in read_path(samples / name):
                reading = read(source.text)
                base.put(source, reading)
                base.resolve()
                held = max(base.documents(role="held"), key=lambda one: source.name in base.files_of(one.id))
                assert client.get(f"/vb/{held.id}").status_code == 200

        take(FIRST)
        passage = Passage(checkout)
        sys.setprofile(passage)
        try:
            take(TRACED)
        finally:
            sys.setprofile(None)
        base.close()
    return {"ran": sorted(passage.ran), "passed": sorted(passage.passed), "changes": sorted(passage.changes)}


# -- functions -------------------------------------------------------------------------------------------------


def complexity(function: ast.AST) -> int:
    """Cyclomatic complexity: one more than the decisions in a function, those of conditions joined by and, or, of
    comprehensions and of functions inside it among them (so 63 here may be 21 in a tool that counts statements)."""
    count = 1
    for node in ast.walk(function):
        if isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, _DECISIONS):
            count += 1
    return count


_DECISIONS = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has, docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def print_functions(checkout: Path) -> None:
    """The functions that are hardest to follow."""
    found = [(path.relative_to(checkout), one) for path in sources(checkout) for one in functions(path)]
    rated = sorted(((complexity(one), f"{path}:{one.name}") for path, one in found), reverse=True)
    long = sorted(((lines(one), f"{path}:{one.name}") for path, one in found), reverse=True)
    print(f"greatest complexity                   {rated[0][0]} {rated[0][1]}")
    print(f"functions of complexity above 15      {sum(value > 15 for value, _ in rated)}")
    print(f"longest function, lines               {long[0][0]} {long[0][1]}")


# -- words -----------------------------------------------------------------------------------------------------


def literals(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The string literals of a module that are neither docstring nor example (a decorator's arguments, ``Example(…)``),
    each with its use: ``pattern``, ``message`` (an argument ``vi``, or one of two wordings of which one has no
    Vietnamese), or ``other``."""
    nodes = list(ast.walk(tree))
    left_out = _inside([part for node in nodes for part in _never_run(node)])
    messages = _inside([part for node in nodes for part in _message(node)])
    patterns = _inside([part for node in nodes for part in _pattern(node)])
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            is_pattern = id(node) in patterns or _LOOKS_LIKE_A_PATTERN.search(node.value)
            yield node.value, "message" if id(node) in messages else "pattern" if is_pattern else "other"


def _never_run(node: ast.AST) -> Sequence[ast.AST]:
    """Docstrings, examples, and the names by which a table of words is asked (``WORDS["day"]``)."""
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.Call) and _name(node) in _TAKES_A_NAME:
        return node.args
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node.value]
    if isinstance(node, ast.FunctionDef):
        return node.decorator_list
    return [node] if isinstance(node, ast.Call) and _name(node) == "Example" else []


def _pattern(node: ast.AST) -> Sequence[ast.AST]:
    if isinstance(node, ast.Call) and _name(node) in _TAKES_A_PATTERN:
        return node.args
    return [node] if isinstance(node, ast.JoinedStr) and _LOOKS_LIKE_A_PATTERN.search(_said(node)) else []


def _message(node: ast.AST) -> Sequence[ast.AST]:
    if isinstance(node, ast.keyword) and node.arg == "vi":
        return [node.value]
    parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
    prose = [part for part in parts if isinstance(part, ast.Constant | ast.JoinedStr) and " " in _said(part)]
    marked = [part for part in prose if _MARKED.search(_said(part))]
    return prose if len(prose) == 2 and len(marked) == 1 else []


def _inside(nodes: Sequence[ast.AST]) -> set[int]:
    return {id(inner) for node in nodes for inner in ast.walk(node)}


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _said(node: ast.AST) -> str:
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return " ".join(part for part in parts if isinstance(part, str))


def vietnamese(literal: str, use: str) -> list[str]:
    """The words of Vietnamese in a literal, as they stand there."""
    literal = unicodedata.normalize("NFC", literal)
    if use == "pattern":
        literal = _LETTER_CLASS.sub(" ", literal)
    found: list[str] = [word for word in _MARKED.findall(literal) if len(word) > 1]
    if use == "pattern":
        found += [word for word in _LETTERS.findall(_GROUP_NAME.sub(" ", literal)) if _SYLLABLE.fullmatch(word)]
    return found


def words(checkout: Path) -> dict[str, Counter[str]]:
    """Words of Vietnamese by their use and file."""
    found: dict[str, Counter[str]] = {use: Counter() for use in ("pattern", "other", "message")}
    for path in sources(checkout):
        for literal, use in literals(ast.parse(path.read_text(encoding="utf-8"))):
            count = len(vietnamese(literal, use))
            if count:
                found[use][str(path.relative_to(checkout))] += count
    return found


# -- fields ----------------------------------------------------------------------------------------------------


def named(node: ast.AST) -> set[str]:
    """The names that one class, call or literal lists, without those of what stands inside it."""
    if isinstance(node, ast.ClassDef):
        return _ends([one.target for one in node.body if isinstance(one, ast.AnnAssign)])
    if isinstance(node, ast.Call):
        columns = [one.args[0] for one in node.args if isinstance(one, ast.Call) and one.args]
        return {one.arg for one in node.keywords if one.arg} | _ends(node.args) | _ends(columns)
    if isinstance(node, ast.Dict):
        return _ends([key for key in node.keys if key is not None])
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return _ends(node.elts)
    return set()


def _ends(parts: Sequence[ast.expr]) -> set[str]:
    """What is named by strings, by attributes (``citation.number``), by the fields of a class."""
    strings = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    return strings | names | {part.attr for part in parts if isinstance(part, ast.Attribute)}


def lists_fields(names: set[str]) -> bool:
    """Whether these are mostly a citation's."""
    return "relation" in names and len(names & FIELDS) >= ENOUGH


def places_of_fields(checkout: Path) -> list[str]:
    """Where a citation's fields are listed: ``file:line``."""
    found = [
        f"{path.relative_to(checkout)}:{node.lineno}"
        for path in sources(checkout)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if lists_fields(named(node)) and hasattr(node, "lineno")
    ]
    description = checkout / "web" / "openapi.json"
    if description.is_file():
        found += [f"web/openapi.json:{name}" for name in _objects(json.loads(description.read_bytes()), "")]
    return found


def _objects(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        if lists_fields(set(value)):
            yield name
        for key, inner in value.items():
            yield from _objects(inner, f"{name}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, name)


def main() -> None:
    """Print the figures of a checkout (default: this one)."""
    if sys.argv[1:2] == ["--passed"]:
        print(json.dumps(passed(Path(sys.argv[2]))))
        return
    checkout = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    command = [sys.executable, Path(__file__).resolve(), "--passed", checkout]
    traced = subprocess.run(command, cwd=checkout, env={"PYTHONPATH": str(checkout)}, capture_output=True, text=True)
    if traced.returncode:
        raise SystemExit(traced.stderr)
    way = json.loads(traced.stdout)
    print(f"modules                               {len(sources(checkout))}")
    print(f"from file to page: modules that ran   {len(way['ran'])}")
    print(f"modules that citations pass           {len(way['passed'])}")
    print(f"changes of module of citations        {len(way['changes'])}")
    rooms = [path for path in (checkout / "kb").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    print(f"rooms of kb                           {len([path for path in rooms if path.name != '__init__.py'])}")
    print_functions(checkout)
    for use, by_file in words(checkout).items():
        print(f"words of Vietnamese, {use + 's' if use != 'other' else 'other strings':17} {by_file.total()}")
        for name, count in by_file.most_common(8) if use != "message" else ():
            print(f"    {count:4} {name}")
    fields = places_of_fields(checkout)
    print(f"places that list a citation's fields  {len(fields)}")
    for place in fields:
        print(f"    {place}")


if __name__ == "__main__":
    main()
