"""Back references and short forms: "Quyết định này", "Nghị quyết nêu trên", "Kế hoạch 34", "(sau đây gọi tắt là …)".

An antecedent is given only where it is the only possible one: a reference by position ("nêu trên") never reaches
across a heading, a short number never chooses between two documents with that ordinal, and a reference inside quoted
text (the new wording in an amending document) refers to a document this text does not show. "No antecedent" is an
answer. Words are data (``data/words/back_references.json``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from kb.authority import types
from kb.authority.wording import word_lists
from kb.reading.relations.cited_span import CitedSpan
from kb.reading.text.text_forms import TextForms, fold

_REACH = 1500  # code points a reference by position may look back
_DEFINED_REACH = 600  # code points from a citation, behind its title, to the definition of its short form
_LONGEST_ALIAS = 80
_LONGEST_TYPE = 40  # code points: "nghị quyết liên tịch" and blanks
_PLURAL_REACH = 12  # code points that hold "các", "hai" before a type word
_ABOVE_REACH = (8, 12)  # code points before and behind "trên" in which "nói ở trên", "trên đây" stand
_LABEL_REACH = 8  # code points that hold "số:" before a number
_FOLLOWING = 12  # code points that hold the word behind a number
_DEFINITION_REACH = (12, 24)  # code points before and behind "gọi" in which a definition stands
_CAPITAL_LINE = 12  # letters of an all-capital line that make it a heading


class BackReference(NamedTuple):
    """One back reference. ``antecedent`` is an index into the mentions, None where none is certain; ``own``: the
    citing document itself is meant; ``type`` an id of the types (None for a bare alias); ``form`` is ``this``,
    ``above``, ``short_number`` or ``alias``; ``reason`` says in a few words why there is no antecedent."""

    start: int
    end: int
    type: str | None
    form: str
    antecedent: int | None = None
    own: bool = False
    reason: str | None = None


_WORDS = word_lists("back_references")
_TYPES = frozenset(_WORDS.folded("types"))
_LAST = {word.split()[-1] for word in _TYPES}
_SIZES = {
    last: tuple(sorted({len(word.split()) for word in _TYPES if word.split()[-1] == last}, reverse=True))
    for last in _LAST
}  # the last word of a type → how many words the types have that end in it
_LABELS = _WORDS.folded("number_label")
_BEFORE_NUMBER = frozenset(f" {word}"[-3:] for word in (*_LAST, *_LABELS))  # the last three letters
_SELF_ONLY = frozenset(_WORDS.folded("self_only"))
_PLURAL = frozenset(_WORDS.folded("plural_before"))
_CERTAIN = frozenset(_WORDS.folded("certain_without_antecedent"))
_QUANTITIES = frozenset(_WORDS.folded("not_after_number"))
_LAW, _NOT_LAW = frozenset(_WORDS.folded("law")), frozenset(_WORDS.folded("not_law"))
(_THIS,), (_ON,), (_CALLED,) = (_WORDS.folded(name) for name in ("this", "on", "called"))  # looked for as they are
(_WRITTEN_SHORT,) = (words.split() for words in _WORDS.folded("written_short"))
_END = 4  # last letters of a type word by which a pattern that looks back knows it: such a look has one width


def _ends_of(words: Iterable[str]) -> str:
    """The ends of words as alternatives of one width."""
    ends = {word[-_END:] if len(word) >= _END else "." * (_END - len(word) - 1) + "[^a-z]" + word for word in words}
    return f"(?:{'|'.join(sorted(ends))})"


_ABOVE = re.compile(_WORDS["above"] + r"(?![a-z])")
_LED = {words.split()[-2] for words in _WORDS.folded("above") if words.endswith(f" {_ON}")}
# "trên" where it may be part of one of these or end its clause
_BESIDE = re.compile(
    rf"{_ON}(?:(?=[,;.):]|$|\s{{1,3}}{_WORDS['on_here']})|(?<={_ends_of(_LED)} {_ON})|(?<=  {_ON}))(?![a-z])"
)
# "Điều này", "hiện nay" are no references: told by the pattern, which looks back from "này"
_THIS_DOCUMENT = re.compile(rf"{_THIS}(?:(?<={_ends_of(_LAST)} {_THIS})|(?<=  {_THIS}))(?![a-z])")
_DEFINITION = re.compile(_WORDS["definition"] + r"\s{0,3}:?\s{1,3}")
_DEFINING = (
    (_CALLED, re.compile(rf"{_CALLED}(?![a-z])")),
    (_WRITTEN_SHORT[0], re.compile(" {1,3}(?=".join(_WRITTEN_SHORT) + ")")),
)
# no part of a longer number, of a list of numbers or of its items; "Nghị định 136, được sửa đổi" is a whole one
_ORDINAL = re.compile(
    r"[0-9]{1,5}[a-z]?(?:/(?:19|20)[0-9]{2})?"
    r"(?![0-9a-z]|\s{0,2}[/.%-]\s?[0-9a-z]|\s{0,2},(?:\s?[0-9]|[a-z])|\s{0,2}/)"
)
_LABEL = re.compile(rf"{_WORDS['number_label']}\s{{0,2}}:?\s{{1,3}}$")
_NUMBER_FOLLOWS = re.compile(rf"\s{{1,3}}(?:{_WORDS['number_behind']}\s|\d)")
_ALIAS_ENDS = re.compile(r"[);,.\n\"]")
_SENTENCE_ENDS = re.compile(r";|\.\s|\n\s*\n")
_NUMBER_HEAD = re.compile(r"0*(\d+[a-z]?)(?:/((?:19|20)\d\d))?(?!\d)")
_HEADING = re.compile(
    rf"\n[ \t*_#]*(?:{_WORDS['headings']}\s{{1,2}}[\divxl]+|[ivx]{{1,5}}\s?[.)]\s|[a-z]\.\s|#{{1,6}}\s)",
    re.IGNORECASE,
)


def find_back_references(forms: TextForms, mentions: Sequence[CitedSpan], own_type: str | None) -> list[BackReference]:
    """The back references of a text in order of their start.

    ``mentions`` are the citations found, sorted by start; ``own_type`` is the citing document's type id.
    """
    reader = _Reader(forms, mentions, own_type)
    found = [*reader.this(), *reader.above(), *reader.short_numbers(), *reader.aliases()]
    found.sort(key=lambda ref: (ref.start, -ref.end))
    kept: list[BackReference] = []
    for ref in found:
        if not kept or ref.start >= kept[-1].end:
            kept.append(ref)
    return kept


def _anchored(pattern: re.Pattern[str], word: str, folded: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with ``word``; plain search finds the word several times faster."""
    at = folded.find(word)
    while at >= 0:
        match = pattern.match(folded, at)
        if match:
            yield match
        at = folded.find(word, at + 1)


