"""Any list as a file: CSV for a report, JSON for programs, Atom to subscribe to.

Pages take the form as ``dang``, the API as ``format``; what a list is narrowed to and how it is sorted lies in its
address, so that the file has what the page shows, whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from flask import Response, request

from web.drawing.columns import headed
from web.drawing.feed import Entry, feed
from web.http import params
from web.http.answers import API, download
from web.http.csv_tables import Columns, spreadsheet

Row = TypeVar("Row")
FORMS = ("json", "csv", "atom")
"""The forms in which a list is had beside its page."""
MOST_ROWS, MOST_ENTRIES = 5_000, 100
"""Rows of a file, and entries of a feed, at most."""
STEP = 200


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """A list: its name as a file, its title as a feed, its columns, and how its rows are had from the first on."""

    name: str
    title: str
    columns: Columns[Row]
    entry: Callable[[Row], Entry]
    rows: Callable[[], Iterable[Row]]


def form() -> str:
    """The form that this request asks for; empty for the page. Raises the 400 problem for one that does not exist."""
    return params.one_of("format" if request.path.startswith(API) else "dang", ("", *FORMS), "")


def as_file(listed: Listed[Any]) -> Response | None:
    """The list as CSV or Atom where it is asked for so, else None."""
    asked = form()
    if asked == "csv":
        rows = islice(listed.rows(), MOST_ROWS)
        return download(spreadsheet(rows, headed(listed.columns)), "text/csv", f"cancu-{listed.name}.csv")
    return as_feed(listed) if asked == "atom" else None


def as_feed(listed: Listed[Any]) -> Response:
    """The list as Atom."""
    entries = map(listed.entry, islice(listed.rows(), MOST_ENTRIES))
    return Response(feed(listed.title, entries), mimetype="application/atom+xml")


def pages_of(ask: Callable[[int, int], Sequence[Row]]) -> Iterator[Row]:
    """All rows of a list that is had in pages: ``ask`` gives the ``number``-th page (from 1) of ``size``."""
    number = 1
    while True:
        rows = ask(number, STEP)
        yield from rows
        if len(rows) < STEP:
            return
        number += 1
