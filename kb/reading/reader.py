"""Reading one text: the stages put together.

number hits → header → dates, organs, provinces → named laws and standards → back references → relations and titles →
evidence within the document → programmes cited by name, which change nothing of the others → citations with offsets
into the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.authority import issuers, provinces
from kb.authority.relations import ACTS
from kb.model import BY_SUBJECT, TERM, TYPE_FROM_CODE, Citation, Hints, OwnIdentity, Reading, Repair
from kb.reading import tables
from kb.reading.acts.acts import with_acts
from kb.reading.acts.effect import EffectDays
from kb.reading.acts.internal import internal_references
from kb.reading.acts.told import TOLD
from kb.reading.header import own_identity
from kb.reading.header.closing import CONSOLIDATED
from kb.reading.header.headerless import Header
from kb.reading.issuers import places, surroundings
from kb.reading.issuers.named_organs import with_named_organs
from kb.reading.names import by_subject, laws, nested, programme_citations, standards
from kb.reading.names.congress import term_behind
from kb.reading.numbers.elided import with_elided
from kb.reading.numbers.find import find_numbers
from kb.reading.numbers.in_cells import NumberCell, with_cells
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.relations import back_references, pinpoints, relate, titles
from kb.reading.relations.portal_heads import with_portal_heads
from kb.reading.relations.relation import PLAIN, tied
from kb.reading.repair import digit_votes, misread, twins
from kb.reading.text.offsets import OffsetMap, tidy, unseen_marks
from kb.reading.text.position import Positions
from kb.reading.text.text_forms import TextForms
from kb.reading.version import READER_VERSION

_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_YEARS_APART = 2  # of number and date: what is signed in the last days of a year may be numbered in the next
_TITLE_REACH = 700  # code points behind a mention in which its title stands


class _Draft(NamedTuple):
    """A citation in the making: the mention that relations are told of, and what is known before they are."""

    mention: relate.CitedSpan
    found: Citation


def read_text(text: str, hints: Hints) -> Reading:
    """What ``kb.reading.read`` gives."""
    given = text
    text = misread.set_right(given)
    clean, offsets = tidy(text)
    forms = TextForms(clean)
    positions = Positions(forms, hints.page_starts)
    cells = tables.cells_of_numbers(text, hints.blocks)
    if offsets is None:
        own, citations, heads = _read(forms, hints, positions, cells)
    else:
        cells = [cell._replace(start=offsets.forward(cell.start), end=offsets.forward(cell.end)) for cell in cells]
        own, found, heads = _read(forms, hints, Positions(forms, hints.page_starts, (text, offsets)), cells)
        citations = [_mapped(citation, text, offsets) for citation in found]
        heads = [offsets.span_back(head, head + 1)[0] for head in heads]
        forms = TextForms(text)
        positions = Positions(forms, hints.page_starts)
    in_tables = tables.by_tables(text, citations, hints.blocks)
    days = EffectDays(forms, own.day if own else None, reprint=own is not None and own.type == CONSOLIDATED)
    if own is not None and own.type != CONSOLIDATED:  # that reprints the days of those of which it is made
        own = replace(own, effect_from=days.own)
    in_tables = tuple(misread.marked(given, text, in_tables))
    if hints.doubts or hints.places:  # a scan
        in_tables = tuple(digit_votes.weighed(given, in_tables, hints.doubts))
        own = digit_votes.weighed_own(given, own, hints.doubts)
    acted_on = with_acts(forms, in_tables, heads, own, days, hints.blocks, positions)
    return Reading(own, acted_on, READER_VERSION, internal_references(forms, hints.blocks))


def _mapped(citation: Citation, text: str, offsets: OffsetMap) -> Citation:
    """A citation of the tidy text as one of the text as given; its line and page are that one's already."""
    start, end, cue, sentence = citation.start, citation.end, citation.cue, citation.sentence
    low, high = sentence or (start, end)
    shift = offsets.shift_back(low, high) if cue is None or (low <= cue[0] and cue[1] <= high) else None
    if shift is None:
        start, end = offsets.span_back(start, end)
        cue = offsets.span_back(*cue) if cue else None
        sentence = offsets.span_back(*sentence) if sentence else None
    else:  # nearly always
        start, end = start + shift, end + shift
        cue = (cue[0] + shift, cue[1] + shift) if cue else None
        sentence = (low + shift, high + shift) if sentence else None
    given = text[start:end]
    if citation.number and len(given) > len(citation.text) and unseen_marks(given):
        before = tuple(repair for repair in citation.repairs if repair.before != citation.text)
        citation = citation._replace(repairs=(*before, Repair(given, citation.number, "unseen_marks")))
    return citation.placed(start, end, given, cue, sentence)


