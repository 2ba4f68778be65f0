"""Vietnamese word segmentation: pyvi's model and output, without pyvi's cost.

pyvi marks each token as the beginning or the inside of a word with a linear-chain CRF of two labels. Its weights are
read once from the package's own model file (in CRFsuite's binary format, so that they are exact); the score of a token
is then a sum of parts that depend on one word each, kept in a memo, and the best labelling is found by following one
number, the score of "inside" minus that of "beginning".

:func:`tokenize` gives what ``pyvi.ViTokenizer.tokenize`` gives. :func:`segment` gives words with their place in the
text, and keeps document numbers whole (pyvi splits ``2395/QĐ-UBND`` into five tokens).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from indexer.words.pyvi_model import Weights, load_lexicon, load_weights

# The alternatives of pyvi's tokenizer, in its order. No token but the line break contains white space, so a text is
# cut at white space first and each distinct chunk is tokenised once.
_ABBREVIATIONS = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\."
_SPECIALS = r"==>|->|\.\.\.|>>"
_WEB = r"\w+://\S+"
_EMAIL = r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"
_REST = r"\d+(?:[.,_]\d+)+|[^\w\s]|\w+"
_CHUNK = re.compile(r"\n|\S+|[^\S\n]+")
_PLAIN = re.compile("|".join((_ABBREVIATIONS, _SPECIALS, _WEB, _REST)))
_WITH_EMAIL = re.compile("|".join((_ABBREVIATIONS, _SPECIALS, _WEB, _EMAIL, _REST)))
_DOMAIN = re.compile(r"@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]")
_LOCAL = frozenset(string.ascii_letters + string.digits + "_.+-")

# A document number: an ordinal, a slash or hyphen, then letters ("2395/QĐ-UBND", "24/2014/NĐ-CP", "09-CTr/TU").
# Only used to keep numbers whole; what a number means is kb.reading's affair.
NUMBER = re.compile(
    r"(?<![\w/.])\d{1,6}(?:\.\d{1,2})?[a-zđ]?(?:/\d{4})?[/-](?=[^\W\d_])[\w&]{1,16}(?:[-/.][\w&]{1,16})*",
    re.IGNORECASE,
)

_MEMO_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``text[start:end]`` is what stood there, ``form`` its syllables joined by ``_``.

    ``position`` is the index of its first syllable among the tokens of the text, ``length`` how many it spans: words,
    numbers and the parts of numbers share one ruler. ``kind`` is ``word``, ``mark`` (punctuation, line break),
    ``number`` (a whole document number) or ``part`` (a piece of the number before it).
    """

    form: str
    start: int
    end: int
    position: int
    length: int = 1
    kind: str = "word"


@dataclass(slots=True)
class Word:
    """What one token contributes: to its own score, to that of its neighbours, and to the joining rules."""

    text: str
    lower: str
    own: float
    before: float  # to the next token's score (it stands before that one)
    after: float  # to the previous token's score
    joins: bool  # may be joined at all: neither punctuation nor a number
    title: bool  # begins with a capital


