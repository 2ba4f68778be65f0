"""The board of a document: every document in its group, groups on their rungs, true totals, what is missing; its picture
and its timeline."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from kb_fixtures import build, cite, plan
from web_support import client

from kb.answers.board_shapes import Board, BoardGroup
from kb.lineage.board import SHOWN
from kb.model import OwnIdentity
from kb.service import KnowledgeBase
from web.drawing import board_picture

NT = "Ninh Thuận"
LAW, DECREE, DECISION, PLAN = (
    "tw/qh/2015/qh13/77", "tw/cp/2016/nd/34", "ninh-thuan/ubnd/2021/qd/10", "ninh-thuan/ubnd/2021/kh/11"
)  # fmt: skip
CROWD = 1000


def central(number: str, kind: str, date: str, body: str) -> OwnIdentity:
    return OwnIdentity(number=number, type=kind, date=date, body=body)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Law ← decree ← decision ← plan, the decree replaced; the law the basis of a thousand plans."""
    on_law = cite("77/2015/QH13", "2015-06-19", relation="based_on")
    on_decree = cite("34/2016/NĐ-CP", "2016-05-14", relation="based_on")
    on_decision = cite("10/QĐ-UBND", "2021-01-24", province=NT, relation="implements")
    also = cite("10/QĐ-UBND", "2021-01-24", province=NT, relation="cites")
    crowd = [(f"c{n:04}", plan(f"{n}/KH-UBND", f"2022-01-{n % 28 + 1:02}"), [on_law]) for n in range(1, CROWD + 1)]
    return build(tmp_path_factory.mktemp("board") / "kb", [
        ("law", central("77/2015/QH13", "luat", "2015-06-19", "QH"), []),
        ("decree", central("34/2016/NĐ-CP", "nghi-dinh", "2016-05-14", "CP"), [on_law]),
        ("new", central("78/2025/NĐ-CP", "nghi-dinh", "2025-04-01", "CP"),
         [cite("34/2016/NĐ-CP", "2016-05-14", relation="replaces")]),
        ("decision", OwnIdentity(number="10/QĐ-UBND", type="quyet-dinh-ubnd", date="2021-01-24", body="UBND", province=NT),
         [on_decree]),
        ("plan", plan("11/KH-UBND", "2021-02-24"), [on_decision, also]),
        *crowd,
    ])  # fmt: skip


@pytest.fixture(scope="module")
def web(base: KnowledgeBase) -> FlaskClient:
    assert base.store.folder is not None
    return client(base.store.folder)


def soup(answer: object) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    return BeautifulSoup(answer.data, "lxml")  # type: ignore[attr-defined]


def told(groups: tuple[BoardGroup, ...]) -> list[tuple[str | None, bool, int, list[str | None]]]:
    return [(one.relation, one.outgoing, one.total, [each.document.number for each in one.entries]) for one in groups]


def test_a_plan_stands_under_all_that_it_stands_on_up_to_the_law(base: KnowledgeBase) -> None:
    board = base.board(PLAN)
    rungs = {rung.rung: rung for rung in board.rungs}
    assert list(rungs) == ["constitution", "assembly", "government", "ministry", "province", "commune"]
    assert [rung.rung for rung in board.rungs if rung.missing] == ["constitution", "ministry", "commune"]
    assert told(rungs["province"].above) == [("implements", True, 1, ["10/QĐ-UBND"])] and rungs["province"].own
    assert told(rungs["government"].above) == [(None, True, 1, ["34/2016/NĐ-CP"])]
    entry = rungs["assembly"].above[0].entries[0]
    assert entry.document.number == "77/2015/QH13" and entry.via is not None and entry.via.number == "34/2016/NĐ-CP"
    assert entry.edge.stated_in.id == DECREE and "77/2015/QH13" in entry.edge.sentence
    assert told(board.mentions) == [("cites", True, 1, ["10/QĐ-UBND"])]


def test_what_changes_it_stands_apart_from_its_bases(base: KnowledgeBase) -> None:
    board = base.board(DECREE)
    assert told(board.acts) == [("replaces", False, 1, ["78/2025/NĐ-CP"])]
    standing = [
        each.document.number for rung in board.rungs for one in (*rung.above, *rung.below) for each in one.entries
    ]
    assert sorted(map(str, standing)) == ["10/QĐ-UBND", "77/2015/QH13"]
    assert {each.document.status.code for rung in base.board(DECISION).rungs for one in rung.above
            for each in one.entries if each.document.id == DECREE} == {"replaced"}  # fmt: skip


def test_a_thousand_dependants_are_counted_and_a_few_shown(base: KnowledgeBase, web: FlaskClient) -> None:
    board = base.board(LAW)
    groups = [one for rung in board.rungs for one in rung.below if rung.rung == "province"]
    assert [(one.relation, one.total, len(one.entries)) for one in groups] == [("based_on", CROWD, SHOWN)]
    assert board.stand_on_it == CROWD + 1
    days = [each.document.date or "" for each in groups[0].entries]
    assert days == sorted(days, reverse=True), "the latest first"
    answer = web.get(f"/vb/{LAW}/luoc-do")
    assert len(answer.data) < 60_000
    page = soup(answer)
    assert "1.000 văn bản" in page.select_one(".board").get_text()
    rest = soup(web.get(page.select_one(".group .more a")["href"]))
    assert "1.001 chỗ dẫn" in rest.select_one('[role="status"]').get_text()


