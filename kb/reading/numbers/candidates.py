"""Where document numbers may stand: an ordinal, a separator, perhaps a year, and what may be a code.

One pattern, loose enough for scans and line breaks. In clean text candidates are found by their slash, in damaged text,
where the slash itself may be misread, by their digits. Grammar of numbers: Decree 30/2020/NĐ-CP, Annex I; Party: Guide
36-HD/VPTW (2018).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from heapq import merge
from string import ascii_letters

from kb.authority import types
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms, marks

_GAP = r"[\s*_|]{0,6}"
_LETTER = "A-Za-zĐđ"
_PART = rf"[{_LETTER}Ư0-9&¢€$@£¥©®]"
_JOIN = (  # an underscore at a line's end is a rule below the number
    r"(?:[\s*|]{0,3}(?:[-/][\s*|]{0,4}|_[ *|]{0,4})(?=[A-ZĐ0-9a-z€])"
    r"|--(?=[A-ZĐ])|[.](?=[A-ZĐƯ])|(?:(?<=&)\s|\s&\s?)(?=[A-ZĐ]{2}))"
)
_CODE = rf"(?:[A-ZĐ$]|[a-zđ](?=[a-zđ]{{1,8}}[-/])|0[DPBOo]|1[ST]|8C){_PART}{{0,24}}(?:{_JOIN}{_PART}{{1,24}}){{0,6}}"
_LETTERS_JOINED = r"[A-ZĐ]{2,5}-[A-ZĐ]"  # a scan, or a slip, may lose the slash before a code: "03/2003TT-BKH"
# The first digit comes first and what may not precede it after: so the scan skips from digit to digit. No digit is
# given back: a shorter ordinal is followed by a digit, never by a separator.
# "NQ52/NQ-CP", "TT219/2013/TT-BTC": the type's abbreviation glued to the ordinal.
_GLUED = "|".join(rf"(?<=\b{code}[0-9])" for code in sorted(types.TYPE_CODES) if len(code) == len("NQ"))
CANDIDATE = re.compile(
    rf"(?P<ordinal>[0-9S](?:(?<=[0-9])(?:(?<![0-9A-Za-zĐđ/][0-9])|{_GLUED})|(?<=[:;]\sS)(?=\d{{2,4}}\s?/))"
    r"(?:\d{1,3}-\s{0,2}(?=\d{1,5}\s?/)\d{1,6}+|\d{0,5}+)(?:\.\d{1,3}+)?+"
    r"(?:[a-zđ](?![a-zđ])|[A-EĐ](?=\s?[-/]))?+)"
    rf"{_GAP}(?P<sep>[-/|\\'°]|J(?=[A-ZĐ]{{2}})|\s(?=[A-ZĐ]{{2,4}}r?/[A-ZĐ]{{2}}))(?:(?<=/)/)?{_GAP}"
    r"(?:(?P<year>[12][0-9OolI]{2}[\s.:]?[0-9OolI])"
    rf"(?:[a-z]?{_GAP}(?:[-/|\\(]|//){_GAP}|[VIl]?(?={_LETTERS_JOINED})))?"
    rf"(?P<code>{_CODE})"
)

# In clean text every number has a slash before a letter; looking for it first is several times faster than digits.
# A capital and small letters with a diacritic among them are a word: "Công báo/Số 987/Ngày 25-8-2024".
_SLASH = re.compile(
    rf"/{_GAP}(?=[A-ZĐ](?![a-zđ]{{1,3}}[à-ỹ])|[a-zđ]{{2,9}}[-/]"
    rf"|[12]\d{{3}}(?:\s?-\s?[A-ZĐ]{{2}}|{_LETTERS_JOINED}))"
)
_BEFORE_SLASH = re.compile(
    rf"[0-9](?:(?<![0-9A-Za-zĐđ/][0-9])|{_GLUED})(?:\d{{1,3}}-\s{{0,2}}\d{{1,6}}|\d{{0,5}})(?:\.\d{{1,3}})?[a-zđA-EĐ]?{_GAP}"
    rf"(?:(?:[-/]|//){_GAP}[12]\d{{3}}[a-z]?{_GAP}|(?:-{_GAP}|\s)[{_LETTER}]{{1,8}}[\s*|]{{0,3}})?/?$"
)
_SEPARATORS = marks("-/|\\'°J")  # what stands behind an ordinal
_INSIDE = marks(f"/{ascii_letters.replace('S', '')}Đđ")  # behind them none begins; "S608" does with its S
_ORDINAL_REACH = 20  # code points from an ordinal's first digit to that
_LONGEST = 400  # code points that no candidate exceeds
# Without any slash: "Quyết định số 206-CP" (the usual form until the 1990s), behind its label only.
_HYPHENED = r"[A-ZĐ]{1,8}[a-z]?[A-ZĐ]{0,2}\d?(?:-[A-ZĐ]{2,8}\d{0,2})?(?![\w&/-]|\s?/)"
_LABEL_END = word_lists("numbers").words("label_capitalised")[0][-1]  # the letter that a scan of the text skips to
_LABELLED = re.compile(rf"{_LABEL_END}[\s:]{{1,3}}(?=\d{{1,5}}[a-zđ]?\s?-\s?{_HYPHENED})")
# The same behind nothing but its type word ("Quyết định 773-TTg"), which is looked at where the number is judged.
_HYPHEN = re.compile(rf"-(?:(?<=[0-9]-)|(?<=[0-9][a-zđ ]-))\s?(?={_HYPHENED})")
_BEFORE_HYPHEN = re.compile(r"(?<=[^\W\d_]\s|[,;]\s)\d{1,5}[a-zđ]?\s?\Z")
_HYPHEN_REACH = 10  # code points before the hyphen in which the ordinal begins
_SLASH_REACH = 36  # code points before the slash in which the ordinal begins


def candidates(forms: TextForms) -> Iterator[re.Match[str]]:
    """All candidates in order, each stretch scanned as its state asks; they may overlap."""
    for start, end, damaged in forms.stretches:
        if damaged:
            yield from _by_digits(forms, start, end)
        else:
            slashes = _by_slashes(forms.text, start, end)
            others = [*_by_labels(forms.text, start, end), *_by_hyphens(forms.text, start, end)]
            yield from merge(slashes, sorted(others, key=_begin), key=_begin) if others else slashes


def _begin(match: re.Match[str]) -> int:
    return match.start()


def _by_labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The candidates without a slash that begin in a stretch, by their label."""
    for label in _LABELLED.finditer(text, start, end):
        if match := CANDIDATE.match(text, label.end()):
            yield match


