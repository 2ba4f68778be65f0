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
    if own is None or (own.type is None and own.number is None and own.code is None):
        return "unknown"
    organs = (own.body or "").split("+")
    if len(organs) > 1 or any(mark in (own.code or own.number or "").split("-") for mark in issuers.JOINT_MARKS):
        return "joint"
    kind = types.by_id(own.type) if own.type else None
    if kind is not None and kind.system in ("letter", "copy"):
        return "letter"
    if (kind is not None and kind.system in ("party", "mass")) or issuers.is_party(organs[0]):
        return "party"
    if kind is not None and kind.rank is not None and _carries_year(own):
        return "normative"
    return "administrative"


def _carries_year(own: OwnIdentity) -> bool:
    """Whether the number, or its code where the ordinal is left blank, carries a year."""
    if own.type and types.by_id(own.type).year == "always":
        return True
    parts = number_parts(own.number or f"1/{own.code or ''}")
    return parts is not None and parts.year is not None
