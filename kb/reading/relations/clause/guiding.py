"""Verbs that guide, make known or monitor a document, and what holds for a verb of any kind."""

from __future__ import annotations

from kb.reading.relations.clause.context import NOTHING, VerbCue, Verdict
from kb.reading.relations.clause.patterns import DIRECT, GUIDED_PART, NO_OBJECT, REGULATION, aspect
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.wording import exact, spaced, words

_GUIDED_REACH = 60  # "hướng dẫn một số nội dung về xử lý vi phạm hành chính của X": what is guided, with its document
_MONITORED_REACH = 12  # "giám sát các X": what is monitored stands right behind, or behind "việc thực hiện"
_KNOWN_REACH = 250  # "tuyên truyền sâu rộng các chủ trương của Đảng, …, các quy định của X": the list of what is told

_ITSELF = spaced(rf"\b{words('regulation')} {exact('this')} (?:{exact('guidance')}[ ,]*)*+$")
_ITSELF_REACH = 120  # code points before guiding in which the text names itself
_LAID_DOWN_REACH = 500  # "Thông tư này quy định chi tiết hồ sơ, trình tự … quy định tại khoản 5 Điều 12 X"
_PART_OF_IT = spaced(rf"\b{words('pinpoint')} [0-9a-z]{{1,4}}\b")
_OF_PROGRAMME = spaced(rf"\b{exact('programme')} [^,;:]{{4,200}}$")
_GUIDES = spaced(rf"{exact('guide')}\b")
# "hướng dẫn áp dụng Điều 150 về tội mua bán người và Điều 151 về tội … của X": parts with their names
_NAMED_PARTS = spaced(
    rf" *(?:{exact('carry_out')} )?{words('pinpoint')} [0-9]{{1,3}}[a-z]? [a-z0-9, ]{{0,400}}\b{exact('of')} *$"
)
_PART_NAMED = spaced(rf"\b{words('pinpoint')}\b")
_CHAIN = rf"(?:[ ,]*+{exact('guidance')}\b)*+[ ,]*$"
# "các văn bản của tỉnh hướng dẫn", "văn bản quy định chi tiết, hướng dẫn thi hành", "Nghị định của Chính phủ quy định"
_GUIDERS = spaced(
    rf"(?:\b{words('plural')} {exact('guiders')}(?:[a-z0-9 ]{{0,60}}?)|\b{exact('text')}"
    rf"|[a-z,] {exact('guiders')} {exact('of')} [a-z0-9 ]{{1,60}}?"
    rf"|(?:\b{words('pinpoint')} [0-9]{{1,3}}[a-z]?|\b{exact('at_or_of')}|\b{exact('as')}) {exact('guiders')}"
    rf"|(?:\b{exact('beside')}|,) {exact('guiders')}|[a-z]{{2,}} {exact('regulating')}){_CHAIN}"
)
_EXCEPTED = spaced(rf"[,(] ?{exact('excepting')}(?: [a-z0-9]{{1,8}}){{0,12}} *$")
_DELEGATES = spaced(rf"\b{exact('delegates')}\b[a-z0-9, -]{{0,80}}?(?: {exact('delegated')})*{_CHAIN}")
_ISSUED = spaced(rf"\b{exact('issues')}\b")
_REGULATION_REACH = 160  # "hướng dẫn các điều 5, 6 và 7 Quy chế … ban hành kèm theo X": what is guided
_AMENDED = spaced(rf"\b{exact('amending_guiders')}\b[a-z0-9, ]{{0,60}} {words('plural')} {exact('guiders')}\b")
_AMENDED_REACH = 600  # "sửa đổi một số điều của các nghị định về A; B; quy định chi tiết X": what these were about
_TASK = spaced(rf"\b{exact('prepares')}[ ,]*{exact('issues')} (?:[a-z0-9]{{1,8}} ){{1,12}}$")  # "tham mưu ban hành …"
_ASKED = spaced(rf"\b{words('intent')}\b")
# "đề nghị Bộ Nội vụ ban hành văn bản hướng dẫn X"
_REQUESTED = spaced(rf"(?:^|[.;:,])[\W_]*{exact('asks')} (?!{exact('of')}\b)")
_PLURAL = spaced(rf"\W*{words('plural')}\b")
_GUIDERS_REACH = 200  # code points before guiding that tell who guides
ANY_VERB: Table[VerbCue, Verdict] = Table("verbs of any kind")
GUIDING: Table[VerbCue, Verdict] = Table("guides")
MAKING_KNOWN: Table[VerbCue, Verdict] = Table("disseminates")
MONITORING: Table[VerbCue, Verdict] = Table("monitors")
CONFORMING: Table[VerbCue, Verdict] = Table("conforms_to")


