"""What must not grow with the base: counts, the name of its content, what an index takes anew after a write."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from kb_fixtures import build, cite, plan, put

from indexer.build.ingest import ingest
from indexer.engines.whoosh_index import WhooshIndex
from kb.service import KnowledgeBase
from kb.store import alike, content, links, tallies
from kb.store.corrections import Correction
from kb.store.schema import citation, document, file, finding, link

EVERY_LINK = sa.select(link).order_by(link.c.dest_id, link.c.relation, link.c.source_id)
NUMBERS = ("24/2014/NĐ-CP", "2395/QĐ-UBND", "12/KH-UBND", "45/2019/TT-BTC", "30/2020/NĐ-CP")


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> KnowledgeBase:
    where = tmp_path / "kb" if request.param == "sqlite" else request.getfixturevalue("postgres")()
    return KnowledgeBase.open(where, create=True)


def counted(base: KnowledgeBase) -> dict[str, Any]:
    """The counts by a look at every row."""
    c, d = citation.c, document.c
    with base.store.reading() as connection:
        cited = connection.execute(sa.select(c.kind, c.status, c.relation)).all()
        nodes = connection.execute(sa.select(d.held, d.type, d.province)).all()
        doubts = connection.execute(sa.select(finding.c.kind)).scalars().all()
        files = connection.execute(sa.select(sa.func.count()).select_from(file)).scalar()
    own = [one for one in cited if one.kind != "back_reference"]
    return {
        "files": files,
        "documents": len(nodes),
        "held": sum(bool(one.held) for one in nodes),
        "citations": len(cited),
        "citations_by_kind": Counter(one.kind for one in cited),
        "citations_by_status": Counter(one.status for one in own),
        "relations": Counter(one.relation for one in own if one.status != "rejected" and one.relation),
        "types": Counter(one.type for one in nodes if one.type),
        "provinces": Counter(one.province for one in nodes if one.province),
        "findings": Counter(doubts),
    }


def holds(base: KnowledgeBase) -> None:
    said, real = base.stats(), counted(base)
    assert {name: said[name] for name in real} == real
    with base.store.writing() as connection:
        kept = content.content_id(connection)
        content.recount(connection)
        assert content.content_id(connection) == kept == base.store.content_id()
        before = {name: sorted(tallies.of(connection, name)) for name in tallies.COUNTED}
        tallies.recount(connection)
        assert {name: sorted(tallies.of(connection, name)) for name in tallies.COUNTED} == before
        said = list(alike.of_documents(connection, range(1, 200)))
        alike.recount(connection)
        assert list(alike.of_documents(connection, range(1, 200))) == said
        linked = sa.select(sa.func.count()).where(
            citation.c.target_id.is_not(None), citation.c.kind != "back_reference"
        )
        assert sum(one.rows for one in said) == connection.execute(linked).scalar()
        told = connection.execute(EVERY_LINK).all()
        links.recount(connection)
        assert connection.execute(EVERY_LINK).all() == told
        ends = sa.and_(citation.c.source_id.is_not(None), citation.c.dest_id.is_not(None))
        assert sum(one.rows for one in told) == connection.execute(sa.select(sa.func.count()).where(ends)).scalar()


def test_counts_and_the_name_of_the_content_follow_every_write(base: KnowledgeBase) -> None:
    chance = random.Random(7)
    for step in range(12):
        name = f"{chance.randrange(6)}.txt"
        if chance.random() < 0.25:
            base.remove(name)
        else:
            dates = ("2021-12-24", "2020-03-05", None)
            cited = [cite(chance.choice(NUMBERS), chance.choice(dates)) for _ in range(chance.randrange(5))]
            put(base, [(name, plan(f"{step + 1}/KH-SKHCN", "2022-01-06"), cited)])
        if step % 3 == 0:
            base.resolve()
        holds(base)
    base.resolve()
    number = Correction("number", "0.txt", "99/KH-SKHCN", "Lan", "2024-01-01", "đọc sai")
    base.add_correction(number)
    holds(base)
    base.remove_correction(1)
    base.reread(every=True)
    holds(base)


def test_two_bases_of_the_same_texts_have_one_name_in_whatever_order_they_came(tmp_path: Path) -> None:
    texts = [(f"{n}.txt", plan(f"{n}/KH-SKHCN", "2022-01-06"), [cite("24/2014/NĐ-CP")]) for n in range(1, 5)]
    one, other = build(tmp_path / "one", texts), build(tmp_path / "other", texts[::-1])
    assert one.build_id == other.build_id
    other.remove("2.txt")
    assert one.build_id != other.build_id
    other.resolve()
    put(other, texts[1:2])
    assert one.build_id != other.build_id, "links are unfinished"
    other.resolve()
    assert one.build_id == other.build_id


TEXT = """ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH NINH THUẬN                 Độc lập - Tự do - Hạnh phúc
Số: {number}/KH-UBND            Ninh Thuận, ngày 10 tháng 01 năm 2022

