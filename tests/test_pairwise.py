"""Do citations that mean one document meet, and only those? Over all pairs of citations of the gold documents."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from kb_fixtures import Source

from kb.reading import read
from kb.service import KnowledgeBase

MIN_PRECISION, MIN_RECALL = 0.995, 0.98


def _gold_key(citation: dict[str, Any], document: str, dated: dict[str, set[str]]) -> tuple[Any, ...]:
    """Number without leading zeros, date or year, organ, province, unit; an undated number is that of its own
    document's dated twin, else of no other document."""
    number = citation["number"]
    year = re.search(r"/((?:19|20)\d\d)/", number)
    dates = dated[number]
    when = year[1] if year else citation.get("date") or (next(iter(dates)) if len(dates) == 1 else f"?{document}")
    return (number.lstrip("0"), when, citation.get("body"), citation.get("province"), citation.get("unit"))


def _pairs(counts: Counter[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def test_pairs_of_citations_of_the_gold_documents(shared: Path, tmp_path: Path) -> None:
    base = KnowledgeBase.open(tmp_path, create=True)
    gold: dict[str, list[dict[str, Any]]] = {}
    for folder in ("seeds", "plans"):
        for line in (shared / "gold" / f"{folder}.jsonl").read_text("utf-8").splitlines():
            document = json.loads(line)
            data = (shared / "corpus" / folder / document["document"]).read_bytes()
            text = data.decode()
            source = Source(document["document"], text, "txt", hashlib.sha256(data).hexdigest())
            base.put(source, read(text))
            gold[source.name] = document["citations"]
    base.resolve()
    meant: dict[tuple[str, int], str] = {}
    for held in base.documents(role="held", per_page=1000):
        for name in base.files_of(held.id):
            text_view = base.text_of(held.id, name)
            assert text_view is not None
            for found in text_view.citations:
                meant[(name, found.start)] = found.target or f"open {name} {found.start}"
    both: Counter[Any] = Counter()
    for name, citations in gold.items():
        dated: dict[str, set[str]] = defaultdict(set)
        for citation in citations:
            if citation["kind"] == "number" and citation.get("date"):
                dated[citation["number"]].add(citation["date"])
        for citation in citations:
            if citation["kind"] == "number" and not citation.get("optional"):
                target = meant.get((name, citation["start"]), f"missed {name} {citation['start']}")
                both[(_gold_key(citation, name, dated), target)] += 1
    by_gold: Counter[Any] = Counter()
    by_target: Counter[Any] = Counter()
    for (key, target), count in both.items():
        by_gold[key] += count
        by_target[target] += count
    right = _pairs(both)
    precision, recall = right / _pairs(by_target), right / _pairs(by_gold)
    assert precision >= MIN_PRECISION, f"precision {precision:.4f}"
    assert recall >= MIN_RECALL, f"recall {recall:.4f}"
