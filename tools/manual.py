"""The manual pages ``docs/man/cancu.1`` and ``docs/man/vi/cancu.1``, from the parser of the command line.

    python tools/manual.py

Written with the macros of man(7). What argparse itself prints differs from one version of Python to the next; this does
not. ``tests/test_manual.py`` fails where a page is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from cancu.cli import build_parser  # noqa: E402  the project is importable from here on
from cancu.terminal import Terminal  # noqa: E402

PAGES = {"en": "docs/man/cancu.1", "vi": "docs/man/vi/cancu.1"}
HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "VERBS", "ENVIRONMENT", "EXAMPLES"),
    "vi": ("TÊN", "TÓM TẮT", "MÔ TẢ", "TUỲ CHỌN", "LỆNH", "MÔI TRƯỜNG", "VÍ DỤ"),
}
ENVIRONMENT = {
    "CANCU_KB": {"en": "the knowledge base, as --kb", "vi": "kho dữ liệu, như --kb"},
    "CANCU_LANG": {"en": "the language of messages, as --lang", "vi": "ngôn ngữ thông báo, như --lang"},
    "COLUMNS": {
        "en": "the width at which answers are wrapped; into a file or a pipe they are not unless it is set",
        "vi": "độ rộng để ngắt dòng; khi ghi vào tệp hay ống dẫn thì không ngắt nếu không đặt",
    },
    "CANCU_DEBUG": {"en": "print all of a fault of the program", "vi": "in đầy đủ lỗi của chương trình"},
}
EXAMPLES = ("cancu ingest --samples", "cancu lookup 2395 qd ubnd", "cancu check draft.docx", "cancu serve")


def main() -> int:
    for lang, page in PAGES.items():
        path = PROJECT / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(manual(lang), encoding="utf-8")
        print(page)
    return 0


def manual(lang: str) -> str:
    """The whole page in one language, ``en`` or ``vi``."""
    parser = build_parser(Terminal(lang))
    name, synopsis, description, options, verbs, environment, examples = HEADINGS[lang]
    below = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    about = str(parser.description)
    lines = [
        '.TH CANCU 1 "" cancu',
        *_section(name, rf"cancu \- {_plain(about[0].lower() + about[1:].rstrip('.'))}"),
        *_section(synopsis, f".B cancu\n{_plain(str(below.metavar))} \\&…"),
        *_section(description, _plain(about), ".PP", _plain(str(parser.epilog))),
        *_section(options, *_arguments(parser)),
        *_section(verbs, *_verbs(below)),
        *_section(environment, *(line for key, says in ENVIRONMENT.items() for line in _entry(key, says[lang]))),
        *_section(examples, ".nf", *map(_plain, EXAMPLES), ".fi"),
    ]
    return "\n".join(lines) + "\n"


def _section(heading: str, *lines: str) -> list[str]:
    return [f'.SH "{heading}"', *lines]


def _verbs(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> Iterator[str]:
    """Every verb with what it takes beside the options of all; the acts of a verb as verbs of two words."""
    for verb, parser in below.choices.items():
        yield f'.SS "{_plain(parser.prog)}"'
        says = next((str(one.help) for one in below._choices_actions if one.dest == verb), "")
        yield _plain(says[:1].upper() + says[1:] + ".")
        yield from _arguments(parser, own=True)
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from _verbs(action)


def _arguments(parser: argparse.ArgumentParser, *, own: bool = False) -> Iterator[str]:
    """What a parser takes; ``own``: without what every verb takes."""
    everywhere = {"help", "kb", "json", "lang"} if own else set()
    for action in parser._actions:
        if action.dest not in everywhere and not isinstance(action, argparse._SubParsersAction):
            yield from _entry(_spelling(action), str(action.help or "") % {"default": action.default})


def _spelling(action: argparse.Action) -> str:
    value = str(action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper())
    if action.option_strings:
        return ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {value}")
    return value + ("…" if action.nargs in ("+", "*") else "")


def _entry(term: str, says: str) -> list[str]:
    return [".TP", f".B {_plain(term)}", _plain(says)]


def _plain(words: str) -> str:
    """Words that troff may not take for its own: backslashes, hyphens that are part of an option, dots in front."""
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + words if words[:1] in (".", "'") else words


if __name__ == "__main__":
    sys.exit(main())
