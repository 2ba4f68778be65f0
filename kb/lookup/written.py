"""A number that stands in a query as documents write it: ordinal, perhaps a year, separators, a code.

Its digits are its own: nothing beside it takes one, and it takes none from a date, a period or a count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import issuers, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.reading.numbers import codes
from kb.reading.text.text_forms import TextForms

_LABEL = word_lists("number_query")["label"]
_MARK = r"[/\\_.-]"
_WRITTEN = re.compile(
    r"(?<![a-z0-9/.,-])(?!0[a-z])(?P<ordinal>[0-9]{1,6}(?:\.[0-9]{1,2}(?![0-9]))?[a-z]?)"
    rf"(?: ?{_MARK} ?(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))?"
    rf" {{0,2}}{_MARK}{{1,2}} {{0,2}}"
    rf"(?P<code>(?=[0-9]?[a-z])[a-z0-9&]{{1,12}}(?: {{0,2}}{_MARK} {{0,2}}[a-z0-9&]{{1,12}}){{0,5}})"
    r"(?P<organ> [a-z&]{2,8}(?![a-z0-9]))?"
)
_TORN = re.compile(rf"(?:\A|{_LABEL}[ :.]{{1,2}}|[a-z] )([0-9]{{1,3}}) \Z")  # "38 50/QĐ-UBND"
_LAST_PART = re.compile(r" {0,2}[/\\_.-] {0,2}[a-z0-9&]+\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """A number found: its span, its parts as typed, its code read, and whether a blank parted its digits."""

    start: int
    end: int
    ordinal: str
    year: str | None
    printed: str
    code: codes.Code | None
    joined: bool = False


def find(forms: TextForms) -> Written | None:
    """The first number written out in a query; None where there is none."""
    folded = forms.folded.replace("\n", " ")
    best: Written | None = None
    for match in _WRITTEN.finditer(folded):
        found = _read(forms, folded, match)
        if found.code is not None and found.code.known:
            return found
        if "/" in match.group() and not found.printed.isdigit():
            best = best or found
    return best


def _read(forms: TextForms, folded: str, match: re.Match[str]) -> Written:
    """One number: the longest run of parts behind it that is a known code, with an organ behind a blank."""
    start, end = match.span("code")
    whole = Written(match.start(), end, match["ordinal"], match["year"], *_code(forms, start, end))
    at = end
    while at > start:
        printed, code = _code(forms, start, at)
        if code is not None and code.known:
            if match["organ"] and at == end and len(code.parts) == 1 and code.type_code:
                joined, longer = _code(forms, start, match.end("organ"))
                if longer is not None and longer.known and issuers.is_known(match["organ"].strip().upper()):
                    printed, code, at = joined, longer, match.end("organ")
            whole = Written(match.start(), at, match["ordinal"], match["year"], printed, code)
            break
        last = _LAST_PART.search(folded, start, at)
        at = last.start() if last else start
    torn = _TORN.search(folded[: match.start()])
    if torn is None or whole.year:
        return whole
    ordinal = torn[1] + whole.ordinal
    return Written(torn.start(1), whole.end, ordinal, None, whole.printed, whole.code, joined=True)


def _code(forms: TextForms, start: int, end: int) -> tuple[str, codes.Code | None]:
    """The letters as typed, and the code they are read as."""
    printed = re.sub(r"\s*[/\\_.–-]\s*|\s+", "-", forms.text[start:end].strip())
    return printed, read_code(printed, None)


def read_code(printed: str, type_id: str | None) -> codes.Code | None:
    """The code that typed letters are, read as in a scan; ``type_id``: what the words say, as evidence."""
    if not printed:
        return None
    return codes.decode(printed.upper() if printed.islower() else printed, type_word(type_id), True)


def type_word(type_id: str | None) -> str | None:
    """The folded words for a type, as evidence for reading a damaged code."""
    words = types.by_id(type_id).words if type_id else ()
    return fold(words[0]) if words else None
