"""Which cells of a table name its columns, where the format does not say so, and what a column then holds."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from corpus.blocks import Block

FILE = Path(__file__).parent / "data" / "heads.json"
_BRACKETED = re.compile(r"\([^()]*\)")
_NUMBERED = re.compile(r"\(?\d{1,2}\)?")  # a row that only numbers the columns: (1) (2) (3)
_JOINT = re.compile(r"[,;/&-]|\bva\b")
_SHARE = 0.5  # of the filled cells of a row that must be known words, for it to name the columns
_ROWS = 3  # looked at: a name of the whole table may stand above the names of its columns


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFD", _BRACKETED.sub(" ", words.lower()).replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.split()).strip(" :.*_")


def _plain(folded: str) -> str:
    """The name of a column without what offices write in different ways: "so/ky hieu vb" is "so ky hieu van ban"."""
    words = _BETWEEN.sub(" ", folded).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _loaded() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for entry in json.loads(FILE.read_text(encoding="utf-8"))["heads"]:
        kinds.update(dict.fromkeys(map(_plain, entry["words"]), entry["id"]))
        wrong = [words for words in entry["match"] if kinds.get(_plain(_folded(words))) != entry["id"]]
        wrong += [words for words in entry["no_match"] if kinds.get(_plain(_folded(words))) == entry["id"]]
        if wrong or not entry["match"] or not entry["no_match"]:
            raise ValueError(f"{FILE.name}: {entry['id']}: wrong for {wrong}")
    return kinds


_BETWEEN = re.compile(r"[,;/&+._\n-]|\bva\b|\bcua\b")
_SHORT: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))["short"]
_KINDS = _loaded()


@lru_cache(maxsize=4096)
def column_kind(words: str) -> str | None:
    """What a column of that name holds (``number``, ``ordinal``, ``date``, ``issuer``, ``title``, ``basis``,
    ``replacement`` …); ``number`` where a number and its day share the cells ("Số, ngày ban hành"); None for a name
    that is not known."""
    folded = _folded(words)
    kind = _KINDS.get(_plain(folded))
    if kind is not None:
        return kind
    for joint in _JOINT.finditer(folded):
        number, day = folded[: joint.start()].strip(), folded[joint.end() :].strip()
        if _KINDS.get(_plain(number)) in ("number", "ordinal") and _KINDS.get(_plain(day)) == "date":
            return "number"
    return None


def with_heads(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks (in reading order, with parents) with the cells marked that name their columns."""
    heads = {index for index, block in enumerate(blocks) if block.is_head}
    for table in (index for index, block in enumerate(blocks) if block.kind == "table"):
        rows = list(_rows(blocks, table))
        if heads.isdisjoint(chain.from_iterable(rows)):
            heads.update(_guessed(text, blocks, rows))
        heads.update(_repeated(text, blocks, rows, heads))
    return tuple(_named(text, block) if index in heads else block for index, block in enumerate(blocks))


def _repeated(text: str, blocks: Sequence[Block], rows: Sequence[Sequence[int]], heads: set[int]) -> Iterator[int]:
    """The cells of rows that say what a row of heads says: paper repeats them on every page."""

    def words(row: Sequence[int]) -> tuple[str, ...]:
        return tuple(text[blocks[cell].start : blocks[cell].end] for cell in row)

    named = {words(row) for row in rows if heads.issuperset(row)}
    yield from chain.from_iterable(row for row in rows if words(row) in named)


def _guessed(text: str, blocks: Sequence[Block], rows: Sequence[Sequence[int]]) -> Iterator[int]:
    """The cells that name the columns: those of the first row that has such names, and of the rows above it."""
    for number, row in enumerate(rows[:_ROWS] if len(rows) > 1 else ()):
        if _names_columns([text[blocks[cell].start : blocks[cell].end] for cell in row]):
            yield from chain.from_iterable(rows[: number + 1])
            return


def _named(text: str, head: Block) -> Block:
    """A head with what its column holds as its name."""
    return replace(head, is_head=True, name=column_kind(text[head.start : head.end]) or "")


def _rows(blocks: Sequence[Block], table: int) -> Iterator[list[int]]:
    """The cells of each row of a table, by index; a table within a cell is no part of it."""
    end = blocks[table].end
    index = table + 1
    row: int | None = None
    cells: list[int] = []
    while index < len(blocks) and blocks[index].start < end:
        block = blocks[index]
        if block.kind == "row" and block.parent == table:
            if cells:
                yield cells
            row, cells = index, []
        elif block.kind == "cell" and block.parent == row:
            cells.append(index)
        index += 1
    if cells:
        yield cells


def _names_columns(cells: Sequence[str]) -> bool:
    if len(cells) < 2:
        return False
    known = sum(column_kind(words) is not None for words in cells)
    return known >= 2 and known >= _SHARE * len(cells)
