"""In which words the text beside a citation names its issuer: "Bộ Chính trị", "Bộ trưởng Bộ Y tế", "Chủ tịch UBND".

They are evidence, never part of the key: one code may be that of several organs, and an organ's head signs for it.
"""

from __future__ import annotations

import re

from kb.authority import issuer_words
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.model import Span

_WORDS = word_lists("issuers")
_BEHIND, _BEFORE = 160, 140  # code points behind and before a citation in which its issuer is named
_DATED = rf"(?:[\s,;()*_|/.\d-]|{_WORDS['date_words']}\b){{0,40}}?"
_OF = re.compile(rf"{_DATED}(?<![a-z]){_WORDS['of']}\s")
_OF_BEFORE = re.compile(rf"(?<![a-z]){_WORDS['of_before']}\s")
_TO_NUMBER = re.compile(r"[\sa-z]{0,40}\Z")
_ISSUES = re.compile(rf"\s(?:{_WORDS['already']}\s)?{_WORDS['issuing_verbs']}\s[\sa-z]{{0,40}}\Z")
_OF_NEXT = re.compile(rf"\s{{1,3}}{_WORDS['at']}\s[\sa-z]{{0,40}}\Z")
_MEETING = re.compile(rf"{_WORDS['meetings']}\s")
_NAME_REACH = 60  # code points of the longest name of an organ
_CLAUSE = re.compile(r"[.;:,\n|]")
_WORD = re.compile(r"(?<![a-z])[a-z]")


def issuer_named(text: str, place: Span, until: int, body: str) -> str | None:
    """The words in which the issuer with the code ``body`` is named beside the citation at ``place``, as they are
    shown; None where they name none. ``until``: where the next citation begins."""
    behind = fold(text[place[1] : min(until, place[1] + _BEHIND)])
    of = _OF.match(f" {behind}")
    found = _organ(behind, of.end() - 1) if of else None
    if found is not None and until < place[1] + _BEHIND and _OF_NEXT.match(behind, found[0]):
        found = None  # "Thông báo số 99-TB/TW, của Ban Bí thư tại Kết luận số 213-KL/TW": the next one's
    if found is not None:
        return found[2] if found[1] == body else None
    return _before(fold(text[max(0, place[0] - _BEFORE) : place[0]]), body)


def _organ(words: str, start: int) -> tuple[int, str, str] | None:
    """The issuer named at ``start``, also as that of a meeting ("Hội nghị lần thứ sáu Ban Chấp hành Trung ương")."""
    meeting = _MEETING.match(words, start)
    if meeting is None:
        return issuer_words.at(words, start)
    tried = (issuer_words.at(words, word.start()) for word in _WORD.finditer(words, meeting.end(), meeting.end() + 24))
    return next((found for found in tried if found is not None), None)


def _before(words: str, body: str) -> str | None:
    """The issuer named before the number: "của Ban Bí thư tại Chỉ thị số …", "Bộ Chính trị ban hành Kết luận số …"."""
    named = [of.end() for of in _OF_BEFORE.finditer(words)]
    if named:
        found = issuer_words.at(words, named[-1])
        if found is not None and found[1] == body and _TO_NUMBER.match(words, found[0]):
            return found[2]
    issued = _ISSUES.search(words)
    if issued is None:
        return None
    clause = max((mark.end() for mark in _CLAUSE.finditer(words, 0, issued.start())), default=0)
    for word in _WORD.finditer(words, clause, issued.start()):
        found = issuer_words.at(words, word.start(), issued.start())
        if found is not None and found[1] == body and found[0] == issued.start():
            beside = _beside(words, clause, body)
            return f"{beside}, {found[2]}" if beside else found[2]
    return None


def _beside(words: str, clause: int, body: str) -> str | None:
    """The other organ of the code that issued together with the one that opens a clause: "Bộ Chính trị, Ban Bí thư đã
    có Kết luận số …"."""
    if words[clause - 1 : clause] != ",":
        return None
    for word in _WORD.finditer(words, max(0, clause - _NAME_REACH), clause - 1):
        found = issuer_words.at(words, word.start(), clause - 1)
        if found is not None and found[1] == body and found[0] == clause - 1:
            return found[2]
    return None
