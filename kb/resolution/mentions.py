"""The mentions of some keys as the store holds them: what resolution looks at, and what their rows say now.

A law is cited by a third of all texts, and nearly all of those citations are alike: the same series, date and title,
and linked already. Such citations are counted by the database (``kb.store.alike``) and come as one mention that stands
for all of them (``Mention.weight``), so that one more text costs no look at each of the others. What may be placed by
the text it stands in comes one by one: whatever has no closed series, and everything of the same key in those same
texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from kb.identity.key import content_scope
from kb.identity.numbering import UNSTATED
from kb.resolution.changes import Held
from kb.resolution.cluster import Mention
from kb.resolution.name_joins import NameOnly
from kb.store import alike
from kb.store.alike import Alike
from kb.store.schema import LOOSE, citation, document, file, register_row

_ALIKE = (
    "key", "series", "date", "title", "target_id", "status", "method", "known_by", "name_key", "name_score",
)  # fmt: skip
"""What citations have in common that come as one mention."""
_in_common = attrgetter(*_ALIKE)
_AT_ONCE = 5000
LISTED_TEXT = -(1 << 48)
"""Below it are the texts (``Mention.file``) that rows of registers stand for; no file and no pasted text is there."""
_GROUP = -(1 << 40)
"""From here down to ``LISTED_TEXT`` are ids and texts of mentions that stand for citations alike."""


@dataclass(slots=True)
class Mentions:
    """Mentions by key, and beside them what their rows say.

    ``before``: by citation what its row says; ``known_by``: by citation how its name was understood; ``names``:
    programmes cited by name only; ``name_keys``: under which those may meet what is cited or held here;
    ``own_before``: by file its document; ``listed_before``: by row of a register its document; ``alike``: what the
    citations have in common for which a mention stands.
    """

    by_key: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    before: dict[int, Held] = field(default_factory=dict)
    known_by: dict[int, str] = field(default_factory=dict)
    names: list[NameOnly] = field(default_factory=list)
    name_keys: set[str] = field(default_factory=set)
    own_before: dict[int, int | None] = field(default_factory=dict)
    listed_before: dict[int, int | None] = field(default_factory=dict)
    alike: dict[int, Alike] = field(default_factory=dict)

    def document_before(self, mention: Mention) -> int | None:
        """The document that the row behind a mention says it means; None where it says none."""
        if mention.own:
            return self.own_before.get(mention.file)
        if mention.listed:
            return self.listed_before.get(mention.id)
        return self.before[mention.id].target

    def members(self, connection: sa.Connection, mention: Mention) -> list[tuple[int, int]]:
        """The citations that a mention stands for, as (row, file)."""
        if mention.id not in self.alike:
            return [(mention.id, mention.file)]
        row, c = self.alike[mention.id], citation.c
        same = [c[name].is_not_distinct_from(getattr(row, name)) for name in _ALIKE if name != "key"]
        found = connection.execute(
            sa.select(c.id, c.file_id).where(c.key == row.key, c.kind != "back_reference", *same).order_by(c.id)
        )
        return [(id_, file_id) for id_, file_id in found if id_ not in self.before]


def load(connection: sa.Connection, keys: Sequence[str], one_by_one: Collection[int] | None = None) -> Mentions:
    """The mentions of these keys; ``one_by_one``: citations that must not be counted with others, None: all."""
    loaded = Mentions()
    c = citation.c
    of_keys = c.key.in_(keys)
    if one_by_one is None:
        _take(connection, loaded, connection.execute(_one_by_one(of_keys)).all())
    else:
        loose = connection.execute(_one_by_one(sa.and_(of_keys, LOOSE))).all()
        closed = _closed(connection, keys, one_by_one)
        _take(connection, loaded, [*loose, *closed])
        _take_alike(connection, loaded, keys, closed)
    load_headers(connection, keys, loaded)
    load_registers(connection, keys, loaded)
    return loaded


def _one_by_one(chosen: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The rows of chosen citations, each by itself; ``words``: of those that nothing else tells."""
    c = citation.c
    words = sa.case((sa.and_(c.date.is_(None), c.title.is_(None), _is_open(c.series)), c.sentence)).label("words")
    return sa.select(c.id, c.file_id, c.number, words, *(c[name] for name in _ALIKE)).where(chosen).order_by(c.id)


def _closed(connection: sa.Connection, keys: Sequence[str], one_by_one: Collection[int]) -> list[Any]:
    """Citations that would be counted with others but that their text may place, or that must come by themselves."""
    c, f = citation.c, file.c
    open_texts = sa.union(
        sa.select(c.key, c.file_id).where(c.key.in_(keys), LOOSE, _is_open(c.series)),
        sa.select(f.key, f.id).where(f.key.in_(keys), _is_open(f.series)),
    )
    together = {tuple(row) for row in connection.execute(open_texts)}
    counted = _one_by_one(sa.and_(c.key.in_(keys), ~LOOSE))
    here = _portions(connection, counted, c.file_id, sorted({file_id for _, file_id in together}))
    found = {row.id: row for row in here if (row.key, row.file_id) in together}
    found |= {row.id: row for row in _portions(connection, counted, c.id, sorted(one_by_one))}
    return [found[id_] for id_ in sorted(found)]


