"""The client programs of docs/api.md run as they are printed, against a server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_support import ingested, plan

from web.app import create_app
from web.http.wire import create_server

PRINTED = "http://127.0.0.1:8000"
RUNNERS = {"python": [sys.executable, "-"], "js": ["node", "--input-type=module", "-"], "sh": ["sh", "-e"]}
SAYS = {"python": "Căn cứ", "js": "ninh-thuan/ubnd/2021/qd/2395", "sh": "2395/QĐ-UBND"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clients")
    basis = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh;"
    (folder / "plan.txt").write_text(plan(1, basis), encoding="utf-8")
    server = create_server(create_app(ingested(folder / "kb", folder / "plan.txt")), "127.0.0.1", 0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.mark.parametrize("language", RUNNERS)
def test_a_printed_client_works(project: Path, address: str, language: str, tmp_path: Path) -> None:
    needed = {"js": "node", "sh": "curl"}.get(language, sys.executable)
    if shutil.which(needed) is None:
        pytest.skip(f"{needed} is not installed")
    blocks = re.findall(rf"```{language}\n(.*?)```", (project / "docs" / "api.md").read_text("utf-8"), re.DOTALL)
    assert blocks
    (tmp_path / "preamble.txt").write_text("Căn cứ Quyết định số 2395/QĐ-UBND;", encoding="utf-8")
    for block in blocks:
        ended = subprocess.run(
            RUNNERS[language],
            input=block.replace(PRINTED, address).replace("curl ", "curl -sf "),
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert ended.returncode == 0, ended.stderr
        assert SAYS[language] in ended.stdout, ended.stdout
