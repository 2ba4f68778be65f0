"""Five tasks as somebody tries them who opens the first page for the first time: clicks, seconds of waiting, and where
the answer stands.

    python tools/first_visit.py KB

``KB`` is a knowledge base that holds what the tasks name. What is typed and sent counts as one click, a followed link
as one. Needs what ``tools/screenshot.py`` needs.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screenshot import browser, create_app, waitress

HEIGHT = 900


class Visit:
    """One task: what was clicked, and how long pages took."""

    def __init__(self, chromium: Any, root: str) -> None:
        self.chromium, self.clicks, self.seconds = chromium, 0, 0.0
        chromium.get(root)

    def _follow(self, action: Callable[[], object]) -> None:
        self.chromium.execute_script("window.stillBefore = true")
        self.clicks += 1
        began = time.perf_counter()
        action()
        there = "return window.stillBefore === undefined && document.readyState === 'complete'"
        while not self.chromium.execute_script(there):
            time.sleep(0.01)
        self.seconds += time.perf_counter() - began

    def search(self, words: str) -> None:
        self.chromium.find_element("css selector", "input[type=search]").send_keys(words)
        self._follow(lambda: self.chromium.execute_script("document.querySelector('form.find').submit()"))

    def click(self, css: str) -> None:
        link = self.chromium.find_element("css selector", css)
        self._follow(lambda: self.chromium.execute_script("arguments[0].click()", link))

    def since(self, day: str) -> None:
        script = "document.querySelector('main form [name=tu]').value = arguments[0]"
        self.chromium.execute_script(script, day)
        self._follow(lambda: self.chromium.execute_script("document.querySelector('main form').submit()"))

    def report(self, task: str, css: str) -> None:
        where = (
            "const e = document.querySelector(arguments[0]); return e ? e.getBoundingClientRect().top + scrollY : -1"
        )
        top = self.chromium.execute_script(where, css)
        place = f"{top / HEIGHT:.1f} screens down" if top >= 0 else "nothing found"
        print(f"{task:42} {self.clicks} clicks {self.seconds:.2f} s, {place}")


def tasks(chromium: Any, root: str) -> None:
    """The five tasks, one after the other."""
    for number, css in (("2395 qd ubnd ninh thuan", "#dan-boi blockquote"), ("77/2015/QH13", ".badge.status")):
        visit = Visit(chromium, root)
        visit.search(number)
        visit.report(f"who implements it, is it in force: {number}"[:42], css)
    visit = Visit(chromium, root)
    visit.search("2395 qd ubnd ninh thuan")
    visit.click('.office a[href^="/can-cu"]')
    visit.report("make the bases block", "main textarea")
    visit = Visit(chromium, root)
    visit.click('a[href^="/thay-doi"]')
    visit.since("2026-06-01")
    visit.report("what changed since June", "main .rows li")
    visit = Visit(chromium, root)
    visit.search("72/2025/QH15")
    visit.click('a[href*="/dieu/dieu-5"]')
    visit.report("which plans cite Điều 5 of 72/2025/QH15", "ol.edges blockquote")


def main() -> int:
    server = waitress.create_server(create_app(Path(sys.argv[1]), requests_per_minute=0), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    chromium = browser(1280, HEIGHT)
    try:
        for _ in range(2):  # the second round has everything loaded
            tasks(chromium, f"http://127.0.0.1:{server.effective_port}")
    finally:
        chromium.quit()
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
