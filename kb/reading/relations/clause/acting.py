"""Verbs that act on a document: "sửa đổi, bổ sung X", "được thay thế bởi X"."""

from __future__ import annotations

import re

from kb.reading.relations.clause.act_cue import ActCue
from kb.reading.relations.clause.context import NOTHING, Verdict
from kb.reading.relations.clause.not_acting import ACTING
from kb.reading.relations.clause.patterns import DIRECT, REGULATION
from kb.reading.relations.rules import Example
from kb.reading.relations.wording import exact, spaced, words

__all__ = ["ACTING"]

_SUSPENDED_REACH = 40  # "đình chỉ việc thi hành khoản 2 Điều 3 của X": what is suspended stands next to the verb
_UNDERGONE_REACH = 40  # "(sửa đổi, bổ sung một số điều bởi X": an act told without "được" has its agent near
_UNDERGOING_REACH = 12  # "được thay thế các X": an agent without "bởi" stands right behind
_OBJECT_REACH = 300  # "Bãi bỏ các khoản 1, 2 Điều 1; …; Phụ lục I và IV của X": the longest list of parts met
_VAGUE_REACH = 80  # "bổ sung", "điều chỉnh" also mean other things than documents: theirs stand nearer
_BEFORE = 60  # code points before an act that tell whether it is only intended ("tham mưu", "dự kiến")
_PART_REACH = 400  # "Nội dung “…” tại mẫu …| được bãi bỏ": the longest quoted part of a consolidated text
_RULE_REACH = 400  # how far behind the act of a footnote "theo" is looked for: a whole new wording may stand between

_LEADING = re.compile(rf"[\W0-9]*(?:[a-z][.)]|{words('pinpoint')} [0-9]{{1,3}}[a-z]?[.:])?\W*(?:{exact('now')}\b)?\W*")
_GRANTED = spaced(
    rf"[\W0-9]*(?:[a-z][.)]|{words('pinpoint')} [0-9]{{1,3}}[a-z]?[.:])?\W*"
    rf"(?:(?:[a-z ]{{1,40}} )?(?:{exact('grants')}|{words('regulation')} {exact('this')}) *)+"
)
_PROLONGED = spaced(rf"\b{exact('prolonged')}\b")
_PROLONGED_ELSE = spaced(rf"\b{exact('prolonged_else')}\b")
_UNTIL_WHEN = spaced(rf"\b{exact('until_when')} [^,.;:]*$")
_DENIED = spaced(rf"\b{words('negated')} *$")
# "các Nghị định sửa đổi, bổ sung X": others act, the citing document only speaks of them.
_OTHERS = spaced(rf"\b{words('plural')} (?:{exact('text')}|{words('regulation')})(?: {exact('other')})? *$")
_DRAFT = spaced(rf"\b{words('draft')}\b")
_INTENT = spaced(rf"\b{words('intent')}\b")
_OWN_DRAFT = spaced(rf"\b{exact('issues')} {words('enacted')} *$")
_OWN_TITLE = spaced(
    rf"\W*(?:{words('regulation')} )?{exact('on')} *"
)  # "QUYẾT ĐỊNH Về việc đính chính X" does correct X
_UNDER = re.compile(rf"[^\"]*\b{exact('as')}\b[^\"]*")
_JOINED = re.compile(rf" *(?:,|{exact('and')}\b)")
_WORDING = spaced(
    rf"[\W0-9]*(?:{exact('the')} )?{exact('quoted_wording')} \""
)  # footnotes: "5 Cụm từ “A” được thay thế bằng … theo X"
_SELF_PART = spaced(rf"\b(?:{words('pinpoint')}|{words('regulation')}) {exact('this')}\b")
# What a footnote of a consolidated text speaks of: "Mẫu số 3", "Phụ lục này", "Nội dung “…”", right before "được".
_OWN_PART = spaced(
    rf"\b{words('part')}\b(?:[a-z0-9. ]{{0,24}}"
    rf"| [a-z0-9. ]{{0,40}}\"[^\"]{{1,320}}\"(?: {exact('at')} [a-z0-9 ]{{1,60}})?)"
    rf" *\b{words('passive')}(?: [a-z]{{1,5}})? *$"
)
_BY_RULE = re.compile(rf"\b{exact('as')}\b")
_EXCHANGED = spaced(
    rf" *(?:(?:{exact('time')} [a-z0-9 ]{{1,12}}|{exact('whole_or_part')}) *)?"
    rf"(?:{exact('became')} [^,;:()]{{1,200}})?"
)
_ATTACHED = spaced(rf"(?: (?:{exact('laid')} )?{exact('at_or_of')})?[a-z0-9 ]{{0,60}} {words('attached')} *$")

