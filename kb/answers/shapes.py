"""What the knowledge base answers: plain, frozen data, each with ``to_json()`` in a stable key order.

A document's ``id`` is its permalink without ``/vb/`` (``ninh-thuan/ubnd/2021/qd/2395``); a number is never an id.
Dates are ISO and may be partial. Offsets are code points into the held text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any, ClassVar

from corpus.blocks import Block, LinePlace
from kb.answers.fields import (
    LOOKUP_STATUS,
    PAGE_READ,
    Body,
    Date,
    File,
    Id,
    Ids,
    Index,
    Issuer,
    LinkStatus,
    Method,
    Notices,
    Number,
    Page,
    PerPage,
    Province,
    Relation,
    RelationLabel,
    Repairs,
    Role,
    Score,
    Title,
    TypeId,
    TypeName,
    Unit,
    Url,
)
from kb.identity.articles import Part
from kb.knowledge.validity import CODES, STATES
from messages.facts import Fact


def plain(value: Any) -> Any:
    """``value`` with dataclasses as dicts (in field order) and tuples as lists, ready for JSON."""
    if isinstance(value, (Answer, Block)):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


class Answer:
    """Base of the result types: JSON is the fields in the order they are declared."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        return {item.name: plain(getattr(self, item.name)) for item in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class StatusEvent(Answer):
    """One act upon a document: ``relation`` is amends, replaces, repeals, suspends, extends or corrects; ``by`` the
    acting document's id, ``date`` that document's date; ``partial``: only parts are named; ``effect_from``: the day
    from which it counts, None where no source tells; ``source`` who says so (``source_en`` in English); ``sentence``
    the proof, in ``file``, where a held text says it."""

    relation: Relation
    relation_label: RelationLabel
    by: Id
    by_number: Number
    date: Date
    partial: Annotated[bool, Fact("True where only parts of the document are named.", False)]
    effect_from: Annotated[str | None, Fact("The day (ISO) from which the act counts, as far as known.", "2024-08-01")]
    effect_to: Annotated[str | None, Fact("The last day of a suspension or an extension.", None)]
    source: Annotated[str, Fact("Who says so, in Vietnamese.", "theo chính văn bản")]
    source_en: Annotated[str, Fact("The same in English.", "by its own text")]
    sentence: Annotated[str | None, Fact("The words that say so, where a held text does.", "Nghị định này thay thế …")]
    file: Annotated[str | None, Fact("Name of the held file in which they stand.", "plans/18-kh-skhcn.txt")]
    line: Annotated[int | None, Fact("Line on which they begin.", 7)]
    stated_in: Annotated[str | None, Fact("Id of the document in whose text they stand.", "tw/cp/2025/nd/78")] = None


@dataclass(frozen=True, slots=True)
class Status(Answer):
    """Status on a day as the sources of this base know it, never more. ``state``: one of the seven of the national
    database of legal documents; ``code`` tells more exactly what left it so; ``note`` says in Vietnamese (``note_en``)
    by which document, from which day and who says so. ``coming``: acts that count only from a later day; ``events``:
    its whole history, empty in lists."""

    code: Annotated[str, Fact("What is known of its validity.", "amended", values=tuple(CODES))]
    label: Annotated[str, Fact("The same in Vietnamese.", "Đã được sửa đổi, bổ sung")]
    note: Annotated[str, Fact("What this rests on, in Vietnamese.", "Bởi 31/2024/QH15 từ 01/8/2024 (…).")]
    note_en: Annotated[str, Fact("The same in English.", "By 31/2024/QH15 from 01/8/2024 (…).")]
    state: Annotated[str, Fact("One of the seven states of the national database.", "lapsed", values=STATES)]
    state_label: Annotated[str, Fact("The same in Vietnamese.", "Hết hiệu lực toàn bộ")]
    day: Annotated[str, Fact("The day (ISO) for which this is so.", "2026-01-15")]
    since: Annotated[str | None, Fact("From which day (ISO) it is so, where a source tells.", "2024-08-01")] = None
    by: Annotated[str | None, Fact("Id of the document that left it so.", "tw/qh/2024/luat/31")] = None
    by_number: Annotated[str | None, Fact("That document's number.", "31/2024/QH15")] = None
    source: Annotated[str | None, Fact("Who says so, in Vietnamese.", "theo chính văn bản")] = None
    source_en: Annotated[str | None, Fact("The same in English.", "by its own text")] = None
    coming: Annotated[tuple[StatusEvent, ...], Fact("Acts upon it that count only from a later day.", [])] = ()
    events: Annotated[tuple[StatusEvent, ...], Fact("The acts upon it; empty in lists.", [])] = ()

    def text(self, lang: str = "vi") -> str:
        """The note in ``lang`` (``vi`` or ``en``)."""
        return self.note_en if lang == "en" else self.note


