"""What the forms of a report say of a finding: its place, its sources and what should stand there, in words."""

from __future__ import annotations

from kb.checking.report import CheckFinding, Evidence, severity_name
from messages import day, say

__all__ = ["day", "paragraphs", "places", "source"]


def places(finding: CheckFinding, lang: str, most: int = 8) -> str:
    """Lines and pages of the finding ("dòng 12, 40; trang 3"), at most ``most`` of each."""
    lines = list(dict.fromkeys(place.line for place in finding.places))
    pages = list(dict.fromkeys(place.page for place in finding.places if place.page))
    said = say("web.draft.lines", lang, lines=_listed(lines, most))
    return f"{said}; {say('web.draft.pages', lang, pages=_listed(pages, most))}" if pages else said


def _listed(numbers: list[int], most: int) -> str:
    return ", ".join(map(str, numbers[:most])) + (", …" if len(numbers) > most else "")


def source(evidence: Evidence, lang: str) -> str:
    """Where a finding's proof stands, with the sentence that says it."""
    sentence = f": “{' '.join(evidence.sentence.split())}”" if evidence.sentence else ""
    return evidence.text(lang) + sentence


def paragraphs(finding: CheckFinding, lang: str) -> list[str]:
    """All that a comment beside the place says: what is wrong, what should stand there, on what evidence."""
    said = [f"{severity_name(finding.severity, lang).capitalize()}: {finding.text(lang)}"]
    if finding.suggestion:
        said.append(say("web.draft.should_be", lang, words=finding.suggestion))
    said += [source(one, lang) for one in finding.evidence]
    if finding.provision:
        said.append(say("web.draft.rests_on", lang, provision=finding.provision.text(lang)))
    said.append(f"[{finding.code}]")
    return said
