"""From the tree of a query to what an index evaluates; here stands what a query means.

Words match by their folded form; the exact form, pyvi's words and neighbouring pairs only raise a document in the
list. Provinces match by any name of their lineage (an old name finds the new unit and the other way round).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from indexer.index_query import All, Both, Either, Ids, Plan, Ranked, Sequence, Term, Without, Worth
from indexer.query import ranking
from indexer.query.language import And, FieldIs, Node, Not, Or, Phrase, QueryError, Words, years
from indexer.snippets import Marked
from indexer.words.analysis import code_key
from indexer.words.segment import NUMBER
from kb.answers.labels import office_date, type_name
from kb.authority import abbreviations, provinces, relations, types
from kb.authority.fold import fold
from messages import LANGUAGES, InTwoLanguages, Message, Pair

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a document can have; wider ranges are cut to these."""

_EXACT = 2.0
"""What the exact syllable counts in a phrase, beside a plain one's 1.0."""
_OF_NUMBER = 4.0
"""What a document gains that has a number of the query, and again that bears it."""

ROLES = {"held": ("toàn văn", "có toàn văn", "held"), "cited_only": ("được dẫn", "chỉ được dẫn", "cited only")}


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know of how a query was understood; ``code`` is stable."""

    code: str
    vi: str
    en: str

    def text(self, lang: str = "vi") -> str:
        """The note in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi

    def to_json(self) -> dict[str, str]:
        return {"code": self.code, "vi": self.vi, "en": self.en}


def note(code: str, said: Message) -> Note:
    """A note in both languages."""
    return Note(code, said.vi, said.en)


@dataclass(slots=True)
class Planned:
    """A plan, what to tell of it, the runs of words to mark in the texts found, and what its bare words and the numbers
    among them ask for; ``place``: the words of a province, whose documents may not name it."""

    plan: Plan
    notes: list[Note] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    asked: list[ranking.Concept] = field(default_factory=list)
    numbers: list[Plan] = field(default_factory=list)
    place: set[str] = field(default_factory=set)


class Links(Protocol):
    """What the fields ``dẫn:`` and ``được_dẫn_bởi:`` ask of the knowledge base."""

    def ids(self, number: str) -> list[str]:
        """Ids of the documents of this number."""

    def cited_by(self, number: str) -> frozenset[str]:
        """Ids of the documents that a document of this number cites."""


def make(node: Node, links: Links) -> Planned:
    """The plan of a query.

    Raises:
        QueryError: where a value is none of its field (a type that does not exist, say).
    """
    planned = Planned(All())
    planned.plan = _plan(node, links, planned, True)
    return planned


def _plan(node: Node, links: Links, planned: Planned, positive: bool) -> Plan:
    match node:
        case Words():
            return _words(node.text, planned, positive)
        case Phrase():
            return _phrase(node.text, planned, positive)
        case FieldIs():
            return _field(node, links, planned)
        case Not(part=part):
            return Without(_plan(part, links, planned, not positive))
        case And(parts=()):
            return All()
        case And(parts=parts):
            return Both(tuple(_plan(part, links, planned, positive) for part in parts))
        case Or(parts=parts):
            return Either(tuple(_plan(part, links, planned, positive) for part in parts))


def _words(text: str, planned: Planned, positive: bool) -> Plan:
    named = _written_out(text)
    asked: list[ranking.Concept] = []
    numbers: list[Plan] = []
    at = 0
    for match in [*NUMBER.finditer(named), None]:
        piece = named[at : match.start() if match else len(named)]
        asked += ranking.concepts(piece)
        if positive and piece.strip():
            planned.marked += _marked(piece)
        if match:
            numbers.append(_code(match.group(), planned, positive))
            at = match.end()
    if not asked:
        return Both(tuple(numbers)) if numbers else Either(())
    ranked = ranking.plan(asked, named, numbers, nearly=positive)
    if not positive:
        return ranked
    _remember(planned, asked, numbers, text)
    return _with_province(named, ranked, planned)


