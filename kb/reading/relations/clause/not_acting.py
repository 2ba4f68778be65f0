"""Verbs that look like acts and are none: names of procedures, and what another document will do. First of all acts."""

from __future__ import annotations

from kb.reading.relations.clause.act_cue import ActCue
from kb.reading.relations.clause.context import NOTHING, Verdict
from kb.reading.relations.clause.patterns import DIRECT
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.wording import exact, spaced, words

_PROCEDURE = spaced(rf"\b{exact('procedure')}(?: [a-z, ]{{1,30}})? *$")
_PROCEDURE_REACH = 60
_ANOTHER_DAY = spaced(rf"\b{exact('from_day')} {words('regulation')} *$")
_ISSUING = spaced(rf"\b{exact('issuing')},? *$")
_PAPERS = spaced(rf" *{exact('licences')}\b")

ACTING: Table[ActCue, Verdict] = Table("acts")


@ACTING.rule(
    "“thủ tục sửa đổi, bổ sung giấy phép quy định tại X”: the verb names what is asked for, it acts on nothing.",
    fires=(
        Example("Giấy phép được cấp, sửa đổi, bổ sung quy định tại X", "cites?"),
        Example("việc sửa đổi, bổ sung giấy phép tại khoản 2 Điều 36 X", "cites?"),
        Example("Thời hạn giải quyết thủ tục sửa đổi, bổ sung giấy phép quy định tại X", "cites?"),
        Example("Bãi bỏ thủ tục sửa đổi, bổ sung quyết định chỉ định quy định tại X", "repeals"),
    ),
    spares=(
        Example("Sửa đổi, bổ sung thủ tục cấp giấy phép quy định tại X", "amends"),
        Example("thủ tục sửa đổi, bổ sung X", "amends"),
    ),
)
def names_a_procedure(act: ActCue) -> Verdict | None:
    named = _PROCEDURE.search(act.clause, max(0, act.start - _PROCEDURE_REACH), act.start)
    something = act.rest.strip() and not DIRECT.fullmatch(act.rest)
    if (
        act.relation == "amends"
        and act.annex is None
        and (_ISSUING.search(act.clause, max(0, act.start - _PROCEDURE_REACH), act.start) or _PAPERS.match(act.rest))
    ):
        return NOTHING
    return NOTHING if named and something and not act.passive else None


@ACTING.rule(
    "“kể từ ngày Nghị định sửa đổi X có hiệu lực”: another document will act.",
    fires=(Example("có hiệu lực kể từ ngày Nghị định sửa đổi, bổ sung một số điều của X", "cites?"),),
    spares=(Example("kể từ ngày Nghị định này sửa đổi X", "amends"), Example("Nghị định sửa đổi X", "amends")),
)
def another_will_act(act: ActCue) -> Verdict | None:
    will = _ANOTHER_DAY.search(act.clause, max(0, act.start - _PROCEDURE_REACH), act.start)
    return Verdict("cites", act.span, 0.6, weak=True) if will else None
