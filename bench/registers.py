"""A register of 100,000 rows put in, and renewed with ten changed rows: time and memory.

    python -m bench registers

``CANCU_BENCH_ROWS`` sets another number of rows.

The two runs are processes of their own: rows read and written, documents made of them, the search index (tantivy)
brought up to date. Rows are drawn: five series of a province over twenty years.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from bench._measure import load

ROWS = int(os.environ.get("CANCU_BENCH_ROWS", "100000"))
FLOOR_RENEWAL = 60.0
"""Seconds of processor time for a renewal of 100,000 rows of which ten changed."""
_SERIES = (
    ("Quyết định", "QĐ-UBND", "UBND tỉnh"),
    ("Nghị quyết", "NQ-HĐND", "HĐND tỉnh"),
    ("Công văn", "UBND-KT", "UBND tỉnh"),
    ("Thông báo", "TB-UBND", "UBND tỉnh"),
    ("Quyết định", "QĐ-SXD", "Sở Xây dựng"),
)
_YEARS = range(2005, 2025)
_TITLE = (
    "quản lý đất đai phê duyệt kế hoạch đầu tư công xây dựng nông thôn mới chuyển đổi số giáo dục y tế giao thông thủy "
    "lợi bảo vệ môi trường phòng cháy chữa cháy hỗ trợ người có công dự toán ngân sách"
)
_HEAD = ("STT", "Số, ký hiệu", "Loại văn bản", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Tình trạng hiệu lực")
_CHANGED = 10
_STEP = """
import resource, sys, time
from indexer.build.ingest import bring_index_up_to_date
from indexer.build.registers import source_of
from indexer.build.report import IngestReport
from kb.knowledge.registers.add import About
from kb.service import KnowledgeBase

file, kb = sys.argv[1:]
base = KnowledgeBase.open(kb, create=True)
def step(name, work):
    wall, cpu = time.perf_counter(), time.process_time()
    told = work()
    print(f"{name:10} {time.process_time() - cpu:8.1f} s processor {time.perf_counter() - wall:8.1f} s wall "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB peak so far  {told}")
def add():
    done = base.add_register(About("lớn", province="Bình Định"), source_of(file)[0])
    return f"{done.added} added, {done.changed} changed, {done.removed} removed, {done.unchanged} unchanged"
step("rows", add)
step("documents", lambda: f"{len(base.resolve().added)} new")
report = IngestReport()
step("index", lambda: bring_index_up_to_date(base, kb, f"tantivy:{kb}/index", report) or f"{report.indexed} indexed")
print(f"TOTAL {time.process_time():.1f}")
"""


def _write(path: Path, changed: int) -> None:
    chance = random.Random(1)
    each = ROWS // (len(_SERIES) * len(_YEARS))
    words = _TITLE.split()
    rows = []
    for year in _YEARS:
        for kind, code, issuer in _SERIES:
            for ordinal in range(1, each + 1):
                day = f"{chance.randint(1, 28):02}/{1 + (ordinal - 1) * 12 // each:02}/{year}"
                title = "Về việc " + " ".join(chance.choices(words, k=14))
                state = chance.choice(("Còn hiệu lực", "Hết hiệu lực toàn bộ"))
                rows.append([len(rows) + 1, f"{ordinal}/{code}", kind, day, issuer, title, state])
    for at in range(changed):
        rows[at * (len(rows) // _CHANGED)][5] += " (đã đính chính)"
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_HEAD, *rows])


def main() -> int:
    """Print the figures; 1 where a renewal takes longer than its floor."""
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, changed in (("first", 0), ("renewal", _CHANGED)):
            path = Path(folder) / "register.csv"
            _write(path, changed)
            print(f"{name}: {ROWS} rows, {path.stat().st_size / 1e6:.1f} MB, {load()}", flush=True)
            step = [sys.executable, "-c", _STEP, str(path), str(Path(folder) / "kb")]
            said = subprocess.run(step, check=True, stdout=subprocess.PIPE, text=True).stdout
            steps, _, total = said.rpartition("TOTAL ")
            print(steps, end="", flush=True)
            slow = int(changed > 0 and float(total) > FLOOR_RENEWAL)
        renewed = "holds" if not slow else "DOES NOT HOLD"
        print(f"a renewal within {FLOOR_RENEWAL:.0f} s of processor time: {renewed}")
    return slow
