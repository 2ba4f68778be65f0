"""What a document says of itself: organ, number, date, place, type, title, signer.

The header of an administrative document (Decree 30/2020/NĐ-CP, Annex I): the organ and the national motto side by
side, below them "Số: …" and the place-date line, then the type in capitals and the title. Party documents carry the
Party's name instead of the motto (Guide 36-HD/VPTW). Scans mix the two columns; web pages put news before the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.authority import types
from kb.model import Hints, OwnIdentity
from kb.reading import codes, dates, places
from kb.reading import organ as organs
from kb.reading.numbers import NumberHit
from kb.reading.view import View

_MOTTO = re.compile(
    r"c\Sng\s{0,3}h\Sa\s{0,3}x\S\s{0,3}h\S{1,3}\s{1,3}chu|xa\s{1,3}h\S{1,3}\s{1,3}ch\S\s{1,3}ngh\S?a\s{1,3}viet"
    r"|dang\s{1,3}cong\s{1,3}san\s{1,3}viet\s{1,3}nam"
)
_BEFORE, _AFTER = 420, 900  # code points around the motto that may belong to the header
_MOTTO_REACH = 15_000  # news may stand before a header; further down it is that of an attached document
_NO_MOTTO_REACH = 900  # a header without a motto stands at the very top
_DATE_REACH = 420  # code points after the own number within which the place-date line stands
_OWN_DATE_GAP = 4  # a date this close behind a number belongs to that number
_LABEL = re.compile(
    r"(?:(?<![a-z0-9])(?:[s$§5][o0ob68dei@]{0,3}|[$8§s]{0,2}86)\s{0,3}[:.;]|(?<![a-z0-9])so)[\s:.;|*]{0,10}$"
)
_LINE_START = re.compile(r"(?:^|[\n|])[\s*_#>~:;'\"-]{0,8}$")
_BLANK = re.compile(
    r"(?:^|[^A-Za-zđĐ0-9])(?:S[ốôóo06]|86|\$6)\s{0,3}[:.]?[\s.…_]{0,20}(?P<sep>[/-])\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    r"(?P<code>[A-ZĐ][A-Za-zĐđ]{0,8}(?:\s?[-/]\s?[A-ZĐ][A-Za-zĐđ0-9&]*){1,3})"
)
_PLACE = re.compile(r"(?P<place>[^\n|*,;:.]{2,40}?)[,.]?[\s*_|]{0,6}$")
_BLANK_DATE = re.compile(
    r"ng[a-z]y[\s_.…]{0,20}(?P<day>\d{0,2})[\s_.…]{0,20}th[a-z]ng[\s_.…]{0,20}(?P<month>\d{0,2})[\s_.…]{0,20}nam[\s_.…]{0,6}"
    r"(?P<year>(?:19|20)\d\d)"
)
_PREAMBLE = re.compile(r"(?<![a-z])(?:c[ai&]{0,2}n\s{1,3}c[uirtlf?]{1,3}|k[il]nh\s{1,3}g[uirtlf]{1,3})(?![a-z])")
_SIGNATURE_REACH = 3000


@dataclass(frozen=True, slots=True)
class Header:
    """The own identity, where its number stands (to be left out of the citations), and the end of the header."""

    own: OwnIdentity | None
    number: NumberHit | None
    end: int


def _window(view: View) -> tuple[int, int, int]:
    """(start, end, end of the motto or 0) of the stretch in which the header is looked for."""
    motto = next(
        (
            match
            for match in _MOTTO.finditer(view.folded, 0, _MOTTO_REACH)
            if _shouts(view.source[match.start() : match.end()])
        ),
        None,
    )
    if motto is None:
        return 0, min(len(view.folded), _NO_MOTTO_REACH), 0
    return max(0, motto.start() - _BEFORE), min(len(view.folded), motto.end() + _AFTER), motto.end()


def _shouts(words: str) -> bool:
    """Whether the motto stands in capitals, as in a header; in a sentence it does not."""
    letters = [ch for ch in words if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) > 0.6 * len(letters)


def read_header(view: View, hits: Sequence[NumberHit], hints: Hints) -> Header:
    """The header of a text, from its number hits; ``own`` is None where the text has none."""
    start, end, motto = _window(view)
    number = next((hit for hit in hits if start <= hit.start < end and _is_own(view, hit, start)), None)
    blank = _BLANK.search(view.text, start, end)
    if blank is not None and number is not None and blank.end() > number.start:
        blank = None  # the number itself ("86/2025/…" looks like a damaged "Số"), or something below it
    if blank is not None and _PREAMBLE.search(view.folded, start, blank.start()):
        blank = None
    if blank is not None:
        number = None  # a line "Số: /CT-UBND" is the header's: what is numbered below it is cited
    if not motto and number is None and blank is None:
        return Header(_without_header(view, hints), None, 0)
    anchor = number.end if number else blank.end() if blank else motto or start
    date, place, after = _date_of(view, start, min(end, anchor + _DATE_REACH), hits)
    if not motto and date is None and number is not None:
        return Header(_without_header(view, hints), None, 0)
    code: codes.Code | None = None
    if number is not None:
        code = number.code
    elif blank is not None:
        code = codes.decode(blank["code"], None, view.damaged(blank.start()))
    own = _identity(view, start, max(after, anchor), number, code, date, place, hints, hits)
    return Header(own, number, max(after, anchor))


def _is_own(view: View, hit: NumberHit, window_start: int) -> bool:
    """Whether a number in the header window is the document's own: its label before it, no preamble earlier."""
    low = max(0, hit.start - 20)
    before = view.folded[low : hit.start]
    label = _LABEL.search(before)
    if label is None:  # a scan may lose the label: then the number stands alone in its line, the place-date line below
        alone = hit.type_word is None and _LINE_START.search(view.text, low, hit.start) is not None
        dated = dates.LONG.search(view.folded, hit.end, hit.end + 160)
        if not alone or dated is None or not view.damaged(hit.start):
            return False
    elif ":" not in label[0] and not view.damaged(hit.start) and view.source[low + label.start()].islower():
        return False  # "… theo Thông tư⏎số 15/2020/TT-BGDĐT": a sentence wrapped before its label
    elif ":" not in label[0] and not _LINE_START.search(
        view.text, max(0, low + label.start() - 12), low + label.start()
    ):
        return False
    return _PREAMBLE.search(view.folded, max(window_start, hit.start - 600), hit.start) is None


