"""HTML pages: the words of the document itself, laid out in lines."""

from __future__ import annotations

import re
import unicodedata

from bs4 import BeautifulSoup

from corpus.encoding import decode
from corpus.limits import Limits
from corpus.model import Notice, SourceText
from corpus.notices import refused

_DECLARED = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]+)""")


def read_html(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of an HTML page. Raises ``Refused`` where it has none."""
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii").lower() if declared else None)
    soup = BeautifulSoup(decoded.text, "lxml")
    for tag in soup(["script", "style", "head", "noscript", "template"]):
        tag.decompose()
    text = unicodedata.normalize("NFC", soup.get_text("\n"))
    if not text.strip():
        raise refused("no_text")
    notices: tuple[Notice, ...] = decoded.notices
    return SourceText(name, text, "html", sha256, notices=notices)
