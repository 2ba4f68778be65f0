"""Every entry of the authority files: its examples that must match do, those that must not do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from kb.authority import issuers, laws, provinces, relations, running_heads, terms, types, wording
from kb.authority.fold import fold


def types_in(example: str) -> set[str]:
    """Ids of the types that "CODE", "word", "CODE|ORGAN" or "word|ORGAN" means."""
    what, _, organ = example.partition("|")
    found = (types.by_code(what, organ or None), types.by_word(what, organ or None))
    return {kind.id for kind in found if kind}


def issuers_in(example: str) -> set[str]:
    name = fold(example)
    whole = issuers.longest_match(name)
    named = whole[1] if whole and whole[0] == len(name) else None
    found = {named, issuers.canonical(example) if issuers.is_known(example) else None}
    return {code for code in found if code}


def provinces_in(example: str) -> set[str]:
    found = {provinces.plain(match.group()) for match in provinces.PATTERN.finditer(fold(example))}
    return {name for name in found if name}


def laws_in(example: str) -> set[str]:
    folded = fold(example)
    hits = (laws.longest_match(folded, start) for start in range(len(folded)))
    return {law.id for hit in hits if hit for law in laws.find(hit[1])}


def relations_in(example: str) -> set[str]:
    found = relations.by_name(example)
    return {found.id} if found else set()


TABLES: list[tuple[str, Iterable[tuple[str, str, tuple[str, ...], tuple[str, ...]]], Callable[[str], set[str]]]] = [
    ("types", [(t.id, t.id, t.match, t.no_match) for t in types.TYPES], types_in),
    ("issuers", [(i.code, i.code, i.match, i.no_match) for i in issuers.ISSUERS], issuers_in),
    ("provinces", [(p.id, p.name, p.match, p.no_match) for p in provinces.PROVINCES], provinces_in),
    ("laws", [(law.id, law.id, law.match, law.no_match) for law in laws.LAWS], laws_in),
    ("terms", [(t.id, t.id, t.match, t.no_match) for t in terms.TERMS], terms.at),
    (
        "running_heads",
        [(one.id, one.id, one.match, one.no_match) for one in running_heads.LINES],
        lambda line: {one.id for one in running_heads.LINES if one.pattern.fullmatch(line)},
    ),
    ("relations", [(r.id, r.id, r.match, r.no_match) for r in relations.RELATIONS], relations_in),
]


@pytest.mark.parametrize(("table", "entries", "matcher"), TABLES, ids=[table for table, _, _ in TABLES])
def test_examples(
    table: str,
    entries: Iterable[tuple[str, str, tuple[str, ...], tuple[str, ...]]],
    matcher: Callable[[str], set[str]],
) -> None:
    wrong = [
        f"{entry}: {example!r} {'must' if wanted else 'must not'} match, got {sorted(found)}"
        for entry, answer, match, no_match in entries
        for wanted, examples in ((True, match), (False, no_match))
        for example in examples
        if (answer in (found := matcher(example))) is not wanted
    ]
    assert not wrong, f"{table}.json:\n" + "\n".join(wrong)


def found_in(one: wording.WordList, printed: str) -> bool:
    """Whether one of the words stands in a text as printed, in capitals where only those count."""
    if one.printed:
        return one.pattern.search(printed) is not None
    in_capitals = printed.upper() == printed
    return one.pattern.search(fold(printed)) is not None and (in_capitals or not one.caps)


@pytest.mark.parametrize("room", wording.rooms())
def test_examples_of_word_lists(room: str) -> None:
    wrong = [
        f"{one.id}: {example!r} {'must' if wanted else 'must not'} match"
        for one in wording.word_lists(room)
        for wanted, examples in ((True, one.match), (False, one.no_match))
        for example in examples
        if found_in(one, example) is not wanted
    ]
    assert not wrong, f"words/{room}.json:\n" + "\n".join(wrong)


def test_size_of_the_tables() -> None:
    assert len(types.TYPES) >= 93
    assert len(issuers.ISSUERS) >= 250
    assert len(laws.LAWS) >= 150
    assert len(relations.RELATIONS) == 14
    assert sum(province.valid_to is None for province in provinces.PROVINCES) == 34
    assert sum(province.existed("2025-06-30") for province in provinces.PROVINCES) == 63
