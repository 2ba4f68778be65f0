"""One build of a base of real documents, stage by stage; a process of its own, so that its memory is its own.

    python -m bench._stages SIZE FOLDER KB

prints JSON: what was put in, and by stage the processor time of this process and of those it started, and the highest
memory of this one.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench._measure import peak
from bench._real import REGISTERS, sources
from indexer.build.ingest import ingest
from indexer.build.registers import source_of
from kb.knowledge.registers.add import About
from kb.service import KnowledgeBase

_TICKS = 100.0  # of a second, in which the system counts
_STAGE_OF = {"pages": "read", "rows": "registers", "keys": "links", "documents": "links"}


class Stages:
    """Adds up processor time and memory by stage, from the calls that tell of progress."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.megabytes: dict[str, float] = {}
        self._stage = "read"
        self._busy = busy()

    def __call__(self, stage: str, done: int, of: int | None) -> None:
        if (now := _STAGE_OF.get(stage, stage)) != self._stage:
            self.ends(now)

    def ends(self, following: str) -> None:
        """The stage is over."""
        now = busy()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._busy
        self.megabytes[self._stage] = max(self.megabytes.get(self._stage, 0.0), peak())
        Path("/proc/self/clear_refs").write_text("5")  # the highest memory counts from here
        self._stage, self._busy = following, now


def busy() -> float:
    """Processor seconds of this process and of all that it started, those that ended included."""
    times: dict[int, tuple[int, float]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        times[int(stat.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / _TICKS)
    own = {int(Path("/proc/self").resolve().name)}
    while more := {process for process, (parent, _) in times.items() if parent in own} - own:
        own |= more
    return sum(times[process][1] for process in own)


def main(size: int, folder: Path, kb: str) -> None:
    files, counts = sources(size, folder)
    began, stages = time.perf_counter(), Stages()
    base = KnowledgeBase.open(kb, create=True)
    stages.ends("registers")
    for name, province, *_ in REGISTERS if size > counts["plans"] else ():
        source = source_of(folder / "registers" / f"{name}.csv")[0]
        base.add_register(About(name, province=province), source)
    stages.ends("read")
    base.close()
    report = ingest(files, kb, progress=stages, registers=True)
    stages.ends("")
    base = KnowledgeBase.open(kb)
    told = {"documents": base.stats()["documents"], "characters": base.characters_held(), "texts": len(report.added)}
    base.close()
    took = {"seconds": stages.seconds, "megabytes": stages.megabytes, "wall": time.perf_counter() - began}
    print(json.dumps({"put in": counts, **told, **took}, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
