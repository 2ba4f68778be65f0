"""Documents annotated after the reader was written, by people who had not seen its answers.

``data/annotated_1.jsonl`` was used to find classes of error once it had been scored; ``annotated_2.jsonl`` only to score.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kb.reading import read

DATA = Path(__file__).parent / "data"
FLOORS = {
    "annotated_1": {"number_f1": 0.995, "date": 0.99, "province": 0.98, "relation": 0.94, "inverse": 0.97, "named_f1": 0.95},
    "annotated_2": {"number_f1": 0.98, "date": 0.99, "province": 0.98, "relation": 0.94, "inverse": 0.97, "named_f1": 0.95},
}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floors_on_documents_annotated_later(name: str, shared: Path, tmp_path: Path) -> None:
    gold = DATA / f"{name}.jsonl"
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for line in gold.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)["document"]
            text = (shared / "corpus" / "plans" / document).read_bytes().decode("utf-8")
            reading = read(text)
            found = [cited.to_json(text) for cited in reading.citations]
            own = reading.own.to_json() if reading.own else None
            out.write(json.dumps({"document": document, "self": own, "citations": found}, ensure_ascii=False) + "\n")
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(predicted), "--json"]
    figures = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    short = {figure: figures[figure] for figure, floor in FLOORS[name].items() if figures[figure] < floor}
    assert not short and figures["self_invented"] == 0
