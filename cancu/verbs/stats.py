"""``cancu stats``: what the knowledge base holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table

from cancu import network
from cancu.show import documents
from cancu.terminal import Terminal
from cancu.verb import FOUND, NOTHING, Verb, positive
from kb.answers.shapes import plain

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

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


_LISTS: dict[str, Callable[[KnowledgeBase, int], tuple[Any, Callable[[Any, Terminal], RenderableType]]]] = {
    "stale": lambda base, limit: (base.stale(limit=limit), network.stale),
    "orphans": lambda base, limit: (base.orphans(limit=limit), documents),
    "most-cited": lambda base, limit: (base.most_cited(limit=limit), documents),
    "circles": lambda base, limit: (base.circles(limit=limit), network.circles),
}


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "--list",
        choices=tuple(_LISTS),
        help=say(
            "thay cho số liệu: văn bản dựa vào căn cứ đã đổi, kế hoạch chưa thấy căn cứ, được dẫn nhiều nhất, vòng",
            "instead of counts: what stands on changed ground, plans without a basis found, the most cited, circles",
        ),
    )
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help=say("số mục", "number of entries"))


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from kb.service import KnowledgeBase

    base = KnowledgeBase.open(args.kb)
    if args.list:
        found, shown = _LISTS[args.list](base, args.limit)
        if args.json:
            terminal.json(plain(found))
        else:
            nothing = terminal.say("Không có gì trong kho.", "Nothing in this base.")
            terminal.out.print(shown(found, terminal) if found else nothing)
        return FOUND if found else NOTHING
    counts = base.stats()
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
    from kb.answers.labels import relation_label, type_name

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
