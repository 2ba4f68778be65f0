"""The base that benchmarks measure with is what storing and resolving the same readings gives."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from kb_fixtures import export_text

from bench._readings import reading
from bench._rows import fill
from bench._world import world
from kb.resolution import batch_size
from kb.service import KnowledgeBase
from kb.store.schema import citation, document

DOCUMENTS, CITATIONS = 400, 2800


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, KnowledgeBase]:
    folder = tmp_path_factory.mktemp("generated")
    made = world(DOCUMENTS, CITATIONS)
    fill(folder / "bulk", made)
    resolved = KnowledgeBase.open(folder / "resolved", create=True)
    for row, one in enumerate(made.documents):
        if one.held:
            resolved.put(*reading(made, row))
    resolved.resolve()
    return KnowledgeBase.open(folder / "bulk"), resolved


def _rows(base: KnowledgeBase, table: sa.Table, leave: set[str]) -> list[tuple[object, ...]]:
    columns = [column for column in table.columns if column.name not in leave]
    with base.store.reading() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(*columns))]


def test_documents_and_citations_are_those_of_resolution(bases: tuple[KnowledgeBase, KnowledgeBase]) -> None:
    bulk, resolved = bases
    assert _rows(bulk, document, {"id"}) == _rows(resolved, document, {"id"})
    ids = {"id", "target_id", "source_id", "dest_id"}
    assert _rows(bulk, citation, ids) == _rows(resolved, citation, ids)


def test_links_are_those_of_resolution(bases: tuple[KnowledgeBase, KnowledgeBase]) -> None:
    bulk, resolved = (export_text(base.store, "jsonl") for base in bases)
    assert bulk == resolved


def test_resolution_finds_nothing_to_do(bases: tuple[KnowledgeBase, KnowledgeBase]) -> None:
    report = bases[0].resolve()
    assert (report.added, report.removed, report.relinked) == ((), (), 0)
    assert report.resolved + report.ambiguous == CITATIONS
    assert 0 < report.ambiguous < 0.1 * CITATIONS


def test_looking_at_few_citations_at_a_time_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = world(40, 320)
    exports = []
    for bound in (batch_size.MENTIONS_AT_ONCE, 7):
        monkeypatch.setattr(batch_size, "MENTIONS_AT_ONCE", bound)
        base = KnowledgeBase.open(tmp_path / str(bound), create=True)
        for row, one in enumerate(made.documents):
            if one.held:
                base.put(*reading(made, row))
        base.resolve()
        exports.append((export_text(base.store, "jsonl"), base.findings().counts))
    assert exports[0] == exports[1]


def test_a_few_documents_are_cited_by_very_many(bases: tuple[KnowledgeBase, KnowledgeBase]) -> None:
    top = [one.cited_by for one in bases[0].most_cited(limit=5)]
    with bases[0].store.reading() as connection:
        counts = sorted(connection.execute(sa.select(document.c.cited_by)).scalars())
    assert top[0] > 0.1 * DOCUMENTS
    assert counts[len(counts) // 2] <= 3


def test_the_same_seed_gives_the_same_base() -> None:
    one, other = world(50, 300), world(50, 300)
    assert (one.documents, one.stated) == (other.documents, other.stated)
