"""What stands around a number: its date, its organ, the province and unit, and where the mention ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb.authority import issuers, types
from kb.authority.wording import word_lists
from kb.model import Hints, OwnIdentity
from kb.reading import dates
from kb.reading.issuers import citing, in_turn, organ, places
from kb.reading.issuers.citing import Citing
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_REACH = 220  # code points after a number that can belong to its mention
_WORDS, _DATES = word_lists("issuers"), word_lists("dates")
_LIST_GAP = re.compile(rf"[\s,;*_]*{_WORDS['list_joins']}?[\s,;*_]*(?:{_WORDS['list_label']}[\s:.]*)?")
_PHRASE = 80  # code points behind a number's date in which its organ and province stand
_AND = re.compile(rf"\s{{1,4}}{_WORDS['and']}\s{{1,4}}")
_YEAR_AFTER = re.compile(rf"[\s*_]{{0,4}},?\s{{0,3}}{_DATES['year_behind']}[\s']{{1,3}}((?:19|20)\d\d)(?!\d|\s?[-–/])")
_BARE_YEAR_AFTER = re.compile(rf" ((?:19|20)\d\d)(?!\d|\s?[-/.,]\s?\d|\s(?:{_DATES['counted']})(?![a-z]))")
_SAME_DAY = re.compile(rf"[\s,*_]{{0,5}}{_DATES['same_day']}")
_DAY, _MONTH, _YEAR = (_DATES.undamaged(word) for word in ("day", "month", "year"))
_DAY_CORE = _DATES.folded("day")[0]
_BEFORE = re.compile(
    rf"{_DAY}\s{{1,4}}(?P<date>\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}\s?[/.\-]\s?(?:19|20)\d\d"
    rf"|\d{{1,2}}\s{{1,3}}{_MONTH}\s{{1,3}}\d{{1,2}}\s{{1,3}}{_YEAR}\s{{1,3}}(?:19|20)\d\d)"
    r"(?P<between>[^;.]{0,130})$"
)
_DAY_LABEL = re.compile(rf"{_DAY}\s{{1,2}}{_DATES['issued']}\s?:")  # "Ngày ban hành: 20/06/2012"
_ISSUING_VERB = re.compile(rf"\b{_DATES['issuing']}\b|\b{_DATES['gives_out']}\s{{1,3}}\Z")
_CENTRAL_LEVELS = issuers.CENTRAL_LEVELS - {"general"}  # general departments have provincial branches under one code
# The date of the next sentence: "… 66-NQ/TW.", a new line, "Ngày 30/4/2025, …".
_NEW_SENTENCE = re.compile(rf"[.\n][\s*_|]*{_DATES['day_opens']}")
_BRACKET_REACH = 60  # code points before a number in which its brackets open: "(Ban hành kèm theo Quyết định số"
_UNLISTED = (None, "board")  # levels of codes that tell nothing of the place
_COURT = "court"  # level of the highest courts
_SUBMISSION = "to-trinh"  # id of the type
_CIRCULARS = frozenset({"thong-tu", "thong-tu-lien-tich"})  # ids of types that ministries issue
_NO_ISSUE = re.compile(rf"(?:/|\b{_DATES['from_day']}\s{{1,3}})\Z")  # "…/Số 246/Ngày 23-04-2026", "từ ngày 01/7/2026"
_NO_ISSUE_BETWEEN = re.compile(rf"{_DATES['takes_effect']}|(?<![a-z]){word_lists('header')['preamble']}(?![a-z])")


class Surroundings(NamedTuple):
    """Fields of a citation that its surroundings give. ``tail`` is where its date and organ end, ``named_province``
    the province that the sentence itself names, ``unread_date`` the span of a date that cannot be read."""

    date: str | None
    body: str
    province: str | None
    province_known: bool
    unit: str | None
    tail: int
    named_province: str | None = None
    unread_date: tuple[int, int] | None = None


def surroundings(
    forms: TextForms, hits: Sequence[NumberHit], own: OwnIdentity | None, hints: Hints
) -> list[Surroundings]:
    """One entry per hit, in order."""
    at_home = citing.citing(forms, own, hints)
    out: list[Surroundings] = []
    previous = 0
    for at, hit in enumerate(hits):
        limit = min(len(forms.text), hit.end + _REACH)
        if at + 1 < len(hits):
            limit = min(limit, hits[at + 1].start)
        out.append(_one(forms, hit, previous, limit, at_home))
        previous = out[-1].tail
    out = _in_turn(forms, hits, _shared_dates(forms, hits, _central_by_twin(hits, out)))
    return _cut_short(hits, _twin_signers(hits, _only_named(_twin_provinces(hits, out))))


def _in_turn(forms: TextForms, hits: Sequence[NumberHit], out: list[Surroundings]) -> list[Surroundings]:
    """The numbers with the provinces that the text names over or behind a whole list of them."""
    joined = [
        False,
        *(bool(_LIST_GAP.fullmatch(forms.folded, out[at].tail, hits[at + 1].head)) for at in range(len(hits) - 1)),
    ]
    for at, name in (*in_turn.heads(forms, hits), *in_turn.several(forms, hits, joined)):
        around = out[at]
        if around.named_province is None and (around.province or not around.province_known):
            named = places.at_date(name, around.date or hits[at].year)
            out[at] = around._replace(province=named, province_known=True, named_province=named)
    return out


def _cut_short(hits: Sequence[NumberHit], out: list[Surroundings]) -> list[Surroundings]:
    """A number without its organs ("102/2025/NQLT") is that of the whole one that the text gives elsewhere."""
    for at, hit in enumerate(hits):
        if out[at].body != "?" or not hit.code.type_code:
            continue
        same = (hit.ordinal, hit.year, hit.code.type_code)
        whole = {
            (around.body, around.province, around.province_known, around.unit)
            for twin, around in zip(hits, out, strict=True)
            if around.body != "?" and (twin.ordinal, twin.year, twin.code.type_code) == same
        }
        if len(whole) == 1:
            body, province, known, unit = whole.pop()
            out[at] = out[at]._replace(body=body, province=province, province_known=known, unit=unit)
    return out


def _central_by_twin(hits: Sequence[NumberHit], out: list[Surroundings]) -> list[Surroundings]:
    """An organ that no file lists and that the text names as one of the centre is it wherever its code stands."""
    central = {
        around.body
        for around in out
        if around.province_known and around.province is None and issuers.level(around.body) is None
    }
    return [
        around._replace(province_known=True) if around.body in central and not around.province_known else around
        for around in out
    ]


def _twin_signers(hits: Sequence[NumberHit], out: list[Surroundings]) -> list[Surroundings]:
    """A joint number ("77/KH-LT") whose organs are named once is theirs wherever the text repeats it."""
    signers = {hit.number: around.body for hit, around in zip(hits, out, strict=True) if "+" in around.body}
    if not signers:
        return out
    return [
        around._replace(body=signers.get(hit.number, around.body)) if around.body in issuers.JOINT_MARKS else around
        for hit, around in zip(hits, out, strict=True)
    ]


def _one(forms: TextForms, hit: NumberHit, previous: int, limit: int, at: Citing) -> Surroundings:
    date, named, tail = _date_and_organ(forms, hit, limit)
    begin = date.end if date else hit.end
    iso, end, unread = (date.iso, 0, None) if date else _date_elsewhere(forms, hit, previous, limit)
    tail = max(tail, end)
    if _province_of(named) is None and issuers.level(hit.code.body) not in _CENTRAL_LEVELS:
        named = _named_before(forms, hit, previous, named)
    body = _body(forms, hit, named, begin, previous, at_home=at.home is not None)
    central = named is None and issuers.level(body) is None and organ.central_owner(forms, begin, limit)
    province, known, unit = (None, True, None) if central else _place(forms, body, hit, named, at, iso or hit.year)
    body = _of_its_time(body, hit, iso or hit.year)
    if (province is not None or not known) and (told := _told(forms, hit, named, begin, min(limit, tail + _PHRASE))):
        province, known = places.at_date(told, iso or hit.year), True
    return Surroundings(iso, body, province, known, unit, tail, _province_of(named), unread)


def _told(forms: TextForms, hit: NumberHit, named: organ.Organ | None, begin: int, limit: int) -> str | None:
    """The province that a damaged phrase names behind a number where its organ's name gives none."""
    if _province_of(named) is not None or not forms.damaged(hit.start):
        return None
    return places.province_in_phrase(forms, begin, limit)


