"""The tree of errors is the one that ``messages.errors`` draws, and every one of them is told in both languages."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re
from collections.abc import Iterator

import pytest

import messages.errors
from corpus.errors import Refused
from corpus.source_text import Notice
from indexer.query.language import QueryError, parse
from indexer.words.pyvi_model import SegmenterUnusable
from kb.authority.load import AuthorityError
from kb.errors import NotFoundError
from messages import CancuError, Pair

FLOORS = ("messages", "corpus", "kb", "indexer", "web", "cancu")


@pytest.fixture(scope="module", autouse=True)
def everything_is_imported() -> None:
    for floor in FLOORS:
        for module in pkgutil.walk_packages(importlib.import_module(floor).__path__, f"{floor}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:  # alembic runs those
                importlib.import_module(module.name)


def tree(error: type[BaseException], before: str = "") -> Iterator[tuple[str, str]]:
    """The lines below an error: ``├── Name``, and the module that defines it."""
    below = sorted(
        (one for one in error.__subclasses__() if one.__module__.startswith(FLOORS)), key=lambda one: one.__name__
    )
    for one in below:
        last = one is below[-1]
        yield f"{before}{'└' if last else '├'}── {one.__name__}", one.__module__
        yield from tree(one, before + ("    " if last else "│   "))


def test_the_drawing_is_true() -> None:
    assert messages.errors.__doc__ is not None
    drawn = re.findall(r"^    ([│├└─ ]*\w+)  .*?(\S+)$", messages.errors.__doc__, re.MULTILINE)
    assert drawn[0][0] == "CancuError"
    assert drawn[1:] == list(tree(CancuError))


def test_no_error_of_ours_stands_outside() -> None:
    """But the mistake of a program that names no message."""
    outside = [
        one.__name__
        for base in (Exception, ValueError, LookupError, RuntimeError, OSError)
        for one in base.__subclasses__()
        if one.__module__.partition(".")[0] in FLOORS and one is not CancuError
    ]
    assert outside == ["MessageError"]


def query_error() -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse('"a')
    return caught.value


@pytest.mark.parametrize(
    "make",
    [
        lambda: NotFoundError(Pair("Không có.", "None.")),
        lambda: AuthorityError(Pair("Sai.", "Wrong.")),
        lambda: Refused(Notice("empty", "Tệp rỗng.", "An empty file."), "a.txt"),
        lambda: SegmenterUnusable("pyvi3.pkl: –"),
        query_error,
    ],
)
def test_an_error_is_told_in_both_languages_and_crosses_processes_whole(make) -> None:
    error = make()
    assert error.text("vi") == error.vi != error.en == error.text("en") == str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (again.vi, again.en, again.args) == (error.vi, error.en, again.args)
    own = {name: value for name, value in vars(error).items() if name != "words"}
    assert own == {name: value for name, value in vars(again).items() if name != "words"}
