"""How each citation is tied to the citing document: relation, direction, cue, nesting.

One pass over the citations in text order. For each, the text since the previous citation tells whether it opens a
sentence, continues a list, or stands in the previous citation's title; then the cues of its clause are read
(``clause.judge``). Windows are bounded, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from kb.authority import types
from kb.authority.relations import ACTS
from kb.reading.relations.cited_span import CitedSpan
from kb.reading.relations.clause.context import Setting
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.relation import OF_STANDARD, PLAIN, Relation, relation_of
from kb.reading.relations.sequence import in_sentence
from kb.reading.relations.sequence.between import NEGLIGIBLE
from kb.reading.relations.sequence.effects import effect_behind, lasts
from kb.reading.relations.sequence.items import next_item
from kb.reading.relations.sequence.list_head import Footnotes
from kb.reading.relations.sequence.openings import first_of_sentence
from kb.reading.relations.sequence.paragraphs import Gap, from_row, read_gap
from kb.reading.relations.sequence.scene import Scene, Tie
from kb.reading.relations.sequence.trimming import trimmed
from kb.reading.relations.wording import LISTS, exact, spaced, words
from kb.reading.text.text_forms import TextForms

__all__ = ["CitedSpan", "Relation", "relate"]

_TIE = spaced(rf"\b{exact('at_or_of')}(?: {words('plural')})? *$")
# "Các quy định tại khoản 2 Điều 5 của X tiếp tục có hiệu lực": it is X of which that is said.
_PROVISIONS = spaced(
    rf"(?:^|[.;:,)\n])[\W_]*{exact('provisions')}(?: (?:{exact('the')} )?{exact('provisions')})?(?: {exact('laid')})?"
    rf"(?: {exact('about')} [a-z0-9, ]{{1,100}}?)?(?: (?:{exact('at_or_of')}|{exact('inside')}))?"
    rf"(?:[ ,]+(?:{words('plural')}|{words('pinpoint')}|{exact('and')}|[0-9]{{1,3}}[a-z]?|[a-z]|[ivxl]{{2,6}})\b)*+"
    rf"[ ,]*(?:{exact('at_or_of')} *)?$"
)
_PROVISIONS_REACH = 160
# "Trang phục quy định tại X tiếp tục thực hiện đến hết …", not "giấy phép cấp theo quy định tại X"
_LAID_DOWN = spaced(
    rf"(?:^|[.;:)\n])[\W_]*(?!{exact('papers')}\b)(?:(?!{exact('as')}\b)[a-z0-9]{{1,9}} ){{1,12}}"
    rf"{exact('laid')} (?:{exact('at_or_of')}|{exact('inside')}) *$"
)
_WHILE = spaced(rf"\b{exact('while')}\b[^.;]*, *\Z")
_WHILE_REACH = 240  # "Trong thời gian ngưng hiệu lực quy định tại …, tiếp tục áp dụng X"
_SUPPOSED_REACH = 120  # code points before a citation that may tell that what follows is only supposed
_GOING_ON = frozenset({"implements", "cites", "promulgated_by"})
_CONTINUING = LISTS.folded("continuing")
_GOES_ON_REACH = 240  # "Tiếp tục thực hiện các thủ tục … theo quy định tại X đến hết ngày …"
_GOES_ON = spaced(rf"({exact('continuing')} {exact('carry_out')})\b[^.;:]*\Z")
_OPENS = spaced(rf"(?:^|[.;:)\n]|[0-9][.)])[\W_]*(?:{exact('grants')} )?\Z")
# "Việc kiểm tra … được tiếp tục áp dụng quy định tại X đến hết …": what X lays down goes on, no single case of it.
_OPENS_ON = spaced(rf"(?:^|[.;:)\n]|[0-9][.)])[\W_]*(?:{exact('going_on')})\b[^.;:]*\Z")
_TIE_REACH = 20  # code points before a citation in which "của các" stands
_EFFECT_REACH = 600  # "… quy định về …; tổ chức biên soạn giáo trình hết hiệu lực": an effect behind a whole title
_BASIS_HEADS = LISTS.folded("basis_heads")
_ROW_HEADS = tuple(f" {word} " for word in LISTS.folded("row_heads"))
_EFFECT = LISTS.folded("effect")
_TABLE_REACH = 4000  # how far above a citation the head of its table is looked for
_HEAD_CELL = 60  # code points of what else stands in the cell of a table's head
_FORM_REACH = 60  # code points before the words of an annex in which the form is named
_FORM = spaced(rf"\b{words('form')}(?: {exact('number_label')})?(?: [0-9a-z.,/-]{{1,10}}){{0,6}} *\Z")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*\Z")
_NO_REQUEST = LISTS.pattern("no_request")
_ASKING = frozenset(kind.id for kind in types.TYPES if kind.asks)
_OVERTAKEN = ("cites", "promulgated_by")  # what an effect told behind a list overrules
_TABLE_ENDS = re.compile(rf"\n(?:[#*_ ]{{0,6}}{LISTS['articles']} |#{{1,6}} )")  # an article, a heading
_CELL_BEGINS = re.compile(r"[|\n][\s*_#]{0,8}\Z")
_CELL_ENDS = re.compile(rf"[^|0-9]{{0,{_HEAD_CELL}}}\|")
_INLINE_ITEM = re.compile(r"\s*\.\s{1,3}(?:[-+•]|\d{1,2}\.)\s")  # ". - Thông tư số …": cells of a table put on one line


def relate(
    forms: TextForms, spans: Sequence[CitedSpan], *, own_type: str | None = None, header_end: int = 0
) -> list[Relation]:
    """One relation for each citation, in the same order.

    Args:
        own_type: the citing document's type: a plan or a letter that speaks of amending a decree only mentions it.
        header_end: where the document's own header ends; nothing before it is read as a cue.
    """
    if not spans:
        return []
    cut = trimmed(forms, spans)
    order = sorted(range(len(spans)), key=lambda i: (cut[i].head, cut[i].start))
    reader = _Reader(forms, cut, own_type, header_end)
    for index, following in zip_longest(order, order[1:]):
        reader.step(index, following)
    return reader.scene.out


class _Reader:
    def __init__(self, forms: TextForms, spans: Sequence[CitedSpan], own_type: str | None, header_end: int) -> None:
        self.scene = Scene(forms, spans, own_type or "")
        self.header_end = header_end
        self.footnotes = Footnotes(self.scene)
        self.tables = any(map(forms.holds, _BASIS_HEADS))  # most texts have no such table

    def step(self, index: int, following: int | None) -> None:
        """Decide citation ``index``; ``following`` is the one that stands behind it."""
        scene = self.scene
        span, previous = scene.spans[index], scene.previous
        if previous is not None and span.head < scene.spans[previous].end:
            relation = self._within(index, previous)
        else:
            relation = self._behind(index, previous)
        if relation.relation in ACTS:
            relation = self._act(index, previous, relation, following)
        relation = self._by_kind(span, relation)
        scene.out[index] = relation
        if relation.relation in _GOING_ON and span.kind != "back_reference" and not relation.inverse:
            self._goes_on(index, following)
        if span.kind != "back_reference":
            scene.previous = index
            self._effect(index, following)

    def _act(self, index: int, previous: int | None, relation: Relation, following: int | None) -> Relation:
        """An act as the documents themselves allow it: none acts on itself, nor on a younger one of the same list."""
        if relation.parent is not None and self._of_itself(index, relation.parent):
            relation = relation._replace(parent=None)
        if relation.parent not in (None, previous):
            relation = self._beside(index, relation)
        if relation.inverse and previous is not None and self._undergoes_itself(index, previous, relation, following):
            relation = self.scene.out[relation.parent] if relation.parent is not None else PLAIN
        return relation

    def _by_kind(self, span: CitedSpan, relation: Relation) -> Relation:
        """The relation as the kind of what is cited allows it."""
        if span.kind == "standard" and relation.relation in OF_STANDARD:
            relation = relation._replace(relation="conforms_to", inverse=False)
        if relation.relation == "promulgated_by" and relation.cue and _names_form(self.scene.folded, relation.cue[0]):
            relation = relation._replace(relation="cites")
        if (
            relation.relation == "guides"
            and relation.cue
            and relation.parent is None
            and self._below(relation.cue[1], span)
        ):
            relation = PLAIN
        if relation.relation == "implements" and span.type in _ASKING and not self._is_no_request(span):
            relation = relation._replace(relation="cites")  # "triển khai ngay năm 2025 tại Tờ trình số …"
        return relation

    def _below(self, cue: int, span: CitedSpan) -> bool:
        """Whether a document opens a paragraph below the title that holds the cue: "THÔNG TƯ⏎Hướng dẫn công bố thông
        tin⏎⏎Thông tư số 96/2020/TT-BTC …", which a consolidated text names."""
        text = self.scene.text
        opens = cue < span.head and not text[span.head - 1 : span.head].strip()
        above = text[max(cue, span.head - _TIE_REACH) : span.head]
        return opens and not self.scene.forms.double_spaced and _PARAGRAPH.search(above) is not None

    def _is_no_request(self, span: CitedSpan) -> bool:
        """Whether the word before a number says that it is none of the requests that its code may mean."""
        return _NO_REQUEST.search(self.scene.folded, span.head, span.start) is not None

    def _beside(self, index: int, relation: Relation) -> Relation:
        """ "A sửa đổi B và C sửa đổi D" where C is younger than A: A cannot act on C, which stands beside it."""
        assert relation.parent is not None
        outer = self.scene.out[relation.parent]
        if relation.inverse or outer.inverse or not self.scene.younger(index, relation.parent):
            return relation
        if relation.parent in self.scene.carried.members or outer.parent is None:
            self.scene.carried.members.append(index)
        return outer._replace(confidence=min(outer.confidence, relation.confidence))

    def _undergoes_itself(self, index: int, previous: int, relation: Relation, following: int | None) -> bool:
        """ "A được sửa đổi bởi B, C được sửa đổi bởi D": C, told what others did to it, is no second actor on A."""
        scene = self.scene
        last, tail = scene.out[previous], scene.spans[index].tail
        listed = last.inverse and (last.parent, last.cue) == (relation.parent, relation.cue)
        if not listed or following is None or scene.folded[scene.spans[previous].tail :][:1] not in ",;":
            return False
        window = scene.folded[tail : scene.spans[following].head]
        verdict = judge(window, Setting(follows=True, title=False)) if len(window) < _EFFECT_REACH else None
        return verdict is not None and verdict.inverse

    def _of_itself(self, index: int, parent: int) -> bool:
        """Whether a citation stands in the title of one of the same document: "Điều 2. Thay thế cụm từ của X⏎Thay thế
        cụm từ … tại Điều 9 X": none acts on itself."""
        spans = self.scene.spans
        return spans[index].number is not None and spans[index].number == spans[parent].number

    def _within(self, index: int, previous: int) -> Relation:
        """A citation within the name of another one ("Luật sửa đổi, bổ sung một số điều của Luật …")."""
        scene = self.scene
        start, head = scene.spans[previous].head, scene.spans[index].head
        if head <= start:
            return scene.out[previous]  # the law's name was taken for a citation without its number
        verdict = judge(scene.folded[start:head], Setting(follows=True, title=True))
        return relation_of(verdict, start, previous) if verdict else PLAIN._replace(parent=previous)

    def _behind(self, index: int, previous: int | None) -> Relation:
        """A citation that begins behind the end of the one before."""
        scene, span = self.scene, self.scene.spans[index]
        floor = scene.spans[previous].tail if previous is not None else 0
        if span.head >= self.header_end:
            floor = max(floor, self.header_end)
        if self.tables:
            self._table_head(floor, span.head)
        gap = self._gap(floor, span.head)
        if span.kind == "back_reference":  # "Quyết định này" is no member of a list
            kept = replace(scene.carried, members=[*scene.carried.members])
            relation = self._tie(index, previous, gap).relation
            scene.carried = kept
            return relation
        tie = self._tie(index, previous, gap)
        if tie.begins is not None:
            scene.carried.shared, scene.carried.members = tie.begins, []
        if tie.member:
            scene.carried.members.append(index)
        return tie.relation

    def _gap(self, floor: int, head: int) -> Gap:
        scene, carried = self.scene, self.scene.carried
        counted = carried.preamble or carried.head is not None or carried.resting is not None
        return from_row(read_gap(scene.text, scene.folded, min(floor, head), head, scene.forms.double_spaced, counted))

    def _tie(self, index: int, previous: int | None, gap: Gap) -> Tie:
        """In which of three places a citation stands, and what ties it there."""
        if previous is None:
            return first_of_sentence(self.scene, index, gap, self.footnotes)
        if gap.inline and NEGLIGIBLE.fullmatch(gap.folded, gap.start):
            return next_item(self.scene, index, gap, gap.start)
        if gap.fresh:
            return first_of_sentence(self.scene, index, gap, self.footnotes)
        if _INLINE_ITEM.match(gap.folded) and NEGLIGIBLE.fullmatch(gap.folded):
            return next_item(self.scene, index, gap, 0)
        cut = max(gap.folded.rfind(";") + 1, gap.paragraph)
        if cut > 0:
            return next_item(self.scene, index, gap, cut)
        return in_sentence.tie(self.scene, index, previous, gap)

    def _table_head(self, floor: int, head: int) -> None:
        """Below a table head "Căn cứ pháp lý" a citation that opens a line is a legal basis, until the next table."""
        scene = self.scene
        floor = max(floor, head - _TABLE_REACH)
        table = max(scene.folded.rfind(name, floor, head) for name in _ROW_HEADS)
        basis, end = max((scene.folded.rfind(name, floor, head), len(name)) for name in _BASIS_HEADS)
        if basis >= 0 and _whole_cell(scene.text, basis, basis + end):
            scene.carried.basis_table = _TABLE_ENDS.search(scene.text, basis, head) is None
        elif table > basis or (scene.carried.basis_table and _TABLE_ENDS.search(scene.text, floor, head)):
            scene.carried.basis_table = False

    def _goes_on(self, index: int, following: int | None) -> None:
        """ "Tiếp tục thực hiện X đến hết ngày …" in a text that may act on X: X goes on for that time."""
        scene, span = self.scene, self.scene.spans[index]
        at = max(scene.folded.rfind(word, max(0, span.head - _GOES_ON_REACH), span.head) for word in _CONTINUING)
        if at < 0 or not scene.may_act_on(index) or scene.out[index].parent is not None:
            return
        opening = _GOES_ON.match(scene.folded, at, span.head)
        low = max(0, at - _WHILE_REACH)
        meanwhile = _WHILE.search(scene.folded, low, at) is not None
        opens = _OPENS.search(scene.folded, low, at) or _OPENS_ON.search(scene.folded, low, at)
        if opening is None or not (meanwhile or opens):
            return
        stop = span.tail + _EFFECT_REACH if following is None else scene.spans[following].head
        if meanwhile or lasts(scene.folded[span.tail : stop]):
            scene.out[index] = scene.carried.shared = PLAIN._replace(
                relation="extends", cue=(at, opening.end(1)), confidence=0.8
            )

    def _carried_out_till_then(self, index: int) -> bool:
        """ "Thời gian thực hiện X được kéo dài": it is not this text that carries X out."""
        head = self.scene.spans[index].head
        implements = self.scene.carried.shared.relation == "implements"
        return implements and _PROVISIONS.search(self.scene.folded, max(0, head - _PROVISIONS_REACH), head) is not None

    def _apart(self, index: int) -> bool:
        """Whether a citation stands behind the semicolon that ended what an effect told of the one before: "X hết hiệu
        lực …; Điều 12 X tiếp tục có hiệu lực"."""
        scene, told = self.scene, self.scene.carried.shared
        if told.cue is None or told.relation not in ACTS or scene.out[index].parent is not None:
            return False
        head = scene.spans[index].head
        return ";" in scene.folded[max(told.cue[1], head - _EFFECT_REACH) : head]

    def _tied(self, index: int) -> bool:
        """Whether something else is told of, to which the citation belongs: "cấp theo X", "các nội dung khác của X"."""
        scene, head = self.scene, self.scene.spans[index].head
        cue = scene.out[index].cue
        if scene.out[index].relation == "promulgated_by":
            return False  # an annex stands for its document
        if any(laid.search(scene.folded, max(0, head - _PROVISIONS_REACH), head) for laid in (_PROVISIONS, _LAID_DOWN)):
            return False
        tied = cue is not None and cue[1] <= head and "," not in scene.folded[cue[1] : head]
        return tied or _TIE.search(scene.folded, max(0, head - _TIE_REACH), head) is not None

    def _heads_annex(self, index: int) -> bool:
        """Whether a citation stands in brackets under the title of an annex: "(Ban hành kèm theo X)"."""
        told = self.scene.out[index]
        if told.relation != "promulgated_by" or told.cue is None:
            return False
        return self.scene.text[: told.cue[0]].rstrip(" *_").endswith("(")

    def _overtake(self, members: set[int], effect: Relation) -> None:
        """The effect is that of all these citations whose relation it overrules."""
        out = self.scene.out
        for member in members:
            if out[member].parent is None and out[member].relation in (*_OVERTAKEN, "implements"):
                out[member] = effect

    def _effect(self, index: int, following: int | None) -> None:
        """An effect told behind a citation ("Quyết định số … hết hiệu lực"), or behind one nested in its title, holds
        for the whole list before it."""
        scene, carried = self.scene, self.scene.carried
        apart = self._apart(index)
        if not (apart or carried.shared.relation in _OVERTAKEN or self._carried_out_till_then(index)):
            return
        tail = scene.spans[index].tail
        stop = tail + _EFFECT_REACH
        if following is not None:
            stop = min(stop, scene.spans[following].head)
        if self._heads_annex(index):
            return  # "(Ban hành kèm theo X)⏎… | Lý do hết hiệu lực": it is not X that has ended
        if all(scene.folded.find(word, tail, stop) < 0 for word in _EFFECT):
            return
        outer = scene.outermost(index)
        head = scene.spans[outer].head
        before = scene.folded[max(0, head - _SUPPOSED_REACH) : head]
        effect = effect_behind(before, scene.folded[tail:stop], tail, may_act=scene.may_act_on(outer))
        first = carried.members[0] if outer in carried.members else outer  # a list hangs on what opens it
        if effect is None or (effect.relation == "extends" and not apart and self._tied(first)):
            return  # "Giấy phép được cấp theo Nghị định X tiếp tục có hiệu lực": it is not X that goes on
        self._overtake({index, *carried.members}, effect)
        if apart:
            scene.out[index] = effect
        carried.shared, carried.members = effect, []


def _names_form(folded: str, annexed: int) -> bool:
    """Whether it is a form that the words of an annex speak of ("Mẫu số 19 ban hành kèm theo X"): whoever names it
    cites X and does not descend from it. In "(Ban hành kèm theo X)" the document speaks of itself."""
    return _FORM.search(folded, max(0, annexed - _FORM_REACH), annexed) is not None


def _whole_cell(text: str, start: int, end: int) -> bool:
    """Whether words open a cell and nearly fill it, as the head of a column does and a remark in a row does not."""
    return _CELL_BEGINS.search(text, max(0, start - 10), start) is not None and _CELL_ENDS.match(text, end) is not None
