"""Citations cut to size: a law's name in front of its number is theirs, the title behind them is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.reading.relations.cited_span import LAWS, CitedSpan
from kb.reading.relations.sequence.between import OPENERS
from kb.reading.relations.wording import LISTS, words
from kb.reading.text.text_forms import TextForms

_LAW_NAME = 320  # code points: "Luật sửa đổi, bổ sung một số điều của Luật …, Luật …" before the number
_SHORTEST_TITLE = 20  # code points: what stands behind a number and is shorter ("ngày 1/1/2020") holds no title
# The first law word after the last break: "Luật sửa đổi, bổ sung một số điều của Luật X số …" begins at the outer law.
_LAW_WORD = re.compile(
    rf"\b(?<!(?:{LISTS['not_law']})[ \n]){LISTS['law_word']}\b"
    r"(?=(?:[^;|(:.0-9]|\d(?=[a-zà-ỹ])|(?<=[a-zà-ỹ])\d)*+$)"
)
# An amending law names the laws it amends before its own number.
_PROMULGATES = tuple(f"{word} " for word in LISTS.folded("promulgates"))
_LAW = tuple(f"{word} " for word in LISTS.folded("law"))
_AMENDING = re.compile(rf"\b{words('amending')}\b")


def trimmed(forms: TextForms, spans: Sequence[CitedSpan]) -> list[CitedSpan]:
    """The citations with a law's name taken into the head, and no word of the title left in the tail."""
    out, floor, number = [], 0, 0  # ends of the citation and of the number before
    for span in spans:
        head, tail = span.head, span.tail
        if span.kind == "number" and span.type in LAWS:
            head = _name_of_law(forms, span.head, floor, number)
        if tail - span.end > _SHORTEST_TITLE:
            title = OPENERS.first(forms.folded[span.end : tail])
            tail = span.end + title[0] if title else tail
        changed = head != span.head or tail != span.tail
        out.append(span._replace(head=head, tail=tail) if changed else span)
        floor = max(floor, span.end)
        number = span.end if span.kind == "number" else number
    return out


def _name_of_law(forms: TextForms, head: int, floor: int, number: int) -> int:
    """Where the name of a law begins that stands before its number; ``head`` where none does.

    ``floor`` and ``number``: where the citation and the number before end.
    """
    low = head - _LAW_NAME
    amending = _AMENDING.search(forms.folded, max(number, low), head)
    if amending is None or ";" in forms.folded[amending.end() : head]:
        word = _LAW_WORD.search(forms.text, max(floor, low), head)
        return word.start() if word else head
    if forms.folded.endswith(_PROMULGATES, low, amending.start()):
        inner = max(
            forms.folded.rfind(word, amending.end(), head) for word in _LAW
        )  # "Quốc hội ban hành Luật sửa đổi … Luật X số …"
        return inner if inner >= 0 else head
    return amending.start()
