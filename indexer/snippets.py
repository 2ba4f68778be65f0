"""Quotations from a text found: the stretch that shows best why it was found, with the words found marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexer.index_document import Shown
from indexer.words.analysis import exact_form, spellings
from kb.reading.text.text_forms import fold

WIDTH = 240
"""Characters quoted, about."""

_HEAD = 16_000  # characters looked through first: most texts say there what they are about
_LONGEST = 2_000_000  # characters looked through
_SEEN = 60  # places of one run of words that are looked at, at most
_KEPT = 4  # and kept of them
_ENOUGH = 4  # words of a run for which the rest of a text is not looked through
_WINDOWS = 8  # stretches weighed against each other, at most
_RUN = 6  # words of the longest run that is looked for as a whole
_MOST = 24  # runs, and words of one, that are looked for
_GAP = 8  # characters between two words that stand side by side, at most

_WORD_START = re.compile(r"\s\S")
_WHITE_SPACE = re.compile(r"\s+")

Spoken = tuple[tuple[str, str], ...]
"""Syllables of a query, each ``(folded, exact)``."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a query to mark in a text; ``whole``: only where they stand together, as in a phrase."""

    spoken: Spoken
    whole: bool = False


_PLAINLY, _EXACTLY = 1, 2
_Place = tuple[int, int, str, int]
"""Beginning and end of a word in a text, the syllable of the query that it is, and how it is written."""

Piece = tuple[str, bool]
"""Some words of a quotation, and whether they are what was searched for."""


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    key: str
    worth: float


