"""Reading the data files: one JSON object per file, ``entries`` a list, each checked field by field.

A wrong file stops the program at import with a message that names the file, the entry and the field:
facts that are silently dropped would become wrong links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from kb.authority.fold import is_partial_date
from messages import CancuError, Message

DATA = Path(__file__).parent / "data"

Check = Callable[[Any], bool]


class AuthorityError(CancuError):
    """A data file breaks its schema: which file, which entry and what to correct."""


def word(value: Any) -> bool:
    """A non-empty text without blanks at its ends."""
    return isinstance(value, str) and bool(value) and value == value.strip()


def words(value: Any) -> bool:
    """A list of non-empty texts; the list may be empty."""
    return isinstance(value, list) and all(word(item) for item in value)


def examples(value: Any) -> bool:
    """A list of at least one non-empty text."""
    return words(value) and bool(value)


def patterns(value: Any) -> bool:
    """A list of regular expressions."""
    if not examples(value):
        return False
    try:
        for item in value:
            re.compile(item)
    except re.error:
        return False
    return True


def mapping(value: Any) -> bool:
    """An object of texts to texts."""
    return isinstance(value, dict) and all(word(key) and word(item) for key, item in value.items())


def date(value: Any) -> bool:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    return isinstance(value, str) and is_partial_date(value)


def flag(value: Any) -> bool:
    """true or false."""
    return isinstance(value, bool)


def number(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def one_of(*allowed: str) -> Check:
    """A check for one of the ``allowed`` texts."""

    def check(value: Any) -> bool:
        return value in allowed

    check.__doc__ = "one of " + ", ".join(allowed)
    return check


def read(path: Path) -> dict[str, Any]:
    """The JSON object of one data file.

    Raises ``AuthorityError`` where the file is missing or not a JSON object.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise AuthorityError(
            Message("kb.authority.cannot_read", name=path.name, strerror=error.strerror),
        ) from error
    except orjson.JSONDecodeError as error:
        raise AuthorityError(
            Message("kb.authority.no_json", name=path.name, lineno=error.lineno, colno=error.colno, msg=error.msg),
        ) from error
    if not isinstance(content, dict):
        raise AuthorityError(Message("kb.authority.no_object", name=path.name))
    return content


def entries(
    path: Path,
    required: Mapping[str, Check],
    optional: Mapping[str, Check],
    *,
    key: str,
    section: str = "entries",
    content: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The entries of one section of a data file, each checked; ``key`` is the field that must be unique.

    Raises ``AuthorityError`` naming the file, the entry and the field that is missing, unknown or wrong.
    """
    found = (read(path) if content is None else content).get(section)
    if not isinstance(found, list):
        raise AuthorityError(Message("kb.authority.list_missing", name=path.name, section=section))
    seen: set[str] = set()
    for position, entry in enumerate(found, 1):
        if not isinstance(entry, dict):
            raise fault(path, str(position), section, Message("kb.authority.entry_no_object"))
        name = str(entry.get(key, f"#{position}"))
        for field, check in required.items():
            if field not in entry:
                raise fault(path, name, field, Message("kb.authority.field_missing"))
            if not check(entry[field]):
                raise _wrong(path, name, field, entry[field], check)
        for field, value in entry.items():
            if field in required:
                continue
            if field not in optional:
                raise fault(path, name, field, Message("kb.authority.field_unknown"))
            if not optional[field](value):
                raise _wrong(path, name, field, value, optional[field])
        if name in seen:
            raise fault(path, name, key, Message("kb.authority.value_used_twice"))
        seen.add(name)
    return found


def frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entry as a frozen dataclass wants them: lists become tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def fault(path: Path, entry: str, field: str, why: Message) -> AuthorityError:
    """The error for one field of one entry."""
    return AuthorityError(Message("kb.authority.entry_field", name=path.name, entry=entry, field=field, why=why))


def _wrong(path: Path, entry: str, field: str, value: Any, check: Check) -> AuthorityError:
    wanted = (check.__doc__ or check.__name__).splitlines()[0].rstrip(".")
    return fault(path, entry, field, Message("kb.authority.value_wrong", value=repr(value), wanted=wanted))


def known(path: Path, entry: str, field: str, values: Iterable[str], among: Iterable[str]) -> None:
    """Raise ``AuthorityError`` where one of ``values`` does not refer to something ``among`` the known ones."""
    allowed = set(among)
    for value in values:
        if value not in allowed:
            raise fault(path, entry, field, Message("kb.authority.unknown", value=value))
