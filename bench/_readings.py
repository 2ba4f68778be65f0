"""The texts of a drawn world's documents, and what reading them gives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from bench._world import World
from kb.model import Citation, Reading

VERSION = "generated"
"""The reader's version that these readings bear."""
CUES = {
    "based_on": "Căn cứ", "implements": "Thực hiện", "cites": "Theo", "guides": "Hướng dẫn", "amends": "Sửa đổi",
    "replaces": "Thay thế", "repeals": "Bãi bỏ", "disseminates": "Phổ biến",
}  # fmt: skip
"""The word that a citation of each relation begins with."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as a reader hands it on."""

    name: str
    text: str
    format: str
    sha256: str
    pages: tuple[()] = ()
    notices: tuple[()] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: tuple[()] = ()


def reading(made: World, row: int) -> tuple[Source, Reading]:
    """The text of a held document and what reading it gives, each citation in a sentence of its own."""
    mine = made.documents[row]
    lines = [f"{(mine.spread[0] + mine.number).upper()} {mine.title}"]
    at = len(lines[0]) + 1
    found = []
    for n, (target, relation, dated, titled, parent) in enumerate(made.stated[row]):
        cited = made.documents[target]
        before, when, whose, title = cited.spread
        cue = CUES[relation]
        line = f"{cue} {before}{cited.number}{when if dated else ''}{whose}{f' {title}' if titled else ''};"
        start = at + len(cue) + 1 + len(before)
        end = start + len(cited.number)
        found.append(
            Citation(
                start=start,
                end=end,
                kind="number",
                text=cited.number,
                number=cited.number,
                type=cited.type,
                date=cited.date if dated else None,
                body=cited.body,
                province=cited.province,
                unit=cited.unit,
                relation=relation,
                cue=(at, at + len(cue)),
                title=title if titled else None,
                parent=parent,
                sentence=(at, at + len(line)),
                line=n + 2,
                confidence=0.97,
            )
        )
        lines.append(line)
        at += len(line) + 1
    text = "\n".join([*lines, ""])
    name = f"{mine.identity.slug.replace('/', '.')}.txt"
    source = Source(name, text, "txt", hashlib.sha256(text.encode()).hexdigest())
    return source, Reading(mine.own, tuple(found), VERSION)