class Quoter:
    """Finds the words of one query in many texts.

    A word typed with diacritics is marked where it stands with the same ones or with none, never another word; runs of
    the query's words are looked for whole, the longest first, and only the stretches around them are weighed.
    """

    def __init__(self, marked: Iterable[Marked]) -> None:
        self._exact: dict[str, set[str]] = {}
        self._singles: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        phrases: set[tuple[str, ...]] = set()
        runs: list[tuple[str, ...]] = []
        for run in marked:
            folded = tuple(form for form, _ in run.spoken)
            for form, exact in run.spoken:
                self._exact.setdefault(form, set()).add(exact)
            if run.whole and folded:
                phrases.add(folded)
            elif not run.whole:
                runs.append(folded)
                self._singles.update(folded)
                self._pairs.update(pairwise(folded))
        self._phrases = sorted(phrases, key=len)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in reversed(self._phrases):
            self._by_first.setdefault(phrase[0], []).append(phrase)
        keys = sorted(self._singles.union(*self._phrases))
        self._keys = {form: key for key in keys for form in spellings(key)}
        forms = "|".join(sorted(map(re.escape, self._keys), key=len, reverse=True))
        self._word = re.compile(rf"(?<![a-z0-9])(?:{forms})(?![a-z0-9])") if forms else None
        self._looked_for = _levels(self._phrases)
        self._runs = [form for run in runs[:_MOST] if run for form in _spelled(run[:_MOST])]
        self._words = _every_form(runs)
        self._enough = _worth_enough([*runs, *self._phrases])
        self._stretches = _stretches(runs)
        self._whole = 1.5 * sum(len(run) ** 2 for run in (*runs, *self._phrases))  # of a stretch that has all, exactly
        self._met: dict[str, bool] = {}
        self._words_met: dict[str, tuple[str, int]] = {}

    @property
    def asked(self) -> bool:
        """Whether the query has words to be marked at all."""
        return self._word is not None

    def quote(self, text: str, width: int = WIDTH) -> tuple[Piece, ...]:
        """The best stretch of ``text``, white space as single blanks; empty where none of the words stands in it."""
        return self._quoted((text[:size] for size in (_HEAD, _LONGEST) if size == _HEAD or len(text) > _HEAD), width)

    def quote_of(self, shown: Shown, width: int = WIDTH) -> tuple[Piece, ...]:
        """The same of a document found: its whole text is read only where its beginning does not show enough."""
        sizes = (_HEAD, _LONGEST) if len(shown.kept) > _HEAD else (_HEAD,)
        return self._quoted((shown.beginning(size)[:size] for size in sizes), width)

    def _quoted(self, looked_through: Iterable[str], width: int) -> tuple[Piece, ...]:
        if self._word is None:
            return ()
        for text in looked_through:
            plain = unicodedata.normalize("NFC", text)
            best = self._best(fold(plain), plain, width)
            if best and best[0] >= self._enough:
                break
        return _pieces(plain, best[1], width) if best and best[1] else ()

    def _best(self, folded: str, plain: str, width: int) -> tuple[float, list[_Match]] | None:
        """The stretch that shows most, and what it is worth; a place that an earlier one shows is not looked at."""
        best: tuple[float, list[_Match]] | None = None
        shown = -1
        for at in self._anchors(folded, plain):
            if 0 <= at - shown <= width // 2 and best:
                continue
            shown = at
            matches = self._matches(folded, plain, max(0, at - width // 4), at + width * 3 // 4)
            worth = _worth(matches)
            if best is None or worth > best[0]:
                best = (worth, matches)
            if worth >= self._whole:
                break
        return best

    def _anchors(self, folded: str, plain: str) -> list[int]:
        """Where stretches worth weighing begin: phrases, the longest runs of the query's words, its words."""
        for level in self._looked_for:
            found = [at for run in level for at in self._beginnings(run, folded, plain)]
            if found:
                return list(dict.fromkeys(found))[:_WINDOWS]
        found = [at for run in self._stretches for at in self._beginnings(run, folded, plain, 1)]
        if not found:
            found = self._longest(folded, plain)
        if not found:
            found = [at for word in self._words for at in self._beginnings(word, folded, plain)]
        return list(dict.fromkeys(found))[:_WINDOWS]

    def _longest(self, folded: str, plain: str) -> list[int]:
        """Where the longest runs of the query's words begin. Every second pair of them is looked for, which three words
        in a row cannot miss, and followed to both sides; the other pairs only where none of these stands."""
        begun: dict[int, int] = {}
        places: dict[str, list[int]] = {}
        for run in self._runs:
            for first in (0, 1):
                for at in range(first, len(run) - 1, 2):
                    pair = f"{run[at]} {run[at + 1]}"
                    if pair not in places:
                        places[pair] = self._beginnings(pair, folded, plain, _SEEN)
                    for place in places[pair]:
                        begin, words = self._followed(folded, plain, run, at, place)
                        begun[begin] = max(words, begun.get(begin, 0))
                if begun:
                    break
        most = max(begun.values(), default=0)
        return sorted(begin for begin, words in begun.items() if words == most)

    def _followed(self, folded: str, plain: str, run: tuple[str, ...], at: int, place: int) -> tuple[int, int]:
        """Where the words around a pair at ``place`` begin to be those of the run, and how many they are."""
        begin, end = place, place + len(run[at]) + 1 + len(run[at + 1])
        left, right = at, at + 2
        while left and folded.endswith(f" {run[left - 1]} ", 0, begin):
            left -= 1
            begin -= len(run[left]) + 1
        while right < len(run) and _goes_on(folded, end, run[right]):
            end += len(run[right]) + 1
            right += 1
        return (begin, right - left) if self._are_meant(folded, plain, begin, end) else (place, 2)

    def _beginnings(self, run: str, folded: str, plain: str, most: int = _KEPT) -> list[int]:
        """Where a run of words stands that is meant, the first few."""
        found: list[int] = []
        at, size = folded.find(run), len(run)
        for _ in range(_SEEN):
            if at < 0 or len(found) >= most:
                break
            bounded = not (at and folded[at - 1].isalnum()) and not folded[at + size : at + size + 1].isalnum()
            if bounded and self._are_meant(folded, plain, at, at + size):
                found.append(at)
            at = folded.find(run, at + size)
        return found

    def _are_meant(self, folded: str, plain: str, start: int, end: int) -> bool:
        """Whether the words of a stretch can be those typed; a run stands in texts again and again."""
        written = plain[start:end]
        if written not in self._met:
            self._met[written] = all(place[3] for place in self._places(folded, plain, start, end))
        return self._met[written]

    def _matches(self, folded: str, plain: str, start: int, end: int) -> list[_Match]:
        """The words found in a stretch, those that stand side by side as one."""
        places = [place for place in self._places(folded, plain, start, end) if place[3]]
        found: list[_Match] = []
        index = 0
        while index < len(places):
            count = self._phrase_at(folded, places, index) if self._phrases else 0
            count = count or self._run_at(folded, places, index)
            if count:
                first, last = places[index][0], places[index + count - 1][1]
                worth = float(count * count)
                if all(place[3] == _EXACTLY for place in places[index : index + count]):
                    worth *= 1.5
                found.append(_Match(first, last, folded[first:last], worth))
            index += count or 1
        runs = " ".join(match.key for match in found if match.worth > 1.5).split()  # "đổi mới" is no "chuyển đổi"
        return [match for match in found if match.worth > 1.5 or match.key not in runs]

    def _places(self, folded: str, plain: str, start: int, end: int) -> list[_Place]:
        """Where the syllables of the query stand as words, in text order, each with how it is written there."""
        assert self._word is not None
        found: list[_Place] = []
        for match in self._word.finditer(folded, start, min(end, len(folded))):
            begin, stop = match.span()
            written = plain[begin:stop]
            known = self._words_met.get(written)
            if known is None:
                key = self._keys[match.group()]
                known = self._words_met[written] = (key, self._meant(written, key))
            found.append((begin, stop, *known))
        return found

    def _phrase_at(self, folded: str, places: list[_Place], index: int) -> int:
        """The length of the longest phrase that begins here, 0 for none."""
        for phrase in self._by_first.get(places[index][2], ()):
            window = places[index : index + len(phrase)]
            if tuple(place[2] for place in window) == phrase and all(
                _side_by_side(folded, a[1], b[0]) for a, b in pairwise(window)
            ):
                return len(phrase)
        return 0

    def _run_at(self, folded: str, places: list[_Place], index: int) -> int:
        """How many words from here stand side by side as in the query."""
        if places[index][2] not in self._singles:
            return 0
        last = index
        while (
            last + 1 < len(places)
            and (places[last][2], places[last + 1][2]) in self._pairs
            and _side_by_side(folded, places[last][1], places[last + 1][0])
        ):
            last += 1
        return last - index + 1

    def _meant(self, word: str, key: str) -> int:
        """Whether a word can be the one typed: it stands with the diacritics that were typed (``_EXACTLY``), or one of
        the two has lost them (``_PLAINLY``); 0 for another word."""
        exact, typed = _exact_form(word), self._exact[key]
        if exact in typed:
            return _EXACTLY
        return _PLAINLY if exact == key or key in typed else 0


def _levels(phrases: Iterable[tuple[str, ...]]) -> list[list[str]]:
    """Phrases, and then their words: as they are written with a blank between two words, each in its spellings."""
    phrases = list(phrases)
    levels: list[list[tuple[str, ...]]] = [phrases, [(key,) for run in phrases for key in run]] if phrases else []
    return [list(dict.fromkeys(" ".join(form) for run in level[:_MOST] for form in _spelled(run))) for level in levels]


def _every_form(runs: Iterable[tuple[str, ...]]) -> list[str]:
    """The words of all runs in all their spellings, each once."""
    words = (form for run in runs for key in run[:_MOST] for form in spellings(key))
    return list(dict.fromkeys(words))[:_MOST]


def _stretches(runs: Iterable[tuple[str, ...]]) -> list[str]:
    """The runs of a long query in pieces: where one stands in a text, no shorter run is looked for."""
    pieces = (run[at : at + _RUN] for run in runs for at in range(0, len(run), _RUN))
    whole = (form for piece in pieces if len(piece) == _RUN for form in _spelled(piece))
    return list(dict.fromkeys(" ".join(form) for form in whole))[:_MOST]


def _worth_enough(runs: Iterable[tuple[str, ...]]) -> float:
    """What a stretch is worth that has all of a short query, or a run of its words."""
    return float(min(max(map(len, runs), default=0), _ENOUGH) ** 2)


def _spelled(run: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A run with i and with y where both are in use."""
    return tuple(dict.fromkeys((run, tuple(spellings(key)[-1] for key in run))))


def _worth(matches: list[_Match]) -> float:
    """What a stretch shows of the query: each different run of words once."""
    seen: dict[str, float] = {}
    for match in matches:
        seen[match.key] = max(match.worth, seen.get(match.key, 0.0))
    return sum(seen.values())


_exact_form = lru_cache(maxsize=50_000)(exact_form)


def _goes_on(folded: str, end: int, word: str) -> bool:
    """Whether the next word behind ``end`` is this one."""
    after = end + 1 + len(word)
    return folded.startswith(word, end + 1) and folded[end] == " " and not folded[after : after + 1].isalnum()


def _side_by_side(folded: str, end: int, start: int) -> bool:
    between = start - end
    return between == 1 or (1 < between <= _GAP and not any(map(str.isalnum, folded[end:start])))


def _pieces(block: str, shown: list[_Match], width: int) -> tuple[Piece, ...]:
    start = _word_start(block, max(0, shown[0].start - width // 4))
    end = _word_end(block, max(start + width, shown[0].end))
    shown = [match for match in shown if match.start >= start and match.end <= end]
    pieces: list[Piece] = [("… ", False)] if start else []
    at = start
    for match in shown:
        if match.start > at:
            pieces.append((block[at : match.start], False))
        pieces.append((block[match.start : match.end], True))
        at = match.end
    if at < end:
        pieces.append((block[at:end], False))
    if end < len(block):
        pieces.append((" …", False))
    return tuple((_WHITE_SPACE.sub(" ", words), found) for words, found in pieces)


def _word_start(block: str, at: int) -> int:
    """The beginning of the word after ``at``, unless that is far away."""
    if at == 0:
        return 0
    found = _WORD_START.search(block, max(0, at - 1), at + 20)
    return found.start() + 1 if found else at


def _word_end(block: str, at: int) -> int:
    if at >= len(block):
        return len(block)
    found = max(block.rfind(" ", at - 20, at + 1), block.rfind("\n", at - 20, at + 1))
    return found if found > 0 else at
