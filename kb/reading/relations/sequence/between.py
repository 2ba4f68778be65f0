"""What the words between two citations say of their tie: connectors, titles, aliases, further bases.

All patterns work on folded text and on bounded windows.
"""

from __future__ import annotations

import re

from kb.reading.relations.cues import cue_table
from kb.reading.relations.wording import LISTS, exact, spaced, words

OPENERS = cue_table("opener")

# Possessive quantifiers: words that match in two ways must not be tried over and over on hostile text.
CONNECTOR = spaced(
    rf"(?:[ ,]*(?:{exact('done')} )?{exact('undergoes')} {words('act')}(?:[, ]*(?:{exact('and')} )?{words('act')})*"
    rf"(?= *(?:,|{exact('and')}\b)))?"
    rf"[\s,&)\]]*+(?:(?:{exact('connector')}|{exact('year')} \d{{4}}|{words('pinpoint')}"
    r"|[0-9][0-9a-z.]{0,5}|[a-z]|[ivx]{2,5})\b|[\s,&:()-])*+"
)
# What a line must speak of for its "thực hiện" or "tuyên truyền" to govern the citations listed below it.
DOCUMENTS = spaced(rf"\b{words('document')}\b")
NAMED_OBJECT = spaced(rf"[a-z ]{{0,24}}\b(?<!{exact('legal')} ){words('enacted')}\b|\W*$")
NEW_CLAUSE = spaced(rf",[^,]{{0,80}}\b{words('new_clause')}\b")
ALIAS = spaced(
    rf"\( *(?:{exact('hereafter')} +)?(?:{exact('undergoes')} +)?{exact('called')} (?:{exact('in_short')} +)?"
    rf"(?:{exact('is')}\b *)?(?:{exact('the')}\b *)?$"
)
PARALLEL = re.compile(r"[ ,]*\)[^()]*\( *")  # "ý kiến của Bộ A (Công văn …), Bộ B (Công văn …)"
# "… và ý kiến thẩm định của Sở Tư pháp tại Báo cáo …": one more basis of the same list.
OPINION = spaced(
    rf"\b{words('opinion')}\b[^,;]*\b{exact('at')} *$|\b{exact('and')} [a-z0-9 ]{{1,80}}\b{exact('at')} *$"
    rf"|\b{exact('and_also')} (?:{exact('the')} )?{words('submission')}\b[a-z, ]{{0,50}}$"
)
FURTHER_OPINION = spaced(
    rf"\b{exact('and')} (?:{exact('the')} )?{words('opinion')}\b[^,;]*\b{exact('at')} *$"
)  # the same behind a title
ACT = spaced(rf"{words('act')}\b")
NEGLIGIBLE = spaced(rf"\W*+(?:(?:{exact('negligible')}|{words('pinpoint')}|[0-9][0-9a-z]{{0,5}}|[a-z])\b\W*+)*+")
_CLAUSE_MARK = re.compile(
    rf"(?<!{'|'.join(LISTS.folded('minister'))}),|[.:]"
)  # "Bộ trưởng, Chủ nhiệm Văn phòng …" is one issuer
_JOINTS = frozenset(LISTS.folded("joint"))  # of one word or two
_BEFORE_NUMBER = frozenset(LISTS.folded("before_number"))
_ABOUT = tuple(f"{word} " for word in LISTS.folded("about"))
_JOINT_REACH = 40  # what "…, và các" at most has
_JOINT_WORDS = 6
# ", sửa đổi, bổ sung …" behind a citation that does not itself undergo an act is its title.
_SET_OFF = spaced(rf"(?:[ ,]*{exact('of')} [^,.:;]{{2,60}})?[ ,]+")
_COLON = re.compile(r"[ *_]*:[ *_]*")  # "Nghị định 70/2024/NĐ-CP: Quy định chi tiết …", as lists print it
_COORDINATED = re.compile(rf" *{exact('goes_on')}\b")


def ends_joined(window: str) -> bool:
    """Whether the text before a citation ends with what joins it to the one before: ",", "và", "hoặc", "cùng với"."""
    words = window[-_JOINT_REACH:].rsplit(None, _JOINT_WORDS)
    while words and words[-1] in _BEFORE_NUMBER:
        words.pop()
    if not words:
        return False
    last = words[-1].lstrip("'\"()*")
    return last.endswith(",") or last in _JOINTS or " ".join([*words[-2:-1], last]) in _JOINTS


def opens_title(window: str, acted_on: bool = False) -> bool:
    """Whether the text behind a citation is its title: an opening word ("về việc", "ban hành") without a new clause.

    ``acted_on``: the citation is itself amended or repealed, so that a further act behind a comma has another object.
    """
    opener = OPENERS.first(window[:120])
    if opener is None:
        return False
    before = window[: opener[0]]
    about = window.startswith(_ABOUT, opener[0])
    if (about or (not acted_on and ACT.match(window, opener[0]))) and _SET_OFF.fullmatch(before):
        return True
    if not acted_on and _COLON.fullmatch(before):
        return True
    return _CLAUSE_MARK.search(before) is None and _COORDINATED.match(before) is None
