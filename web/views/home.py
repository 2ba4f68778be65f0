"""The first page: one box that leads, and the collection at a glance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from corpus.source_text import Notice
from kb.answers.counts import Plans
from kb.answers.lineage_shapes import Change
from kb.answers.shapes import Answer, DocumentBrief
from kb.answers.status import today
from kb.authority.relations import ACTS
from kb.errors import KnowledgeBaseError
from web.drawing import charts
from web.http.answers import answer
from web.http.front import front
from web.views.finding import first_of

blueprint = Blueprint("home", __name__)
NEWEST, BASES, CHANGES = 8, 6, 5
PLANS = "loại:kế_hoạch vai_trò:toàn_văn"
RECENT, LOOKED_AT = 730, 60
"""Days of which the first page tells what became stale, and how many changes are looked at for it."""


@dataclass(frozen=True, slots=True)
class Glance(Answer):
    """The collection at a glance: its plans by year and province, the documents most cited in it, and what lately
    changed of what it stands on."""

    plans: Plans
    bases: tuple[DocumentBrief, ...]
    stale: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Home(Answer):
    """The first page: counts of the base, the newest plans, the base at a glance, what is wrong with the base."""

    stats: dict[str, Any]
    newest: tuple[DocumentBrief, ...]
    glance: Glance
    warnings: tuple[Notice, ...]


def glance() -> Glance:
    """The base at a glance, counted once a day for each state of it."""
    kb, day = front().kb, today()

    def made() -> Glance:
        since = (dt.date.fromisoformat(day) - dt.timedelta(days=RECENT)).isoformat()
        changes = kb.changes(since, held=True, limit=LOOKED_AT)
        latest: dict[str, Change] = {}  # of each document only the latest: a law is amended by five at once
        for one in changes:
            if one.relation in ACTS and (one.day or "") <= day:
                latest.setdefault(one.document.id, one)
        return Glance(kb.plans(), kb.most_cited(limit=BASES), tuple(latest.values())[:CHANGES])

    found: Glance = front().remember(("glance", day), made)
    return found


@blueprint.get("/")
def home() -> Response:
    newest: tuple[DocumentBrief, ...] = ()
    warnings: tuple[Notice, ...] = ()
    try:
        newest = first_of(PLANS, "newest", NEWEST)
    except KnowledgeBaseError as error:  # numbers can be looked up without an index; say what to do about the rest
        warnings = (Notice("unavailable", error.vi, error.en),)
    stats, seen = front().kb.stats(), glance()
    return answer(
        "home.html",
        Home(stats, newest, seen, warnings),
        counts=stats,
        years=charts.columns(seen.plans.by_year),
        places=charts.bars(seen.plans.by_province),
        chart_width=charts.WIDTH,
    )
