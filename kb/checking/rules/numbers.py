"""Rules on the number of a cited document: its form, its code, and whether there can be such a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.authority import issuers, reforms, terms, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.near import beyond_register, likely
from kb.checking.never_issued import is_never_issued
from kb.checking.sources import Known, backing, certain, citation_of
from kb.checking.words import dated
from kb.findings.type_words import PROMULGATING, shown_name, type_word_before, word_fits
from kb.identity.numbering import number_parts
from kb.model import Repair
from kb.reading.numbers.lead import REACH, codes_of
from messages import Pair, say

_PARTY_ORDER = "party_order"
_PARTY_ORDER_SINCE = "1998"
"""Before the Party laid down the form of its papers, they were numbered in the State's order as well."""
NUMBER_FORM = frozenset({_PARTY_ORDER, "code_confusion", "separators", "standard_form", "letters"})
_UNSEEN = str.maketrans("ÐðĐđ‐‑–—−⁄∕АВЕКМНОРСТХ", "ĐđĐđ-----//ABEKMHOPCTX")
"""Letters, hyphens and strokes that look the same on paper: no mistake a reader of the draft could see."""


def unsure_reading(draft: Draft) -> Iterator[Raised]:
    """A number that could not be read for certain."""
    for one in draft.others:
        if "number_doubtful" in one.citation.notes:
            yield Raised("number_doubtful", {"raw": one.citation.text}, one)


def ill_formed(draft: Draft) -> Iterator[Raised]:
    """A code or an order that the reader had to repair (QD, TTG, 57/NQ-TW)."""
    for one in draft.others:
        number = one.citation.number
        if not one.by_number or number is None:
            continue
        repairs = _of_form(one)
        mended = bool(repairs) and as_seen(repairs[0].before) != as_seen(number)
        if mended and not _loses_marks(repairs[0].before, number) and not _in_passing(draft, one):
            order = repairs[0].rule == _PARTY_ORDER
            values = {"raw": repairs[0].before, "number": number}
            together = None if order else f"{_code_in(repairs[0].before)} {_code_in(number)}"
            code = "number_order" if order else "number_form"
            yield Raised(code, values, one, suggestion=_standing(one), together=together)
        elif (right := _well_formed(one, number)) is not None:
            values = {"raw": one.citation.text, "number": right}
            together = f"{_code_in(number)} {_code_in(right)}"
            yield Raised("number_form", values, one, suggestion=right, together=together)
        elif _party_hyphen(number):
            yield Raised(
                "number_order", {"raw": one.citation.text, "number": _state_order(number)}, one,
                suggestion=_state_order(number),
            )  # fmt: skip


def _of_form(one: Cited) -> list[Repair]:
    """The repairs of a number's form; the Party numbered in the State's order until it laid down the form."""
    old = (one.citation.date or "9") < _PARTY_ORDER_SINCE
    forms = NUMBER_FORM - {_PARTY_ORDER} if old else NUMBER_FORM
    return [repair for repair in one.citation.repairs if repair.rule in forms]


def _loses_marks(raw: str, number: str) -> bool:
    """Whether a repair only took marks off letters (QLĐ to QLD): nobody puts a stroke where none belongs."""
    return as_seen(raw).replace("Đ", "D") == as_seen(number)


def incomplete(draft: Draft) -> Iterator[Raised]:
    """A number that ends with the code of its type (182/2024/NĐ)."""
    for one in draft.others:
        parts = number_parts(one.citation.number or "") if one.by_number else None
        if parts is None or parts.type_code is None or parts.organs or parts.year is None:
            continue
        if draft.text.startswith("-", one.citation.end):  # cut by the end of a line or a cell
            continue
        code = types.canonical_code(parts.type_code)
        if any(kind.rank is not None and code in kind.codes for kind in types.TYPES):
            yield Raised("number_incomplete", {"number": one.named}, one)


def _told(one: Cited, known: Known) -> str:
    """The document meant: by its number, with its issuer where that is the same."""
    number = known.brief.number
    return number if number and number != one.citation.number else known.brief.office_citation


def _code_in(number: str) -> str:
    """The code in a number, without ordinal and year: one wrong code is told once, with all its places."""
    return _ORDINAL.sub("", number).strip()


_ORDINAL = re.compile(r"^\s*\d+[a-z]?\s*(?:[/-]\s*\d{4})?")


def _in_passing(draft: Draft, one: Cited) -> bool:
    """Whether a number is part of an address or a name of a file, or of a title set all in small letters; or only a
    note's mark was taken off it."""
    raw, number = one.citation.text, one.citation.number or ""
    if _ENGLISH.search(draft.folded, max(0, one.citation.start - 6), one.citation.start) or _in_one_case(draft, one):
        return True
    if draft.without_marks(one.citation.start):
        return True
    small = raw == raw.lower() and any(ch.isalpha() for ch in raw)
    slug = "/" not in raw and not _LABELLED.search(draft.folded, max(0, one.citation.start - 12), one.citation.start)
    parts = number_parts(number)
    letter = parts is None or (parts.type_code is None and not issuers.LAW_TERM.match(parts.organs[0]))
    return letter or (small and one.nested) or slug or as_seen(raw).startswith(as_seen(number))


