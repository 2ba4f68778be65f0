"""Addresses: permalinks, and links that keep the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import g, request

from kb.identity.articles import anchor_of
from web.http.front import front

_SAFE = "/@-._~:+,"


def asked() -> str:
    """The address of this request as it came, path and query."""
    query = request.query_string.decode("ascii", "replace")
    return request.path + (f"?{query}" if query else "")


def permalink(ident: str) -> str:
    """``/vb/…`` of a document id."""
    return "/vb/" + quote(ident, safe=_SAFE)


def whole_address(path: str | None = None) -> str:
    """The whole address of this page as it was asked for, or of the one at ``path``."""
    local = here() if path is None else link(quote(path, safe=_SAFE))
    return (front().settings.public_url or request.host_url.rstrip("/")) + local


def public_link(ident: str) -> str:
    """The whole address of a document's page, to be pasted into a report."""
    return (front().settings.public_url or request.host_url.rstrip("/")) + permalink(ident)


def public_text_link(ident: str, line: int | None) -> str:
    """The whole address of a line in the text of a document."""
    return f"{public_link(ident)}/noi-dung" + (f"?dong={line}#L{line}" if line else "")


def opens_here_only() -> bool:
    """Whether such an address opens on this machine alone."""
    name = request.host.rpartition(":")[0] or request.host
    return front().settings.public_url is None and name in ("127.0.0.1", "localhost", "[::1]")


def link(path: str, query: Mapping[str, Any] | None = None, anchor: str = "") -> str:
    """``path`` with ``query`` (None values left out) and the language of this page."""
    pairs: list[tuple[str, str]] = []
    for key, value in (query or {}).items():
        if value is None or value == "":
            continue
        values = value if isinstance(value, (list, tuple)) else (value,)
        pairs.extend((key, str(each)) for each in values)
    if g.get("lang") == "en" and not any(key == "lang" for key, _ in pairs):
        pairs.append(("lang", "en"))
    return path + ("?" + urlencode(pairs) if pairs else "") + (f"#{anchor}" if anchor else "")


def document_link(ident: str, anchor: str = "", **query: Any) -> str:
    return link(permalink(ident), query, anchor)


def line_link(ident: str, citation: int) -> str:
    """The address of the picture of the line in which a citation stands."""
    return f"{permalink(ident)}/anh-dong?" + urlencode({"trich": citation})


def reading_link(ident: str, anchor: str = "", **query: Any) -> str:
    """The address of a place in the text of a document."""
    return link(f"{permalink(ident)}/noi-dung", query, anchor)


def article_link(ident: str, pinpoint: str) -> str:
    """The address of the part of a held text that a pinpoint in normal form means."""
    anchor = anchor_of(pinpoint)
    return reading_link(ident, anchor, tai=anchor)


def part_link(ident: str, pinpoint: str) -> str:
    """The address of what happened to a part of a document, and who cites it; ``pinpoint`` in normal form."""
    return link(f"{permalink(ident)}/dieu/{anchor_of(pinpoint)}")


def board_link(ident: str, anchor: str = "", **query: Any) -> str:
    """The address of the lineage of a document."""
    return link(f"{permalink(ident)}/luoc-do", query, anchor)


def _path() -> str:
    """This page's path; two slashes at its beginning would name another host."""
    return "/" + quote(request.path, safe=_SAFE).lstrip("/")


def here(anchor: str = "", **changes: Any) -> str:
    """This page's address with some parameters changed; a value of None removes one."""
    query: dict[str, Any] = {key: request.args.getlist(key) for key in request.args if key != "lang"}
    query.update(changes)
    return link(_path(), query, anchor)


def in_language(lang: str) -> str:
    """This page in the other language."""
    query: dict[str, Any] = {key: request.args.getlist(key) for key in request.args if key != "lang"}
    if lang == "en":
        query["lang"] = "en"
    return _path() + ("?" + urlencode(query, doseq=True) if query else "")
