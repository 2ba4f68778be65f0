"""Values of the check's sentences in both languages."""

from __future__ import annotations

import re

from kb.answers.labels import office_date
from messages import Message, Pair


def dated(date: str) -> Pair:
    """A date in Vietnamese as offices write it, and in English."""
    return Pair(office_date(date), date)


def dated_from(date: str | None) -> Pair:
    """From which day, to stand behind what happened; nothing where it is not known."""
    if date is None:
        return Pair("", "")
    day = dated(date)
    said = Message("kb.check.from_day", day=day)
    return Pair(f" {said.vi}", f" {said.en}")


def with_breaks(folded: str, text: str) -> str:
    """The folded form of a text with its line breaks, for what stands at the beginning or the end of a line."""
    plain = list(folded)
    for match in re.finditer("\n", text):
        plain[match.start()] = "\n"
    return "".join(plain)
