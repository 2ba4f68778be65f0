"""A citation behind the semicolon of a running list, or in its next item."""

from __future__ import annotations

from typing import NamedTuple

from kb.authority.relations import ACTS
from kb.reading.relations.cited_span import LAWS
from kb.reading.relations.clause.context import NOTHING, Setting, Verdict
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.relation import PLAIN, Relation, relation_of
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.sequence.between import NEGLIGIBLE
from kb.reading.relations.sequence.joining import Joining, joined_to
from kb.reading.relations.sequence.paragraphs import Gap
from kb.reading.relations.sequence.scene import Scene, Tie
from kb.reading.relations.wording import LISTS, exact, spaced

_PART_NAME = 90  # "Phụ lục I và Phụ lục III" and the like
_OWN_SENTENCE = 120  # an item as long as this is a sentence of its own, whatever list it stands in


_GUIDANCE = spaced(rf"\W*(?:{exact('guidance')}[ ,]*)*+")
_UNDERGOES = tuple(f" {word} " for word in LISTS.folded("undergoes"))


class Item(NamedTuple):
    """An item of a running list that cites a document; ``at`` is the index of the citation.

    ``words``: the folded words of the item up to the citation; ``base``: where they begin in the text; ``verdict``:
    what they say (``NOTHING``: no cue); ``bare``: they say nothing but "các", "tại Điều 5"; ``opening``: the item is a
    paragraph.
    """

    scene: Scene
    at: int
    words: str
    base: int
    verdict: Verdict
    bare: bool
    opening: bool

    @property
    def shared(self) -> Relation:
        return self.scene.carried.shared

    def joins(self, shared: Relation) -> Tie:
        """The item as a member of a list whose members share ``shared``."""
        apart = self.verdict is not NOTHING and not self.bare
        return joined_to(Joining(self.scene, self.at, shared, shared.confidence, apart))

    def begins(self) -> Tie:
        """The item as the first of a list that shares what its own words say."""
        told = PLAIN if self.verdict is NOTHING else relation_of(self.verdict, self.base, None)
        return self.joins(told)._replace(begins=told)


ITEMS: Table[Item, Tie] = Table("items of lists")


def next_item(scene: Scene, index: int, gap: Gap, cut: int) -> Tie:
    """The tie of a citation in the item that begins ``cut`` code points behind the start of the gap before it."""
    words, opening = gap.folded[cut:], gap.paragraph == cut
    setting = Setting(may_act=scene.may_act_on(index), opening=opening, preamble=scene.carried.preamble)
    verdict = judge(words, setting) or NOTHING
    bare = NEGLIGIBLE.fullmatch(words) is not None
    tie = ITEMS.decide(Item(scene, index, words, gap.low + cut, verdict, bare, opening))
    assert tie is not None  # the last rule always speaks
    return tie


@ITEMS.rule(
    "“A quy định về …; …, được sửa đổi bởi B”: a title may hold semicolons, and B acts on the document that bears it.",
    fires=(
        Example(
            "Sửa đổi «Thông tư số 1/2015/TT-BTC» quy định thủ tục cấp chứng chỉ; trình tự công nhận đại lý đã được "
            "sửa đổi, bổ sung bởi «Thông tư số 2/2019/TT-BTC»",
            "amends <amends@0",
        ),
    ),
    spares=(
        Example("Sửa đổi «Thông tư số 1/2015/TT-BTC» quy định thủ tục; «Thông tư số 2/2019/TT-BTC»", "amends amends"),
        Example(
            "Sửa đổi «Thông tư số 1/2015/TT-BTC»;⏎- Hồ sơ đã được sửa đổi bởi «Thông tư số 2/2019/TT-BTC»",
            "amends cites",
        ),
    ),
)
def acts_on_bearer_of_title(item: Item) -> Tie | None:
    previous = item.scene.previous
    if item.opening or previous is None or not any(word in item.words for word in _UNDERGOES):
        return None
    told = judge(item.words, Setting(follows=True))
    if told is None or not told.inverse or told.own:
        return None
    return Tie(relation_of(told, item.base, item.scene.acted_on(item.at, previous)))


@ITEMS.rule(
    "“được sửa đổi bởi Luật số A; Luật số B”: laws without a name go on amending.",
    fires=(
        Example(
            "Căn cứ «Luật Cư trú số 4/2014/QH13» được sửa đổi bởi «Luật số 5/2019/QH14»; «Luật số 3/2025/QH15»",
            "based_on <amends@0 <amends@0",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Luật Cư trú số 4/2014/QH13» được sửa đổi bởi «Luật số 5/2019/QH14»; «Luật Giá số 3/2025/QH15»",
            "based_on <amends@0 based_on",
        ),
        Example("Căn cứ «Luật số 4/2014/QH13»; «Luật số 5/2019/QH14»", "based_on based_on"),
        Example(
            "Căn cứ «Luật Cư trú số 4/2014/QH13» được sửa đổi bởi «Luật số 5/2019/QH14»; theo «Luật số 3/2025/QH15»",
            "based_on <amends@0 based_on",
        ),
    ),
)
def amending_law_without_name(item: Item) -> Tie | None:
    last = item.scene.last()
    amending = item.bare and last.inverse and item.scene.bare_law(item.at)
    return Tie(last._replace(confidence=0.8)) if amending else None


