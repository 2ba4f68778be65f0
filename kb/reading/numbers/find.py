"""Finding document numbers in a text.

Every candidate (``candidates``) is decoded against the closed vocabulary of codes (``codes``) and kept or dropped on
its evidence: the code, the type word and the label "số" before it, and what surely is no citation (forms, licence
plates, quarters). Grammar of numbers: Decree 30/2020/NĐ-CP, Annex I; Party: Guide 36-HD/VPTW (2018).
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from kb.authority import issuers, types
from kb.authority.wording import word_lists
from kb.reading.numbers import codes, torn_codes
from kb.reading.numbers.candidates import candidates
from kb.reading.numbers.lead import Lead, codes_of, lead_before
from kb.reading.numbers.number_hit import NumberHit, decoded
from kb.reading.numbers.own_line import own_line
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("numbers")
_DAY, _LABEL = _WORDS["day"], _WORDS.undamaged("label")
_DATED = re.compile(rf"[\s,]{{0,3}}{_DAY}\s{{0,3}}\d")
_FORM_LABEL = re.compile(
    rf"{_WORDS['form_labels']}(?:\s+{_LABEL})?[\s:.]{{0,4}}(?:\d{{1,3}}(?:[a-z]?/[a-z-]{{2,12}})?[\s,]{{1,3}}){{0,6}}$"
)
_FORMS = re.compile(rf"(?<![a-z]){_WORDS['list_of_forms']}(?![a-z])")
_LIST_OF_FORMS = 3000  # code points of a list of forms
_LINE_BEGIN = re.compile(r"(?:\A|[\n|])[\s*_]{0,6}\Z")
_LINE_END = re.compile(r"[ \t*_]{0,6}(?:[\n|]|\Z)")
_FORM_REACH = 48  # code points before a number in which the label of a form, or of a list of forms, stands
_DAY_GAP = rf"(?:\s{{1,3}}{_DAY}[\s.:,]{{1,3}}\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{4}})?"
_LIST_GAP = re.compile(rf"{_DAY_GAP}[\s,;]*{_WORDS['list_joins']}?[\s,;]*(?:{_LABEL}[\s:]*)?$")
_FORM, _FORM_TYPES = _WORDS.folded("form"), _WORDS.folded("form_types")
_ITEM_REACH = 400
_ITEM_BEFORE = re.compile(rf";[\s*_|+-]{{0,6}}(?:{_LABEL}[\s:.]{{1,4}})$")
_WORD_APART = re.compile(
    rf"(?<![a-z])({_WORDS['government_types']})\s{{1,3}}{_WORDS['of']}\s{{1,3}}{_WORDS['governments']}"
    rf"\s{{1,3}}{_LABEL}[\s:.]{{1,4}}\Z"
)
_APART_REACH = 60  # code points before a number in which its type word stands apart from it
_MISREAD_LABEL = re.compile(rf"(?<=[a-z]\s){_WORDS['label_misread']}[\s.:]{{1,3}}\Z")
_LABEL_SIGNS = ("$", "§")
_LABEL_SIX = re.compile(r"6\.?(?=\d)")
_LABEL_DIGITS = re.compile(r"[83]6\.(?=\d)")
_TORN_OFF = re.compile(r"(?<![\w.,/-])[0-9]{1,3}\s\Z")
_LONGEST_ORDINAL = 4
_SUBJECT = re.compile(
    rf"[.\s]{_WORDS['subject_short']}\Z"
)  # the subject of a letter in its number's line: "4240/UBND-VX.V/v"
_DATE_BEHIND = re.compile(  # "12/SNV-CCHC - 05/01/2022", "2255/BXD-KTXD - 30.05.2020", of which the code has the day
    r"[\s*|]{0,3}-[\s*|]{0,3}\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d\Z|\s-\s\d{1,2}\Z"
)
_NEXT_ITEM = re.compile(r"\n[ \t*|]*-[ \t*|]")
_ORGAN_APART = re.compile(r" ([A-ZĐ][A-ZĐa-z&]{1,9})(?![\w&])")
_ORGAN_REST = re.compile(r" {1,2}([A-ZĐ]{1,6})(?![\w&/-])")
_OF_OLD_NUMBERS = "central"  # level of the organs whose old numbers have neither slash nor type
_CODE_END = re.compile(r"[\s*|/._-]+\Z")  # what ends no code
_JOINED = re.compile(r"[-/]")
_TERM = re.compile(r"[A-Z]{2,7}\d{1,2}")
_DASH = re.compile(r"[\s*|]-[\s*|]+\Z")  # a dash between two words, where codes have a hyphen
_PERCENT = re.compile(r"%[0-9A-F]{2}")
_FILE_NAME_END = re.compile(r"\.(?:docx?|xlsx?|pdf|odt|rtf|zip|rar)(?!\w)", re.IGNORECASE)
_SLUG_TAIL = re.compile(r"[A-Za-zĐđ]{1,8}(?:-[A-ZĐ][A-Za-zĐđ]{0,8}){0,2}(?:-[a-z]{1,9}){2}")


def _trim(forms: TextForms, match: re.Match[str]) -> tuple[str, int]:
    """The candidate's code without a tail that belongs to the next word ("QĐ-TTgcủa", "NĐ-CP-Tiêu", "TT-BCT - Quy
    định"), to the next item of a list below it, or to a footnote ("NĐ-CP4")."""
    raw, end = match["code"], match.end("code")
    kept = _kept(raw, match["year"], forms.source[end : end + 1].isalpha())
    return raw[:kept], end - (len(raw) - kept)


