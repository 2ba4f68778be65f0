"""Rules on the part of a document that is cited."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checking.draft import Draft, Raised
from kb.checking.report import Evidence
from kb.reading.relations.pinpoints import UNITS, parse
from messages import Message

_COMPARED = frozenset(UNITS[1:4])
"""Points, clauses and articles."""
_ARTICLE = UNITS[3]


def not_there(draft: Draft) -> Iterator[Raised]:
    """The held text has no such article, clause or point; parts put in by an amendment are not held against it, nor
    those that a badly read text may have all the same."""
    for one in draft.others:
        if not one.citation.pinpoint or one.known is None or one.acted_upon:
            continue
        parts = draft.sources.parts(one.known.id)
        if parts is None:
            continue
        if parts.has(one.citation.pinpoint) or not _plain(one.citation.pinpoint):
            continue
        amended = any(act.relation == "amends" for act in one.known.acts)
        values = {"number": one.named, "part": one.citation.pinpoint}
        said = Message("kb.check.source.held_text", number=one.named)
        code = "pinpoint_missing" if parts.lacks(one.citation.pinpoint) else "pinpoint_unread"
        code = "pinpoint_amended" if amended else code
        yield Raised(
            code, values, one, evidence=(Evidence("own", said, document=one.known.id),), about=one.citation.pinpoint
        )


def _plain(pinpoint: str) -> bool:
    """Whether a pinpoint names articles, clauses and points by plain numbers: "Điều 5a" was put in by an amendment."""
    try:
        paths = parse(pinpoint)
    except ValueError:
        return False
    for path in paths:
        units = {unit for unit, _ in path}
        if not units <= _COMPARED or _ARTICLE not in units:
            return False
        if any(unit == _ARTICLE and not label.isdigit() for unit, labels in path for label in labels):
            return False
    return True


RULES = (not_there,)
