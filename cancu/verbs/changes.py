"""``cancu changes``: what was amended, ended or carried out since a day, and who stands on it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from cancu.output import Tree
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, NOTHING, Verb, opened, positive
from cancu.verbs.lookup import EXIT

if TYPE_CHECKING:
    from kb.answers.lineage_shapes import Change


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--since", required=True, metavar=say("cancu.metavar.date"), help=say("cancu.changes.help_since")
    )
    parser.add_argument("--of", metavar=say("cancu.metavar.number_or_id"), help=say("cancu.changes.help_of"))
    parser.add_argument("--issuer", metavar=say("cancu.metavar.organ"), help=say("cancu.changes.help_issuer"))
    parser.add_argument("--held", action="store_true", help=say("cancu.changes.help_held"))
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help=say("cancu.changes.help_limit"))


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from cancu.show import near_misses
    from kb.answers.shapes import plain

    base = opened(args, terminal)
    identity = args.of
    if identity is not None and base.document(identity) is None:
        found = base.lookup(identity)
        if found.status != "ok":
            near_misses(found, terminal)
            return EXIT[found.status]
        identity = found.matches[0].id
    changed = base.changes(args.since, id=identity, issuer=args.issuer, held=args.held, limit=args.limit)
    if args.json:
        terminal.json(plain(changed))
    elif changed:
        terminal.out.print(Group(*(_shown(one, terminal) for one in changed)))
    else:
        terminal.out.print(terminal.say("cancu.changes.nothing"))
    return FOUND if changed else NOTHING


def _shown(one: Change, terminal: Terminal) -> Tree:
    from cancu.network import named
    from kb.answers.labels import relation_label

    by = named(one.by) if one.by else one.by_id
    day = f" {terminal.say('cancu.changes.from_day', day=one.day)}" if one.day else ""
    done = relation_label(one.relation, inverse=True, lang=terminal.lang)
    tree = Tree(Text.assemble((named(one.document), "bold"), " ", (done, "red"), f" {by}{day}"))
    if one.standing_total:
        listed = "; ".join(named(document) for document in one.standing)
        tree.add(Text(terminal.say("cancu.changes.stand", count=one.standing_total, listed=listed)))
    return tree


VERB = Verb(
    name="changes",
    arguments=_arguments,
    run=_run,
)
