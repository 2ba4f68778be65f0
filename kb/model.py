"""What reading a text yields: plain data, no behaviour beyond its JSON form.

Field names and meanings are those of the gold annotation guide; relations are the closed vocabulary
of ``kb/authority/data/relations.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, NamedTuple

from corpus.blocks import Block, Doubt, LinePlace
from messages.facts import Fact, facts_of

KINDS = ("number", "named", "standard", "back_reference")
TYPE_FROM_CODE = "type_from_code"
"""Note: no words state the type; an act of the National Assembly was taken for what its code mostly stands for."""

TERM = "term:"
"""Note: the term of the Party's Central Committee that the sentence names ("term:13"), for a number without a date."""

BY_SUBJECT = "by_subject"
"""Note: a decree or circular that only its subject names; which one is meant is not known, so no link is made."""

RANGE_FROM, RANGE_TO = "range_from", "range_to"
"""Notes: the first and the last number of a range ("từ số 101/QĐ-UBND đến số 105/QĐ-UBND") that names what lies between
without printing it."""

NOT_KNOWN = "?"
"""What users are told for a province that no evidence gives."""

Span = tuple[int, int]
"""Code points from, up to and without."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that turned what stood in the text into what is reported.

    ``before`` and ``after`` are the damaged and the repaired form, ``rule`` the id of the rule or kind of
    evidence (``code_confusion``, ``party_order``, ``twin``, ``year_in_number`` …), ``evidence`` a short free text:
    where the proof stands.
    """

    before: Annotated[str, Fact("What stands in the text.", "2395/QB-UBND")]
    after: Annotated[str, Fact("What it was read as.", "2395/QĐ-UBND")]
    rule: Annotated[str, Fact("Id of the rule or of the kind of evidence.", "code_confusion")]
    evidence: Annotated[str, Fact("Where the proof stands.", "")] = ""

    def to_json(self) -> dict[str, Any]:
        return {"before": self.before, "after": self.after, "rule": self.rule, "evidence": self.evidence}


class Citation(NamedTuple):  # a third of a frozen dataclass's time, and a text has many
    """One reference to one document, as it stands in a text.

    The one definition of a citation's fields: the columns of the store, the rows written and read back, the answers'
    JSON and the description of the API are made from it (``CITATION``). Offsets are code points of the text.
    """

    start: Annotated[int, Fact("Where the citation begins in the text, in code points.", 120)]
    end: Annotated[int, Fact("Where it ends: text[start:end] is what stands there.", 141)]
    text: Annotated[str, Fact("The words of the citation as they stand in the text.", "số 2395/QĐ-UBND", column="raw")]
    kind: Annotated[str, Fact("How the document is cited.", "number", values=KINDS)]
    number: Annotated[str | None, Fact("The document's number in its usual form.", "2395/QĐ-UBND")] = None
    type: Annotated[str | None, Fact("Id of the document's type.", "quyet-dinh")] = None
    date: Annotated[str | None, Fact("The document's date (ISO), as far as it is stated.", "2021-12-24")] = None
    body: Annotated[str | None, Fact("Code of the organ that issued the document.", "UBND")] = None
    province: Annotated[
        str | None, Fact("Its province by plain name; null for the centre, “?” where it is not known.", "Ninh Thuận")
    ] = None
    province_known: Annotated[bool, Fact("Whether the province, or that there is none, is known.", True)] = True
    unit: Annotated[str | None, Fact("The unit below the province that issued it.", "Huyện Ninh Phước")] = None
    relation: Annotated[
        str, Fact("What the citing document has to do with it.", "implements", vocabulary="relation")
    ] = "cites"
    inverse: Annotated[bool, Fact("True where the cited document acts on the citing one.", False)] = False
    cue: Annotated[Span | None, Fact("Where the words stand that decided the relation.", (97, 107))] = None
    aspect: Annotated[str | None, Fact("Which side of the relation the words name.", None)] = None
    pinpoint: Annotated[str | None, Fact("The part of the document that is cited.", "khoản 2 Điều 5")] = None
    whole: Annotated[
        bool | None,
        Fact("Of an act (amends, repeals …): whether it is upon the whole document; null where it is no act.", None),
    ] = None
    part: Annotated[
        str | None, Fact("Of an act: the words for the part of the document, where they name more than articles.", None)
    ] = None
    effect_from: Annotated[
        str | None, Fact("Of an act: the day (ISO) from which it counts, as far as its text tells.", None)
    ] = None
    effect_to: Annotated[str | None, Fact("Of an act: the day (ISO, or a year) until which it counts.", None)] = None
    title: Annotated[str | None, Fact("The document's title as the sentence gives it.", None)] = None
    parent: Annotated[
        int | None,
        Fact("Index of the citation in whose title this one is nested; of a back reference, its antecedent.", None),
    ] = None
    sentence: Annotated[Span | None, Fact("The sentence in which the citation stands.", (90, 200))] = None
    page: Annotated[int | None, Fact("Page on which it begins; null where the text has no pages.", 1)] = None
    line: Annotated[int, Fact("Line on which it begins, from 1.", 7)] = 1
    confidence: Annotated[float, Fact("How sure the reading is, from 0 to 1.", 0.95)] = 1.0
    repairs: Annotated[tuple[Repair, ...], Fact("Edits made to read it; the text itself stays as it is.", [])] = ()
    notes: Annotated[tuple[str, ...], Fact("Codes of what a reader should know of the reading.", [])] = ()

    def placed(
        self,
        start: int,
        end: int,
        text: str,
        cue: Span | None,
        sentence: Span | None,
    ) -> Citation:
        """The same citation where it stands in another form of the text."""
        return self._replace(start=start, end=end, text=text, cue=cue, sentence=sentence)

    def told(self) -> dict[str, Any]:
        """The fields as users are given them: plain JSON values, with ``cue`` and ``sentence`` as spans."""
        out = self._asdict()
        if not out.pop("province_known"):
            out["province"] = NOT_KNOWN
        out["confidence"] = round(self.confidence, 3)
        out["repairs"] = [repair.to_json() for repair in self.repairs]
        for name in _LISTS:
            out[name] = list(out[name]) if out[name] is not None else None
        return out

    def to_json(self, text: str | None = None) -> dict[str, Any]:
        """The fields in a stable order; with the source ``text`` the sentence is given as words, else left out."""
        out = self.told()
        if text is None or not self.sentence:
            del out["sentence"]
        else:
            out["sentence"] = text[self.sentence[0] : self.sentence[1]]
        return out


