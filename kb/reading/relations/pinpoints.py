"""Pinpoints: which điểm, khoản, Điều, Mục, Chương, Phần or Phụ lục of a cited document is meant.

They stand before the citation ("điểm a khoản 2 Điều 5 Nghị định số …") or after it ("Nghị định số … (Điều 5)").
Normal form: paths from the smallest unit to the largest, joined by ``; ``, labels of one unit by ``, ``, ranges by
``-``: ``Điều 5, 6; khoản 3 Điều 7``. ``parse`` and ``format_pinpoint`` turn it into data and back.
Units and their order: Law 64/2025/QH15 on legal documents, article on the layout of normative documents.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("pinpoints")
_FORMS = word_lists("units")
UNITS = tuple(unit.id for unit in _FORMS)
"""The units of documents from the smallest to the largest, as the normal form spells them."""

_RANK = {unit: rank for rank, unit in enumerate(UNITS)}
ARTICLE = _WORDS.words("article")[0]
"""The unit that is numbered through a document, whatever stands around it."""
_ARTICLE = _RANK[ARTICLE]
_BARE = frozenset(_WORDS.words("bare"))  # units that need no label

_UNIT_WORDS = "|".join(_FORMS[unit] for unit in UNITS)
_LABEL_FORM = r"\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?\d?|[ivxl]{1,6}(?:-?[a-d])?|[a-z](?:\.?\d{1,2})?"
TOKEN = re.compile(
    "|".join(f"(?P<u{rank}>{_FORMS[unit]})(?![a-z0-9])" for unit, rank in _RANK.items())
    + rf"|(?P<range>{_WORDS['range']}|-)(?![a-z0-9])"
    rf"|(?P<and>[,;]|{_WORDS['conjunction']}(?![a-z0-9]))|(?P<joint>{_WORDS['between']}(?![a-z0-9]))"
    rf"|(?P<label>{_LABEL_FORM})(?![a-z0-9])|(?P<other>\S+)"
)
_LAST_WORD = 14  # code points that hold the last word before a citation
_JOINTS = frozenset({*_WORDS.folded("owner"), ","})
_HALF = _WORDS.pattern("halves")
_ANNEX = tuple(words.split() for words in _WORDS.folded("annex"))  # the longest first
_ANNEX_ENDS = frozenset(words[-1] for words in _ANNEX)
_ANNEXED = tuple(words.split() for words in _WORDS.folded("annexed"))
_OF, _UNDERGOES = _WORDS.folded("of"), _WORDS.folded("undergoes")
_WINDOWS = (60, 200, 700)  # code points looked back; the longest list met has 410
_OPENING_REACH = 24  # code points behind a citation in which its pinpoint begins
_OWNER_REACH = 60  # code points behind a pinpoint that name its document
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_OPENS_AFTER = re.compile(
    rf"[\s*_]{{0,4}}(?:[(,]\s{{0,3}}(?:{_WORDS['place']}\s{{1,3}})?|{_WORDS['place']}\s{{1,3}})"
    rf"(?:{_WORDS['plural']}\s{{1,3}})?(?=(?:{_UNIT_WORDS})(?![a-z0-9]))"
)
_OWNED_BY_NEXT = re.compile(
    rf"[\s,]{{0,4}}(?:(?:{_WORDS['owner']}|{_WORDS['promulgated']})\s{{1,3}})?{_WORDS['documents']}(?![a-z0-9])"
)

_CLOSES = re.compile(r"[\s*_]{0,3}(?:[),;]|$)")  # a list in brackets may go on with what is no pinpoint
_ENDS = re.compile(r"[\s*_]{0,3}(?:[;)|\"]|\.(?!\w)|$|\n)")

Part = tuple[str, tuple[str, ...]]
Path = tuple[Part, ...]


class PinpointHit(NamedTuple):
    """A pinpoint found: its span in the text and its normal form."""

    start: int
    end: int
    value: str


def parse(value: str) -> tuple[Path, ...]:
    """The paths of a normal form: ``khoản 2, 3 Điều 5`` → ((("khoản", ("2", "3")), ("Điều", ("5",))),).

    Raises ``ValueError`` where ``value`` is not a normal form.
    """
    paths = []
    for written in value.split("; "):
        parts: list[Part] = []
        for match in re.finditer(rf"({'|'.join(UNITS)})(?: ([^ ,]+(?:, [^ ,]+)*))?(?: |$)", written):
            parts.append((match[1], tuple(match[2].split(", ")) if match[2] else ()))
        bare = any(not labels and unit not in _BARE for unit, labels in parts)
        if not parts or bare or format_pinpoint((tuple(parts),)) != written:
            raise ValueError(f"not a pinpoint in normal form: {written!r}")
        paths.append(tuple(parts))
    return tuple(paths)


def format_pinpoint(paths: tuple[Path, ...]) -> str:
    """The normal form of ``paths``; the inverse of ``parse``."""
    return "; ".join(" ".join(" ".join([unit, ", ".join(labels)]).strip() for unit, labels in path) for path in paths)


def pinpoint_before(forms: TextForms, head: int) -> PinpointHit | None:
    """The pinpoint that ends where a citation begins; ``head`` is the offset of its type word (or number)."""
    folded = forms.folded
    near = folded[max(0, head - _LAST_WORD) : head].rsplit(None, 1)
    if len(near) > 1 and not _may_end(near[-1]):
        return None  # most citations: told by one word
    for window in _WINDOWS:
        begin = max(0, head - window)
        stretch = folded[begin:head]
        words = stretch.split()
        last = len(words)
        while last and words[last - 1] in _JOINTS:
            last -= 1
        last = _before_annex_words(words, last)
        first = last
        while first and _all_pinpoint(words[first - 1]):
            first -= 1
        if first == last:
            return None
        if first > 1 or not begin:  # the first word of a stretch may be cut
            start = begin + len(stretch.rsplit(None, len(words) - first)[0]) if first else begin
            end = begin + len(stretch.rsplit(None, len(words) - last)[0]) if last < len(words) else head
            return _hit(forms, start, end, head)
    return None


@lru_cache(maxsize=4096)
def _may_end(word: str) -> bool:
    """Whether a pinpoint may end with a word right before its document, or with what joins the two."""
    return word in _JOINTS or word in _ANNEX_ENDS or _all_pinpoint(word)


@lru_cache(maxsize=4096)
def _all_pinpoint(word: str) -> bool:
    """Whether a word is nothing but parts of a pinpoint, or half of "tiểu mục", "phụ lục"."""
    return _HALF.fullmatch(word) is not None or not any(token["other"] for token in TOKEN.finditer(word))


def _before_annex_words(words: list[str], last: int) -> int:
    """The number of words before "[Quy định] ban hành kèm theo", or ``last`` where that does not stand there."""
    if not last or words[last - 1] not in _ANNEX_ENDS:
        return last
    annex = next((annex for annex in _ANNEX if words[max(0, last - len(annex)) : last] == annex), None)
    if annex is None:
        return last
    last = _without(words, last - len(annex), _UNDERGOES)
    if words[max(0, last - 2) : last] in _ANNEXED:
        last = _without(words, last - 2, _OF)
    return last


def _without(words: list[str], last: int, ending: tuple[str, ...]) -> int:
    """The number of words without one of ``ending`` at their end."""
    return last - 1 if last and words[last - 1] in ending else last


def pinpoint_after(forms: TextForms, end: int) -> PinpointHit | None:
    """The pinpoint right after a citation that ends at ``end``: "(Điều 5)", ", khoản 2 Điều 5", "tại Điều 5".

    None where the pinpoint belongs to the document named after it.
    """
    folded = forms.folded
    opening = _OPENS_AFTER.match(folded, end, end + _OPENING_REACH)
    if opening is None:
        return None
    tokens = []
    for token in TOKEN.finditer(folded, opening.end(), opening.end() + _WINDOWS[1]):
        if token["other"]:
            break
        tokens.append(token)
    while tokens and (tokens[-1]["and"] or tokens[-1]["joint"] or tokens[-1]["range"]):
        tokens.pop()
    if not tokens or "\n" in forms.text[opening.start() : opening.end()]:
        return None
    last = tokens[-1].end()
    bracketed = "(" in opening[0]
    if not (_CLOSES if bracketed else _ENDS).match(forms.text, last) or is_owned_by_next(folded, last):
        return None
    return _hit(forms, tokens[0].start(), last, last)


def pinpoints_in(forms: TextForms, start: int, end: int) -> list[PinpointHit]:
    """The pinpoints that stand between two offsets, whatever document they are of; words between them part them."""
    found = []
    run: list[re.Match[str]] = []
    for token in (*TOKEN.finditer(forms.folded, start, end), None):
        if token is not None and not token["other"]:
            run.append(token)
            continue
        while run and not (run[-1]["label"] or unit_of(run[-1]) in _BARE):
            run.pop()  # "điểm a khoản 1 và", "Điều"
        spelled = _hit(forms, run[0].start(), run[-1].end(), run[-1].end()) if run else None
        if spelled is not None:
            found.append(spelled)
        run = []
    return found


def is_owned_by_next(folded: str, end: int) -> bool:
    """Whether a document is named right behind a pinpoint that ends at ``end``."""
    return _OWNED_BY_NEXT.match(folded, end, end + _OWNER_REACH) is not None


def spelled(folded: str, printed: str) -> str | None:
    """The normal form of the pinpoint that words spell, given folded and as printed; None where they spell none."""
    hit = _spelled(folded, printed)
    return None if hit is None else hit.value


def unit_of(token: re.Match[str]) -> str | None:
    """The unit that a match of ``TOKEN`` is; None where it is none."""
    name = token.lastgroup or ""
    return UNITS[int(name[1:])] if name.startswith("u") else None


def _hit(forms: TextForms, start: int, end: int, head: int) -> PinpointHit | None:
    """The pinpoint spelled between ``start`` and ``end``; its document begins at ``head``."""
    spelled = _spelled(forms.folded[start:end], forms.text[start:end])
    if spelled is None or _PARAGRAPH.search(forms.text, start + spelled.start, head):
        return None
    return PinpointHit(start + spelled.start, start + spelled.end, spelled.value)


@lru_cache(maxsize=16384)  # "khoản 1 Điều 2 " stands in every other text
def _spelled(folded: str, printed: str) -> PinpointHit | None:
    """The pinpoint that a stretch of text spells, with offsets into the stretch."""
    tokens = list(TOKEN.finditer(folded))
    # Half a unit's name may be another word: "Chính phủ", "lực lượng".
    after = max((at + 1 for at, token in enumerate(tokens) if token["other"]), default=0)
    while after < len(tokens) and unit_of(tokens[after]) is None:
        after += 1
    tokens = _without_bare_words(tokens[after:])
    parts = _parts(printed, tokens) if tokens else None
    if parts is None:
        return None
    return PinpointHit(tokens[0].start(), tokens[-1].end(), format_pinpoint(_paths(parts)))


def _without_bare_words(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The tokens without units at their beginning that name no part: "(quy định chi) tiết Điều 5", "một số điểm, khoản
    của Điều 10"."""
    first = 0
    for at, token in enumerate(tokens):
        unit = unit_of(token)
        if token["label"] or unit in _BARE:
            break
        if unit:
            first = at
    return tokens[first:]


