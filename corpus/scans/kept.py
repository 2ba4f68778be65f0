"""Recognised pages kept on the disk until all pages of their file are: a run that was cut short goes on from there."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from corpus.blocks import Block
from corpus.layout.lines import Lines, Mark
from corpus.layout.words_to_lines import Word
from corpus.scans import recogniser
from corpus.scans.coverage import Uncovered
from corpus.scans.ocr import Placed, Seen

_VERSION = 9  # of what recognition gives; raised where it changes


class KeptPages:
    """The recognised pages of one file, in a file of JSON lines; ``folder`` "" keeps nothing."""

    def __init__(self, folder: str, sha256: str) -> None:
        self._path = Path(folder) / f"{sha256}.jsonl" if folder else None
        self._lock = threading.Lock()
        self._key = [_VERSION, recogniser.available()]
        self._known = self._read()

    def _read(self) -> dict[str, Seen]:
        if self._path is None or not self._path.exists():
            return {}
        known = {}
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                said = json.loads(line)
            except ValueError:  # the last line of a run that was killed
                continue
            if said["key"] == self._key:
                known[said["page"]] = _seen(said)
        return known

    def get(self, page: str) -> Seen | None:
        """What was recognised on a page before."""
        return self._known.get(page)

    def put(self, page: str, seen: Seen) -> None:
        """Keep what was recognised on a page."""
        if self._path is None:
            return
        line = json.dumps({"page": page, "key": self._key, **_told(seen)}, ensure_ascii=False)
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    def drop(self) -> None:
        """All pages are read: nothing is kept any longer."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def _told(seen: Seen) -> dict[str, Any]:
    return {
        "texts": seen.lines.texts,
        "marks": [[mark.block.to_json(), mark.start, mark.end] for mark in seen.lines.marks],
        "confidence": seen.confidence,
        "blanked": seen.blanked,
        "disputed": seen.disputed,
        "is_empty": seen.is_empty,
        "stamps": seen.stamps,
        "uncovered": [[one.share, one.box] for one in seen.uncovered],
        "placed": [[[_word(word) for word in one.words], one.box, one.quarters] for one in seen.placed],
        "words": [_word(word) for word in seen.words],
        "is_layer": seen.is_layer,
        "suggested": seen.suggested,
    }


def _word(word: Word) -> list[Any]:
    return [word.text, word.x0, word.y0, word.x1, word.y1, word.confidence, word.sure, word.readings]


def _seen(said: dict[str, Any]) -> Seen:
    lines = Lines(said["texts"])
    lines.marks = [Mark(Block.from_json(block), (a, b), (c, d)) for block, (a, b), (c, d) in said["marks"]]
    placed = [
        Placed(_words(words), (box[0], box[1], box[2], box[3]), quarters) for words, box, quarters in said["placed"]
    ]
    return Seen(
        lines,
        said["confidence"],
        tuple(said["blanked"]),
        tuple(said["disputed"]),
        said["is_empty"],
        tuple(said["stamps"]),
        tuple(Uncovered(share, (box[0], box[1], box[2], box[3])) for share, box in said["uncovered"]),
        tuple(placed),
        _words(said["words"]),
        said["is_layer"],
        tuple((name, digits) for name, digits in said["suggested"]),
    )


def _words(said: list[list[Any]]) -> tuple[Word, ...]:
    return tuple(
        Word(text, x0, y0, x1, y1, confidence, sure, tuple(readings))
        for text, x0, y0, x1, y1, confidence, sure, readings in said
    )
