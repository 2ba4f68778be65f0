"""The picture of the line in which a citation stands, from the scan itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Response

from corpus.line_picture import line_picture
from messages import Message
from web.http import params
from web.http.front import front
from web.http.problems import Problem

blueprint = Blueprint("scan_line", __name__)


@blueprint.get("/vb/<path:ident>/anh-dong")
def picture(ident: str) -> Response:
    """``trich`` = index of the citation: its line as PNG, made now. 404 where its text is no scan, or the file is no
    longer where it was read."""
    line = front().kb.scanned_line(params.clean(ident), params.number("trich", 0, least=0, most=10**9))
    made = None
    if line is not None and _is_held(Path(line.file), line.sha256):
        with front().heavy.taken():
            made = line_picture(Path(line.file), line.page, line.place)
    if made is None:
        raise Problem(404, "no_picture", Message("web.problem.no_picture"))
    return Response(made, mimetype="image/png")


def _is_held(path: Path, sha256: str) -> bool:
    """Whether the file is still the one that was read."""
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == sha256
    except OSError:
        return False
