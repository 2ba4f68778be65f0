"""Tables as text (.csv, .tsv) in any delimiter and encoding met in offices: a row is a line, its cells apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from corpus.bytes.encoding import decode
from corpus.formats.sheet import sheet_row
from corpus.layout.lines import table_of, text_and_blocks
from corpus.limits import Limits
from corpus.notices import refused
from corpus.source_text import Notice, SourceText
from corpus.structure.guess import structured

_DELIMITERS = ",;\t|"
_LOOKED_AT = 50  # rows by which the delimiter is told


def read_delimited(data: bytes, name: str, sha256: str, limits: Limits, kind: str) -> SourceText:
    """The text of a .csv or .tsv file. Raises ``Refused`` where it has no words or is longer than a text may be."""
    rows, notices = delimited_rows(data, limits)
    lines, known = text_and_blocks(table_of(map(sheet_row, rows)))
    if not lines:
        raise refused("no_text")
    return SourceText(name, lines, kind, sha256, notices=notices, blocks=structured(lines, known, wrapped=False))


def delimited_rows(data: bytes, limits: Limits) -> tuple[Iterator[list[str]], tuple[Notice, ...]]:
    """The rows of a .csv or .tsv file, read as they are taken, and what had to be said of its encoding.

    Raises ``Refused`` where it is longer than a text may be.
    """
    decoded = decode(data)
    text = decoded.text.removeprefix("\ufeff").replace("\0", "")
    if len(text) > limits.text_chars:
        raise refused("text_too_long", limit=limits.text_chars)
    told = text.split("\n", 1)[0].strip().lower()
    if told.startswith("sep=") and len(told) == 5:  # Excel's own note on the delimiter
        delimiter, text = told[4], text.partition("\n")[2]
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(limits.text_chars)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), decoded.notices


def _delimiter(text: str) -> str:
    """The delimiter under which most rows have the same number of cells, more than one; a comma where none has."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(rows, range(_LOOKED_AT), strict=False) if row]
        usual = max(set(widths), key=widths.count) if widths else 1
        agreeing = widths.count(usual) * (usual - 1)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best
