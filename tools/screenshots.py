"""Pictures of every page at every width, in the dark and as printed, to be looked at before a release.

    python tools/screenshots.py [--kb DIR] [--output DIR] [--only WORD] [--width PIXELS …]

Without ``--kb`` a knowledge base is made of the bundled collection. Every page of ``PAGES``, and that on which a doubt
is settled, is taken at each of ``WIDTHS``, once in the dark and once as it prints; the whole page, not the first screen
alone. Needs what ``tools/screenshot.py`` needs.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

from screenshot import PROJECT, browser, cancu, create_app, waitress

WIDTHS = (360, 768, 1280, 1920)
HEIGHT = 900
TALLEST = 6000  # pixels of a page that are taken
DECISION = "/vb/ninh-thuan/ubnd/2021/qd/2395"
LAW = "/vb/tw/qh/2015/qh13/77"
PLAN = "/vb/ninh-thuan/ubnd/2022/kh/421"
PAGES = {
    "home": "/",
    "results": "/tim?q=cải cách hành chính",
    "chooser": "/tim?q=93",
    "decision": DECISION,
    "law": LAW,
    "plan": PLAN,
    "text": f"{PLAN}/noi-dung",
    "text-search": f"{PLAN}/noi-dung?tim=kế hoạch",
    "article": f"{LAW}/dieu/dieu-5",
    "board": f"{PLAN}/luoc-do",
    "board-law": f"{LAW}/luoc-do",
    "citations": f"{LAW}/dan",
    "bases": f"{PLAN}/can-cu",
    "paste": "/tra-cuu",
    "check": "/kiem-tra",
    "bases-block": "/can-cu?van_ban=2395/QĐ-UBND",
    "network": "/mang-luoi",
    "stale": "/mang-luoi?xem=can-cu-cu",
    "chain": "/mang-luoi/chuoi?tu=2395/QĐ-UBND&den=72/2025/QH15",
    "quality": "/chat-luong",
    "sources": "/nguon",
    "changes": "/thay-doi",
    "try": "/thu-api",
    "about": "/gioi-thieu",
    "english": f"{DECISION}?lang=en",
    "missing": "/vb/khong/co",
}


REVIEW = "review"
_WORD = "screenshots"


def _address(chromium: object, root: str, name: str) -> str:
    """Where a page is; that of a doubt is the first to which the list of doubts leads."""
    if name != REVIEW:
        return root + quote(PAGES[name], safe="/?&=:+")
    chromium.get(f"{root}/chat-luong")  # type: ignore[attr-defined]
    found = chromium.find_elements("css selector", "a[href*='/chat-luong/xet']")  # type: ignore[attr-defined]
    if not found:
        sys.exit("screenshots.py: the knowledge base has no doubt to settle")
    address: str = found[0].get_attribute("href")
    return address


def take(root: str, output: Path, only: str | None, widths: tuple[int, ...]) -> list[str]:
    """Save the pictures under ``output``; returns a line for each page that is wider than its window."""
    chromium = browser(1280, HEIGHT)
    wide = []
    signed = base64.b64encode(f"Nguyễn An:{_WORD}".encode()).decode()
    chromium.execute_cdp_cmd("Network.enable", {})
    chromium.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Authorization": f"Basic {signed}"}})
    try:
        for name in (*PAGES, REVIEW):
            if only and not re.search(only, name):
                continue
            address = _address(chromium, root, name)
            for width in widths:
                metrics = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
                chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                chromium.get(address)
                across = chromium.execute_script("return document.documentElement.scrollWidth")
                if across > width:
                    wide.append(f"{name} at {width}: {across} pixels wide")
                _save(chromium, output / f"{name}-{width}.png", width)
            for kind, media in (
                ("dark", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}),
                ("print", {"media": "print"}),
            ):
                chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
                _save(chromium, output / f"{name}-{kind}.png", widths[-1])
                chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    finally:
        chromium.quit()
    return wide


def _save(chromium: object, where: Path, width: int) -> None:
    tall = chromium.execute_script("return document.documentElement.scrollHeight")  # type: ignore[attr-defined]
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST), "scale": 1}
    shot = {"captureBeyondViewport": True, "clip": clip}
    made = chromium.execute_cdp_cmd("Page.captureScreenshot", shot)  # type: ignore[attr-defined]
    where.write_bytes(base64.b64decode(made["data"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--kb", type=Path, help="an existing knowledge base instead of one made of corpus/samples")
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "screenshots")
    parser.add_argument("--only", help="pages whose name this pattern finds")
    parser.add_argument("--width", type=int, nargs="*", default=list(WIDTHS))
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        kb = args.kb or Path(scratch) / "kb"
        if not args.kb and cancu(["ingest", str(PROJECT / "corpus" / "samples"), "--kb", str(kb)]) != 0:
            return 1
        server = waitress.create_server(
            create_app(kb, requests_per_minute=0, edit_token=_WORD), host="127.0.0.1", port=0
        )
        threading.Thread(target=server.run, daemon=True).start()
        wide = take(f"http://127.0.0.1:{server.effective_port}", args.output, args.only, tuple(args.width))
        server.close()
    print(args.output)
    print("\n".join(wide))
    return 1 if wide else 0


if __name__ == "__main__":
    sys.exit(main())
