"""The citing document as the place of what it cites: its province, to which "UBND tỉnh" without a name refers."""

from __future__ import annotations

from typing import NamedTuple

from kb.authority import issuers
from kb.model import Hints, OwnIdentity
from kb.reading.issuers import places
from kb.reading.text.text_forms import TextForms


class Citing(NamedTuple):
    """The province of the citing document, what it says of itself, and whether it is one of the centre."""

    home: str | None
    own: OwnIdentity | None
    central: bool


def citing(forms: TextForms, own: OwnIdentity | None, hints: Hints) -> Citing:
    """Where a document stands whose header says ``own``."""
    home = _home(forms, own, hints)
    return Citing(home, own, _is_of_the_centre(own))


def _home(forms: TextForms, own: OwnIdentity | None, hints: Hints) -> str | None:
    """The citing document's own province."""
    if own and own.province:
        return own.province
    if hints.province:
        return hints.province
    if own and own.body and issuers.is_central(own.body):
        return None
    seat = places.named(own.place) if own is not None and own.number else None  # of a university
    return seat or places.own_province(forms) or places.of_named_districts(forms)


def _is_of_the_centre(own: OwnIdentity | None) -> bool:
    """Whether a document says by its header that an organ of the centre issued it."""
    if own is None or not own.body or own.province:
        return False
    return issuers.is_central(own.body) or bool(own.number and own.place)
