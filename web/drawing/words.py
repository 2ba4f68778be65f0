"""What templates say and how: messages in the reader's language, dates, numbers, marks of certainty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Flask, g
from markupsafe import Markup, escape

import messages
from kb.answers import labels
from kb.answers.lineage_shapes import TraceNode
from kb.answers.shapes import DocumentBrief, Edge, EdgeEnd, Status, Told
from kb.authority import relations as authority
from kb.reading.header.title_case import sentence_case
from messages import InTwoLanguages, among, pick, say
from web.drawing.board_picture import entry_anchor
from web.drawing.quoting import day, mended, quoted, snippet, unmarked
from web.http import urls
from web.http.front import front

_QUOTATION = re.compile("(“[^”]*”)")
STRONG = tuple(one.id for one in authority.RELATIONS if one.strong)
WEAK = tuple(one.id for one in authority.RELATIONS if not one.strong)
RELATIONS = STRONG + WEAK


def lang() -> str:
    """The reader's language: ``vi`` or ``en``."""
    return str(g.get("lang", "vi"))


def other_lang() -> str:
    """The language to which the page can be switched."""
    return "vi" if lang() == "en" else "en"


def t(id: str, /, **values: Any) -> str:
    """The message ``id`` (see :func:`messages.say`) in the reader's language.

    Values that are markup stay markup; all else is escaped where the template writes it.
    """
    marked = {name: value for name, value in values.items() if isinstance(value, Markup)}
    if not marked:
        return say(id, lang(), **values)
    html = escape(say(id, lang(), **values | {name: _place(name) for name in marked}))
    for name, value in marked.items():
        html = html.replace(_place(name), value)
    return html


def _place(name: str) -> str:
    """Where a value that is markup goes: nothing that a message can hold."""
    return f"\0{name}\0"


def viet(words: str, tag: str = "span") -> Markup:
    """Words of a Vietnamese document, marked as such for screen readers."""
    return Markup(f'<{tag} lang="vi">{escape(words)}</{tag}>')


def relation(name: str, direction: str = "out") -> str:
    """The label of a relation: ``out`` seen from the citing, ``in`` from the cited document."""
    words = labels.relation_label(name, inverse=direction == "in", lang=lang())
    return words[:1].upper() + words[1:]


def notice(item: Mapping[str, str] | InTwoLanguages) -> Markup:
    """A notice (as the store keeps it: {code, vi, en}) in the reader's language."""
    return quotations(item[lang()] if isinstance(item, Mapping) else item.text(lang()))


def quotations(words: str) -> Markup:
    """A sentence; what an English one quotes of a Vietnamese document, in “ ”, is marked as Vietnamese."""
    if lang() != "en":
        return escape(words)
    pieces = _QUOTATION.split(words)  # every second one is a quotation
    return Markup("").join(viet(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces))


def amount(number: int) -> str:
    """A count with the thousands separator of the language."""
    return messages.number(number, lang())


def certainty(confidence: float) -> tuple[str, str]:
    """(sign, words) of a confidence 0-1: never by colour alone."""
    percent = round(confidence * 100)
    if confidence >= 0.9:
        return "●", t("web.words.certain", percent=percent)
    if confidence >= 0.6:
        return "◐", t("web.words.fairly_certain", percent=percent)
    return "○", t("web.words.doubtful", percent=percent)


def status_label(status: Status) -> str:
    """A status in the reader's language."""
    return labels.status_label(status.code, lang())


def state_label(state: str) -> str:
    """One of the seven states of a document in the reader's language."""
    return labels.state_label(state, lang())


def status_source(status: Status) -> str:
    """Since when a status is so and who says so, short, for a list; empty where nothing is known."""
    source = status.source_en if lang() == "en" else status.source
    if not source:
        return ""
    return t("web.words.status_since", day=status.since, source=source) if status.since else source


