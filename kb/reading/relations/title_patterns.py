"""Patterns of titles in folded text: what opens one, what ends it. Words: ``data/words/titles.json``."""

from __future__ import annotations

import re

from kb.authority.wording import word_lists

_WORDS = word_lists("titles")
_NUMBER = rf"\s{{1,3}}(?:{_WORDS['number_label']}\s{{0,3}}:?\s{{0,3}})?\d"

OPENER = re.compile(rf"[\s*_]{{0,6}}(?P<word>{_WORDS['openers']})(?![a-z])")
LATER_OPENER = re.compile(rf"(?<![a-z]){_WORDS['openers']}(?![a-z])")
UNDERGONE = re.compile(rf"(?<![a-z]){_WORDS['passive']}\s{{1,2}}\Z")
NOT_OPENER = re.compile(rf"{_WORDS['not_openers']}(?![a-z])")
ISSUER_REST = re.compile(
    rf"(?:[\s,]{{1,4}}{_WORDS['issuer_rest']}(?:\s{{1,3}}(?:{_WORDS['session']}\s)?[ivxl\d]+)?(?![a-z]))+"
)
_MINISTRY = rf"(?={_WORDS['ministry']}\s)"
# "của Bộ A - Bộ B về việc …"
ISSUER = re.compile(rf"[\s*_,]{{0,4}}(?:{_WORDS['of']}\s|-\s{{0,2}}{_MINISTRY}|{_WORDS['and']}\s{_MINISTRY})")
FORMER = re.compile(rf"\((?:{_WORDS['former']}|{_WORDS['now']}\s[^()]{{1,60}})\)")
BARRIER = re.compile(rf"[;:.(|\"]|,\s{{1,3}}(?=[a-z ]{{0,12}}{_WORDS['number_label']}\s{{0,2}}\d)")

# One character class first, so that the scan skips from one candidate to the next.
STOP = re.compile(
    r"[:.\"(), ](?:(?<=:)(?P<colon>)|(?<=\.)(?P<dot>)|(?<=\")(?P<quote>)|(?<=\()(?P<open>)|(?<=\))(?P<close>)"
    rf"|(?<= )(?P<cut>{_WORDS['cuts']}(?![a-z]))"
    rf"|(?:(?<=,)\s{{0,3}}|(?<= ){_WORDS['and']}\s{{1,4}})(?P<list>(?=(?P<listed>{_WORDS['types']}){_NUMBER}))"
    rf"|(?<=,)(?P<clause>)(?=\s{{1,3}}(?:{_WORDS['main_clause_subjects']}(?![a-z]))))"
)
MAIN_CLAUSE = re.compile(rf",\s{{1,3}}[^,;.]{{2,70}}?(?<![a-z]){_WORDS['main_clause_verbs']}(?![a-z])")
CITED = re.compile(r"\d\s?/\s?[a-z0-9]|\d-[a-z]{2,5}/")
CITED_FIRST = re.compile(_WORDS["types"] + _NUMBER)
TYPES = re.compile(rf"(?<![a-z]){_WORDS['types']}(?![a-z])")
ACT = re.compile(rf"(?:{_WORDS['about']}\s{{1,4}})?{_WORDS['acts']}(?![a-z])")
NOT_IN_TITLE = re.compile(rf"\s{{0,4}}(?:{_WORDS['not_in_title']}|{_WORDS['amendment_in_brackets']})")
STAGE = re.compile(rf"{_WORDS['stages']}\s{{1,3}}[ivx\d]{{1,4}}$")  # "giai đoạn I: Từ năm 2021 đến năm 2025"
NOT_CUT = re.compile(rf"{_WORDS['not_cuts']}(?![a-z])")
UNDERGOING = re.compile(rf"(?<![a-z]){_WORDS['undergoing']}\s{{0,3}}$")
# "về kiểm soát thủ tục hành chính được sửa đổi bởi Nghị định số …": the document was amended, not the procedures.
BY_ANOTHER = re.compile(
    rf"[a-z,\s]{{0,60}}?\s{_WORDS['by']}\s{{1,3}}(?:{_WORDS['rule']}\s{{1,3}}){{0,3}}"
    rf"(?:{_WORDS['types']}|{_WORDS['pinpoints']})(?![a-z])"
)
NOT_CONTINUED = re.compile(rf"(?:{_WORDS['not_continued']}(?![a-z])|[a-z]\)|\d)")
NEXT_LINE = re.compile(rf"{_WORDS['next_lines']}(?![a-z])")
HANGING = re.compile(rf"(?:^|\s){_WORDS['hanging']}\s{{0,2}}$")  # the verb of what quotes the document
LOOSE = re.compile(rf"[\s,]{{1,4}}{_WORDS['loose']}$")  # "… về việc làm có | căn cứ ban hành như sau"
ABBREVIATIONS = frozenset(_WORDS.folded("abbreviations"))
