"""Public names with their signatures, as Markdown, from the objects themselves; a part of ``tools/reference.py``."""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from messages.facts import facts_of

_MODULE = re.compile(r"\b(?:\w+\.)+(?=\w)")  # of a type, in front of its name
WIDTH = 112  # columns of a signature before it is wrapped
FLOORS = ("messages", "corpus", "kb", "indexer", "web", "cancu")


def first_sentence(docstring: str) -> str:
    """The first sentence of a docstring, ``code`` in one pair of backticks, as Markdown has it."""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    sentence = re.match(r".*?[.](?=\s+[A-Z]|$)", paragraph)
    words = sentence.group() if sentence else paragraph
    return re.sub(r":[a-z]+:`", "`", words.replace("``", "`"))


def public(wanted: list[str]) -> str:
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
    plain = {name: _MODULE.sub("", inspect.formatannotation(fact.type)) for name, fact in facts_of(kind).items()}
    if is_dataclass(kind):
        return [f"{field.name}: {plain.get(field.name) or _annotation(field.type)}" for field in fields(kind)]
    if hasattr(kind, "_fields"):
        types = inspect.get_annotations(kind)
        return [f"{name}: {plain.get(name) or _annotation(types[name])}" for name in kind._fields]
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
    sentence = first_sentence(inspect.getdoc(documented) or "")
    if not sentence or sentence.startswith(f"{getattr(documented, '__name__', '')}("):  # a dataclass's own
        return []
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ", break_on_hyphens=False
    )
