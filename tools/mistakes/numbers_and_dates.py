"""Mistakes in the number and the date of a citation."""

from __future__ import annotations

import re

from kb.answers.labels import type_name
from kb.checking.draft import Cited
from kb.identity.numbering import number_parts
from tools.mistakes.case import WORDS, Case, Planted, kind, span_of


@kind("number_order")
def party_number_in_state_order(case: Case) -> Planted | None:
    party = [one for one in case.draft.others if re.fullmatch(r"\d+-[^/]+/[^/]+", one.citation.text)]
    if not party:
        return case.carried("Nghị quyết số 57/NQ-TW ngày 22/12/2024 của Bộ Chính trị")
    one = case.rng.choice(party)
    ordinal, kind_, organ = re.split(r"[-/]", one.citation.text, maxsplit=2)
    return case.replaced(*span_of(case, one), f"{ordinal}/{kind_}-{organ}")


@kind("number_order")
def state_number_in_party_order(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.fullmatch(r"\d+/(KH|QĐ|TB|CT|BC)-(UBND|TTg)", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    return case.replaced(*span_of(case, one), re.sub(r"/(\w+)-", r"-\1/", one.citation.text))


@kind("number_form")
def code_without_marks(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.search(r"/(QĐ-TTg|NĐ-CP|QĐ-UBND|QĐ-B)", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    spoilt = one.citation.text.replace("Đ", "D").replace("TTg", case.rng.choice(["TTG", "TTg"]))
    return case.replaced(*span_of(case, one), spoilt)


@kind("number_incomplete")
def code_cut_short(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.fullmatch(r"\d+/\d{4}/(NĐ|TT|QĐ)-\w+", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    return case.replaced(*span_of(case, one), one.citation.text.rpartition("-")[0])


@kind("type_code")
def wrong_type_word(case: Case) -> Planted | None:
    fit = []
    for one in case.draft.others:
        name = type_name(one.citation.type) if one.by_number and one.citation.type else None
        before = case.text[max(0, one.citation.start - 30) : one.citation.start]
        match = re.search(rf"{name}\s+(?:số\s+)?$", before) if name else None
        bad = next((bad for id_, bad in WORDS["bad_types"].items() if str(one.citation.type).startswith(id_)), None)
        parts = number_parts(one.citation.number or "")
        if match and bad and parts and parts.type_code and not parts.party:
            at = one.citation.start - len(before) + match.start()
            fit.append((at, at + len(str(name)), bad))
    return case.replaced(*case.rng.choice(fit)) if fit else None


@kind("number_term")
def wrong_assembly_term(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.fullmatch(r"\d+/20\d\d/QH1[345]", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    term = int(one.citation.text[-2:])
    return case.replaced(*span_of(case, one), one.citation.text[:-2] + str(case.rng.choice([term - 1, term - 2])))


@kind("number_beyond", "number_other", "number_likely", "number_near")
def number_that_cannot_be(case: Case) -> Planted | None:
    year = case.rng.choice(["2019", "2020", "2021", "2024"])
    number = case.rng.randint(720, 990)
    day, about = case.rng.randint(10, 19), case.rng.choice(WORDS["about"])
    return case.carried(f"Nghị định số {number}/{year}/NĐ-CP ngày {day}/9/{year} của Chính phủ {about}")


@kind(
    "number_other",
    "number_likely",
    "number_near",
    "number_beyond",
    "date_other",
    "date_doubtful",
    "date_unsettled",
    "title_other",
    "title_doubtful",
)
def wrong_digit_in_number(case: Case) -> Planted | None:
    one = case.any_known(lambda one: bool(one.citation.date and one.citation.title))
    digits = re.match(r"\d+", one.citation.text) if one is not None else None
    if one is None or digits is None:
        return None
    ordinal = digits[0]
    at = case.rng.randrange(len(ordinal))
    other = str((int(ordinal[at]) + case.rng.randint(1, 8)) % 10 or 1)
    spoilt = ordinal[:at] + other + ordinal[at + 1 :]
    if len(ordinal) > 1 and case.rng.random() < 0.4 and ordinal[0] != ordinal[1] and ordinal[1] != "0":
        spoilt = ordinal[1] + ordinal[0] + ordinal[2:]
    if int(spoilt) == int(ordinal):
        return None
    return case.replaced(one.citation.start, one.citation.start + len(ordinal), spoilt)


def _dated(case: Case) -> Cited | None:
    return case.any_known(lambda one: (tail := case.draft.tail(one).date) is not None and not tail.in_words)


@kind("date_impossible")
def impossible_day(case: Case) -> Planted | None:
    one = _dated(case)
    printed = case.draft.tail(one).date if one is not None else None
    if printed is None:
        return None
    day, month = case.rng.choice(WORDS["impossible"]).split("/")
    words = f"{day} tháng {month} năm {printed.year}" if case.rng.random() < 0.4 else f"{day}/{month}/{printed.year}"
    return case.replaced(printed.start, printed.end, words)


@kind("date_other", "date_doubtful", "date_unsettled", "date_two", "number_likely", "number_near")
def wrong_day(case: Case) -> Planted | None:
    one = _dated(case)
    printed = case.draft.tail(one).date if one is not None else None
    if printed is None or printed.iso is None:
        return None
    day = case.rng.choice([d for d in range(1, 29) if d != int(printed.day)])
    return case.replaced(printed.start, printed.end, f"{day:02d}/{printed.month}/{printed.year}")


@kind(
    "date_year",
    "date_other",
    "date_doubtful",
    "date_unsettled",
    "date_two",
    "number_likely",
    "number_near",
    "number_other",
)
def wrong_year(case: Case) -> Planted | None:
    one = _dated(case)
    printed = case.draft.tail(one).date if one is not None else None
    if printed is None or printed.iso is None:
        return None
    year = int(printed.year) - 1 if len(printed.year) == 4 else int(printed.year)
    return case.replaced(printed.start, printed.end, f"{printed.day}/{printed.month}/{year}")


@kind("date_short_year")
def year_of_two_digits(case: Case) -> Planted | None:
    one = _dated(case)
    printed = case.draft.tail(one).date if one is not None else None
    if printed is None:
        return None
    return case.replaced(printed.start, printed.end, f"{int(printed.day)}/{int(printed.month)}/{printed.year[-2:]}")


@kind("date_without_word")
def word_ngay_missing(case: Case) -> Planted | None:
    one = _dated(case)
    printed = case.draft.tail(one).date if one is not None else None
    if one is None or printed is None or not printed.has_word:
        return None
    return case.replaced(one.citation.end, printed.start, " ")


@kind("date_two", "date_other", "date_doubtful", "date_unsettled")
def two_dates_for_one_number(case: Case) -> Planted | None:
    about = case.rng.choice(WORDS["about"])
    number, month = case.rng.randint(1100, 1900), case.rng.randint(3, 9)
    one = f"Quyết định số {number}/QĐ-TTg ngày 1{case.rng.randint(0, 4)}/{month}/2021 của Thủ tướng Chính phủ {about}"
    other = f"Quyết định số {number}/QĐ-TTg ngày 1{case.rng.randint(5, 9)}/{month}/2021 của Thủ tướng Chính phủ"
    return case.put_in(f"Thực hiện {one}.\nCác nhiệm vụ tại {other} được tiếp tục triển khai.")


@kind("date_after_draft")
def younger_than_the_draft(case: Case) -> Planted | None:
    if case.draft.day is None or len(case.draft.day) < 10:
        return None
    year = int(case.draft.day[:4]) + 1
    return case.carried(f"Quyết định số {case.rng.randint(100, 900)}/QĐ-TTg ngày 14/5/{year} của Thủ tướng Chính phủ")


@kind("date_missing", "date_missing_often")
def date_left_out(case: Case) -> Planted | None:
    if case.draft.draft_class not in ("administrative", "letter"):
        return None
    number = case.rng.randint(100, 900)
    return case.carried(f"Quyết định số {number}/QĐ-TTg của Thủ tướng Chính phủ {case.rng.choice(WORDS['about'])}")
