"""Runs of the command line that are killed at some step: reading goes on at once, and the next run ends in the same
base. More moments: ``python -m bench killed``."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.killed import READING, Work, killed, prepared

WORKS = ("ingest", "rebuild", "register add", "corrections apply")


@pytest.fixture(scope="module")
def base_and_works(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Work]]:
    return prepared(tmp_path_factory.mktemp("killed"))


@pytest.mark.parametrize("name", WORKS)
def test_killed_at_any_step_it_is_read_and_the_next_run_ends_in_the_same_base(
    name: str, base_and_works: tuple[Path, list[Work]], tmp_path: Path
) -> None:
    base, works = base_and_works
    assert [work.name for work in works] == list(WORKS)
    told = killed(base, works[WORKS.index(name)], 3, random.Random(name), tmp_path)
    assert told.killed == 3 and told.steps > 50 and len(READING) == 8
