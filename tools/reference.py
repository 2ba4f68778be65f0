"""The generated parts of the documentation: ``python tools/reference.py`` writes them anew (``make docs``).

A generated part stands in a page between ``<!-- generated: NAME -->`` and ``<!-- end: NAME -->``; what stands outside
is written by hand and left alone. ``NAME`` says what belongs there:

``options``             what every verb of the command line takes
``verb VERB``           what one verb takes, from its argument parser
``rooms FOLDER …``      the rooms of a folder, from the docstrings of its packages
``modules FOLDER``      the same with every module in them
``rules PACKAGE``       the tables of rules in a package, from their sentences and examples
``public MODULE …``     the public names of modules (of ``MODULE:A,B`` only these) with their signatures, from the
                        objects themselves

A verb without a part is added at the end of the page of the command line. ``tests/test_docs.py`` fails where a page is
stale.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from cancu.cli import _parser  # noqa: E402  the project is importable from here on
from cancu.terminal import Terminal  # noqa: E402
from kb.reading.relations.rules import Example, Table  # noqa: E402

COMMAND_LINE = "docs/cli.md"
PAGES = (COMMAND_LINE, "docs/architecture.md", "docs/modules.md", "docs/rules.md")
PART = re.compile(r"<!-- generated: (?P<name>[^>]+?) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)
LONGEST_EXAMPLE = 150  # code points
WIDTH = 112  # columns of a signature before it is wrapped
FLOORS = ("messages", "corpus", "kb", "indexer", "web", "cancu")


def main() -> int:
    for page, text in pages().items():
        path = PROJECT / page
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(page)
    return 0


def pages() -> dict[str, str]:
    """Every page with generated parts as it should stand, by its path from the project's root."""
    return {page: _filled(page, (PROJECT / page).read_text(encoding="utf-8")) for page in PAGES}


def _filled(page: str, text: str) -> str:
    """The page with its parts written anew; of the command line with a section for every verb that has none."""
    if page == COMMAND_LINE:
        for name in _verbs():
            if f"<!-- generated: verb {name} -->" not in text:
                text += f"\n## `{name}`\n\n<!-- generated: verb {name} -->\n<!-- end: verb {name} -->\n"
    return PART.sub(lambda found: _part(found["name"]), text)


def _part(name: str) -> str:
    kind, _, rest = name.partition(" ")
    make: dict[str, Callable[[str], str]] = {
        "options": lambda _: _options(),
        "verb": _verb,
        "rooms": lambda folders: _rooms(folders.split()),
        "modules": _modules,
        "rules": _rules,
        "public": lambda wanted: _public(wanted.split()),
    }
    return f"<!-- generated: {name} -->\n{make[kind](rest)}\n<!-- end: {name} -->"


# -- the command line ----------------------------------------------------------------------------------------------


def _verbs() -> dict[str, argparse.ArgumentParser]:
    """The argument parser of each verb, by its name, with help in English."""
    return _acts(_parser(Terminal("en")))


