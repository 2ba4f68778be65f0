"""The generated parts of the documentation: ``python tools/reference.py`` writes them anew (``make docs``).

A generated part stands in a page between ``<!-- generated: NAME -->`` and ``<!-- end: NAME -->``; what stands outside
is written by hand and left alone. ``NAME`` says what belongs there:

``options``             what every verb of the command line takes
``command``             what the command answers without a verb
``verb VERB``           what one verb takes, from its argument parser
``rooms FOLDER …``      the rooms of a folder, from the docstrings of its packages
``modules FOLDER``      the same with every module in them
``data FOLDER``         the data files of a folder, with what each says of itself
``rules PACKAGE``       the tables of rules in a package, from their sentences and examples
``catalogue``           the rules of the check, by family, from ``kb/checking/rules.toml`` and its messages
``public MODULE …``     the public names of modules (of ``MODULE:A,B`` only these) with their signatures, from the
                        objects themselves

A verb without a part is added at the end of the page of the command line. ``tests/test_docs.py`` fails where a page is
stale.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from cancu.cli import build_parser  # noqa: E402  the project is importable from here on
from cancu.terminal import Terminal  # noqa: E402
from kb.checking import catalogue  # noqa: E402
from kb.checking.report import SEVERITIES, rule_name  # noqa: E402
from kb.reading.relations.rules import Example, Table  # noqa: E402
from tools.signatures import first_sentence, public  # noqa: E402

COMMAND_LINE = "docs/cli.md"
PAGES = (COMMAND_LINE, "docs/architecture.md", "docs/check.md", "docs/modules.md", "docs/rules.md", "docs/authority.md")
PART = re.compile(r"<!-- generated: (?P<name>[^>]+?) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)
ABOUT = ("about", "note")  # what a data file says of itself
LONGEST_EXAMPLE = 150  # code points


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
        "command": lambda _: _command(),
        "verb": _verb,
        "rooms": lambda folders: _rooms(folders.split()),
        "modules": _modules,
        "data": _data,
        "rules": _rules,
        "catalogue": _catalogue,
        "public": lambda wanted: public(wanted.split()),
    }
    return f"<!-- generated: {name} -->\n{make[kind](rest)}\n<!-- end: {name} -->"


# -- the command line ----------------------------------------------------------------------------------------------


def _verbs() -> dict[str, argparse.ArgumentParser]:
    """The argument parser of each verb, by its name, with help in English."""
    return _acts(build_parser(Terminal("en")))


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
    verbs = [{option for one in verb._actions for option in one.option_strings} for verb in _verbs().values()]
    common = set.intersection(*verbs)
    return _table([one for one in build_parser(Terminal("en"))._actions if common & set(one.option_strings)])


def _command() -> str:
    """What the command answers without a verb."""
    every = set(re.findall(r"--[a-z-]+", _options()))
    actions = build_parser(Terminal("en"))._actions
    return _table([one for one in actions if one.option_strings and not every & set(one.option_strings)])


def _verb(name: str) -> str:
    parser = _verbs()[name]
    common = {option for action in build_parser(Terminal("en"))._actions for option in action.option_strings}
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
    return _cell(first_sentence(docstring))


# -- data files ----------------------------------------------------------------------------------------------------


def _data(folder: str) -> str:
    rows = []
    for path in sorted((PROJECT / folder).rglob("*.*")):
        entries, says = (_json_file if path.suffix == ".json" else _table_file)(path)
        rows.append(f"| `{path.relative_to(PROJECT / folder)}` | {entries} | {_cell(says)} |")
    return "\n".join(["| file | entries | what |", "|---|---|---|", *rows])


def _json_file(path: Path) -> tuple[int, str]:
    """How many entries a file has, and the first sentence of what it says of itself."""
    held = json.loads(path.read_text(encoding="utf-8"))
    entries = held.get("entries") or [one for name, some in held.items() if name not in ABOUT for one in some]
    return len(entries), _up_to_a_full_stop(next(held[name] for name in ABOUT if name in held))


def _table_file(path: Path) -> tuple[int, str]:
    """How many rows a table has, and its comment, else its columns."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line.lstrip("# ") for line in lines if line.startswith("#")]
    heads, *rows = [line for line in lines if not line.startswith("#")]
    return len(rows), _up_to_a_full_stop(" ".join(comments) or f"Columns: {', '.join(heads.split(chr(9)))}.")


def _up_to_a_full_stop(words: str) -> str:
    return words.partition(". ")[0].rstrip(".") + "."


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


def _catalogue(_: str) -> str:
    """The rules of the check, by family: what each finds, how grave it is, what it rests on, and its first examples."""
    parts = []
    for family in catalogue.FAMILIES:
        rules = [rule for rule in catalogue.RULES.values() if rule.family == family]
        rows = []
        for rule in sorted(rules, key=lambda rule: SEVERITIES.index(rule.severity)):
            rests_on = rule.provision.name_en if rule.provision else ""
            cells = (f"`{rule.code}`", rule.severity, _cell(rule_name(rule.code, "en")), rests_on)
            rows.append(f"| {' | '.join((*cells, *_drafts(rule.match[0], rule.no_match[0])))} |")
        head = "| code | severity | finds | rests on | said of | not of |"
        parts.append("\n".join([f"### {family[0].upper()}{family[1:]}", "", head, "|---|---|---|---|---|---|", *rows]))
    return "\n\n".join(parts)


def _drafts(fires: catalogue.Example, spares: catalogue.Example) -> tuple[str, str]:
    """The lines of two examples, shortened; where they are the same, those of their heads that are not."""
    said = fires.lines.splitlines(), spares.lines.splitlines()
    if said[0] == said[1]:
        whole = fires.text.splitlines(), spares.text.splitlines()
        said = [one for one in whole[0] if one not in whole[1]], [one for one in whole[1] if one not in whole[0]]
    return _draft(said[0]), _draft(said[1])


def _draft(said: list[str]) -> str:
    lines = _cell(" ⏎ ".join(said))
    return lines if len(lines) <= LONGEST_EXAMPLE else f"{lines[: LONGEST_EXAMPLE - 2]} …"


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


if __name__ == "__main__":
    sys.exit(main())
