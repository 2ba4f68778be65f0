"""The command line's parser: argparse, whose own headings and complaints are said in the user's language too."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NoReturn

from cancu.verb import USAGE
from messages import message_ids, placeholders, say

_GROUP = "cancu.argparse."
_PLACEHOLDER = re.compile("\0(\\w+)\0")


class Help(argparse.HelpFormatter):
    """Help whose headings are in ``lang``."""

    def __init__(self, *args: Any, lang: str = "vi", **options: Any) -> None:
        super().__init__(*args, **options)
        self._lang = lang

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, say("cancu.help.usage", self._lang) if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """One verb's arguments, or the command's own, in ``lang`` (``vi`` or ``en``)."""

    def __init__(self, *, lang: str, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=partial(Help, lang=lang), **options)
        self._lang = lang
        self._positionals.title = say("cancu.help.arguments", lang)
        self._optionals.title = say("cancu.help.options", lang)

    def add_subparsers(self, **options: Any) -> Any:
        """Parsers of verbs, in the same language."""
        options["parser_class"] = partial(Parser, lang=self._lang)
        return super().add_subparsers(**options)

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong with the command line; leave with the code for wrong usage."""
        self.print_usage(sys.stderr)
        said = say("cancu.help.error", self._lang, program=self.prog, message=complaint(message, self._lang))
        self.exit(USAGE, said + "\n")


def complaint(message: str, lang: str) -> str:
    """A complaint of argparse in ``lang``; one that is not known stays in argparse's own words.

    argparse gives the finished English sentence only. The English side of a message is argparse's wording, so the
    values are found where the message has its placeholders. A sentence may hold another one.
    """
    if lang == "en":
        return message
    for id, pattern in _patterns():
        if found := pattern.fullmatch(message):
            values = {name: complaint(value, lang) for name, value in found.groupdict().items()}
            return say(id, lang, **values)
    return message


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """argparse's complaints as patterns, with the ids of the messages that say them."""
    for id in message_ids():
        if id.startswith(_GROUP):
            english = say(id, "en", **{name: f"\0{name}\0" for name in placeholders(id)})
            yield id, re.compile(_PLACEHOLDER.sub(r"(?P<\1>.*?)", re.escape(english).replace("\\\0", "\0")), re.DOTALL)