_PASSED = spaced(rf",.{{16,300}}[a-z] (?:[a-z]{{2,6}} ){{0,3}}{words('passes')} *$")
_ITEM_MARKS = " -+–*_.,;:()[]0123456789\n\t"


@ACTING.rule(
    "“tạm ngừng hoạt động của công ty quy định tại X”: it is not X that is suspended.",
    fires=(
        Example("đình chỉ hoạt động quy định tại X", "cites?"),
        Example("đình chỉ hoạt động của doanh nghiệp nhà nước thuộc X", "-"),
    ),
    spares=(
        Example("Đình chỉ việc thi hành khoản 2 Điều 3 của X", "suspends"),
        Example("Ngưng hiệu lực thi hành Điều 63, điểm c khoản 1 Điều 64, điểm b khoản 2 Điều 65 X", "suspends"),
        Example("Ngưng hiệu lực thi hành đối với một số quy định tại X", "suspends"),
        Example("Ngưng hiệu lực thi hành từ ngày 01/12/2022 đến hết ngày 29/12/2022 đối với X", "suspends"),
    ),
)
def suspends_something_else(act: ActCue) -> Verdict | None:
    if act.relation != "suspends" or "of_documents" in act.hit.cue.traits or DIRECT.fullmatch(act.rest):
        return None
    if act.annex is not None and REGULATION.fullmatch(act.clause, act.hit.end, act.annex.start):
        return None
    return NOTHING if act.link is not None or len(act.rest) > _SUSPENDED_REACH else None


@ACTING.rule(
    "“thu hồi”, “dừng thực hiện”, “kéo dài” act on a document where they open the article, the item or the title.",
    fires=(
        Example("các dự án phải tạm hoãn thực hiện X", "-"),
        Example("việc gia hạn, kéo dài thời gian làm việc tại X", "cites?"),
    ),
    spares=(
        Example("Dừng thực hiện X", "suspends"),
        Example("Điều 1. Cho phép hoãn thi hành X", "suspends"),
        Example("Thông tư này tạm dừng áp dụng X", "suspends"),
    ),
)
def not_at_the_opening(act: ActCue) -> Verdict | None:
    opens = "leading" not in act.hit.cue.traits or not act.alone or act.setting.title
    return None if opens or _leads(act) or _GRANTED.fullmatch(act.clause, 0, act.start) else NOTHING


@ACTING.rule(
    "“thu hồi X”, “hủy X” act on a document that stands right behind: land and licences are taken back too.",
    fires=(Example("Thu hồi 500 m2 đất tại X", "cites?"), Example("Hủy kết quả thầu của X", "-")),
    spares=(
        Example("Thu hồi X", "repeals"),
        Example("Hủy các X", "repeals"),
        Example("Bãi bỏ danh mục của X", "repeals"),
    ),
)
def takes_back_something_else(act: ActCue) -> Verdict | None:
    next_only = "object_next" in act.hit.cue.traits and act.alone
    return NOTHING if next_only and not DIRECT.fullmatch(act.rest) else None


