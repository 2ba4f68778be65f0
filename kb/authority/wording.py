"""Words by which a document tells what it is (``data/header.json``): of its header, heading and signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import load
from kb.authority.fold import fold

FILE = load.DATA / "header.json"
_BLANKS = r"\s{1,4}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One list of words. ``caps``: they count only where they are printed in capitals."""

    id: str
    words: tuple[str, ...]
    note: str
    caps: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    @property
    def alternatives(self) -> str:
        """A pattern for any of the words in folded text, the longest first; without word bounds."""
        forms: set[str] = set()
        for word in self.words:
            plain, *damaged = word.split("|")
            forms.update((re.escape(fold(plain)).replace("\\ ", " "), *damaged))
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        return "(?:" + "|".join(form.replace(" ", _BLANKS) for form in ordered) + ")"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words as whole words in folded text."""
        return re.compile(rf"(?<![a-z]){self.alternatives}(?![a-z])")

    def found_in(self, printed: str) -> bool:
        """Whether one of the words stands in a text as printed."""
        folded = fold(printed)
        hits = self.pattern.finditer(folded)
        return any(not self.caps or printed.upper() == printed or len(folded) != len(printed) for _ in hits)


def _read() -> dict[str, Wording]:
    required = {
        "id": load.word,
        "note": load.word,
        "words": load.examples,
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {"caps": load.flag}
    return {entry["id"]: Wording(**load.frozen(entry)) for entry in load.entries(FILE, required, optional, key="id")}


WORDINGS: dict[str, Wording] = _read()


def alternatives(id: str) -> str:
    """The pattern text for one list of words; raises ``KeyError`` where there is none."""
    return WORDINGS[id].alternatives


def pattern(id: str) -> re.Pattern[str]:
    """The compiled pattern for one list of words, as whole words of folded text; raises ``KeyError``."""
    return WORDINGS[id].pattern
