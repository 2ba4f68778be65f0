"""``cancu trace``: the lineage of a document, up to what it stands on and down to what stands on it."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import rich.tree
from rich.console import Group, RenderableType
from rich.text import Text

from cancu import network
from cancu.output import Tree
from cancu.show import by_title, near_misses, place, quoted, warnings
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, NOTHING, USAGE, Verb, opened, positive
from cancu.verbs.lookup import EXIT, narrowing
from kb.answers.labels import relation_label
from kb.answers.lineage_shapes import Trace, TraceNode
from kb.answers.shapes import Edge, plain
from messages import pick

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

DEPTH = 3  # steps, unless the user says otherwise


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "number", metavar=say("cancu.metavar.number_or_id"), nargs="+", help=say("cancu.trace.help_number")
    )
    parser.add_argument(
        "--direction",
        choices=("up", "down", "both"),
        default="both",
        help=say("cancu.trace.help_direction"),
    )
    parser.add_argument("--depth", type=positive, default=DEPTH, metavar="N", help=say("cancu.trace.help_depth"))
    parser.add_argument(
        "--relation",
        action="append",
        metavar=say("cancu.metavar.relation"),
        help=say("cancu.trace.help_relation"),
    )
    parser.add_argument("--strong", action="store_true", help=say("cancu.trace.help_strong"))
    parser.add_argument(
        "--ask",
        choices=tuple(_QUESTIONS),
        help=say("cancu.trace.help_ask"),
    )
    parser.add_argument(
        "--to",
        metavar=say("cancu.metavar.number_or_id"),
        help=say("cancu.trace.help_to"),
    )
    narrowing(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from kb.authority.relations import RELATIONS

    known = [relation.id for relation in RELATIONS]
    if unknown := [name for name in args.relation or () if name not in known]:
        terminal.complain(
            terminal.say("cancu.trace.unknown_relation", unknown=", ".join(unknown), known=", ".join(known))
        )
        return USAGE
    base = opened(args, terminal)
    identity, code = _start(base, " ".join(args.number), args, terminal)
    if identity is None:
        return code
    if args.ask:
        found, shown = _QUESTIONS[args.ask](base, identity)
        return _answer(args.ask, found, shown, args, terminal)
    if args.to:
        end, code = _start(
            base, args.to, argparse.Namespace(province=None, date=None, issuer=None, json=args.json), terminal
        )
        if end is None:
            return code
        found = base.chain(identity, end, strong_only=args.strong)
        return _answer("chain", found, network.chain, args, terminal)
    trace = base.trace(
        identity, direction=args.direction, depth=args.depth, relations=args.relation, strong_only=args.strong
    )
    if args.json:
        terminal.json(trace.to_json())
    else:
        terminal.out.print(_lineage(trace, terminal))
    return FOUND if trace.edges else NOTHING


def _start(base: KnowledgeBase, words: str, args: argparse.Namespace, terminal: Terminal) -> tuple[str | None, int]:
    """The id of the one document that ``words`` mean; else None, with the exit code, and the reader is told."""
    known = base.document(words)
    if known is not None:
        return known.id, FOUND
    result = base.lookup(words, province=args.province, date=args.date, issuer=args.issuer)
    if result.status == "ok":
        warnings(result.warnings, terminal)
        return result.matches[0].id, FOUND
    if args.json:
        terminal.json(result.to_json())
    else:
        near_misses(result, terminal)
    # several documents are no start for one lineage
    return None, NOTHING if result.status == "multiple" else EXIT[result.status]


_QUESTIONS: dict[str, Callable[[KnowledgeBase, str], tuple[Any, Callable[[Any, Terminal], RenderableType]]]] = {
    "ladder": lambda base, identity: (base.ladder(identity), network.ladder),
    "stale-bases": lambda base, identity: (base.stale_bases(identity), network.stale),
    "stale-dependants": lambda base, identity: (base.stale(identity), network.stale),
    "shared-bases": lambda base, identity: (base.sharing_basis(identity), network.shared),
}


def _answer(
    question: str,
    found: Any,
    shown: Callable[[Any, Terminal], RenderableType],
    args: argparse.Namespace,
    terminal: Terminal,
) -> int:
    """Print the answer to one question about the network; a ladder of one document and an empty chain are nothing."""
    if args.json:
        terminal.json(plain(found))
    if not (found if isinstance(found, tuple) else found.edges):
        if not args.json:
            terminal.out.print(terminal.say(pick("cancu.trace.nothing", question)))
        return NOTHING
    if not args.json:
        terminal.out.print(shown(found, terminal))
    return FOUND


def _lineage(trace: Trace, terminal: Terminal) -> Group:
    nodes = {node.id: node for node in trace.nodes}
    up: dict[str, list[Edge]] = defaultdict(list)
    down: dict[str, list[Edge]] = defaultdict(list)
    for edge in trace.edges:
        if edge.source and edge.target:
            up[edge.source.id].append(edge)
            down[edge.target.id].append(edge)
    parts: list[Tree | Text] = []
    if trace.direction in ("up", "both"):
        title = terminal.say("cancu.trace.up")
        parts.append(_tree(title, trace.start, nodes, up, terminal=terminal, upward=True))
    if trace.direction in ("down", "both"):
        title = terminal.say("cancu.trace.down")
        parts.append(_tree(title, trace.start, nodes, down, terminal=terminal, upward=False))
    if trace.truncated:
        parts.append(Text(terminal.say("cancu.trace.truncated"), style="yellow"))
    for cycle in trace.cycles:
        parts.append(Text(terminal.say("cancu.trace.cycle") + " → ".join(cycle), style="yellow"))
    return Group(*parts)


def _tree(
    title: str,
    start: str,
    nodes: dict[str, TraceNode],
    edges: dict[str, list[Edge]],
    *,
    terminal: Terminal,
    upward: bool,
) -> Tree:
    tree = Tree(Text.assemble((title, "bold"), ": ", _label(nodes[start])))
    seen = {start}
    waiting: list[tuple[rich.tree.Tree, str]] = [(tree, start)]
    while waiting:
        branch, identity = waiting.pop(0)
        grouped: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges.get(identity, ()):
            end = edge.target if upward else edge.source
            if end is not None and end.id in nodes:
                grouped[end.id].append(edge)
        for other, proofs in grouped.items():
            labels = ", ".join(
                dict.fromkeys(relation_label(edge.relation, inverse=not upward, lang=terminal.lang) for edge in proofs)
            )
            twig = branch.add(Text.assemble((labels, "cyan"), "  ", _label(nodes[other])))
            for edge in proofs:
                twig.add(Text.assemble(quoted(edge), "  ", (place(edge, terminal) + by_title(edge, terminal), "dim")))
            if other not in seen:
                seen.add(other)
                waiting.append((twig, other))
    return tree


def _label(node: TraceNode) -> Text:
    rest = ", ".join(part for part in (node.date, node.province) if part)
    return Text.assemble((node.number or node.title or node.id, "bold"), f" ({rest})" if rest else "")


VERB = Verb(
    name="trace",
    arguments=_arguments,
    run=_run,
)
