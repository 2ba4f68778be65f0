"""Which column of a register is which: guessed from its heads, or as somebody says.

The head need not be the first row: titles and forms stand above it, and it may take two rows, of which the upper one
spans several columns ("Ngày" over "ban hành" and "có hiệu lực").
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.authority import registers as facts
from kb.errors import RegisterError
from kb.knowledge.registers.cells import Cell, is_month_first, words_of
from messages import Message

Rows = Callable[[], Iterator[Sequence[Cell]]]
"""Gives the rows of a table anew each time it is called."""

FIELDS = tuple(facts.fields())
"""What a column may tell."""
DATES = ("date", "effect_from", "effect_to")
_ABOVE = 40  # rows among which the head is looked for
_LONGEST_HEAD = 120  # characters: what is longer is a sentence
_FIXED = "="
"""Before words that stand for a whole column, in place of the column: ``status==Hết hiệu lực``."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the rows of a table are read.

    ``head``: heads by column; ``begins``: index of the first row below them; ``by_field``: the column of each field;
    ``fixed``: words that stand in every row; ``month_first``: fields of dates that are written month first.
    """

    head: tuple[str, ...]
    begins: int
    by_field: Mapping[str, int]
    fixed: Mapping[str, str]
    month_first: frozenset[str] = frozenset()

    def cell(self, row: Sequence[Cell], field: str) -> Cell:
        """What a row says in a field; "" for nothing."""
        at = self.by_field.get(field)
        if at is None:
            return self.fixed.get(field, "")
        return row[at] if at < len(row) else ""

    def name_of(self, field: str) -> str | None:
        """The head of a field's column, or the words that stand for it; None for a field that no column tells."""
        at = self.by_field.get(field)
        if at is None:
            return f"{_FIXED}{self.fixed[field]}" if field in self.fixed else None
        return self.head[at] if at < len(self.head) and self.head[at] else f"#{at + 1}"

    def to_json(self) -> dict[str, str]:
        """By field the head of its column."""
        return {field: name for field in FIELDS if (name := self.name_of(field)) is not None}


def columns_of(rows: Rows, chosen: Mapping[str, str] | None = None, *, head: int | None = None) -> Columns:
    """The columns of a table.

    ``chosen``: by field the head of its column, its number from 1 or its letter, ``=WORDS`` for words that stand in
    every row, "" for a field that no column tells; what is not chosen is guessed. ``head``: the row of the heads from
    1, 0 where there are none. Raises ``RegisterError`` where a choice cannot be followed or no column tells numbers.
    """
    above = [[words_of(cell) for cell in row] for row in itertools.islice(rows(), _ABOVE)]
    heads, begins = _head(above) if head is None else _given(above, head)
    by_field = _guess(heads)
    fixed: dict[str, str] = {}
    for field, choice in (chosen or {}).items():
        if field not in FIELDS:
            raise RegisterError(Message("kb.registers.no_such_field", field=field, fields=", ".join(FIELDS)))
        by_field.pop(field, None)
        if choice.startswith(_FIXED):
            fixed[field] = choice[1:].strip()
        elif choice:
            by_field[field] = _column(choice, heads, max(map(len, above), default=0))
    if "number" not in by_field:
        raise RegisterError(Message("kb.registers.no_number_column", heads=_shown(heads, above)))
    late = frozenset(field for field in DATES if field in by_field and _month_first(rows, begins, by_field[field]))
    return Columns(tuple(heads), begins, by_field, fixed, late)


def _head(above: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """The row, or the two, whose heads are best known, and the index of the row below; none where none is known."""
    best: tuple[int, list[str], int] = (0, [], 0)
    for at, row in enumerate(above):
        for heads, begins in (
            (list(row), at + 1),
            (_joined(row, above[at + 1] if at + 1 < len(above) else ()), at + 2),
        ):
            found = _guess(heads)
            known = len(found) if "number" in found else 0
            if known > best[0]:
                best = known, heads, begins
    return best[1], best[2]


def _given(above: Sequence[Sequence[str]], head: int) -> tuple[list[str], int]:
    if head > len(above):
        raise RegisterError(Message("kb.registers.no_such_head", row=head, rows=len(above)))
    return (list(above[head - 1]), head) if head else ([], 0)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of heads as one: an upper head spans the empty cells right of it where lower ones stand below."""
    joined, spanning = [], ""
    for one, below in itertools.zip_longest(upper, lower, fillvalue=""):
        spanning = one or (spanning if below else "")
        joined.append(f"{spanning} {below}".strip())
    return joined


def _guess(heads: Sequence[str]) -> dict[str, int]:
    """By field the column whose head names it best."""
    weighed = [facts.weights(head) if len(head) <= _LONGEST_HEAD else {} for head in heads]
    found: dict[str, int] = {}
    for field in FIELDS:
        mine = [at for at, weights in enumerate(weighed) if facts.best(weights) == field]
        if mine:
            found[field] = max(mine, key=lambda at: (weighed[at][field], -at))
    if "number" not in found:  # "Số, ký hiệu; ngày ban hành; tên gọi của văn bản": one column tells it all
        mixed = [at for at, weights in enumerate(weighed) if "number" in weights]
        if mixed:
            found["number"] = max(mixed, key=lambda at: (weighed[at]["number"], -at))
    return found


def _column(choice: str, heads: Sequence[str], width: int) -> int:
    """The column that somebody means by a head, a number from 1 or a letter."""
    plain = facts.plain_head(choice)
    named = [at for at, head in enumerate(heads) if head == choice] or [
        at for at, head in enumerate(heads) if facts.plain_head(head) == plain
    ]
    if named:
        return named[0]
    if choice.isdigit() and 1 <= int(choice) <= width:
        return int(choice) - 1
    if len(choice) == 1 and choice.isascii() and choice.isalpha() and ord(choice.upper()) - ord("A") < width:
        return ord(choice.upper()) - ord("A")
    raise RegisterError(Message("kb.registers.no_such_column", column=choice, heads=_shown(heads, ())))


def _shown(heads: Sequence[str], above: Sequence[Sequence[str]]) -> str:
    """The heads, or the first row that holds anything, to be put into an error."""
    filled = [row for row in (heads, *above) if any(row)]
    return " | ".join(cell[:40] for cell in filled[0] if cell) if filled else ""


def _month_first(rows: Rows, begins: int, at: int) -> bool:
    return is_month_first(row[at] for row in itertools.islice(rows(), begins, None) if at < len(row))