def _by_hyphens(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The candidates without a slash or label that begin in a stretch, by their hyphen."""
    for hyphen in _HYPHEN.finditer(text, start, end):
        before = _BEFORE_HYPHEN.search(text, max(start, hyphen.start() - _HYPHEN_REACH), hyphen.start())
        if before and (match := CANDIDATE.match(text, before.start())):
            yield match


def _by_digits(forms: TextForms, start: int, end: int) -> Iterator[re.Match[str]]:
    """The candidates that begin in a stretch, by their digits."""
    text, position, limit = forms.text, start, end + _LONGEST
    begins = forms.numbers_before(_SEPARATORS, _ORDINAL_REACH, _INSIDE)
    for at in begins[bisect_left(begins, start) : bisect_left(begins, end)]:
        if at >= position and (match := CANDIDATE.match(text, at - (text[at - 1 : at] == "S"), limit)):
            yield match
            position = match.end("ordinal")


def _by_slashes(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The candidates that begin in a stretch, by their slash."""
    for slash in _SLASH.finditer(text, start, end + _SLASH_REACH):
        low = max(start, slash.start() - _SLASH_REACH)
        before = _BEFORE_SLASH.search(text[low : slash.start()])
        if before and low + before.start() < end and (match := CANDIDATE.match(text, low + before.start())):
            yield match
