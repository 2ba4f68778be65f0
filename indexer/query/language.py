"""The query language: a line of text → a tree of what is asked.

Bare words must all occur; ``"a phrase"`` occurs as it stands; ``-x`` must not occur; ``a b OR c d`` is either side
(OR binds last, for a Vietnamese word is often two); parentheses group; ``field:value`` or ``field:"two words"``.
Fields have Vietnamese names, with or without diacritics, ``_`` or ``-`` inside or not, and English ones (``FIELDS``).

A wrong query raises :class:`QueryError`, which tells in plain words what is wrong at which character. A sentence that
was pasted ("d) Tổ chức …", "Giám đốc: …") is no query in this language: its marks are punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kb.authority.fold import fold
from kb.errors import KnowledgeBaseError
from messages import InTwoLanguages, Message, Pair, pick

MAX_LENGTH = 1000
"""Characters of a query that are looked at; what is pasted beyond them is left out."""
MAX_DEPTH = 20
"""Parentheses within parentheses."""

FIELDS: dict[str, tuple[str, ...]] = {
    "type": ("loại", "loại văn bản", "type"),
    "number": ("số", "số hiệu", "number"),
    "issuer": ("cơ quan", "cơ quan ban hành", "issuer"),
    "province": ("tỉnh", "province"),
    "year": ("năm", "year"),
    "cites": ("dẫn", "dẫn đến", "cites"),
    "cited_by": ("được dẫn bởi", "cited by"),
    "relation": ("quan hệ", "relation"),
    "role": ("vai trò", "role"),
}
"""The fields and their names; the first is the one shown."""

_NAMES = {fold(name).replace(" ", ""): field for field, names in FIELDS.items() for name in names}
_FIELD_HEAD = re.compile(r"([^\W\d_](?:[^\W\d]|[-_])*):")
_STOPS = frozenset(' \t\r\n"()')
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "：": ":", "（": "(", "）": ")"}
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_YEAR = re.compile(r"(\d{4})(?:\.\.(\d{4}))?\Z")
_OR = frozenset({"OR", "HOẶC"})
_ITEM = re.compile(r"\s*(?:[^\W\d_]|\d{1,2}|[ivxIVX]{1,4})[.)]{1,2}\s+\S")  # "d) Tổ chức", "12. Giao"
_SENTENCE = 5
"""Words from which a line without a field, a quotation or an OR is taken for a sentence."""
_HUNG = re.compile(r"\s[-\u2010-\u2015\u2212](?=[^\W\d])")  # a dash glued to the word behind it


class QueryError(KnowledgeBaseError):
    """A query that cannot be understood; ``at`` is the offset of the character where it goes wrong."""

    def __init__(self, at: int, words: InTwoLanguages) -> None:
        super().__init__(words)
        self.at = at

    def __reduce__(self) -> tuple[type[QueryError], tuple[int, InTwoLanguages]]:
        return (QueryError, (self.at, self.words))


@dataclass(frozen=True, slots=True)
class Words:
    """Neighbouring bare words; all must occur."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together in this order."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A condition on a property; ``field`` is a key of ``FIELDS``; ``start``/``end`` are the value's place."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


Node = Words | Phrase | FieldIs | Not | And | Or


