"""Who signed a document: the name that stands alone below an office in capitals.

The signature stands beside the list of recipients (Decree 30/2020/NĐ-CP, Annex I) and before the annexes, so it is
looked for there first: forms in the annexes have offices too. Words are data (``words/header.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

from kb.authority import provinces
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import CAPITALS, TextForms

_WORDS = word_lists("header")
_OFFICE = re.compile(_WORDS["offices"])  # without word bounds: lines are glued ("KT. BỘ TRƯỞNGTHỨ TRƯỞNG")
_ASIDE = rf"(?:{_WORDS['ranks']}|{_WORDS['signed_mark']})(?![a-z])[\s.,()*-]{{0,4}}"
_NOT_NAME = re.compile(rf"[\s*_()]{{0,8}}(?:{_ASIDE}){{1,4}}")
_SHOUTED = re.compile(rf"[{CAPITALS}](?=[{CAPITALS}])[{CAPITALS}\s*_#>|]+")  # words in capitals
_RECIPIENTS = _WORDS.pattern("recipients")
_RECIPIENTS_CORE = _WORDS.folded("recipients")[0][1:6]  # what no form of them damages: found first, cheaply
_END_MARK = "./."
_SIGNED_FOR = tuple(f"{form} " for form in _WORDS.words("signed_for"))
_ANCHORS = 3  # of each kind: the first ones are the document's, later ones those of its annexes and forms
_OVERLAP = 600  # code points of a stretch read before that may hold the office of a name in the next
_BEFORE, _AFTER = 500, 2500  # code points around an anchor in which the signature stands
_TAIL = 3000
_PIECE = re.compile(r"[^\n|]+")
_COLUMN = re.compile(r"[ \t]{3,}")
_LONGEST_OFFICE = 90
_BELOW = 30  # lines or cells below the office down to the name: in two columns the recipients stand between
_MARKS = " \t\r*_#>.,:;()[]-–—'\""
_Span = tuple[int, int]
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_A-ZĐ]*|['’][^\W\d_]+)")


def signer(forms: TextForms, start: int) -> str | None:
    """The signer's name, without rank or degree; None where no name stands below an office.

    Args:
        forms: the text.
        start: where the document's header ends; nothing before it is read.
    """
    read_to = start
    for low, high in _windows(forms, start):
        if high <= read_to:
            continue
        name = _name_in(forms, max(low, read_to - _OVERLAP), high)
        if name:
            return name
        read_to = high
    return None


def signer_near(forms: TextForms, position: int) -> str | None:
    """The name in the signature that begins at ``position``."""
    return _name_in(forms, position, min(len(forms.text), position + _AFTER))


def _windows(forms: TextForms, start: int) -> Iterator[tuple[int, int]]:
    """Stretches that may hold the signature: around the first recipients and the first ends of a body, then the end
    of the text; each is looked for when those before it held none."""
    recipients = ((max(start, at - _BEFORE), at + _AFTER) for at in _recipients(forms, start))
    yield from merge(recipients, *(_behind(forms.text, start, mark) for mark in (_END_MARK, *_SIGNED_FOR)))
    yield max(start, len(forms.text) - _TAIL), len(forms.text)


def _behind(text: str, start: int, mark: str) -> Iterator[tuple[int, int]]:
    """Stretches behind the first places of a mark: the end of a body, words that somebody signs for another."""
    at = text.find(mark, start)
    for _ in range(_ANCHORS):
        if at < 0:
            return
        yield at, at + _AFTER
        at = text.find(mark, at + 1)


def _recipients(forms: TextForms, start: int) -> Iterator[int]:
    """Where the first lists of recipients begin."""
    found, at = 0, forms.folded.find(_RECIPIENTS_CORE, start)
    while at >= 0 and found < _ANCHORS:
        if _RECIPIENTS.match(forms.folded, at - 1):
            found += 1
            yield at - 1
        at = forms.folded.find(_RECIPIENTS_CORE, at + 1)


def _name_in(forms: TextForms, low: int, high: int) -> str | None:
    """The first name below an office between ``low`` and ``high``."""
    shouted = _SHOUTED.finditer(forms.source, low, high)
    offices = (found for words in shouted if (found := _OFFICE.search(forms.folded, words.start(), words.end())))
    office = next(offices, None)
    if office is None:
        return None
    low = max(low, forms.text.rfind("\n", low, office.start()) + 1, forms.text.rfind("|", low, office.start()) + 1)
    waiting = 0  # pieces that may still stand between the last office and its name
    for (start, end), following in _with_next(_pieces(forms.text, low, high)):
        first = start
        told = _last_office(forms, start, end)
        if told:
            waiting = _BELOW
            start = told
        if not waiting:
            continue
        waiting -= 1
        words = _name_words(forms, start, end)
        if following and (len(words) == 1 or _bold_open(forms.text, first, end)):  # "**Vũ⏎Chiến Thắng**"
            words += _name_words(forms, *following) if forms.text[end : following[0]] == "\n" else []
        name = " ".join(words)
        if 2 <= len(words) <= 5 and sum(len(word) > 1 for word in words) >= 2 and not provinces.find(name):
            return name
    return None


def _last_office(forms: TextForms, start: int, end: int) -> int | None:
    """Where the last office in capitals of a short line ends."""
    last = None
    if end - start <= _LONGEST_OFFICE:
        for office in _OFFICE.finditer(forms.folded, start, end):
            if _shouts(forms, office):
                last = office.end()
    return last


def _shouts(forms: TextForms, office: re.Match[str]) -> bool:
    return forms.source[office.start() : office.end()].isupper()


def _bold_open(text: str, start: int, end: int) -> bool:
    return text.count("**", start, end) % 2 == 1


def _pieces(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Lines, cells and columns of a stretch of text, those without a letter left out."""
    for line in _PIECE.finditer(text, low, high):
        at = line.start()
        for gap in _COLUMN.finditer(text, line.start(), line.end()):
            if gap.start() > at:
                yield at, gap.start()
            at = gap.end()
        if text[at : line.end()].strip(_MARKS):
            yield at, line.end()


def _with_next(pieces: Iterator[_Span]) -> Iterator[tuple[_Span, _Span | None]]:
    """Each piece with the one behind it; none is looked for before it is asked for."""
    here = next(pieces, None)
    while here is not None:
        following = next(pieces, None)
        yield here, following
        here = following


def _name_words(forms: TextForms, start: int, end: int) -> list[str]:
    """The words of a line that can be nothing but a person's name, else none; rank and degree are left out."""
    aside = _NOT_NAME.match(forms.folded, start, end)
    printed = forms.source[aside.end() if aside else start : end].lstrip(" \t*_")
    if printed[:1] in ("-", "+", "–"):
        return []  # an item of the recipients' list
    words = printed.replace("*", "").strip(_MARKS).split()
    if len(words) > 5 or not all(map(_is_name, words)) or _OFFICE.search(forms.folded, start, end):
        return []
    return words


def _is_name(word: str) -> bool:
    """Whether a word is a part of a person's name: "Nguyễn", "Y", "H'Yim"."""
    return _WORD.fullmatch(word) is not None and word[0].isupper() and (len(word) == 1 or not word.isupper())