def _in_one_case(draft: Draft, one: Cited) -> bool:
    """Whether a number stands in words all in small letters, or in a title in capitals ("SỐ 22/2013/QĐ-TTG NGÀY")."""
    raw, number = one.citation.text, one.citation.number or ""
    around = draft.text[one.citation.start : one.citation.end + _SMALL]
    capitals = raw == number.upper() and around == around.upper()
    return capitals or (around == around.lower() and any(ch.isalpha() for ch in raw))


_ENGLISH = re.compile(r"(?<![a-z])no\.?\s*$")
_SMALL = 30
"""Code points behind a number that show whether all is set in small letters."""
_ITEM = re.compile(r"\n[ \t]*[-+*•|]")
_LABELS = word_lists("checking").words("label")
_LABELLED = re.compile(rf"(?:{word_lists('checking')['label']})\s*[:.]?\s*$")


def type_against_code(draft: Draft) -> Iterator[Raised]:
    """The word before a number is another type's than the code in it (Nghị quyết số 379/QĐ-TTg)."""
    for one in draft.others:
        word = _type_word(draft, one) if one.by_number else None
        if word is None or one.citation.number is None or _old_code(one, word):
            continue
        promulgating = word_fits(word, one.citation.number, None, one.citation.date)
        if contradicts(word, one.citation.number) and not promulgating:
            values = {"word": shown_name(word), "number": one.named}
            yield Raised("type_code", values, one, suggestion=_with_type(one))


def _with_type(one: Cited) -> str | None:
    """The citation as the sources have it, else its number behind the word of its type."""
    parts = number_parts(one.citation.number or "")
    kind = types.by_code(parts.type_code, parts.organs[0]) if parts and parts.type_code and parts.organs else None
    if one.known is not None or kind is None or not kind.words:
        return _standing(one)
    return say("kb.check.law.numbered", "vi", name=shown_name(kind.words[0]), number=one.named)


def _type_word(draft: Draft, one: Cited) -> str | None:
    """The type word right before a number, in its own item, where that type has a code: "quy hoạch" may end a law's
    name."""
    before = draft.text[max(0, one.citation.start - REACH) : one.citation.start]
    before = before[max((mark.end() for mark in _ITEM.finditer(before)), default=0) :]
    word = type_word_before(before, len(before))
    kind = types.by_word(word) if word else None
    if kind is None or not kind.codes:
        return None
    return None if kind.system == "letter" and _is_letter(one) else word


def _is_letter(one: Cited) -> bool:
    """Whether the reader takes a number for a letter's: CT-CS is one of Cục Thuế, and no Chỉ thị; but 28/CT-TTg is."""
    parts = number_parts(one.citation.number or "")
    if parts is not None and parts.type_code and parts.organs and issuers.level(parts.organs[0]) in _NUMBER_BY_TYPE:
        return False
    return one.citation.type is not None and types.by_id(one.citation.type).system == "letter"


_NUMBER_BY_TYPE = ("central", "ministry", "provincial")
"""Levels whose organs have a code for every type."""


def contradicts(word: str, number: str) -> bool:
    """Whether a type word is of another type than a number's code: no type of that code bears it, nor one that begins
    in the same way ("Báo cáo thẩm tra số 12/BC-HĐND")."""
    parts = number_parts(number)
    if parts is None:
        return False
    if parts.type_code is None:
        of_assembly = parts.year is not None and issuers.LAW_TERM.match(parts.organs[0]) is not None
        return of_assembly and not word_fits(word, number, None, None)
    code = types.canonical_code(parts.type_code)
    if code is None or code in codes_of(word):
        return False
    kinds = [kind for kind in types.TYPES if code in kind.codes]
    names = [fold(phrase) for kind in kinds for phrase in kind.words]
    return not any(word.startswith(name) or name.startswith(word) for name in names)


def _old_code(one: Cited, word: str) -> bool:
    """Whether the number is of the time before every type had one code (Decree 110/2004, Circular 01/2011), and not of
    types that had one even then: acts that have a rank (decisions, resolutions)."""
    parts = number_parts(one.citation.number or "")
    date = one.citation.date
    if parts is None or parts.year is not None or not date or reforms.is_so("one_code_a_type", str(date)):
        return False
    code = types.canonical_code(parts.type_code or "")
    ranked = [kind for kind in types.TYPES if kind.rank is not None]
    of_word, of_code = ([kind for kind in ranked if word in map(fold, kind.words)],
                        [kind for kind in ranked if code in kind.codes])  # fmt: skip
    return not (of_word and of_code)


