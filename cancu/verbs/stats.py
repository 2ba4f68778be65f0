"""``cancu stats``: what the knowledge base holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType

from cancu import network
from cancu.output import Table
from cancu.show import documents
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, NOTHING, Verb, opened, positive
from kb.answers.shapes import plain
from messages import pick

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

_GROUPS = {
    "citations_by_kind": "kb.labels.kind",
    "citations_by_status": "kb.labels.outcome",
    "findings": "kb.findings.name",
}
"""Where the lines of a table of counts have their names."""
_LISTS: dict[str, Callable[[KnowledgeBase, int], tuple[Any, Callable[[Any, Terminal], RenderableType]]]] = {
    "stale": lambda base, limit: (base.stale(limit=limit), network.stale),
    "orphans": lambda base, limit: (base.orphans(limit=limit), documents),
    "most-cited": lambda base, limit: (base.most_cited(limit=limit), documents),
    "circles": lambda base, limit: (base.circles(limit=limit), network.circles),
}


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--list",
        choices=tuple(_LISTS),
        help=say("cancu.stats.help_list"),
    )
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help=say("cancu.stats.help_limit"))


def _run(args: argparse.Namespace, terminal: Terminal) -> int:

    base = opened(args, terminal)
    if args.list:
        found, shown = _LISTS[args.list](base, args.limit)
        if args.json:
            terminal.json(plain(found))
        else:
            nothing = terminal.say(pick("cancu.stats.nothing", args.list))
            terminal.out.print(shown(found, terminal) if found else nothing)
        return FOUND if found else NOTHING
    counts = base.stats()
    if args.json:
        terminal.json(counts)
        return FOUND
    for name, value in counts.items():
        if not isinstance(value, dict):
            terminal.out.print(f"{terminal.say(pick('cancu.stats.count', name))}: {value}")
    for name, group in counts.items():
        if isinstance(group, dict) and group:
            terminal.out.print(_table(name, group, terminal))
    return FOUND


def _table(name: str, group: dict[str, int], terminal: Terminal) -> Table:
    title = terminal.say(pick("cancu.stats.count", name))
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for key, count in group.items():
        table.add_row(_called(name, key, terminal), str(count))
    return table


def _called(name: str, key: str, terminal: Terminal) -> str:
    """What one line of a table of counts is called; a province is called by its name."""
    from kb.answers import labels

    if name == "relations":
        return labels.relation_label(key, lang=terminal.lang)
    if name == "types":
        return f"{labels.type_name(key, terminal.lang)} ({key})"
    if name in _GROUPS:
        return terminal.say(pick(_GROUPS[name], key))
    return key


VERB = Verb(
    name="stats",
    arguments=_arguments,
    run=_run,
)
