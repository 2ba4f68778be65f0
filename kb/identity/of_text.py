"""What the citations of one text identify, each with the help of the others.

A number identifies by itself (``kb.identity.key``). A law's name needs more: "Luật Đất đai" is the law of that name in
force when the citing document was signed; in the title of another document ("Nghị định số 160/2005/NĐ-CP … thi hành
Luật Khoáng sản") one that was passed when that was signed; and where the law table leaves it open, the law of that
name whose number or date stands elsewhere in the same text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.authority import laws, relations
from kb.authority.fold import begins, ends
from kb.identity.key import Identity, identify_citation, identify_law, identify_name, identify_number
from kb.identity.numbering import is_full, is_slip, number_parts
from kb.model import Citation, OwnIdentity

BY_NAME, BY_DATE = "name", "law_at_date"
BY_OUTER, BY_TWIN, BY_SLIP = "law_at_outer_date", "twin_in_document", "law_date_slip"
BY_NUMBER, BY_OWN, BY_LATEST = "number_behind_name", "own_name", "law_at_latest_date"
"""How a name was understood: kept with the citation and shown as the method of its link."""
_TYPE_WORDS = ("bo luat ", "luat ", "phap lenh ")
_LIST_MARK = 4  # characters of "- " or "*" before the first word of a sentence


@dataclass(frozen=True, slots=True)
class Stated:
    """The identity that a citation states in its text (None for back references, numbers without a usable shape and
    rejected ones), and for names how that is known."""

    identity: Identity | None
    by: str | None = None


def identify_all(
    citations: Sequence[Citation], own: OwnIdentity | None, rejected: Collection[int] = ()
) -> list[Stated]:
    """What each citation of one text states, in their order; ``own`` is the text's header, ``rejected`` the indexes of
    what a reviewer found to be no citation."""
    found = [
        Stated(None)
        if n in rejected
        else Stated(identify_own_law(own), BY_OWN)
        if own is not None and _names_itself(citation, own)
        else _law(citation, _signed(own), _outer(citations, citation), citations)
        if is_law_name(citation)
        else Stated(identify_citation(citation, own), _known_by(citation))
        for n, citation in enumerate(citations)
    ]
    _whole_standards(citations, found)
    open_ = [n for n, citation in enumerate(citations) if found[n].by == BY_NAME and is_law_name(citation)]
    if open_:
        told = _told(citations, found)
        for n in open_:
            twin = _twin(told.get(laws.name_key(_name(citations[n])), {}), _outer(citations, citations[n]))
            if twin is not None and not citations[n].date:
                found[n] = Stated(twin, BY_TWIN)
    return found


def _whole_standards(citations: Sequence[Citation], found: list[Stated]) -> None:
    """Give a regulation that leaves out its ministry ("QCVN 02:2019") the identity of the only one of that number and
    year that the text tells in full ("QCVN 02:2019/BLĐTBXH")."""
    whole: dict[str, dict[str, Identity]] = defaultdict(dict)
    for citation, stated in zip(citations, found, strict=True):
        short, slash, _ = (citation.number or "").partition("/")
        if citation.kind == "standard" and slash and stated.identity is not None:
            whole[short][stated.identity.ordinal] = stated.identity
    for n, citation in enumerate(citations):
        meant = whole.get(citation.number or "", {}) if citation.kind == "standard" else {}
        if found[n].identity is not None and len(meant) == 1:
            found[n] = Stated(next(iter(meant.values())), BY_TWIN)


def _known_by(citation: Citation) -> str | None:
    if citation.kind != "named":
        return None
    return BY_NUMBER if citation.number else BY_NAME


def _twin(told: Mapping[Identity, bool], outer: str | None) -> Identity | None:
    """The law that a text means by a name of which it tells ``told``: the only one, or the only one of its legal
    basis; never one younger than the document in whose title the name stands."""
    possible = [law for law in told if outer is None or (law.year or "") <= outer[:4]]
    basis = [law for law in possible if told[law]]
    meant = basis if len(basis) == 1 else possible
    return meant[0] if len(meant) == 1 else None


def is_law_name(citation: Citation) -> bool:
    """Whether a citation gives a law, code, ordinance or Constitution by its name alone."""
    return citation.kind == "named" and not citation.number and citation.type in laws.TYPES


def _names_itself(citation: Citation, own: OwnIdentity) -> bool:
    """Whether a law's own name stands in its text, without number or date: in its heading, where it is enacted ("Quốc
    hội ban hành Luật Công đoàn.") and wherever it does not tell what it ends or changes."""
    if own.number is None or own.type not in laws.TYPES or not is_law_name(citation) or citation.date:
        return False
    if citation.relation in relations.ACTS or citation.parent is not None:
        return False
    law = laws.by_number(own.number)
    names = [name for name in (law.name if law else None, own.title) if name]
    return any(_words(name) == _words(_name(citation)) for name in names)


def _words(name: str) -> str:
    """A law's name without its type word: headers print that on a line of its own."""
    key = laws.name_key(name)
    return next((key[len(word) :].strip() for word in _TYPE_WORDS if key.startswith(word)), key)


def identify_own_law(own: OwnIdentity) -> Identity | None:
    """The law that a text is, without its date."""
    found = identify_number(own.number or "", body=own.body, province=None, date=own.day, type_id=own.type)
    return found.undated() if found else None