@dataclass(frozen=True, slots=True)
class DocumentBrief(Answer):
    """A document in a list: enough to name it and to link to it. ``year`` is None where no evidence gives it."""

    id: Id
    url: Url
    number: Number
    type: TypeId
    type_name: TypeName
    date: Date
    body: Body
    issuer: Issuer
    province: Province
    province_now: Annotated[str | None, Fact("Today's name of a province that was merged, else null.", "Khánh Hòa")]
    unit: Unit
    title: Title
    role: Role
    office_citation: Annotated[
        str, Fact("The document as an office cites it.", "Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh X")
    ]
    cited_by: Annotated[int, Fact("Number of other documents with a certain link to this one.", 2)]
    cites: Annotated[int, Fact("Number of documents to which this one has a certain link.", 3)]
    name_score: Annotated[float | None, Fact("Lowest score of the citations linked to it by their name alone.", None)]
    status: Annotated[Status, Fact("Its validity today, as far as any source here tells.")]


@dataclass(frozen=True, slots=True)
class HeldFile(Answer):
    """A held file of a document. ``unread_pages`` are page numbers; ``notices`` are {code, vi, en}."""

    name: File
    format: Annotated[str, Fact("Its format.", "pdf")]
    sha256: Annotated[str, Fact("SHA-256 of the file's bytes, hexadecimal.", "9f86d081884c…")]
    characters: Annotated[int, Fact("Length of its text in code points.", 5120)]
    pages: Annotated[int, Fact("Number of its pages, 0 where the format has none.", 4)]
    unread_pages: Annotated[tuple[int, ...], Fact("Numbers of the pages that could not be read.", [])]
    notices: Notices


@dataclass(frozen=True, slots=True)
class Variant(Answer):
    """One raw form in which a document was cited, how often, and the repairs made to read it."""

    raw: Annotated[str, Fact("The words of the citation as they stand.", "2395/QB-UBND")]
    count: Annotated[int, Fact("How often they stand so.", 2)]
    repairs: Repairs


@dataclass(frozen=True, slots=True)
class Vote(Answer):
    """One value that citations (or the document's own header) give for a property, and how many give it."""

    value: Annotated[str, Fact("The value.", "2021-12-24")]
    count: Annotated[int, Fact("How many texts give it.", 5)]
    own: Annotated[bool, Fact("True where the document's own header says so.", True)]


@dataclass(frozen=True, slots=True)
class Told(Answer):
    """A value that some source gives for a property, and who says so."""

    value: Annotated[str, Fact("The value.", "2021-12-24")]
    source: Annotated[str, Fact("Who says so, in Vietnamese.", "theo 31 văn bản")]
    source_en: Annotated[str, Fact("The same in English.", "by 31 texts")]


@dataclass(frozen=True, slots=True)
class KnownField(Told):
    """What is known of a property: the value of the best source, and the values of others that cannot be true beside
    it."""

    disagreeing: Annotated[tuple[Told, ...], Fact("What other sources say instead.", [])] = ()


@dataclass(frozen=True, slots=True)
class DocumentDetails(DocumentBrief):
    """Everything known of one document: what a list says of it, and the rest."""

    variants: Annotated[tuple[Variant, ...], Fact("The forms in which it is cited, most frequent first.", [])]
    files: Annotated[tuple[HeldFile, ...], Fact("The held files of its text.", [])]
    evidence: Annotated[
        dict[str, tuple[Vote, ...]], Fact("Votes by property (date, title, body, issuer …), most votes first.", {})
    ]
    known: Annotated[
        dict[str, KnownField],
        Fact("By property (date, title, issuer, effect_from …) what is known of it and from whom.", {}),
    ]
    possible: Annotated[int, Fact("Number of ambiguous citations that may mean this document.", 0)]
    warnings: Notices = ()


