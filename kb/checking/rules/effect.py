"""Rules on the validity of cited documents on the draft's day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.answers.labels import relation_label
from kb.authority import laws, relations
from kb.authority.fold import begins, fold
from kb.authority.wording import word_lists
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.past import told_as_past
from kb.checking.sources import Act, citation_of, law_citation
from kb.checking.tail import tail_at
from kb.checking.words import dated_from
from kb.identity.key import law_of
from kb.identity.numbering import is_full
from messages import Pair

_WORDS = word_lists("checking")
_LATER = 3
"""Years behind the youngest document that an undated draft cites from which on an act says little of it."""
_SHOWN = 3
"""Sentences shown of the many that may tell of amendments."""
_LEAD = 40
"""Code points before a number in which its type word and what governs it stand."""
_LEANING = ("implements", "based_on")
PERIOD = re.compile(rf"(?:{_WORDS['period']})\s+(?P<from>20\d\d)\s*-\s*(?P<to>20\d\d)")


def ended(draft: Draft) -> Iterator[Raised]:
    """What ended a cited document, or a part of it, by the draft's day, each acting document once.

    What the draft itself does to a document that it cites is its purpose and no mistake."""
    cited = {one.key for one in draft.others} | {one.citation.number for one in draft.others if one.citation.number}
    for group, acts in _acted_upon(draft):
        for act in acts:
            code = _code_of_end(draft, group, act) if act.relation in relations.STOPS else None
            if code is None or (act.partial and {act.by, act.by_number} & cited):
                continue
            suggestion = _heir(draft, group[0], act) if act.relation == "replaces" and not act.partial else None
            values = {"act": _words(act), "by": _named(draft, act), "day": dated_from(act.day)}
            for one in group:
                shown = {"number": one.named} | values
                yield Raised(code, shown, one, evidence=(act.evidence,), suggestion=suggestion, about=act.by)


def part_ended(draft: Draft) -> Iterator[Raised]:
    """The very article, clause or point that is cited was repealed or replaced by the draft's day."""
    for group, acts in _acted_upon(draft):
        if not any(act.partial and act.relation in relations.STOPS for act in acts):
            continue
        for one in group:
            for end in draft.sources.ends_of_part(one.known.id, one.citation.pinpoint) if one.known is not None else ():
                if end.act.by == draft.sources.itself or not _in_time(draft, end.act):
                    continue
                values = {"number": one.named, "part": one.citation.pinpoint, "act": _words(end.act),
                          "by": _named(draft, end.act), "day": dated_from(end.act.day)}  # fmt: skip
                code = "effect_article" if end.wholly else "effect_article_part"
                yield Raised(code, values, one, evidence=(end.act.evidence,), about=str(one.citation.pinpoint))


def amended(draft: Draft) -> Iterator[Raised]:
    """What amended a document by the draft's day and is not cited beside it, in one finding."""
    cited = {one.key for one in draft.others} | {one.citation.number for one in draft.others}
    for group, acts in _acted_upon(draft):
        left_out = [
            act
            for act in acts
            if _in_time(draft, act) and _changes(group, act) and not {act.by, act.by_number or act.by} & cited
        ]
        names = list(dict.fromkeys(_named(draft, act) for act in left_out))
        proofs = tuple(act.evidence for act in left_out[:_SHOWN])
        for one in group if names else ():
            values = {"number": one.named, "by": ", ".join(names), "count": len(names)}
            yield Raised("effect_amended", values, one, evidence=proofs)


def period_over(draft: Draft) -> Iterator[Raised]:
    """A plan or programme whose period is over on the draft's day."""
    for one in draft.others if draft.until is not None else ():
        if not one.by_number or one.nested or not _leans(draft, one):
            continue
        title = one.citation.title or (one.known.title.value if one.known is not None and one.known.title else "")
        period = PERIOD.search(fold(title)) or (None if title else PERIOD.search(_named_before(draft, one)))
        if period is not None and period["from"] < period["to"] < str(draft.until)[:4]:
            values = {"number": one.named, "period": f"{period['from']}-{period['to']}"}
            yield Raised("effect_period", values, one)


