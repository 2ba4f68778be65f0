"""Every sentence has one home: no message is missing or unused, none differs between the languages."""

from __future__ import annotations

import ast
import pickle
import re
from contextlib import redirect_stderr
from functools import cache
from io import StringIO

import pytest
from jinja2 import nodes
from message_uses import (
    Use,
    modules,
    python_calls,
    python_groups,
    telling_nodes,
    template_calls,
    template_groups,
    template_tree,
    templates,
)

from cancu.parser import Parser
from cancu.verbs import VERBS, stats, trace
from indexer.index_document import FACETS
from kb.answers.fields import LEVELS
from kb.checking.catalogue import RULES
from kb.checking.report import CLASSES, SEVERITIES, VERDICTS
from kb.findings.doubts import SEVERITY
from kb.knowledge.validity import CODES, STATES
from kb.reading import read
from messages import Message, MessageError, Pair, among, day, message_ids, number, pick, placeholders, reworded, say
from messages.catalogue import _read
from web.drawing.columns import COLUMNS
from web.http.openapi import PROBLEMS

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)


@cache
def calls() -> list[Use]:
    """Every place where a message is said."""
    return [
        *(use for path in modules() for use in python_calls(path)),
        *(use for path in templates() for use in template_calls(path)),
    ]


@cache
def groups() -> set[str]:
    """Every group of messages that something chooses among."""
    return {
        *(group for path in modules() for group in python_groups(path)),
        *(group for path in templates() for group in template_groups(path)),
    }


def test_the_sources_were_searched() -> None:
    assert len(calls()) > 400
    assert {use.where.split(".")[0].split("/")[0] for use in calls()} >= {"cancu", "corpus", "kb", "indexer", "web"}


def test_a_message_that_is_said_exists_and_gets_its_values() -> None:
    known = set(message_ids())
    assert [use for use in calls() if use.id not in known] == []
    assert [use for use in calls() if use.values is not None and use.values != placeholders(use.id)] == []


def test_no_message_is_unused() -> None:
    said = {use.id for use in calls()}
    unused = [id for id in message_ids() if id not in said and not any(id.startswith(f"{one}.") for one in groups())]
    assert unused == []


def test_a_group_that_is_chosen_from_has_messages() -> None:
    ids = list(message_ids())
    assert [group for group in groups() if not any(id.startswith(f"{group}.") for id in ids)] == []


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("cancu.verb", VERBS),
        ("kb.findings.kind", SEVERITY),
        ("kb.findings.name", SEVERITY),
        ("kb.check.finding", RULES),
        ("kb.check.rule", RULES),
        ("kb.check.verdict", VERDICTS),
        ("kb.check.severity", SEVERITIES),
        ("kb.check.class", CLASSES),
        ("kb.labels.facet", FACETS),
        ("kb.status.label", CODES),
        ("kb.status.state", STATES),
        ("kb.labels.role", ["held", "cited_only"]),
        ("web.problem.meaning", PROBLEMS),
        ("web.column", {name for columns in COLUMNS for name, _ in columns}),
        ("kb.labels.level", LEVELS),
        ("cancu.stats.nothing", stats._LISTS),
        ("cancu.trace.nothing", [*trace._QUESTIONS, "chain"]),
    ],
)
def test_a_group_has_a_message_for_each_thing_and_no_other(group: str, names) -> None:
    here = {id.removeprefix(f"{group}.") for id in message_ids() if id.startswith(f"{group}.")}
    assert here == set(names)


ENGLISH_WITH_VIETNAMESE = {
    "web.base.other_language",  # the switch says the other language's name
    "web.check.placeholder",  # an example in a field for Vietnamese text
}


def test_the_english_side_is_english() -> None:
    wrong = []
    for id in message_ids():
        shown = say(id, "en", **{name: _Shown() for name in placeholders(id)})
        if VIETNAMESE.search(re.sub(r"“[^”]*”|\d+/\S+|UBND\b", "", shown)) and id not in ENGLISH_WITH_VIETNAMESE:
            wrong.append(shown)
    assert wrong == []


class _Shown(int):
    """Any value: it can be formatted as a number, a day or words."""

    def __new__(cls) -> _Shown:
        return super().__new__(cls, 2)

    def split(self, _: str) -> list[str]:
        return ["2021"]


def test_messages_are_said_in_either_language_with_plural_and_marks() -> None:
    assert say("kb.labels.joined_by_title", "vi", score=0.934) == "nối theo tên, điểm 0,93"
    assert say("kb.labels.joined_by_title", "en", score=0.934) == "joined by title, score 0.93"
    assert number(1234567.5, "vi", 1) == "1.234.567,5"
    assert number(1234567.5, "en", 1) == "1,234,567.5"
    assert (day("2021-12-24"), day("2021-12"), day("2021")) == ("24/12/2021", "12/2021", "2021")