def _read(
    forms: TextForms, hints: Hints, positions: Positions, cells: Sequence[NumberCell]
) -> tuple[OwnIdentity | None, list[Citation], list[int]]:
    """What the text says of itself, its citations, and where each begins with its type word; ``cells``: those under a
    head that says they hold numbers."""
    text = forms.source
    hits = with_named_organs(forms, with_cells(forms, with_elided(forms, find_numbers(forms)), cells))
    head = own_identity.read_header(forms, hits, hints)
    cited = [hit for hit in hits if hit is not head.number]
    stands_in = surroundings.surroundings(forms, cited, head.own, hints)
    by_name = laws.find_named(forms, [(hit.start, hit.end) for hit in hits])
    drafts = [
        _number_draft(forms, hit, around, by_name.attached.get(hit.start))
        for hit, around in zip(cited, stands_in, strict=True)
    ]
    unread = {hit.start: around.unread_date for hit, around in zip(cited, stands_in, strict=True)}
    ordinary, inner = nested.inner_laws(by_name.hits, hits)
    drafts += [_named_draft(forms, hit, head.own) for hit in ordinary]
    drafts += [_standard_draft(forms, hit) for hit in standards.find_standards(forms)]
    drafts.sort(key=lambda draft: draft.mention[:2])
    drafts = _without_overlaps(drafts)
    taken = [(draft.mention.head, draft.mention.end) for draft in drafts]
    if subjects := [_subject_draft(forms, hit) for hit in by_subject.find_by_subject(forms, taken, head.end)]:
        drafts = sorted([*drafts, *subjects], key=lambda draft: draft.mention[:2])
    citations = _related(forms, drafts, head, positions)
    citations = _with_actors_provinces(citations, cited, stands_in)
    citations = nested.with_inner_laws(text, citations, inner, positions)
    citations = twins.agree(text, citations, head.own, unread, forms.damaged)
    citations = with_portal_heads(forms, citations, head.own)
    mentions = [draft.mention for draft in drafts]
    citations = programme_citations.with_programmes(forms, citations, mentions, head, hints, positions)
    begins = {mention.start: mention.head for mention in mentions}
    return head.own, citations, [begins.get(citation.start, citation.start) for citation in citations]


def _without_overlaps(drafts: list[_Draft]) -> list[_Draft]:
    """Where two readings claim the same letters the number wins, else the first."""
    kept: list[_Draft] = []
    for draft in drafts:
        if kept and draft.mention.start < kept[-1].mention.end:
            if draft.mention.kind == "number" and kept[-1].mention.kind != "number":
                kept[-1] = draft
            continue
        kept.append(draft)
    return kept


def _number_draft(
    forms: TextForms, hit: NumberHit, around: surroundings.Surroundings, name: laws.NamedHit | None
) -> _Draft:
    """The draft of a number; ``name`` is the law's name with which it stands."""
    law = name is not None and issuers.makes_laws(hit.code.body) and hit.code.type_code is None
    notes = (
        *(() if around.unread_date is None else (twins.UNREAD_DATE,)),
        *(() if hit.type_stated or law else (TYPE_FROM_CODE,)),
        *(_term(forms, hit) if around.date is None and around.body == "TW" else ()),
        *((twins.DOUBTFUL_NUMBER,) if hit.doubtful else ()),
        *(hit.range_ends),
    )
    tail = around.tail if around.tail > hit.end else hit.end
    type_, title = (name.type, name.name) if name is not None and law else (hit.type, _title(forms, tail))
    mention = relate.CitedSpan(hit.start, hit.end, "number", type_, hit.head, tail, hit.number)
    head = hit.head if name is None or not law else min(hit.head, name.start)
    found = Citation(
        start=hit.start,
        end=hit.end,
        text=forms.source[hit.start : hit.end],
        kind="number",
        number=hit.number,
        type=type_,
        date=around.date,
        body=around.body,
        province=around.province,
        province_known=around.province_known,
        unit=around.unit,
        pinpoint=_pinpoint(forms, head, tail),
        title=title,
        confidence=_confidence(hit),
        repairs=hit.repairs,
        notes=notes,
    )
    return _Draft(mention, found)


