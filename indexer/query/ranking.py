"""How bare words rank: the one place for every engine.

A word is looked for in title and text and among the facts of a document (type, number, issuer, place, year). Documents
that have all words come first, with those whose title has nearly all of them (a title typed with a slip); where no
document has them all, those that have most. What is typed with diacritics ranks by the exact form, without by the
folded one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexer.index_query import AtLeast, Both, Either, Plan, Ranked, Term, Worth
from indexer.index_query import Sequence as Run
from indexer.words import telex
from indexer.words.analysis import analyse, syllable
from indexer.words.segment import segmenter
from kb.authority import abbreviations, types
from kb.authority.fold import fold

# Found on the known-answer queries of `python -m bench finding`; what each counts beside a word of the text, 1.0.
_TITLE, _TITLE_EXACT, _TITLE_PAIR = 1.0, 1.5, 1.5
_FACT = 0.8
_EXACT, _WORD, _PAIR = 1.0, 0.5, 0.7
_WHOLE_TITLE, _TITLE_AND_FACTS, _NEAR_TITLE = 6.0, 40.0, 4.0
_ORDINAL_BORNE, _TYPE_AND_ORDINAL = 10.0, 40.0
_ORDINAL = re.compile(r"(?<![a-z0-9])[0-9]{1,6}[a-z]?(?![a-z0-9])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SENTENCE = 6  # syllables from which a query may be a sentence; what its parts have
_WHOLE_SENTENCE, _PART_OF_SENTENCE = 120.0, 16.0
_NEAR = 0.75
"""Share of the words that a title has which is nearly the one typed."""
_SHORTEST_NEAR = 4
_MOST_RANKED = 48
"""Words that rank: of a pasted page the first."""
_MOST_SEGMENTED = 400
"""Characters that are segmented into words."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for. ``spoken``: ``(folded, exact)`` of its syllables as typed; ``shown``: as typed; ``others``:
    other forms of the same, each a run of folded syllables."""

    spoken: tuple[tuple[str, str], ...]
    shown: str
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def is_figure(self) -> bool:
        return self.spoken[0][0][:1].isdigit()


@lru_cache(maxsize=512)
def spoken(text: str) -> tuple[tuple[str, str], ...]:
    """``(folded, exact)`` of each syllable of a text; of one query it is asked several times."""
    found = (syllable(word.text) for word in segmenter().words(unicodedata.normalize("NFC", text)))
    return tuple((form.folded, form.exact) for form in found if form is not None)


def concepts(text: str) -> list[Concept]:
    """What a run of words asks for: abbreviations with their words and the other way round, else word by word."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    folded, found, at = fold(text), [], 0
    while at < len(text):
        short = abbreviations.longest_match(folded, at) if len(folded) == len(text) else None
        end = short[0] if short else text.find(" ", at)
        end = len(text) if end < 0 else end
        others = [tuple(form for form, _ in spoken(other)) for other in short[1].forms] if short else []
        forms = spoken(text[at:end])
        own = tuple(form for form, _ in forms)
        distinct = tuple(dict.fromkeys(other for other in others if other != own))
        if short:
            found.append(Concept(tuple(forms), text[at:end], distinct))
        else:
            found += [_word(form, text[at:end]) for form in forms]
        at = end + 1
    return list({concept.spoken: concept for concept in found}.values())


def _word(form: tuple[str, str], shown: str) -> Concept:
    read = telex.read(shown)
    others = ((syllable_of(read),),) if read else ()
    return Concept((form,), shown, others)


def syllable_of(word: str) -> str:
    """The folded form of one syllable."""
    form = syllable(word)
    return form.folded if form else word


def telex_read(text: str) -> str | None:
    """The text with what was typed in Telex read; None where nothing was."""
    words = text.split()
    read = [telex.read(word) or word for word in words]
    return " ".join(read) if read != words else None


def plan(asked: Sequence[Concept], text: str, further: Sequence[Plan] = (), *, nearly: bool = True) -> Plan:
    """The plan of bare words: all of them or, with ``nearly``, a title that has nearly all; ``further``: conditions
    beside the words."""
    words: Plan = Both(tuple(map(_anywhere, asked)))
    near = _near_title(asked)
    found = Worth(Either((words, near)) if near and nearly and not further else words, 0.0)
    return Ranked(Both((found, *further)) if further else found, _ranking(asked, text, near))


def most_of(asked: Sequence[Concept], text: str, share: float, further: Sequence[Plan] = ()) -> Plan:
    """The plan of documents that have a share of the words and of what is asked ``further``, at least one of them."""
    parts = (*(_anywhere(one) for one in asked), *further)
    most = AtLeast(max(1, math.ceil(len(parts) * share)), parts)
    return Ranked(most, _ranking(asked, text, _near_title(asked)))


def _anywhere(one: Concept) -> Plan:
    """Documents that have a concept in title, text or facts, in one of its forms; without score."""
    ways: list[Plan] = [
        Both(tuple(Either((Term("folded", key, 0.0), Term("facts", key, 0.0))) for key, _ in one.spoken))
    ]
    ways += [_together(other) for other in one.others]
    return ways[0] if len(ways) == 1 else Either(tuple(ways))


