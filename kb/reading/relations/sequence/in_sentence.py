"""A citation in the sentence of the one before it: coordinated with it, nested in its title, or in a new clause."""

from __future__ import annotations

from kb.authority.relations import ACTS
from kb.reading.relations.clause.context import NOTHING, Setting
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.clause.patterns import NEW_SUBJECT
from kb.reading.relations.relation import Relation
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.sequence.between import (
    FURTHER_OPINION,
    NEW_CLAUSE,
    OPINION,
    PARALLEL,
)
from kb.reading.relations.sequence.connected import CONNECTED
from kb.reading.relations.sequence.joining import joined
from kb.reading.relations.sequence.neighbour import Neighbour, neighbour
from kb.reading.relations.sequence.paragraphs import Gap
from kb.reading.relations.sequence.scene import Scene, Tie
from kb.reading.relations.wording import LISTS, spaced, words

_ALONG = spaced(words("along"))
_LETTERS = LISTS.words("letters")
IN_SENTENCE: Table[Neighbour, Tie] = Table("citations of one sentence")


def tie(scene: Scene, index: int, previous: int, gap: Gap) -> Tie:
    """The tie of a citation that stands in the sentence of the one before."""
    one = neighbour(scene, index, previous, gap)
    found = CONNECTED.decide(one)
    if found is None:
        setting = Setting(True, one.titled, scene.may_act_on(index), False, scene.carried.preamble)
        found = IN_SENTENCE.decide(one._replace(verdict=judge(one.window, setting) or NOTHING))
    assert found is not None  # the last rule always speaks
    return found


@IN_SENTENCE.rule(
    "“A sửa đổi B về … và C”: C of B's type is one more object of the act in A's title.",
    fires=(
        Example(
            "theo «Thông tư số 6/2024/TT-BTC» sửa đổi «Thông tư số 2/2016/TT-BTC» hướng dẫn thực hiện quản lý lao động "
            "và «Thông tư số 7/2016/TT-BTC»",
            "cites amends@0 amends@0",
        ),
    ),
    spares=(
        Example(
            "theo «Thông tư số 6/2024/TT-BTC» sửa đổi «Thông tư số 2/2016/TT-BTC» hướng dẫn thực hiện quản lý lao động "
            "và «Nghị định số 7/2016/NĐ-CP»",
            "cites amends@0 cites",
        ),
        Example(
            "theo «Thông tư số 6/2024/TT-BTC» sửa đổi «Thông tư số 2/2016/TT-BTC» về quản lý lao động "
            "và thay thế «Thông tư số 7/2016/TT-BTC»",
            "cites amends@0 replaces@1",
        ),
    ),
    order="The words between may be B's own title, with verbs that say nothing of C.",
)
def object_in_the_same_title(one: Neighbour) -> Tie | None:
    if not (one.titled and one.joint) or one.direct or one.last.parent is None:
        return None
    return Tie(one.last._replace(confidence=0.7)) if one.scene.same_family(one.previous, one.at) else None


@IN_SENTENCE.rule(
    "Without a cue a citation behind “và”, or behind the brackets of the one before, is the next of its list.",
    fires=(
        Example(
            "Căn cứ «Luật Giá» của Quốc hội nước Cộng hòa xã hội khóa mười lăm và «Luật Thuế»", "based_on based_on"
        ),
        Example("xin ý kiến theo («Công văn số 1/BTC-NS»), Bộ Nội vụ («Công văn số 2/BNV-TL»)", "cites cites"),
        Example("Căn cứ «Luật Giá» về việc sau đây: «Luật Thuế»", "based_on based_on"),
    ),
    spares=(
        Example("Căn cứ «Luật Giá» về việc sau đây «Luật Thuế»", "based_on cites@0"),
        Example("theo «Luật Giá» về việc sau đây: «Luật Thuế»", "cites cites@0"),
    ),
)
def next_without_cue(one: Neighbour) -> Tie | None:
    if one.verdict is not NOTHING:
        return None
    listed = one.titled and one.in_basis and one.window.rstrip().endswith(":")
    return joined(one.scene, one.at, 0.75) if one.joint or listed or PARALLEL.fullmatch(one.window) else None


