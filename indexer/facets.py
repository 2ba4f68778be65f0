"""Facets as they are asked for and told: ids of their values, the period in a title, the status on a day.

An index holds of a document's status its whole history ("unknown;2021-07-01=in_force"), so that the status on any day
is told from the values of one facet, without looking at documents again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from indexer.engines.protocol import SearchIndex
from indexer.index_document import FACETS, most_frequent
from kb.answers.fields import LEVELS
from kb.answers.labels import type_name
from kb.authority import provinces, relations, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.errors import KnowledgeBaseError
from kb.knowledge.validity import STATES, history, load
from messages import Message

BY_NAME = ("type", "province", "issuer")
"""Facets whose values are names; the id of such a value is the name without diacritics, with hyphens."""

ROLES = ("held", "cited_only")
_NO_HISTORY = "unknown"
_WORDS = word_lists("periods")
_PERIOD = re.compile(r"(?<![0-9/.-])((?:19|20)[0-9]{2})\s*[-\u2010-\u2015]\s*((?:19|20)[0-9]{2})(?![0-9/]|-\w)")
_YEAR = re.compile(rf"(?<!\w)(?:{_WORDS['year']})\s{{1,4}}((?:19|20)[0-9]{{2}})(?![0-9/]|-\w)")
_NOT_OWN = re.compile(rf"(?<!\w)(?:{_WORDS['not_its_own']})(?:\s{{1,4}}[0-9]{{1,2}})?\s{{0,4}}\Z")
_LONGEST_PERIOD = 40  # years
_IMPLEMENTED = 20  # documents told of, of those implemented
SHAPES = {"year": re.compile(r"[0-9]{4}"), "period": re.compile(r"[0-9]{4}(?:-[0-9]{4})?")}


class UnknownValue(KnowledgeBaseError):
    """A filter asks for what is no value of its facet."""

    def __init__(self, facet: str, value: str) -> None:
        super().__init__(Message("indexer.query.no_such_value", facet=facet, value=value[:60]))
        self.facet = facet


def id_of(facet: str, value: str) -> str:
    """The id under which a value of a facet is asked for."""
    return slug(value) if facet in BY_NAME else value


def name_of(facet: str, id: str) -> str:
    """What a value of a facet is called, from its id or its name; the id itself where no vocabulary has it."""
    if facet == "type":
        return min(_type_names(id), default=id)
    if facet == "province":
        return provinces.plain(id) or provinces.by_slug(slug(id)) or id
    return id


@lru_cache(maxsize=50_000)
def slug(words: str) -> str:
    """``Kế hoạch`` → ``ke-hoach``."""
    return "-".join(re.findall("[a-z0-9]+", fold(words)))


def period_of(title: str | None) -> str | None:
    """The years that a document is for by its title: ``2021-2025``, ``2024``; None where it says none.

    A year of a date, of an aim ("đến năm 2030") or of a document number is none.
    """
    folded = fold(title or "")
    for found in _PERIOD.finditer(folded):
        first, last = int(found[1]), int(found[2])
        if first < last <= first + _LONGEST_PERIOD:
            return f"{first}-{last}"
    for found in _YEAR.finditer(folded):
        if not _NOT_OWN.search(folded, max(0, found.start() - 24), found.start()):
            return found[1]
    return None


def history_of(validity: str | None) -> str:
    """The history of a status as an index holds it, from what the store keeps (``kb.knowledge.validity.dump``)."""
    if validity is None:
        return _NO_HISTORY
    states = history(load(validity))
    return ";".join(state if not day else f"{day}={state}" for day, state in states)


@lru_cache(maxsize=100_000)
def state_on(kept: str, day: str) -> str:
    """The state (``kb.knowledge.validity.STATES``) on a day (ISO) by a history as an index holds it."""
    state, *later = kept.split(";")
    for change in later:
        since, _, following = change.partition("=")
        if since > day:
            break
        state = following
    return state


def told(counts: Mapping[str, tuple[tuple[str, int], ...]], day: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """The counts of an engine as an answer gives them: the status as that on ``day`` (ISO)."""
    found = dict(counts)
    if "status" in found:
        states: dict[str, int] = {}
        for kept, count in found["status"]:
            state = state_on(kept, day)
            states[state] = states.get(state, 0) + count
        found["status"] = most_frequent(states.items())
    if "implements" in found:
        found["implements"] = found["implements"][:_IMPLEMENTED]
    return found


def chosen(index: SearchIndex, filters: Mapping[str, Collection[str]], day: str) -> dict[str, frozenset[str]]:
    """The filters as an engine takes them: for each value asked for, as an answer gives it or by its id, what documents
    hold. Raises ``UnknownValue`` for what no document has and no vocabulary knows."""
    found: dict[str, frozenset[str]] = {}
    for facet, wanted in filters.items():
        held = index.values(facet)
        values: set[str] = set()
        for value in wanted:
            meant = _meant(facet, value, held, day)
            if not meant and not is_known(facet, value):
                raise UnknownValue(facet, value)
            values |= meant or {value}
        found[facet] = frozenset(values)
    return found


def _meant(facet: str, value: str, held: Collection[str], day: str) -> set[str]:
    if facet == "status":
        return {kept for kept in held if state_on(kept, day) == value}
    if value in held:
        return {value}
    if facet == "type":
        return {name for name in _type_names(value) if name in held}
    return {one for one in held if slug(one) == slug(value)} if facet in BY_NAME else set()


def is_known(facet: str, value: str) -> bool:
    """Whether there can be such a value, though no document of the base may have it."""
    if facet in SHAPES:
        return SHAPES[facet].fullmatch(value) is not None
    if facet == "type":
        return bool(_type_names(value))
    if facet == "province":
        return (provinces.plain(value) or provinces.by_slug(slug(value))) is not None
    return value in VOCABULARIES.get(facet, ())


def _type_names(value: str) -> set[str]:
    """The names of the types that an id (``ke-hoach``) or a name means."""
    asked = slug(value)
    alike = (kind for kind in types.TYPES if asked in {slug(kind.id), *map(slug, kind.words)})
    return {name for kind in alike if (name := type_name(kind.id))}


def ids_of_types() -> list[str]:
    """The ids of all types, sorted."""
    return sorted({slug(name) for kind in types.TYPES if (name := type_name(kind.id))})


def vocabulary(facet: str) -> Iterable[str]:
    """The ids of a facet that are known beforehand, in the order in which they are told; none where it is open."""
    if facet == "type":
        return ids_of_types()
    if facet == "province":
        return sorted({slug(one.name) for one in provinces.PROVINCES})
    return VOCABULARIES.get(facet, ())


VOCABULARIES: dict[str, tuple[str, ...]] = {
    "level": LEVELS,
    "role": ROLES,
    "status": STATES,
    "relation": tuple(relation.id for relation in relations.RELATIONS),
}
"""Facets whose values are closed lists."""
assert set(VOCABULARIES) | set(SHAPES) | set(BY_NAME) | {"implements"} == set(FACETS)
