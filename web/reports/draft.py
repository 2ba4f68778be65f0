"""A draft that was checked: what every form of the report is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from corpus.source_text import SourceText
from kb.answers.shapes import Answer
from kb.checking.check import check
from kb.checking.report import Report
from kb.checking.silence import Silence, silenced
from kb.model import Hints
from kb.reading import read
from kb.service import KnowledgeBase

FORMATS = ("json", "html", "csv", "sarif", "docx")
"""The forms of a report that is a file; ``docx`` only for a draft that is one."""
MEDIA_TYPES = {
    "json": "application/json",
    "html": "text/html",
    "csv": "text/csv",
    "sarif": "application/sarif+json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class CheckedDraft(Answer):
    """One draft as read, and the outcome of its check. ``data`` is the file itself, None where there is none."""

    source: SourceText
    report: Report
    data: bytes | None = None

    @property
    def name(self) -> str:
        """The draft's file name without its folders."""
        return PurePath(self.source.name).name

    def to_json(self) -> dict[str, Any]:
        notices = [{"code": one.code, "vi": one.vi, "en": one.en} for one in self.source.notices]
        unread = list(self.source.unread_pages)
        return {"document": self.source.name, **self.report.to_json(), "unread_pages": unread, "notices": notices}


def checked(
    base: KnowledgeBase,
    source: SourceText,
    *,
    province: str | None = None,
    silences: Sequence[Silence] = (),
    data: bytes | None = None,
) -> CheckedDraft:
    """Read a draft's citations and hold them against the base; nothing of it is stored.

    Args:
        province: whose draft it is, where it does not say so.
        silences: what is accepted with a reason.
        data: the bytes of the file, from which a copy with comments can be made.
    """
    reading = read(source.text, Hints(province, source.page_starts, source.attributes, source.blocks, source.doubts))
    report = check(base, reading, source.text, source.blocks)
    return CheckedDraft(source, silenced(report, silences), data)
