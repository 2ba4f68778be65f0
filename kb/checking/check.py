"""The check before signing: one engine behind the command line, the pages, the API and every report.

It says what the sources and the draft itself can prove, and what could not be checked. Nothing of a draft is stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from corpus.blocks import Block
from kb.checking.catalogue import RULES
from kb.checking.draft import Draft, Raised
from kb.checking.report import OTHER, SEVERITIES, VERDICTS, CheckedCitation, CheckFinding, Place, Report, Summary
from kb.checking.rules import (
    bases,
    dates,
    effect,
    form,
    head,
    issuers_named,
    numbers,
    pinpoints,
    titles,
    unknown,
    whole,
)
from kb.checking.sources import Sources
from kb.checking.verdicts import verdict_on
from kb.model import Reading
from messages import Message

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

FAMILIES = (numbers, dates, issuers_named, titles, form, effect, pinpoints, bases, whole, head, unknown)
"""The modules of the rules, asked in this order."""

OF_ITS_OWN = (effect, bases, form, whole, head)
"""Those that hold a draft to its own day and form, which a consolidated text has not."""


def check(base: KnowledgeBase, reading: Reading, text: str, blocks: Sequence[Block] = ()) -> Report:
    """Hold every citation of a draft against the sources, and the draft as a whole against its form.

    Args:
        base: the knowledge base; an empty one still has the bundled facts.
        reading: the reading of ``text``.
        text: the draft as read; all offsets refer to it.
        blocks: its structure, as far as it is known.
    """
    draft = Draft(Sources(base, reading.own), reading, text, blocks)
    asked = [module for module in FAMILIES if not (draft.consolidated and module in OF_ITS_OWN)]
    raised = [one for module in asked for rule in module.RULES for one in rule(draft)]
    findings = _together(_of_another_number(_once(raised)))
    citations = _verdicts(draft, findings)
    severities = Counter(one.severity for one in findings)
    verdicts = Counter(one.verdict for one in citations)
    return Report(
        passed=not any(severities[severity] for severity in ("error", "warning")),
        draft_class=draft.draft_class,
        number=draft.own.number if draft.own else None,
        day=draft.day,
        summary=Summary(
            citations=len(citations),
            documents=len({one.key for one in draft.others}),
            verdicts={name: verdicts[name] for name in VERDICTS},
            severities={name: severities[name] for name in SEVERITIES},
        ),
        findings=findings,
        citations=citations,
        coverage=draft.sources.coverage(),
    )


def _of_another_number(raised: Sequence[Raised]) -> list[Raised]:
    """Without what is only said because a citation bears another document's number."""
    misnumbered = {one.cited.index for one in raised if one.cited and RULES[one.code].verdict == OTHER}
    return [
        one
        for one in raised
        if one.cited is None
        or one.cited.index not in misnumbered
        or RULES[one.code].verdict == OTHER
        or RULES[one.code].family not in _OF_THE_DOCUMENT
    ]


_TOLD_BY = {
    "number_term": ("number_beyond", "law_amending", "law_number"),
    "law_name": ("number_other", "number_likely", "number_near"),
    "law_number": ("number_other", "number_likely", "number_near", "number_beyond"),
    "law_amending": ("number_beyond",),
    "number_type": ("type_code",),
    "draft_annex_number": ("number_likely", "number_near", "number_other", "date_year"),
    "type_code": (
        "date_missing",
        "issuer_code",
        "date_other",
        "date_doubtful",
        "date_unsettled",
        "title_other",
        "title_doubtful",
    ),
}
"""Codes whose finding on a citation tells the same slip as findings of other codes, which are then left out."""


def _once(raised: Sequence[Raised]) -> list[Raised]:
    """Without what another finding on the same citation tells better."""
    told = {(one.cited.index, left_out) for one in raised if one.cited for left_out in _TOLD_BY.get(one.code, ())}
    told |= {(one.cited.index, "effect_ended") for one in raised if one.cited and _of_another_day(one)}
    meant = {proof.document for one in raised if one.code == "number_other" for proof in one.evidence}
    return [
        one
        for one in raised
        if one.cited is None
        or ((one.cited.index, one.code) not in told and not (one.code == "date_missing" and _is_one(one, meant)))
    ]


def _is_one(one: Raised, documents: Set[str | None]) -> bool:
    """Whether a citation is of one of these documents: dated above, under the number that it was given by a slip."""
    return one.cited is not None and one.cited.known is not None and one.cited.known.id in documents


def _of_another_day(one: Raised) -> bool:
    """Whether a document named without its number was taken for one of another day: what ended that says nothing."""
    return one.code == "date_other" and one.cited is not None and one.cited.citation.kind == "named"


_OF_THE_DOCUMENT = ("date", "title", "effect", "pinpoint", "unknown")
"""Families that hold a citation to what is known of the document that bears its number."""


def _together(raised: Sequence[Raised]) -> tuple[CheckFinding, ...]:
    """The findings of one code on one document as one, with all their places; the gravest first, then by place."""
    groups: dict[tuple[str, str, str], list[Raised]] = defaultdict(list)
    for one in raised:
        key = one.cited.key if one.cited else ""
        groups[(one.code, one.together if one.together is not None else key, one.about)].append(one)
    made = [_finding(group) for group in groups.values()]
    return tuple(sorted(made, key=lambda one: (SEVERITIES.index(one.severity), one.places[0].start, one.code)))


def _finding(group: Sequence[Raised]) -> CheckFinding:
    first = min(group, key=lambda one: _place(one).start)
    rule, cited = RULES[first.code], first.cited
    places = sorted({_place(one) for one in group}, key=lambda place: (place.start, place.end))
    return CheckFinding(
        code=first.code,
        family=rule.family,
        severity=rule.severity,
        said=Message.of("kb.check.finding", first.code, first.values),
        raw=cited.citation.text if cited else "",
        number=cited.citation.number if cited else None,
        document=cited.known.id if cited and cited.known else None,
        places=tuple(places),
        citations=tuple(sorted({one.cited.index for one in group if one.cited})),
        evidence=first.evidence,
        suggestion=first.suggestion,
        provision=rule.provision,
    )


def _place(one: Raised) -> Place:
    if one.place is not None:
        return one.place
    assert one.cited is not None, f"{one.code} has neither a citation nor a place"
    return one.cited.place


def _verdicts(draft: Draft, findings: Sequence[CheckFinding]) -> tuple[CheckedCitation, ...]:
    by_citation: dict[int, list[int]] = defaultdict(list)
    for n, finding in enumerate(findings):
        for index in finding.citations:
            by_citation[index].append(n)
    return tuple(verdict_on(one, [(n, findings[n]) for n in by_citation[one.index]]) for one in draft.cited)
