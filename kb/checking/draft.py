"""A draft as the rules see it: its text, what it says of itself, and each citation beside what it means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.blocks import Block
from kb.answers.shapes import Resolved
from kb.authority import relations, types
from kb.authority.fold import ends
from kb.authority.wording import word_lists
from kb.checking.annex_heads import in_annex_head
from kb.checking.draft_class import draft_class
from kb.checking.report import Evidence, Place
from kb.checking.sources import Known, Sources
from kb.checking.tail import Tail, tail_at
from kb.checking.words import with_breaks
from kb.identity.numbering import number_parts
from kb.model import Citation, Reading
from kb.reading.header.closing import CONSOLIDATED
from kb.reading.text.text_forms import fold

_WORDS = word_lists("checking")
_MARK = r"[ \t>*_|]*(?:[-+•–]|\d{1,2}[.)])?[ \t*_]*"
_BASIS = re.compile(rf"(?m)^{_MARK}(?!{_WORDS['legal_grounds']}\b)(?P<word>{_WORDS['basis']})\b")
_OPENER = re.compile(rf"(?m)^{_MARK}(?:{_WORDS['basis']}|{_WORDS['beside_bases']}|{_WORDS['enacting']})\b")
_BESIDE = re.compile(rf"(?m)^{_MARK}(?P<word>{_WORDS['beside_bases']})\b")
_HEADING = re.compile(r"(?m)^(?:#|\|[ \t]*\S|-{3})")
_ITEM_END = re.compile(r"[;.][ \t*_|]*(?=\n)")
_BLANK_LINE = re.compile(r"\n[ \t>*_|]*\n")
_ANNEX = re.compile(rf"(?m)^[ \t*_#>|]*{_WORDS['annex_word']}(?![a-z])")
_CLOSED = re.compile(rf"(?m)^[^\w\n]*(?:{_WORDS['recipients']}|{_WORDS['signs_for']})")
_ALONE = re.compile(r"(?:[ \t]+(?:[IVX]{1,5}|\d{1,2}))?[ \t*_.:]*\n[\s*_#>|]*(?P<title>[^\n]+)")
"""Behind the word for an annex: its number, the end of the line, and the next one."""
_OF_LAPSED = word_lists("knowledge").pattern("only_tells")
_CELL = 600
"""Code points of a table's cell."""
_TITLE_WORDS = 6
"""Words by which the draft's own title is found in its head, of which there are at most ``_HEAD`` code points."""
_HEAD = 3000
_BASES_GAP = 300
"""Code points between two bases that may hold something else (a proposal, what was heard)."""
_OPENING = 4000
"""Code points behind the first basis in which the block begins: what is called a basis before it may be a table."""
WITH_BASES = ("normative", "administrative", "joint", "unknown")
"""Classes of drafts that open with their bases; a letter argues ("Căn cứ Điều 5 …") wherever it needs to."""
_SENTENCE_OPENS = re.compile(r"\n[\s*_]*[A-ZĐ][a-zà-ỹ]+\s+\Z")
"""A capital word that opens a line and stands before a date: of the sentence that begins there."""
_MARKS_AROUND = 80
_WORDS_WITHOUT = 8
"""Words without diacritics that are no accident."""
_BREAKS = str.maketrans(dict.fromkeys("\n\t*_|#>", " "))
"""What folding makes a blank of."""
_LISTED = 30
"""Code points that may stand between two numbers of one list."""
_LIST_GAP = re.compile(
    rf"[^a-z0-9]*(?:{_WORDS['and']}\s)?[^a-z0-9]*(?:(?:{'|'.join(sorted(types.TYPE_WORDS, key=len, reverse=True))})\s)?"
    rf"(?:{_WORDS['label']})?[^a-z0-9]*"
)
_STATUTES = ("hien-phap", "bo-luat", "luat", "phap-lenh")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the draft beside what it means.

    ``key`` is the same for all citations of one document. ``first``: the document is cited here for the first time;
    ``itself``: it is the draft's own number; ``nested``: it stands in another's title; ``in_bases``: in the bases
    block; ``statute``: a Constitution, code, law or ordinance, which its name suffices to cite.
    """

    index: int
    citation: Citation
    found: Resolved
    known: Known | None
    key: str
    first: bool
    itself: bool
    in_bases: bool

    @property
    def nested(self) -> bool:
        return self.citation.parent is not None and self.citation.kind != "back_reference"

    @property
    def by_number(self) -> bool:
        return self.citation.kind == "number" and self.citation.number is not None

    @property
    def named(self) -> str:
        """What to call it: its number, else its words."""
        return self.citation.number or " ".join(self.citation.text.split())

    @property
    def statute(self) -> bool:
        return self.citation.type in _STATUTES

    @property
    def acts(self) -> bool:
        """Whether the reader tells an act here: of the draft on the document, or of the document on another."""
        return self.citation.relation in relations.ACTS

    @property
    def acted_upon(self) -> bool:
        """Whether the draft itself acts on the document here: then that is its purpose."""
        return self.citation.relation in relations.ACTS and not self.citation.inverse

    @property
    def place(self) -> Place:
        one = self.citation
        return Place(one.start, one.end, one.line, one.page)


@dataclass(frozen=True, slots=True)
class Basis:
    """One item of the bases block: ``text[start:end]``, with what it cites."""

    start: int
    end: int
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """What a rule found at one place; the engine puts those of one document together.

    ``values`` fill the words of the finding; ``cited`` is the citation concerned, else ``place`` tells where it is;
    ``about`` keeps findings of one code apart that are of the whole draft, or of one document; ``together`` puts those
    of several documents together.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    cited: Cited | None = None
    place: Place | None = None
    evidence: tuple[Evidence, ...] = ()
    suggestion: str | None = None
    about: str = ""
    together: str | None = None


