"""Lines that a printer sets on every page beside the text (``data/running_heads.json``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kb.authority import load

FILE = load.DATA / "running_heads.json"
HEAD, STAMP = "head", "stamp"


@dataclass(frozen=True)
class PageLine:
    """One kind of line. ``kind``: ``head`` (it tells of itself that it is one) or ``stamp`` (told only above a head);
    ``anchor``: letters of every such head; ``line``: the pattern of the whole line without the blanks around it."""

    id: str
    kind: str
    line: str
    anchor: str = ""
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole line, for composed (NFC) text."""
        return re.compile(rf"[ \t]{{0,80}}{self.line}[ \t\r]{{0,80}}(?=\n|\Z)")


def _kind(value: object) -> bool:
    return value in (HEAD, STAMP)


def _read() -> tuple[PageLine, ...]:
    required = {
        "id": load.word,
        "kind": _kind,
        "line": load.word,
        "match": load.examples,
        "no_match": load.examples,
    }
    found = load.entries(FILE, required, {"anchor": load.word}, key="id")
    return tuple(PageLine(**load.frozen(entry)) for entry in found)


LINES: tuple[PageLine, ...] = _read()


def of_kind(kind: str) -> tuple[PageLine, ...]:
    """The lines of one kind (``HEAD``, ``STAMP``)."""
    return tuple(one for one in LINES if one.kind == kind)
