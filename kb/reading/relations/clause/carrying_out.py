"""Verbs that carry a document out: "thực hiện X", "triển khai … theo X"."""

from __future__ import annotations

import re

from kb.reading.relations.clause.context import NOTHING, VerbCue, Verdict
from kb.reading.relations.clause.guiding import guided_by_others, itself_guides
from kb.reading.relations.clause.patterns import DIRECT, GUIDED_PART, NEW_SUBJECT, NO_OBJECT, aspect
from kb.reading.relations.cues import Hit
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.wording import LISTS, exact, spaced, words

_BEFORE = 40  # code points before the verb that hold its noun or "không": "cơ quan chủ trì, trực tiếp | thực hiện"
_REACH = 300  # "thực hiện các mục tiêu, nhiệm vụ, giải pháp … của X": the longest object met
_RULED_REACH = 120  # "thực hiện thanh toán kinh phí … theo X": further away another verb is what "theo" belongs to
_APART = 40  # between verb and citation; closer ones are verb and object whatever noun stands before
_RUN = 60  # "triển khai, tổ chức … thực hiện": verbs of carrying out within one phrase
_GUIDING_GAP = 90  # "quy định chi tiết và hướng dẫn một số biện pháp … thi hành X"
_LOOSE_GUIDING_GAP = 25  # "hướng dẫn các đơn vị thực hiện X": "hướng dẫn" often has another object than "thực hiện"
_MONITORING_GAP = 60  # "kiểm tra, giám sát tình hình triển khai và kết quả thực hiện X"
_TOLD_GAP = 60  # "tuyên truyền về chủ trương, chính sách và thực hiện X"
_TOLD_OF_GAP = 200  # "tuyên truyền các văn bản … về kết quả thực hiện X": the words before the verb say what is told
_ADJACENT = 3  # "triển khai, thực hiện": a comma and blanks

_HOLDER = spaced(rf"\b{words('holder')}(?: {words('holder_verb')})* *$")
# "báo cáo, xử lý, thành lập … theo X": the verb nearest to "theo" is not thực hiện, so X is only cited.
_OTHER_VERB = spaced(
    rf"(?<!{exact('submits')} )\b(?:{words('other_verb')}|{exact('undergoes')}(?! {exact('assigned')}))\b"
)
# "thực hiện các nhiệm vụ quy định tại X" implements X; "thực hiện kiểm tra công trình quy định tại X" only cites it.
_LAID_DOWN = spaced(rf"[^,;]{{0,30}}\b{words('laid_down')}\b[^,;]{{0,60}}")
_TO_THE_LETTER = spaced(rf"(?: {words('to_the_letter')})* *")  # "thực hiện đúng các quy định tại X"
_PREDICATE = re.compile(rf"[\W0-9]*(?:[a-z][.)])?\W*{exact('deed')} [^.;:]{{1,160}}$")
_NEGATED = spaced(rf"\b{words('negated')}(?: {exact('must')})? *$")
_WHETHER_DONE = re.compile(rf"[a-z, ]{{0,40}}\b{exact('deed')} *")  # "kiểm tra, đôn đốc việc thực hiện … theo X"
_TOLD_OF = spaced(rf"\b{words('told_of')}(?: {exact('deed')})? (?:[a-z]+ ){{0,3}}$")
_UNDERGOES = tuple(f"{word} " for word in LISTS.folded("undergoes"))
_ORGANISES = tuple(f"{word} " for word in LISTS.folded("organises"))

_UNDERTAKING = spaced(rf" {words('undertakings')}\b(?:(?!\b{words('document')}\b)[^;:()]){{0,200}}\([^;:()]{{0,40}}")
_PROCEDURE = spaced(rf" (?:{words('plural')} )?{exact('procedure')}\b")
_COURSE = spaced(rf"\b{exact('course')} *$")
_TELLS_WHEN = spaced(rf"\b{exact('until_when')}(?: {words('plural')})? *$")
_SPAN_OF_TIME = spaced(rf"\b{exact('span_of_time')} *$")
_STOPS = spaced(
    rf"[\W0-9]*(?:[a-z][.)]|{words('pinpoint')} [0-9]{{1,3}}[a-z]?[.:])?\W*(?:{exact('grants')} )?{exact('stops')}"
    rf"(?: {exact('deed')})? *"
)
CARRYING_OUT: Table[VerbCue, Verdict] = Table("implements")


