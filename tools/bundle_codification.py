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
    r"Điều \S+ (?P<kind>.+?) số (?P<number>\S+) (?P<name>.+) ngày (?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4}) "
    r"của (?P<issuer>.+?), có hiệu lực thi hành"
)
_EFFECT = re.compile(r"có hiệu lực thi hành kể từ ngày (\d\d)/(\d\d)/(\d{4})")
_TOPICS = 3  # subjects named of one act


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) as file:
        for line in file:
            yield orjson.loads(line)


def main(shared: Path) -> None:
    """Write the register."""
    bulk = shared / "corpus" / "bulk"
    amended: dict[str, set[str]] = defaultdict(set)
    for one in _lines(bulk / "relations.jsonl.gz"):
        if one["rel"] == "amended_by" and one["origin"] == "phapdien":
            amended[one["src"]].add(one["dst"])
    topics: dict[str, dict[str, None]] = defaultdict(dict)
    effect: dict[str, str] = {}
    full: dict[tuple[str, str], re.Match[str]] = {}
    for one in _lines(bulk / "phapdien_articles.jsonl.gz"):
        number, source = one["source_so_hieu"], " ".join((one["source"] or "").split())
        topics[number][one["topic"]] = None
        if found := _EFFECT.search(source):
            effect.setdefault(number, "-".join(reversed(found.groups())))
        if (found := _SOURCE.match(source)) and one["source_kind"] == found["kind"]:
            full.setdefault((found["kind"], number), found)
    rows = []
    for act in _lines(bulk / "phapdien_docs.jsonl.gz"):
        number = act["so_hieu"]
        begins = act["effective"] or effect.get(number, "")
        said = full.get((act["kind"], number))
        date = f"{said['year']}-{said['month']}-{said['day']}" if said else act["issued"]
        rows.append(
            (
                said["number"].replace("_", "-").strip('"') if said else number,
                act["kind"] or "",
                date or "",
                " ".join((said["issuer"] if said else act["issuer"] or "").split()).rstrip("."),
                " ".join((said["name"] if said else act["name"] or "").split()).rstrip("."),
                begins,
                NOT_YET if begins > AS_OF else IN_FORCE,
                "; ".join(sorted({*act["amended_by"], *amended[number]})),
                "; ".join(list(topics[number])[:_TOPICS]),
            )
        )
    TARGET.parent.mkdir(exist_ok=True)
    with open(TARGET, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(sorted(rows))
    print(f"{len(rows)} acts, {TARGET.stat().st_size:,} bytes: {TARGET}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["CANCU_SHARED"]))
