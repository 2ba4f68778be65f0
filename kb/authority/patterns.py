"""The one builder of alternations: many words as one piece of a regular expression.

Word lists that are data by themselves have their own files (``kb.authority.wording``), which build their patterns here
too. Call ``alternatives`` directly only for words that come from another table: types, laws, issuers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.authority.fold import fold

BLANKS = r"\s{1,4}"
"""What stands between two words of a phrase: bounded, so that a hostile run of blanks costs the same everywhere."""


def longest_first(forms: Iterable[str]) -> list[str]:
    """The different forms, the longest first: a pattern takes the first alternative that fits."""
    return sorted(set(forms), key=lambda form: (-len(form), form))


def alternatives(
    words: Iterable[str], *, damaged: Iterable[str] = (), printed: bool = False, gap: str | None = None
) -> str:
    """A piece of pattern for any of ``words``, the longest first, in a group that captures nothing.

    Args:
        words: words or phrases in their official spelling; they are folded here.
        damaged: patterns over folded letters for what scans make of the words, tried behind them in their order; a
            blank in one stands for any few blanks. A word that one of them fits is not tried by itself.
        printed: keep case and diacritics, for a pattern that searches the text as it is printed.
        gap: the pattern that stands for a blank within a phrase, where it is not ``BLANKS`` (one to three blanks if
            ``printed``, no line break).

    Bounds (``(?<![a-z])``, ``(?![a-z])``) are left to the pattern around it.
    """
    if gap is None:
        gap = " {1,3}" if printed else BLANKS
    further = [form.replace(" ", gap) for form in damaged]
    fits = [re.compile(form).fullmatch for form in further]
    plain = [word if printed else fold(word) for word in words]
    alone = [word for word in plain if not any(fit(word) for fit in fits)]
    forms = [gap.join(map(re.escape, word.split())) for word in longest_first(alone)]
    return f"(?:{'|'.join(forms + further)})"