def _is_address(forms: TextForms, match: re.Match[str], raw: str, end: int) -> bool:
    """Whether a candidate is part of an address or of a file's name: "/van-ban/204-2026-nd-cp-xu-phat-vi-pham/",
    "56-2026-tt-bca.PDF", "13-2018-BYT.doc", "Keyword=10/2018/TT-BL%C4%90TBXH"."""
    if forms.source.startswith("%", end) and _PERCENT.match(forms.source, end):
        return True
    if match.start() and forms.source[match.start() - 1] == "%":
        return True
    if match["sep"] != "-" or "/" in raw:
        return False
    tail = _SLUG_TAIL.match(forms.source, match.start("code"))
    return raw[0].islower() or bool(tail) or _FILE_NAME_END.match(forms.source, end) is not None


@lru_cache(maxsize=65536)
def _kept(raw: str, year: str | None, runs_on: bool) -> int:
    """How much of a candidate's code is code; ``runs_on``: a letter that no code has follows directly."""
    if dated := _DATE_BEHIND.search(raw):
        raw, runs_on = raw[: dated.start()], False
    below = _NEXT_ITEM.search(raw)
    if below and (_JOINED.search(raw, 0, below.start()) or _TERM.fullmatch(raw, 0, below.start())):
        raw, runs_on = raw[: below.start()], False
    if subject := _SUBJECT.search(raw):
        raw, runs_on = raw[: subject.start()], False
    pieces, seps = codes.split(raw)
    last = pieces[-1]
    stem = (
        codes.known_prefix(last, seps[-1:] == (".",))
        if runs_on or _wordlike(last)
        else codes.without_footnote(last, year)
    )
    if len(stem) < len(last) + runs_on and len(pieces) > 1 and _DASH.search(raw, 0, len(raw) - len(last)):
        stem = ""
    code = raw[: len(raw) - (len(last) - len(stem))]
    return len(_CODE_END.sub("", code))


def _wordlike(part: str) -> bool:
    return part.isalpha() and (sum(ch.islower() for ch in part) > 2 or (part[1:].islower() and len(part) > 1))


def find_numbers(forms: TextForms) -> list[NumberHit]:
    """All document numbers of a text, in order, own header number included.

    Returns hits whose spans run from the first digit of the ordinal to the last character of the code.
    """
    hits: list[NumberHit] = []
    end = 0
    for match in candidates(forms):
        if match.start() < end:
            continue
        hit = _examine(forms, match, hits[-1] if hits else None)
        if hit is not None:
            hits.append(hit)
            end = hit.end
    return hits


def _examine(forms: TextForms, match: re.Match[str], previous: NumberHit | None) -> NumberHit | None:
    raw, end = _trim(forms, match)
    if not raw or _is_address(forms, match, raw, end):
        return None
    noisy = forms.damaged(match.start())
    hit = _read_as(forms, match, raw, end, previous, noisy)
    if hit is None and not noisy and (forms.bare_before(match.start()) or _label_misread(forms, match.start())):
        # one scanned sentence pasted into clean text, or a scan read well but for the label: "thông báo sé 218/TB-DHTL"
        hit = _read_as(forms, match, raw, end, previous, noisy=True)
    if hit is not None and hit.start < match.start() and not hit.year:
        return hit._replace(doubtful=True)  # nothing but their nearness speaks for its digits
    return hit


