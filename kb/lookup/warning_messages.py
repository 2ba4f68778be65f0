"""What a look-up undid or could not settle, in words."""

from __future__ import annotations

from collections.abc import Iterable

from messages import Message, pick


def warning_json(names: Iterable[str]) -> tuple[dict[str, str], ...]:
    """Warnings with their words in both languages."""
    said = {name: Message(pick("kb.lookup.warning", name)) for name in names}
    return tuple({"code": name, "vi": words.vi, "en": words.en} for name, words in said.items())