def _term(forms: TextForms, hit: NumberHit) -> tuple[str, ...]:
    """The note on the Party term named after a central Party number."""
    ordinal = term_behind(forms, hit.end)
    return () if ordinal is None else (f"{TERM}{ordinal}",)


def _confidence(hit: NumberHit) -> float:
    base = 0.98 if hit.vouched else 0.9
    return max(0.3, base - 0.08 * hit.code.cost - (0.0 if hit.code.known else 0.1))


def _named_draft(forms: TextForms, hit: laws.NamedHit, own: OwnIdentity | None) -> _Draft:
    province, known, unit = (None, True, None) if hit.level is None else _congress_place(forms, hit, own)
    draft = _by_name(forms, hit, hit.name, 0.95)
    placed = draft.found._replace(date=hit.date, province=province, province_known=known, unit=unit)
    return draft._replace(found=placed)


def _by_name(forms: TextForms, hit: laws.NamedHit | by_subject.SubjectHit, name: str, sure: float) -> _Draft:
    """The draft of a document that is cited by a name without a number."""
    mention = relate.CitedSpan(hit.start, hit.end, "named", hit.type, hit.start, hit.end, None)
    found = Citation(
        start=hit.start,
        end=hit.end,
        text=forms.source[hit.start : hit.end],
        kind="named",
        type=hit.type,
        body=hit.body,
        pinpoint=_pinpoint(forms, hit.start, hit.end),
        title=name,
        confidence=sure,
    )
    return _Draft(mention, found)


def _congress_place(
    forms: TextForms, hit: laws.NamedHit, own: OwnIdentity | None
) -> tuple[str | None, bool, str | None]:
    """Whose congress (province, whether it is known, unit): that of the province named right after it, else of the
    citing document's own province or unit."""
    match = provinces.PATTERN.match(forms.folded, hit.end + 1, hit.end + 40)
    stated = provinces.plain(match.group()) if match and hit.level == "province" else None
    province = stated or (own.province if own else None)
    unit = own.unit if own and hit.level == "unit" else None
    known = province is not None and (hit.level == "province" or unit is not None)
    return province if known else None, known, unit


def _subject_draft(forms: TextForms, hit: by_subject.SubjectHit) -> _Draft:
    draft = _by_name(forms, hit, hit.title, 0.7)
    return draft._replace(found=draft.found._replace(notes=(BY_SUBJECT,)))


def _standard_draft(forms: TextForms, hit: standards.StandardHit) -> _Draft:
    text = forms.source[hit.start : hit.end]
    repairs = () if text == hit.number else (Repair(text, hit.number, "standard_form"),)
    mention = relate.CitedSpan(hit.start, hit.end, "standard", hit.type, hit.start, hit.end, hit.number)
    found = Citation(
        start=hit.start,
        end=hit.end,
        text=text,
        kind="standard",
        number=hit.number,
        type=hit.type,
        pinpoint=_pinpoint(forms, hit.start, hit.end),
        confidence=0.97,
        repairs=repairs,
    )
    return _Draft(mention, found)


def _pinpoint(forms: TextForms, head: int, tail: int) -> str | None:
    """The part of the document that is cited, before the mention or behind it."""
    point = pinpoints.pinpoint_before(forms, head) or pinpoints.pinpoint_after(forms, tail)
    return point.value if point else None


def _pinpoint_of_reference(forms: TextForms, ref: back_references.BackReference) -> str | None:
    """The part of "Nghị định nêu trên" that is cited."""
    point = pinpoints.pinpoint_before(forms, ref.start)
    return point.value if point else None


def _title(forms: TextForms, tail: int) -> str | None:
    """The title of a numbered document whose date and issuer end at ``tail``."""
    span = titles.title_after(forms, tail, min(len(forms.text), tail + _TITLE_REACH))
    return " ".join(forms.source[span[0] : span[1]].replace("*", " ").split()) if span else None


