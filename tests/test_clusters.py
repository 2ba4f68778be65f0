"""Which mentions of one key are one document: each rule of ``kb.resolution.clusters`` where it fires, where it does
not, and on its boundary."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from kb.resolution.cluster import Cluster, Mention
from kb.resolution.clusters import cluster

TITLE = "về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022"
NEAR = "về việc ban hành Kế hoạch cải cách hành chính của tỉnh năm 2022"
OTHER = "về phát triển nông nghiệp bền vững gắn với xây dựng nông thôn mới"
DAY, SLIP, ANOTHER = "2021-12-24", "2021-12-21", "2021-10-02"


def m(date: str | None = None, title: str | None = None, *, file: int = 0, **more: Any) -> Mention:
    """A mention; ``file`` 0: each stands in a text of its own."""
    return Mention(0, more.pop("own", False), file, date, title, "", **more)


def decided(*mentions: Mention) -> list[Any]:
    """What each mention means: (number of its document, method), or (numbers of all it may mean, method)."""
    numbered = [
        Mention(n, one.own, one.file or n, one.date, one.title, f"{one.file or n:08x}", one.cited_on, one.series,
                one.sentence, one.weight)
        for n, one in enumerate(mentions, 1)
    ]  # fmt: skip
    found = cluster(numbered)
    order: dict[int, int] = {}  # documents are numbered as the mentions name them
    meant: dict[int, tuple[tuple[Cluster, ...], str]] = {}
    for made in found.found:
        meant.update({one.id: ((made,), method) for one, method in made.members})
    meant.update({one.id: (choice, method) for one, method, choice in found.ambiguous})
    for n in sorted(meant):
        for made in meant[n][0]:
            order.setdefault(id(made), len(order) + 1)
    told = []
    for n in sorted(meant):
        documents, method = meant[n]
        numbers = [order[id(made)] for made in documents]
        is_open = any(one.id == n for one, _, _ in found.ambiguous)
        told.append((numbers if is_open else numbers[0], method))
    return told


RULES: dict[str, tuple[list[Mention], list[Any]]] = {
    # 1. a number that needs only its year
    "1 differing dates are one document": (
        [m(DAY, series="2021"), m("2012-12-24", series="2021"), m(series="2021")], [(1, "key")] * 3,
    ),
    "1 two years are two documents": ([m(DAY, series="2021"), m(series="2020")], [(1, "key"), (2, "key")]),
    "1 one held text": ([m(DAY, own=True, series="2021"), m(series="2021")], [(1, "own_header"), (1, "key")]),
    "1 two held texts of one day": (
        [m(DAY, own=True, series="2021"), m(DAY, own=True, series="2021"), m(series="2021")],
        [(1, "own_header"), (1, "own_header"), (1, "key")],
    ),
    "1 two held texts of two days": (
        [m(DAY, own=True, series="2021"), m(ANOTHER, own=True, series="2021"), m(DAY, series="2021"),
         m(series="2021"), m(own=True, series="2021")],
        [(1, "own_header"), (2, "own_header"), (1, "date"), ([2, 1], "own_headers_differ"), (2, "own_header")],
    ),
    # 2. full dates
    "2 one date": ([m(DAY), m(DAY, OTHER)], [(1, "date")] * 2),
    "2 two dates without titles": ([m(DAY), m(ANOTHER)], [(1, "date"), (2, "date")]),
    "2 two dates of one year, one title": (
        [m(DAY, TITLE), m(DAY), m(ANOTHER, TITLE)], [(1, "date"), (1, "date"), (1, "title_and_date_slip")],
    ),
    "2 one title, another year": ([m(DAY, TITLE), m("2020-10-02", TITLE)], [(1, "date"), (2, "date")]),
    "2 one title, another year by a slip": (
        [m(DAY, TITLE), m(DAY), m("2020-12-24", TITLE)], [(1, "date"), (1, "date"), (1, "title_and_date_slip")],
    ),
    "2 titles nearly agree, dates by a slip": (
        [m(DAY, TITLE), m(DAY), m(SLIP, NEAR)], [(1, "date"), (1, "date"), (1, "title_and_date_slip")],
    ),
    "2 titles nearly agree, no slip": ([m(DAY, TITLE), m(ANOTHER, NEAR)], [(1, "date"), (2, "date")]),
    "2 a slip, other titles": ([m(DAY, TITLE), m(SLIP, OTHER)], [(1, "date"), (2, "date")]),
    "2 the date of more texts is its own": (
        [m(SLIP, TITLE), m(DAY, TITLE), m(DAY)], [(1, "title_and_date_slip"), (1, "date"), (1, "date")],
    ),
    "2 a text counts once": (
        [m(SLIP, TITLE, file=9), m(SLIP, file=9), m(SLIP, file=9), m(DAY, TITLE), m(DAY)],
        [(1, "title_and_date_slip")] * 3 + [(1, "date")] * 2,
    ),
    "2 a held text's date is its own": (
        [m(SLIP, TITLE, own=True), m(DAY, TITLE), m(DAY)],
        [(1, "own_header"), (1, "title_and_date_slip"), (1, "title_and_date_slip")],
    ),
    # 3. partial dates
    "3 a month and a year join the only day": ([m(DAY), m("2021-12"), m("2021")], [(1, "date")] + [(1, "partial_date")] * 2),
    "3 a month that no day fits": ([m(DAY), m("2021-11")], [(1, "date"), (2, "partial_date")]),
    "3 a year joins a month": ([m("2021-11"), m("2021")], [(1, "partial_date")] * 2),
    "3 a year that two days fit": ([m(DAY), m(ANOTHER), m("2021")], [(1, "date"), (2, "date"), ([2, 1], "several_dates")]),
    "3 a year that two days fit, one in the same text": (
        [m(DAY, file=9), m(ANOTHER), m("2021", file=9)], [(1, "date"), (2, "date"), (1, "twin_in_document")],
    ),
    "3 a held text of a year that two days fit": (
        [m(DAY), m(ANOTHER), m("2021", own=True)], [(1, "date"), (2, "date"), (3, "own_header")],
    ),
    "3 a later life of a province": (
        [m("2025-02-03", series="2025"), m("2025-09-09", series="2025b"), m(series="2025?"), m(None, TITLE, series="2025")],
        [(1, "key"), (2, "key"), ([1, 2], "several_known"), (1, "key")],
    ),
    "3 the only life known": (
        [m("2025-02-03", series="2025"), m(series="2025?")], [(1, "key"), ([1], "only_one_known")],
    ),
    "3 a life that the same text dates": (
        [m("2025-02-03", series="2025"), m("2025-09-09", series="2025b", file=9), m(series="2025?", file=9)],
        [(1, "key"), (2, "key"), (2, "twin_in_document")],
    ),
    "3 no life known": ([m(series="2025?"), m(series="2025?")], [(1, "undated"), (2, "undated")]),
    "3 a life of another year": (
        [m("2024-02-03", series="2024"), m(series="2025?")], [(1, "key"), (2, "undated")],
    ),
    # 4. undated
    "4 the only one known": ([m(DAY), m()], [(1, "date"), ([1], "only_one_known")]),
    "4 two known": ([m(DAY), m(ANOTHER), m()], [(1, "date"), (2, "date"), ([2, 1], "several_known")]),
    "4 dated in the same text": ([m(DAY, file=9), m(ANOTHER), m(file=9)], [(1, "date"), (2, "date"), (1, "twin_in_document")]),
    "4 two dates in the same text": (
        [m(DAY, file=9), m(ANOTHER, file=9), m("2019-01-01"), m(file=9)],
        [(1, "date"), (2, "date"), (3, "date"), ([2, 1], "several_known")],
    ),
    "4 the title of one": ([m(DAY, TITLE), m(ANOTHER, OTHER), m(None, TITLE)], [(1, "date"), (2, "date"), (1, "title")]),
    "4 the title of two": (
        [m(DAY, TITLE), m("2020-02-02", TITLE), m(None, TITLE)], [(1, "date"), (2, "date"), ([2, 1], "several_known")],
    ),
    "4 a title nearly that of one": ([m(DAY, TITLE), m(None, NEAR)], [(1, "date"), ([1], "only_one_known")]),
    "4 its sentence says the title": (
        [m(DAY, TITLE), m(ANOTHER, OTHER), m(sentence=f"Thực hiện Quyết định số 2395/QĐ-UBND {TITLE}, các sở")],
        [(1, "date"), (2, "date"), (1, "title_in_sentence")],
    ),
    "4 its sentence says both titles": (
        [m(DAY, TITLE), m(ANOTHER, OTHER), m(sentence=f"{TITLE} và {OTHER}")],
        [(1, "date"), (2, "date"), ([2, 1], "several_known")],
    ),
    "4 younger than the text": ([m(DAY), m(cited_on="2021-12-23")], [(1, "date"), (2, "undated")]),
    "4 of the same day": ([m(DAY), m(cited_on=DAY)], [(1, "date"), ([1], "only_one_known")]),
    "4 of a text dated by its year": ([m(DAY), m(cited_on="2021")], [(1, "date"), ([1], "only_one_known")]),
    "4 the title of one that is younger": ([m(DAY, TITLE), m(None, TITLE, cited_on="2020")], [(1, "date"), (2, "undated")]),
    "4 younger, but dated in the same text": (
        [m(DAY, file=9), m(file=9, cited_on="2020")], [(1, "date"), (1, "twin_in_document")],
    ),
    "4 one of a central organ's yearly series": (
        [m("2016-01-08", series="2016i"), m()], [(1, "key"), ([1], "only_one_known")],
    ),
    "4 never one whose number carries its year": ([m("2016-01-08", series="2016"), m()], [(1, "key"), (2, "undated")]),
    # 5. nothing known
    "5 a document for each text": ([m(), m(), m(file=9), m(file=9)], [(1, "undated"), (2, "undated")] + [(3, "undated")] * 2),
    "5 a held text's own number": ([m(own=True, file=9), m(file=9), m()], [(1, "own_header"), (1, "undated"), (2, "undated")]),
    "5 a held text's own number beside another of that number": (
        [m(DAY), m(own=True, file=9), m(file=9), m()],
        [(1, "date"), (2, "own_header"), (2, "twin_in_document"), ([1], "only_one_known")],
    ),
    # 6. laws and resolutions
    "6 no type known of any": ([m(DAY, series="2021:?"), m(series="2021:?")], [(1, "key")] * 2),
    "6 the only act of that number": ([m(DAY, series="2021"), m(series="2021:?")], [(1, "key"), (1, "key")]),
    "6 the only act has another date": (
        [m(DAY, series="2021"), m(ANOTHER, series="2021:?")], [(1, "key"), ([1], "type_not_stated")],
    ),
    "6 the date of one": (
        [m(DAY, series="2021"), m(ANOTHER, series="2021:nq"), m(ANOTHER, series="2021:?")],
        [(1, "key"), (2, "key"), (2, "date")],
    ),
    "6 the date of one by a slip": (
        [m(DAY, series="2021"), m(ANOTHER, series="2021:nq"), m(SLIP, series="2021:?")],
        [(1, "key"), (2, "key"), (1, "date")],
    ),
    "6 one in the same text": (
        [m(DAY, series="2021", file=9), m(ANOTHER, series="2021:nq"), m(series="2021:?", file=9)],
        [(1, "key"), (2, "key"), (1, "twin_in_document")],
    ),
    "6 one in the same text, the date is another": (
        [m(DAY, series="2021", file=9), m(ANOTHER, series="2021:nq"), m("2021-03-03", series="2021:?", file=9)],
        [(1, "key"), (2, "key"), ([1, 2], "type_not_stated")],
    ),
    "6 the title of one": (
        [m(None, TITLE, series="2021"), m(None, OTHER, series="2021:nq"), m(None, OTHER, series="2021:?")],
        [(1, "key"), (2, "key"), (2, "title")],
    ),
    "6 nothing tells": (
        [m(DAY, series="2021"), m(ANOTHER, series="2021:nq"), m(series="2021:?")],
        [(1, "key"), (2, "key"), ([1, 2], "type_not_stated")],
    ),
    "6 another year": ([m(DAY, series="2021"), m(series="2020:?")], [(1, "key"), (2, "key")]),
    "6 a held text is never in doubt": (
        [m(DAY, series="2021"), m(ANOTHER, series="2021:nq"), m(own=True, series="2021:?")],
        [(1, "key"), (2, "key"), (1, "own_header")],
    ),
    # 7. Party terms
    "7 the number of that term": (
        [m("2018-05-05"), m("2023-11-24", series="2023i"), m(series=":k13")], [(1, "date"), (2, "key"), (2, "party_term")],
    ),
    "7 no number of that term": ([m("2023-11-24", series="2023i"), m(series=":k11")], [(1, "key"), (2, "party_term")]),
    "7 two numbers of that term": (
        [m("2022-11-24", series="2022i"), m("2023-11-24", series="2023i"), m(series=":k13")],
        [(1, "key"), (2, "key"), ([1, 2], "several_known")],
    ),
    "7 an undated one may be that of a term": ([m(series=":k13"), m()], [(1, "party_term"), ([1], "only_one_known")]),
    # 8. the year left out
    "8 day and title agree": (
        [m(DAY, TITLE, series="2021"), m(DAY, TITLE)], [(1, "key"), (1, "title")],
    ),
    "8 the day alone": ([m(DAY, TITLE, series="2021"), m(DAY)], [(1, "key"), (2, "date")]),
    "8 the title alone": ([m(DAY, TITLE, series="2021"), m(SLIP, TITLE)], [(1, "key"), (2, "date")]),
    "8 the year of the number is another": ([m(DAY, TITLE, series="2020"), m(DAY, TITLE)], [(1, "key"), (2, "date")]),
    "8 a month only": ([m("2021-12", TITLE, series="2021"), m("2021-12", TITLE)], [(1, "key"), (2, "partial_date")]),
    "8 a central organ's individual number": (
        [m(DAY, TITLE, series="2021"), m(DAY, TITLE, series="2021i"), m("2021-11-11", OTHER, series="2021i")],
        [(1, "key"), (1, "title"), (2, "key")],
    ),
    "8 two individual numbers of one day": (
        [m(DAY, TITLE, series="2021i"), m(DAY, TITLE)], [(1, "key"), (2, "date")],
    ),
    "8 a held text": ([m(DAY, TITLE, series="2021"), m(DAY, TITLE, own=True)], [(1, "key"), (1, "own_header")]),
}  # fmt: skip


@pytest.mark.parametrize(("mentions", "expected"), RULES.values(), ids=RULES)
def test_rules(mentions: list[Mention], expected: list[Any]) -> None:
    assert decided(*mentions) == expected


@pytest.mark.parametrize("mentions", [one for one, _ in RULES.values()], ids=RULES)
def test_the_order_of_mentions_does_not_matter(mentions: list[Mention]) -> None:
    numbered = [
        Mention(n, one.own, one.file or n, one.date, one.title, f"{one.file or n:08x}", one.cited_on, one.series,
                one.sentence, one.weight)
        for n, one in enumerate(mentions, 1)
    ]  # fmt: skip

    def shape(order: tuple[Mention, ...]) -> set[Any]:
        found = cluster(order)
        return {
            (made.anchor, made.series, frozenset((one.id, how) for one, how in made.members)) for made in found.found
        } | {(one.id, how, frozenset(made.anchor for made in choice)) for one, how, choice in found.ambiguous}

    first = shape(tuple(numbered))
    assert all(shape(order) == first for order in itertools.permutations(numbered))


@pytest.mark.parametrize(
    ("days", "anchor"),
    [
        ([(DAY, 1), (ANOTHER, 1)], ANOTHER),  # as many: the earlier
        ([(DAY, 3), (ANOTHER, 1)], DAY),  # that of more citations
        ([("2020-12-24", 9), (ANOTHER, 1)], ANOTHER),  # of the year of the number
        ([("2021-12", 9)], None),  # a month is no day
    ],
)
def test_the_day_of_a_number_that_carries_its_year(days: list[tuple[str, int]], anchor: str | None) -> None:
    (made,) = cluster(
        [Mention(n, False, n, day, None, "", series="2021", weight=times) for n, (day, times) in enumerate(days)]
    ).found
    assert made.anchor == anchor


@pytest.mark.parametrize(
    ("mentions", "anchors"),
    [
        ([m(SLIP, TITLE), m(DAY, TITLE), m(DAY)], [DAY]),
        ([m("2021-12"), m("2021")], ["2021-12"]),
        ([m()], [None]),
        ([m(DAY), m("2021-11")], [DAY, "2021-11"]),
    ],
)
def test_the_date_that_tells_a_document_from_others(mentions: list[Mention], anchors: list[str | None]) -> None:
    numbered = [Mention(n, one.own, n, one.date, one.title, f"{n:08x}") for n, one in enumerate(mentions, 1)]
    assert [made.anchor for made in cluster(numbered).found] == anchors
