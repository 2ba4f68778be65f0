"""One document number by itself, as people type it or programs pass it: taken apart and put together again."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kb.authority.fold import fold
from kb.model import Repair
from kb.reading.numbers.candidates import CANDIDATE
from kb.reading.numbers.lead import Lead
from kb.reading.numbers.number_hit import decoded
from kb.reading.text.text_forms import TextForms


@dataclass(frozen=True, slots=True)
class Number:
    """A document number taken apart; ``str(number)`` is canonical and parses back to the same number.

    ``ordinal`` as printed (leading zeros kept), ``code`` what follows it ("QĐ-UBND"), ``type`` an id of the type
    file, ``body`` the organ's code.
    """

    text: str
    ordinal: str
    year: str | None
    code: str
    type: str | None
    body: str
    repairs: tuple[Repair, ...] = ()

    def __str__(self) -> str:
        return self.text


def parse_number(raw: str, *, type_word: str | None = None) -> Number | None:
    """The number that ``raw`` is as a whole ("2395/QB-UBND", "05/NQ-TU"), or None where it is none.

    Args:
        raw: a number in any of its shapes; Unicode form, dashes, blanks and Markdown marks do not matter.
        type_word: what stands before it ("Quyết định"), where known.
    """
    forms = TextForms(unicodedata.normalize("NFC", raw).strip())
    match = CANDIDATE.fullmatch(forms.text)
    if match is None:
        return None
    lead = Lead(0, fold(type_word) if type_word else None, True)
    hit = decoded(forms, match, match["code"], match.end(), lead, "Đ" not in forms.text)
    if hit is None:
        return None
    return Number(hit.number, match["ordinal"], hit.year, hit.code.text, hit.type, hit.code.body, hit.repairs)
