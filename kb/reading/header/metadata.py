"""What a block of metadata says of the text below it: number, day and organ behind their labels.

Web pages, records and Markdown with front matter give them as lines ("Số ký hiệu: 12/QĐ-BTC"), as a table of labels and
values, or as keys ("doc_number: …"). A block has two labels or more and one number; a list of documents repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.authority.wording import word_lists
from kb.reading import dates
from kb.reading.issuers import organ as organs
from kb.reading.issuers.places import province_at
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("header")
_REACH = 4000  # code points from the beginning of a text in which its metadata stand
_NEAR = 1500  # code points between the labels of one block
_BETWEEN = r"[\s*\"'`:|>-]{1,12}"  # between a label and its value, in folded text; one of these marks is there:
_MARKS = re.compile(r"[:|\n\t]")
_LABELS = {
    kind: re.compile(rf"(?<![a-z0-9])(?P<label>{_WORDS[words]}){_BETWEEN}")
    for kind, words in (
        ("number", "metadata_number"),
        ("date", "metadata_date"),
        ("day", "metadata_day"),
        ("issuer", "metadata_issuer"),
        ("region", "metadata_region"),
        ("other", "metadata_other"),
    )
}
_DAY = re.compile(rf"{word_lists('dates').undamaged('day')}\s{{1,3}}")


class Metadata(NamedTuple):
    """The number, the day (ISO), the organ, and the province named in place of it or beside it."""

    number: NumberHit
    date: str | None
    organ: organs.Organ | None
    province: str | None


def metadata(forms: TextForms, hits: Sequence[NumberHit]) -> Metadata | None:
    """The metadata at the top of a text; None where it has none, or those of several documents."""
    limit = min(len(forms.folded), _REACH)
    number = _number(forms, hits, limit)
    if number is None:
        return None
    low, high = max(0, number.start - _NEAR), min(limit, number.end + _NEAR)
    days = (_date(forms, at) for kind in ("date", "day") for at in _values(forms, kind, low, high))
    issuers = (organs.organ_at(forms, at, high) for at in _values(forms, "issuer", low, high))
    places_named = (
        province_at(forms, at, high) for kind in ("issuer", "region") for at in _values(forms, kind, low, high)
    )
    day, organ = next(filter(None, days), None), next(filter(None, issuers), None)
    region = next(filter(None, places_named), None)
    if day is None and organ is None and next(_values(forms, "other", low, high), None) is None:
        return None
    return Metadata(number, day.iso if day else None, organ, region[0] if region else None)


def _number(forms: TextForms, hits: Sequence[NumberHit], limit: int) -> NumberHit | None:
    """The one number behind a label at the top of a text."""
    top = [hit for hit in hits if hit.start < limit]
    starts = {at: hit for hit in top for at in (hit.start, hit.head)}  # "Số hiệu: Số 12/QĐ-UBND"
    found = [starts[at] for at in _values(forms, "number", 0, limit) if at in starts] if starts else []
    return found[0] if len({hit.number for hit in found}) == 1 else None


def _values(forms: TextForms, kind: str, start: int, end: int) -> Iterator[int]:
    """Where the values of one kind of label begin."""
    for match in _LABELS[kind].finditer(forms.folded, start, end):
        if _MARKS.search(forms.text, match.end("label"), match.end()):
            yield match.end()


def _date(forms: TextForms, position: int) -> dates.DateHit | None:
    word = _DAY.match(forms.folded, position)
    return dates.date_at(forms.folded, word.end() if word else position, len(forms.folded))
