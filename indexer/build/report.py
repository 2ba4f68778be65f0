"""What an ingest did: plain data for the command line and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.source_text import Notice
from kb.answers.shapes import ResolveReport


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, with the reason and what to do."""

    name: str
    notice: Notice

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "code": self.notice.code, "vi": self.notice.vi, "en": self.notice.en}


@dataclass(frozen=True, slots=True)
class Warned:
    """A file that was read, but not wholly or not surely."""

    name: str
    notices: tuple[Notice, ...]
    unread_pages: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        notices = [{"code": one.code, "vi": one.vi, "en": one.en} for one in self.notices]
        return {"name": self.name, "notices": notices, "unread_pages": list(self.unread_pages)}


@dataclass(slots=True)
class IngestReport:
    """What a run did. Names are those of files and of members of containers; ``missing`` are files of the ingested
    folders that the base holds and that are gone from the disk; ``removed`` those of them taken out because asked;
    ``registers``: the bundled registers put in, with their rows.

    ``links`` says what changed in the graph; ``indexed`` and ``unindexed`` count documents of the search index;
    ``seconds`` is wall time by stage, ``characters`` the text read.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    registers: dict[str, int] = field(default_factory=dict)
    links: ResolveReport = field(default_factory=ResolveReport)
    indexed: int = 0
    unindexed: int = 0
    characters: int = 0
    citations: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [one.to_json() for one in self.failed],
            "warned": [one.to_json() for one in self.warned],
            "missing": self.missing,
            "removed": self.removed,
            "registers": self.registers,
            "links": self.links.to_json(),
            "indexed": self.indexed,
            "unindexed": self.unindexed,
            "characters": self.characters,
            "citations": self.citations,
            "seconds": {stage: round(took, 3) for stage, took in self.seconds.items()},
        }
