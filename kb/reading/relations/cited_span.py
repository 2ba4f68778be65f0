"""What relations are told of: a citation as found, with a law's name in front and its title behind cut to size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kb.reading.relations.cues import words
from kb.reading.relations.sequence.between import OPENERS
from kb.reading.text.folded_text import FoldedText

LAWS = frozenset({"luat", "bo-luat", "phap-lenh", "hien-phap"})
_LAW_NAME = 320
# The first law word after the last break: "Luật sửa đổi, bổ sung một số điều của Luật X số …" begins at the outer law.
_LAW_WORD = re.compile(
    r"\b(?<!PHÁP[ \n])(?<!PHAP[ \n])(?:(?:B[ộo] l|BỘ L|L)(?:u?[ậad]?t|UẬT)|P(?:h[áad]p l[ệeé]nh|HÁP LỆNH))\b"
    r"(?=(?:[^;|(:.0-9]|\d(?=[a-zà-ỹ])|(?<=[a-zà-ỹ])\d)*+$)"
)
# An amending law names the laws it amends before its own number.
_AMENDING = re.compile(rf"\b{words('amending')}\b")


class CitedSpan(NamedTuple):
    """A citation as found; offsets into the text. ``head`` is where it begins (the type word), ``tail`` where its own
    date and issuer end; ``type`` is an id of the document types; ``kind`` number, named, standard or back_reference."""

    start: int
    end: int
    kind: str
    type: str | None
    head: int
    tail: int
    number: str | None = None


def trimmed(view: FoldedText, mentions: Sequence[CitedSpan]) -> list[CitedSpan]:
    """The mentions with a law's name taken into its head, and no word of the title left in the tail."""
    out, floor, number = [], 0, 0  # ends of the mention and of the number before
    for mention in mentions:
        head, tail = mention.head, mention.tail
        if mention.kind == "number" and mention.type in LAWS:
            low = head - _LAW_NAME
            name = _AMENDING.search(view.folded, max(number, low), head)
            if name is None or ";" in name.string[name.end() : head]:
                name = _LAW_WORD.search(view.text, max(floor, low), head)
                named = name.start() if name else head
            elif view.folded.endswith("ban hanh ", low, name.start()):
                named = view.folded.rfind("luat ", name.end(), head)  # "Quốc hội ban hành Luật sửa đổi … Luật X số …"
                named = named if named >= 0 else head
            else:
                named = name.start()
            head = named
        if tail - mention.end > 20:
            title = OPENERS.first(view.folded[mention.end : tail])
            tail = mention.end + title[0] if title else tail
        changed = head != mention.head or tail != mention.tail
        out.append(mention._replace(head=head, tail=tail) if changed else mention)
        floor = max(floor, mention.end)
        number = mention.end if mention.kind == "number" else number
    return out
