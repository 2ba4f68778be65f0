"""Verbs that name a legal basis: "căn cứ X", "xét X", "trên cơ sở X", "theo đề nghị … tại X"."""

from __future__ import annotations

from kb.reading.relations.clause.context import NOTHING, VerbCue, Verdict
from kb.reading.relations.clause.patterns import DIRECT, NEW_SUBJECT
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.wording import exact, spaced, words

_BASIS_REACH = 400  # "Căn cứ Luật sửa đổi, bổ sung một số điều của luật …, luật …": the longest name met has 330
_LIST_MARKS = " -+–*_.,;:()0123456789\n\t"
_PURPOSE = spaced(rf" {exact('purpose')} (?!{exact('proposal')}\b)")  # "để …", not "đề xuất", "đề nghị"
_HANDLED = spaced(rf"\b{words('handled')}\b[^,;:()]{{0,60}}$")
_SETTLED = spaced(rf"[^,;]*\b{words('settled')}\b *,")

LEGAL_BASIS: Table[VerbCue, Verdict] = Table("based_on")


@LEGAL_BASIS.rule(
    "Within a sentence “trên cơ sở” founds something else on what X lays down.",
    fires=(Example("Giám đốc quyết định trên cơ sở khung giá của X", "cites?"),),
    spares=(
        Example("Trên cơ sở khung giá của X", "based_on"),
        Example("- Trên cơ sở khung giá của X", "based_on"),
        Example("Từ nay: Trên cơ sở khung giá của X", "based_on"),
        Example("rà soát trên cơ sở X", "based_on"),
        Example("Giám đốc quyết định trên cơ sở khung giá của X", "based_on", {"preamble": True}),
    ),
)
def founds_something_else(cue: VerbCue) -> Verdict | None:
    if "founds" not in cue.hit.cue.traits or cue.setting.preamble:
        return None
    before = cue.clause[: cue.hit.start].rpartition(":")[2].strip(_LIST_MARKS)
    if before and not DIRECT.fullmatch(cue.clause, cue.hit.end):
        return Verdict("cites", cue.span, 0.6, weak=True)
    return None


@LEGAL_BASIS.rule(
    "“xử lý, tham gia ý kiến theo đề nghị của Sở tại X”: X asks for what is done, nothing is founded on it.",
    fires=(Example("Các bộ phối hợp xử lý công việc theo đề nghị của Sở tại X", "cites?"),),
    spares=(
        Example("Theo đề nghị của Sở tại X", "based_on"),
        Example("điều chỉnh chủ trương theo đề nghị của Sở tại X", "based_on"),
        Example("Các bộ phối hợp căn cứ X", "based_on"),
    ),
)
def does_as_asked(cue: VerbCue) -> Verdict | None:
    asked = "proposes" in cue.hit.cue.traits and _HANDLED.search(cue.clause[: cue.hit.start]) is not None
    return Verdict("cites", cue.span, 0.7, weak=True) if asked else None


@LEGAL_BASIS.rule(
    "“xét” names a basis only where it opens its clause.",
    fires=(Example("tổ chức xét X", "-"),),
    spares=(Example("Xét X", "based_on"), Example(" Xét X", "based_on")),
)
def considers_within_sentence(cue: VerbCue) -> Verdict | None:
    return NOTHING if "opens_only" in cue.hit.cue.traits and cue.clause[: cue.hit.start].strip() else None


@LEGAL_BASIS.rule(
    "“Căn cứ các quy định nêu trên, …”: the basis is complete, what follows is no part of it.",
    fires=(Example("Căn cứ các quy định nêu trên, việc miễn tiền quy định tại X", "cites?"),),
    spares=(
        Example("Căn cứ các quy định của X", "based_on"),
        Example("Căn cứ ý kiến của Sở, quy định tại X", "based_on"),
    ),
)
def basis_complete(cue: VerbCue) -> Verdict | None:
    return NOTHING if _SETTLED.match(cue.rest) else None


@LEGAL_BASIS.rule(
    "“căn cứ … để … tại X”: the basis stands before the purpose, X behind it.",
    fires=(Example("căn cứ tình hình thực tế để phê duyệt dự án tại X", "cites?"),),
    spares=(
        Example("Căn cứ đề nghị của Sở tại X", "based_on"),
        Example("Căn cứ nội dung tại văn bản để thực hiện X", "implements"),
        Example("Căn cứ quy mô để xác định X", "based_on"),
    ),
)
def basis_of_a_purpose(cue: VerbCue) -> Verdict | None:
    purpose = cue.link is not None and _PURPOSE.search(cue.rest, 0, cue.link.start - cue.hit.end) is not None
    return NOTHING if purpose else None


@LEGAL_BASIS.rule(
    "Within a sentence “căn cứ … theo X” has its basis before “theo”.",
    fires=(Example("Hồ sơ căn cứ quy mô theo X", "cites?"),),
    spares=(
        Example("Căn cứ quy mô theo X", "based_on"),
        Example("- Căn cứ quy mô theo X", "based_on"),
        Example("Hồ sơ căn cứ quy mô tại X", "based_on"),
    ),
)
def basis_as_ruled(cue: VerbCue) -> Verdict | None:
    ruled = cue.link is not None and "theo" in cue.link.cue.traits
    return NOTHING if ruled and cue.clause[: cue.hit.start].strip(" -+") else None


@LEGAL_BASIS.rule(
    "A basis is named in the clause that its verb opens, before another subject takes over.",
    fires=(
        Example("Căn cứ tình hình thực tế, Ủy ban nhân dân tỉnh quy định X", "-"),
        Example("Căn cứ " + "Luật Giá và " * 34 + "X", "-"),
    ),
    spares=(
        Example("Căn cứ tình hình thực tế và Ủy ban nhân dân tỉnh quy định X", "based_on"),
        Example("Căn cứ " + "Luật Giá và " * 33 + "X", "based_on"),
    ),
)
def another_subject_takes_over(cue: VerbCue) -> Verdict | None:
    return NOTHING if len(cue.rest) > _BASIS_REACH or NEW_SUBJECT.search(cue.rest) else None


@LEGAL_BASIS.rule(
    "“Căn cứ X”, “Xét X”, “Theo đề nghị … tại X” name X as a legal basis.",
    fires=(Example("Căn cứ X", "based_on"), Example("Theo đề nghị của Giám đốc Sở tại X", "based_on")),
    spares=(Example("có căn cứ X", "-"), Example("theo X", "cites?")),
)
def names_basis(cue: VerbCue) -> Verdict | None:
    return Verdict("based_on", cue.span, 0.95)
