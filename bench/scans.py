"""Whole annotated documents, printed, scanned badly and read by Tesseract's English model, held against the annotation.

    python -m bench scans              (or: python bench/scans.py --documents 76 --dpi 110 96)
    python bench/scans.py --cost 20    (processor time beside plain tesseract and ocrmypdf, one core and two)
    python bench/scans.py --long 300   (a long file, killed in the middle and read again)
    python bench/scans.py --by-eye FOLDER    (real scans against what was read off them by eye)

The documents are those of ``tests/data/annotated_4.jsonl`` and ``annotated_5.jsonl``, annotated from the clean text;
the scorer of the shared folder judges. Unlike in ``bench.noise`` the truth is not what the reader itself makes of the
clean text. What a table says by its columns is lost in print: some relations cannot be told from it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import _by_eye, _scan_cost
from bench._printing import coarse, printed
from bench.noise import PROJECT, SHARED, recognised
from kb.reading import read

MOST_PAGES = 12
_MARKS = str.maketrans("*|#", "   ")


def annotated(count: int) -> list[dict[str, Any]]:
    """``count`` of the annotated documents, evenly spread; without offsets, since the scan has its own."""
    found = []
    for name in ("annotated_4", "annotated_5"):
        lines = (PROJECT / "tests" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line) for line in lines]
    chosen = found[:: max(1, len(found) // count)][:count]
    for document in chosen:
        document["citations"] = [
            {field: value for field, value in cited.items() if field not in ("start", "end")}
            for cited in document["citations"]
        ]
    return chosen


def scanned(text: str, dpi: int, seed: int) -> str:
    """The text printed, scanned at ``dpi`` dots an inch and read by a model that does not know its language."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.translate(_MARKS))]
    out = ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        for page, sheet in enumerate(printed("\n".join(filter(None, paragraphs)), most_pages=MOST_PAGES)):
            coarse(sheet.picture, dpi, seed + page).save(path, dpi=(dpi, dpi))
            out += recognised(path, "eng")
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--dpi", type=int, nargs="+", default=[110])
    parser.add_argument("--cost", type=int, metavar="PAGES", help="what a clean file of so many pages costs")
    parser.add_argument("--long", type=int, metavar="PAGES", help="a file of so many pages, killed and read again")
    parser.add_argument("--by-eye", type=Path, metavar="FOLDER", help="the folder of the scans in scans_by_eye.tsv")
    args = parser.parse_args(argv or [])
    if args.by_eye:
        return _by_eye.scored(args.by_eye)
    if args.cost or args.long:
        if args.cost:
            _scan_cost.beside(args.cost)
        if args.long:
            _scan_cost.long(args.long)
        return 0
    if not (SHARED / "corpus").is_dir() or shutil.which("tesseract") is None:
        print(f"skipped: it needs tesseract and the folder of real documents at {SHARED} (set CANCU_SHARED)")
        return 0
    gold = annotated(args.documents)
    for dpi in args.dpi:
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
            truth, answers = Path(folder) / "gold.jsonl", Path(folder) / "read.jsonl"
            truth.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in gold), encoding="utf-8")
            texts = [(SHARED / "corpus" / "plans" / one["document"]).read_bytes().decode() for one in gold]
            seeds = range(0, len(texts) * MOST_PAGES, MOST_PAGES)
            scans = pool.map(scanned, texts, [dpi] * len(texts), seeds)
            with answers.open("w", encoding="utf-8") as out:
                for one, scan in zip(gold, scans, strict=True):
                    out.write(json.dumps(_answer(one["document"], scan), ensure_ascii=False) + "\n")
            command = [sys.executable, str(SHARED / "eval" / "score.py"), str(truth), str(answers), "--errors", "0"]
            figures = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        print(f"{dpi} dpi: {figures.strip()}", flush=True)
    return 0


def _answer(document: str, scan: str) -> dict[str, Any]:
    reading = read(scan)
    citations = [cited.to_json(scan) for cited in reading.citations]
    for cited in citations:
        del cited["start"], cited["end"]
    return {"document": document, "self": reading.own and reading.own.to_json(), "citations": citations}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