@ACTING.rule(
    "“kéo dài thời gian thực hiện thí điểm theo X”: what X lays down goes on; licences and terms of payment do not.",
    fires=(
        Example("Kéo dài thời gian thực hiện thí điểm theo X", "extends"),
        Example("Gia hạn thời hạn nộp thuế theo quy định tại X", "cites?"),
    ),
    spares=(Example("Kéo dài thời gian thực hiện X", "extends"),),
    order="The tie would tell that something else is acted on.",
)
def prolongs_what_is_laid_down(act: ActCue) -> Verdict | None:
    any_time = "any_time" in act.hit.cue.traits
    opens = _leads(act) or _GRANTED.fullmatch(act.clause, 0, act.start) is not None
    if act.relation != "extends" or not (any_time or (act.under_rule and opens and act.setting.may_act)):
        return None
    if not any_time:
        return Verdict("extends", act.span, 0.8)
    if not act.setting.may_act or not _PROLONGED.search(act.rest) or _PROLONGED_ELSE.search(act.rest):
        return NOTHING
    return Verdict("extends", act.span, 0.8)


@ACTING.rule(
    "“không thay thế X”: the act is denied.",
    fires=(Example("Thông tư này không thay thế X", "cites?"),),
    spares=(Example("Thông tư này thay thế X", "replaces"),),
)
def denied(act: ActCue) -> Verdict | None:
    return Verdict("cites", act.span, 0.6, weak=True) if _DENIED.search(_words_before(act)) else None


@ACTING.rule(
    "A citation inside quotation marks that open behind the act stands in the wording that is put in or taken out.",
    fires=(Example('Bãi bỏ cụm từ "và X', "-"),),
    spares=(Example('Bãi bỏ cụm từ "và" tại X', "repeals"),),
)
def in_quoted_wording(act: ActCue) -> Verdict | None:
    return NOTHING if act.rest.count('"') % 2 else None


@ACTING.rule(
    "“Tạm ngưng hiệu lực cho đến khi X có hiệu lực”: X is no object of the act.",
    fires=(Example("Tạm ngưng hiệu lực áp dụng cho đến khi X", "-"),),
    spares=(Example("Tạm ngưng hiệu lực áp dụng X", "suspends"),),
)
def only_until_then(act: ActCue) -> Verdict | None:
    return NOTHING if _UNTIL_WHEN.search(act.rest) else None


@ACTING.rule(
    "“Sau 10 năm sửa đổi, …, Quốc hội đã thông qua X”: X is what was passed, not what was amended.",
    fires=(Example("Sau 10 năm sửa đổi, tại kỳ họp thứ 5, Quốc hội đã chính thức thông qua X", "cites?"),),
    spares=(
        Example("Sửa đổi khoản 2 Điều 5 X", "amends"),
        Example("Sửa đổi Quy chế, trình Hội đồng nhân dân tỉnh tại kỳ họp theo X", "cites?"),
    ),
)
def another_passed(act: ActCue) -> Verdict | None:
    return NOTHING if _PASSED.search(act.rest) else None


@ACTING.rule(
    "“Bãi bỏ chương II bởi X”: without a passive too, “bởi” names what acts.",
    fires=(Example("Bãi bỏ chương II bởi X", "<repeals"), Example("Đã thay đổi: Sửa đổi Điều 5 bởi X", "<amends")),
    spares=(Example("Bãi bỏ chương II X", "repeals"), Example(" được sửa đổi, bổ sung bởi X", "-")),
)
def named_with_its_agent(act: ActCue) -> Verdict | None:
    by = act.agent is not None and act.agent.group("by") is not None
    if not by or act.passive or act.setting.follows or act.clause[: act.start].rpartition(":")[2].strip(_ITEM_MARKS):
        return None
    return Verdict(act.relation, act.span, 0.85, inverse=True)


