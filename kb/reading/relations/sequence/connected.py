"""Citations with nothing but connecting words between them, and short forms in brackets."""

from __future__ import annotations

from kb.reading.relations.cues import cue_table
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.sequence.between import ALIAS
from kb.reading.relations.sequence.joining import joined, part_apart
from kb.reading.relations.sequence.neighbour import Neighbour
from kb.reading.relations.sequence.scene import Tie

_VERBS = cue_table("verb")
CONNECTED: Table[Neighbour, Tie] = Table("connected citations")


@CONNECTED.rule(
    "Behind the brackets that hold a title's citations the running list goes on.",
    fires=(
        Example(
            "Căn cứ «Nghị định số 1/2020/NĐ-CP» (sửa đổi «Nghị định số 2/2020/NĐ-CP») và «Nghị định số 3/2020/NĐ-CP»",
            "based_on amends@0 based_on",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Nghị định số 1/2020/NĐ-CP» (sửa đổi «Nghị định số 2/2020/NĐ-CP» và «Nghị định số 3/2020/NĐ-CP»)",
            "based_on amends@0 amends@0",
        ),
    ),
)
def behind_brackets_of_title(one: Neighbour) -> Tie | None:
    closes = one.connected and one.last.parent is not None and one.window.count(")") > one.window.count("(")
    return joined(one.scene, one.at, 0.8) if closes else None


@CONNECTED.rule(
    "Behind the brackets of a remark, whose citation was no member of the running list, that list goes on.",
    fires=(
        Example(
            "Thực hiện «Kế hoạch số 2/KH-UBND» và Đề án 61 của tỉnh («Quyết định số 6/QĐ-UBND») và "
            "«Nghị quyết số 4/NQ-CP»",
            "implements cites implements",
        ),
    ),
    spares=(
        Example(
            "Thực hiện «Kế hoạch số 2/KH-UBND» và Đề án 61 của tỉnh («Quyết định số 6/QĐ-UBND» và "
            "«Nghị quyết số 4/NQ-CP»)",
            "implements cites cites",
        ),
    ),
)
def behind_brackets_of_remark(one: Neighbour) -> Tie | None:
    scene = one.scene
    remark = one.connected and one.last.parent is None and scene.carried.members and not one.last.inverse
    if not remark or one.previous in scene.carried.members or one.window.count(")") <= one.window.count("("):
        return None
    return joined(scene, one.at, 0.75)


@CONNECTED.rule(
    "“Luật A được sửa đổi theo Luật số B, Luật C số …”: C, with its own name, stands beside A.",
    fires=(
        Example(
            "Căn cứ «Luật Giá số 38/2005/QH11» được sửa đổi theo «Luật số 44/2009/QH12», «Luật Thuế số 8/2012/QH13»",
            "based_on <amends@0 based_on",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Luật Giá số 38/2005/QH11» được sửa đổi theo «Luật số 44/2009/QH12», «Luật số 8/2012/QH13»",
            "based_on <amends@0 <amends@0",
        ),
    ),
    order="A law that amends another is named by its number alone, so its neighbour by name is no amending law.",
)
def named_law_behind_amending_one(one: Neighbour) -> Tie | None:
    scene = one.scene
    amending = one.connected and one.last.inverse and not scene.named_law(one.previous)
    return joined(scene, one.at, 0.7) if amending and scene.named_law(one.at) else None


@CONNECTED.rule(
    "“Điều 18 Nghị định A được sửa đổi bởi Nghị định B, Điều 62 Nghị định C”: where of B no part is named, C's stands "
    "beside A's.",
    fires=(
        Example(
            "Căn cứ Điều 18 «Nghị định số 1/2016/NĐ-CP» được sửa đổi bởi «Nghị định số 2/2022/NĐ-CP», Điều 62 "
            "«Nghị định số 3/2025/NĐ-CP»",
            "based_on <amends@0 based_on",
        ),
    ),
    spares=(
        Example(
            "Căn cứ Điều 18 «Nghị định số 1/2016/NĐ-CP» được sửa đổi bởi Điều 1 «Nghị định số 2/2022/NĐ-CP», Điều 62 "
            "«Nghị định số 3/2025/NĐ-CP»",
            "based_on <amends@0 <amends@0",
        ),
        Example(
            "Căn cứ «Nghị định số 1/2016/NĐ-CP» được sửa đổi bởi «Nghị định số 2/2022/NĐ-CP», "
            "«Nghị định số 3/2025/NĐ-CP»",
            "based_on <amends@0 <amends@0",
        ),
    ),
)
def part_behind_amending_one(one: Neighbour) -> Tie | None:
    apart = one.connected and part_apart(one.scene, one.at, one.previous)
    return joined(one.scene, one.at, 0.75) if apart else None


