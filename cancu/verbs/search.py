"""``cancu search``: one box for numbers, words and fields."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text

from cancu.show import indented, near_misses
from cancu.terminal import Terminal
from cancu.verb import BAD_INPUT, FOUND, NOTHING, Verb, positive
from cancu.verbs import lookup
from kb.answers.labels import joined_by_title, relation_label, type_name

if TYPE_CHECKING:
    from indexer.query.language import QueryError
    from indexer.search import Item, SearchResult

PER_PAGE = 10
SHOWN_VALUES = 6  # of a facet
FACETS = {
    "type": ("Loại", "Type"),
    "province": ("Tỉnh", "Province"),
    "issuer": ("Cơ quan", "Issuer"),
    "year": ("Năm", "Year"),
    "role": ("Vai trò", "Role"),
    "relation": ("Quan hệ", "Relation"),
}
ROLES = {"held": ("có toàn văn", "full text"), "cited_only": ("chỉ được dẫn", "only cited")}


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "query",
        metavar=say("TRUY_VẤN", "QUERY"),
        nargs="+",
        help=say(
            'số hiệu, từ, "cụm từ", -không, OR, loại:kế_hoạch tỉnh:"ninh thuận" năm:2021..2023 dẫn:2395/QĐ-UBND',
            'a number, words, "phrases", -not, OR, type:ke_hoach province:"ninh thuan" year:2021..2023 cites:76/NQ-CP',
        ),
    )
    parser.add_argument("--page", type=positive, default=1, metavar="N", help=say("trang thứ mấy", "which page"))
    parser.add_argument(
        "--per-page", type=positive, default=PER_PAGE, metavar="N", help=say("số kết quả mỗi trang", "results a page")
    )
    parser.add_argument(
        "--sort",
        choices=("relevance", "newest", "oldest", "most_cited"),
        default="relevance",
        help=say("thứ tự: liên quan, mới trước, cũ trước, được dẫn nhiều", "order of the results"),
    )
    parser.add_argument(
        "--index",
        metavar="URL",
        help=say("chỉ mục tìm kiếm (whoosh:…, tantivy:…)", "the search index (whoosh:…, tantivy:…)"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.query.language import QueryError
    from indexer.search import open_search
    from kb.service import KnowledgeBase

    base = KnowledgeBase.open(args.kb)
    query = " ".join(args.query)
    try:
        found = open_search(base, args.kb, args.index)(query, page=args.page, per_page=args.per_page, sort=args.sort)
    except QueryError as error:
        _point_at(query, error, terminal)
        return BAD_INPUT
    if args.json:
        terminal.json(found.to_json())
    elif found.kind == "document" and found.document:
        lookup.show_document(base, found.document.id, terminal)
    elif found.lookup:
        near_misses(found.lookup, terminal)
    else:
        _show(found, terminal)
    return FOUND if found.total else NOTHING


def _point_at(query: str, error: QueryError, terminal: Terminal) -> None:
    terminal.complain(error.vi, error.en)
    terminal.note(f"  {query}\n  {' ' * error.at}^", f"  {query}\n  {' ' * error.at}^")


def _show(found: SearchResult, terminal: Terminal) -> None:
    say, out = terminal.say, terminal.out
    for note in found.notes:
        terminal.note(note.vi, note.en)
    if not found.total:
        out.print(say("Không tìm thấy văn bản nào.", "No document was found."))
        return
    first = (found.page - 1) * found.per_page + 1
    last = first + len(found.items) - 1
    out.print(say(f"{found.total} văn bản, từ {first} đến {last}:", f"{found.total} documents, {first} to {last}:"))
    for number, item in enumerate(found.items, first):
        _show_item(number, item, terminal)
    for name, values in found.facets.items():
        shown = ", ".join(f"{_value(name, value, terminal)} {count}" for value, count in values[:SHOWN_VALUES])
        if shown:
            more = ", …" if len(values) > SHOWN_VALUES else ""
            out.print(Text.assemble((say(*FACETS[name]), "cyan"), ": ", shown, more))


def _show_item(number: int, item: Item, terminal: Terminal) -> None:
    one, out = item.document, terminal.out
    out.print(Text.assemble(f"{number}. ", (one.office_citation, "bold"), (f"  {one.id}", "dim")))
    if one.title and one.title not in one.office_citation:
        out.print(indented(Text(one.title), 3))
    if one.name_score is not None:
        out.print(indented(Text(joined_by_title(one.name_score, terminal.lang), style="cyan"), 3))
    if item.snippet:
        pieces = [(words.replace("\n", " "), "bold yellow" if hit else "dim") for words, hit in item.snippet]
        out.print(indented(Text.assemble(*pieces), 3))


def _value(facet: str, value: str, terminal: Terminal) -> str:
    if facet == "type":
        return type_name(value) or value
    if facet == "role":
        return terminal.say(*ROLES[value])
    if facet == "relation":
        return relation_label(value, lang=terminal.lang)
    return value


VERB = Verb(
    name="search",
    vi="tìm theo số hiệu, toàn văn và theo trường",
    en="search by number, full text and fields",
    arguments=_arguments,
    run=_run,
)
