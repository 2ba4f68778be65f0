"""The command ``cancu``: reads the command line, calls one verb, turns errors into words and exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor
from typing import Any, NoReturn

from cancu.options import common
from cancu.terminal import Terminal, language
from cancu.verb import BAD_INPUT, USAGE
from cancu.verbs import VERBS
from corpus.errors import Refused
from kb.authority.load import AuthorityError
from kb.errors import KnowledgeBaseError

INTERRUPTED = 130  # 128 + SIGINT, as shells report it
FAULT = 70  # EX_SOFTWARE of sysexits.h: the program itself is wrong

# argparse speaks English; these are the complaints it makes, in Vietnamese
COMPLAINTS = (
    ("the following arguments are required: ", "còn thiếu: "),
    ("unrecognized arguments: ", "không hiểu: "),
    ("expected one argument", "cần một giá trị"),
    ("expected at least one argument", "cần ít nhất một giá trị"),
    ("not allowed with argument ", "không dùng cùng với "),
    ("invalid choice: ", "giá trị không hợp lệ: "),
    ("(choose from ", "(chọn trong "),
    ("invalid positive value: ", "không phải số nguyên dương: "),
    ("argument ", "đối số "),
)


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return the exit code: 0 found, 1 nothing found or check failed, 2 usage, 3 bad input."""
    words = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal(language(words))
    try:
        args = _parser(terminal).parse_args(words)
        return args.verb.run(args, terminal)
    except SystemExit as leaving:  # argparse: help (0) or usage (2)
        return int(leaving.code or 0)
    except Refused as refused:
        terminal.complain(f"{refused.name}: {refused.notice.vi}", f"{refused.name}: {refused.notice.en}")
        return BAD_INPUT
    except (KnowledgeBaseError, AuthorityError) as error:
        terminal.complain(error.vi, error.en)
        return BAD_INPUT
    except KeyboardInterrupt:
        terminal.complain("Đã dừng theo yêu cầu.", "Stopped as asked.")
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our answer has enough; python would complain once more when it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BrokenExecutor:
        terminal.complain(
            "Một tiến trình đọc đã bị hệ điều hành dừng, có lẽ vì thiếu bộ nhớ. Chạy lại với --jobs 1.",
            "The operating system stopped a reading process, perhaps for want of memory. Run again with --jobs 1.",
        )
        return BAD_INPUT
    except Exception as error:
        if os.environ.get("CANCU_DEBUG"):
            raise
        terminal.complain(
            f"Lỗi của chương trình: {type(error).__name__}: {error}. Xin báo lại; CANCU_DEBUG=1 in đầy đủ.",
            f"A fault of the program: {type(error).__name__}: {error}. Please report it; CANCU_DEBUG=1 prints all.",
        )
        return FAULT


class VietnameseHelp(argparse.HelpFormatter):
    """Help with Vietnamese headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """One verb's arguments, or the command's own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)


class VietnameseParser(Parser):
    """The same in Vietnamese, headings and complaints included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=VietnameseHelp, **options)
        self._positionals.title = "đối số"
        self._optionals.title = "tuỳ chọn"

    def error(self, message: str) -> NoReturn:
        for english, vietnamese in COMPLAINTS:
            message = message.replace(english, vietnamese)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: lỗi: {message}\n")


def _parser(terminal: Terminal) -> argparse.ArgumentParser:
    say = terminal.say
    kind: type[Parser] = Parser if terminal.lang == "en" else VietnameseParser
    parser = kind(
        prog="cancu",
        description=say(
            "Tra cứu căn cứ pháp lý được viện dẫn trong các kế hoạch và văn bản hành chính.",
            "Look up the legal references cited in Vietnamese plans and administrative documents.",
        ),
        epilog=say(
            "Mã kết thúc: 0 tìm thấy, 1 không tìm thấy hoặc kiểm tra không đạt, 2 sai cú pháp lệnh, "
            "3 dữ liệu vào không đọc được.",
            "Exit codes: 0 found, 1 nothing found or check failed, 2 usage, 3 input that cannot be read.",
        ),
    )
    common(parser, say, default=True)
    verbs = parser.add_subparsers(
        title=say("lệnh", "verbs"), metavar=say("LỆNH", "VERB"), required=True, parser_class=kind
    )
    for verb in VERBS:
        words = say(verb.vi, verb.en)
        one = verbs.add_parser(verb.name, help=words, description=words[0].upper() + words[1:] + ".")
        verb.arguments(one, say)
        common(one, say, default=False)
        one.set_defaults(verb=verb)
    return parser


if __name__ == "__main__":
    sys.exit(main())