def test_a_value_may_be_in_two_languages() -> None:
    why = Message("kb.corrections.empty")
    whole = Message("kb.corrections.wrong_column", column=Pair("lý do", "reason"), why=why)
    assert whole.vi == f"Dòng hiệu đính sai ở cột lý do: {why.vi}."
    assert whole.en == f"Wrong correction, column reason: {why.en}."
    assert pickle.loads(pickle.dumps(whole)).text("en") == whole.en


@pytest.mark.parametrize(
    ("id", "values"),
    [("kb.labels.no_such_thing", {}), ("kb.nothing.at_all", {}), ("kb", {}), ("kb.corrections.empty", {"surplus": 1})],
)
def test_a_wrong_id_or_value_is_noticed_at_once(id: str, values: dict[str, int]) -> None:
    with pytest.raises(MessageError):
        Message(id, **values)
    with pytest.raises(MessageError):
        say(id, "en", **values)


def test_a_finished_sentence_is_said_in_the_other_language() -> None:
    assert reworded("kb.evidence", "dòng 390", "vi", "en") == "line 390"
    assert reworded("kb.evidence", "ở đâu đó", "vi", "en") == "ở đâu đó"
    complaint = "argument --jobs: invalid choice: 'a: b' (choose from 1, 2)"
    assert reworded("cancu.argparse", complaint, "en", "vi") == (
        "đối số --jobs: giá trị không hợp lệ: 'a: b' (chọn trong 1, 2)"
    )
    assert reworded("cancu.argparse", complaint, "en", "en") == complaint


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nghị quyết số 222023/NQ-HĐND ngày 14/7/2023 của HĐND tỉnh", "22/2023/NQ-HĐND"),
        ("Căn cứ Luật số 722025/QH15", "72/2025/QH15"),
    ],
)
def test_every_evidence_of_a_repair_is_said_in_english(text: str, number: str) -> None:
    (citation,) = [one for one in read(text).citations if one.number == number]
    (repair,) = citation.repairs
    said = reworded("kb.evidence", repair.evidence, "vi", "en")
    assert said != repair.evidence and not re.search("[ăâđêôơưĂÂĐÊÔƠƯ]", said)


def test_choosing_from_a_group() -> None:
    assert pick("kb.labels.role", "held") == "kb.labels.role.held"
    assert among("kb.labels.role", "held") and not among("kb.labels.role", "lost")
    with pytest.raises(MessageError):
        pick("kb.labels.role", "lost")


@pytest.mark.parametrize(
    "table",
    [
        {"vi": "một"},
        {"vi": "một", "en": " "},
        {"vi": "{a}", "en": "{b}"},
        {"vi": "{n} tệp", "en": {"one": "{n} file", "other": "{n} files"}},
        {"vi": "{count} tệp", "en": {"one": "{count} file"}},
        {"vi": "một", "en": "one", "fr": "un"},
    ],
)
def test_a_message_that_lacks_a_side_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(MessageError):
        _read("kb.test", table)


def test_no_sentence_stands_outside_the_catalogue() -> None:
    """Templates hold no Vietnamese text, and no module puts two wordings side by side."""
    written = [
        f"{path.name}: {data.data.strip()}"
        for path in templates()
        for data in template_tree(path).find_all(nodes.TemplateData)
        if VIETNAMESE.search(re.sub(r"\S*\d\S*/\S+", "", data.data))
    ]
    assert written == []
    side_by_side = [
        f"{path.name}:{call.lineno}"
        for path in modules()
        for call in telling_nodes(path)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Pair"
        for word in ast.walk(call)
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and VIETNAMESE.search(word.value)
    ]
    assert side_by_side == []


def test_every_complaint_of_argparse_that_can_be_met_is_known() -> None:
    """What argparse of this Python says of a wrong command line has a message; the rest is of uses we do not make."""
    parser = Parser(lang="vi", prog="x")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--one", type=int)
    group.add_argument("--two", action="store_true")
    parser.add_argument("--pair", nargs=2)
    parser.add_argument("--some", nargs="+")
    parser.add_argument("--which", choices=("a", "b"))
    parser.add_argument("name")
    lines = (
        ["n"], ["--one"], ["--one", "1"], ["--one", "x", "n"], ["--two", "--one", "1", "n"], ["--two=1", "n"],
        ["--two", "--pair", "1", "--which", "a"], ["--two", "--some", "--which", "a"], ["--two", "--which", "c", "n"],
        ["--two", "n", "more"], ["--two", "n", "--unknown"],
    )  # fmt: skip
    for line in lines:
        with pytest.raises(SystemExit), redirect_stderr(StringIO()) as said:
            parser.parse_args(line)
        words = said.getvalue().rpartition("x: ")[2]
        assert words.startswith("lỗi: ")
        assert not re.search(r"\b(?:argument|expected|invalid|required|allowed|unrecognized|ignored)\b", words), words
