"""Rules on citations that do not tell which document is meant."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checking.draft import Draft, Raised
from kb.checking.rules.form import DATED


def several(draft: Draft) -> Iterator[Raised]:
    """More than one document may be meant; where the province is open, that is said instead."""
    for one in draft.others:
        found = one.found
        if found.status == "ambiguous" and found.candidates and found.method != "province_unknown":
            names = "; ".join(brief.office_citation for brief in found.candidates)
            if len(found.candidates) == 1 and draft.draft_class not in DATED:
                continue  # its form asks for no date
            code = "ambiguous_one" if len(found.candidates) == 1 else "ambiguous"
            yield Raised(code, {"number": one.named, "count": len(found.candidates), "candidates": names}, one)


def not_found(draft: Draft) -> Iterator[Raised]:
    """A number that no source has."""
    for one in draft.others:
        if one.by_number and one.found.method == "not_in_base":
            yield Raised("unknown", {"number": one.named}, one)


RULES = (several, not_found)
