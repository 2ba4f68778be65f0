"""What a document says of itself: organ, number, date, place, type, title, signer.

The header of an administrative document (Decree 30/2020/NĐ-CP, Annex I): the organ and the national motto side by
side, below them "Số: …" and the place-date line, then the type in capitals and the title. Party documents carry the
Party's name instead of the motto (Guide 36-HD/VPTW). Scans mix the two columns; web pages put news before the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.authority import issuers, types
from kb.authority.wording import word_lists
from kb.model import Hints, OwnIdentity
from kb.reading import dates
from kb.reading.header import closing, gazette, headerless, issuer_lines, signature
from kb.reading.header.headerless import Header
from kb.reading.header.heading import Heading, heading, subject, untyped_title
from kb.reading.issuers import organ as organs
from kb.reading.issuers import places
from kb.reading.numbers import codes
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_WORDS, _DATES = word_lists("header"), word_lists("dates")
_MOTTO = re.compile(_WORDS["motto"])
_BEFORE, _AFTER = 420, 900  # code points around the motto that may belong to the header
_MOTTO_REACH = 15_000  # news may stand before a header; further down it is that of an attached document
_NO_MOTTO_REACH = 900  # a header without a motto stands at the very top
_DATE_REACH = 420  # code points after the own number within which the place-date line stands
_OWN_DATE_GAP = 4  # a date this close behind a number belongs to that number
_LABEL = re.compile(
    rf"(?:(?<![a-z0-9]){_WORDS['own_label']}\s{{0,3}}[:.;]|(?<![a-z0-9]){_WORDS.undamaged('own_label')})[\s:.;|*-]{{0,10}}$"
)
_LINE_START = re.compile(r"(?:^|[\n|])[\s*_#>~:;'\"-]{0,8}$")
_BLANK = re.compile(
    rf"{_WORDS['blank_number_label']}\s{{0,3}}[:.]?[\s.…_]{{0,20}}(?P<sep>[/-])\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    r"(?P<code>[A-ZĐ][A-Za-zĐđ]{0,8}(?:\s?[-/]\s?[A-ZĐ][A-Za-zĐđ0-9&]*){1,3})"
)
_PLACE_ENDS = re.compile(r"[\n|*,;:.]")  # what stands before a place on its line
_COLUMNS = re.compile(r"\s{2,}|_{2,}\s?|-{3,}\s?")  # between the left column and the place
_OUTER_MARKS = re.compile(r"^[\W\d_]+|[\W_]+$")
_PLACED_DATE = re.compile(rf", {{0,2}}[*_]{{0,3}}{_DATES['day_before_date']} (?=\d)")
_PLACE_ALONE = re.compile(r"[ *_|>]*[^\W\d_][^\n,;:.\d|]{1,40}")
# "Ngày: 22-8-2019", of a judgment
_DEPARTMENTS = ("department", "district")  # levels of the offices of a province and of a district
_LABELLED_DATE = re.compile(rf"(?<=\s){_DATES['day_before_date']}\s?:\s{{0,4}}(?=\d)")
_BLANK_DATE = re.compile(
    rf"{_DATES['day_seldom_damaged']}[\s_.…]{{0,20}}(?P<day>\d{{0,2}})[\s_.…]{{0,20}}{_DATES['month_seldom_damaged']}"
    rf"[\s_.…]{{0,20}}(?P<month>\d{{0,2}})[\s_.…]{{0,20}}{_DATES.undamaged('year')}[\s_.…]{{0,6}}"
    r"(?P<year>(?:19|20)\d\d)"
)
_ANNEX = re.compile(rf"{_WORDS['annexed']}[^;.]{{0,60}}$")
_ANNEX_REACH = 80  # code points before a number in which the words of an annex stand
_PREAMBLE = _WORDS.pattern("preamble")
_ANNOUNCED = _WORDS.pattern("consolidated")
_EFFECT = re.compile(rf"(?<![a-z]){_WORDS['effect']}[\s*_,]{{0,4}}$")


def _window(forms: TextForms) -> tuple[int, int, int]:
    """(start, end, end of the motto or 0) of the stretch in which the header is looked for."""
    motto = next(
        (
            match
            for match in _MOTTO.finditer(forms.folded, 0, _MOTTO_REACH)
            if _shouts(forms.source[match.start() : match.end()])
        ),
        None,
    )
    if motto is None:
        return 0, min(len(forms.folded), _NO_MOTTO_REACH), 0
    return max(0, motto.start() - _BEFORE), min(len(forms.folded), motto.end() + _AFTER), motto.end()


def _shouts(words: str) -> bool:
    """Whether the motto stands in capitals, as in a header; in a sentence it does not."""
    letters = [ch for ch in words if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) > 0.6 * len(letters)


def read_header(forms: TextForms, hits: Sequence[NumberHit], hints: Hints) -> Header:
    """The header of a text, from its number hits; ``own`` is None where the text has none."""
    start, end, motto = _window(forms)
    number = next((hit for hit in hits if start <= hit.start < end and _is_own(forms, hit, start)), None)
    blank = _blank_number(forms, start, end, number, hits)
    if blank is not None:  # a line "Số: /CT-UBND" is the header's: what is numbered below it is cited
        code = codes.decode(blank["code"], None, forms.damaged(blank.start()))
        date, place, after = _date_of(forms, start, min(end, blank.end() + _DATE_REACH), hits)
        after = max(after, blank.end())
        return Header(_identity(forms, start, after, None, code, date, place, hints, hits), None, after)
    if motto and (confirmed := _confirmed(forms, hits, number, start, motto)):
        return _consolidated(forms, start, motto, confirmed, hints)
    anchor = number.end if number else motto or start
    date, place, after = _date_of(forms, start, min(end, anchor + _DATE_REACH), hits)
    if not motto and (number is None or date is None):
        return headerless.read(forms, hits, hints)
    code = number.code if number is not None else None
    own = _identity(forms, start, max(after, anchor), number, code, date, place, hints, hits)
    header = Header(own, number, max(after, anchor))
    return header if number else headerless.with_metadata(forms, hits, hints, header)


def _blank_number(
    forms: TextForms, start: int, end: int, number: NumberHit | None, hits: Sequence[NumberHit]
) -> re.Match[str] | None:
    """The header's number where its digits are left blank ("Số: /CT-UBND"); None where it has none such."""
    blank = _BLANK.search(forms.text, start, end)
    if blank is None or (number is not None and blank.end() > number.start):
        return None  # something below the number
    if any(blank.start() <= hit.start < blank.end() for hit in hits):
        return None  # a number itself: "86/2025/…" looks like a damaged "Số"
    return None if _PREAMBLE.search(forms.folded, start, blank.start()) else blank


