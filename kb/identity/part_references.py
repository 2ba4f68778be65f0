"""Which parts of held texts the words of a text lead to: its own ("khoản 6 Điều này", "Điều 5 Nghị định này"), and
those of the documents that it cites ("điểm a khoản 2 Điều 7 Nghị định số 24/2014/NĐ-CP").

"Điều 7" alone is a part of the text itself where nothing says otherwise: no document is named before it in its sentence
or right behind it, it stands in no quotation, and its article does nothing to another document (there "khoản 2 Điều 7"
is one of that document). Of a text with two Điều 7 (a decision and the regulation that it promulgates) the one is meant
in which the words stand, unless they name the decision.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.blocks import Block
from kb.authority.fold import fold
from kb.authority.relations import ACTS
from kb.identity.articles import Articles, anchor_of
from kb.model import InternalReference
from kb.reading.acts.internal import internal_references, is_inside, quoted
from kb.reading.relations.pinpoint_pieces import one_by_one
from kb.reading.relations.pinpoints import ARTICLE, PinpointHit, is_owned_by_next, parse, pinpoints_in
from kb.reading.text.text_forms import TextForms

_LEVEL = 5  # of the block of an article
_BEFORE, _BEHIND = 80, 160  # code points between a pinpoint and the citation that it is a part of
_SENTENCE = 400  # code points before a pinpoint in which its sentence begins
_ENDS = (".\n", ";\n", ":\n", "\n\n", ". ", "; ")


class Cited(NamedTuple):
    """A citation of the text: its span, its pinpoint in normal form, and its relation."""

    start: int
    end: int
    pinpoint: str | None
    relation: str


class PartReference(NamedTuple):
    """Words that name a part: ``text[start:end]``. ``anchor``: of the part; ``citation``: index of the citation whose
    document it is a part of, None where it is one of the text itself."""

    start: int
    end: int
    anchor: str
    citation: int | None


class PartReferences:
    """The references to parts in one text.

    Args:
        text: the text.
        blocks: its structure.
        citations: its citations, in the order of the text.
        type_name: what the text is called ("Nghị định"), None where that is not known.
    """

    def __init__(
        self, text: str, blocks: Sequence[Block], citations: Sequence[Cited], type_name: str | None = None
    ) -> None:
        self._text, self._blocks, self._citations = text, blocks, citations
        self._starts = [one.start for one in citations]
        self._articles = Articles(blocks)
        self._type = fold(type_name or "")
        self._whole = [
            (block.start, block.end) for block in blocks if block.kind == "article" and block.level == _LEVEL
        ]
        first = self._whole[0][0] if self._whole else len(text)
        self._amends = any(one.relation == "amends" and one.start < first for one in citations)
        self._quoted = quoted(text)

    def between(self, begin: int, end: int) -> list[PartReference]:
        """Those that stand between two offsets, in the order of the text; none overlaps another or a citation."""
        forms = TextForms(self._text[begin:end].replace("(", " "))  # a bracket sticks to the word behind it
        own = internal_references(forms, self._blocks, begin) if self._whole else ()
        found: list[PartReference] = []
        for hit in pinpoints_in(forms, 0, len(forms.folded)):
            start, stop = begin + hit.start, begin + hit.end
            if self._overlaps(start, stop):
                continue
            citation = self._citation_of(hit, start, stop)
            inner = next((one for one in own if one.start <= start and stop <= one.end), None)
            if inner is not None:
                found += self._own(forms, hit, begin, inner)
            elif citation is not None:
                pieces = one_by_one(forms.folded, forms.text, hit)
                found += (
                    PartReference(begin + one.start, begin + one.end, anchor_of(one.value), citation) for one in pieces
                )
            elif self._means_itself(forms, hit, start, stop):
                found += self._own(forms, hit, begin, None)
        return found

    def _overlaps(self, start: int, stop: int) -> bool:
        at = bisect_right(self._starts, start)
        near = self._citations[max(0, at - 3) : at + 1]
        return any(one.start < stop and start < one.end for one in near)

    def _citation_of(self, hit: PinpointHit, start: int, stop: int) -> int | None:
        """The citation whose pinpoint the words are: the next one behind them, or the one before."""
        at = bisect_right(self._starts, start)
        for index, far in ((at, _BEFORE), (at - 1, _BEHIND)):
            if not 0 <= index < len(self._citations):
                continue
            one = self._citations[index]
            between = one.start - stop if index == at else start - one.end
            if one.pinpoint == hit.value and between <= far:
                return index
        return None

    def _means_itself(self, forms: TextForms, hit: PinpointHit, start: int, stop: int) -> bool:
        """Whether a pinpoint that nothing is said of means the text in which it stands."""
        if self._amends or not all(ARTICLE in dict(path) for path in parse(hit.value)):
            return False
        article = next(((first, last) for first, last in reversed(self._whole) if first <= start), None)
        if article is None or start >= article[1] or is_inside(self._quoted, start):
            return False
        if not self._text[article[0] : start].strip("*#_ \t"):
            return False  # it is the number of this article
        if is_owned_by_next(forms.folded, hit.end):
            return False
        low, high = bisect_right(self._starts, article[0]), bisect_right(self._starts, article[1])
        if any(one.relation in ACTS for one in self._citations[low:high]):
            return False
        opens = max((self._text.rfind(mark, max(0, start - _SENTENCE), start) for mark in _ENDS), default=-1)
        low, high = (
            bisect_right(self._starts, max(opens, start - _SENTENCE)),
            bisect_right(self._starts, stop + _BEFORE),
        )
        return low == high

    def _own(
        self, forms: TextForms, hit: PinpointHit, begin: int, inner: InternalReference | None
    ) -> Iterator[PartReference]:
        """The parts of the text itself that words name; those that it does not have are left out."""
        around: dict[str, str] = {}
        if inner is not None:
            units = dict(parse(hit.value)[0])
            path = parse(inner.pinpoint)[0]
            around = {unit: labels[0] for unit, labels in path if unit not in units and labels}
            hit = hit._replace(value=inner.pinpoint)
        pieces = one_by_one(forms.folded, forms.text, hit, around)
        first = inner is not None and not around and fold(inner.text).rsplit(" ", 1)[0].endswith(self._type or "\0")
        for one in pieces:
            last = one is pieces[-1] and around
            place = 0 if first else begin + one.start
            part = self._articles.near(anchor_of(one.value), place)
            if part is not None:
                end = inner.end if inner is not None and last else begin + one.end
                yield PartReference(begin + one.start, end, part.anchor, None)
