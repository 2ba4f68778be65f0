"""Twelve more stories in a real browser: a drafter, a reviewer, a planner, a client of the API, a person who reads with
a screen reader or the keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from browser.conftest import Reader

Visit = Callable[[str], Reader]
DECISION, PLAN = "/vb/ninh-thuan/ubnd/2021/qd/2395", "/vb/ninh-thuan/ubnd/2022/kh/421"
SCAN = "/vb/quang-ngai/skhcn/2022/kh/272"


@pytest.fixture(scope="module")
def bundled(serve: Callable[[Path], str], sample_kb: Path) -> str:
    return serve(sample_kb)


@pytest.fixture(scope="module")
def seeds(serve: Callable[[Path], str], seed_kb: Path) -> str:
    return serve(seed_kb)


def tree(person: Reader) -> list[tuple[str, str]]:
    """What a screen reader is told: role and name of each node, in order."""
    nodes = person.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [
        (str(node["role"]["value"]), str(node.get("name", {}).get("value", "")))
        for node in nodes
        if not node.get("ignored") and "role" in node
    ]


def test_a_drafter_sees_first_who_carries_a_decision_on(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open("/")
    person.search("qđ 2395 ninh thuận")
    heads = [one.text for one in person.all("main h2")]
    assert heads[0].startswith("Được thực hiện") and person.text("#dan-boi .edge .who").startswith("421/KH-UBND")
    top = person.run("return document.querySelector('#dan-boi blockquote').getBoundingClientRect().top")
    assert top < 900, "the first sentence stands on the first screen"


def test_a_drafter_takes_the_bases_block_from_the_page(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open(DECISION)
    person.follow(person.one('.office a[href^="/can-cu"]').click)
    assert "Căn cứ Quyết định số 2395/QĐ-UBND" in person.text("main")


def test_a_drafter_comes_from_the_first_page_to_the_check(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open("/")
    person.follow(person.one(".entries a.button").click)
    person.one("textarea").send_keys("Căn cứ Quyết định số 2395/QĐ-UBND ngày 25/12/2021 của UBND tỉnh Ninh Thuận;")
    person.follow(person.one("main form button").click)
    assert "24/12/2021" in person.text("main")


def test_a_reviewer_is_led_from_a_doubt_to_its_line(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.open("/chat-luong")
    link = person.one('main a.place[href*="#L"]')
    anchor = str(link.get_dom_attribute("href")).partition("#")[2]
    person.follow(link.click)
    assert person.one(f"#{anchor}").is_displayed() and person.path.endswith(f"#{anchor}")


def test_a_reviewer_reads_a_scan_repaired_and_as_printed_by_one_key(reader: Visit, bundled: str) -> None:
    from selenium.webdriver import ActionChains

    person = reader(bundled)
    person.open(f"{SCAN}/noi-dung")
    repaired, printed = person.one(".text ins"), person.one(".text del")
    assert repaired.is_displayed() and not printed.is_displayed()
    ActionChains(person.browser).send_keys("b").perform()
    assert printed.is_displayed() and not repaired.is_displayed()
    person.one("a.asprinted").click()
    assert repaired.is_displayed() and not printed.is_displayed()
    person.scripts(False)
    person.open(f"{SCAN}/noi-dung")
    person.follow(person.one("a.asprinted").click)
    assert "ban=in" in person.path and person.one(".text del").is_displayed()


def test_a_reviewer_finds_words_within_a_text(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open(f"{PLAN}/noi-dung")
    person.one("#tim").send_keys("tuyen truyen")
    person.follow(person.one(".inside button").click)
    assert "chỗ" in person.text(".hits h2")
    person.follow(person.all(".hits a")[-1].click)
    assert "uyên truyền" in person.text(".text :target mark")


def test_a_planner_walks_up_the_board_by_links_alone(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.scripts(False)
    person.width(360)
    person.open(PLAN)
    person.follow(person.one("#luoc-do .more a").click)
    assert not person.one("svg.lineage").is_displayed(), "on a phone the list is the board"
    person.follow(person.one(".own .group a.open").click)
    inner = person.one(".own .group .group")
    assert "76/NQ-CP" in inner.text and person.path.count("mo=") == 1
    inner.find_element("css selector", "summary").click()
    assert "Căn cứ" in inner.find_element("css selector", "blockquote").text


def test_a_planner_sees_what_is_missing_between_the_constitution_and_the_commune(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open(f"{PLAN}/luoc-do")
    rungs = [one.text.split("\n")[0] for one in person.all(".board > .rung > h2")]
    assert rungs[0] == "Hiến pháp" and "Xã, phường, đặc khu" in rungs
    assert all("chưa thấy văn bản nào" in one.text for one in person.all(".board > .missing"))
    assert "421/KH-UBND" in person.text(".board > .own .self")


def test_a_planner_asks_how_two_documents_hang_together(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open(f"{PLAN}/luoc-do")
    assert person.one("#tu").get_attribute("value") == "421/KH-UBND"
    person.one("#den").send_keys("77/2015/QH13")
    person.follow(person.one("form.pair button").click)
    assert "2 bước" in person.text('[role="status"]') and len(person.all(".chain blockquote")) == 2


def test_a_client_of_the_api_gets_what_the_page_shows(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open(DECISION)
    shown = [one.get_dom_attribute("href") for one in person.all("#dan-boi .edge .who a")]
    with urlopen(bundled + DECISION + ".json") as answer:
        data: dict[str, Any] = json.load(answer)
    groups = data["incoming"]["groups"]
    told = list(dict.fromkeys(edge["source"]["url"] for group in groups for edge in group["edges"]))
    assert list(dict.fromkeys(shown)) == told
    assert [event["kind"] for event in data["history"]][:1] == ["issued"]


def test_a_screen_reader_hears_the_board_as_headings_lists_and_links(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open(f"{PLAN}/luoc-do")
    told = tree(person)
    heads = [name for role, name in told if role == "heading"]
    assert heads[0] == "Lược đồ của 421/KH-UBND" and any(name.startswith("Luật, nghị quyết") for name in heads)
    links = [name for role, name in told if role == "link"]
    assert any("2395/QĐ-UBND" in name for name in links) and "" not in [name.strip() for name in links]
    assert ("region", "Luật, nghị quyết của Quốc hội 2") in told or any("Luật, nghị quyết" in n for r, n in told)


def test_a_person_without_a_mouse_opens_a_sentence(reader: Visit, bundled: str) -> None:
    from selenium.webdriver import ActionChains, Keys

    person = reader(bundled)
    person.open(f"{PLAN}/luoc-do")
    person.run("document.querySelector('.group summary').focus()")
    assert person.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"
    ActionChains(person.browser).send_keys(Keys.ENTER).perform()
    assert person.one(".group blockquote").is_displayed()
    ActionChains(person.browser).send_keys(Keys.TAB).perform()
    assert "dòng" in str(person.run("return document.activeElement.textContent"))
