"""How much the sources prove of a date that a draft contradicts.

About one citing text in a hundred prints another date than all others, and so does one row of a register in a hundred:
one source alone proves nothing. An error needs two that agree and hardly any against them, or the law table, or the
order of the register, in which numbers rise with dates.
"""

from __future__ import annotations

from kb.checking.draft import Cited, Draft
from kb.checking.near import out_of_order
from kb.checking.sources import Known
from kb.knowledge.statements import LAW_TABLE, ONE, OWN, Statement

PROVED, DOUBTFUL, UNSETTLED = "date_other", "date_doubtful", "date_unsettled"
_OUTWEIGHED = 3
"""How many times as much must stand behind the sources' date as behind that of the draft."""
_ENOUGH = 2


def weighed(draft: Draft, one: Cited, date: str, known: Known, stated: Statement) -> str | None:
    """The code of what is to be said of a date where the sources state another; None where more speaks for it."""
    behind, against = _behind(draft, known, stated.value), _behind(draft, known, date)
    if out_of_order(draft, one, stated.value) and not out_of_order(draft, one, date):
        return UNSETTLED  # the sources may mean a document of another register with the same number
    if draft.sources.itself is not None and against:
        against -= 1  # a draft that is held counts among the citing texts
    if against > behind:
        return None
    alone = stated.source.kind == ONE
    disordered = out_of_order(draft, one, date)
    if stated.source.kind == LAW_TABLE or (behind >= _ENOUGH and behind > against * _OUTWEIGHED):
        return PROVED
    if disordered and not alone and not against:
        return PROVED
    return DOUBTFUL if disordered or (not alone and not against) else UNSETTLED


def _behind(draft: Draft, known: Known, date: str) -> int:
    """How many sources state a date: citing texts, registers, and the document's own text, which counts as two where it
    was read well."""
    said = [one for one in known.every("date") if one.value == date]
    own = _ENOUGH if any(one.source.kind == OWN for one in said) and draft.sources.read_well(known.id) else 1
    return sum(own if one.source.kind == OWN else one.count for one in said)