def _label_misread(forms: TextForms, start: int) -> bool:
    """Whether the label before a candidate lost its letters, whatever the text around it kept."""
    return _MISREAD_LABEL.search(forms.folded, max(0, start - 8), start) is not None


def _read_as(
    forms: TextForms, match: re.Match[str], raw: str, end: int, previous: NumberHit | None, noisy: bool
) -> NumberHit | None:
    """The candidate as a number, taken as clean or as damaged text; None where the evidence does not suffice."""
    start, lead = _begin(forms, match, noisy)
    in_list = previous is not None and _in_list(forms, previous.end, start)
    if in_list and previous and lead.word is None:
        lead = Lead(lead.head, previous.type_word, lead.label)
    lead, own = _in_own_line(forms, match, start, end, lead)
    code, raw, end = _code(forms, raw, end, lead, noisy)
    if code is None or _lost_hyphen(match, code, lead):
        return None
    lead = _with_word_apart(forms, start, lead, code)
    dated = _DATED.match(forms.folded, end) is not None
    by_law = issuers.makes_laws(code.body)  # the year of such a number may stand behind its code
    if not by_law and not _accept(code, raw, match["year"], lead, in_list, noisy, dated):
        return None  # most candidates of hostile text end here, before anything is built
    if _lacks_evidence(match, code, lead, noisy or own, dated):
        return None
    hit = decoded(forms, match, raw, end, lead, noisy, start)
    if hit is None or (by_law and not _accept(hit.code, raw, hit.year, lead, in_list, noisy, dated)):
        return None
    if _is_form(forms, hit, lead, dated):
        return None
    return _with_type_of_list(forms, previous, hit)


def _in_own_line(forms: TextForms, match: re.Match[str], start: int, end: int, lead: Lead) -> tuple[Lead, bool]:
    """With the type word below the line of a header in which an old number stands, and whether it stands in one."""
    alone = lead.label and lead.word is None and _is_old(match) and not forms.damaged(start)
    own = own_line(forms, start, end) if alone else None
    return (lead if own is None or own.word is None else Lead(lead.head, own.word, True)), own is not None


def _is_old(match: re.Match[str]) -> bool:
    """Whether a candidate has the form of an old number: a hyphen behind its digits, no year."""
    return match["sep"] == "-" and not match["year"]


def _lost_hyphen(match: re.Match[str], code: codes.Code, lead: Lead) -> bool:
    """Whether a blank stands for the hyphen ("Nghị quyết 05 NQ/TU") and no type word bears that out."""
    if not match["sep"].isspace() or code.type_code in codes_of(lead.word):
        return False
    kind = types.by_word(lead.word, code.body) if lead.word else None
    return kind is None or not (kind.id == code.type or code.parts[-1] in issuers.JOINT_MARKS)  # "liên bộ 08 TT/LB"


def _with_word_apart(forms: TextForms, start: int, lead: Lead, code: codes.Code) -> Lead:
    """With the type word from which the organ tells an old number apart ("Nghị định của Chính phủ số 95/CP")."""
    if lead.word is not None or not lead.label or len(code.parts) > 1 or code.type_code is not None:
        return lead
    apart = _WORD_APART.search(forms.folded, max(0, start - _APART_REACH), start)
    return Lead(lead.head, " ".join(apart[1].split()), True) if apart else lead


def _code(forms: TextForms, raw: str, end: int, lead: Lead, noisy: bool) -> tuple[codes.Code | None, str, int]:
    """The code of a candidate, as printed and where it ends: with the organ that a blank in place of the hyphen cuts
    off ("630/CV SLĐTBXH"), in a damaged text with whatever rest."""
    code = codes.decode(raw, lead.word, noisy)
    if code is None:
        return code, raw, end
    alone = code.type_code and len(code.parts) == 1
    organ = _ORGAN_APART.match(forms.text, end) if alone else None
    if organ and codes.is_organ(organ[1]) and _capitals(organ[1]) > 1:
        raw, end = f"{raw}-{organ[1]}", organ.end()
        return codes.decode(raw, lead.word, noisy), raw, end
    if whole := _organ_whole(forms, raw, end, code, lead, noisy):
        return whole
    if not noisy or torn_codes.is_whole(code):
        return code, raw, end
    decode = partial(codes.decode, hint=lead.word, damaged=True)
    raw, end = torn_codes.rejoined(forms.text, raw, end, decode) or (raw, end)
    return decode(raw), raw, end


