"""Reviewed corrections in a base: listing, adding, removing, applying a file of them, and what each changed.

The corrections of a base in a folder lie in ``corrections.tsv`` beside the database, so that they can be kept under
version control; the database holds the same list, for bases without a folder and for re-reading.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import sqlalchemy as sa

from kb.answers.shapes import Answer, ResolveReport
from kb.authority.relations import RELATIONS
from kb.errors import CorrectionError
from kb.resolution.resolve import resolve
from kb.store.corrections import SETTLED, Correction, check, overlay, parse_tsv, to_tsv
from kb.store.schema import citation, correction, dirty_key, document, file
from kb.store.sql import insert_missing, touch
from kb.store.store import Store
from kb.store.stored import stored_reading, stored_source
from kb.store.write import corrections_for, forget_file, write_file
from messages import Message

FILE = "corrections.tsv"
_VOCABULARY = tuple(relation.id for relation in RELATIONS)


@dataclass(frozen=True, slots=True)
class Missed(Answer):
    """A correction that changed nothing, and why."""

    correction: dict[str, str]
    vi: str
    en: str

    def text(self, lang: str = "vi") -> str:
        """Why, in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True)
class CorrectionReport(Answer):
    """``corrections``: how many there are now; ``files``: texts looked at anew; ``citations``: citations that differ
    from what was read; ``missed``: corrections without effect; ``links``: what changed in the graph."""

    corrections: int
    files: int
    citations: int
    missed: tuple[Missed, ...]
    links: ResolveReport


def listed(store: Store) -> tuple[Correction, ...]:
    """The corrections of a base, in the order in which they were made."""
    names = [item.name for item in fields(Correction)]
    with store.reading() as connection:
        rows = connection.execute(sa.select(*(correction.c[name] for name in names)).order_by(correction.c.id))
        return tuple(Correction(*row) for row in rows)


def add(store: Store, one: Correction) -> CorrectionReport:
    """Add a correction and bring the base up to date. Raises ``CorrectionError`` where it cannot be understood."""
    return replace_all(store, [*listed(store), check(one, _VOCABULARY)])


def remove(store: Store, number: int) -> CorrectionReport:
    """Take the ``number``-th correction (from 1) out. Raises ``CorrectionError`` where there is none."""
    known = list(listed(store))
    if not 1 <= number <= len(known):
        raise CorrectionError(Message("kb.corrections.no_such_number", number=number, known=len(known)))
    del known[number - 1]
    return replace_all(store, known)


def apply(store: Store, path: Path | None = None) -> CorrectionReport:
    """Make the corrections of a TSV (by default the base's own ``corrections.tsv``) those of the base.

    Raises ``CorrectionError`` with the line of the first that is wrong, or where there is no such file.
    """
    source = path or (store.folder / FILE if store.folder else None)
    if source is None:
        raise CorrectionError(Message("kb.corrections.no_folder"))
    try:
        text = source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(
            Message("kb.corrections.cannot_read", source=source, reason=type(error).__name__)
        ) from error
    return replace_all(store, parse_tsv(text, _VOCABULARY))


def replace_all(store: Store, wanted: Sequence[Correction]) -> CorrectionReport:
    """Make ``wanted`` the corrections of the base: texts they speak of are laid out anew, links brought up to date."""
    before = listed(store)
    changed = {one for one in (*before, *wanted) if (one in before) != (one in wanted)}
    files = sorted({one.place[0] for one in changed if one.kind not in ("merge", *SETTLED)})
    with store.writing() as connection:
        connection.execute(correction.delete())
        if wanted:
            connection.execute(correction.insert(), [one.to_json() for one in wanted])
        looked_at = sum(_lay_out_anew(connection, name) for name in files)
        look_again_at(connection, changed)
        touch(connection)
    if store.folder is not None:
        partial = store.folder / (FILE + ".part")
        partial.write_text(to_tsv(wanted), "utf-8")
        os.replace(partial, store.folder / FILE)
    links = resolve(store)
    with store.reading() as connection:
        differing = connection.execute(
            sa.select(sa.func.count())
            .select_from(citation)
            .where(sa.or_(citation.c.original.is_not(None), citation.c.method == "correction"))
        ).scalar()
        missed = tuple(found for one in wanted if (found := _missed(connection, one)) is not None)
    return CorrectionReport(len(wanted), looked_at, differing or 0, missed, links)


def _lay_out_anew(connection: sa.Connection, name: str) -> int:
    """Write a file's rows again from its reading and the corrections that now hold; 0 where it is not in the base."""
    file_id = connection.execute(sa.select(file.c.id).where(file.c.name == name)).scalar()
    if file_id is None:
        return 0
    source, hints = stored_source(connection, file_id)
    reading = stored_reading(connection, file_id)
    forget_file(connection, file_id)
    write_file(connection, source, reading, hints, corrections_for(connection, name))
    return 1


def look_again_at(connection: sa.Connection, corrections: Iterable[Correction]) -> None:
    """Have every key looked at again on which these merges and splits bear, or bore before."""
    slugs = {slug for one in corrections if one.kind == "merge" for slug in (one.subject, one.value)}
    places = {one.place for one in corrections if one.kind == "split"}
    c = citation.c
    keys: set[str | None] = set()
    if slugs:
        keys.update(connection.execute(sa.select(document.c.key).where(document.c.slug.in_(slugs))).scalars())
        keys.update(connection.execute(sa.select(c.key).where(c.method == "correction").distinct()).scalars())
    for name, offset in places:
        there = sa.select(c.key).join(file, file.c.id == c.file_id).where(file.c.name == name, c.start == offset)
        keys.update(connection.execute(there).scalars())
    insert_missing(connection, dirty_key, [{"key": key} for key in sorted(key for key in keys if key)])


def _missed(connection: sa.Connection, one: Correction) -> Missed | None:
    """Why a correction has no effect; None where it has one."""
    name, offset = one.place
    if one.kind in ("merge", "split"):
        there = connection.execute(sa.select(document.c.id).where(document.c.slug == one.value)).scalar()
        if there is None:
            return _miss(one, Message("kb.corrections.missed.document", id=one.value))
        if one.kind == "merge":
            return None
    if one.kind in SETTLED and (
        connection.execute(sa.select(document.c.id).where(document.c.slug == one.subject)).scalar() is not None
    ):
        return None
    file_id = connection.execute(sa.select(file.c.id).where(file.c.name == name)).scalar()
    if file_id is None:
        return _miss(one, Message("kb.corrections.missed.file", name=name))
    if offset is None or one.kind in SETTLED:
        return None
    if overlay(name, stored_reading(connection, file_id), (one,)).missed or (
        one.kind == "split"
        and connection.execute(
            sa.select(citation.c.id).where(citation.c.file_id == file_id, citation.c.start == offset)
        ).scalar()
        is None
    ):
        return _miss(one, Message("kb.corrections.missed.citation", offset=offset, name=name))
    return None


def _miss(one: Correction, why: Message) -> Missed:
    return Missed(one.to_json(), why.vi, why.en)
