"""How each citation is tied to the citing document: relation, direction, cue, nesting.

One pass over the citations in text order. For each, the text since the previous citation tells whether it opens a
sentence, continues a list, or stands in the previous citation's title; ``relation_clause`` then reads the cues of
its clause. Windows are bounded, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from kb.reading.numbers.lead import LABEL_DAMAGED
from kb.reading.relations.between import (
    ALIAS,
    CONNECTOR,
    FURTHER_OPINION,
    NAMED_OBJECT,
    NEGLIGIBLE,
    NEW_CLAUSE,
    OPINION,
    PARALLEL,
    ends_joined,
    opens_title,
)
from kb.reading.relations.carried import (
    OF_STANDARD,
    PLAIN,
    Flow,
    Relation,
    is_annex,
    may_act,
    misread_basis,
    relation_of,
    setting_of,
    told_after,
    told_behind,
)
from kb.reading.relations.cited_span import LAWS, CitedSpan, family, trimmed
from kb.reading.relations.clause.context import Setting, Verdict
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.clause.patterns import NEW_SUBJECT
from kb.reading.relations.cues import spaced, words
from kb.reading.relations.list_head import Anchors, follow_lead
from kb.reading.relations.paragraphs import SENTENCE, Gap, from_row, read_gap
from kb.reading.text.folded_text import FoldedText

__all__ = ["CitedSpan", "Relation", "relate"]

_LOOK_AHEAD = 600
_BASIS_HEADS = ("can cu phap ly", "co so phap ly")
_ZONE = 4000  # how far above a citation the head of its table is looked for
_DEPTH = 6  # how many titles deep nesting is followed
_ISSUER_REST = 40  # what may be left of an issuer's name ("khóa XIII", "tỉnh Quảng Bình (cũ)") before "và"
_ACTS = frozenset({"amends", "replaces", "repeals"})
_ACTING_ITEM = re.compile(
    r"\n[#*_ ]{0,6}(?:\d{1,3}[.)]|[a-zđ]\)|Điều \d{1,3}\.)[*_ ]{0,6}(?=(?:Sửa\s+đổi|Bổ\s+sung|Bãi\s+bỏ|Thay\s+thế)\b)"
)
_LABEL = rf"{LABEL_DAMAGED}[ :.\"'(]*"
_BARE_LAW = spaced(rf" *luat {_LABEL}")
_NAMED_LAW = spaced(rf" *(?:bo )?luat (?!{_LABEL}$)[a-z$5689]")
_HEADING = spaced(rf" *{words('regulation')}\b")
_ARTICLE = re.compile(r"\n[#*_ ]{0,6}(?:Điều|ĐIỀU|Chương|CHƯƠNG) ")

_INLINE_ITEM = re.compile(r"\s*\.\s{1,3}[-+•]\s")  # ". - Thông tư số …": cells of a table put on one line


def relate(
    view: FoldedText, mentions: Sequence[CitedSpan], *, own_type: str | None = None, header_end: int = 0
) -> list[Relation]:
    """One relation a mention, in the same order.

    ``own_type`` is the citing document's type: a plan or a letter that speaks of amending a decree only mentions it.
    ``header_end`` is where the document's own header ends; nothing before it is read as a cue.
    """
    if not mentions:
        return []
    cut = trimmed(view, mentions)
    order = sorted(range(len(mentions)), key=lambda i: (cut[i].head, cut[i].start))
    reader = _Reader(view, cut, own_type, header_end)
    for index, following in zip_longest(order, order[1:]):
        reader.step(index, following)
    return reader.out


class _Reader:
    def __init__(self, view: FoldedText, mentions: Sequence[CitedSpan], own_type: str | None, header_end: int) -> None:
        self.text, self.folded = view.text, view.unspecked
        self.mentions, self.own_type, self.header_end = mentions, own_type or "", header_end
        self.out: list[Relation] = [PLAIN] * len(mentions)
        self.flow = Flow()
        self.previous: int | None = None  # the last mention that is not a back reference
        self.airy, self.view = view.airy, view
        self.anchors = Anchors(view.text, view.folded, view.airy, mentions)
        self.tables = any(map(view.holds, _BASIS_HEADS))  # most texts have no such table

    def step(self, index: int, following: int | None) -> None:
        """Decide mention ``index``; ``following`` is the one that stands behind it."""
        mention, previous = self.mentions[index], self.previous
        if previous is not None and mention.head < self.mentions[previous].end:
            relation = self._inside(mention, previous)
        else:
            floor = self.mentions[previous].tail if previous is not None else 0
            if mention.head >= self.header_end:
                floor = max(floor, self.header_end)
            counted = self.flow.preamble or self.flow.lead is not None or self.flow.resting is not None
            gap = read_gap(self.text, self.folded, min(floor, mention.head), mention.head, self.airy, counted)
            gap = from_row(gap)
            if self.tables:
                self._zone(floor, mention.head)
            kept = replace(self.flow, members=[*self.flow.members]) if mention.kind == "back_reference" else None
            inline = gap.inline and NEGLIGIBLE.fullmatch(gap.folded, gap.start) is not None
            if inline and previous is not None:
                relation = self._next_item(mention, index, gap, gap.start)
            elif gap.fresh or previous is None:
                relation = self._opened(mention, index, gap)
            else:
                relation = self._continued(mention, index, previous, gap)
            self.flow = kept or self.flow  # "Quyết định này" is no member of a list
        if mention.kind == "standard" and relation.relation in OF_STANDARD:
            relation = relation._replace(relation="conforms_to", inverse=False)
        self.out[index] = relation
        if mention.kind != "back_reference":
            self.previous = index
            self._effect(index, following)

    def _zone(self, floor: int, head: int) -> None:
        """Below a table head "Căn cứ pháp lý" a citation that opens a line is a legal basis, until the next table."""
        floor = max(floor, head - _ZONE)
        table = self.folded.rfind(" stt ", floor, head)
        basis = max(self.folded.rfind(name, floor, head) for name in _BASIS_HEADS)
        if basis >= 0 and "|" in self.text[basis : basis + 40]:
            self.flow.basis_zone = True
        elif table > basis or (self.flow.basis_zone and _ARTICLE.search(self.text, floor, head)):
            self.flow.basis_zone = False

    def _setting(self, mention: CitedSpan, *, opening: bool) -> Setting:
        return setting_of(may_act(self.own_type, mention.type or ""), opening, self.flow.preamble)

    def _inside(self, mention: CitedSpan, previous: int) -> Relation:
        """A citation within the name of another one ("Luật sửa đổi, bổ sung một số điều của Luật …")."""
        start = self.mentions[previous].head
        if mention.head <= start:
            return self.out[previous]  # the law's name was taken for a citation without its number
        verdict = judge(self.folded[start : mention.head], Setting(follows=True, title=True))
        return relation_of(verdict, start, previous) if verdict else PLAIN._replace(parent=previous)

    def _opened(self, mention: CitedSpan, index: int, gap: Gap) -> Relation:
        """A citation whose sentence begins after the citation before it."""
        flow = self.flow
        opening = gap.paragraph == gap.start or (gap.paragraph < 0 and self.previous is None)
        if gap.paragraph >= 0:
            unended = gap.raw[: gap.before].rstrip(" *_\n\t").endswith((";", ","))
            flow.preamble = flow.preamble and (gap.opened == 1 or (gap.opened < 4 and unended))
        clause = gap.folded[gap.start :]
        setting = self._setting(mention, opening=opening)
        if gap.marker == "|" and setting.may_act and not _HEADING.match(clause):
            setting = setting._replace(may_act=False)  # "Sửa đổi Nghị định …" in a task table is still to be done
        cut = clause.rfind(";") + 1
        base = gap.low + gap.start + cut
        verdict = judge(clause[cut:], setting)
        attached = verdict is not None and verdict.relation == "promulgated_by"
        if cut and (verdict is None or verdict.weak or attached):
            whole = judge(clause, setting)
            if whole is not None and (whole.relation in _ACTS if attached else verdict is None or not whole.weak):
                verdict, base = whole, gap.low + gap.start
        if (verdict is None or verdict.weak) and clause.rstrip().endswith(":"):
            verdict, base = told_after(clause) or verdict, gap.low + gap.start
        if verdict is not None and verdict.relation == "promulgated_by" and not gap.marker:
            far, at = self._far_act(mention, gap)
            verdict, base = (far, at) if far is not None else (verdict, base)
        relation = relation_of(verdict, base, None) if verdict is not None else None
        if opening and gap.paragraph >= 0:
            lead = self._lead(mention, gap)
            annex = lead is not None and lead.relation in _ACTS and is_annex(verdict, clause)
            if lead is not None and (verdict is None or verdict.weak or annex):
                relation = lead
        if relation is None and flow.basis_zone and gap.paragraph >= 0 and NEGLIGIBLE.fullmatch(clause):
            relation = Relation("based_on", False, None, None, None, 0.7)
        if relation is None and opening and flow.preamble and self.view.damaged(mention.head):
            relation = misread_basis(clause, gap.low + gap.start)
        relation = relation or PLAIN
        flow.preamble = opening and relation.relation == "based_on"
        flow.outer, flow.members = relation, [index]
        return relation

    def _far_act(self, mention: CitedSpan, gap: Gap) -> tuple[Verdict | None, int]:
        """What an item that begins before the window does ("4. Thay thế cụm từ … tại Phụ lục I kèm theo …")."""
        floor = self.mentions[self.previous].tail if self.previous is not None else 0
        low, high = max(floor, gap.low - _LOOK_AHEAD), gap.low + gap.start
        begins = [match.end() for match in _ACTING_ITEM.finditer(self.text, low, high)]
        if not begins:
            return None, 0
        verdict = judge(self.folded[begins[-1] : mention.head], self._setting(mention, opening=True))
        return (verdict if verdict is not None and verdict.relation in _ACTS else None), begins[-1]

    def _continued(self, mention: CitedSpan, index: int, previous: int, gap: Gap) -> Relation:
        """A citation in the sentence of the one before it: list member, nested in its title, or a new clause."""
        flow, last, window = self.flow, self.out[previous], gap.folded
        if _INLINE_ITEM.match(window) and NEGLIGIBLE.fullmatch(window):
            return self._next_item(mention, index, gap, 0)
        cut = max(window.rfind(";") + 1, gap.paragraph)
        if cut > 0:
            return self._next_item(mention, index, gap, cut)
        titled = opens_title(window, acted_on=flow.outer.relation in _ACTS)
        joined = ends_joined(window)
        if CONNECTOR.fullmatch(window) or (joined and not titled and len(window) <= _ISSUER_REST):
            if last.parent is not None and window.count(")") > window.count("("):
                return self._join(index, 0.8)
            if last.inverse and self._named_law(index) and not self._named_law(previous):
                return self._join(index, 0.7)  # "Luật A được sửa đổi theo Luật số B, Luật C số …": C stands beside A
            return self._sibling(mention, index, previous)
        alias = ALIAS.search(window) is not None
        if alias or window.rstrip().endswith("("):
            same = self._same_number(mention, previous) or (last if alias and mention.number is None else None)
            if same is not None:
                return same._replace(parent=None, confidence=0.6)
        setting = setting_of(may_act(self.own_type, mention.type or ""), False, flow.preamble, True, titled)
        verdict = judge(window, setting)
        direct = verdict is not None and NAMED_OBJECT.match(window, verdict.cue[1]) is not None
        if titled and joined and not direct and self._coordinated(mention, previous):
            return last._replace(confidence=0.7)
        if verdict is None:
            ending = window.rstrip().endswith(":") and flow.outer.relation == "based_on"
            if joined or (titled and ending) or PARALLEL.fullmatch(window):
                return self._join(index, 0.75)
            nested = titled and "," not in window
            return Relation("cites", False, None, None, previous if nested else None, 0.45)
        if verdict.inverse:
            return relation_of(verdict, gap.low, self._acted_on(mention, previous))
        if titled and flow.preamble and flow.outer.relation == "based_on" and FURTHER_OPINION.search(window):
            return self._join(index, 0.7)
        if verdict.weak and (joined or (flow.outer.relation == "based_on" and not titled and OPINION.search(window))):
            return self._join(index, 0.7)
        if verdict.relation == "promulgated_by":
            if window[: verdict.cue[0]].rstrip().endswith("("):
                return relation_of(verdict, gap.low, None)  # "(Kèm theo Quyết định …)" under a heading
            if flow.outer.relation in _ACTS and not titled:
                return self._join(index, 0.75)  # "bãi bỏ Danh mục kèm theo A và Quy trình kèm theo B"
        if titled and joined and not direct:
            return self._join(index, 0.7)
        opened = flow.outer.relation not in _ACTS and NEW_CLAUSE.search(window, 0, verdict.cue[0]) is not None
        if titled and verdict.relation != "based_on" and not opened:
            nested = not verdict.weak or NEW_SUBJECT.search(window) is None
            return relation_of(verdict, gap.low, previous if nested else None)
        if flow.preamble and flow.outer.relation == "based_on" and verdict.relation in _ACTS:
            return relation_of(verdict, gap.low, previous)  # "Xét Tờ trình A đề nghị ban hành Nghị quyết thay thế B"
        relation = relation_of(verdict, gap.low, None)
        aside = "(" in window[: verdict.cue[0]] and ")" not in window[verdict.cue[1] :]  # a remark in brackets
        if not ((verdict.weak or aside) and flow.outer.relation == "based_on"):
            flow.outer, flow.members = relation, [index]
        return relation

    def _next_item(self, mention: CitedSpan, index: int, gap: Gap, cut: int) -> Relation:
        """A citation behind the semicolon of a running list."""
        flow = self.flow
        opening = gap.paragraph == cut
        item = gap.folded[cut:]
        verdict = judge(item, self._setting(mention, opening=opening))
        bare = NEGLIGIBLE.fullmatch(item) is not None
        last = self.out[self.previous] if self.previous is not None else PLAIN
        if bare and last.inverse and _BARE_LAW.fullmatch(self.folded, mention.head, mention.start):
            return last._replace(confidence=0.8)  # "được sửa đổi bởi Luật số A; Luật số B": laws without a name amend
        annex = flow.outer.relation in _ACTS and is_annex(verdict, item)
        if annex:
            pass  # "bãi bỏ: a) …; b) Phụ lục I ban hành kèm theo B": B is one more object of the act
        elif verdict is not None and not verdict.weak:
            flow.outer, flow.members = relation_of(verdict, gap.low + cut, None), []
        elif opening and not bare and flow.outer.relation != "based_on":
            flow.outer, flow.members = (relation_of(verdict, gap.low + cut, None) if verdict else PLAIN), []
        elif verdict is not None and not bare and len(item) > 120:
            flow.outer, flow.members = relation_of(verdict, gap.low + cut, None), []
        return self._join(index, flow.outer.confidence, apart=verdict is not None and not bare)

    def _join(self, index: int, confidence: float, apart: bool = False) -> Relation:
        """One more member of the running list; where that has no cue, of the list in the last citation's title, unless
        it stands ``apart`` with words of its own ("…; các quy định về … tại C")."""
        last = self.out[self.previous] if self.previous is not None else PLAIN
        nested = last.parent is not None and last.cue is not None and not apart
        if nested and self.previous is not None and (peer := self._leaves_title(index, self.previous)) is not None:
            self.flow.members.append(index)
            return peer._replace(confidence=min(confidence, peer.confidence))
        if self.flow.outer == PLAIN and nested and not self._leaves_law(index):
            return last._replace(confidence=min(confidence, 0.7))
        self.flow.members.append(index)
        return self.flow.outer._replace(parent=None, confidence=min(confidence, self.flow.outer.confidence))

    def _named_law(self, index: int) -> bool:
        """Whether a law is cited with its name in front of its number."""
        mention = self.mentions[index]
        named = _NAMED_LAW.match(self.folded, mention.head, mention.start) is not None
        return mention.kind == "number" and mention.type in LAWS and named

    def _leaves_title(self, index: int, previous: int) -> Relation | None:
        """ "Thông tư A hướng dẫn Quyết định B … và Thông tư C": C stands beside A, not in its title."""
        mention = self.mentions[index]
        if self.out[previous].inverse or family(self.mentions[previous].type) == family(mention.type):
            return None
        at = self._like(mention, previous)
        return self.out[at] if at is not None and self.out[at].parent is None else None

    def _leaves_law(self, index: int) -> bool:
        """ "Nghị định A quy định chi tiết Luật B; Thông tư C": the list of laws in A's title is over."""
        before = self.mentions[self.previous].type if self.previous is not None else None
        return before in LAWS and self.mentions[index].type not in LAWS

    def _coordinated(self, mention: CitedSpan, previous: int) -> bool:
        """Whether "A sửa đổi B về … và C" amends C too: B and C are of one type and B is nested."""
        return self.out[previous].parent is not None and family(self.mentions[previous].type) == family(mention.type)

    def _same_number(self, mention: CitedSpan, previous: int) -> Relation | None:
        """What "(sau đây gọi là Nghị quyết 57)" repeats: the citation of that number before it or in its list."""
        above: list[int] = []
        at = self.out[previous].parent
        while at is not None and len(above) < _DEPTH:
            above.append(at)
            at = self.out[at].parent
        for index in (previous, *above, *reversed(self.flow.members[-_DEPTH:])):
            if mention.number is not None and self.mentions[index].number == mention.number:
                return self.out[index]
        return None

    def _sibling(self, mention: CitedSpan, index: int, previous: int) -> Relation:
        """A citation coordinated with the one before it, or with the nearest one above it that is of the same type."""
        at = self._like(mention, previous)
        peer = self.out[previous if at is None else at]
        if peer.parent is None:
            self.flow.members.append(index)
        return peer._replace(confidence=min(peer.confidence, 0.85))

    def _acted_on(self, mention: CitedSpan, previous: int) -> int:
        """Whom "được sửa đổi bởi" speaks of: the nearest citation of the type up the nesting, else the outermost."""
        found = self._like(mention, previous)
        if found is not None:
            return found
        at = previous
        for _ in range(_DEPTH):
            parent = self.out[at].parent
            if parent is None:
                break
            at = parent
        return at

    def _like(self, mention: CitedSpan, previous: int) -> int | None:
        """The nearest citation of the same type: the one before, or one in whose title it is nested."""
        at: int | None = previous
        for _ in range(_DEPTH):
            if at is None or family(self.mentions[at].type) == family(mention.type):
                return at
            at = self.out[at].parent
        return None

    def _amenders(self, mention: CitedSpan, end: int) -> Relation | None:
        """ "Thông tư A …, được sửa đổi, bổ sung bởi:" over the line of the one that acts; ``end``: where the line above
        ends."""
        if self.previous is None:
            return None
        tail = self.mentions[self.previous].tail
        if not 0 <= end - tail <= _LOOK_AHEAD or SENTENCE.search(self.text, tail, end):
            return None
        verdict = judge(self.folded[tail:end].rstrip(": *_"), Setting(follows=True))
        if verdict is None or not verdict.inverse:
            return None
        return relation_of(verdict, tail, self._acted_on(mention, self.previous))

    def _lead(self, mention: CitedSpan, gap: Gap) -> Relation | None:
        """What the line above says of a list of paragraphs; a footnote takes the cue of its anchor."""
        bare = NEGLIGIBLE.fullmatch(gap.folded, gap.start) is not None
        if gap.marker == "[":
            return self.anchors.relation(gap, self.out) if bare else None
        follow_lead(self.view, self.flow, gap, lambda end: self._amenders(mention, end))
        return self.flow.lead if bare else None

    def _effect(self, index: int, following: int | None) -> None:
        """An effect told behind a citation ("Quyết định số … hết hiệu lực"), or behind one nested in its title, holds
        for the whole list before it."""
        flow = self.flow
        if flow.outer.relation not in ("cites", "promulgated_by"):
            return
        tail = self.mentions[index].tail
        stop = tail + _LOOK_AHEAD
        if following is not None:
            stop = min(stop, self.mentions[following].head)
        if self.folded.find("hieu", tail, stop) < 0:
            return
        told = told_behind(self.folded[tail:stop], tail)
        if told is None:
            return
        for member in {index, *flow.members}:
            if self.out[member].parent is None and self.out[member].relation in ("cites", "promulgated_by"):
                self.out[member] = told
        flow.outer, flow.members = told, []
