"""Document codes: what stands after the ordinal ("QĐ-UBND", "NQ/TU", "QH15", "TTLT-BTC-BNV"), read through noise.

A code is a short word over a closed vocabulary, so a damaged one is decoded as a message that passed a noisy channel:
the reading that maximises P(code) · P(what is seen | code), with P(code) from counts over clean texts
(``code_parts.tsv``), P(seen | code) from measured character confusions, and the type word before the number
("Nghị định số …") as further evidence. A part outside the vocabulary is kept as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.authority import issuers, parts, types
from kb.reading.numbers import damage, torn_codes
from kb.reading.numbers.lead import codes_of

_CONTRACT = "hop-dong"  # id of the type
_JOINT_IDS = ("lien-tich", "lien-nganh", "lien-so", "phoi-hop")  # endings of the types that several organs sign

# A decoded part may cost at most this much per letter (-log probability); looser when a type word vouches for it.
_COST_PER_LETTER = 1.1
_COST_PER_LETTER_VOUCHED = 1.9
_NEAR = 1.6  # dearest reading of a known code as the one that the type word before it names
_CERTAIN = 0.3  # cost up to which a reading is hardly one
_FEW_LETTERS = 4  # of which fewer are no longer code that lost a letter: "CDS" is no CCDS
_SHORT = 5  # letters of a code in which none may be read in a way that was never measured
_SEPARATOR = re.compile(r"[\s*_|]*(?:--|[-/._–])[\s*_|]*|[\s*_|]+")
_AMPERSAND = re.compile(r"\s*&\s*")
_STRAY = "¢€$@£¥©®"  # marks that scans put for a letter or behind a code
_BRIEF = 2  # letters of a part of a code that is too short to tell how its others are written ("ND")
_WITHOUT_DIGITS = frozenset({"CP", "TTg", "TW", "UBND", "UB"})  # beside the ministries and departments
_TWICE_READ = re.compile(r"[IilL]1[0-9Ss]")  # "QHI15": a scan's 1 read twice
_TERM_DIGITS = str.maketrans("IilLSsO", "1111550")
_TERM = re.compile(rf"({issuers.TERMED})([0-9IilLSsO]{{1,3}}|K?[0-9]{{1,2}})$")


@dataclass(frozen=True, slots=True)
class Code:
    """A decoded code: ``text`` canonical ("QĐ-UBND"), its ``parts``, the type code (None for letters and laws), the
    document type id, the organ code(s) in the gold's normal form, and ``cost`` (0.0 for an exact reading)."""

    text: str
    parts: tuple[str, ...]
    type_code: str | None
    type: str | None
    body: str
    cost: float
    known: bool


