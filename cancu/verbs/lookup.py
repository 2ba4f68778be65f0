"""``cancu lookup``: which document a number means."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cancu.show import SHOWN_EDGES, document, near_misses, part, warnings
from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, NOTHING, USAGE, Verb, opened, public_url

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

EXIT = {"ok": FOUND, "multiple": FOUND, "not_found": NOTHING, "unparsable": BAD_INPUT}


def narrowing(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options that choose among documents of one number."""
    parser.add_argument("--province", metavar=say("cancu.metavar.name"), help=say("cancu.lookup.help_province"))
    parser.add_argument("--date", metavar=say("cancu.metavar.date"), help=say("cancu.lookup.help_date"))
    parser.add_argument("--issuer", metavar=say("cancu.metavar.organ"), help=say("cancu.lookup.help_issuer"))


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "number",
        metavar=say("cancu.metavar.number"),
        nargs="+",
        help=say("cancu.lookup.help_number"),
    )
    parser.add_argument("--article", metavar=say("cancu.metavar.part"), help=say("cancu.lookup.help_article"))
    narrowing(parser, say)
    public_url(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:

    base = opened(args, terminal)
    result = base.lookup(" ".join(args.number), province=args.province, date=args.date, issuer=args.issuer)
    if args.article and result.status == "ok":
        return _part(base, result.matches[0].id, args.article, terminal, as_json=args.json)
    if args.json:
        terminal.json(result.to_json())
        return EXIT[result.status]
    if result.status == "ok":
        show_document(base, result.matches[0].id, terminal, args.public_url)
    else:
        near_misses(result, terminal)
    warnings(result.warnings, terminal)
    return EXIT[result.status]


def _part(base: KnowledgeBase, identity: str, words: str, terminal: Terminal, *, as_json: bool) -> int:
    """What happened to one part of a document, and who cites it."""
    found = base.part(identity, words)
    if found is None:
        terminal.complain(terminal.say("cancu.lookup.no_part", words=words))
        return USAGE
    if as_json:
        terminal.json(found.to_json())
    else:
        terminal.out.print(part(found, terminal))
    return FOUND if found.total else NOTHING


def show_document(base: KnowledgeBase, identity: str, terminal: Terminal, public_url: str | None) -> None:
    """One document with its incoming and outgoing citations, and a link to its page where an address is known."""
    found = base.document(identity)
    if found:
        incoming = base.citations(found.id, direction="in", per_page=SHOWN_EDGES)
        outgoing = base.citations(found.id, direction="out", per_page=SHOWN_EDGES)
        terminal.out.print(document(found, incoming, outgoing, terminal, public_url))


VERB = Verb(
    name="lookup",
    arguments=_arguments,
    run=_run,
)
