"""Knowledge bases and clients for the tests of the web pages.

The fixtures are made known to all tests by ``conftest.py``: one that a module imports for itself is made anew for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

HOSTILE_WORDS = "<script>alert(1)</script> \"><img src=x onerror=alert(1)> {{7*7}} ' onmouseover='alert(1)"
CROWD = 45


def plan(number: int, body: str, title: str = "Cải cách hành chính năm 2022") -> str:
    return (
        "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\n\n"
        f"Số: {number}/KH-UBND\n\nNinh Thuận, ngày 10 tháng 01 năm 2022\n\nKẾ HOẠCH\n{title}\n\n{body}\n"
    )


def ingested(where: Path, *sources: Path) -> Path:
    from cancu.cli import main

    assert main(["ingest", *map(str, sources), "--kb", str(where)]) == 0
    return where


@pytest.fixture(scope="session")
def seed_kb(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the five real plans."""
    return ingested(tmp_path_factory.mktemp("seeds") / "kb", shared / "corpus" / "seeds")


@pytest.fixture(scope="session")
def odd_kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents made to break pages: one cited by many, words that look like HTML, a very long text, one long line."""
    folder = tmp_path_factory.mktemp("odd")
    basis = "Căn cứ Quyết định số 500/QĐ-UBND ngày 01/02/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch;"
    for number in range(1, CROWD + 1):
        (folder / f"plan{number:02}.txt").write_text(plan(number, f"{basis}\n\nMục tiêu thứ {number}."), "utf-8")
    hostile = (
        f"Căn cứ {HOSTILE_WORDS} Quyết định số 501/QĐ-UBND ngày 01/02/2021 của Ủy ban nhân dân tỉnh {HOSTILE_WORDS};"
    )
    (folder / "hostile.txt").write_text(plan(900, hostile, f"Kế hoạch {HOSTILE_WORDS}"), "utf-8")
    long = "\n".join(
        f"{line}. Thực hiện Quyết định số {1000 + line}/QĐ-UBND ngày 05/3/2020 của UBND tỉnh." for line in range(1, 500)
    )
    (folder / "long.txt").write_text(plan(901, long), "utf-8")
    line = "Nâng cao chất lượng phục vụ người dân và doanh nghiệp, " * 6000
    (folder / "line.txt").write_text(plan(902, line + basis), "utf-8")
    return ingested(tmp_path_factory.mktemp("odd-kb") / "kb", folder)


def client(where: Path, **settings: object) -> FlaskClient:
    from web.app import create_app  # only tests of pages wait for what the pages need

    return create_app(where, **{"requests_per_minute": 0, **settings}).test_client()


@pytest.fixture(scope="session")
def seeds(seed_kb: Path) -> FlaskClient:
    return client(seed_kb)


@pytest.fixture(scope="session")
def odd(odd_kb: Path) -> FlaskClient:
    return client(odd_kb)


@pytest.fixture(scope="session")
def bundled(sample_kb: Path) -> FlaskClient:
    return client(sample_kb)
