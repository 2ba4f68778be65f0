"""What a reader hands on: the text of one document, where its pages lie, and what could not be read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


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
    (keys ``number``, ``date``, ``issuer``, ``title``).
    """

    name: str
    text: str
    format: str
    sha256: str
    pages: tuple[Page, ...] = ()
    notices: tuple[Notice, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def unread_pages(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.pages if page.how == "unread")

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Offsets at which pages begin, the first being 0; empty where the format has no pages."""
        return tuple(page.start for page in self.pages)

    def locate(self, offset: int) -> tuple[int | None, int]:
        """The page number (None where the format has no pages) and the line, counted from 1 through the whole
        text, of a code point. Lines end at ``\\n``. Raises ``IndexError`` outside the text."""
        if not 0 <= offset <= len(self.text):
            raise IndexError(offset)
        line = self.text.count("\n", 0, offset) + 1
        if not self.pages:
            return None, line
        return self.pages[max(0, bisect_right(self.page_starts, offset) - 1)].number, line


class Refused(Exception):
    """A file that cannot be read, with the reason a clerk understands. ``name`` is the file's (or member's) name as
    shown to the user, "" where the raiser did not know it."""

    def __init__(self, notice: Notice, name: str = "") -> None:
        super().__init__(notice.en)
        self.notice = notice
        self.name = name

    def __reduce__(self) -> tuple[type[Refused], tuple[Notice, str]]:
        return (Refused, (self.notice, self.name))
