"""Cues that govern a citation only where no verb does: ties, annexes, words that mention it."""

from __future__ import annotations

from kb.reading.relations.clause.context import ClauseEnd, Met, Verdict, WeakCue
from kb.reading.relations.cues import Hit
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.wording import exact, spaced, words

_MENTION_REACH = 24  # "nhận được các Công văn của Bộ số X": what may stand between a mentioning word and the number
_HEEDED_REACH = 100  # "bám sát nội dung, tinh thần của X": the longest object of such a verb without a comma
_ANNEX_REACH = 45  # "kèm theo Quy định về quản lý chợ tại X": an annex stands next to its document
_BRACKETED_REACH = 200  # "(Ban hành kèm theo Quy chế phối hợp … tại X)": in brackets nothing else can be meant
_OPENING_MARKS = 3  # "- Theo X": the bullet of a paragraph and its blanks
_SENT_REACH = 60  # "đã gửi danh sách các đơn vị kèm theo Công văn X": between the sending and what it goes along with

_SENT = spaced(rf"\b{words('sent')} [a-z0-9, ]*$")
_RIGHT_BEHIND = spaced(
    rf"(?: (?:{exact('the')}|{exact('content')}|{exact('pinpoint')}|{exact('at_or_of')}|[0-9a-z]{{1,3}}))* ?"
)
_OWN_ANNEX = spaced(
    rf" (?:{exact('the')} )?{words('regulation')} {exact('this')}\b"
)  # "kèm theo Quyết định này theo quy định tại X"

_OWN_LAPSED = spaced(rf"\b{words('pinpoint')} {exact('this')} (?P<lapsed>{words('lapsed')})\b[^.;:]*$")


def mentioned(hit: Hit) -> Verdict:
    """The verdict that a document is only mentioned."""
    return Verdict("cites", (hit.start, hit.end), 0.7, weak=True)


LINKS: Table[WeakCue, Met | Verdict] = Table("ties")
MENTIONS: Table[WeakCue, Met | Verdict] = Table("words that mention")
HEEDING: Table[WeakCue, Met | Verdict] = Table("verbs that heed")
ANNEXES: Table[WeakCue, Met | Verdict] = Table("words of an annex")
NO_VERB: Table[ClauseEnd, Verdict] = Table("clauses without a governing verb")


@LINKS.rule(
    "A footnote of a consolidated text: “Khoản này hết hiệu lực … theo quy định tại X”: X repealed that part of it.",
    fires=(
        Example("5 Khoản này hết hiệu lực theo quy định tại X", "<repeals"),
        Example("Quy định về nghỉ phép tại điểm này hết hiệu lực từ ngày 01 tháng 7 năm 2016 theo X", "<repeals"),
    ),
    spares=(
        Example("Khoản này có hiệu lực theo quy định tại X", "cites?"),
        Example("Giấy phép hết hiệu lực theo quy định tại X", "cites?"),
    ),
)
def own_part_lapsed(cue: WeakCue) -> Verdict | None:
    if "theo" not in cue.hit.cue.traits:
        return None
    told = _OWN_LAPSED.search(cue.clause, 0, cue.hit.start)
    return Verdict("repeals", told.span("lapsed"), 0.85, inverse=True, own=True) if told else None


@LINKS.rule(
    "The tie nearest to the citation is remembered for the verb before it.",
    fires=(Example("quy định tại X", "cites?"), Example("như X", "cites?")),
    spares=(Example("như đã nêu trong X", "cites?"),),
)
def nearest_tie(cue: WeakCue) -> Met | None:
    return Met(cue.hit, cue.met.annex, cue.met.mention) if cue.met.link is None else None


@LINKS.rule(
    "“theo” governs across a weaker tie behind it.",
    fires=(Example("thực hiện theo khung giá tại X", "implements"),),
    spares=(Example("tại phụ lục theo X", "cites?"), Example("theo mẫu theo quy định tại X", "cites?")),
)
def ruling_tie(cue: WeakCue) -> Met | None:
    if cue.met.link is None or "theo" not in cue.hit.cue.traits or "theo" in cue.met.link.cue.traits:
        return None
    return Met(cue.hit, cue.met.annex, cue.met.mention)


@MENTIONS.rule(
    "“ban hành X” only mentions X, whatever stands before.",
    fires=(Example("thực hiện nhiệm vụ, Bộ ban hành X", "cites?"),),
    spares=(
        Example("thực hiện Kế hoạch ban hành tại X", "promulgated_by"),
        Example("Bộ ban hành theo Luật X", "promulgated_by"),
    ),
    order="A document that is being issued can be neither the basis nor the object of what stands before.",
)
def issued(cue: WeakCue) -> Verdict | None:
    return mentioned(cue.hit) if "issues" in cue.hit.cue.traits and _mentions(cue) else None


@MENTIONS.rule(
    "A word right before the citation that only mentions it holds where no verb governs.",
    fires=(Example("Sở nhận được X", "cites?"), Example("thực hiện nhiệm vụ báo cáo X", "implements")),
    spares=(Example("Sở báo cáo theo X", "cites?"), Example("giải quyết việc làm cho người lao động X", "-")),
)
def mentioned_next_to_it(cue: WeakCue) -> Met | None:
    return Met(mention=cue.hit) if _mentions(cue) else None


def _mentions(cue: WeakCue) -> bool:
    return not any(cue.met) and cue.distance <= _MENTION_REACH


