"""What adding a register did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.knowledge.registers.row import RowRemark
from kb.knowledge.registers.row_reader import REFUSALS, Remark
from messages import Message, pick


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that was added, changed or removed: what it is called, and of a changed one what it said before and says
    now, by field."""

    row: int
    number: str | None
    date: str | None
    title: str | None
    before: dict[str, Any]
    after: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What adding or renewing a register did. ``columns``: by field the head of the column it was read from.

    Of rows and remarks the first ``LISTED`` of each kind are listed; the counts are of all.
    """

    name: str
    as_of: str | None
    scope: str | None
    source: str
    columns: dict[str, str]
    rows: int
    added: int
    changed: int
    removed: int
    unchanged: int
    refused: int
    added_rows: tuple[RowChange, ...]
    changed_rows: tuple[RowChange, ...]
    removed_rows: tuple[RowChange, ...]
    remarks: tuple[RowRemark, ...]

    def to_json(self) -> dict[str, Any]:
        """The fields in the order in which they are declared; remarks in both languages."""
        found = {name: getattr(self, name) for name in self.__slots__}
        for name in ("added_rows", "changed_rows", "removed_rows"):
            found[name] = [change.to_json() for change in found[name]]
        return found | {"remarks": [remark.to_json() for remark in self.remarks]}


LISTED = 1000
"""Rows of each kind that a report lists."""


def said(remark: Remark) -> Message:
    """A remark in words."""
    return Message(pick("kb.registers.remark", remark.code), words=remark.words)


def told(remark: Remark) -> RowRemark:
    """A remark as it is handed out."""
    words = said(remark)
    return RowRemark(remark.row, remark.code, remark.code in REFUSALS, words.vi, words.en)