def parse(query: str) -> Node:
    """The tree of a query (offsets are into ``query`` as given).

    Raises:
        QueryError: where it cannot be understood, with the offset.
    """
    plain = "".join(_QUOTES.get(char, char) for char in query)
    if len(plain) > MAX_LENGTH:
        return _sentence(plain[: plain.rfind(" ", MAX_LENGTH // 2, MAX_LENGTH) + 1 or MAX_LENGTH])
    if not _is_composed(plain) and (_ITEM.match(plain) or (_is_long(plain) and _HUNG.search(plain))):
        return _sentence(plain)
    try:
        return _Parser(plain).whole()
    except QueryError:
        if _is_composed(plain) or not _is_long(plain):
            raise
        return _sentence(plain)


def _is_composed(query: str) -> bool:
    """Whether a line uses the language: a field with its value, a quotation, an OR."""
    heads = (head for head in _FIELD_HEAD.finditer(query) if _field_of(head[1]) is not None)
    quoted = '"' in query and not (query.count('"') % 2 and _is_long(query))
    return quoted or bool(_OR & set(query.split())) or any(query[head.end() :][:1].strip() for head in heads)


def _is_long(query: str) -> bool:
    return len(query.split()) >= _SENTENCE


def _sentence(text: str) -> Words:
    """A pasted line: nothing but words."""
    return Words(" ".join(text.split()), 0, len(text))


def _field_of(shown: str) -> str | None:
    return _NAMES.get(fold(shown).replace("_", "").replace("-", ""))


def years(value: str, at: int) -> tuple[int, int]:
    """First and last year of ``2021`` or ``2021..2023``.

    Raises:
        QueryError: where it is neither, or runs backwards; ``at`` is the offset of the value in the query.
    """
    match = _YEAR.match(value.strip())
    if match is None:
        raise QueryError(at, Message("indexer.query.no_year", value=value))
    first = int(match[1])
    last = int(match[2] or first)
    if last < first:
        raise QueryError(at, Message("indexer.query.years_backwards", first=first, last=last))
    return first, last


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        if self._at < len(self._source):  # only a closing parenthesis stops the reading early
            raise QueryError(self._at, Message("indexer.query.never_opened", at=self._at + 1))
        if node is None:
            raise QueryError(0, Message("indexer.query.nothing"))
        return node

    def _blank(self) -> None:
        while self._at < len(self._source) and self._source[self._at].isspace():
            self._at += 1

    def _either(self) -> Node | None:
        sides: list[Node] = []
        waiting: tuple[int, str] | None = None
        while True:
            side = self._all()
            word = self._or_word()
            if side is None and (word or waiting):
                at, shown = waiting or (self._at, word or "")
                raise QueryError(at, Message("indexer.query.lonely_operator", shown=shown, at=at + 1))
            if side is not None:
                sides.append(side)
            if not word:
                break
            waiting = (self._at, word)
            self._at += len(word)
        if not sides:
            return None
        return sides[0] if len(sides) == 1 else Or(tuple(sides))

    def _or_word(self) -> str | None:
        self._blank()
        end = self._at
        while end < len(self._source) and self._source[end] not in _STOPS:
            end += 1
        word = self._source[self._at : end]
        return word if unicodedata.normalize("NFC", word) in _OR else None

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while True:
            self._blank()
            if self._at >= len(self._source) or self._source[self._at] == ")" or self._or_word():
                break
            part = self._part()
            if part is None:
                continue
            last = parts[-1] if parts else None
            if isinstance(part, Words) and isinstance(last, Words):
                parts[-1] = Words(f"{last.text} {part.text}", last.start, part.end)
            else:
                parts.append(part)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Node | None:
        start = self._at
        char = self._source[start]
        if char in _DASHES:
            following = self._source[start + 1 : start + 2]
            if not following or following.isspace() or following in _DASHES:  # a dash between words is punctuation
                self._at += 1
                return None
            self._at += 1
            part = None if following == ")" else self._part()
            return None if part is None else Not(part)
        if char == '"':
            text, begin = self._quoted()
            return Phrase(text, begin, begin + len(text)) if text.strip() else None
        if char == "(":
            return self._group()
        head = _FIELD_HEAD.match(self._source, start)
        if head and self._is_field(head):
            return self._field(head)
        end = self._word_end(start)
        self._at = end
        text = self._source[start:end]
        return Words(text, start, end) if any(map(str.isalnum, text)) else None

    def _is_field(self, head: re.Match[str]) -> bool:
        """Whether a word with a colon is a field: not an address, nor a label with its blank ("Giám đốc: …"), as
        documents print it ("Số: 2395/QĐ-UBND")."""
        if self._source.startswith("//", head.end()):
            return False
        field = _field_of(head[1])
        labels = field in (None, "number") or not head.start()
        return not (labels and self._source[head.end() : head.end() + 1].isspace())

    def _word_end(self, at: int) -> int:
        while at < len(self._source) and self._source[at] not in _STOPS:
            at += 1
        return at

    def _quoted(self) -> tuple[str, int]:
        begin = self._at + 1
        end = self._source.find('"', begin)
        if end < 0:
            raise QueryError(self._at, Message("indexer.query.quotation_open", at=self._at + 1))
        self._at = end + 1
        return self._source[begin:end], begin

    def _group(self) -> Node | None:
        opened = self._at
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(opened, Message("indexer.query.too_deep", most=MAX_DEPTH))
        self._at += 1
        node = self._either()
        if self._at >= len(self._source):
            raise QueryError(opened, Message("indexer.query.never_closed", opened=opened + 1))
        self._at += 1
        self._depth -= 1
        return node

    def _field(self, head: re.Match[str]) -> FieldIs:
        shown = head[1]
        field = _field_of(shown)
        if field is None:
            vi, en = (", ".join(f"{names[at].replace(' ', '_')}:" for names in FIELDS.values()) for at in (0, -1))
            raise QueryError(head.start(), Message("indexer.query.no_field", shown=shown, names=Pair(vi, en)))
        self._at = head.end()
        if self._source.startswith('"', self._at):
            text, begin = self._quoted()
        else:
            begin = self._at
            self._at = self._word_end(begin)
            text = self._source[begin : self._at].replace("_", " ")
        if not text.strip():
            example = Message(pick("indexer.query.example", field))
            raise QueryError(head.end(), Message("indexer.query.no_value", shown=shown, example=example))
        if field == "year":
            years(text, begin)
        return FieldIs(field, text.strip(), begin, begin + len(text))