@IN_SENTENCE.rule(
    "Without a cue and without “và” a citation is only cited: by the title it stands in, or by the text.",
    fires=(
        Example("Căn cứ «Luật Giá» về việc sau đây «Luật Thuế»", "based_on cites@0"),
        Example("Căn cứ «Luật Giá» về việc sau đây, bên cạnh «Luật Thuế»", "based_on cites"),
        Example("Căn cứ «Luật Giá» bên cạnh «Luật Thuế»", "based_on cites"),
    ),
    spares=(Example("Căn cứ «Luật Giá» thay thế «Luật Thuế»", "based_on replaces@0"),),
)
def no_cue(one: Neighbour) -> Tie | None:
    if one.verdict is not NOTHING:
        return None
    nested = one.titled and "," not in one.window
    return Tie(Relation("cites", False, None, None, one.previous if nested else None, 0.45))


@IN_SENTENCE.rule(
    "“A được sửa đổi bởi B”: B acts on A, or on the one of B's type in whose title A stands.",
    fires=(
        Example("Căn cứ «Luật Giá số 1/2020/QH14» được sửa đổi bởi «Luật số 2/2021/QH15»", "based_on <amends@0"),
        Example(
            "Căn cứ «Nghị định số 7/2025/NĐ-CP» hướng dẫn «Luật Giá» được sửa đổi bởi «Nghị định số 9/2025/NĐ-CP»",
            "based_on guides@0 <amends@0",
        ),
    ),
    spares=(Example("Căn cứ «Luật Giá số 1/2020/QH14» sửa đổi «Luật số 2/2011/QH12»", "based_on amends@0"),),
)
def acts_on_one_before(one: Neighbour) -> Tie | None:
    if not one.verdict.inverse:
        return None
    return Tie(one.told(None if one.verdict.own else one.scene.acted_on(one.at, one.previous)))


@IN_SENTENCE.rule(
    "“… và ý kiến thẩm định của Sở B tại C” behind a title in a preamble: C is one more basis.",
    fires=(
        Example(
            "Căn cứ «Luật Giá»;⏎Xét «Tờ trình số 1/TTr-UBND» về việc ban hành Quy chế và ý kiến của Sở Tư pháp tại "
            "«Báo cáo số 2/BC-STP»",
            "based_on based_on based_on",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Luật Giá»;⏎Xét «Tờ trình số 1/TTr-UBND» về việc ban hành Quy chế và ý kiến của Sở Tư pháp theo "
            "«Báo cáo số 2/BC-STP»",
            "based_on based_on cites@1",
        ),
    ),
)
def further_opinion(one: Neighbour) -> Tie | None:
    if not (one.titled and one.scene.carried.preamble and one.in_basis) or not FURTHER_OPINION.search(one.window):
        return None
    return joined(one.scene, one.at, 0.7)


@IN_SENTENCE.rule(
    "A weak cue (“theo”, “tại”) behind “và”, or behind an opinion in a list of bases, names one more of the list.",
    fires=(
        Example(
            "Thực hiện «Kế hoạch số 1/KH-UBND» của tỉnh, theo hướng dẫn của Giám đốc Sở Tài chính và «Luật Giá»",
            "implements implements",
        ),
        Example("Căn cứ «Luật Giá», xem ý kiến của Sở Tư pháp tại «Báo cáo số 2/BC-STP»", "based_on based_on"),
    ),
    spares=(
        Example(
            "Thực hiện «Kế hoạch số 1/KH-UBND» của tỉnh, nội dung quy định tại «Nghị định số 2/2020/NĐ-CP»",
            "implements cites",
        ),
        Example("Căn cứ «Luật Giá», xem nội dung của Sở Tư pháp tại «Báo cáo số 2/BC-STP»", "based_on cites"),
    ),
)
def next_with_weak_cue(one: Neighbour) -> Tie | None:
    if not one.verdict.weak:
        return None
    opinion = one.in_basis and not one.titled and OPINION.search(one.window)
    return joined(one.scene, one.at, 0.7) if one.joint or opinion else None