@ITEMS.rule(
    "“bãi bỏ: a) …; b) Phụ lục I ban hành kèm theo B”: B is one more object of the act.",
    fires=(
        Example(
            "Bãi bỏ «Quyết định số 1/QĐ-UBND»; Phụ lục I ban hành kèm theo «Quyết định số 2/QĐ-UBND»", "repeals repeals"
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Quyết định số 1/QĐ-UBND»; Phụ lục I ban hành kèm theo «Quyết định số 2/QĐ-UBND»",
            "based_on promulgated_by",
        ),
        Example(
            "Bãi bỏ «Quyết định số 1/QĐ-UBND»; Phụ lục I (ban hành kèm theo «Quyết định số 2/QĐ-UBND»)",
            "repeals promulgated_by",
        ),
    ),
    order="The words of an annex would else begin a list of their own.",
)
def object_by_its_annex(item: Item) -> Tie | None:
    annex = item.shared.relation in ACTS and _annex_alone(item.verdict, item.words)
    return item.joins(item.shared) if annex else None


@ITEMS.rule(
    "“Căn cứ Nghị định A quy định về …; quy định chi tiết Luật B”: the title of the basis goes on.",
    fires=(
        Example(
            "Căn cứ «Nghị định số 1/2025/NĐ-CP» quy định về phân cấp; quy định chi tiết một số điều của «Luật Giá»",
            "based_on guides@0",
        ),
    ),
    spares=(
        Example("Căn cứ «Luật Giá»; thực hiện «Luật Thuế»; «Luật Phí»", "based_on implements implements"),
        Example("Sửa đổi «Nghị định số 1/2025/NĐ-CP» quy định về phí; «Luật Giá»", "amends amends"),
    ),
)
def title_of_basis_goes_on(item: Item) -> Tie | None:
    previous = item.scene.previous
    if previous is None or item.shared.relation != "based_on" or item.verdict.relation != "guides":
        return None
    if item.opening and not item.scene.text[item.base :].lstrip(" \n*_")[:1].islower():
        return None
    begins = _GUIDANCE.fullmatch(item.words, 0, item.verdict.cue[0]) and item.scene.spans[previous].type not in LAWS
    return Tie(relation_of(item.verdict, item.base, item.scene.outermost(previous))) if begins else None


@ITEMS.rule(
    "An item with a verb of its own begins a new list.",
    fires=(Example("Căn cứ «Luật Giá»; thực hiện «Luật Thuế»; «Luật Phí»", "based_on implements implements"),),
    spares=(Example("Căn cứ «Luật Giá»; theo «Luật Thuế»; «Luật Phí»", "based_on based_on based_on"),),
)
def item_with_its_own_verb(item: Item) -> Tie | None:
    return item.begins() if item.verdict is not NOTHING and not item.verdict.weak else None


@ITEMS.rule(
    "A paragraph with words of its own leaves the list, unless it is one of legal bases.",
    fires=(Example("Thực hiện «Luật Giá»;⏎- Hồ sơ theo «Luật Thuế»; «Luật Phí»", "implements cites cites"),),
    spares=(
        Example("Căn cứ «Luật Giá»;⏎- Hồ sơ theo «Luật Thuế»; «Luật Phí»", "based_on based_on based_on"),
        Example("Thực hiện «Luật Giá»; Hồ sơ theo «Luật Thuế»; «Luật Phí»", "implements implements implements"),
        Example("Thực hiện «Luật Giá»;⏎- «Luật Thuế»; «Luật Phí»", "implements implements implements"),
    ),
)
def paragraph_with_words_of_its_own(item: Item) -> Tie | None:
    return item.begins() if item.opening and not item.bare and item.shared.relation != "based_on" else None


@ITEMS.rule(
    "A long item with a cue of its own, be it weak, leaves the list.",
    fires=(
        Example(
            "Căn cứ «Luật Giá»; " + "hồ sơ, mẫu biểu, " * 7 + "theo «Luật Thuế»; «Luật Phí»", "based_on cites cites"
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Luật Giá»; " + "hồ sơ, mẫu biểu, " * 6 + "theo «Luật Thuế»; «Luật Phí»",
            "based_on based_on based_on",
        ),
        Example(
            "Căn cứ «Luật Giá»; " + "hồ sơ, mẫu biểu, " * 7 + "«Luật Thuế»; «Luật Phí»", "based_on based_on based_on"
        ),
    ),
)
def long_item(item: Item) -> Tie | None:
    long = item.verdict is not NOTHING and not item.bare and len(item.words) > _OWN_SENTENCE
    return item.begins() if long else None


@ITEMS.rule(
    "Any other item is one more member of the running list.",
    fires=(Example("Căn cứ «Luật Giá»; «Luật Thuế»", "based_on based_on"),),
    spares=(Example("Căn cứ «Luật Giá».⏎«Luật Thuế»", "based_on cites"),),
)
def next_of_the_list(item: Item) -> Tie | None:
    return item.joins(item.shared)


def _annex_alone(verdict: Verdict, words: str) -> bool:
    """Whether an item is nothing but a part "ban hành kèm theo X": one more object of the act that leads its list."""
    if verdict.relation != "promulgated_by":
        return False
    part = words[: verdict.cue[0]]
    return len(part) <= _PART_NAME and "(" not in part