def test_a_board_opens_step_by_step_by_links_alone(web: FlaskClient) -> None:
    page = soup(web.get(f"/vb/{PLAN}/luoc-do"))
    link = next(one for one in page.select("a.open") if "10/QĐ-UBND" in one.get_text())
    assert not page.select(".group .group")
    page = soup(web.get(link["href"].partition("#")[0]))
    inner = page.select_one(".group .group")
    assert "34/2016/NĐ-CP" in inner.get_text() and "78/2025" not in inner.get_text()
    page = soup(web.get(inner.select_one("a.open")["href"].partition("#")[0]))
    assert "77/2015/QH13" in page.select_one(".group .group .group").get_text()
    close = [one for one in page.select(".group a") if "Thu lại" in one.get_text()]
    assert len(close) == 2 and close[0]["href"].count("mo=") == 1
    assert web.get(f"/vb/{PLAN}/luoc-do?mo=khong/co&mo={PLAN}").status_code == 200


def test_a_document_outside_of_the_ladder_is_missing_nothing(tmp_path: Path) -> None:
    party = OwnIdentity(number="05-NQ/TU", type="nghi-quyet-cb", date="2021-05-04", body="TU", province=NT)
    base = build(tmp_path, [("party", party, [cite("77/2015/QH13", "2015-06-19", relation="based_on")])])
    (ident,) = (one.id for one in base.documents(role="held"))
    assert [(one.rung, one.missing, one.own) for one in base.board(ident).rungs] == [
        ("assembly", False, False), ("party", False, True)
    ]  # fmt: skip


def test_the_timeline_tells_what_became_of_a_document(base: KnowledgeBase, web: FlaskClient) -> None:
    details = base.document(DECREE)
    assert details is not None
    events = [(one.day, one.kind, one.relation, one.document and one.document.number) for one in base.history(details)]
    assert events == [("2016-05-14", "issued", None, None), ("2025-04-01", "act", "replaces", "78/2025/NĐ-CP")]
    new = base.document("tw/cp/2025/nd/78")
    assert new is not None
    assert [one.relation for one in base.history(new) if one.kind == "own_act"] == ["replaces"]
    line = soup(web.get(f"/vb/{DECREE}")).select_one("#lich-su .act")
    assert "01/04/2025" in line.get_text() and "34/2016/NĐ-CP" in line.blockquote.get_text()
    assert line.select_one("a.place")["href"].startswith("/vb/tw/cp/2025/nd/78/noi-dung?dong=")


def test_a_list_of_citations_is_sorted_and_narrowed_in_its_address(web: FlaskClient) -> None:
    def days(query: str) -> list[str]:
        page = soup(web.get(f"/vb/{LAW}/dan?per_page=60{query}"))
        return [one.get_text().removeprefix("ngày ") for one in page.select(".edge .who .nb")]

    def iso(day: str) -> str:
        return "-".join(reversed(day.split("/")))

    newest, oldest = [list(map(iso, days(query))) for query in ("", "&xep=cu")]
    assert newest == sorted(newest, reverse=True) and oldest == sorted(oldest) and newest[0] > oldest[0] == "2016-05-14"
    assert days("&nam=2016") == ["14/05/2016"]
    assert web.get(f"/vb/{LAW}/dan?xep=loan").status_code == 400
    assert web.get(f"/vb/{LAW}/dan?nam=abc").status_code == 400


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 400), st.booleans()), max_size=12), st.integers(0, 5))
def test_nothing_in_the_picture_lies_on_anything_else(sizes: list[tuple[int, int, bool]], own_at: int) -> None:
    layout = board_picture._Layout()
    for rung, (groups, total, own) in enumerate(sizes):
        made = tuple(BoardGroup("implements", True, total, ()) for _ in range(groups))
        layout.band(
            f"Rung {rung} of several words", made, own=object() if own else None, own_at=own_at, missing=not groups
        )
    boxes = [(box.x, box.y) for box in layout.boxes]
    heads = [head.y for head in layout.heads]
    assert len(set(boxes)) == len(boxes) and len(set(heads)) == len(heads)
    for one, other in combinations(layout.bands, 2):
        assert one.y + one.height <= other.y or other.y + other.height <= one.y
    for box in layout.boxes:
        assert any(
            band.y <= box.y and box.y + board_picture.BOX_HEIGHT <= band.y + band.height for band in layout.bands
        )


def test_the_picture_draws_what_the_board_shows(base: KnowledgeBase) -> None:
    board: Board = base.board(PLAN)
    drawn = board_picture.draw(board, "vi")
    on_board = {each.document.id for rung in board.rungs for one in (*rung.above, *rung.below) for each in one.entries}
    assert {box.document.id for box in drawn.boxes} == on_board | {PLAN}
    assert all(box.x + board_picture.BOX_WIDTH <= board_picture.WIDTH for box in drawn.boxes)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_name_of_every_rung_stands_within_its_band(web: FlaskClient, lang: str) -> None:
    picture = BeautifulSoup(web.get(f"/vb/{PLAN}/tai-ve/luoc-do.svg?lang={lang}").data, "xml")
    bands = picture.select("g[class^=band]")
    assert any("missing" in band["class"] and len(band.find_all(class_="rung")) > 1 for band in bands)
    for band in bands:
        top, height = float(band.rect["y"]), float(band.rect["height"])
        assert all(top + 10 <= float(line["y"]) <= top + height for line in band.find_all("text"))
