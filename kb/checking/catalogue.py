"""The catalogue of the check's rules (``rules.toml``): code, family, severity, provision, and examples that are run.

A wrong catalogue stops the program when it is loaded, as every file of facts does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.authority import load
from kb.checking.report import OTHER, SEVERITIES, WRONG, Provision
from messages import Message, among

FILE = Path(__file__).parent / "rules.toml"

FAMILIES = ("number", "date", "issuer", "title", "effect", "bases", "pinpoint", "draft", "unknown")


@dataclass(frozen=True, slots=True)
class Example:
    """A draft in which a rule is tried: the head's name, and the lines under it."""

    head: str
    lines: str

    @property
    def text(self) -> str:
        """The whole draft."""
        return f"{HEADS[self.head]}\n{self.lines}\n"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``verdict``: what a finding of it makes of the citation concerned, "" where the citation stays as the
    sources say. ``sources``: it needs documents of a base; the others work in an empty one. ``match`` is a draft (or
    several) in which it fires, ``no_match`` a near one in which it must not; ``unsure``: words of the examples that a
    scan shows badly; its words are the message ``kb.check.finding.CODE``."""

    code: str
    family: str
    severity: str
    verdict: str
    sources: bool
    unsure: tuple[str, ...]
    provision: Provision | None
    match: tuple[Example, ...]
    no_match: tuple[Example, ...]


_REQUIRED: Mapping[str, load.Check] = {
    "code": load.word,
    "family": load.one_of(*FAMILIES),
    "severity": load.one_of(*SEVERITIES),
    "match": load.examples,
    "no_match": load.examples,
}
_OPTIONAL: Mapping[str, load.Check] = {
    "verdict": load.one_of(WRONG, OTHER),
    "sources": load.flag,
    "unsure": load.examples,
    "provision": load.word,
}
_OF_PROVISION: Mapping[str, load.Check] = {
    "id": load.word,
    "name": load.word,
    "name_en": load.word,
    "document": load.word,
}


def _content() -> dict[str, Any]:
    try:
        return tomllib.loads(FILE.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise load.AuthorityError(Message("kb.authority.no_object", name=f"{FILE.name} ({error})")) from error


def _examples(code: str, field: str, stated: list[str]) -> tuple[Example, ...]:
    split = [one.partition(":") for one in stated]
    load.known(FILE, code, field, [head for head, _, _ in split], HEADS)
    return tuple(Example(head, lines.strip()) for head, _, lines in split)


def _read(content: dict[str, Any]) -> tuple[dict[str, Rule], dict[str, Provision]]:
    stated = load.entries(FILE, _OF_PROVISION, {}, key="id", section="provision", content=content)
    provisions = {entry["id"]: Provision(**entry) for entry in stated}
    rules = {}
    for entry in load.entries(FILE, _REQUIRED, _OPTIONAL, key="code", section="rule", content=content):
        code, of = entry["code"], entry.get("provision")
        load.known(FILE, code, "provision", [of] if of else [], provisions)
        for group in ("kb.check.finding", "kb.check.rule"):
            if not among(group, code):
                raise load.fault(FILE, code, "code", Message("kb.check.rule_without_words", group=group))
        rules[code] = Rule(
            code=code,
            family=entry["family"],
            severity=entry["severity"],
            verdict=entry.get("verdict", ""),
            sources=entry.get("sources", False),
            unsure=tuple(entry.get("unsure", ())),
            provision=provisions[of] if of else None,
            match=_examples(code, "match", entry["match"]),
            no_match=_examples(code, "no_match", entry["no_match"]),
        )
    return rules, provisions


_CONTENT = _content()
HEADS: dict[str, str] = {name: text.strip() for name, text in _CONTENT["head"].items()}
"""Heads of drafts, by name, under which the examples stand."""
RULES, PROVISIONS = _read(_CONTENT)
"""Every rule by its code, in the order of the file; every provision by its id."""
