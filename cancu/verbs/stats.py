"""``cancu stats``: what the knowledge base holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from rich.table import Table

from cancu.terminal import Terminal
from cancu.verb import FOUND, Verb

LABELS = {
    "files": ("Tệp", "Files"),
    "documents": ("Văn bản", "Documents"),
    "held": ("Văn bản có toàn văn", "Documents with full text"),
    "cited_only": ("Văn bản chỉ được dẫn", "Documents only cited"),
    "citations": ("Viện dẫn", "Citations"),
    "citations_by_kind": ("Viện dẫn theo loại", "Citations by kind"),
    "citations_by_status": ("Viện dẫn theo kết quả", "Citations by outcome"),
    "relations": ("Quan hệ", "Relations"),
    "types": ("Loại văn bản", "Types"),
    "provinces": ("Tỉnh", "Provinces"),
    "findings": ("Chỗ cần rà soát", "Findings to review"),
    "build_id": ("Bản dựng", "Build"),
    "number": ("số hiệu", "number"),
    "named": ("tên gọi", "name"),
    "standard": ("tiêu chuẩn", "standard"),
    "back_reference": ("nhắc lại", "back reference"),
    "resolved": ("xác định", "resolved"),
    "ambiguous": ("mơ hồ", "ambiguous"),
    "unresolved": ("chưa rõ", "unresolved"),
    "rejected": ("đã loại", "rejected"),
}


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    """Takes nothing beyond the common options."""


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from kb.service import KnowledgeBase

    counts = KnowledgeBase.open(args.kb).stats()
    if args.json:
        terminal.json(counts)
        return FOUND
    for name, value in counts.items():
        if not isinstance(value, dict):
            terminal.out.print(f"{terminal.say(*LABELS.get(name, (name, name)))}: {value}")
    for name, group in counts.items():
        if isinstance(group, dict) and group:
            terminal.out.print(_table(name, group, terminal))
    return FOUND


def _table(name: str, group: dict[str, int], terminal: Terminal) -> Table:
    from kb.labels import relation_label, type_name

    table = Table(title=terminal.say(*LABELS.get(name, (name, name))), title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for key, count in group.items():
        if name == "relations":
            key = relation_label(key, lang=terminal.lang)
        elif name == "types":
            key = f"{type_name(key)} ({key})"
        else:
            key = terminal.say(*LABELS.get(key, (key, key)))
        table.add_row(key, str(count))
    return table


VERB = Verb(
    name="stats",
    vi="số liệu của kho dữ liệu",
    en="what the knowledge base holds",
    arguments=_arguments,
    run=_run,
)
