"""How faults are planted in a running process, and which tests are asked first."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import CoverageData

from tools.mutation.coverage_map import CoverageMap
from tools.mutation.warm import changed, plant

SOURCE = """
    FLOOR = 3

    class Box:
        size = 2

        def fits(self, n):
            return n < self.size

    def outer(n):
        def inner():
            return n + 1
        return inner()

    def alike(n):
        return n < 2
    """


@pytest.mark.parametrize(
    ("old", "new", "functions"),
    [
        ("n < self.size", "n <= self.size", {"Box.fits"}),
        ("n + 1", "n - 1", {"outer", "outer.<locals>.inner"}),
        ("n < 2", "n < 3", {"alike"}),
        ("FLOOR = 3", "FLOOR = 4", None),
        ("size = 2", "size = 3", None),
        ("def alike(n):", "def alike(n=1):", None),
        ("n < 2", "n < 2 ", None),
    ],
)
def test_the_functions_that_a_fault_changes(old: str, new: str, functions: set[str] | None) -> None:
    before = textwrap.dedent(SOURCE)
    found = changed(before, before.replace(old, new), "box.py")
    assert (None if found is None else {name for name, _ in found}) == functions


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "a_box_with_faults.py"
    path.write_text(textwrap.dedent(SOURCE), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield path
    sys.modules.pop(path.stem, None)


def test_a_fault_is_planted_where_a_function_is_held_already(box: Path) -> None:
    from a_box_with_faults import Box, outer

    held, before = Box().fits, box.read_text(encoding="utf-8")
    assert (held(2), outer(1)) == (False, 2)
    assert plant(str(box), before, before.replace("n < self.size", "n <= self.size"))
    assert plant(str(box), before, before.replace("n + 1", "n - 1"))
    assert (held(2), outer(1)) == (True, 0)
    assert not plant(str(box), before, before.replace("FLOOR = 3", "FLOOR = 4"))


def test_the_fastest_tests_of_a_line_come_first_and_of_like_ones_the_most_telling(tmp_path: Path) -> None:
    data = CoverageData(basename=str(tmp_path / "coverage"))
    module = tmp_path / "kb" / "one.py"
    for test, lines in {"slow": [1], "broad": [1, 2, 3], "narrow": [1, 2], "elsewhere": [4]}.items():
        data.set_context(f"{test}|run")
        data.add_lines({str(module): lines})
    data.write()
    costs = {"slow": 20.0, "broad": 0.01, "narrow": 0.04, "elsewhere": 0.01}
    (tmp_path / "costs").write_text("".join(f"{json.dumps(one)}\n" for one in costs.items()), encoding="utf-8")
    covered = CoverageMap(tmp_path / "coverage", tmp_path / "costs", tmp_path)
    assert covered.tests("kb/one.py", 1, 9, 99.0) == ["narrow", "broad", "slow"]
    assert covered.tests("kb/one.py", 1, 9, 1.0) == ["narrow", "broad"]
    assert covered.tests("kb/one.py", 1, 1, 99.0) == ["narrow"]
    assert set(covered.tests("kb/one.py", 9, 9, 99.0)) == set(costs), "a line that only importing runs"
    assert covered.tests("kb/other.py", 1, 9, 99.0) == []
