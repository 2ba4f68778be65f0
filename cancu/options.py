"""The options that every verb takes, and those of the command itself."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cancu.terminal import Say
from messages import LANGUAGES

DEFAULT_KB = "cancu-kb"
SHELLS = ("bash", "zsh", "tcsh")


def common(parser: argparse.ArgumentParser, say: Say, *, default: bool) -> None:
    """Options that may stand before or after the verb; after it they win only when given."""
    group = parser.add_argument_group(say("cancu.options.title"))
    group.add_argument("-h", "--help", action="help", help=say("cancu.options.help"))
    group.add_argument(
        "--kb",
        metavar=say("cancu.metavar.dir"),
        default=(os.environ.get("CANCU_KB") or DEFAULT_KB) if default else argparse.SUPPRESS,
        help=say("cancu.options.kb", DEFAULT_KB=DEFAULT_KB),
    )
    group.add_argument(
        "--json",
        action="store_true",
        default=False if default else argparse.SUPPRESS,
        help=say("cancu.options.json"),
    )
    group.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=None if default else argparse.SUPPRESS,
        help=say("cancu.options.lang"),
    )


def command_only(parser: argparse.ArgumentParser, say: Say) -> None:
    """What the command answers without a verb."""
    group = parser.add_argument_group(say("cancu.options.without_verb"))
    group.add_argument("-V", "--version", action=_Version, nargs=0, help=say("cancu.options.version"))
    group.add_argument(
        "--print-completion",
        action=_Completion,
        choices=SHELLS,
        metavar="SHELL",
        help=say("cancu.options.completion"),
    )


class _Version(argparse.Action):
    """Prints the version of what is installed, and leaves."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        import importlib.metadata

        print(f"cancu {importlib.metadata.version('cancu')}")
        parser.exit()


class _Completion(argparse.Action):
    """Prints a shell's completion of the whole command line, and leaves."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        import shtab

        _complete_paths(parser._actions)
        print(shtab.complete(parser, values))
        parser.exit()


def _complete_paths(actions: Sequence[argparse.Action]) -> None:
    """Arguments that are paths complete to files, those of the parsers below too."""
    import shtab

    for action in actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                below.fill()
                _complete_paths(below._actions)
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif "--kb" in action.option_strings:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
