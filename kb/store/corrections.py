"""Reviewed fixes as data: one line of a TSV each, with author, date and reason, replayed on every re-reading.

Columns: ``kind  subject  value  author  date  reason``.

| kind | subject | value |
|---|---|---|
| ``not_a_citation`` | ``FILE@START`` | – |
| ``number``, ``date``, ``type``, ``issuer``, ``province``, ``unit``, ``title`` | ``FILE@START``, ``FILE`` | value |
| ``relation`` | ``FILE@START`` | a relation of the closed vocabulary |
| ``split`` | ``FILE@START`` | id of the document that this citation means |
| ``merge`` | id of a document | id of the document it is the same as |

``FILE`` alone means the file's own header; the value ``-`` means none. ``START`` is the citation's offset in the text
as ``cancu text`` prints it. A correction never touches the text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from kb.errors import CorrectionError
from kb.model import Citation, OwnIdentity, Reading

COLUMNS = ("kind", "subject", "value", "author", "date", "reason")
_FIELD = {"issuer": "body"}
VALUE_KINDS = ("number", "date", "type", "issuer", "province", "unit", "title", "relation")
KINDS = (*VALUE_KINDS, "not_a_citation", "split", "merge")
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Correction:
    """One reviewed fix; ``date`` is the day of the review (ISO)."""

    kind: str
    subject: str
    value: str
    author: str
    date: str
    reason: str

    @property
    def place(self) -> tuple[str, int | None]:
        """File name and offset that the subject names; the offset is None where it names a file's header."""
        name, at, offset = self.subject.rpartition("@")
        return (name, int(offset)) if at and offset.isdigit() else (self.subject, None)

    def to_json(self) -> dict[str, str]:
        return {column: getattr(self, column) for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading with its corrections laid over. ``originals``: per changed citation the fields as read;
    ``rejected``: indexes that are no citations; ``missed``: corrections that found nothing to correct."""

    own: OwnIdentity | None
    citations: tuple[Citation, ...]
    originals: dict[int, dict[str, Any]] = field(default_factory=dict)
    rejected: frozenset[int] = frozenset()
    missed: tuple[Correction, ...] = ()


def overlay(name: str, reading: Reading, corrections: Sequence[Correction]) -> Corrected:
    """``reading`` of the file ``name`` with the corrections that speak of it."""
    citations, own = list(reading.citations), reading.own
    originals: dict[int, dict[str, Any]] = {}
    rejected, missed = set(), []
    by_start = {citation.start: n for n, citation in enumerate(citations)}
    for correction in corrections:
        file_name, offset = correction.place
        if file_name != name or correction.kind in ("merge", "split"):
            continue
        if offset is None:
            own = _header(own or OwnIdentity(), correction)
            continue
        n = by_start.get(offset)
        if n is None:
            missed.append(correction)
        elif correction.kind == "not_a_citation":
            rejected.add(n)
        else:
            key = _FIELD.get(correction.kind, correction.kind)
            was = originals.setdefault(n, {"notes": list(citations[n].notes)})
            was.setdefault(key, getattr(citations[n], key))
            if key == "province":
                was.setdefault("province_known", citations[n].province_known)
            citations[n] = _corrected(citations[n], key, correction.value)
    return Corrected(own, tuple(citations), originals, frozenset(rejected), tuple(missed))


def _corrected(citation: Citation, key: str, value: str) -> Citation:
    changes: dict[str, Any] = {key: None if value == _NONE else value}
    if key == "province":
        changes["province_known"] = value != "?"
        changes["province"] = None if value in (_NONE, "?") else value
    return citation._replace(**changes, notes=(*citation.notes, f"corrected:{key}"))


def _header(own: OwnIdentity, correction: Correction) -> OwnIdentity:
    key = _FIELD.get(correction.kind, correction.kind)
    if key not in {item.name for item in fields(OwnIdentity)}:
        raise CorrectionError(
            vi=f"Hiệu đính “{correction.kind}” không áp dụng cho phần đầu văn bản ({correction.subject}).",
            en=f"The correction “{correction.kind}” does not apply to a document's header ({correction.subject}).",
        )
    value: Any = None if correction.value == _NONE else correction.value
    corrected = replace(own, **{key: value})
    return replace(corrected, adopted=None) if key == "date" else corrected


def check(correction: Correction, relations: Iterable[str]) -> Correction:
    """``correction`` if it can be understood.

    Raises ``CorrectionError`` naming the wrong column; ``relations`` is the closed vocabulary.
    """

    def wrong(column: str, vi: str, en: str) -> CorrectionError:
        return CorrectionError(
            vi=f"Dòng hiệu đính sai ở cột {column}: {vi}.", en=f"Wrong correction, column {column}: {en}."
        )

    if correction.kind not in KINDS:
        known = ", ".join(KINDS)
        raise wrong(
            "kind",
            f"“{correction.kind}” không có; dùng một trong: {known}",
            f"there is no “{correction.kind}”; use one of: {known}",
        )
    for column in ("subject", "author", "date", "reason"):
        if not getattr(correction, column).strip():
            raise wrong(column, "không được để trống", "must not be empty")
    if correction.kind not in ("not_a_citation",) and not correction.value.strip():
        raise wrong("value", "không được để trống (dùng “-” cho “không có”)", "must not be empty (“-” for none)")
    if correction.kind == "relation" and correction.value not in set(relations):
        raise wrong("value", f"không có quan hệ “{correction.value}”", f"there is no relation “{correction.value}”")
    if correction.kind in ("not_a_citation", "split", "relation") and correction.place[1] is None:
        raise wrong("subject", "phải có dạng TỆP@VỊ_TRÍ", "must have the form FILE@START")
    return correction


def parse_tsv(text: str, relations: Iterable[str]) -> tuple[Correction, ...]:
    """The corrections of a TSV with a header line; empty lines and lines that begin with # are skipped.

    Raises ``CorrectionError`` with the line number of the first line that is wrong.
    """
    vocabulary = frozenset(relations)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: list[Correction] = []
    header_seen = False
    for number, row in enumerate(rows, 1):
        if not row or not "".join(row).strip() or row[0].startswith("#"):
            continue
        if not header_seen:
            if tuple(row) != COLUMNS:
                raise CorrectionError(
                    vi=f"Dòng {number}: dòng đầu phải là các cột {', '.join(COLUMNS)} cách nhau bằng TAB.",
                    en=f"Line {number}: the first line must be the columns {', '.join(COLUMNS)}, tab-separated.",
                )
            header_seen = True
            continue
        if len(row) != len(COLUMNS):
            raise CorrectionError(
                vi=f"Dòng {number}: có {len(row)} cột, cần {len(COLUMNS)}.",
                en=f"Line {number}: {len(row)} columns, {len(COLUMNS)} needed.",
            )
        try:
            found.append(check(Correction(*row), vocabulary))
        except CorrectionError as error:
            raise CorrectionError(vi=f"Dòng {number}: {error.vi}", en=f"Line {number}: {error.en}") from error
    return tuple(found)


def to_tsv(corrections: Iterable[Correction]) -> str:
    """The corrections as the TSV that ``parse_tsv`` reads."""
    lines = ["\t".join(COLUMNS)]
    for correction in corrections:
        lines.append("\t".join(" ".join(getattr(correction, column).split()) for column in COLUMNS))
    return "\n".join(lines) + "\n"