def _related(forms: TextForms, drafts: list[_Draft], head: Header, positions: Positions) -> list[Citation]:
    mentions = [draft.mention for draft in drafts]
    own_type = head.own.type if head.own else None
    found = relate.relate(forms, mentions, own_type=own_type, header_end=head.end)
    citations = [
        tied(draft.found, relation, positions, parent=relation.parent, sure=0.5 + 0.5 * relation.confidence)
        for draft, relation in zip(drafts, found, strict=True)
    ]
    citations = [_of_sure_actor(citation, citations) for citation in citations]
    references = [
        ref for ref in back_references.find_back_references(forms, mentions, own_type) if _says_something(ref)
    ]
    return _with_references(forms, citations, mentions, references, own_type, positions) if references else citations


def _with_actors_provinces(
    citations: Sequence[Citation], cited: Sequence[NumberHit], stands_in: Sequence[surroundings.Surroundings]
) -> list[Citation]:
    """The citations, each with its place as the one in whose title it stands tells it."""
    told = {hit.start for hit, around in zip(cited, stands_in, strict=True) if around.named_province}
    return [_of_actors_province(citation, citations, told) for citation in citations]


def _of_actors_province(citation: Citation, citations: Sequence[Citation], told: set[int]) -> Citation:
    """A citation in the title of one that acts on it, of the same organ, with its province where the sentence names
    none: "Quyết định A của UBND tỉnh Bình Phước sửa đổi Quyết định B của UBND tỉnh". ``told``: where citations begin
    whose province is named."""
    if citation.parent is None or citation.relation not in ACTS or citation.kind != "number" or citation.start in told:
        return citation
    outer = citations[citation.parent]
    local = outer.kind == "number" and outer.province and outer.body == citation.body and outer.start in told
    if not local or (citation.province is None and citation.province_known):
        return citation
    return citation._replace(province=places.at_date(outer.province or "", citation.date), province_known=True)


def _of_sure_actor(citation: Citation, citations: Sequence[Citation]) -> Citation:
    """A citation in the title of another one whose number and date are years apart ("38/2026/NĐ-CP ngày 15/5/2016"): a
    misprint, and which document acts is not known."""
    if citation.parent is None or citation.relation not in TOLD:
        return citation
    outer = citations[citation.parent]
    year = _YEAR.search(outer.number or "")
    apart = year is not None and outer.date is not None and abs(int(year[1]) - int(outer.date[:4])) >= _YEARS_APART
    return citation._replace(relation="cites", inverse=False) if apart and not citation.inverse else citation


def _says_something(ref: back_references.BackReference) -> bool:
    """Whether a back reference is worth reporting: with its antecedent, or where a reader would look for one.

    "Quyết định này" without an antecedent is the document itself or the new wording of another.
    """
    return ref.antecedent is not None or ref.form in ("above", "short_number")


def _reference_mention(ref: back_references.BackReference) -> relate.CitedSpan:
    return relate.CitedSpan(ref.start, ref.end, "back_reference", ref.type, ref.start, ref.end)


def _with_references(
    forms: TextForms,
    citations: list[Citation],
    mentions: list[relate.CitedSpan],
    references: list[back_references.BackReference],
    own_type: str | None,
    positions: Positions,
) -> list[Citation]:
    """The citations with the back references between them; ``parent`` of a back reference is its antecedent.

    The references are related after the others, so that they never change what the others were found to be.
    """
    merged = sorted([*mentions, *map(_reference_mention, references)], key=lambda mention: (mention.start, mention.end))
    place = {(mention.start, mention.kind): at for at, mention in enumerate(merged)}
    new = [place[mention.start, mention.kind] for mention in mentions]
    moved = [c if c.parent is None else c._replace(parent=new[c.parent]) for c in citations]
    for ref in references:
        at = place[ref.start, "back_reference"]
        neighbours = merged[max(0, at - 1) : at + 1] if ref.antecedent is not None else merged[at : at + 1]
        relation = relate.relate(forms, neighbours, own_type=own_type)[-1]
        if ref.form == "this" and relation.relation in ACTS:
            relation = PLAIN  # "bằng Mẫu số 2 kèm theo Thông tư này": no text acts on itself
        antecedent = None if ref.antecedent is None else new[ref.antecedent]
        found = Citation(
            start=ref.start,
            end=ref.end,
            text=forms.source[ref.start : ref.end],
            kind="back_reference",
            type=ref.type,
            pinpoint=_pinpoint_of_reference(forms, ref),
            confidence=0.9 if antecedent is not None else 0.3,
            notes=() if antecedent is not None else ("no_antecedent",),
        )
        moved.append(tied(found, relation, positions, parent=antecedent))
    return sorted(moved, key=lambda c: (c.start, c.end))