def _confirmed(
    forms: TextForms, hits: Sequence[NumberHit], number: NumberHit | None, start: int, motto: int
) -> closing.Confirmation | None:
    """The confirmation of a consolidated text whose number does not stand at its head; an empty one where the text is
    cut off before it."""
    announced = _ANNOUNCED.search(forms.folded, start, motto) is not None
    if not announced and not any(hit.type == closing.CONSOLIDATED for hit in hits):
        return None  # nearly every text
    confirmed = closing.confirmation(forms, hits)
    if number is not None and number.type == closing.CONSOLIDATED:
        return confirmed if confirmed is not None and confirmed.number is number else None
    if confirmed is None and number is None and announced:
        return closing.Confirmation(None, None, len(forms.text))
    return confirmed


def _consolidated(forms: TextForms, start: int, end: int, confirmed: closing.Confirmation, hints: Hints) -> Header:
    """The header of a consolidated text, whose number and date stand in the confirmation at its end."""
    code = confirmed.number.code if confirmed.number else None
    organ = organs.issuing_line(forms, start, end) or _announced(forms, start, end)
    body = code.body if code else (organ.code if organ else None)
    title = heading(forms, end, body).title
    own = OwnIdentity(
        number=confirmed.number.number if confirmed.number else None,
        code=code.text if code else None,
        type=closing.CONSOLIDATED,
        date=confirmed.date,
        body=body,
        province=None,
        title=title or hints.attributes.get("title"),
        signer=signature.signer_near(forms, confirmed.start),
        repairs=confirmed.number.repairs if confirmed.number else (),
    )
    return Header(own, confirmed.number, end)


def _announced(forms: TextForms, start: int, end: int) -> organs.Organ | None:
    """The organ in the gazette's line above a consolidated text: "VĂN BẢN HỢP NHẤT - VĂN PHÒNG QUỐC HỘI"."""
    line = _ANNOUNCED.search(forms.folded, start, end)
    at = line.end() if line else end
    while at < end and forms.folded[at] in " -":
        at += 1
    return organs.organ_at(forms, at, end) if at < end else None


