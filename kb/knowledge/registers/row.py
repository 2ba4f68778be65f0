"""What a register says of one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STATUS = (
    "not_yet_in_force", "in_force", "partly_lapsed", "lapsed", "suspended", "no_longer_suitable", "unknown",
)  # fmt: skip
"""The states of a document that registers tell, after the national database of legal documents."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of a register, and the register that says it.

    ``register``: its name; ``as_of``: ISO, the day of which it tells, None where it does not say; ``scope``: what it
    covers, in the words of whoever added it. ``row``: where it stands in the register's file, from 1. ``document``: id
    of the document meant, None while that is open. ``issuer`` in the register's own words, ``body``, ``province`` and
    ``unit`` as they are kept of a citation. Dates are ISO, ``date`` may be partial. ``status``: one of ``STATUS``, None
    where the register does not tell or its words (``status_words``) are not known. ``replaced_by`` and ``amended_by``:
    numbers of documents.
    """

    register: str
    as_of: str | None
    scope: str | None
    row: int
    document: str | None
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    effect_from: str | None
    effect_to: str | None
    status: str | None
    status_words: str | None
    replaced_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    subject: str | None
    body: str | None
    province: str | None
    unit: str | None

    def to_json(self) -> dict[str, Any]:
        """The fields in the order in which they are declared."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return found | {"replaced_by": list(self.replaced_by), "amended_by": list(self.amended_by)}
