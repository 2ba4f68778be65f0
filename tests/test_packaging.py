"""The wheel carries everything the program needs, and the command runs from it alone."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOMS = ("messages", "corpus", "kb", "indexer", "web", "cancu")


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
    shutil.copytree(project / "docs" / "man", source / "docs" / "man")
    for name in ("pyproject.toml", "docs/package.md", "LICENSE"):
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
    assert not {
        name
        for name in inside
        if name.split("/")[0] not in ROOMS and not re.match(r"cancu-[\d.]+\.(dist-info|data)/", name)
    }
    assert {name.partition(".data/data/")[2] for name in inside} >= {
        "share/man/man1/cancu.1",
        "share/man/vi/man1/cancu.1",
    }


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


NAMES = {
    "PIL": "pillow",
    "pillow_heif": "pillow-heif",
    "bs4": "beautifulsoup4",
    "cosmic_ray": "cosmic-ray",
    "coverage": "pytest-cov",  # brings it
    "fontTools": "fpdf2",  # brings it
    "docx": "python-docx",
    "fpdf": "fpdf2",
    "prometheus_client": "prometheus-client",
    "opensearchpy": "opensearch-py",
    "oxmsg": "python-oxmsg",
    "pptx": "python-pptx",
    "python_calamine": "python-calamine",
    "whoosh": "whoosh-reloaded",
}
WITH_FLASK = {"jinja2", "markupsafe", "werkzeug"}  # parts of Flask's own interface
BY_ITS_FILES = {"pyvi"}  # its model is loaded from its files
SCRIPTS = {"axe-core-python"}  # its script runs in the browser of the tests
BY_ITS_URL = {"distributed", "opensearch-py", "psycopg"}  # loaded where an address names what they talk to
COMMANDS = {"import-linter", "mypy", "pytest-xdist", "ruff", "setuptools"}  # run, not imported


def requirements(project: Path) -> dict[str, list[str]]:
    """What pyproject.toml asks for: under ``run`` to run, else under the name of the extra."""
    metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"run": metadata["dependencies"], **metadata["optional-dependencies"]}


def declared(project: Path) -> dict[str, set[str]]:
    """The names of the packages of each group."""
    asked = requirements(project)
    return {group: {re.split(r"[<>=!~\[; ]", line)[0] for line in lines} for group, lines in asked.items()}


@cache
def imported(path: Path) -> frozenset[str]:
    """The packages that a module imports, of whomever."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return frozenset(names)


def third_party(project: Path, *rooms: str) -> set[str]:
    """The packages that the modules of these folders import."""
    paths = [path for room in rooms for path in (project / room).rglob("*.py")]
    beside = {path.stem for folder in ("bench", "tests", "tools") for path in (project / folder).rglob("*")}
    ours = {*ROOMS, "bench", "tests", "tools", *beside, "a_box_with_faults"}  # the last one tests write
    names = frozenset().union(*map(imported, paths))
    return {NAMES.get(name, name) for name in names - ours - set(sys.stdlib_module_names) - WITH_FLASK}


def test_what_is_imported_is_declared_and_what_is_declared_is_used(project: Path) -> None:
    asked = declared(project)
    run, dev, apart = asked["run"], asked["dev"], asked["bench"] | asked["mutation"] | asked["scans"]
    assert third_party(project, *ROOMS) - asked["mcp"] - asked["cluster"] - asked["scans"] | BY_ITS_FILES == run
    assert third_party(project, "bench", "tests", "tools") - run - apart == dev - asked[
        "scans"
    ] - COMMANDS - BY_ITS_URL - SCRIPTS - {
        "a2wsgi"  # beneath the pages in the tests of the assistant's tools
    }


def test_what_only_assistants_need_is_imported_where_they_are_answered(project: Path) -> None:
    asked = declared(project)
    assert asked["mcp"] <= third_party(project, "web/assistant") and asked["mcp"] <= asked["dev"]
    others = [room for room in ROOMS if room not in ("web", "cancu")]
    rooms = [f"web/{path.name}" for path in (project / "web").iterdir() if path.is_dir() and path.name != "assistant"]
    assert asked["mcp"] & third_party(project, *others, *rooms) == set()


def test_what_only_a_cluster_needs_is_imported_where_one_is_met(project: Path) -> None:
    asked = declared(project)
    met = third_party(project, "indexer/engines", "indexer/build") & asked["cluster"]
    assert met == asked["cluster"] - asked["postgresql"] and asked["cluster"] <= asked["dev"]
    others = [room for room in ROOMS if room != "indexer"]
    assert asked["cluster"] & third_party(project, *others, "indexer/query", "indexer/words") == set()


def test_what_only_a_benchmark_uses_is_needed_by_nothing_else(project: Path) -> None:
    asked = declared(project)
    assert asked["bench"] & (asked["run"] | asked["dev"]) == set()
    assert asked["bench"] <= third_party(project, "bench")
    assert asked["bench"] & third_party(project, *ROOMS, "tests", "tools") == set()


def test_what_only_mutation_uses_is_needed_by_nothing_else(project: Path) -> None:
    asked = declared(project)
    assert asked["mutation"] & (asked["run"] | asked["dev"] | asked["bench"]) == set()
    assert asked["mutation"] <= third_party(project, "tools")
    assert asked["mutation"] & third_party(project, *ROOMS, "tests", "bench") == set()


def test_every_requirement_has_a_least_and_a_first_untried_version(project: Path) -> None:
    lines = [line for group in requirements(project).values() for line in group]
    assert [line for line in lines if not re.search(r">=[\d.]+,<[\d.]+$", line)] == []


def test_what_an_index_shows_leads_nowhere_that_an_index_does_not_have(project: Path) -> None:
    metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (project / metadata["readme"]).read_text(encoding="utf-8")
    assert re.findall(r"\]\((?!https://)", page) == []
    assert metadata["authors"] and "Natural Language :: Vietnamese" in metadata["classifiers"]


def test_every_dependency_has_its_reason(project: Path) -> None:
    page = (project / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| ([a-z][\w, -]+?) \|", page, re.MULTILINE) for name in row.split(", ")}
    assert named == set().union(*declared(project).values()) | {"package"}
