"""Relations on the gold's own spans: which are wrong, and how often.

    PYTHONPATH=. python tests/relation_gold.py GOLD.jsonl FOLDER [--errors] [--only NAME]

The citations are taken from the gold, so that what is measured is ``kb.reading.relations.relate`` alone. Where a mention
begins and ends (type word, date, issuer) is found here by plain patterns.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.reading.relations.relate import CitedSpan, Relation, relate
from kb.reading.text.text_forms import TextForms

_TYPES = {
    "luat": r"(?:bo )?luat\b[^;.|]{0,140}", "nghi-quyet": "nghi quyet(?: lien tich)?", "nghi-dinh": "nghi dinh",
    "quyet-dinh": r"quy[a-z]? ?[e&¢]t +dinh", "chi-thi": "chi thi", "ke-hoach": r"k[e&¢]+ +ho[a-z]+(?: hanh dong)?",
    "thong-tu": "thong tu(?: lien tich)?", "cong-van": "(?:cong|van) [vb]an", "to-trinh": "to trinh(?: lien so)?",
    "thong-bao": "thong bao(?: ket luan)?", "ket-luan": "ket luan", "chuong-trinh": "chuong trinh(?: hanh dong)?",
    "bao-cao": "bao cao(?: tham (?:dinh|tra))?", "phap-lenh": "phap lenh", "huong-dan": "huong dan",
    "quy-dinh": "quy dinh", "phuong-an": "phuong an", "de-an": "[db]. an",
}  # fmt: skip
_CODES = {
    "QĐ": "quyet-dinh", "NĐ": "nghi-dinh", "NQ": "nghi-quyet", "TT": "thong-tu", "TTLT": "thong-tu", "CT": "chi-thi",
    "KH": "ke-hoach", "TTr": "to-trinh", "TB": "thong-bao", "KL": "ket-luan", "CTr": "chuong-trinh", "BC": "bao-cao",
    "PL": "phap-lenh", "HD": "huong-dan", "PA": "phuong-an",
}  # fmt: skip
_HEAD = {kind: re.compile(rf"\b{words}[ ,]*(?:\bs[a-z0-9]{{0,2}}\b[ :]*)?$") for kind, words in _TYPES.items()}
_ANY_HEAD = re.compile(rf"(?:\b(?:{'|'.join(_TYPES.values())}) *)?(?:\bs[a-z0-9]?\b[ :]*)$")
_TAIL = re.compile(
    r"[ ,]*(?:(?:ky )?ngay[ 0-9/.\-]{1,14}(?:thang[ 0-9]{1,4}nam[ 0-9]{1,6})?|nam \d{4})?"
    r"(?: *c[a-z]{1,4}a? +(?:thuong truc |ban thuong vu |chu tich |bo truong )?"
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|thu tuong(?: chinh phu)?|chinh phu|quoc hoi|tinh uy|thanh uy"
    r"|bo chinh tri|ban bi thu|uy ban thuong vu quoc hoi"
    r"|(?:bo|so) (?:[a-z]+,? ){0,6}?[a-z]+(?= (?:ve|quy|huong|ban|phe|sua|v/v)\b))"
    r"(?: (?:tinh|thanh pho|huyen|quan)\b)?)?"
)


def _type(number: str | None, text: str) -> str | None:
    if number:
        if re.search(r"/QH\d|PL-|/UBTVQH", number):
            return "luat" if "/QH" in number else "nghi-quyet"
        for part in re.split(r"[^A-Za-zĐđ]+", number):
            if part in _CODES:
                return _CODES[part]
        return "cong-van"
    return "luat" if text.lower().startswith(("luật", "bộ luật")) else None


def mention(forms: TextForms, gold: dict[str, Any], floor: int = 0) -> CitedSpan:
    """A gold citation as the reader would hand it over; ``floor`` is where the number before it ends."""
    start, end = gold["start"], gold["end"]
    low = max(floor, start - 170, max(forms.text.rfind(stop, 0, start) for stop in "|)"))
    before = forms.folded[low:start]
    kind = _type(gold.get("number"), gold["text"])
    head = start
    match = (_HEAD[kind].search(before) if kind in _HEAD else None) or _ANY_HEAD.search(before)
    if match and gold["kind"] == "number":
        head = low + match.start()
    tail = _TAIL.match(forms.folded, end)
    return CitedSpan(start, end, gold["kind"], kind, head, tail.end() if tail else end, gold.get("number"))


def own_type(forms: TextForms) -> str | None:
    """The citing document's type, by the first type word that stands alone on a line."""
    heads = "QUYẾT ĐỊNH|KẾ HOẠCH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG BÁO|THÔNG TƯ|CHỈ THỊ|KE HOACH".replace(" ", r"\s+")
    match = re.search(rf"^[*#\s]*({heads})", forms.source, re.M)
    words = {"QUYẾT": "quyet-dinh", "KẾ": "ke-hoach", "KE": "ke-hoach", "THÔNG BÁO": "thong-bao", "CHỈ": "chi-thi"}
    if not match:
        return "cong-van" if "Kính gửi" in forms.source[:3000] else None
    found = re.sub(r"\s+", " ", match.group(1))
    return words.get(found) or words.get(found.split()[0]) or {"THÔNG TƯ": "thong-tu"}.get(found)


