"""What a reader refuses; ``messages.errors`` draws where it stands among all errors.

There is one class, for a caller does one thing with it: tell the reason and go on with the next file. What is wrong
with the file is the code of its notice (``corpus.notices``).
"""

from __future__ import annotations

from corpus.source_text import Notice
from messages.errors import CancuError


class Refused(CancuError):
    """A file that cannot be read, with the reason a clerk understands. ``name`` is the file's (or member's) name as
    shown to the user, "" where the raiser did not know it."""

    def __init__(self, notice: Notice, name: str = "") -> None:
        super().__init__(notice)
        self.notice = notice
        self.name = name

    def __reduce__(self) -> tuple[type[Refused], tuple[Notice, str]]:
        return (Refused, (self.notice, self.name))
