"""What a verb of the command line is, and what verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from cancu.terminal import Say, Terminal

FOUND = 0  # one answer or several
NOTHING = 1  # nothing found, or a check failed
USAGE = 2  # the command line itself is wrong
BAD_INPUT = 3  # something that was given could not be read


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its name, its arguments, and the function that does it.

    ``arguments(parser, say)`` adds what the verb takes; ``run(args, terminal)`` returns the exit code.
    """

    name: str
    arguments: Callable[[argparse.ArgumentParser, Say], None]
    run: Callable[[argparse.Namespace, Terminal], int]


def positive(words: str) -> int:
    """A number of processes, results or steps as the user wrote it; ``ValueError`` unless it is 1 or more."""
    number = int(words)
    if number < 1:
        raise ValueError(words)
    return number
