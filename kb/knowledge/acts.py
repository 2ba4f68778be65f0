"""What has happened to documents: the acts upon them that texts, registers and the law table tell, with their days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from kb.authority import issuers, laws
from kb.authority.fold import begins
from kb.authority.relations import ACTS, STOPS
from kb.identity.key import identify_law, identify_number, law_of
from kb.knowledge.guards import can_act_on, facts
from kb.knowledge.known import known
from kb.knowledge.log import note
from kb.knowledge.registers.ask import rows_about_all
from kb.knowledge.registers.row import RegisterRow
from kb.knowledge.statements import LAW_TABLE, OWN, REGISTER, Known, Source, citing_source
from kb.knowledge.validity import Act, Said, Validity, dump, load
from kb.reading.numbers.parse_number import parse_number
from kb.store.schema import citation, document, file

_LAW_TABLE = Source(LAW_TABLE)


def validities(connection: sa.Connection, ids: Sequence[int]) -> dict[int, Validity]:
    """What bears on the status of each of these documents (rows of the table ``document``)."""
    targets = facts(connection, ids)
    registered = rows_about_all(connection, ids)
    told = _told_upon(connection, targets)
    by_registers = _of_registers(connection, targets, registered)
    about = known(connection, ids)
    found = {}
    for id_, row in targets.items():
        acts = [*told.get(id_, ()), *by_registers.get(id_, ()), *_of_law(row.slug)]
        found[id_] = Validity(
            tuple(sorted(_once(acts), key=lambda act: (act.since or "9", act.by, act.relation))),
            _day(about[id_], "effect_from"),
            _day(about[id_], "effect_to"),
            tuple(_statuses(registered.get(id_, ()))),
        )
    return found


def _day(about: Known, field: str) -> Said | None:
    known_of = about.get(field)
    return Said(known_of.winner.value, known_of.winner.source) if known_of else None


def _statuses(rows: Sequence[RegisterRow]) -> Iterator[Said]:
    for row in rows:
        if row.status:
            yield Said(row.status, Source(REGISTER, name=row.register, as_of=row.as_of))


def _once(acts: Sequence[Act]) -> list[Act]:
    """One act of each document and kind, by the best source; what one tells of the whole includes its parts. The day
    of an act is taken from whoever knows it."""
    best: dict[tuple[str, str], Act] = {}
    for act in acts:
        key = (act.by_number or act.by, act.relation)
        other = best.get(key)
        if other is None:
            best[key] = act
            continue
        whole = act if act.whole and not other.whole else other
        best[key] = whole if whole.day or whole.whole is not act.whole else _dated(whole, act.day or other.day)
    return list(best.values())


def _dated(act: Act, day: str | None) -> Act:
    return Act(act.relation, act.whole, act.by, act.by_number, act.signed, day, act.source, act.until)


def is_whole() -> sa.ColumnElement[bool]:
    """Whether a citation's act is upon the whole document; where reading did not tell (a relation put right by a
    reviewer), one that ends a document without naming a part of it is."""
    unsaid = sa.and_(citation.c.relation.in_(STOPS), citation.c.pinpoint.is_(None))
    return sa.func.coalesce(citation.c.whole, unsaid)


def _told_upon(connection: sa.Connection, targets: dict[int, Any]) -> dict[int, list[Act]]:
    """The acts that held texts tell of upon these documents (``guards.facts``): one for each acting document, kind of
    act and day."""
    c = citation.c
    whole = is_whole().label("whole")
    itself = sa.case((sa.and_(file.c.document_id == c.source_id, c.parent.is_(None)), 1), else_=0)
    grouped = (c.dest_id, c.source_id, c.relation, whole, c.effect_from, c.effect_to)
    rows = connection.execute(
        sa.select(*grouped, sa.func.count(sa.distinct(c.file_id)).label("texts"), sa.func.max(itself).label("itself"))
        .join(file, file.c.id == c.file_id)
        .where(c.dest_id.in_(sorted(targets)), c.source_id.is_not(None), c.relation.in_(ACTS))
        .group_by(*grouped)
        .order_by(c.dest_id, c.source_id, c.relation, whole, *(sa.func.coalesce(day, "") for day in grouped[-2:]))
    ).all()
    actors = facts(connection, {row.source_id for row in rows})
    begin = known(connection, actors)
    found: dict[int, list[Act]] = defaultdict(list)
    for row in rows:
        actor = actors[row.source_id]
        if not can_act_on(actor, targets[row.dest_id]):
            continue
        source = Source(OWN) if row.itself else citing_source(row.texts)
        day = row.effect_from or begin[row.source_id].value("effect_from")
        name = actor.number or actor.title
        act = Act(row.relation, bool(row.whole), actor.slug, name, actor.date, day, source, row.effect_to)
        found[row.dest_id].append(act)
    return found


def _of_law(slug: str) -> Iterator[Act]:
    """What the law table says happened to a law."""
    law = law_of(slug)
    if law is None:
        return
    for newer in laws.replaced_by(law):
        by = identify_law(newer).slug
        yield Act("replaces", True, by, newer.number or newer.name, newer.date, newer.begins, _LAW_TABLE)
    for number in law.amended_by:
        started = laws.started(number)
        yield Act("amends", False, _slug(number, None), number, None, begins(started) if started else None, _LAW_TABLE)


def _of_registers(
    connection: sa.Connection, targets: dict[int, Any], registered: dict[int, tuple[RegisterRow, ...]]
) -> dict[int, list[Act]]:
    """What registers say replaced or amended these documents. They tell no day: it is that of the acting document, as
    far as that is known here, or the last day in force that the register gives."""
    told = [
        (id_, row, relation, number, _slug(number, targets[id_]))
        for id_, rows in registered.items()
        for row in rows
        for relation, numbers in (("replaces", row.replaced_by), ("amends", row.amended_by))
        for number in numbers
    ]
    slugs = {slug for *_, slug in told}
    actors = {row.slug: row for row in connection.execute(sa.select(document).where(document.c.slug.in_(slugs)))}
    begin = known(connection, [row.id for row in actors.values()])
    found: dict[int, list[Act]] = defaultdict(list)
    for id_, row, relation, number, slug in told:
        actor = actors.get(slug)
        day = begin[actor.id].value("effect_from") if actor is not None else None
        if relation == "replaces":
            day = day or _following(row.effect_to)
        source = Source(REGISTER, name=row.register, as_of=row.as_of)
        signed = actor.date if actor is not None else None
        found[id_].append(Act(relation, relation == "replaces", slug, number, signed, day, source))
    return found


def _following(day: str | None) -> str | None:
    """The day after a full date."""
    if day is None or len(day) < 10:
        return None
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def _slug(number: str, target: Any) -> str:
    """Id of the document that a register or the law table calls by its number alone, of the province of the document
    ``target`` on which it acts; the number itself where it is none."""
    parsed = parse_number(number)
    if parsed is None:
        return number
    local = target is not None and not issuers.is_central(parsed.body)
    province = target.province if local else None
    identity = identify_number(parsed.text, body=parsed.body, province=province, unit=target.unit if local else None)
    return identity.slug if identity else number


def write(connection: sa.Connection, ids: Sequence[int]) -> set[int]:
    """Write down what bears on the status of these documents; returns those whose end changed."""
    d = document.c
    rows = connection.execute(sa.select(d.id, d.slug, d.validity).where(d.id.in_(ids))).all()
    before = {row.id: row.validity for row in rows}
    now = {id_: dump(validity) for id_, validity in validities(connection, ids).items()}
    changed = [{"row": id_, "now": now[id_]} for id_ in before if now[id_] != before[id_]]
    if changed:
        update = document.update().where(d.id == sa.bindparam("row")).values(validity=sa.bindparam("now"))
        connection.execute(update, changed)
        slugs = {row.id: row.slug for row in rows}
        known_now = ((slugs[one["row"]], act) for one in changed for act in load(one["now"]).acts)
        note(connection, ((slug, act.relation, act.by, act.day or act.signed) for slug, act in known_now))
    return {one["row"] for one in changed if load(one["now"]).ends != load(before[one["row"]]).ends}