@dataclass(frozen=True, slots=True)
class EdgeEnd(Answer):
    """One end of an edge."""

    id: Id
    url: Url
    number: Number
    title: Title
    date: Date
    province: Province
    role: Role
    state: Annotated[str, Fact("Its state today, as far as any source here tells.", "unknown", values=STATES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCitation(Answer):
    """An answer about one citation: the citation's own fields (``kb.model.CITATION``, its words as ``raw``) are read
    like the answer's."""

    cited: dict[str, Any]
    """The citation's fields by name; ``cue`` and ``sentence`` are words."""

    order: ClassVar[tuple[str, ...]] = ()
    """The keys of the JSON, where it gives a part only or in an order that readers rely on."""

    def __getattr__(self, name: str) -> Any:
        try:
            return object.__getattribute__(self, "cited")[name]
        except KeyError:
            raise AttributeError(f"{type(self).__name__} has no {name!r}") from None

    def to_json(self) -> dict[str, Any]:
        given = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "cited"} | self.cited
        return {name: plain(given[name]) for name in self.order or given}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge(OfCitation):
    """One citation as a link between documents, with its proof.

    ``source`` acts on ``target`` (for an inverse citation the ends are already swapped). ``target`` is None where the
    citation is ambiguous or unresolved: ``candidates`` are then the possible documents' ids. ``status`` is resolved |
    ambiguous | unresolved, ``method`` the deciding evidence (``key``, ``date``, ``own_header``, ``twin_in_document``,
    ``title``, ``law_at_date``, ``programme_title``, ``correction`` …); ``score`` is how far the names agree where the
    link was made by the name alone, else None. ``stated_in`` is the held document in whose text this stands: for a
    citation nested in another's title it differs from ``source``. ``highlight`` is a span in ``sentence``.
    """

    source: Annotated[EdgeEnd | None, Fact("The document that acts; null where it is not known.")]
    target: Annotated[EdgeEnd | None, Fact("The document acted upon; null where it is not known.")]
    candidates: Annotated[tuple[str, ...], Fact("Ids of the possible documents where it is ambiguous.", [])]
    status: LinkStatus
    method: Method
    score: Score
    relation_label: RelationLabel
    strong: Annotated[bool, Fact("True where the relation carries lineage; false for a mere mention.", True)]
    highlight: Annotated[tuple[int, int], Fact("Span of the citation in the sentence, code points.", (30, 42))]
    stated_in: Annotated[EdgeEnd, Fact("The held document in whose text this stands.")]
    file: File
    index: Index

    order = (
        "source", "target", "candidates", "status", "method", "score", "kind", "raw", "number", "relation",
        "relation_label", "inverse", "strong", "aspect", "pinpoint", "whole", "part", "effect_from", "effect_to",
        "cue", "sentence", "highlight", "stated_in", "file", "line", "page", "start", "end", "confidence", "repairs",
        "notes", "parent", "index",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EdgePage(Answer):
    """One page of edges. ``total`` counts all that match; ``by_relation`` counts before the relation filter."""

    items: Annotated[tuple[Edge, ...], Fact("The citations of this page.")]
    total: Annotated[int, Fact("How many match.", 5)]
    page: Page
    per_page: PerPage
    by_relation: Annotated[dict[str, int], Fact("How many of each relation, before the relation filter.", {})]


@dataclass(frozen=True, slots=True)
class PartHistory(Answer):
    """What happened to one part of a document, and who cites it. ``acts``: those upon the part, upon one within it or
    around it, or upon the whole document, by the day from which they count; ``citations`` the others that name it."""

    document: Annotated[DocumentBrief, Fact("The document.")]
    pinpoint: Annotated[str, Fact("The part that was asked for, in its usual form.", "khoản 2 Điều 5")]
    anchor: Annotated[str | None, Fact("Where the held text has it; null where it is not held.", "dieu-5-khoan-2")]
    words: Annotated[str | None, Fact("The words of the part in the held text.", "2. …")]
    acts: Annotated[tuple[Edge, ...], Fact("What was done to it.")]
    citations: Annotated[tuple[Edge, ...], Fact("Who else cites it.")]
    total: Annotated[int, Fact("How many acts and citations there are; may exceed those given.", 3)]


@dataclass(frozen=True, slots=True)
class LookupResult(Answer):
    """Answer to "which document is this number". ``status``: ok | multiple | not_found | unparsable.

    ``warnings`` are {code, vi, en} (``party_order_fixed``, ``separators_fixed``, ``letters_repaired`` …);
    ``suggestions`` are near misses, digits exact, letters fuzzy. ``total`` may exceed ``len(matches)``.
    """

    query: Annotated[str, Fact("What was typed.", "2395 qd ubnd")]
    normalized: Annotated[str | None, Fact("The number in its usual form.", "2395/QĐ-UBND")]
    status: Annotated[str, Fact("How many documents it means.", "ok", values=LOOKUP_STATUS)]
    matches: Annotated[tuple[DocumentBrief, ...], Fact("The documents of this number.")]
    suggestions: Annotated[tuple[DocumentBrief, ...], Fact("Near misses: the same digits, similar letters.", [])]
    warnings: Notices
    total: Annotated[int, Fact("How many there are; may exceed the matches given.", 1)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCitation(OfCitation):
    """One citation in a held text, resolved: offsets are into ``HeldText.text``; ``target`` is a document id."""

    index: Index
    relation_label: RelationLabel
    target: Annotated[str | None, Fact("Id of the document that is meant.", "tw/cp/2014/nd/24")]
    candidates: Ids
    status: LinkStatus
    method: Method
    score: Score


@dataclass(frozen=True, slots=True)
class HeldPage(Answer):
    """One page of a held text."""

    number: Annotated[int, Fact("The page's number, from 1.", 1)]
    start: Annotated[int, Fact("Where it begins in the text, in code points.", 0)]
    end: Annotated[int, Fact("Where it ends.", 2310)]
    how: Annotated[str, Fact("Whether its words were in the file, or come from its picture.", "text", values=PAGE_READ)]
    confidence: Annotated[float | None, Fact("Of a page read from its picture, the mean of its words, 0 to 1.", None)]


@dataclass(frozen=True, slots=True)
class HeldText(Answer):
    """The held text of a document (its first file by name unless another is asked for), with its structure."""

    id: Id
    file: File
    format: Annotated[str, Fact("Format of the file.", "docx")]
    sha256: Annotated[str, Fact("SHA-256 of the file, in hex.", "9f86d081884c7d65…")]
    text: Annotated[str, Fact("The text as read; all offsets are into it.", "QUYẾT ĐỊNH …")]
    citations: Annotated[tuple[TextCitation, ...], Fact("Its citations, in the order of their index.")]
    pages: Annotated[tuple[HeldPage, ...], Fact("Where its pages lie; empty where the format has none.", [])]
    notices: Notices
    blocks: Annotated[tuple[Block, ...], Fact("Its structure, in reading order.", [])] = ()
    parts: Annotated[tuple[Part, ...], Fact("The parts that can be cited, each with its anchor.", [])] = ()


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """Where the line of a citation stands on the picture of a page of a held file (``corpus.blocks.LinePlace``)."""

    file: str
    format: str
    sha256: str
    page: int
    place: LinePlace


@dataclass(frozen=True, slots=True)
class Finding(Answer):
    """One doubt to review. ``kind`` is stable; ``message`` is Vietnamese, ``message_en`` English; ``file``/``line``
    tell where to look; ``detail`` has the conflicting values."""

    kind: str
    severity: str
    """error | warning | info"""
    document: str | None
    file: str | None
    line: int | None
    citation: int | None
    message: str
    message_en: str
    detail: dict[str, Any]
    stated_in: str | None = None
    """The held document whose text ``file`` and ``line`` are in."""
    subject: str = ""
    """The place as corrections name it."""
    sentence: str | None = None
    """The sentence of the citation that it is about."""


@dataclass(frozen=True, slots=True)
class FindingPage(Answer):
    """One page of findings; ``counts`` is by kind over the whole base."""

    items: tuple[Finding, ...]
    total: int
    page: int
    per_page: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Resolved(Answer):
    """A citation of a text that is not stored, against the base: ``index`` into the reading's citations.

    ``document`` is the known document (None: not in the base, ambiguous, or nothing to resolve); ``new_id`` the
    permalink it would have; ``candidates`` the possible ones."""

    index: Index
    status: LinkStatus
    method: Method
    document: Annotated[DocumentBrief | None, Fact("The document that is meant, where the base has it.")]
    candidates: Annotated[tuple[DocumentBrief, ...], Fact("The possible documents where it is ambiguous.", [])]
    new_id: Annotated[str | None, Fact("The id it would have, where the base has no such document.", None)]
    score: Score = None


@dataclass(frozen=True, slots=True)
class ResolveReport(Answer):
    """What a resolution run changed. Lists are document ids in order; ``relinked`` counts citations that now point
    elsewhere; ``merged`` maps old ids to the ids that answer for them now."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    merged: dict[str, str] = field(default_factory=dict)
    newly_held: tuple[str, ...] = ()
    relinked: int = 0
    resolved: int = 0
    ambiguous: int = 0
    unresolved: int = 0
    unknown_province: int = 0
