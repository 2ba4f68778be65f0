"""Ingest: files a second and where the time goes, beside segmentation alone; memory at two sizes; a second run.

The documents are the real plans where the folder of real documents is there, else the bundled collection. Memory is
the peak of a process of its own, at one share and at four times as many documents (DESIGN.md section 10: flat).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from indexer.words.segment import segmenter

_DOCUMENTS = 120
_RUN = """
import json, resource, sys
from indexer.build.ingest import ingest
from indexer.engines.opening import open_index
if __name__ == "__main__":
    report = ingest([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]), index=sys.argv[4] or None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    body = report.to_json()
    print(json.dumps({"seconds": body["seconds"], "added": len(body["added"]), "unchanged": len(body["unchanged"]),
                      "characters": body["characters"], "citations": body["citations"], "peak": peak}))
"""


def sources() -> list[Path]:
    project = Path(__file__).resolve().parent.parent
    shared = Path(os.environ.get("CANCU_SHARED") or project.parent / "shared")
    plans = sorted((shared / "corpus" / "plans").glob("*.txt")) + sorted((shared / "corpus" / "plans").glob("*.md"))
    return plans or sorted((project / "corpus" / "samples").glob("*.txt"))


def _run(folder: Path, where: Path, workers: int, index: str = "") -> dict[str, object]:
    command = [sys.executable, "-c", _RUN, str(folder), str(where), str(workers), index]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parent.parent
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _copies(folder: Path, texts: list[str], count: int) -> Path:
    """``count`` files; beyond the first round each differs from its original by one line."""
    folder.mkdir()
    for number in range(count):
        text = texts[number % len(texts)]
        added = f"\nBản sao thứ {number // len(texts)}.\n" if number >= len(texts) else ""
        (folder / f"{number:05}.txt").write_text(text + added, encoding="utf-8")
    return folder


def main() -> int:
    texts = [file.read_text(encoding="utf-8") for file in sources()[:_DOCUMENTS]]
    size = sum(len(text.encode()) for text in texts) / 1e6
    began = time.perf_counter()
    for text in texts:
        segmenter().tokenize(text)
    alone = time.perf_counter() - began
    print(
        f"{len(texts)} documents, {size:.1f} MB; segmentation alone, one core: {alone:.1f} s ({size / alone:.1f} MB/s)"
    )
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as name:
        base = Path(name)
        few = _copies(base / "few", texts, len(texts))
        many = _copies(base / "many", texts, 4 * len(texts))
        cores = os.cpu_count() or 1
        print(f"{'run':34} {'s':>6} {'read':>6} {'links':>6} {'index':>6} {'files/s':>8} {'MB/s':>6} {'peak MB':>8}")
        peaks = []
        for label, folder, where, workers, index in (
            ("whoosh, 1 process", few, "kb1", 1, ""),
            (f"whoosh, {cores} processes", few, "kb2", cores, ""),
            ("again, nothing changed", few, "kb2", cores, ""),
            (f"tantivy, {cores} processes", few, "kb3", cores, f"tantivy:{base / 'index3'}"),
            ("tantivy, four times as many", many, "kb4", cores, f"tantivy:{base / 'index4'}"),
        ):
            found = _run(folder, base / where, workers, index)
            seconds = found["seconds"]
            assert isinstance(seconds, dict)
            took = sum(seconds.values())
            files = len(list(folder.iterdir()))
            megabytes = size * files / len(texts)
            parts = " ".join(f"{seconds.get(stage, 0.0):6.1f}" for stage in ("read", "links", "index"))
            peak = int(str(found["peak"])) / 1e6
            peaks.append(peak)
            print(f"{label:34} {took:6.1f} {parts} {files / took:8.1f} {megabytes / took:6.2f} {peak:8.0f}")
        growth = peaks[4] - peaks[3]
        print(f"memory of the main process: {growth:+.0f} MB for {3 * len(texts)} documents more")
    return 0
