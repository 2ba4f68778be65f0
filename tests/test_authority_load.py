"""The data files are checked when they are loaded: what is wrong, in which file, entry and field."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest

from kb.authority import confusions, issuers, laws, load, provinces, relations, standards, types, wording

MODULES: dict[str, ModuleType] = {
    "types": types,
    "issuers": issuers,
    "provinces": provinces,
    "laws": laws,
    "relations": relations,
    "standards": standards,
}


def read_changed(
    module: ModuleType, change: Callable[[dict[str, Any]], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> load.AuthorityError:
    """The error a module raises for its own data file after ``change``."""
    content = orjson.loads(module.FILE.read_bytes())
    change(content)
    path = tmp_path / module.FILE.name
    path.write_bytes(orjson.dumps(content))
    monkeypatch.setattr(module, "FILE", path)
    if hasattr(module, "_CONTENT"):
        monkeypatch.setattr(module, "_CONTENT", content)
    with pytest.raises(load.AuthorityError) as caught:
        module._read()
    return caught.value


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda content: content["entries"][3].pop("match"), "match"),
        (lambda content: content["entries"][3].update(no_match=[]), "no_match"),
        (lambda content: content["entries"][3].update(colour="red"), "colour"),
        (lambda content: content["entries"].append(content["entries"][3]), "lặp lại"),
        (lambda content: content["entries"].insert(3, "text"), "đối tượng"),
        (lambda content: content.pop("entries"), "entries"),
    ],
    ids=["example missing", "examples empty", "unknown field", "twice", "no object", "no list"],
)
def test_a_broken_entry_is_named(
    name: str,
    change: Callable[[dict[str, Any]], object],
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = read_changed(MODULES[name], change, tmp_path, monkeypatch)
    assert f"{name}.json" in error.vi and f"{name}.json" in error.en
    assert word in error.vi
    assert error.text("en") == error.en != error.text()


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("types", {"system": "weird"}, ["bo-luat", "system"]),
        ("types", {"seen": {"QD": "nothing"}}, ["bo-luat", "seen", "nothing"]),
        ("types", {"rank": "first"}, ["bo-luat", "rank"]),
        ("issuers", {"level": "galactic"}, ["UBTVQH", "level"]),
        ("issuers", {"valid_from": "1/3/2025"}, ["UBTVQH", "valid_from"]),
        ("issuers", {"succeeded_by": ["NOBODY"]}, ["UBTVQH", "succeeded_by", "NOBODY"]),
        ("issuers", {"aliases": ["CP"]}, ["UBTVQH", "aliases", "CP"]),
        ("provinces", {"succeeded_by": ["atlantis@2025"]}, ["ha-nam-ninh", "succeeded_by", "atlantis"]),
        ("provinces", {"valid_to": "2025-13-01"}, ["ha-nam-ninh", "valid_to"]),
        ("laws", {"date": "19/11/2003"}, ["hien-phap-1959", "date"]),
        ("laws", {"date": "2020-01-01", "effective": "2010-01-01"}, ["hien-phap-1959", "effective"]),
        ("laws", {"replaces": ["0/0000/QH0"]}, ["hien-phap-1959", "replaces"]),
        ("standards", {"type": "weird"}, ["QCVN", "type"]),
        ("relations", {"strong": "yes"}, ["implements", "strong"]),
        ("relations", {"label": " trống "}, ["implements", "label"]),
    ],
)
def test_a_wrong_value_is_named(
    name: str, change: dict[str, Any], words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = read_changed(MODULES[name], lambda content: content["entries"][1].update(change), tmp_path, monkeypatch)
    for word in words:
        assert word in error.vi and word in error.en


@pytest.mark.parametrize("linked", [None, ["về"], {"phap-lenh": ""}, {"nghi-dinh": "về"}])
def test_a_linking_word_belongs_to_a_type_cited_by_name(linked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "_CONTENT", {"linked": linked})
    with pytest.raises(load.AuthorityError) as caught:
        laws._linked()
    assert "linked" in caught.value.vi and "linked" in caught.value.en


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"no_match": []}, ["offices", "no_match"]),
        ({"words": []}, ["offices", "words"]),
        ({"damaged": ["gi[am"]}, ["offices", "damaged"]),
        ({"printed": "yes"}, ["offices", "printed"]),
        ({"colour": "red"}, ["offices", "colour"]),
        ({"id": "motto"}, ["motto", "id"]),
    ],
)
def test_a_wrong_word_list_is_named(change: dict[str, Any], words: list[str], tmp_path: Path) -> None:
    content = orjson.loads((wording.FOLDER / "header.json").read_bytes())
    content["entries"][1].update(change)
    path = tmp_path / "header.json"
    path.write_bytes(orjson.dumps(content))
    with pytest.raises(load.AuthorityError, match=r"header\.json") as caught:
        wording.read(path)
    for word in words:
        assert word in caught.value.vi and word in caught.value.en


@pytest.mark.parametrize(
    ("content", "word"), [(b'{"entries": [', "dòng 1"), (b"[]", "JSON"), (None, "Không đọc được")]
)  # fmt: skip
def test_a_file_that_is_no_json(content: bytes | None, word: str, tmp_path: Path) -> None:
    path = tmp_path / "types.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(load.AuthorityError, match=r"types\.json") as caught:
        load.read(path)
    assert word in caught.value.vi


@pytest.mark.parametrize("row", ["ĐĐ\tD\t1.0", "Đ\tĐ\t1.0", "Đ\tXYZ\t1.0", "Đ\tX\tcheap", "Đ\tX\t-1", "Đ\tD\t0.2"])
def test_a_wrong_confusion_is_named(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "code_confusions.tsv"
    path.write_text(f"# header\ntrue\tseen\tcost\nĐ\tD\t0.1\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(confusions, "FILE", path)
    with pytest.raises(load.AuthorityError, match=r"code_confusions\.tsv"):
        confusions._read()


def test_confusions_weigh_the_measured_damage() -> None:
    assert confusions.COSTS["Đ", "D"] < confusions.COSTS["Đ", "P"]
    assert all(cost > 0 for cost in confusions.COSTS.values())


def test_loading_is_fast() -> None:
    """A fresh interpreter reads all tables in the time of three million squares (0.2 s where those take 0.3), best of
    three: a yardstick of the same run, for seconds of a busy machine are no measure."""
    script = (
        "import time, orjson, re, csv, dataclasses\n"
        "begun = time.process_time()\n"
        "sum(one * one for one in range(1_000_000))\n"
        "million = time.process_time() - begun\n"
        "begun = time.process_time()\n"
        "import kb.authority.types, kb.authority.provinces, kb.authority.laws, kb.authority.relations\n"
        "import kb.authority.confusions\n"
        "print((time.process_time() - begun) / million)"
    )
    untraced = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    ratios = [
        float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=untraced).stdout)
        for _ in "abc"
    ]
    assert min(ratios) < 3
