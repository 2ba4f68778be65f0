"""A citation that is the first of its sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.authority.patterns import alternatives
from kb.authority.relations import ACTS
from kb.reading.relations.clause.context import NOTHING, Setting, Verdict
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.relation import PLAIN, Relation, relation_of
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.sequence.between import NEGLIGIBLE
from kb.reading.relations.sequence.effects import effect_above
from kb.reading.relations.sequence.list_head import Footnotes, head_of_list
from kb.reading.relations.sequence.paragraphs import Gap
from kb.reading.relations.sequence.scene import Scene, Tie
from kb.reading.relations.wording import LISTS, exact, spaced, words

_FAR_ITEM = 600  # code points before the window in which an item may begin whose act governs the citation
_PREAMBLE_LINES = 4  # openings between two bases: more than that is a heading with text, and no preamble

_ACTING_ITEMS = alternatives(LISTS.words("acting_item"), printed=True, gap=r"\s{1,8}")
_ACTING_ITEM = re.compile(
    rf"\n[#*_ ]{{0,6}}(?:\d{{1,3}}[.)]|[a-zđ]\)|{LISTS['article']} \d{{1,3}}\.)[*_ ]{{0,6}}"
    rf"(?={_ACTING_ITEMS}\b)"
)
_HEADING = spaced(rf" *{words('regulation')}\b")
# "Can of Luật …", "An eit Nghị định …", "(Cn off Nghị định …": nothing but two short words stands before the document.
_MISREAD_BASIS = re.compile(
    rf"[\s('*_]{{0,4}}(?!{exact('short_words')})"
    r"(?:c[a-z&]{0,2}|[a-z&]?n)[\s'-]{1,3}[acefo][a-z?]{0,3}[\s'-]{1,3}"
)


class Opening(NamedTuple):
    """The first citation of a sentence; ``at`` is its index.

    ``clause``: the folded words from the start of the sentence; ``paragraph``: they open a paragraph; ``verdict`` and
    ``base``: what they say (``NOTHING``: no cue), and where that clause begins in the text; ``head``: what the line
    above says of the list in which the paragraph stands.
    """

    scene: Scene
    at: int
    gap: Gap
    clause: str
    paragraph: bool
    verdict: Verdict
    base: int
    head: Relation | None

    @property
    def silent(self) -> bool:
        """The sentence has no cue."""
        return self.verdict is NOTHING


OPENINGS: Table[Opening, Relation] = Table("first citations of sentences")


def first_of_sentence(scene: Scene, index: int, gap: Gap, footnotes: Footnotes) -> Tie:
    """The tie of a citation whose sentence begins behind the citation before; it begins a new list."""
    carried = scene.carried
    opening = gap.paragraph == gap.start or (gap.paragraph < 0 and scene.previous is None)
    if gap.paragraph >= 0:
        unended = gap.raw[: gap.before].rstrip(" *_\n\t").endswith((";", ","))
        carried.preamble = carried.preamble and (gap.opened == 1 or (gap.opened < _PREAMBLE_LINES and unended))
    clause = gap.folded[gap.start :]
    verdict, base = _own_words(scene, index, gap, clause, opening)
    head = head_of_list(scene, index, gap, footnotes) if opening and gap.paragraph >= 0 else None
    relation = OPENINGS.decide(Opening(scene, index, gap, clause, opening, verdict, base, head)) or PLAIN
    carried.preamble = opening and relation.relation == "based_on"
    return Tie(relation, member=True, begins=relation)


def _own_words(scene: Scene, index: int, gap: Gap, clause: str, opening: bool) -> tuple[Verdict, int]:
    """What the sentence says of its first citation, and where the clause begins that says it."""
    setting = Setting(may_act=scene.may_act_on(index), opening=opening, preamble=scene.carried.preamble)
    if gap.marker == "|" and setting.may_act and not _HEADING.match(clause):
        setting = setting._replace(may_act=False)  # "Sửa đổi Nghị định …" in a task table is still to be done
    start = gap.low + gap.start
    cut = clause.rfind(";") + 1
    verdict, base = judge(clause[cut:], setting) or NOTHING, start + cut
    if cut and (whole := _whole_sentence(clause, verdict, setting)) is not None:
        verdict, base = whole, start
    effect = effect_above(clause) if (verdict is NOTHING or verdict.weak) and clause.rstrip().endswith(":") else None
    if effect is not None:
        verdict, base = effect, start
    if verdict.relation == "promulgated_by" and not gap.marker:
        far = _far_act(scene, index, gap)
        verdict, base = (verdict, base) if far is None else far
    return verdict, base


def _whole_sentence(clause: str, verdict: Verdict, setting: Setting) -> Verdict | None:
    """What the whole sentence says where the part behind its last semicolon, with this verdict, says less."""
    annex = verdict.relation == "promulgated_by"
    if verdict is not NOTHING and not verdict.weak and not annex:
        return None
    whole = judge(clause, setting)
    if whole is None:
        return None
    more = whole.relation in ACTS if annex else verdict is NOTHING or not whole.weak
    return whole if more else None


def _far_act(scene: Scene, index: int, gap: Gap) -> tuple[Verdict, int] | None:
    """What an item that begins before the window does ("4. Thay thế cụm từ … tại Phụ lục I kèm theo …")."""
    floor = scene.spans[scene.previous].tail if scene.previous is not None else 0
    low, high = max(floor, gap.low - _FAR_ITEM), gap.low + gap.start
    begins = [match.end() for match in _ACTING_ITEM.finditer(scene.text, low, high)]
    if not begins:
        return None
    setting = Setting(may_act=scene.may_act_on(index), opening=True, preamble=scene.carried.preamble)
    verdict = judge(scene.folded[begins[-1] : scene.spans[index].head], setting)
    return (verdict, begins[-1]) if verdict is not None and verdict.relation in ACTS else None


@OPENINGS.rule(
    "A paragraph without a strong cue of its own is what the line above its list says.",
    fires=(
        Example("Căn cứ các văn bản sau:⏎- «Luật Giá»;⏎- «Luật Thuế».⏎- «Luật Phí»", "based_on based_on based_on"),
        Example("Bãi bỏ các quy định:⏎1. Khoản 3 tại «Quyết định số 2/QĐ-UBND».", "repeals"),
    ),
    spares=(
        Example("Căn cứ các văn bản sau:⏎- Thực hiện «Luật Giá»", "implements"),
        Example("Căn cứ các văn bản sau.⏎- «Luật Giá»", "cites"),
        Example("Căn cứ các văn bản sau:⏎- Hồ sơ của «Luật Giá»", "cites"),
    ),
)
def told_by_line_above(one: Opening) -> Relation | None:
    return one.head if one.silent or one.verdict.weak else None


@OPENINGS.rule(
    "Else the sentence's own cue decides.",
    fires=(Example("Thực hiện «Luật Giá»", "implements"), Example("- Theo «Luật Giá»", "cites")),
    spares=(Example("xem «Luật Giá»", "cites"),),
)
def own_cue(one: Opening) -> Relation | None:
    return None if one.silent else relation_of(one.verdict, one.base, None)


@OPENINGS.rule(
    "A row of a table headed “Căn cứ pháp lý” is a legal basis.",
    fires=(Example("|STT|⏎**Căn cứ pháp lý**⏎|⏎|1|⏎«Luật Giá số 16/2023/QH15».⏎«Luật Phí»", "based_on based_on"),),
    spares=(
        Example("|STT|⏎**Văn bản**⏎|⏎|1|⏎«Luật Giá số 16/2023/QH15»", "cites"),
        Example("|STT|⏎**Căn cứ pháp lý**⏎|⏎|1|⏎xem «Luật Giá số 16/2023/QH15»", "cites"),
    ),
)
def row_of_basis_table(one: Opening) -> Relation | None:
    row = one.scene.carried.basis_table and one.gap.paragraph >= 0 and NEGLIGIBLE.fullmatch(one.clause)
    return Relation("based_on", False, None, None, None, 0.7) if row else None


@OPENINGS.rule(
    "Two unreadable words that open a paragraph in a scanned preamble are “Căn cứ”.",
    fires=(
        Example(
            "Can cu «Luat Gia so 16/2023/QH15 ngay 19 thang 6 nam 2023».⏎Cn eft «Luat Phi so 97/2015/QH13 ngay 25»;",
            "based_on based_on",
        ),
    ),
    spares=(
        Example(
            "Can cu «Luat Gia so 16/2023/QH15 ngay 19 thang 6 nam 2023».⏎Xem lai «Luat Phi so 97/2015/QH13»;",
            "based_on cites",
        ),
        Example(
            "Căn cứ «Luật Giá số 16/2023/QH15 ngày mười chín tháng sáu».⏎Cn eft «Luật Phí số 97/2015/QH13»;",
            "based_on cites",
        ),
        Example(
            "Thuc hien «Luat Gia so 16/2023/QH15 ngay 19 thang 6 nam».⏎Cn eft «Luat Phi so 97/2015/QH13»;",
            "implements cites",
        ),
    ),
)
def misread_basis(one: Opening) -> Relation | None:
    scene = one.scene
    if not (one.paragraph and scene.carried.preamble and scene.forms.damaged(scene.spans[one.at].head)):
        return None
    cue = _MISREAD_BASIS.fullmatch(one.clause)
    start = one.gap.low + one.gap.start
    return Relation("based_on", False, (start, start + len(one.clause.rstrip())), None, None, 0.6) if cue else None