class Segmenter:
    """pyvi's model in memory. Reading it takes some 20 ms and 15 MB; use :func:`segmenter` to share one."""

    def __init__(self, weights: Weights, bigrams: frozenset[str], trigrams: frozenset[str]) -> None:
        self._weights = weights
        self._words: dict[str, Word] = {}
        self._chunks: dict[str, tuple[Word, ...]] = {}
        difference = weights.difference
        self._bigram_here = difference("-1:word.bi_gram()")
        self._bigram_next = difference("+1:word.bi_gram()")
        self._trigram_here = difference("-2:word.tri_gram()")
        self._trigram_next = difference("+2:word.tri_gram()")
        self._bigrams = {tuple(entry.split(" ")) for entry in bigrams}
        self._trigrams = {tuple(entry.split(" ")) for entry in trigrams}
        self._heads = {entry[:2] for entry in self._trigrams}

    def _word(self, text: str) -> Word:
        known = self._words.get(text)
        if known is not None:
            return known
        difference, lower = self._weights.difference, text.lower()
        upper = text.isupper()
        title = text.istitle()
        own = difference("bias") + difference("word.lower():" + lower)
        before = difference("-1:word.lower():" + lower)
        after = difference("+1:word.lower():" + lower)
        if upper:
            own += difference("word.isupper()")
            before += difference("-1:word.isupper()")
            after += difference("+1:word.isupper()")
        if title:
            own += difference("word.istitle()")
            before += difference("-1:word.istitle()")
            after += difference("+1:word.istitle()")
        if text.isdigit():
            own += difference("word.isdigit()")
        joins = text not in string.punctuation and not text[0].isdigit()
        if len(self._words) >= _MEMO_LIMIT:
            self._words.clear()
        word = self._words[text] = Word(text, lower, own, before, after, joins, text[0].istitle())
        return word

    def _chunk(self, chunk: str) -> tuple[Word, ...]:
        words = tuple(map(self._word, _tokens_of_chunk(chunk)))
        if len(self._chunks) >= _MEMO_LIMIT:
            self._chunks.clear()
        if len(chunk) <= 64:
            self._chunks[chunk] = words
        return words

    def words(self, text: str) -> list[Word]:
        """The tokens of an NFC text, in order, white space left out (line breaks are tokens, as in pyvi)."""
        found: list[Word] = []
        known, extend = self._chunks.get, found.extend
        for chunk in _CHUNK.findall(text):
            words = known(chunk)
            extend(self._chunk(chunk) if words is None else words)
        return found

    def inside(self, words: list[Word]) -> list[bool]:
        """For each token, whether it continues the word of the token before it (the first never does)."""
        count = len(words)
        if count < 2:
            return [False] * count
        scores = self._scores(words)
        to_begin, to_inside = self._weights.transitions
        begin_stay, inside_to_begin = to_begin
        begin_to_inside, inside_stay = to_inside
        # ``lead`` is the score of the best labelling ending here inside a word, minus that ending at a beginning.
        lead = scores[0]
        from_begin: list[bool] = []
        from_inside: list[bool] = []
        for score in scores[1:]:
            a, b = lead + inside_stay, lead + inside_to_begin
            into_inside, into_begin = a > begin_to_inside, b > begin_stay
            from_inside.append(into_inside)
            from_begin.append(into_begin)
            lead = (a if into_inside else begin_to_inside) - (b if into_begin else begin_stay) + score
        label = lead > 0
        labels = [label]
        for index in range(count - 2, -1, -1):
            label = from_inside[index] if label else from_begin[index]
            labels.append(label)
        labels.reverse()
        labels[0] = False
        previous = words[0]
        for index in range(1, count):
            word = words[index]
            if labels[index] and not (previous.joins and word.joins and (previous.title or not word.title)):
                labels[index] = False
            previous = word
        return labels

    def _scores(self, words: list[Word]) -> list[float]:
        count = len(words)
        scores = [word.own for word in words]
        for index in range(count - 1):
            scores[index] += words[index + 1].after
            scores[index + 1] += words[index].before
        lowers = [word.lower for word in words]
        bigrams, trigrams, heads = self._bigrams, self._trigrams, self._heads
        for index, pair in enumerate(pairwise(lowers)):
            if pair in bigrams:
                scores[index] += self._bigram_next
                scores[index + 1] += self._bigram_here
            if pair in heads and index + 2 < count and (*pair, lowers[index + 2]) in trigrams:
                scores[index] += self._trigram_next
                scores[index + 2] += self._trigram_here
        return scores

    def segment(self, text: str) -> Iterator[Token]:
        """The words of a text in any normalisation, with offsets into it; numbers whole, followed by their parts."""
        plain, offsets = nfc_with_map(text)
        words, starts = self._placed(plain)
        inside = self.inside(words)
        begins = set(starts)
        numbers = [match.span() for match in NUMBER.finditer(plain) if match.start() in begins]
        numbers.append((len(plain) + 1, len(plain) + 1))
        place = (lambda at: at) if offsets is None else offsets.__getitem__
        index, count, number = 0, len(words), 0
        while index < count:
            begin, end = numbers[number]
            last = index + 1
            if starts[index] >= begin:
                while last < count and starts[last] < end:
                    last += 1
                yield Token(plain[begin:end], place(begin), place(end), index, last - index, "number")
                for part in range(index, last):
                    # pyvi counts the full stop after capitals as theirs ("CP."): not so at the end of a number
                    stop = min(starts[part] + len(words[part].text), end)
                    form = plain[starts[part] : stop]
                    if form.isalnum():
                        yield Token(form, place(starts[part]), place(stop), part, 1, "part")
                number += 1
            else:
                while last < count and inside[last] and starts[last] < begin:
                    last += 1
                stop = starts[last - 1] + len(words[last - 1].text)
                form = "_".join([word.text for word in words[index:last]])
                kind = "word" if any(map(str.isalnum, form)) else "mark"
                yield Token(form, place(starts[index]), place(stop), index, last - index, kind)
            index = last

    def _placed(self, plain: str) -> tuple[list[Word], list[int]]:
        """The words of a text in NFC, and where each begins."""
        words: list[Word] = []
        starts: list[int] = []
        chunks = _CHUNK.findall(plain)
        for chunk, begin in zip(chunks, accumulate(map(len, chunks), initial=0), strict=False):
            at = begin
            for word in self._chunks.get(chunk) or self._chunk(chunk):
                words.append(word)
                starts.append(at)
                at += len(word.text)
        return words, starts

    def tokenize(self, text: str) -> str:
        """The text with the syllables of a word joined by ``_``, as ``pyvi.ViTokenizer.tokenize`` writes it."""
        words = self.words(unicodedata.normalize("NFC", text))
        if not words:
            return text
        parts = [words[0].text]
        for word, joined in zip(words[1:], self.inside(words)[1:], strict=True):
            parts.append("_" if joined else " ")
            parts.append(word.text)
        return "".join(parts)


