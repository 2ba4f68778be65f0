"""Where the name of a law ends that begins with its type word.

The longest name of the law table (``kb.authority.laws``) that stands there, in damaged texts also one that a scan shows
with wrong letters. A name that the table does not hold is read by grammar: the word after the type word is capitalised,
and the name runs to a cue word, a punctuation mark or a digit (lists in ``words/laws.json``). A name in lower case that
the table does not hold must be dated ("Luật tổ chức Hội đồng Chính phủ ngày 14/7/1960") or linked ("Pháp lệnh về trật
tự công cộng"): "Pháp lệnh" alone also stands before the words of its sentence.
"""

from __future__ import annotations

import re

from kb.authority import laws, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.reading.names import damaged_laws
from kb.reading.text.text_forms import TextForms

WINDOW = 240
"""Code points in which a name ends; the longest printed one, of an amending law, has 215."""
_MAX_WORDS = 18
_WORDS = word_lists("laws")
_ENDS = r"(?![a-z0-9])"
_TYPE_WORDS = tuple(fold(types.by_id(id_).words[0]) for id_ in sorted(laws.TYPES))
_NOT_FIRST = re.compile(_WORDS["not_first"] + _ENDS)
_STOPS = re.compile(_WORDS["stops"] + _ENDS)
_STOP_WORDS = frozenset(_WORDS.words("stops"))
_STOPS_AFTER_AND = re.compile(_WORDS["stops_after_and"] + _ENDS)
_COMMA_GOES_ON = re.compile(_WORDS["comma_goes_on"] + _ENDS)
_AND = _WORDS.folded("and")[0]
_HARD_STOP = re.compile(r"[;:.()\"\[\]|*_#>\d`→/]|\n\s*\n|\s-\s|\n\s*[-+•]")
_NOTE_MARK = re.compile(r"[1-9](?<=[a-z][1-9])\d?(?![\w/])")  # the number of a footnote: "Luật Nhà ở11"
_WORD = re.compile(r"[^\s,]+|,")
_LINK = re.compile(_WORDS.undamaged("linked_name") + r"\s{1,3}")
_ORDINANCE = fold(types.by_id("phap-lenh").words[0])
_DAY_BEHIND = re.compile(rf"\s{{1,3}}{_WORDS.undamaged('day')}\s{{1,3}}\d")
_YEAR_BEHIND = re.compile(rf"\s{{1,3}}{_WORDS.undamaged('year')}\s{{1,3}}(?:19|20)\d\d(?!\d)")
_PLURAL_BEFORE = re.compile(rf"(?<![a-z]){_WORDS['plural']}\s{{1,3}}$")


def skip(folded: str, position: int) -> int:
    """The first offset from ``position`` on at which no blank stands."""
    while folded[position : position + 1] == " ":
        position += 1
    return position


def name_end(forms: TextForms, start: int, type_end: int, damaged: bool) -> int | None:
    """Where the name that begins at ``start`` ends, or None where no name follows the type word."""
    match = laws.longest_match(forms.folded, start)
    note = _NOTE_MARK.search(forms.folded, match[0] if match else type_end, start + WINDOW)
    if note and (match is None or match[0] < note.start()):
        marked = laws.longest_match(forms.folded, start, note.start())
        match = marked if marked and marked[0] == note.start() else match
    if match is not None and _spelled_like(forms, start, match):
        exact = match[0]
        may_be_longer = damaged and damaged_laws.goes_on(forms.folded[start:exact])
        longer = damaged_laws.longest(forms.folded, start) if may_be_longer else None
        return max(exact, longer[0]) if longer else exact
    if not damaged:
        return _grammar_end(forms, start, type_end) or _lower_case_end(forms, start, type_end)
    noisy = damaged_laws.longest(forms.folded, start)
    return noisy[0] if noisy is not None else _grammar_end(forms, start, type_end)


