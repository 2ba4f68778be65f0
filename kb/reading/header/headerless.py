"""What a text without a header still says of itself.

Gazettes of the 2000s print title and organ and leave the header out; offices kept texts that begin with "NGHỊ ĐỊNH CỦA
CHÍNH PHỦ SỐ … NGÀY …"; web pages of laws begin with the type and the title; and plans say in a sentence who issues
them ("Sở … xây dựng Kế hoạch …"). A number is told only from a first line that is a heading with number and day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.authority import issuers, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.model import Hints, OwnIdentity
from kb.reading import dates
from kb.reading.header import closing, gazette, signature
from kb.reading.header.heading import heading, organ_below
from kb.reading.header.metadata import Metadata, metadata
from kb.reading.issuers import organ as organs
from kb.reading.issuers import places
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.numbers.parse_number import parse_number
from kb.reading.text.text_forms import TextForms

_TITLE_AND_ORGAN = re.compile(r"\s*(?P<title>[^\n]{10,500})\n\s*(?P<organ>[^\n]{5,80})\n")
_TITLED_TYPE = re.compile(r"[\s*_#|]{0,20}(?=[^\W\d_])")
_LABEL = re.compile(rf"(?:^|\s){word_lists('header')['number_label']}:?\s*$")
_LABEL_REACH = 160  # the organ in capitals and "Số:   " before the number of an excerpt
_LINE_ENDS = re.compile(r"[ \t*_]{0,6}(?:\n|$)")
_ABOVE_TYPE = 200  # code points behind a gazette's head in which the organ stands
_STATED_REACH = 220  # code points from the first word of a text to its number in a heading of capitals


@dataclass(frozen=True, slots=True)
class Header:
    """The own identity, where its number stands (to be left out of the citations), and the end of the header."""

    own: OwnIdentity | None
    number: NumberHit | None
    end: int


def read(forms: TextForms, hits: Sequence[NumberHit], hints: Hints) -> Header:
    """What the text says of itself without a header; ``own`` is None where it says nothing."""
    stated = _stated(forms, hits, hints) or _labelled(forms, hits, hints)
    return stated or with_metadata(forms, hits, hints, Header(_told(forms, hints), None, 0))


def with_metadata(forms: TextForms, hits: Sequence[NumberHit], hints: Hints, told: Header) -> Header:
    """What a text says of itself, its number and what else is missing from the metadata above it."""
    if told.own is not None and (told.own.number or told.own.code):
        return told
    block = metadata(forms, hits)
    if block is None:
        return Header(_of_carrier(forms, told.own, hints), None, told.end)
    own, number = told.own or OwnIdentity(), block.number
    date = own.date or block.date
    local = own.province or _province(forms, number.code.body, block.organ, hints, date)
    own = replace(
        own,
        number=number.number,
        code=number.code.text,
        type=number.type,
        date=date,
        body=number.code.body,
        province=_of_block(block, number.code.body, date) or local,
        unit=own.unit or (block.organ.unit if block.organ else None),
        title=own.title or hints.attributes.get("title"),
        repairs=number.repairs,
    )
    return Header(own, number, told.end)


def _of_block(block: Metadata, body: str, date: str | None) -> str | None:
    """The province that a block of metadata names, for an organ that has one."""
    if block.province is None or issuers.is_central(body):
        return None
    return places.at_date(block.province, date)


def _of_carrier(forms: TextForms, own: OwnIdentity | None, hints: Hints) -> OwnIdentity | None:
    """What the carrier says of a text that gives no number of its own: a web page's table of attributes."""
    number = parse_number(hints.attributes.get("number", ""))
    if number is None or not (number.type or issuers.is_known(number.body)):
        return own
    issuer, day = TextForms(hints.attributes.get("issuer", "")), fold(hints.attributes.get("date", ""))
    told, hit = own or OwnIdentity(), dates.date_at(day, 0, len(day))
    date = told.date or (hit.iso if hit else None)
    organ = organs.organ_at(issuer, 0, len(issuer.text))
    return replace(
        told,
        number=str(number),
        code=number.code,
        type=number.type or told.type,
        date=date,
        body=number.body,
        province=_province(forms, number.body, organ, hints, date),
        unit=told.unit or (organ.unit if organ else None),
        title=told.title or hints.attributes.get("title"),
        repairs=number.repairs,
    )


def _stated(forms: TextForms, hits: Sequence[NumberHit], hints: Hints) -> Header | None:
    """The header in a heading of capitals: "NGHỊ ĐỊNH⏎CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007"."""
    first = _TITLED_TYPE.match(forms.text)
    if first is None or not hits or hits[0].start > first.end() + _STATED_REACH:
        return None
    start, number = first.end(), hits[0]
    word = types.longest_word(forms.folded, start)
    if word is None or not number.vouched or not forms.source[start : number.start].strip().isupper():
        return None
    date = dates.date_after(forms.folded, number.end, number.end + 80)
    if date is None or _LABEL.search(forms.folded[number.head : number.start]) is None:
        return None
    organ = organs.organ_at(forms, start, number.start)
    province = _province(forms, number.code.body, organ, hints, date.iso)
    own = OwnIdentity(
        number=number.number,
        code=number.code.text,
        type=number.type,
        date=date.iso,
        body=number.code.body,
        province=province,
        title=hints.attributes.get("title") or _below(forms, date.end),
        signer=signature.signer(forms, date.end),
        repairs=number.repairs,
    )
    return Header(own, number, date.end)


