"""A plugin of pytest: writes how much processor time each test took, one line of JSON each.

    CANCU_TEST_COSTS=FILE python -m pytest -p tools.mutation.costs …

What a test's fixtures took and what ended processes took counts to the test that needed them first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Called around each test."""
    before = os.times()
    result = yield
    after = os.times()
    seconds = sum(after[:4]) - sum(before[:4])
    with open(os.environ["CANCU_TEST_COSTS"], "a", encoding="utf-8") as file:
        file.write(json.dumps([item.nodeid, round(seconds, 3)]) + "\n")
    return result
