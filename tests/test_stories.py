"""The twelve user stories of the product notes on the five real plans, each ✔ of which no other test is sure.

``docs/stories.md`` lists every acceptance point with the test that holds it. The documents are read in place.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_support import client

from cancu.cli import main
from kb.service import KnowledgeBase

API = "/api/v1"
DECISION = "ninh-thuan/ubnd/2021/qd/2395"
DECREE_2020 = "tw/cp/2020/nd/62"
LAW = "tw/qh/2003/qh11/15"
Capture = pytest.CaptureFixture[str]


def soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code in (200, 300), answer.status_code
    return BeautifulSoup(answer.data, "lxml")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def ask(where: Path, capsys: Capture, *said: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main([*said, "--kb", str(where), "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def base(seed_kb: Path) -> KnowledgeBase:
    return KnowledgeBase.open(seed_kb)


def plan(base: KnowledgeBase, file: str) -> str:
    """The id of the document held in the file whose name begins so."""
    held = base.documents(role="held")
    return next(one.id for one in held if any(Path(name).name.startswith(file) for name in base.files_of(one.id)))


def test_the_table_of_stories_names_tests_that_exist(project: Path) -> None:
    table = (project / "docs" / "stories.md").read_text("utf-8")
    written = "\n".join(path.read_text("utf-8") for path in (project / "tests").rglob("test_*.py"))
    names = re.findall(r"`(test_\w+)(…?)`", table)
    assert len(names) > 40
    missing = [name for name, cut in names if f"def {name}{'' if cut else '('}" not in written]
    assert missing == []
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", table))
    assert [file for file in files if not (project / file).exists()] == []


# -- 1 find by number ----------------------------------------------------------------------------------------------

SHAPES = (
    "2395 qd ubnd",
    "2395/QĐ-UBND",
    "2395/QB-UBND",
    "quyết định số 2395/QĐ-UBND",
    "２３９５／ＱĐ－ＵＢＮＤ",
    "2395/QÐ-UBND",
)


@pytest.mark.parametrize("typed", SHAPES)
def test_1_every_shape_leads_to_the_one_document(
    seeds: FlaskClient,
    base: KnowledgeBase,
    seed_kb: Path,
    capsys: Capture,
    typed: str,
) -> None:
    assert [one.id for one in base.lookup(typed).matches] == [DECISION]
    assert [one["id"] for one in ask(seed_kb, capsys, "lookup", typed)["matches"]] == [DECISION]
    answer = seeds.get("/tim", query_string={"q": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/vb/{DECISION}")
    facts = words(soup(seeds.get(answer.headers["Location"])).select_one(".facts"))
    assert "24/12/2021" in facts and "Ninh Thuận" in facts


# -- 2 ambiguous number --------------------------------------------------------------------------------------------


def test_2_when_a_second_province_has_it_both_are_named(shared: Path, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n\nSố: 93/QĐ-UBND\n\nHà Tĩnh, ngày 20 tháng 01 năm 2022\n\nQUYẾT ĐỊNH\n"
        "Về việc ban hành Kế hoạch cải cách hành chính\n\nĐiều 1. Ban hành kèm theo Quyết định này.\n",
        "utf-8",
    )
    where = tmp_path / "kb"
    assert main(["ingest", str(shared / "corpus" / "seeds"), str(other), "--kb", str(where)]) == 0
    found = ask(where, capsys, "lookup", "93/QĐ-UBND")
    assert found["status"] == "multiple"
    assert {one["province"] for one in found["matches"]} == {"Quảng Ngãi", "Hà Tĩnh"}
    page = soup(client(where).get("/tim?q=93/QĐ-UBND"))
    assert all(name in words(page.select_one(".rows")) for name in ("Quảng Ngãi", "Hà Tĩnh"))


# -- 3 check a quotation -------------------------------------------------------------------------------------------


def test_3_the_repair_names_the_line_that_proves_it(
    base: KnowledgeBase, shared: Path, seed_kb: Path, capsys: Capture
) -> None:
    (edge,) = (one for one in base.citations("tw/cp/2005/nd/130", direction="in").items if one.line == 386)
    repair = next(one for one in edge.repairs if one["after"] == "2005-10-17")
    assert repair["before"] == "17/ 19/2‘005" and "390" in repair["evidence"]
    lines = next((shared / "corpus" / "seeds").glob("004*")).read_text("utf-8").split("\n")
    assert "17/10/2005" in lines[389].replace(" ", "")
    assert main(["lookup", "130/2005/NĐ-CP", "--kb", str(seed_kb)]) == 0
    assert ":386" in capsys.readouterr().out


# -- 4 law by name -------------------------------------------------------------------------------------------------


def test_4_the_law_of_its_time_with_amendments_and_the_newer_one_in_both_languages(seeds: FlaskClient) -> None:
    for lang, newer, amended in (
        ("vi", "06/2022/QH15 (hiệu lực từ ngày 01/01/2024)", "sửa đổi, bổ sung bởi: 47/2005/QH11, 39/2013/QH13"),
        ("en", "06/2022/QH15 (in force from 01/01/2024)", "Amended by: 47/2005/QH11, 39/2013/QH13"),
    ):
        notices = " ".join(words(one) for one in soup(seeds.get(f"/vb/{LAW}?lang={lang}")).select(".notice"))
        assert newer in notices and amended in notices


def test_4_it_is_never_shown_as_a_broken_number(seeds: FlaskClient, base: KnowledgeBase) -> None:
    ident = plan(base, "003")
    page = soup(seeds.get(f"/vb/{ident}"))
    row = next(one for one in page.select("#dan-den .edge") if "Thi đua, khen thưởng" in words(one.blockquote))
    assert "viện dẫn theo tên" in words(row) and row.select_one(".who a")["href"] == f"/vb/{LAW}"
    assert "chưa xác định" not in words(row)
    link = next(one for one in page.select(".text .c > a") if "Thi đua" in one.get_text())
    assert link["href"] == f"/vb/{LAW}" and "resolved" in link.parent["class"]
    assert not any("Thi đua" in one.message for one in base.findings(per_page=500).items)


# -- 5 who implements this? ----------------------------------------------------------------------------------------


def test_5_grouped_by_relation_with_both_plans(seeds: FlaskClient, base: KnowledgeBase) -> None:
    section = soup(seeds.get(f"/vb/{DECISION}")).select_one("#dan-boi")
    groups = {one["id"].removeprefix("den-") for one in section.select("h3.relation")}
    assert {"implements", "based_on", "disseminates"} <= groups
    plans = {one.select_one(".who a")["href"] for one in section.select(".edge")}
    assert plans == {f"/vb/{plan(base, '000')}", f"/vb/{plan(base, '002')}"}


# -- 6 lineage -----------------------------------------------------------------------------------------------------


def test_6_up_to_the_party_congresses(base: KnowledgeBase, seeds: FlaskClient) -> None:
    ident = plan(base, "003")
    trace = base.trace(ident, direction="up", depth=4)
    named = {node.id: node.number or node.title or "" for node in trace.nodes}
    steps = {(named[one.source.id], named[one.target.id]) for one in trace.edges if one.source and one.target}
    congresses = {above for below, above in steps if below == "09-CTr/TU"}
    assert ("3809/QĐ-UBND", "09-CTr/TU") in steps
    assert any("Đại hội XX Đảng bộ tỉnh" in one for one in congresses)
    assert any("Đại hội" in one and "XIII" in one for one in congresses)
    page = soup(seeds.get(f"/vb/{ident}/luoc-do"))
    drawn = " ".join(words(one) for one in page.select("svg.lineage .box title"))
    listed = " ".join(words(one) for one in page.select(".board .who"))
    for one in ("3809/QĐ-UBND", "09-CTr/TU"):
        assert one in drawn and one in listed


# -- 7 two provinces, one decree -----------------------------------------------------------------------------------


def test_7_the_decree_shows_its_two_plans_and_one_of_each_province(seeds: FlaskClient, base: KnowledgeBase) -> None:
    section = soup(seeds.get(f"/vb/{DECREE_2020}")).select_one("#dan-boi")
    plans = {one.select_one(".who a")["href"] for one in section.select(".edge")}
    assert plans == {f"/vb/{plan(base, '002')}", f"/vb/{plan(base, '004')}"}
    facet = section.select_one("nav.chips")
    assert sorted(words(one) for one in facet.select("a")) == ["Ninh Thuận 1", "Quảng Ngãi 1"]
    for one in facet.select("a"):
        narrowed = soup(seeds.get(one["href"]))
        (edge,) = narrowed.select(".edge")
        assert words(one).removesuffix(" 1") in words(edge.select_one(".who"))
    twin = seeds.get(f"/vb/{DECREE_2020}.json").get_json()["incoming"]["by_province"]
    assert twin == base.provinces_citing(DECREE_2020) == {"Ninh Thuận": 1, "Quảng Ngãi": 1}
    listed = seeds.get(f"{API}/documents/{DECREE_2020}/citations?province=ninh-thuan").get_json()
    assert [one["stated_in"]["province"] for one in listed["items"]] == ["Ninh Thuận"]


def test_7_the_search_for_what_cites_it_has_the_facet_too(seeds: FlaskClient) -> None:
    page = soup(seeds.get("/tim", query_string={"q": "dẫn:62/2020/NĐ-CP"}))
    provinces = page.find("h2", string="Tỉnh, thành phố").find_next("ul")
    assert sorted(words(one) for one in provinces.select("a")) == ["Ninh Thuận 1", "Quảng Ngãi 1"]


def test_7_the_new_name_of_a_province_offers_documents_of_the_old_one_with_a_note(
    seeds: FlaskClient,
    seed_kb: Path,
    capsys: Capture,
) -> None:
    for query in ("Khánh Hòa", "khanh hoa", 'tỉnh:"Khánh Hòa"'):
        page = soup(seeds.get("/tim", query_string={"q": query}))
        note = words(page.select_one(".notice"))
        assert "Ninh Thuận" in note and "sáp nhập 01/7/2025" in note
        rows = [words(one) for one in page.select(".rows > li")]
        assert rows and all("Ninh Thuận" in one for one in rows)
        english = words(soup(seeds.get("/tim", query_string={"q": query, "lang": "en"})).select_one(".notice"))
        assert "merged on 2025-07-01" in english
        told = ask(seed_kb, capsys, "search", query)
        assert told["total"] == len(rows) and "sáp nhập 01/7/2025" in told["notes"][0]["vi"]


# -- 9 and 10: the API ---------------------------------------------------------------------------------------------


def test_9_a_misset_party_number_of_a_province(seeds: FlaskClient) -> None:
    answer = seeds.get(f"{API}/lookup?number=05/NQ-TU&province=ninh-thuan")
    assert (answer.status_code, answer.get_json()["normalized"]) == (200, "05-NQ/TU")
    assert [one["code"] for one in answer.get_json()["warnings"]] == ["party_order_fixed"]
    again = seeds.get(
        f"{API}/lookup?number=05/NQ-TU&province=ninh-thuan", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert seeds.get(f"{API}/lookup?number=xyz").mimetype == "application/problem+json"


def test_9_without_a_province_two_matches_are_300_with_both(shared: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "TỈNH ỦY HÀ TĨNH\n*\nSố 05-NQ/TU\n\nHà Tĩnh, ngày 20 tháng 7 năm 2021\n\nNGHỊ QUYẾT\nVề chuyển đổi số\n\nNội dung.\n",
        "utf-8",
    )
    where = tmp_path / "kb"
    assert main(["ingest", str(shared / "corpus" / "seeds"), str(other), "--kb", str(where)]) == 0
    answer = client(where).get(f"{API}/lookup?number=05/NQ-TU")
    assert answer.status_code == 300
    assert {one["province"] for one in answer.get_json()["matches"]} == {"Ninh Thuận", "Hà Tĩnh"}


def test_10_the_preamble_of_a_plan(seeds: FlaskClient, shared: Path) -> None:
    text = next((shared / "corpus" / "seeds").glob("003*")).read_text("utf-8").split("\n")[10]
    first = seeds.post(f"{API}/extract", json={"text": text, "province": "Bình Định"})
    found = first.get_json()["citations"]
    assert [one["kind"] for one in found] == ["number", "number", "number", "named", "named", "number"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found)
    assert [one["parent"] for one in found] == [None, None, 1, 2, 2, None]
    assert seeds.post(f"{API}/extract", json={"text": text, "province": "Bình Định"}).data == first.data
    assert seeds.post(f"{API}/extract", data=b"a" * 65_537, content_type="text/plain").status_code == 413


# -- 11 add a document ---------------------------------------------------------------------------------------------


def test_11_one_more_file_in_the_folder(shared: Path, tmp_path: Path, capsys: Capture) -> None:
    folder, where = tmp_path / "plans", tmp_path / "kb"
    folder.mkdir()
    sources = sorted((shared / "corpus" / "seeds").glob("*.txt"))
    for source in sources[:4]:
        shutil.copy(source, folder)
    assert main(["ingest", str(folder), "--kb", str(where)]) == 0
    shutil.copy(sources[4], folder)
    before = {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in folder.iterdir()
    }
    report = ask(where, capsys, "ingest", str(folder))
    assert [Path(name).name for name in report["added"]] == [sources[4].name] and len(report["unchanged"]) == 4
    links = report["links"]
    assert "tw/cp/2005/nd/130" in links["added"] and DECREE_2020 not in links["added"]
    assert {"merged", "newly_held", "unknown_province", "unresolved"} <= set(links)
    assert {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in folder.iterdir()
    } == before
    build = KnowledgeBase.open(where).build_id
    again = ask(where, capsys, "ingest", str(folder))
    assert (again["added"], again["changed"], again["links"]["added"], again["links"]["relinked"]) == ([], [], [], 0)
    assert KnowledgeBase.open(where).build_id == build
    whole = tmp_path / "whole"
    assert main(["ingest", str(folder), "--kb", str(whole)]) == 0
    assert KnowledgeBase.open(whole).build_id == build


def test_11_what_is_merged_and_what_cannot_be_placed_is_reported(shared: Path, tmp_path: Path, capsys: Capture) -> None:
    folder, where = tmp_path / "plans", tmp_path / "kb"
    folder.mkdir()
    (folder / "unplaced.txt").write_text("KẾ HOẠCH\n\nCăn cứ Quyết định số 2395/QĐ-UBND của UBND tỉnh;\n", "utf-8")
    report = ask(where, capsys, "ingest", str(folder))
    assert report["links"]["unknown_province"] == 1
    assert main(["ingest", str(shared / "corpus" / "seeds"), "--kb", str(where)]) == 0
    assert "1 viện dẫn chưa rõ tỉnh" in capsys.readouterr().out


# -- 12 review doubts ----------------------------------------------------------------------------------------------


def test_12_the_page_lists_the_five_doubts_each_with_its_document(seeds: FlaskClient) -> None:
    rows = [words(one) for one in soup(seeds.get("/chat-luong?per_page=60")).select(".rows > li")]
    for kind, *told in (
        ("Thiếu số", "Phát động và triển khai phong trào thi đua"), ("Loại khác ký hiệu", "305/HD-STTTT"), ("Cơ quan mâu thuẫn", "2395/QĐ-UBND"),
        ("Ngày đã sửa", "130/2005/NĐ-CP", "386"), ("Số Đảng sai thứ tự", "05/NQ-TU", "05-NQ/TU"),
    ):  # fmt: skip
        assert any(kind in row and all(part in row for part in told) for row in rows), kind


def test_12_a_line_in_the_corrections_file_settles_one_for_good(shared: Path, tmp_path: Path, capsys: Capture) -> None:
    where = tmp_path / "kb"
    assert main(["ingest", str(shared / "corpus" / "seeds"), "--kb", str(where)]) == 0
    (blank,) = (one for one in KnowledgeBase.open(where).findings("blank_number").items if "003_" in (one.file or ""))
    kept = tmp_path / "corrections.tsv"  # as it lies under version control
    kept.write_text(
        "kind\tsubject\tvalue\tauthor\tdate\treason\n"
        f"number\t{blank.file}\t7/KH-SKHCN\tLan\t2026-01-05\tđối chiếu bản có dấu\n",
        "utf-8",
    )
    assert main(["corrections", "apply", str(kept), "--kb", str(where)]) == 0
    for step in (None, ["rebuild", "--reread", "all", "--kb", str(where)]):
        assert step is None or main(step) == 0
        left = KnowledgeBase.open(where).findings("blank_number").items
        assert blank.file not in [one.file for one in left] and len(left) == 2
        assert ask(where, capsys, "lookup", "7/KH-SKHCN bình định")["status"] == "ok"
    page = words(soup(client(where).get("/chat-luong?loai=blank_number")).main)
    assert "003_" not in page
