"""What changed since a day or a build: acts and those who carry a document out, with the held documents on it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from kb_fixtures import build, cite, plan, put

from kb.errors import NotFoundError
from kb.model import OwnIdentity
from kb.service import KnowledgeBase
from web.app import create_app

OLD, NEW = "tw/cp/2016/nd/34", "tw/cp/2025/nd/78"
DECREE = OwnIdentity(number="78/2025/NĐ-CP", type="nghi-dinh", date="2025-04-01", body="CP", effect_from="2025-05-01")


def _plan(number: int, date: str, *citations):
    return f"{number}.txt", plan(f"{number}/KH-UBND", date), list(citations)


def _base(folder: Path) -> KnowledgeBase:
    return build(folder / "base", [
        ("new.txt", DECREE, [cite("34/2016/NĐ-CP", "2016-05-14", relation="replaces", type="nghi-dinh")]),
        _plan(1, "2020-01-24", cite("34/2016/NĐ-CP", "2016-05-14", relation="based_on", type="nghi-dinh")),
        _plan(2, "2024-01-24", cite("1/KH-UBND", "2020-01-24", province="Ninh Thuận", relation="implements")),
    ])  # fmt: skip


def _told(found) -> list[tuple[str, str, str, str | None]]:
    return [(one.document.id, one.relation, one.by_id, one.day) for one in found]


def test_since_a_day_with_those_who_stand_on_it(tmp_path: Path) -> None:
    found = _base(tmp_path).changes("2025-01-01")
    assert _told(found) == [(OLD, "replaces", NEW, "2025-05-01")]
    assert [one.number for one in found[0].standing] == ["1/KH-UBND"]
    assert found[0].by is not None and found[0].by.number == "78/2025/NĐ-CP"


def test_a_partial_day_and_later_ones(tmp_path: Path) -> None:
    base = _base(tmp_path)
    assert len(base.changes("2024")) == 2
    assert base.changes("2025-05-02") == ()


@pytest.mark.parametrize(
    ("narrowed", "relations"),
    [
        ({"id": OLD}, ["replaces"]),
        ({"issuer": "CP"}, ["replaces"]),
        ({"issuer": "Chính phủ"}, ["replaces"]),
        ({"issuer": "UBND"}, ["implements"]),
        ({"held": True}, ["replaces", "implements"]),
        ({"limit": 1}, ["replaces"]),
        ({"offset": 1}, ["implements"]),
    ],
)
def test_narrowed(tmp_path: Path, narrowed, relations: list[str]) -> None:
    assert [one.relation for one in _base(tmp_path).changes("2020", **narrowed)] == relations


def test_since_a_build_tells_what_was_learned_after_it(tmp_path: Path) -> None:
    base = _base(tmp_path)
    before = base.build_id
    assert base.changes(before) == ()
    put(base, [_plan(3, "2021-02-24", cite("1/KH-UBND", "2020-01-24", province="Ninh Thuận", relation="implements"))])
    base.resolve()
    assert [(one.by_id, one.day) for one in base.changes(before)] == [("ninh-thuan/ubnd/2021/kh/03", "2021-02-24")]


def test_what_is_read_again_is_no_news(tmp_path: Path) -> None:
    base = _base(tmp_path)
    before = base.build_id
    base.reread(every=True)
    base.resolve()
    assert base.changes(before) == ()


def test_neither_a_day_nor_a_build(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        _base(tmp_path).changes("deadbeefdeadbeef")


def test_the_feed_is_atom_and_names_who_stands_on_it(tmp_path: Path) -> None:
    _base(tmp_path).close()
    client = create_app(tmp_path / "base").test_client()
    answer = client.get("/thay-doi.atom?tu=2025-01-01&cua_kho=1")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    (entry,) = feed.findall("{http://www.w3.org/2005/Atom}entry")
    told = {part.tag.rpartition("}")[2]: part for part in entry}
    assert told["title"].text == "34/2016/NĐ-CP bị thay thế bởi 78/2025/NĐ-CP"
    assert told["link"].attrib["href"] == f"http://localhost/vb/{OLD}"
    assert told["summary"].text.endswith("1 văn bản trong kho đứng trên đó.")
    assert client.get("/thay-doi.atom?tu=neverwas").status_code == 400
