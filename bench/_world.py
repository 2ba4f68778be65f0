"""A world of documents drawn from a seed: what each is, and what each cites.

The same sizes and seed give the same world. The shape is that of the real plans: a few laws cited by very many, most
documents by few or none; provinces number their decisions, resolutions and plans from 1 each year, so that one number
is borne by dozens of documents; a document cites only older ones.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as day
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate

from kb.answers.labels import issuer_name, office_date, type_name
from kb.authority import issuers, laws, provinces, types
from kb.identity.key import Identity, identify_law, identify_number
from kb.model import OwnIdentity

DOCUMENTS, CITATIONS = 100_000, 1_000_000
"""The sizes of DESIGN.md section 10."""
SEED = 2395

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
        return OwnIdentity(
            number=self.number,
            type=self.type,
            date=self.date,
            title=self.title,
            **dict(zip(("body", "province", "unit"), issuer, strict=True)),
        )


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
    yield from _laws()
    years = range(_FIRST, _LAST + 1)
    yield from _central(chance, count, years)
    yield from _local(chance, years)


def _laws() -> Iterator[Document]:
    for law in laws.LAWS:
        if law.number and law.date and len(law.date) == 10 and law.date < f"{_LAST}-01-01":
            body = "UBTVQH" if law.type == "phap-lenh" else "QH"
            identity = identify_law(law)
            yield _described(law.number, law.type, law.date, body, None, None, law.name, False, identity)


def _central(chance: random.Random, count: int, years: range) -> Iterator[Document]:
    """Those of the Government and its ministries, year by year, some of them only cited."""
    series: list[tuple[str, str, int, float, bool, str | None]] = [(*one, None) for one in _CENTRAL]
    series += [("TT", organ, 130, _CIRCULARS / len(_MINISTRIES), True, None) for organ in _MINISTRIES]
    for code, organ, highest, share, in_number, _ in series:
        size = max(1, round(share * count / len(years)))
        for year in years:
            for ordinal in chance.sample(range(1, max(highest, size) + 1), size):
                date = _date(year, ordinal, highest)
                held = chance.random() >= _CITED_ONLY
                yield _made(code, organ, ordinal, date, None, None, in_number, _title(chance, year), held)


def _local(chance: random.Random, years: range) -> Iterator[Document]:
    """Those of provinces, their departments and units, without end."""
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
    degree = _degrees(chance, [row for row, document in enumerate(all_) if document.held], documents, citations)
    top = _Pool(chance, [row for row, one in enumerate(all_) if one.body in ("QH", "UBTVQH")])
    amended = _amended({all_[row].number: row for row in top.rows})
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


def _degrees(chance: random.Random, held: Sequence[int], documents: int, citations: int) -> dict[int, int]:
    """How many citations each held document has: one at least, ``citations`` in all."""
    degrees = [1 + min(80, int(chance.expovariate(documents / citations))) for _ in held]
    spare = citations - sum(degrees)
    for at in (chance.randrange(len(held)) for _ in range(abs(spare) * 4)):
        if spare and degrees[at] + (1 if spare > 0 else -1) >= 1:
            degrees[at] += 1 if spare > 0 else -1
            spare += -1 if spare > 0 else 1
    return dict(zip(held, degrees, strict=True))


def _amended(by_number: dict[str, int]) -> dict[int, list[int]]:
    """Amending law → the laws it amends, by their rows."""
    amended: dict[int, list[int]] = defaultdict(list)
    for law in laws.LAWS:
        for number in law.amended_by:
            if law.number in by_number and number in by_number:
                amended[by_number[number]].append(by_number[law.number])
    return amended


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
    bases = [made.documents[one[0]].identity.key for one in stated]
    own = made.documents[row].identity.key
    return [
        one if one[2] or (bases.count(base) == 1 and base != own) else (*one[:2], True, *one[3:])
        for one, base in zip(stated, bases, strict=True)
    ]
