"""What a citation says of the document it means, and which of it counts: a text has one vote for each value it gives.

Whether a value was given before in the same text is noted with the citation when its text is linked (``marks``), so
that the votes for a document cited a hundred thousand times are counted by the database, without a look at each text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kb.resolution.name_joins import BY_TITLE

PROPERTIES = ("number", "type", "date", "body", "province", "unit", "title")
"""What a header and a citation both tell."""
VOTED = (*PROPERTIES, "issuer", BY_TITLE, "effect_from")
"""What is voted on; ``BY_TITLE`` are the names by which a document was found, ``effect_from`` only its own text tells.
The order is that of the marks' bits."""
_TITLE, _BY_TITLE, _EFFECT = (VOTED.index(name) for name in ("title", BY_TITLE, "effect_from"))
_NO_VALUE = ("", "?")
_MIN_TITLE = 12


def tidy_title(title: str | None) -> str | None:
    """A title as shown: one line, without the marks and quotes around it; None where nothing is left."""
    if title is None:
        return None
    plain = " ".join(title.replace("*", " ").replace("#", " ").split()).strip(" ,;.:-–")
    return plain if len(plain) >= _MIN_TITLE or plain.count(" ") >= 2 else None


def cited_values(row: Any) -> Iterator[tuple[int, str]]:
    """The values a row of the table ``citation`` gives, each with the place of its property in ``VOTED``.

    A name says nothing of the number, date and issuer of what it was found to be.
    """
    title = tidy_title(row.title)
    if row.method == BY_TITLE:
        values = [(_TITLE, title), (_BY_TITLE, title)]
    else:
        plain = (row.number, row.type, row.date, row.body, row.province, row.unit, title, row.issuer)
        values = list(enumerate(plain))
    for at, value in values:
        if value is not None and value not in _NO_VALUE:
            yield at, value


def own_values(own: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The same of a held text's own header (``OwnIdentity`` as JSON)."""
    for at, name in enumerate(PROPERTIES):
        value = tidy_title(own.get(name)) if name == "title" else own.get(name)
        if value is not None and value not in _NO_VALUE:
            yield at, value
    if own.get("effect_from"):
        yield _EFFECT, own["effect_from"]


def marks(citations: Iterable[Any], document_id: int | None, own: dict[str, Any] | None) -> dict[int, int]:
    """By citation of one text which of its values count (bits by ``VOTED``): those not given before in this text for
    the same document, by a citation (``citations`` in their order) or, for the text's own document, by its header."""
    given: dict[int, set[tuple[int, str]]] = {}
    if document_id is not None and own is not None:
        given[document_id] = set(own_values(own))
    found = {}
    for row in citations:
        bits = 0
        if row.target is not None and row.kind != "back_reference":
            before = given.setdefault(row.target, set())
            for one in cited_values(row):
                if one not in before:
                    before.add(one)
                    bits |= 1 << one[0]
        found[row.id] = bits
    return found
