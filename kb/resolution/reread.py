"""Reading all held texts anew with the reader of today, and what that changed in each document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from kb.answers.shapes import Answer, ResolveReport
from kb.model import Citation, Hints, Reading
from kb.reading import READER_VERSION, read
from kb.resolution.resolve import resolve
from kb.store.schema import file
from kb.store.store import Store
from kb.store.stored import stored_reading, stored_source

Reader = Callable[[str, Hints], Reading]
_COMPARED = tuple(
    name for name in Citation._fields if name not in ("sentence", "cue", "confidence", "line", "page", "notes")
)


@dataclass(frozen=True, slots=True)
class Difference(Answer):
    """One citation that a new reading sees otherwise. ``change``: gained | lost | changed; ``before``/``after`` hold
    the fields that differ."""

    change: str
    start: int
    line: int
    raw: str
    before: dict[str, object]
    after: dict[str, object]


@dataclass(frozen=True, slots=True)
class RereadFile(Answer):
    """What a new reading changed in one file; ``header`` tells whether its own header is read otherwise."""

    name: str
    gained: int
    lost: int
    changed: int
    header: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class RereadReport(Answer):
    """``files`` lists only those that changed; ``read`` counts all that were read anew."""

    read: int
    gained: int
    lost: int
    changed: int
    files: tuple[RereadFile, ...]
    links: ResolveReport


def reread(
    store: Store,
    *,
    reader: Reader = read,
    version: str = READER_VERSION,
    every: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> RereadReport:
    """Read anew every held text that another version read (with ``every`` all), one transaction each.

    Corrections are laid over the new readings. A run that is killed is gone on with by the next one.
    """
    query = sa.select(file.c.id).order_by(file.c.name)
    if not every:
        query = query.where(file.c.reader_version != version)
    with store.reading() as connection:
        ids = connection.execute(query).scalars().all()
    found: list[RereadFile] = []
    for done, file_id in enumerate(ids, 1):
        with store.reading() as connection:
            source, hints = stored_source(connection, file_id)
            before = stored_reading(connection, file_id)
        after = reader(source.text, hints)
        compared = compare(source.name, before, after)
        store.put(source, after, hints, force=True)
        if compared.differences or compared.header:
            found.append(compared)
        if progress:
            progress("reread", done, len(ids))
    links = resolve(store, progress)
    return RereadReport(
        read=len(ids),
        gained=sum(one.gained for one in found),
        lost=sum(one.lost for one in found),
        changed=sum(one.changed for one in found),
        files=tuple(found),
        links=links,
    )


def compare(name: str, before: Reading, after: Reading) -> RereadFile:
    """What differs between two readings of one text; citations are paired by their span."""
    old = {(one.start, one.end): one for one in before.citations}
    new = {(one.start, one.end): one for one in after.citations}
    differences: list[Difference] = []
    for span in sorted({*old, *new}):
        one, other = old.get(span), new.get(span)
        if one is not None and other is not None:
            differences.extend(_changed(one, other))
        elif other is not None:
            differences.append(Difference("gained", span[0], other.line, other.text, {}, _named(other)))
        elif one is not None:
            differences.append(Difference("lost", span[0], one.line, one.text, _named(one), {}))
    counts = {change: sum(d.change == change for d in differences) for change in ("gained", "lost", "changed")}
    return RereadFile(name, **counts, header=before.own != after.own, differences=tuple(differences))


def _changed(before: Citation, after: Citation) -> Iterator[Difference]:
    """The fields in which two readings of one citation differ, if any do."""
    names = [name for name in _COMPARED if getattr(before, name) != getattr(after, name)]
    if names:
        was, is_now = ({name: _plain(getattr(one, name)) for name in names} for one in (before, after))
        yield Difference("changed", after.start, after.line, after.text, was, is_now)


def _named(citation: Citation) -> dict[str, object]:
    return {"number": citation.number, "date": citation.date, "relation": citation.relation}


def _plain(value: object) -> object:
    return [item.to_json() for item in value] if isinstance(value, tuple) else value
