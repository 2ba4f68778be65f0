"""``cancu search``: one box for numbers, words and fields."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rich.text import Text

from cancu.show import indented, near_misses, warnings
from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, NOTHING, Verb, index_url, opened, positive, public_url
from cancu.verbs import lookup
from kb.answers.labels import facet_name, facet_value, joined_by_title

if TYPE_CHECKING:
    from indexer.query.language import QueryError
    from indexer.search_result import Item, SearchResult

PER_PAGE = 10
SHOWN_VALUES = 6  # of a facet


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "query",
        metavar=say("cancu.metavar.query"),
        nargs="+",
        help=say("cancu.search.help_query"),
    )
    parser.add_argument("--page", type=positive, default=1, metavar="N", help=say("cancu.search.help_page"))
    parser.add_argument(
        "--per-page", type=positive, default=PER_PAGE, metavar="N", help=say("cancu.search.help_per_page")
    )
    parser.add_argument(
        "--sort",
        choices=("relevance", "newest", "oldest", "most_cited"),
        default="relevance",
        help=say("cancu.search.help_sort"),
    )
    index_url(parser, say)
    public_url(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.query.language import QueryError
    from indexer.search import open_search

    base = opened(args, terminal)
    query = " ".join(args.query)
    try:
        found = open_search(base, args.kb, args.index)(query, page=args.page, per_page=args.per_page, sort=args.sort)
    except QueryError as error:
        _point_at(query, error, terminal)
        return BAD_INPUT
    if args.json:
        terminal.json(found.to_json())
    elif found.kind == "document" and found.document:
        lookup.show_document(base, found.document.id, terminal, args.public_url)
    else:
        if found.lookup:
            near_misses(found.lookup, terminal)
            warnings(found.lookup.warnings, terminal)
        if found.kind == "text" or found.items:
            _show(found, terminal)
    return FOUND if found.total else NOTHING


def _point_at(query: str, error: QueryError, terminal: Terminal) -> None:
    terminal.complain(error.text(terminal.lang))
    terminal.note(f"  {query}\n  {' ' * error.at}^")


def _show(found: SearchResult, terminal: Terminal) -> None:
    say, out = terminal.say, terminal.out
    for note in found.notes:
        terminal.note(note.text(terminal.lang))
    if not found.total:
        out.print(say("cancu.search.none"))
        return
    first = (found.page - 1) * found.per_page + 1
    last = first + len(found.items) - 1
    out.print(say("cancu.search.documents", count=found.total, first=first, last=last))
    for number, item in enumerate(found.items, first):
        _show_item(number, item, terminal)
    for name, values in found.facets.items():
        shown = ", ".join(
            f"{facet_value(name, value, terminal.lang)} {count}" for value, count in values[:SHOWN_VALUES]
        )
        if shown:
            more = ", …" if len(values) > SHOWN_VALUES else ""
            out.print(Text.assemble((facet_name(name, terminal.lang), "cyan"), ": ", shown, more))


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


VERB = Verb(
    name="search",
    arguments=_arguments,
    run=_run,
)
