"""Findings that somebody has looked at and accepts: silenced with a reason, or known from an earlier report.

A silenced finding stays in the report with its reason and no longer counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kb.checking.catalogue import RULES
from kb.checking.report import ERROR, SEVERITIES, WARNING, CheckFinding, Report
from kb.errors import KnowledgeBaseError
from messages import InTwoLanguages, Message, Pair

FILE = "cancu-check.toml"
"""The file beside a draft, or in the folder of the base, that silences findings."""

_FIELDS = frozenset({"code", "document", "words", "reason"})


@dataclass(frozen=True, slots=True)
class Silence:
    """Which findings are accepted, and why.

    Every field that is given must agree: ``code`` of the rule, ``document`` the number or the id of the document
    concerned, ``words`` that stand in the draft where the finding is.
    """

    code: str | None
    document: str | None
    words: str | None
    reason: InTwoLanguages

    def covers(self, finding: CheckFinding) -> bool:
        """Whether the finding is one of those."""
        return (
            self.code in (None, finding.code)
            and self.document in (None, finding.number, finding.document)
            and (self.words is None or _words(self.words) in _words(finding.raw))
        )


def read_silences(path: Path) -> tuple[Silence, ...]:
    """The entries ``[[silence]]`` of a file; nothing where there is no such file.

    Raises ``KnowledgeBaseError`` for what is no TOML, an entry without a reason or without anything to silence, an
    unknown code or key.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise KnowledgeBaseError(Message("kb.silence.unreadable", path=str(path), error=str(error))) from None
    entries = content.get("silence", [])
    if not isinstance(entries, list):
        entries = [entries]
    return tuple(_silence(entry, number, path) for number, entry in enumerate(entries, 1))


def _silence(entry: Any, number: int, path: Path) -> Silence:
    wrong = _wrong_with(entry)
    if wrong is not None:
        raise KnowledgeBaseError(Message("kb.silence.wrong", path=str(path), number=number, why=wrong))
    return Silence(entry.get("code"), entry.get("document"), entry.get("words"), Pair(entry["reason"], entry["reason"]))


def _wrong_with(entry: Any) -> Message | None:
    if not isinstance(entry, dict) or not all(isinstance(value, str) and value.strip() for value in entry.values()):
        return Message("kb.silence.no_words")
    unknown = sorted(entry.keys() - _FIELDS)
    if unknown:
        return Message("kb.silence.key", key=unknown[0], known=", ".join(sorted(_FIELDS)))
    if "reason" not in entry:
        return Message("kb.silence.no_reason")
    if len(entry) == 1:
        return Message("kb.silence.all")
    if "code" in entry and entry["code"] not in RULES:
        return Message("kb.silence.no_code", code=entry["code"])
    return None


def accepted_before(reports: Iterable[dict[str, Any]]) -> tuple[Silence, ...]:
    """What earlier reports, as their JSON, found: each finding on a document or at some words is accepted.

    Raises ``KnowledgeBaseError`` where one is no report of a check.
    """
    reason = Message("kb.silence.in_baseline")
    found = []
    for report in reports:
        listed = report.get("findings") if isinstance(report, dict) else None
        if not isinstance(listed, list):
            raise KnowledgeBaseError(Message("kb.silence.no_baseline"))
        for one in listed:
            if not isinstance(one, dict) or not isinstance(one.get("code"), str):
                raise KnowledgeBaseError(Message("kb.silence.no_baseline"))
            found.append(Silence(one["code"], one.get("document") or one.get("number"), one.get("raw"), reason))
    return tuple(found)


def silenced(report: Report, silences: Sequence[Silence]) -> Report:
    """The report with the findings that the first fitting entry covers marked by its reason."""
    if not silences:
        return report
    findings = tuple(
        replace(finding, silenced=next((one.reason for one in silences if one.covers(finding)), finding.silenced))
        for finding in report.findings
    )
    heard = [one for one in findings if one.silenced is None]
    severities = {name: sum(one.severity == name for one in heard) for name in SEVERITIES}
    summary = replace(report.summary, severities=severities, silenced=len(findings) - len(heard))
    return replace(report, findings=findings, summary=summary, passed=not (severities[ERROR] or severities[WARNING]))


def left_out(only: Sequence[str], ignored: Sequence[str]) -> tuple[Silence, ...]:
    """What silences all rules but ``only`` (where any are given), and the rules ``ignored``.

    Raises ``KnowledgeBaseError`` for a code that no rule has.
    """
    for code in (*only, *ignored):
        if code not in RULES:
            raise KnowledgeBaseError(Message("kb.silence.no_code", code=code))
    reason = Message("kb.silence.not_asked")
    codes = [code for code in RULES if (only and code not in only) or code in ignored]
    return tuple(Silence(code, None, None, reason) for code in codes)


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
