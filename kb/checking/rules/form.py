"""Rules on what a citation must have by its form: Decree 30/2020/NĐ-CP for administrative papers."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checking.draft import Draft, Raised
from kb.checking.sources import citation_of

_DATED = ("administrative", "letter", "unknown")
"""Classes whose form asks for the date at the first citation; in normative acts the bases carry none (Decree 78/2025),
and Party papers follow the Party's own."""


def date_missing(draft: Draft) -> Iterator[Raised]:
    """The first citation of a document gives its date; a law needs only its name."""
    if draft.draft_class not in _DATED:
        return
    for one in draft.others:
        if one.by_number and one.first and not one.nested and not one.citation.date and not one.statute:
            suggestion = citation_of(one.known) if one.known is not None else None
            yield Raised("date_missing", {"number": one.named}, one, suggestion=suggestion)


RULES = (date_missing,)
