"""What is to be known of the fields of a record: stated once, beside the field, for code, documents and the API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_type_hints


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be known of one field beside its name and its Python type; stands in the field's ``Annotated``.

    ``says``: what it means, in plain English, for the description of the API; ``example``: a value as users are given
    it; ``values``: all it may be, ``vocabulary``: the name of a list of the authority files that has them;
    ``column``: the column in which the store keeps it, where that has another name; ``component``: the name under
    which the description of the API has each of its items. ``type``: set by ``facts_of``.
    """

    says: str
    example: Any = None
    values: tuple[str, ...] = ()
    vocabulary: str = ""
    column: str = ""
    component: str = ""
    type: Any = None


def facts_of(record: type) -> dict[str, Fact]:
    """The fields of a class whose annotations bear a ``Fact`` each, by name, in their order."""
    found = {}
    for name, hint in get_type_hints(record, include_extras=True).items():
        stated = next((one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Fact)), None)
        if stated is not None:
            found[name] = replace(stated, column=stated.column or name, type=hint.__origin__)
    return found
