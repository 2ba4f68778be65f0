"""The catalogue: messages by id, each in both languages, checked when its file is read.

An id is ``floor.file.name`` (``web.document.download``; a group of messages has one name more). A message is one table
of a TOML file::

    [found]
    vi = "{count:n} văn bản"
    en = { one = "{count:n} document", other = "{count:n} documents" }

Placeholders are those of :meth:`str.format`, the same in both languages. Vietnamese has no plural; where English needs
one, ``count`` chooses it. ``{x:n}`` writes a number with the marks of the language, ``{x:.2n}`` with two decimals,
``{x:day}`` an ISO date as offices write it. A value may itself be in two languages (:class:`Message`, :class:`Pair`).
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from messages.numbers import day, number

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent
_DECIMALS = re.compile(r"\.(\d)n")


class MessageError(LookupError):
    """A mistake of the program: no message has this id, or the values given are not those of its placeholders."""


class InTwoLanguages(Protocol):
    """Anything that can be said in either language."""

    def text(self, lang: str = "vi") -> str:
        """The words in ``lang`` (``vi`` or ``en``)."""
        ...


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that are no message: a fact's label in both languages, to be put into a message."""

    vi: str
    en: str

    def text(self, lang: str = "vi") -> str:
        """The words in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


class Message:
    """A message with its values, to be said later in either language.

    Raises :class:`MessageError` at once where the id or a value is wrong, not when it is said.
    """

    __slots__ = ("id", "values")

    def __init__(self, id: str, /, **values: Any) -> None:
        _checked(id, values)
        self.id = id
        self.values = values

    @classmethod
    def of(cls, group: str, name: str, values: Mapping[str, Any]) -> Message:
        """The message ``name`` of ``group``, given those of ``values`` that it names; the others are left aside."""
        id = pick(group, name)
        return cls(id, **{each: values[each] for each in placeholders(id)})

    def text(self, lang: str = "vi") -> str:
        """The sentence in ``lang`` (``vi`` or ``en``)."""
        return say(self.id, lang, **self.values)

    @property
    def vi(self) -> str:
        """The sentence in Vietnamese."""
        return self.text("vi")

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.text("en")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self.id, self.values))

    def __repr__(self) -> str:
        return f"Message({self.id!r}, {self.values!r})"


def _restored(id: str, values: dict[str, Any]) -> Message:
    return Message(id, **values)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One message: its patterns (``one`` is English for a count of one) and the names of its placeholders."""

    vi: str
    en: str
    one: str | None
    names: frozenset[str]

    def pattern(self, lang: str, values: Mapping[str, Any]) -> str:
        if lang != "en":
            return self.vi
        return self.one if self.one is not None and values["count"] == 1 else self.en


