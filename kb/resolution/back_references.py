"""What "Quyết định nêu trên" means: the document of its antecedent, or the text in which it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from kb.authority import types
from kb.authority.fold import fold

_LONGEST_CHAIN = 50
"""Back references that may lead to one another: more is a circle."""


class Linked(Protocol):
    """A citation with the document it means. ``parent``: index of the antecedent, or of the citation in whose title
    this one stands; ``target``: row of the document, None where it is not known."""

    @property
    def kind(self) -> str: ...

    @property
    def raw(self) -> str: ...

    @property
    def parent(self) -> int | None: ...

    @property
    def target(self) -> int | None: ...


_Citation = TypeVar("_Citation", bound=Linked)


def antecedent(citations: Mapping[int, _Citation], one: _Citation) -> _Citation | None:
    """The citation whose document ``one`` means: itself, or for a back reference the one to which it leads; None where
    it leads to none. ``citations``: those of the text by index."""
    steps = 0
    while one.kind == "back_reference":
        steps += 1
        if one.parent is None or one.parent not in citations or steps > _LONGEST_CHAIN:
            return None
        one = citations[one.parent]
    return one


def names_its_text(one: Linked, own_type: str | None, own_title: str | None) -> bool:
    """Whether a back reference means the text in which it stands: "Nghị quyết này" in a resolution, or "Quy chế này" in
    what issues one, and nothing before it was taken for what it means.

    Args:
        one: the citation.
        own_type: id of the type of the text by its header, None where that tells none.
        own_title: the title in the header.
    """
    words = fold(one.raw).split()
    if one.kind != "back_reference" or one.parent is not None or own_type is None or words[-1:] != ["nay"]:
        return False
    phrase = " ".join(words[:-1])
    named = types.by_word(phrase)
    if named is None:
        return False
    same_word = fold(types.by_id(own_type).name).startswith(phrase)
    return named.id == own_type or same_word or f"ban hanh {phrase} " in fold(own_title or "")
