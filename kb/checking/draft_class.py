"""The class of a draft: which form its citations must have."""

from __future__ import annotations

from kb.authority import issuers, types
from kb.identity.numbering import number_parts
from kb.model import OwnIdentity


def draft_class(own: OwnIdentity | None) -> str:
    """One of ``kb.checking.report.CLASSES``.

    Letters and Party papers are told by their type, joint ones by their signers. Of the rest an act is normative where
    its number carries its year (Decree 78/2025/NĐ-CP), administrative where it carries none (Decree 30/2020/NĐ-CP).
    """
    if own is None or not (own.type or own.number or own.code):
        return "unknown"
    if _is_joint(own):
        return "joint"
    kind = types.by_id(own.type) if own.type else None
    system = _BY_SYSTEM.get(kind.system if kind else "")
    organ = (own.body or "").split("+")[0]
    if system is None and (issuers.is_party(organ) or issuers.level(organ) == "mass"):
        system = "party"
    return system or _of_state(own, kind)


def _of_state(own: OwnIdentity, kind: types.Type | None) -> str:
    """Whether a paper of the State's bodies is normative or administrative."""
    if kind is None or kind.rank is None:
        return "administrative"
    if kind.year != "always" and not (own.number or own.code):
        return "unknown"
    return "normative" if _carries_year(own, kind) else "administrative"


_BY_SYSTEM = {"letter": "letter", "copy": "letter", "party": "party", "mass": "party"}


def _is_joint(own: OwnIdentity) -> bool:
    """Whether several organs sign it: by its issuer, or by the mark in its number."""
    pieces = (own.code or own.number or "").split("-")
    return "+" in (own.body or "") or any(mark in pieces for mark in issuers.JOINT_MARKS)


def _carries_year(own: OwnIdentity, kind: types.Type) -> bool:
    """Whether the number, or its code where the ordinal is left blank, carries a year."""
    if kind.year == "always":
        return True
    parts = number_parts(own.number or f"1/{own.code or ''}")
    return parts is not None and parts.year is not None
