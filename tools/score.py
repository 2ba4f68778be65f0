"""Run the scorer over every folder of gold, print its figures and hold them against the floors of ``floors.json``.

    python tools/score.py [FOLDER…] [--shared DIR] [--errors N]
    python tools/score.py --annotated        the sets of tests/data/ instead, annotated after the reader was written

One folder at a time (file names recur between folders), and only the documents which the gold names are read.
Exit code 0: every figure holds its floor; 1: one does not; 3: the folder of real documents is not here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from cancu.verbs.extract import extract  # noqa: E402  the project is run from its checkout
from kb.reading import read  # noqa: E402

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))
FOLDERS = [name for name in FLOORS if name != "about"]
ANNOTATED = PROJECT / "tests" / "data"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help=", ".join(FOLDERS) + "; all by default")
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
    )
    parser.add_argument("--errors", type=int, default=0, help="print this many errors a folder")
    parser.add_argument("--annotated", action="store_true", help="the annotated sets of tests/data instead")
    args = parser.parse_args()
    if unknown := set(args.folders) - set(FOLDERS):
        parser.error(f"no gold named {', '.join(sorted(unknown))}; there are {', '.join(FOLDERS)}")
    if not (args.shared / "gold").is_dir():
        print(f"the gold is not here: {args.shared} (set CANCU_SHARED to the folder that holds it)", file=sys.stderr)
        return 3
    if args.annotated:
        for gold in sorted(ANNOTATED.glob("annotated_*.jsonl")):
            figures = score_annotated(gold.stem, args.shared)
            print(f"{gold.stem}: " + "  ".join(f"{name}={value}" for name, value in figures.items()))
        return 0
    short = 0
    for folder in args.folders or FOLDERS:
        figures, errors = score(folder, args.shared, args.errors)
        failures = falling_short(folder, figures)
        print(f"{folder}: " + "  ".join(f"{name}={value}" for name, value in figures.items()))
        print("".join(f"{line}\n" for line in errors), end="")
        print("".join(f"  falls short: {failure}\n" for failure in failures), end="")
        short += len(failures)
    print("every floor holds" if not short else f"{short} figures fall short of their floors")
    return 1 if short else 0


def score(folder: str, shared: Path, errors: int = 0) -> tuple[dict[str, Any], list[str]]:
    """Read the documents of one gold file and score what was found; the figures and the first ``errors`` errors."""
    gold = shared / "gold" / f"{folder}.jsonl"
    names = [json.loads(line)["document"] for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    paths = [shared / "corpus" / folder / Path(name).name for name in names]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        for one in extract(paths, jobs=os.cpu_count() or 1):
            if one.refused:
                print(f"  {one.name}: {one.refused.en}", file=sys.stderr)
            else:
                predicted.write(f"{one.line}\n")
        predicted.flush()
        return _judged(gold, predicted.name, shared, errors)


def score_annotated(name: str, shared: Path) -> dict[str, Any]:
    """Read the documents of one annotated set (``tests/data/NAME.jsonl``) and score what was found.

    ``window`` of a document: the code points of the whole text that were annotated; the text is read whole and scored
    inside them, and its own number is not annotated.
    """
    gold = ANNOTATED / f"{name}.jsonl"
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        for line in gold.read_text(encoding="utf-8").splitlines():
            annotated = json.loads(line)
            text = _text(annotated, shared)
            reading = read(text)
            found = [cited.to_json(text) for cited in reading.citations]
            own = reading.own.to_json() if reading.own else None
            if "window" in annotated:
                start, end = annotated["window"]
                found, own = [cited for cited in found if start <= cited["start"] < end], None
            record = {"document": annotated["document"], "self": own, "citations": found}
            predicted.write(json.dumps(record, ensure_ascii=False) + "\n")
        predicted.flush()
        return _judged(gold, predicted.name, shared)[0]


def _text(annotated: dict[str, Any], shared: Path) -> str:
    """The text of an annotated document: a file of ``corpus/plans``, or a record of a bulk collection by its slug."""
    name = annotated["document"]
    if "collection" not in annotated:
        return (shared / "corpus" / "plans" / name).read_bytes().decode("utf-8")
    with gzip.open(shared / "corpus" / "bulk" / f"{annotated['collection']}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if f'"{name}"' in line:
                return str(json.loads(line)["text"])
    raise LookupError(f"no text named {name}")


def _judged(gold: Path, predicted: str, shared: Path, errors: int = 0) -> tuple[dict[str, Any], list[str]]:
    """What the scorer of the shared folder says of predictions; its figures and the first ``errors`` errors."""
    scorer = str(shared / "eval" / "score.py")
    command = [sys.executable, scorer, str(gold), predicted, "--json", "--errors", str(errors)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip("\n").split("\n")
    return json.loads(answer[-1]), answer[:-1]


def falling_short(folder: str, figures: dict[str, Any]) -> list[str]:
    """The figures that do not hold the floors of a folder, in words; a figure that is missing does not hold."""
    rules = FLOORS[folder]
    failures = [
        f"{name}={figures.get(name)} < {floor}"
        for name, floor in rules["at_least"].items()
        if figures.get(name, -1.0) < floor
    ]
    failures += [
        f"{name}={figures.get(name)} > {most}" for name, most in rules["at_most"].items() if figures.get(name, 0) > most
    ]
    failures += [
        f"{name}={figures.get(name)} is further than {distance} from {other}={figures.get(other)}"
        for name, (other, distance) in rules["near"].items()
        if abs(figures.get(name, -1.0) - figures.get(other, -1.0)) > distance
    ]
    return failures


if __name__ == "__main__":
    sys.exit(main())
