"""The citations of a text, what those before one were found to be, and what carries over to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kb.reading.numbers.lead import LABEL_DAMAGED
from kb.reading.relations.cited_span import LAWS, CitedSpan
from kb.reading.relations.powers import family, may_act, outranks
from kb.reading.relations.relation import PLAIN, Relation
from kb.reading.relations.sequence.sections import Sections
from kb.reading.relations.wording import exact, spaced
from kb.reading.text.text_forms import TextForms

_DEPTH = 6  # how many titles deep nesting is followed; four is the deepest met
_NUMBERED = re.compile(r"\d{1,5}[a-z]?/(?P<year>(?:19|20)\d\d)/.+")
_LABEL = rf"{LABEL_DAMAGED}[ :.\"'(]*"
_BARE_LAW = spaced(rf" *{exact('law')} {_LABEL}")
_NAMED_LAW = spaced(rf" *(?:{exact('code_of')} )?{exact('law')} (?!{_LABEL}$)[a-z$5689]")


@dataclass(slots=True)
class CarryOver:
    """What carries over from one citation to the next."""

    shared: Relation = PLAIN  # what the members of the running list share
    members: list[int] = field(default_factory=list)  # they themselves
    head: Relation | None = None  # told by the line above a list of paragraphs
    head_marker: str = ""
    head_number: int = 0  # of the last paragraph that it led; 0: numbered with no figure
    resting: Relation | None = None  # a head whose list other paragraphs interrupt
    basis_table: bool = False  # below a heading "Căn cứ pháp lý"
    preamble: bool = False  # the paragraph before was a legal basis


class Tie(NamedTuple):
    """What a rule says of a citation: its relation; ``member``: it is one more of the running list; ``begins``: a new
    list begins with it, whose members share this relation."""

    relation: Relation
    member: bool = False
    begins: Relation | None = None


class Scene:
    """A text with its citations in the order in which they are decided.

    ``out`` holds what they were found to be so far, ``previous`` the index of the last one that is no back reference.
    """

    def __init__(self, forms: TextForms, spans: Sequence[CitedSpan], own_type: str) -> None:
        self.forms, self.text, self.folded = forms, forms.text, forms.unspecked
        self.spans, self.own_type = spans, own_type
        self.out: list[Relation] = [PLAIN] * len(spans)
        self.previous: int | None = None
        self.carried = CarryOver()

    @cached_property
    def sections(self) -> Sections:
        """What the headings of the text say of the documents listed below them."""
        return Sections(self.forms)

    def last(self) -> Relation:
        """What the citation before was found to be."""
        return self.out[self.previous] if self.previous is not None else PLAIN

    def may_act_on(self, index: int) -> bool:
        """Whether the citing document can amend or repeal a cited one."""
        return may_act(self.own_type, self.spans[index].type or "")

    def same_family(self, index: int, other: int) -> bool:
        return family(self.spans[index].type) == family(self.spans[other].type)

    def outranks(self, index: int, other: int) -> bool:
        """Whether one cited document is known to stand above another in rank."""
        return outranks(self.spans[index].type or "", self.spans[other].type or "")

    def younger(self, index: int, other: int) -> bool:
        """Whether one cited document is by the year in its number younger than another."""
        numbers = (self.spans[index].number, self.spans[other].number)
        one, before = (_NUMBERED.fullmatch(number or "") for number in numbers)
        return one is not None and before is not None and one["year"] > before["year"]

    def nearest_alike(self, index: int, previous: int) -> int | None:
        """The nearest citation of the same type: the one before, or one in whose title it is nested."""
        at: int | None = previous
        for _ in range(_DEPTH):
            if at is None or self.same_family(at, index):
                return at
            at = self.out[at].parent
        return None

    def acted_on(self, index: int, previous: int) -> int:
        """Whom "được sửa đổi bởi" speaks of: the nearest citation of the type up the nesting, else the outermost."""
        found = self.nearest_alike(index, previous)
        if found is not None:
            return found
        return self.outermost(previous)

    def outermost(self, index: int) -> int:
        """The citation in whose title, or in whose title's title, a citation is nested; itself where it is in none."""
        at = index
        for _ in range(_DEPTH):
            parent = self.out[at].parent
            if parent is None:
                break
            at = parent
        return at

    def same_number(self, index: int, previous: int) -> Relation | None:
        """What "(sau đây gọi là Nghị quyết 57)" repeats: the citation of that number before it or in its list."""
        number = self.spans[index].number
        above: list[int] = []
        at = self.out[previous].parent
        while at is not None and len(above) < _DEPTH:
            above.append(at)
            at = self.out[at].parent
        for other in (previous, *above, *reversed(self.carried.members[-_DEPTH:])):
            if number is not None and self.spans[other].number == number:
                return self.out[other]
        return None

    def name_of(self, index: int) -> str:
        """The words by which a document is cited, folded."""
        span = self.spans[index]
        return " ".join(self.folded[span.head : span.tail].split())

    def named_law(self, index: int) -> bool:
        """Whether a law is cited with its name in front of its number."""
        span = self.spans[index]
        named = _NAMED_LAW.match(self.folded, span.head, span.start) is not None
        return span.kind == "number" and span.type in LAWS and named

    def bare_law(self, index: int) -> bool:
        """Whether a law is cited by nothing but its number ("Luật số …")."""
        span = self.spans[index]
        return _BARE_LAW.fullmatch(self.folded, span.head, span.start) is not None

    def leaves_law(self, index: int) -> bool:
        """ "Nghị định A quy định chi tiết Luật B; Thông tư C": the list of laws in A's title is over."""
        before = self.spans[self.previous].type if self.previous is not None else None
        return before in LAWS and self.spans[index].type not in LAWS
