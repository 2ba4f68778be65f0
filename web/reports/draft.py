"""A draft that was checked: what every form of the report is made from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from corpus.blocks import DATE_REACH, place_over
from corpus.source_text import SourceText
from kb.answers.shapes import Answer
from kb.checking.check import check
from kb.checking.report import Place, Report
from kb.checking.silence import Silence, silenced
from kb.model import Hints
from kb.reading import read
from kb.service import KnowledgeBase

FORMATS = ("json", "html", "csv", "sarif", "docx")
"""The forms of a report that is a file; ``docx`` only for a draft that is one."""
OF_DIGITS = ("number_doubtful", "date_unsure")
"""Codes of findings on digits that could not be read for certain, beside which the line of the scan is shown."""
MOST_PICTURES = 20
MEDIA_TYPES = {
    "json": "application/json",
    "html": "text/html",
    "csv": "text/csv",
    "sarif": "application/sarif+json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class CheckedDraft(Answer):
    """One draft as read, and the outcome of its check. ``data`` is the file itself, None where there is none;
    ``path``: where the file lies while its report is made, None where it lies nowhere."""

    source: SourceText
    report: Report
    data: bytes | None = None
    path: Path | None = None

    @property
    def name(self) -> str:
        """The draft's file name without its folders."""
        return PurePath(self.source.name).name

    def pictures(self) -> dict[int, str]:
        """Of a scan the pictures of the lines on which doubtful findings stand (at most ``MOST_PICTURES``), as
        addresses that hold their data, by the place of the finding in the report."""
        found: dict[int, str] = {}
        for n, finding in enumerate(self.report.findings):
            if finding.code not in OF_DIGITS or len(found) == MOST_PICTURES or self.path is None:
                continue
            picture = self._picture(finding.places[0], self.path)
            if picture is not None:
                found[n] = f"data:image/png;base64,{b64encode(picture).decode('ascii')}"
        return found

    def _picture(self, place: Place, path: Path) -> bytes | None:
        from corpus.line_picture import line_picture  # loads what opens pictures, which few drafts need

        page = next((one for one in self.source.pages if one.start <= place.start < one.end), None)
        end = min(place.end + DATE_REACH, page.end) if page else 0
        line = place_over(self.source.places, place.start, end)
        return line_picture(path, page.number, line) if page and line else None

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
    path: Path | None = None,
) -> CheckedDraft:
    """Read a draft's citations and hold them against the base; nothing of it is stored.

    Args:
        province: whose draft it is, where it does not say so.
        silences: what is accepted with a reason.
        data: the bytes of the file, from which a copy with comments can be made.
        path: where the file lies, from which pictures of its lines can be made.
    """
    reading = read(source.text, Hints(province, source.page_starts, source.attributes, source.blocks, source.doubts))
    report = check(base, reading, source.text, source.blocks)
    return CheckedDraft(source, silenced(report, silences), data, path)
