"""Search: Whoosh at 10,000 documents, tantivy at 100,000, each query asked once, facets and quotations included.

Floors (DESIGN.md section 10): p95 ≤ 100 ms with Whoosh, ≤ 20 ms with tantivy. ``CANCU_BENCH_SHARE=0.1`` makes a
tenth of the documents (no floor is held then). Documents of about 4.4 kB are put together from real articles where
the folder of real documents is there, else from the bundled collection.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.engines.opening import open_index
from indexer.engines.protocol import SearchIndex
from indexer.index_document import IndexDocument
from indexer.query import plan
from indexer.query.language import parse
from indexer.snippets import Quoter
from kb.authority.fold import fold

SIZES = {"whoosh": (10_000, 100.0), "tantivy": (100_000, 20.0)}
"""Documents, and the floor in milliseconds."""

_LENGTH = 3_300  # characters of a document: about 4.4 kB
_PROVINCES = ("Ninh Thuận", "Bình Định", "Quảng Ngãi", "Hà Nội", "Đà Nẵng", "Cần Thơ", "Nghệ An", "Sơn La", "Huế")
_TYPES = ("Kế hoạch", "Quyết định", "Nghị quyết", "Chương trình", "Báo cáo", "Công văn")
_RELATIONS = ("implements", "based_on", "cites", "amends", "guides")
_KINDS = ("common word", "two words", "words", "no diacritics", "phrase", "long phrase", "fields", "not, or", "number")


def passages() -> list[str]:
    """Real stretches of text, some hundred characters each."""
    project = Path(__file__).resolve().parent.parent
    shared = Path(os.environ.get("CANCU_SHARED") or project.parent / "shared")
    articles = shared / "corpus" / "bulk" / "phapdien_articles.jsonl.gz"
    if articles.is_file():
        with gzip.open(articles, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for _, line in zip(range(20_000), lines, strict=False)]
    found = []
    for file in sorted((project / "corpus" / "samples").glob("*.txt")):
        found += file.read_bytes().decode("utf-8", "replace").split("\n\n")
    return found


def documents(count: int, chosen: list[str]) -> Iterator[IndexDocument]:
    """Documents made of passages in random order, with random properties, the same in every run."""
    chance = random.Random(2395)
    for number in range(count):
        pieces: list[str] = []
        size = 0
        while size < _LENGTH:
            piece = chance.choice(chosen)[: _LENGTH - size + 200]
            pieces.append(piece)
            size += len(piece) + 1
        province, year = chance.choice(_PROVINCES), chance.randint(2005, 2026)
        pieces.insert(1, f"Thực hiện Quyết định số {chance.randint(1, 4000)}/QĐ-UBND ngày 24/12/{year}.")
        yield IndexDocument(
            id=f"x/{number}",
            number=f"{number % 4000 + 1}/KH-UBND",
            title=" ".join(chance.choice(chosen).split()[:14]),
            text="\n".join(pieces),
            type=chance.choice(_TYPES),
            province=province,
            issuer=f"UBND tỉnh {province}",
            issuer_names=("UBND",),
            date=f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            year=str(year),
            relations=tuple(sorted(chance.sample(_RELATIONS, 2))),
            weight=int(chance.expovariate(0.3)),
            stamp=str(number),
        )


def queries(chosen: list[str], each: int = 30) -> list[tuple[str, str]]:
    """``(kind, query)``, the words taken from the passages, so that frequent words are frequent."""
    chance = random.Random(93)
    found = []
    for kind in _KINDS:
        for _ in range(each):
            words = [word for word in chance.choice(chosen).split() if word.isalpha()]
            while len(words) < 12:
                words = [word for word in chance.choice(chosen).split() if word.isalpha()]
            at = chance.randrange(len(words) - 6)
            found.append((kind, _query(kind, words[at : at + 6], chance)))
    return found


def _query(kind: str, words: list[str], chance: random.Random) -> str:
    match kind:
        case "common word":
            return chance.choice(["kế hoạch", "quy định", "thực hiện", "cơ quan", "nhà nước", "tổ chức", words[0]])
        case "two words":
            return f"{words[0]} {words[1]} {words[3]} {words[4]}"
        case "words":
            return " ".join(words)
        case "no diacritics":
            return fold(" ".join(words[:4]))
        case "phrase":
            return f'"{words[0]} {words[1]}"'
        case "long phrase":
            return f'"{" ".join(words[:5])}"'
        case "fields":
            return f'{words[0]} {words[1]} loại:kế_hoạch tỉnh:"{chance.choice(_PROVINCES)}" năm:2015..2022'
        case "not, or":
            return f'{words[0]} {words[1]} -"{words[2]} {words[3]}" OR {words[4]} {words[5]}'
        case _:
            return f"kế hoạch {chance.randint(1, 4000)}/QĐ-UBND thực hiện"


class _NoLinks:
    def ids(self, number: str) -> list[str]:
        return []

    def cited_by(self, number: str) -> frozenset[str]:
        return frozenset()


def ask(index: SearchIndex, query: str) -> tuple[float, float, int]:
    """Wall and processor milliseconds of one answer, from the typed line to the quotations, and what it found."""
    began, busy = time.perf_counter(), time.process_time()
    planned = plan.make(parse(query), _NoLinks())
    hits = index.search(planned.plan)
    quoter = Quoter(planned.marked)
    for hit in hits.hits:
        quoter.quote_of(hit.document)
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000, hits.total


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> int:
    share = float(os.environ.get("CANCU_BENCH_SHARE", "1"))
    chosen = passages()
    asked = queries(chosen)
    failed = 0
    for engine, (size, floor) in SIZES.items():
        count = int(size * share)
        folder = Path(tempfile.mkdtemp(prefix="cancu-bench-"))
        try:
            index = open_index(f"{engine}:{folder / 'index'}")
            began = time.perf_counter()
            index.update(documents(count, chosen))
            took = time.perf_counter() - began
            megabytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
            print(f"\n{engine}: {count} documents indexed in {took:.0f} s ({count / took:.0f}/s), {megabytes:.0f} MB")
            index.close()
            index = open_index(f"{engine}:{folder / 'index'}")
            print(f"first answer after opening: {ask(index, 'mở')[0]:.0f} ms")
            rows = [(kind, *ask(index, query)) for kind, query in asked]
            index.close()
        finally:
            shutil.rmtree(folder)
        print(f"{'query':15} {'p50 ms':>8} {'p95 ms':>8} {'cpu p95':>8} {'found p50':>10}")
        for kind in (*_KINDS, "all"):
            mine = [row for row in rows if kind in (row[0], "all")]
            wall, busy = [row[1] for row in mine], [row[2] for row in mine]
            middle = percentile([float(row[3]) for row in mine], 0.5)
            numbers = (percentile(wall, 0.5), percentile(wall, 0.95), percentile(busy, 0.95))
            print(f"{kind:15} {numbers[0]:8.1f} {numbers[1]:8.1f} {numbers[2]:8.1f} {middle:10.0f}")
        holds = percentile([row[1] for row in rows], 0.95) <= floor
        print(f"floor: p95 ≤ {floor:.0f} ms: {'holds' if holds else 'does not hold'}")
        failed |= not holds and share >= 1
    return int(failed)