class Draft:
    """One draft. ``day`` is its own date, None where it has none; ``draft_class`` decides which form applies."""

    def __init__(self, sources: Sources, reading: Reading, text: str, blocks: Sequence[Block] = ()) -> None:
        self.sources = sources
        self.reading = reading
        self.text = text
        self.blocks = blocks
        self.own = reading.own
        self.day = reading.own.day if reading.own else None
        self.draft_class = draft_class(reading.own)
        self.found = sources.resolve(reading, text)
        self._tails: dict[int, Tail] = {}

    @property
    def until(self) -> str | None:
        """The last day on which the draft can have been signed: its date, else the end of the year in its number."""
        if self.day is not None or self.own is None:
            return self.day
        parts = number_parts(self.own.number or "")
        return ends(parts.year) if parts is not None and parts.year is not None else None

    @property
    def consolidated(self) -> bool:
        """Whether it joins what others enacted: a consolidated text stands on what they stood on in their time."""
        return self.own is not None and self.own.type == CONSOLIDATED

    @property
    def of_lapsed(self) -> bool:
        """Whether it tells which documents lapsed: then it says of each that it did."""
        return bool(self.own and self.own.title and _OF_LAPSED.search(fold(self.own.title)))

    @cached_property
    def folded(self) -> str:
        """The text in lower case without diacritics, of the same length."""
        return fold(self.text)

    @cached_property
    def lines(self) -> str:
        """The folded text with its line breaks, for what stands at the beginning or the end of a line."""
        return with_breaks(self.folded, self.text)

    def tail(self, one: Cited) -> Tail:
        """What stands behind a citation: its date as printed, its issuer in words, whether an abstract follows."""
        if one.index not in self._tails:
            tail = tail_at(self.folded, one.citation.end)
            if tail.date is not None and _SENTENCE_OPENS.search(self.text, one.citation.end, tail.date.start):
                tail = Tail(None, None, named=False, opens_title=False)
            self._tails[one.index] = tail
        return self._tails[one.index]

    def date_of(self, one: Cited) -> str | None:
        """The date of a citation as printed behind it; the reader may have put another right by its twin."""
        printed = self.tail(one).date if one.by_number else None
        if printed is None or printed.iso is None:
            return one.citation.date
        tied = printed.has_word or self.text[one.citation.end : printed.start].strip()
        return printed.iso if tied else one.citation.date

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def without_marks(self, at: int) -> bool:
        """Whether the line of a place, or what is around a short one, is written without any diacritics, as the labels
        of a portal's page are."""
        line = (self.text.rfind("\n", 0, at) + 1, (self.text + "\n").index("\n", at))
        for start, end in (line, (max(0, at - _MARKS_AROUND), at + _MARKS_AROUND)):
            words = self.text[start:end].lower().translate(_BREAKS)
            if sum(word.isalpha() for word in words.split()) >= _WORDS_WITHOUT:
                return words == self.folded[start:end].translate(_BREAKS)
        return False

    def place(self, start: int, end: int) -> Place:
        """A stretch of the text as a place; its page is that of the citation before it on a text with pages."""
        before = [one for one in self.reading.citations if one.page is not None and one.start <= start]
        return Place(start, end, bisect_right(self._line_starts, start), before[-1].page if before else None)

    @cached_property
    def bases_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the items of the bases block stand, in order: of the runs of bases at the beginning the longest."""
        if self.draft_class not in WITH_BASES:
            return ()
        blocks: list[list[tuple[int, int]]] = [[]]
        for match in _BASIS.finditer(self.lines):
            start, spans = match.start("word"), blocks[-1]
            if spans and (
                start - spans[-1][1] > _BASES_GAP or _HEADING.search(self.lines, spans[-1][1], match.start())
            ):
                blocks.append(spans := [])
            after = _OPENER.search(self.lines, match.end())
            blank = _BLANK_LINE.search(self.lines, match.end())
            closed = _ITEM_END.search(self.lines, match.end())
            ends = [found.start() for found in (after, blank) if found is not None]
            ends += [closed.end()] if closed is not None else []
            end = min(ends, default=len(self.text))
            spans.append((start, start + len(self.text[start:end].rstrip(" \n\t*_|"))))
        opening = [block for block in blocks if block and block[0][0] <= blocks[0][0][0] + _OPENING]
        most = max(map(len, opening), default=0)
        return tuple(next((block for block in opening if len(block) == most), ()))

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """Every citation beside what it means."""
        met: set[str] = set()
        made = []
        for index, (citation, found) in enumerate(zip(self.reading.citations, self.found, strict=True)):
            known = self.sources.known(found.document.id if found.document else None)
            key = _key(citation, found)
            itself = found.method == "own_document" or (known is not None and known.id == self.sources.itself)
            itself = itself or self._in_own_annex_head(citation) or self._bears_own_number(citation, found)
            in_bases = any(start <= citation.start < end for start, end in self.bases_spans)
            counts = citation.kind != "back_reference"
            made.append(Cited(index, citation, found, known, key, counts and key not in met, itself, in_bases))
            if counts:
                met.add(key)
        return tuple(made)

    @cached_property
    def acting(self) -> frozenset[int]:
        """The indexes of citations of which an act is told, on another or by the draft: also where a list of amending
        laws was read badly, those that follow one of them by nothing but number."""
        found: set[int] = set()
        for one in self.cited:
            before = self.cited[one.index - 1] if one.index - 1 in found else None
            if one.acts or (before is not None and self._goes_on(before, one)):
                found.add(one.index)
        return frozenset(found)

    def _goes_on(self, before: Cited, one: Cited) -> bool:
        """Whether nothing but the word of its type stands between a citation and one before it."""
        between = self.folded[before.citation.end : one.citation.start]
        return one.by_number and len(between) <= _LISTED and _LIST_GAP.fullmatch(between) is not None

    def _bears_own_number(self, citation: Citation, found: Resolved) -> bool:
        """Whether a number that may be several documents' is the draft's own, and nothing beside it says otherwise."""
        own = self.own
        if own is None or citation.number is None or citation.number != own.number or found.status != "ambiguous":
            return False
        same_day = None in (citation.date, own.date) or citation.date == own.date
        return same_day and citation.province in (None, own.province)

    def _in_own_annex_head(self, citation: Citation) -> bool:
        """Whether the head of an annex gives the draft's own number, be it with another date."""
        number = self.own.number if self.own else None
        return number is not None and citation.number == number and in_annex_head(self.lines, citation.start)

    @cached_property
    def bases(self) -> tuple[Basis, ...]:
        """The items of the bases block with what each cites."""
        return tuple(
            Basis(start, end, tuple(one for one in self.cited if start <= one.citation.start < end))
            for start, end in self.bases_spans
        )

    @property
    def item_beside(self) -> int | None:
        """Where the item begins that stands with the bases behind the last of them ("Theo đề nghị …"); None where none
        does."""
        found = _BESIDE.search(self.lines, self.bases[-1].end) if self.bases else None
        return found.start("word") if found is not None else None

    @cached_property
    def others(self) -> tuple[Cited, ...]:
        """The citations of other documents by number or name: neither the draft itself nor back references."""
        return tuple(one for one in self.cited if not one.itself and one.citation.kind in ("number", "named"))

    @cached_property
    def body_start(self) -> int:
        """Where the draft's own title, or what stands before its bases, ends: what is named there is cited below."""
        if self.bases_spans:
            return self.bases_spans[0][0]
        words = (self.own.title or "").split()[:_TITLE_WORDS] if self.own else []
        pattern = r"[\s*_|]+".join(re.escape(fold(word)) for word in words)
        found = re.search(pattern, self.folded[:_HEAD]) if words else None
        return found.start() + len(str(self.own.title if self.own else "")) if found is not None else 0

    def in_table(self, one: Cited) -> bool:
        """Whether a citation stands in a cell of a table, be it one whose bars stand on lines of their own."""
        start = one.citation.start
        before = self.text[max(0, start - _CELL) : start].rpartition("\n\n")[2]
        after = self.text[one.citation.end : one.citation.end + _CELL].partition("\n\n")[0]
        row = before.rpartition("\n")[2] + after.partition("\n")[0]
        if "|" in row or ("\n|\n" in before and "\n|\n" in after):
            return True
        at = bisect_right(self._cells, (start, len(self.text))) - 1
        return at >= 0 and start < self._cells[at][1]

    @cached_property
    def annexes_start(self) -> int:
        """Where the annexes begin, the end of the text where it has none."""
        heads = _ANNEX.finditer(self.lines, self.body_start)
        return next((head.start() for head in heads if self._is_head(head)), len(self.text))

    @cached_property
    def attached_start(self) -> int:
        """Where what is attached to the act begins: its annexes, or what stands behind its recipients or signature."""
        closed = _CLOSED.search(self.lines, self.body_start)
        return min(closed.start() if closed is not None else len(self.text), self.annexes_start)

    def _is_head(self, word: re.Match[str]) -> bool:
        """Whether the word for an annex heads one: in capitals, or alone on its line over a title in capitals."""
        if self.text[word.start() : word.end()].isupper():
            return True
        alone = _ALONE.match(self.text, word.end())
        return alone is not None and alone["title"].isupper()

    @cached_property
    def _cells(self) -> list[tuple[int, int]]:
        return sorted((block.start, block.end) for block in self.blocks if block.kind == "cell")

    def of_one_document(self) -> Iterable[tuple[Cited, ...]]:
        """The citations of other documents, those of one document together."""
        groups: dict[str, list[Cited]] = {}
        for one in self.others:
            groups.setdefault(one.key, []).append(one)
        return map(tuple, groups.values())


def _key(citation: Citation, found: Resolved) -> str:
    if found.document is not None:
        return found.document.id
    return found.new_id or f"{citation.number or fold(citation.text)}@{citation.province}"


def type_word(type_id: str | None) -> str:
    """The word of a type, "" where it has none."""
    if type_id is None:
        return ""
    kind = types.by_id(type_id)
    return kind.words[0] if kind.words else kind.name