def _labelled(forms: TextForms, hits: Sequence[NumberHit], hints: Hints) -> Header | None:
    """The header of an excerpt: "Số: 22/2026/TT-BNNMT" first or below the organ, then the type in capitals."""
    first = _TITLED_TYPE.match(forms.text)
    if first is None or not hits or hits[0].start > first.end() + _LABEL_REACH:
        return None
    number, start = hits[0], first.end()
    label = _LABEL.search(forms.folded[start : number.start])
    above = forms.source[start : start + label.start()].strip() if label else ""
    if label is None or not number.vouched or (above and not above.isupper()):
        return None
    top = heading(forms, number.end, number.code.body)
    if top.type is None or top.type != number.type or not _LINE_ENDS.match(forms.text, number.end):
        return None
    organ = organs.organ_at(forms, start, number.start) if above else None
    own = OwnIdentity(
        number=number.number,
        code=number.code.text,
        type=number.type,
        body=number.code.body,
        province=_province(forms, number.code.body, organ, hints, None),
        unit=organ.unit if organ else None,
        title=hints.attributes.get("title") or top.title,
        signer=signature.signer(forms, number.end),
        repairs=number.repairs,
    )
    return Header(own, number, number.end)


def _below(forms: TextForms, end: int) -> str | None:
    """The title in the lines of capitals below a heading."""
    kept: list[str] = []
    for line in forms.source[end : end + 700].split("\n"):
        words = line.strip(" \t\r*_#|")
        if (words and not words.isupper()) or (kept and not words):
            break
        if words:
            kept.append(words)
    return " ".join(" ".join(kept).split()) or None


def _told(forms: TextForms, hints: Hints) -> OwnIdentity | None:
    """Type, title, organ and day from a sentence or from the first lines."""
    lines = _title_and_organ(forms)
    by_lines = _titled(forms, *lines) if lines else _headed(forms) or _typed(forms)
    found = _drafted(forms) or by_lines or _in_gazette(forms)
    if found is None:
        return _unknown(hints)
    kind, title, organ, body = found
    adopted = closing.adoption_date(forms, 0)
    return OwnIdentity(
        type=kind.id if kind else None,
        body=body,
        province=_province(forms, body, organ, hints, adopted) if body or (organ and organ.province) else None,
        unit=organ.unit if organ else None,
        title=hints.attributes.get("title") or title,
        signer=signature.signer(forms, 0),
        adopted=adopted,
    )


_Told = tuple[types.Type | None, str, organs.Organ | None, str | None]  # type, title, organ, its code


def _drafted(forms: TextForms) -> _Told | None:
    """From the sentence that issues the document ("Sở … xây dựng Kế hoạch …")."""
    sentence = organs.drafting(forms)
    if sentence is None:
        return None
    body = sentence.organ.code
    return (
        types.by_word(sentence.word, body),
        " ".join(forms.source[slice(*sentence.title)].split()),
        sentence.organ,
        body,
    )


def _title_and_organ(forms: TextForms) -> tuple[re.Match[str], organs.Organ] | None:
    """The first two lines where they are a title and an organ."""
    lines = _TITLE_AND_ORGAN.match(forms.text)
    organ = organs.organ_at(forms, lines.start("organ"), lines.end("organ")) if lines else None
    return (lines, organ) if lines and organ else None


def _titled(forms: TextForms, lines: re.Match[str], organ: organs.Organ) -> _Told | None:
    """From a first line with the title and a second one with the organ."""
    word = types.longest_word(forms.folded, lines.start("title"))
    if word is None:
        return None
    kind = types.by_word(forms.folded[lines.start("title") : word[0]], organ.code) or types.by_id(word[1])
    return kind, lines["title"].strip(), organ, organ.code


def _headed(forms: TextForms) -> _Told | None:
    """From type, title and organ in lines of capitals near the top, as pages made for printing have them."""
    top = heading(forms, 0, None)
    organ = organ_below(forms, top.end) if top.type and top.title else None
    if top.type is None or organ is None:
        return None
    kind = types.by_word(types.by_id(top.type).words[0], organ.code) or types.by_id(top.type)
    return kind, top.title or "", organ, organ.code


def _typed(forms: TextForms) -> _Told | None:
    """From a heading of capitals at the very top, where only one organ can issue documents of its type."""
    top = heading(forms, 0, None) if _opens_with_type(forms) else None
    if top is None or top.type is None or top.title is None:
        return None
    kind = types.by_id(top.type)
    return kind, top.title, None, kind.orgs[0] if kind.default and len(kind.orgs) == 1 else None


def _in_gazette(forms: TextForms) -> _Told | None:
    """From a heading of capitals on a page of a gazette, below its head and perhaps the organ."""
    end = gazette.head_end(forms)
    top = heading(forms, end, None) if end else None
    if top is None or top.type is None:
        return None
    publisher, above = gazette.publisher(forms), organs.issuing_line(forms, end, end + _ABOVE_TYPE)
    organ = above or publisher
    if organ is None:
        return None
    if publisher is not None:
        organ = organ._replace(province=organ.province or publisher.province, code=organ.code or publisher.code)
    kind = types.by_word(types.by_id(top.type).words[0], organ.code)
    return kind or types.by_id(top.type), top.title or "", organ, organ.code


def _opens_with_type(forms: TextForms) -> bool:
    """Whether the first line of a text is a type word in capitals."""
    first = _TITLED_TYPE.match(forms.text)
    return first is not None and types.longest_word(forms.folded, first.end()) is not None


def _unknown(hints: Hints) -> OwnIdentity | None:
    if not hints.attributes:
        return None
    return OwnIdentity(title=hints.attributes.get("title"), province=hints.province)


def _province(
    forms: TextForms, body: str | None, organ: organs.Organ | None, hints: Hints, date: str | None
) -> str | None:
    if body and organs.is_central(forms, body, organ):
        return None
    named = (organ.province if organ else None) or gazette.province(forms)
    named = named or hints.province or places.own_province(forms)
    return places.at_date(named, date) if named else None
