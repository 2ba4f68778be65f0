"""The closed vocabulary of relations between a citing and a cited document (``data/relations.json``).

Which words in a sentence tell a relation is data too (``data/cues.json``), read by ``kb.reading``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.authority import load
from kb.authority.fold import fold

FILE = load.DATA / "relations.json"
STATUSES = ("unknown", "amended", "partly_ended", "suspended", "replaced", "repealed")
"""What acts upon a document leave it as, mildest first."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation, from the citing to the cited document.

    ``label``/``label_en`` as seen from the citing document, ``inverse_label``/``inverse_en`` from the cited one.
    ``strong``: it carries lineage up to the law; ``weak``: a mention that a reader may hide. ``acts``: it changes the
    cited document's validity. ``ends``: it takes that validity away for good; ``stops``: from then on the cited
    document must not be applied, for good or for a time (đình chỉ, ngưng hiệu lực). ``leaves``: the status of the
    cited document from then on, and where only parts of it are named ``leaves_in_part`` (empty: the same). ``eli``: the
    nearest term of the European Legislation Identifier ontology (or Dublin Core), prefixed.
    """

    id: str
    label: str
    inverse_label: str
    label_en: str
    inverse_en: str
    eli: str
    definition: str
    definition_en: str
    strong: bool = False
    weak: bool = False
    acts: bool = False
    ends: bool = False
    stops: bool = False
    leaves: str = "unknown"
    leaves_in_part: str = ""
    aliases: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _read() -> tuple[Relation, ...]:
    texts = (
        "id",
        "label",
        "inverse_label",
        "label_en",
        "inverse_en",
        "eli",
        "definition",
        "definition_en",
    )
    required: dict[str, load.Check] = dict.fromkeys(texts, load.word)
    required |= {"match": load.examples, "no_match": load.examples}
    flags = dict.fromkeys(("strong", "weak", "acts", "ends", "stops"), load.flag)
    status = load.one_of(*STATUSES)
    optional: dict[str, load.Check] = flags | {"aliases": load.words, "leaves": status, "leaves_in_part": status}
    return tuple(Relation(**load.frozen(entry)) for entry in load.entries(FILE, required, optional, key="id"))


RELATIONS: tuple[Relation, ...] = _read()
"""In the order in which they are shown."""

STRONG: frozenset[str] = frozenset(relation.id for relation in RELATIONS if relation.strong)
"""Ids of the relations that carry lineage."""

WEAK: frozenset[str] = frozenset(relation.id for relation in RELATIONS if relation.weak)
"""Ids of the relations that are mere mentions."""

ACTS: tuple[str, ...] = tuple(relation.id for relation in RELATIONS if relation.acts)
"""Ids of the relations that change the validity of the cited document."""

ENDS: tuple[str, ...] = tuple(relation.id for relation in RELATIONS if relation.ends)
"""Ids of those that take it away for good: what is cited afterwards is cited wrongly, whenever that is."""

STOPS: tuple[str, ...] = tuple(relation.id for relation in RELATIONS if relation.stops)
"""Ids of those after which the cited document must not be applied, at least for a time."""

_BY_ID = {relation.id: relation for relation in RELATIONS}
_BY_NAME: dict[str, Relation] = {}
for _relation in RELATIONS:
    for _name in (_relation.id, _relation.label, _relation.label_en, *_relation.aliases):
        _BY_NAME.setdefault(" ".join(fold(_name).replace("_", " ").replace(",", " ").split()), _relation)


def by_id(id: str) -> Relation:
    """The relation with this id; raises ``KeyError`` where there is none."""
    return _BY_ID[id]


def by_name(name: str) -> Relation | None:
    """The relation meant by an id, a label or an alias ("thực_hiện", "thuc hien", "implements"), None where unknown."""
    return _BY_NAME.get(" ".join(fold(name).replace("_", " ").replace(",", " ").split()))