@CONNECTED.rule(
    "“Nghị định A thi hành Luật B và Thông tư C”: no document carries out, guides or amends one of lower rank.",
    fires=(
        Example(
            "Căn cứ «Nghị định số 181/2004/NĐ-CP» về việc thi hành «Luật Đất đai» và «Thông tư số 1/2005/TT-BTNMT»",
            "based_on implements@0 based_on",
        ),
        Example(
            "theo «Nghị định số 1/2020/NĐ-CP» sửa đổi «Nghị định số 2/2015/NĐ-CP» và «Quyết định số 5/QĐ-UBND»",
            "cites amends@0 cites",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Nghị định số 1/2020/NĐ-CP» quy định chi tiết «Luật Giá» và «Luật Phí»",
            "based_on guides@0 guides@0",
        ),
    ),
)
def lower_than_title_holder(one: Neighbour) -> Tie | None:
    scene, holder = one.scene, one.last.parent
    if not one.connected or holder is None or scene.nearest_alike(one.at, one.previous) is not None:
        return None
    if one.last.inverse or scene.out[holder].inverse or not scene.outranks(holder, one.at):
        return None
    peer = scene.out[holder]
    return Tie(peer._replace(confidence=min(peer.confidence, 0.8)), member=peer.parent is None)


@CONNECTED.rule(
    "“Luật A và các văn bản hướng dẫn thi hành Luật A, Nghị định B”: B, of lower rank, stands beside the first A.",
    fires=(
        Example(
            "Thực hiện theo «Luật Giá» và các văn bản hướng dẫn thi hành «Luật Giá», «Nghị định số 29/2008/NĐ-CP»",
            "implements cites implements",
        ),
    ),
    spares=(
        Example(
            "Thực hiện theo các văn bản hướng dẫn thi hành «Luật Giá», «Nghị định số 29/2008/NĐ-CP»",
            "cites cites",
        ),
        Example(
            "Thực hiện theo «Luật Phí» và các văn bản hướng dẫn thi hành «Luật Giá», «Luật Thuế»",
            "implements cites cites",
        ),
    ),
    order="Laws side by side are all guided by those texts.",
)
def beside_guided_by_others(one: Neighbour) -> Tie | None:
    scene, cue, guided = one.scene, one.last.cue, one.previous
    if not one.connected or cue is None or (one.last.relation, one.last.parent) != ("cites", None):
        return None
    if guided == 0 or not scene.outranks(guided, one.at) or scene.name_of(guided - 1) != scene.name_of(guided):
        return None
    peer = scene.out[guided - 1]
    told = any(hit.cue.relation == "guides" for hit in _VERBS.find(scene.folded[slice(*cue)]))
    return Tie(peer._replace(confidence=min(peer.confidence, 0.75)), begins=peer) if told else None


@CONNECTED.rule(
    "“A và B”, “A; khoản 2 Điều 5 B”: B is what A is, or what the nearest one of B's type is in whose title A stands.",
    fires=(
        Example("Thực hiện «Kế hoạch số 34/KH-UBND» và «Quyết định số 5/QĐ-UBND»", "implements implements"),
        Example(
            "Căn cứ «Nghị định số 3/2025/NĐ-CP» sửa đổi «Nghị định số 8/2025/NĐ-CP» và «Nghị định số 9/2025/NĐ-CP»",
            "based_on amends@0 amends@0",
        ),
    ),
    spares=(
        Example("Thực hiện «Kế hoạch số 34/KH-UBND» thay thế «Kế hoạch số 5/KH-UBND»", "implements replaces@0"),
        Example(
            "Căn cứ «Nghị định số 181/2004/NĐ-CP» về việc thi hành «Luật Đất đai» và «Thông tư số 1/2005/TT-BTNMT»",
            "based_on implements@0 based_on",
        ),
    ),
)
def coordinated(one: Neighbour) -> Tie | None:
    if not one.connected:
        return None
    at = one.scene.nearest_alike(one.at, one.previous)
    peer = one.scene.out[one.previous if at is None else at]
    return Tie(peer._replace(confidence=min(peer.confidence, 0.85)), member=peer.parent is None)


@CONNECTED.rule(
    "“(sau đây gọi là X)”, “(X)”: the document just named is named again.",
    fires=(
        Example(
            "theo «Thông tư số 6/2024/TT-BTC» sửa đổi một số điều của «Thông tư số 2/2016/TT-BTC» "
            "(sau đây gọi tắt là «Thông tư số 6/2024/TT-BTC»)",
            "cites amends@0 cites",
        ),
        Example("Thực hiện «Nghị quyết số 8/NQ-CP» về dữ liệu («Nghị quyết số 8/NQ-CP»)", "implements implements"),
        Example("Thực hiện «Nghị quyết số 8/NQ-CP» về dữ liệu (sau đây gọi là «Nghị quyết»)", "implements implements"),
    ),
    spares=(
        Example("Thực hiện «Nghị quyết số 8/NQ-CP» về dữ liệu («Nghị quyết số 9/NQ-CP»)", "implements cites@0"),
        Example("Thực hiện «Nghị quyết số 8/NQ-CP» về dữ liệu («Luật Giá»)", "implements cites@0"),
    ),
)
def named_again(one: Neighbour) -> Tie | None:
    alias = ALIAS.search(one.window) is not None
    if not alias and not one.window.rstrip().endswith("("):
        return None
    same = one.scene.same_number(one.at, one.previous)
    if same is None and alias and one.scene.spans[one.at].number is None:
        same = one.last
    return Tie(same._replace(parent=None, confidence=0.6)) if same is not None else None
