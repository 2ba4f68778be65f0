"""The command line's parser: argparse, whose own headings and complaints are said in the user's language too."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NoReturn

from cancu.verb import USAGE
from messages import reworded, say


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
        self.later: Callable[[], None] | None = None
        self._positionals.title = say("cancu.help.arguments", lang)
        self._optionals.title = say("cancu.help.options", lang)

    def fill(self) -> None:
        """Add the arguments that were left for later (``later``): those of a verb are only loaded for whoever asks."""
        add, self.later = self.later, None
        if add is not None:
            add()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, with all arguments."""
        self.fill()
        return super().parse_known_args(args, namespace)

    def add_subparsers(self, **options: Any) -> Any:
        """Parsers of verbs, in the same language."""
        options["parser_class"] = partial(Parser, lang=self._lang)
        return super().add_subparsers(**options)

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong with the command line; leave with the code for wrong usage.

        argparse hands over its finished English sentence, which is the English side of a message.
        """
        self.print_usage(sys.stderr)
        said = say(
            "cancu.help.error",
            self._lang,
            program=self.prog,
            message=reworded("cancu.argparse", message, "en", self._lang),
        )
        self.exit(USAGE, said + "\n")
