"""The commands that the READMEs print run as they are printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

READMES = ("README.md", "README.vi.md")
PROJECT = Path(__file__).resolve().parent.parent


def blocks(readme: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (PROJECT / readme).read_text(encoding="utf-8"), re.M | re.S)


def commands(readme: str) -> str:
    """The block of ``cancu`` commands."""
    found = [block for block in blocks(readme, "sh") if re.search(r"^cancu ", block, re.M)]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder like a checkout in which the command is installed, away from what this one holds."""
    (tmp_path / "corpus").symlink_to(PROJECT / "corpus")
    installed = tmp_path / ".venv" / "bin"
    installed.mkdir(parents=True)
    (installed / "cancu").write_text(
        f'#!/bin/sh\nPYTHONPATH="{PROJECT}" exec "{sys.executable}" -P -m cancu "$@"\n', encoding="utf-8"
    )
    (installed / "cancu").chmod(0o755)
    return tmp_path


def test_the_commands_run_as_printed(checkout: Path) -> None:
    """Each line in turn, in one shell: all find something, and the check of the draft names its one mistake.

    The other README prints the same lines, as the next test sees.
    """
    script = "".join(f'{line}\necho "=== $?"\n' for line in commands(READMES[0]).splitlines())
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(checkout), "LANG": "C.UTF-8", "CANCU_LANG": "en"}
    clean["CANCU_BUNDLED_REGISTERS"] = "0"  # half a minute; with them: tests/test_packaging.py
    shell = shutil.which("sh") or "/bin/sh"
    ran = subprocess.run([shell, "-c", script], cwd=checkout, env=clean, capture_output=True, text=True, timeout=240)
    answers = re.split(r"=== (\d+)\n", ran.stdout)
    codes = [int(code) for code in answers[1::2]]
    assert codes == [0] * (len(codes) - 1) + [1], ran.stdout + ran.stderr
    lookup, trace, search, check = answers[6::2][:4]
    assert "2395/QĐ-UBND" in lookup and "24/12/2021" in lookup
    assert "18/KH-SKHCN" in trace and "421/KH-UBND" in trace
    assert "421/KH-UBND" in search
    mistakes = [line for line in check.splitlines() if line.startswith("✗")]
    assert len(mistakes) == 1 and "2395/QĐ-UBND" in mistakes[0]
    assert {path.name for path in checkout.iterdir()} == {".venv", "corpus", "cancu-kb-try"}


def test_both_readmes_print_the_same_commands() -> None:
    bare = [[re.sub(r"\s+#.*", "", line) for line in commands(readme).splitlines()] for readme in READMES]
    assert bare[0] == bare[1]


def test_the_python_runs_as_printed() -> None:
    (block,) = {block for readme in READMES for block in blocks(readme, "python")}
    ran = subprocess.run(
        [sys.executable, "-c", block], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "2395/QĐ-UBND 2021-12-24 Ninh Thuận based_on\n"


@pytest.mark.parametrize("readme", READMES)
def test_make_knows_what_is_printed(readme: str) -> None:
    """Every ``make`` line is a target, with variables that the Makefile has; nothing is run."""
    lines = [line for block in blocks(readme, "sh") for line in block.splitlines() if line.startswith("make ")]
    assert len(lines) >= 6
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for line in lines:
        words = line.partition("#")[0].split()
        assert all(re.search(rf"\$\({word.partition('=')[0]}\)", makefile) for word in words if "=" in word), line
        subprocess.run(["make", "-n", *words[1:]], cwd=PROJECT, capture_output=True, check=True, timeout=60)


@pytest.mark.parametrize("readme", READMES)
def test_every_verb_is_in_the_table(readme: str) -> None:
    from cancu.verbs import VERBS

    listed = re.findall(r"^\| `(\w+)` \|", (PROJECT / readme).read_text(encoding="utf-8"), re.M)
    assert listed == list(VERBS)
