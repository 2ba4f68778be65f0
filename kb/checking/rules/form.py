"""Rules on what the first citation of a document must have by its form: Decree 30/2020/NĐ-CP, for administrative papers
and letters. In normative acts the bases carry no date (Decree 78/2025/NĐ-CP), and Party papers follow the Party's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.authority import types
from kb.authority.wording import word_lists
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.past import quoted
from kb.checking.sources import citation_of
from kb.findings.type_words import PROMULGATING
from kb.identity.numbering import number_parts
from kb.reading.repair.repaired_text import looks_damaged

DATED = ("administrative", "letter")


def first_citations(draft: Draft) -> Iterator[Cited]:
    """The first citation of each document by its number, where the form asks for all of it; the draft's own title, and
    what stands above it, does not count."""
    if draft.draft_class not in DATED:
        return
    met: set[str] = set()
    for one in draft.others:
        if not one.by_number or one.key in met or one.citation.start < draft.body_start:
            continue
        met.add(one.key)
        if not one.nested and not one.statute and not _standard(one) and not promulgating(one):
            yield one


def promulgating(one: Cited) -> bool:
    """Whether a number is that of the President's order that promulgated a law, by which the law is cited."""
    parts = number_parts(one.citation.number or "")
    return parts is not None and bool({parts.type_code, *parts.organs} & PROMULGATING)


def date_missing(draft: Draft) -> Iterator[Raised]:
    """The first citation gives no date; a law needs only its name. Where most of a draft's first citations have none,
    in tables and in annexes, that is a habit and only worth knowing; where the text was read badly, the date may be
    there."""
    firsts = list(first_citations(draft))
    missing = [one for one in firsts if not one.citation.date and not _dated(draft, one)]
    habit = len(missing) >= _HABIT and len(missing) * 2 > len(firsts)
    for one in missing:
        beside = one.citation.start >= draft.attached_start or draft.in_table(one)
        often = not one.in_bases and (habit or beside)
        code, together = ("date_missing_often", "") if often else ("date_missing", None)
        code = "date_unread" if not often and _badly_read(draft, one) else code
        yield Raised(code, {"number": one.named}, one, suggestion=_standing(one), together=together)


def _badly_read(draft: Draft, one: Cited) -> bool:
    """Whether the text around a citation shows the damage of a scan."""
    return looks_damaged(draft.text[max(0, one.citation.start - _AROUND) : one.citation.end + _AROUND])


_AROUND = 600
"""Code points before and behind a citation by which damage is told."""


def _dated(draft: Draft, one: Cited) -> bool:
    """Whether a date stands behind a number, be it one that cannot be read, or before it in its sentence ("Ngày
    10/10/2024, tại Công văn số …"); or the number goes on behind what was read of it, or is quoted."""
    end = one.citation.end
    behind = draft.folded[end : end + _DAY_REACH]
    before = _SENTENCE.split(draft.lines[max(0, one.citation.start - _DAY_BEFORE) : one.citation.start])[-1]
    dated = draft.tail(one).date is not None or any((_DAY.match(behind), _DAY_BEFORE_IT.search(before)))
    return dated or _GOES_ON.match(behind) is not None or quoted(draft, one.citation.start)


_DAY = re.compile(rf"[\s,(]{{0,40}}{word_lists('dates').undamaged('day')}\s")
_DAY_REACH, _DAY_BEFORE = 50, 120
_SENTENCE = re.compile(r"[.;]\s|\n[ \t]*\n")
_DAY_BEFORE_IT = re.compile(rf"(?m)^[\s*_+-]*{word_lists('dates').undamaged('day')}\s+\d")
_GOES_ON = re.compile(r"[./-]\w")
_HABIT = 4
"""First citations without a date from which on it is a draft's habit."""


def issuer_missing(draft: Draft) -> Iterator[Raised]:
    """A basis names no issuer."""
    for one in first_citations(draft):
        tail = draft.tail(one)
        lone = _stands_alone(draft, one) or (tail.opens_title and _opens_part(draft, one))
        lone = lone and tail.date is not None and _LISTED.match(draft.text, tail.date.end) is None
        if one.in_bases and tail.date is not None and not tail.named and lone:
            yield Raised("issuer_missing", {"number": one.named}, one, suggestion=_standing(one))


_LISTED = re.compile(r"\s*,\s*\w+[^;.,]{0,30}\d")
"""Behind a date: another document of a list, whose issuer stands at its end."""


def title_missing(draft: Draft) -> Iterator[Raised]:
    """A basis gives no abstract."""
    for one in first_citations(draft):
        tail = draft.tail(one)
        if one.in_bases and not one.citation.title and not tail.opens_title and _ends_item(draft, one):
            yield Raised("title_missing", {"number": one.named}, one, suggestion=_standing(one))


def _standing(one: Cited) -> str | None:
    return citation_of(one.known) if one.known is not None else None


def _standard(one: Cited) -> bool:
    return one.citation.type is not None and types.by_id(one.citation.type).system == "standard"


def _stands_alone(draft: Draft, one: Cited) -> bool:
    """Whether the citation is the first of its item: those joined to it share their issuer behind them."""
    return any(
        basis.cited and basis.cited[0].index == one.index and len(_outer(basis.cited)) == 1 for basis in draft.bases
    )


def _opens_part(draft: Draft, one: Cited) -> bool:
    """Whether only a document's type word stands between a semicolon and its number, and no issuer is named before the
    list that it stands in ("các Nghị định của Chính phủ: số …; số …")."""
    before = draft.text[max(0, one.citation.start - _TYPE_REACH) : one.citation.start]
    item = next((basis for basis in draft.bases if basis.start <= one.citation.start < basis.end), None)
    if item is None or ";" not in before:
        return False
    return _OWNER.search(draft.folded, item.start, item.cited[0].citation.start) is None


_OWNER = re.compile(rf"(?<![a-z])(?:{word_lists('checking')['of']})\s")


_TYPE_REACH = 30


def _ends_item(draft: Draft, one: Cited) -> bool:
    return _stands_alone(draft, one)


def _outer(cited: tuple[Cited, ...]) -> list[Cited]:
    return [one for one in cited if not one.nested]


RULES = (date_missing, issuer_missing, title_missing)