def _province_of(named: organ.Organ | None) -> str | None:
    return named.province if named else None


def _date_elsewhere(
    forms: TextForms, hit: NumberHit, previous: int, limit: int
) -> tuple[str | None, int, tuple[int, int] | None]:
    """The year behind a number (with "năm", or bare as in titles of web pages: "2519/QĐ-UBND 2015 về …") or the date
    before it, where the year ends (0: none), and the span of a date that cannot be read."""
    unread = dates.unreadable_after(forms.folded, hit.end, limit)
    if unread is not None:
        return None, 0, unread
    year = _YEAR_AFTER.match(forms.folded, hit.end, limit)
    if year is None and hit.year is None and not forms.damaged(hit.start):
        year = _BARE_YEAR_AFTER.match(forms.folded, hit.end, limit)
    before = _date_before(forms, hit, previous)
    if year and (before is None or not before.startswith(year[1])):
        return year[1], year.end(), None
    return before, year.end() if year else 0, None  # "Ngày 10/9/2024, … ban hành Công văn 163/TANDTC-PC năm 2024"


def _date_and_organ(
    forms: TextForms, hit: NumberHit, limit: int
) -> tuple[dates.DateHit | None, organ.Organ | None, int]:
    """The date and the organ that follow a number, in either order, and where they end."""
    end = dates.behind_marks(forms.folded, hit.end)
    date = dates.date_after(forms.folded, end, limit) or dates.bare_after(
        forms.text, forms.folded, end, limit, hit.year
    )
    apart = date and _NEW_SENTENCE.search(forms.source, hit.end, date.start) and not _in_brackets(forms.text, hit.start)
    if date and apart and not _DAY_LABEL.search(forms.folded, hit.end, date.start):
        date = None
    tail = date.end if date else end
    named = organ.organ_after(forms, tail) or (_right_behind(forms, hit, tail, limit) if date else None)
    if named is None or named.end > limit:
        return date, None, tail
    signed = named.end
    if len(hit.code.parts) > _ONE_ORGAN:  # "của Bộ Công an, Viện kiểm sát nhân dân tối cao": all who signed
        signed = min(limit, organ.organs_after(forms, tail)[-1].end)
    if date is None:
        date = dates.date_after(forms.folded, signed, limit)
        return date, named, date.end if date else signed
    return date, named, signed


