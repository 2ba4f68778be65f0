"""Plant mistakes of every kind in real drafts, and tell how many the check finds, with what it should say and where.

    python tools/seed_mistakes.py --kb BASE --each 8 --seed 1 DRAFT…

Each planting spoils one citation of a draft, or puts a spoilt one in, and leaves the rest as it is. It counts as found
where a finding of one of the codes that may tell it stands on a line of the planting.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.structure.guess import structured
from kb.answers.labels import type_name
from kb.authority import types
from kb.checking.catalogue import RULES
from kb.checking.check import check
from kb.checking.draft import Cited, Draft
from kb.checking.report import Report
from kb.checking.sources import Act, Sources, citation_of
from kb.identity.numbering import number_parts
from kb.model import Hints
from kb.reading import read
from kb.service import KnowledgeBase

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
MOST_CHARACTERS = 45_000


@dataclass(frozen=True)
class Planted:
    """A draft with one mistake in ``text[start:end]``."""

    text: str
    start: int
    end: int
    shown: str


@dataclass
class Case:
    """A draft to be spoilt."""

    name: str
    text: str
    draft: Draft
    rng: random.Random
    ended: list[str] = field(default_factory=list)
    """Ids of documents of the centre that others ended, as the base knows."""
    known: list[Cited] = field(default_factory=list)
    """Citations of documents that the sources know with date and title, each document once."""

    def __post_init__(self) -> None:
        self.known = [
            one for one in self.draft.others
            if one.by_number and one.first and not one.nested and one.known is not None and one.known.date is not None
            and one.known.title is not None and one.known.law is None
        ]  # fmt: skip

    def replaced(self, start: int, end: int, words: str) -> Planted:
        """The draft with other words in place of a stretch."""
        text = self.text[:start] + words + self.text[end:]
        return Planted(text, start, start + len(words), text[max(0, start - 60) : start + len(words) + 60])

    def put_in(self, sentence: str) -> Planted:
        """The draft with a paragraph put in between two of its own, in its second half."""
        gaps = [match.end() for match in re.finditer(r"\.\s*\n\s*\n", self.text)]
        gaps = [at for at in gaps if at > len(self.text) // 4]
        if not gaps:
            at = len(self.text) + 2
            return Planted(f"{self.text}\n\n{sentence}\n", at, at + len(sentence), sentence)
        at = self.rng.choice(gaps)
        text = f"{self.text[:at]}{sentence}\n\n{self.text[at:]}"
        return Planted(text, at, at + len(sentence), sentence)

    def put_in_bases(self, cite: str, *, first: bool = False) -> Planted | None:
        """The draft with one more basis."""
        if not self.draft.bases_spans:
            return None
        spans = self.draft.bases_spans
        at = spans[0][0] if first else spans[min(1, len(spans) - 1)][0]
        line = WORDS["basis"].format(cite=cite)
        return Planted(f"{self.text[:at]}{line}\n{self.text[at:]}", at, at + len(line), line)

    def carried(self, cite: str) -> Planted:
        """The draft with a sentence that names a document."""
        return self.put_in(self.rng.choice(WORDS["carry"]).format(cite=cite))

    def any_known(self, wanted: Callable[[Cited], bool] = lambda one: True) -> Cited | None:
        fit = [one for one in self.known if wanted(one)]
        return self.rng.choice(fit) if fit else None


Kind = Callable[[Case], "Planted | None"]
FIRST: dict[str, str] = {}
KINDS: dict[str, tuple[Kind, frozenset[str]]] = {}
"""Every kind of mistake: what plants it, and the codes that may tell it."""


def kind(*codes: str) -> Callable[[Kind], Kind]:
    unknown = set(codes) - set(RULES)
    assert not unknown, unknown

    def register(plant: Kind) -> Kind:
        KINDS[plant.__name__] = (plant, frozenset(codes))
        FIRST[plant.__name__] = codes[0]
        return plant

    return register


def _span(case: Case, one: Cited) -> tuple[int, int]:
    return one.citation.start, one.citation.end


@kind("number_order")
def party_number_in_state_order(case: Case) -> Planted | None:
    party = [one for one in case.draft.others if re.fullmatch(r"\d+-[^/]+/[^/]+", one.citation.text)]
    if not party:
        return case.carried("Nghị quyết số 57/NQ-TW ngày 22/12/2024 của Bộ Chính trị")
    one = case.rng.choice(party)
    ordinal, kind_, organ = re.split(r"[-/]", one.citation.text, maxsplit=2)
    return case.replaced(*_span(case, one), f"{ordinal}/{kind_}-{organ}")


@kind("number_order")
def state_number_in_party_order(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.fullmatch(r"\d+/(KH|QĐ|TB|CT|BC)-(UBND|TTg)", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    return case.replaced(*_span(case, one), re.sub(r"/(\w+)-", r"-\1/", one.citation.text))


@kind("number_form")
def code_without_marks(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.search(r"/(QĐ-TTg|NĐ-CP|QĐ-UBND|QĐ-B)", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    spoilt = one.citation.text.replace("Đ", "D").replace("TTg", case.rng.choice(["TTG", "TTg"]))
    return case.replaced(*_span(case, one), spoilt)


@kind("number_incomplete")
def code_cut_short(case: Case) -> Planted | None:
    fit = [one for one in case.draft.others if re.fullmatch(r"\d+/\d{4}/(NĐ|TT|QĐ)-\w+", one.citation.text)]
    if not fit:
        return None
    one = case.rng.choice(fit)
    return case.replaced(*_span(case, one), one.citation.text.rpartition("-")[0])


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
    return case.replaced(*_span(case, one), one.citation.text[:-2] + str(case.rng.choice([term - 1, term - 2])))


@kind("number_beyond", "number_other", "number_likely")
def number_that_cannot_be(case: Case) -> Planted | None:
    year = case.rng.choice(["2019", "2020", "2021", "2024"])
    number = case.rng.randint(720, 990)
    day, about = case.rng.randint(10, 19), case.rng.choice(WORDS["about"])
    return case.carried(f"Nghị định số {number}/{year}/NĐ-CP ngày {day}/9/{year} của Chính phủ {about}")


@kind("number_other", "number_likely", "number_beyond", "date_other", "date_doubtful", "title_other", "title_doubtful")
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


@kind("date_other", "date_doubtful", "date_two", "number_likely")
def wrong_day(case: Case) -> Planted | None:
    one = _dated(case)
    printed = case.draft.tail(one).date if one is not None else None
    if printed is None or printed.iso is None:
        return None
    day = case.rng.choice([d for d in range(1, 29) if d != int(printed.day)])
    return case.replaced(printed.start, printed.end, f"{day:02d}/{printed.month}/{printed.year}")


@kind("date_year", "date_other", "date_doubtful", "date_two", "number_likely", "number_other")
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


@kind("date_two", "date_other", "date_doubtful")
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


@kind("date_missing")
def date_left_out(case: Case) -> Planted | None:
    if case.draft.draft_class not in ("administrative", "letter"):
        return None
    number = case.rng.randint(100, 900)
    return case.carried(f"Quyết định số {number}/QĐ-TTg của Thủ tướng Chính phủ {case.rng.choice(WORDS['about'])}")


@kind("date_issuer")
def issuer_that_was_not_there(case: Case) -> Planted | None:
    cite = case.rng.choice(WORDS["young_issuers"])
    year = re.findall(r"/(20\d\d)", cite)[-1]
    if case.draft.day is None or case.draft.day[:4] < year:
        return None
    return case.carried(cite)


@kind("issuer_code")
def issuer_against_the_code(case: Case) -> Planted | None:
    fit = []
    for one in case.draft.others:
        issuer = case.draft.tail(one).issuer if one.by_number else None
        parts = number_parts(one.citation.number or "")
        told = parts is not None and len(parts.organs) == 1 and parts.type_code is not None
        bad = WORDS["bad_issuers"].get(parts.organs[0]) if told and parts is not None else None
        if issuer and bad and not one.nested:
            fit.append((issuer[0], issuer[1], bad))
    return case.replaced(*case.rng.choice(fit)) if fit else None


@kind("issuer_other")
def another_body_of_the_party(case: Case) -> Planted | None:
    for one in case.known:
        issuer, parts = case.draft.tail(one).issuer, number_parts(one.citation.number or "")
        if issuer and parts and parts.party and parts.organs[0] == "TW":
            stands = case.text[issuer[0] : issuer[1]]
            bad = "Ban Bí thư" if "Chính trị" in stands else "Bộ Chính trị"
            return case.replaced(issuer[0], issuer[1], bad)
    return case.carried(case.rng.choice(WORDS["party_issuers"]))


@kind("issuer_missing")
def issuer_left_out(case: Case) -> Planted | None:
    if case.draft.draft_class != "administrative":
        return None
    number = case.rng.randint(100, 900)
    return case.put_in_bases(f"Quyết định số {number}/QĐ-TTg ngày 14/5/2021 {case.rng.choice(WORDS['about'])}")


@kind("title_missing")
def abstract_left_out(case: Case) -> Planted | None:
    if case.draft.draft_class != "administrative":
        return None
    number = case.rng.randint(100, 900)
    return case.put_in_bases(f"Quyết định số {number}/QĐ-TTg ngày 14/5/2021 của Thủ tướng Chính phủ")


@kind("title_other", "title_doubtful", "number_other", "number_likely")
def title_of_another(case: Case) -> Planted | None:
    one = case.any_known(lambda one: len((one.known.title.value if one.known and one.known.title else "").split()) > 5)
    if one is None or one.known is None:
        return None
    return case.carried(f"{citation_of(one.known, title=False)} {case.rng.choice(WORDS['about'])}")


@kind("law_name")
def law_with_anothers_number(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2024-06":
        return None
    return case.carried(case.rng.choice(WORDS["mixed_laws"]))


@kind("effect_ended", "effect_history", "effect_unsure")
def replaced_law(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2025-07-02":
        return None
    cite = case.rng.choice(WORDS["old_laws"])
    return case.put_in_bases(cite) if case.rng.random() < 0.5 else case.carried(cite)


def _ended(act: Act, day: str) -> bool:
    return act.day is not None and act.day < day and act.relation != "amends" and not act.partial


@kind("effect_ended", "effect_history")
def ended_document(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2025-11-20":
        return None
    found = [known for one in case.ended if (known := case.draft.sources.known(one)) is not None and known.date]
    ended = [known for known in found if any(_ended(act, case.draft.day) for act in known.acts)]
    cite = citation_of(case.rng.choice(ended)) if ended else ""
    if not ended or cite.split(" số ")[-1].split()[0] in case.text:
        return None
    return case.put_in_bases(cite) if case.rng.random() < 0.5 else case.carried(cite)


@kind("effect_amended")
def amendment_left_out(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2022" or case.draft.draft_class == "unknown":
        return None
    cite, amending = case.rng.choice(WORDS["amended"])
    return None if amending in case.text or cite.split()[3] in case.text else case.carried(cite)


@kind("effect_ended_in_part")
def basis_ended_in_part(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2025-11-20" or "92/2017" in case.text:
        return None
    return case.put_in_bases(WORDS["ended_in_part"])


@kind("number_other", "number_likely", "date_other", "date_doubtful")
def code_of_another_ministry(case: Case) -> Planted | None:
    one = case.any_known(
        lambda one: bool(re.fullmatch(r"\d+/\d{4}/TT-B\w+", one.citation.text)) and not one.in_bases
        and len((one.known.title.value if one.known and one.known.title else "").split()) > 7
    )  # fmt: skip
    if one is None or one.known is None or one.known.title is None or one.known.date is None:
        return None
    other = "BNV" if "BNV" not in one.citation.text else "BYT"
    issuer = "Bộ Nội vụ" if other == "BNV" else "Bộ Y tế"
    ordinal, year, _ = one.citation.text.split("/")
    day = "/".join(reversed(one.known.date.value.split("-")))
    title = one.known.title.value
    return case.carried(
        f"Thông tư số {ordinal}/{year}/TT-{other} ngày {day} của {issuer} {title[0].lower()}{title[1:]}"
    )


@kind("effect_period")
def period_that_is_over(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2021":
        return None
    return case.carried(case.rng.choice(WORDS["over"]))


def _rank(one: Cited) -> int | None:
    return types.by_id(one.citation.type).rank if one.citation.type else None


@kind("bases_order")
def bases_out_of_order(case: Case) -> Planted | None:
    if len(case.draft.bases) < 2 or case.draft.draft_class not in ("normative", "administrative"):
        return None
    first = [one for one in case.draft.bases[0].cited if not one.nested]
    if not first or (_rank(first[0]) or 9) > 3:
        return None
    line = WORDS["basis"].format(cite="Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư")
    at = case.draft.bases[0].start
    end = case.draft.bases[0].end + len(line) + 1
    return Planted(f"{case.text[:at]}{line}\n{case.text[at:]}", at, end, line)


@kind("bases_lower")
def basis_of_lower_rank(case: Case) -> Planted | None:
    own = types.by_id(case.draft.own.type).rank if case.draft.own and case.draft.own.type else None
    if case.draft.draft_class != "normative" or own is None or own > 9:
        return None
    return case.put_in_bases(WORDS["lower"][0 if own > 7 else case.rng.randrange(2)])


@kind("bases_repeated")
def basis_that_stands_twice(case: Case) -> Planted | None:
    fit = [basis for basis in case.draft.bases if len([one for one in basis.cited if not one.nested]) == 1]
    if not fit:
        return None
    again = case.rng.choice(fit)
    words = case.text[again.start : again.end].rstrip(";.,") + ";"
    last = case.draft.bases[-1]
    at = max(last.start, again.end)
    at = last.start if last.start > again.start else last.end
    text = f"{case.text[:at].rstrip()}\n{words}\n{case.text[at:].lstrip()}"
    start = text.index(words, len(case.text[:at].rstrip()))
    return Planted(text, start, start + len(words), words)


@kind("bases_self")
def itself_as_basis(case: Case) -> Planted | None:
    own = case.draft.own
    if own is None or own.number is None or own.type is None:
        return None
    return case.put_in_bases(f"{type_name(own.type)} số {own.number}")


_ORGANISATION = re.compile(r"Tổ\s+chức\s+(?:chính\s+quyền\s+địa\s+phương|Chính\s+phủ)", re.IGNORECASE)


@kind("bases_usual")
def usual_basis_left_out(case: Case) -> Planted | None:
    for basis in case.draft.bases:
        words = case.text[basis.start : basis.end]
        if _ORGANISATION.search(words) and len(case.draft.bases) > 1:
            text = case.text[: basis.start] + case.text[basis.end :].lstrip()
            if _ORGANISATION.search(text[: len(text) // 2]):
                return None
            end = max(b.end for b in case.draft.bases) - (basis.end - basis.start)
            return Planted(text, case.draft.bases[0].start, end, words)
    return None


@kind("bases_punctuation")
def full_stop_between_bases(case: Case) -> Planted | None:
    fit = [
        one for one, after in zip(case.draft.bases, case.draft.bases[1:], strict=False)
        if case.text[one.end - 1] == ";" and not case.text[one.end : after.start].strip()
    ]  # fmt: skip
    if not fit:
        return None
    one = case.rng.choice(fit)
    return case.replaced(one.end - 1, one.end, case.rng.choice([".", ","]))


@kind("pinpoint_missing", "pinpoint_amended")
def part_that_is_not_there(case: Case) -> Planted | None:
    held = [one for one in case.known if one.known and case.draft.sources.parts(one.known.id) is not None]
    if not held:
        return None
    one = case.rng.choice(held)
    assert one.known is not None
    part = case.rng.choice(["Điều 197", "khoản 4 Điều 188", "điểm c khoản 2 Điều 176"])
    return case.put_in(f"Thực hiện đúng quy định tại {part} {citation_of(one.known, title=False)}.")


def _from_2026(case: Case, sentences: list[str], day: str) -> Planted | None:
    if case.draft.day is None or case.draft.day < day or case.draft.consolidated:
        return None
    return case.put_in(case.rng.choice(sentences))


@kind("draft_organ")
def abolished_organ(case: Case) -> Planted | None:
    return _from_2026(case, WORDS["organs"], "2025-04-02")


@kind("draft_district")
def district_level(case: Case) -> Planted | None:
    return _from_2026(case, WORDS["districts"], "2025-07-02")


@kind("draft_province")
def merged_province(case: Case) -> Planted | None:
    return _from_2026(case, WORDS["provinces"], "2025-07-02")


@kind("draft_annex_number")
def wrong_number_in_annex_head(case: Case) -> Planted | None:
    own = case.draft.own
    if own is None or own.number is None or own.type is None:
        return None
    ordinal = re.match(r"\d+", own.number)
    if ordinal is None:
        return None
    wrong = str(int(ordinal[0]) + case.rng.choice([1, 9, 90])) + own.number[ordinal.end() :]
    line = f"\n\nPHỤ LỤC\n(Kèm theo {type_name(own.type)} số {wrong})\n"
    return Planted(case.text + line, len(case.text), len(case.text) + len(line), line)


@kind("draft_annex")
def annex_that_is_not_there(case: Case) -> Planted | None:
    own = case.draft.own
    if own is None or own.type is None or re.search(r"phụ\s+lục", case.text, re.IGNORECASE):
        return None
    name = type_name(own.type)
    made = case.put_in(f"Chỉ tiêu cụ thể theo Phụ lục III ban hành kèm theo {name} này.")
    annexes = "\n\nPHỤ LỤC I\nChỉ tiêu\n\nPHỤ LỤC II\nNhiệm vụ\n"
    return Planted(made.text + annexes, made.start, made.end, made.shown)


def checked(base: KnowledgeBase, text: str) -> Report:
    """The report on a text, as the pages and the command line make it."""
    blocks = structured(text, wrapped=True, markdown=True)
    return check(base, read(text, Hints(blocks=blocks)), text, blocks)


def found_in(report: Report, planted: Planted, codes: frozenset[str]) -> str | None:
    """The code of the finding that tells a planted mistake, None where none does."""
    first = planted.text.count("\n", 0, planted.start)  # a date may stand on the line below its number
    last = planted.text.count("\n", 0, planted.end) + 2  # a citation may run on to the next line
    for finding in report.findings:
        if finding.code in codes and any(first <= place.line <= last for place in finding.places):
            return finding.code
    return None


def cases(base: KnowledgeBase, paths: list[Path], seed: int) -> Iterator[Case]:
    stale = base.stale(hops=1, limit=400)
    ended = sorted({one.touched for one in stale if one.relation in ("repeals", "replaces") and "tw/" in one.touched})
    for n, path in enumerate(paths):
        text = path.read_text(encoding="utf-8")
        if len(text) <= MOST_CHARACTERS:
            reading = read(text, Hints(blocks=structured(text, wrapped=True, markdown=True)))
            draft = Draft(Sources(base, reading.own), reading, text)
            if draft.consolidated:
                continue
            yield Case(path.name, text, draft, random.Random(f"{seed} {n}"), ended)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", required=True)
    parser.add_argument("--each", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    parser.add_argument("drafts", nargs="+", type=Path)
    args = parser.parse_args()
    base = KnowledgeBase.open(args.kb)
    drafts = list(cases(base, args.drafts, args.seed))
    rng = random.Random(args.seed)
    rows: dict[str, list[tuple[str, Planted, str | None]]] = defaultdict(list)
    for name, (plant, codes) in KINDS.items():
        if args.only and name not in args.only:
            continue
        for case in rng.sample(drafts, len(drafts)):
            if len(rows[name]) == args.each:
                break
            planted = plant(case)
            if planted is not None:
                rows[name].append((case.name, planted, found_in(checked(base, planted.text), planted, codes)))
    _print(rows, args.missed)
    return 0


def _print(rows: dict[str, list[tuple[str, Planted, str | None]]], missed: bool) -> None:
    families: dict[str, list[bool]] = defaultdict(list)
    used = {name for planted in rows.values() for name, _, _ in planted}
    for name, planted in rows.items():
        hits = [code for _, _, code in planted if code]
        families[family_of(name)] += [code is not None for _, _, code in planted]
        print(f"{name:34} {len(hits):3} of {len(planted):3}  {json.dumps(Counter(hits), ensure_ascii=False)}")
        for draft, one, code in planted if missed else ():
            if code is None:
                print(f"    missed in {draft}: {' '.join(one.shown.split())[:200]}")
    print()
    for family, told in sorted(families.items()):
        print(f"{family:10} {sum(told):4} of {len(told):4} = {sum(told) / len(told):.3f}")
    everything = [one for told in families.values() for one in told]
    share = sum(everything) / len(everything)
    print(f"{'all':10} {sum(everything):4} of {len(everything):4} = {share:.3f}, in {len(used)} drafts")


def family_of(name: str) -> str:
    """The family that a kind belongs to: that of the first of its codes as they are named."""
    return RULES[FIRST[name]].family


if __name__ == "__main__":
    sys.exit(main())
