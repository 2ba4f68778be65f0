"""Digits by vote of two recognisers: agreement makes them sure, disagreement marks them as doubtful.

Tesseract reads the page; the second recogniser reads the places where it saw digits, or what is often a misread one.
Where they differ tesseract looks once more, at that place alone. Several readings of a page by one engine share
their errors; two engines seldom do.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image
from rapidfuzz.distance import Levenshtein

from corpus.layout.words_to_lines import Word, rows_of
from corpus.scans import recogniser, tesseract
from corpus.scans.cuts import cut_of, line_in

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
_SPECKS = re.compile(r"(?<=[^\W\d])['’‘`\":;,.*]+(?=[^\W\d])|(?<=\w)['’‘`\"](?=\w)")
_CERTAIN = 0.9  # tesseract's confidence
_IS_CODE = re.compile(r"\d[/-].*[^\W\d]")
_CODE_PART = re.compile(r"(?=.*\d)[A-ZĐ\d]{2,}\W.*|(?=.*\d)[A-ZĐ\d]*[A-ZĐ][A-ZĐ\d]*")
_UNSURE, _SHORTEST = 0.5, 3  # confidence and letters of a word that may be an illegible number
_SIGNS = re.compile(r"[/-]")
_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}")
_LOST_SIGNS = re.compile(r"\d+[/.-]?\d+[.,;:)]?")  # "166/2022" for 16/6/2022
_OPEN_CODE = re.compile(r"\d[/-]\S*[/-]$|\d/$")
_MORE_OF_CODE = re.compile(r"(?!ngày)\w[\w'-]{1,11}[.,;:)]*")
_WELL_FORMED = re.compile(r"\d{1,5}[a-z]?(?:/\d{4})?[/-][A-ZĐ]{1,8}[a-z]?(?:-[A-ZĐ]{2,}(?:\d{1,3}|[a-z])?)*")
_AROUND = "()[],.;:“”\"'"
_BATCH = 12
_MOST_PLACES = 150  # of a page; a table of amounts has more
_NUMBER = re.compile(r"\d[/-]|[/-]\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_AGAIN = 0.75  # size at which tesseract looks again
_NEAR = 3  # words between two with digits that are read together
_PIECES = 0.8  # of a line's height: the widest gap between pieces of an illegible number
_JOINED = 0.35  # of a line's height: two words nearer than this may be one


@dataclass(slots=True)
class _Place:
    """Neighbouring words of a line of which some hold digits: ``at`` are their places in the page's list; ``goes_on``:
    the places of those in which the code of the number before them goes on."""

    at: list[int]
    goes_on: frozenset[int] = frozenset()


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
    cuts = [cut_of(page, [words[at] for at in place.at]) for place in places]
    found = recogniser.texts(cuts)
    for at, (_, sure) in enumerate(found):
        line = line_in(cuts[at]) if sure < _LEGIBLE else None
        if line is not None:
            found[at] = max(found[at], *recogniser.texts([line]), key=lambda said: said[1])
    return found


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _places(words: Sequence[Word]) -> list[_Place]:
    """The places to be read again, each with the words on both sides; of too many only those of numbers and dates."""
    number_of = {id(word): at for at, word in enumerate(words)}
    found, before = [], ""
    for row in rows_of(words):
        for segment in row:
            line = segment.words
            going_on = {at for at, word in enumerate(line) if _goes_on(line[at - 1].text if at else before, word.text)}
            before = line[-1].text
            numbers = [number_of[id(word)] for word in line]
            more = frozenset(numbers[at] for at in going_on)
            found += [_Place(numbers[begin:end], more) for begin, end in _with_neighbours(line, going_on)]
    if len(found) > _MOST_PLACES:
        found = [place for place in found if any(_NUMBER.search(words[at].text) for at in place.at)]
    return found


def _goes_on(before: str, text: str) -> bool:
    """Whether a word goes on with the code of the number before it ("1629/QĐ-" "GQXP"), in the next line too."""
    return bool(_OPEN_CODE.search(before) and _MORE_OF_CODE.fullmatch(text))


def _with_neighbours(line: Sequence[Word], going_on: set[int]) -> Iterator[tuple[int, int]]:
    """Where the stretches of a line that hold digits begin and end, each with a word on both sides."""
    spans: list[list[int]] = []
    for at in range(len(line)):
        if at in going_on or (_is_asked(line, at) and not _is_ordinal(line, at)):
            if spans and at - spans[-1][1] <= _NEAR:
                spans[-1][1] = at
            else:
                spans.append([at, at])
    for first, last in spans:
        yield max(0, first - 1), last + 2


def _is_ordinal(line: Sequence[Word], at: int) -> bool:
    """Whether a word counts the paragraph that it begins ("2."), and was read for certain: no number, no date."""
    return at == 0 and len(line) > 1 and line[0].confidence >= _CERTAIN and bool(_ORDINAL.fullmatch(line[0].text))


def _is_lone(line: Sequence[Word], at: int) -> bool:
    """Whether a word may be a 1 of the number it stands beside."""
    if not _LONE.fullmatch(line[at].text):
        return False
    return any(_has_digits(line[beside].text) for beside in (at - 1, at + 1) if 0 <= beside < len(line))


def _judge(words: list[Word], place: _Place, seen: str, page: Image.Image, deadline: float) -> set[int]:
    """Weighs what was seen at a place against its words, in the list; returns those that went into their neighbours."""
    at = place.at
    line = [words[one] for one in at]
    codes = [one in place.goes_on or bool(_IS_CODE.search(words[one].text)) for one in at]
    asked = [number for number, one in enumerate(at) if one in place.goes_on or _is_asked(line, number)]
    parts = agains = _aligned([word.text for word in line], seen)
    if not all(_agree(line[number].text, parts[number], codes[number]) for number in asked):
        agains = _looked_again(page, line, deadline)
    for number in asked:
        words[at[number]] = _decided(line[number], parts[number], agains[number], codes[number])
    gone = _joined(words, at, seen)
    both = dict(zip(at, zip(line, parts, strict=True), strict=True))
    return gone | _put_together(words, [one for one in at if one not in gone], both)


def _looked_again(page: Image.Image, line: Sequence[Word], deadline: float) -> list[str]:
    """What tesseract sees in the place of each word when it looks at this place alone."""
    looked = tesseract.words(cut_of(page, line), _AGAIN, deadline, parts=tesseract.LINE)
    return _aligned([word.text for word in line], " ".join(word.text for word in looked or ()))


def _is_asked(line: Sequence[Word], at: int) -> bool:
    return _has_digits(line[at].text) or _is_lone(line, at) or _is_illegible(line, at)


def _is_illegible(line: Sequence[Word], at: int) -> bool:
    """Whether a word may be a number of which no digit was made out: "số šUQB-"."""
    word = line[at]
    if word.confidence >= _UNSURE or len(word.text) < _SHORTEST:
        return False
    return bool(_SIGNS.search(word.text)) or (at > 0 and _bare(line[at - 1].text).lower().strip(_AROUND) == "so")


def _decided(word: Word, other: str, again: str, is_code: bool) -> Word:
    """A word with what the second recogniser saw in its place, and tesseract when it looked again."""
    if not other and word.confidence < _UNSURE:  # nobody read it, whatever tesseract makes of it
        return replace(word, sure=DISPUTED, readings=(again or "?",))
    looked_right = _same(again, other) and _agree(again, other, is_code)
    if _is_better_formed(other, word.text):
        is_whole = looked_right and _WELL_FORMED.fullmatch(again.strip(_AROUND))
        sure = DECIDED if looked_right else DISPUTED
        return replace(word, text=again if is_whole else other, sure=sure, readings=(word.text,))
    if _same(word.text, other):
        return _of_same_digits(word, other, again if looked_right else "", is_code)
    return _otherwise(word, other, again, is_code)


def _of_same_digits(word: Word, other: str, looked_right: str, is_code: bool) -> Word:
    """A word in whose place the second recogniser saw the same digits; ``looked_right``: what tesseract saw when it
    looked again, where that is what the other saw."""
    if _DATE.fullmatch(other.strip(_AROUND)) and _LOST_SIGNS.fullmatch(word.text):
        return replace(word, text=other, sure=DECIDED, readings=(word.text,))
    text = _digits_for_letters(_without_specks(word.text, other), other)
    text = _with_bars(text, other) if is_code else text
    if _agree(text, other, is_code):
        return replace(word, text=text, sure=AGREED)
    if looked_right:
        return replace(word, text=looked_right, sure=DECIDED, readings=(word.text,))
    return replace(word, text=text, sure=DISPUTED, readings=(other,))


def _otherwise(word: Word, other: str, again: str, is_code: bool) -> Word:
    """A word in whose place the second recogniser saw other digits, or none."""
    if not other or not (_digits(other) or _is_number(word.text) or _CODE_PART.fullmatch(word.text)):
        return replace(word, sure=ALONE)
    decided = _with_digits(word.text, other) if _digits(other) else other
    if not _agree(decided, other, is_code):  # the other saw more than other digits in their places
        return replace(word, sure=DISPUTED, readings=(other,))
    if _digits(other) and _same(again, other):
        return replace(word, text=decided, sure=DECIDED, readings=(word.text,))
    if len(_digits(other)) == len(_digits(word.text)):  # one digit for another: the second recogniser is oftener right
        return replace(word, text=decided, sure=DISPUTED, readings=(word.text,))
    return replace(word, sure=DISPUTED, readings=(decided,))


def _is_better_formed(other: str, text: str) -> bool:
    """Whether of a number with a code only the second recogniser saw all signs in their places; specks in it apart."""
    if not _WELL_FORMED.fullmatch(other.strip(_AROUND)):
        return False
    return not _WELL_FORMED.fullmatch(_as_digits(_without_specks(text, other)).strip(_AROUND))


def _without_specks(text: str, other: str) -> str:
    """The word without the specks that tesseract took for quotes between its letters ("CT-T'Tg")."""
    return text if _SPECKS.search(other) else _SPECKS.sub("", text)


def _agree(text: str, other: str, is_code: bool) -> bool:
    """Whether both saw the same digits and, of a number with a code, the same letters. What the other saw may run into
    its neighbours, which are small letters: capitals are the code's, and one that tesseract lacks is a doubt."""
    if not _same(text, other):
        return False
    if not is_code:
        return True
    mine = _letters(text)
    before, found, behind = _letters(other).partition(mine) if mine else ("", "", "")
    if not found:
        return False
    beside = [letter for letter in other if letter.isalnum()]
    beside = beside[: len(before)] + (beside[-len(behind) :] if behind else [])
    return not any(letter.isupper() or letter.isdigit() for letter in beside)


