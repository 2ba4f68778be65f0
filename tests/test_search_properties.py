"""Any query on any documents: both engines find exactly what the definition of the query says, in any notation."""

from __future__ import annotations

import tempfile
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.opening import open_index
from indexer.index_document import IndexDocument
from indexer.index_query import All, AtLeast, Both, Either, Ids, Plan, Ranked, Sequence, Term, Without, Worth
from indexer.query import plan
from indexer.query.language import QueryError, parse
from indexer.words.analysis import exact_form
from kb.authority.fold import fold

VOCABULARY = ["kế", "kê", "hoạch", "thực", "hiện", "cải", "cách", "hoà", "hòa", "đất", "dat", "2022"]
TYPES = ["Kế hoạch", "Quyết định"]

texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
collections = st.lists(st.tuples(texts, st.sampled_from(TYPES)), min_size=1, max_size=6)
folded = st.sampled_from(sorted({fold(word) for word in VOCABULARY}))
pairs = st.tuples(folded, folded).map("_".join)
leaves = st.one_of(
    st.builds(lambda key: Term("folded", key), folded),
    st.builds(lambda key: Term("pairs", key), pairs),
    st.builds(lambda a, b, gap: Sequence("pairs", ((0, a), (gap, b))), pairs, pairs, st.sampled_from([1, 2])),
    st.builds(lambda key: Term("type", key, 0.0), st.sampled_from(TYPES)),
    st.builds(lambda ids: Ids(frozenset(ids)), st.lists(st.sampled_from("0123456"), max_size=3)),
    st.just(All()),
)
plans = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda found: Both(tuple(found))),
        st.lists(parts, max_size=3).map(lambda found: Either(tuple(found))),
        parts.map(Without),
        st.builds(lambda must, should: Ranked(must, (should,)), parts, leaves),
        st.builds(
            lambda count, found: AtLeast(count, tuple(found)),
            st.integers(1, 3),
            st.lists(parts, min_size=1, max_size=3),
        ),
        parts.map(lambda part: Worth(part, 2.0)),
    ),
    max_leaves=6,
)


def holds(asked: Plan, document: IndexDocument) -> bool:
    """The definition of a plan, on the words themselves."""
    words = [fold(word) for word in document.text.split()]
    neighbours = [f"{a}_{b}" for a, b in pairwise(words)]
    match asked:
        case Term(field="type", key=key):
            return document.type == key
        case Term(field="folded", key=key):
            return key in words
        case Term(field="pairs", key=key):
            return key in neighbours
        case Sequence(keys=keys):
            return any(
                all(at + offset < len(neighbours) and neighbours[at + offset] == key for offset, key in keys)
                for at in range(len(neighbours))
            )
        case Ids(ids=ids):
            return document.id in ids
        case All():
            return True
        case Both(parts=parts):
            return all(holds(part, document) for part in parts)
        case Either(parts=parts):
            return any(holds(part, document) for part in parts)
        case Without(part=part):
            return not holds(part, document)
        case Ranked(must=must):
            return holds(must, document)
        case AtLeast(count=count, parts=parts):
            return sum(holds(part, document) for part in parts) >= count
        case Worth(part=part):
            return holds(part, document)
    raise AssertionError(asked)


@settings(max_examples=25, deadline=None)
@given(collections, st.lists(plans, min_size=1, max_size=12))
def test_both_engines_find_what_the_definition_says(collection: list[tuple[str, str]], asked: list[Plan]) -> None:
    documents = [IndexDocument(id=str(at), text=text, type=kind) for at, (text, kind) in enumerate(collection)]
    for engine in ("whoosh", "tantivy"):
        with tempfile.TemporaryDirectory() as folder:
            index = open_index(f"{engine}:{folder}")
            index.update(documents)
            for one in asked:
                expected = {document.id for document in documents if holds(one, document)}
                hits = index.search(one)
                assert {hit.document.id for hit in hits.hits} == expected
                assert hits.total == len(expected)
                assert sum(count for _, count in hits.facets["type"]) == len(expected)
            index.close()


class NoLinks:
    def ids(self, number: str) -> list[str]:
        return []

    def cited_by(self, number: str) -> frozenset[str]:
        return frozenset()


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from([*VOCABULARY, '"', "-", "(", ")", "OR", "năm:2021"]), max_size=8).map(" ".join),
    )
)
def test_any_query_is_planned_or_refused_in_words(query: str) -> None:
    try:
        planned = plan.make(parse(query), NoLinks())
    except QueryError as error:
        assert error.vi
    else:
        assert all(marked.spoken for marked in planned.marked)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("HOÀ", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("quý", "qúy"), ("h\u006fa\u0300", "hoà")],
)
def test_old_and_new_tone_places_meet(one: str, other: str) -> None:
    assert exact_form(one) == exact_form(other)


@pytest.mark.parametrize(("one", "other"), [("hoà", "hoá"), ("bán", "bản"), ("đá", "dá"), ("mơ", "mo"), ("ân", "ăn")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert exact_form(one) != exact_form(other)
