"""What of a held text is shown otherwise than it is printed: damaged words as they should read, with the printed ones
kept beside them, and the words that a reader looks for, marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.answers.shapes import HeldText
from kb.reading.repair.repaired_text import repaired_text
from kb.reading.text.text_forms import fold

_SAMPLE = 4000
"""Code points from which it is told how damaged a text is."""
MOST_FOUND = 60
"""Places that one search within a text lists."""
_AROUND = 70
"""Code points of a quotation on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Change:
    """``text[start:end]`` is shown as ``after``, the printed words beside it; where ``after`` is None it is marked as
    found."""

    start: int
    end: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the words looked for: offset, line from 1, and the words around it in three pieces."""

    offset: int
    line: int
    before: str
    words: str
    behind: str


@dataclass(frozen=True, slots=True)
class FoundWords:
    """What a search within a text found: the first places, ``total`` of them in all; ``spans`` are all of them."""

    query: str
    total: int
    places: tuple[Place, ...]
    spans: tuple[tuple[int, int], ...]


def damage(text: str) -> float:
    """The share of repaired words among the code points of a text, told by its beginning."""
    sample = text[:_SAMPLE]
    return len(repairs(sample, 0, len(sample))) / max(1, len(sample))


def repairs(text: str, start: int, end: int) -> list[Change]:
    """The damaged words of ``text[start:end]`` and how they should read; words side by side together."""
    found: list[Change] = []
    for edit in repaired_text(text[start:end]).edits:
        if not edit.after or edit.before == edit.after:
            continue
        begin, stop = start + edit.start, start + edit.end
        if found and text[found[-1].end : begin] in ("", " "):
            last = found.pop()
            joined = f"{last.after}{text[last.end : begin]}{edit.after}"
            found.append(Change(last.start, stop, joined))
        else:
            found.append(Change(begin, stop, edit.after))
    return found


def find(held: HeldText, query: str) -> FoundWords:
    """Where the words of ``query`` stand one behind the other, whatever the case and the breaks of lines; without
    regard to diacritics where it has none."""
    plain = fold(query) == query.lower()
    text = fold(held.text) if plain else held.text.lower()
    pattern = r"\s+".join(re.escape(word) for word in (fold(query) if plain else query.lower()).split())
    # letters whose lower case is longer would move what stands behind them: such a text is asked as it is folded
    if len(text) != len(held.text):
        text = fold(held.text)
        pattern = r"\s+".join(re.escape(word) for word in fold(query).split())
    spans = tuple(match.span() for match in re.finditer(pattern, text)) if pattern else ()
    return FoundWords(query, len(spans), tuple(_place(held.text, *span) for span in spans[:MOST_FOUND]), spans)


def _place(text: str, start: int, end: int) -> Place:
    def plain(words: str) -> str:
        return " ".join(words.replace("*", "").split())

    before = text[max(0, start - _AROUND) : start]
    behind = text[end : end + _AROUND]
    if start > _AROUND:
        before = "… " + before.split(" ", 1)[-1]
    if end + _AROUND < len(text):
        behind = behind.rsplit(" ", 1)[0] + " …"
    spaced = before.endswith((" ", "\n"))
    return Place(
        start,
        text.count("\n", 0, start) + 1,
        plain(before) + (" " if spaced else ""),
        plain(text[start:end]),
        (" " if behind[:1].isspace() else "") + plain(behind),
    )


def laid_over(changes: Iterable[Change], spans: Sequence[tuple[int, int]]) -> list[Change]:
    """What was found as marks, and the repairs that touch none of them; in order."""
    marks = [Change(start, end, None) for start, end in spans]
    kept = [one for one in changes if not any(one.start < end and start < one.end for start, end in spans)]
    return sorted([*marks, *kept], key=lambda one: one.start)
