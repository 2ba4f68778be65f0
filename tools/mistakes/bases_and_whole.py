"""Mistakes in the bases block and in the draft as a whole."""

from __future__ import annotations

import re

from kb.answers.labels import type_name
from kb.authority import types
from kb.checking.draft import Cited
from kb.checking.sources import citation_of
from tools.mistakes.case import WORDS, Case, Planted, kind


def _rank(one: Cited) -> int | None:
    return types.by_id(one.citation.type).rank if one.citation.type else None


@kind("bases_order", "bases_before")
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


@kind("pinpoint_missing", "pinpoint_amended", "pinpoint_unread")
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
