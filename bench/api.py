"""The API held to its description: calls made from it, right and wrong ones, each answer checked against what is said.

``CANCU_BENCH_EACH``: calls made for each operation and kind (default 200, some ten thousand in all);
``CANCU_BENCH_KB``: the knowledge base asked (default: one built of the bundled collection). Needs schemathesis
(``pip install -e '.[bench]'``). Fails on any answer that is a server's error, is not described, or is not as described.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from indexer.build.ingest import ingest
from web import create_app
from web.http.wire import create_server

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
)
SEED = 1616


def main() -> int:
    each = os.environ.get("CANCU_BENCH_EACH", "200")
    with tempfile.TemporaryDirectory(prefix="cancu-api-") as folder:
        where = os.environ.get("CANCU_BENCH_KB")
        if where is None:
            where = str(Path(folder) / "kb")
            ingest([Path(__file__).resolve().parent.parent / "corpus" / "samples"], where)
        server = create_server(create_app(where, requests_per_minute=0), "127.0.0.1", 0)
        threading.Thread(target=server.run, daemon=True).start()
        report = Path(folder) / "report.json"
        command = [
            *(str(Path(sys.executable).parent / "schemathesis"), "run"),
            f"http://127.0.0.1:{server.effective_port}/api/v1/openapi.json",
            *("--checks", ",".join(CHECKS), "--max-examples", each, "--seed", str(SEED), "--continue-on-failure"),
            *("--report-json-path", str(report), "--phases", "examples,coverage,fuzzing", "--no-shrink"),
        ]
        ended = subprocess.run(command, cwd=folder).returncode
        print(json.dumps(json.loads(report.read_bytes()).get("statistics", {}), indent=1))
        server.close()
    return ended
