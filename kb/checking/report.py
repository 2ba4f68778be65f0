"""What the check of a draft answers: one verdict for each citation, findings, a summary, and what the sources cover.

Everything is frozen and plain; sentences are messages with their arguments, said in either language by ``text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.answers.shapes import Answer, DocumentBrief, plain
from messages import LANGUAGES, InTwoLanguages, Message, Pair, pick, say

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)
"""How grave a finding is, the gravest first. Error: contradicts a source, or cannot be. Warning: incomplete, doubtful
or stale in part. Note: worth knowing; notes alone let a draft pass."""

RIGHT, WRONG, OTHER, NOT_FOUND, AMBIGUOUS, NOT_CHECKED = (
    "right", "wrong", "other_document", "not_found", "ambiguous", "not_checked",
)  # fmt: skip
VERDICTS = (RIGHT, WRONG, OTHER, NOT_FOUND, AMBIGUOUS, NOT_CHECKED)
"""The verdicts on a citation: đúng, sai, khác văn bản, không thấy, mơ hồ, chưa kiểm."""

CLASSES = ("normative", "administrative", "party", "joint", "letter", "unknown")
"""The classes of a draft, which decide which form its citations must have."""


@dataclass(frozen=True, slots=True)
class Place(Answer):
    """A stretch of the draft: code points of its text, line and page from 1 (``page`` None without pages)."""

    start: int
    end: int
    line: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Provision(Answer):
    """What a rule rests on: the provision's id in the catalogue, its name, and the document that has it."""

    id: str
    name: str
    name_en: str
    document: str

    def text(self, lang: str = "vi") -> str:
        """Its name in ``lang``."""
        return self.name_en if lang == "en" else self.name


@dataclass(frozen=True, slots=True)
class Evidence(Answer):
    """What a finding or a verdict rests on.

    ``kind``: own | register | law_table | citations | citation | act | draft | facts; ``said``: the source in
    words ("theo 3 văn bản"); ``sentence``: the words that prove it, where it is a text; ``document``: the id of the
    document that says so; ``file``, ``line``: where the sentence stands, or the row of a register.
    """

    kind: str
    said: Message
    sentence: str | None = None
    document: str | None = None
    file: str | None = None
    line: int | None = None

    def text(self, lang: str = "vi") -> str:
        """The source in words."""
        return self.said.text(lang)

    def to_json(self) -> dict[str, Any]:
        return Answer.to_json(self) | {"said": said(self.said)}


@dataclass(frozen=True, slots=True)
class CheckFinding(Answer):
    """One thing to mend or to look at, with all its places.

    ``code`` is stable (``kb/checking/rules.toml``); ``raw`` the words at the first place; ``number`` and ``document``
    the document concerned, None for a finding of the whole draft; ``citations`` are indices into the report's
    citations; ``suggestion`` is what should stand there, in official form and ready to copy, None where no source
    tells; ``silenced`` is the reason for which it does not count, None where it does.
    """

    code: str
    family: str
    severity: str
    said: Message
    raw: str
    number: str | None
    document: str | None
    places: tuple[Place, ...]
    citations: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    suggestion: str | None
    provision: Provision | None
    silenced: InTwoLanguages | None = None

    def text(self, lang: str = "vi") -> str:
        """The finding in words."""
        return self.said.text(lang)

    def to_json(self) -> dict[str, Any]:
        out = Answer.to_json(self)
        del out["said"]
        return out | {
            "silenced": said(self.silenced) if self.silenced else None,
            "message": self.said.vi,
            "message_en": self.said.en,
            "message_id": self.said.id,
            "arguments": {name: _argument(value) for name, value in self.said.values.items()},
        }


@dataclass(frozen=True, slots=True)
class CheckedCitation(Answer):
    """A citation of the draft with its verdict.

    ``reason``: what it agrees with or why it could not be checked; ``findings``: indices into the report's findings;
    ``as_it_should_stand``: the document's citation in official form as the sources know it, None where they do not.
    """

    index: int
    raw: str
    kind: str
    number: str | None
    place: Place
    verdict: str
    reason: Message
    document: DocumentBrief | None
    candidates: tuple[DocumentBrief, ...]
    findings: tuple[int, ...]
    as_it_should_stand: str | None
    evidence: tuple[Evidence, ...]

    def to_json(self) -> dict[str, Any]:
        return Answer.to_json(self) | {"reason": said(self.reason)}


@dataclass(frozen=True, slots=True)
class Source(Answer):
    """One source that was asked: the texts of the base, a register, the law table; how many documents it covers and up
    to which day (None where it has none)."""

    kind: str
    said: Message
    documents: int
    as_of: str | None = None

    def text(self, lang: str = "vi") -> str:
        """The source and its scope in words."""
        return self.said.text(lang)

    def to_json(self) -> dict[str, Any]:
        return Answer.to_json(self) | {"said": said(self.said)}


@dataclass(frozen=True, slots=True)
class Summary(Answer):
    """Counts: ``citations`` in all, ``documents`` that they mean, citations by verdict, findings that count by
    severity, and how many were silenced."""

    citations: int
    documents: int
    verdicts: dict[str, int]
    severities: dict[str, int]
    silenced: int = 0


@dataclass(frozen=True, slots=True)
class Report(Answer):
    """The outcome. ``passed``: no error and no warning. ``draft_class`` decides which form applies; ``day`` is the
    draft's own date, None where it has none: then the state of today's knowledge counts."""

    passed: bool
    draft_class: str
    number: str | None
    day: str | None
    summary: Summary
    findings: tuple[CheckFinding, ...]
    citations: tuple[CheckedCitation, ...]
    coverage: tuple[Source, ...]

    def of_severity(self, severity: str) -> tuple[CheckFinding, ...]:
        """The findings that are as grave as ``severity`` and count."""
        return tuple(one for one in self.findings if one.severity == severity and one.silenced is None)


def said(value: InTwoLanguages) -> dict[str, str]:
    """Anything that is said in both languages, as JSON gives it."""
    return {lang: value.text(lang) for lang in LANGUAGES}


def verdict_name(verdict: str, lang: str = "vi") -> str:
    """A verdict in words."""
    return say(pick("kb.check.verdict", verdict), lang)


def severity_name(severity: str, lang: str = "vi") -> str:
    """How grave a finding is, in words."""
    return say(pick("kb.check.severity", severity), lang)


def class_name(draft_class: str, lang: str = "vi") -> str:
    """A class of drafts in words."""
    return say(pick("kb.check.class", draft_class), lang)


def rule_name(code: str, lang: str = "vi") -> str:
    """What the rule of this code finds, in words."""
    return say(pick("kb.check.rule", code), lang)


def _argument(value: Any) -> Any:
    if isinstance(value, (Message, Pair)):
        return said(value)
    return plain(value)
