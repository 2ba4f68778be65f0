"""What the line above a list says of its paragraphs, and what a footnote takes from its anchor."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from kb.reading.relations.between import DOCUMENTS
from kb.reading.relations.carried import OF_STANDARD, Flow, Relation, relation_of, told_after
from kb.reading.relations.cited_span import CitedSpan
from kb.reading.relations.clause.context import Setting
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.paragraphs import SENTENCE, Gap, kind_of, last_openings, read_gap
from kb.reading.text.folded_text import FoldedText

_ABOVE = 400  # code points in which the line above a list stands
_LONGEST_HEADING = 150
_MISSED = 3  # paragraphs of a list whose number may be lost in a row, and one more
_LONGEST_MARK = 2  # letters of the mark of an item, as ``kind_of`` gives it: "a)", "-"; that of a heading is longer
_FIGURES = re.compile(r"([0-9]{1,3})([,:;])?")
_ANCHOR = re.compile(r"\[(?<=[^\n\s]\[)\d{1,3}\]")


def follow_lead(view: FoldedText, flow: Flow, gap: Gap, amenders: Callable[[int], Relation | None]) -> None:
    """Set in ``flow`` what the line above says of the list in which the paragraph of ``gap`` stands.

    Args:
        amenders: what a line that ends at an offset says of those that amend the last citation; None: nothing.
    """
    text, folded, airy = view.text, view.unspecked, view.airy
    if gap.marker == "|":
        flow.lead = flow.resting = None
        return
    figures = _FIGURES.search(text, gap.low + gap.before, gap.low + gap.paragraph)
    number = int(figures[1]) if figures else 0
    exact = figures is None or not figures[2]
    end = gap.low + gap.before
    next_one = gap.marker == flow.lead_marker and number == flow.lead_number + 1 and gap.opened == 1
    if flow.lead is not None and next_one and view.damaged(end):
        flow.lead_number = number  # no line of its own stands between; a scan may read its full stop as a colon
        return
    low = max(0, end - _ABOVE)
    last = text[max(low, end - 80) : end].rstrip(" *_\n\t#")[-1:]
    if last == ":" and (acted := amenders(end)) is not None:
        flow.lead, flow.lead_marker, flow.lead_number, flow.resting = acted, gap.marker, number, None
        return
    cell = "|" in gap.raw[gap.before : gap.paragraph]  # the cell before leads nothing
    colon = last == ":"
    heading = not cell and gap.marker != "" and flow.lead is None and last not in (".", ";", ",", "")
    if colon or heading:
        above = text[low:end].rstrip(" *_\n\t#")
        _, start, marker = [(0, 0, ""), *last_openings(above, airy)][-1]
        for match in SENTENCE.finditer(above, start):
            start = match.end()
        heading = heading and gap.marker != kind_of(marker) and len(above) - start < _LONGEST_HEADING
    if colon or heading:
        line = folded[low + start : low + len(above)].rstrip(": ")
        verdict = told_after(line) or judge(line, Setting())
        if verdict is not None and verdict.relation in OF_STANDARD and not DOCUMENTS.search(line, verdict.cue[1]):
            verdict = None
        if verdict is not None and not verdict.weak:
            flow.lead = relation_of(verdict, low + start, None)._replace(confidence=0.8)
            flow.lead_marker, flow.lead_number, flow.resting = gap.marker, number, None
        else:
            flow.lead = flow.resting = None
    else:
        _goes_on(flow, gap, number, exact)


def _goes_on(flow: Flow, gap: Gap, number: int, exact: bool) -> None:
    """Whether a list goes on with a paragraph of this ``number``: with the mark of those before; behind others between
    them (items of an item), or where the mark is not ``exact``, only with a number that follows theirs."""
    lead = flow.lead or flow.resting
    follows = 0 < number - flow.lead_number <= _MISSED
    if gap.marker == flow.lead_marker and gap.opened <= 2 and (follows or (exact and flow.lead is not None)):
        flow.lead, flow.lead_number, flow.resting = lead, number, None
    else:
        flow.lead, flow.resting = None, lead if gap.opened == 1 and len(gap.marker) <= _LONGEST_MARK else None


class Anchors:
    """Where the footnotes of a text are anchored ("…[12]"); looked for once, when the first footnote is met."""

    def __init__(self, text: str, folded: str, airy: bool, mentions: Sequence[CitedSpan]) -> None:
        self._text, self._folded, self._airy, self._mentions = text, folded, airy, mentions
        self._ends: list[int] = []
        self._places: dict[str, int] | None = None

    def relation(self, gap: Gap, out: Sequence[Relation]) -> Relation | None:
        """What the place of the anchor says of the footnote whose mark ``gap`` holds; ``out``: the relations so far."""
        if self._places is None:
            self._places = {}
            self._ends = sorted(mention.end for mention in self._mentions)
            for match in _ANCHOR.finditer(self._text):
                self._places.setdefault(match.group(), match.start())
        note = self._text[gap.low + gap.before : gap.low + gap.paragraph].strip(" *_\n\t|")
        at = self._places.get(note)
        if at is None:
            return None
        place = bisect_left(self._ends, at) - 1
        floor = self._mentions[place].tail if place >= 0 else 0
        inner = read_gap(self._text, self._folded, floor, at, self._airy)
        if place >= 0 and not inner.fresh:
            return out[place]._replace(parent=None, confidence=0.7)
        verdict = judge(inner.folded[inner.start :], Setting())
        return relation_of(verdict, inner.low + inner.start, None)._replace(confidence=0.7) if verdict else None