@ACTING.rule(
    "A footnote of a consolidated text: a part of that text was changed by X.",
    fires=(
        Example("4 Mẫu này được thay thế bằng Mẫu số 2 theo quy định tại khoản 1 Điều 3 của X", "<amends"),
        Example('2 Nội dung "có xác nhận" được bãi bỏ theo quy định tại Điều 3 X', "<repeals"),
        Example("31 Mẫu này được bãi bỏ theo quy định tại Phụ lục ban hành kèm theo X", "<repeals"),
    ),
    spares=(
        Example("4 Mẫu này được thay thế tại nơi lưu giữ của X", "cites?"),
        Example("Kinh phí được bổ sung theo quy định tại Điều 5 X", "cites?"),
        Example("Mẫu này thay thế mẫu cũ theo X", "cites?"),
    ),
    order="The words are those of a passive whose object X is not; only the part before them tells.",
)
def footnote_of_consolidated_text(act: ActCue) -> Verdict | None:
    if not act.passive or not _part_changed(act):
        return None
    relation = "amends" if act.relation == "replaces" else act.relation
    return Verdict(relation, act.span, 0.85, inverse=True, own=True)


@ACTING.rule(
    "“X được sửa đổi bởi Y”: Y behind X acts on X.",
    fires=(
        Example(" được sửa đổi, bổ sung bởi X", "<amends", {"follows": True}),
        Example(" đã được thay thế tại X", "<replaces", {"follows": True}),
        Example(" (sửa đổi, bổ sung theo X", "<amends", {"follows": True}),
        Example(" bổ sung bởi X", "<amends", {"follows": True}),
    ),
    spares=(
        Example(" được sửa đổi, bổ sung bởi X", "-"),
        Example(" bổ sung tại X", "amends", {"follows": True}),
        Example(" sửa đổi X", "amends", {"follows": True}),
        Example(" sửa đổi, bổ sung một số nội dung tại X", "amends", {"follows": True}),
    ),
)
def acted_on_by(act: ActCue) -> Verdict | None:
    if not act.setting.follows or act.agent is None:
        return None
    near = len(act.rest) < _UNDERGONE_REACH and not (act.alone and "adds" in act.hit.cue.traits)
    if act.agent.group("place") and act.rest[: act.agent.start()].strip():
        near = False  # "A sửa đổi một số nội dung tại B": A acts
    if act.passive or act.agent.group("by") or near:
        return Verdict(act.relation, act.span, 0.9, inverse=True)
    return None


@ACTING.rule(
    "“Khoản này được sửa đổi theo X”: X changed a part of the text that cites it.",
    fires=(
        Example("Khoản này được sửa đổi tại X", "<amends"),
        Example('Cụm từ "A" được thay thế bằng cụm từ "B" tại X', "<amends"),
    ),
    spares=(
        Example("Giấy phép được sửa đổi tại X", "cites?"),
        Example("Khoản này sửa đổi theo X", "cites?"),
    ),
)
def own_part_changed(act: ActCue) -> Verdict | None:
    if act.agent is None or not act.passive:
        return None
    wording = _WORDING.match(act.clause) is not None
    if not wording and not _SELF_PART.search(act.clause, act.start - _BEFORE, act.start):
        return None
    relation = "amends" if wording and act.relation == "replaces" else act.relation
    return Verdict(relation, act.span, 0.85, inverse=True, own=True)


@ACTING.rule(
    "An act done “theo X”, “bởi X”, “bằng X” has another object than X.",
    fires=(Example("sửa đổi hồ sơ theo X", "cites?"), Example("được bãi bỏ bởi X", "-")),
    spares=(Example("sửa đổi một số điều tại X", "amends"), Example("sửa đổi hồ sơ của X", "amends")),
    order="Where X itself acts, the rules above have told it.",
)
def act_has_another_object(act: ActCue) -> Verdict | None:
    if act.agent is not None:
        return NOTHING if not act.agent.group("place") else None
    return NOTHING if act.under_rule else None