@IN_SENTENCE.rule(
    "“Văn bản A, kèm theo Văn bản B”: B goes along with A, and a letter or report promulgates no other document.",
    fires=(
        Example("theo «Công văn số 610/SXD-QLN», kèm theo «Công văn số 312/STP-KSTT»", "cites cites"),
        Example("theo «Tờ trình số 61/TTr-UBND» về giá kèm theo «Báo cáo số 31/BC-STP»", "cites cites"),
    ),
    spares=(
        Example(
            "theo «Tờ trình số 61/TTr-UBND» về Quy chế kèm theo «Quyết định số 31/QĐ-UBND»", "cites promulgated_by@0"
        ),
        Example("DANH MỤC theo «Luật Giá» (kèm theo «Quyết định số 1/QĐ-UBND»)", "cites promulgated_by"),
        Example(
            "theo «Công văn số 610/SXD-QLN»⏎Phụ lục 1 (kèm theo «Tờ trình số 61/TTr-UBND»)", "cites promulgated_by"
        ),
    ),
)
def goes_along(one: Neighbour) -> Tie | None:
    if one.verdict.relation != "promulgated_by" or one.scene.spans[one.at].type not in _LETTERS:
        return None
    before = one.gap.raw[: one.verdict.cue[0]].rstrip()
    heads_annex = before.endswith("(") and "\n" in before  # "PHỤ LỤC⏎(Kèm theo Tờ trình số …)"
    along = not heads_annex and _ALONG.fullmatch(one.window, *one.verdict.cue) is not None
    return Tie(one.told(None)._replace(relation="cites")) if along else None


@IN_SENTENCE.rule(
    "“(Kèm theo Quyết định …)” in brackets of its own speaks of the document, not of the citation before.",
    fires=(Example("DANH MỤC theo «Luật Giá» (kèm theo «Quyết định số 1/QĐ-UBND»)", "cites promulgated_by"),),
    spares=(
        Example("Bãi bỏ «Quyết định số 1/QĐ-UBND», Quy chế kèm theo «Quyết định số 2/QĐ-UBND»", "repeals repeals"),
    ),
)
def annex_in_brackets(one: Neighbour) -> Tie | None:
    if one.verdict.relation != "promulgated_by":
        return None
    return Tie(one.told(None)) if one.window[: one.verdict.cue[0]].rstrip().endswith("(") else None


@IN_SENTENCE.rule(
    "“bãi bỏ Danh mục kèm theo A và Quy trình kèm theo B”: B is one more object of the act.",
    fires=(
        Example(
            "Bãi bỏ Danh mục kèm theo «Quyết định số 1/QĐ-UBND» và Quy trình kèm theo «Quyết định số 2/QĐ-UBND»",
            "repeals repeals",
        ),
    ),
    spares=(
        Example(
            "Thực hiện «Kế hoạch số 1/KH-UBND» của tỉnh và Quy trình kèm theo «Quyết định số 2/QĐ-UBND»",
            "implements promulgated_by",
        ),
    ),
)
def object_by_its_annex(one: Neighbour) -> Tie | None:
    objects = one.verdict.relation == "promulgated_by" and one.shared.relation in ACTS and not one.titled
    return joined(one.scene, one.at, 0.75) if objects else None


@IN_SENTENCE.rule(
    "“Chương trình A phê duyệt tại X và Chương trình B phê duyệt tại Y”: one list.",
    fires=(
        Example(
            "Chương trình A phê duyệt tại «Quyết định số 1/QĐ-TTg» và Chương trình B phê duyệt tại "
            "«Quyết định số 2/QĐ-TTg» tiếp tục thực hiện đến hết năm 2030",
            "extends extends",
        ),
    ),
    spares=(
        Example(
            "Thực hiện Chương trình A, «Quyết định số 1/QĐ-TTg» và Chương trình B phê duyệt tại "
            "«Quyết định số 2/QĐ-TTg»",
            "implements promulgated_by",
        ),
    ),
)
def promulgated_alike(one: Neighbour) -> Tie | None:
    alike = one.verdict.relation == one.shared.relation == "promulgated_by" and not one.titled
    return Tie(one.told(None), member=True) if alike else None


