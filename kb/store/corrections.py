"""Reviewed fixes as data: one line of a TSV each, with author, date and reason, replayed on every re-reading.

Columns: ``kind  subject  value  author  date  reason``.

| kind | subject | value |
|---|---|---|
| ``not_a_citation`` | ``FILE@START`` | – |
| ``number``, ``date``, ``type``, ``issuer``, ``province``, ``unit``, ``title`` | ``FILE@START``, ``FILE`` | value |
| ``relation`` | ``FILE@START`` | a relation of the closed vocabulary |
| ``split`` | ``FILE@START`` | id of the document that this citation means |
| ``merge`` | id of a document | id of the document it is the same as |
| ``accepted``, ``silenced`` | ``FILE@START``, ``FILE``, id of a document | kind of a finding that is settled |

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
from messages import Message

COLUMNS = ("kind", "subject", "value", "author", "date", "reason")
_FIELD = {"issuer": "body"}
VALUE_KINDS = ("number", "date", "type", "issuer", "province", "unit", "title", "relation")
SETTLED = ("accepted", "silenced")
"""What settles a finding without changing anything: as read it is right, or it is known and left."""

KINDS = (*VALUE_KINDS, "not_a_citation", "split", "merge", *SETTLED)
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
        if file_name != name or correction.kind in ("merge", "split", *SETTLED):
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
            Message("kb.corrections.not_of_a_header", kind=correction.kind, subject=correction.subject)
        )
    value: Any = None if correction.value == _NONE else correction.value
    corrected = replace(own, **{key: value})
    return replace(corrected, adopted=None) if key == "date" else corrected


def check(correction: Correction, relations: Iterable[str]) -> Correction:
    """``correction`` if it can be understood.

    Raises ``CorrectionError`` naming the wrong column; ``relations`` is the closed vocabulary.
    """

    def wrong(column: str, why: Message) -> CorrectionError:
        return CorrectionError(Message("kb.corrections.wrong_column", column=column, why=why))

    if correction.kind not in KINDS:
        raise wrong("kind", Message("kb.corrections.no_kind", kind=correction.kind, known=", ".join(KINDS)))
    for column in ("subject", "author", "date", "reason"):
        if not getattr(correction, column).strip():
            raise wrong(column, Message("kb.corrections.empty"))
    if correction.kind not in ("not_a_citation",) and not correction.value.strip():
        raise wrong("value", Message("kb.corrections.empty_value"))
    if correction.kind == "relation" and correction.value not in set(relations):
        raise wrong("value", Message("kb.corrections.no_relation", relation=correction.value))
    if correction.kind in ("not_a_citation", "split", "relation") and correction.place[1] is None:
        raise wrong("subject", Message("kb.corrections.no_place"))
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
                raise CorrectionError(Message("kb.corrections.first_line", number=number, columns=", ".join(COLUMNS)))
            header_seen = True
            continue
        if len(row) != len(COLUMNS):
            raise CorrectionError(
                Message("kb.corrections.columns_needed", number=number, found=len(row), needed=len(COLUMNS))
            )
        try:
            found.append(check(Correction(*row), vocabulary))
        except CorrectionError as error:
            raise CorrectionError(Message("kb.corrections.line", number=number, why=error)) from error
    return tuple(found)


def to_tsv(corrections: Iterable[Correction]) -> str:
    """The corrections as the TSV that ``parse_tsv`` reads."""
    lines = ["\t".join(COLUMNS)]
    for correction in corrections:
        lines.append("\t".join(" ".join(getattr(correction, column).split()) for column in COLUMNS))
    return "\n".join(lines) + "\n"
