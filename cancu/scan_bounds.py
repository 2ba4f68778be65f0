"""The options that bound how long scans are read, and how far a scan has come."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cancu.terminal import Say
from cancu.verb import positive
from corpus.limits import DEFAULT, Limits

PageProgress = Callable[[Path, int, int], None]
"""Called with a file, how many of its pages are recognised, and of how many."""


def scan_bounds(parser: argparse.ArgumentParser, say: Say) -> None:
    """Adds the options."""
    parser.add_argument(
        "--page-seconds",
        type=positive,
        default=round(DEFAULT.page_seconds),
        metavar="N",
        help=say("cancu.options.page_seconds", default=round(DEFAULT.page_seconds)),
    )
    parser.add_argument(
        "--scan-seconds",
        type=positive,
        default=round(DEFAULT.scan_seconds),
        metavar="N",
        help=say("cancu.options.scan_seconds", default=round(DEFAULT.scan_seconds)),
    )


def limits_of(args: argparse.Namespace) -> Limits:
    """The bounds of reading that the options set."""
    return replace(DEFAULT, page_seconds=float(args.page_seconds), scan_seconds=float(args.scan_seconds))


def pages_of(progress: Callable[[str, int, int | None], None]) -> PageProgress:
    """Shows the pages of the scan in work as a stage of its own."""
    return lambda path, done, total: progress("pages", done, total)
