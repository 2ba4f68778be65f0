"""What recognition makes of a number's first digits and hyphens, set right before the text is read.

A 1 is seen as l, I, j, | or a bracket ("số l05/QĐ-UBND", "số 2l 05/UBND-NC"), a hyphen as two ("QĐ- -TTg"). The text
keeps its length, so that offsets hold. A digit got this way is a doubt, never a fact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from kb.authority.wording import word_lists
from kb.model import Citation, Repair
from kb.reading.repair.twins import DOUBTFUL_NUMBER

ONE_FOR_SIGN = "one_for_sign"
_SURE = 0.6  # what is left of the confidence in a number with such a digit
_LETTER = word_lists("numbers").words("label")[0][-1]  # the label's last letter, by which the scan finds it quickly
# Behind the label: digits, signs that look like a 1, digits, and then what only a number has.
_SIGN = r"(?:[lIij|!\]]|\[(?![^\]\n]{0,60}\]))"  # a bracket that is closed again is one
_BEHIND = rf"[\s:.]{{1,3}}\d{{0,2}}(?:{_SIGN}{{1,2}}(?:[ ]?\d{{1,4}})?|\d[lI])(?=/\d{{4}}/|[/-][A-ZĐ]{{2}})"
_LONE = re.compile(_LETTER + _BEHIND)
_LONE_DECOMPOSED = re.compile(unicodedata.normalize("NFD", _LETTER) + _BEHIND)
_SIGNS = re.compile(r"[lIij|!\]\[]")
_TWO_HYPHENS = re.compile(r"(?<=[A-ZĐ]) ?- ?[-_](?=\s?[A-ZĐ])")


def set_right(text: str) -> str:
    """The text with such signs as the digits and hyphens they stand for; as long as before."""
    if "- -" in text or "-_" in text:
        text = _TWO_HYPHENS.sub(lambda found: "-".rjust(len(found[0])), text)
    text = _LONE.sub(_with_ones, text)
    return _LONE_DECOMPOSED.sub(_with_ones, text)


def _with_ones(found: re.Match[str]) -> str:
    return _SIGNS.sub("1", found[0])


def marked(given: str, text: str, citations: Sequence[Citation]) -> list[Citation]:
    """The citations with the words as given, and a doubt where a sign was taken for a digit."""
    if given == text:
        return list(citations)
    return [_marked(given, text, one) for one in citations]


def _marked(given: str, text: str, citation: Citation) -> Citation:
    before, after = given[citation.start : citation.end], text[citation.start : citation.end]
    if before == after or citation.text != after:
        return citation
    if not _SIGNS.search(before) or re.sub(r"\D", "", before) == re.sub(r"\D", "", after):
        return citation._replace(text=before)
    notes = citation.notes if DOUBTFUL_NUMBER in citation.notes else (*citation.notes, DOUBTFUL_NUMBER)
    repair = Repair(before, citation.number or after, ONE_FOR_SIGN)
    return citation._replace(
        text=before, notes=notes, repairs=(*citation.repairs, repair), confidence=citation.confidence * _SURE
    )
