"""The user stories of the pages in a real browser, on a knowledge base of real files."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Reader
from web_support import ingested

DECISION = "/vb/ninh-thuan/ubnd/2021/qd/2395"
PLAN = "/vb/ninh-thuan/skhcn/2022/kh/18"
Visit = Callable[[str], Reader]


@pytest.fixture(scope="module")
def seeds(serve: Callable[[Path], str], seed_kb: Path) -> str:
    return serve(seed_kb)


@pytest.fixture(scope="module")
def bundled(serve: Callable[[Path], str], sample_kb: Path) -> str:
    return serve(sample_kb)


@pytest.mark.parametrize("typed", ["2395 qd ubnd", "2395/QB-UBND", "quyết định số 2395/QĐ-UBND", "2395/QÐ-UBND"])
def test_find_by_number(reader: Visit, seeds: str, typed: str) -> None:
    person = reader(seeds)
    person.open("/")
    person.search(typed)
    assert person.path == DECISION
    assert person.text("h1") == "2395/QĐ-UBND"
    assert "24/12/2021" in person.text(".facts") and "Ninh Thuận" in person.text(".facts")


def test_an_ambiguous_number_is_chosen_by_the_reader(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.open("/")
    person.search("93")
    assert "Có 2 văn bản mang số 93" in person.text("h1")
    person.follow(person.one('a[href="/vb/quang-ngai/ubnd/2022/qd/93"]').click)
    assert person.text("h1") == "93/QĐ-UBND"


def test_two_provinces_are_both_named(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open("/")
    person.search("79/2025/QĐ-UBND")
    assert "Bắc Ninh" in person.text(".rows") and "Hà Tĩnh" in person.text(".rows")


def test_who_implements_this_without_javascript(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.scripts(False)
    person.open(DECISION)
    assert len(person.all("#dan-boi .said")) == 5
    marks = [mark.text for mark in person.all("#dan-boi .edge mark")]
    assert marks and all("2395" in mark for mark in marks)
    person.follow(person.one("#dan-boi .toggle a").click)
    assert "yeu=0" in person.path and 0 < len(person.all("#dan-boi .said")) < 5
    person.follow(person.one('#dan-boi .place[href$="#L76"]').click)
    assert person.path.endswith("#L76") and person.path.startswith(PLAN)
    assert "2395/QD-" in person.text(".text :target")


def test_every_arrow_opens_its_sentence(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.open("/tim?q=phát động phong trào thi đua tỉnh:%22bình định%22")
    person.follow(person.one(".rows a").click)
    person.follow(person.one("#luoc-do .more a").click)
    boxes = [box.get_dom_attribute("href") for box in person.all("svg a.box:not(.start)")]
    assert len(boxes) >= 3
    drawn = {text.text for text in person.all("svg .box text.no")}
    assert {"3809/QĐ-UBND", "09-CTr/TU"} <= drawn
    for anchor in {box.removeprefix("#") for box in boxes}:
        person.run("document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true}))",
                   f'svg a.box[href="#{anchor}"]')  # fmt: skip
        opened = person.one("li:target")
        assert opened.get_attribute("id") == anchor and opened.is_displayed()
        assert opened.find_element("css selector", "blockquote").text


def test_cards_open_on_hover_and_focus_and_close_with_escape(reader: Visit, seeds: str) -> None:
    from selenium.webdriver import ActionChains, Keys

    person = reader(seeds)
    person.open(PLAN)
    link = next(one for one in person.all(".text .c > a") if "1881" in one.text)
    card = person.one("#" + link.get_attribute("aria-describedby"))
    assert not card.is_displayed()
    person.run("arguments[0].scrollIntoView({block: 'center'})", link)
    ActionChains(person.browser).move_to_element(link).pause(0.6).perform()
    assert card.is_displayed() and "1881/QĐ-UBND" in card.text and "26/11/2019" in card.text
    ActionChains(person.browser).send_keys(Keys.ESCAPE).pause(0.5).perform()
    assert not card.is_displayed()
    person.run("arguments[0].focus()", next(one for one in person.all(".text .c > a") if "843" in one.text))
    ActionChains(person.browser).pause(0.6).perform()
    assert any(one.is_displayed() for one in person.all(".card"))


def test_suggestions_can_be_chosen_with_the_keyboard(reader: Visit, seeds: str) -> None:
    from selenium.webdriver import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    person = reader(seeds)
    person.open("/")
    box = person.one("input[type=search]")
    box.send_keys("239")
    WebDriverWait(person.browser, 5).until(lambda _: person.all("[role=option]"))
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN)
    assert person.one(f"#{box.get_attribute('aria-activedescendant')}").text.startswith("2395/QĐ-UBND")
    box.send_keys(Keys.ENTER)
    WebDriverWait(person.browser, 5).until(lambda _: person.path == DECISION)


def test_paste_and_check(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.open("/tra-cuu")
    person.one("textarea").send_keys("Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận;")
    person.follow(person.one("form.paste button").click)
    assert person.one("tbody a").get_attribute("href").endswith(DECISION)


def test_the_english_pages_stay_english(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.open("/")
    person.follow(person.one("a.tongue").click)
    assert person.run("return document.documentElement.lang") == "en"
    person.search("93")
    assert "2 documents are numbered 93" in person.text("h1")
    person.follow(person.one(".rows a").click)
    assert "lang=en" in person.path and "Cited by" in person.text(".tabs").replace("cited by", "Cited by")


PAGES = (
    "/",
    "/tim?q=93",
    "/tim?q=khoa+học",
    DECISION,
    PLAN,
    f"{PLAN}/noi-dung",
    f"{DECISION}/dan",
    f"{DECISION}/luoc-do",
    f"{PLAN}/luoc-do",
    f"{DECISION}/dieu/dieu-1",
    "/tra-cuu",
    "/chat-luong",
    "/gioi-thieu",
    f"{DECISION}/can-cu",
    "/mang-luoi",
    "/mang-luoi/chuoi?tu=93&den=62/2020/NĐ-CP",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_reflow_at_320_pixels_with_targets_big_enough(reader: Visit, seeds: str, path: str) -> None:
    person = reader(seeds)
    person.width(320)
    person.open(path)
    assert person.run("return document.documentElement.scrollWidth") <= 320
    small = person.run(
        """return [...document.querySelectorAll('button, input, textarea, nav a, .facets a, .chips a, summary')]
        .filter(e => e.offsetParent && !e.closest('p:not(.chips), .vh'))
        .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([name, box]) => [name, box.width, box.height])"""
    )
    assert small == []


CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_words_stand_out_from_the_paper(reader: Visit, seeds: str, path: str, scheme: str) -> None:
    person = reader(seeds)
    person.browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    person.open(path)
    assert person.run(CONTRAST) == []


def test_nothing_comes_from_elsewhere_and_nothing_complains(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    for kind in ("browser", "performance"):
        person.browser.get_log(kind)
    for path in PAGES:
        person.open(path)
    asked = [
        message["params"]["request"]["url"]
        for entry in person.browser.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"] == "Network.requestWillBeSent"
    ]
    assert asked and [url for url in asked if not url.startswith((seeds, "data:"))] == []
    assert [entry["message"] for entry in person.browser.get_log("browser")] == []
    assert person.browser.get_cookies() == []


def test_the_skip_link_comes_first_and_works(reader: Visit, seeds: str) -> None:
    from selenium.webdriver import ActionChains, Keys

    person = reader(seeds)
    person.open(DECISION)
    ActionChains(person.browser).send_keys(Keys.TAB).perform()
    assert person.run("return document.activeElement.className") == "skip"
    assert person.run("return document.activeElement.getBoundingClientRect().left") >= 0
    ActionChains(person.browser).send_keys(Keys.ENTER).perform()
    assert person.run("return document.activeElement.id") == "main"


def test_hostile_documents_run_nothing(reader: Visit, serve: Callable[[Path], str], odd_kb: Path) -> None:
    person = reader(serve(odd_kb))
    for path in ("/vb/ninh-thuan/ubnd/2022/kh/900", "/vb/ninh-thuan/ubnd/2021/qd/501", "/tim?q=alert", "/"):
        person.open(path)
        assert not person.run("return document.querySelector('main img, main script')")
    assert person.one("h1")


def test_printing_leaves_navigation_out(reader: Visit, seeds: str) -> None:
    person = reader(seeds)
    person.open(DECISION)
    person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not any(person.one(css).is_displayed() for css in (".tabs", ".find", "nav.main"))
        assert person.one("#dan-boi blockquote").is_displayed()
        shown = person.run("return getComputedStyle(document.querySelector('.who a'), '::after').content")
        assert "/vb/" in shown
    finally:
        person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.fixture(scope="module")
def decree(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a server that holds a decree of 120 articles."""
    folder = tmp_path_factory.mktemp("decree")
    lines = [
        "CHÍNH PHỦ",
        "",
        "Số: 30/2022/NĐ-CP",
        "",
        "Hà Nội, ngày 05 tháng 3 năm 2022",
        "",
        "NGHỊ ĐỊNH",
        "Kiểm tra",
        "",
    ]
    for article in range(1, 121):
        lines += [
            f"Điều {article}. Trách nhiệm thứ {article}",
            "1. " + "Cơ quan quản lý thực hiện việc kiểm tra. " * 12,
        ]
    (folder / "nghi-dinh.txt").write_text("\n".join(lines), "utf-8")
    return serve(ingested(tmp_path_factory.mktemp("decree-kb") / "kb", folder))


