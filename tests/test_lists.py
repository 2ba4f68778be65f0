"""Lists: the filters that planners use, and each list as CSV for a report, JSON and Atom."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from web_support import client, ingested, plan

from cancu.cli import main
from indexer import facets
from web.drawing.columns import COLUMNS

API = "/api/v1"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Kế hoạch cải cách hành chính năm 2024", "2024"),
        ("Kế hoạch thực hiện năm học 2023 - 2024", "2023-2024"),
        ("Chiến lược giai đoạn 2021 - 2030, tầm nhìn đến năm 2045", "2021-2030"),
        ("Quy hoạch thời kỳ 2021–2030", "2021-2030"),
        ("KẾ HOẠCH PHÁT TRIỂN KINH TẾ SỐ 2026-2030", "2026-2030"),
        ("Thực hiện Quyết định số 24/2014/QĐ-TTg ngày 2 tháng 5 năm 2014 của Thủ tướng", None),
        ("Kế hoạch phát triển đến năm 2030", None),
        ("Thực hiện Nghị quyết số 12/2021-2025/NQ", None),
        ("Kết quả từ năm 2010 đến năm 2015", None),
        ("Nhìn lại 1945 - 2025", None),
        ("", None),
        (None, None),
    ],
)
def test_a_title_tells_its_period(title: str | None, period: str | None) -> None:
    assert facets.period_of(title) == period


@pytest.mark.parametrize(
    ("kept", "day", "state"),
    [
        ("unknown", "2020-01-01", "unknown"),
        ("in_force;2024-08-01=lapsed", "2024-07-31", "in_force"),
        ("in_force;2024-08-01=lapsed", "2024-08-01", "lapsed"),
        ("not_yet_in_force;2015-07-01=in_force;2024-08-01=lapsed", "2015-06-30", "not_yet_in_force"),
        ("not_yet_in_force;2015-07-01=in_force;2024-08-01=lapsed", "2030-01-01", "lapsed"),
    ],
)
def test_a_history_tells_the_state_of_each_day(kept: str, day: str, state: str) -> None:
    assert facets.state_on(kept, day) == state


def total(client: FlaskClient, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return int(answer.get_json()["total"])


def test_every_value_of_every_facet_is_a_filter_by_value_and_by_id(bundled: FlaskClient) -> None:
    whole = bundled.get(f"{API}/search?q=công").get_json()
    assert set(whole["facets"]) >= {"level", "period", "status", "implements", "type", "role"}
    for name, values in whole["facets"].items():
        for one in values[:6]:
            assert one["label"]
            for asked in (one["value"], one["id"]):
                assert total(bundled, f"{API}/search?q=công&{name}={quote(asked)}") >= one["count"] > 0


def test_the_status_is_that_of_the_day_asked_for(bundled: FlaskClient) -> None:
    def counts(day: str) -> dict[str, int]:
        answer = bundled.get(f"{API}/search?role=cited_only&status_on={day}").get_json()
        return {one["value"]: one["count"] for one in answer["facets"]["status"]}

    early, late = counts("2000-01-01"), counts("2026-06-01")
    assert sum(early.values()) == sum(late.values()) and late.get("lapsed", 0) > early.get("lapsed", 0)
    day = "2026-06-01"
    for item in bundled.get(f"{API}/search?status=lapsed&status_on={day}&per_page=50").get_json()["items"]:
        shown = bundled.get(f"{API}/documents/{item['id']}?status_on={day}").get_json()
        assert shown["status"]["state"] == "lapsed"


def test_what_implements_a_document_is_found_by_its_number(bundled: FlaskClient) -> None:
    most = bundled.get(f"{API}/search?role=held").get_json()["facets"]["implements"][0]
    found = bundled.get(f"{API}/search?implements={most['value']}").get_json()
    assert found["total"] == most["count"]
    for item in found["items"]:
        edges = bundled.get(f"{API}/documents/{item['id']}/citations?direction=out&relation=implements").get_json()
        assert most["value"] in {edge["target"]["id"] for edge in edges["items"] if edge["target"]}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("q=a&role=zzz", "role"),
        ("q=a&type=thu-tinh", "type"),
        ("q=a&province=atlantis", "province"),
        ("q=a&issuer=Bộ%20Phép%20thuật", "issuer"),
        ("q=a&year=abc", "year"),
        ("q=a&period=mai", "period"),
        ("q=a&level=cao", "level"),
        ("q=a&status=hay", "status"),
        ("q=a&relation=likes", "relation"),
        ("q=a&implements=nowhere/x", "implements"),
        ("q=a&status_on=2021-13-01", "status_on"),
        ("q=a&format=pdf", "format"),
        ("q=a&colour=red", "colour"),
        ("q=a&sort=best", "sort"),
        ("q=a&sort=newest&sort=oldest", "sort"),
    ],
)
def test_what_the_search_does_not_know_it_refuses(bundled: FlaskClient, asked: str, parameter: str) -> None:
    answer = bundled.get(f"{API}/search?{asked}")
    assert answer.status_code == 400, asked
    assert answer.get_json()["parameter"] == parameter and len(answer.text) < 4000


def test_what_can_be_and_is_not_here_is_no_mistake(bundled: FlaskClient) -> None:
    assert total(bundled, f"{API}/search?q=công&type=lenh&year=1950") == 0
    assert total(bundled, f"{API}/search?q=công&province=ha-noi&period=1991-1995") == 0


LISTS = [
    "/tim?q=công%20nghệ",
    "/tim?type=ke-hoach&sort=newest",
    "/chat-luong",
    "/thay-doi?tu=2000-01-01",
    "/mang-luoi?xem=dan-nhieu",
    "/mang-luoi?xem=can-cu-cu",
    "/vb/ninh-thuan/ubnd/2021/qd/2395/dan",
]


@pytest.mark.parametrize("address", LISTS)
def test_each_list_is_had_as_csv_atom_and_json_from_its_page(bundled: FlaskClient, address: str) -> None:
    page = bundled.get(address)
    assert page.status_code == 200
    links = dict(re.findall(r'<a href="([^"]*dang=(?:csv|atom|json)[^"]*)"[^>]*>.*?(CSV|JSON|Atom)</a>', page.text))
    assert sorted(links.values()) == ["Atom", "CSV", "JSON"], address
    by_form = {form: link.replace("&amp;", "&") for link, form in links.items()}
    table = bundled.get(by_form["CSV"])
    assert table.mimetype == "text/csv" and table.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert len(rows) > 1 and all(head and head[0].isupper() for head in rows[0])
    assert "/root/" not in table.text and "/tmp/" not in table.text and ".txt" not in table.text
    feed = ElementTree.fromstring(bundled.get(by_form["Atom"]).data)
    entries = feed.findall(f"{ATOM}entry")
    assert entries and all(entry.findtext(f"{ATOM}title") for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert bundled.get(by_form["JSON"]).is_json


@pytest.fixture(scope="module")
def sourced(sample_kb: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The bundled collection with a register, and a plan that has no basis."""
    folder = tmp_path_factory.mktemp("sourced")
    rows = "Số ký hiệu,Loại văn bản,Ngày ban hành,Trích yếu\n24/2014/NĐ-CP,Nghị định,04/04/2014,Quy định tổ chức\n"
    (folder / "so.csv").write_text(rows, encoding="utf-8")
    (folder / "plan.txt").write_text(plan(7, "Không căn cứ vào đâu."), encoding="utf-8")
    where = shutil.copytree(sample_kb, folder / "kb")
    assert main(["register", "add", str(folder / "so.csv"), "--name", "Sổ thử", "--kb", str(where)]) == 0
    return client(ingested(where, folder / "plan.txt"))


