"""What a document of thousands of citations is asked is answered from its links as from its citations."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa
from kb_fixtures import build, cite, plan

from kb.authority.relations import STRONG
from kb.lineage import board, linked
from kb.service import KnowledgeBase
from kb.store.schema import citation, document

LAW = "24/2014/NĐ-CP"
RELATIONS = ("based_on", "cites", "implements")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Thirty plans of six days, some without one, that cite a decree up to five times by several relations."""
    chance = random.Random(16)
    texts = []
    for n in range(1, 31):
        day = chance.choice(("2021-03-05", "2021-03-06", "2022-01-06", "2022-05-30", "2023-11-11", None))
        said = [cite(LAW, relation=chance.choice(RELATIONS)) for _ in range(chance.randrange(1, 6))]
        texts.append((f"{chance.randrange(100)}-{n}.txt", plan(f"{n}/KH-SKHCN", day), said))
    return build(tmp_path_factory.mktemp("linked") / "kb", texts)


def ids(base: KnowledgeBase, **asked: object) -> list[tuple[str, int]]:
    law = base.lookup(LAW).matches[0].id
    found: list[tuple[str, int]] = []
    for page in range(1, 200):
        edges = base.citations(law, direction="in", page=page, per_page=7, **asked).items  # type: ignore[arg-type]
        found += [(edge.file, edge.index) for edge in edges]
        if not edges:
            return found
    raise AssertionError("pages without end")


def by_hand(base: KnowledgeBase, newest: bool, relation: str | None, year: str | None) -> list[tuple[str, int]]:
    """The same by a look at every citation."""
    edges = list(base.citations(base.lookup(LAW).matches[0].id, direction="in", per_page=500).items)
    kept = [one for one in edges if relation in (None, one.relation)]
    kept = [one for one in kept if year is None or (one.source and (one.source.date or "").startswith(year))]
    kept.sort(key=lambda one: (one.source.id if one.source else "", one.file, one.start))
    kept.sort(key=lambda one: (one.source.date if one.source else "") or "", reverse=newest)
    dated = [one for one in kept if one.source and one.source.date]
    return [(one.file, one.index) for one in (*dated, *(one for one in kept if one not in dated))]


@pytest.mark.parametrize("relation", [None, "implements"])
@pytest.mark.parametrize("year", [None, "2022"])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_citations_by_day_are_those_of_every_citation_sorted(
    base: KnowledgeBase, order: str, year: str | None, relation: str | None
) -> None:
    found = ids(base, order=order, year=year, relation=relation)
    assert found == by_hand(base, order == "newest", relation, year) and len(found) > 5


def test_many_citations_of_one_document_come_each_once(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    sorted_ = ids(base, order="newest")
    monkeypatch.setattr(linked, "_SORTED", 2)
    assert sorted(ids(base, order="newest")) == sorted(sorted_)


def test_a_board_counts_all_and_names_the_latest(base: KnowledgeBase) -> None:
    law = base.lookup(LAW).matches[0].id
    found = base.board(law)
    c, acting = citation.c, document.alias("acting")
    with base.store.reading() as connection:
        rows = connection.execute(
            sa.select(c.relation, acting.c.slug, acting.c.date)
            .join(document, document.c.id == c.dest_id)
            .join(acting, acting.c.id == c.source_id)
            .where(document.c.slug == law)
        ).all()
    strong = [row for row in rows if row.relation in STRONG]
    assert found.stand_on_it == len({row.slug for row in strong})
    (rung,) = [rung for rung in found.rungs if rung.below]
    assert rung.total == found.stand_on_it
    for group in (*rung.below, *found.mentions):
        those = sorted({(row.date or "", row.slug) for row in rows if row.relation == group.relation})
        assert group.total == len(those)
        latest = sorted(sorted(those, key=lambda one: one[1]), key=lambda one: one[0], reverse=True)
        assert [entry.document.id for entry in group.entries] == [slug for _, slug in latest[: board.SHOWN]]
