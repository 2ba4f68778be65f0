"""Decrees and circulars that a sentence names by their subject alone: "theo Nghị định về hợp đồng xây dựng", "tại Thông
tư của Bộ Tài chính về hóa đơn bán hàng".

Such words point at one document without telling which: the citation says what is meant and bears no identity, so that
no link is invented. Only what a sentence rests on is taken, by the word before it; a draft, a task to write one, or the
plural is none. Words are data (``words/laws.json``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.authority import types
from kb.authority.wording import word_lists
from kb.reading.issuers import organ
from kb.reading.relations.titles import title_after
from kb.reading.text.text_forms import TextForms, one_line

_WORDS = word_lists("laws")
_TYPE = re.compile(
    rf"(?P<type>{_WORDS['subject_types']})(?=\s{{1,3}}(?!{_WORDS['subject_not_behind']}(?![a-z]))[a-z]{{2}})"
)
_RESTS_ON = re.compile(rf"(?<![a-z]){_WORDS['subject_before']}[\s*_]{{1,3}}\Z")
_OF_ANY = re.compile(
    rf"(?<![a-z]){_WORDS['subject_of_any']}(?![a-z])(?!\s{{1,3}}[a-z])|(?<![a-z]){_WORDS['subject_of_each']}(?![a-z])"
)
_ANCHORS = _WORDS.folded("subject_types")  # looked for as they are
_REACH = 400  # code points of an issuer and a title
_FEWEST = 4  # words of a title that tells one document from others
_TOUCHES = 8  # code points behind a title that part it from another citation
_BEFORE = 24  # code points before the type word in which the word stands that rests on it


class SubjectHit(NamedTuple):
    """A document named by its subject; ``body``: the organ named with it, or the only one that issues its type."""

    start: int
    end: int
    type: str
    title: str
    body: str | None


def find_by_subject(forms: TextForms, spans: Sequence[tuple[int, int]], low: int) -> Iterator[SubjectHit]:
    """Those of a text, in order.

    Args:
        forms: the text.
        spans: of all other citations, with their type words, in order: a title that holds or touches one is left to it.
        low: where the document's own header ends.
    """
    heads = [head for head, _ in spans]
    for word in _ANCHORS:
        start = forms.folded.find(word, low)
        while start >= 0:
            match = _TYPE.match(forms.folded, start)
            hit = _hit(forms, match) if match is not None else None
            if hit is not None:
                at = bisect_left(heads, hit.start)
                before = spans[at - 1][1] if at else 0
                behind = heads[at] if at < len(spans) else len(forms.text)
                if before <= hit.start and behind >= hit.end and forms.text[hit.end : behind][:_TOUCHES].strip(" (\n"):
                    yield hit
            start = forms.folded.find(word, start + 1)


def _hit(forms: TextForms, match: re.Match[str]) -> SubjectHit | None:
    start, end = match.span("type")
    rests = _RESTS_ON.search(forms.folded, max(0, start - _BEFORE), start)
    if rests is None or not forms.text[start].isupper() or forms.damaged(start):
        return None
    span = title_after(forms, end, min(len(forms.text), end + _REACH))
    if span is None or len(forms.text[slice(*span)].split()) < _FEWEST:
        return None
    if _OF_ANY.search(forms.folded, *span):
        return None  # "Nghị định quy định chức năng … của từng bộ": a kind of documents, not one
    named = organ.organ_after(forms, end)
    if forms.text[named.end if named else end : span[0]].strip():
        return None  # other words stand between: "Nghị định của Chính phủ có hiệu lực …"
    word = " ".join(match["type"].split())
    kind = types.by_word(word, named.code if named else None)
    if kind is None:
        return None
    only = kind.orgs[0] if len(kind.orgs) == 1 else None
    title = one_line(forms.source[slice(*span)])
    return SubjectHit(start, span[1], kind.id, title, (named.code if named else None) or only)
