"""``cancu stats``: what the knowledge base holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from rich.table import Table

from cancu.terminal import Terminal
from cancu.verb import FOUND, Verb


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    """Takes nothing beyond the common options."""


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from kb.service import KnowledgeBase

    counts = KnowledgeBase.open(args.kb).stats()
    if args.json:
        terminal.json(counts)
        return FOUND
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in _flat(counts):
        table.add_row(name, f"{value:n}" if isinstance(value, int) else str(value))
    terminal.out.print(table)
    return FOUND


def _flat(counts: dict[str, Any], above: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for name, value in counts.items():
        if isinstance(value, dict):
            rows.extend(_flat(value, f"{above}{name} · "))
        else:
            rows.append((above + name, value))
    return rows


VERB = Verb(
    name="stats",
    vi="số liệu của kho dữ liệu",
    en="what the knowledge base holds",
    arguments=_arguments,
    run=_run,
)
