"""The wheel carries everything the program needs, and the command runs from it alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOMS = ("corpus", "kb", "indexer", "web", "cancu")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command away from the checkout, so that only what is installed can answer."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CANCU"))}
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=clean, capture_output=True, text=True, timeout=240
    )


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the sources (a build leaves traces in the folder it runs in)."""
    source = tmp_path_factory.mktemp("source")
    for room in ROOMS:
        shutil.copytree(project / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(project / name, source / name)
    built = run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        "dist",
        ".",
        cwd=source,
    )
    assert built.returncode == 0, built.stderr
    return next((source / "dist").glob("*.whl"))


def test_the_wheel_carries_code_data_templates_and_samples(project: Path, wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    kept = {
        str(path.relative_to(project))
        for room in ROOMS
        for path in (project / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kept - inside == set()
    assert not {name for name in inside if name.split("/")[0] not in ROOMS and ".dist-info/" not in name}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; the libraries it needs are those that this test runs with."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "env", with_pip=False, symlinks=True)
    python = home / "env" / "bin" / "python"
    made = run(
        sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=home
    )
    assert made.returncode == 0, made.stderr
    place = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip()
    Path(place, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home


def test_the_installed_command_does_the_whole_job(installed: Path) -> None:
    cancu = installed / "env" / "bin" / "cancu"
    where = run(installed / "env" / "bin" / "python", "-c", "import kb; print(kb.__file__)", cwd=installed)
    assert str(installed) in where.stdout, "the package that answers is not the installed one"

    taken = run(cancu, "ingest", "--samples", cwd=installed)
    assert taken.returncode == 0, taken.stderr
    found = run(cancu, "lookup", "2395 qd ubnd", "--json", cwd=installed)
    assert found.returncode == 0, found.stderr
    assert '"ninh-thuan/ubnd/2021/qd/2395"' in found.stdout
    page = run(
        installed / "env" / "bin" / "python",
        "-c",
        "from web.app import create_app; print(create_app('cancu-kb').test_client().get('/').status_code)",
        cwd=installed,
    )
    assert page.stdout.strip() == "200", page.stderr