@lru_cache(maxsize=65536)
def split(raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parts and separators ("-", "/" or ".") of a raw code, blanks and markup dropped."""
    pieces: list[str] = []
    seps: list[str] = []
    at = 0
    raw = _AMPERSAND.sub("&", raw)  # "SXD-QLN& TTBĐS"
    for match in _SEPARATOR.finditer(raw):
        if match.start() == at and not pieces:
            at = match.end()
            continue
        mark = "".join(match[0].split()).strip("*|")
        pieces.append(raw[at : match.start()])
        seps.append({"_": "-", "–": "-", "--": "-"}.get(mark, mark))
        at = match.end()
    pieces.append(raw[at:])
    return tuple(pieces), tuple(seps)


@lru_cache(maxsize=65536)
def decode_part(seen: str, place: str, hint: str | None, damaged: bool) -> tuple[str, float, bool]:
    """Best reading of one part: (canonical, cost, known).

    ``place`` is ``first`` or ``later``; ``hint`` the folded type word before the number ("nghi dinh"); ``damaged`` says
    that the text around has lost diacritics, so that D may stand for Đ.
    """
    preferred = codes_of(hint) if place == "first" else frozenset()
    if seen in preferred or _as_it_stands(seen, damaged):
        return seen, 0.0, True
    alike = _written_alike(seen, parts.same_fold(parts.fold_code(seen), place))
    evident = (
        (_with_term(seen) if place == "first" else None)
        or next(((part, 0.1) for part in alike if part in preferred), None)
        or (_nearest_preferred(seen, place, preferred) if damaged and preferred else None)
        or _as_written(seen, place, alike, damaged)
        or _noisy(seen, place, preferred, tight="Đ" in seen or not damaged)
    )
    return (*evident, True) if evident else _with_a_slip(seen, place, hint, preferred, damaged)


def _as_it_stands(seen: str, damaged: bool) -> bool:
    """Whether a part is an organ's code that no list holds in this form."""
    return bool(issuers.branch_province(seen)) or _is_numbered(seen) or (not damaged and _without_b(seen))


def _without_b(seen: str) -> bool:
    """Whether a part is a ministry's code without its B, as printed in clean text ("38/QP")."""
    return seen.isupper() and _is_ministry(seen)


def _is_numbered(seen: str) -> bool:
    """Whether a part is an organ with the number of its unit ("NHNN7")."""
    stem = seen.rstrip("0123456789")
    return stem != seen and issuers.numbers_its_units(stem, None)


def _as_written(seen: str, place: str, alike: tuple[str, ...], damaged: bool) -> tuple[str, float] | None:
    """A known code as it is printed, or in another case and with its strokes; None where none has these letters."""
    named = issuers.canonical(seen)
    if named != seen and named.upper() == seen:
        return named, 0.1  # "QUYẾT ĐỊNH SỐ 91/TTG", in a title in capitals
    strokes_kept = "Đ" in seen or not (damaged or parts.is_slip(seen, place))
    if seen in parts.vocabulary(place) and (alike[0] == seen or strokes_kept):
        return seen, 0.0
    return (alike[0], 0.0 if alike[0] == seen else 0.1) if alike else None


def _with_term(seen: str) -> tuple[str, float] | None:
    """A legislature's code with its term, whose digits a scan may read as letters ("QHI5" → QH15), and its cost."""
    term = _TERM.match(seen)
    if term is None or (len(term[2]) > 2 and not _TWICE_READ.fullmatch(term[2])):
        return None
    digits = term[2][-2:].translate(_TERM_DIGITS)
    return term[1] + digits, 0.0 if digits == term[2] else 0.5


def _nearest_preferred(seen: str, place: str, preferred: frozenset[str]) -> tuple[str, float] | None:
    """The code of the type word before the number that a damaged part stands for: "Công điện số 224/CB-TTg" is CĐ; CB
    is another code, but not one that the word can stand for."""
    coded = seen in types.TYPE_CODES
    limits = ((part, _NEAR if coded else _allowed_vouched(part)) for part in sorted(preferred))
    costs = ((part, damage.distance(seen, part, limit)) for part, limit in limits)
    near = [(cost - parts.prior(part, place), part, cost) for part, cost in costs if cost is not None]
    return min(near)[1:] if near else None


def _with_a_slip(
    seen: str, place: str, hint: str | None, preferred: frozenset[str], damaged: bool
) -> tuple[str, float, bool]:
    """A part that no confusion of letters explains: one letter too many, a stray mark at its end, or unknown."""
    slips = [part for part in sorted(preferred) if _one_letter_more(seen, part)]
    if len(slips) == 1:
        return slips[0], 0.3, True
    if seen[-1] in _STRAY and len(seen) > 2:
        stem, cost, known = decode_part(seen[:-1], place, hint, damaged)
        if known:
            return stem, cost + 0.5, True
    return (parts.restore_strokes(seen) if damaged else seen), 0.0, False


def _written_alike(seen: str, alike: tuple[str, ...]) -> tuple[str, ...]:
    """Of the codes with the same letters those in the same case first: "TTg" is no TTG."""
    if len(alike) < 2 or seen.isupper():
        return alike
    plain = seen.replace("Đ", "D")
    return tuple(sorted(alike, key=lambda part: part.replace("Đ", "D") != plain))


def _one_letter_more(seen: str, part: str) -> bool:
    """Whether a slip of the keys put one letter too many into a type code that the word before the number names
    ("Thông tư liên tịch số 07/2016/TTTLT-…")."""
    return len(seen) == len(part) + 1 > 2 and any(seen[:at] + seen[at + 1 :] == part for at in range(len(seen)))


def _allowed_vouched(part: str) -> float:
    """How dear the reading of a code may be that the word before it names."""
    return min(_COST_PER_LETTER_VOUCHED * len(part), 2 * damage.GAP - 0.1)


def _noisy(seen: str, place: str, preferred: Iterable[str], *, tight: bool) -> tuple[str, float] | None:
    """The known code that ``seen`` most likely is, and what the reading costs; None where none is near enough.

    ``tight``: only codes of the same length, nearly alike.
    """
    best: tuple[float, str, float] | None = None
    for part in _as_long(seen, place, 0 if tight else 1 + len(seen) // 4):
        vouched = part in preferred
        if not vouched and not _may_stand_alone(part, seen):
            continue
        allowed = _allowed_vouched(part) if vouched else _allowed_alone(part)
        if tight:
            allowed = min(allowed, 1.5)
        prior = parts.prior(part, place) + (3.0 if vouched else 0.0)
        if best is not None:
            allowed = min(allowed, best[0] + prior)  # dearer than this it cannot be the best
        cost = damage.distance(seen, part, allowed) if allowed >= 0 else None
        if cost is not None and (best is None or cost - prior < best[0]):
            best = (cost - prior, part, cost)
    return (best[1], best[2]) if best else None


def _as_long(seen: str, place: str, furthest: int) -> Iterator[str]:
    """The known codes of one place that have at most ``furthest`` letters more or fewer than what is seen."""
    size = len(seen)
    return (part for part in parts.vocabulary(place) if -furthest <= len(part) - size <= furthest)


def _may_stand_alone(part: str, seen: str) -> bool:
    """Whether what is seen can be a code that no word before it names."""
    return len(part) > 2 and (len(part) <= len(seen) or len(seen) >= _FEW_LETTERS)


def _allowed_alone(part: str) -> float:
    """The same for a code that no word names: one of few letters is not another one's with a slip."""
    most = damage.UNLISTED if len(part) <= _SHORT else 2 * damage.GAP
    return min(_COST_PER_LETTER * max(1, len(part) - 1), most - 0.1)


def _glued(piece: str, hint: str | None) -> list[str] | None:
    """ "NĐCP", "TTBTC": type and organ without their hyphen."""
    preferred = codes_of(hint)
    for cut in range(2, min(5, len(piece) - 1)):
        head, tail = piece[:cut], piece[cut:]
        first = types.canonical_code(head)
        if first is None:
            continue
        later = tail if issuers.is_known(tail) else None
        if later and (first in preferred or (not preferred and len(tail) >= 2 and not parts.is_known(piece))):
            return [first, later]
    return None


@lru_cache(maxsize=65536)
def decode(raw: str, hint: str | None = None, damaged: bool = False) -> Code | None:
    """The code that ``raw`` stands for, or None where it can be none.

    ``raw`` is what follows the ordinal and year, blanks and markup included; ``hint`` the folded type word before the
    number ("nghi dinh"), None where there is none; ``damaged`` whether the text has lost its diacritics.
    """
    pieces, seps = split(issuers.respelled(raw))
    if not pieces[0]:
        return None
    if len(pieces) == 1 and (glued := _glued(pieces[0], hint)):
        pieces, seps = tuple(glued), ("-",)
    first = decode_part(pieces[0], "first", hint, damaged)
    if damaged:
        pieces, seps, first = _first_of_damaged(pieces, seps, first, hint)
    read = _with_strokes(
        pieces, [first, *(decode_part(piece, "later", None, damaged) for piece in pieces[1:])], damaged
    )
    decoded = [part for part, _, _ in read]
    cost, known = sum(cost for _, cost, _ in read), all(known for _, _, known in read)
    if _turned(decoded, hint):
        decoded.reverse()
        first = read[1]
    kind = _type_of(decoded, hint)
    if damaged and kind is not None and pieces[1:]:
        decoded[:2] = torn_codes.agreeing(decoded[0], decoded[1], kind)
    text, body = _joined(decoded, seps, kind), _body(decoded, seps, kind)
    if kind is None:
        return Code(text, tuple(decoded), None, None, body, cost, known)
    return Code(text, tuple(decoded), first[0], kind.id, body, cost, known)


def _with_strokes(
    pieces: Sequence[str], read: list[tuple[str, float, bool]], damaged: bool
) -> list[tuple[str, float, bool]]:
    """The parts of a code, the unknown ones with their Đ where a known one was written without it ("BGDDT-GDDH")."""
    bare = (len(piece) > _BRIEF and "Đ" in one[0] and "Đ" not in piece for piece, one in zip(pieces, read, strict=True))
    if damaged or not any(bare):
        return read
    return [(part if known else parts.restore_strokes(part), cost, known) for part, cost, known in read]


def existed(code: Code, year: str) -> bool:
    """Whether the organ of a code, where it is known, can have signed in ``year``."""
    organ = issuers.by_code(code.body)
    return organ is None or organ.existed(year)


def as_printed(raw: str) -> Code:
    """A code of which nothing is known but its letters."""
    pieces, seps = split(raw)
    return Code(_joined(pieces, seps, None), pieces, None, None, pieces[0], 0.0, known=False)


def _turned(decoded: Sequence[str], hint: str | None) -> bool:
    """Whether the organ stands before the type that the word before the number names ("Quyết định số 5438/UB.QĐ"), as
    people's committees and councils numbered before 2004."""
    if len(decoded) != 2 or decoded[1] not in codes_of(hint) or decoded[0] in types.TYPE_CODES:
        return False
    return issuers.level(decoded[0]) == _OF_TURNED_NUMBERS


def _first_of_damaged(
    pieces: tuple[str, ...], seps: tuple[str, ...], read: tuple[str, float, bool], hint: str | None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, float, bool]]:
    """Pieces, separators and the reading of the first piece, which in a damaged text may be a type and an organ run
    together, or a type of two letters that no confusion explains. ``read``: its reading as one known code."""
    first, cost, known = read
    if not known or cost > _CERTAIN:
        apart = torn_codes.unglued(pieces[0], codes_of(hint))
        if apart and (not known or apart[0] < cost):
            cost, first, sep, organ = apart
            pieces, seps, known = (first, organ, *pieces[1:]), (sep, *seps), True
    if (hint is None or not known) and (short := _short_type(first, pieces)):
        first, cost, known = short, damage.GAP, True
    return pieces, seps, (first, cost, known)


def _short_type(first: str, pieces: Sequence[str]) -> str | None:
    """The type of two letters that a damaged first part before an organ stands for where no words name it."""
    return torn_codes.type_before(first, pieces[1]) if len(pieces) > 1 and len(pieces[0]) <= 2 else None


def _joined(decoded: Sequence[str], seps: Sequence[str], kind: types.Type | None) -> str:
    """The parts of a code put together: by hyphens, but by the points of regional offices ("CCTKV.VIII")."""
    joined = decoded[0]
    points = not (len(decoded) == 2 and kind)
    for part, sep in zip(decoded[1:], seps, strict=False):
        joined += (sep if sep == "." and points else "-") + part
    return joined


def _type_of(decoded: list[str], hint: str | None) -> types.Type | None:
    """The document type that the first part names, None for letters and laws.

    CT, TB, TT … are types before an organ ("CT-TTg") and organs before a unit ("CT-CS", the tax department): the type
    word decides, else whether an organ follows.
    """
    first = decoded[0]
    if first not in types.TYPE_CODES:
        return None
    if first not in codes_of(hint) and first in issuers.ORG_CODES and len(first) > 1:
        followed = len(decoded) > 1 and issuers.is_known(decoded[1])
        unit_follows = followed and decoded[1] in issuers.UNIT_CODES and len(decoded) == 2
        if not followed or (hint in _LETTER_WORDS and unit_follows):
            return None
        if codes_of(hint) and _is_ministry(first) and issuers.level(decoded[1]) in _WITHIN_A_MINISTRY:
            return None  # "Quyết định số 68/TC-TCDN": the Ministry of Finance and its department, no communiqué
    return types.by_code(first, decoded[1] if len(decoded) > 1 else None)


_WITHIN_A_MINISTRY = (None, "general")  # levels of what a ministry's number may name behind the ministry
_LETTER_WORDS = frozenset(word for word, id_ in types.TYPE_WORDS.items() if id_ == "cong-van")


def is_organ(part: str) -> bool:
    return issuers.is_known(part)


def without_footnote(part: str, year: str | None = None) -> str:
    """A code without the mark of a footnote that is printed right behind it ("NĐ-CP4"): digits that follow the code of
    the Government, a ministry, a department or a people's committee, which never ends with any, unlike the
    legislature's (QH15, UBDNGS15), a people's council's with its term (HĐND8) or a board's (BCĐ138). Some organs
    numbered their units (NHNN7) up to a ``year``, which the document's number may bear."""
    stem = part.rstrip("0123456789")
    if issuers.numbers_its_units(stem, year):
        return part
    marked = len(stem) < len(part) <= len(stem) + 2 and not parts.is_known(part)
    return stem if marked and (stem in _WITHOUT_DIGITS or issuers.level(stem) in _SIGN_TOGETHER) else part


def known_prefix(part: str, as_written: bool = False) -> str:
    """The longest known code with which ``part`` begins, the rest being small letters of the next word; "" if none.

    ``as_written``: only a code in capitals (or written as the authority files write it) is one.
    """
    if part.islower() and parts.same_fold(part, "later"):
        return part
    for end in range(len(part), 1, -1):
        stem = part[:end]
        known = parts.is_known(stem) or (issuers.is_known(stem) and not (as_written and stem[1:].islower()))
        if known and (end == len(part) or part[end:].islower()):
            return stem
    return ""


_OF_TURNED_NUMBERS = "provincial"
_SIGN_TOGETHER = ("ministry", "department")  # levels of which two in one number are two that sign it


def _body(decoded: list[str], seps: Sequence[str], kind: types.Type | None) -> str:
    """The organ code(s) of a decoded code in the gold's normal form, joined with "+" where several organs sign."""
    if kind is None or len(decoded) == 1:
        if len(decoded) > 1 and seps[0] == "." and not issuers.is_known(decoded[0]):
            return ".".join(decoded[:2])  # "545/CCTKV.VIII-CNTK": the regional office VIII
        return _authority_code(decoded[0])
    organs = decoded[1:]
    whole = "-".join(organs)
    if len(organs) > 1 and issuers.canonical(whole) != whole:
        return issuers.canonical(whole)  # an alias of several parts: MTTQ-BTT
    if kind.id.endswith(_JOINT_IDS) or _sign_together(organs):
        return "+".join(issuers.canonical(organ) for organ in organs)
    if kind.id == _CONTRACT:
        return issuers.canonical(organs[0])  # "HĐ-XD" is one on building, of no ministry
    return _authority_code(organs[0])


def _sign_together(organs: Sequence[str]) -> bool:
    """Whether a number names several ministries, or several departments ("515/KH-BCA-BNN&MT")."""
    levels = {issuers.level(organ) for organ in organs}
    return len(organs) > 1 and len(levels) == 1 and levels.pop() in _SIGN_TOGETHER


def _authority_code(part: str) -> str:
    """The authority file's code of an organ; ministries often leave out their B ("QĐ-LĐTBXH")."""
    return issuers.canonical(f"B{part}" if _is_ministry(part) else part)


def _is_ministry(part: str) -> bool:
    """Whether a code is a ministry's without its B."""
    return issuers.level(part) is None and issuers.level(f"B{part}") == "ministry"
