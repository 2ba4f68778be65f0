"""Where the head of an annex names the text that it is an annex of."""

from __future__ import annotations

import re

from kb.authority.wording import word_lists

_WORDS = word_lists("checking")


def in_annex_head(lines: str, at: int) -> bool:
    """Whether a number stands in the line "(Kèm theo Kế hoạch số …)" below the head of an annex; ``lines``: the folded
    text with its line breaks."""
    before = lines[max(0, at - 80) : at]
    if _ATTACHED_ALONE.search(before) is not None:
        return True
    attached = _ATTACHED_HEAD.search(before) or _ATTACHED_LINE.search(before)
    return attached is not None and _ANNEX_WORD.search(lines, max(0, at - _ABOVE), at) is not None


_ABOVE = 300
"""Code points above the line of an annex's number in which the head of the annex stands."""
_ATTACHED_ALONE = re.compile(rf"(?m)^[ \t*_#>|]*\(\s*(?:{_WORDS['issued_with']})\s[^()]*\Z")
_ATTACHED_HEAD = re.compile(rf"\(\s*(?:{_WORDS['issued_with']})\s[^()]*$")
_ATTACHED_LINE = re.compile(rf"(?m)^[ \t*_#>|]*(?:{_WORDS['issued_with']})\s[^()\n]*\Z")
_ANNEX_WORD = re.compile(rf"(?m)^[ \t*_#>|]*{_WORDS['annex_word']}\b")
