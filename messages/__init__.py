"""Floor 0: every sentence that a user sees, in Vietnamese and English, and the one way to say it.

The sentences lie beside this file, one folder for each floor that says them (``web/document.toml``) and both languages
of a message side by side. Names of types, issuers, provinces and relations are facts and lie in ``kb/authority/data``.
"""

from messages.catalogue import (
    LANGUAGES,
    InTwoLanguages,
    Message,
    MessageError,
    Pair,
    among,
    message_ids,
    pick,
    placeholders,
    reworded,
    say,
)
from messages.errors import CancuError
from messages.numbers import day, number

__all__ = [
    "LANGUAGES",
    "CancuError",
    "InTwoLanguages",
    "Message",
    "MessageError",
    "Pair",
    "among",
    "day",
    "message_ids",
    "number",
    "pick",
    "placeholders",
    "reworded",
    "say",
]
