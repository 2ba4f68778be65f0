"""What is told of one citation, and what carries over to the next: the records ``relations`` works with.

Which types of documents can act on which others is here too: a plan that speaks of amending a decree only mentions it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from kb.authority import types
from kb.reading.relations.clause.context import Setting, Verdict
from kb.reading.relations.cues import cue_table, spaced, words

OF_STANDARD = frozenset({"cites", "implements", "disseminates", "monitors"})  # told of a standard: conforms_to
_AFTER = cue_table("after")
# A title may hold semicolons: only one behind which other documents are named ends it.
_CLOSED = spaced(r"\.(?= )|; *(?:cac|nhung|van ban|quy dinh (?:tai|cua|nay)|bai bo|thay the)\b|\bco hieu luc")
# "… hoặc khi chứng nhận đã nộp trước đó hết hiệu lực": it is not the citation that lapses.
_CONDITION = spaced(rf"(?:,|\bva|\bhoac|\bhay) {words('condition')}\b")
_IN_PART = spaced(r" *mot phan\b")  # "- Hết hiệu lực một phần": what a list of documents remarks of one
_PART_NAME = 90  # "Phụ lục I và Phụ lục III" and the like
# Types that plan, tell or ask, and so amend and repeal only one another.
_PLANNING = re.compile(
    r"(?:d-)?(?:ke-hoach|thong-bao|cong-van|chi-thi|bao-cao|to-trinh|cong-dien|huong-dan|chuong-trinh)"
)

_RANK = {kind.id: kind.rank for kind in types.TYPES if kind.rank is not None}


class Relation(NamedTuple):
    """How one citation is tied to its source. ``inverse``: the cited document acts on the source. ``cue`` is a span of
    the text; ``aspect`` new, continue, result or future; ``parent`` the index of the mention in whose title it is
    nested (then that document is the source), else None; ``confidence`` 0-1."""

    relation: str
    inverse: bool
    cue: tuple[int, int] | None
    aspect: str | None
    parent: int | None
    confidence: float


PLAIN = Relation("cites", False, None, None, None, 0.4)


@dataclass(slots=True)
class Flow:
    """What carries over from one citation to the next."""

    outer: Relation = PLAIN  # what the members of the running list share
    members: list[int] = field(default_factory=list)  # they themselves
    lead: Relation | None = None  # told by the line above a list of paragraphs
    lead_marker: str = ""
    lead_number: int = 0  # of the last paragraph that it led; 0: numbered with no figure
    resting: Relation | None = None  # a lead whose list other paragraphs interrupt
    basis_zone: bool = False  # below a heading "Căn cứ pháp lý"
    preamble: bool = False  # the paragraph before was a legal basis


@cache
def may_act(own: str, cited: str) -> bool:
    """Whether a document of the type ``own`` can amend or repeal one of the type ``cited``."""
    if _PLANNING.match(own) and not _PLANNING.match(cited):
        return False
    rank, above = _RANK.get(own), _RANK.get(cited)
    return rank is None or above is None or rank <= above  # a provincial decision only proposes to amend a decree


@cache
def setting_of(may_act: bool, opening: bool, preamble: bool, follows: bool = False, title: bool = False) -> Setting:
    return Setting(follows, title, may_act, opening, preamble)


def relation_of(verdict: Verdict, base: int, parent: int | None) -> Relation:
    cue = (base + verdict.cue[0], base + verdict.cue[1])
    return Relation(verdict.relation, verdict.inverse, cue, verdict.aspect, parent, verdict.confidence)


def told_after(line: str) -> Verdict | None:
    """ "Các văn bản sau đây hết hiệu lực …:" """
    hit = next(reversed(_AFTER.find(line)), None)
    return Verdict(hit.cue.relation, (hit.start, hit.end), 0.8) if hit else None


def told_behind(after: str, base: int) -> Relation | None:
    """What the text right behind a citation says of its effect; ``after`` (folded) begins at offset ``base``."""
    ended = _CLOSED.search(after)
    hit = next(iter(_AFTER.find(after[: ended.start()] if ended else after)), None)
    if hit is None or _CONDITION.search(after, 0, hit.start) or _IN_PART.match(after, hit.end):
        return None
    return Relation(hit.cue.relation, False, (base + hit.start, base + hit.end), None, None, 0.85)


# "Can of Luật …", "An eit Nghị định …", "(Cn off Nghị định …": nothing but two short words stands before the document.
_MISREAD_BASIS = re.compile(
    r"[\s('*_]{0,4}(?!cac|cua|cho)(?:c[a-z&]{0,2}|[a-z&]?n)[\s'-]{1,3}[acefo][a-z?]{0,3}[\s'-]{1,3}"
)


def misread_basis(clause: str, head: int) -> Relation | None:
    """The basis that a clause of two unreadable words names where others stand around it; ``head``: where it begins."""
    cue = _MISREAD_BASIS.fullmatch(clause)
    return Relation("based_on", False, (head, head + len(clause.rstrip())), None, None, 0.6) if cue else None


def is_annex(verdict: Verdict | None, item: str) -> bool:
    """Whether an item is nothing but a part "ban hành kèm theo X": one more object of the act that leads its list."""
    if verdict is None or verdict.relation != "promulgated_by":
        return False
    part = item[: verdict.cue[0]]
    return len(part) <= _PART_NAME and "(" not in part