CITATION: dict[str, Fact] = facts_of(Citation)
"""Every field of a citation with what is known of it, in their order."""

_LISTS = tuple(name for name, fact in CITATION.items() if fact.type in (Span | None, tuple[str, ...]))


class InternalReference(NamedTuple):
    """A reference of a text to a part of itself ("khoản 6 Điều này").

    ``pinpoint`` is that part as another document would cite it; ``start`` and ``end`` are offsets into the text.
    """

    start: int
    end: int
    text: str
    pinpoint: str

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """What a document says of itself in its header (``self`` of the exchange format).

    A blank ordinal ("Số:    /KH-SKHCN") gives ``number`` None and ``code`` "KH-SKHCN". ``date`` is the header's;
    ``adopted`` the day that the end of an act tells ("thông qua ngày …") where its header has none; ``day`` either.
    """

    number: Annotated[str | None, Fact("Its number in its usual form.", "18/KH-SKHCN")] = None
    code: Annotated[str | None, Fact("The number's code, also where the ordinal is left blank.", "KH-SKHCN")] = None
    type: Annotated[str | None, Fact("Id of its type.", "ke-hoach")] = None
    date: Annotated[str | None, Fact("The date of its header (ISO).", "2022-01-06")] = None
    adopted: Annotated[str | None, Fact("The day on which an act says that it was passed.", None)] = None
    body: Annotated[str | None, Fact("Code of the organ that issued it.", "SKHCN")] = None
    province: Annotated[str | None, Fact("Its province by plain name.", "Ninh Thuận")] = None
    unit: Annotated[str | None, Fact("The unit below the province that issued it.", None)] = None
    place: Annotated[str | None, Fact("The place that stands before its date.", "Ninh Thuận")] = None
    title: Annotated[str | None, Fact("Its title.", None)] = None
    signer: Annotated[str | None, Fact("Who signed it.", None)] = None
    effect_from: Annotated[str | None, Fact("The day (ISO) from which it says that it is in force.", None)] = None
    repairs: Annotated[tuple[Repair, ...], Fact("Edits made to read it.", [])] = ()

    @property
    def day(self) -> str | None:
        return self.date or self.adopted

    def to_json(self) -> dict[str, Any]:
        out = {item.name: getattr(self, item.name) for item in fields(self)}
        return out | {"repairs": [repair.to_json() for repair in self.repairs]}


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a text from outside it.

    ``province``: the plain name, used where the text itself names none. ``page_starts``: offsets at which pages
    begin, in order, the first being 0; empty where the format has no pages. ``attributes``: what the carrier said of
    the document (a web page's own attribute table): keys ``number``, ``date``, ``issuer``, ``title``. ``blocks``: its
    structure in reading order, as far as it is known. ``doubts``: of a scan the digits that were recognised less than
    surely, in order; ``places``: where its lines with digits stand on the pictures of its pages.
    """

    province: str | None = None
    page_starts: tuple[int, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: Sequence[Block] = ()
    doubts: Sequence[Doubt] = ()
    places: Sequence[LinePlace] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one text; ``own`` is None where the text has no header of its own. ``internal``: its
    references to parts of itself, which are no citations; none where its structure is not known."""

    own: OwnIdentity | None
    citations: tuple[Citation, ...]
    version: str
    internal: tuple[InternalReference, ...] = ()
