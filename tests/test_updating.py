"""A base kept up to date document by document is the base that reading everything at once gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from kb_fixtures import Document, build, cite, export_text, plan, reading, source

from kb.answers.export import FORMATS
from kb.resolution import mentions
from kb.service import KnowledgeBase
from kb.store.schema import citation, document, file, finding

NT = "Ninh Thuận"
TITLES = (
    None,
    "về việc ban hành Kế hoạch cải cách hành chính nhà nước năm 2022",
    "**về việc ban hành Kế hoạch cải cách hành chính nhà nước năm 2022**",
    "về kế hoạch phát triển nông nghiệp bền vững của tỉnh",
)
# number, type, province: laws, decrees and decisions that everything cites, some with two series or none
CITED = (
    ("59/2020/QH14", "luat", None),
    ("59/2020/QH14", None, None),
    ("30/2020/NĐ-CP", "nghi-dinh", None),
    ("4/QĐ-TTg", "quyet-dinh-ttg", None),
    ("4/2021/QĐ-TTg", "quyet-dinh-ttg", None),
    ("19-NQ/TW", None, None),
    ("1/QĐ-UBND", "quyet-dinh-ubnd", NT),
    ("1/QĐ-UBND", "quyet-dinh-ubnd", "?"),
    ("1/KH-UBND", "ke-hoach", NT),
    ("2/KH-UBND", "ke-hoach", NT),
)
DATES = (None, "2020", "2021-05-06", "2021-05-08", "2023-02-03")
RELATIONS = ("based_on", "implements", "replaces", "repeals", "amends", "cites")

Cited = tuple[int, int, int, str, bool]
Step = tuple[int, int, int, tuple[Cited, ...]] | int
"""A file put in, new or in place of an older one (file, number, date, citations), or the file taken out."""

_CITED = st.tuples(
    st.integers(0, len(CITED) - 1),
    st.integers(0, len(DATES) - 1),
    st.integers(0, len(TITLES) - 1),
    st.sampled_from(RELATIONS),
    st.booleans(),
)
_FILE = st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 4), st.lists(_CITED, max_size=4).map(tuple))
_STEPS = st.lists(st.one_of(_FILE, _FILE, _FILE, st.integers(0, 4)), min_size=3, max_size=9)


def _document(step: tuple[int, int, int, tuple[Cited, ...]]) -> Document:
    name, number, date, cited = step
    header = {
        4: plan("3/VBHN-BTC", DATES[date], None, type="van-ban-hop-nhat"),
        5: plan("4/QĐ-TTg", DATES[date], None, type="quyet-dinh-ttg", title=TITLES[1]),
        6: plan("59/2020/QH14", "2021-05-06", None, type="luat", title="Luật Doanh nghiệp"),
    }.get(number, plan(f"{number + 1}/KH-UBND", DATES[date], title=TITLES[date % 4]))
    citations = [
        cite(*_numbered(which, day), type=CITED[which][1], province=CITED[which][2], title=TITLES[title],
             relation=relation, parent=n - 1 if nested and n else None, confidence=0.9 + title / 100)
        for n, (which, day, title, relation, nested) in enumerate(cited)
    ]  # fmt: skip
    return f"f{name}.txt", header, citations


def _put(base: KnowledgeBase, made: Document) -> None:
    text, read = reading(made[1], made[2])
    base.put(source(made[0], f"{text}\n{made}"), read)


def _at_once(where: Path, held: dict[str, Document]) -> KnowledgeBase:
    base = KnowledgeBase.open(where, create=True)
    for made in held.values():
        _put(base, made)
    base.resolve()
    return base


def _numbered(which: int, day: int) -> tuple[str, str | None]:
    return CITED[which][0], DATES[day]


def _follow(where: str | Path, steps: Sequence[Step]) -> tuple[KnowledgeBase, dict[str, Document]]:
    """The base after the steps, each resolved by itself, and what it holds in the end."""
    base = KnowledgeBase.open(where, create=True)
    held: dict[str, Document] = {}
    for step in steps:
        if isinstance(step, int):
            base.store.remove(f"f{step}.txt")
            held.pop(f"f{step}.txt", None)
        else:
            made = _document(step)
            _put(base, made)
            held[made[0]] = made
        base.resolve()
    return base, held


def _everything(base: KnowledgeBase) -> dict[str, Any]:
    """All that a base says, without the numbers of its rows."""
    d, c, f = document.c, citation.c, file.c
    found: dict[str, Any] = {name: export_text(base.store, name) for name in FORMATS}
    # permalinks of documents that were there once lead on: a base read at once has no such history
    found["jsonl"] = [line for line in found["jsonl"].splitlines() if not line.startswith('{"kind":"redirect"')]
    with base.store.reading() as connection:
        documents = connection.execute(sa.select(*(one for one in d if one.name != "id")).order_by(d.slug))
        found["documents"] = [tuple(row) for row in documents]
        doubts = (
            sa.select(finding.c.kind, finding.c.severity, finding.c.detail, d.slug, f.name, c.position)
            .select_from(finding)
            .outerjoin(document, d.id == finding.c.document_id)
            .outerjoin(file, f.id == finding.c.file_id)
            .outerjoin(citation, c.id == finding.c.citation_id)
        )
        found["findings"] = sorted(map(repr, connection.execute(doubts)))
    return found


def _same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name, value in one.items():
        assert value == other[name], name


@settings(
    max_examples=16,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=_STEPS)
@example(  # what a citation repeals is not said of a document that it may mean no longer
    steps=[
        (
            1,
            1,
            1,
            (
                (0, 4, 3, "based_on", True),
                (1, 1, 3, "repeals", False),
                (0, 1, 0, "cites", False),
                (7, 3, 0, "repeals", True),
            ),
        ),
        (
            2,
            3,
            2,
            (
                (4, 0, 1, "replaces", False),
                (6, 3, 1, "implements", True),
                (0, 0, 1, "replaces", True),
                (8, 2, 2, "based_on", True),
            ),
        ),
    ]
)
def test_each_step_ends_where_reading_everything_ends(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    base, held = _follow(tmp_path_factory.mktemp("kb"), steps)
    at_once = _at_once(tmp_path_factory.mktemp("kb"), held)
    _same(_everything(base), _everything(at_once))


def _drawn(seed: int, count: int) -> list[Step]:
    chance = random.Random(seed)

    def cited() -> Cited:
        sizes = (len(CITED), len(DATES), len(TITLES))
        which, day, title = (chance.randrange(size) for size in sizes)
        return which, day, title, chance.choice(RELATIONS), chance.random() < 0.3

    return [
        chance.randrange(5)
        if chance.random() < 0.2
        else (chance.randrange(5), chance.randrange(7), chance.randrange(5), tuple(cited() for _ in range(4)))
        for _ in range(count)
    ]


def test_a_server_is_kept_up_to_date_as_a_file_is(tmp_path: Path, postgres: Callable[[], str]) -> None:
    steps = _drawn(2395, 14)
    served, held = _follow(postgres(), steps)
    filed, _ = _follow(tmp_path / "file", steps)
    at_once = _at_once(tmp_path / "at once", held)
    _same(_everything(served), _everything(filed))
    _same(_everything(served), _everything(at_once))


def test_citations_alike_are_looked_at_as_one(tmp_path: Path) -> None:
    law = cite("59/2020/QH14", "2020-06-17", type="luat")
    base = build(tmp_path, [(f"{n}", plan(f"{n + 1}/KH-UBND", "2022-01-01"), [law, law]) for n in range(20)])
    with base.store.reading() as connection:
        key = connection.execute(sa.select(citation.c.key).distinct()).scalar_one()
        (one,) = mentions.load(connection, [key], ()).by_key[key]
        assert one.weight == 40
        assert len(mentions.load(connection, [key]).by_key[key]) == 40


def test_a_text_has_one_vote_for_each_value(tmp_path: Path) -> None:
    decree, undated = cite("30/2020/NĐ-CP", "2020-03-05", title=TITLES[1]), cite("30/2020/NĐ-CP", title=TITLES[2])
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [decree, undated, decree]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [undated]),
    ])  # fmt: skip
    view = base.document("tw/cp/2020/nd/30")
    assert view is not None
    votes = {name: [(vote.value, vote.count) for vote in view.evidence[name]] for name in ("number", "date", "title")}
    assert votes == {"number": [("30/2020/NĐ-CP", 2)], "date": [("2020-03-05", 1)], "title": [(TITLES[1], 2)]}
