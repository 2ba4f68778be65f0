"""Lists as Atom feeds (RFC 4287), to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from kb.answers.lineage_shapes import Change, Circle, StaleBasis
from kb.answers.shapes import DocumentBrief, Edge
from kb.authority.fold import begins
from kb.knowledge.registers.row import Register, RegisterRow
from messages import Message
from web.drawing import words
from web.drawing.columns import NamedFinding, NamedStale
from web.http.urls import public_link, public_text_link, whole_address

_ATOM = "http://www.w3.org/2005/Atom"
_EVER = "1970-01-01"
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), " ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``day`` (ISO, may be partial, None where unknown) when it was so, ``link`` where it is."""

    id: str
    title: str
    link: str
    day: str | None = None
    summary: str = ""


def feed(title: str, entries: Iterable[Entry]) -> bytes:
    """An Atom feed of this address."""
    found = list(entries)
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": words.lang()})
    address = whole_address()
    _put(root, "id", address)
    _put(root, "title", title)
    _put(root, "updated", _moment(max((one.day or _EVER for one in found), default=_EVER)))
    author = ElementTree.SubElement(root, f"{{{_ATOM}}}author")
    _put(author, "name", "Cancu")
    _put(root, "link", None, rel="self", href=address)
    for one in found:
        entry = ElementTree.SubElement(root, f"{{{_ATOM}}}entry")
        _put(entry, "id", one.id)
        _put(entry, "title", one.title)
        _put(entry, "updated", _moment(one.day or _EVER))
        _put(entry, "link", None, rel="alternate", href=one.link)
        _put(entry, "summary", one.summary)
    ElementTree.register_namespace("", _ATOM)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _moment(day: str) -> str:
    return f"{begins(day)}T00:00:00Z"


def _put(parent: ElementTree.Element, name: str, text: str | None, **attributes: str) -> None:
    made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text.translate(_UNWRITABLE) if text is not None else None


def of_document(one: DocumentBrief) -> Entry:
    link = public_link(one.id)
    summary = ". ".join(filter(None, (one.title, words.status_label(one.status))))
    return Entry(link, one.office_citation, link, one.date, summary)


def of_edge(one: Edge) -> Entry:
    link = public_text_link(one.stated_in.id, one.line)
    citing = words.heading(one.source or one.stated_in)
    cited = words.heading(one.target) if one.target else one.number or one.raw
    title = f"{citing} {words.relation(one.relation).lower()} {cited}"
    day = (one.source or one.stated_in).date
    return Entry(f"{link}:{one.start}", title, link, day, " ".join(one.sentence.split()))


def of_finding(one: NamedFinding) -> Entry:
    found = one.finding
    said = found.message_en if words.lang() == "en" else found.message
    link = public_text_link(found.stated_in, found.line) if found.stated_in else public_link(found.document or "")
    about = f": {words.heading(one.about)}" if one.about else ""
    return Entry(
        f"{link}:{found.kind}:{found.document or ''}:{found.citation or ''}",
        words.finding_name(found.kind) + about,
        link,
        one.about.date if one.about else None,
        said,
    )


def of_change(one: Change) -> Entry:
    address = public_link(one.document.id)
    done = words.relation(one.relation, "in")
    done = done[:1].lower() + done[1:]
    by = words.heading(one.by) if one.by else one.by_id
    told = Message("web.changes.entry", document=one.document.office_citation, done=done, by=by, day=one.day or "–")
    standing = Message("web.changes.standing", count=one.standing_total)
    return Entry(
        f"{address}#{one.relation}:{one.by_id}",
        f"{words.heading(one.document)} {done} {by}",
        address,
        one.recorded,
        f"{told.text(words.lang())} {standing.text(words.lang())}",
    )


def of_register(one: Register) -> Entry:
    link = whole_address(f"/nguon/{one.name}")
    return Entry(link, one.name, link, one.as_of, one.scope or "")


def of_register_row(one: RegisterRow) -> Entry:
    link = public_link(one.document) if one.document else whole_address(f"/nguon/{one.register}")
    return Entry(f"{link}#{one.row}", " ".join(filter(None, (one.number, one.title))), link, one.date, one.title or "")


def of_stale(one: NamedStale) -> Entry:
    found: StaleBasis = one.found
    link = public_link(found.document.id)
    touched = words.heading(one.touched) if one.touched else found.touched
    by = words.heading(one.by) if one.by else found.by
    done = words.relation(found.relation, "in").lower()
    return Entry(
        f"{link}#{found.touched}", f"{words.heading(found.document)}: {touched} {done} {by}", link, found.touched_on
    )


def of_circle(one: Circle) -> Entry:
    link = public_link(one.documents[0].id)
    return Entry(f"{link}#{one.total}", ", ".join(words.heading(each) for each in one.documents), link)
