"""Packages and files of the same names as Cancu's own: passed over where they can be, else named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A folder of someone who has modules of these names."""
    (tmp_path / "corpus.py").write_text("print('this is not Cancu')\n", encoding="utf-8")
    for package in ("web", "kb"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("print('this is not Cancu')\n", encoding="utf-8")
    return tmp_path


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cancu", *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_the_folder_one_stands_in_is_no_place_for_the_programs_packages(others: Path, samples: Path) -> None:
    taken = run("ingest", str(samples / "tw-76-nq-cp-2021.txt"), "--kb", "base", cwd=others)
    assert taken.returncode == 0, taken.stderr
    found = run("lookup", "76/NQ-CP", "--kb", "base", cwd=others)
    assert found.returncode == 0, found.stderr
    assert "not Cancu" not in taken.stdout + found.stdout


def test_a_foreign_package_is_named(others: Path, sample_kb: Path, tmp_path: Path) -> None:
    """As after ``pip install web.py``: its ``web`` stands where Cancu's should."""
    (others / "corpus.py").unlink()
    shutil.rmtree(others / "kb")
    done = run("serve", "--kb", str(sample_kb), "--port", "1", cwd=tmp_path.parent, PYTHONPATH=str(others))
    assert done.returncode == 70
    assert "“web”" in done.stderr and str(others / "web") in done.stderr
    assert "Traceback" not in done.stderr
