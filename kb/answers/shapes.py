"""What the knowledge base answers: plain, frozen data, each with ``to_json()`` in a stable key order.

A document's ``id`` is its permalink without ``/vb/`` (``ninh-thuan/ubnd/2021/qd/2395``); a number is never an id.
Dates are ISO and may be partial. Offsets are code points into the held text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar


def plain(value: Any) -> Any:
    """``value`` with dataclasses as dicts (in field order) and tuples as lists, ready for JSON."""
    if isinstance(value, Answer):
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
class DocumentBrief(Answer):
    """A document in a list: enough to name it and to link to it. ``year`` is None where no evidence gives it."""

    id: str
    url: str
    number: str | None
    type: str | None
    type_name: str | None
    date: str | None
    body: str | None
    issuer: str | None
    province: str | None
    province_now: str | None
    unit: str | None
    title: str | None
    role: str
    """``held`` (its text is here) or ``cited_only`` ("chưa có toàn văn")."""
    office_citation: str
    """"Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận"; for a named law its name."""
    cited_by: int
    """Number of documents with a certain link to this one (itself not counted)."""
    cites: int
    """Number of documents this one has a certain link to."""
    name_score: float | None
    """The lowest score of the citations linked to it by their name alone; None where there are none."""


@dataclass(frozen=True, slots=True)
class FileView(Answer):
    """A held file of a document. ``unread_pages`` are page numbers; ``notices`` are {code, vi, en}."""

    name: str
    format: str
    sha256: str
    characters: int
    pages: int
    unread_pages: tuple[int, ...]
    notices: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Variant(Answer):
    """One raw form in which a document was cited, how often, and the repairs made to read it."""

    raw: str
    count: int
    repairs: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Vote(Answer):
    """One value that citations (or the document's own header) give for a property, and how many give it."""

    value: str
    count: int
    own: bool
    """True where the document's own header says so."""


@dataclass(frozen=True, slots=True)
class StatusEvent(Answer):
    """One act upon a document, as some text in this base says: ``relation`` is amends, replaces, repeals, suspends or
    corrects; ``by`` the acting document's id; ``date`` that document's date; ``partial``: only parts are named;
    ``sentence`` the proof, in ``file``."""

    relation: str
    relation_label: str
    by: str
    by_number: str | None
    date: str | None
    partial: bool
    sentence: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Status(Answer):
    """Status as this knowledge base knows it, never more. ``code``: unknown | amended | partly_ended | suspended
    | replaced | repealed; ``note`` says in Vietnamese (``note_en``) what it rests on and what it does not claim."""

    code: str
    label: str
    note: str
    note_en: str
    events: tuple[StatusEvent, ...] = ()

    def text(self, lang: str = "vi") -> str:
        """The note in ``lang`` (``vi`` or ``en``)."""
        return self.note_en if lang == "en" else self.note


@dataclass(frozen=True, slots=True)
class DocumentView(DocumentBrief):
    """Everything known of one document: what a list says of it, and the rest."""

    status: Status
    variants: tuple[Variant, ...]
    files: tuple[FileView, ...]
    evidence: dict[str, tuple[Vote, ...]]
    """Votes by property: ``date``, ``title``, ``body``, ``issuer``, ``type_word``; most votes first."""
    possible: int
    """Number of citations that may mean this document but are ambiguous (it is among their candidates)."""
    warnings: tuple[dict[str, str], ...] = ()
    """{code, vi, en}: conflicts and caveats a reader must see with the answer."""


@dataclass(frozen=True, slots=True)
class EdgeEnd(Answer):
    """One end of an edge."""

    id: str
    url: str
    number: str | None
    title: str | None
    date: str | None
    province: str | None
    role: str


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

    source: EdgeEnd | None
    target: EdgeEnd | None
    candidates: tuple[str, ...]
    status: str
    method: str
    score: float | None
    relation_label: str
    strong: bool
    highlight: tuple[int, int]
    stated_in: EdgeEnd
    file: str
    index: int
    """Index of the citation in its file's reading (what ``parent`` refers to)."""

    order = (
        "source", "target", "candidates", "status", "method", "score", "kind", "raw", "number", "relation",
        "relation_label", "inverse", "strong", "aspect", "pinpoint", "cue", "sentence", "highlight", "stated_in",
        "file", "line", "page", "start", "end", "confidence", "repairs", "notes", "parent", "index",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EdgePage(Answer):
    """One page of edges. ``total`` counts all that match; ``by_relation`` counts before the relation filter."""

    items: tuple[Edge, ...]
    total: int
    page: int
    per_page: int
    by_relation: dict[str, int]


@dataclass(frozen=True, slots=True)
class LookupResult(Answer):
    """Answer to "which document is this number". ``status``: ok | multiple | not_found | unparsable.

    ``warnings`` are {code, vi, en} (``party_order_fixed``, ``separators_fixed``, ``letters_repaired`` …);
    ``suggestions`` are near misses, digits exact, letters fuzzy. ``total`` may exceed ``len(matches)``.
    """

    query: str
    normalized: str | None
    status: str
    matches: tuple[DocumentBrief, ...]
    suggestions: tuple[DocumentBrief, ...]
    warnings: tuple[dict[str, str], ...]
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCitation(OfCitation):
    """One citation in a held text, resolved: offsets are into ``TextView.text``; ``target`` is a document id."""

    index: int
    relation_label: str
    target: str | None
    candidates: tuple[str, ...]
    status: str
    method: str
    score: float | None
    """See :class:`Edge`."""


@dataclass(frozen=True, slots=True)
class PageView(Answer):
    """One page of a held text; ``how`` is text | ocr | unread."""

    number: int
    start: int
    end: int
    how: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class TextView(Answer):
    """The held text of a document (its first file by name unless another is asked for)."""

    id: str
    file: str
    format: str
    sha256: str
    text: str
    citations: tuple[TextCitation, ...]
    pages: tuple[PageView, ...]
    notices: tuple[dict[str, str], ...]


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

    index: int
    status: str
    method: str
    document: DocumentBrief | None
    candidates: tuple[DocumentBrief, ...]
    new_id: str | None
    score: float | None = None
    """See :class:`Edge`."""


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
