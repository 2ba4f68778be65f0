"""What the documentation says is so: generated parts are fresh, and what it names exists."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from tools import reference

PROJECT = Path(__file__).resolve().parent.parent
TOP = ("README.md", "README.vi.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
PAGES = [*(PROJECT / name for name in TOP), *sorted((PROJECT / "docs").rglob("*.md"))]
ROOMS = "bench|cancu|corpus|indexer|kb|messages|tests|tools|web|docs"

PATH = re.compile(rf"(?<![\w/.-])(?:{ROOMS}|\.ci)(?:/[\w.-]+)*/(?:[\w-]+\.\w+|[\w-]+(?=/)|(?=[`\s]))")
MODULE = re.compile(rf"(?<![\w/.-])(?:{ROOMS})(?:\.[A-Za-z_]\w*)+")
FILES_OF_A_BASE = {"kb.sqlite"}  # looks like a module's name
COMMIT = re.compile(r"(?<![\w-])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?!\w)")


def named(page: Path) -> str:
    return str(page.relative_to(PROJECT))


def lines_with(pattern: re.Pattern[str], page: Path) -> list[tuple[int, str]]:
    """Every match with the number of its line."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return [(number, found.group()) for number, line in enumerate(lines, 1) for found in pattern.finditer(line)]


def is_there(name: str) -> bool:
    """Whether a dotted name is a module, or a name inside one."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        path = PROJECT.joinpath(*parts[:end])
        if path.is_dir() or path.with_suffix(".py").is_file():
            inside = ".".join(parts[end:])
            return not inside or _has(".".join(parts[:end]), inside)
    return False


def _has(module: str, inside: str) -> bool:
    value: object = importlib.import_module(module)
    for part in inside.split("."):
        if not hasattr(value, part) and part not in getattr(value, "__annotations__", {}):
            return False
        value = getattr(value, part, None)
    return True


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """Every page with generated parts as it should stand."""
    return reference.pages()


@pytest.mark.parametrize("page", reference.PAGES)
def test_generated_parts_are_fresh(page: str, generated: dict[str, str]) -> None:
    """``make docs`` writes them anew."""
    assert generated[page] == (PROJECT / page).read_text(encoding="utf-8"), f"{page} is stale: run make docs"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_files_that_are_named_exist(page: Path) -> None:
    missing = [(line, path) for line, path in lines_with(PATH, page) if not (PROJECT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_modules_and_names_in_them_that_are_named_exist(page: Path) -> None:
    names = [(line, name) for line, name in lines_with(MODULE, page) if name not in FILES_OF_A_BASE]
    # a file's name with its ending is looked for by the test above
    gone = [(line, name) for line, name in names if not (PROJECT / name).exists() and not is_there(name)]
    assert gone == []


def members(folders: tuple[str, ...]) -> dict[str, set[str]]:
    """What each class of the code gives, by its name: methods, fields, attributes set in ``self``, and its bases."""
    found: dict[str, set[str]] = {}
    for path in [path for folder in folders for path in (PROJECT / folder).rglob("*.py")]:
        for kind in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(kind, ast.ClassDef):
                names = {node.name for node in ast.walk(kind) if isinstance(node, ast.FunctionDef)}
                names |= {
                    node.target.id
                    for node in ast.walk(kind)
                    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
                }
                names |= {node.attr for node in ast.walk(kind) if isinstance(node, ast.Attribute)}
                found.setdefault(kind.name, set()).update(names, {ast.unparse(base) for base in kind.bases})
    return found


@pytest.fixture(scope="module")
def classes() -> dict[str, set[str]]:
    return members(("corpus", "kb", "indexer", "web", "cancu", "messages"))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_members_of_classes_that_are_named_exist(page: Path, classes: dict[str, set[str]]) -> None:
    gone = []
    for line, name in lines_with(re.compile(r"(?<=`)[A-Z]\w+\.[a-z_]+(?=[`(])"), page):
        kind, _, member = name.partition(".")
        inherited = set().union(*(classes.get(base, set()) for base in classes.get(kind, ())))
        if member not in classes.get(kind, set()) | inherited:
            gone.append((line, name))
    assert gone == []


@pytest.fixture(scope="module")
def written() -> str:
    """All tests."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_tests_that_are_named_exist(page: Path, written: str) -> None:
    named_tests = [(line, name) for line, name in lines_with(re.compile(r"(?<![\w/])test_\w+…?(?!\.py|\w)"), page)]
    gone = [
        (line, name)
        for line, name in named_tests
        if not re.search(rf"def {name[:-1]}" if name.endswith("…") else rf"def {name}\(", written)
        and not list((PROJECT / "tests").rglob(f"{name}.py"))
    ]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_that_are_named_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    made = lines_with(re.compile(r"(?:(?<=`make )|(?<=^make ))[a-z][a-z-]*"), page)
    assert [(line, target) for line, target in made if target not in targets] == []
    benched = lines_with(re.compile(r"(?<=python -m bench)(?: [a-z]+)+"), page)
    names = [(line, name) for line, words in benched for name in words.split()]
    assert [(line, name) for line, name in names if not (PROJECT / "bench" / f"{name}.py").is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_names_a_commit(page: Path) -> None:
    """A figure is known by the command that prints it; who reads the pages has no use for a commit."""
    assert [found for found in lines_with(COMMIT, page) if not found[1].startswith("1a2b3c4d")] == []


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")) if "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("start", ["README.md", "README.vi.md"])
def test_every_page_is_found_from_the_readme(start: str) -> None:
    found, waiting = set(), [PROJECT / start]
    while waiting:
        page = waiting.pop()
        found.add(page)
        reached = {(page.parent / link.partition("#")[0]).resolve() for link in links(page) if ".md" in link}
        waiting += sorted(reached - found)
    assert {named(page) for page in PAGES} - {named(page) for page in found} == set()


def test_ten_questions_are_answered_by_file() -> None:
    """Each row names what to open, and it is there."""
    page = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = page.partition("## Where would I change")[2].partition("\n## ")[0]
    rows = [row.split(" | ", 1) for row in re.findall(r"^\| (?!where|---)(.+) \|$", table, re.MULTILINE)]
    assert len(rows) >= 10
    for question, answer in rows:
        paths = re.findall(r"`([^`]+)`", answer)
        assert paths, question
        assert [path for path in paths if not (PROJECT / path).exists()] == [], question
