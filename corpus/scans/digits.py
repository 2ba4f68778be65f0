"""Digits by vote of two recognisers: agreement makes them sure, disagreement marks them as doubtful.

Tesseract reads the page; the second recogniser reads the places where it saw digits, or what is often a misread one.
Where they differ tesseract looks once more, at that place alone. Several readings of a page by one engine share
their errors; two engines seldom do.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image
from rapidfuzz.distance import Levenshtein

from corpus.layout.words_to_lines import Word, rows_of
from corpus.scans import recogniser, tesseract

# How sure digits are, by how they were read: estimates, held against ``python -m bench renderings``.
AGREED, DECIDED, ALONE, DISPUTED = 0.99, 0.9, 0.8, 0.5
_LIKE_ONE = "lIi|j!]["  # what a 1 is taken for
_ONES = str.maketrans({**dict.fromkeys(_LIKE_ONE, "1"), "O": "0", "o": "0"})
_DIGITS = re.compile(r"\d+")
_LONE = re.compile(r"\d{0,2}[lIij|!\]\[]{1,2}[.,:;]?")
_AMONG_DIGITS = (
    re.compile(rf"(?<=[\d/.-])[{re.escape(_LIKE_ONE)}Oo]+(?![a-zà-ỹ])"),
    re.compile(rf"(?<![A-Za-zÀ-ỹ])[{re.escape(_LIKE_ONE)}Oo]+(?=[\d/.]|$)"),
)
_CODE_BEGINS = re.compile(r"(?<=[/-])[09](?=[A-Z])")  # "2395/0D-UBND": the Q of a code
_LEGIBLE = 0.6  # the second recogniser's own confidence below which it is not heard
_ORDINAL = re.compile(r"\d{1,2}[.)]")
_SPECKS = re.compile(r"(?<=\w)['’‘`\"](?=\w)")
_CERTAIN = 0.9  # tesseract's confidence
_IS_CODE = re.compile(r"\d[/-].*[^\W\d]")
_CODE_PART = re.compile(r"(?=.*\d)[A-ZĐ\d]{2,}\W.*|(?=.*\d)[A-ZĐ\d]*[A-ZĐ][A-ZĐ\d]*")
_BATCH = 12
_MOST_PLACES = 150  # of a page; a table of amounts has more
_NUMBER = re.compile(r"\d[/-]|[/-]\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_AGAIN = 0.75  # size at which tesseract looks again
_NEAR = 3  # words between two with digits that are read together
_JOINED = 0.35  # of a line's height: two words nearer than this may be one


@dataclass(slots=True)
class _Place:
    """Neighbouring words of a line of which some hold digits: ``at`` are their places in the page's list."""

    at: list[int]


def voted(words: Sequence[Word], page: Image.Image, deadline: float) -> list[Word]:
    """The words with what both recognisers make of their digits (``Word.sure``, ``Word.readings``)."""
    places = _places(words) if recogniser.available() else []
    out = _alone(words, {at for place in places for at in place.at})
    gone: set[int] = set()
    for begin in range(0, len(places), _BATCH):
        batch = places[begin : begin + _BATCH]
        for place, (text, sure) in zip(batch, _second(batch, words, page, deadline), strict=True):
            gone |= _judge(out, place, text if sure >= _LEGIBLE else "", page, deadline)
    return [word for at, word in enumerate(out) if at not in gone]


def _alone(words: Sequence[Word], asked: set[int]) -> list[Word]:
    """The words, those with digits of which the other recogniser is not asked being less sure."""
    return [
        replace(word, sure=ALONE) if at not in asked and _has_digits(word.text) else word
        for at, word in enumerate(words)
    ]


def _second(
    places: Sequence[_Place], words: Sequence[Word], page: Image.Image, deadline: float
) -> list[tuple[str, float]]:
    """What the second recogniser sees at these places; nothing once the time is up."""
    if time.monotonic() > deadline:
        return [("", 0.0)] * len(places)
    return recogniser.texts([_cut(page, [words[at] for at in place.at]) for place in places])


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _places(words: Sequence[Word]) -> list[_Place]:
    """The places to be read again, each with the words on both sides; of too many only those of numbers and dates."""
    number_of = {id(word): at for at, word in enumerate(words)}
    found = [
        _Place([number_of[id(word)] for word in around])
        for row in rows_of(words)
        for segment in row
        for around in _with_neighbours(segment.words)
    ]
    if len(found) > _MOST_PLACES:
        found = [place for place in found if any(_NUMBER.search(words[at].text) for at in place.at)]
    return found


