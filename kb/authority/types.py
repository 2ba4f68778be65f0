"""Document types: what the word before "số" and the code in a number say (``data/types.json``).

One code can mean several types: ``NQ`` is a Government, a People's Council or a Party resolution. The organ that
stands in the same number decides; without one the general type is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.authority import issuers, load
from kb.authority.fold import fold, fold_code
from kb.authority.phrases import Phrases

FILE = load.DATA / "types.json"

SYSTEMS = ("law", "state", "party", "mass", "letter", "copy", "standard", "treaty")

_TERM = re.compile(r"\d{1,2}\Z")


@dataclass(frozen=True, slots=True)
class Type:
    """One document type.

    ``words`` stand before "số" (official spelling; ``words_en`` in English texts), ``codes`` in numbers, ``seen`` maps
    other forms met to a code.
    ``orgs`` are the organ codes (or ``level:…``) for which this type is meant; ``bare_orgs`` the organs whose numbers
    have no type code (31/2024/QH15). ``rank`` is the rank of normative force, 1 highest, None without any
    (Luật 80/2015/QH13, Điều 4). ``year``: whether the number carries one (always, never, either). ``slug`` is the
    type's part of a permalink. ``register``: for acts of the National Assembly and its Standing Committee, whose
    numbers have no type code, the series in which they are numbered (laws and codes share one, resolutions have
    another); None elsewhere. ``plans``: it plans, tells or asks, and so amends and repeals only its like; ``asks``:
    it only asks for a decision, and so is carried out by nobody. ``state_only``: the Party issues none, so its numbers
    never have the Party's order.
    """

    id: str
    name: str
    name_en: str
    system: str
    slug: str
    register: str | None = None
    words: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    orgs: tuple[str, ...] = ()
    bare_orgs: tuple[str, ...] = ()
    rank: int | None = None
    year: str = "either"
    default: bool = False
    plans: bool = False
    asks: bool = False
    state_only: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _read() -> tuple[Type, ...]:
    required = {
        "id": load.word,
        "name": load.word,
        "name_en": load.word,
        "system": load.one_of(*SYSTEMS),
        "slug": load.word,
        "year": load.one_of("always", "never", "either"),
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {
        "words": load.words,
        "words_en": load.words,
        "codes": load.words,
        "seen": load.mapping,
        "register": load.word,
        "orgs": load.words,
        "bare_orgs": load.words,
        "rank": load.number,
        "default": load.flag,
        "plans": load.flag,
        "asks": load.flag,
        "state_only": load.flag,
    }
    found = []
    for entry in load.entries(FILE, required, optional, key="id"):
        load.known(FILE, entry["id"], "seen", entry.get("seen", {}).values(), entry.get("codes", []))
        fields = load.frozen(entry)
        fields["seen"] = tuple(entry.get("seen", {}).items())
        found.append(Type(**fields))
    return tuple(found)


TYPES: tuple[Type, ...] = _read()
_BY_ID = {kind.id: kind for kind in TYPES}


def _by_key(keys: Iterable[tuple[str, Type]]) -> dict[str, tuple[Type, ...]]:
    table: dict[str, list[Type]] = {}
    for key, kind in keys:
        held = table.setdefault(key, [])
        if kind not in held:
            held.append(kind)
    return {key: tuple(kinds) for key, kinds in table.items()}


_FORMS: dict[str, str] = {code: code for kind in TYPES for code in kind.codes}
_FORMS.update({form: code for kind in TYPES for form, code in kind.seen if form not in _FORMS})
_FOLDED_FORMS: dict[str, str] = {}
for _form, _code in _FORMS.items():
    _FOLDED_FORMS.setdefault(fold_code(_form), _code)

_BY_CODE = _by_key((code, kind) for kind in TYPES for code in kind.codes)
_BY_WORD = _by_key((fold(phrase), kind) for kind in TYPES for phrase in kind.words)
_BARE = {org: kind for kind in TYPES for org in kind.bare_orgs}

TYPE_WORDS: dict[str, str] = {
    phrase: next((kind.id for kind in kinds if kind.default), kinds[0].id) for phrase, kinds in _BY_WORD.items()
}
"""Folded phrase → id of the type it means where no organ is known."""

TYPE_CODES: frozenset[str] = frozenset(_FORMS.values())
"""Every canonical type code."""

_WORDS: Phrases[str] = Phrases((phrase, id_) for phrase, id_ in TYPE_WORDS.items())


def by_id(id: str) -> Type:
    """The type with this id; raises ``KeyError`` where there is none."""
    return _BY_ID[id]


def canonical_code(code: str) -> str | None:
    """The code as it should stand in a number (``QD`` → ``QĐ``, ``CTR`` → ``CTr``), None where it is unknown.

    Case and diacritics count first: ``HD`` is Hướng dẫn, ``HĐ`` Hợp đồng; ``DA`` Dự án, ``ĐA`` Đề án.
    """
    return _FORMS.get(code) or _FOLDED_FORMS.get(fold_code(code))


def by_code(code: str, org: str | None = None) -> Type | None:
    """The type a code means, in a number whose organ has the code ``org`` (as it stands there).

    For numbers without a type code give the organ itself: ``by_code("QH15")`` is a law. None where unknown.
    """
    canonical = canonical_code(code)
    if canonical is not None:
        return _chosen(_BY_CODE[canonical], org)
    stem = issuers.canonical(code)
    return _BARE.get(stem) if _TERM.search(code) else None


def by_word(phrase: str, org: str | None = None) -> Type | None:
    """The type meant by the words before "số" (folded or not), with the organ's code where known."""
    kinds = _BY_WORD.get(fold(phrase))
    return _chosen(kinds, org) if kinds else None


def longest_word(folded: str, start: int = 0) -> tuple[int, str] | None:
    """``(end, type id)`` of the longest type word that begins at ``start`` of a folded text."""
    return _WORDS.longest(folded, start)


def _english() -> Phrases[str]:
    """The English names of the types; a name's last word alone is the type that it means where nothing else is known
    ("decree", "decision")."""
    named = [(kind.name_en.partition("(")[0], kind) for kind in TYPES]
    last = [(name.split()[-1], kind) for name, kind in named]
    usual = [(word, kind) for word, kind in last if kind.default] + last
    return Phrases([*((name, kind.id) for name, kind in named), *((word, kind.id) for word, kind in usual)])


_ENGLISH = _english()


def longest_english(folded: str, start: int = 0) -> tuple[int, str] | None:
    """The same of the English names of types ("decree", "joint circular")."""
    return _ENGLISH.longest(folded, start)


def _chosen(kinds: tuple[Type, ...], org: str | None) -> Type | None:
    if org:
        canonical, level = issuers.canonical(org), f"level:{issuers.level(org)}"
        for kind in kinds:
            if canonical in kind.orgs or level in kind.orgs:
                return kind
        if party_order(org):
            for kind in kinds:
                if kind.system == "party":
                    return kind
    return next((kind for kind in kinds if kind.default), None)


def of_legislature(kind: Type) -> bool:
    """Whether acts of this type are numbered by the National Assembly or its Standing Committee."""
    return kind.register is not None


def party_order(org_code: str) -> bool:
    """True where the organ numbers in the Party's order, hyphen first (04-NQ/TU), whatever the text shows."""
    return issuers.is_party(org_code)