@ACTING.rule(
    "“X được thay thế Y”: an act that X undergoes and Y stands right behind, Y acts.",
    fires=(Example(" đã được thay thế X", "<replaces", {"follows": True}),),
    spares=(
        Example(" đã được thay thế X", "replaces"),
        Example(" được sửa đổi, bổ sung và X", "amends", {"follows": True}),
        Example(" được sửa đổi, bổ sung một số điều X", "amends", {"follows": True}),
    ),
)
def undergone_from_next(act: ActCue) -> Verdict | None:
    if not (act.setting.follows and act.passive and act.agent is None) or act.under_rule:
        return None
    if len(act.rest) > _UNDERGOING_REACH or _JOINED.match(act.rest):
        return None
    return Verdict(act.relation, act.span, 0.8, inverse=True)


@ACTING.rule(
    "“thủ tục được sửa đổi … quy định tại X”: what is changed is not X.",
    fires=(Example("thủ tục được sửa đổi trong lĩnh vực giá quy định tại X", "cites?"),),
    spares=(Example("sửa đổi thủ tục quy định tại X", "amends"), Example("được sửa đổi X", "amends")),
)
def something_else_undergoes(act: ActCue) -> Verdict | None:
    return NOTHING if act.passive and act.link is not None else None


@ACTING.rule(
    "“điều chỉnh theo Phụ lục 3 ban hành kèm theo X”: an annex of X rules how the act is done.",
    fires=(Example("lý do điều chỉnh theo Phụ lục 3 ban hành kèm theo X", "promulgated_by"),),
    spares=(
        Example("điều chỉnh Phụ lục 3 ban hành kèm theo X", "amends"),
        Example('thay thế cụm từ "theo mẫu" tại Phụ lục I ban hành kèm theo X', "amends"),
    ),
)
def ruled_by_annex(act: ActCue) -> Verdict | None:
    annex = act.annex
    if annex is None or act.hit.end > annex.start:
        return None
    return NOTHING if _UNDER.fullmatch(act.clause, act.hit.end, annex.start) else None


@ACTING.rule(
    "A document that cannot act on X does not act on an annex of X.",
    fires=(Example("bổ sung máy móc tại Phụ lục ban hành kèm theo X", "promulgated_by", {"may_act": False}),),
    spares=(
        Example("bổ sung máy móc tại Phụ lục ban hành kèm theo X", "amends"),
        Example("bổ sung X", "cites?", {"may_act": False}),
    ),
)
def annex_out_of_reach(act: ActCue) -> Verdict | None:
    return NOTHING if act.annex is not None and not act.setting.may_act else None


@ACTING.rule(
    "The object of an act stands near it, unless the act opens the clause.",
    fires=(Example("Quyết định này bãi bỏ " + "các khoản 1, 2 Điều 12, " * 13 + "của X", "-"),),
    spares=(
        Example("Quyết định này bãi bỏ " + "các khoản 1, 2 Điều 12, " * 12 + "của X", "repeals"),
        Example("1. Bãi bỏ " + "các khoản 1, 2 Điều 12, " * 13 + "của X", "repeals"),
    ),
)
def object_too_far(act: ActCue) -> Verdict | None:
    return NOTHING if len(act.rest) > _OBJECT_REACH and not _leads(act) else None


@ACTING.rule(
    "“bổ sung”, “điều chỉnh” alone act on what stands next to them: they are also done to money, goods, plots of land.",
    fires=(
        Example("bổ sung " + "vốn cho dự án và " * 5 + "X", "-"),
        Example("1. Điều chỉnh " + "vốn cho dự án và " * 5 + "X", "-"),
    ),
    spares=(
        Example("bổ sung " + "vốn cho dự án và " * 4 + "X", "amends"),
        Example("sửa đổi, bổ sung " + "vốn cho dự án và " * 5 + "X", "amends"),
        Example("1. Điều chỉnh " + "vốn cho dự án và " * 5 + "danh mục kèm theo X", "amends"),
    ),
)
def vague_act_too_far(act: ActCue) -> Verdict | None:
    if not act.alone or "vague" not in act.hit.cue.traits or len(act.between) <= _VAGUE_REACH:
        return None
    return NOTHING if act.annex is None or not _leads(act) else None


