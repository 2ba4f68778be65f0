"""Results, a number's address, paste-and-check, quality review, about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.engines.protocol import SORTS
from indexer.query.plan import Note
from indexer.search import MAX_RESULTS
from indexer.search_result import Item
from kb.answers.shapes import Answer, Finding, LookupResult
from kb.findings.doubts import SEVERITY
from messages import Message
from web.drawing import columns, feed
from web.drawing.columns import NamedFinding
from web.drawing.words import lang
from web.http import csv_tables, openapi, params
from web.http.answers import Around, answer, download, json_response, paging, wants_json
from web.http.front import front
from web.http.reviewers import allowed
from web.http.urls import document_link, here
from web.views.checking import check_text, submitted_text
from web.views.finding import (
    Found,
    NoQuery,
    WrongQuery,
    choices,
    chosen_filters,
    dropping,
    find,
    listed,
    status_day,
)
from web.views.lists import Listed, as_file, pages_of

blueprint = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class TextPage(Answer):
    """One page of the documents that words were found in; ``lookup``: what the query means as a number or a name."""

    found: Found
    kind: str
    lookup: LookupResult | None
    total: int
    page: int
    pages: int
    links: Around
    items: tuple[Item, ...]
    notes: tuple[Note, ...]
    sort: str

    def to_json(self) -> dict[str, Any]:
        return {**self.found.to_json(), "pages": self.pages, "links": self.links.to_json()}


@dataclass(frozen=True, slots=True)
class NumberResult(Answer):
    """A number that is not one document: several (``chooser``), or near misses (``near``)."""

    query: str
    kind: str
    lookup: LookupResult
    total: int


@dataclass(frozen=True, slots=True)
class NothingPasted(Answer):
    """The form for a text to be checked."""

    citations: None = None


@dataclass(frozen=True, slots=True)
class Quality(Answer):
    """One page of the doubts of a kind (None: of all)."""

    kind: str | None
    total: int
    page: int
    pages: int
    per_page: int
    links: Around
    items: tuple[Finding, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class About(Answer):
    """What this is: the description of the API, and which build answers."""

    api: dict[str, Any]
    build: str


@blueprint.get("/tim")
def results() -> AnyResponse:
    """A number that is one document leads there; everything else is a list with facets."""
    query = params.pasted("q", limit=front().settings.query_length) or ""
    if not query and not chosen_filters():
        return answer("results.html", NoQuery(), query="")
    if query != params.clean(request.args.get("q", "")):
        return redirect(here(q=query), 303)  # a pasted text: its links carry only what is searched for
    file = as_file(listed(query))
    if file is not None:
        return file
    found = find(query)
    if isinstance(found, WrongQuery):
        return answer("results.html", found, query=query, dropping=dropping(), sorts=SORTS)
    result = found.result
    if result.document is not None and not wants_json():
        return redirect(document_link(result.document.id), 303)
    if result.kind in ("document", "chooser"):
        return answer("results.html", found if wants_json() else result_of(found), query=query)
    place = paging(min(result.total, MAX_RESULTS), result.page, result.per_page)
    warned = {warning["code"] for warning in result.lookup.warnings} if result.lookup else set()
    shown: dict[str, Any] = {"one_digit_off": "one_digit_off" in warned}
    shown |= {"facets": choices(result), "dropping": dropping(), "sorts": SORTS, "day": status_day()}
    data = TextPage(
        found=found,
        kind=result.kind,
        lookup=result.lookup,
        total=result.total,
        page=place.page,
        pages=place.pages,
        links=place.links,
        items=result.items,
        notes=result.notes,
        sort=found.sort,
    )
    return place.links.add_to(answer("results.html", data, query=query, **shown))


def result_of(found: Found) -> NumberResult:
    """A number that is not one document, as the page shows it."""
    result = found.result
    assert result.lookup is not None, "only text is found without looking a number up"
    return NumberResult(result.query, result.kind, result.lookup, result.total)


@blueprint.get("/so/<path:number>")
def by_number(number: str) -> AnyResponse:
    """``/so/2395/QĐ-UBND``: to the one document, or a chooser (300), or near misses (404)."""
    query = params.clean(number)[: front().settings.query_length]
    found = front().kb.lookup(query, province=params.text("tinh"), date=params.date("ngay"))
    if found.status == "ok" and not wants_json():
        return redirect(document_link(found.matches[0].id), 303)
    if wants_json():
        status = {"ok": 200, "multiple": 300, "not_found": 404, "unparsable": 400}[found.status]
        return json_response(found.to_json(), status)
    kind = "chooser" if found.status == "multiple" else "near"
    data = NumberResult(query, kind, found, found.total or len(found.matches))
    return answer("results.html", data, status=300 if kind == "chooser" else 404, query=query)


@blueprint.route("/tra-cuu", methods=("GET", "POST"))
def paste() -> AnyResponse:
    """Paste a paragraph or a whole preamble: every citation found, which document it is, what is doubtful."""
    if request.method == "GET":
        return answer("check.html", NothingPasted(), pasted="", province=None)
    text, province = submitted_text()
    if request.form.get("dang") == "csv":
        rows = check_text(text, province, per_page=0).citations
        return download(csv_tables.spreadsheet(rows, columns.headed(columns.CHECKED)), "text/csv", "cancu-tra-cuu.csv")
    data = check_text(text, province)
    return answer("check.html", data, pasted=text, province=province)


@blueprint.get("/chat-luong")
def quality() -> Response:
    """Doubts to review, by kind; each leads to its line."""
    kind = params.one_of("loai", ("", *SEVERITY), "") or None
    file = as_file(_doubts(kind))
    if file is not None:
        return file
    number, size = params.page(), params.per_page(40)
    found = front().kb.findings(kind=kind, page=number, per_page=size)
    place = paging(found.total, number, size)
    data = Quality(
        kind=kind,
        total=place.total,
        page=place.page,
        pages=place.pages,
        per_page=place.per_page,
        links=place.links,
        items=found.items,
        counts=found.counts,
    )
    named = front().kb.briefs(id_ for one in found.items for id_ in (one.document, one.stated_in) if id_)
    return place.links.add_to(
        answer("quality.html", data, named=named, scanned=_scanned(found.items), editing=allowed())
    )


def _scanned(findings: Sequence[Finding]) -> set[int]:
    """The places in a list of the doubts on digits that stand on a scan, whose line can be shown."""
    base = front().kb
    return {
        at
        for at, one in enumerate(findings)
        if one.kind == "digits_doubtful"
        and one.stated_in
        and one.citation is not None
        and base.scanned_line(one.stated_in, one.citation) is not None
    }


def _doubts(kind: str | None) -> Listed[NamedFinding]:
    """All doubts of a kind (None: of all), each with the documents that it is about."""

    def rows(number: int, size: int) -> Sequence[NamedFinding]:
        found = front().kb.findings(kind=kind, page=number, per_page=size).items
        ids = {one for each in found for one in (each.document, each.stated_in) if one}
        return columns.named_findings(found, front().kb.briefs(ids))

    title = Message("web.quality.heading").text(lang())
    return Listed("chat-luong", title, columns.FINDINGS, feed.of_finding, lambda: pages_of(rows))


@blueprint.get("/gioi-thieu")
def about() -> Response:
    return answer("about.html", About(openapi.document(), front().build_id), problems=openapi.PROBLEMS)
