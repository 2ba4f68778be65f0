"""What a verb writes to: answers on stdout, messages and progress on stderr, in the user's language."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

import messages

UNWRAPPED = 1_000_000  # columns, where the answer goes to a file or a pipe and no width was asked for


_SHOWN = {ord(ch): ascii(ch)[1:-1] for ch in map(chr, (*range(0x20), *range(0x7F, 0xA0))) if ch not in "\t\n"}
_SHOWN |= {code: f"\\u{code:04x}" for code in (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""What a text may not do to a terminal: move its cursor, change its title, turn the direction of writing."""


_IN_JSON = {code: f"\\u{code:04x}" for code in _SHOWN if code >= 0x7F}  # the others are escaped as it is


def harmless(text: str) -> str:
    """A text as it may be shown in a terminal: control characters and marks of direction as escapes."""
    return text.translate(_SHOWN)


class SafeConsole(Console):
    """Shows what stands in texts, titles and file names without obeying it."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)


class PlainConsole(SafeConsole):
    """Prints lines without colours, and without the spaces with which boxes fill them up."""

    def print(self, *objects: Any, **options: Any) -> None:
        with self.capture() as captured:
            super().print(*objects, **options, crop=False)  # a table's row is never cut
        for line in captured.get().removesuffix("\n").split("\n"):
            self.file.write(line.rstrip(" ") + "\n")


class Say(Protocol):
    """Says the message ``id`` in the user's language: :meth:`Terminal.say`."""

    def __call__(self, id: str, /, **values: Any) -> str: ...


class Terminal:
    """The two streams of one run of the command.

    ``lang`` is ``vi`` or ``en``. Into a file or a pipe no line of an answer is coloured, boxed or wrapped, but to a
    width that the environment asks for (``COLUMNS``).
    """

    def __init__(self, lang: str = "vi") -> None:
        self.lang = lang
        for stream in (sys.stdout, sys.stderr):
            _speak_utf8(stream)
        looks: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}
        self.out: Console = SafeConsole(file=sys.stdout, **looks)
        if not self.out.is_terminal:
            self.out = PlainConsole(file=sys.stdout, width=_asked_width() or UNWRAPPED, **looks)
        self.err = SafeConsole(file=sys.stderr, soft_wrap=True, **looks)

    def say(self, id: str, /, **values: Any) -> str:
        """The message ``id`` (see :func:`messages.say`) in the user's language."""
        return messages.say(id, self.lang, **values)

    def json(self, value: Any) -> None:
        """Print one JSON value on a line of its own.

        A file name that is no UTF-8 comes out as ``\\udcXX`` escapes, which JSON allows.
        """
        sys.stdout.write(json.dumps(value, ensure_ascii=False).translate(_IN_JSON) + "\n")

    def complain(self, words: str) -> None:
        """A line on stderr about what went wrong."""
        self.err.print(words, style="red")

    def warn(self, words: str) -> None:
        """A line on stderr about what to keep in mind."""
        self.err.print(words, style="yellow")

    def wrote(self, path: Path, form: str, *, as_json: bool) -> None:
        """Tell which file was written, in which form."""
        if as_json:
            self.json({"output": str(path), "format": form, "bytes": path.stat().st_size})
        else:
            self.note(self.say("cancu.export.wrote", output=path))

    def note(self, words: str) -> None:
        """A line on stderr that is no part of the answer."""
        self.err.print(words)


def language(argv: list[str]) -> str:
    """The language asked for: ``--lang`` before ``CANCU_LANG`` before Vietnamese."""
    chosen = os.environ.get("CANCU_LANG", "")
    for position, word in enumerate(argv):
        if word == "--lang" and position + 1 < len(argv):
            chosen = argv[position + 1]
        elif word.startswith("--lang="):
            chosen = word.partition("=")[2]
    return "en" if chosen.lower().startswith("en") else "vi"


def _asked_width() -> int | None:
    """The width that the user asks for; a shell keeps its own ``COLUMNS`` to itself unless told to export it."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) > 0 else None


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