def _tokens_of_chunk(chunk: str) -> list[str]:
    """pyvi's tokens of a run without white space. Linear: the e-mail pattern is only tried where it will match,
    because on a long run of letters, dots and dashes it would be tried, and scan on, at every token."""
    if chunk.isspace():
        return ["\n"] if chunk == "\n" else []
    if "@" not in chunk:
        return _PLAIN.findall(chunk)
    tokens: list[str] = []
    at, size = 0, len(chunk)
    for domain in _DOMAIN.finditer(chunk):
        begin = domain.start()
        while begin > at and chunk[begin - 1] in _LOCAL:
            begin -= 1
        if begin == domain.start():
            continue
        while at <= domain.start():
            match = (_WITH_EMAIL if at >= begin and at < domain.start() else _PLAIN).match(chunk, at)
            assert match is not None  # every character that is not white space begins some token
            tokens.append(match.group())
            at = match.end()
    if at < size:
        tokens.extend(_PLAIN.findall(chunk, at))
    return tokens


def _compose(left: str, right: str) -> bool:
    return unicodedata.normalize("NFC", left + right) != left + unicodedata.normalize("NFC", right)


def nfc_with_map(text: str) -> tuple[str, list[int] | None]:
    """``text`` in NFC, and for each of its characters and its end the offset in ``text`` (None: the same offsets)."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    start, size = 0, len(text)
    while start < size:
        # A stretch up to the next starter that composes with nothing before it is normalised on its own.
        end = start + 1
        while True:
            while end < size and unicodedata.combining(text[end]):
                end += 1
            piece = unicodedata.normalize("NFC", text[start:end])
            # Two starters may compose (Hangul jamo), but only where they meet.
            if end == size or not _compose(piece[-1], text[end]):
                break
            end += 1
        pieces.append(piece)
        offsets.extend([start] * len(piece))
        start = end
    offsets.append(size)
    return "".join(pieces), offsets


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The shared segmenter of this process."""
    bigrams, trigrams = load_lexicon()
    return Segmenter(load_weights(), bigrams, trigrams)


def tokenize(text: str) -> str:
    """Same output as ``pyvi.ViTokenizer.tokenize``."""
    return segmenter().tokenize(text)


def segment(text: str) -> list[Token]:
    """The words of ``text`` with their places; see :meth:`Segmenter.segment`."""
    return list(segmenter().segment(text))
