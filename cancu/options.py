"""The options that every verb takes."""

from __future__ import annotations

import argparse
import os

from cancu.terminal import Say
from messages import LANGUAGES

DEFAULT_KB = "cancu-kb"


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
