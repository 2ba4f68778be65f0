"""Which part of a text a pinpoint means: articles, clauses and points, each with a lasting anchor.

A part's anchor is what an address of the text's page ends in: ``dieu-5-khoan-2-diem-a``, ``chuong-ii-muc-1``,
``muc-ii-khoan-1`` (a section of a plan), ``phu-luc-i``. It is made of the words of the pinpoint, the largest unit
first; articles are numbered through, so nothing above them is named. Where a text has a part twice (a decision and the
regulation that it promulgates both have an Điều 1), the later one ends in ``--2``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, NamedTuple

from corpus.blocks import Block
from kb.authority.fold import fold
from kb.reading.relations.pinpoints import UNITS, Path, parse
from messages.facts import Fact

_SLUGS = tuple(fold(unit).replace(" ", "-") for unit in UNITS)  # from the smallest unit
_POINT, _CLAUSE, _ARTICLE, _SECTION, _ANNEX = 1, 2, 3, 5, len(UNITS) - 1  # ranks: indexes of UNITS
_LARGEST_LEVEL = 8  # less the level of an article's block (1 phần … 7 điểm) is its rank
_ITEMS = {2: _CLAUSE, 6: _CLAUSE, 7: _POINT}  # level of a list item in a section → its rank there
_ALSO = frozenset({_CLAUSE, _POINT})  # in a section of a plan also called by the next smaller unit: "điểm 1 Mục II"
_ARTICLE_NAME = f"{_SLUGS[_ARTICLE]}-"
_ROMAN = re.compile(r"[IVXLC]{1,7}[.)]")
_THROUGH = frozenset({_ARTICLE, 6, 7, _ANNEX})  # not numbered anew within a larger unit
_NAME = re.compile(rf"(?:^|-)({'|'.join(sorted(_SLUGS, key=len, reverse=True))})(?=-|$)")
_REPEATED = re.compile(r"--\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that can be cited."""

    anchor: Annotated[str, Fact("What the address of this part of the text ends in.", "dieu-5-khoan-2")]
    block: Annotated[int, Fact("Index of the block that it is; of a section or an annex the block of its heading.", 12)]
    around: Annotated[str | None, Fact("Anchor of the part that holds it; null at the top.", "dieu-5")]
    unit: Annotated[str, Fact("What such a part is called.", "khoản", values=UNITS)]

    @property
    def rank(self) -> int:
        """Index of the unit in ``UNITS``, from the smallest."""
        return UNITS.index(self.unit)


class Found(NamedTuple):
    """The part that a pinpoint means; ``exact`` is False where the text has only a larger part around it."""

    part: Part
    exact: bool


def anchor_of(pinpoint: str) -> str:
    """The anchor that the first part of a pinpoint has where the text is written as usual: "khoản 2, 3 Điều 5" →
    ``dieu-5-khoan-2``. Needs no text; ``Articles.at`` finds the part in the text. Raises ``ValueError`` for what is
    not in normal form.
    """
    names = [
        _name(UNITS.index(unit), labels[0].partition("-")[0] if labels else "") for unit, labels in parse(pinpoint)[0]
    ]
    article = next((at for at, name in enumerate(names) if name.startswith(_ARTICLE_NAME)), len(names) - 1)
    return "-".join(reversed(names[: article + 1]))