def _organ_whole(
    forms: TextForms, raw: str, end: int, code: codes.Code, lead: Lead, noisy: bool
) -> tuple[codes.Code, str, int] | None:
    """The code of a candidate with the rest of its organ that a blank cuts off ("37/2025/TT-BNN MT", "QĐ-UB ND"): only
    where both together are a known organ's code; None elsewhere."""
    rest = _ORGAN_REST.match(forms.text, end) if code.type_code else None
    if rest is None or not codes.is_organ(f"{code.parts[-1]}{rest[1]}"):
        return None
    raw, end = f"{raw}{rest[1]}", rest.end()
    whole = codes.decode(raw, lead.word, noisy)
    return (whole, raw, end) if whole is not None and torn_codes.is_whole(whole) else None


def _lacks_evidence(match: re.Match[str], code: codes.Code, lead: Lead, noisy: bool, dated: bool) -> bool:
    """Whether a candidate of clean text has neither a slash nor a year, nor a type with an organ ("Mẫu số 01-TT"): then
    only a type word that it abbreviates ("Sắc lệnh số 75-SL"), or one with a day, or with an organ of the centre
    ("Quyết định 773-TTg"), tells a number; and the label of a header."""
    if not _is_old(match) or noisy or "/" in match["code"]:
        return False
    if code.type_code in codes_of(lead.word):
        return False
    if len(code.parts) > 1:
        return code.type_code is not None and lead.word is None  # "số 12-QĐ-XD"
    return not (lead.word and (dated or issuers.level(code.body) == _OF_OLD_NUMBERS))


def _begin(forms: TextForms, match: re.Match[str], noisy: bool) -> tuple[int, Lead]:
    """Where a candidate's number begins, and what stands before it."""
    start = match.start()
    lead = lead_before(forms, start, noisy)
    if noisy and (label := _label_in(forms, match, lead)):
        start += label
        lead = lead_before(forms, start, noisy)
    if not lead.label and forms.text[start - 1 : start].isspace() and forms.text[start - 2 : start - 1].isdigit():
        return _torn(forms, match, lead, noisy)
    return start, lead


def _is_form(forms: TextForms, hit: NumberHit, lead: Lead, dated: bool) -> bool:
    """Whether a number is the label of a form, a contract or a permit, by the words before it; in a list of forms by
    the head of the list."""
    if _in_list_of_forms(forms, hit, lead, dated):
        return True
    if lead.word is not None and not lead_is_form(lead):
        return False  # the words before it are those of its type
    if lead.word is not None and hit.code.type_code and hit.code.type_code not in codes_of(lead.word):
        return False  # "biên bản thương thảo hợp đồng số 07/BB-TTHĐ"
    form = _FORM_LABEL.search(forms.folded, hit.start - _FORM_REACH, hit.start)
    if form is None:
        return False
    law = hit.year and issuers.makes_laws(hit.code.body)  # "Luật … theo hợp đồng số 72/2006/QH11"
    if not (hit.code.known and (hit.code.type_code or law)):
        return True
    # "mẫu số 17/TB-ĐKT ban hành kèm theo Thông tư này"
    return form[0].startswith(_FORM) and lead.word is None and not dated


def _in_list_of_forms(forms: TextForms, hit: NumberHit, lead: Lead, dated: bool) -> bool:
    """Whether a number stands alone in its line below the head of a list of forms, and its code is no known organ's."""
    if lead.word or lead.label or dated or len(hit.code.parts) < 2 or codes.is_organ(hit.code.parts[1]):
        return False
    alone = _LINE_BEGIN.search(forms.text, max(0, hit.start - 8), hit.start) and _LINE_END.match(forms.text, hit.end)
    return bool(alone and _FORMS.search(forms.folded, max(0, hit.start - _LIST_OF_FORMS), hit.start))


