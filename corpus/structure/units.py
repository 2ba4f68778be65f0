"""How parts of a text, items of a list and signatures begin (``data/units.json``), checked when the file is loaded."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "units.json"


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way in which a line begins. ``group``: that of the file (units, lists …); ``level`` as in
    ``corpus.blocks.Block``, 0 for a signature."""

    id: str
    group: str
    pattern: re.Pattern[str]
    level: int = 0

    def label(self, line: str) -> str | None:
        """The number or mark with which ``line`` begins; None where it does not begin so."""
        found = self.pattern.match(line)
        return found.group().strip() if found else None


def loaded(file: Path = FILE) -> dict[str, tuple[Beginning, ...]]:
    """The beginnings by group: ``units``, ``annexes``, ``signature``, ``lists``.

    Raises:
        ValueError: for an entry that does not match its own examples, or matches one that it must not.
    """
    said = json.loads(file.read_text(encoding="utf-8"))
    return {
        group: tuple(_beginning(entry, group) for entry in said[group])
        for group in ("units", "lists", "annexes", "signature")
    }


def _beginning(entry: dict[str, Any], group: str) -> Beginning:
    made = Beginning(entry["id"], group, re.compile(entry["pattern"]), entry.get("level", 0))
    for expected, lines in ((True, entry["match"]), (False, entry["no_match"])):
        wrong = [line for line in lines if (made.label(line) is not None) is not expected]
        if wrong or not lines:
            raise ValueError(f"{FILE.name}: {made.id}: {'does not match' if expected else 'matches'} {wrong}")
    return made


_LOADED = loaded()
_BY_ID = {kind.id: kind for kinds in _LOADED.values() for kind in kinds}
_ANY = re.compile("|".join(f"(?P<{kind.id}>{kind.pattern.pattern})" for kind in _BY_ID.values()))
_MAY_BEGIN = frozenset("PpCcMmTtĐđKQNn-–—•*▪●➢+○o(IVXLC0123456789abcdeghiklmnopqrstuvxy")


def beginning(line: str) -> tuple[Beginning, str] | None:
    """With what ``line`` begins, and its label; of several kinds the first in the order units, annexes,
    signature, lists."""
    found = _ANY.match(line) if line[:1] in _MAY_BEGIN else None
    return (_BY_ID[found.lastgroup or ""], found.group().strip()) if found else None
