"""Mistakes in issuer, title and effect: another organ, another document's title, what was ended or amended."""

from __future__ import annotations

import re

from kb.checking.sources import Act, citation_of
from kb.identity.numbering import number_parts
from tools.mistakes.case import WORDS, Case, Planted, kind


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
    fit = [cite for cite in WORDS["party_issuers"] if _issuers_said(case, cite.split()[3])]
    return case.carried(case.rng.choice(fit)) if fit else None


def _issuers_said(case: Case, number: str) -> bool:
    """Whether texts of the base say who issued a document of the Party."""
    known = case.told_of(number)
    return known is not None and bool(case.draft.sources.issuers_said(known.id))


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


@kind("title_other", "title_doubtful", "number_other", "number_likely", "number_near")
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
    known = case.told_of(cite.split()[3])
    day = case.draft.day
    if known is None or not any(act.relation == "amends" and act.day and act.day < day for act in known.acts):
        return None
    return None if amending in case.text or cite.split()[3] in case.text else case.carried(cite)


@kind("effect_ended_in_part")
def basis_ended_in_part(case: Case) -> Planted | None:
    if case.draft.day is None or case.draft.day < "2025-11-20" or "92/2017" in case.text:
        return None
    return case.put_in_bases(WORDS["ended_in_part"])


@kind("number_other", "number_likely", "number_near", "date_other", "date_doubtful", "date_unsettled")
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
