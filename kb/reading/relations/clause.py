"""Which cue of one clause governs the citation that follows it.

A clause is the folded text from the start of the sentence (or the last ";") up to the citation. Its cues are read
from the citation backwards: weak links ("theo", "tại") are remembered, the first verb that can govern across them
decides. Rules 3, 5, 6, 7 and 10 of the relation vocabulary's decision rules.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kb.reading.relations.cues import Hit, cue_table, spaced, words

_CUES = cue_table("verb", "attach", "link", "mention", "stop", "none")

# What may stand between a governing word and the citation without breaking the tie: pinpoints, "các", "một số điều".
# Possessive: words that match in two ways must not be tried over and over on hostile text.
_DIRECT = spaced(
    rf"(?:(?:{words('pinpoint')}|{words('filler')})\b|[0-9][0-9a-z]{{0,5}}\b|[a-z]\b|[ivx]{{2,5}}\b|[,;:.() -])*+"
)
_INTRANSITIVE = re.compile(r" *[,.:;)]")
_HOLDER = spaced(rf"\b{words('holder')}(?: {words('holder_verb')})* *$")
# "so" and "bo" are Sở and Bộ, but also "số 5" and "bổ sung".
NEW_SUBJECT = spaced(
    rf"[,.] *(?:thi |de nghi |yeu cau |giao )?(?:{words('subject')}|(?:so|bo)(?! *sung)(?= [a-z]{{2}}))"
)
# "báo cáo, xử lý, thành lập … theo X": the verb nearest to "theo" is not thực hiện, so X is only cited.
_OTHER_VERB = spaced(rf"(?<!trinh )\b(?:{words('other_verb')}|duoc(?! giao))\b")
_PURPOSE = spaced(r" de (?!xuat|nghi|an\b|cuong|tai)")  # "để …", not "đề xuất", "đề nghị"
_SETTLED = spaced(rf"[^,;]*\b{words('settled')}\b *,")  # "Căn cứ các quy định nêu trên, …": the basis is complete
# "thực hiện các nhiệm vụ quy định tại X" implements X; "thực hiện kiểm tra công trình quy định tại X" only cites it.
_LAID_DOWN = spaced(rf"[^,;]{{0,30}}\b{words('laid_down')}\b[^,;]{{0,60}}")
_TO_THE_LETTER = spaced(rf"(?: {words('to_the_letter')})* *")  # "thực hiện đúng các quy định tại X"
_PREDICATE = re.compile(r"[\W0-9]*(?:[a-z][.)])?\W*viec [^.;:]{1,160}$")
_NEGATED = spaced(rf"\b{words('negated')}(?: phai)? *$")
_WHETHER_DONE = re.compile(r"[a-z, ]{0,40}\bviec *")  # "kiểm tra, đôn đốc việc thực hiện … theo X"
_LIST_MARKS = " -+–*_.,;:()0123456789\n\t"
_TOLD_OF = spaced(rf"\b{words('told_of')}(?: viec)? (?:[a-z]+ ){{0,3}}$")
_INTENT = spaced(rf"\b{words('intent')}\b")
_OWN_DRAFT = spaced(rf"\b(?:ban hanh|thong qua|ve du thao) {words('enacted')} *$")
_OWN_TITLE = spaced(rf"\W*(?:{words('regulation')} )?ve viec *")  # "QUYẾT ĐỊNH Về việc đính chính X" does correct X
_UNDER = re.compile(r"[^\"]*\btheo\b[^\"]*")
_NEAR = 40  # code points between an act and what it acts on
_AGENT = re.compile(rf"\b(?:(?P<by>{words('by')})|bang|tai|theo)\b")
_ACTS = frozenset({"amends", "replaces", "repeals", "suspends", "corrects", "consolidates"})
_COORDINATED = re.compile(r"[ ,]*(?:va|hoac|hay)?[ ,]*")
_IN_PART = re.compile(rf" *(?:{words('in_part')}|{words('pinpoint')})\b")
# "Thay thế cụm từ …", "thay thế Phụ lục I …": a part is exchanged, the whole goes on.
_PART = spaced(rf" *(?:mot so |cac )?(?:tu ngu|tu|{words('pinpoint')})\b")
# "các Nghị định sửa đổi, bổ sung X": others act, the citing document only speaks of them.
_OTHERS = spaced(rf"\b{words('plural')} (?:van ban|{words('regulation')})(?: khac| quy dinh)? *$")
_DRAFT = spaced(rf"\b{words('draft')}\b")
# "hướng dẫn (thực hiện) một số nội dung tại X" guides X.
_GUIDED_PART = spaced(
    r"(?: (?:thuc hien|thi hanh|ap dung))? (?:mot so |cac )?(?:noi dung|quy dinh|dieu|khoan)[a-z0-9, ]{0,30}"
)
_JOINED = re.compile(r" *(?:,|va\b)")
_REFERENCE = spaced(rf"\( *{words('pinpoint')}\b")
_LEADING = re.compile(r"[\W0-9]*(?:[a-z][.)])?\W*")
# What may stand between "được sửa đổi, bổ sung" and "tại", "theo" where these name the acting document.
_WORDING = spaced(r"[\W0-9]*(?:cac )?(?:cum tu|tu ngu) \"")  # footnotes: "5 Cụm từ “A” được thay thế bằng … theo X"
# What a footnote of a consolidated text speaks of: "Mẫu số 3", "Phụ lục này", "Nội dung “…”", right before "được".
_OWN_PART = spaced(
    rf"\b{words('part')}\b(?:[a-z0-9. ]{{0,24}}| [a-z0-9. ]{{0,40}}\"[^\"]{{1,320}}\"(?: tai [a-z0-9 ]{{1,60}})?)"
    rf" *\b{words('passive')}(?: [a-z]{{1,5}})? *$"
)
_OWN_ANNEX = spaced(rf" (?:cac )?{words('regulation')} nay\b")  # "kèm theo Quyết định này theo quy định tại X"
_SENT = spaced(rf"\b{words('sent')} [a-z0-9, ]*$")  # "đã gửi danh sách kèm theo Công văn số …": sent along with it
_SENT_REACH = 60
_BY_RULE = re.compile(r"\btheo\b")
_EXCHANGED = spaced(r" *(?:(?:lan [a-z0-9 ]{1,12}|mot phan|toan bo) *)?(?:(?:bang|boi|thanh|la) [^,;:()]{1,200})?")
_ATTACHED = spaced(rf"(?: (?:quy dinh )?(?:tai|cua))?[a-z0-9 ]{{0,60}} {words('attached')} *$")
_OBJECT = spaced(
    rf"[ ,]*(?:{words('plural')} (?:noi dung|quy dinh|{words('pinpoint')})(?: cua)?|mot phan|toan bo|nam [0-9]{{4}}"
    r"|lan (?:thu )?[a-z0-9]+|(?:bang|thanh)(?: cum tu| tu)? \"[^\"]{1,160}\")?[ ,]*(?:theo quy dinh)? *"
)
_PASSIVE = re.compile(rf"\b{words('passive')}(?: [a-z]{{1,5}})? *$")
_SELF_PART = spaced(rf"\b(?:{words('pinpoint')}|{words('regulation')}) nay\b")
_CONTINUE = re.compile(rf"\b{words('continuing')} +(?:[a-z]+[, ]+){{0,4}}$")
_RESULT = re.compile(rf"\b{words('result')}[a-z0-9, ]{{0,40}}$")
_FUTURE = re.compile(rf"\b{words('future')}\b[a-z ]{{0,30}}$")


class Verdict(NamedTuple):
    """What a clause says of the citation behind it; ``cue`` is relative to the clause."""

    relation: str
    cue: tuple[int, int]
    confidence: float
    inverse: bool = False
    aspect: str | None = None
    weak: bool = False


class Setting(NamedTuple):
    """What the clause alone cannot tell. ``follows``: a citation stands right before it in the same sentence, and with
    ``title`` the clause is that citation's title.
    ``may_act``: a document of the citing one's type can amend, replace or repeal the cited one. ``opening``: the
    clause begins its paragraph. ``preamble``: the paragraph before was a legal basis."""

    follows: bool = False
    title: bool = False
    may_act: bool = True
    opening: bool = False
    preamble: bool = False


@lru_cache(maxsize=32768)  # three clauses in five have been met before ("theo quy định tại ")
def judge(clause: str, setting: Setting) -> Verdict | None:
    """The verdict on a citation that begins where ``clause`` (folded) ends; None where it holds no cue."""
    opened = clause.rfind("(")
    if opened >= 0 and clause.find(")", opened) < 0:
        # In brackets the subject is the noun before them: "Nghị quyết về tiêu chuẩn (thay thế Nghị quyết …)".
        inner = _judge(clause[opened:], setting._replace(may_act=True))
        if inner is None and _REFERENCE.match(clause, opened):
            return None  # "Báo cáo giám sát thực hiện … (khoản 1 Điều 43 Nghị định …)"
        if inner is not None:
            cue = (inner.cue[0] + opened, inner.cue[1] + opened)
            return inner._replace(cue=cue)
    return _judge(clause, setting)


def _judge(clause: str, setting: Setting) -> Verdict | None:
    hits = _CUES.find(clause)
    if not hits:
        return None
    link: Hit | None = None
    attach: Hit | None = None
    fallback: Verdict | None = None
    for place in range(len(hits) - 1, -1, -1):
        hit = hits[place]
        role = hit.cue.role
        if role == "link":
            if link is None or (hit.cue.phrase.startswith("theo") and not link.cue.phrase.startswith("theo")):
                link = hit
        elif role == "mention":
            if attach is None and fallback is None and len(clause) - hit.end <= 24 and link is None:
                fallback = Verdict("cites", (hit.start, hit.end), 0.7, weak=True)
                if hit.cue.phrase == "ban hành":
                    return fallback
        elif role == "none":
            continue
        elif role == "stop":
            if attach is None and "," not in clause[hit.end :] and len(clause) - hit.end <= 100:
                return fallback or Verdict("cites", (hit.start, hit.end), 0.7, weak=True)
        elif role == "attach":
            bracketed = clause[max(0, hit.start - 3) : hit.start].strip(" ") == "("
            other = (link is not None and link.cue.phrase.startswith("theo")) or _OWN_ANNEX.match(clause, hit.end)
            sent = hit.cue.phrase == "kèm theo" and _SENT.search(clause, hit.start - _SENT_REACH, hit.start)
            if sent and attach is None and fallback is None:
                fallback = Verdict("cites", (hit.start, hit.end), 0.7, weak=True)
            elif attach is None and not other and len(clause) - hit.end <= (200 if bracketed else 45):
                attach = hit
                if bracketed:
                    break
        else:
            verdict = _verb(clause, hits, place, link, attach, setting)
            if verdict is not None:
                return verdict
    if attach is not None:
        return Verdict("promulgated_by", (attach.start, attach.end), 0.9)
    if fallback is not None:
        return fallback
    if link is not None:
        if setting.opening and setting.preamble and link.start <= 3 and link.cue.phrase == "theo":
            return Verdict("based_on", (link.start, link.end), 0.8)
        return Verdict("cites", (link.start, link.end), 0.75, weak=True)
    return None


def _verb(
    clause: str, hits: list[Hit], place: int, link: Hit | None, attach: Hit | None, setting: Setting
) -> Verdict | None:
    hit = hits[place]
    relation = hit.cue.relation
    stop = link.start if link is not None and link.start > hit.end else len(clause)
    between = clause[hit.end : stop]
    phrase = link.cue.phrase if link is not None and link.start >= hit.end else ""
    theo = phrase.startswith("theo") or phrase.startswith("đúng")
    span = (hit.start, hit.end)
    closed = clause.find(")", hit.end)
    if closed >= 0 and "(" not in clause[hit.end : closed] and clause[closed - 3 : closed].isalpha():
        return None  # the verb stands in brackets that are closed before the citation
    if relation == "based_on":
        return _basis(clause, hit, link, setting)
    if relation == "implements":
        direct = link is not None and not between.strip() and _DIRECT.fullmatch(clause, link.end) is not None
        return _implements(clause, hits, place, between, phrase, theo, attach, direct)
    if relation in ("disseminates", "monitors"):
        if theo or attach or (relation == "monitors" and len(clause) - hit.end > 12):
            return None
        if _INTRANSITIVE.match(between) and relation == "monitors":
            return None
        if len(clause) - hit.end > 250:
            return None
        return Verdict(relation, span, 0.85, aspect=_aspect(clause, hit.start))
    if relation == "guides":
        if theo or attach or len(between) > 60 or ":" in between:
            return None
        if phrase and not _GUIDED_PART.fullmatch(between):
            return None
        return Verdict("guides", span, 0.85)
    if relation == "conforms_to":
        return None
    return _act(clause, hits, place, between, theo and attach is None, phrase, attach, setting)


def _basis(clause: str, hit: Hit, link: Hit | None, setting: Setting) -> Verdict | None:
    rest = clause[hit.end :]
    if hit.cue.phrase == "trên cơ sở" and not setting.preamble:
        # Within a sentence it founds some other act on what is laid down in a document, or the act on the document.
        before = clause[: hit.start].rpartition(":")[2].strip(_LIST_MARKS)
        if before and not _DIRECT.fullmatch(clause, hit.end):
            return Verdict("cites", (hit.start, hit.end), 0.6, weak=True)
    if hit.cue.phrase == "xét" and clause[: hit.start].strip():
        return None
    if _SETTLED.match(rest):
        return None
    if (
        link is not None
        and link.start > hit.end
        and (
            _PURPOSE.search(rest, 0, link.start - hit.end) is not None
            or (link.cue.phrase.startswith("theo") and clause[: hit.start].strip(" -+"))
        )
    ):
        return None
    if len(rest) > 400 or NEW_SUBJECT.search(rest):
        return None
    return Verdict("based_on", (hit.start, hit.end), 0.95)


def _implements(
    clause: str,
    hits: list[Hit],
    place: int,
    between: str,
    phrase: str,
    theo: bool,
    attach: Hit | None,
    direct: bool,
) -> Verdict | None:
    """Carrying out: "thực hiện X", "thực hiện … theo X"; ``direct``: nothing stands between the verb and "theo"."""
    hit = hits[place]
    if attach is not None:
        return None
    if _INTRANSITIVE.match(between) and not _DIRECT.fullmatch(clause, hit.end):
        return None
    laid_down = theo and "quy định" in phrase
    if laid_down and not direct:
        return None  # "thực hiện thủ tục … theo quy định tại X" only cites X
    if theo and _OTHER_VERB.search(between):
        return None
    before_verb = max(0, hit.start - 40)
    if phrase and _NEGATED.search(clause, before_verb, hit.start):
        return None  # "không thực hiện theo X", "không phải thực hiện thủ tục quy định tại X"
    if phrase.startswith("quy định") and not _LAID_DOWN.fullmatch(between):
        held = _HOLDER.search(clause, before_verb, hit.start)
        if held or not _TO_THE_LETTER.fullmatch(between):
            return None
    limit = 120 if theo else 300
    if len(between) > limit or NEW_SUBJECT.search(between):
        return None
    # "thủ tục được thực hiện theo quy định tại X", "Việc phân bổ kinh phí thực hiện theo quy định của X"
    told = laid_down and (clause.endswith("duoc ", 0, hit.start) or _PREDICATE.match(clause, 0, hit.start) is not None)
    told = told or (direct and clause.endswith("to chuc ", 0, hit.start))  # "Trình tự tổ chức thực hiện theo Điều 2 X"
    apart = theo or len(between) > 40
    if apart and not told and _HOLDER.search(clause, before_verb, hit.start):
        return None  # "cơ quan thực hiện"
    before = place - 1
    while before >= 0 and hits[before].cue.relation == "implements" and hit.start - hits[before].end <= 60:
        before -= 1
    if before >= 0:
        earlier = hits[before]
        gap = clause[earlier.end : hit.start]
        limit = 25 if earlier.cue.phrase == "hướng dẫn" else 90
        if earlier.cue.relation == "guides" and len(gap) <= limit:
            guided = not phrase or (not gap.strip() and _GUIDED_PART.fullmatch(between) is not None)
            return Verdict("guides", (earlier.start, hit.end), 0.9) if guided else None
        if earlier.cue.relation == "monitors" and len(gap) <= 60 and (not theo or _WHETHER_DONE.fullmatch(gap)):
            return Verdict("monitors", (earlier.start, hit.end), 0.85, aspect=_aspect(clause, earlier.start))
        spread = next((other for other in hits[: before + 1] if other.cue.relation == "disseminates"), None)
        if spread is not None and not theo:
            far = 200 if _TOLD_OF.search(gap) else 60
            if spread.cue.phrase != "quán triệt" and hit.start - spread.end <= far:
                return Verdict("disseminates", (spread.start, spread.end), 0.75, aspect=_aspect(clause, hit.start))
    start = hit.start
    for earlier in reversed(hits[:place]):
        if earlier.cue.relation != "implements" or start - earlier.end > 3:
            break
        start = earlier.start
    return Verdict("implements", (start, hit.end), 0.9 if not phrase else 0.8, aspect=_aspect(clause, start) or "new")


def _act(
    clause: str,
    hits: list[Hit],
    place: int,
    between: str,
    theo: bool,
    phrase: str,
    attach: Hit | None,
    setting: Setting,
) -> Verdict | None:
    """Amending, replacing, repealing: "sửa đổi, bổ sung …", "được thay thế bởi …"."""
    hit = hits[place]
    relation, start, rest = hit.cue.relation, hit.start, clause[hit.end :]
    for earlier in reversed(hits[:place]):  # "sửa đổi, bổ sung, bãi bỏ một số điều" is one act: it amends
        if earlier.cue.relation not in _ACTS or not _COORDINATED.fullmatch(clause, earlier.end, start):
            break
        start = earlier.start
        if earlier.cue.relation == "amends" and (_IN_PART.match(rest) or _AGENT.match(rest.lstrip())):
            relation = "amends"
    span = (start, hit.end)
    if relation == "suspends" and (phrase or len(rest) > _NEAR):
        return None  # "tạm ngừng hoạt động của công ty quy định tại X"
    passive = _PASSIVE.search(clause, start - 24, start) is not None
    if relation == "replaces" and _PART.match(rest):
        relation = "amends"
    if rest.count('"') % 2:
        return None  # the citation stands in the wording that is put in or taken out
    if passive and _footnote(clause, start, rest):
        return Verdict("amends" if relation == "replaces" else relation, span, 0.85, inverse=True)
    agents = _AGENT.finditer(rest, 0, 240) if attach is None else ()
    agent = next((found for found in agents if _acts_for(found, rest)), None)
    if agent is not None or theo:
        word = agent.group() if agent is not None else ""
        near = len(rest) < 40 and (start < hit.start or hit.cue.phrase != "bổ sung")
        if setting.follows and agent is not None and (passive or agent.group("by") or near):
            return Verdict(relation, span, 0.9, inverse=True)
        wording = _WORDING.match(clause) is not None
        if agent is not None and passive and (wording or _SELF_PART.search(clause, start - 60, start)):
            relation = "amends" if wording and relation == "replaces" else relation
            return Verdict(relation, span, 0.85, inverse=True)
        if word != "tai":
            return None
    elif setting.follows and passive and len(rest) <= 12 and not _JOINED.match(rest):
        return Verdict(relation, span, 0.8, inverse=True)
    if passive and phrase:
        return None  # "thủ tục được sửa đổi … quy định tại X": what is amended is not X
    if attach is not None and hit.end <= attach.start and _UNDER.fullmatch(clause, hit.end, attach.start):
        return None  # "lý do đề nghị điều chỉnh theo Phụ lục 3 ban hành kèm theo X"
    if attach is not None and not setting.may_act:
        return None  # "trường hợp bổ sung máy móc quy định tại Phụ lục ban hành kèm theo X"
    leads = _LEADING.fullmatch(clause, 0, start) is not None
    vague = start == hit.start and hit.cue.phrase in ("bổ sung", "điều chỉnh") and not (leads and attach is not None)
    if (len(rest) > 300 and not leads) or (vague and len(between) > 80):
        return None
    before = clause[max(0, start - 60) : start]
    if _OTHERS.search(before):
        return Verdict("cites", span, 0.6, weak=True)
    if setting.title:
        if not setting.may_act and _DRAFT.search(before):
            return Verdict("cites", span, 0.6, aspect="future", weak=True)
    else:
        intended = (
            _INTENT.search(before) and not _OWN_DRAFT.search(before) and not _OWN_TITLE.fullmatch(clause, 0, start)
        )
        if not setting.may_act or intended:
            return Verdict("cites", span, 0.6, aspect="future", weak=True)
    return Verdict(relation, span, 0.9)


def _footnote(clause: str, start: int, rest: str) -> bool:
    """Whether a part of the consolidated text is told to have been changed by the citation.

    "7 Mẫu này được thay thế bằng Mẫu số 2 theo quy định tại khoản 1 Điều 3 của X". ``start``: where the act begins;
    ``rest``: what follows it.
    """
    if "theo" not in rest or _OWN_PART.search(clause, start - 400, start) is None:
        return False
    return any(
        _EXCHANGED.fullmatch(rest, 0, by.start())
        and (_DIRECT.fullmatch(rest, by.end()) or _ATTACHED.match(rest, by.end()))
        for by in _BY_RULE.finditer(rest, 0, 400)
    )


def _acts_for(agent: re.Match[str], rest: str) -> bool:
    """Whether "bởi", "tại", "theo" behind a passive names who acted, not where something else is laid down."""
    whole = agent.group("by") is not None or _OBJECT.fullmatch(rest, 0, agent.start()) is not None
    return whole and _DIRECT.fullmatch(rest, agent.end()) is not None


def _aspect(clause: str, start: int) -> str | None:
    before = clause[max(0, start - 60) : start]
    if _CONTINUE.search(before):
        return "continue"
    if _RESULT.search(before):
        return "result"
    if _FUTURE.search(before):
        return "future"
    return None
