"""How answers about the network of citations look in a terminal: ladders, stale and shared bases, circles, chains."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from cancu.output import Tree
from cancu.show import place, quoted
from cancu.terminal import Terminal
from kb.answers.labels import level_name, relation_label
from kb.answers.lineage_shapes import Chain, Circle, Ladder, SharedBasis, StaleBasis, TraceNode
from kb.answers.shapes import DocumentBrief, Edge, EdgeEnd

_RUNG = 20  # documents shown of one level


def named(one: DocumentBrief | EdgeEnd | TraceNode) -> str:
    """A document with its date and province."""
    rest = ", ".join(part for part in (one.date, one.province) if part)
    return f"{one.number or one.title or one.id}" + (f" ({rest})" if rest else "")


def ladder(found: Ladder, terminal: Terminal) -> RenderableType:
    """Who carries a document on, level by level."""
    tree = Tree(Text(terminal.say("cancu.network.ladder"), style="bold"))
    for rung in found.rungs:
        branch = tree.add(Text(level_name(rung.level, terminal.lang), style="cyan"))
        if rung.missing:
            branch.add(Text(terminal.say("cancu.network.rung_missing"), style="yellow"))
        for node in rung.documents[:_RUNG]:
            branch.add(Text(named(node)))
        if len(rung.documents) > _RUNG:
            rest = len(rung.documents) - _RUNG
            branch.add(Text(terminal.say("cancu.network.more", rest=rest)))
    return tree


def stale(found: Sequence[StaleBasis], terminal: Terminal) -> RenderableType:
    """Stale bases, each with its chain of sentences."""
    return Group(*(_stale(one, terminal) for one in found))


def _stale(one: StaleBasis, terminal: Terminal) -> Tree:
    act = one.edges[-1]
    assert act.source and act.target  # an act joins two documents
    done = relation_label(one.relation, inverse=True, lang=terminal.lang)
    tree = Tree(
        Text.assemble(
            (named(one.document), "bold"), terminal.say("cancu.network.stands_on"), named(act.target), " ",
            (done, "red"), " ", named(act.source),
        )
    )  # fmt: skip
    if one.signed_after:
        tree.add(Text(terminal.say("cancu.network.signed_after"), style="yellow"))
    _steps(tree, one.edges, terminal)
    return tree


def shared(found: Sequence[SharedBasis], terminal: Terminal) -> RenderableType:
    """Documents on the same bases."""
    lines = []
    for one in found:
        tree = Tree(Text(named(one.document), style="bold"))
        for basis in one.basis:
            tree.add(Text(basis))
        lines.append(tree)
    return Group(*lines)


def circles(found: Sequence[Circle], terminal: Terminal) -> RenderableType:
    """Documents that stand on each other, with one way round."""
    lines = []
    for one in found:
        tree = Tree(Text(", ".join(document.number or document.id for document in one.documents), style="bold"))
        _steps(tree, one.edges, terminal)
        lines.append(tree)
    return Group(*lines)


def chain(found: Chain, terminal: Terminal) -> RenderableType:
    """The steps from one document to another."""
    steps = len(found.edges)
    tree = Tree(Text(terminal.say("cancu.network.chain", count=steps), style="bold"))
    _steps(tree, found.edges, terminal)
    return tree


def _steps(tree: Tree, edges: Sequence[Edge], terminal: Terminal) -> None:
    for edge in edges:
        if edge.source and edge.target:
            words = relation_label(edge.relation, lang=terminal.lang)
            branch = tree.add(Text.assemble(named(edge.source), " ", (words, "cyan"), " ", named(edge.target)))
            branch.add(Text.assemble(quoted(edge), "  ", (place(edge, terminal), "dim")))
