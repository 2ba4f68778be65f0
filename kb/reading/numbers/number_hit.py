"""What a candidate is as a number: its digits, year, decoded code, type and canonical writing, with every repair.

Nothing here asks whether it is one: that is ``find``'s. Grammar of numbers: Decree 30/2020/NĐ-CP, Annex I; Party: Guide
36-HD/VPTW (2018).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.authority import issuers, types
from kb.authority.fold import fold
from kb.authority.patterns import alternatives
from kb.authority.wording import word_lists
from kb.model import Repair
from kb.reading.numbers import codes
from kb.reading.numbers.lead import Lead
from kb.reading.text.text_forms import TextForms


class NumberHit(NamedTuple):
    """A document number found. ``ordinal`` as printed, ``year`` None for individual documents, ``type_word`` the folded
    words that name its type, ``type_stated`` False where an act of the National Assembly is taken for what its code
    mostly stands for, ``head`` where the type word begins (else the label "số", else the number), ``vouched`` whether
    a type word or a label stands before it, ``doubtful`` whether its digits were put together, or its code is one that
    a damaged text gives and nothing knows, ``range_ends`` the notes ``RANGE_FROM``, ``RANGE_TO`` of the first and last
    number of a range."""

    start: int
    end: int
    number: str
    ordinal: str
    year: str | None
    code: codes.Code
    type: str | None
    type_word: str | None
    type_stated: bool
    head: int
    vouched: bool
    repairs: tuple[Repair, ...]
    doubtful: bool = False
    range_ends: tuple[str, ...] = ()


_WORDS = word_lists("numbers")
_LABEL = _WORDS.undamaged("label")
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
_FIRST_YEAR, _LAST_YEAR = 1945, 2045
_NO_MARKS = str.maketrans("", "", "*_|\u200b")
_NO_SEPARATORS = str.maketrans("", "", "-/._–—⁄∕")
_REVERSED_LAW = re.compile(  # "80/QH13/2015"
    rf"({alternatives(issuers.LAWMAKERS, printed=True)}[0-9]{{1,2}})\s?[-/]\s?((?:19|20)\d\d)"
)
_APART_REACH = 60
_TYPE_APART = re.compile(
    rf"(?<![a-z])({_WORDS['types_apart']})(?:\s{{1,3}}{_WORDS['of']})?\s{{1,3}}"
    rf"{_WORDS['lawmakers']}[\s,:*_|]{{1,6}}(?:{_LABEL}[\s:.]{{1,4}})?$"
)
_ENGLISH_TYPES = {fold(word): kind for kind in types.TYPES for word in kind.words_en}
_ENGLISH = re.compile(rf"(?<![a-z]){alternatives(_ENGLISH_TYPES)}(?![a-z])")
_ENGLISH_BETWEEN = re.compile(r"(?:\s(?:on|amending)\s[a-z ,-]{2,60}?)?[\s,(]{1,4}(?:no\.?\s?)?")
_ENGLISH_REACH = 100  # code points before a number that hold the English word with its subject
_YEAR_DIGITS = str.maketrans("OolI", "0011", " \n\t.:")
_PARTS = re.compile(r"[-/.]")
_OF_OLD_NUMBERS = "central"  # level of the organs whose old numbers have hyphens only
_HARDLY_READ = 0.3  # cost of a code from which on it is a reading of damaged letters


def decoded(
    forms: TextForms, match: re.Match[str], raw: str, end: int, lead: Lead, noisy: bool, start: int | None = None
) -> NumberHit | None:
    """A candidate with its code decoded, whatever speaks for or against it; None where it can be no number. ``start``:
    where it begins, if before the candidate."""
    start, year = match.start() if start is None else start, _year_read(match["year"])
    printed = "".join(forms.text[start : match.end("ordinal")].split())
    ordinal = f"5{printed[1:]}" if printed[0] == "S" else printed  # behind its label: "S6: S608/CT-CS"
    if year is None and raw.startswith(issuers.LAWMAKERS) and (turned := _REVERSED_LAW.fullmatch(raw)):
        raw, year = turned[1], turned[2]
    code = codes.decode(raw, lead.word, noisy) if year != "" else None
    if code is None:
        return None
    code = _of_its_time(code, raw, year) if noisy else code
    number, rule = canonical(ordinal, year, code, match["sep"], raw)
    rule = rule if ordinal == printed else "letter_for_digit"
    type_, stated = _type(forms, start, code, lead.word)
    source, vouched = forms.source[start:end], lead.word is not None or lead.label
    repairs = () if number == source else (Repair(source, number, rule or _why(source, number)),)
    doubtful = not code.known if noisy else False
    return NumberHit(
        start, end, number, ordinal, year, code, type_, lead.word, stated, lead.head, vouched, repairs, doubtful
    )


def _of_its_time(code: codes.Code, raw: str, year: str | None) -> codes.Code:
    """A damaged text's code, as printed where it was read as that of an organ which the number's year did not see."""
    read = year is not None and code.cost > _HARDLY_READ
    return codes.as_printed(raw) if read and not codes.existed(code, year or "") else code


def _year_read(year: str | None) -> str | None:
    """A year, its letters read as digits; "" where no document can be of it."""
    if not year:
        return year
    read = year.translate(_YEAR_DIGITS)
    return read if _FIRST_YEAR <= int(read) <= _LAST_YEAR else ""


def _type(forms: TextForms, start: int, code: codes.Code, word: str | None) -> tuple[str | None, bool]:
    """The type of a number, and whether it is more than what its code mostly stands for."""
    law, stated = _type_of_law(forms, start, code, word)
    return code.type or law or _type_of_word(code, word), stated


def _type_of_word(code: codes.Code, word: str | None) -> str | None:
    """A number without a type code is a letter, but for old papers of the centre ("Quyết định số 118/TTg")."""
    if code.type_code is not None:
        return None
    kind = types.by_word(word, code.parts[0]) if word and len(code.parts) == 1 else None
    return kind.id if kind else "cong-van"


def _type_of_law(forms: TextForms, start: int, code: codes.Code, hint: str | None) -> tuple[str | None, bool]:
    """Laws and the resolutions of the National Assembly have no type code: the type word says which, also with the
    organ between ("các Nghị quyết của Quốc hội: số …"). Second: whether one says it; else it is what the code mostly
    stands for."""
    if not issuers.makes_laws(code.body) or len(code.parts) != 1:
        return None, True
    if hint is None:
        apart = _TYPE_APART.search(forms.folded, start - _APART_REACH, start)
        hint = " ".join(apart[1].split()) if apart else None
        hint = hint or _english_word(forms, start)
    kind = types.by_word(hint, code.body) if hint else None
    if kind is not None and types.of_legislature(kind):
        return kind.id, True
    kind = types.by_code(code.parts[0]) or types.by_code("NQ", code.body) or types.TYPES[0]
    return kind.id, False


def _english_word(forms: TextForms, start: int) -> str | None:
    """The word for the type that an English text names before a number ("Resolution No. 51/2001/QH10", "the Law on Land
    No. 45/2013/QH13"), as Vietnamese has it."""
    words = list(_ENGLISH.finditer(forms.folded, max(0, start - _ENGLISH_REACH), start))
    if not words or not _ENGLISH_BETWEEN.fullmatch(forms.folded, words[-1].end(), start):
        return None
    return fold(_ENGLISH_TYPES[words[-1][0]].words[0])


def _is_partys(code: codes.Code) -> bool:
    """Whether the type and organ of a code are numbered in the Party's order; "25/CĐ-TW", a telegram, is a board's."""
    if not code.type_code or len(code.parts) != 2 or (code.type and types.by_id(code.type).state_only):
        return False
    return types.party_order(code.parts[1])


def canonical(ordinal: str, year: str | None, code: codes.Code, sep: str, raw: str) -> tuple[str, str | None]:
    """The number in its official writing and, where the order of its parts was changed, the rule that says so.

    Party numbers put the hyphen first ("04-NQ/TU", Guide 36-HD/VPTW); State numbers the slash (Decree 30/2020/NĐ-CP).
    """
    if not ordinal.isdigit():
        ordinal = "".join(ordinal.split())
        if _THOUSANDS.fullmatch(ordinal):
            ordinal = ordinal.replace(".", "")
    if year:
        return f"{ordinal}/{year}/{code.text}", None
    old = len(code.parts) == 1 or ("/" not in raw and issuers.level(code.parts[1]) == _OF_OLD_NUMBERS)
    if sep == "-" and old:  # old papers of the centre: "Nghị định số 244-HĐBT", "Nghị quyết số 103-NQ-TVQH"
        return f"{ordinal}-{code.text}", None
    printed_party = _hyphen_first(code, sep) and codes.split(raw)[1][:1] == ("/",)
    if printed_party or _is_partys(code):
        return f"{ordinal}-{code.parts[0]}/{'-'.join(code.parts[1:])}", None if printed_party else "party_order"
    return f"{ordinal}/{code.text}", None


def _hyphen_first(code: codes.Code, sep: str) -> bool:
    """Whether a hyphen follows the ordinal, or the blank that mass organisations print for it ("84 QĐ/TWĐTN")."""
    return sep == "-" or (sep.isspace() and issuers.level(code.body) == "mass")


def _why(source: str, number: str) -> str:
    squeezed = "".join(source.translate(_NO_MARKS).split())
    if squeezed == number:
        return "blanks"
    if squeezed.translate(_NO_SEPARATORS) == number.translate(_NO_SEPARATORS):
        return "separators"
    if sorted(_PARTS.split(squeezed)) == sorted(_PARTS.split(number)):
        return "code_order"
    return "code_confusion"