def _right_behind(forms: TextForms, hit: NumberHit, tail: int, limit: int) -> organ.Organ | None:
    """The number's organ where it follows the date without "của", with its province: "… ngày 17/7/2018 HĐND tỉnh X"."""
    begin = tail + 1
    if forms.text[tail:begin] != " " or not forms.text[begin : begin + 1].isupper():
        return None
    found = organ.organ_at(forms, begin, min(limit, begin + organ.REACH))
    return found if found is not None and found.province and found.code == hit.code.body else None


_ONE_ORGAN = 2  # parts of a code that name a type and one organ


def _in_brackets(text: str, at: int) -> bool:
    """Whether an offset stands in brackets that opened not far before it."""
    low = max(0, at - _BRACKET_REACH)
    return text.rfind("(", low, at) > text.rfind(")", low, at)


def _named_before(forms: TextForms, hit: NumberHit, previous: int, named: organ.Organ | None) -> organ.Organ | None:
    """The number's organ where the sentence names it, with its province, before the number; else ``named``."""
    before = organ.organ_before(forms, hit.head, previous)
    own = before is not None and before.code == hit.code.body and (before.province or named is None)
    return before if own else named


def _body(
    forms: TextForms, hit: NumberHit, named: organ.Organ | None, begin: int, previous: int, *, at_home: bool
) -> str:
    """The organ's code: the number's own, or where that has none the one that the sentence names behind ``begin``."""
    body, parts = hit.code.body, hit.code.parts
    if len(parts) == 1 and parts[0] in types.TYPE_CODES:  # a type without an organ: only the sentence can name it
        body = (named.code if named else None) or _only_issuer(hit)
    elif hit.code.type_code and parts[-1] in issuers.JOINT_MARKS:
        signers = [one.code for one in organ.organs_after(forms, begin) if one.code]
        body = "+".join(signers) if len(signers) > 1 else body
    if issuers.level(body) == "ministry" and (at_home or _speaks_of_another(named)):
        body = _of_department(hit, body, lambda: named or organ.organ_before(forms, hit.head, previous))
    return body


