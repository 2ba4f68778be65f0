"""A large knowledge base made by drawing, to measure with: as many documents and citations as asked for.

    python -m bench._generate FOLDER [DOCUMENTS [CITATIONS]]

Everything is drawn from a seed: the same sizes and seed give the same base. The shape is that of the real plans: a few
laws cited by very many, most documents by few or none; provinces number their decisions, resolutions and plans from 1
each year, so that one number is borne by dozens of documents; a document cites only older ones. The rows are those
that storing and resolving the same readings gives (``tests/test_generated_base.py`` holds that), written by bulk
inserts because resolving a million citations takes longer than a benchmark may. Findings are not written.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as day
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy as sa

from kb.authority import issuers, laws, provinces, types
from kb.findings_in_time import note_ends
from kb.identity import Identity, identify_law, identify_number
from kb.labels import issuer_name, office_date, type_name
from kb.model import Citation, OwnIdentity, Reading
from kb.programme_names import name_in, name_key
from kb.resolution import NEXT_DOCUMENT
from kb.store import Store
from kb.store.schema import citation as citation_table
from kb.store.schema import document as document_table
from kb.store.schema import file as file_table
from kb.store.sql import dumps, set_meta, touch
from kb.store.store import DATABASE
from kb.votes import marks, tidy_title

Ends = tuple[int | None, int | None, int | None]
"""The rows of a citation's target and of the ends of its edge."""

DOCUMENTS, CITATIONS = 100_000, 1_000_000
"""The sizes of DESIGN.md section 10."""
SEED = 2395
VERSION = "generated"