def _acts(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers below a parser: verbs of the command, acts of a verb; none for most."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _help_of(parser: argparse.ArgumentParser, act: str) -> str:
    """What help says of one act of a verb."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return next((str(one.help) for one in action._choices_actions if one.dest == act), "")
    return ""


def _options() -> str:
    common = [action for action in _parser(Terminal("en"))._actions if action.option_strings]
    return _table(common)


def _verb(name: str) -> str:
    parser = _verbs()[name]
    common = {option for action in _parser(Terminal("en"))._actions for option in action.option_strings}
    parts = [f"{parser.description}", _usage(f"cancu {name}", parser), _table(_own(parser, common))]
    for act, below in _acts(parser).items():
        parts += [f"{_usage(f'cancu {name} {act}', below)}: {_help_of(parser, act)}", _table(_own(below, common))]
    return "\n\n".join(part for part in parts if part)


def _own(parser: argparse.ArgumentParser, common: set[str]) -> list[argparse.Action]:
    """What a parser takes beside the options of every verb and the acts below it."""
    return [
        action
        for action in parser._actions
        if not common & set(action.option_strings) and not isinstance(action, argparse._SubParsersAction)
    ]


def _usage(command: str, parser: argparse.ArgumentParser) -> str:
    words = [_spelling(action) for action in parser._actions if not action.option_strings]
    return f"`{' '.join([command, *words, '[options]'])}`"


def _spelling(action: argparse.Action) -> str:
    """How an argument is written: ``PATH…``, ``--direction up|down``, ``[VALUE]``."""
    if isinstance(action, argparse._SubParsersAction):
        return str(action.metavar or "ACT")
    value = action.metavar or "|".join(map(str, action.choices or ())) or (action.dest.upper() if action.dest else "")
    if isinstance(value, tuple):
        value = " ".join(value)
    if action.option_strings:
        given = "" if action.nargs == 0 else f" {value}"
        return ", ".join(action.option_strings) + given
    return {"?": f"[{value}]", "*": f"[{value}…]", "+": f"{value}…"}.get(str(action.nargs), value)


def _table(actions: list[argparse.Action]) -> str:
    if not actions:
        return ""
    rows = []
    for action in actions:
        meaning = (action.help or "") % {"default": action.default, "prog": "cancu"}
        if action.required and action.option_strings:
            meaning += " (required)"
        rows.append(f"| `{_cell(_spelling(action))}` | {_cell(meaning)} |")
    return "\n".join(["| option | meaning |", "|---|---|", *rows])


def _cell(words: str) -> str:
    return re.sub(r"\s+", " ", words).replace("|", r"\|")


# -- rooms and modules ---------------------------------------------------------------------------------------------


def _rooms(folders: list[str]) -> str:
    rows = [f"| `{room}/` | {_says(PROJECT / room / '__init__.py')} |" for room in _packages(folders)]
    return "\n".join(["| room | what is decided there |", "|---|---|", *rows])


def _packages(folders: list[str]) -> Iterator[str]:
    """The packages directly in each folder, by their path from the project's root."""
    for folder in folders:
        for init in sorted((PROJECT / folder).glob("*/__init__.py")):
            yield str(init.parent.relative_to(PROJECT))


def _modules(folder: str) -> str:
    """One table for each room of a folder, rooms within rooms below it."""
    parts = []
    for init in sorted((PROJECT / folder).rglob("__init__.py"), key=lambda path: path.parent.parts):
        room = init.parent
        rows = [f"| `{path.name}` | {_says(path)} |" for path in sorted(room.glob("*.py")) if path.name[0] != "_"]
        heading = f"### {room.relative_to(PROJECT)}/\n\n{_says(init)}"
        parts.append("\n".join([heading, "", "| module | |", "|---|---|", *rows]) if rows else heading)
    return "\n\n".join(parts)


def _says(path: Path) -> str:
    """The first sentence of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return _cell(_first_sentence(docstring))


def _first_sentence(docstring: str) -> str:
    """The first sentence of a docstring, ``code`` in one pair of backticks, as Markdown has it."""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    sentence = re.match(r".*?[.](?=\s+[A-Z]|$)", paragraph)
    words = sentence.group() if sentence else paragraph
    return re.sub(r":[a-z]+:`", "`", words.replace("``", "`"))


# -- rules ---------------------------------------------------------------------------------------------------------


def _rules(package: str) -> str:
    """Every table of rules in a package, in the order of its modules, each rule with its first examples."""
    shown: list[Table[Any, Any]] = []
    parts = []
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        for table in vars(importlib.import_module(found.name)).values():
            if isinstance(table, Table) and table not in shown and _is_home(table, found.name):
                shown.append(table)
                parts.append(_rule_table(table, found.name))
    return "\n\n".join(parts)


def _is_home(table: Table[Any, Any], module: str) -> bool:
    """Whether a table is written down in this module, not imported by it."""
    return any(rule.decide.__module__ == module for rule in table.rules)


def _rule_table(table: Table[Any, Any], module: str) -> str:
    rows = []
    for rule in table.rules:
        order = f" *({rule.order})*" if rule.order else ""
        examples = [_example(some[0]) if some else "" for some in (rule.fires, rule.spares)]
        rows.append(f"| {_cell(rule.says + order)} | {' | '.join(examples)} |")
    heading = f"### {table.name[0].upper()}{table.name[1:]}: `{module}`"
    return "\n".join([heading, "", "| rule | decides | is silent |", "|---|---|---|", *rows])


def _example(example: Example) -> str:
    """The text, its middle left out where it is long, what is known besides it, and what is said of it."""
    text = _cell(example.text)
    if len(text) > LONGEST_EXAMPLE:
        text = f"{text[: LONGEST_EXAMPLE // 2]} … {text[-LONGEST_EXAMPLE // 3 :]}"
    known = "".join(f" ({name}: {value})" for name, value in example.where.items())
    return f"{text}{_cell(known)} → `{_cell(example.gives)}`"


# -- public names --------------------------------------------------------------------------------------------------


def _public(wanted: list[str]) -> str:
    """The public classes and functions of some modules; what a class inherits from another of them is not repeated."""
    found = {one: _names(one) for one in wanted}
    classes = {value for names in found.values() for value in names.values() if inspect.isclass(value)}
    parts = []
    for one, names in found.items():
        lines = [line for name, value in names.items() for line in _described(name, value, classes)]
        parts.append("\n".join([f"#### `{one.partition(':')[0]}`", "", "```python", *lines, "```"]))
    return "\n\n".join(parts)


def _names(wanted: str) -> dict[str, Any]:
    """The public names of ``MODULE`` or ``MODULE:A,B``: those asked for, of its ``__all__``, else those it defines."""
    module_name, _, chosen = wanted.partition(":")
    module = importlib.import_module(module_name)
    names = (
        (chosen.split(",") if chosen else None)
        or getattr(module, "__all__", None)
        or [
            name
            for name, value in vars(module).items()
            if name[0] != "_" and getattr(value, "__module__", "") == module_name and callable(value)
        ]
    )
    return {name: getattr(module, name) for name in names}


def _described(name: str, value: Any, classes: set[type]) -> Iterator[str]:
    if inspect.isclass(value):
        yield from _class(name, value, classes - {value})
    elif inspect.isfunction(value):
        yield from _signature(name, value, "")
        yield from _remark(value, "    ")
    else:
        yield f"{name}: {type(value).__name__}"


def _class(name: str, kind: type, others: set[type]) -> Iterator[str]:
    bases = ", ".join(base.__name__ for base in kind.__bases__ if base is not object)
    yield f"class {name}({bases}):" if bases else f"class {name}:"
    yield from _remark(kind, "    ")
    given = _fields(kind)
    yield from _wrapped("    ", [f"{field}," for field in given])
    for member, value in _members(kind, others).items():
        if member in {field.partition(":")[0] for field in given}:
            continue
        if isinstance(value, property) and value.fget:
            yield f"    {member}: {_annotation(inspect.signature(value.fget).return_annotation)}"
            yield from _remark(value, "        ")
        elif isinstance(value, classmethod | staticmethod):
            yield f"    @{type(value).__name__}"
            yield from _signature(member, value.__func__, "    ")
            yield from _remark(value.__func__, "        ")
        elif inspect.isfunction(value):
            yield from _signature(member, value, "    ")
            yield from _remark(value, "        ")


def _fields(kind: type) -> list[str]:
    """The fields of a class of plain data, each ``name: type``, those it inherits first."""
    if is_dataclass(kind):
        return [f"{field.name}: {_annotation(field.type)}" for field in fields(kind)]
    if hasattr(kind, "_fields"):
        types = inspect.get_annotations(kind)
        return [f"{name}: {_annotation(types[name])}" for name in kind._fields]
    return []


def _members(kind: type, others: set[type]) -> dict[str, Any]:
    """What a class gives to its callers, its own first, then what it inherits from the project's other classes."""
    found: dict[str, Any] = {}
    for one in kind.__mro__:
        if one.__module__.partition(".")[0] in FLOORS and one not in others:
            for name, value in vars(one).items():
                if name[0] != "_":
                    found.setdefault(name, value)
    return found


def _signature(name: str, function: Callable[..., Any], indent: str) -> list[str]:
    signature = inspect.signature(function)
    words, last = [], None
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and last not in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL):
            words.append("*")
        words.append(_parameter(parameter))
        last = parameter.kind
    given = signature.return_annotation
    end = ")" if given is signature.empty else f") -> {_annotation(given)}"
    pieces = [f"{word}," for word in words[:-1]] + [f"{word}{end}" for word in words[-1:]]
    pieces[:1] = [f"def {name}({pieces[0] if pieces else end}"]
    return _wrapped(indent, pieces)


def _wrapped(indent: str, pieces: list[str]) -> list[str]:
    """Pieces in lines of bounded width, none of them broken; the lines after the first stand further in."""
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 1 + len(piece) <= WIDTH:
            lines[-1] += f" {piece}"
        else:
            lines.append(indent + ("    " if lines and pieces[0].startswith("def ") else "") + piece)
    return lines


def _parameter(parameter: inspect.Parameter) -> str:
    star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    words = star + parameter.name
    if parameter.annotation is not parameter.empty:
        words += f": {_annotation(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        plain = isinstance(parameter.default, str | int | float | bool | tuple | None)
        words += f" = {parameter.default!r}" if plain else " = …"
    return words


def _annotation(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _remark(documented: Any, indent: str) -> list[str]:
    """The first sentence of a docstring as a comment."""
    sentence = _first_sentence(inspect.getdoc(documented) or "")
    if not sentence or sentence.startswith(f"{getattr(documented, '__name__', '')}("):  # a dataclass's own
        return []
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ", break_on_hyphens=False
    )


if __name__ == "__main__":
    sys.exit(main())
