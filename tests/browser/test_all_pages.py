"""Every page at every width, in both languages, light and dark: nothing sticks out, nothing bars the way, nothing is
told in a foreign form."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Reader

Visit = Callable[[str], Reader]
WIDTHS = (320, 360, 414, 480, 600, 720, 768, 960, 1024, 1200, 1440, 1920)
DECISION, PLAN = "/vb/ninh-thuan/ubnd/2021/qd/2395", "/vb/ninh-thuan/ubnd/2022/kh/421"
SCAN, LAW = "/vb/quang-ngai/skhcn/2022/kh/272", "/vb/tw/qh/2015/qh13/77"
PAGES = (
    "/", "/tim", "/tim?q=79/2025/QĐ-UBND", "/tim?q=cải+cách+hành+chính", "/tim?q=%22chưa", "/tim?q=khongcogi",
    "/so/2395/NQ-UBND", DECISION, PLAN, SCAN, LAW, f"{PLAN}/noi-dung", f"{PLAN}/noi-dung?tim=kế+hoạch",
    f"{SCAN}/noi-dung", f"{SCAN}/noi-dung?ban=in", f"{DECISION}/luoc-do", f"{PLAN}/luoc-do?mo=ninh-thuan/ubnd/2021/qd/2395",
    f"{LAW}/luoc-do", f"{LAW}/dieu/dieu-5", f"{DECISION}/dan", f"{PLAN}/dan?chieu=di&xep=moi", f"{PLAN}/can-cu",
    "/can-cu?van_ban=2395/QĐ-UBND", "/tra-cuu", "/kiem-tra", "/mang-luoi", "/mang-luoi?xem=can-cu-cu",
    "/mang-luoi?xem=dan-nhieu", "/mang-luoi/chuoi", "/mang-luoi/chuoi?tu=2395/QĐ-UBND&den=76/NQ-CP", "/chat-luong",
    "/nguon", "/thay-doi", "/thu-api", "/gioi-thieu", "/vb/khong/co",
)  # fmt: skip
UNLIKE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\.txt:\d|code_confusion|\bNone\b(?!\.)|\bundefined\b")


@pytest.fixture(scope="module")
def bundled(serve: Callable[[Path], str], sample_kb: Path) -> str:
    return serve(sample_kb)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_at_any_width(reader: Visit, bundled: str, path: str) -> None:
    person = reader(bundled)
    person.open(path)
    wide = {}
    for width in WIDTHS:
        person.width(width)
        across = person.run("return document.documentElement.scrollWidth")
        if across > width:
            wide[width] = across
    assert not wide
    person.run("document.documentElement.style.fontSize = '212.5%'")  # 200 % zoom of the letters, at 1280
    person.width(1280)
    assert person.run("return document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("path", PAGES)
def test_no_page_bars_the_way(reader: Visit, bundled: str, axe: Callable[[Reader], list[Any]], path: str) -> None:
    person = reader(bundled)
    for width, scheme, lang in ((360, "dark", "en"), (1280, "light", "vi")):
        person.width(width)
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        person.open(path if lang == "vi" else path + ("&" if "?" in path else "?") + "lang=en")
        assert axe(person) == []
        assert person.run("return document.documentElement.lang") == lang
        spoken = person.run(
            "return [...document.querySelectorAll('main p, main li, main dd, main td, main h1, main h2, main h3')]"
            ".filter(e => !e.querySelector('code')).map(e => e.innerText).join('\\n')"
        )
        assert not UNLIKE.search(spoken), "days as offices write them, words instead of codes"
    person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("path", [DECISION, PLAN, f"{PLAN}/noi-dung", f"{PLAN}/luoc-do", f"{DECISION}/dan"])
def test_a_title_names_the_number_and_the_name(reader: Visit, bundled: str, path: str) -> None:
    person = reader(bundled)
    person.open(path)
    number = "2395/QĐ-UBND" if path.startswith(DECISION) else "421/KH-UBND"
    title = str(person.browser.title)
    assert number in title and ("cải cách hành chính" in title or "Cải cách hành chính" in title)


def test_a_printed_page_has_its_sentences_and_no_navigation(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    try:
        for path in (DECISION, f"{PLAN}/noi-dung", f"{PLAN}/luoc-do"):
            person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
            person.open(path)
            person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
            assert not any(one.is_displayed() for one in person.all(".tabs, .find, nav.main, .sift, .toc, button"))
            assert person.one("h1").is_displayed()
        assert person.one(".group blockquote").is_displayed(), "the sentence at each link is printed"
    finally:
        person.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
