"""The check of a draft as people use it: choose a file, see what is wrong, go to its place; by keyboard, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Reader
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

DRAFT = Path(__file__).resolve().parents[2] / "corpus" / "drafts" / "ninh-thuan-kh-ubnd-2022.docx"
TEXT = (
    "Căn cứ Quyết định số 2395/QĐ-UBND ngày 14/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận;\n"
    "Căn cứ Quyết định số 9999/QĐ-UBND của Ủy ban nhân dân tỉnh Ninh Thuận."
)
Visit = Callable[[str], Reader]


@pytest.fixture(scope="module")
def bundled(serve: Callable[[Path], str], sample_kb: Path) -> str:
    return serve(sample_kb)


@pytest.fixture
def checked(reader: Visit, bundled: str) -> Reader:
    """A person who has sent the bundled draft."""
    person = reader(bundled)
    person.open("/kiem-tra")
    person.one("#file").send_keys(str(DRAFT))
    person.follow(person.one(".paste button").click)
    return person


def test_a_file_is_chosen_and_its_mistake_found(checked: Reader) -> None:
    assert "24/12/2021" in checked.text(".found .should")
    assert checked.text(".drafttext mark.error") == "2395/QĐ-UBND"


def test_a_finding_leads_to_its_place_and_back(checked: Reader) -> None:
    checked.one('.found a[href^="#d1-c"]').click()
    at = checked.run("return document.querySelector(':target').nextElementSibling.textContent")
    assert at == "2395/QĐ-UBND"
    checked.one(".drafttext mark.error a").click()
    assert checked.run("return document.querySelector(':target').matches('.found > li.error')")


def test_findings_are_filtered_without_javascript(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.scripts(False)
    person.open("/kiem-tra")
    person.one("#text").send_keys(TEXT)
    person.follow(person.one(".paste button").click)
    shown = [one for one in person.all(".found > li") if one.is_displayed()]
    assert len(shown) >= 2
    person.one("#show-error").click()
    left = [one for one in person.all(".found > li") if one.is_displayed()]
    assert 0 < len(left) < len(shown) and all("error" in one.get_attribute("class") for one in left)


def test_by_keyboard_alone(reader: Visit, bundled: str) -> None:
    person = reader(bundled)
    person.open("/kiem-tra")
    person.run("document.querySelector('#file').focus()")
    press = lambda *keys: ActionChains(person.browser).send_keys(*keys).perform()  # noqa: E731
    press(Keys.TAB)
    assert person.browser.switch_to.active_element.get_attribute("id") == "text"
    press(TEXT.replace("\n", " "), Keys.TAB, Keys.TAB, Keys.TAB)
    person.follow(lambda: press(Keys.ENTER))
    assert person.all(".found > li")


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_nothing_scrolls_sideways(checked: Reader, width: int) -> None:
    checked.width(width)
    assert checked.run("return document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing(checked: Reader, axe: Callable[[Reader], list[Any]]) -> None:
    assert axe(checked) == []
