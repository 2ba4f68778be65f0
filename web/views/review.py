"""Settling doubts: accept what was read, correct it, or silence the finding, with the sentence before one's eyes.

What is decided is a line of the base's corrections, as ``cancu corrections add`` writes it, with the reviewer's name
and day; a journal beside it (``review.log``) keeps every step, also those taken back later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from threading import Lock

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.build.ingest import bring_index_up_to_date
from indexer.build.report import IngestReport
from kb.answers.shapes import Answer, DocumentBrief, Finding
from kb.answers.status import today
from kb.authority import relations
from kb.errors import CorrectionError
from kb.findings.doubts import SEVERITY
from kb.store.corrections import SETTLED, VALUE_KINDS, Correction
from messages import Message
from web.http import params
from web.http.answers import answer
from web.http.front import front
from web.http.problems import Problem
from web.http.reviewers import check_seal, reviewer, seal
from web.http.urls import link

blueprint = Blueprint("review", __name__)
WITHOUT_VALUE = "not_a_citation"
CHANGES = (*VALUE_KINDS, "split", WITHOUT_VALUE)
"""What a correction can change of what was read."""

_LONGEST = 2000
_writing = Lock()


@dataclass(frozen=True, slots=True)
class Review(Answer):
    """One doubt as a reviewer sees it; ``seal`` goes back with the form."""

    reviewer: str
    finding: Finding
    about: DocumentBrief | None
    seal: str
    problem: str | None


@blueprint.get("/chat-luong/xet")
def page() -> Response:
    """The doubt of a kind (``loai``) at a place (``cho``), and what can be done about it."""
    return _page(reviewer(), _asked(), None)


@blueprint.post("/chat-luong/xet")
def settle() -> AnyResponse:
    """Keeps what was decided (``viec``) and leads back to the list."""
    name = reviewer()
    found = _asked()
    check_seal(name, _what(found), request.form.get("dau", ""))
    try:
        one = _correction(name, found)
        with _writing:
            front().kb.add_correction(one)
            _keep_journal(one)
            _index_anew()
    except CorrectionError as error:
        return _page(name, found, error)
    return redirect(link("/chat-luong", {"loai": found.kind, "da_xet": "1"}), 303)


def _page(name: str, found: Finding, error: CorrectionError | None) -> Response:
    about = front().kb.briefs([found.document]).get(found.document) if found.document else None
    data = Review(name, found, about, seal(name, _what(found)), error.vi if error else None)
    response = answer(
        "review.html",
        data,
        status=422 if error else 200,
        error=error,
        changes=CHANGES,
        relations=[one.id for one in relations.RELATIONS],
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked() -> Finding:
    """The doubt that a request names. Raises the 400 and 404 problems."""
    kind, subject = params.clean(request.values.get("loai", "")), request.values.get("cho", "")[:_LONGEST]
    if kind not in SEVERITY:
        raise Problem(400, "bad_parameter", Message("web.problem.no_such_doubt"), parameter="loai")
    found = front().kb.finding(kind, subject)
    if found is None:
        raise Problem(404, "no_such_doubt", Message("web.problem.no_such_doubt"))
    return found


def _what(found: Finding) -> str:
    return f"{found.kind}\0{found.subject}"


def _correction(name: str, found: Finding) -> Correction:
    """The line that the form means. Raises ``CorrectionError`` where it cannot be understood."""
    given = {key: params.clean(request.form.get(key, ""))[:_LONGEST] for key in ("viec", "sua", "gia_tri", "ly_do")}
    if given["viec"] in SETTLED:
        return Correction(given["viec"], found.subject, found.kind, name, today(), given["ly_do"])
    if given["viec"] != "correct" or given["sua"] not in CHANGES:
        raise Problem(400, "bad_parameter", Message("web.problem.no_such_act"), parameter="viec")
    value = "" if given["sua"] == WITHOUT_VALUE else given["gia_tri"]
    return Correction(given["sua"], found.subject, value, name, today(), given["ly_do"])


def _keep_journal(one: Correction) -> None:
    """Adds a line to the journal: when, who, what; to the server's own log where the base has no folder."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    line = "\t".join((now, one.author, one.kind, one.subject, one.value, one.reason))
    current_app.logger.info("review: %s", line)
    folder = front().kb.store.folder
    if folder is not None:
        with open(folder / "review.log", "a", encoding="utf-8") as journal:
            journal.write(line + "\n")


def _index_anew() -> None:
    made = front()
    bring_index_up_to_date(made.kb, made.search.where, made.settings.index, IngestReport())