def _date_of(view: View, start: int, end: int, hits: Sequence[NumberHit]) -> tuple[str | None, str | None, int]:
    """(ISO date, place, end) of the place-date line of the header; day and month may be blank."""
    for match in sorted(
        (*dates.LONG.finditer(view.folded, start, end), *_BLANK_DATE.finditer(view.folded, start, end)),
        key=lambda match: (match.end(), match.start()),
    ):
        if _PREAMBLE.search(view.folded, start, match.start()):
            break
        if match.re is dates.LONG:
            date, begin = dates.iso_date(match[1], match[2], match[3]), match.start()
            lead = _DAY_WORD.search(view.folded, max(start, begin - 12), begin)
            if date is None or lead is None:
                continue
            begin = lead.start()
        else:
            month, begin = match["month"], match.start()
            date = f"{match['year']}-{int(month):02d}" if month and 1 <= int(month) <= 12 else match["year"]
            full = dates.iso_date(match["day"], month, match["year"]) if match["day"] and month else None
            date = full or date
        if any(0 <= begin - hit.end <= _OWN_DATE_GAP for hit in hits):
            continue  # the date of a cited document
        place = _PLACE.search(view.text, max(start, begin - 60), begin)
        words = re.sub(r"^[\W\d_]+|[\W_]+$", "", place["place"]).strip() if place else ""
        return date, words or None, match.end()
    return None, None, start


_DAY_WORD = re.compile(r"(?:n?g?[a-z]{1,2}[yv]|ng[a-z]{2})[\s_.*]{0,6}$")


_TYPE_LINE = re.compile(r"(?:^|\n)[\s*_#|>]*(?P<line>[^\n]{3,60})")
_TITLE_END = re.compile(
    r"\n[\s*_#|>]*(?:\(|c[a-zăâ]{1,2}n c[uứ]|CĂN CỨ|Căn c|Thực hiện|Triển khai|Kính gửi|Theo |"
    r"Xét |[IVX1]{1,3}\s?\.|Điều \d|Phần |Chương |"
    r"(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|HỘI ĐỒNG|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|TRƯỞNG BAN)\b)"
)
_LETTER_TITLE = re.compile(r"V/v:?\s*(?P<title>[^|]{5,300}?)(?=\n[\s*|]*\n|\||\*\n|Kính|$)", re.IGNORECASE)


