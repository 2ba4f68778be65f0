"""Folding and dates shared by the authority files: names compare without case, diacritics and spacing."""

from __future__ import annotations

import re
import unicodedata


def _plain_letters() -> dict[int, str | None]:
    """Every letter of Vietnamese and its neighbours without its marks; combining marks vanish, dashes become ``-``."""
    table: dict[int, str | None] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii():
            table[code] = letter
    table |= dict.fromkeys(range(0x300, 0x370))
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"), "-")
    # đ has no decomposition; Ð U+00D0 is the Icelandic letter that looks like Đ.
    return table | dict.fromkeys(map(ord, "đĐ\u00d0\u00f0"), "d")


_PLAIN = _plain_letters()
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")


def fold(text: str) -> str:
    """``text`` in lower case without diacritics (đ → d), every dash as ``-``, blanks collapsed.

    The letters agree with ``kb.reading.text.text_forms.fold``; the length is not kept.
    """
    if not text.isascii():
        text = text.translate(_PLAIN)
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
