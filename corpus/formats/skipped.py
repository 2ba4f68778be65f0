"""Members of a container that could not be read: collected while the rest is read, named at the end."""

from __future__ import annotations

from corpus.errors import Refused
from corpus.notices import refused
from corpus.source_text import Notice
from messages import Pair

_MOST_NAMED, _MOST_REASONS = 8, 20


class Skipped:
    """The members that could not be read, by reason."""

    def __init__(self) -> None:
        self.reasons: dict[Notice, list[str]] = {}
        self.count = 0

    def add(self, name: str, said: Notice) -> None:
        self.count += 1
        if len(self.reasons) < _MOST_REASONS:
            self.reasons.setdefault(said, []).append(name)

    def report(self, total: int) -> None:
        """Raises the ``Refused`` that names them, where there are any; the reason alone where it is one for all."""
        if not self.count:
            return
        if self.count == total and len(self.reasons) == 1:
            raise Refused(next(iter(self.reasons)))
        vi = " ".join(f"{_few(names)}: {said.vi}" for said, names in self.reasons.items())
        en = " ".join(f"{_few(names)}: {said.en}" for said, names in self.reasons.items())
        raise refused("members_unread", count=self.count, total=total, which=Pair(vi, en))


def _few(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (f", … (+{len(names) - _MOST_NAMED})" if len(names) > _MOST_NAMED else "")