def source_of(known: Told) -> str:
    """Who says so, in the reader's language."""
    return known.source_en if lang() == "en" else known.source


def register_state(state: str) -> str:
    """A state of a document as registers tell it (``kb.knowledge.registers.row.STATUS``) in the reader's language."""
    return t(pick("kb.registers.state", state))


def level_name(level: str) -> str:
    """The level of a rung (``kb.answers.lineage_shapes.Rung``) in the reader's language."""
    return labels.level_name(level, lang())


def rung_name(rung: str) -> str:
    """A rung of the board (``kb.authority.rungs``) in the reader's language."""
    return labels.rung_name(rung, lang())


def by_end(edges: Sequence[Edge], direction: str) -> list[tuple[EdgeEnd | None, list[Edge]]]:
    """Citations with those of one document together: the document, and its sentences. What is not told which document
    it means stands alone."""
    found: list[tuple[EdgeEnd | None, list[Edge]]] = []
    for edge in edges:
        end = (edge.source or edge.stated_in) if direction == "in" else edge.target
        if found and end is not None and found[-1][0] is not None and found[-1][0].id == end.id:
            found[-1][1].append(edge)
        else:
            found.append((end, [edge]))
    return found


def evidence(method: str, score: float | None = None) -> str:
    """Why a link was made, where a reader should see it; of one made by a name alone with its score."""
    if score is not None:
        return labels.joined_by_title(score, lang())
    return t(pick("web.words.method", method)) if among("web.words.method", method) else ""


def heading(document: DocumentBrief | TraceNode | EdgeEnd) -> str:
    """What a document is called in a list: its number, or its name where it has none."""
    cited_as = document.office_citation if isinstance(document, DocumentBrief) else None
    return document.number or named(document.title) or cited_as or document.id


@lru_cache(maxsize=4096)
def named(title: str | None) -> str:
    """A title as it is shown: in sentence case, with a capital at its beginning."""
    words = sentence_case(title, title) if title else ""
    return words[:1].upper() + words[1:]


def facet_name(name: str) -> str:
    """A facet of the search in the reader's language."""
    return labels.facet_name(name, lang())


def facet_value(name: str, value: str) -> str:
    """A facet's value in words, in the reader's language."""
    words = labels.facet_value(name, value, lang())
    return words[:1].upper() + words[1:]


def finding_name(kind: str) -> str:
    """The short name of a kind of finding (``kb.findings.doubts.SEVERITY``) in the reader's language."""
    return t(pick("kb.findings.name", kind))


def type_name(document: DocumentBrief | TraceNode) -> str:
    """What a document's type is called in the reader's language; "" where it is not known."""
    return labels.type_name(document.type, lang()) or ""


def repair_name(repair: Mapping[str, str]) -> str:
    """Why a form was repaired and on what evidence (``kb.model.Repair``), in the reader's language."""
    return labels.repair_name(repair["rule"], repair["evidence"], lang())


def register(app: Flask) -> None:
    """Give the templates their words."""
    filters = {"day": day, "amount": amount, "notice": notice, "heading": heading, "named": named, "unmarked": unmarked}
    app.jinja_env.filters.update(filters)
    words = (
        t,
        lang,
        other_lang,
        pick,
        viet,
        quotations,
        repair_name,
        type_name,
        relation,
        certainty,
        quoted,
        mended,
        snippet,
        facet_name,
        facet_value,
        finding_name,
        evidence,
        status_label,
        state_label,
        status_source,
        source_of,
        level_name,
        rung_name,
        by_end,
        entry_anchor,
        register_state,
        front,
    )
    addresses = (
        urls.link,
        urls.here,
        urls.permalink,
        urls.public_link,
        urls.opens_here_only,
        urls.document_link,
        urls.reading_link,
        urls.line_link,
        urls.article_link,
        urls.part_link,
        urls.board_link,
        urls.in_language,
    )
    app.jinja_env.globals.update({word.__name__: word for word in (*words, *addresses)})