def judged(gold_path: Path, folder: Path) -> Iterator[tuple[str, str, TextForms, dict[str, Any], Relation]]:
    """Every gold citation with the relation given to it."""
    for line in gold_path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        with open(folder / document["document"], encoding="utf-8", newline="") as file:
            forms = TextForms(file.read())
        mentions, floor = [], 0
        for gold in document["citations"]:
            mentions.append(mention(forms, gold, floor))
            floor = gold["end"] if gold["kind"] == "number" else floor
        for gold, found in zip(document["citations"], relate(forms, mentions, own_type=own_type(forms)), strict=True):
            yield document["document"], own_type(forms) or "", forms, gold, found


def figures(gold_path: Path, folder: Path) -> dict[str, float]:
    """Share of right relations and directions among the numbers, as the scorer counts them."""
    count: Counter[str] = Counter()
    for _, _, _, gold, found in judged(gold_path, folder):
        if gold["kind"] == "number" and not gold.get("optional"):
            for field, value in (("relation", found.relation), ("inverse", found.inverse)):
                if field in gold and gold[field] != "?":
                    count[f"{field}_of"] += 1
                    count[field] += gold[field] == value
    return {field: count[field] / count[f"{field}_of"] for field in ("relation", "inverse") if count[f"{field}_of"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    confusion: Counter[tuple[str, str]] = Counter()
    begun = time.perf_counter()
    for name, own, forms, gold, found in judged(args.gold, args.folder):
        if args.only not in name or gold["kind"] != "number" or gold.get("optional"):
            continue
        wanted, acts = gold.get("relation", "?"), bool(gold.get("inverse"))
        if wanted in ("?", found.relation) and ("inverse" not in gold or acts == found.inverse):
            continue
        confusion[wanted + " inverse" * acts, found.relation + " inverse" * found.inverse] += 1
        if args.errors:
            start, end = gold["start"], gold["end"]
            cue = forms.text[found.cue[0] : found.cue[1]] if found.cue else None
            around = f"{forms.text[max(0, start - 260) : start]}[[{forms.text[start:end]}]]{forms.text[end : end + 90]}"
            print(
                f"{name} ({own}): {gold['number']} should be {wanted}, is {found.relation} by {cue!r} @{found.parent}"
            )
            print("   ", around.replace("\n", "⏎"))
    print(f"{time.perf_counter() - begun:.2f} s")
    for (wanted, given), count in confusion.most_common():
        print(f"{count:4} {wanted} read as {given}")
    print(figures(args.gold, args.folder))


if __name__ == "__main__":
    main()