class _Formatter(string.Formatter):
    """``str.format`` with the marks and the words of one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "day":
            return day(value)
        if format_spec == "n":
            return number(value, self._lang)
        if decimals := _DECIMALS.fullmatch(format_spec):
            return number(value, self._lang, int(decimals[1]))
        if hasattr(value, "text"):
            return str(value.text(self._lang))
        return str(format(value, format_spec))


_FORMATTERS = {lang: _Formatter(lang) for lang in LANGUAGES}


def say(id: str, lang: str = "vi", /, **values: Any) -> str:
    """The message ``id`` in ``lang`` (``vi`` or ``en``), its placeholders filled with ``values``.

    Raises :class:`MessageError` for an unknown id and for values that are not exactly those of the placeholders.
    """
    pattern = _checked(id, values).pattern(lang, values)
    return _FORMATTERS["en" if lang == "en" else "vi"].vformat(pattern, (), values) if "{" in pattern else pattern


def pick(group: str, name: str) -> str:
    """The id of the message ``name`` in ``group`` (a floor, a file and perhaps a group within it).

    This is how a message is chosen by a value; raises :class:`MessageError` where the group has no such name.
    """
    id = f"{group}.{name}"
    _entry(id)
    return id


def among(group: str, name: str) -> bool:
    """Whether ``group`` has a message ``name``."""
    return f"{group}.{name}" in _file(*_parts(group)[:2])


def reworded(group: str, words: str, spoken: str, lang: str) -> str:
    """``words``, a finished sentence of ``group`` in the language ``spoken``, said in ``lang``.

    For sentences that reach us finished: a library's complaints, notes in stored readings. Values are found where the
    message has its placeholders, and may be sentences of the group themselves. What is no sentence of the group stays
    as it is.
    """
    if spoken == lang:
        return words
    for id, pattern in _patterns(group, spoken):
        if found := pattern.fullmatch(words):
            return say(
                id, lang, **{name: reworded(group, one, spoken, lang) for name, one in found.groupdict().items()}
            )
    return words


@cache
def _patterns(group: str, spoken: str) -> list[tuple[str, re.Pattern[str]]]:
    """The messages of a group that lies in one file, each as a pattern of its finished sentence."""
    patterns = []
    for id, entry in _file(*_parts(group)[:2]).items():
        if id.startswith(f"{group}."):
            pieces = string.Formatter().parse(entry.en if spoken == "en" else entry.vi)
            found = "".join(re.escape(text) + (f"(?P<{name}>.*?)" if name else "") for text, name, _, _ in pieces)
            patterns.append((id, re.compile(found, re.DOTALL)))
    return patterns


def placeholders(id: str) -> frozenset[str]:
    """The names of a message's placeholders."""
    return _entry(id).names


def message_ids() -> Iterator[str]:
    """The ids of all messages."""
    for path in sorted(_FOLDER.glob("*/*.toml")):
        yield from _file(path.parent.name, path.stem)


def _checked(id: str, values: Mapping[str, Any]) -> _Entry:
    entry = _entry(id)
    if values.keys() != entry.names:
        raise MessageError(f"{id} needs the values {sorted(entry.names)}, not {sorted(values)}")
    return entry


def _entry(id: str) -> _Entry:
    try:
        return _file(*_parts(id)[:2])[id]
    except KeyError:
        raise MessageError(f"there is no message {id}") from None


@cache
def _parts(id: str) -> list[str]:
    parts = id.split(".")
    if len(parts) < 2:
        raise MessageError(f"{id} is no id of a message")
    return parts


@cache
def _file(floor: str, name: str) -> dict[str, _Entry]:
    """The messages of one file by their whole ids."""
    try:
        content = tomllib.loads((_FOLDER / floor / f"{name}.toml").read_text(encoding="utf-8"))
    except OSError as error:
        raise MessageError(f"there are no messages {floor}.{name}") from error
    return dict(_entries(f"{floor}.{name}", content))


def _entries(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, _Entry]]:
    for name, value in table.items():
        id = f"{prefix}.{name}"
        if not isinstance(value, dict):
            raise MessageError(f"{prefix}: “{name}” is neither a message nor a group")
        if "vi" in value or "en" in value:
            yield id, _read(id, value)
        else:
            yield from _entries(id, value)


def _read(id: str, table: Mapping[str, Any]) -> _Entry:
    """One message. Raises :class:`MessageError` where a language, a plural or a placeholder is missing."""
    vi, en, one = table.get("vi"), table.get("en"), None
    if isinstance(en, dict) and en.keys() == {"one", "other"}:
        en, one = en["other"], en["one"]
    if table.keys() != {"vi", "en"} or not all(isinstance(words, str) and words.strip() for words in (vi, en)):
        raise MessageError(f"{id} must have vi and en, and of English plurals one and other")
    assert isinstance(vi, str) and isinstance(en, str)
    names, other = _names(vi), _names(en)
    if names != other or (one is not None and ("count" not in names or not _names(one) <= names)):
        raise MessageError(f"{id} has other placeholders in English than in Vietnamese, or a plural without count")
    return _Entry(vi, en, one, names)


def _names(pattern: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None)
