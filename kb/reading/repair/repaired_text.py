"""The repaired text of a damaged one, for indexing and display: "thyc hién" → "thực hiện", "th c hiện" → "thực hiện".

Two diseases are cured, both only where a closed vocabulary proves the cure (``kb.reading.repair.known_words``):

* scans read without Vietnamese: a word that is none is replaced by the one that the measured confusions of letters and
  the words beside it single out;
* glyphs lost from a text layer: a blank that stands for a letter the whole document never shows is filled.

Running heads of a gazette are left out (``kb.reading.text.running_heads``): a phrase is found over the end of a page.

Everything else stays as it is: numbers, codes, abbreviations, names, doubtful words, and every clean passage byte for
byte. Each change is listed, and offsets map both ways.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb.reading.repair import glyphs
from kb.reading.repair.known_words import Vocabulary, vocabulary, words_by_reading
from kb.reading.text import running_heads
from kb.reading.text.offsets import OffsetMap
from kb.reading.text.syllables import is_syllable
from kb.reading.text.text_forms import fold

_BLOCK = 1200  # code points judged together as clean or damaged
_DAMAGED = 0.12  # share of words that are no syllables from which a block counts as damaged
_BADLY_READ = 0.04  # the same from which digits and dates may be lost
_RICH = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")  # letters an English model never gives
_WORD = re.compile(r"[^\s/|]+")
_CORE = re.compile(r"[^\W_](?:[^\s.,;:!?()\"“”\[\]{}<>…+=*#_|/-]*[^\s.,;:!?()\"“”\[\]{}<>…+=*#_|/'’‘-])?")
_SAMPLES, _SAMPLE = 16, 400
_CLEAN_SHARE = 0.04
_PLAIN = 1.16  # UTF-8 bytes per code point: Vietnamese prose has 1.3, without its diacritics 1.0
_FEW_RICH = 0.08  # share of words with such letters below which a text was read without Vietnamese
_LEAST_CURED = 0.2  # share of the words of such a text that must be curable, or it is no Vietnamese
_CERTAIN = 0.97  # posterior of a word from which it is put in
_UNSEEN_PAIR = 3e-5
_MOST_READINGS = 5
_WORSE = 3.5  # how much less likely than the best reading of a word another one may be
_KEEP = 1e-4  # likelihood of a word outside the vocabulary that was read right


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: ``given[start:end]`` was ``before`` and is ``after`` in the repaired text; ``rule`` is
    ``word_confusion``, ``lost_glyph`` or ``running_head`` (left out: ``after`` is empty)."""

    start: int
    end: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A repaired text, its changes in order, and the map: ``offsets.back`` leads from an offset of ``text`` to one of
    the text as given, ``offsets.forward`` the other way."""

    text: str
    edits: tuple[Edit, ...]
    offsets: OffsetMap


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it stands, without the marks around it, and what it may be: (word, log likelihood)."""

    start: int
    end: int
    printed: str
    lower: str
    readings: tuple[tuple[str, float], ...]
    joined: bool  # nothing but blanks between this word and the one before


def repaired_text(text: str) -> RepairedText:
    """The repaired text. Linear in the length; a clean text comes back unchanged."""
    edits = glyphs.lost_glyphs(text)
    if edits:
        filled = _applied(text, [(at, at + 1, glyph) for at, glyph in edits])[0]
        changes = [Edit(at, at + 1, text[at], glyph, "lost_glyph") for at, glyph in edits]
    else:
        filled, changes = text, []
    changes += [
        Edit(start, end, text[start:end], word, "word_confusion")
        for start, end, word in _confused_words(filled)
        if text[start:end] == filled[start:end]
    ]
    heads = running_heads.find(text)
    if heads:
        changes = [edit for edit in changes if not _within(edit, heads)]
        changes += [Edit(start, end, text[start:end], "", "running_head") for start, end in heads]
    changes.sort(key=lambda edit: edit.start)
    result, offsets = _applied(text, [(edit.start, edit.end, edit.after) for edit in changes])
    return RepairedText(result, tuple(changes), offsets)


