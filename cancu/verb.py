"""What a verb of the command line is, and what verbs share."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import messages
from cancu.terminal import Say, Terminal

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

FOUND = 0  # one answer or several
NOTHING = 1  # nothing found, or a check failed
USAGE = 2  # the command line itself is wrong
BAD_INPUT = 3  # something that was given could not be read


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its name, its arguments, and the function that does it.

    ``arguments(parser, say)`` adds what the verb takes; ``run(args, terminal)`` returns the exit code;
    ``writes(args)``: whether it writes to the base, which one run does at a time.
    """

    name: str
    arguments: Callable[[argparse.ArgumentParser, Say], None]
    run: Callable[[argparse.Namespace, Terminal], int]
    writes: Callable[[argparse.Namespace], bool] = lambda _: False


def opened(args: argparse.Namespace, terminal: Terminal) -> KnowledgeBase:
    """The base that a verb reads; where a run was stopped in the middle this is said."""
    from kb.service import KnowledgeBase

    base = KnowledgeBase.open(args.kb)
    if base.store.unfinished():
        terminal.warn(terminal.say("kb.store.unfinished"))
    return base


def positive(words: str) -> int:
    """A number of processes, results or steps as the user wrote it; ``ValueError`` unless it is 1 or more."""
    number = int(words)
    if number < 1:
        raise ValueError(words)
    return number


def port(words: str) -> int:
    """The number of a TCP port. Raises ``argparse.ArgumentTypeError`` for what is none."""
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= 65535):
        raise argparse.ArgumentTypeError(messages.say("cancu.argparse.port", "en", value=repr(words)))
    return int(words)


def web_address(words: str) -> str:
    """An address under which pages are reached, without a slash at its end, e.g. ``https://cancu.example.vn``.

    Raises ``argparse.ArgumentTypeError`` for what is none.
    """
    parts = urlsplit(words)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(messages.say("cancu.argparse.web_address", "en", value=repr(words)))
    return words.rstrip("/")


def public_url(parser: argparse.ArgumentParser, say: Say) -> None:
    """The option that gives links an address that works from elsewhere."""
    parser.add_argument(
        "--public-url",
        type=web_address,
        default=os.environ.get("CANCU_PUBLIC_URL") or None,
        metavar="URL",
        help=say("cancu.options.public_url"),
    )


def index_url(parser: argparse.ArgumentParser, say: Say) -> None:
    """The option that names the search index where it does not lie beside the base."""
    parser.add_argument(
        "--index", metavar="URL", default=os.environ.get("CANCU_INDEX") or None, help=say("cancu.options.index")
    )