class _Spelled(NamedTuple):
    """One unit with its labels; ``joined``: a conjunction or a comma ties it to the one before; ``apart``: they are
    two parts, not one within the other ("Chương II và Điều 9")."""

    unit: str
    labels: list[str]
    joined: bool
    apart: bool = False


class _PartsReader:
    """The parts of a pinpoint, read token by token in the order of the text."""

    def __init__(self) -> None:
        self.parts: list[_Spelled] = []
        self._joined = self._ranging = self._apart = False

    def unit(self, unit: str) -> None:
        last = self.parts[-1] if self.parts else None
        if last is not None and last.unit == unit and (self._ranging or not last.labels):
            return  # "từ khoản 2 đến khoản 4", "các điều từ Điều 5"
        self.parts.append(_Spelled(unit, [], self._joined and bool(self.parts), self._apart))
        self._joined = self._apart = False

    def label(self, printed: str) -> bool:
        """Whether the label belongs to a list: two labels side by side do not."""
        unit, labels = self.parts[-1][:2]
        label = label_of(printed, unit)
        if self._ranging and labels:
            labels[-1] = f"{labels[-1]}-{label}"
        elif labels and not self._joined:
            return False
        else:
            labels.append(label)
        self._joined = self._ranging = self._apart = False
        return True

    def join(self, *, ranging: bool, apart: bool) -> None:
        if ranging:
            self._ranging = True
        else:
            self._joined, self._apart = True, apart

    def complete(self) -> bool:
        """Every unit that needs a label has one, and no range is open."""
        return not self._ranging and all(part.labels or part.unit in _BARE for part in self.parts)