@cache
def _ids(word: str) -> frozenset[str]:
    """The type ids a folded type word can mean."""
    return frozenset(kind.id for kind in types.TYPES for phrase in kind.words if fold(phrase) == word)


class _Reader:
    def __init__(self, forms: TextForms, mentions: Sequence[CitedSpan], own_type: str | None) -> None:
        self.forms, self.text, self.folded = forms, forms.text, forms.folded
        self.mentions, self.own_type = mentions, own_type
        self.starts = [mention.start for mention in mentions]
        self._quotes: list[int] | None = None

    # -- forms ---------------------------------------------------------------------------------------------------

    def this(self) -> Iterator[BackReference]:
        """ "Quyết định này": the document itself where it is of that type, else the one just named."""
        for match in _anchored(_THIS_DOCUMENT, _THIS, self.folded):
            at = match.start()
            named = self._type_before(at)
            if named is None:
                continue
            start, word = named
            quoted = self._quoted(start)
            if self.own_type in _ids(word) and not quoted:
                yield BackReference(start, match.end(), self.own_type, "this", own=True)
            elif quoted:
                yield BackReference(start, match.end(), self._type(word), "this", reason="quoted")
            elif word in _SELF_ONLY:
                yield BackReference(start, match.end(), self._type(word), "this", reason="annex")
            else:
                yield self._by_position(start, match.end(), word, "this")

    def above(self) -> Iterator[BackReference]:
        """ "Nghị quyết nêu trên": the only document of that type since the last heading."""
        folded, (before, behind) = self.folded, _ABOVE_REACH
        for match in _anchored(_BESIDE, _ON, folded):
            at = match.start()
            cue = next((m for m in _ABOVE.finditer(folded, at - before, at + behind) if m.end() >= match.end()), None)
            if cue is None:
                continue
            named = self._type_before(cue.start())
            if named is None:
                continue
            if cue.group() == _ON and not self._clause_ends(cue.end()):
                continue  # "Kế hoạch trên địa bàn tỉnh"
            start, word = named
            if self._quoted(start):
                yield BackReference(start, cue.end(), self._type(word), "above", reason="quoted")
            else:
                yield self._by_position(start, cue.end(), word, "above")

    def short_numbers(self) -> Iterator[BackReference]:
        """ "Kế hoạch 34": the only cited document of that type with that ordinal."""
        folded = self.folded
        for at in self.forms.after_words(_BEFORE_NUMBER):
            match = _ORDINAL.match(folded, at)
            if match is None or self._inside_mention(at):
                continue
            label = _LABEL.search(folded, at - _LABEL_REACH, at)
            named = self._type_before(label.start() if label else at)
            if named is None:
                continue
            start, word = named
            following = folded[match.end() : match.end() + _FOLLOWING].split(maxsplit=1)
            if following and following[0].strip(".,;:()") in _QUANTITIES:
                continue
            ordinal, _, year = match.group().partition("/")
            candidates = self._with_ordinal(ordinal, year, word, at)
            if len(candidates) == 1:
                yield BackReference(start, match.end(), self._type(word), "short_number", candidates[0])
            elif candidates:
                yield BackReference(start, match.end(), self._type(word), "short_number", reason="several")
            elif word in _CERTAIN and (label or len(ordinal) > 1):
                yield BackReference(start, match.end(), self._type(word), "short_number", reason="not cited in full")

    def aliases(self) -> Iterator[BackReference]:
        """Names defined by "(sau đây gọi tắt là X)" right after a citation, from there to their next definition."""
        definitions = list(self._definitions())
        for k, (alias, end, antecedent) in enumerate(definitions):
            stop = next((other for name, other, _ in definitions[k + 1 :] if name == alias), len(self.text))
            at = self.text.find(alias, end)
            while 0 <= at < stop:
                last = at + len(alias)
                if self._free(at, last) and not self._numbered(last):
                    yield BackReference(at, last, self.mentions[antecedent].type, "alias", antecedent)
                at = self.text.find(alias, last)

    # -- evidence ------------------------------------------------------------------------------------------------

    def _type_before(self, position: int) -> tuple[int, str] | None:
        """(start, folded word) of the type word that ends right before ``position`` (blanks between)."""
        parts = self.folded[max(0, position - _LONGEST_TYPE) : position].split()
        if not parts:
            return None
        for size in _SIZES.get(parts[-1], ()):
            word = " ".join(parts[-size:])
            if len(parts) >= size and word in _TYPES:
                if word in _LAW and len(parts) > 1 and parts[-2] in _NOT_LAW:
                    return None
                start = position
                for part in reversed(parts[-size:]):
                    start = self.folded.rfind(part, 0, start)
                return (start, word) if self._named_as_document(start, word) else None
        return None

    def _named_as_document(self, start: int, word: str) -> bool:
        """Words that also name things in general ("các quy định nêu trên") count with a capital letter only."""
        return word in _CERTAIN or self.text[start].isupper()

    def _type(self, word: str) -> str | None:
        kind = types.by_word(word)
        return kind.id if kind else None

    def _by_position(self, start: int, end: int, word: str, form: str) -> BackReference:
        type_ = self._type(word)
        before = self.folded[max(0, start - _PLURAL_REACH) : start].split()
        if before and before[-1] in _PLURAL:
            return BackReference(start, end, type_, form, reason="several")
        found = self._before(start, _ids(word))
        if not found:
            return BackReference(start, end, type_, form, reason="none before")
        nearest = max(found.values())
        between = self.text[self.mentions[nearest].end : start]
        reason = self._ambiguous(found, nearest, start, between)
        if reason is None and form == "this" and "\n\n" in between:
            reason = "other paragraph"
        return BackReference(start, end, type_, form, nearest if reason is None else None, reason=reason)

    def _before(self, start: int, ids: frozenset[str]) -> dict[str, int]:
        """The documents of a type that are cited within reach before ``start``, each with its last citation."""
        found: dict[str, int] = {}
        k = bisect_left(self.starts, start) - 1
        while k >= 0 and start - self.mentions[k].end <= _REACH:
            mention = self.mentions[k]
            if mention.kind != "back_reference" and mention.type in ids:
                found.setdefault(mention.number or self.text[mention.start : mention.end], k)
            k -= 1
        return found

    def _ambiguous(self, found: dict[str, int], nearest: int, start: int, between: str) -> str | None:
        """Why the nearest document cannot be told to be the one that is meant; None: it can."""
        if _heading_in(between):
            return "heading between"
        if len(found) > 1 and ("\n\n" in between or self._rivals(found, nearest, start)):
            return "several"
        return None

    def _rivals(self, found: dict[str, int], nearest: int, start: int) -> bool:
        """Another document of the type stands in the same paragraph as the nearest one."""
        paragraph = self.text.rfind("\n", 0, self.mentions[nearest].start)
        return sum(1 for k in found.values() if self.mentions[k].start > paragraph) > 1

    def _with_ordinal(self, ordinal: str, year: str, word: str, before: int) -> list[int]:
        ids = _ids(word)
        found: dict[str, int] = {}
        for k, printed_year in self._ordinals.get(ordinal.lstrip("0"), ()):
            mention = self.mentions[k]
            if mention.start < before and mention.type in ids and (not year or printed_year in (year, None)):
                found.setdefault(mention.number or "", k)
        return list(found.values())

    @cached_property
    def _ordinals(self) -> dict[str, list[tuple[int, str | None]]]:
        """The numbered citations by their ordinal without leading zeros: index and the year in the number."""
        table: dict[str, list[tuple[int, str | None]]] = {}
        for k, mention in enumerate(self.mentions):
            head = _NUMBER_HEAD.match(mention.number) if mention.kind == "number" and mention.number else None
            if head:
                table.setdefault(head[1], []).append((k, head[2]))
        return table

    def _definitions(self) -> Iterator[tuple[str, int, int]]:
        """(alias, where its definition ends, index of the citation it stands for)."""
        folded, (before, behind) = self.folded, _DEFINITION_REACH
        seen = -1
        called = (match for word, pattern in _DEFINING for match in _anchored(pattern, word, folded))
        for at in sorted(match.start() for match in called):
            match = _DEFINITION.search(folded, at - before, at + behind)
            if match is None or match.start() <= seen:
                continue
            seen = match.start()
            stop = _ALIAS_ENDS.search(self.text, match.end(), match.end() + _LONGEST_ALIAS)
            alias = self.text[match.end() : stop.start()].strip(" *_'") if stop else ""
            if not alias or not alias[0].isupper() or self._type_at(alias) is None:
                continue
            owner = self._defined_by(match.start(), alias)
            if owner is not None:
                yield alias, match.end() + len(alias), owner

    def _type_at(self, alias: str) -> str | None:
        """The folded type word an alias begins with; an alias that is a type word alone is too general to follow."""
        folded = " ".join(fold(alias).split())
        found = max((w for w in _TYPES if folded.startswith(w + " ")), key=len, default=None)
        return found if found and not re.search(r"\d\s?/", alias) else None

    def _defined_by(self, position: int, alias: str) -> int | None:
        """The citation right before a definition, in the same sentence, of the type the alias names."""
        k = bisect_left(self.starts, position) - 1
        word = self._type_at(alias) or ""
        ids = _ids(word)
        owner = None
        while k >= 0 and position - self.mentions[k].end <= _DEFINED_REACH:
            mention = self.mentions[k]
            between = self.text[mention.end : position]
            if _SENTENCE_ENDS.search(between):
                break
            if mention.type in ids:
                owner = k  # the outermost of a sentence: inner ones stand in its title
            k -= 1
        return owner

    def _inside_mention(self, at: int) -> bool:
        k = bisect_right(self.starts, at) - 1
        return k >= 0 and at < self.mentions[k].end

    def _free(self, start: int, end: int) -> bool:
        """No citation overlaps the stretch and it is bounded by word ends."""
        k = bisect_left(self.starts, end) - 1
        if k >= 0 and self.mentions[k].end > start:
            return False
        return not (self.text[end : end + 1].isalnum() or (start and self.text[start - 1].isalnum()))

    def _numbered(self, end: int) -> bool:
        return _NUMBER_FOLLOWS.match(self.text, end, end + 8) is not None

    def _clause_ends(self, end: int) -> bool:
        return self.text[end : end + 1] in (",", ";", ".", ")", ":", "")

    def _quoted(self, position: int) -> bool:
        """Inside curly quotation marks: the new wording of an amended document."""
        if self._quotes is None:
            source = self.forms.source  # one mark at a time: several times faster than either of the two
            self._quotes = sorted(at.start() for mark in "“”" for at in re.finditer(mark, source))
        k = bisect_left(self._quotes, position)
        return 0 < k < len(self._quotes) and self.forms.source[self._quotes[k - 1]] == "“"


def _heading_in(between: str) -> bool:
    """A heading stands in the text between an antecedent and a reference."""
    if "\n" not in between:
        return False
    if _HEADING.search(between):
        return True
    inner = between.split("\n")[1:-1]
    return any(len(line.strip(" *_")) >= _CAPITAL_LINE and line.isupper() for line in inner)
