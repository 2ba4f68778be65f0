"""Hostile text costs no more than five times what clean text of the same length does, and nothing ever raises.

    python -m bench hostile

Ten texts of 10 MB each made to provoke backtracking (no line breaks, long digit runs, slashes, nested "của", endless
lists), read beside clean gazette text of the same length in one run (processor time); then mutations of real
documents from a seed.
"""

from __future__ import annotations

import os
import random
import time

from bench.reading import SHARED, clean_texts
from kb.reading import read

SIZE = 10_000_000
MUTATIONS = int(os.environ.get("CANCU_MUTATIONS", "100000"))
MARKS = ("", " ", "\n", "/", "-", "1", "Đ", "*", "\u0301", "\x00")
FLOOR = 5.0  # times slower than clean text, at most
PATTERNS = {
    "digits": "1234567890",
    "slashes": "1/",
    "numbers": "12/QĐ-",
    "của": "của Ủy ban nhân dân ",
    "type words": "Quyết định số ",
    "căn cứ": "Căn cứ ",
    "laws": "Luật ",
    "dates": "ngày 1/",
    "pinpoints": "điểm a khoản 2 Điều 5, ",
    "marks": "**|",
    "letters": "a",
    "damaged": "Quyet dinh s6 12/QD-",
}


def main() -> int:
    if not (SHARED / "corpus").is_dir():
        print(f"skipped: the folder of real documents is not at {SHARED} (set CANCU_SHARED)")
        return 0
    clean = "\n".join(clean_texts())[:SIZE]
    start = time.process_time()
    read(clean)
    normal = time.process_time() - start
    print(f"clean text, {SIZE / 1e6:.0f} million characters: {normal:.2f} s")
    worst = 0.0
    for name, piece in PATTERNS.items():
        text = (piece * (SIZE // len(piece) + 1))[:SIZE]
        start = time.process_time()
        read(text)
        ratio = (time.process_time() - start) / normal
        worst = max(worst, ratio)
        print(f"{name:12} {ratio:5.2f}× the time of clean text", flush=True)
    print(f"worst {worst:.2f}× (floor {FLOOR:g}×)")
    return 0 if mutate() and worst <= FLOOR else 1


def mutate() -> bool:
    """Read mutated stretches of real documents; whether every one was read and every span is its raw form."""
    chance = random.Random(20211224)
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "corpus" / "seeds").iterdir())]
    texts += [path.read_text(encoding="utf-8") for path in sorted((SHARED / "corpus" / "ocr_hard").iterdir())]
    start = time.process_time()
    for _ in range(MUTATIONS):
        whole = chance.choice(texts)
        at = chance.randrange(max(1, len(whole) - 400))
        letters = list(whole[at : at + 400])
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(len(letters))
            letters[place] = chance.choice((*MARKS, chance.choice(letters)))
        text = "".join(letters)
        for cited in read(text).citations:
            if text[cited.start : cited.end] != cited.text:
                print(f"a span that is not its raw form: {cited.text!r}")
                return False
    print(f"{MUTATIONS:,} mutations read in {time.process_time() - start:.0f} s, nothing raised")
    return True
