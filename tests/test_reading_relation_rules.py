"""Every rule of the relations on its own examples: alone, and through the whole judgement, where its order counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kb.reading.relations.clause.acting import ACTING
from kb.reading.relations.clause.context import Setting
from kb.reading.relations.clause.guiding import ANY_VERB
from kb.reading.relations.clause.judge import VERBS, WEAK, judge
from kb.reading.relations.clause.weak_cues import NO_VERB
from kb.reading.relations.rules import Example, Rule, Table
from kb.reading.text.folded_text import fold

CLAUSE_TABLES: list[Table[Any, Any]] = [*WEAK.values(), ANY_VERB, *VERBS.values(), ACTING, NO_VERB]


@contextmanager
def walked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Table[Any, Any], Any, Rule[Any, Any] | None]]]:
    """Every context that a table was asked about meanwhile, and the rule that decided it."""
    seen: list[tuple[Table[Any, Any], Any, Rule[Any, Any] | None]] = []

    def decide(table: Table[Any, Any], context: Any) -> Any:
        for rule in table.rules:
            outcome = rule.decide(context)
            if outcome is not None:
                seen.append((table, context, rule))
                return outcome
        seen.append((table, context, None))
        return None

    with monkeypatch.context() as patch:
        patch.setattr(Table, "decide", decide)
        judge.cache_clear()
        try:
            yield seen
        finally:
            judge.cache_clear()


def said_of_clause(example: Example) -> str:
    """What the whole judgement says of the citation "X" behind a clause."""
    assert example.text.endswith("X")
    verdict = judge(fold(example.text[:-1]), Setting(**example.where))
    if verdict is None:
        return "-"
    return f"{'<' if verdict.inverse else ''}{verdict.relation}{'?' if verdict.weak else ''}"


def of_clauses(kind: str) -> list[Any]:
    return [
        pytest.param(table, rule, example, id=f"{table.name}: {rule.name} {number}")
        for table in CLAUSE_TABLES
        for rule in table.rules
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


def check_fires(table: Table[Any, Any], rule: Rule[Any, Any], seen: list[Any]) -> None:
    contexts = [context for asked, context, _ in seen if asked is table]
    assert any(rule.decide(context) is not None for context in contexts), "the rule alone does not fire"
    deciding = [by.name for asked, _, by in seen if asked is table and by]
    assert rule.name in deciding, "a rule above it decides"


def check_spares(table: Table[Any, Any], rule: Rule[Any, Any], seen: list[Any]) -> None:
    """The rule alone is silent on a context of the example; the last rule of a table may never be silent itself."""
    silent = [rule.decide(context) is None for asked, context, _ in seen if asked is table]
    assert any(silent) or not silent, "the rule alone fires"


@pytest.mark.parametrize(("table", "rule", "example"), of_clauses("fires"))
def test_a_rule_of_clauses_fires(
    monkeypatch: pytest.MonkeyPatch, table: Table[Any, Any], rule: Rule[Any, Any], example: Example
) -> None:
    with walked(monkeypatch) as seen:
        assert said_of_clause(example) == example.gives, [(asked.name, by and by.name) for asked, _, by in seen]
    check_fires(table, rule, seen)


@pytest.mark.parametrize(("table", "rule", "example"), of_clauses("spares"))
def test_a_rule_of_clauses_spares(
    monkeypatch: pytest.MonkeyPatch, table: Table[Any, Any], rule: Rule[Any, Any], example: Example
) -> None:
    with walked(monkeypatch) as seen:
        assert said_of_clause(example) == example.gives, [(asked.name, by and by.name) for asked, _, by in seen]
    check_spares(table, rule, seen)


def test_every_rule_says_what_it_says_and_has_examples_of_both_kinds() -> None:
    for table in CLAUSE_TABLES:
        assert table.rules
        assert len({rule.name for rule in table.rules}) == len(table.rules)
        for rule in table.rules:
            assert rule.says.endswith(".") and rule.fires and rule.spares, rule.name
