"""Every rule of the relations on its own examples: alone, and through the whole judgement, where its order counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from marked_texts import relations

from kb.reading.relations.clause.acting import ACTING
from kb.reading.relations.clause.context import Setting
from kb.reading.relations.clause.guiding import ANY_VERB
from kb.reading.relations.clause.judge import VERBS, WEAK, judge
from kb.reading.relations.clause.weak_cues import NO_VERB
from kb.reading.relations.rules import Example, Rule, Table
from kb.reading.relations.sequence.connected import CONNECTED
from kb.reading.relations.sequence.in_sentence import IN_SENTENCE
from kb.reading.relations.sequence.items import ITEMS
from kb.reading.relations.sequence.joining import JOINING
from kb.reading.relations.sequence.openings import OPENINGS
from kb.reading.text.text_forms import fold

SEQUENCE_TABLES: list[Table[Any, Any]] = [OPENINGS, CONNECTED, IN_SENTENCE, ITEMS, JOINING]
CLAUSE_TABLES: list[Table[Any, Any]] = [*WEAK.values(), ANY_VERB, *VERBS.values(), ACTING, NO_VERB]


Asked = tuple[Table[Any, Any], list[tuple[str, Any]], Rule[Any, Any] | None]


@contextmanager
def walked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Asked]]:
    """Every question put to a table meanwhile: what each of its rules alone says, and the rule that decides."""
    seen: list[Asked] = []

    def decide(table: Table[Any, Any], context: Any) -> Any:
        answers = [(rule, rule.decide(context)) for rule in table.rules]
        by = next(((rule, answer) for rule, answer in answers if answer is not None), (None, None))
        seen.append((table, [(rule.name, answer) for rule, answer in answers], by[0]))
        return by[1]

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


def said_of_text(example: Example) -> str:
    """What the whole judgement says of the citations of a text."""
    return " ".join(relations(example.text, **example.where))


def said(table: Table[Any, Any], example: Example) -> str:
    return said_of_text(example) if table in SEQUENCE_TABLES else said_of_clause(example)


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(table, rule, example, id=f"{table.name}: {rule.name} {number}")
        for table in [*CLAUSE_TABLES, *SEQUENCE_TABLES]
        for rule in table.rules
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


@pytest.mark.parametrize(("table", "rule", "example"), examples("fires"))
def test_a_rule_fires(
    monkeypatch: pytest.MonkeyPatch, table: Table[Any, Any], rule: Rule[Any, Any], example: Example
) -> None:
    """Alone, and in its table, where no rule above it may decide."""
    with walked(monkeypatch) as seen:
        assert said(table, example) == example.gives, deciding(seen)
    assert rule.name in {by.name for asked, _, by in seen if asked is table and by}, deciding(seen)


@pytest.mark.parametrize(("table", "rule", "example"), examples("spares"))
def test_a_rule_spares(
    monkeypatch: pytest.MonkeyPatch, table: Table[Any, Any], rule: Rule[Any, Any], example: Example
) -> None:
    """The rule alone is silent; the last rule of a table never is, so it must not be asked."""
    with walked(monkeypatch) as seen:
        assert said(table, example) == example.gives, deciding(seen)
    answers = [answer for asked, answers, _ in seen if asked is table for name, answer in answers if name == rule.name]
    assert not answers or None in answers, deciding(seen)


def deciding(seen: list[Any]) -> list[str]:
    return [f"{asked.name}: {by.name if by else '-'}" for asked, _, by in seen]


def test_every_rule_says_what_it_says_and_has_examples_of_both_kinds() -> None:
    for table in [*CLAUSE_TABLES, *SEQUENCE_TABLES]:
        assert table.rules
        assert len({rule.name for rule in table.rules}) == len(table.rules)
        for rule in table.rules:
            assert rule.says.endswith(".") and rule.fires and rule.spares, rule.name
