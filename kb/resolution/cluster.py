"""What is parted into documents, and what a document is made of: a mention of a key, and the mentions that are one."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.identity.numbering import is_full, is_slip
from kb.identity.title_likeness import in_words, same_title


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a key: a citation, with ``own`` a held document's header, with ``listed`` a register's row.

    ``file`` tells which text it stands in, ``scope`` that text's eight hex digits, ``cited_on`` the citing
    document's date, ``series`` is ``Identity.series``, ``sentence`` where it stands, for one without date and title;
    ``weight``: how many citations alike it stands for, of which text and ``cited_on`` play no part (see ``mentions``).
    """

    id: int
    own: bool
    file: int
    date: str | None
    title: str | None
    scope: str
    cited_on: str | None = None
    series: str | None = None
    sentence: str | None = None
    weight: int = 1
    listed: bool = False

    @property
    def cited(self) -> bool:
        """Whether it is a citation."""
        return not self.own and not self.listed


@dataclass(slots=True)
class Cluster:
    """One document of a key. ``anchor``: the date that tells it from others (full, partial or None); ``scope``: set
    where only one text can tell what is meant; ``series`` as of its mentions."""

    anchor: str | None
    scope: str = ""
    series: str | None = None
    members: list[tuple[Mention, str]] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    """The texts in which it is mentioned (``Mention.file``)."""

    def add(self, mention: Mention, method: str) -> None:
        """Take a mention in; ``method`` says by which rule."""
        self.members.append((mention, method))
        self.texts.add(mention.file)
        if mention.date:
            self.dates.add(mention.date)
        if mention.title:
            self.titles.add(mention.title)

    def has_date(self, date: str | None) -> bool:
        """Whether a date is one that mentions of this document give, but for a slip."""
        return date is not None and any(dates_agree(date, own) for own in self.dates)

    def has_title(self, title: str | None) -> bool:
        """Whether a title agrees with one under which this document is mentioned."""
        return title is not None and any(same_title(title, own) for own in self.titles)

    def is_told_by(self, sentence: str | None) -> bool:
        """Whether a sentence says a title under which this document is mentioned."""
        return sentence is not None and any(in_words(sentence, own) for own in self.titles)


@dataclass(frozen=True, slots=True)
class Clusters:
    """The documents of one key and the mentions that could not be given to one: (mention, method, candidates)."""

    found: tuple[Cluster, ...]
    ambiguous: tuple[tuple[Mention, str, tuple[Cluster, ...]], ...]


Open = tuple[Mention, str, tuple[Cluster, ...]]
"""A mention that could not be given to one document, the rule that says so, and the documents it may mean."""


def dates_agree(one: str, other: str) -> bool:
    """Whether two dates, full or partial, may be one, but for a slip."""
    if is_full(one) and is_full(other):
        return one == other or is_slip(one, other)
    return one.startswith(other) or other.startswith(one)


def not_after(anchor: str | None, cited_on: str | None) -> bool:
    """A document cannot be cited before it exists."""
    return not (anchor and cited_on) or anchor[: len(cited_on)] <= cited_on[: len(anchor)]