@ANY_VERB.rule(
    "A verb in brackets that are closed before the citation governs nothing outside them.",
    fires=(Example("hồ sơ (đã sửa đổi) tại X", "cites?"),),
    spares=(
        Example("hồ sơ (đã sửa đổi X", "amends"),
        Example("bãi bỏ (khoản 1) X", "repeals"),
        Example("bãi bỏ điểm a) X", "repeals"),
    ),
)
def closed_in_brackets(cue: VerbCue) -> Verdict | None:
    clause, end = cue.clause, cue.hit.end
    closed = clause.find(")", end)
    inside = closed >= 0 and "(" not in clause[end:closed] and clause[closed - 3 : closed].isalpha()
    return NOTHING if inside else None


@ANY_VERB.rule(
    "“thực hiện theo quy định trước đây, trừ Điều 3 X”: what is excepted is not what the verb is about.",
    fires=(
        Example("thực hiện theo quy định trước đây, trừ quy định tại X", "cites?"),
        Example("Bãi bỏ các quy định về phí, trừ trường hợp quy định tại X", "cites?"),
    ),
    spares=(
        Example("Thực hiện các nội dung theo X", "implements"),
        Example("thực hiện khấu trừ quy định tại X", "cites?"),
    ),
)
def excepted_from_it(cue: VerbCue) -> Verdict | None:
    return NOTHING if _EXCEPTED.search(cue.rest) else None


@GUIDING.rule(
    "“Thông tư này quy định khoản 2 Điều 33 X” spells out that part of X; what else it lays down guides nothing.",
    fires=(
        Example("Thông tư này quy định cụ thể mức thu phí theo X", "cites?"),
        Example("Bộ quy định cụ thể khoản 2 Điều 33 X", "-"),
    ),
    spares=(
        Example("Thông tư này quy định khoản 2 Điều 33 X", "guides"),
        Example("Thông tư này quy định cụ thể khoản 2 Điều 33 X", "guides"),
    ),
)
def lays_down_something_else(cue: VerbCue) -> Verdict | None:
    if "object_next" not in cue.hit.cue.traits:
        return None
    own = _ITSELF.search(cue.clause, max(0, cue.hit.start - _ITSELF_REACH), cue.hit.start)
    spelt_out = own and DIRECT.fullmatch(cue.rest) and _PART_NAMED.search(cue.clause, cue.hit.start)
    return None if spelt_out and cue.link is None and cue.annex is None else NOTHING