def _speaks_of_another(named: organ.Organ | None) -> bool:
    """Whether the organ that the sentence names is a local one or a court, and no ministry."""
    return named is not None and bool(named.province or named.level == _COURT)


def _only_issuer(hit: NumberHit) -> str:
    """The one organ that issues documents of a number's type ("Sắc lệnh số 75-SL": the President), else "?"; where its
    code names an organ and no type, that organ."""
    if hit.code.type_code is None or hit.code.type is None:
        return hit.code.body
    kind = types.by_id(hit.code.type)
    return kind.orgs[0] if kind.default and len(kind.orgs) == 1 else "?"


def _of_its_time(body: str, hit: NumberHit, date: str | None) -> str:
    """The organ's code, as printed where it was taken for that of a ministry which did not exist at the ``date``:
    "28/QĐ-TM" of 1976 is not of the Ministry of Trade."""
    printed = hit.code.parts[-1]
    ministry = issuers.by_code(body)
    if date is None or body != f"B{printed}" or ministry is None or (ministry.valid_from or "") <= date:
        return body
    return printed


def _of_department(hit: NumberHit, body: str, spoken: Callable[[], organ.Organ | None]) -> str:
    """The organ of a code without B or S ("Công văn số 6573/TC-HCSN của Sở Tài chính") that was read as a ministry's.

    It is a department's where the sentence names one (``spoken``), and where a province cites a submission, since these
    go one level up and never from a ministry to a province."""
    organs = hit.code.parts[1 if hit.code.type_code else 0 :]
    if not organs or organs[0] == body:
        return body
    speaker = spoken()
    if speaker is not None and speaker.level == _COURT and speaker.code:
        return speaker.code  # "Chỉ thị số 01/2021/CT-CA của Chánh án Tòa án nhân dân tối cao"
    kind = types.by_word(hit.type_word) if hit.type_word else None
    submitted = speaker is None and kind is not None and kind.id == _SUBMISSION
    local = speaker is not None and speaker.level == "department"
    return issuers.of_department(organs[0]) if submitted or local else body


def _date_before(forms: TextForms, hit: NumberHit, previous: int) -> str | None:
    """The date in "Ngày 22/11/2025, Bộ Xây dựng ban hành Công điện 96/CĐ-BXD": not that of a gazette's running head
    ("CÔNG BÁO/Số 246/Ngày 23-04-2026"), and never of another year than the number bears."""
    window = forms.folded[max(previous, hit.head - 170) : hit.head]
    at = window.rfind(_DAY_CORE)
    found = _BEFORE.match(window, at) if at >= 0 and not _NO_ISSUE.search(window, 0, at) else None
    if found is None or not _ISSUING_VERB.search(found["between"]) or _NO_ISSUE_BETWEEN.search(found["between"]):
        return None
    begin = hit.head - len(found["between"])
    if "|" in forms.text[begin : hit.head] or "\n\n" in forms.text[begin : hit.head]:
        return None  # the day of a header, over what is cited below it
    hit_date = dates.date_at(window, found.start("date"), len(window))
    return hit_date.iso if hit_date and (hit.year is None or hit_date.iso.startswith(hit.year)) else None


def _place(
    forms: TextForms, body: str, hit: NumberHit, named: organ.Organ | None, at: Citing, date: str | None
) -> tuple[str | None, bool, str | None]:
    """(province, known, unit): by the code's level, then by what the sentence names, then the citing document's."""
    if _is_central(forms, body, hit, named, date or (at.own.date if at.own else None)):
        return None, True, None
    unit = named.unit if named else None
    if named and named.province:
        return places.at_date(places.told_or_home(named.province, unit, at.home), date), True, unit
    home = issuers.branch_province(body)
    if home is None and at.central and issuers.level(body) in _UNLISTED and not (named and named.local):
        return None, True, unit  # "56/TTr-VT", a submission to the head of an organ of the centre
    home = home or at.home
    return (places.at_date(home, date), True, unit) if home else (None, False, unit)


