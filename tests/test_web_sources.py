"""The pages "Nguồn": which registers a base knows documents from, and what each says."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_support import HOSTILE_WORDS, client

from cancu.cli import main

NAME = "Sổ 1/2 <b>"
HEADS = ("Số ký hiệu", "Loại văn bản", "Ngày ban hành", "Trích yếu", "Tình trạng", "Văn bản thay thế")
ROWS = [
    ("24/2014/NĐ-CP", "Nghị định", "04/04/2014", "Quy định tổ chức", "Hết hiệu lực toàn bộ", "45/2025/NĐ-CP"),
    ("1/2020/NĐ-CP", "Nghị định", "01/01/2020", HOSTILE_WORDS, HOSTILE_WORDS, ""),
    ("abc", "", "01/01/2020", HOSTILE_WORDS, "", ""),
    *((f"{n}/2021/NĐ-CP", "Nghị định", "02/02/2021", f"Về việc số {n}", "Còn hiệu lực", "") for n in range(1, 120)),
]


@pytest.fixture(scope="module")
def listed(sample_kb: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The bundled collection with a register beside it."""
    folder = tmp_path_factory.mktemp("registers")
    with open(folder / "so.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADS, *ROWS])
    where = shutil.copytree(sample_kb, folder / "kb")
    words = ["--name", NAME, "--as-of", "2025-06-30", "--scope", "thử"]
    assert main(["register", "add", str(folder / "so.csv"), *words, "--kb", str(where)]) == 0
    return client(where)


def soup(here: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = here.get(path)
    assert answer.status_code == status
    assert len(answer.data) < 100_000
    return BeautifulSoup(answer.text, "lxml")


def test_the_list_names_each_register_with_its_day_scope_and_count(listed: FlaskClient) -> None:
    page = soup(listed, "/nguon")
    (row,) = page.select("ul.rows li")
    text = row.get_text(" ", strip=True)
    assert NAME in text and "tới ngày 30/06/2025" in text and "121 văn bản" in text and "thử" in text
    link = row.select_one("a")
    assert link is not None and str(link["href"]).startswith("/nguon/")
    assert "as of 30/06/2025" in soup(listed, "/nguon?lang=en").get_text(" ")
    twin = listed.get("/nguon.json").get_json()
    assert twin["registers"] == listed.get("/api/v1/registers").get_json()["items"]
    assert page.select_one('footer a[href="/nguon"]') is not None
    assert soup(listed, "/").select_one('.counts a[href="/nguon"]') is not None


def test_a_registers_rows_lead_to_their_documents_in_pages(listed: FlaskClient) -> None:
    address = "/nguon/" + quote(NAME)
    page = soup(listed, address)
    first = page.select_one("tbody tr")
    assert first is not None and first.select_one('a[href="/vb/tw/cp/2014/nd/24"]') is not None
    assert "hết hiệu lực toàn bộ" in first.get_text()
    assert len(page.select("tbody tr")) == 50 and page.select_one("a[rel=next]") is not None
    assert "Dòng 4: không đọc được số, ký hiệu: abc" in page.get_text(" ", strip=True)
    assert page.select_one("td script") is None and page.select_one("img") is None
    last = soup(listed, address + "?page=3")
    assert len(last.select("tbody tr")) == 21 and last.select_one("#remarks") is None
    twin = listed.get(f"/api/v1/registers/{quote(NAME)}?page=3").get_json()
    assert (twin["page"], len(twin["items"]), twin["remarks"]) == (3, 21, [])
    assert "không có sổ văn bản “khong-co”" in soup(listed, "/nguon/khong-co", 404).get_text(" ")


def test_what_is_not_there_is_said(listed: FlaskClient, bundled: FlaskClient) -> None:
    answer = listed.get("/api/v1/registers/khong-co")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "no_such_register")
    assert NAME in answer.get_json()["detail"]
    assert "cancu register add" in soup(bundled, "/nguon").get_text(" ")


def test_a_documents_page_says_what_each_register_says_of_it(listed: FlaskClient) -> None:
    text = soup(listed, "/vb/tw/cp/2014/nd/24").get_text(" ", strip=True)
    assert "tới ngày 30/06/2025" in text and "hết hiệu lực toàn bộ" in text and "45/2025/NĐ-CP" in text
    rows = listed.get("/api/v1/documents/tw/cp/2014/nd/24/registers").get_json()["items"]
    assert [(row["register"], row["status"]) for row in rows] == [(NAME, "lapsed")]
    assert rows == listed.get("/vb/tw/cp/2014/nd/24.json").get_json()["registers"]


def test_a_document_that_only_a_register_has_is_found_by_number_words_and_suggestion(listed: FlaskClient) -> None:
    assert listed.get("/api/v1/lookup?number=77/2021/nd-cp").get_json()["matches"][0]["id"] == "tw/cp/2021/nd/77"
    found = listed.get("/api/v1/search?q=" + quote('"việc số 77"')).get_json()
    assert "tw/cp/2021/nd/77" in {item["id"] for item in found["items"]}
    assert listed.get("/api/v1/suggest?q=77/2021").get_json()["items"]
