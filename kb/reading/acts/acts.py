"""The acts among the citations of a text: each with how much of its target it is upon, and from when to when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block
from kb.authority.relations import ACTS
from kb.authority.wording import word_lists
from kb.model import Citation, OwnIdentity, Span
from kb.reading.acts.deeds import beside
from kb.reading.acts.effect import EffectDays
from kb.reading.acts.extent import extent, object_start
from kb.reading.acts.inherited import Inherited, inherited
from kb.reading.acts.paragraphs import Paragraphs
from kb.reading.relations.clause.patterns import DIRECT
from kb.reading.relations.cues import cue_table
from kb.reading.relations.pinpoints import pinpoint_before, pinpoints_in
from kb.reading.text.position import Positions
from kb.reading.text.text_forms import TextForms

_ACTS = frozenset(ACTS)
_GUIDING = cue_table("verb")
_QUOTED = re.compile(r'"[^"]*"')
_WORDS = word_lists("acts")
_EXCEPTION = re.compile(rf",? *\b(?:{_WORDS['except']})\b[^;.:]*")
_MEASURES = re.compile(rf"\b(?:{_WORDS['measures']})\W*$")
_PLACES_REACH = 1200  # code points of the longest list of places between an act and its document
_FOR_A_TIME = frozenset({"suspends", "extends"})


def with_acts(
    forms: TextForms,
    citations: Sequence[Citation],
    heads: Sequence[int],
    own: OwnIdentity | None,
    days: EffectDays,
    blocks: Sequence[Block],
    positions: Positions,
) -> tuple[Citation, ...]:
    """The citations, those that are acted on with the extent of the act and its days, and between them the acts whose
    document is named above them.

    Args:
        forms: the text.
        citations: all citations of the text in order.
        heads: where each begins with its type word.
        own: what the text says of itself.
        days: from which days the text and its acts count.
        blocks: its structure, as far as it is known.
        positions: of the text.
    """
    citations, heads = _merged(citations, heads, inherited(forms, citations, heads, own, blocks, positions))
    paragraphs = Paragraphs(blocks)
    out: list[Citation] = []
    floor = 0
    for citation, head in zip(citations, heads, strict=True):
        if citation.relation in _ACTS:
            span = paragraphs.within(citation.sentence or (citation.start, citation.end), citation.start)
            citation = _told(forms, citation, max(head, floor), floor, span, days)
            if out and _is_said_again(forms, citation, out[-1]):
                citation = citation._replace(pinpoint=out[-1].pinpoint, whole=out[-1].whole, part=out[-1].part)
        elif citation.relation == "guides" and citation.parent is None and citation.pinpoint is None:
            citation = citation._replace(pinpoint=_spelt_out(forms, citation, head, floor))
        out.append(citation)
        floor = citation.end
    return tuple(out)


def _is_said_again(forms: TextForms, citation: Citation, before: Citation) -> bool:
    """Whether a citation only says how the one before is called: "Bãi bỏ Điều 8 X (sau đây gọi là X)"."""
    told = (citation.number, citation.relation)
    same = citation.number is not None and told == (before.number, before.relation)
    between = forms.text[before.end : citation.start]
    return same and citation.pinpoint is None and "(" in between and ")" not in between.rpartition("(")[2]


def _merged(
    citations: Sequence[Citation], heads: Sequence[int], added: Sequence[Inherited]
) -> tuple[Sequence[Citation], Sequence[int]]:
    """All citations in the order of the text, and where each begins; parents are indexes into the whole."""
    if not added:
        return citations, heads
    together = [(one.start, 0, index) for index, one in enumerate(citations)]
    together += [(one.citation.start, 1, index) for index, one in enumerate(added)]
    together.sort()
    place = {index: at for at, (_, new, index) in enumerate(together) if not new}
    merged, begins = [], []
    for _, new, index in together:
        one = added[index].citation if new else citations[index]
        merged.append(one if one.parent is None else one._replace(parent=place[one.parent]))
        begins.append(one.start if new else heads[index])
    return merged, begins


def _told(forms: TextForms, citation: Citation, head: int, floor: int, span: Span, days: EffectDays) -> Citation:
    """The act with its extent and days; ``head``: where its citation begins, ``floor``: where the one before ends,
    ``span``: the sentence."""
    start, end = _with_places_before(forms, citation, head, floor, span)
    begin = object_start(forms, citation, head, max(floor, start))
    before = pinpoint_before(forms, head)
    if not citation.inverse and citation.kind != "back_reference":
        anchor = before is not None and beside(forms.folded, max(floor, start), before.start)
        citation = citation._replace(pinpoint=_places(forms, begin, head) or (None if anchor else citation.pinpoint))
    how_much = extent(forms, citation, max(begin, before.start) if before else head, begin)
    nested = citation.parent is not None and citation.kind != "back_reference"
    others = citation.inverse or nested  # another document acts, on a day that it tells itself
    until = days.until(citation.end, end) if citation.relation in _FOR_A_TIME else None
    return citation._replace(
        whole=how_much.whole,
        part=how_much.part,
        effect_from=None if others else days.of_act(start, end),
        effect_to=until,
    )


def _with_places_before(forms: TextForms, citation: Citation, head: int, floor: int, span: Span) -> Span:
    """The sentence, with the places that semicolons part from it: "Bãi bỏ khoản 4 Điều 5; Điều 6; khoản 2 Điều 7 X"."""
    start, end = span
    cue = citation.cue
    if cue is None or not floor <= cue[1] < start or head - cue[1] > _PLACES_REACH:
        return span
    return (cue[1], end) if DIRECT.fullmatch(_unquoted(forms, cue[1], head)) else span


def _unquoted(forms: TextForms, start: int, end: int) -> str:
    """The folded words of a stretch without those in quotation marks: "Thay thế cụm từ “…” tại khoản 1 Điều 9; …"."""
    return _without(forms.folded, start, end, [match.span() for match in _QUOTED.finditer(forms.text, start, end)])


def _without(folded: str, start: int, end: int, gaps: Sequence[Span]) -> str:
    """A stretch of folded text without the parts that lie in ``gaps``, which are in order."""
    kept = []
    for low, high in gaps:
        kept.append(folded[start:low])
        start = high
    return "".join((*kept, folded[start:end]))


def _spelt_out(forms: TextForms, citation: Citation, head: int, floor: int) -> str | None:
    """The places that are spelt out before "và hướng dẫn thi hành X" in the same clause: "quy định chi tiết khoản 5
    Điều 12; khoản 2 Điều 41 và hướng dẫn thi hành Luật X"."""
    cue = citation.cue
    if cue is None or cue[1] > head or not DIRECT.fullmatch(forms.folded, cue[1], head):
        return None
    low = max(floor, cue[0] - _PLACES_REACH)
    for verb in reversed(_GUIDING.find(forms.folded[low : cue[0]])):
        if verb.cue.relation == "guides":
            start = low + verb.end
            exceptions = [match.span() for match in _EXCEPTION.finditer(forms.folded, start, cue[0])]
            ends = _MEASURES.search(forms.folded, start, cue[0])
            end = ends.start() if ends else cue[0]
            if not DIRECT.fullmatch(_without(forms.folded, start, end, exceptions)):
                return None
            edges = [start, *(edge for exception in exceptions for edge in exception), end]
            told = [_places(forms, *stretch) for stretch in zip(edges[::2], edges[1::2], strict=True)]
            return "; ".join(filter(None, told)) or None
    return None


def _places(forms: TextForms, start: int, head: int) -> str | None:
    """All places between an act and its document: "Bãi bỏ Điều 7 và số thứ tự 3 Phụ lục II kèm theo X"."""
    quoted = [match.span() for match in _QUOTED.finditer(forms.text, start, head)]
    found = [
        one.value
        for one in pinpoints_in(forms, start, head)
        if not (any(low < one.start < high for low, high in quoted) or beside(forms.folded, start, one.start))
    ]
    return "; ".join(dict.fromkeys(found)) or None