def never_issued(draft: Draft) -> Iterator[Raised]:
    """The organ in a number issues no documents of the type in it (45/2024/NĐ-TTg, 12/2024/TT-UBND)."""
    for one in draft.others:
        number = one.citation.number
        if one.by_number and number is not None and is_never_issued(number, one.citation.date):
            parts = number_parts(number)
            kind = types.by_code(parts.type_code) if parts is not None and parts.type_code else None
            values = {"number": one.named, "type": kind.name if kind is not None else "", "issuer": _organ(number)}
            yield Raised("number_type", values, one)


def _organ(number: str) -> str:
    parts = number_parts(number)
    issuer = issuers.by_code(issuers.canonical(parts.organs[0])) if parts is not None else None
    return issuer.name if issuer is not None else ""


def assembly_term(draft: Draft) -> Iterator[Raised]:
    """A law bears the term of the National Assembly that sat when it was passed (72/2025/QH14 cannot be)."""
    for one in draft.others:
        parts = number_parts(one.citation.number or "")
        term = issuers.LAW_TERM.match(parts.organs[-1]) if parts and parts.organs else None
        if parts is None or term is None or parts.year is None:
            continue
        dated = one.citation.date if one.citation.date and one.citation.date[:4] == parts.year else None
        sat = terms.assemblies_at(dated[:7] if dated else parts.year)
        if sat and term["term"] not in sat:
            right = sorted(sat)[-1]
            number = one.named[: -len(term["term"])] + right if len(sat) == 1 else None
            values = {"number": one.named, "year": parts.year, "terms": ", ".join(sorted(sat))}
            yield Raised("number_term", values, one, suggestion=number)


def slip(draft: Draft) -> Iterator[Raised]:
    """The number is one that no source has, or another document's; its date and title are those of one number only."""
    for one in draft.others:
        meant = likely(draft, one)
        if meant is None:
            continue
        values = {
            "number": one.named,
            "meant": _told(one, meant.known),
            "agrees": meant.agrees,
        }
        stated = meant.known.date
        sure = meant.sure and stated is not None and certain(stated)
        proof = (backing(stated, meant.known.id),) if stated is not None else ()
        code = "number_other" if sure else "number_near" if meant.by_day else "number_likely"
        yield Raised(code, values, one, evidence=proof, suggestion=citation_of(meant.known))


def cannot_be(draft: Draft) -> Iterator[Raised]:
    """An ordinal beyond all that the register of the year has (966/2021/NĐ-CP)."""
    for one in draft.others:
        last = beyond_register(draft, one)
        if last is not None:
            values = {"number": one.named, "last": last.number or last.id, "date": _date(last.date)}
            yield Raised("number_beyond", values, one)


def _date(date: str | None) -> Pair:
    return dated(date) if date else Pair("", "")


def as_seen(text: str) -> str:
    """A number as a reader of the page sees it: without blanks, its label, and letters that only look alike."""
    shown = "".join(text.translate(_UNSEEN).split())
    return shown.removeprefix(next((label for label in _LABELS if shown.startswith(label)), ""))


def _standing(one: Cited) -> str | None:
    return citation_of(one.known) if one.known is not None else one.citation.number


def _well_formed(one: Cited, number: str) -> str | None:
    """A number with a hyphen where a stroke belongs (28-NQ-CP), or with a mark that its organ's code has not
    (TT-BKH&CN), as it should be; None for what is well-formed."""
    parts = number_parts(number)
    if parts is None or not parts.organs or one.citation.unit is not None:
        return None
    hyphen = number[len(parts.ordinal) : len(parts.ordinal) + 1] == "-" and not parts.party
    if hyphen and parts.type_code is not None and len(parts.organs) == 1 and issuers.is_known(parts.organs[0]):
        return f"{parts.ordinal}/{number[len(parts.ordinal) + 1 :]}"
    code = parts.organs[0]
    plain = code.replace("&", "")
    normative = parts.year is not None and parts.type_code is not None and len(parts.organs) == 1
    if normative and plain != code and issuers.canonical(code) == plain:
        return number.replace(code, plain)
    return None


def _party_hyphen(number: str) -> bool:
    """Whether a body of the State bears a number in the Party's order (77-KH/UBND)."""
    parts = number_parts(number)
    if parts is None or not parts.party or not parts.organs or parts.type_code in PROMULGATING:
        return False
    issuer = issuers.by_code(parts.organs[0])
    return (
        issuer is not None and not issuer.party and issuer.level in ("central", "ministry", "provincial", "department")
    )


def _state_order(number: str) -> str:
    ordinal, _, rest = number.partition("-")
    return f"{ordinal}/{rest.replace('/', '-', 1)}"


RULES = (unsure_reading, ill_formed, incomplete, type_against_code, never_issued, assembly_term, slip, cannot_be)
