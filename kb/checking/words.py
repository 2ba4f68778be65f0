"""Values of the check's sentences in both languages."""

from __future__ import annotations

from kb.answers.labels import office_date
from messages import Pair


def dated(date: str) -> Pair:
    """A date in Vietnamese as offices write it, and in English."""
    return Pair(office_date(date), date)
