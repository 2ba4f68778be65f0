"""The options that every verb takes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from cancu.terminal import LANGUAGES

DEFAULT_KB = "cancu-kb"


def common(parser: argparse.ArgumentParser, say: Callable[[str, str], str], *, default: bool) -> None:
    """Options that may stand before or after the verb; after it they win only when given."""
    group = parser.add_argument_group(say("tuỳ chọn chung", "common options"))
    group.add_argument("-h", "--help", action="help", help=say("hiện trợ giúp này", "show this help"))
    group.add_argument(
        "--kb",
        metavar=say("THƯ_MỤC", "DIR"),
        default=(os.environ.get("CANCU_KB") or DEFAULT_KB) if default else argparse.SUPPRESS,
        help=say(
            f"thư mục (hoặc URL) của kho dữ liệu; mặc định $CANCU_KB hoặc ./{DEFAULT_KB}",
            f"folder (or URL) of the knowledge base; default $CANCU_KB or ./{DEFAULT_KB}",
        ),
    )
    group.add_argument(
        "--json",
        action="store_true",
        default=False if default else argparse.SUPPRESS,
        help=say("trả lời bằng JSON", "answer in JSON"),
    )
    group.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=None if default else argparse.SUPPRESS,
        help=say("ngôn ngữ thông báo; mặc định $CANCU_LANG hoặc vi", "language of messages; default $CANCU_LANG or vi"),
    )