def _take(connection: sa.Connection, loaded: Mentions, rows: Sequence[Any]) -> None:
    """Add citations one by one."""
    files = _files(connection, sorted({row.file_id for row in rows}))
    for row in rows:
        _note_row(loaded, row.id, row)
        text = files[row.file_id]
        scope = content_scope(text.sha256)
        cited = Mention(row.id, False, row.file_id, row.date, row.title, scope, text.date, row.series, row.words)
        loaded.by_key[row.key].append(cited)
        if row.name_key is not None and row.number is None:
            organ, here = row.key.split("/")[2], text.key.partition("/")[0]
            loaded.names.append(NameOnly(row.id, row.file_id, row.name_key, row.title, organ, here, text.date))


def _note_row(loaded: Mentions, id_: int, row: Any) -> None:
    """Note what the row behind a mention says now."""
    loaded.before[id_] = Held(row.target_id, row.status, row.method, row.name_score)
    if row.known_by is not None:
        loaded.known_by[id_] = row.known_by
    if row.name_key is not None and row.number is not None:
        loaded.name_keys.add(row.name_key)


def _take_alike(connection: sa.Connection, loaded: Mentions, keys: Sequence[str], closed: Sequence[Any]) -> None:
    """Add the citations of these keys that are counted, but for those that came one by one (``closed``).

    Each means a document of its own key: what a correction gave to another is loose.
    """
    wanted = set(keys)
    ids = connection.execute(sa.select(document.c.id).where(document.c.key.in_(keys)).order_by(document.c.id)).scalars()
    counts: Counter[tuple[Any, ...]] = Counter()
    said: dict[tuple[Any, ...], Alike] = {}
    for row in alike.of_documents(connection, ids.all()):
        if row.key in wanted and not _is_loose(row):
            counts[_in_common(row)] += row.rows
            said.setdefault(_in_common(row), row)
    counts.subtract(_in_common(row) for row in closed)
    for n, (common, weight) in enumerate(counts.items()):
        if weight > 0:
            row, id_ = said[common], _GROUP - n
            _note_row(loaded, id_, row)
            loaded.alike[id_] = row
            together = Mention(id_, False, id_, row.date, row.title, "", None, row.series, weight=weight)
            loaded.by_key[common[0]].append(together)


def _is_loose(row: Alike) -> bool:
    """What ``schema.LOOSE`` says of a linked citation."""
    by_itself = row.status != "resolved" or row.method in ("", "correction") or is_open_series(row.series)
    return by_itself or (row.name_key is not None and row.number is None)


def is_open_series(series: str | None) -> bool:
    """Whether mentions of a series (``Identity.series``) may be placed by what else stands in their text."""
    return series is None or series.endswith(UNSTATED)


def _is_open(series: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """The same of the series in a row."""
    return sa.or_(series.is_(None), series.endswith(UNSTATED))


def _files(connection: sa.Connection, ids: Sequence[int]) -> dict[int, Any]:
    f = file.c
    return {row.id: row for row in _portions(connection, sa.select(f.id, f.key, f.sha256, f.date), f.id, ids)}


def _portions(
    connection: sa.Connection, query: sa.Select[Any], column: sa.Column[int], ids: Sequence[int]
) -> Iterator[Any]:
    for at in range(0, len(ids), _AT_ONCE):
        yield from connection.execute(query.where(column.in_(ids[at : at + _AT_ONCE])))


def load_headers(connection: sa.Connection, keys: Sequence[str], loaded: Mentions) -> None:
    """Add what the headers of held texts say of these keys."""
    f = file.c
    headers = connection.execute(
        sa.select(f.id, f.key, f.date, f.title, f.series, f.sha256, f.document_id, f.name_key).where(f.key.in_(keys))
    )
    for head in headers:
        if head.name_key is not None:
            loaded.name_keys.add(head.name_key)
        scope = content_scope(head.sha256)
        own = Mention(head.id, True, head.id, head.date, head.title, scope, head.date, head.series)
        loaded.by_key[head.key].append(own)
        loaded.own_before[head.id] = head.document_id


def load_registers(connection: sa.Connection, keys: Sequence[str], loaded: Mentions) -> None:
    """Add what registers say of these keys; each row is a text of its own."""
    r = register_row.c
    rows = connection.execute(
        sa.select(r.id, r.key, r.date, r.title, r.series, r.scope, r.document_id).where(r.key.in_(keys))
    )
    for row in rows:
        text = LISTED_TEXT - row.id
        listed = Mention(row.id, False, text, row.date, row.title, row.scope, None, row.series, listed=True)
        loaded.by_key[row.key].append(listed)
        loaded.listed_before[row.id] = row.document_id
