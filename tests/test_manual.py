"""The manual page: from the parser, up to date, understood by man, found after an installation."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from cancu.verbs import VERBS


@pytest.fixture(scope="module")
def tool(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("manual", project / "tools" / "manual.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_manual_is_as_the_parser_says(tool: ModuleType, project: Path, lang: str) -> None:
    page = (project / tool.PAGES[lang]).read_text(encoding="utf-8")
    assert page == tool.manual(lang), "stale: make docs"
    assert [verb for verb in VERBS if f'.SS "cancu {verb}"' not in page] == []


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_man_has_nothing_to_complain_of(tool: ModuleType, project: Path, lang: str) -> None:
    if shutil.which("groff") is None:
        pytest.skip("needs Debian's package groff-base")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-z", "-K", "utf8", "-T", "utf8", str(project / tool.PAGES[lang])],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