@ACTING.rule(
    "“các Nghị định sửa đổi, bổ sung X”: others act, the citing document speaks of them.",
    fires=(Example("và các Nghị định sửa đổi, bổ sung X", "cites?"),),
    spares=(Example("Nghị định sửa đổi, bổ sung X", "amends"),),
)
def others_act(act: ActCue) -> Verdict | None:
    return Verdict("cites", act.span, 0.6, weak=True) if _OTHERS.search(_words_before(act)) else None


@ACTING.rule(
    "“dự thảo Quyết định thay thế X” in a title: what is drafted will act, by a document that cannot act itself.",
    fires=(Example(" về dự thảo Quyết định thay thế X", "cites?", {"follows": True, "title": True, "may_act": False}),),
    spares=(
        Example(" về dự thảo Quyết định thay thế X", "replaces", {"follows": True, "title": True}),
        Example(" về Quyết định thay thế X", "replaces", {"follows": True, "title": True, "may_act": False}),
    ),
)
def drafted_in_title(act: ActCue) -> Verdict | None:
    drafted = act.setting.title and not act.setting.may_act and _DRAFT.search(_words_before(act))
    return _future(act) if drafted else None


@ACTING.rule(
    "A document that cannot act on X only speaks of acting on it.",
    fires=(Example("Rà soát, sửa đổi X", "cites?", {"may_act": False}),),
    spares=(
        Example("Sửa đổi X", "amends"),
        Example(" sửa đổi X", "amends", {"follows": True, "title": True, "may_act": False}),
    ),
    order="A title tells what the document that bears it does, whatever the citing document can do.",
)
def cannot_act(act: ActCue) -> Verdict | None:
    return _future(act) if not act.setting.title and not act.setting.may_act else None


@ACTING.rule(
    "“tham mưu sửa đổi X”: the act is proposed, planned or asked for.",
    fires=(Example("tham mưu sửa đổi X", "cites?"), Example("cho ý kiến về việc sửa đổi X", "cites?")),
    spares=(
        Example("trình Hội đồng nhân dân ban hành Nghị quyết sửa đổi X", "amends"),
        Example("Quyết định về việc sửa đổi X", "amends"),
        Example(" về đề nghị sửa đổi X", "amends", {"follows": True, "title": True}),
    ),
)
def intended(act: ActCue) -> Verdict | None:
    before = _words_before(act)
    if act.setting.title or not _INTENT.search(before) or _OWN_DRAFT.search(before):
        return None
    return None if _OWN_TITLE.fullmatch(act.clause, 0, act.start) else _future(act)


@ACTING.rule(
    "“sửa đổi X”, “thay thế X”, “bãi bỏ X”: the citing document acts on X.",
    fires=(Example("Quyết định này thay thế X", "replaces"), Example("Bãi bỏ khoản 1 Điều 5 X", "repeals")),
    spares=(Example("phạm vi điều chỉnh tại X", "cites?"),),
)
def acts(act: ActCue) -> Verdict | None:
    return Verdict(act.relation, act.span, 0.9)


def _future(act: ActCue) -> Verdict:
    return Verdict("cites", act.span, 0.6, aspect="future", weak=True)


def _words_before(act: ActCue) -> str:
    return act.clause[max(0, act.start - _BEFORE) : act.start]


def _leads(act: ActCue) -> bool:
    """The act opens its clause, behind no more than a number or a bullet."""
    return _LEADING.fullmatch(act.clause, 0, act.start) is not None


def _part_changed(act: ActCue) -> bool:
    """Whether a part of the text that cites is told to have been changed as X rules."""
    rest = act.rest
    if not _BY_RULE.search(rest) or _OWN_PART.search(act.clause, act.start - _PART_REACH, act.start) is None:
        return False
    return any(
        _EXCHANGED.fullmatch(rest, 0, by.start())
        and (DIRECT.fullmatch(rest, by.end()) or _ATTACHED.match(rest, by.end()))
        for by in _BY_RULE.finditer(rest, 0, _RULE_REACH)
    )
