"""The text of a draft cut at the places of its findings, to be shown with marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kb.checking.report import SEVERITIES, CheckFinding, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft. ``findings`` are indices into the report's findings that stand there, the gravest first;
    none for plain text. ``first`` are those of them that have no place before this one."""

    text: str
    findings: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    severity: str | None = None


def pieces(text: str, report: Report) -> Iterator[Piece]:
    """The whole text in order, cut wherever a finding that counts begins or ends."""
    spans = [
        (place.start, place.end, number)
        for number, finding in enumerate(report.findings)
        if finding.silenced is None
        for place in finding.places
    ]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    spans.sort()
    met: set[int] = set()
    begun = 0
    running: list[tuple[int, int]] = []  # (end, number of the finding)
    for start, end in pairwise(edges):
        while begun < len(spans) and spans[begun][0] <= start:
            running.append((spans[begun][1], spans[begun][2]))
            begun += 1
        running = [one for one in running if one[0] > start]
        here = sorted({number for _, number in running}, key=lambda number: _rank(report.findings[number], number))
        first = tuple(number for number in here if number not in met)
        met.update(here)
        yield Piece(text[start:end], tuple(here), first, report.findings[here[0]].severity if here else None)


def _rank(finding: CheckFinding, number: int) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), number
