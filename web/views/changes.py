"""What changed since a day or a build, as JSON and as an Atom feed to subscribe to."""

from __future__ import annotations

from xml.etree import ElementTree

from flask import Blueprint, Response, request

from kb.answers.labels import relation_label
from kb.answers.lineage_shapes import Change
from kb.errors import NotFoundError
from messages import Message
from web.drawing.words import heading, lang
from web.http import params
from web.http.answers import API, json_response
from web.http.front import front
from web.http.problems import Problem, missing_document
from web.http.urls import here, public_link

blueprint = Blueprint("changes", __name__)
ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"


def _changes(since: str, document: str, issuer: str, held: str) -> tuple[Change, ...]:
    """The changes that a request asks for, under the parameters of these names."""
    day = params.text(since, limit=40, required=True) or ""
    wanted = params.text(document)
    kb = front().kb
    if wanted is not None and kb.document(wanted) is None:
        raise missing_document(wanted)
    try:
        return kb.changes(
            day,
            id=wanted,
            issuer=params.text(issuer),
            held=params.flag(held, False),
            limit=params.number("limit", ENTRIES),
        )
    except NotFoundError as error:
        raise Problem(400, "bad_parameter", Message("web.problem.no_build"), parameter=since) from error


@blueprint.get(f"{API}/changes")
def changes() -> Response:
    """What was amended, ended, carried out or guided since a day or a build, latest first."""
    return json_response({"items": [one.to_json() for one in _changes("since", "document", "issuer", "held")]})


@blueprint.get("/thay-doi.atom")
def feed() -> Response:
    """The same as an Atom feed (RFC 4287): ``tu`` the day, ``van_ban`` an id, ``co_quan`` an issuer, ``cua_kho`` = 1
    what held documents stand on."""
    found = _changes("tu", "van_ban", "co_quan", "cua_kho")
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang()})
    address = (front().settings.public_url or request.host_url.rstrip("/")) + here()
    _put(root, "id", address)
    _put(root, "title", Message("web.changes.title").text(lang()))
    _put(root, "updated", f"{max((one.recorded for one in found), default='1970-01-01')}T00:00:00Z")
    _put(root, "link", None, rel="self", href=address)
    for one in found:
        root.append(_entry(one))
    ElementTree.register_namespace("", _ATOM)
    return Response(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), mimetype="application/atom+xml")


def _entry(one: Change) -> ElementTree.Element:
    entry = ElementTree.Element(f"{{{_ATOM}}}entry")
    address = public_link(one.document.id)
    done = relation_label(one.relation, inverse=True, lang=lang())
    by = heading(one.by) if one.by else one.by_id
    _put(entry, "id", f"{address}#{one.relation}:{one.by_id}")
    _put(entry, "title", f"{heading(one.document)} {done} {by}")
    _put(entry, "updated", f"{one.recorded}T00:00:00Z")
    _put(entry, "link", None, rel="alternate", href=address)
    told = Message("web.changes.entry", document=one.document.office_citation, done=done, by=by, day=one.day or "–")
    standing = Message("web.changes.standing", count=one.standing_total)
    _put(entry, "summary", f"{told.text(lang())} {standing.text(lang())}")
    return entry


def _put(parent: ElementTree.Element, name: str, text: str | None, **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = text
