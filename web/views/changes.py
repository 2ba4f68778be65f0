"""What changed since a day or a build: as a page, a table, JSON, and an Atom feed to subscribe to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Response

from kb.answers.lineage_shapes import Change
from kb.answers.shapes import Answer
from kb.answers.status import today
from kb.errors import NotFoundError
from messages import Message
from web.drawing import columns, feed
from web.drawing.words import lang
from web.http import params
from web.http.answers import API, Around, answer, json_response
from web.http.front import front
from web.http.operations import Gives, Operations, Parameter, record, several
from web.http.parameters import LIMIT, TEXT, choice
from web.http.problems import Problem, missing_document
from web.http.urls import here
from web.views.lists import Listed, as_feed, as_file, pages_of

blueprint = Operations("changes", __name__)
ENTRIES, PER_PAGE = 50, 30
RECENT = 90
"""Days of which the page tells where no day is given."""


@dataclass(frozen=True, slots=True)
class Changes(Answer):
    """One page of what was amended, ended, carried out or guided since a day or a build, latest first."""

    since: str
    issuer: str | None
    held: bool
    page: int
    links: Around
    items: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which changes a request asks for; ``parameter`` names the one that says since when."""

    since: str
    parameter: str
    document: str | None
    issuer: str | None
    held: bool

    def rows(self, limit: int, offset: int = 0) -> tuple[Change, ...]:
        try:
            return front().kb.changes(
                self.since, id=self.document, issuer=self.issuer, held=self.held, limit=limit, offset=offset
            )
        except NotFoundError as error:
            raise Problem(400, "bad_parameter", Message("web.problem.no_build"), parameter=self.parameter) from error

    @property
    def listed(self) -> Listed[Change]:
        title = Message("web.changes.title").text(lang())
        every = pages_of(lambda number, size: self.rows(size, (number - 1) * size))
        return Listed("thay-doi", title, columns.CHANGES, feed.of_change, lambda: every)


def _asked(since: str, document: str, issuer: str, held: str, day: str | None = None) -> _Asked:
    """What a request asks for under the parameters of these names; ``day`` where it does not say since when."""
    begin = params.text(since, limit=40, required=day is None) or day or ""
    wanted = params.text(document)
    if wanted is not None and front().kb.document(wanted) is None:
        raise missing_document(wanted)
    return _Asked(begin, since, wanted, params.text(issuer), params.flag(held, False))


@blueprint.operation(
    f"{API}/changes",
    "changes",
    takes=(
        Parameter("since", TEXT, required=True),
        Parameter("document", TEXT, "document_of_changes"),
        Parameter("issuer", TEXT, "issuer_of_changes"),
        Parameter("held", choice("0", "1")),
        LIMIT,
    ),
    gives={200: Gives(record(items=several("Change")), "changes")},
    shares={404: "NoSuchDocument"},
    lists=True,
)
def changes() -> Response:
    """What was amended, ended, carried out or guided since a day or a build, latest first."""
    asked = _asked("since", "document", "issuer", "held")
    most = params.number("limit", ENTRIES)
    return as_file(asked.listed) or json_response({"items": [one.to_json() for one in asked.rows(most)]})


@blueprint.get("/thay-doi")
def page() -> Response:
    """The same for people: ``tu`` the day, ``van_ban`` an id, ``co_quan`` an issuer, ``cua_kho`` = 1 what held
    documents stand on."""
    recent = (dt.date.fromisoformat(today()) - dt.timedelta(days=RECENT)).isoformat()
    asked = _asked("tu", "van_ban", "co_quan", "cua_kho", recent)
    file = as_file(asked.listed)
    if file is not None:
        return file
    number = params.page()
    found = asked.rows(PER_PAGE + 1, (number - 1) * PER_PAGE)
    links = Around(
        here(page=number + 1) if len(found) > PER_PAGE else None, here(page=number - 1) if number > 1 else None
    )
    data = Changes(asked.since, asked.issuer, asked.held, number, links, found[:PER_PAGE])
    return links.add_to(answer("changes.html", data, document=asked.document))


@blueprint.get("/thay-doi.atom")
def subscribed() -> Response:
    """The same as an Atom feed, under an address that feed readers know by its end."""
    return as_feed(_asked("tu", "van_ban", "co_quan", "cua_kho").listed)