_FIRST, _LAST = 2010, 2025
_MERGED = "2025-07-01"  # 63 provinces before, 34 since (Nghị quyết 202/2025/QH15)
_MINISTRIES = ("BTC", "BNV", "BTP", "BYT", "BXD", "BKHCN", "BGDĐT")
_DEPARTMENTS = ("SKHCN", "SNV", "STC", "SYT", "SXD", "STP")
_UNITS = 12
# Type code, organ, highest ordinal of a year, share of all documents; the number's year stands in it where True.
_CENTRAL = (("NĐ", "CP", 180, 0.02, True), ("QĐ", "TTg", 2200, 0.03, False), ("NQ", "CP", 190, 0.01, False))
_LOCAL = (
    ("QĐ", "UBND", 4500, 0.34), ("KH", "UBND", 350, 0.24), ("NQ", "HĐND", 90, 0.08), ("CTr", "TU", 40, 0.01),
    ("NQ", "TU", 40, 0.01),
)  # fmt: skip
_CIRCULARS, _OF_DEPARTMENTS, _OF_UNITS = 0.03, 0.14, 0.09
_CITED_ONLY = 0.35  # of the central documents
_TOPICS = (
    "chuyển đổi số", "phát triển nông nghiệp bền vững", "cải cách hành chính", "phòng chống thiên tai",
    "giảm nghèo đa chiều", "xây dựng nông thôn mới", "đào tạo nghề cho lao động", "bảo vệ môi trường nước",
    "an toàn thực phẩm", "phát triển du lịch", "quản lý tài sản công", "tiết kiệm năng lượng", "y tế dự phòng",
    "đổi mới sáng tạo", "phổ biến pháp luật", "phát triển thanh niên",
)  # fmt: skip
_CUES = {
    "based_on": "Căn cứ", "implements": "Thực hiện", "cites": "Theo", "guides": "Hướng dẫn", "amends": "Sửa đổi",
    "replaces": "Thay thế", "repeals": "Bãi bỏ", "disseminates": "Phổ biến",
}  # fmt: skip
_FROM_ABOVE = (("based_on", "cites", "implements", "guides"), (75, 90, 97, 100))
_BESIDE = (("implements", "based_on", "cites", "disseminates"), (48, 73, 96, 100))
_ACTS = (("amends", "replaces", "repeals"), (60, 90, 100))


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the base; ``spread`` are the words it is cited with: before its number, its date, its issuer
    and its title."""

    number: str
    type: str
    date: str
    body: str
    province: str | None
    unit: str | None
    title: str
    held: bool
    identity: Identity
    spread: tuple[str, str, str, str]

    @property
    def own(self) -> OwnIdentity:
        issuer = (self.body, self.province, self.unit)
        return OwnIdentity(self.number, None, self.type, self.date, *issuer, None, self.title)


Stated = tuple[int, str, bool, bool, int | None]
"""One citation: target, relation, whether with its date, whether with its title, parent in the same text."""


@dataclass(slots=True)
class World:
    """Documents in the order of their dates, and what each cites (nothing where its text is not held)."""

    documents: list[Document]
    stated: list[list[Stated]] = field(default_factory=list)


@lru_cache(maxsize=1024)
def _names(date: str) -> tuple[str, ...]:
    """The provinces of a day by name."""
    return tuple(sorted({one.name for one in provinces.PROVINCES if one.existed(date)}))


def _made(
    code: str, organ: str, ordinal: int, date: str, province: str | None, unit: str | None, in_number: bool,
    title: str, held: bool,
) -> Document:  # fmt: skip
    number = f"{ordinal}/{date[:4]}/{code}-{organ}" if in_number else f"{ordinal}/{code}-{organ}"
    number = f"{ordinal:02}-{code}/{organ}" if organ == "TU" else number
    kind = types.by_code(code, organ)
    body = issuers.canonical(organ)
    identity = identify_number(number, body=body, province=province, unit=unit, date=date)
    assert kind is not None and identity is not None
    return _described(number, kind.id, date, body, province, unit, title, held, identity)


def _described(
    number: str, type_id: str, date: str, body: str, province: str | None, unit: str | None, title: str, held: bool,
    identity: Identity,
) -> Document:  # fmt: skip
    spread = (f"{type_name(type_id)} số ", f" {office_date(date)}", f" của {issuer_name(body, province, unit)}", title)
    return Document(number, type_id, date, body, province, unit, title, held, identity, spread)


def _date(year: int, ordinal: int, highest: int) -> str:
    """Ordinals follow the calendar."""
    return (day(year, 1, 2) + timedelta(days=int(360 * ordinal / (highest + 1)))).isoformat()


def _title(chance: random.Random, year: int) -> str:
    one, other = chance.sample(_TOPICS, 2)
    return f"về {one} gắn với {other} năm {year}"


def _drawn(chance: random.Random, count: int) -> Iterator[Document]:
    """Laws, and ``count`` held documents with those only cited, before what they cite is drawn."""
    for law in laws.LAWS:
        if law.number and law.date and len(law.date) == 10 and law.date < f"{_LAST}-01-01":
            body = "UBTVQH" if law.type == "phap-lenh" else "QH"
            identity = identify_law(law)
            yield _described(law.number, law.type, law.date, body, None, None, law.name, False, identity)
    years = range(_FIRST, _LAST + 1)
    series: list[tuple[str, str, int, float, bool, str | None]] = [(*one, None) for one in _CENTRAL]
    series += [("TT", organ, 130, _CIRCULARS / len(_MINISTRIES), True, None) for organ in _MINISTRIES]
    for code, organ, highest, share, in_number, _ in series:
        size = max(1, round(share * count / len(years)))
        for year in years:
            for ordinal in chance.sample(range(1, max(highest, size) + 1), size):
                date = _date(year, ordinal, highest)
                held = chance.random() >= _CITED_ONLY
                yield _made(code, organ, ordinal, date, None, None, in_number, _title(chance, year), held)
    kinds = [*_LOCAL, *(("KH", organ, 130, _OF_DEPARTMENTS / len(_DEPARTMENTS)) for organ in _DEPARTMENTS)]
    kinds.append(("KH", "unit", 160, _OF_UNITS))
    weights = list(accumulate(one[3] for one in kinds))
    while True:
        code, organ, highest, _ = chance.choices(kinds, cum_weights=weights)[0]
        year, ordinal = chance.choice(years), chance.randint(1, highest)
        date = _date(year, ordinal, highest)
        unit = f"Phường {chance.randint(1, _UNITS)}" if organ == "unit" else None
        province = chance.choice(_names(_MERGED if date >= _MERGED else "2022-01-01"))
        title = _title(chance, year)
        yield _made(code, "UBND" if unit else organ, ordinal, date, province, unit, False, title, True)


def _documents(chance: random.Random, count: int) -> list[Document]:
    found: dict[str, Document] = {}
    held = 0
    for document in _drawn(chance, count):
        if held == count:
            break
        if document.identity.slug not in found:
            found[document.identity.slug] = document
            held += document.held
    return sorted(found.values(), key=lambda document: (document.date, document.identity.slug))


class _Pool:
    """Documents to be cited, a few of them by very many (weights 1/rank)."""

    def __init__(self, chance: random.Random, rows: Sequence[int]) -> None:
        self.rows = sorted(rows)
        self.ranked = chance.sample(self.rows, len(self.rows))
        self.weights = list(accumulate(1 / rank for rank in range(1, len(rows) + 1)))

    def older(self, chance: random.Random, than: int) -> int | None:
        """A document older than ``than``, None where there is none."""
        for _ in range(5):
            row: int = chance.choices(self.ranked, cum_weights=self.weights)[0]
            if row < than:
                return row
        until = bisect_left(self.rows, than)
        return self.rows[chance.randrange(until)] if until else None


def world(documents: int = DOCUMENTS, citations: int = CITATIONS, seed: int = SEED) -> World:
    """Draw a base of ``documents`` held documents, those that are only cited beside them, and ``citations``."""
    chance = random.Random(seed)
    made = World(_documents(chance, documents))
    all_ = made.documents
    held = [row for row, document in enumerate(all_) if document.held]
    degrees = [1 + min(80, int(chance.expovariate(documents / citations))) for _ in held]
    spare = citations - sum(degrees)
    for at in (chance.randrange(len(held)) for _ in range(abs(spare) * 4)):
        if spare and degrees[at] + (1 if spare > 0 else -1) >= 1:
            degrees[at] += 1 if spare > 0 else -1
            spare += -1 if spare > 0 else 1
    degree = dict(zip(held, degrees, strict=True))
    top = _Pool(chance, [row for row, one in enumerate(all_) if one.body in ("QH", "UBTVQH")])
    by_number = {all_[row].number: row for row in top.rows}
    amended: dict[int, list[int]] = defaultdict(list)
    for law in laws.LAWS:
        for number in law.amended_by:
            if law.number in by_number and number in by_number:
                amended[by_number[number]].append(by_number[law.number])
    central = _Pool(chance, [row for row, one in enumerate(all_) if one.province is None and row not in set(top.rows)])
    local: dict[str, list[int]] = defaultdict(list)
    for row, document in enumerate(all_):
        made.stated.append(
            [_one(chance, made, row, top, central, local) for _ in range(degree[row])] if document.held else []
        )
        made.stated[row] = _nested(chance, made, row, amended)
        if document.province:
            local[document.province].append(row)
    return made


def _one(
    chance: random.Random, made: World, row: int, top: _Pool, central: _Pool, local: dict[str, list[int]]
) -> Stated:
    """One citation of a document: of a law, of a central document, or of an earlier one of the same province, rather
    of a recent one or of one that others cite."""
    mine = made.documents[row]
    throw = chance.random()
    beside = local.get(mine.province or "", ())
    target: int | None = None
    if beside and throw > 0.55:
        target = beside[max(0, len(beside) - 1 - int(chance.expovariate(1 / 150)))]
        if chance.random() < 0.5 and made.stated[target]:
            target = chance.choice(made.stated[target])[0]
    elif throw > 0.3:
        target = central.older(chance, row)
    if target is None:
        target = top.older(chance, row)
    assert target is not None, "the oldest documents are laws, which cite nothing"
    cited = made.documents[target]
    same_kind = (cited.type, cited.province, cited.unit) == (mine.type, mine.province, mine.unit)
    names, weights = _ACTS if same_kind and chance.random() < 0.1 else _BESIDE if cited.province else _FROM_ABOVE
    relation = chance.choices(names, cum_weights=weights)[0]
    dated = not (cited.identity.series is None and chance.random() < 0.04)
    return target, relation, dated, dated and chance.random() < 0.5, None


def _nested(chance: random.Random, made: World, row: int, amended: dict[int, list[int]]) -> list[Stated]:
    """Some citations stand in the title of the one before ("Quyết định A về việc thực hiện Nghị quyết B"; an amending
    law is hardly ever named without the law it amends), and one without its date has no dated twin in the text, so
    that it stays ambiguous."""
    stated = made.stated[row]
    for at in range(1, len(stated)):
        outer = stated[at - 1]
        if outer[0] in amended and chance.random() < 0.8:
            stated[at] = (chance.choice(amended[outer[0]]), "amends", True, False, at - 1)
        elif outer[4] is None and outer[2] and made.stated[outer[0]] and chance.random() < 0.05:
            stated[at] = (chance.choice(made.stated[outer[0]])[0], "implements", True, False, at - 1)
    bases = [made.documents[one[0]].identity.base for one in stated]
    own = made.documents[row].identity.base
    return [
        one if one[2] or (bases.count(base) == 1 and base != own) else (*one[:2], True, *one[3:])
        for one, base in zip(stated, bases, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Source:
    """A text as a reader hands it on."""

    name: str
    text: str
    format: str
    sha256: str
    pages: tuple[()] = ()
    notices: tuple[()] = ()
    attributes: dict[str, str] = field(default_factory=dict)


def reading(made: World, row: int) -> tuple[Source, Reading]:
    """The text of a held document and what reading it gives, each citation in a sentence of its own."""
    mine = made.documents[row]
    lines = [f"{(mine.spread[0] + mine.number).upper()} {mine.title}"]
    at = len(lines[0]) + 1
    found = []
    for n, (target, relation, dated, titled, parent) in enumerate(made.stated[row]):
        cited = made.documents[target]
        before, when, whose, title = cited.spread
        cue = _CUES[relation]
        line = f"{cue} {before}{cited.number}{when if dated else ''}{whose}{f' {title}' if titled else ''};"
        start = at + len(cue) + 1 + len(before)
        end = start + len(cited.number)
        found.append(
            Citation(
                start=start,
                end=end,
                kind="number",
                text=cited.number,
                number=cited.number,
                type=cited.type,
                date=cited.date if dated else None,
                body=cited.body,
                province=cited.province,
                unit=cited.unit,
                relation=relation,
                cue=(at, at + len(cue)),
                title=title if titled else None,
                parent=parent,
                sentence=(at, at + len(line)),
                line=n + 2,
                confidence=0.97,
            )
        )
        lines.append(line)
        at += len(line) + 1
    text = "\n".join([*lines, ""])
    name = f"{mine.identity.slug.replace('/', '.')}.txt"
    source = Source(name, text, "txt", hashlib.sha256(text.encode()).hexdigest())
    return source, Reading(mine.own, tuple(found), VERSION)


def fill(where: Path, made: World) -> None:
    """Write the base into folder ``where``, resolved."""
    Store.open(where, create=True).close()
    connection = sqlite3.connect(where / DATABASE, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    engine = sa.create_engine("sqlite://", creator=lambda: connection, poolclass=sa.pool.StaticPool)
    with engine.connect() as tables:
        for index in (*citation_table.indexes, *document_table.indexes):
            index.drop(tables)
        connection.execute("BEGIN")
        _write_texts(connection, made)
        connection.execute("COMMIT")
        for index in sorted(citation_table.indexes, key=lambda one: one.name or ""):
            index.create(tables)
        connection.execute("BEGIN")
        _write_documents(connection, made)
        set_meta(tables, NEXT_DOCUMENT, str(len(made.documents) + 1))
        touch(tables)
        connection.execute("COMMIT")
        for index in sorted(document_table.indexes, key=lambda one: one.name or ""):
            index.create(tables)
        connection.execute("BEGIN")
        _note_ends(tables)
        connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _insert(connection: sqlite3.Connection, table: sa.Table, rows: Iterator[tuple[object, ...]]) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns if column.name != "id")
    marks = ", ".join("?" for column in table.columns if column.name != "id")
    connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)


def _write_texts(connection: sqlite3.Connection, made: World) -> None:
    of_base: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(made.documents):
        of_base[one.identity.base].append(row)
    texts: list[tuple[int, str]] = []
    files: list[tuple[object, ...]] = []
    choices: list[tuple[int, int]] = []

    def citations() -> Iterator[tuple[object, ...]]:
        n = 0
        for row, mine in enumerate(made.documents):
            if not mine.held:
                continue
            source, read = reading(made, row)
            texts.append((len(texts) + 1, source.text))
            files.append(_file_row(source, read, mine, row + 1))
            linked: list[tuple[Citation, Document, tuple[str, str], Ends]] = []
            for stated, one in zip(made.stated[row], read.citations, strict=True):
                n += 1
                target = stated[0]
                cited = made.documents[target]
                ends: Ends = (None, None, None)
                if stated[2]:
                    outer = row if stated[4] is None else made.stated[row][stated[4]][0]
                    ends = (target + 1, outer + 1, target + 1) if outer != target else (target + 1, None, None)
                    how = ("resolved", "key" if cited.identity.series is not None else "date")
                else:
                    possible = [row_ for row_ in of_base[cited.identity.base] if _known_by(made, row_, mine.date)]
                    choices.extend((n, row_ + 1) for row_ in possible)
                    how = ("ambiguous", "only_one_known" if len(possible) == 1 else "several_known")
                linked.append((one, cited, how, ends))
            for at, ((one, cited, how, ends), votes) in enumerate(zip(linked, _votes(read, row, linked), strict=True)):
                yield _citation_row(len(texts), at, source.text, one, cited, how, ends, votes)

    _insert(connection, citation_table, citations())
    connection.executemany("INSERT INTO file_text VALUES (?, ?)", texts)
    _insert(connection, file_table, iter(files))
    connection.executemany("INSERT INTO candidate VALUES (?, ?)", choices)


def _votes(read: Reading, row: int, linked: Sequence[tuple[Citation, Document, tuple[str, str], Ends]]) -> list[int]:
    """Which values of each citation of a text count as votes."""
    assert read.own is not None
    citations = [
        SimpleNamespace(
            id=n, kind=one.kind, target=ends[0], method=how[1], number=one.number, type=one.type, date=one.date,
            body=one.body, province=one.province, unit=one.unit, title=one.title, issuer=_issuer(one),
        )
        for n, (one, _, how, ends) in enumerate(linked)
    ]  # fmt: skip
    return list(marks(citations, row + 1, read.own.to_json()).values())


def _issuer(one: Citation) -> str | None:
    return "UBND" if one.body == "UBND" else None


def _known_by(made: World, row: int, date: str) -> bool:
    """Documents of later years bear the same number; none is cited before it exists."""
    return made.documents[row].date <= date


def _name_key(title: str | None, of: Identity) -> str | None:
    named = name_in(title)
    return name_key(named, of.place, of.unit) if named else None


def _file_row(source: Source, read: Reading, mine: Document, document_id: int) -> tuple[object, ...]:
    assert read.own is not None
    key = mine.identity
    return (
        source.name, source.sha256, "txt", len(source.text), VERSION, dumps({"province": None, "attributes": {}}),
        "[]", "[]", dumps(read.own.to_json()), None, False, key.base, key.tail, key.scope, key.series, mine.date,
        mine.title, _name_key(mine.title, key), document_id,
    )  # fmt: skip


def _citation_row(
    file_id: int, n: int, text: str, one: Citation, cited: Document, how: tuple[str, str],
    ends: Ends, votes: int,
) -> tuple[object, ...]:  # fmt: skip
    assert one.sentence is not None and one.cue is not None
    key = cited.identity
    series = key.series
    return (
        file_id, n, one.start, one.end, "number", one.text, one.number, one.type, one.date, one.body,
        _issuer(one), one.province, True, one.unit, one.relation, False,
        _CUES[one.relation], one.cue[0], None, None, one.title, one.parent,
        text[one.sentence[0] : one.sentence[1]], one.start - one.sentence[0], None, one.line, one.confidence, None,
        None, None, key.base, key.tail, series, None, *how, _name_key(one.title, key), None, *ends, votes,
    )  # fmt: skip


def _write_documents(connection: sqlite3.Connection, made: World) -> None:
    """The nodes, with their degrees and votes counted from the citations."""
    by = {
        name: dict(connection.execute(f"SELECT {key}, count(DISTINCT {other}) FROM citation WHERE {where} GROUP BY 1"))
        for name, key, other, where in (
            ("cited_by", "dest_id", "source_id", "dest_id IS NOT NULL"),
            ("cites", "source_id", "dest_id", "source_id IS NOT NULL"),
            ("texts", "target_id", "file_id", "target_id IS NOT NULL"),
            ("titled", "target_id", "file_id", "target_id IS NOT NULL AND title IS NOT NULL"),
        )
    }

    def rows() -> Iterator[tuple[object, ...]]:
        for row, one in enumerate(made.documents):
            texts, titled = by["texts"].get(row + 1, 0), by["titled"].get(row + 1, 0)
            if not one.held and not texts:
                continue
            key = one.identity
            votes = {
                name: [[value, texts + one.held, one.held]]
                for name in ("number", "type", "date", "body", "province", "unit")
                if (value := getattr(one, name)) is not None
            }
            if (titled or one.held) and tidy_title(one.title):
                votes["title"] = [[one.title, titled + one.held, one.held]]
            if one.body == "UBND" and texts:
                votes["issuer"] = [["UBND", texts, False]]
            ordinal = key.ordinal.partition("-")[0]
            title = one.title if one.held or titled or one.body in ("QH", "UBTVQH") else None
            yield (
                row + 1, key.slug, key.base, key.tail, key.place, key.organ, key.kind, ordinal.lstrip("0") or ordinal,
                key.year, key.series, key.scope, one.date, one.number, one.type, one.date, one.body, one.province,
                one.unit, title, one.held, by["cited_by"].get(row + 1, 0), by["cites"].get(row + 1, 0), None,
                dumps(votes), None,
            )  # fmt: skip

    marks = ", ".join("?" * len(document_table.columns))
    connection.executemany(f"INSERT INTO document VALUES ({marks})", rows())


def _note_ends(tables: sa.Connection) -> None:
    """Write down which documents were ended."""
    c = citation_table.c
    ended = sa.select(c.dest_id).where(c.relation.in_(("replaces", "repeals")), c.dest_id.is_not(None))
    ids = tables.execute(ended.distinct().order_by(c.dest_id)).scalars().all()
    for at in range(0, len(ids), 1000):
        note_ends(tables, ids[at : at + 1000])


def share() -> float:
    """``CANCU_BENCH_SHARE``: the part of the full size to measure with; floors are held at 1 only."""
    return float(os.environ.get("CANCU_BENCH_SHARE", "1"))


@lru_cache(maxsize=1)
def shared_base() -> Path:
    """The base that this run's benchmarks share, made in a process of its own at the first call and deleted at the
    end; ``CANCU_BENCH_BASE`` names a folder to keep it in."""
    kept = os.environ.get("CANCU_BENCH_BASE")
    where = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="cancu-bench-"))
    if not kept:
        atexit.register(shutil.rmtree, where, True)
    if not (where / DATABASE).exists():
        sizes = (str(round(size * share())) for size in (DOCUMENTS, CITATIONS))
        subprocess.run([sys.executable, "-m", "bench._generate", str(where), *sizes], check=True, cwd=_PROJECT)
    return where


_PROJECT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    where = Path(arguments[0])
    sizes = [int(size) for size in arguments[1:3]]
    made = world(*sizes)
    fill(where, made)
    print(
        f"generated: {sum(one.held for one in made.documents):,} texts, {len(made.documents):,} documents, "
        f"{sum(map(len, made.stated)):,} citations, {(where / DATABASE).stat().st_size / 1e6:.0f} MB, "
        f"{sum(os.times()[:2]):.0f} s of processor time",
        flush=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