def _is_own(forms: TextForms, hit: NumberHit, window_start: int) -> bool:
    """Whether a number in the header window is the document's own: its label before it, no preamble earlier."""
    if _ANNEX.search(forms.folded, max(0, hit.start - _ANNEX_REACH), hit.start):
        return False  # "(Ban hành kèm theo Quyết định số: 59/QĐ-UBND": the decision that this annex belongs to
    low = max(0, hit.start - 20)
    before = forms.folded[low : hit.start]
    label = _LABEL.search(before)
    if label is None:  # a scan may lose the label: then the number stands alone in its line, the place-date line below
        alone = hit.type_word is None and _LINE_START.search(forms.text, low, hit.start) is not None
        dated = next(dates.long_dates(forms.folded, hit.end, hit.end + 160), None)
        if not alone or dated is None or not forms.damaged(hit.start):
            return False
    elif ":" not in label[0] and ";" not in label[0]:  # a scan may read the colon as a semicolon
        at = low + label.start()
        if not forms.damaged(hit.start) and forms.source[at].islower():
            return False  # "… theo Thông tư⏎số 15/2020/TT-BGDĐT": a sentence wrapped before its label
        if not _LINE_START.search(forms.text, at - 12, at):
            return False
    return _PREAMBLE.search(forms.folded, max(window_start, hit.start - 600), hit.start) is None


def _date_of(forms: TextForms, start: int, end: int, hits: Sequence[NumberHit]) -> tuple[str | None, str | None, int]:
    """(ISO date, place, end) of the place-date line of the header; day and month may be blank."""
    for match in sorted(
        (*dates.long_dates(forms.folded, start, end), *_BLANK_DATE.finditer(forms.folded, start, end)),
        key=lambda match: (match.end(), match.start()),
    ):
        if _PREAMBLE.search(forms.folded, start, match.start()):
            break
        if match.re is dates.LONG:
            date, begin = dates.iso_date(match[1], match[2], match[3]), match.start()
            lead = _DAY_WORD.search(forms.folded, max(start, begin - 12), begin)
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
        if _EFFECT.search(forms.folded, max(start, begin - 40), begin):
            continue
        return date, _place_before(forms, start, begin), match.end()
    return _date_in_figures(forms, start, end)


def _date_in_figures(forms: TextForms, start: int, end: int) -> tuple[str | None, str | None, int]:
    """The date of a header in figures, its place and where it ends: alone in the line of its place ("Ninh Thuận, ngày
    5/9/2020"), or behind a label ("Ngày: 22-8-2019")."""
    for lead in _PLACED_DATE.finditer(forms.folded, start, end):
        date = dates.date_at(forms.folded, lead.end(), end)
        line = max(forms.text.rfind("\n", start, lead.start()) + 1, start)
        alone = date is not None and not forms.text[date.end : date.end + 4].split("\n")[0].strip(" *_|.")
        if date is not None and alone and _PLACE_ALONE.fullmatch(forms.text, line, lead.start()):
            return date.iso, _place_before(forms, start, lead.start() + 1), date.end
    label = _LABELLED_DATE.search(forms.folded, start, end)
    date = dates.date_at(forms.folded, label.end(), end) if label else None
    if date is None or _PREAMBLE.search(forms.folded, start, date.start):
        return None, None, start
    return date.iso, None, date.end


def _place_before(forms: TextForms, start: int, date: int) -> str | None:
    """The place that a line names before its date, which begins at ``date``."""
    line = forms.text[max(start, date - _PLACE_REACH) : date].rstrip(" \t\r\n*_|").rstrip(",.")
    words = _OUTER_MARKS.sub("", _COLUMNS.split(_PLACE_ENDS.split(line)[-1].strip())[-1])
    return words or None


_PLACE_REACH = 60  # code points before the date in which its place stands
_DAY_WORD = re.compile(rf"{_DATES['day_before_date']}[\s_.*:;,'-]{{0,6}}$")


def _identity(
    forms: TextForms,
    start: int,
    end: int,
    number: NumberHit | None,
    code: codes.Code | None,
    date: str | None,
    place: str | None,
    hints: Hints,
    hits: Sequence[NumberHit],
) -> OwnIdentity:
    annex_of = _annexed_to(forms, hits, end)
    organ = organs.issuing_line(forms, start, end)
    body = _body(code, annex_of, organ)
    below = heading(forms, end, body)
    adopted = closing.adoption_date(forms, end) if date is None and (number or annex_of is None) else None
    local, central = _level(forms, start, number, code, organ, body, date)
    province = None if central else local or _province(forms, body, organ, (place, date), hints)
    own = OwnIdentity(
        code=code.text if code else None,
        type=_type(number, code, below),
        date=date,
        body=body,
        province=places.at_date(province, date or adopted) if province else None,
        unit=None if central or organ is None else organ.unit,
        place=place,
        title=_title(forms, start, end, below, number) or hints.attributes.get("title"),
        signer=signature.signer(forms, end),
        adopted=adopted,
    )
    return own if number is None else replace(own, number=number.number, repairs=number.repairs)


