"""Status as a history: what has happened to a document, from which day and who says so, and its status on a day.

One function answers (``status_on``); pages, lists, look-up, check and exports ask it. "In force" is said only as a
source says it. The states are those of the national database of legal documents (vbpl.vn).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import orjson

from kb.authority import relations
from kb.authority.fold import begins, ends
from kb.knowledge.registers.row import STATUS as STATES
from kb.knowledge.statements import OWN, REGISTER, Source

CODES: dict[str, str] = {
    "unknown": "unknown",
    "in_force": "in_force",
    "not_yet_in_force": "not_yet_in_force",
    "amended": "unknown",
    "partly_ended": "partly_lapsed",
    "suspended_in_part": "suspended",
    "suspended": "suspended",
    "no_longer_suitable": "no_longer_suitable",
    "expired": "lapsed",
    "replaced": "lapsed",
    "repealed": "lapsed",
}
"""What a status can be, mildest first, and which of ``STATES`` it is; an amended document may be in force or not."""

_MOST_ACTS = 60
_EVER = "0001-01-01"
_SAID = {"partly_lapsed": "partly_ended", "lapsed": "expired"}  # what registers call a state, where the code differs


@dataclass(frozen=True, slots=True)
class Act:
    """One act upon a document. ``whole``: upon all of it. ``day``: from which it counts (ISO), by its text or by what
    is known of the acting document; None: only its date (``signed``) is known. ``until``: the last day of a suspension
    or an extension. ``by``: id of the acting document, ``by_number`` its number, its
    title where it has none."""

    relation: str
    whole: bool
    by: str
    by_number: str | None
    signed: str | None
    day: str | None
    source: Source
    until: str | None = None

    @property
    def since(self) -> str | None:
        """The first day on which it can count (ISO)."""
        first = self.day or self.signed
        return begins(first) if first else None

    def counts_on(self, day: str) -> bool:
        """Whether it counts on a day (ISO); an act of which no day is known does."""
        since = self.since
        return (since is None or since <= day) and not (self.until and ends(self.until) < day)

    @property
    def leaves(self) -> str:
        """The code of a document on which it acts."""
        relation = relations.by_id(self.relation)
        if self.whole:
            return relation.leaves
        return {"suspended": "suspended_in_part"}.get(relation.leaves, relation.leaves_in_part or relation.leaves)


@dataclass(frozen=True, slots=True)
class Said:
    """A day or a status that a source states of the document itself."""

    value: str
    source: Source


@dataclass(frozen=True, slots=True)
class Validity:
    """All that bears on the status of a document: acts upon it in the order of their days, the first and the last day
    in force, and the status as registers say it."""

    acts: tuple[Act, ...] = ()
    effect_from: Said | None = None
    effect_to: Said | None = None
    said: tuple[Said, ...] = ()

    @property
    def ends(self) -> tuple[Act, ...]:
        """The acts that took its validity away as a whole."""
        return tuple(act for act in self.acts if act.whole and act.relation in relations.ENDS)

    def __bool__(self) -> bool:
        return bool(self.acts or self.effect_from or self.effect_to or self.said)


@dataclass(frozen=True, slots=True)
class StatusOn:
    """The status of a document on ``day``. ``code``: one of ``CODES``, ``state`` one of ``STATES``; ``since``: from
    which day; ``source``: who says so; ``act``: what left it so; ``coming``: the acts that count only from a later
    day."""

    day: str
    code: str
    state: str
    since: str | None = None
    source: Source | None = None
    act: Act | None = None
    coming: tuple[Act, ...] = ()


def gravity(code: str) -> int:
    """How grave a status is: 0 for the gravest."""
    return len(CODES) - 1 - list(CODES).index(code)


def status_on(validity: Validity, day: str) -> StatusOn:
    """The status of a document on a day (ISO).

    The gravest act that counts decides: what was repealed stays so, whatever was amended before. Against a register
    that tells of a later day, an act counts where the acting document itself says it.
    """
    counted = [act for act in validity.acts if act.counts_on(day) and not _denied(act, validity.said)]
    found = (
        _by_act(_gravest(counted, least="expired"), day)
        or _lapsed(validity, counted, day)
        or _by_act(_gravest(counted, least="suspended_in_part"), day)
        or _not_yet(validity, day)
        or _by_act(_gravest(counted, least="partly_ended"), day)
        or _standing(validity, counted, day)
    )
    return replace(found, coming=tuple(act for act in validity.acts if (act.since or "") > day))


def history(validity: Validity) -> tuple[tuple[str, str], ...]:
    """The states one after the other, each with the day (ISO) from which it holds; the first from "" on."""
    days = {act.since for act in validity.acts} | {_after(act.until) for act in validity.acts if act.until}
    days |= {begins(validity.effect_from.value)} if validity.effect_from else set()
    days |= {_after(validity.effect_to.value)} if validity.effect_to else set()
    days |= {begins(one.source.as_of) for one in validity.said if one.source.as_of}
    found = [("", status_on(validity, _EVER).state)]
    for day in sorted(day for day in days if day):
        state = status_on(validity, day).state
        if state != found[-1][1]:
            found.append((day, state))
    return tuple(found)


def _after(last: str) -> str:
    """The day behind the last of a date that may be partial."""
    return (dt.date.fromisoformat(ends(last)) + dt.timedelta(days=1)).isoformat()


def _not_yet(validity: Validity, day: str) -> StatusOn | None:
    start = validity.effect_from
    if start is None or begins(start.value) <= day:
        return None
    return StatusOn(day, "not_yet_in_force", "not_yet_in_force", start.value, start.source)


def _standing(validity: Validity, counted: list[Act], day: str) -> StatusOn:
    """The status where nothing ended, stopped or cut it: as registers say, and whether it was amended."""
    told = next((one for one in validity.said if one.value != "unknown" and _tells_of(one, day)), None)
    if told is not None and told.value != "in_force":
        code = _SAID.get(told.value, told.value)
        return StatusOn(day, code, CODES[code], None, told.source)
    amended = [act for act in counted if act.leaves == "amended"]
    if amended:  # the last tells how far the text has moved
        state, source = ("in_force", told.source) if told else ("unknown", amended[-1].source)
        return StatusOn(day, "amended", state, amended[-1].day, source, amended[-1])
    if told is not None:
        since = validity.effect_from.value if validity.effect_from else None
        return StatusOn(day, "in_force", "in_force", since, told.source)
    return StatusOn(day, "unknown", "unknown")


def _by_act(act: Act | None, day: str) -> StatusOn | None:
    return StatusOn(day, act.leaves, CODES[act.leaves], act.day, act.source, act) if act else None


def _gravest(acts: Iterable[Act], *, least: str) -> Act | None:
    """The first of the gravest acts, of those at least as grave as ``least``."""
    found = [act for act in acts if gravity(act.leaves) <= gravity(least)]
    return min(found, key=lambda act: (gravity(act.leaves), act.since or ""), default=None)


def _lapsed(validity: Validity, counted: list[Act], day: str) -> StatusOn | None:
    """Whether the time for which it was made is over, by its last day or by a register."""
    last = validity.effect_to
    longer = [act.until for act in counted if act.relation == "extends" and act.until]
    if last is not None and ends(max([last.value, *longer])) < day:
        return StatusOn(day, "expired", "lapsed", max([last.value, *longer]), last.source)
    for one in validity.said:
        if one.value in ("lapsed", "no_longer_suitable") and _tells_of(one, day):
            code = _SAID.get(one.value, one.value)
            return StatusOn(day, code, CODES[code], None, one.source)
    return None


def _tells_of(one: Said, day: str) -> bool:
    """Whether what a register says holds on a day: "in force" of days before it, too, the rest from its own day on."""
    return one.value == "in_force" or one.source.as_of is None or begins(one.source.as_of) <= day


def _denied(act: Act, said: tuple[Said, ...]) -> bool:
    """Whether a register, of a day after the act, has the document still in force, and only others tell of the act."""
    if act.source.kind in (OWN, REGISTER) or gravity(act.leaves) > gravity("partly_ended"):
        return False
    return any(one.value == "in_force" and (one.source.as_of or "") >= (act.since or "") for one in said)


def dump(validity: Validity) -> str | None:
    """As it is kept in ``document.validity``; None where nothing is known. Of many acts those that end or stop it are
    kept, and the last of the others."""
    if not validity:
        return None
    acts = validity.acts
    if len(acts) > _MOST_ACTS:
        grave = [act for act in acts if gravity(act.leaves) <= gravity("partly_ended")]
        kept = {id(act) for act in (*grave[:_MOST_ACTS], *acts[-max(1, _MOST_ACTS - len(grave)) :])}
        acts = tuple(act for act in acts if id(act) in kept)
    return orjson.dumps(asdict(Validity(acts, validity.effect_from, validity.effect_to, validity.said))).decode()


@lru_cache(maxsize=8192)
def load(kept: str | None) -> Validity:
    """What ``dump`` made."""
    if kept is None:
        return Validity()
    found: dict[str, Any] = orjson.loads(kept)
    acts = tuple(Act(**one | {"source": Source(**one["source"])}) for one in found["acts"])
    days = {name: _said(found[name]) if found[name] else None for name in ("effect_from", "effect_to")}
    return Validity(acts, said=tuple(map(_said, found["said"])), **days)


def _said(found: dict[str, Any]) -> Said:
    return Said(found["value"], Source(**found["source"]))


__all__ = ["CODES", "STATES", "Act", "Said", "StatusOn", "Validity", "dump", "gravity", "history", "load", "status_on"]
