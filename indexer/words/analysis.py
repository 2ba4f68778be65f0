"""From a text to index terms: pyvi words and plain syllables, with and without diacritics.

What matches is the folded form (``đ`` → ``d``, no diacritics, lower case), so that a query finds a document whichever
of the two was typed without diacritics; what ranks is the exact form. Neighbouring folded syllables are indexed as
pairs, with positions: they carry phrases, and an unaccented query, which pyvi would segment otherwise than it did
the text (69 % of the time), is ranked by the pairs it shares.

Both index engines take the same terms, so they answer alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from indexer.index_document import IndexDocument, Shown
from indexer.words.segment import NUMBER, segmenter
from kb.authority.fold import fold

_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_ALNUM = re.compile(r"[a-z0-9]+")
# "kỹ", "công ty", "quý" are also written "kĩ", "công ti", "quí": behind a consonant y and i are one sound.
_Y = re.compile(r"(?:[bcdđghklmnpqrstvx]|ch|gh|kh|ngh?|nh|ph|qu|th|tr)y\Z")
_MEMO_LIMIT = 200_000
_BLOCK = 200_000  # characters analysed at a time

GAP = ""
"""Stands between two texts of one document: no pair and no phrase goes across it."""
HOLE = "_"
"""A term that no query asks for."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """The two forms of a syllable. ``exact`` has the tone at the end (``hoa1``), so that ``hoà`` and ``hòa`` meet;
    it equals ``folded`` where the syllable has no diacritics."""

    folded: str
    exact: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The index terms of a document, each list in text order (repeated terms count).

    ``folded``: syllables without diacritics; ``exact``: those syllables that have diacritics, as
    :class:`Syllable` writes them; ``pairs``: neighbouring folded syllables (``ke_hoach``), ``GAP`` where there is
    none, index = position; ``words``: words of two or more syllables, exact; ``codes``: keys of document numbers.
    These are of title and text; ``title``, ``title_exact`` and ``title_pairs`` are the same of the title alone.
    ``facts``: folded words for type, number, issuer, place and year.
    """

    folded: list[str]
    exact: list[str]
    pairs: list[str]
    words: list[str]
    codes: list[str]
    title: list[str] = field(default_factory=list)
    title_exact: list[str] = field(default_factory=list)
    title_pairs: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def placed(self, name: str) -> list[str]:
        """The terms of one text field as an index takes them, ``HOLE`` where there is a gap.

        Never none: of the documents that an engine takes a word's rarity and a text's usual length from, some count all
        and some only those that have the field at all. So all have it.
        """
        found: list[str] = getattr(self, name)
        return [term or HOLE for term in found] or [HOLE]


def one_spelling(syllable: str) -> str:
    """A syllable without its tone, its final y as i where both are in use (``ky`` → ``ki``; ``thuy`` stays)."""
    return syllable[:-1] + "i" if syllable[-1:] == "y" and _Y.match(syllable) else syllable


def spellings(folded: str) -> tuple[str, ...]:
    """The folded forms in which a syllable as :func:`one_spelling` has it stands in texts."""
    other = folded[:-1] + "y"
    return (folded, other) if folded[-1:] == "i" and one_spelling(other) == folded else (folded,)


def exact_form(syllable: str) -> str:
    """``hoà`` and ``hòa`` → ``hoa1``, ``kỹ`` and ``kĩ`` → ``ki4``: the letters with their marks (â, ơ, đ …), the tone
    as a digit at the end.

    The tone is a property of the syllable; where it stands is a matter of spelling reform (old ``hoà``, new ``hòa``).
    """
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", syllable.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return one_spelling(unicodedata.normalize("NFC", "".join(letters))) + tone


@lru_cache(maxsize=_MEMO_LIMIT)
def syllable(token: str) -> Syllable | None:
    """The forms of one token of the segmenter; None for punctuation and line breaks."""
    if not any(map(str.isalnum, token)):
        return None
    folded = fold(token)
    if not folded:
        return None
    exact = exact_form(token.replace("\u00d0", "đ").replace("\u00f0", "đ"))
    plain = token.lower() == folded
    folded = one_spelling(folded)
    return Syllable(folded, folded if exact == folded and plain else exact)


def code_key(number: str) -> str:
    """The form under which a document number is looked up: no case, no diacritics, every separator the same.

    ``2395/QĐ-UBND``, ``2395 qd ubnd`` → ``2395/qd/ubnd``. Separators are never dropped: ``1/2021`` is not ``12/021``.
    """
    return "/".join(_ALNUM.findall(fold(number).replace("&", "")))