def _parts(printed: str, tokens: list[re.Match[str]]) -> list[_Spelled] | None:
    """The parts in the order of the text; None where they are no pinpoint."""
    reader = _PartsReader()
    for token in tokens:
        unit = unit_of(token)
        if unit:
            reader.unit(unit)
        elif token["label"]:
            if not reader.label(printed[token.start() : token.end()]):
                return None
        elif token["range"] or token["and"]:
            reader.join(ranging=token["range"] is not None, apart=token["and"] != ",")
    return reader.parts if reader.complete() else None


def label_of(printed: str, unit: str) -> str:
    """A label as the normal form spells it: units above the article count in capital Roman numerals."""
    if _RANK[unit] > _ARTICLE:
        return printed.upper() if re.fullmatch(r"[ivxl]+", printed) else printed
    return printed.lower()


def _paths(parts: list[_Spelled]) -> tuple[Path, ...]:
    """Parts in text order → full paths: "khoản 1, khoản 2 Điều 5" is one path, "điểm a khoản 1 và khoản 2 Điều 5"
    two that share their article."""
    inwards = all(_RANK[one.unit] > _RANK[other.unit] and not other.apart for one, other in pairwise(parts))
    if inwards:
        parts = [part._replace(joined=False) for part in reversed(parts)]  # "Điều 5 khoản 2 điểm a"
    groups: list[list[Part]] = []
    for part in parts:
        if not groups or not _goes_on(groups[-1], part):
            groups.append([(part.unit, tuple(part.labels))])
    for k in range(len(groups) - 2, -1, -1):  # a path without its article takes that of the next one
        top = _RANK[groups[k][-1][0]]
        if top < _ARTICLE:
            groups[k].extend(part for part in groups[k + 1] if _RANK[part[0]] > top)
    return tuple(tuple(group) for group in groups)


def _goes_on(path: list[Part], part: _Spelled) -> bool:
    """Add a part to the path before it, where it is one of that path; whether it is."""
    unit, labels = path[-1]
    if part.joined and unit == part.unit and len(path) == 1:
        path[-1] = (unit, (*labels, *part.labels))
        return True
    if _RANK[unit] < _RANK[part.unit] and not (part.joined and _RANK[unit] >= _ARTICLE):
        path.append((part.unit, tuple(part.labels)))
        return True
    return False