def _letters(text: str) -> str:
    """The letters and digits of a word without marks, as both recognisers know them."""
    return "".join(letter for letter in _CODE_BEGINS.sub("Q", _fold(text)) if letter.isalnum())


def _with_bars(text: str, other: str) -> str:
    """The code with Đ where tesseract saw a D and the other its bar: bars are overlooked, not made up."""
    seen = [letter for letter in other if letter.isalnum()]
    if len(seen) != sum(map(str.isalnum, text)):
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


def _put_together(words: list[Word], at: Sequence[int], seen: Mapping[int, tuple[Word, str]]) -> set[int]:
    """Puts the pieces of an illegible number together ("ƒ245/Q" "-77z") where the other recogniser saw a whole one;
    ``seen``: each word as tesseract saw it, with what the other saw."""
    gone: set[int] = set()
    for number, left in enumerate(at):
        pieces = [left]
        if not _has_digits(seen[left][0].text) and seen[left][0].confidence >= _UNSURE:
            continue
        for right in at[number + 1 :]:
            before, word = words[pieces[-1]], words[right]
            if left in gone or word.x0 - before.x1 > _PIECES * max(before.height, word.height):
                break
            pieces.append(right)
            other = "".join(seen[one][1] for one in pieces).strip(_AROUND)
            mine = [seen[one][0].text for one in pieces]
            if _WELL_FORMED.fullmatch(other) and not _WELL_FORMED.fullmatch("".join(mine).strip(_AROUND)):
                said = (" ".join(mine),)
                words[left] = replace(words[left], text=other, x1=word.x1, sure=DISPUTED, readings=said)
                gone.update(pieces[1:])
                break
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
    parts = ["".join(seen[at] for at, one in enumerate(belongs) if one == number) for number in range(len(texts))]
    for number in range(len(texts) - 1):  # a word has no digits at its end: they begin the number behind it
        head = re.search(r"(?<!\d)\d{1,5}$", parts[number])
        if head and not _has_digits(texts[number]) and re.match(r"\d*[/-]", parts[number + 1]):
            parts[number], parts[number + 1] = parts[number][: head.start()], head[0] + parts[number + 1]
    return parts


def _spread(belongs: list[int | None], seen: str) -> None:
    """Gives letters without a match to the word of the letter they touch: behind them first, then before them."""
    for order, back in ((range(len(seen) - 2, -1, -1), 1), (range(1, len(seen)), -1)):
        for at in order:
            if belongs[at] in (None, -1) and not seen[at].isspace() and not seen[at + back].isspace():
                belongs[at] = belongs[at + back]