@IN_SENTENCE.rule(
    "Behind a title that ends with “và” what is no object of the title's verbs is the next of the list.",
    fires=(
        Example(
            "Căn cứ «Nghị định số 1/2020/NĐ-CP» về kiểm soát thủ tục, thực hiện chế độ và «Thông tư số 2/2020/TT-BTC»",
            "based_on based_on",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Nghị định số 1/2020/NĐ-CP» về kiểm soát thủ tục và thực hiện «Thông tư số 2/2020/TT-BTC»",
            "based_on implements@0",
        ),
    ),
)
def next_behind_title(one: Neighbour) -> Tie | None:
    return joined(one.scene, one.at, 0.7) if one.titled and one.joint and not one.direct else None


@IN_SENTENCE.rule(
    "The words of a title tie what they cite to the document that bears the title.",
    fires=(
        Example("Căn cứ «Nghị định số 1/2020/NĐ-CP» quy định chi tiết «Luật Giá»", "based_on guides@0"),
        Example("Căn cứ «Nghị định số 1/2020/NĐ-CP» về phí theo «Luật Giá»", "based_on cites@0"),
    ),
    spares=(
        Example("Căn cứ «Nghị định số 1/2020/NĐ-CP» về phí, căn cứ «Luật Giá»", "based_on based_on"),
        Example(
            "Căn cứ «Nghị định số 1/2020/NĐ-CP» về phí, yêu cầu các đơn vị thực hiện «Luật Giá»", "based_on implements"
        ),
    ),
)
def nested_in_title(one: Neighbour) -> Tie | None:
    if not one.titled or one.verdict.relation == "based_on" or _new_clause(one):
        return None
    nested = not one.verdict.weak or NEW_SUBJECT.search(one.window) is None
    return Tie(one.told(one.previous if nested else None))


@IN_SENTENCE.rule(
    "“Xét Tờ trình A đề nghị ban hành Nghị quyết thay thế B” in a preamble: it is the proposed document that acts.",
    fires=(
        Example(
            "Xét «Tờ trình số 1/TTr-UBND» của Ủy ban nhân dân, ban hành Nghị quyết thay thế "
            "«Nghị quyết số 2/2020/NQ-HĐND»",
            "based_on replaces@0",
        ),
    ),
    spares=(
        Example(
            "Thực hiện «Tờ trình số 1/TTr-UBND» của Ủy ban nhân dân, ban hành Nghị quyết thay thế "
            "«Nghị quyết số 2/2020/NQ-HĐND»",
            "cites replaces",
        ),
    ),
)
def act_proposed_in_preamble(one: Neighbour) -> Tie | None:
    proposed = one.scene.carried.preamble and one.in_basis and one.verdict.relation in ACTS
    return Tie(one.told(one.previous)) if proposed else None


@IN_SENTENCE.rule(
    "A weak cue or a remark in brackets does not end a list of legal bases.",
    fires=(
        Example(
            "Căn cứ «Luật Giá» bên cạnh nội dung khác tại «Nghị định số 1/2020/NĐ-CP»; «Luật Phí»",
            "based_on cites based_on",
        ),
    ),
    spares=(
        Example(
            "Thực hiện «Luật Giá», nội dung khác tại «Nghị định số 1/2020/NĐ-CP»; «Luật Phí»", "implements cites cites"
        ),
    ),
)
def remark_in_basis(one: Neighbour) -> Tie | None:
    start, end = one.verdict.cue
    remark = "(" in one.window[:start] and ")" not in one.window[end:]
    return Tie(one.told(None)) if one.in_basis and (one.verdict.weak or remark) else None


@IN_SENTENCE.rule(
    "A cue of another clause begins a new list.",
    fires=(
        Example(
            "Căn cứ «Luật Giá», thực hiện «Kế hoạch số 1/KH-UBND» và «Kế hoạch số 2/KH-UBND»",
            "based_on implements implements",
        ),
    ),
    spares=(Example("Căn cứ «Luật Giá», «Luật Thuế»", "based_on based_on"),),
)
def new_clause(one: Neighbour) -> Tie | None:
    relation = one.told(None)
    return Tie(relation, member=True, begins=relation)


def _new_clause(one: Neighbour) -> bool:
    """Behind the title a clause with its own verb begins; an act takes what follows it for its object."""
    opened = NEW_CLAUSE.search(one.window, 0, one.verdict.cue[0])
    return one.shared.relation not in ACTS and opened is not None
