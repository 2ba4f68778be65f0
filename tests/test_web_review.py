"""Settling doubts on the pages: off unless asked for, by name and word, with a seal; kept as corrections."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_support import client

from cancu.cli import main
from kb.service import KnowledgeBase

PAGE = "/chat-luong/xet"
WORD = "ba-mươi"


def signed(name: str = "Nguyễn An", word: str = WORD) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{name}:{word}".encode()).decode()}


@pytest.fixture
def where(seed_kb: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seed_kb, tmp_path / "kb")


@pytest.fixture
def editing(where: Path) -> FlaskClient:
    return client(where, edit_token=WORD)


def doubts(pages: FlaskClient, kind: str) -> list[dict[str, object]]:
    return list(pages.get(f"/chat-luong.json?loai={kind}&per_page=60").get_json()["items"])


def form(pages: FlaskClient, address: str) -> dict[str, str]:
    page = BeautifulSoup(pages.get(address, headers=signed()).text, "lxml")
    return {field["name"]: field["value"] for field in page.select("form.review input[type=hidden]")}


def opened(pages: FlaskClient, kind: str) -> tuple[dict[str, object], dict[str, str]]:
    """The first doubt of a kind, and its form as the page that is linked in the list gives it."""
    one = doubts(pages, kind)[0]
    page = BeautifulSoup(pages.get(f"/chat-luong?loai={kind}").text, "lxml")
    return one, form(pages, page.select_one(f'a[href^="{PAGE}"]')["href"])


def some_kind(pages: FlaskClient) -> str:
    return next(iter(pages.get("/chat-luong.json").get_json()["counts"]))


def test_without_leave_nothing_can_be_settled(where: Path) -> None:
    pages = client(where)
    assert PAGE not in pages.get("/chat-luong").text
    assert pages.get(PAGE, headers=signed()).status_code == 404
    assert pages.post(PAGE, headers=signed()).status_code == 404


def test_a_reviewer_needs_a_name_and_the_word(editing: FlaskClient) -> None:
    one = doubts(editing, some_kind(editing))[0]
    asked = {"loai": one["kind"], "cho": one["subject"]}
    for headers in (
        {},
        signed(word="khác"),
        signed(name=" "),
        {"Authorization": "Basic %%%"},
        {"Authorization": "Bearer x"},
    ):
        answer = editing.get(PAGE, query_string=asked, headers=headers)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Basic")
    assert editing.get(PAGE, query_string=asked, headers=signed()).status_code == 200


@pytest.mark.parametrize("act", ["accepted", "silenced"])
def test_a_doubt_that_is_settled_is_gone_and_told_in_the_corrections(
    editing: FlaskClient, where: Path, act: str
) -> None:
    kind = some_kind(editing)
    before = doubts(editing, kind)
    one, fields = opened(editing, kind)
    data = fields | {"viec": act, "ly_do": "Đã đối chiếu bản giấy"}
    answer = editing.post(PAGE, data=data, headers=signed())
    assert answer.status_code == 303
    assert doubts(editing, kind) == [left for left in before if left["subject"] != one["subject"]]
    (kept,) = KnowledgeBase.open(where).corrections()
    assert (kept.kind, kept.subject, kept.value, kept.author) == (act, one["subject"], one["kind"], "Nguyễn An")
    assert kept.reason in (where / "corrections.tsv").read_text(encoding="utf-8")
    assert (where / "review.log").read_text(encoding="utf-8").split("\t")[1:4] == ["Nguyễn An", act, one["subject"]]
    assert editing.post(PAGE, data=data, headers=signed()).status_code == 404
    assert main(["corrections", "remove", "1", "--kb", str(where)]) == 0
    assert doubts(editing, kind) == before


def test_the_sentence_is_before_ones_eyes_and_a_correction_is_laid_over_the_reading(
    editing: FlaskClient, where: Path
) -> None:
    every = editing.get("/chat-luong.json?per_page=60").get_json()["items"]
    one = next(each for each in every if each["sentence"] and "305/HD-STTTT" in each["message"])
    address = f"{PAGE}?loai={one['kind']}&cho={one['subject']}"
    assert " ".join(one["sentence"].split())[:60] in " ".join(
        BeautifulSoup(editing.get(address, headers=signed()).text, "lxml").select_one("blockquote").get_text().split()
    )
    data = form(editing, address) | {"viec": "correct", "sua": "number", "gia_tri": "77/HD-STTTT", "ly_do": "Nhầm số"}
    assert editing.post(PAGE, data=data, headers=signed()).status_code == 303
    (kept,) = KnowledgeBase.open(where).corrections()
    assert (kept.kind, kept.value) == ("number", "77/HD-STTTT")
    found = editing.get("/api/v1/lookup?number=77/HD-STTTT").get_json()
    assert found["status"] == "ok"
    assert editing.get("/api/v1/search?q=77/HD-STTTT").get_json()["total"] >= 1  # the index followed


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"dau": ""}, 403),
        ({"dau": "0" * 64}, 403),
        ({"ly_do": " "}, 422),
        ({"viec": "delete"}, 400),
        ({"viec": "correct", "sua": "secret", "gia_tri": "x"}, 400),
        ({"viec": "correct", "sua": "date", "gia_tri": ""}, 422),
        ({"loai": "no_such"}, 400),
        ({"cho": "elsewhere.txt@1"}, 404),
    ],
)
def test_a_form_that_is_wrong_or_not_ours_changes_nothing(
    editing: FlaskClient, where: Path, wrong: dict[str, str], status: int
) -> None:
    _, fields = opened(editing, some_kind(editing))
    data = fields | {"viec": "accepted", "ly_do": "thử"} | wrong
    assert editing.post(PAGE, data=data, headers=signed()).status_code == status
    assert KnowledgeBase.open(where).corrections() == () and not (where / "review.log").exists()


def test_the_seal_of_one_reviewer_is_not_anothers(editing: FlaskClient) -> None:
    _, fields = opened(editing, some_kind(editing))
    data = fields | {"viec": "accepted", "ly_do": "thử"}
    assert editing.post(PAGE, data=data, headers=signed("Trần Bình")).status_code == 403