def _label_in(forms: TextForms, match: re.Match[str], lead: Lead) -> int:
    """How many characters at the beginning of an ordinal are the label "số" as scans read it: "$633/2007" is number 33,
    and so is "Nghị quyết 86.33/2007"."""
    ordinal = match["ordinal"]
    sign = forms.text[match.start() - 1 : match.start()] in _LABEL_SIGNS
    if sign and (label := _LABEL_SIX.match(ordinal)):
        return label.end()
    glued = _LABEL_DIGITS.match(ordinal) if lead.word is not None and not lead.label else None
    return glued.end() if glued else 0


def _torn(forms: TextForms, match: re.Match[str], lead: Lead, noisy: bool) -> tuple[int, Lead]:
    """Where a number begins whose ordinal a blank tears ("Nghị định số 3 1/2021/NĐ-CP") and what stands before it:
    only directly behind its label, and not behind that of a form ("Mẫu số 3 1/2021/NĐ-CP")."""
    digits = _TORN_OFF.search(forms.text, match.start() - 5, match.start())
    if digits is None or match.end("ordinal") - digits.start() > _LONGEST_ORDINAL + 1:
        return match.start(), lead
    whole = lead_before(forms, digits.start(), noisy)
    vouched = whole.word is not None or match["code"].startswith(issuers.LAWMAKERS)
    if not whole.label or not vouched or _FORM_LABEL.search(forms.folded[max(0, digits.start() - 32) : digits.start()]):
        return match.start(), lead
    return digits.start(), whole


def _with_type_of_list(forms: TextForms, previous: NumberHit | None, hit: NumberHit) -> NumberHit:
    """An act of the National Assembly that is a further item of a list has the type with which that began: "các Nghị
    quyết của Quốc hội: số 55/2010/QH12 ngày …; số 28/2016/QH14 ngày …"."""
    if previous is None or hit.type_stated:
        return hit
    near = hit.start - previous.end <= _ITEM_REACH and previous.type_stated and previous.code.body == hit.code.body
    if near and _ITEM_BEFORE.search(forms.folded, max(previous.end, hit.start - 16), hit.start):
        return hit._replace(type=previous.type, type_stated=True)
    return hit


def _in_list(forms: TextForms, from_: int, start: int) -> bool:
    """Whether nothing but the joints of a list stands between two numbers."""
    return start - from_ <= 40 and _LIST_GAP.fullmatch(forms.folded, from_, start) is not None


def _accept(code: codes.Code, raw: str, year: str | None, lead: Lead, in_list: bool, noisy: bool, dated: bool) -> bool:
    """Whether a decoded candidate is a document number, on the evidence of its code and of the words around it."""
    vouched = lead.word is not None or in_list
    if len(code.parts) == 1:
        return _accept_one_part(code, year, lead, vouched, dated)
    if code.type_code:
        return _accept_typed(code, lead, vouched)
    if not raw[:1].isupper():
        return False
    organ_known = codes.is_organ(code.parts[0])
    if vouched or lead.label:
        return organ_known or _capitals(code.parts[0]) >= 2
    return organ_known and code.cost <= 0.3 and len(code.parts[0]) >= 2 and not noisy


def _accept_one_part(code: codes.Code, year: str | None, lead: Lead, vouched: bool, dated: bool) -> bool:
    """The same for a code of one part: a law's ("QH15"), a type without an organ ("895/HD"), an organ alone."""
    if issuers.makes_laws(code.body):
        return bool(year) or vouched
    if code.type_code:
        return (lead.label or code.type_code in codes_of(lead.word)) and (vouched or dated)
    return vouched and lead.word is not None and _capitals(code.text) >= 2 and not lead_is_form(lead)


def _accept_typed(code: codes.Code, lead: Lead, vouched: bool) -> bool:
    """The same for a type with an organ."""
    if code.known and code.cost <= 0.3:
        return vouched or lead.label or len(code.type_code or "") > 1
    if vouched:
        return True
    if lead.label:
        return code.known or _capitals(code.parts[1]) >= 2
    return code.known and code.cost <= 1.5


def _capitals(letters: str) -> int:
    return sum(map(str.isupper, letters))


def lead_is_form(lead: Lead) -> bool:
    return lead.word in _FORM_TYPES