def number_keys(number: str) -> tuple[str, ...]:
    """What finds a document by its own number: the whole of it, its ordinal, its ordinal and year."""
    key = code_key(number)
    head = key.split("/")
    keys = [key, head[0], head[0].lstrip("0")]
    if len(head) > 1 and len(head[1]) == 4 and head[1].isdigit():
        keys += [f"{head[0]}/{head[1]}", f"{head[0].lstrip('0')}/{head[1]}"]
    return tuple(dict.fromkeys(key for key in keys if key))


def terms_of(document: IndexDocument) -> Terms:
    """The index terms of a document."""
    found = analyse(document.text, document.title)
    if document.title:
        title = analyse(document.title)
        found.title.extend(title.folded)
        found.title_exact.extend(title.exact)
        found.title_pairs.extend(title.pairs)
    found.facts.extend(facts_of(document))
    return found


def facts_of(document: IndexDocument | Shown) -> list[str]:
    """Folded words for what a document is: its type, number (with and without leading zeros), issuer, place, year."""
    names = (document.type, document.issuer, *document.issuer_names, document.province, document.year)
    number = _ALNUM.findall(fold(document.number or ""))
    return list(
        dict.fromkeys(
            [*number, *(part.lstrip("0") or part for part in number), *_distinct(" ".join(filter(None, names)))]
        )
    )


def analyse(text: str, title: str | None = None) -> Terms:
    """The index terms of a text and its title."""
    found = Terms([], [], [], [], [])
    if title:
        _add(found, unicodedata.normalize("NFC", title))
        found.pairs.extend((GAP, GAP))  # pairs of one phrase are up to two places apart
    for block in _blocks(unicodedata.normalize("NFC", text)):
        _add(found, block)
    return found


def _blocks(text: str) -> Iterator[str]:
    """The text in pieces that end at a line break, so that a book takes no more working memory than a letter."""
    start = 0
    while len(text) - start > _BLOCK:
        cut = text.find("\n", start + _BLOCK) + 1
        if not cut:
            break
        yield text[start:cut]
        start = cut
    yield text[start:]


@lru_cache(maxsize=_MEMO_LIMIT)
def _pair(left: str, right: str) -> str:
    return f"{left}_{right}"


def _add(found: Terms, text: str) -> None:
    machine = segmenter()
    tokens = machine.words(text)
    forms = [syllable(token.text) for token in tokens]
    spoken = [form for form in forms if form is not None]
    folded = [form.folded for form in spoken]
    if folded and found.folded and (not found.pairs or found.pairs[-1] != GAP):
        found.pairs.append(_pair(found.folded[-1], folded[0]))  # a block goes on where the one before it ended
    found.folded.extend(folded)
    found.exact.extend([form.exact for form in spoken if form.exact != form.folded])
    found.pairs.extend([_pair(left, right) for left, right in pairwise(folded)])
    found.words.extend(_joined(forms, machine.inside(tokens)))
    found.codes.extend(code_key(match.group()) for match in NUMBER.finditer(text))


def _joined(forms: Sequence[Syllable | None], inside: Sequence[bool]) -> list[str]:
    """The words of two or more syllables: each goes on as long as its tokens are ``inside`` one."""
    words: list[list[str]] = []
    for form, goes_on in zip(forms, inside, strict=True):
        if not goes_on or not words:
            words.append([])
        if form is not None:
            words[-1].append(form.exact)
    return ["_".join(word) for word in words if len(word) > 1]


def title_prefix(typed: str) -> tuple[str, list[str]]:
    """What to complete of a text being typed: the beginning of a number, and words, the last only begun."""
    return code_key(typed), _distinct(typed)


def keys_of(document: IndexDocument, terms: Terms) -> dict[str, list[str]]:
    """The keys of a document by index field (``indexer.index_document.KEY_FIELDS``)."""
    return {
        "id": [document.id],
        "number": list(number_keys(document.number)) if document.number else [],
        "issuer_words": _distinct(" ".join((document.issuer or "", *document.issuer_names))),
        "title_words": list(dict.fromkeys(terms.title)),
        "known_words": list(dict.fromkeys([*terms.title, *terms.facts])),
        "codes": list(dict.fromkeys([*terms.codes, *([code_key(document.number)] if document.number else [])])),
        "cites": list(document.cites),
    }


def _distinct(text: str | None) -> list[str]:
    found = (syllable(word.text) for word in segmenter().words(unicodedata.normalize("NFC", text or "")))
    return list(dict.fromkeys(form.folded for form in found if form is not None))
