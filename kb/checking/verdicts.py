"""The one verdict on each citation: what the findings make of it, else what the sources say."""

from __future__ import annotations

from collections.abc import Sequence

from kb.checking.catalogue import RULES
from kb.checking.draft import Cited
from kb.checking.report import (
    AMBIGUOUS,
    NOT_CHECKED,
    NOT_FOUND,
    OTHER,
    RIGHT,
    WRONG,
    CheckedCitation,
    CheckFinding,
    Evidence,
)
from kb.checking.sources import Known, backing, citation_of
from kb.knowledge.statements import agree
from messages import Message


def verdict_on(one: Cited, findings: Sequence[tuple[int, CheckFinding]]) -> CheckedCitation:
    """The verdict on a citation, given the findings that concern it with their places in the report."""
    verdict, reason, evidence = _judged(one, findings)
    suggested = next((finding.suggestion for _, finding in findings if finding.suggestion), None)
    return CheckedCitation(
        index=one.index,
        raw=one.citation.text,
        kind=one.citation.kind,
        number=one.citation.number,
        place=one.place,
        verdict=verdict,
        reason=reason,
        document=one.found.document,
        candidates=one.found.candidates,
        findings=tuple(n for n, _ in findings),
        as_it_should_stand=suggested or (citation_of(one.known) if one.known is not None else None),
        evidence=evidence,
    )


def _judged(one: Cited, findings: Sequence[tuple[int, CheckFinding]]) -> tuple[str, Message, tuple[Evidence, ...]]:
    made = {RULES[finding.code].verdict: finding for _, finding in reversed(findings)}
    for verdict in (OTHER, WRONG):
        if verdict in made:
            return verdict, Message("kb.check.reason.finding", finding=made[verdict].said), made[verdict].evidence
    if one.itself:
        return NOT_CHECKED, Message("kb.check.reason.own_document"), ()
    if one.found.status == "ambiguous":
        return AMBIGUOUS, Message("kb.check.reason.ambiguous", count=len(one.found.candidates)), ()
    if one.known is not None:
        return _known(one, one.known)
    if one.citation.kind == "back_reference":
        return NOT_CHECKED, Message("kb.check.reason.no_antecedent"), ()
    if one.citation.number is None:
        return NOT_CHECKED, Message("kb.check.reason.not_a_number"), ()
    return NOT_FOUND, Message("kb.check.reason.not_in_base"), ()


def _known(one: Cited, known: Known) -> tuple[str, Message, tuple[Evidence, ...]]:
    """That the sources know the document, and what of the citation agrees with them."""
    stated = known.date
    if stated is not None and one.citation.date and agree("date", stated.value, one.citation.date):
        proof = backing(stated, known.id)
        return RIGHT, Message("kb.check.reason.date_agrees", source=proof.said), (proof,)
    return RIGHT, Message("kb.check.reason.known"), ()
