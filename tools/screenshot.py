"""Make the README's picture of a document page: a knowledge base of the bundled collection, its real server, headless
Chromium.

    python tools/screenshot.py [--document ID] [--output FILE] [--width PIXELS] [--height PIXELS] [--kb DIR]

Needs the development environment (``sh tools/setup.sh dev``) and Debian's packages ``chromium`` and
``chromium-driver``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
from pathlib import Path

try:
    import waitress
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
except ImportError as missing:
    sys.exit(f"screenshot.py: needs {missing.name}: sh tools/setup.sh dev, then .venv/bin/python tools/screenshot.py")

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from cancu.cli import main as cancu  # noqa: E402
from web.app import create_app  # noqa: E402

DOCUMENT = "ninh-thuan/ubnd/2021/qd/681"


def browser(width: int, height: int) -> webdriver.Chrome:
    """Headless Chromium with a window of the given size in pixels."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        sys.exit("screenshot.py: needs chromium and chromedriver (apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    made = webdriver.Chrome(options=options, service=Service(driver))
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    made.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return made


def take(kb: Path, document: str, output: Path, width: int, height: int) -> None:
    """Serve ``kb`` on a free port of this machine and save the page of ``document`` as PNG."""
    server = waitress.create_server(create_app(kb), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    chromium = browser(width, height)
    try:
        chromium.get(f"http://127.0.0.1:{server.effective_port}/vb/{document}")
        if not chromium.find_elements("css selector", "article.document"):
            sys.exit(f"screenshot.py: the knowledge base has no document {document}")
        output.parent.mkdir(parents=True, exist_ok=True)
        chromium.save_screenshot(str(output))
    finally:
        chromium.quit()
        server.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--document", default=DOCUMENT)
    parser.add_argument("--output", type=Path, default=PROJECT / "docs" / "screenshots" / "document.png")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1750)
    parser.add_argument("--kb", type=Path, help="an existing knowledge base instead of one made of corpus/samples")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kb = args.kb or Path(scratch) / "kb"
        if not args.kb and cancu(["ingest", str(PROJECT / "corpus" / "samples"), "--kb", str(kb)]) != 0:
            return 1
        take(kb, args.document, args.output, args.width, args.height)
    print(args.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