def _remember(planned: Planned, asked: list[ranking.Concept], numbers: list[Plan], text: str) -> None:
    """Keep what bare words ask for, mark their other forms, and say what was read as Telex."""
    planned.asked += asked
    planned.numbers += numbers
    others = (other for one in asked for other in one.others)
    planned.marked += [Marked(tuple((key, key) for key in other), whole=True) for other in others]
    if read := ranking.telex_read(text):
        planned.notes.append(note("telex", Message("indexer.query.telex", typed=text, read=read)))


def rest_of(node: Node, planned: Planned, share: float) -> Plan | None:
    """Where no document has all words of a query: those that have a ``share`` of them; None for a query of fields, and
    for a quotation alone, which say just what they want (a pasted title may hold one)."""
    parts = node.parts if isinstance(node, And) else (node,)
    if not planned.asked or not all(isinstance(part, Words | Phrase) for part in parts):
        return None
    text = " ".join(part.text for part in parts if isinstance(part, Words | Phrase))
    quoted = [one for part in parts if isinstance(part, Phrase) for one in ranking.concepts(part.text)]
    return ranking.most_of([*planned.asked, *quoted], _written_out(text), share, planned.numbers)


def _written_out(text: str) -> str:
    """The text with short names of provinces ("tp hcm", "sài gòn") as their names."""
    at, folded, pieces = 0, fold(text), []
    if len(folded) != len(text):
        text = folded
    while at < len(text):
        short = abbreviations.province(folded, at)
        end = short[0] if short else len(text) if (blank := text.find(" ", at)) < 0 else blank + 1
        pieces.append(short[1].province if short else text[at:end])
        at = end
    return "".join(pieces)


def _marked(text: str) -> list[Marked]:
    """Bare words are marked wherever they stand, the name of a province only as a whole."""
    match = provinces.PATTERN.search(fold(text))
    folded_and_exact = ranking.spoken(text)
    if match is None:
        return [Marked(tuple(folded_and_exact))] if folded_and_exact else []
    before = len(ranking.spoken(fold(text)[: match.start()]))
    after = before + len(ranking.spoken(match.group()))
    runs = (folded_and_exact[:before], folded_and_exact[after:])
    name = Marked(tuple(folded_and_exact[before:after]), whole=True)
    return [name, *(Marked(tuple(run)) for run in runs if run)]


def _code(number: str, planned: Planned, positive: bool) -> Plan:
    """A document number within a text: as one key, or its parts in a row, however they were separated."""
    key = code_key(number)
    found = Either((Term("codes", key, 0.0), _phrase(number, planned, positive)))
    return Ranked(found, (Worth(Term("codes", key), _OF_NUMBER), Worth(Term("number", key), _OF_NUMBER)))


def _phrase(text: str, planned: Planned, positive: bool) -> Plan:
    spoken = ranking.spoken(text)
    if not spoken:
        return Either(())
    folded = [form for form, _ in spoken]
    if positive:
        planned.marked.append(Marked(tuple(spoken), whole=True))
    exacts = tuple(Term("exact", exact, _EXACT) for form, exact in dict.fromkeys(spoken) if exact != form)
    must: Plan
    if len(folded) == 1:
        must = Term("folded", folded[0])
    elif len(folded) == 2:
        must = Term("pairs", "_".join(folded))
    else:
        # Pairs every second place cover the phrase; where its length is odd the last pair overlaps the one before.
        places = sorted({*range(0, len(folded) - 1, 2), len(folded) - 2})
        must = Sequence("pairs", tuple((place, f"{folded[place]}_{folded[place + 1]}") for place in places))
    return Ranked(must, exacts) if exacts else must


def _with_province(text: str, plan: Plan, planned: Planned) -> Plan:
    """Words that name a province also find its documents and those of its lineage, which may not name it, or by
    another name; the name alone finds the documents under another name."""
    province, rest = _named_province(text)
    if province is None:
        return plan
    others = [name for name in provinces.lineage(province) if name != province]
    planned.place.update(key for key, _ in ranking.spoken(province))
    if others:
        _note_lineage(province, others, planned)
    words = bool(ranking.spoken(rest))
    names = [province, *others] if words else others
    if not names:
        return plan
    related: Plan = Either(tuple(Term("province", name, 0.0) for name in names))
    if words:
        related = Both((related, _words(rest, Planned(All()), False)))
    return Either((plan, related))