def _spelled_like(forms: TextForms, start: int, match: tuple[int, str]) -> bool:
    """A name of one syllable must be spelled as in the table: "Luật được ban hành" is no Luật Dược."""
    printed = " ".join(forms.text[start : match[0]].lower().split())
    if printed.count(" ") > 1:
        return True
    names = {name.lower() for law in laws.find(match[1]) for name in (law.name, *law.aliases)}
    return printed in names or printed.isascii()


def _grammar_end(forms: TextForms, start: int, type_end: int) -> int | None:
    """The end of a name the table does not hold: two words or more, type word and first word capitalised, up to a
    cue, a mark or a digit."""
    text, folded = forms.text, forms.folded
    first = skip(folded, type_end)
    if not (text[first : first + 1].isupper() and text[start].isupper()) or _NOT_FIRST.match(folded, first):
        return None
    return None if _HARD_STOP.search(text, type_end, first) else _run(text, folded, first)


def _lower_case_end(forms: TextForms, start: int, type_end: int) -> int | None:
    """The end of a name whose type word only is capitalised: of a law dated by its day, of an ordinance dated by its
    day or year or linked to its name by "về"."""
    text, folded = forms.text, forms.folded
    first = skip(folded, type_end)
    if not (text[start].isupper() and text[start + 1].islower()) or _HARD_STOP.search(text, type_end, first):
        return None
    link = _LINK.match(folded, first)
    first = link.end() if link else first
    if not text[first : first + 1].isalpha() or _NOT_FIRST.match(folded, first) or _stops(text, folded, first):
        return None
    end = _run(text, folded, first)
    if end is None or _DAY_BEHIND.match(folded, end):
        return end
    ordinance = folded.startswith(_ORDINANCE, start)
    linked = link and not _PLURAL_BEFORE.search(folded, max(0, start - 8), start)
    return end if ordinance and (linked or _YEAR_BEHIND.match(folded, end)) else None


def _run(text: str, folded: str, first: int) -> int | None:
    """Where the words end that begin at ``first``, two or more, none a cue."""
    limit = _hard_end(text, first)
    end, words = first, 0
    for word in _WORD.finditer(text, first, limit):
        if words and (joins := _joins(folded, word, words, limit)) is not None:
            if not joins:
                break
            continue
        at = word.start()
        if words and (_type_word_at(folded, at) or (_may_stop(text, at, first) and _stops(text, folded, at))):
            break
        words += 1
        if words > _MAX_WORDS:
            return None
        end = word.end()
    return end if words >= 2 else None


def _hard_end(text: str, first: int) -> int:
    """Where a mark, a digit or the window ends what may be a name that begins at ``first``."""
    stop = _HARD_STOP.search(text, first, first + WINDOW)
    limit = stop.start() if stop else min(len(text), first + WINDOW)
    while stop and text[stop.start()].isdigit() and limit > first and text[limit - 1].isalnum():
        limit -= 1  # a digit inside a word: "s6"
    return limit


def _joins(folded: str, word: re.Match[str], words: int, limit: int) -> bool | None:
    """Whether a comma or "và" behind so many ``words`` goes on a name; None for other words."""
    if word[0] == ",":
        return words <= 2 and _COMMA_GOES_ON.match(folded, skip(folded, word.end())) is not None
    if folded.startswith(_AND, word.start()) and len(word[0]) == len(_AND):
        after = skip(folded, word.end())
        return after < limit and _STOPS_AFTER_AND.match(folded, after) is None
    return None


def _may_stop(text: str, at: int, first: int) -> bool:
    """A capitalised word ("Việt Nam") goes on with the name, unless the whole name is in capitals."""
    return text[at].islower() or text[first : first + 2].isupper()


def _stops(text: str, folded: str, at: int) -> bool:
    """A cue word stands at ``at``: as the list spells it, or with its diacritics lost ("đầu tư" is no "từ")."""
    match = _STOPS.match(folded, at)
    if match is None:
        return False
    printed = " ".join(text[at : match.end()].lower().split())
    return printed in _STOP_WORDS or printed.isascii()


def _type_word_at(folded: str, position: int) -> bool:
    return folded.startswith(_TYPE_WORDS, position)
