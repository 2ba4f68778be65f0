"""What the graph answers, on the pages and in the API: ladders, stale bases, shared bases, circles, orphans, chains."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from kb_fixtures import build, cite, plan, put
from web_support import CROWD, client

from cancu.cli import main
from kb.answers.shapes import plain
from kb.model import OwnIdentity
from kb.service import KnowledgeBase

API = "/api/v1"
NT = "Ninh Thuận"
DECREE, DECISION, PLAN = "tw/cp/2016/nd/34", "ninh-thuan/ubnd/2021/qd/10", "ninh-thuan/ubnd/2021/kh/11"
BELOW = "ninh-thuan/skhcn/2025/kh/12"


def decision(number: str, date: str, province: str = NT) -> OwnIdentity:
    return OwnIdentity(number=number, type="quyet-dinh-ubnd", date=date, body="UBND", province=province)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A decree that was replaced, a decision on it, a plan on the decision, a department's plan on the plan; a circle; a
    plan without a basis; a number that two provinces have; a document apart."""
    carried = cite("10/QĐ-UBND", "2021-01-24", province=NT, relation="implements")
    return build(tmp_path_factory.mktemp("network") / "kb", [
        ("new", OwnIdentity(number="78/2025/NĐ-CP", type="nghi-dinh", date="2025-04-01", body="CP"),
         [cite("34/2016/NĐ-CP", relation="replaces")]),
        ("d", decision("10/QĐ-UBND", "2021-01-24"), [cite("34/2016/NĐ-CP", relation="based_on")]),
        ("p", plan("11/KH-UBND", "2021-02-24"), [carried]),
        ("p2", plan("13/KH-UBND", "2021-03-24"), [carried]),
        ("q", plan("12/KH-SKHCN", "2025-06-24"),
         [cite("11/KH-UBND", "2021-02-24", province=NT, relation="implements")]),
        ("alone", plan("14/KH-UBND", "2021-04-24"), [cite("9/2020/NĐ-CP", relation="disseminates")]),
        ("r1", decision("20/QĐ-UBND", "2021-05-02"), [cite("21/QĐ-UBND", "2021-05-02", province=NT, relation="based_on")]),
        ("r2", decision("21/QĐ-UBND", "2021-05-02"), [cite("20/QĐ-UBND", "2021-05-02", province=NT, relation="based_on")]),
        ("other", decision("10/QĐ-UBND", "2021-06-01", "Quảng Ngãi"), []),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def web(base: KnowledgeBase) -> FlaskClient:
    assert base.store.folder is not None
    return client(base.store.folder)


def soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.data, "lxml")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def test_the_pages_of_what_very_many_cite_are_kept_until_the_base_or_the_address_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cited = [cite("34/2016/NĐ-CP", relation="based_on")]
    base = build(tmp_path / "kb", [("p", plan("11/KH-UBND", "2021-02-24"), cited)])
    web = client(tmp_path / "kb")
    addresses = [f"/vb/{DECREE}{tail}" for tail in ("", ".json", "?lang=en", "?yeu=0", "/luoc-do", "/can-cu")]
    hosts = ("http://localhost", "http://kho.example.vn")

    def answers() -> list[tuple[int, bytes, str | None]]:
        asked = [web.get(path, base_url=host) for path in addresses for host in hosts]
        return [(one.status_code, one.data, one.headers.get("Link")) for one in asked]

    each_time_made = answers()
    monkeypatch.setattr("web.views.standing.CROWDED", 0)
    assert answers() == each_time_made
    with monkeypatch.context() as nothing_is_drawn:
        nothing_is_drawn.setattr("web.http.answers.render_template", None)
        assert answers() == each_time_made
    put(base, [("p2", plan("13/KH-UBND", "2021-03-24"), cited)])
    base.resolve()
    assert b"13/KH-UBND" in web.get(addresses[0]).data


# -- on the page of a document -------------------------------------------------------------------------------------


def test_the_page_of_a_decision_says_who_carries_it_on_and_which_rung_is_missing(web: FlaskClient) -> None:
    rungs = {words(rung.dt): rung for rung in soup(web.get(f"/vb/{DECREE}")).select("#luoc-do .ladder > div")}
    assert list(rungs) == [
        "Hiến pháp", "Luật, nghị quyết của Quốc hội", "Chính phủ", "Bộ, ngành trung ương", "Tỉnh, thành phố",
        "Xã, phường, đặc khu",
    ]  # fmt: skip
    assert "văn bản này" in words(rungs["Chính phủ"])
    assert {a["href"] for a in rungs["Tỉnh, thành phố"].select("a")} == {f"/vb/{DECISION}"}
    assert "missing" in rungs["Xã, phường, đặc khu"]["class"] and "chưa thấy" in words(rungs["Xã, phường, đặc khu"])
    below = soup(web.get(f"/vb/{BELOW}")).select_one("#luoc-do .ladder")
    chain = [words(rung.dt) for rung in below.select(":scope > div") if rung.select("a")]
    assert chain == ["Chính phủ", "Tỉnh, thành phố"], "what it stands on, over others too"


def test_the_page_of_a_plan_says_which_of_its_bases_was_changed_and_by_what(web: FlaskClient) -> None:
    for ident, hops, when in (
        (DECISION, "trực tiếp", "trước"),
        (PLAN, "qua 2 bước", "trước"),
        (BELOW, "qua 3 bước", "sau"),
    ):
        told = words(soup(web.get(f"/vb/{ident}")).select_one("#dan-den .changed .plain"))
        assert "34/2016/NĐ-CP" in told and "78/2025/NĐ-CP" in told and "thay thế" in told
        assert hops in told and f"ký {when} khi" in told
    assert not soup(web.get(f"/vb/{DECREE}")).select(".changed")


def test_plans_on_the_same_basis_know_of_each_other(web: FlaskClient) -> None:
    page = soup(web.get(f"/vb/{PLAN}")).select_one("#dan-den")
    assert page.find("h3", string="Cùng căn cứ").find_next("a")["href"] == "/vb/ninh-thuan/ubnd/2021/kh/13"


def test_a_decree_says_from_which_provinces_it_is_cited_and_shows_one_of_them(
    web: FlaskClient, base: KnowledgeBase
) -> None:
    assert base.provinces_citing(DECISION) == {NT: 2}
    assert base.provinces_citing(DECREE) == {NT: 1}, "what the centre does to it is no province's"
    chip = soup(web.get(f"/vb/{DECREE}")).select_one("#dan-boi nav.chips a")
    listed = soup(web.get(chip["href"]))
    assert [words(one) for one in listed.select(".edge .who .no")] == ["10/QĐ-UBND"]
    assert len(soup(web.get(listed.select_one('[role="status"] a[href$="chieu=den"]')["href"])).select(".edge")) == 2
    for name, total in (("ninh-thuan", 1), ("Ninh Thuận", 1), ("Hà Nội", 0)):
        found = web.get(f"{API}/documents/{DECREE}/citations", query_string={"province": name}).get_json()
        assert (found["total"], sum(found["by_relation"].values())) == (total, total)


def test_the_twin_of_the_page_says_the_same(web: FlaskClient) -> None:
    place = web.get(f"/vb/{BELOW}.json").get_json()["standing"]
    (told,) = place["stale_bases"]
    assert (told["touched"]["id"], told["by"]["number"], told["hops"]) == (DECREE, "78/2025/NĐ-CP", 3)
    assert told["signed_after"] is True
    rungs = web.get(f"/vb/{BELOW}.json").get_json()["lineage"]["rungs"]
    assert [rung["rung"] for rung in rungs if rung["missing"]] == ["constitution", "assembly", "ministry", "commune"]


def test_the_sentences_stand_on_a_page_of_their_own(web: FlaskClient) -> None:
    page = soup(web.get(f"/vb/{DECREE}/can-cu"))
    proofs = page.select("#thuc-hien blockquote")
    assert len(proofs) == 4 and all(proof.find_next(class_="place")["href"].startswith("/vb/") for proof in proofs)
    below = [words(row) for row in page.select("#dua-vao .rows > li")]
    assert len(below) == 4 and all("78/2025/NĐ-CP" in row for row in below)
    chain = soup(web.get(f"/vb/{BELOW}/can-cu")).select("#can-cu-doi .chain > li")
    assert [words(step.select_one(".no")) for step in chain] == [
        "12/KH-SKHCN", "11/KH-UBND", "10/QĐ-UBND", "78/2025/NĐ-CP"
    ]  # fmt: skip
    assert all(step.select_one("blockquote mark") for step in chain)
    assert web.get("/vb/khong/co/can-cu").status_code == 404


# -- the whole base ------------------------------------------------------------------------------------------------


def test_the_network_page_shows_each_list(web: FlaskClient) -> None:
    page = soup(web.get("/mang-luoi"))
    heads = {words(section.h2): section for section in page.select("main section")}
    assert "14/KH-UBND" in words(heads["Kế hoạch chưa thấy căn cứ"])
    assert len(heads["Dựa vào căn cứ đã đổi"].select(".rows > li")) == 4
    (circle,) = heads["Vòng dẫn lẫn nhau"].select(".rows > li")
    assert "20/QĐ-UBND" in words(circle) and len(circle.select(".chain > li")) == 2
    assert heads["Được dẫn nhiều nhất"].select_one(".rows a")["href"] == f"/vb/{DECISION}"


@pytest.mark.parametrize(("name", "total"), [("can-cu-cu", 4), ("khong-can-cu", 1), ("dan-nhieu", 6), ("vong", 1)])
def test_lists_can_be_paged_through(web: FlaskClient, name: str, total: int) -> None:
    whole = web.get(f"/mang-luoi.json?xem={name}").get_json()
    assert len(whole["items"]) == total and whole["links"] == {"next": None, "prev": None}
    found: list[Any] = []
    path = f"/mang-luoi.json?xem={name}&per_page=1"
    while path:
        body = web.get(path).get_json()
        found += body["items"]
        path = body["links"]["next"] and body["links"]["next"].replace("/mang-luoi?", "/mang-luoi.json?")
    assert found == whole["items"]


def test_the_api_gives_what_the_library_gives(web: FlaskClient, base: KnowledgeBase) -> None:
    for path, expected in (
        (f"documents/{DECREE}/ladder", base.ladder(DECREE).to_json()),
        (f"documents/{BELOW}/stale", [one.to_json() for one in base.stale_bases(BELOW)]),
        (f"documents/{DECREE}/stale?direction=down&hops=1", [one.to_json() for one in base.stale(DECREE, hops=1)]),
        (f"documents/{PLAN}/shared", [one.to_json() for one in base.sharing_basis(PLAN)]),
        ("stale", [one.to_json() for one in base.stale()]),
        ("orphans", [one.to_json() for one in base.orphans()]),
        ("most-cited", [one.to_json() for one in base.most_cited()]),
        ("circles", [one.to_json() for one in base.circles()]),
    ):
        answer = web.get(f"{API}/{path}")
        body = answer.get_json()
        assert answer.status_code == 200 and expected, path
        assert (body if isinstance(expected, dict) else body["items"]) == expected, path
    for path in (f"documents/{DECREE}/stale?hops=4", f"documents/{DECREE}/stale?direction=both", "stale?page=0",
                 f"documents/{PLAN}/shared?limit=1000", "chain?from=10/QĐ-UBND"):  # fmt: skip
        assert web.get(f"{API}/{path}").get_json()["code"] == "bad_parameter", path
    for tail in ("ladder", "stale", "shared"):
        assert web.get(f"{API}/documents/khong/co/{tail}").get_json()["code"] == "document_not_found"


# -- chains --------------------------------------------------------------------------------------------------------


def test_two_numbers_give_the_shortest_chain_with_a_sentence_a_step(web: FlaskClient) -> None:
    page = soup(web.get("/mang-luoi/chuoi", query_string={"tu": "12 kh skhcn", "den": "78/2025/NĐ-CP"}))
    assert "Chuỗi ngắn nhất: 4 bước" in words(page.select_one('[role="status"]'))
    assert [words(step.select_one(".rel")) for step in page.select(".chain > li")] == [
        "thực hiện", "thực hiện", "căn cứ", "thay thế"
    ]  # fmt: skip
    assert page.select_one("#tu")["value"] == "12 kh skhcn"
    body = web.get(f"{API}/chain", query_string={"from": BELOW, "to": "78/2025/NĐ-CP"}).get_json()
    assert body["chain"]["nodes"] == [BELOW, PLAN, DECISION, DECREE, "tw/cp/2025/nd/78"]


def test_an_end_that_is_several_documents_is_chosen_by_the_reader(web: FlaskClient) -> None:
    page = soup(web.get("/mang-luoi/chuoi", query_string={"tu": "10/QĐ-UBND", "den": "34/2016/NĐ-CP"}))
    assert "Có 2 văn bản mang số" in words(page.main)
    settle = next(a for a in page.select(".choose a") if "ninh-thuan" in a["href"])
    assert "Chuỗi ngắn nhất: 1 bước" in words(soup(web.get(settle["href"])).main)
    several = web.get(f"{API}/chain", query_string={"from": "10/QĐ-UBND", "to": "34/2016/NĐ-CP"})
    assert several.status_code == 300 and several.get_json()["chain"] is None
    assert len(several.get_json()["from"]["lookup"]["matches"]) == 2


def test_an_end_that_is_no_document_and_ends_that_do_not_meet_are_said_so(web: FlaskClient) -> None:
    page = soup(web.get("/mang-luoi/chuoi", query_string={"tu": "999/QĐ-UBND", "den": "không phải số"}))
    assert words(page.main).count("Kho không có văn bản nào mang số") == 2
    assert web.get(f"{API}/chain?from=999/QĐ-UBND&to=34/2016/NĐ-CP").status_code == 404
    apart = soup(web.get("/mang-luoi/chuoi", query_string={"tu": "14/KH-UBND", "den": "34/2016/NĐ-CP"}))
    assert "không có chuỗi nào" in words(apart.main)
    same = soup(web.get("/mang-luoi/chuoi", query_string={"tu": "14/KH-UBND", "den": "14 kh ubnd"}))
    assert "cùng một văn bản" in words(same.main)
    weak = {"tu": "14/KH-UBND", "den": "9/2020/NĐ-CP"}
    assert "1 bước" in words(soup(web.get("/mang-luoi/chuoi", query_string=weak)).main)
    assert "không có chuỗi nào" in words(soup(web.get("/mang-luoi/chuoi", query_string={**weak, "manh": "1"})).main)


def test_in_english_every_word_of_the_page_is(web: FlaskClient) -> None:
    for path in (
        "/mang-luoi?lang=en",
        f"/vb/{BELOW}/can-cu?lang=en",
        "/mang-luoi/chuoi?lang=en&tu=12/KH-SKHCN&den=34/2016/NĐ-CP",
    ):
        page = soup(web.get(path))
        for quoted in page.select('[lang="vi"], .place'):
            quoted.decompose()
        found = [
            word
            for word in words(page.main).split()
            if any(letter in word for letter in "ăâđêôơưạảấầẩậắằặẹẻếềểệịỉọốồổộớờợụủứừựỳỵ")
        ]
        assert found == [], path


def test_words_of_documents_are_only_words(odd: FlaskClient) -> None:
    for path in ("/mang-luoi", "/mang-luoi?xem=dan-nhieu&per_page=60", "/vb/ninh-thuan/ubnd/2022/kh/900/can-cu",
                 "/mang-luoi/chuoi?tu=%3Cscript%3Ealert(1)%3C/script%3E&den=%22%3E%3Cimg+src%3Dx%3E"):  # fmt: skip
        page = soup(odd.get(path))
        assert not page.select("main script, main img, [onmouseover]"), path


def test_a_decision_that_many_carry_on_names_a_few_and_counts_the_rest(odd: FlaskClient) -> None:
    page = soup(odd.get("/vb/ninh-thuan/ubnd/2021/qd/500/luoc-do"))
    group = page.select_one(".rung.own .group")
    assert len(group.select("li")) == 5 and f"{CROWD + 1} văn bản" in words(group.h3)
    whole = soup(odd.get(group.select_one(".more a")["href"]))
    assert f"{CROWD + 1} chỗ dẫn" in words(whole.select_one('[role="status"]'))


def test_on_the_first_plans_the_ladder_of_a_decree_names_both_provinces(seeds: FlaskClient) -> None:
    body = seeds.get(f"{API}/documents/ninh-thuan/ubnd/2021/qd/2395/ladder").get_json()
    named = {node["id"] for rung in body["rungs"] for node in rung["documents"]}
    assert "ninh-thuan/skhcn/2022/kh/18" in named
    assert {edge["file"].rsplit("/", 1)[-1][:3] for edge in body["edges"]} == {"000", "002"}


# -- the command line ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected", "shown"),
    [
        (["trace", DECREE, "--ask", "ladder"], lambda base: base.ladder(DECREE), ["Sở, ngành", "12/KH-SKHCN", "chưa thấy"]),
        (["trace", "12/KH-SKHCN", "--ask", "stale-bases"], lambda base: base.stale_bases(BELOW),
         ["34/2016/NĐ-CP", "78/2025/NĐ-CP", "ký sau", "“"]),
        (["trace", "34/2016/NĐ-CP", "--ask", "stale-dependants"], lambda base: base.stale(DECREE), ["10/QĐ-UBND"]),
        (["trace", "11/KH-UBND", "--ask", "shared-bases"], lambda base: base.sharing_basis(PLAN), ["13/KH-UBND", DECISION]),
        (["trace", "12/KH-SKHCN", "--to", "78/2025/NĐ-CP"], lambda base: base.chain(BELOW, "tw/cp/2025/nd/78"), ["4 bước"]),
        (["stats", "--list", "stale", "--limit", "2"], lambda base: base.stale(limit=2), ["dựa vào"]),
        (["stats", "--list", "orphans"], lambda base: base.orphans(), ["14/KH-UBND"]),
        (["stats", "--list", "most-cited"], lambda base: base.most_cited(), ["10/QĐ-UBND"]),
        (["stats", "--list", "circles"], lambda base: base.circles(), ["20/QĐ-UBND, 21/QĐ-UBND"]),
    ],
)  # fmt: skip
def test_the_command_line_gives_the_same_in_words_and_as_json(
    base: KnowledgeBase, capsys: pytest.CaptureFixture[str], said: list[str], expected: Any, shown: list[str]
) -> None:
    where = str(base.store.folder)
    assert main([*said, "--kb", where, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(plain(expected(base))))
    assert main([*said, "--kb", where]) == 0
    told = capsys.readouterr().out
    assert [words for words in shown if words not in told] == []


@pytest.mark.parametrize(
    "said",
    [
        ["trace", BELOW, "--ask", "ladder"],
        ["trace", "14/KH-UBND", "--ask", "shared-bases"],
        ["trace", "14/KH-UBND", "--to", "34/2016/NĐ-CP"],
        ["trace", "14/KH-UBND", "--to", "10/QĐ-UBND"],
    ],
)
def test_where_there_is_nothing_the_command_line_says_so(
    base: KnowledgeBase, capsys: pytest.CaptureFixture[str], said: list[str]
) -> None:
    assert main([*said, "--kb", str(base.store.folder)]) == 1
    assert capsys.readouterr().out.strip()
