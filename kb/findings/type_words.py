"""The type word before a number ("Nghị quyết số 379/QĐ-TTg") against the code in it."""

from __future__ import annotations

import unicodedata

from kb.authority import issuers, types
from kb.identity.numbering import number_parts
from kb.reading.numbers.lead import REACH, lead_before
from kb.reading.text.text_forms import TextForms

_ANY_TYPE = frozenset({None, "van ban", "cac van ban"})
PROMULGATING = frozenset({"L", "LCT"})
"""Codes of the President's orders: until 1992 laws and ordinances were cited by them ("Pháp lệnh số 10-LCT/HĐNN7")."""
_CODES_TELL_TYPE = "1998"
"""From then on a number without a type code is a letter's (Nghị định 101/CP of 1997 gave every type its code)."""


def type_word_before(sentence: str, at: int) -> str | None:
    """The folded type word right before a number ("Công văn số 305/HD-STTTT"), None where none stands there or only
    one that fits every document ("các văn bản số 364/TTr-BNG"). Damaged words count in a damaged sentence only: else
    "Luật Kế toán số" would be taken for "Kết luận số"."""
    forms = TextForms(unicodedata.normalize("NFC", sentence[max(0, at - REACH) : at]))
    word = lead_before(forms, len(forms.text), forms.mostly_bare).word
    return word if word not in _ANY_TYPE else None


def shown_name(word: str) -> str:
    kind = types.by_word(word)
    return kind.name if kind else word


def word_fits(word: str, number: str, type_id: str | None, date: str | None) -> bool:
    """Whether a type word agrees with a number, or the number does not tell: codes without a type were the rule for
    every type until the 1990s ("Quyết định số 202/TCCP-VC"), and the name of a law may end with a type's name
    ("Luật Người lao động … theo hợp đồng số 69/2020/QH14")."""
    parts = number_parts(number)
    kind = types.by_word(word, parts.organs[0] if parts and parts.organs else None)
    if parts is None or kind is None or kind.id == type_id:
        return True
    if parts.type_code is not None:
        return _word_fits_code(kind, types.canonical_code(parts.type_code), type_id)
    if issuers.LAW_TERM.match(parts.organs[0]):
        return kind.rank is None or kind.name.startswith("Nghị quyết") or kind.system == "law"
    modern = date is not None and date >= _CODES_TELL_TYPE
    return kind.system in ("letter", "law") or not kind.codes or not modern


def _word_fits_code(kind: types.Type, code: str | None, type_id: str | None) -> bool:
    """Whether a type word agrees with the type's code in a number; ``type_id``: the type that was read."""
    if code in kind.codes or (kind.system == "law" and code in PROMULGATING):
        return True
    return type_id is not None and types.by_id(type_id).name.split()[0] == kind.name.split()[0]