def _with_neighbours(line: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The stretches of a line that hold digits, each with a word on both sides."""
    spans: list[list[int]] = []
    for at, word in enumerate(line):
        if (_has_digits(word.text) or _is_lone(line, at)) and not _is_ordinal(line, at):
            if spans and at - spans[-1][1] <= _NEAR:
                spans[-1][1] = at
            else:
                spans.append([at, at])
    for first, last in spans:
        yield line[max(0, first - 1) : last + 2]


def _is_ordinal(line: Sequence[Word], at: int) -> bool:
    """Whether a word counts the paragraph that it begins ("2."), and was read for certain: no number, no date."""
    return at == 0 and len(line) > 1 and line[0].confidence >= _CERTAIN and bool(_ORDINAL.fullmatch(line[0].text))


def _is_lone(line: Sequence[Word], at: int) -> bool:
    """Whether a word may be a 1 of the number it stands beside."""
    if not _LONE.fullmatch(line[at].text):
        return False
    return any(_has_digits(line[beside].text) for beside in (at - 1, at + 1) if 0 <= beside < len(line))


def _cut(page: Image.Image, words: Sequence[Word]) -> Image.Image:
    height = max(word.height for word in words)
    margin = max(4, round(0.2 * height))
    box = (
        max(0, round(min(word.x0 for word in words)) - margin),
        max(0, round(min(word.y0 for word in words)) - margin),
        min(page.width, round(max(word.x1 for word in words)) + margin),
        min(page.height, round(max(word.y1 for word in words)) + margin),
    )
    return page.crop((box[0], box[1], max(box[2], box[0] + 8), max(box[3], box[1] + 8)))


def _judge(words: list[Word], place: _Place, seen: str, page: Image.Image, deadline: float) -> set[int]:
    """Weighs what was seen at a place against its words, in the list; returns those that went into their neighbours."""
    at = place.at
    line = [words[one] for one in at]
    asked = [number for number in range(len(at)) if _has_digits(line[number].text) or _is_lone(line, number)]
    parts = _aligned([word.text for word in line], seen)
    agains = parts
    if seen and not all(_agree(line[number].text, parts[number]) for number in asked):
        looked = tesseract.words(_cut(page, line), _AGAIN, deadline, parts=tesseract.LINE)
        agains = _aligned([word.text for word in line], " ".join(word.text for word in looked or ()))
    for number in asked:
        words[at[number]] = _decided(line[number], parts[number], agains[number])
    return _joined(words, at, seen)


def _decided(word: Word, other: str, again: str) -> Word:
    """A word with what the second recogniser saw in its place, and tesseract when it looked again."""
    if _same(word.text, other):
        text = _with_bars(_digits_for_letters(_without_specks(word.text, other), other), other)
        if _agree(text, other):
            return replace(word, text=text, sure=AGREED)
        if _same(again, other) and _agree(again, other):
            return replace(word, text=again, sure=DECIDED, readings=(word.text,))
        return replace(word, text=text, sure=DISPUTED, readings=(other,))
    if not other or not (_digits(other) or _is_number(word.text) or _CODE_PART.fullmatch(word.text)):
        return replace(word, sure=ALONE)
    decided = _with_digits(word.text, other) if _digits(other) else other
    if not _agree(decided, other):  # the other saw more than other digits in their places
        return replace(word, sure=DISPUTED, readings=(other,))
    if _digits(other) and _same(again, other):
        return replace(word, text=decided, sure=DECIDED, readings=(word.text,))
    return replace(word, sure=DISPUTED, readings=(decided,))


def _without_specks(text: str, other: str) -> str:
    """The word without the specks that tesseract took for quotes between its letters ("CT-T'Tg")."""
    return text if _SPECKS.search(other) else _SPECKS.sub("", text)


def _agree(text: str, other: str) -> bool:
    """Whether both saw the same digits and, of a number with a code, the same letters; what the other saw may run into
    its neighbours."""
    if not _same(text, other):
        return False
    return not _IS_CODE.search(text) or _letters(text) in _letters(other)


def _letters(text: str) -> str:
    """The letters and digits of a word without marks, as both recognisers know them."""
    return "".join(letter for letter in _CODE_BEGINS.sub("Q", _fold(text)) if letter.isalnum())


def _with_bars(text: str, other: str) -> str:
    """The code with Đ where tesseract saw a D and the other its bar: bars are overlooked, not made up."""
    seen = [letter for letter in other if letter.isalnum()]
    if not _IS_CODE.search(text) or len(seen) != sum(map(str.isalnum, text)):
        return text
    left = iter(seen)
    return "".join("Đ" if letter.isalnum() and next(left) == "Đ" and letter == "D" else letter for letter in text)


def _numbers_in(seen: str) -> list[str]:
    """The numbers in what was seen, each as its digits alone."""
    return [*_DIGITS.findall(re.sub(r"(?<=\d)[/.](?=\d)", "", _fold(seen))), _digits(seen)]


def _is_number(text: str) -> bool:
    """Whether a word is a number, and not a word with a misread letter ("s00)")."""
    return 2 * sum(map(str.isdigit, text)) >= sum(map(str.isalnum, text)) or bool(_NUMBER.search(text))


def _joined(words: list[Word], at: Sequence[int], seen: str) -> set[int]:
    """Joins a number that tesseract tore in two ("21 05/UBND-NC") where the other saw one; the second halves."""
    gone: set[int] = set()
    for left, right in pairwise(at):
        one, other = words[left], words[right]
        together = _fold(one.text + other.text)
        if (
            left not in gone
            and re.search(r"\d$", _fold(one.text))
            and re.match(r"\d+[/-]", other.text)
            and other.x0 - one.x1 < _JOINED * max(one.height, other.height)
            and _digits(together) in _numbers_in(seen)
        ):
            text = one.text.translate(_ONES) + other.text
            sure = min(DECIDED, one.sure, other.sure)
            words[left] = replace(one, text=text, x1=other.x1, sure=sure, readings=(f"{one.text} {other.text}",))
            gone.add(right)
    return gone


def _fold(text: str) -> str:
    """A word in capitals without marks, what looks like a 1 or a 0 among digits as that."""
    return _bare(_as_digits(text)).upper()


def _as_digits(text: str) -> str:
    """The word with what looks like a 1 or a 0 among digits as that."""
    for pattern in _AMONG_DIGITS:
        text = pattern.sub(lambda found: found[0].translate(_ONES), text)
    return text


def _bare(text: str) -> str:
    """The letters without their marks, one for one."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).translate(str.maketrans("Đđ", "Dd"))


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(_CODE_BEGINS.sub("Q", _fold(text))))