def _heading(view: View, position: int) -> tuple[str | None, str | None]:
    """(type id, title) from the heading below the header: the type in a line of its own, then the title."""
    text = view.text
    at = position
    for _ in range(14):
        line = _TYPE_LINE.search(text, at, min(len(text), position + 900))
        if line is None:
            break
        word = re.sub(r"[*_#|>]+", "", line["line"]).strip(" :.")
        kind = types.by_word(word) if word.isupper() else None
        if kind is not None:
            stop = _TITLE_END.search(text, line.end(), min(len(text), line.end() + 900))
            stop_at = stop.start() if stop else min(len(text), line.end() + 400)
            title = " ".join(re.sub(r"[*_#|>\-]{2,}|[*_#|>]", " ", text[line.end() : stop_at]).split())
            return kind.id, title or None
        at = line.end()
    return None, None


def _signer(view: View) -> str | None:
    """The name that stands alone in a line near the end, below the signer's office."""
    tail = view.text[-_SIGNATURE_REACH:]
    names = re.findall(
        r"(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TRƯỞNG BAN|BÍ THƯ|THỦ TƯỚNG|CHỦ NHIỆM|TRƯỞNG|CHÁNH VĂN PHÒNG)[\s*_|)(]*"
        r"(?:[^\n]{0,40}\n[\s*_|]*){0,4}?((?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)[\s*_|]*(?:\n|$)",
        tail,
    )
    return " ".join(names[-1].split()) if names else None


def _identity(
    view: View,
    start: int,
    end: int,
    number: NumberHit | None,
    code: codes.Code | None,
    date: str | None,
    place: str | None,
    hints: Hints,
    hits: Sequence[NumberHit],
) -> OwnIdentity:
    heading_type, title = _heading(view, end)
    annex_of = _annexed_to(view, hits, end)
    if title is None and (letter := _LETTER_TITLE.search(view.text, start, min(len(view.text), end + 400))):
        title = " ".join(re.sub(r"[*_|]", " ", letter["title"]).split())
    organ = organs.issuing_line(view, start, end)
    body = code.body if code else (organ.code if organ else None)
    if code is None and annex_of is not None:  # an annex is its decision's organ's (relations.md, rule 1)
        body = annex_of.code.body
    province = unit = None
    if body is None or not organs.is_central(view, body, organ):
        province = (
            (organ.province if organ else None) or places.named(place) or hints.province or places.own_province(view)
        )
        unit = organ.unit if organ else None
    if province:
        province = places.at_date(province, date)
    return OwnIdentity(
        number=number.number if number else None,
        code=code.text if code else None,
        type=(number.type if number else None) or (code.type if code else None) or heading_type,
        date=date,
        body=body,
        province=province,
        unit=unit,
        place=place,
        title=title or hints.attributes.get("title"),
        signer=_signer(view),
        repairs=number.repairs if number else (),
    )


_ANNEX = re.compile(r"\(?\s*b?an\s+hanh\s+k[a-z]m[^;.]{0,60}$|\(\s*kem\s+theo[^;.]{0,60}$")


def _annexed_to(view: View, hits: Sequence[NumberHit], end: int) -> NumberHit | None:
    """The decision with which this document was promulgated, told under its title ("Ban hành kèm theo …")."""
    for hit in hits:
        if hit.start > end + 900:
            return None
        if hit.start >= end - 200 and _ANNEX.search(view.folded, max(0, hit.start - 80), hit.start):
            return hit
    return None


def _without_header(view: View, hints: Hints) -> OwnIdentity | None:
    """What a text without a header still says of itself.

    Either an organ issues it in a sentence ("Sở … xây dựng Kế hoạch …"), or its first lines are the title and the
    organ, as gazettes of the 2000s print them. A number is never told from these.
    """
    attributes = hints.attributes.get("title")
    sentence = organs.drafting(view)
    if sentence:
        organ, kind = sentence.organ, types.by_word(sentence.word)
        title = attributes or " ".join(view.source[slice(*sentence.title)].split())
    else:
        lines = _TITLE_AND_ORGAN.match(view.text)
        word = types.longest_word(view.folded, lines.start("title")) if lines else None
        found = organs.organ_at(view, lines.start("organ"), lines.end("organ")) if lines and word else None
        if lines is None or word is None or found is None:
            return OwnIdentity(title=attributes, province=hints.province) if hints.attributes else None
        organ, kind = found, types.by_id(word[1])
        title = attributes or lines["title"].strip()
    central = organs.is_central(view, organ.code or "", organ)
    province = None if central else organ.province or hints.province or places.own_province(view)
    return OwnIdentity(type=kind.id if kind else None, body=organ.code, province=province, unit=organ.unit, title=title)


_TITLE_AND_ORGAN = re.compile(r"\s*(?P<title>[^\n]{10,500})\n\s*(?P<organ>[^\n]{5,80})\n")
