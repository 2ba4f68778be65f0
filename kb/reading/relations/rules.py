"""Ordered tables of small named rules, each with examples: the form in which the judgements of this room are written.

A table is walked from its first rule to its last; the first that fires decides. So a rule may rely on what the rules
above it have let through, and the order of a table is part of what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Context = TypeVar("Context")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the whole judgement then says of it.

    Args:
        text: a clause whose last word is the citation "X", or a text with each citation between « and ».
        gives: the relations in order, blanks between: ``<`` before one in which the cited document acts, ``@n`` behind
            one that is nested in the title of citation n, ``?`` behind a weak one, ``-`` where nothing is said.
        where: what is known besides the text (fields of the setting, the type of the citing document).
    """

    text: str
    gives: str
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Context, Outcome]):
    """One rule. ``says``: one sentence that says what it says; ``fires`` and ``spares``: examples on which it decides,
    and near ones on which it is silent; ``order``: why it stands where it stands, where another order would err."""

    name: str
    says: str
    fires: tuple[Example, ...]
    spares: tuple[Example, ...]
    order: str
    decide: Callable[[Context], Outcome | None]


class Table(Generic[Context, Outcome]):
    """The rules for one kind of context, in the order in which they are written down."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rules: list[Rule[Context, Outcome]] = []
        self._asked: list[Callable[[Context], Outcome | None]] = []  # of the rules, in their order

    def rule(
        self, says: str, *, fires: tuple[Example, ...], spares: tuple[Example, ...], order: str = ""
    ) -> Callable[[Callable[[Context], Outcome | None]], Callable[[Context], Outcome | None]]:
        """Add the decorated function as the table's next rule; it answers None where the rule does not fire."""

        def added(decide: Callable[[Context], Outcome | None]) -> Callable[[Context], Outcome | None]:
            self.rules.append(Rule(decide.__name__, says, fires, spares, order, decide))
            self._asked.append(decide)
            return decide

        return added

    def decide(self, context: Context) -> Outcome | None:
        """What the first rule that fires says; None where none does."""
        for rule in self._asked:
            outcome = rule(context)
            if outcome is not None:
                return outcome
        return None