class Articles:
    """The parts of one text that pinpoints can mean.

    Args:
        blocks: its blocks in reading order (``corpus.blocks``).
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.parts: list[Part] = []
        """In reading order."""
        self._chains: list[frozenset[str]] = []  # of each part the names of itself and of all parts around it
        self._named: dict[str, list[int]] = defaultdict(list)  # name → indexes of parts
        self._anchored: dict[str, int] = {}
        self._of_block: dict[int, int] = {}
        self._times: Counter[str] = Counter()
        self._starts: list[int] = []  # of each part where it begins in the text
        self._runs: list[int] = []  # of each part how often articles had been numbered anew by then, from 1
        self._collect(blocks)

    def of_block(self, block: int) -> Part | None:
        """The part that the block with this index is; None where it is none."""
        at = self._of_block.get(block)
        return None if at is None else self.parts[at]

    def at(self, anchor: str) -> Found | None:
        """The part with this anchor, or written another way (``muc-ii-diem-1``), or the nearest one around it."""
        if anchor in self._anchored:
            return Found(self.parts[self._anchored[anchor]], exact=True)
        return self._nearest(_names(anchor))

    def near(self, anchor: str, offset: int) -> Part | None:
        """The part that an anchor without a count means at an offset of the text: of several the one whose articles are
        numbered with those around the offset; None where the text has no such part."""
        at = bisect_right(self._starts, offset) - 1
        found = self._nearest(_names(anchor), self._runs[at] if at >= 0 else 1)
        return found.part if found is not None and found.exact else None

    def find(self, pinpoint: str) -> tuple[Found, ...]:
        """The parts that a pinpoint in normal form means ("khoản 2, 3 Điều 5; Điều 7"), in its order, each once.

        Of parts that bear the same number the first of the text is taken; nothing is found of what the text does not
        have. Raises ``ValueError`` for what is not in normal form.
        """
        found = (self._nearest(names) for path in parse(pinpoint) for names in self._names_of(path))
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _names_of(self, path: Path) -> list[tuple[str, ...]]:
        """The names of a path, the largest unit first, once for each label of it."""
        chains: list[tuple[str, ...]] = [()]
        for unit, labels in reversed(path):
            rank = UNITS.index(unit)
            chains = [
                (*chain, name)
                for chain in chains
                for label in labels or ("",)
                for name in self._labelled(chain, rank, label)
            ]
        return chains

    def _labelled(self, around: tuple[str, ...], rank: int, label: str) -> list[str]:
        """The name of a label, or those of all parts in a range ("2-4")."""
        first, dash, last = (_name(rank, one) if one else one for one in label.partition("-"))
        if not dash or _name(rank, label) in self._named:
            return [_name(rank, label)]
        begin = self._nearest((*around, first))
        if begin is None or not begin.exact:
            return [first, last]
        names: list[str] = []
        for part in self.parts[self._of_block[begin.part.block] :]:
            if part.around == begin.part.around and part.rank == begin.part.rank:
                names.append(part.anchor[len(begin.part.anchor) - len(first) :])
                if names[-1] == last:
                    return names
        return [first, last]

    def _nearest(self, names: Sequence[str], run: int | None = None) -> Found | None:
        """The part of these names (the largest unit first), or of as many of them as the text has; rather one of the
        ``run``-th numbering of articles."""
        for length in range(len(names), 0, -1):
            known = [at for at in self._named.get(names[length - 1], ()) if self._chains[at].issuperset(names[:length])]
            known = [at for at in known if self._runs[at] == run] or known
            if known and (len(known) == 1 or length > 1 or self.parts[known[0]].rank in _THROUGH):
                return Found(self.parts[known[0]], exact=length == len(names))
        return None

    def _collect(self, blocks: Sequence[Block]) -> None:
        sections: list[int] = []  # blocks of the annex, section and clause outside of articles in which the next stands
        for index, block in enumerate(blocks):
            if block.kind == "article":
                sections = sections[:1] if sections and self.parts[self._of_block[sections[0]]].rank == _ANNEX else []
                self._add(index, block.start, _LARGEST_LEVEL - block.level, _bare(block), self._holder(blocks, index))
            elif block.parent is None and block.kind in ("heading", "list_item"):
                stated = _section(block, inside=bool(sections))
                if stated is None:
                    continue
                while sections and self.parts[self._of_block[sections[-1]]].rank <= stated[0]:
                    sections.pop()
                self._add(index, block.start, *stated, sections[-1] if sections else None)
                sections.append(index)

    def _holder(self, blocks: Sequence[Block], index: int) -> int | None:
        """The block of the part around an article."""
        parent = blocks[index].parent
        while parent is not None and parent not in self._of_block:
            parent = blocks[parent].parent
        return parent

    def _add(self, block: int, start: int, rank: int, label: str, holder: int | None) -> None:
        around = None if holder is None else self.parts[self._of_block[holder]]
        chain = self._chains[self._of_block[holder]] if holder is not None else frozenset()
        name = _name(rank, label)
        names = {name}
        if rank in _ALSO and not any(one.startswith(_ARTICLE_NAME) for one in chain):
            names.add(_name(rank - 1, label))
        anchor = self._free(name if around is None or rank == _ARTICLE else f"{around.anchor}-{name}")
        run = max(self._runs[-1] if self._runs else 1, self._times[name] if rank == _ARTICLE else 1)
        self._runs.append(run)
        self._starts.append(start)
        self._anchored[anchor] = self._of_block[block] = len(self.parts)
        for one in names:
            self._named[one].append(len(self.parts))
        self.parts.append(Part(anchor, block, around.anchor if around else None, UNITS[rank]))
        self._chains.append(chain | names)

    def _free(self, anchor: str) -> str:
        """The anchor, with a count where an earlier part has it."""
        self._times[anchor] += 1
        return anchor if self._times[anchor] == 1 else f"{anchor}--{self._times[anchor]}"


def _section(block: Block, *, inside: bool) -> tuple[int, str] | None:
    """Rank and label of a heading or an item outside of articles: an annex, a section of a plan, an item in one."""
    label = _name(_ANNEX, "").replace("-", " ")
    if block.kind == "heading" and fold(block.label).startswith(label):
        return _ANNEX, block.label[len(label) :]
    if _ROMAN.fullmatch(block.label):
        return _SECTION, block.label
    return (_ITEMS[block.level], block.label) if inside and block.label and block.level in _ITEMS else None


def _bare(article: Block) -> str:
    """An article's label without the word of its unit: "Điều 5" → "5"."""
    words = article.label.split()
    return (
        " ".join(words[_SLUGS[_LARGEST_LEVEL - article.level].count("-") + 1 :])
        if article.level <= 5
        else article.label
    )


def _names(anchor: str) -> list[str]:
    """The pieces of an anchor, the largest unit first, without counts."""
    plain = _REPEATED.sub("", anchor)
    begins = [match.start(1) for match in _NAME.finditer(plain)]
    return [plain[begin:end].strip("-") for begin, end in pairwise([*begins, len(plain)])]


def _name(rank: int, label: str) -> str:
    """The piece of an anchor that one unit gives; đ is ``dd`` in it."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(label.lower().replace("đ", "dd"))).strip("-")
    return f"{_SLUGS[rank]}-{plain}" if plain else _SLUGS[rank]
