"""The measure of the house: what it counts, on a small house of which the figures are known."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools import house


def test_conditions_joined_by_and_or_count_each() -> None:
    source = """
def f(a, b):
    if a and b or not a:
        return [one for one in b if one]
    return 1 if a else 2
"""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert house.complexity(function) == 7  # 1, if, and, or, for in, if in, if else
    assert house.lines(function) == 4


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""Quyết định."""', []),
        ('x = "Quyết định"', [("Quyết định", "other")]),
        ('x = re.compile(r"quyet dinh")', [("quyet dinh", "pattern")]),
        ('x = spaced(f"quyet {y}")', [("quyet ", "pattern")]),
        ('x = say("Không có tệp", "There is no file")', [("Không có tệp", "message"), ("There is no file", "message")]),
        ('raise Error(vi="Hỏng", en="Broken")', [("Hỏng", "message"), ("Broken", "other")]),
        ('Example("theo X", "cites")', []),
    ],
)
def test_the_use_of_a_literal(source: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(house.literals(ast.parse(source))) == sorted(expected)


@pytest.mark.parametrize(
    ("literal", "use", "expected"),
    [
        ("Quyết định of the year", "other", ["Quyết", "định"]),
        ("quyet dinh", "other", []),
        (r"(?P<number>\d+)\s*quyet{words}dinh|number", "pattern", ["quyet", "dinh"]),
    ],
)
def test_words_of_vietnamese(literal: str, use: str, expected: list[str]) -> None:
    assert house.vietnamese(literal, use) == expected


FIELDS = ("number", "type", "date", "body", "province", "unit", "relation", "cue")


@pytest.mark.parametrize(
    "source",
    [
        "class C:\n" + "".join(f"    {name}: str\n" for name in FIELDS),
        f"f({', '.join(f'{name}=1' for name in FIELDS)})",
        f"f({', '.join(f'c.{name}' for name in FIELDS)})",
        f"Table('t', {', '.join(f'Column({name!r})' for name in FIELDS)})",
        repr(dict.fromkeys(FIELDS, 1)),
        repr(FIELDS),
    ],
)
def test_every_way_of_listing_fields_is_a_place(tmp_path: Path, source: str) -> None:
    package = tmp_path / "kb"
    package.mkdir()
    (package / "a.py").write_text(source, encoding="utf-8")
    (package / "b.py").write_text(source.replace("relation", "connection"), encoding="utf-8")
    assert house.places_of_fields(tmp_path) == ["kb/a.py:1"]


def test_the_way_of_a_citation_is_traced(project: Path) -> None:
    way = house.passed(project)
    assert {"corpus/read.py", "kb/reading/reader.py", "kb/store/store.py", "web/views/document.py"} <= set(way["ran"])
    assert set(way["passed"]) < set(way["ran"])
    assert way["changes"]