def _together(keys: Sequence[str]) -> Plan:
    if len(keys) == 1:
        return Either((Term("folded", keys[0], 0.0), Term("facts", keys[0], 0.0)))
    if len(keys) == 2:
        return Term("pairs", "_".join(keys), 0.0)
    places = sorted({*range(0, len(keys) - 1, 2), len(keys) - 2})
    return Run("pairs", tuple((at, f"{keys[at]}_{keys[at + 1]}") for at in places), 0.0)


def _in_title(one: Concept, *, facts: bool = False) -> Plan:
    field = "known_words" if facts else "title_words"

    def has(key: str) -> Plan:
        return Term(field, key, 0.0)

    ways: list[Plan] = [Both(tuple(has(key) for key, _ in one.spoken))]
    ways += [Both(tuple(has(key) for key in other)) for other in one.others]
    return ways[0] if len(ways) == 1 else Either(tuple(ways))


def _near_title(asked: Sequence[Concept]) -> Plan | None:
    """Titles that have nearly all of the words; figures are exact, in the title or among the facts."""
    words = [one for one in asked if not one.is_figure][:_MOST_RANKED]
    if len(words) < _SHORTEST_NEAR:
        return None
    nearly = AtLeast(min(len(words) - 1, math.ceil(len(words) * _NEAR)), tuple(map(_in_title, words)))
    figures = tuple(_in_title(one, facts=True) for one in asked if one.is_figure)
    return Both((nearly, *figures)) if figures else nearly


def _ranking(asked: Sequence[Concept], text: str, near: Plan | None) -> tuple[Plan, ...]:
    """What only ranks; ``near``: the titles that have nearly all words."""
    asked = asked[:_MOST_RANKED]
    forms = dict.fromkeys(form for one in asked for form in one.spoken)
    others = [other for one in asked for other in one.others]
    single = (Term("folded", other[0]) for other in others if len(other) == 1)
    words = dict.fromkeys(analyse(text[:_MOST_SEGMENTED]).words)
    return (
        *_titled(asked, near),
        *_numbered(text),
        *_as_pasted([form for form, _ in spoken(text)]),
        *(term for form in forms for term in _of_syllable(*form)),
        *_of_pairs([[form for form, _ in spoken(text)][: 2 * _MOST_RANKED], *others]),
        *single,
        *(Term("words", word, _WORD) for word in words),
    )


def _titled(asked: Sequence[Concept], near: Plan | None) -> list[Plan]:
    """What titles are worth that have all words, have them with the facts, or have nearly all."""
    known = tuple(_in_title(one, facts=True) for one in asked)
    found: list[Plan] = [Worth(Both(tuple(map(_in_title, asked))), _WHOLE_TITLE), Worth(Both(known), _TITLE_AND_FACTS)]
    return [*found, Worth(near, _NEAR_TITLE)] if near else found


def _as_pasted(keys: Sequence[str]) -> list[Plan]:
    """What a text is worth that has a sentence as it stands, or parts of it."""
    if len(keys) < _SENTENCE:
        return []
    whole = [Worth(_together(keys), _WHOLE_SENTENCE)] if len(keys) <= _MOST_RANKED else []
    parts = (keys[at : at + _SENTENCE] for at in range(0, min(len(keys), _MOST_RANKED), _SENTENCE))
    return [*whole, *(Worth(_together(part), _PART_OF_SENTENCE) for part in parts if len(part) > _SENTENCE // 2)]


def _numbered(text: str) -> list[Plan]:
    """What a document is worth that bears the ordinal of the query, and that is of the type named before it."""
    folded = fold(text)
    kind = types.longest_word(folded)
    found: list[Plan] = []
    for figure in dict.fromkeys(_ORDINAL.findall(folded)):
        bears = Term("number", figure.lstrip("0") or figure)
        if not _YEAR.fullmatch(figure):
            found.append(Worth(bears, _ORDINAL_BORNE))
        if kind is not None:
            words = (Term("facts", key, 0.0) for key, _ in spoken(folded[: kind[0]]))
            found.append(Worth(Both((bears, *words)), _TYPE_AND_ORDINAL))
            kind = None  # the figure behind it is its ordinal
    return found


def _of_syllable(folded: str, exact: str) -> list[Plan]:
    """How a syllable ranks; one typed with diacritics by its exact form."""
    fact = Term("facts", folded, _FACT)
    if exact == folded:
        return [Term("folded", folded), Term("title", folded, _TITLE + _TITLE_EXACT), fact]
    title = [Term("title", folded, _TITLE), Term("title_exact", exact, _TITLE_EXACT)]
    return [Term("exact", exact, _EXACT), *title, fact]


def _of_pairs(runs: Iterable[Sequence[str]]) -> list[Plan]:
    """How neighbours rank."""
    pairs = dict.fromkeys(f"{a}_{b}" for run in runs for a, b in pairwise(run))
    weighted = (("pairs", _PAIR), ("title_pairs", _TITLE_PAIR))
    return [Term(field, pair, weight) for pair in pairs for field, weight in weighted]