def _named_province(text: str) -> tuple[str | None, str]:
    """The first province named in ``text``, and the text without it."""
    match = provinces.PATTERN.search(fold(text))
    if match is None:
        return None, text
    name = provinces.plain(match.group())
    folded = fold(text)
    return name, f"{folded[: match.start()]} {folded[match.end() :]}"


def _note_lineage(province: str, others: list[str], planned: Planned) -> None:
    now = provinces.successors(province)
    if now and now != (province,):
        said = Message("indexer.query.province_is_now", province=province, now=", ".join(now), others=", ".join(others))
    else:
        parts = Pair(*(", ".join(_merged(name).text(lang) for name in others) for lang in LANGUAGES))
        said = Message("indexer.query.province_includes", province=province, parts=parts)
    one = note("province_merged", said)
    if one not in planned.notes:
        planned.notes.append(one)


def _merged(name: str) -> InTwoLanguages:
    """A province with the day of its merger, the one after the last on which it existed."""
    ended = [unit.valid_to for unit in provinces.lives(name) if unit.valid_to]
    if not ended:
        return Pair(name, f"“{name}”")
    day = (date.fromisoformat(ended[-1]) + timedelta(days=1)).isoformat()
    return Message("indexer.query.merged_on", name=name, date=Pair(office_date(day).partition(" ")[2], day))


def _field(node: FieldIs, links: Links, planned: Planned) -> Plan:
    value, at = node.value, node.start
    match node.field:
        case "type":
            return _type(value, at)
        case "number":
            return _number(value)
        case "issuer":
            keys = [folded for folded, _ in ranking.spoken(value)]
            return Both(tuple(Term("issuer_words", key, 0.0) for key in keys)) if keys else Either(())
        case "province":
            return _province(value, at, planned)
        case "year":
            first, last = years(value, at)
            span = range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1)
            return Either(tuple(Term("year", str(year), 0.0) for year in span))
        case "cites":
            return Either(tuple(Term("cites", id, 0.0) for id in links.ids(value)))
        case "cited_by":
            return Ids(links.cited_by(value))
        case "relation":
            return Term("relation", _relation(value, at), 0.0)
        case _:
            return Term("role", _role(value, at), 0.0)


def _number(value: str) -> Plan:
    """Own numbers: the whole number, or its ordinal ("2395", "24/2014")."""
    return Term("number", code_key(value), 0.0)


def _province(value: str, at: int, planned: Planned) -> Plan:
    name = provinces.plain(value) or provinces.by_slug(fold(value).replace(" ", "-"))
    if name is None:
        raise QueryError(at, Message("indexer.query.no_province", value=value))
    names = provinces.lineage(name)
    others = [other for other in names if other != name]
    if others:
        _note_lineage(name, others, planned)
    return Either(tuple(Term("province", other, 0.0) for other in names))


def _type(value: str, at: int) -> Plan:
    """Types by their name, Vietnamese or English, or their code; one name can be several types (a decision of the
    Prime Minister, of a people's committee …), which the index holds under the name."""
    folded, code = fold(value), types.canonical_code(value) or types.canonical_code(value.upper())
    names = {
        type_name(kind.id)
        for kind in types.TYPES
        if folded in map(fold, (kind.id.replace("-", " "), kind.name_en, *kind.words)) or code in kind.codes
    }
    if not names:
        raise QueryError(at, Message("indexer.query.no_type", value=value))
    return Either(tuple(Term("type", name, 0.0) for name in sorted(filter(None, names))))


def _relation(value: str, at: int) -> str:
    relation = relations.by_name(value)
    if relation is not None:
        return relation.id
    vi = ", ".join(relation.label.replace(", ", "_").replace(" ", "_") for relation in relations.RELATIONS)
    known = Pair(vi, ", ".join(one.id for one in relations.RELATIONS))
    raise QueryError(at, Message("indexer.query.no_relation", value=value, known=known))


def _role(value: str, at: int) -> str:
    folded = fold(value)
    for role, names in ROLES.items():
        if folded in map(fold, names):
            return role
    raise QueryError(at, Message("indexer.query.no_role", value=value))
