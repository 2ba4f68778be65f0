"""How answers look in a terminal: documents, and citations with the sentences that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from cancu.output import Card, Table
from cancu.terminal import Terminal
from kb.answers.labels import joined_by_title, relation_label, status_label
from kb.answers.shapes import DocumentBrief, DocumentDetails, Edge, EdgePage, LookupResult, PartHistory
from messages import pick

SHOWN_EDGES = 12  # of the citations of one document; the rest is counted


def place(edge: Edge, terminal: Terminal) -> str:
    """Where a citation stands: file, line and page."""
    return f"{edge.file}:{edge.line}" + (terminal.say("cancu.show.page", page=edge.page) if edge.page else "")


def by_title(edge: Edge, terminal: Terminal) -> str:
    """For a link made by the name alone that it was, with its score; else nothing."""
    return "" if edge.score is None else f"  [{joined_by_title(edge.score, terminal.lang)}]"


def quoted(edge: Edge) -> Text:
    """The sentence of a citation, the citation itself emphasised, on one line."""
    start, end = edge.highlight
    parts = (edge.sentence[:start], edge.sentence[start:end], edge.sentence[end:])
    before, cited, after = (" ".join(part.split()) for part in parts)
    gap = (" " if parts[0][-1:].isspace() else "", " " if parts[2][:1].isspace() else "")
    return Text.assemble("“", before + gap[0], (cited, "bold yellow"), gap[1] + after, "”")


def indented(text: Text, columns: int) -> Padding:
    """``text`` moved to the right, its further lines too."""
    return Padding(text, (0, 0, 0, columns), expand=False)


def documents(found: Sequence[DocumentBrief], terminal: Terminal) -> Table:
    """Documents as a table: what tells one from another comes first."""
    table = Table(header_style="bold", expand=True)
    for column in ("number", "date", "province", "issuer", "title", "status", "cited_by", "id"):
        table.add_column(terminal.say(pick("cancu.column", column)), overflow="fold")
    for one in found:
        table.add_row(
            one.number or one.office_citation,
            one.date or "",
            one.province or "",
            one.issuer or one.body or "",
            one.title or "",
            status_label(one.status.code, terminal.lang) if one.status.state != "unknown" else "",
            str(one.cited_by),
            one.id,
        )
    return table


def document(
    one: DocumentDetails, incoming: EdgePage, outgoing: EdgePage, terminal: Terminal, public_url: str | None = None
) -> Group:
    """One document: what it is, who cites or implements it with the sentence, and what it stands on.

    ``public_url`` is the address of the pages, for a link to this one.
    """
    say = terminal.say
    rows = (
        (say("cancu.column.title"), one.title),
        (say("cancu.column.issuer"), one.issuer or one.body),
        (say("cancu.column.province"), _province(one, terminal)),
        (say("cancu.show.status"), f"{status_label(one.status.code, terminal.lang)}. {one.status.text(terminal.lang)}"),
        (say("cancu.show.full_text"), ", ".join(file.name for file in one.files) or say("cancu.show.not_held")),
        ("ID", one.id),
        (say("cancu.show.link"), public_url and f"{public_url}/vb/{quote(one.id, safe='/@')}"),
    )
    facts = [(label, Text(value)) for label, value in rows if value]
    facts += [(say("cancu.show.note"), Text(warning[terminal.lang], style="yellow")) for warning in one.warnings]
    return Group(
        Card(one.office_citation, facts),
        *_edges(say("cancu.show.incoming"), incoming, terminal, incoming=True),
        *_edges(say("cancu.show.outgoing"), outgoing, terminal, incoming=False),
    )


def part(one: PartHistory, terminal: Terminal) -> Group:
    """One part of a document: its words, what happened to it and who cites it, each with the sentence."""
    say = terminal.say
    facts = [(say("cancu.show.words"), Text(one.words))] if one.words else []
    lists = ((say("cancu.show.acts"), one.acts), (say("cancu.show.incoming"), one.citations))
    shown = [
        line
        for title, edges in lists
        for line in _edges(title, EdgePage(edges, len(edges), 1, len(edges), {}), terminal, incoming=True)
    ]
    return Group(Card(f"{one.pinpoint} · {one.document.office_citation}", facts), *shown)


def near_misses(result: LookupResult, terminal: Terminal) -> None:
    """The documents that a lookup found, or what it has to say where it found none, on the terminal."""
    say = terminal.say
    number = result.normalized or result.query
    if result.status == "ok":
        terminal.out.print(documents(result.matches, terminal))
    elif result.status == "multiple":
        terminal.out.print(say("cancu.show.several", count=result.total, number=number))
        terminal.out.print(documents(result.matches, terminal))
    elif result.status == "unparsable":
        terminal.complain(terminal.say("cancu.show.unparsable", query=result.query))
    else:
        terminal.out.print(say("cancu.show.not_found", number=number))
        if result.suggestions:
            terminal.out.print(say("cancu.show.did_you_mean"))
            terminal.out.print(documents(result.suggestions, terminal))


def warnings(notes: Iterable[dict[str, str]], terminal: Terminal) -> None:
    """Caveats of an answer, on stderr."""
    for note in notes:
        terminal.note(note[terminal.lang])


def _province(one: DocumentDetails, terminal: Terminal) -> str | None:
    if one.province and one.province_now and one.province_now != one.province:
        return one.province + terminal.say("cancu.show.province_now", province_now=one.province_now)
    return one.province


def _edges(title: str, page: EdgePage, terminal: Terminal, *, incoming: bool) -> list[Text | Padding]:
    if not page.total:
        return [Text(f"{title}: 0", style="bold")]
    lines: list[Text | Padding] = [Text(f"{title}: {page.total}", style="bold")]
    for edge in page.items[:SHOWN_EDGES]:
        other = edge.source if incoming else edge.target
        name = _name(other.number, other.title, other.date, other.province) if other else (edge.number or edge.raw)
        lines.append(
            indented(
                Text.assemble(
                    (relation_label(edge.relation, inverse=incoming, lang=terminal.lang), "cyan"),
                    "  ",
                    (name, "bold"),
                    "  ",
                    (place(edge, terminal) + by_title(edge, terminal), "dim"),
                ),
                2,
            )
        )
        lines.append(indented(quoted(edge), 6))
    if page.total > SHOWN_EDGES:
        rest = page.total - SHOWN_EDGES
        lines.append(indented(Text(terminal.say("cancu.show.more", rest=rest)), 2))
    return lines


def _name(number: str | None, title: str | None, date: str | None, province: str | None) -> str:
    head = number or title or "?"
    rest = ", ".join(part for part in (date, province) if part)
    return f"{head} ({rest})" if rest else head