def _is_central(forms: TextForms, body: str, hit: NumberHit, named: organ.Organ | None, date: str | None) -> bool:
    """Whether the organ of a number belongs to no province, by its code and by what the sentence names."""
    if hit.type in _CIRCULARS and (len(hit.code.parts) == 1 or hit.code.parts[-1] in issuers.JOINT_MARKS):
        return True  # of ministries that it does not name: "1025/TT-LB", "37/TTLB"
    if organ.is_branch(body, named, date):
        return False
    organs = (hit.code.parts[-1], hit.code.parts[1 if hit.code.type_code and len(hit.code.parts) > 1 else 0])
    coded = body == hit.code.body and any(map(issuers.is_central, organs))
    return coded or organ.is_central(forms, body, named)


def _twin_provinces(hits: Sequence[NumberHit], out: list[Surroundings]) -> list[Surroundings]:
    """A number named with its province once is of that province wherever the text repeats it."""
    named: dict[tuple[str, str | None], Surroundings] = {}
    for hit, around in zip(hits, out, strict=True):
        if around.named_province:
            named.setdefault((hit.number, around.date), around)
            named.setdefault((hit.number, None), around)
    if not named:
        return out
    for at, (hit, around) in enumerate(zip(hits, out, strict=True)):
        twin = named.get((hit.number, around.date))
        if twin and around.named_province is None and (around.province or not around.province_known):
            out[at] = around._replace(province=twin.province, province_known=True, unit=around.unit or twin.unit)
    return out


def _only_named(out: list[Surroundings]) -> list[Surroundings]:
    """A local document of a province that is not known is of the only one that the text names with its organ ("… của
    Cục Thuế tỉnh X tại Công văn số 1752/CT-… và Công văn số 262/CT-…"), or with any."""
    named: dict[str, set[str]] = {}
    for around in out:
        if around.named_province:
            named.setdefault(around.body, set()).add(around.named_province)
    every = set().union(*named.values()) if named else set()
    for at, around in enumerate(out):
        told = named.get(around.body) or every
        if not around.province_known and len(told) == 1:
            out[at] = around._replace(province=next(iter(told)), province_known=True)
    return out


def _shared_dates(forms: TextForms, hits: Sequence[NumberHit], out: list[Surroundings]) -> list[Surroundings]:
    """What a list gives once belongs to each item: the date in "số 8/CĐ-UBND và số 9/CĐ-UBND ngày …", the organ."""
    backwards = range(len(hits) - 2, -1, -1)
    for at in backwards:
        if _has_the_next_date(forms, hits[at], hits[at + 1], out[at], out[at + 1]):
            out[at] = out[at]._replace(date=out[at + 1].date)
    for at in backwards:
        if _is_dated_as_a_pair(forms, hits[at], hits[at + 1], out[at], out[at + 1]):
            out[at] = out[at]._replace(date=out[at + 1].date)
    for at in backwards:  # so does an organ: "Nghị quyết số … và Nghị quyết số … của HĐND tỉnh X"
        named_after = out[at + 1].named_province
        if out[at].named_province or not named_after or hits[at].code.text != hits[at + 1].code.text:
            continue
        if _LIST_GAP.fullmatch(forms.folded, out[at].tail, hits[at + 1].head):
            date = out[at].date or hits[at].year
            out[at] = out[at]._replace(province=places.at_date(named_after, date), named_province=named_after)
    for at in range(1, len(hits)):
        if out[at].date is None and out[at - 1].date and _SAME_DAY.match(forms.folded, hits[at].end):
            out[at] = out[at]._replace(date=out[at - 1].date)
    return out


def _has_the_next_date(
    forms: TextForms, hit: NumberHit, following: NumberHit, here: Surroundings, after: Surroundings
) -> bool:
    """Whether two numbers of one code in a list share the date that stands behind the second."""
    if here.date is not None or after.date is None or hit.code.text != following.code.text:
        return False
    if following.head < following.start - 8:  # a type word of its own begins a new item
        return False
    if not _LIST_GAP.fullmatch(forms.folded, hit.end, following.start):
        return False
    return not hit.year or after.date[:4] == hit.year


def _is_dated_as_a_pair(
    forms: TextForms, hit: NumberHit, following: NumberHit, here: Surroundings, after: Surroundings
) -> bool:
    """Whether two numbers without a year share a date: "Tờ trình số 3/TTr-CP và Đề án số 4/ĐA-CP ngày 09/5/2025"."""
    if hit.year or following.year or here.body != after.body or here.tail != hit.end:
        return False
    return bool(here.date is None and after.date and _AND.fullmatch(forms.folded, hit.end, following.head))