@CARRYING_OUT.rule(
    "What is carried out is an annex of X, and X is what promulgated it.",
    fires=(Example("thực hiện Kế hoạch ban hành kèm theo X", "promulgated_by"),),
    spares=(Example("thực hiện Kế hoạch X", "implements"),),
)
def carries_out_annex(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.annex is not None else None


@CARRYING_OUT.rule(
    "“Dừng thực hiện X” at the opening of an article or item: X is suspended.",
    fires=(Example("Điều 1. Dừng thực hiện X", "suspends"), Example("2. Ngừng việc thi hành X", "suspends")),
    spares=(
        Example("Việc quản lý, sử dụng thực hiện X", "implements"),
        Example("Dừng thực hiện X", "implements", {"may_act": False}),
    ),
)
def stops(cue: VerbCue) -> Verdict | None:
    if not cue.setting.may_act or not DIRECT.fullmatch(cue.rest) or not _STOPS.fullmatch(cue.clause, 0, cue.hit.start):
        return None
    return Verdict("suspends", cue.span, 0.8)


@CARRYING_OUT.rule(
    "“được thực hiện sau khi X hết hiệu lực”: X only tells when.",
    fires=(
        Example("dự án được thực hiện trước thời điểm X", "-"),
        Example("hành vi được thực hiện sau khi X", "-"),
        Example("thực hiện nhiệm vụ cho đến khi các X", "-"),
    ),
    spares=(Example("thực hiện khi có X", "implements"), Example("sau khi thực hiện X", "implements")),
)
def only_tells_when(cue: VerbCue) -> Verdict | None:
    return NOTHING if _TELLS_WHEN.search(cue.rest) else None


@CARRYING_OUT.rule(
    "“kéo dài … và thời gian thực hiện X”: the time is prolonged in which others carry X out.",
    fires=(Example("Kéo dài thời kỳ ổn định ngân sách và thời gian thực hiện X", "extends"),),
    spares=(Example("Kéo dài thời kỳ ổn định ngân sách để thực hiện X", "implements"),),
)
def time_is_prolonged(cue: VerbCue) -> Verdict | None:
    prolonged = any(other.cue.relation == "extends" for other in cue.hits[: cue.place])
    return NOTHING if prolonged and _SPAN_OF_TIME.search(*_before(cue)) else None


@CARRYING_OUT.rule(
    "“triển khai công việc … (X”, “tổ chức kỳ thi (X”: brackets give the paper of what was done, which is none.",
    fires=(Example("đã triển khai công việc liên quan tới kỳ thi (X", "cites?"),),
    spares=(
        Example("triển khai Đề án phát triển dữ liệu dân cư (X", "implements"),
        Example("triển khai công việc theo Quyết định (X", "implements"),
        Example("triển khai công tác X", "implements"),
    ),
)
def paper_of_an_undertaking(cue: VerbCue) -> Verdict | None:
    return Verdict("cites", cue.span, 0.7, weak=True) if _UNDERTAKING.fullmatch(cue.rest) else None


@CARRYING_OUT.rule(
    "A verb with a mark right behind it and other words before X has no object.",
    fires=(Example("tổ chức thực hiện. Hồ sơ của X", "-"),),
    spares=(Example("tổ chức thực hiện: các X", "implements"), Example("tổ chức thực hiện Hồ sơ của X", "implements")),
)
def no_object(cue: VerbCue) -> Verdict | None:
    bare = NO_OBJECT.match(cue.between) and not DIRECT.fullmatch(cue.clause, cue.hit.end)
    return NOTHING if bare else None


@CARRYING_OUT.rule(
    "“thực hiện thủ tục theo quy định tại X”: something else is carried out, X only lays it down.",
    fires=(
        Example("thực hiện thủ tục theo quy định tại X", "cites?"),
        Example("thực hiện thủ tục đúng quy định của X", "cites?"),
    ),
    spares=(
        Example("thực hiện theo quy định tại X", "implements"),
        Example("thực hiện thủ tục theo X", "implements"),
        Example("thực hiện các thủ tục quy định tại X", "implements"),
    ),
)
def laid_down_elsewhere(cue: VerbCue) -> Verdict | None:
    return NOTHING if _laid_down(cue) and not _nothing_between(cue) else None


@CARRYING_OUT.rule(
    "The verb nearest to “theo X” is another one.",
    fires=(
        Example("Thực hiện nhiệm vụ, xử lý hồ sơ theo X", "cites?"),
        Example("thực hiện việc được duyệt theo X", "cites?"),
    ),
    spares=(
        Example("Thực hiện nhiệm vụ, hồ sơ theo X", "implements"),
        Example("Thực hiện nhiệm vụ được giao theo X", "implements"),
        Example("Thực hiện nhiệm vụ xử lý hồ sơ của X", "implements"),
    ),
)
def another_verb_nearer(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.under_rule and _OTHER_VERB.search(cue.between) else None


@CARRYING_OUT.rule(
    "“không thực hiện theo X”: what X lays down is not done.",
    fires=(Example("không phải thực hiện theo X", "cites?"), Example("chưa thực hiện các nội dung tại X", "cites?")),
    spares=(Example("không thực hiện X", "implements"), Example("thực hiện theo X", "implements")),
)
def negated(cue: VerbCue) -> Verdict | None:
    return NOTHING if cue.link is not None and _NEGATED.search(*_before(cue)) else None


@CARRYING_OUT.rule(
    "“thời gian thực hiện quy định tại X”: the verb belongs to the noun before it.",
    fires=(Example("Thời gian thực hiện quy định tại X", "cites?"),),
    spares=(
        Example("Sở thực hiện quy định tại X", "implements"),
        Example("Thời gian thực hiện nhiệm vụ quy định tại X", "implements"),
    ),
)
def noun_of_what_is_laid_down(cue: VerbCue) -> Verdict | None:
    return NOTHING if _only_laid_down(cue) and _HOLDER.search(*_before(cue)) else None


@CARRYING_OUT.rule(
    "“Trình tự thực hiện thủ tục … tại X”: a heading names a procedure that X lays down.",
    fires=(Example("Trình tự thực hiện thủ tục hành chính tại X", "cites?"),),
    spares=(Example("Sở thực hiện thủ tục tại X", "implements"),),
)
def heading_of_a_procedure(cue: VerbCue) -> Verdict | None:
    return NOTHING if _PROCEDURE.match(cue.between) and _COURSE.search(*_before(cue)) else None


@CARRYING_OUT.rule(
    "“thực hiện kiểm tra công trình quy định tại X”: what X lays down is not a duty that is carried out.",
    fires=(Example("thực hiện thanh tra công trình quy định tại X", "cites?"),),
    spares=(
        Example("thực hiện đúng các quy định tại X", "implements"),
        Example("thực hiện các nhiệm vụ quy định tại X", "implements"),
        Example("thực hiện thanh tra công trình tại X", "implements"),
    ),
)
def no_duty_laid_down(cue: VerbCue) -> Verdict | None:
    return NOTHING if _only_laid_down(cue) and not _TO_THE_LETTER.fullmatch(cue.between) else None


@CARRYING_OUT.rule(
    "The object of the verb stands near it, before another subject takes over.",
    fires=(
        Example("Triển khai nhiệm vụ, các sở tham mưu X", "-"),
        Example("thực hiện " + "việc đó và " * 28 + "X", "-"),
        Example("thực hiện " + "việc đó và " * 11 + "theo X", "cites?"),
    ),
    spares=(
        Example("Triển khai nhiệm vụ, tham mưu X", "implements"),
        Example("thực hiện " + "việc đó và " * 27 + "X", "implements"),
        Example("thực hiện " + "việc đó và " * 10 + "theo X", "implements"),
    ),
)
def object_too_far(cue: VerbCue) -> Verdict | None:
    reach = _RULED_REACH if cue.under_rule else _REACH
    return NOTHING if len(cue.between) > reach or NEW_SUBJECT.search(cue.between) else None


@CARRYING_OUT.rule(
    "“cơ quan thực hiện theo X”: the verb only describes the noun before it.",
    fires=(
        Example("kinh phí thực hiện theo X", "cites?"),
        Example("kinh phí để thực hiện theo quy định tại X", "cites?"),
        Example("nguồn vốn thực hiện các chương trình mục tiêu quốc gia và dự án X", "-"),
    ),
    spares=(
        Example("nguồn vốn thực hiện X", "implements"),
        Example("Sở thực hiện theo X", "implements"),
        Example("thủ tục được thực hiện theo quy định tại X", "implements"),
        Example("Việc phân bổ kinh phí thực hiện theo quy định của X", "implements"),
        Example("Trình tự tổ chức thực hiện theo X", "implements"),
    ),
)
def noun_carries_out(cue: VerbCue) -> Verdict | None:
    apart = cue.under_rule or len(cue.between) > _APART
    held = apart and not _says_how(cue) and _HOLDER.search(*_before(cue))
    return NOTHING if held else None


@CARRYING_OUT.rule(
    "“hướng dẫn thi hành X” guides X.",
    fires=(
        Example("hướng dẫn thực hiện X", "guides"),
        Example("quy định chi tiết và biện pháp để tổ chức thực hiện X", "guides"),
        Example("hướng dẫn thực hiện một số nội dung tại X", "guides"),
        Example("các văn bản hướng dẫn thi hành X", "cites?"),
    ),
    spares=(
        Example("hướng dẫn các đơn vị trên địa bàn tỉnh thực hiện X", "implements"),
        Example("thực hiện hướng dẫn X", "guides"),
    ),
    order="Whoever guides how X is carried out does not carry it out.",
)
def guides_carrying_out(cue: VerbCue) -> Verdict | None:
    guiding = _guiding(cue)
    if guiding is None:
        return None
    others = guided_by_others(cue, guiding.start, (guiding.start, cue.hit.end))
    if others is not None:
        return others
    gap = cue.clause[guiding.end : cue.hit.start]
    guided = cue.link is None or (not gap.strip() and GUIDED_PART.fullmatch(cue.between) is not None)
    guided = guided or itself_guides(cue, guiding.start)
    return Verdict("guides", (guiding.start, cue.hit.end), 0.9) if guided else None


@CARRYING_OUT.rule(
    "“hướng dẫn thực hiện … theo X”: what is guided is something else.",
    fires=(Example("hướng dẫn thực hiện thủ tục theo X", "cites?"),),
    spares=(Example("thực hiện thủ tục theo X", "implements"),),
    order="Where X is what is guided, the rule above has told it.",
)
def guides_something_else(cue: VerbCue) -> Verdict | None:
    return NOTHING if _guiding(cue) is not None else None


@CARRYING_OUT.rule(
    "“kiểm tra việc thực hiện X” monitors X.",
    fires=(
        Example("kiểm tra, đôn đốc tình hình thực hiện X", "monitors"),
        Example("kiểm tra việc thực hiện chế độ theo X", "monitors"),
    ),
    spares=(
        Example("kiểm tra hồ sơ và thực hiện theo X", "implements"),
        Example("kiểm tra các cơ sở sản xuất, kinh doanh trên địa bàn huyện và thành phố, thực hiện X", "implements"),
    ),
    order="Whoever checks whether X is carried out does not carry it out.",
)
def monitors_carrying_out(cue: VerbCue) -> Verdict | None:
    earlier = _before_run(cue)
    if earlier is None or earlier.cue.relation != "monitors":
        return None
    gap = cue.clause[earlier.end : cue.hit.start]
    if len(gap) > _MONITORING_GAP or (cue.under_rule and not _WHETHER_DONE.fullmatch(gap)):
        return None
    return Verdict("monitors", (earlier.start, cue.hit.end), 0.85, aspect=aspect(cue.clause, earlier.start))


@CARRYING_OUT.rule(
    "“tuyên truyền kết quả thực hiện X” makes X known; “quán triệt, triển khai X” carries it out.",
    fires=(
        Example("Tuyên truyền và thực hiện X", "disseminates"),
        Example(
            "Tuyên truyền các văn bản chỉ đạo của cấp trên và của Ủy ban nhân dân tỉnh về kết quả thực hiện X",
            "disseminates",
        ),
    ),
    spares=(
        Example("quán triệt, triển khai thực hiện X", "implements"),
        Example("Tuyên truyền pháp luật, thực hiện theo X", "implements"),
        Example("Tuyên truyền các văn bản chỉ đạo của cấp trên và của Ủy ban nhân dân tỉnh, thực hiện X", "implements"),
    ),
)
def makes_carrying_out_known(cue: VerbCue) -> Verdict | None:
    place = _place_before_run(cue)
    told = next((other for other in cue.hits[: place + 1] if other.cue.relation == "disseminates"), None)
    if told is None or cue.under_rule or "with_deeds" in told.cue.traits:
        return None
    gap = cue.clause[cue.hits[place].end : cue.hit.start]
    reach = _TOLD_OF_GAP if _TOLD_OF.search(gap) else _TOLD_GAP
    if cue.hit.start - told.end > reach:
        return None
    return Verdict("disseminates", (told.start, told.end), 0.75, aspect=aspect(cue.clause, cue.hit.start))


@CARRYING_OUT.rule(
    "“thực hiện X”, “triển khai … theo X” carry X out.",
    fires=(Example("Thực hiện X", "implements"), Example("tiếp tục triển khai, thực hiện X", "implements")),
    spares=(Example("thể hiện tại X", "cites?"),),
)
def carries_out(cue: VerbCue) -> Verdict | None:
    start = cue.hit.start
    for earlier in reversed(cue.hits[: cue.place]):
        if earlier.cue.relation != "implements" or start - earlier.end > _ADJACENT:
            break
        start = earlier.start
    confidence = 0.9 if cue.link is None else 0.8
    return Verdict("implements", (start, cue.hit.end), confidence, aspect=aspect(cue.clause, start) or "new")


def _before(cue: VerbCue) -> tuple[str, int, int]:
    """The stretch before the verb, as a pattern's ``search`` takes it."""
    return cue.clause, max(0, cue.hit.start - _BEFORE), cue.hit.start


def _nothing_between(cue: VerbCue) -> bool:
    """Nothing stands between the verb and its tie, and only parts of X behind it."""
    return cue.link is not None and not cue.between.strip() and DIRECT.fullmatch(cue.clause, cue.link.end) is not None


def _laid_down(cue: VerbCue) -> bool:
    """The tie is "theo quy định", "đúng quy định"."""
    return cue.link is not None and "as_laid_down" in cue.link.cue.traits


def _only_laid_down(cue: VerbCue) -> bool:
    """The tie is "quy định tại" and what is laid down is no duty ("nhiệm vụ", "chính sách")."""
    laid_down = cue.link is not None and "laid_down" in cue.link.cue.traits
    return laid_down and not _LAID_DOWN.fullmatch(cue.between)


def _says_how(cue: VerbCue) -> bool:
    """The clause says how something is done: "thủ tục được thực hiện theo quy định tại X", "Việc … thực hiện theo"."""
    clause, start = cue.clause, cue.hit.start
    if _laid_down(cue) and (clause.endswith(_UNDERGOES, 0, start) or _PREDICATE.match(clause, 0, start) is not None):
        return True
    return _nothing_between(cue) and clause.endswith(_ORGANISES, 0, start)  # "Trình tự tổ chức thực hiện theo Điều 2 X"


def _place_before_run(cue: VerbCue) -> int:
    """The place of the last cue before the verbs of carrying out that stand together with this one; -1: none."""
    place = cue.place - 1
    while place >= 0 and cue.hits[place].cue.relation == "implements" and cue.hit.start - cue.hits[place].end <= _RUN:
        place -= 1
    return place


def _before_run(cue: VerbCue) -> Hit | None:
    place = _place_before_run(cue)
    return cue.hits[place] if place >= 0 else None


def _guiding(cue: VerbCue) -> Hit | None:
    """The verb of guidance whose object the carrying out is."""
    earlier = _before_run(cue)
    if earlier is None or earlier.cue.relation != "guides":
        return None
    reach = _LOOSE_GUIDING_GAP if "loose" in earlier.cue.traits else _GUIDING_GAP
    return earlier if cue.hit.start - earlier.end <= reach else None