def _named_before(draft: Draft, one: Cited) -> str:
    """The words of its clause that name a document before its number ("Đề án … giai đoạn 2015-2020 (Quyết định số
    411/QĐ-TTg …)", "… tại Quyết định số 411/QĐ-TTg"), folded; nothing where none tie them."""
    before = draft.folded[max(0, one.citation.start - _NAME_REACH) : one.citation.start]
    tie = _TIE.search(before)
    return _CLAUSE.split(before[: tie.start()])[-1][-_NAME_BEFORE:] if tie is not None else ""


_NAME_REACH, _NAME_BEFORE = 300, 200
_TIE = re.compile(rf"(?:\(|(?<![a-z])(?:{_WORDS['laid_down_in']})\s)[^().;:]{{0,{_LEAD}}}$")
_CLAUSE = re.compile(r"[;.:(]\s")


def _leans(draft: Draft, one: Cited) -> bool:
    """Whether the draft does something by a document: carries it out, stands on it, or acts "theo" it."""
    before = draft.folded[max(0, one.citation.start - _LEAD) : one.citation.start]
    return one.citation.relation in _LEANING or _BY_IT.search(before) is not None


_BY_IT = re.compile(rf"(?<![a-z])(?:{_WORDS['by_it']})\s[^.;:,]*$")


def _acted_upon(draft: Draft) -> Iterator[tuple[tuple[Cited, ...], tuple[Act, ...]]]:
    """The citations of each document on which another acted, and the acts, whatever their day.

    Left out are those of a document on which the draft itself acts, or of one that is told to act on another, those in
    another's title, and acts without a day: they are those of drafts, or were not read."""
    for group in draft.of_one_document() if not draft.of_lapsed else ():
        outer = tuple(one for one in group if not one.nested)
        acts = group[0].known.acts if group[0].known is not None else draft.sources.acts_upon_law(_law_of(group[0]))
        acts = tuple(
            act
            for act in acts
            if act.day is not None and act.by != draft.sources.itself and not _upon_another(group[0], act)
        )
        if outer and acts and not any(one.index in draft.acting for one in group):
            yield outer, acts


def _upon_another(one: Cited, act: Act) -> bool:
    """Whether the words that tell an act give the number another day than the citation: two registers of one year may
    have it."""
    sentence, number, date = fold(act.evidence.sentence or ""), fold(str(one.citation.number)), one.citation.date
    at = sentence.find(number)
    printed = tail_at(sentence, at + len(number)).date if at >= 0 else None
    return printed is not None and printed.iso is not None and is_full(date) and printed.iso != date


def _code_of_end(draft: Draft, group: Sequence[Cited], act: Act) -> str | None:
    """The code of a finding about an act that ends; None where it is none, or ``amended`` tells it."""
    if not _in_time(draft, act):
        return "effect_later" if not act.partial and _soon(draft.until, act.day) else None
    if act.partial:
        return None if _changes(group, act) else "effect_ended_in_part"
    if _signed_long_before(draft, act.day) or _within_year(draft, act.day):
        return "effect_unsure"
    stands = any(one.in_bases for one in group) or not (_is_history(draft, group) or _beside_heir(draft, group, act))
    return "effect_ended" if stands else "effect_history"


def _changes(group: Sequence[Cited], act: Act) -> bool:
    """Whether an act changes a document, or ends a part on which the draft does not stand as a whole."""
    if act.relation not in relations.STOPS:
        return True
    return act.partial and (not any(one.in_bases for one in group) or all(one.citation.pinpoint for one in group))


def _is_history(draft: Draft, group: Sequence[Cited]) -> bool:
    """Whether a document is told of as one of the past: in such words, beside another version of the same law, or in a
    letter that tells of several laws that are no more."""
    if all(told_as_past(draft, one.citation.start, one.citation.end) or _words_quoted(draft, one) for one in group):
        return True
    law, cited = _law_of(group[0]), _laws(draft)
    if law is not None and _beside_another(law, cited):
        return True
    gone = [one for one in cited if any(_begun(draft, other.begins) for other in laws.newer(one))]
    return draft.draft_class == "letter" and len(gone) > 1


