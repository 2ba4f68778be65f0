"""The line in which an old document bears its own number: without slash or type word it is one by its place only.

"Số: 407-TTg" stands alone in its line, the place-date line below it and below that the type in capitals. Numbers of the
centre had this form until the 1990s.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.authority import types
from kb.authority.patterns import alternatives
from kb.authority.wording import word_lists
from kb.reading import dates
from kb.reading.text.text_forms import TextForms

_LABEL = re.compile(rf"(?<![a-z0-9]){word_lists('header').undamaged('own_label')}\s{{0,3}}[:.]?\s{{0,6}}\Z")
_LABEL_REACH = 14  # code points before a number in which its label begins
_LINE_START = re.compile(r"(?:\A|[\n|])[\s*_#>|]{0,8}\Z")
_DATE_REACH = 200  # code points behind it in which the place-date line stands
_TYPE_REACH = 90  # code points behind the place-date line in which the type stands
_LINE_END = re.compile(r"[ \t*_|]{0,6}(?:\n|\|)")
_WORDS = {word for word, kind in types.TYPE_WORDS.items() if " " in word}
_TYPE = re.compile(rf"(?<![a-z])({alternatives(_WORDS)})(?![a-z])")
_TYPE_LINE = re.compile(r"[*_ |]{0,6}(?:\n|\Z)")


class OwnLine(NamedTuple):
    """The line is there; ``word``: the folded type word that stands in capitals below it, None where none does."""

    word: str | None


def own_line(forms: TextForms, start: int, end: int) -> OwnLine | None:
    """What stands around a number from ``start`` to ``end`` where it has a line of its own in a header, else None."""
    folded, text = forms.folded, forms.text
    label = _LABEL.search(folded, max(0, start - _LABEL_REACH), start) if _LINE_END.match(text, end) else None
    if label is None or not _LINE_START.search(text, max(0, label.start() - 10), label.start()):
        return None
    date = next(dates.long_dates(folded, end, end + _DATE_REACH), None)
    if date is None:
        return None
    type_ = _TYPE.search(folded, date.end(), date.end() + _TYPE_REACH)
    if type_ is None or not text[slice(*type_.span(1))].isupper() or not _TYPE_LINE.match(text, type_.end()):
        return OwnLine(None)
    return OwnLine(" ".join(type_[1].split()))