@pytest.mark.parametrize("address", ["/nguon?", "/nguon/Sổ thử?", "/mang-luoi?xem=khong-can-cu&"])
def test_sources_and_plans_without_a_basis_are_lists_too(sourced: FlaskClient, address: str) -> None:
    rows = list(csv.reader(io.StringIO(sourced.get(f"{address}dang=csv").data.decode("utf-8-sig"))))
    assert len(rows) > 1
    feed = ElementTree.fromstring(sourced.get(f"{address}dang=atom").data)
    assert len(feed.findall(f"{ATOM}entry")) == min(len(rows) - 1, 100)


def test_a_table_for_a_report_has_vietnamese_heads_dates_and_whole_addresses(bundled: FlaskClient) -> None:
    body = bundled.get("/tim?type=ke-hoach&role=held&dang=csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert rows and {"Số hiệu", "Trích yếu", "Ngày ban hành", "Địa chỉ"} <= set(rows[0])
    assert all(re.fullmatch(r"(\d\d/)?(\d\d/)?\d{4}|", row["Ngày ban hành"]) for row in rows)
    assert all(row["Địa chỉ"].startswith("http://localhost/vb/") for row in rows)
    assert len(rows) == total(bundled, f"{API}/search?type=ke-hoach&role=held")
    english = bundled.get("/tim?type=ke-hoach&dang=csv&lang=en").data.decode("utf-8-sig")
    assert english.startswith("Number,Title")


def test_the_api_gives_lists_in_the_same_forms(bundled: FlaskClient) -> None:
    decision = f"{API}/documents/ninh-thuan/ubnd/2021/qd/2395/citations"
    for address in (
        f"{API}/search?q=công",
        decision,
        f"{API}/changes?since=2000",
        f"{API}/most-cited",
        f"{API}/registers",
    ):
        joined = address + ("&" if "?" in address else "?")
        assert bundled.get(f"{joined}format=csv").mimetype == "text/csv"
        assert bundled.get(f"{joined}format=atom").mimetype == "application/atom+xml"
        assert bundled.get(f"{joined}format=json").is_json


def test_every_column_has_one_head_and_no_table_two_alike() -> None:
    for columns in COLUMNS:
        names = [name for name, _ in columns]
        assert len(set(names)) == len(names)