def _beside_another(law: laws.Law, cited: Sequence[laws.Law]) -> bool:
    """Whether another version of a law is cited as well, or the law of another name in its place."""
    heirs = {other.id for other in laws.newer(law)}
    return any(other.id in heirs or (other.name == law.name and other.id != law.id) for other in cited)


def _beside_heir(draft: Draft, group: Sequence[Cited], act: Act) -> bool:
    """Whether what ended a document is named right beside it wherever it is: both, for one holds on for what was."""
    heirs = [other.citation.start for other in draft.others if act.by == other.key and not other.nested]
    return all(any(abs(at - one.citation.start) <= _BESIDE for at in heirs) for one in group)


_BESIDE = 120


def _words_quoted(draft: Draft, one: Cited) -> bool:
    """Whether the words of the document follow ("Tại Điều 55 Luật Thanh tra số 56/2010/QH12 … quy định: “…”")."""
    return _QUOTE.match(draft.text, one.citation.end, one.citation.end + _QUOTE_REACH) is not None


_QUOTE_REACH = 220
_QUOTE = re.compile(r"[^.;“”\n]*(?:\n[^.;“”\n]+)*:[\s*_]*[“\"]")


def _laws(draft: Draft) -> list[laws.Law]:
    """The laws that a draft cites, each once."""
    found = (_law_of(one) for one in draft.others if not one.nested)
    return list({law.id: law for law in found if law is not None}.values())


def _law_of(one: Cited) -> laws.Law | None:
    """The law of the table that is cited, held or not."""
    if one.known is not None:
        return one.known.law
    if one.found.new_id is not None and (law := law_of(one.found.new_id)) is not None:
        return law
    return laws.by_number(one.citation.number) if one.citation.number and one.statute else None


def _soon(day: str | None, other: str | None) -> bool:
    """Within a year: what a drafter should know of."""
    return day is not None and other is not None and int(other[:4]) - int(day[:4]) <= 1


def _signed_long_before(draft: Draft, day: str | None) -> bool:
    """Whether a draft without a date was likely signed long before an act: its youngest citation is years older."""
    if draft.until is not None:
        return False
    dates = [one.citation.date for one in draft.others if one.citation.date]
    return not dates or day is None or int(day[:4]) - int(max(dates)[:4]) >= _LATER


def _within_year(draft: Draft, day: str | None) -> bool:
    """Whether of a draft's day only the year is known, and an act falls into it."""
    return draft.day is None and draft.until is not None and day is not None and day[:4] == draft.until[:4]


def _begun(draft: Draft, day: str) -> bool:
    return draft.until is None or begins(day) <= draft.until


def _in_time(draft: Draft, act: Act) -> bool:
    """Whether an act counted when the draft was signed; one signed that very day could not be known."""
    if act.day is None or not _begun(draft, act.day):
        return False
    return act.evidence.kind == "law_table" or draft.until is None or begins(act.day) < draft.until


def _named(draft: Draft, act: Act) -> str:
    if act.by_number:
        return act.by_number
    known = draft.sources.known(act.by)
    return known.brief.office_citation if known is not None else act.by


def _heir(draft: Draft, one: Cited, act: Act) -> str | None:
    """What stands in the place of a replaced document on the draft's day, over as many hops as the sources know."""
    law = _law_of(one)
    newer = [other for other in laws.newer(law) if _begun(draft, other.begins)] if law is not None else []
    if newer:
        return law_citation(newer[-1])
    heir, met = draft.sources.known(act.by), {act.by}
    while heir is not None:
        further = [one for one in heir.acts if one.relation == "replaces" and not one.partial and _in_time(draft, one)]
        if not further or further[0].by in met:
            break
        met.add(further[0].by)
        heir = draft.sources.known(further[0].by) or heir
    return citation_of(heir) if heir is not None else None


def _words(act: Act) -> Pair:
    return Pair(relation_label(act.relation, inverse=True), relation_label(act.relation, inverse=True, lang="en"))


RULES = (ended, part_ended, amended, period_over)
