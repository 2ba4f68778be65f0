"""The command ``cancu``: reads the command line, calls one verb, turns errors into words and exit codes."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from concurrent.futures import BrokenExecutor
from functools import partial

from cancu.options import command_only, common
from cancu.parser import Parser
from cancu.terminal import Say, Terminal, language
from cancu.verb import BAD_INPUT, Verb
from cancu.verbs import VERBS, verb_named
from corpus.errors import Refused
from indexer.build.one_writer import one_writer
from messages import CancuError, pick

INTERRUPTED = 130  # 128 + SIGINT, as shells report it
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FAULT = 70  # EX_SOFTWARE of sysexits.h: the program itself is wrong


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return the exit code: 0 found, 1 nothing found or check failed, 2 usage, 3 bad input."""
    words = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal(language(words))
    try:
        parser = build_parser(terminal, whole=False)
        if not words:
            parser.print_help()
            return 0
        args = parser.parse_args(words)
        return _run(args, terminal)
    except SystemExit as leaving:  # argparse: help (0) or usage (2)
        return int(leaving.code or 0)
    except ImportError:
        raise  # told at the door: cancu/__main__.py
    except (Exception, KeyboardInterrupt) as error:
        return _told(terminal, error)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    verb: Verb = args.verb
    if not verb.writes(args):
        return verb.run(args, terminal)
    makes = verb.name in ("ingest", "register")
    with one_writer(args.kb, lambda: terminal.warn(terminal.say("cancu.command.waiting")), create=makes):
        return verb.run(args, terminal)


def _told(terminal: Terminal, error: BaseException) -> int:
    """What went wrong, in words; returns the exit code."""
    match error:
        case BrokenPipeError():
            # whoever read our answer has enough; python would complain once more when it flushes
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        case KeyboardInterrupt():
            terminal.complain(terminal.say("cancu.command.stopped"))
            return INTERRUPTED
        case Refused():
            words = f"{error.name}: {error.notice.text(terminal.lang)}"
        case CancuError():
            words = error.text(terminal.lang)
        case BrokenExecutor():
            words = terminal.say("cancu.command.process_killed")
        case MemoryError():
            words = terminal.say("cancu.command.no_memory")
        case OSError() if error.errno in _NO_ROOM:
            words = terminal.say("cancu.command.no_room", strerror=error.strerror)
        case _:
            return _fault(terminal, error)
    terminal.complain(words)
    return BAD_INPUT


def _fault(terminal: Terminal, error: BaseException) -> int:
    """Our own mistake; with ``CANCU_DEBUG`` it is raised as it is. Of a statement to a database only what the database
    says is shown: its values are texts of documents."""
    if os.environ.get("CANCU_DEBUG"):
        raise error
    said = str(getattr(error, "orig", None) or error)[:300]
    terminal.complain(terminal.say("cancu.command.fault", kind=type(error).__name__, error=said))
    return FAULT


def build_parser(terminal: Terminal, *, whole: bool = True) -> argparse.ArgumentParser:
    """The command line with its help in the terminal's language; unless ``whole``, a verb's arguments are added when
    that verb is met."""
    say = terminal.say
    parser = Parser(
        lang=terminal.lang,
        prog="cancu",
        description=say("cancu.command.description"),
        epilog=say("cancu.command.exit_codes"),
    )
    common(parser, say, default=True)
    command_only(parser, say)
    verbs = parser.add_subparsers(title=say("cancu.command.verbs"), metavar=say("cancu.metavar.verb"), required=True)
    for name in VERBS:
        words = say(pick("cancu.verb", name))
        one = verbs.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        one.later = partial(_arguments, one, name, say)
        if whole:
            one.fill()
    return parser


def _arguments(parser: Parser, name: str, say: Say) -> None:
    """Give a verb's parser its arguments; only now is the verb loaded."""
    verb = verb_named(name)
    verb.arguments(parser, say)
    common(parser, say, default=False)
    parser.set_defaults(verb=verb)


if __name__ == "__main__":
    sys.exit(main())
