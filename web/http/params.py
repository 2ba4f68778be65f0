"""Reading what a request asks for: every value checked, normalised to NFC, bounded."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from messages import Message
from web.http.answers import wants_json
from web.http.problems import Problem

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
MAX_PAGE = 100_000


def _bad(name: str, why: Message) -> Problem:
    return Problem(400, "bad_parameter", Message("web.problem.parameter", name=name, why=why), parameter=name)


def clean(value: str) -> str:
    """NFC, one line, without control characters and blanks at the ends."""
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", value)).split())


def text(name: str, *, limit: int = 200, required: bool = False) -> str | None:
    """The value of ``name``, at most ``limit`` code points; None where it is absent or blank."""
    value = clean(request.args.get(name, ""))
    if len(value) > limit:
        raise _bad(name, Message("web.problem.too_long", limit=limit))
    if required and not value:
        raise _bad(name, Message("web.problem.missing"))
    return value or None


def pasted(name: str, *, limit: int) -> str | None:
    """The same for what may be a pasted sentence: cut behind the last word that fits, never refused."""
    value = clean(request.args.get(name, ""))
    if len(value) > limit:
        value = (
            value[: value.rfind(" ", limit // 2, limit + 1)] if " " in value[limit // 2 : limit + 1] else value[:limit]
        )
    return value.strip() or None


def number(name: str, default: int, *, least: int = 1, most: int = 100) -> int:
    """A whole number between ``least`` and ``most``."""
    raw = request.args.get(name)
    if raw is None or raw == "":
        return default
    if not re.fullmatch(r"\d{1,9}", raw, re.ASCII) or not least <= int(raw) <= most:
        raise _bad(name, Message("web.problem.no_number_between", least=least, most=most))
    return int(raw)


def page() -> int:
    return number("page", 1, most=MAX_PAGE)


def per_page(default: int) -> int:
    """Entries a page: at most 100, and on pages for people 60, so that they stay light."""
    return number("per_page", default, most=100 if wants_json() else 60)


def one_of(name: str, allowed: Sequence[str], default: str) -> str:
    value = request.args.get(name) or default
    if value not in allowed:
        listed = ", ".join(allowed)
        raise _bad(name, Message("web.problem.none_of", listed=listed))
    return value


def several_of(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Values of a repeated or comma separated parameter, in the order given, without repeats."""
    values = [part.strip() for raw in request.args.getlist(name) for part in raw.split(",") if part.strip()]
    for value in values:
        if value not in allowed:
            listed = ", ".join(allowed)
            raise _bad(name, Message("web.problem.not_among", value=clean(value)[:40], listed=listed))
    return tuple(dict.fromkeys(values))


def flag(name: str, default: bool) -> bool:
    return one_of(name, ("0", "1"), "1" if default else "0") == "1"


def as_described(name: str, schema: Mapping[str, Any]) -> None:
    """Raises the 400 problem where ``name`` is no whole number, or none of the values, that its schema asks for."""
    if schema.get("type") == "integer":
        if not request.args[name]:
            raise _bad(name, Message("web.problem.missing"))
        number(name, 0, least=schema["minimum"], most=schema.get("maximum", MAX_PAGE))
    elif len(request.args.getlist(name)) > schema.get("maxItems", MAX_PAGE):
        raise _bad(name, Message("web.problem.too_many_values", most=schema["maxItems"]))
    elif "enum" in schema and request.args[name] not in schema["enum"]:
        listed = ", ".join(schema["enum"])
        raise _bad(name, Message("web.problem.none_of", listed=listed))


def date(name: str) -> str | None:
    """An ISO date, also partial (``2021``, ``2021-12``)."""
    value = text(name, limit=10)
    if value is not None and not _DATE.fullmatch(value):
        raise _bad(name, Message("web.problem.no_date"))
    return value


def day(name: str) -> str | None:
    """A full ISO date."""
    value = date(name)
    if value is not None and not _is_day(value):
        raise _bad(name, Message("web.problem.no_day"))
    return value


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10
