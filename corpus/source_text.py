"""What a reader hands on: the text of one document, where its pages lie, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.blocks import Block, Doubt, LinePlace


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged format. ``text[start:end]`` is its text; ``how`` is ``text``, ``ocr`` or ``unread``;
    ``confidence`` is the mean word confidence 0-1 of an OCR page, else None. ``layer`` is the text layer the file
    carried for an OCR page but which was not used because it is damaged, else None."""

    number: int
    start: int
    end: int
    how: str = "text"
    confidence: float | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning or a refusal, in both languages: what is wrong, where, what to do. ``code`` is stable."""

    code: str
    vi: str
    en: str

    def text(self, lang: str = "vi") -> str:
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as read. Offsets everywhere in the project are code points into ``text``.

    For .txt and .md ``text`` is the file's text exactly as it lies on disk (no newline translation). ``name`` is the
    path as the user gave it, for a member of a container ``archive.zip!member.txt`` or ``file.jsonl#12``.
    ``sha256`` is of the bytes of the file (or member). ``attributes`` is what the carrier said about the document
    (keys ``number``, ``date``, ``issuer``, ``title``). ``blocks`` is its structure, in reading order. ``doubts`` are
    the recognised digits that are less than sure, ``places`` the recognised lines that hold digits.
    """

    name: str
    text: str
    format: str
    sha256: str
    pages: tuple[Page, ...] = ()
    notices: tuple[Notice, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    places: tuple[LinePlace, ...] = ()

    @property
    def unread_pages(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.pages if page.how == "unread")

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Offsets at which pages begin, the first being 0; empty where the format has no pages."""
        return tuple(page.start for page in self.pages)
