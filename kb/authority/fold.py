"""Folding and dates shared by the authority files: names compare without case, diacritics and spacing."""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"), "-")
_LETTERS = {ord("đ"): "d", ord("Đ"): "d", 0xD0: "d", 0xF0: "d"}
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")


def fold(text: str) -> str:
    """``text`` in lower case without diacritics (đ → d), every dash as ``-``, blanks collapsed.

    The letters agree with ``kb.reading.view.fold``; the length is not kept.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text.translate(_DASHES | _LETTERS))
        text = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return " ".join(text.lower().split())


def fold_code(code: str) -> str:
    """A code of a number without case, diacritics, blanks and ``&``: ``SNN&PTNT`` and ``snnptnt`` meet."""
    return fold(code).replace(" ", "").replace("&", "")


def is_partial_date(value: str) -> bool:
    """True for ``YYYY``, ``YYYY-MM`` and ``YYYY-MM-DD``."""
    return bool(_PARTIAL_DATE.match(value))


def begins(value: str) -> str:
    """The first day a partial date can mean (``2025`` → ``2025-01-01``)."""
    return value + "-01-01"[len(value) - 4 :] if len(value) in (4, 7) else value


def ends(value: str) -> str:
    """The last day a partial date can mean (``2025`` → ``2025-12-31``), comparable as text."""
    return value + "-12-31"[len(value) - 4 :] if len(value) in (4, 7) else value
