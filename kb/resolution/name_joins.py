"""Programmes cited by name only, and the numbered documents whose titles name the same programme.

A name joins a document of the same issuer family and place, never one of another period
(``kb.identity.programme_names``), and only where exactly one document agrees well enough; what agrees less, or with
several, keeps its candidates. A name whose place no evidence gives joins only a document that the same text cites by
number with that title.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from kb.identity.key import CENTRAL
from kb.identity.numbering import UNKNOWN
from kb.identity.programme_names import JOINED, POSSIBLE, ProgrammeName, alike, name_in
from kb.resolution.cluster import not_after
from kb.store.schema import citation, document, file

BY_TITLE = "programme_title"
"""The method of a link made by the name alone; its score stands beside it."""


@dataclass(frozen=True, slots=True)
class NameOnly:
    """A programme cited without a number: row ``id`` in text ``file``. ``key``: see
    ``programme_names.name_key``; ``organ`` the issuer's slug, ``x`` without one; ``here`` the place of the citing
    document; ``cited_on`` its date."""

    id: int
    file: int
    key: str
    title: str
    organ: str
    here: str
    cited_on: str | None


@dataclass(frozen=True, slots=True)
class Join:
    """What a name means: ``target`` with its ``score``, or ``choice``, the documents it may mean."""

    target: int | None
    method: str
    score: float | None
    choice: tuple[int, ...] = ()


class Witness(NamedTuple):
    """A title under which a numbered document is known in one text. ``key``: see ``programme_names.name_key``."""

    key: str
    document: int
    title: str | None
    organ: str
    anchor: str | None
    file: int


@dataclass(frozen=True, slots=True)
class _Known:
    """The same of all texts that give that title."""

    document: int
    name: ProgrammeName
    organ: str
    anchor: str | None
    files: frozenset[int]


def join_names(connection: sa.Connection, names: Sequence[NameOnly], also: Sequence[Witness] = ()) -> dict[int, Join]:
    """By row id what each name means, by the titles of the base and those ``also`` given; names that agree with no
    document are left out."""
    if not names:
        return {}
    wanted = {key for name in names for key in _keys(name)}
    known = _known(itertools.chain(_witnesses(connection, sorted(wanted)), (one for one in also if one.key in wanted)))
    found = {}
    for name in names:
        join = _join(name, [(key, known[key]) for key in _keys(name) if key in known])
        if join is not None:
            found[name.id] = join
    return found


def _keys(name: NameOnly) -> tuple[str, ...]:
    place, _, meeting = name.key.partition("/|")
    if place != UNKNOWN:
        return (name.key,)
    return tuple(f"{one}/|{meeting}" for one in sorted({name.here, CENTRAL} - {UNKNOWN}))


def _witnesses(connection: sa.Connection, wanted: Sequence[str]) -> Iterator[Witness]:
    c, f, d = citation.c, file.c, document.c
    cited = sa.select(c.name_key, d.id, c.title, d.organ, d.key_date, c.file_id).join(document, d.id == c.target_id)
    held = sa.select(f.name_key, d.id, f.title, d.organ, d.key_date, f.id).join(document, d.id == f.document_id)
    for query in (
        cited.where(c.name_key.in_(wanted), c.number.is_not(None), c.status == "resolved"),
        held.where(f.name_key.in_(wanted)),
    ):
        for row in connection.execute(query):
            yield Witness(*row)


def _known(witnesses: Iterable[Witness]) -> dict[str, list[_Known]]:
    """The titles under which documents are known, by the key under which names meet."""
    texts: dict[tuple[str, int, str | None, str, str | None], set[int]] = defaultdict(set)
    for key, id_, title, organ, anchor, file_id in witnesses:
        texts[(key, id_, title, organ, anchor)].add(file_id)
    found: dict[str, list[_Known]] = defaultdict(list)
    for (key, id_, title, organ, anchor), held_in in texts.items():
        name = name_in(title)
        if name is not None:
            found[key].append(_Known(id_, name, organ, anchor, frozenset(held_in)))
    return found


def _join(name: NameOnly, known: Sequence[tuple[str, Sequence[_Known]]]) -> Join | None:
    mine = name_in(name.title)
    if mine is None:
        return None
    scores, here = _scores(name, mine, known)
    sure = sorted(id_ for id_, score in scores.items() if score >= JOINED)
    chosen = sure if not name.key.startswith(f"{UNKNOWN}/") else []
    if len(here) == 1:
        chosen = sorted(here)
    if len(chosen) == 1:
        return Join(chosen[0], BY_TITLE, scores[chosen[0]])
    if sure:
        return Join(None, "several_titles" if chosen else "province_unknown", None, tuple(sure))
    if scores and not name.key.startswith(f"{UNKNOWN}/"):
        return Join(None, "title_unsure", None, tuple(sorted(scores)))
    return None


def _scores(
    name: NameOnly, mine: ProgrammeName, known: Sequence[tuple[str, Sequence[_Known]]]
) -> tuple[dict[int, float], set[int]]:
    """How far each document's titles agree with a name, and which of those that agree the same text cites by number."""
    scores: dict[int, float] = {}
    here: set[int] = set()
    for key, titles in known:
        place = tuple(key.partition("/")[0].split("-"))
        for one in titles:
            if name.organ not in (UNKNOWN, one.organ) or not not_after(one.anchor, name.cited_on):
                continue
            score = round(alike(mine, one.name, place), 3)
            if score >= POSSIBLE:
                scores[one.document] = max(score, scores.get(one.document, 0.0))
            if score >= JOINED and name.file in one.files:
                here.add(one.document)
    return scores, here
