"""One page of an answer: the documents found, what of the query they lack, and their quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.engines.protocol import SearchIndex
from indexer.index_document import Hit, Hits, Shown
from indexer.index_query import Plan
from indexer.query import plan
from indexer.query.language import Node
from indexer.query.ranking import Concept
from indexer.search_result import Item
from indexer.searched_text import remembered
from indexer.snippets import WIDTH, Piece, Quoter
from indexer.words.analysis import facts_of, one_spelling, spellings
from kb.authority.fold import fold
from kb.reading.text import text_forms
from kb.service import KnowledgeBase
from messages import Message

_MOST_WORDS = 0.6
"""Share of the words that the best of the rest have."""
_SENTENCES = 5  # that cite a document, looked at for its quotation
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of an answer is asked for, of which index, under which filters, in which order."""

    base: KnowledgeBase
    index: SearchIndex
    filters: Mapping[str, Collection[str]]
    offset: int
    limit: int
    sort: str

    def of(self, asked: Plan) -> Hits:
        found = self.index.search(asked, filters=self.filters, offset=self.offset, limit=self.limit, sort=self.sort)
        return replace(found, hits=_with_texts(self.base, found.hits))


def _with_texts(base: KnowledgeBase, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, each with its text: what an index does not keep is in the store."""
    lacking = [hit.document.id for hit in hits if hit.document.role == "held" and not hit.document.kept]
    texts = base.held_texts(lacking) if lacking else {}
    return tuple(
        replace(hit, document=replace(hit.document, kept=remembered(texts[hit.document.id]).encode()))
        if hit.document.id in texts
        else hit
        for hit in hits
    )


def found(asked: Asked, node: Node, planned: plan.Planned) -> Hits:
    """The documents that have all words; where none has, those that have most, with a note of what is missing."""
    hits = asked.of(planned.plan)
    for share in (_MOST_WORDS, 0.0):
        rest = None if hits.total else plan.rest_of(node, planned, share)
        if rest is not None:
            hits = asked.of(rest)
    if hits.hits and planned.asked and (lacking := _lacking(hits.hits[0].document, planned)):
        said = Message("indexer.query.missing", words=", ".join(f"“{word}”" for word in lacking))
        planned.notes.append(plan.note("missing", said))
    return hits


def its_own_title_first(hits: Hits, query: str) -> Hits:
    """The page with the documents first whose title is the query, word for word."""
    asked = fold(query)
    ordered = sorted(hits.hits, key=lambda hit: fold(hit.document.title or "") != asked)
    return replace(hits, hits=tuple(ordered))


def _lacking(shown: Shown, planned: plan.Planned) -> list[str]:
    """The words asked for that a document has in no form; its text is looked at only for what title and facts lack."""
    having = {*facts_of(shown), *map(one_spelling, _WORD.findall(fold(shown.title or "")))}
    left = [one for one in planned.asked if not planned.place.issuperset(key for key, _ in one.spoken)]
    left = [one for one in left if not _has(one, having.__contains__)]
    if not left or not shown.kept:
        return [one.shown for one in left]
    text = text_forms.fold(shown.text)
    return [one.shown for one in left if not _has(one, lambda key: key in having or _stands(key, text))]


def _has(one: Concept, has: Callable[[str], bool]) -> bool:
    """Whether all syllables of a concept are there, in one of its forms."""
    return any(all(map(has, form)) for form in (tuple(key for key, _ in one.spoken), *one.others))


def _stands(key: str, text: str) -> bool:
    """Whether a syllable stands as a word in a folded text."""
    return any(re.search(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])", text) for form in spellings(key))


def items(base: KnowledgeBase, hits: Hits, quoter: Quoter) -> tuple[Item, ...]:
    """What was found, each with its quotation: of a document that is only cited from the sentences that cite it."""
    ids = [hit.document.id for hit in hits.hits]
    briefs = base.briefs(ids)
    cited = base.citing_sentences([hit.document.id for hit in hits.hits if not hit.document.kept], _SENTENCES)
    return tuple(
        Item(briefs[hit.document.id], _quoted(hit.document, cited, quoter), hit.score)
        for hit in hits.hits
        if hit.document.id in briefs
    )


def _quoted(shown: Shown, cited: Mapping[str, tuple[str, ...]], quoter: Quoter) -> tuple[Piece, ...]:
    if shown.kept:
        return quoter.quote_of(shown)
    sentences = cited.get(shown.id, ())
    quoted = [quoter.quote(sentence) for sentence in sentences]
    best = max(quoted, key=lambda pieces: sum(len(words) for words, found in pieces if found), default=())
    if best or not sentences or not quoter.asked:
        return best
    return ((" ".join(sentences[0].split())[:WIDTH], False),)