def _name(citation: Citation) -> str:
    return " ".join((citation.title or citation.text).split())


def _told(citations: Sequence[Citation], found: Sequence[Stated]) -> dict[str, dict[Identity, bool]]:
    """The laws that the text tells by number or date, by the key of their name, and whether it stands on them."""
    told: dict[str, dict[Identity, bool]] = defaultdict(dict)
    for citation, stated in zip(citations, found, strict=True):
        if stated.identity is None or citation.type not in laws.TYPES or not citation.title:
            continue
        if citation.kind == "number" or citation.date:
            laws_of_name, law = told[laws.name_key(citation.title)], stated.identity.undated()
            laws_of_name[law] = laws_of_name.get(law, False) or _in_legal_basis(citation)
    return told


def _in_legal_basis(citation: Citation) -> bool:
    """Whether a sentence begins with the words that make a citation a basis ("Căn cứ Luật …")."""
    if citation.cue is None or citation.sentence is None or citation.parent is not None:
        return False
    return citation.relation == "based_on" and 0 <= citation.cue[0] - citation.sentence[0] <= _LIST_MARK


def _outer(citations: Sequence[Citation], citation: Citation) -> str | None:
    """The date, or the year in the number, of the document in whose title a citation stands."""
    if citation.parent is None or citation.parent >= len(citations):
        return None
    outer = citations[citation.parent]
    if outer.kind != "number":
        return None
    return _date_or_year(outer)


def _signed(own: OwnIdentity | None) -> str | None:
    """The date of the citing document, else the year in its number."""
    if own is None or own.day:
        return own.day if own else None
    parts = number_parts(own.number or "")
    return parts.year if parts else None


def _latest(citations: Sequence[Citation]) -> str:
    """The latest date, or year in a number, of what a text cites: it is not older than that."""
    stated = (_date_or_year(citation) for citation in citations if citation.kind == "number")
    return max((date for date in stated if date), default="")


def _date_or_year(citation: Citation) -> str | None:
    parts = number_parts(citation.number or "")
    return citation.date or (parts.year if parts else None)


def _law(citation: Citation, at: str | None, outer: str | None, citations: Sequence[Citation]) -> Stated:
    """The law that a name means by the table; a node of its own, by its name, where the table leaves it open.

    ``at``: the date of the citing document; where it is not known a law can be meant that is no younger than what the
    text cites.
    """
    name = _name(citation)
    if at is not None and citation.date and begins(citation.date) > ends(at):
        citation = citation._replace(date=None)  # "dự toán thực hiện Pháp lệnh … năm 2020" of 2019: no year of the law
    if citation.date:
        law, by = _law_of_date(name, citation.date, at)
    else:
        latest = _latest(citations) if at is None else ""
        law, by = _law_undated(name, at, outer, latest, guides=citation.relation == "guides")
    return Stated(identify_law(law), by) if law is not None else Stated(identify_name(name, citation), BY_NAME)


def _law_of_date(name: str, date: str, at: str | None) -> tuple[laws.Law | None, str]:
    """The law of a name and date, where the table has one, or one whose date differs by a slip."""
    meant = laws.candidates(name, stated=date, at=at)
    if meant:
        return (meant[0], BY_DATE) if len(meant) == 1 else (None, "")
    slips = [law for law in laws.find(name) if law.date and _is_slip(law.date, date)]
    return (slips[0], BY_SLIP) if len(slips) == 1 else (None, "")


def _law_undated(
    name: str, at: str | None, outer: str | None, latest: str, *, guides: bool
) -> tuple[laws.Law | None, str]:
    """The law of a name without a date. ``latest``: the latest date of what a text cites that has none itself;
    ``guides``: whether the document of ``outer`` guides the law."""
    meant = laws.candidates(name, at=at)
    only = meant[0] if len(meant) == 1 else None
    certain = only is not None and at is not None and not _passed_over(only, at)
    if outer and not (certain and only is not None and only.issued <= ends(outer)):
        return _at_outer(name, outer, guides=guides), BY_OUTER
    if only is not None:
        return (only, BY_DATE) if certain or (at is None and only.issued <= ends(latest)) else (None, "")
    if at is None and meant and _in_force_since(meant[-1], latest):
        return meant[-1], BY_LATEST
    return None, ""


def _in_force_since(law: laws.Law, day: str) -> bool:
    """Whether a law, the newest of its name, was in force on a day and no other has been passed in its place: a text
    that is no older than that day means it, whatever its own date."""
    return bool(day) and law.begins <= begins(day) and not laws.newer(law)


def _at_outer(name: str, outer: str, *, guides: bool) -> laws.Law | None:
    """The law of a name in the title of a document of that date: the newest one passed, where it was in force or the
    document guides it (what guides a law is made for the newest, also before that is in force)."""
    passed = [law for law in laws.find(name) if law.issued and law.issued <= ends(outer)]
    if not passed or (guides and passed[-1].issued > begins(outer)):
        return None
    return passed[-1] if guides or laws.candidates(name, at=outer) == (passed[-1],) else None


def _is_slip(one: str, other: str) -> bool:
    return is_full(one) and is_full(other) and is_slip(one, other)


def _passed_over(law: laws.Law, at: str | None) -> bool:
    """Whether on that day a law in its place was passed but not yet in force: a text may then mean either."""
    return at is not None and any(next_.issued <= ends(at) and at < next_.begins for next_ in laws.newer(law))