KẾ HOẠCH
Cải cách hành chính

Thực hiện Nghị định số 24/2014/NĐ-CP ngày 04/04/2014 của Chính phủ, UBND tỉnh ban hành kế hoạch.
"""
THREAD = ThreadPoolExecutor(1)


def test_an_index_takes_what_changed_and_compares_no_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, where = tmp_path / "in", tmp_path / "kb"
    folder.mkdir()
    for number in (11, 12, 13):
        (folder / f"{number}.txt").write_text(TEXT.format(number=number), "utf-8")
    first = ingest([folder], where, workers=1, executor=THREAD)
    assert first.indexed == 4
    taken: list[Sequence[str]] = []
    update = WhooshIndex.update

    def noted(self: WhooshIndex, documents: Any, removed: Any = ()) -> int:
        kept = list(documents)
        taken.append([one.id for one in kept])
        return update(self, kept, removed)

    def never(_: WhooshIndex) -> dict[str, str]:
        raise AssertionError("all stamps were compared")

    monkeypatch.setattr(WhooshIndex, "update", noted)
    monkeypatch.setattr(WhooshIndex, "stamps", never)
    assert ingest([folder], where, workers=1, executor=THREAD).indexed == 0 and not taken
    (folder / "14.txt").write_text(TEXT.format(number=14), "utf-8")
    (folder / "11.txt").unlink()
    done = ingest([folder], where, workers=1, executor=THREAD, remove_missing=True)
    assert len(taken) == 1 and {"tw/cp/2014/nd/24", "ninh-thuan/ubnd/2022/kh/14"} <= set(taken[0])
    assert "ninh-thuan/ubnd/2022/kh/13" not in taken[0] and done.unindexed == 1
    monkeypatch.undo()
    index = WhooshIndex(next((where / "index").glob("whoosh-*")))
    assert index.count() == 4 and len(index.stamps()) == 4


def test_an_index_beside_another_base_is_compared_stamp_by_stamp(tmp_path: Path) -> None:
    folder, where = tmp_path / "in", tmp_path / "kb"
    folder.mkdir()
    (folder / "11.txt").write_text(TEXT.format(number=11), "utf-8")
    ingest([folder], where, workers=1, executor=THREAD)
    kept = (where / "kb.sqlite").read_bytes()  # a backup of the database, without the index
    (folder / "12.txt").write_text(TEXT.format(number=12), "utf-8")
    ingest([folder], where, workers=1, executor=THREAD)
    for left in where.glob("kb.sqlite*"):
        left.unlink()
    (where / "kb.sqlite").write_bytes(kept)
    (folder / "12.txt").unlink()
    (folder / "13.txt").write_text(TEXT.format(number=13), "utf-8")
    done = ingest([folder], where, workers=1, executor=THREAD)
    assert done.unindexed == 1
    index = WhooshIndex(next((where / "index").glob("whoosh-*")))
    with KnowledgeBase.open(where).store.reading() as connection:
        assert set(index.stamps()) == set(connection.execute(sa.select(document.c.slug)).scalars())