DECREE = "/vb/tw/cp/2022/nd/30"


def test_the_parts_of_a_long_text_come_as_one_reads(reader: Visit, decree: str) -> None:
    person = reader(decree)
    person.open(f"{DECREE}/noi-dung")
    articles = "return document.querySelectorAll('.text h3[id^=dieu-]').length"
    begun = person.run(articles)
    assert 0 < begun < 120
    for _ in range(60):
        person.run("window.scrollTo(0, document.body.scrollHeight)")
        if person.run(articles) == 120:
            break
        time.sleep(0.2)
    assert person.run(articles) == 120
    person.scripts(False)
    person.open(f"{DECREE}/noi-dung")
    person.follow(person.all('.pager [rel="next"]')[0].click)
    assert "phan=2" in person.path


def test_the_address_of_an_article_finds_it_in_another_part(reader: Visit, decree: str) -> None:
    person = reader(decree)
    person.open(f"{DECREE}#dieu-110-khoan-1")
    for _ in range(50):
        if "tai=" in person.path:
            break
        time.sleep(0.1)
    assert person.path == f"{DECREE}/noi-dung?tai=dieu-110-khoan-1#dieu-110-khoan-1"
    assert person.text(".text :target").startswith("1. Cơ quan")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reading_view_has_no_barrier(
    reader: Visit, decree: str, axe: Callable[[Reader], list[Any]], scheme: str
) -> None:
    person = reader(decree)
    person.browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    for width in (360, 1280):
        person.width(width)
        person.open(f"{DECREE}/noi-dung?tai=dieu-40")
        assert axe(person) == []
        assert person.run("return document.documentElement.scrollWidth") <= width
