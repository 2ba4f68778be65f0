"""The wording that more than one table of rules looks for in a clause (folded text, bounded windows)."""

from __future__ import annotations

import re

from kb.reading.relations.wording import exact, spaced, words

# What may stand between a governing word and the citation without breaking the tie: pinpoints, "các", "một số điều".
# Possessive: words that match in two ways must not be tried over and over on hostile text.
DIRECT = spaced(
    rf"(?:(?:{words('pinpoint')}|{words('filler')})\b|[0-9][0-9a-z]{{0,5}}\b|[a-z]\b|[ivx]{{2,5}}\b|[,;:.() -])*+"
)
# "các điều 5, 6 Quy chế …": parts of a regulation, and its kind, before the document that promulgated it.
REGULATION = spaced(
    rf" *(?:{exact('carry_out')} )?"
    rf"(?:(?:(?:{words('pinpoint')}|{words('filler')}|[0-9]{{1,3}}[a-z]?|[a-z])\b|,) *){{0,30}}"
    rf"{words('regulation')}(?: [a-z]+){{0,12}} *"
)
NO_OBJECT = re.compile(r" *[,.:;)]")
# "so" and "bo" are Sở and Bộ, but also "số 5" and "bổ sung".
NEW_SUBJECT = spaced(
    rf"[,.] *(?:{exact('request')} )?"
    rf"(?:{words('subject')}|{exact('short_organ')}(?! *{exact('not_organ')})(?= [a-z]{{2}}))"
)
# "hướng dẫn (thực hiện) một số nội dung tại X" guides X.
GUIDED_PART = spaced(rf"(?: {exact('carry_out')})? (?:{exact('some')} )?{exact('guided')}[a-z0-9, ]{{0,30}}")
_CONTINUE = re.compile(rf"\b{words('continuing')} +(?:[a-z]+[, ]+){{0,4}}$")
_RESULT = re.compile(rf"\b{words('result')}[a-z0-9, ]{{0,40}}$")
_FUTURE = re.compile(rf"\b{words('future')}\b[a-z ]{{0,30}}$")
_ASPECT_REACH = 60  # code points before a verb that tell its aspect: "báo cáo kết quả 6 tháng triển khai X"


def aspect(clause: str, start: int) -> str | None:
    """Whether what is done from ``start`` on goes on, has been done or will be: continue, result, future; else None."""
    before = clause[max(0, start - _ASPECT_REACH) : start]
    if _CONTINUE.search(before):
        return "continue"
    if _RESULT.search(before):
        return "result"
    if _FUTURE.search(before):
        return "future"
    return None