@HEEDING.rule(
    "“tuân thủ”, “bám sát”, “phù hợp với” mention what follows up to the next comma, whatever stands before.",
    fires=(
        Example("Thực hiện bám sát nội dung X", "cites?"),
        Example("Bãi bỏ các quy định trái với X", "cites?"),
        Example("Bãi bỏ quyết định vi phạm quy định của X", "cites?"),
    ),
    spares=(
        Example("Thực hiện xử phạt vi phạm hành chính theo X", "implements"),
        Example("thực hiện phù hợp với thực tế, X", "implements"),
        Example("thực hiện phù hợp với Quy hoạch kèm theo X", "promulgated_by"),
    ),
)
def heeded(cue: WeakCue) -> Verdict | None:
    if cue.met.annex is not None or "," in cue.clause[cue.hit.end :] or cue.distance > _HEEDED_REACH:
        return None
    if "next" in cue.hit.cue.traits and not _RIGHT_BEHIND.fullmatch(cue.clause, cue.hit.end):
        return None
    return mentioned(cue.met.mention or cue.hit)


@ANNEXES.rule(
    "What was sent “kèm theo X” went along with X: it is no annex of it.",
    fires=(Example("đã gửi danh sách kèm theo X", "cites?"),),
    spares=(
        Example("danh sách kèm theo X", "promulgated_by"),
        Example("đã gửi Quy chế ban hành kèm theo X", "promulgated_by"),
    ),
    order="The same words are those of an annex.",
)
def sent_along(cue: WeakCue) -> Met | None:
    met, hit = cue.met, cue.hit
    if met.annex is not None or met.mention is not None or "joins" not in hit.cue.traits:
        return None
    sent = _SENT.search(cue.clause, hit.start - _SENT_REACH, hit.start)
    return Met(met.link, None, hit) if sent else None


@ANNEXES.rule(
    "Brackets that open with the words of an annex say it of the citation in them, and nothing before them is read.",
    fires=(Example("Thực hiện (Ban hành kèm theo X", "promulgated_by"),),
    spares=(Example("Thực hiện Quy chế ban hành kèm theo X", "promulgated_by"),),
)
def annex_in_brackets(cue: WeakCue) -> Verdict | None:
    start = cue.hit.start
    bracketed = cue.clause[max(0, start - 3) : start].strip(" ") == "("
    return _annexed(cue.hit) if bracketed and _names_annex(cue, _BRACKETED_REACH) else None


@ANNEXES.rule(
    "The words of an annex next to the citation tie it, unless another verb before turns out to govern it.",
    fires=(
        Example("Quy chế ban hành kèm theo X", "promulgated_by"),
        Example("Bãi bỏ Quy chế ban hành kèm theo X", "repeals"),
    ),
    spares=(
        Example("kèm theo hồ sơ theo quy định tại X", "cites?"),
        Example("kèm theo Quyết định này tại X", "cites?"),
        Example("kèm theo danh sách các hộ gia đình được hỗ trợ nhà ở, X", "-"),
    ),
)
def annex(cue: WeakCue) -> Met | None:
    return Met(cue.met.link, cue.hit, cue.met.mention) if _names_annex(cue, _ANNEX_REACH) else None


def _names_annex(cue: WeakCue, reach: int) -> bool:
    link = cue.met.link
    if cue.met.annex is not None or (link is not None and "theo" in link.cue.traits):
        return False
    return cue.distance <= reach and _OWN_ANNEX.match(cue.clause, cue.hit.end) is None


def _annexed(hit: Hit) -> Verdict:
    return Verdict("promulgated_by", (hit.start, hit.end), 0.9)


@NO_VERB.rule(
    "What is “ban hành kèm theo X”, “phê duyệt tại X” was promulgated by X.",
    fires=(Example("Quy chế ban hành kèm theo X", "promulgated_by"),),
    spares=(Example("quy định tại X", "cites?"),),
)
def promulgated(end: ClauseEnd) -> Verdict | None:
    return _annexed(end.met.annex) if end.met.annex is not None else None


@NO_VERB.rule(
    "A document next to a word that mentions it is mentioned.",
    fires=(Example("Sở nhận được X", "cites?"),),
    spares=(Example("theo X", "cites?"),),
)
def only_mentioned(end: ClauseEnd) -> Verdict | None:
    return mentioned(end.met.mention) if end.met.mention is not None else None


@NO_VERB.rule(
    "Within a preamble a paragraph that opens with “Theo X” names a legal basis.",
    fires=(Example("Theo X", "based_on", {"opening": True, "preamble": True}),),
    spares=(
        Example("Theo X", "cites?", {"opening": True}),
        Example("Theo X", "cites?", {"preamble": True}),
        Example("Hồ sơ theo X", "cites?", {"opening": True, "preamble": True}),
        Example("Theo quy định tại X", "cites?", {"opening": True, "preamble": True}),
    ),
    order="Elsewhere “theo X” only cites X.",
)
def one_more_basis(end: ClauseEnd) -> Verdict | None:
    link = end.met.link
    if link is None or not (end.setting.opening and end.setting.preamble):
        return None
    opens = link.start <= _OPENING_MARKS and "names_basis" in link.cue.traits
    return Verdict("based_on", (link.start, link.end), 0.8) if opens else None


@NO_VERB.rule(
    "A tie alone (“theo”, “tại”, “quy định tại”) only cites.",
    fires=(Example("theo quy định tại X", "cites?"),),
    spares=(Example("Quyết định X", "-"),),
)
def tied(end: ClauseEnd) -> Verdict | None:
    link = end.met.link
    return Verdict("cites", (link.start, link.end), 0.75, weak=True) if link is not None else None
