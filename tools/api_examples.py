"""Writes ``web/examples.json``: an example of each answer of the API, as the bundled collection gives it, cut short.

    python tools/api_examples.py

Run it after a change of an answer's shape; ``tests/test_openapi.py`` holds every example to the description.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import orjson

from cancu.cli import main as cancu
from indexer.build.ingest import ingest
from web.app import create_app
from web.http import openapi

PROJECT = Path(__file__).resolve().parent.parent
FILE = PROJECT / "web" / "examples.json"
API = "/api/v1"
DECISION, PLAN = "ninh-thuan/ubnd/2021/qd/2395", "quang-ngai/skhcn/x/kh/x-c9a4082c"
REGISTER = (
    "Số ký hiệu,Loại văn bản,Ngày ban hành,Trích yếu,Tình trạng\n"
    "24/2014/NĐ-CP,Nghị định,04/04/2014,Quy định tổ chức,Hết hiệu lực toàn bộ\n"
)
TEXT = {"text": "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận;"}
CALLS = (
    ("lookup", f"{API}/lookup?number=2395/QĐ-UBND"),
    ("lookup", f"{API}/lookup?number=93"),
    ("lookup", f"{API}/lookup?number=2395/NQ-UBND"),
    ("lookup", f"{API}/lookup?number=%3F"),
    ("changes", f"{API}/changes?since=2014"),
    ("document", f"{API}/documents/{DECISION}"),
    ("citations", f"{API}/documents/{DECISION}/citations?direction=in"),
    ("text", f"{API}/documents/{PLAN}/text"),
    ("article", f"{API}/documents/{DECISION}/articles/dieu-1"),
    ("trace", f"{API}/documents/{PLAN}/trace?depth=1"),
    ("ladder", f"{API}/documents/{DECISION}/ladder"),
    ("stale", f"{API}/documents/{PLAN}/stale"),
    ("shared", f"{API}/documents/{PLAN}/shared"),
    ("document_registers", f"{API}/documents/tw/cp/2014/nd/24/registers"),
    ("registers", f"{API}/registers"),
    ("register", f"{API}/registers/Sổ thử"),
    ("chain", f"{API}/chain?from={PLAN}&to=tw/cp/2014/nd/24"),
    ("chain", f"{API}/chain?from=93&to=24/2014/NĐ-CP"),
    ("chain", f"{API}/chain?from=9999/QĐ-TTg&to=24/2014/NĐ-CP"),
    ("chain", f"{API}/chain?from=93"),
    ("staleDocuments", f"{API}/stale"),
    ("orphans", f"{API}/orphans"),
    ("mostCited", f"{API}/most-cited"),
    ("circles", f"{API}/circles"),
    ("search", f"{API}/search?q=cải cách hành chính&type=ke-hoach"),
    ("search", f"{API}/search?q=năm:hai"),
    ("suggest", f"{API}/suggest?q=239"),
    ("suggest", f"{API}/suggest?q="),
    ("stats", f"{API}/stats"),
    ("basesBlock", f"{API}/bases-block?document=2395/QĐ-UBND"),
    ("basesBlock", f"{API}/bases-block"),
    ("health", "/healthz"),
    ("index", API),
    ("extract", f"{API}/extract"),
    ("check", f"{API}/check"),
)
SHARED = {
    "BadParameter": f"{API}/most-cited?page=0",
    "NoSuchDocument": f"{API}/documents/nowhere/ubnd/2021/qd/1",
    "NoSuchRegister": f"{API}/registers/Không có",
    "AddressTooLong": f"{API}/search?q=" + "a" * 5000,
}
MOST_ITEMS, MOST_WORDS = 2, 240
SHOWN_AS = "/srv/van-ban"
"""Where the collection lies in the examples, whatever machine they are made on."""


def cut(value: Any) -> Any:
    """An answer with the first entries of its lists and the beginnings of its texts."""
    if isinstance(value, dict):
        return {name: cut(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [cut(inner) for inner in value[:MOST_ITEMS]]
    return value.replace(str(PROJECT), SHOWN_AS)[:MOST_WORDS] if isinstance(value, str) else value


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cancu-examples-") as folder:
        where, table = Path(folder) / "kb", Path(folder) / "so.csv"
        ingest([PROJECT / "corpus" / "samples"], where)
        table.write_text(REGISTER, encoding="utf-8")
        told = ("--name", "Sổ thử", "--as-of", "2025-06-30", "--scope", "Thử")
        cancu(["register", "add", str(table), *told, "--kb", str(where)])
        client = create_app(where, requests_per_minute=0).test_client()
        answers: dict[str, dict[str, Any]] = {}
        for name, address in CALLS:
            posted = name in ("extract", "check")
            answer = client.post(address, json=TEXT) if posted else client.get(address)
            answers.setdefault(name, {})[str(answer.status_code)] = cut(answer.get_json())
        shared = {name: cut(client.get(address).get_json()) for name, address in SHARED.items()}
    known = {one["operationId"] for methods in openapi.document()["paths"].values() for one in methods.values()}
    assert set(answers) <= known, set(answers) - known
    FILE.write_bytes(orjson.dumps({"operations": answers, "shared": shared}, option=orjson.OPT_INDENT_2) + b"\n")
    print(f"{sum(map(len, answers.values())) + len(shared)} examples")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
