"""Which types of documents can act on which: a plan that speaks of amending a decree only mentions it."""

from __future__ import annotations

from functools import cache

from kb.authority import types

_PLANNING = frozenset(kind.id for kind in types.TYPES if kind.plans)
_RANK = {kind.id: kind.rank for kind in types.TYPES if kind.rank is not None}


@cache
def may_act(own: str, cited: str) -> bool:
    """Whether a document of the type ``own`` can amend or repeal one of the type ``cited``."""
    if own in _PLANNING and cited not in _PLANNING:
        return False
    rank, above = _RANK.get(own), _RANK.get(cited)
    return rank is None or above is None or rank <= above  # a provincial decision only proposes to amend a decree


@cache
def outranks(one: str, other: str) -> bool:
    """Whether a document of the type ``one`` is known to stand above one of the type ``other``."""
    rank, below = _RANK.get(one), _RANK.get(other)
    return rank is not None and below is not None and rank < below


def family(type_: str | None) -> str:
    """What types of one name share: "nghi-quyet-cp" and "nghi-quyet-hdnd" are both resolutions."""
    return "-".join((type_ or "").removeprefix("d-").split("-")[:2])
