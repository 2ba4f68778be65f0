"""Every rule of the check on its own examples: a draft in which it fires, and a near one in which it must not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from kb_fixtures import source

from corpus.blocks import Doubt
from corpus.structure.guess import structured
from kb.checking.catalogue import PROVISIONS, RULES, Example
from kb.checking.check import check
from kb.checking.never_issued import NEVER, NeverIssued, is_never_issued
from kb.checking.report import SEVERITIES, CheckFinding, Report
from kb.checking.rules.numbers import as_seen
from kb.model import Hints
from kb.reading import read
from kb.service import KnowledgeBase
from messages import LANGUAGES

TEXTS = tomllib.loads((Path(__file__).parent / "data" / "check_base.toml").read_text(encoding="utf-8"))["text"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return KnowledgeBase.open(tmp_path_factory.mktemp("empty"), create=True)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    made = KnowledgeBase.open(tmp_path_factory.mktemp("kb"), create=True)
    for one in TEXTS:
        text = one["text"].strip()
        made.put(replace(source(one["name"], text), blocks=structured(text, wrapped=False)), read(text))
    made.resolve()
    return made


def checked(base: KnowledgeBase, text: str, unsure: tuple[str, ...] = ()) -> Report:
    """The report on a text; ``unsure``: words of it that a scan shows badly."""
    blocks = structured(text, wrapped=True, markdown=True)
    doubts = [Doubt(text.index(word), text.index(word) + len(word), 0.5) for word in unsure if word in text]
    return check(base, read(text, Hints(blocks=blocks, doubts=doubts)), text, blocks)


def of_code(report: Report, code: str) -> list[CheckFinding]:
    return [finding for finding in report.findings if finding.code == code]


FIRES = [(code, example) for code, rule in RULES.items() for example in rule.match]
SILENT = [(code, example) for code, rule in RULES.items() for example in rule.no_match]


@pytest.mark.parametrize(("code", "example"), FIRES)
def test_a_draft_in_which_it_fires(base: KnowledgeBase, code: str, example: Example) -> None:
    report = checked(base, example.text, RULES[code].unsure)
    found = of_code(report, code)
    assert len(found) == 1, [(one.code, one.text()) for one in report.findings]
    (finding,) = found
    lines_begin = 0 if example.head.endswith("_wrong") else len(example.text) - len(example.lines) - 1
    for place in finding.places:
        assert lines_begin <= place.start < place.end <= len(example.text)
        assert example.text[: place.start].count("\n") + 1 == place.line
    assert finding.severity == RULES[code].severity in SEVERITIES
    for lang in LANGUAGES:
        assert finding.text(lang) and not re.search(r"[{}]|\bNone\b", finding.text(lang))
    assert report.passed is not any(one.severity in ("error", "warning") for one in report.findings)


@pytest.mark.parametrize(("code", "example"), SILENT)
def test_a_near_draft_in_which_it_must_not(base: KnowledgeBase, code: str, example: Example) -> None:
    assert of_code(checked(base, example.text, RULES[code].unsure), code) == []


@pytest.mark.parametrize(("code", "example"), [(code, example) for code, example in FIRES if not RULES[code].sources])
def test_what_needs_no_documents_is_found_in_an_empty_base(empty: KnowledgeBase, code: str, example: Example) -> None:
    assert len(of_code(checked(empty, example.text, RULES[code].unsure), code)) == 1


@pytest.mark.parametrize(("code", "example"), [(code, example) for code, example in FIRES if RULES[code].sources])
def test_what_needs_documents_is_not_said_without_them(empty: KnowledgeBase, code: str, example: Example) -> None:
    assert of_code(checked(empty, example.text), code) == []


def test_every_provision_is_one_that_a_rule_rests_on() -> None:
    assert {rule.provision.id for rule in RULES.values() if rule.provision} == set(PROVISIONS)


@pytest.mark.parametrize("entry", NEVER, ids=lambda entry: entry.id)
def test_an_organ_that_never_issues_a_type(entry: NeverIssued) -> None:
    assert all(is_never_issued(number) for number in entry.match)
    assert not any(is_never_issued(number) for number in entry.no_match)
    assert not is_never_issued(entry.match[0].split("/")[0] + "/1998/" + entry.match[0].split("/")[-1])


def test_a_stroke_that_only_looks_alike_is_no_fault_of_a_code() -> None:
    assert as_seen("16⁄2017/QH14") == as_seen("1 6∕2017/QH14") == "16/2017/QH14"
