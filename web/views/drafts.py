"""A draft that somebody sends to be checked before it is signed; nothing of it is kept."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, request

from corpus.errors import Refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured
from corpus.worker import Reader
from kb.answers.shapes import Answer
from kb.checking.report import SEVERITIES, class_name, severity_name, verdict_name
from messages import Message
from web.drawing.words import lang
from web.http import params
from web.http.answers import answer, download, json_response
from web.http.front import front
from web.http.problems import Problem
from web.reports import words
from web.reports.draft import FORMATS, MEDIA_TYPES, CheckedDraft, checked
from web.reports.files import NotCommentable, report_file
from web.reports.marked import pieces
from web.views.checking import submitted_text

blueprint = Blueprint("drafts", __name__)
PAGE = "page"
MOST_DRAFTS = 20
"""Of a container (.zip, .eml) so many are checked at once."""

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_TEXTS = ("application/json", "text/plain", "")


@dataclass(frozen=True, slots=True)
class Checked(Answer):
    """What became of the drafts that were sent; none before anything was."""

    drafts: tuple[CheckedDraft, ...]


@blueprint.route("/kiem-tra", methods=("GET", "POST"))
def page() -> Response:
    """Choose a file or paste a text; the findings beside the text, or the report as a file."""
    if request.method == "GET":
        return _shown((), None)
    _let_in()
    form = request.form.get("dang") or PAGE
    if form not in (PAGE, *FORMATS):
        raise Problem(400, "bad_parameter", Message("web.problem.no_form", listed=", ".join(FORMATS)), parameter="dang")
    drafts = check_submitted()
    if form != PAGE:
        return _file(form, drafts)
    return _shown(drafts, params.clean(request.form.get("province", ""))[:60])


def check_call() -> Response:
    """The report on what a program sent, in the form it asks for."""
    _let_in()
    form = params.one_of("format", FORMATS, "json")
    drafts = check_submitted()
    if form == "json":
        told = [draft.to_json() for draft in drafts]
        return json_response(told[0] if len(told) == 1 else {"drafts": told})
    return _file(form, drafts)


def _let_in() -> None:
    """A file may be larger than what other addresses take."""
    most = front().settings.draft_bytes + front().settings.draft_text_bytes
    request.max_content_length = most
    request.max_form_memory_size = front().settings.draft_text_bytes * 4


def _shown(drafts: Sequence[CheckedDraft], province: str | None) -> Response:
    return answer(
        "drafts.html",
        Checked(tuple(drafts)),
        province=province,
        forms=(PAGE, *FORMATS),
        lang_=lang(),
        severities=SEVERITIES,
        pieces=pieces,
        words=words,
        severity_name=lambda name: severity_name(name, lang()),
        verdict_name=lambda name: verdict_name(name, lang()),
        class_name=lambda name: class_name(name, lang()),
    )


def _file(form: str, drafts: Sequence[CheckedDraft]) -> Response:
    """The report as a file. Raises the 422 problem where a copy with comments is asked for of what cannot take them."""
    try:
        made = report_file(form, drafts, lang())
    except NotCommentable as error:
        raise Problem(422, "no_comments", error) from None
    return download(made, MEDIA_TYPES[form], f"cancu-kiem-tra.{form}")


def check_submitted() -> tuple[CheckedDraft, ...]:
    """Every draft of this request, checked.

    Raises the 422 problem for a file that cannot be read, 413 for one that is too large, 415 and 400 as for a text
    that is sent, 503 where too many are being checked.
    """
    with front().heavy.taken() as tools:
        sources, data, province = _submitted(tools.read)
        return tuple(tools.work(checked, source, province=province, data=data) for source in sources)


def _submitted(reader: Reader) -> tuple[Sequence[SourceText], bytes | None, str | None]:
    """The texts, the bytes of the file where it is one document, and whose province it is."""
    name, stated = params.text("name") or "draft", params.text("province", limit=60)
    upload = request.files.get("file") if request.mimetype in _FORMS else None
    if upload is not None and upload.filename:
        province = params.clean(request.form.get("province", ""))[:60] or None
        return *_of_file(reader, upload.read(), upload.filename), province
    if request.mimetype in _FORMS or request.mimetype in _TEXTS:
        text, province = submitted_text(front().settings.draft_text_bytes)
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        source = SourceText("", text, "txt", digest, blocks=structured(text, wrapped=True, markdown=True))
        return (replace(source, name=Message("web.draft.pasted").text(lang())),), None, province
    return *_of_file(reader, request.get_data(cache=False), name), stated


def _of_file(reader: Reader, data: bytes, name: str) -> tuple[Sequence[SourceText], bytes | None]:
    """The texts of a file that was sent: read from a folder that is gone afterwards."""
    settings = front().settings
    if len(data) > settings.draft_bytes:
        most = settings.draft_bytes
        raise Problem(413, "too_large", Message("web.problem.file_too_large", most=most >> 20), limit=most)
    name = params.clean(re.split(r"[/\\]", name)[-1])[:120] or "draft"
    suffix = _SUFFIX.search(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{suffix[0] if suffix else ''}"
        path.write_bytes(data)
        try:
            sources = reader.read(path)
        except Refused as refused:
            raise Problem(422, "unreadable_file", refused) from None
    if len(sources) > MOST_DRAFTS or sum(len(one.text) for one in sources) > settings.draft_text_bytes:
        raise Problem(413, "too_large", Message("web.problem.too_many_drafts", most=MOST_DRAFTS))
    named = [replace(one, name=one.name.replace(str(path), name)) for one in sources]
    return named, data if len(named) == 1 else None
