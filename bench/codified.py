"""Amendment edges against an independent truth: the codified law edited by the ministries (``bulk/phapdien_articles``).

    python -m bench codified

Each article's ``source`` header names the document it comes from and, in words, the documents that amended it;
``amended_by`` is the editors' own list. The headers are read as citing text, every edge "B amends, replaces, repeals
or suspends A" is compared with the list, and each difference is put into a class. Then the articles' own texts are
read and the share of editorial "related" pairs that a citation found supports is told: a figure, not a floor.
"""

from __future__ import annotations

import collections
import gzip
import json
from collections.abc import Iterator
from typing import Any

from bench.reading import SHARED
from kb.model import Citation
from kb.reading import read
from kb.reading.numbers.parse_number import parse_number

ACTS = frozenset({"amends", "replaces", "repeals", "suspends", "corrects"})
PRECISION_FLOOR = 0.98


def articles() -> Iterator[dict[str, Any]]:
    path = SHARED / "corpus" / "bulk" / "phapdien_articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def canonical(number: str) -> str:
    """The editors' number in the reader's official writing, as printed where it is none."""
    number = number.strip(" .,;")
    parsed = parse_number(number)
    return parsed.text if parsed else number


def acting(citations: tuple[Citation, ...], own: str) -> set[str]:
    """Numbers of the documents that act on the one named first."""
    return {c.number for c in citations if c.number and c.inverse and c.relation in ACTS and c.number != own}


def main() -> int:
    if not (SHARED / "corpus").is_dir():
        print(f"skipped: the folder of real documents is not at {SHARED} (set CANCU_SHARED)")
        return 0
    right = found = truth = mended = 0
    classes: collections.Counter[str] = collections.Counter()
    examples: dict[str, str] = {}
    for article in articles():
        header = article["source"] or ""
        if not article["amended_by"] and "bởi" not in header:
            continue
        own = canonical(article["source_so_hieu"] or "")
        wanted = {canonical(number) for number in article["amended_by"]} - {own}
        got = acting(read(header).citations, own)
        wanted, cut = _mended(wanted, got)
        mended += cut
        right, found, truth = right + len(wanted & got), found + len(got), truth + len(wanted)
        for number in wanted ^ got:
            kind = _class_of(number, number in wanted, article)
            classes[kind] += 1
            examples.setdefault(kind, f"{number} in {article['id']}: {header[:260]}")
    precision, recall = right / max(found, 1), right / max(truth, 1)
    print(f"headers: {truth:,} marks, {found:,} edges found, precision {precision:.4f}, recall {recall:.4f}")
    print(f"  {mended:4} marks of the list are cut at a blank that the header prints; they count as the whole number")
    for kind, count in classes.most_common():
        print(f"  {count:4} {kind}: {examples[kind]}")
    _related()
    return 0 if precision >= PRECISION_FLOOR else 1


def _mended(wanted: set[str], got: set[str]) -> tuple[set[str], int]:
    """The list with numbers that it cuts at a blank ("35/2021/TT-", "/2019/TT-BGTVT") made whole where one fits."""
    whole = set(wanted)
    for number in wanted - got:
        fits = [full for full in got - wanted if full.startswith(number) or full.endswith(number)]
        if len(fits) == 1:
            whole = whole - {number} | {fits[0]}
    return whole, len(whole & got) - len(wanted & got)


def _class_of(number: str, missed: bool, article: dict[str, Any]) -> str:
    header = article["source"] or ""
    printed = number in header or number.replace("Đ", "D") in header
    if missed:
        return "missed, though the header names it" if printed else "missed: the header does not print this number"
    return "found in the header, not in the editors' list" if printed else "found by a repair"


def _related() -> None:
    """Editorial "related" pairs of documents that a citation in the article's own text supports."""
    home = {article["id"]: canonical(article["source_so_hieu"] or "") for article in articles()}
    pairs: set[tuple[str, str]] = set()
    cited: dict[str, set[str]] = collections.defaultdict(set)
    total = supported = 0
    for article in articles():
        own = home[article["id"]]
        numbers = {c.number for c in read(article["text"] or "").citations if c.kind == "number" and c.number}
        cited[own] |= numbers
        for other in article["related"]:
            if other in home:
                total += 1
                supported += home[other] in numbers
                pairs.add((own, home[other]))
    between = {(a, b) for a, b in pairs if a != b}
    held = sum(b in cited[a] or a in cited[b] for a, b in between)
    print(f"articles: {total:,} related pairs of articles, {supported:,} supported by a number in the article itself")
    print(f"documents: {len(between):,} related pairs of two documents, {held:,} supported by a citation either way")


if __name__ == "__main__":
    raise SystemExit(main())
