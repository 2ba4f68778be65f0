"""A doubt is settled in the browser: found in the list, judged with its sentence before one's eyes, gone, and logged."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Reader
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from kb.service import KnowledgeBase

WORD = "ba-mươi"
WIDTHS = (320, 360, 480, 768, 1024, 1280, 1920)
Visit = Callable[[str], Reader]


@pytest.fixture(scope="module")
def where(sample_kb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled collection, of which this module may change what it likes."""
    return Path(shutil.copytree(sample_kb, tmp_path_factory.mktemp("review") / "kb"))


@pytest.fixture(scope="module")
def editing(serve: Callable[..., str], where: Path) -> str:
    return serve(where, edit_token=WORD)


@pytest.fixture
def reviewer(reader: Visit, editing: str) -> Iterator[Reader]:
    """Who has given name and word to the browser."""
    person = reader(editing)
    signed = "Basic " + b64encode(f"Nguyễn An:{WORD}".encode()).decode()
    person.browser.execute_cdp_cmd("Network.enable", {})
    person.browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Authorization": signed}})
    yield person
    person.browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {}})


def opened(person: Reader) -> str:
    """Opens the first doubt of the list; returns its address."""
    person.open("/chat-luong")
    person.follow(person.one("main a[href*='/chat-luong/xet']").click)
    return person.path


@pytest.mark.parametrize("page", ["list", "doubt"])
def test_no_page_of_a_reviewer_bars_the_way(reviewer: Reader, axe: Callable[[Reader], list[Any]], page: str) -> None:
    address = "/chat-luong" if page == "list" else opened(reviewer)
    for width, scheme, lang in ((360, "dark", "en"), (1280, "light", "vi")):
        reviewer.width(width)
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        reviewer.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        reviewer.open(address if lang == "vi" else address + ("&" if "?" in address else "?") + "lang=en")
        assert axe(reviewer) == []
    reviewer.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("page", ["list", "doubt"])
def test_no_page_of_a_reviewer_scrolls_sideways(reviewer: Reader, page: str) -> None:
    reviewer.open("/chat-luong" if page == "list" else opened(reviewer))
    for width in WIDTHS:
        reviewer.width(width)
        assert reviewer.run("return document.documentElement.scrollWidth") <= width
    reviewer.run("document.documentElement.style.fontSize = '212.5%'")  # 200 % zoom of the letters, at 1280
    reviewer.width(1280)
    assert reviewer.run("return document.documentElement.scrollWidth") <= 1280


def test_a_doubt_is_settled_by_keyboard_alone(reviewer: Reader, where: Path) -> None:
    opened(reviewer)
    said = reviewer.text("main .lead")
    radio = reviewer.one("input[name=viec][value=silenced]")
    reviewer.run("arguments[0].focus()", reviewer.one("input[name=viec]"))
    ActionChains(reviewer.browser).send_keys(Keys.ARROW_DOWN).perform()
    assert radio.is_selected()
    reviewer.one("#ly_do").send_keys("Đã đối chiếu bản giấy")
    reviewer.follow(reviewer.one("#ly_do").submit)
    assert said not in reviewer.text("main")
    (kept,) = KnowledgeBase.open(where).corrections()
    assert (kept.kind, kept.author, kept.reason) == ("silenced", "Nguyễn An", "Đã đối chiếu bản giấy")
    assert "Nguyễn An\tsilenced" in (where / "review.log").read_text(encoding="utf-8")


def test_who_gives_no_name_sees_no_form(reader: Visit, editing: str) -> None:
    person = reader(editing)
    person.open("/chat-luong")
    address = str(person.one("main a[href*='/chat-luong/xet']").get_dom_attribute("href"))
    status = person.browser.execute_async_script(
        "fetch(arguments[0], {credentials: 'omit'}).then(a => arguments[1](a.status))", address
    )
    assert status == 401
