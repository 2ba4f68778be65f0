"""The mentions of some keys as the store holds them: what resolution looks at, and what their rows say now.

A law is cited by a third of all texts, and nearly all of those citations are alike: the same series, date and title,
and linked already. Such citations are counted by the database and come as one mention that stands for all of them
(``Mention.weight``), so that one more text costs no look at each of the others. What may be placed by the text it
stands in comes one by one: whatever has no closed series, and everything of the same key in those same texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kb.identity.key import content_scope
from kb.identity.numbering import UNSTATED
from kb.resolution.changes import Held
from kb.resolution.cluster import Mention
from kb.resolution.name_joins import NameOnly
from kb.store.schema import citation, file, register_row

_ALIKE = (
    "key", "series", "date", "title", "target_id", "status", "method", "known_by", "name_key", "name_score",
)  # fmt: skip
"""What citations have in common that come as one mention."""
_AT_ONCE = 5000
LISTED_TEXT = -(1 << 48)
"""Below it are the texts (``Mention.file``) that rows of registers stand for; no file and no pasted text is there."""


@dataclass(slots=True)
class Mentions:
    """Mentions by key, and beside them what their rows say.

    ``before``: by citation what its row says; ``known_by``: by citation how its name was understood; ``names``:
    programmes cited by name only; ``name_keys``: under which those may meet what is cited or held here;
    ``own_before``: by file its document; ``listed_before``: by row of a register its document; ``alike``: the row that
    a mention of several citations has in common.
    """

    by_key: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    before: dict[int, Held] = field(default_factory=dict)
    known_by: dict[int, str] = field(default_factory=dict)
    names: list[NameOnly] = field(default_factory=list)
    name_keys: set[str] = field(default_factory=set)
    own_before: dict[int, int | None] = field(default_factory=dict)
    listed_before: dict[int, int | None] = field(default_factory=dict)
    alike: dict[int, Any] = field(default_factory=dict)

    def document_before(self, mention: Mention) -> int | None:
        """The document that the row behind a mention says it means; None where it says none."""
        if mention.own:
            return self.own_before.get(mention.file)
        if mention.listed:
            return self.listed_before.get(mention.id)
        return self.before[mention.id].target

    def members(self, connection: sa.Connection, mention: Mention) -> list[tuple[int, int]]:
        """The citations that a mention stands for, as (row, file)."""
        if mention.weight == 1:
            return [(mention.id, mention.file)]
        row, c = self.alike[mention.id], citation.c
        same = [c[name].is_not_distinct_from(getattr(row, name)) for name in _ALIKE if name != "key"]
        found = connection.execute(sa.select(c.id, c.file_id).where(c.key == row.key, *same).order_by(c.id))
        return [(id_, file_id) for id_, file_id in found if id_ == mention.id or id_ not in self.before]


def load(connection: sa.Connection, keys: Sequence[str], one_by_one: Collection[int] | None = None) -> Mentions:
    """The mentions of these keys; ``one_by_one``: citations that must not be counted with others, None: all."""
    loaded = Mentions()
    open_texts = _open_texts(keys)
    any_open = connection.execute(open_texts.limit(1)).first() is not None
    rows = connection.execute(_query(keys, one_by_one, open_texts if any_open else None)).all()
    files = _files(connection, sorted({row.file_id for row in rows if row.citations == 1}))
    for row in rows:
        loaded.before[row.id] = Held(row.target_id, row.status, row.method, row.name_score)
        if row.known_by is not None:
            loaded.known_by[row.id] = row.known_by
        if row.name_key is not None and row.number is not None:
            loaded.name_keys.add(row.name_key)
        if row.citations > 1:
            loaded.alike[row.id] = row
            alike = Mention(row.id, False, row.file_id, row.date, row.title, "", None, row.series, weight=row.citations)
            loaded.by_key[row.key].append(alike)
            continue
        text = files[row.file_id]
        scope = content_scope(text.sha256)
        cited = Mention(row.id, False, row.file_id, row.date, row.title, scope, text.date, row.series, row.words)
        loaded.by_key[row.key].append(cited)
        if row.name_key is not None and row.number is None:
            organ, here = row.key.split("/")[2], text.key.partition("/")[0]
            loaded.names.append(NameOnly(row.id, row.file_id, row.name_key, row.title, organ, here, text.date))
    load_headers(connection, keys, loaded)
    load_registers(connection, keys, loaded)
    return loaded


def _open_texts(keys: Sequence[str]) -> sa.CompoundSelect[Any]:
    """The texts, by key, in which something may be placed by what else stands there."""
    c, f = citation.c, file.c
    return sa.union(  # each once: what is joined with it is counted
        sa.select(c.key, c.file_id).where(c.key.in_(keys), _is_open(c.series)),
        sa.select(f.key, f.id).where(f.key.in_(keys), _is_open(f.series)),
    )


def _query(
    keys: Sequence[str], one_by_one: Collection[int] | None, open_texts: sa.CompoundSelect[Any] | None
) -> sa.Select[Any]:
    c = citation.c
    columns = [c[name] for name in _ALIKE]
    words = sa.case((sa.and_(c.date.is_(None), c.title.is_(None), _is_open(c.series)), c.sentence))
    one = {"id": c.id, "file_id": c.file_id, "number": c.number, "words": words}  # words: only where nothing else tells
    firsts = [sa.func.min(column).label(name) for name, column in one.items()]
    query = sa.select(*columns, *firsts, sa.func.count().label("citations"))
    single: sa.ColumnElement[Any] = c.id
    if one_by_one is not None:
        counted = sa.and_(
            c.status == "resolved",
            c.method != "",
            ~_is_open(c.series),
            sa.or_(c.name_key.is_(None), c.number.is_not(None)),
            c.id.not_in(sorted(one_by_one)),
        )
        if open_texts is not None:  # an anti-join: a pair that is not in a list is looked for in all of it
            open_ = open_texts.subquery()
            query = query.outerjoin_from(citation, open_, sa.and_(open_.c.key == c.key, open_.c.file_id == c.file_id))
            counted &= open_.c.file_id.is_(None)
        single = sa.case((counted, 0), else_=c.id)
    return query.where(c.key.in_(keys)).group_by(single, *columns)


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
