"""What reading a text yields: plain data, no behaviour beyond its JSON form.

Field names and meanings are those of the gold annotation guide; relations are the closed vocabulary
of ``kb/authority/data/relations.json``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

KINDS = ("number", "named", "standard", "back_reference")
TYPE_FROM_CODE = "type_from_code"
"""Note: no words state the type; an act of the National Assembly was taken for what its code mostly stands for."""

TERM = "term:"
"""Note: the term of the Party's Central Committee that the sentence names ("term:13"), for a number without a date."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that turned what stood in the text into what is reported.

    ``before`` and ``after`` are the damaged and the repaired form, ``rule`` the id of the rule or kind of
    evidence (``code_confusion``, ``party_order``, ``twin``, ``year_in_number`` …), ``evidence`` a short free text:
    where the proof stands.
    """

    before: str
    after: str
    rule: str
    evidence: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"before": self.before, "after": self.after, "rule": self.rule, "evidence": self.evidence}


class Citation(NamedTuple):  # a third of a frozen dataclass's time, and a text has many
    """One reference to one document, as it stands in a text.

    ``start``/``end`` are code point offsets: ``text[start:end]`` is the raw form. ``date`` is ISO and may be
    partial (``2022``, ``2022-04``). ``province`` is the plain name, None for central organs and where unknown
    (``province_known`` tells which). ``cue`` and ``sentence`` are spans of the same text. ``parent`` is the index,
    in the reading's list, of the citation in whose title this one is nested, or for a back reference of its
    antecedent (None: no certain antecedent). ``type`` is an id of ``document_types.json``.
    """

    start: int
    end: int
    kind: str
    text: str
    number: str | None = None
    type: str | None = None
    date: str | None = None
    body: str | None = None
    province: str | None = None
    province_known: bool = True
    unit: str | None = None
    relation: str = "cites"
    inverse: bool = False
    cue: tuple[int, int] | None = None
    aspect: str | None = None
    pinpoint: str | None = None
    title: str | None = None
    parent: int | None = None
    sentence: tuple[int, int] | None = None
    page: int | None = None
    line: int = 1
    confidence: float = 1.0
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()

    def placed(
        self,
        start: int,
        end: int,
        text: str,
        cue: tuple[int, int] | None,
        sentence: tuple[int, int] | None,
    ) -> Citation:
        """The same citation where it stands in another form of the text."""
        return self._replace(start=start, end=end, text=text, cue=cue, sentence=sentence)

    def to_json(self, text: str | None = None) -> dict[str, Any]:
        """The fields in a stable order; with the source ``text`` the sentence is given as words too."""
        out: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "number": self.number,
            "type": self.type,
            "date": self.date,
            "body": self.body,
            "province": self.province if self.province_known else "?",
            "unit": self.unit,
            "relation": self.relation,
            "inverse": self.inverse,
            "cue": list(self.cue) if self.cue else None,
            "aspect": self.aspect,
            "pinpoint": self.pinpoint,
            "title": self.title,
            "parent": self.parent,
        }
        if text is not None and self.sentence:
            out["sentence"] = text[self.sentence[0] : self.sentence[1]]
        out["page"] = self.page
        out["line"] = self.line
        out["confidence"] = round(self.confidence, 3)
        out["repairs"] = [repair.to_json() for repair in self.repairs]
        out["notes"] = list(self.notes)
        return out


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """What a document says of itself in its header (``self`` of the exchange format).

    A blank ordinal ("Số:    /KH-SKHCN") gives ``number`` None and ``code`` "KH-SKHCN". ``date`` is the header's;
    ``adopted`` the day that the end of an act tells ("thông qua ngày …") where its header has none; ``day`` either.
    """

    number: str | None = None
    code: str | None = None
    type: str | None = None
    date: str | None = None
    body: str | None = None
    province: str | None = None
    unit: str | None = None
    place: str | None = None
    title: str | None = None
    signer: str | None = None
    repairs: tuple[Repair, ...] = ()
    adopted: str | None = None

    @property
    def day(self) -> str | None:
        return self.date or self.adopted

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "code": self.code,
            "type": self.type,
            "date": self.date,
            "adopted": self.adopted,
            "body": self.body,
            "province": self.province,
            "unit": self.unit,
            "place": self.place,
            "title": self.title,
            "signer": self.signer,
            "repairs": [repair.to_json() for repair in self.repairs],
        }


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a text from outside it.

    ``province``: the plain name, used where the text itself names none. ``page_starts``: offsets at which pages
    begin, in order, the first being 0; empty where the format has no pages. ``attributes``: what the carrier said of
    the document (a web page's own attribute table): keys ``number``, ``date``, ``issuer``, ``title``.
    """

    province: str | None = None
    page_starts: tuple[int, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one text; ``own`` is None where the text has no header of its own."""

    own: OwnIdentity | None
    citations: tuple[Citation, ...]
    version: str
