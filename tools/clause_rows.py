"""Clauses labelled by their place in the shared documents, as rows for ``measure_acts``.

A line of the file names a clause by its place (collection of ``corpus/bulk`` and record, or a file of ``corpus/plans``)
and its stretches: head of the document, heading of the article, clause above, the clause itself, each first and last
code point. ``own`` is the document's number (nothing where the head prints it), ``acts`` what the clause states and
``title`` what head and headings state, neither missing nor wrong: "relation<ACTOR target [places]", with "<ACTOR" where
another document acts, and "one|other" where two relations count as right.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sample_citations import rows as rows_of

PLANS = "plans"


def clause_rows(path: Path, shared: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of places, each with the text of its clause."""
    labelled = rows_of(path)
    texts = _texts(shared / "corpus", {(row["corpus"], row["record"]) for row in labelled})
    for row in labelled:
        text = texts[row["corpus"], row["record"]]
        *above, clause = (text[slice(*map(int, span.split("-")))] for span in row["spans"].split())
        number = [f"Số: {row['own']}\nHà Nội, ngày 15 tháng 6 năm {_year(row['own'])}"] if row["own"] else []
        yield {
            "id": f"{row['corpus']} {row['record']} {row['spans']}",
            "above": "\n".join([*number, *above]),
            "text": "\n".join([*number, *above, clause]),
            "acts": list(_acts(row["acts"])),
            "title_acts": list(_acts(row["title"])),
        }


def _year(number: str) -> str:
    year = number.split("/")[1]
    return year if year.isdigit() else "2026"


def _acts(words: str) -> Iterator[dict[str, Any]]:
    for act in filter(None, map(str.strip, words.split(";"))):
        told, _, rest = act.partition(" ")
        kinds, _, actor = told.partition("<")
        relation, *others = kinds.split("|")
        target, _, places = rest.partition("[")
        yield {
            "relation": relation,
            "alt": others,
            "target": target.strip(),
            "pinpoints": [place.strip() for place in places.rstrip("] ").split(",") if place.strip()],
            "whole": None,
            **({"inverse": True, "actor": actor} if actor else {}),
        }


def _texts(folder: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found = {}
    for name in sorted({name for name, _ in wanted}):
        records = {record for corpus, record in wanted if corpus == name}
        if name == PLANS:
            for record in records:
                found[name, record] = (folder / PLANS / record).read_text(encoding="utf-8")
            continue
        with gzip.open(folder / "bulk" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for at, line in enumerate(lines):
                if str(at) in records:
                    found[name, str(at)] = json.loads(line)["text"]
    return found
