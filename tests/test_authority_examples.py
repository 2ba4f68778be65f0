"""Every entry of the authority files: its examples that must match do, those that must not do not."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kb.authority import (
    abbreviations,
    districts,
    issuer_words,
    issuers,
    laws,
    portal_heads,
    provinces,
    reforms,
    registers,
    relations,
    rungs,
    running_heads,
    standards,
    terms,
    types,
    wording,
)
from kb.authority.fold import fold
from kb.reading.names.standards import canonical


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


def rungs_in(example: str) -> set[str]:
    """The rung of "TYPE|ISSUER|LEVEL"."""
    kind, body, level = example.split("|")
    types.by_id(kind)
    return {rungs.rung_of(kind, body, level).id}


def relations_in(example: str) -> set[str]:
    found = relations.by_name(example)
    return {found.id} if found else set()


def standards_in(example: str) -> set[str]:
    """The series of the one standard that a designation is."""
    designation = (canonical(example) or "").lstrip("0123456789")
    return {one.id for one in standards.SERIES if designation.startswith((f"{one.id} ", f"{one.id}/"))}


def abbreviations_in(example: str) -> set[str]:
    folded = fold(example)
    starts = range(len(folded))
    short = {hit[1].id for start in starts if (hit := abbreviations.longest_match(folded, start))}
    return short | {hit[1].id for start in starts if (hit := abbreviations.province(folded, start))}


TABLES: list[tuple[str, Iterable[tuple[str, str, tuple[str, ...], tuple[str, ...]]], Callable[[str], set[str]]]] = [
    ("types", [(t.id, t.id, t.match, t.no_match) for t in types.TYPES], types_in),
    ("issuers", [(i.code, i.code, i.match, i.no_match) for i in issuers.ISSUERS], issuers_in),
    (
        "issuer_words",
        [(one.id, one.id, one.match, one.no_match) for one in (*issuer_words.ORGANS, *issuer_words.OFFICES)],
        lambda example: issuer_words.found_at(fold(example)),
    ),
    ("provinces", [(p.id, p.name, p.match, p.no_match) for p in provinces.PROVINCES], provinces_in),
    (
        "districts",
        [(province, province, match, no_match) for province, match, no_match in districts.EXAMPLES],
        lambda example: {found for found in [districts.province_of(example)] if found},
    ),
    ("laws", [(law.id, law.id, law.match, law.no_match) for law in laws.LAWS], laws_in),
    ("terms", [(t.id, t.id, t.match, t.no_match) for t in terms.TERMS], terms.at),
    (
        "heads of portals",
        [(one.id, one.id, one.match, one.no_match) for one in portal_heads.HEADS],
        lambda words: {found.id for found in [portal_heads.head(words)] if found},
    ),
    ("reforms", [(r.id, r.id, r.match, r.no_match) for r in reforms.REFORMS.values()], reforms.at),
    ("terms", [(t.id, t.id, t.match, t.no_match) for t in terms.ASSEMBLIES], terms.assemblies_at),
    (
        "columns of registers",
        [(one.field, one.field, one.match, one.no_match) for one in registers.COLUMNS],
        lambda head: {found for found in [registers.field_of(head)] if found},
    ),
    (
        "states in registers",
        [(one.id, one.id, one.match, one.no_match) for one in registers.STATES],
        lambda words: {found for found in [registers.state_of(words)] if found},
    ),
    (
        "running_heads",
        [(one.id, one.id, one.match, one.no_match) for one in running_heads.LINES],
        lambda line: {one.id for one in running_heads.LINES if one.pattern.fullmatch(line)},
    ),
    ("abbreviations", [(a.id, a.id, a.match, a.no_match) for a in abbreviations.ABBREVIATIONS], abbreviations_in),
    ("short names", [(a.id, a.id, a.match, a.no_match) for a in abbreviations.SHORT_NAMES], abbreviations_in),
    ("standards", [(one.id, one.id, one.match, one.no_match) for one in standards.SERIES], standards_in),
    ("rungs", [(r.id, r.id, r.match, r.no_match) for r in rungs.RUNGS], rungs_in),
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


def readers(room: str) -> list[str]:
    """The sources of the modules that read the word lists of a room, and of those that import from such a module."""
    project = Path(wording.__file__).parents[2]
    modules = [path for package in ("kb", "indexer") for path in (project / package).rglob("*.py")]
    sources = {path: path.read_text(encoding="utf-8") for path in modules if path != Path(wording.__file__)}
    calls = re.compile(rf"word_lists\(['\"]{room}['\"]\)")
    direct = [path for path, source in sources.items() if calls.search(source)]
    names = [".".join(path.relative_to(project).with_suffix("").parts) for path in direct]
    imports = re.compile(rf"^from (?:{'|'.join(map(re.escape, names))}) import", re.MULTILINE)
    return [source for path, source in sources.items() if path in direct or imports.search(source)]


@pytest.mark.parametrize("room", wording.rooms())
def test_every_word_list_is_used(room: str) -> None:
    """By its id or, where a module goes through all lists of the room, with those."""
    sources = readers(room)
    looped = [name for source in sources for name in re.findall(rf"(\w+) = word_lists\(\"{room}\"\)", source)]
    if any(re.search(rf" in {name}(?![\w.\[])", source) for name in looped for source in sources):
        return
    told = {node.value for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    assert [one.id for one in wording.word_lists(room) if one.id not in told] == []


def test_size_of_the_tables() -> None:
    assert len(types.TYPES) >= 93
    assert len(issuers.ISSUERS) >= 250
    assert len(laws.LAWS) >= 150
    assert len(relations.RELATIONS) == 15
    assert sum(province.valid_to is None for province in provinces.PROVINCES) == 34
    assert sum(province.existed("2025-06-30") for province in provinces.PROVINCES) == 63