def _same(one: str, other: str) -> bool:
    return _digits(one) == _digits(other)


def _digits_for_letters(text: str, other: str) -> str:
    """The word with digits where it has letters like them and the other recogniser saw digits: "l05/QĐ", "24/I2"."""
    if "".join(_DIGITS.findall(other)) != _digits(text):
        return text  # "quý I/2021"
    return text.translate(_ONES) if _LONE.fullmatch(text) else _as_digits(text)


def _with_digits(text: str, other: str) -> str:
    """The word with the digits of the other reading: tesseract's letters are the better ones."""
    groups = _DIGITS.findall(_CODE_BEGINS.sub("Q", _fold(other)))
    if len(_DIGITS.findall(text)) == len(groups):
        left = iter(groups)
        return _DIGITS.sub(lambda _: next(left), text)
    letters = re.search(r"[/-]\s*[^\W\d].*", text)
    number = re.match(r"[\W_]*[\d/.,-]*\d", _fold(other))
    return number[0] + letters[0] if letters and number else other


def _aligned(texts: Sequence[str], seen: str) -> list[str]:
    """What of ``seen`` stands for each word of a line: each letter goes to the word of the letter it stands for; what
    has no match goes to the word it touches."""
    if not seen:
        return [""] * len(texts)
    line = " ".join(texts)
    owner: list[int] = []
    for number, text in enumerate(texts):
        owner += [number] * len(text) + [-1]
    owner.pop()
    other, mine = _bare(seen), _bare(line)
    belongs: list[int | None] = [None] * len(other)
    for step in Levenshtein.opcodes(mine, other):
        if step.tag in ("equal", "replace"):
            for offset in range(step.dest_end - step.dest_start):
                source = min(step.src_start + offset, step.src_end - 1)
                belongs[step.dest_start + offset] = owner[source]
    _spread(belongs, other)
    return ["".join(seen[at] for at, one in enumerate(belongs) if one == number) for number in range(len(texts))]


def _spread(belongs: list[int | None], seen: str) -> None:
    """Gives letters without a match to the word of the letter they touch: behind them first, then before them."""
    for order, back in ((range(len(seen) - 2, -1, -1), 1), (range(1, len(seen)), -1)):
        for at in order:
            if belongs[at] in (None, -1) and not seen[at].isspace() and not seen[at + back].isspace():
                belongs[at] = belongs[at + back]
