"""What the rows said before a run of the resolution, and what the run did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Changes:
    """What a run did, collected for the report."""

    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    relinked: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What a document's row says now."""

    id: int
    anchor: str | None
    series: str | None
    held: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a citation's row says now."""

    target: int | None
    status: str
    method: str
    score: float | None = None
