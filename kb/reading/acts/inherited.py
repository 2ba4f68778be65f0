"""Acts whose document is named above them: in the title of the text, in the article or clause that holds them.

"Điều 1. Sửa đổi, bổ sung một số điều của Luật X" … "2. Bãi bỏ Điều 20": the clause acts on Điều 20 of X. Each such act
becomes a citation of its own: the words of the place, a back reference to the citation that names the document. Acts on
an article of which the clauses below name the parts are told by these.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.blocks import Block
from kb.authority.relations import ACTS
from kb.model import Citation, OwnIdentity
from kb.reading.acts.clauses import PLAIN, Clause, clauses
from kb.reading.acts.deeds import Deed, deeds, excepted_below, opens_list, places_of
from kb.reading.relations.pinpoints import UNITS, Path, PinpointHit, format_pinpoint, parse, pinpoint_before
from kb.reading.text.position import Positions
from kb.reading.text.text_forms import TextForms

_ACTS = frozenset({*ACTS, "guides"})
_LISTED = frozenset({"guides"})
"""Relations that are handed down only to the items of a list: "quy định chi tiết các điều sau đây của Luật X:"."""

_LISTING = frozenset({"corrects", "guides"})
"""Acts whose list may follow a paragraph without a number, as letters have them."""

_RANK = {unit: rank for rank, unit in enumerate(UNITS)}
_TOP = _RANK["Điều"]
_CONFIDENCE = 0.85


@dataclass(slots=True)
class _Level:
    """What a clause hands down to those below it: ``target``: the citation of the document acted on (None: several, or
    none); ``place``: the one place of it; ``relation``: the act of which a list follows; ``act``: that of the clause
    itself."""

    depth: int
    target: int | None = None
    place: Path | None = None
    relation: str | None = None
    act: str | None = None
    told: list[int] = field(default_factory=list)  # the acts of the clause itself, by their place in the result


class Inherited(NamedTuple):
    """An act found: its citation, and the index of the citation that names its document."""

    citation: Citation
    target: int


def inherited(
    forms: TextForms,
    citations: Sequence[Citation],
    heads: Sequence[int],
    own: OwnIdentity | None,
    blocks: Sequence[Block],
    positions: Positions,
) -> list[Inherited]:
    """The acts of a text whose document is named above them, in their order.

    Args:
        forms: the text.
        citations: its citations in order, with their relations.
        heads: where each begins with its type word.
        own: what the text says of itself.
        blocks: its structure; where that is not known nothing is inherited.
        positions: of the text.
    """
    reader = _Reader(forms, citations, heads, own, positions)
    if not reader.acts_at_all:
        return []
    for clause in clauses(forms, blocks):
        reader.take(clause)
    return [one for one in reader.found if one is not None]


def _of_list(clause: Clause, upon: list[Deed], level: _Level, above: _Level) -> str | None:
    """What is done to the parts listed below a clause; a paragraph without a number goes on with the list above."""
    if opens_list(clause, upon):
        return level.act
    excepted = excepted_below(clause)
    return above.relation if excepted is None and not upon and clause.depth == PLAIN else excepted


class _Reader:
    def __init__(
        self,
        forms: TextForms,
        citations: Sequence[Citation],
        heads: Sequence[int],
        own: OwnIdentity | None,
        positions: Positions,
    ) -> None:
        self.forms, self.citations, self.heads, self.positions = forms, citations, heads, positions
        self.sorted_heads = sorted(heads)
        self.found: list[Inherited | None] = []
        self.targets = [self._is_target(one, own) for one in citations]
        self.acts_at_all = any(self.targets)
        self.levels = [_Level(0)]
        self.reached = 0  # the first citation that lies behind what was read

    def _is_target(self, one: Citation, own: OwnIdentity | None) -> bool:
        """Whether the text itself acts on a document named in full."""
        if one.relation not in _ACTS or one.inverse or one.kind == "back_reference":
            return False
        if one.parent is None:
            return True
        outer = self.citations[one.parent]
        itself = own is not None and outer.number is not None and outer.number == own.number
        return itself or (one.parent == 0 and not self.forms.source[: self.heads[0]].strip(" \n#*_"))

    def take(self, clause: Clause) -> None:
        """Read the next clause."""
        while len(self.levels) > 1 and self.levels[-1].depth >= clause.depth:
            self.levels.pop()
        above = self.levels[-1]
        named = self._named(clause)
        level = _Level(clause.depth, above.target, above.place)
        if named and self._hands_down(named, clause):
            level = _Level(clause.depth, self._only(named))
        upon = self._upon(clause, level, above)
        told = [deed.relation for deed in upon if not named or deed.verb[0] < self.heads[named[0]]]
        self._opened(clause, level, above, told or [self._relation(at) for at in named])
        level.relation = _of_list(clause, upon, level, above)
        if clause.depth != PLAIN or named or upon or level.relation:
            self._hand_down(level, clause)

    def _hands_down(self, named: list[int], clause: Clause) -> bool:
        """Whether a clause hands the document that it names down to those below: what is guided only to a list."""
        return clause.words.rstrip().endswith(":") or any(self._relation(at) not in _LISTED for at in named)

    def _relation(self, index: int) -> str:
        return self.citations[index].relation

    @staticmethod
    def _opened(clause: Clause, level: _Level, above: _Level, told: list[str]) -> None:
        """Set the act of a clause: the last it tells; a paragraph without a number goes on with that of the clause."""
        level.act = told[-1] if told else above.act if clause.depth == PLAIN else None

    def _upon(self, clause: Clause, level: _Level, above: _Level) -> list[Deed]:
        """What a clause does to the document that was named above it, told."""
        if level.target is None:
            return []
        places = [place for place in places_of(self.forms, clause) if not self._of_citation(place, clause)]
        found = list(deeds(clause, places, above.relation))
        paths = _paths_of(places, level.place)
        held = level.place
        for deed in found:
            self._tell(deed, level, paths, held)
        if level.told and above.told and above.place is not None and above.target == level.target:
            for index in above.told:  # the parts of an article tell more than the article
                self.found[index] = None
            above.told.clear()
        return found

    def _hand_down(self, level: _Level, clause: Clause) -> None:
        """What follows stands below this clause; a paragraph without a number speaks for the clause that holds it."""
        if clause.depth == PLAIN and len(self.levels) > 1:
            holder = self.levels[-1]
            holder.target, holder.relation, holder.act = level.target, level.relation, level.act or holder.act
            holder.place = level.place or holder.place
            holder.told += level.told
        elif clause.depth == PLAIN:
            self.levels[0].target = level.target
            self.levels[0].relation = level.relation if level.relation in _LISTING else None
        else:
            self.levels.append(level)

    def _named(self, clause: Clause) -> list[int]:
        """The documents that a clause itself acts on, by citation."""
        named = []
        while self.reached < len(self.citations) and self.citations[self.reached].start < clause.end:
            if self.targets[self.reached] and self.citations[self.reached].start >= clause.start:
                named.append(self.reached)
            self.reached += 1
        return named

    def _only(self, named: list[int]) -> int | None:
        """The citation of the one document that a clause names; None where it names several."""
        cited = [self.citations[index] for index in named]
        return named[-1] if len({one.number or one.title or one.text for one in cited}) == 1 else None

    def _of_citation(self, place: PinpointHit, clause: Clause) -> bool:
        """Whether a place is that of a citation in the clause."""
        at = bisect_left(self.sorted_heads, place.end)
        if at == len(self.sorted_heads) or self.sorted_heads[at] >= clause.end:
            return False
        before = pinpoint_before(self.forms, self.sorted_heads[at])
        return before is not None and before.start <= place.start < before.end

    def _tell(self, deed: Deed, level: _Level, paths: dict[int, tuple[Path, ...]], held: Path | None) -> None:
        """Add the acts of a deed to what was found; what stands below it is read within its one place. ``held``: the
        place that the clauses above hand down, upon which a deed without a place of its own is."""
        upon = [path for hit in deed.places for path in paths[hit.start]]
        for hit in deed.places:
            if deed.relation not in _LISTED or not _above_article(paths[hit.start]):
                self._add(deed, level, hit.start, hit.end, paths[hit.start])
        if not upon and deed.within is not None:
            upon = list(paths[deed.within.start])
        elif not upon:
            if held is not None:
                self._add(deed, level, *deed.verb, (held,))
            level.place = held
            return
        level.place = _held_by(upon)

    def _add(self, deed: Deed, level: _Level, start: int, end: int, paths: tuple[Path, ...]) -> None:
        assert level.target is not None
        target = self.citations[level.target]
        level.told.append(len(self.found))
        citation = Citation(
            start=start,
            end=end,
            text=self.forms.source[start:end],
            kind="back_reference",
            type=target.type,
            relation=deed.relation,
            cue=deed.verb,
            pinpoint=format_pinpoint(paths),
            parent=level.target,
            sentence=self.positions.sentence(start, end),
            page=self.positions.page(start),
            line=self.positions.line(start),
            confidence=_CONFIDENCE * target.confidence,
        )
        self.found.append(Inherited(citation, level.target))


def _above_article(paths: Sequence[Path]) -> bool:
    """Whether places are chapters and the like: in a list below "quy định chi tiết X" those of the text itself."""
    return all(_RANK[unit] > _TOP for path in paths for unit, _ in path)


def _held_by(upon: Sequence[Path]) -> Path | None:
    """The place within which the parts below a deed are read: its one place, else the article that all share."""
    if len(upon) == 1 and all(len(labels) <= 1 for _, labels in upon[0]):
        return upon[0]
    articles = {part for path in upon for part in path if part[0] == UNITS[_TOP]}
    of_one = len(articles) == 1 and all(any(unit == UNITS[_TOP] for unit, _ in path) for path in upon)
    article = articles.pop() if of_one else None
    return (article,) if article is not None and len(article[1]) == 1 else None


def _paths_of(places: Sequence[PinpointHit], above: Path | None) -> dict[int, tuple[Path, ...]]:
    """The paths of the places of a clause by where they begin: one without its article has that of the next place
    ("Sửa đổi khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 5"), else that of the clause above."""
    found = {}
    for hit in reversed(places):
        paths = tuple(_completed(path, above) for path in parse(hit.value))
        found[hit.start] = paths
        if any(unit == UNITS[_TOP] for unit, _ in paths[0]):
            above = paths[0]
    return found


def _completed(path: Path, above: Path | None) -> Path:
    """A path with the units above it that only the clause above names: "khoản 2" below "Điều 5"."""
    if above is None:
        return path
    top = _RANK[path[-1][0]]
    if top == _TOP:
        return path
    return (*path, *(part for part in above if _RANK[part[0]] > top and (top > _TOP or _RANK[part[0]] <= _TOP)))