def _level(
    forms: TextForms,
    start: int,
    number: NumberHit | None,
    code: codes.Code | None,
    organ: organs.Organ | None,
    body: str | None,
    date: str | None,
) -> tuple[str | None, bool]:
    """The province that a line over the number names, and whether the issuer is one of the centre."""
    unlisted = number is not None and code is not None and _is_unknown(code.body)
    may_be_branch = unlisted or (code is not None and organs.has_branches(code.body))
    local = issuer_lines.province(forms, start, number.start) if number and may_be_branch else None
    if body is None or local:
        return local, False
    if _is_central(forms, body, organ, date):
        return None, True
    over = organ is None or issuers.is_central(organ.code or "")
    return None, bool(number and unlisted and over and issuer_lines.of_the_centre(forms, start, number.start))


def _is_central(forms: TextForms, body: str, organ: organs.Organ | None, date: str | None) -> bool:
    """Whether an organ belongs to no province and its line names no branch in one."""
    return organs.is_central(forms, body, organ) and not organs.is_branch(body, organ, date)


def _body(code: codes.Code | None, annex_of: NumberHit | None, organ: organs.Organ | None) -> str | None:
    """The organ that the number names or, for an annex, that of its decision (relations.md, rule 1); else that of the
    organ's line."""
    issuing = code or (annex_of.code if annex_of else None)
    if organ is not None and issuing is not None and len(issuing.parts) == 1 and issuing.text in types.TYPE_CODES:
        return organ.code  # "Số: 355-CT": no organ in the number
    if issuing is not None and _lacks_its_level(issuing, organ):
        return issuers.of_department(issuing.parts[1 if issuing.type_code else 0])
    return issuing.body if issuing else (organ.code if organ else None)


def _lacks_its_level(code: codes.Code, organ: organs.Organ | None) -> bool:
    """Whether a code without its first letter, read as a ministry's, is that of the department over it: "Số:
    900/GDĐT-TH" of a "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"."""
    if organ is None or organ.level not in _DEPARTMENTS or issuers.level(code.body) != "ministry":
        return False
    return code.body not in code.parts and f"B{(organ.code or '')[1:]}" == code.body


def _type(number: NumberHit | None, code: codes.Code | None, below: Heading) -> str | None:
    """The type: as number, code and heading tell, in this order."""
    if number and number.type_word and code and code.type_code is None and below.type:
        return below.type  # "Số: 12-TC/TCT", a circular by its heading
    return (number.type if number else None) or (code.type if code else None) or below.type


def _title(forms: TextForms, start: int, end: int, below: Heading, number: NumberHit | None) -> str | None:
    """The title: that of the heading, a letter's subject, or the lines where the type got lost."""
    title = below.title or subject(forms, start, min(len(forms.text), end + 400))
    if title is None and below.type is None and number is not None:
        title = untyped_title(forms, end, number.type)
    return title


def _is_unknown(body: str) -> bool:
    """Whether an organ's code is one that the authority file does not know."""
    return "+" not in body and not issuers.is_known(body)


def _province(
    forms: TextForms,
    body: str | None,
    organ: organs.Organ | None,
    issued: tuple[str | None, str | None],
    hints: Hints,
) -> str | None:
    """The province of a local document: as its organ's line, its organ's code, its place of issue, the gazette that
    prints it, the hints, its text or the district of its place tell, in this order; ``issued``: place and day."""
    place, _ = issued
    return (
        (organ.province if organ else None)
        or (issuers.branch_province(body) if body else None)
        or places.named(place)
        or gazette.province(forms)
        or hints.province
        or places.own_province(forms)
        or places.of_seat(organ.unit if organ else None, *issued, forms)
    )


def _annexed_to(forms: TextForms, hits: Sequence[NumberHit], end: int) -> NumberHit | None:
    """The decision with which this document was promulgated, told under its title ("Ban hành kèm theo …")."""
    for hit in hits:
        if hit.start > end + 900:
            return None
        if hit.start >= end - 200 and _ANNEX.search(forms.folded, hit.start - _ANNEX_REACH, hit.start):
            return hit
    return None
