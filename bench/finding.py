"""Known-answer queries: whether the document meant comes first, beside two plain indexes in the same run.

``CANCU_BENCH_KB``: the knowledge base asked (default: one built from ``corpus/plans`` of the folder of real
documents); ``CANCU_BENCH_EACH``: queries of each kind (default 300). Queries are drawn by a fixed seed
(``CANCU_BENCH_SEED`` for another) from what the base holds: numbers in ten shapes, titles as they stand, without
diacritics and with one slip of the keys, four to six words of a title in another order, laws by name and abbreviation,
sentences, topic with place and year, and documents that are only cited by type, number and two words of their title.
Real abstracts are asked for an answer of any kind.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bench._peers import Fts5, Peer, Tantivy
from bench._real import shared
from indexer.build.ingest import ingest
from indexer.query.language import QueryError
from indexer.search import Search, open_search
from kb.answers.labels import type_name
from kb.answers.shapes import DocumentBrief
from kb.authority import abbreviations, laws
from kb.authority.fold import fold
from kb.service import KnowledgeBase

FLOORS = {
    "number": 0.98,
    "title": 0.97,
    "title, plain": 0.97,
    "title, one slip": 0.95,
    "words, other order": 0.85,
    "law": 0.97,
    "sentence": 0.60,
    "topic, place, year": 0.85,
    "only cited": 0.95,
}
"""Share of the queries of a kind whose document comes first."""
_LONG_TITLE = 8  # words
_SENTENCE = re.compile(r"(?<!\w)[^.;\n|*]{50,160}(?!\w)")


@dataclass(frozen=True, slots=True)
class Known:
    """A query and the ids of the documents that answer it."""

    kind: str
    query: str
    ids: frozenset[str]


def _shapes(one: DocumentBrief) -> list[str]:
    """A number in ten shapes."""
    number = one.number or ""
    ordinal = re.split(r"[/-]", number)[0]
    word = type_name(one.type) or ""
    plain = fold(number)
    return [
        number,
        plain,
        re.sub(r"[/-]", " ", plain),
        f"{word} số {number}",
        f"{word} {ordinal} {one.issuer or ''} {one.date[:4] if one.date else ''}".strip(),
        number.replace("/", "-"),
        number.replace("/", " / ").replace("-", " - "),
        f"Số: {number}",
        f"No. {number.replace('Đ', 'D')}",
        f"{number} ngày {'/'.join(reversed((one.date or '').split('-')))}" if len(one.date or "") == 10 else number,
    ]


def _slip(title: str, chance: random.Random) -> str:
    """One slip of the keys in a word of four letters or more: a letter lost, doubled, changed or out of order."""
    words = title.split()
    places = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not places:
        return title
    at = chance.choice(places)
    word, letter = words[at], chance.randrange(1, len(words[at]) - 1)
    words[at] = chance.choice(
        [
            word[:letter] + word[letter + 1 :],
            word[:letter] + word[letter] + word[letter:],
            word[:letter] + chance.choice("bcdghklmnprstv") + word[letter + 1 :],
            word[:letter] + word[letter + 1] + word[letter] + word[letter + 2 :],
        ]
    )
    return " ".join(words)


def _of_titles(
    held: list[DocumentBrief], everything: list[DocumentBrief], chance: random.Random, each: int
) -> Iterator[Known]:
    by_title: dict[str, set[str]] = {}
    for one in everything:
        by_title.setdefault(fold(one.title or ""), set()).add(one.id)
    titled = [one for one in held if len((one.title or "").split()) >= _LONG_TITLE]
    for one in chance.sample(titled, min(each, len(titled))):
        title = one.title or ""
        ids = frozenset(by_title[fold(title)])
        words = [word for word in re.findall(r"\w+", fold(title)) if len(word) > 2]
        some = chance.sample(words, min(len(words), chance.randint(4, 6)))
        yield Known("title", title, ids)
        yield Known("title, plain", fold(title), ids)
        yield Known("title, one slip", _slip(title, chance), ids)
        having = frozenset(other.id for other in everything if _has(other.title, some))
        yield Known("words, other order", " ".join(some), having)
        if one.province and one.date:
            yield _of_topic(one, everything, chance)


def _of_topic(one: DocumentBrief, everything: list[DocumentBrief], chance: random.Random) -> Known:
    """Five words in a row of a title, with place and year: any document of these whose title has the words answers."""
    words = (one.title or "").split()
    at = chance.randrange(max(1, len(words) - 5))
    topic = " ".join(words[at : at + 5])
    wanted = re.findall(r"\w+", fold(topic))
    ids = frozenset(other.id for other in everything if _of(other, one) and _has(other.title, wanted))
    return Known("topic, place, year", f"{topic} {one.province} {(one.date or '')[:4]}", ids)


def _of_texts(base: KnowledgeBase, held: list[DocumentBrief], chance: random.Random, each: int) -> Iterator[Known]:
    texts = {one.id: " ".join(base.held_text(one.id).split()) for one in held}
    for one in chance.sample(held, min(each, len(held))):
        sentences = _SENTENCE.findall(texts[one.id])
        if sentences:
            sentence = chance.choice(sentences).strip()
            yield Known("sentence", sentence, frozenset(id for id, text in texts.items() if sentence in text))


def _of_laws(base: KnowledgeBase, chance: random.Random, each: int) -> Iterator[Known]:
    short = {one.long[0]: one.id for one in abbreviations.ABBREVIATIONS}
    seen = set()
    for law in chance.sample(laws.LAWS, min(each, len(laws.LAWS))):
        ids = frozenset(one.id for one in base.lookup(law.name).matches)
        if not ids or law.name in seen:
            continue
        seen.add(law.name)
        yield Known("law", law.name, ids)
        yield Known("law", fold(law.name), ids)
        for words, abbreviation in short.items():
            if fold(words) in fold(law.name):
                yield Known("law", fold(law.name).replace(fold(words), abbreviation), ids)


def queries(base: KnowledgeBase, each: int) -> list[Known]:
    """The known-answer queries of a base."""
    chance = random.Random(int(os.environ.get("CANCU_BENCH_SEED", "1515")))
    everything = list(_documents(base))
    held = [one for one in everything if one.role == "held"]
    numbered = [one for one in held if one.number and re.match(r"\d", one.number)]
    found: list[Known] = []
    for one in chance.sample(numbered, min(each, len(numbered))):
        found += [Known("number", shape, frozenset({one.id})) for shape in _shapes(one)]
    found += _of_titles(held, everything, chance, each)
    found += _of_laws(base, chance, each)
    found += _of_texts(base, held, chance, each)
    return [*found, *_of_cited(everything, chance, each)]


def _of_cited(everything: list[DocumentBrief], chance: random.Random, each: int) -> Iterator[Known]:
    cited = [one for one in everything if one.role != "held" and one.number and len((one.title or "").split()) > 4]
    for one in chance.sample(cited, min(each, len(cited))):
        words = [word for word in re.findall(r"\w+", one.title or "") if len(word) > 2]
        two = " ".join(chance.sample(words, min(2, len(words))))
        ordinal = re.split(r"[/-]", one.number or "")[0]
        ids = frozenset(other.id for other in everything if _alike(one, other) and _has(other.title, two.split()))
        yield Known("only cited", f"{type_name(one.type) or ''} {ordinal} {two}".strip(), ids)


def _alike(one: DocumentBrief, other: DocumentBrief) -> bool:
    """Whether two documents have a type word and an ordinal in common."""
    return type_name(one.type) == type_name(other.type) and _ordinal(one.number) == _ordinal(other.number)


@lru_cache(maxsize=100_000)
def _ordinal(number: str | None) -> str:
    return re.split(r"[/-]", number or "")[0].lstrip("0")


def _of(other: DocumentBrief, one: DocumentBrief) -> bool:
    """Whether a document is of the same province and year as another."""
    return other.province == one.province and (other.date or "")[:4] == (one.date or "")[:4]


def _has(title: str | None, words: list[str]) -> bool:
    """Whether a title has all of some words."""
    return set(map(fold, words)) <= _words_of(title or "")


@lru_cache(maxsize=100_000)
def _words_of(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(title)))


def _documents(base: KnowledgeBase) -> Iterator[DocumentBrief]:
    page = 1
    while batch := base.documents(page=page, per_page=500):
        yield from batch
        page += 1


def first(search: Search, query: str) -> set[str]:
    """What comes first: the document, all of a chooser, or the first of each list on the page; nothing where the query
    is refused."""
    try:
        found = search(query, per_page=10)
    except QueryError:
        return set()
    if found.document:
        return {found.document.id}
    if found.kind == "chooser" and found.lookup:
        return {one.id for one in found.lookup.matches}
    if found.kind == "text" and found.lookup:
        return {found.lookup.matches[0].id}
    return {item.document.id for item in found.items[:1]}


def measure(known: list[Known], ask: Callable[[str], set[str]]) -> dict[str, tuple[float, float, float, float]]:
    """By kind: the share found first, and milliseconds of processor time at p50, p95, p99."""
    found: dict[str, list[tuple[bool, float]]] = {}
    for one in known:
        began = time.process_time()
        answer = ask(one.query)
        took = (time.process_time() - began) * 1000
        found.setdefault(one.kind, []).append((bool(answer & one.ids), took))
    rows = {}
    for kind, values in found.items():
        times = sorted(took for _, took in values)
        p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99))
        rows[kind] = (sum(hit for hit, _ in values) / len(values), p50, p95, p99)
    return rows


def peers_of(base: KnowledgeBase, folder: Path) -> list[Peer]:
    def documents() -> Iterator[tuple[str, str, str]]:
        for one in _documents(base):
            body = base.held_text(one.id) if one.role == "held" else ""
            yield one.id, one.title or "", f"{one.number or ''} {type_name(one.type) or ''} {one.issuer or ''} {body}"

    return [Fts5(documents(), folder), Tantivy(documents(), folder)]


def _abstracts(search: Search, count: int) -> int:
    """How many of the first real abstracts have no result at all."""
    path = shared() / "corpus" / "bulk" / "binhduong_docs_meta.jsonl.gz"
    if not path.exists():
        return 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        asked = [json.loads(line)["trich_yeu"] or "" for _, line in zip(range(count), lines, strict=False)]
    without = 0
    for abstract in filter(str.strip, asked):
        try:
            found = search(abstract, per_page=1)
        except QueryError:
            without += 1
            continue
        without += not (found.items or found.document or (found.lookup and found.lookup.matches))
    return without


def main() -> int:
    each = int(os.environ.get("CANCU_BENCH_EACH", "300"))
    where = os.environ.get("CANCU_BENCH_KB")
    failed = False
    with tempfile.TemporaryDirectory(prefix="cancu-finding-") as folder:
        if where is None:
            where = str(Path(folder) / "kb")
            ingest([shared() / "corpus" / "plans"], where)
        base = KnowledgeBase.open(where)
        search = open_search(base, where)
        known = queries(base, each)
        print(f"{sum(1 for _ in _documents(base))} documents, {type(search.index).__name__}, {len(known)} queries")
        ours = measure(known, lambda query: first(search, query))
        peers = peers_of(base, Path(folder))
        theirs = [measure(known, lambda query, peer=peer: set(peer.ask(query, 1))) for peer in peers]
        print(
            f"{'hit@1':22} {'cancu':>7} {'floor':>6} "
            + " ".join(f"{peer.name:>13}" for peer in peers)
            + "   p50/p95/p99 ms"
        )
        for kind, (share, *times) in ours.items():
            beside = [rows[kind][0] for rows in theirs]
            holds = share >= FLOORS[kind] and all(share >= other for other in beside)
            failed |= not holds
            shown = " ".join(f"{other:13.3f}" for other in beside)
            print(
                f"{kind:22} {share:7.3f} {FLOORS[kind]:6.2f} {shown}   "
                + " / ".join(f"{one:.1f}" for one in times)
                + ("" if holds else "   below")
            )
        without = _abstracts(search, 1000)
        print(f"real abstracts without any result: {without} of 1000")
        failed |= bool(without)
        base.close()
    return int(failed)
