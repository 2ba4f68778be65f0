"""The reading view of a held text: which part of it a request asks for, its contents, its links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, request
from markupsafe import Markup

from kb.answers.board_shapes import CitedPart
from kb.answers.shapes import DocumentBrief, HeldText, TextCitation
from kb.identity.articles import Articles
from kb.identity.part_references import Cited, PartReferences
from messages import Message
from web.drawing import flow, mended_text
from web.drawing.reading_view import Card, ReadingView, Reference, Words
from web.drawing.words import lang, t
from web.http import params
from web.http.front import front
from web.http.problems import Problem
from web.http.urls import article_link, line_link, link, permalink, reading_link

DOUBTS = ("number_doubtful", "date_doubtful")
"""Notes on a citation whose digits must be compared with the print."""

_MOST_LISTED = 110  # articles in the contents; of a longer text those around what is shown
_LONGEST_ENTRY = 90
_MOST_MARKED = 200  # places of words looked for that are marked in one part
_ARTICLE = 5  # rank of điều in the contents


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: ``depth`` from 0; ``here``: it stands in the part that is shown."""

    words: str
    href: str
    depth: int
    here: bool


@dataclass(frozen=True, slots=True)
class ShownText:
    """A part of a held text: the ``index``-th of ``parts``. ``missing``: the anchor that was asked for and that the
    text does not have; ``repaired``: words shown otherwise than they are printed, ``printed``: the reader asks for
    those as printed; ``found``: where the words stand that the reader looks for."""

    html: Markup
    contents: tuple[Entry, ...]
    index: int
    parts: int
    prev: str | None
    next: str | None
    citations: int
    notices: tuple[dict[str, str], ...]
    missing: str | None
    repaired: int
    printed: bool
    found: mended_text.FoundWords | None


def held_text(ident: str, file_name: str | None = None) -> HeldText:
    """The held text of a document; raises the 404 problem where it is not held, or not in that file."""
    held = front().kb.text_of(ident, file_name)
    if held is None:
        raise Problem(404, "not_held", Message("web.problem.not_held"))
    return held


def here_in_text(ident: str) -> str:
    """The place in the reading view that this request names (``tai``, ``dong``, ``phan``)."""
    asked: dict[str, Any] = {name: request.args.get(name) for name in ("tai", "dong", "phan")}
    return reading_link(ident, **asked)


def opening(held: HeldText, budget: int) -> ShownText:
    """The beginning of a text, as much as ``budget`` bytes hold."""
    shown = flow.pieces(held)
    cut = flow.parts(held, shown, budget)
    begun = _shown(held, shown, cut, 0)
    if len(cut) == 1:
        return begun
    line = held.text.count("\n", 0, shown[cut[1].first].start) + 1  # the reading view has other parts
    return replace(begun, next=reading_link(held.id, f"L{line}", dong=line))


def asked_for(held: HeldText) -> ShownText:
    """The part that this request asks for: ``tai`` = an anchor, ``dong`` = a line, ``phan`` = a part from 1."""
    shown = flow.pieces(held)
    cut = flow.parts(held, shown)
    wanted, line = params.text("tai"), params.number("dong", 0, least=1, most=10**9)
    index = params.number("phan", 1, most=10**6) - 1
    if index >= len(cut):
        raise Problem(404, "no_such_part", Message("web.problem.no_part", parts=len(cut)), parameter="phan")
    also = missing = None
    if wanted:
        found = Articles(held.blocks).at(wanted)
        offset = held.blocks[found.part.block].start if found else 0
        index = flow.part_at(cut, shown, offset)
        if found is None or not found.exact:
            missing = wanted
        if found is not None and found.part.anchor != wanted:
            also = (offset, wanted)
    elif line:
        index = flow.part_at(cut, shown, _start_of_line(held.text, line))
    return _shown(held, shown, cut, index, also, missing)


def _shown(
    held: HeldText,
    shown: Sequence[flow.Piece],
    cut: Sequence[flow.Part],
    index: int,
    also: tuple[int, str] | None = None,
    missing: str | None = None,
) -> ShownText:
    part = cut[index]
    here = shown[part.first : part.last]
    cited = [one for one in held.citations if here and one.end > here[0].start and one.start < here[-1].end]

    def note_link(block: int) -> str:
        return reading_link(held.id, f"N{block}", phan=flow.part_at(cut, shown, held.blocks[block].start) + 1)

    start, end = (here[0].start, here[-1].end) if here else (0, 0)
    query = params.text("tim")
    found = mended_text.find(held, query) if query else None
    mended = mended_text.repairs(held.text, start, end)
    spans = [span for span in found.spans if start <= span[0] < end][:_MOST_MARKED] if found else []
    changes = mended_text.laid_over(mended, spans)
    targets = front().kb.briefs({one.target for one in cited if one.target})
    view = ReadingView(
        held,
        _card(held, targets),
        _words(),
        note_link,
        references=_references(held, start, end, targets),
        changes=changes,
        spoken_of=_spoken_of(held.id),
    )
    return ShownText(
        html=view.html(here, also),
        contents=_contents(held, shown, part),
        index=index + 1,
        parts=len(cut),
        prev=reading_link(held.id, phan=index) if index else None,
        next=reading_link(held.id, phan=index + 2) if index + 1 < len(cut) else None,
        citations=len(held.citations),
        notices=held.notices,
        missing=missing,
        repaired=len(mended),
        printed=params.one_of("ban", ("sua", "in"), "sua") == "in",
        found=found,
    )


