"""A real browser against the real server: headless Chromium driven through Selenium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import waitress

from web.app import create_app


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts the pages of a knowledge base on a free port of this machine; returns their address."""
    servers = []

    def start(where: Path, **settings: Any) -> str:
        pages = create_app(where, requests_per_minute=0, **settings)
        server = waitress.create_server(pages, host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Headless Chromium; skips where the browser or its driver is missing."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    browser.set_page_load_timeout(30)
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def axe() -> Callable[[Reader], list[Any]]:
    """What axe-core finds wrong with the page that a reader has open: rule and where, nothing for a clean page."""
    from importlib.resources import files

    script = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def look(reader: Reader) -> list[Any]:
        reader.browser.execute_script(script)
        found = reader.browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]

    return look


class Reader:
    """A person at the browser: opens pages, types, clicks, resizes."""

    def __init__(self, browser: Any, root: str) -> None:
        self.browser = browser
        self.root = root

    def open(self, path: str) -> None:
        self.browser.get(self.root + path)

    @property
    def path(self) -> str:
        return str(self.browser.current_url).removeprefix(self.root)

    def all(self, css: str) -> list[Any]:
        return list(self.browser.find_elements("css selector", css))

    def one(self, css: str) -> Any:
        return self.browser.find_element("css selector", css)

    def text(self, css: str) -> str:
        return " ".join(self.one(css).text.split())

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def follow(self, action: Callable[[], None]) -> None:
        """Do what leads to another page and wait until that page is there."""
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.support.ui import WebDriverWait

        # A mark on the window tells the pages apart; to ask an element of the page that goes can fail in many ways.
        self.run("window.stillBefore = true")
        action()
        there = "return window.stillBefore === undefined && document.readyState === 'complete'"
        WebDriverWait(self.browser, 15, ignored_exceptions=[WebDriverException]).until(lambda _: self.run(there))

    def search(self, words: str) -> None:
        self.one("input[type=search]").send_keys(words)
        self.follow(self.one("form.find button").click)

    def width(self, pixels: int, height: int = 900) -> None:
        self.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def scripts(self, on: bool) -> None:
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})


@pytest.fixture
def reader(chromium: Any) -> Iterator[Callable[[str], Reader]]:
    """A reader at a server's address; window and scripting are put back afterwards."""
    made: list[Reader] = []

    def at(root: str) -> Reader:
        made.append(Reader(chromium, root))
        made[-1].width(1280)
        return made[-1]

    yield at
    for one in made:
        one.scripts(True)
        one.width(1280)
