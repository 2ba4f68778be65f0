"""What a register says of one document, and the register itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from messages.facts import Fact

STATUS = (
    "not_yet_in_force", "in_force", "partly_lapsed", "lapsed", "suspended", "no_longer_suitable", "unknown",
)  # fmt: skip
"""The states of a document that registers tell, after the national database of legal documents."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of a register, and the register that says it. Dates are ISO, ``date`` may be partial."""

    register: Annotated[str, Fact("Name of the register.", "Bộ pháp điển")]
    as_of: Annotated[str | None, Fact("The day of which it tells (ISO); null where not said.", "2025-11-14")]
    scope: Annotated[str | None, Fact("What the register covers, in the words of whoever added it.", None)]
    row: Annotated[int, Fact("Where the row stands in the register's file, from 1.", 12)]
    document: Annotated[str | None, Fact("Id of the document meant; null while that is open.", "tw/cp/2023/nd/13")]
    number: Annotated[str | None, Fact("The document's number in its usual form.", "13/2023/NĐ-CP")]
    type: Annotated[str | None, Fact("Id of the document's type.", "nghi-dinh")]
    date: Annotated[str | None, Fact("The document's date (ISO), as far as it is stated.", "2023-04-17")]
    issuer: Annotated[str | None, Fact("Who issued it, in the register's own words.", "Chính phủ")]
    title: Annotated[str | None, Fact("The document's title.", "Bảo vệ dữ liệu cá nhân")]
    effect_from: Annotated[str | None, Fact("The first day in force (ISO).", "2023-07-01")]
    effect_to: Annotated[str | None, Fact("The day on which force ended (ISO).", None)]
    status: Annotated[
        str | None, Fact("Its state; null where the register tells none that is known.", "in_force", values=STATUS)
    ]
    status_words: Annotated[str | None, Fact("The state in the register's own words.", "Còn hiệu lực")]
    replaced_by: Annotated[tuple[str, ...], Fact("Numbers of the documents that replaced or repealed it.", [])]
    amended_by: Annotated[tuple[str, ...], Fact("Numbers of the documents that amended it.", [])]
    subject: Annotated[str | None, Fact("The field of law that it belongs to.", "An ninh mạng")]
    body: Annotated[str | None, Fact("Code of the organ that issued it.", "CP")]
    province: Annotated[str | None, Fact("Its province by plain name; null for the centre.", None)]
    unit: Annotated[str | None, Fact("The unit below the province that issued it.", None)]

    def to_json(self) -> dict[str, Any]:
        """The fields in the order in which they are declared."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return found | {"replaced_by": list(self.replaced_by), "amended_by": list(self.amended_by)}


@dataclass(frozen=True, slots=True)
class Register:
    """A register, without its rows."""

    name: Annotated[str, Fact("Name of the register.", "Bộ pháp điển")]
    as_of: Annotated[str | None, Fact("The day of which it tells (ISO); null where nobody said.", "2025-11-14")]
    scope: Annotated[str | None, Fact("What it covers, in the words of whoever added it.", None)]
    source: Annotated[str, Fact("Name of the file that it was read from.", "codification.csv")]
    columns: Annotated[dict[str, str], Fact("By field the head of its column.", {"number": "Số ký hiệu"})]
    rows: Annotated[int, Fact("How many rows it has.", 3575)]
    placed: Annotated[int, Fact("How many of them mean a known document.", 3575)]
    refused: Annotated[int, Fact("How many rows of its file were refused.", 0)]
    states: Annotated[dict[str, int], Fact("How many rows tell each state.", {"in_force": 3569})]

    def to_json(self) -> dict[str, Any]:
        """The fields in the order in which they are declared."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What was remarked on a row when its register was read: why it was refused, or what of it was left out."""

    row: Annotated[int, Fact("Where the row stands in the register's file, from 1.", 12)]
    code: Annotated[str, Fact("Id of the kind of remark.", "no_such_number")]
    refused: Annotated[bool, Fact("Whether the row was refused.", True)]
    vi: Annotated[str, Fact("In Vietnamese.", "không đọc được số, ký hiệu: 140/BCĐ")]
    en: Annotated[str, Fact("In English.", "not readable as a document's number: 140/BCĐ")]

    def text(self, lang: str = "vi") -> str:
        """In words, in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi

    def to_json(self) -> dict[str, Any]:
        """The fields in the order in which they are declared."""
        return {name: getattr(self, name) for name in self.__slots__}