def _references(held: HeldText, start: int, end: int, targets: Mapping[str, DocumentBrief]) -> list[Reference]:
    """Words of a stretch that lead to parts of this text, and to parts of cited documents whose text is held."""
    cited = sorted(held.citations, key=lambda one: one.start)
    spans = [Cited(one.start, one.end, one.pinpoint, one.relation) for one in cited]
    known = front().kb.briefs([held.id]).get(held.id)
    here = {one.anchor for one in held.parts if start <= held.blocks[one.block].start < end}
    found: list[Reference] = []
    for one in PartReferences(held.text, held.blocks, spans, known.type_name if known else None).between(start, end):
        target = held.id
        if one.citation is not None:
            cites = targets.get(cited[one.citation].target or "")
            if cites is None or cites.role != "held":
                continue
            target = cites.id
        inside = target == held.id and one.anchor in here
        href = f"#{one.anchor}" if inside else reading_link(target, one.anchor, tai=one.anchor)
        found.append(Reference(one.start, one.end, href))
    return found


def cited_articles(ident: str) -> dict[str, CitedPart]:
    """How often each article of a document is spoken of, by its anchor; counted once for each state of the base."""
    kb = front().kb
    found: dict[str, CitedPart] = front().remember(("articles", ident), lambda: kb.cited_articles(ident))
    return found


def _spoken_of(ident: str) -> Callable[[str], Markup | None]:
    """What stands behind the title of an article: how many speak of it from elsewhere, and how many change it."""
    cited = cited_articles(ident)

    def told(anchor: str) -> Markup | None:
        part = cited.get(anchor)
        if part is None:
            return None
        words = t("web.reading.spoken_of", count=part.citing)
        changed = (
            Markup(' <b class="warn">{}</b>').format(t("web.reading.changed", count=part.acts)) if part.acts else ""
        )
        address = link(f"{permalink(ident)}/dieu/{anchor}")
        return Markup('<p class="spoken" lang="{}"><a href="{}">{}</a>{}</p>').format(lang(), address, words, changed)

    return told


def _contents(held: HeldText, shown: Sequence[flow.Piece], part: flow.Part) -> tuple[Entry, ...]:
    """The headings and articles; where they are too many, of the articles those nearest to what is shown."""
    listed = [(at, piece) for at, piece in enumerate(shown) if piece.rank is not None]
    articles = [at for at, piece in listed if piece.rank == _ARTICLE]
    if len(listed) > _MOST_LISTED:
        middle = (part.first + part.last) // 2
        room = max(0, _MOST_LISTED - len(listed) + len(articles))
        near = set(sorted(articles, key=lambda at: abs(at - middle))[:room])
        listed = [(at, piece) for at, piece in listed if piece.rank != _ARTICLE or at in near][:_MOST_LISTED]
    entries: list[Entry] = []
    around: list[int] = []
    for at, piece in listed:
        assert piece.rank is not None
        while around and around[-1] >= piece.rank:
            around.pop()
        inside = part.first <= at < part.last
        entries.append(Entry(_title(held, piece), _entry_link(held, piece, inside), min(len(around), 3), inside))
        around.append(piece.rank)
    return tuple(entries)


def _title(held: HeldText, piece: flow.Piece) -> str:
    block = held.blocks[piece.block] if piece.block is not None else None
    words = " ".join(held.text[piece.start : piece.end].replace("*", "").strip("# ").split())
    if block is not None and block.kind == "article":
        words = f"{block.label}. {block.name}" if block.name else block.label
    elif block is not None and block.label and block.label not in words:
        words = f"{block.label} {words}"
    return words if len(words) <= _LONGEST_ENTRY else words[:_LONGEST_ENTRY].rsplit(" ", 1)[0] + " …"


def _entry_link(held: HeldText, piece: flow.Piece, inside: bool) -> str:
    if piece.anchor:
        return f"#{piece.anchor}" if inside else reading_link(held.id, piece.anchor, tai=piece.anchor)
    line = held.text.count("\n", 0, piece.start) + 1
    return f"#L{line}" if inside else reading_link(held.id, f"L{line}", dong=line)


def _start_of_line(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        following = text.find("\n", at) + 1
        if not following:
            return at
        at = following
    return at


def _words() -> Words:
    return Words(
        page=lambda number: f"{t('web.common.page')} {number}",
        table=t("web.reading.table"),
        link_to=lambda label: t("web.reading.link_to", label=label),
        back=t("web.reading.back"),
        note=lambda label: t("web.reading.note", label=label),
    )


def _card(text: HeldText, targets: Mapping[str, DocumentBrief]) -> Card:
    """Marks a citation as a link with a card that opens on hover and focus; of a scan the card of a citation that is
    doubtful or was repaired shows its line."""
    held_id, scanned = text.id, {page.number for page in text.pages if page.how == "ocr"}
    template = current_app.jinja_env.get_template("_card.html")

    def card(citation: TextCitation, words: Markup, first: bool, last: bool) -> Markup:
        target = targets.get(citation.target) if citation.target else None
        doubted = citation.repairs or any(note in DOUBTS for note in citation.notes)
        picture = line_link(held_id, citation.index) if doubted and citation.page in scanned else None
        held = target is not None and target.role == "held" and citation.pinpoint
        place = article_link(target.id, citation.pinpoint) if target and held else None
        return Markup(
            template.render(
                citation=citation, words=words, first=first, last=last, target=target, place=place, picture=picture
            )
        )

    return card
