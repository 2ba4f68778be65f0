"""Make the bundled register of central normative acts from the official codification (``corpus/registers/``).

    python tools/bundle_codification.py [SHARED]

``SHARED`` (default: ``$CANCU_SHARED``) holds ``corpus/bulk/phapdien_docs.jsonl.gz`` (the acts), ``relations.jsonl.gz``
(which act amended which) and ``phapdien_articles.jsonl.gz`` (the articles, whose topics are the subjects of an act, and
whose source lines say number, name, date, issuer and effect in full: the acts' own records cut an issuer off at its
first comma, and take the date of a decree named in a title for the act's). Only facts are taken.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

TARGET = Path(__file__).parent.parent / "corpus" / "registers" / "codification.csv"
AS_OF = "2025-11-14"
IN_FORCE, NOT_YET = "Còn hiệu lực", "Chưa có hiệu lực"
HEADS = (
    "Số ký hiệu", "Loại văn bản", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Ngày có hiệu lực", "Tình trạng",
    "Văn bản sửa đổi, bổ sung", "Chủ đề",
)  # fmt: skip
_SOURCE = re.compile(
    r"Điều \S+ (?P<kind>.+?) số (?P<number>\S+(?:(?<=-) \S+)*) (?P<name>.+) "
    r"ngày (?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4}) của (?P<issuer>.+?), có hiệu lực thi hành"
)
_EFFECT = re.compile(r"có hiệu lực thi hành kể từ ngày (\d\d)/(\d\d)/(\d{4})")
_TOPICS = 3  # subjects named of one act


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) as file:
        for line in file:
            yield orjson.loads(line)


@dataclass(slots=True)
class _Articles:
    """What the articles tell of the acts they are of, by number; ``full`` by type and number."""

    topics: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    effect: dict[str, str] = field(default_factory=dict)
    full: dict[tuple[str, str], re.Match[str]] = field(default_factory=dict)

    def take(self, one: dict[str, Any]) -> None:
        number, source = one["source_so_hieu"], _line(one["source"])
        self.topics[number][one["topic"]] = None
        if found := _EFFECT.search(source):
            self.effect.setdefault(number, "-".join(reversed(found.groups())))
        if (full := source_of(one)) is not None:
            self.full.setdefault((full["kind"], number), full)


def source_of(article: dict[str, Any]) -> re.Match[str] | None:
    """What an article's source line says of its act (``kind``, ``number``, ``name``, ``day``, ``month``, ``year``,
    ``issuer``), None where it names another."""
    found = _SOURCE.match(_line(article["source"]))
    return found if found is not None and article["source_kind"] == found["kind"] else None


def _line(words: str | None) -> str:
    return " ".join((words or "").split())


def number_in(said: re.Match[str]) -> str:
    """The number in a source line, whole: a line end behind a hyphen tears it in two ("159/2006/NĐ- CP")."""
    return said["number"].replace(" ", "").replace("_", "-").strip('"')


def _facts(act: dict[str, Any], said: re.Match[str] | None) -> tuple[str, str, str, str]:
    """Number, date, issuer and name of an act: of a source line, else of its own record."""
    if said is None:
        return act["so_hieu"], act["issued"] or "", _line(act["issuer"]).rstrip("."), _line(act["name"]).rstrip(".")
    number = number_in(said)
    date = f"{said['year']}-{said['month']}-{said['day']}"
    return number, date, said["issuer"].rstrip("."), said["name"].rstrip(".")


def main(shared: Path) -> None:
    """Write the register."""
    bulk = shared / "corpus" / "bulk"
    amended: dict[str, set[str]] = defaultdict(set)
    for one in _lines(bulk / "relations.jsonl.gz"):
        if one["rel"] == "amended_by" and one["origin"] == "phapdien":
            amended[one["src"]].add(one["dst"])
    articles = _Articles()
    for one in _lines(bulk / "phapdien_articles.jsonl.gz"):
        articles.take(one)
    rows = []
    for act in _lines(bulk / "phapdien_docs.jsonl.gz"):
        key = act["so_hieu"]
        number, date, issuer, name = _facts(act, articles.full.get((act["kind"], key)))
        begins = act["effective"] or articles.effect.get(key, "")
        state = NOT_YET if begins > AS_OF else IN_FORCE
        later = "; ".join(sorted({*act["amended_by"], *amended[key]}))
        subjects = "; ".join(list(articles.topics[key])[:_TOPICS])
        rows.append((number, act["kind"] or "", date, issuer, name, begins, state, later, subjects))
    TARGET.parent.mkdir(exist_ok=True)
    with open(TARGET, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(sorted(rows))
    print(f"{len(rows)} acts, {TARGET.stat().st_size:,} bytes: {TARGET}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["CANCU_SHARED"]))
