"""The report of one or several drafts as the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from urllib.parse import quote

import orjson
from jinja2 import Environment, PackageLoader

from corpus.errors import Refused
from corpus.formats.word_comments import WordComment, with_comments
from kb.checking.catalogue import RULES
from kb.checking.report import SEVERITIES, CheckFinding, class_name, rule_name, severity_name, verdict_name
from messages import Message, pick, say
from messages.errors import CancuError
from web.http.csv_tables import Columns, spreadsheet
from web.reports import words
from web.reports.draft import CheckedDraft
from web.reports.marked import pieces

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class NotCommentable(CancuError):
    """A copy with comments is asked for of what cannot take them."""


def report_file(format: str, drafts: Sequence[CheckedDraft], lang: str = "vi") -> bytes:
    """The report on all drafts in one of ``FORMATS``.

    Raises ``NotCommentable`` where a copy with comments is asked for of what is not one .docx that can take them.
    """
    makers: dict[str, Callable[[Sequence[CheckedDraft], str], bytes]] = {
        "json": _json,
        "html": _html,
        "csv": _csv,
        "sarif": _sarif,
        "docx": _docx,
    }
    return makers[format](drafts, lang)


def _json(drafts: Sequence[CheckedDraft], lang: str) -> bytes:
    """One object of one draft, a list of several."""
    told = [draft.to_json() for draft in drafts]
    return orjson.dumps(told[0] if len(told) == 1 else told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


@cache
def _pages() -> Environment:
    found = Environment(loader=PackageLoader("web"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return found


def _html(drafts: Sequence[CheckedDraft], lang: str) -> bytes:
    """One page that needs no other file, to be read or printed."""
    page = _pages().get_template("report.html")
    return page.render(
        drafts=drafts,
        lang_=lang,
        severities=SEVERITIES,
        pieces=pieces,
        words=words,
        t=lambda id, **values: say(id, lang, **values),
        severity_name=lambda name: severity_name(name, lang),
        verdict_name=lambda name: verdict_name(name, lang),
        class_name=lambda name: class_name(name, lang),
    ).encode("utf-8")


def _csv(drafts: Sequence[CheckedDraft], lang: str) -> bytes:
    rows = [(draft, finding) for draft in drafts for finding in draft.report.findings]
    return spreadsheet(rows, _columns(lang))


def _columns(lang: str) -> Columns[tuple[CheckedDraft, CheckFinding]]:
    values: dict[str, Callable[[CheckedDraft, CheckFinding], object]] = {
        "draft": lambda draft, _: draft.name,
        "severity": lambda _, one: severity_name(one.severity, lang),
        "code": lambda _, one: one.code,
        "line": lambda _, one: one.places[0].line,
        "page": lambda _, one: one.places[0].page,
        "written": lambda _, one: one.raw,
        "number": lambda _, one: one.number,
        "finding": lambda _, one: one.text(lang),
        "suggestion": lambda _, one: one.suggestion,
        "sources": lambda _, one: " | ".join(words.source(each, lang) for each in one.evidence),
        "provision": lambda _, one: one.provision.text(lang) if one.provision else None,
        "document": lambda _, one: one.document,
        "silenced": lambda _, one: one.silenced.text(lang) if one.silenced else None,
    }
    return tuple(
        (say(pick("web.draft.column", name), lang), lambda row, get=get: get(*row)) for name, get in values.items()
    )


def _sarif(drafts: Sequence[CheckedDraft], lang: str) -> bytes:
    """SARIF 2.1.0 (OASIS): what editors and review tools show beside the lines of a file."""
    rules = [
        {
            "id": code,
            "shortDescription": {"text": rule_name(code, lang)},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            **({"help": {"text": rule.provision.text(lang)}} if rule.provision else {}),
        }
        for code, rule in RULES.items()
    ]
    order = list(RULES)
    results = [
        _sarif_result(draft, finding, order.index(finding.code), lang)
        for draft in drafts
        for finding in draft.report.findings
    ]
    run = {
        "tool": {"driver": {"name": "Cancu", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "language": lang,
        "artifacts": [{"location": {"uri": _uri(draft)}} for draft in drafts],
        "results": results,
    }
    return orjson.dumps(
        {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]},
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _sarif_result(draft: CheckedDraft, finding: CheckFinding, index: int, lang: str) -> dict[str, object]:
    text = draft.source.text
    where = [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(draft)},
                "region": {
                    "startLine": place.line,
                    "charOffset": place.start,
                    "charLength": place.end - place.start,
                    "snippet": {"text": text[place.start : place.end]},
                },
            }
        }
        for place in finding.places
    ]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(words.paragraphs(finding, lang)[:-1])},
        "locations": where[:1],
        "relatedLocations": where[1:],
        "partialFingerprints": {"cancu/v1": f"{finding.code}:{finding.number or finding.raw}"},
    }
    if finding.silenced:
        result["suppressions"] = [{"kind": "external", "justification": finding.silenced.text(lang)}]
    return result


def _uri(draft: CheckedDraft) -> str:
    return quote(draft.source.name)


def _docx(drafts: Sequence[CheckedDraft], lang: str) -> bytes:
    """The draft itself with a comment at every place of a finding that counts."""
    draft, data = drafts[0], drafts[0].data
    if len(drafts) != 1 or draft.source.format != "docx" or data is None:
        raise NotCommentable(Message("web.draft.no_word_draft"))
    comments = [
        WordComment(place.start, place.end, "\n".join(words.paragraphs(finding, lang)))
        for finding in draft.report.findings
        if finding.silenced is None
        for place in finding.places
    ]
    try:
        return with_comments(data, draft.source.text, comments, author="Cancu")
    except Refused as refused:
        raise NotCommentable(refused) from None
