"""A citation as it was found: what relations and back references are told of."""

from __future__ import annotations

from typing import NamedTuple

LAWS = frozenset({"luat", "bo-luat", "phap-lenh", "hien-phap"})
"""Ids of the types that are laws: cited by their names, and amended only by one another."""


class CitedSpan(NamedTuple):
    """A citation as found; offsets into the text. ``head`` is where it begins (the type word), ``tail`` where its own
    date and issuer end; ``type`` is an id of the document types; ``kind`` number, named, standard or back_reference."""

    start: int
    end: int
    kind: str
    type: str | None
    head: int
    tail: int
    number: str | None = None