@GUIDING.rule(
    "Guidance given “theo X” is that of X, not about it.",
    fires=(Example("hướng dẫn theo X", "cites?"),),
    spares=(
        Example("hướng dẫn X", "guides"),
        Example("hướng dẫn một số điều tại X", "guides"),
        Example("Thông tư này quy định chi tiết hồ sơ theo khoản 5 Điều 12 X", "guides"),
        Example("Thông tư này hướng dẫn thực hiện chế độ tiền lương theo quy định tại X", "guides"),
        Example("Thông tư này hướng dẫn về kê khai, nộp thuế trên thị trường tài sản mã hóa theo X", "guides"),
    ),
)
def guided_by_it(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.under_rule and not itself_guides(cue, cue.hit.start) else None


@GUIDING.rule(
    "Who guides an annex of X does not guide X, unless it is the regulation that X promulgates.",
    fires=(
        Example("hướng dẫn biểu mẫu kèm theo X", "promulgated_by"),
        Example("hướng dẫn thực hiện các điều 5, 6 Quy chế ban hành kèm theo X", "guides"),
        Example("Thông tư này hướng dẫn nội dung hỗ trợ thuộc Chương trình giảm nghèo ban hành kèm theo X", "guides"),
    ),
    spares=(Example("hướng dẫn biểu mẫu X", "guides"),),
)
def guides_annex(cue: VerbCue) -> Verdict | None:
    if cue.annex is None:
        return None
    near = cue.annex.start - cue.hit.end <= _REGULATION_REACH
    regulation = near and REGULATION.fullmatch(cue.clause, cue.hit.end, cue.annex.start)
    if not regulation and cue.annex.start - cue.hit.end <= _LAID_DOWN_REACH:
        own = _ITSELF.search(cue.clause, max(0, cue.hit.start - _ITSELF_REACH), cue.hit.start)
        regulation = own and _OF_PROGRAMME.search(cue.clause, cue.hit.end, cue.annex.start)
    return Verdict("guides", cue.span, 0.8) if regulation else NOTHING


@GUIDING.rule(
    "What is guided stands next to the verb.",
    fires=(
        Example("hướng dẫn: X", "-"),
        Example("hướng dẫn các tổ chức, cá nhân có liên quan trên địa bàn huyện lập hồ sơ X", "-"),
    ),
    spares=(
        Example("hướng dẫn các tổ chức, cá nhân lập hồ sơ X", "guides"),
        Example(
            "Nghị quyết này hướng dẫn áp dụng Điều 150 về tội mua bán và Điều 151 về tội mua bán người của X", "guides"
        ),
        Example("quy định chi tiết khoản 2 Điều 12, " + "khoản 8 Điều 15, " * 9 + "khoản 3 Điều 57 của X", "guides"),
    ),
)
def guided_too_far(cue: VerbCue) -> Verdict | None:
    if ":" not in cue.between and (itself_guides(cue, cue.hit.start) or _guides_named_parts(cue)):
        return None
    too_long = len(cue.between) > _GUIDED_REACH and not DIRECT.fullmatch(cue.between)  # not a list of articles
    return NOTHING if too_long or ":" in cue.between else None


@GUIDING.rule(
    "“hướng dẫn … tại X” guides X only where a part of X is what is guided.",
    fires=(Example("hướng dẫn người dân tại X", "cites?"),),
    spares=(
        Example("hướng dẫn thực hiện một số nội dung tại X", "guides"),
        Example("hướng dẫn một số điều tại X", "guides"),
    ),
)
def guides_something_laid_down(cue: VerbCue) -> Verdict | None:
    if itself_guides(cue, cue.hit.start):
        return None
    return NOTHING if cue.link is not None and not GUIDED_PART.fullmatch(cue.between) else None


@GUIDING.rule(
    "“các văn bản hướng dẫn X”, “Bộ trưởng hướng dẫn X”: others guide, the citing document speaks of them.",
    fires=(
        Example("và các văn bản hướng dẫn X", "cites?"),
        Example("theo Thông tư của Bộ Tài chính hướng dẫn X", "cites?"),
        Example("1. Bộ trưởng Bộ Tài chính có trách nhiệm hướng dẫn X", "cites?"),
        Example("đã hoàn thành xây dựng Nghị định hướng dẫn X", "cites?"),
        Example("thực hiện theo quy định tại Điều 201 Nghị định quy định chi tiết X", "cites?"),
        Example("Tham mưu ban hành Nghị định của Chính phủ hướng dẫn X", "cites?"),
        Example("Đề nghị Bộ Nội vụ sớm ban hành văn bản hướng dẫn X", "cites?"),
        Example("khẩn trương hoàn thiện trình Chính phủ ban hành các văn bản hướng dẫn X", "cites?"),
        Example("ban hành Nghị định sửa đổi một số điều của các nghị định về con dấu; quy định chi tiết X", "cites?"),
        Example(" sửa đổi một số điều của các nghị định hướng dẫn X", "cites?", {"follows": True, "title": True}),
    ),
    spares=(
        Example("Thông tư này hướng dẫn X", "guides"),
        Example("Bộ trưởng ban hành Thông tư hướng dẫn X", "guides"),
        Example(" các văn bản hướng dẫn X", "guides", {"follows": True, "title": True}),
    ),
    order="Where something else is guided the verbs before decide.",
)
def others_guide(cue: VerbCue) -> Verdict | None:
    return guided_by_others(cue, cue.hit.start, cue.span)


@GUIDING.rule(
    "“hướng dẫn X”, “quy định chi tiết X” guide X.",
    fires=(Example("quy định chi tiết một số điều của X", "guides"),),
    spares=(Example("quy định tại X", "cites?"),),
)
def guides(cue: VerbCue) -> Verdict | None:
    return Verdict("guides", cue.span, 0.85)


@MAKING_KNOWN.rule(
    "What is told “theo X” is something else that X rules.",
    fires=(Example("tuyên truyền pháp luật theo X", "cites?"),),
    spares=(Example("tuyên truyền nội dung tại X", "disseminates"),),
)
def told_as_ruled(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.under_rule else None


@MAKING_KNOWN.rule(
    "Who tells of an annex of X does not tell of X.",
    fires=(Example("phổ biến Quy chế kèm theo X", "promulgated_by"),),
    spares=(Example("phổ biến Quy chế X", "disseminates"),),
)
def told_of_annex(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.annex is not None else None


@MAKING_KNOWN.rule(
    "What is made known stands in the same list as the verb.",
    fires=(Example("tuyên truyền " + "các chủ trương của Đảng, " * 10 + "X", "-"),),
    spares=(Example("tuyên truyền " + "các chủ trương của Đảng, " * 9 + "X", "disseminates"),),
)
def told_too_far(cue: VerbCue) -> Verdict | None:
    return NOTHING if len(cue.rest) > _KNOWN_REACH else None


@MAKING_KNOWN.rule(
    "“tuyên truyền”, “phổ biến”, “quán triệt X” make X known.",
    fires=(Example("Tăng cường tuyên truyền sâu rộng X", "disseminates"),),
    spares=(Example("kiểm tra X", "monitors"),),
)
def makes_known(cue: VerbCue) -> Verdict | None:
    return Verdict("disseminates", cue.span, 0.85, aspect=aspect(cue.clause, cue.hit.start))


@MONITORING.rule(
    "What is checked “theo X” is something else that X rules.",
    fires=(Example("kiểm tra theo X", "cites?"),),
    spares=(Example("kiểm tra tại X", "monitors"),),
)
def checked_as_ruled(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.under_rule else None


@MONITORING.rule(
    "Who checks an annex of X does not check X.",
    fires=(Example("kiểm tra kèm theo X", "promulgated_by"),),
    spares=(Example("kiểm tra các X", "monitors"),),
)
def checks_annex(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.annex is not None else None


@MONITORING.rule(
    "A document that is monitored stands right behind the verb.",
    fires=(Example("kiểm tra cơ sở sản xuất X", "-"),),
    spares=(Example("giám sát các X", "monitors"),),
)
def monitored_too_far(cue: VerbCue) -> Verdict | None:
    return NOTHING if len(cue.rest) > _MONITORED_REACH else None


@MONITORING.rule(
    "A verb with a mark right behind it has no object.",
    fires=(Example("công tác giám sát, X", "-"), Example("đánh giá: X", "-")),
    spares=(Example("giám sát các, X", "monitors"),),
)
def monitors_no_object(cue: VerbCue) -> Verdict | None:
    return NOTHING if NO_OBJECT.match(cue.between) else None


@MONITORING.rule(
    "“kiểm tra”, “giám sát X” monitor X.",
    fires=(Example("Kiểm tra X", "monitors"),),
    spares=(Example("kiểm tra, thực hiện X", "monitors"),),
)
def monitors(cue: VerbCue) -> Verdict | None:
    return Verdict("monitors", cue.span, 0.85, aspect=aspect(cue.clause, cue.hit.start))


@CONFORMING.rule(
    "“tiêu chuẩn”, “quy chuẩn”, “áp dụng” say nothing here: what is cited is told to be a standard by its number.",
    fires=(Example("áp dụng X", "-"), Example("theo tiêu chuẩn X", "cites?")),
    spares=(Example("thực hiện X", "implements"),),
)
def standard_by_number(cue: VerbCue) -> Verdict | None:
    return NOTHING


def guided_by_others(cue: VerbCue, start: int, span: tuple[int, int]) -> Verdict | None:
    """The verdict where others than the citing document guide from ``start`` on ("các văn bản hướng dẫn X")."""
    amended = _AMENDED.search(cue.clause, max(0, start - _AMENDED_REACH), start) is not None
    if cue.setting.title and not amended:
        return None
    low = max(0, start - _GUIDERS_REACH)
    before = cue.clause[low:start]
    guiders = _GUIDERS.search(before) or _DELEGATES.search(before)
    if guiders is None and not amended:
        return None
    if guiders is not None and _ISSUED.search(before, max(0, guiders.start() - 12), len(before)):
        several = _ASKED.search(before, 0, guiders.start()) and _PLURAL.match(before, guiders.start())
        asked = several or _TASK.search(before) or _REQUESTED.search(before)
        return Verdict("cites", span, 0.6, weak=True) if asked else None
    return Verdict("cites", span, 0.6, weak=True)


def _guides_named_parts(cue: VerbCue) -> bool:
    """Whether a text says of itself that it guides articles of X, each with its name."""
    own = _ITSELF.search(cue.clause, max(0, cue.hit.start - _ITSELF_REACH), cue.hit.start)
    return own is not None and cue.link is None and _NAMED_PARTS.fullmatch(cue.between) is not None


def itself_guides(cue: VerbCue, start: int) -> bool:
    """Whether a text says of itself that it spells out what parts of X lay down: "Thông tư này quy định chi tiết hồ sơ
    … quy định tại khoản 5 Điều 12 X", or guides what X lays down ("Thông tư này hướng dẫn chế độ … quy định tại
    X", "… hướng dẫn kê khai, nộp thuế theo X"); ``start``: where guiding begins."""
    if cue.link is None or len(cue.between) > _LAID_DOWN_REACH:
        return False
    own = _ITSELF.search(cue.clause, max(0, start - _ITSELF_REACH), start)
    tied = cue.clause[cue.link.end :]
    named = _PART_OF_IT.search(tied) or _GUIDES.match(cue.clause, start)
    return own is not None and named is not None and DIRECT.fullmatch(tied) is not None
