"""What a query means as a number or as the name of a law, and what links the fields of a query ask for."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from indexer.index_document import Hits
from indexer.query.language import FieldIs, Node, Words
from kb.answers.shapes import LookupResult
from kb.authority.fold import fold
from kb.lookup import number_query
from kb.service import KnowledgeBase

_LONG_TITLE, _SAME_TITLE = 8, 90.0  # words, and how far it is the same (percent)


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking a query up says of it: the ``kind`` of the answer, and what was found, None for words;
    ``among_words``: a number that stands within the words."""

    kind: str
    found: LookupResult | None
    among_words: bool = False


WORDS_ALONE = Looked("text", None)


def looked_up(base: KnowledgeBase, query: str, node: Node) -> Looked:
    """What the query means as a number or as the name of a law.

    Only bare words and ``số:…`` are looked up, never what could not be understood. Where the words may mean something
    else too (``number_query.Query.certain``), the documents of that number stand above what full text finds.
    """
    if not isinstance(node, Words) and not (isinstance(node, FieldIs) and node.field == "number"):
        return WORDS_ALONE
    typed = query if isinstance(node, Words) else node.value
    taken = number_query.parse(typed)
    found = base.lookup(typed)
    if taken is None:  # the name of a law: its versions stand above what full text finds
        return Looked("text", found) if found.matches else WORDS_ALONE
    if found.matches:
        certain = "document" if found.status == "ok" else "chooser"
        return Looked(certain if taken.certain else "text", found, among_words=not taken.certain)
    near = taken.certain and (taken.has_code or found.suggestions)
    return Looked("near", found) if near else WORDS_ALONE


def unless_title(looked: Looked, hits: Hits, query: str) -> Looked:
    """What looking up said, but where the query is the title found, give or take a slip: then a number within it is no
    other document asked for."""
    if not looked.among_words or not hits.hits or len(query.split()) < _LONG_TITLE:
        return looked
    same = ratio(fold(hits.hits[0].document.title or ""), fold(query)) >= _SAME_TITLE
    return WORDS_ALONE if same else looked


class StoredLinks:
    """The fields ``dẫn:`` and ``được_dẫn_bởi:`` from the links of the store (``indexer.query.plan.Links``)."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def cited_by(self, number: str) -> frozenset[str]:
        return self._base.cited_by(self.ids(number))

    def ids(self, number: str) -> list[str]:
        return [match.id for match in self._base.lookup(number).matches]