def _within(edit: Edit, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a change touches one of the spans, which are in order."""
    at = bisect_left(spans, (edit.end, 0)) - 1
    return at >= 0 and spans[at][1] > edit.start


def _applied(text: str, edits: Sequence[tuple[int, int, str]]) -> tuple[str, OffsetMap]:
    given, repaired, pieces = [0], [0], []
    last = length = 0
    for start, end, after in edits:
        pieces += [text[last:start], after]
        given += [start, end]
        repaired += [length + start - last, length + start - last + len(after)]
        length += start - last + len(after)
        last = end
    pieces.append(text[last:])
    return "".join(pieces), OffsetMap(given, repaired)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches of about ``_BLOCK`` code points that end at a line break where there is one."""
    out = []
    start = 0
    while start < len(text):
        end = min(len(text), start + _BLOCK)
        if end < len(text):
            half = start + _BLOCK // 2
            end = max(text.rfind("\n", half, end), 0) or max(text.rfind(" ", half, end), 0) or end - 1
            end += 1
        out.append((start, end))
        start = end
    return out


def _confused_words(text: str) -> list[tuple[int, int, str]]:
    """(start, end, word) of every misread word whose cure is certain."""
    found: list[tuple[int, int, str]] = []
    clean = _looks_clean(text)
    for start, end in _blocks(text):
        block = text[start:end]
        if not (clean and len(block.encode("utf-8", "surrogatepass")) > _PLAIN * len(block)):
            found += _cured(text, start, end)
    return found


def _cured(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The same for one block of a text; nothing where the block is clean, or in another language."""
    words = _CORE.findall(text[start:end])
    plain = _judged(words)
    if not _is_wrong(plain, _DAMAGED):
        return []
    rich = sum(1 for w in plain if _RICH.search(w)) / len(plain)
    if rich >= _FEW_RICH:  # a text with its diacritics: only words that are none
        edits = _edits(_tokens(text, start, end, lost=3.0))
        return [edit for edit in edits if _is_none(text[edit[0] : edit[1]])]
    cures = _edits(_tokens(text, start, end, lost=0.15))
    return cures if len(cures) >= _LEAST_CURED * len(words) else []  # else it is another language


def looks_damaged(stretch: str) -> bool:
    """Whether a stretch of text was read badly: too many of its words are no syllables."""
    return _is_wrong(_judged(_CORE.findall(stretch)), _BADLY_READ)


def _is_wrong(plain: list[str], share: float) -> bool:
    wrong = sum(1 for w in plain if not is_syllable(w))
    return bool(plain) and wrong >= 2 and wrong >= share * len(plain)


def _judged(words: list[str]) -> list[str]:
    """The words that tell a clean text from a damaged one: no figures, no abbreviations."""
    plain = [w for w in words if len(w) > 1 and w.isalpha() and not w.isupper()]
    return plain if len(plain) >= 4 else [w for w in words if len(w) > 1 and w.isalpha()]


def _looks_clean(text: str) -> bool:
    """Samples of a long text show hardly a word that is none; then only its blocks without diacritics are looked at."""
    if len(text) < 2 * _SAMPLES * _SAMPLE:
        return False
    step = len(text) // _SAMPLES
    words = _judged([w for at in range(0, step * _SAMPLES, step) for w in _CORE.findall(text[at : at + _SAMPLE])])
    return sum(1 for w in words if not is_syllable(w)) < _CLEAN_SHARE * len(words)


def _is_none(word: str) -> bool:
    """A word that is no syllable, and no fragment of one either."""
    return len(word) > 2 and not word.isascii() and not is_syllable(word)


def _tokens(text: str, start: int, end: int, lost: float) -> list[_Token]:
    """The words of a block with their readings; ``lost`` is the cost of a lost or wrong diacritic there."""
    out: list[_Token] = []
    before = start
    for match in _WORD.finditer(text, start, end):
        core = _CORE.search(match.group())
        if core is None:
            continue
        at, last = match.start() + core.start(), match.start() + core.end()
        printed = text[at:last]
        lower = printed.lower()
        fixed = _is_code(text, match.start(), match.end(), printed)
        readings = ((lower, 0.0),) if fixed else _readings(lower, lost)
        out.append(_Token(at, last, printed, lower, readings, not text[before:at].strip(" \t\r\n*_")))
        before = last
    return out


@lru_cache(maxsize=50_000)
def _readings(lower: str, lost: float) -> tuple[tuple[str, float], ...]:
    """What a word may be: itself among the likeliest of ``words_by_reading``, each with its log likelihood."""
    readings: list[tuple[str, float]] = []
    if any(ch.isalpha() for ch in lower):
        for word, cost in words_by_reading().get(fold(lower), ()):
            if word != lower:
                cost += lost if _diacritics(word) != _diacritics(lower) else 0.0
            readings.append((word, -cost))
        readings.sort(key=lambda reading: -reading[1])
        least = readings[0][1] - _WORSE if readings else 0.0
        readings = [reading for reading in readings[:_MOST_READINGS] if reading[1] >= least]
    if lower not in dict(readings):
        readings.append((lower, math.log(_KEEP) if lower not in vocabulary().words else 0.0))
    return tuple(readings)


def _diacritics(word: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFD", word) if not ch.isascii())


def _is_code(text: str, start: int, end: int, printed: str) -> bool:
    """Part of a document number, a figure, or an abbreviation in capitals."""
    around = text[max(0, start - 1) : end + 1]
    if "/" in around or "|" in around:
        return True
    digits = sum(ch.isdigit() for ch in printed)
    if digits > 1 or (digits == 1 and len(printed) == 1):
        return True
    return printed.isupper() and len(printed) > 1 and not is_syllable(printed.lower()) and not _in_capitals(text, start)


def _in_capitals(text: str, position: int) -> bool:
    """The line is set in capitals."""
    begin = text.rfind("\n", max(0, position - 200), position) + 1
    stop = text.find("\n", position, position + 200)
    line = text[begin : stop if stop > 0 else position + 200]
    letters = [ch for ch in line if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) > 0.8 * len(letters) and len(letters) > 8


def _chains(tokens: list[_Token]) -> list[list[_Token]]:
    """Runs of words with nothing but blanks between."""
    chains: list[list[_Token]] = []
    for token in tokens:
        if token.joined and chains:
            chains[-1].append(token)
        else:
            chains.append([token])
    return chains


def _edits(tokens: list[_Token]) -> list[tuple[int, int, str]]:
    """What is certain of the words of a block (``_decoded``)."""
    return [edit for chain in _chains(tokens) for edit in _decoded(chain)]


def _decoded(chain: list[_Token]) -> list[tuple[int, int, str]]:
    """Forward–backward over the readings of a chain; words certain enough and borne out by a neighbour."""
    if len(chain) < 2:
        return []
    known = vocabulary()
    steps = [_transition(_words_of(a), _words_of(b)) for a, b in pairwise(chain)]
    emissions = [[math.exp(likelihood) for _, likelihood in token.readings] for token in chain]
    forward = [_normalised([e * _prior(known, w) for e, (w, _) in zip(emissions[0], chain[0].readings, strict=True)])]
    for step, emission in zip(steps, emissions[1:], strict=True):
        last = forward[-1]
        forward.append(
            _normalised(
                [e * sum(p * row[j] for p, row in zip(last, step, strict=True)) for j, e in enumerate(emission)]
            )
        )
    backward = [[1.0] * len(emissions[-1])]
    for step, emission in zip(reversed(steps), reversed(emissions[1:]), strict=True):
        following = backward[0]
        backward.insert(
            0, _normalised([sum(r * e * b for r, e, b in zip(row, emission, following, strict=True)) for row in step])
        )
    chosen: list[tuple[str, float]] = []
    for token, f, b in zip(chain, forward, backward, strict=True):
        posterior = _normalised([x * y for x, y in zip(f, b, strict=True)])
        best = max(range(len(posterior)), key=lambda k: posterior[k])
        chosen.append((token.readings[best][0], posterior[best]))
    return _accepted(known, chain, chosen)


def _accepted(known: Vocabulary, chain: list[_Token], chosen: list[tuple[str, float]]) -> list[tuple[int, int, str]]:
    out = []
    for k, (token, (word, certainty)) in enumerate(zip(chain, chosen, strict=True)):
        if word == token.printed.lower() or certainty < _CERTAIN:
            continue
        left = k > 0 and (chosen[k - 1][0], word) in known.pairs
        right = k + 1 < len(chosen) and (word, chosen[k + 1][0]) in known.pairs
        if left or right:
            out.append((token.start, token.end, _cased(token.printed, word)))
    return out


def _words_of(token: _Token) -> tuple[str, ...]:
    return tuple(word for word, _ in token.readings)


@lru_cache(maxsize=100_000)
def _transition(left: tuple[str, ...], right: tuple[str, ...]) -> list[list[float]]:
    """P(right word | left word), one row per left word."""
    known = vocabulary()
    priors = [_UNSEEN_PAIR * _prior(known, b) for b in right]
    rows = []
    for a in left:
        count = max(known.words.get(a, 0), 40)
        rows.append([known.pairs.get((a, b), 0) / count + prior for b, prior in zip(right, priors, strict=True)])
    return rows


def _prior(known: Vocabulary, word: str) -> float:
    return (known.words.get(word, 0) + 1) / 1000


def _normalised(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values] if total > 0 else [1.0 / len(values)] * len(values)


def _cased(printed: str, word: str) -> str:
    """``word`` in the case of what stood there."""
    letters = [ch for ch in printed if ch.isalpha()]
    if len(letters) > 1 and all(ch.isupper() for ch in letters):
        return word.upper()
    return word[:1].upper() + word[1:] if letters and letters[0].isupper() else word
