"""How pages of legal portals head the documents to which theirs is tied (``data/portal_heads.json``): "Văn bản bị thay
thế", "Bị bãi bỏ bởi"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import load
from kb.authority.fold import fold
from kb.authority.relations import RELATIONS

FILE = load.DATA / "portal_heads.json"
WAYS = ("on", "by", "by_age")

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PortalHead:
    """What a head says of the documents below it. ``way``: ``on`` (this document acts upon them), ``by`` (they act upon
    it), ``by_age`` (only their age tells)."""

    id: str
    relation: str
    way: str
    heads: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _read() -> tuple[PortalHead, ...]:
    required = {
        "id": load.word,
        "relation": load.one_of(*(relation.id for relation in RELATIONS)),
        "way": load.one_of(*WAYS),
        "heads": load.words,
        "match": load.examples,
        "no_match": load.examples,
    }
    return tuple(PortalHead(**load.frozen(entry)) for entry in load.entries(FILE, required, {}, key="id"))


HEADS: tuple[PortalHead, ...] = _read()


def _key(words: str) -> str:
    return _MARKS.sub(" ", fold(words)).strip()


_BY_WORDS = {_key(words): head for head in HEADS for words in head.heads}
FIRST_WORDS: tuple[str, ...] = tuple(sorted({words.split()[0] for head in HEADS for words in head.heads}))
"""With which of them, as printed in small letters, a head begins."""
LONGEST: int = max(map(len, _BY_WORDS))
"""Letters of the longest head."""


def head(words: str) -> PortalHead | None:
    """What a line or label says that consists of these words and nothing else."""
    return _BY_WORDS.get(_key(words))
