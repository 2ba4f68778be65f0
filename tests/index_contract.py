"""What every search index owes, whichever engine holds it: the tests that each engine's test file takes in by ``*``.

A file that does so has two fixtures of its own: ``engine``, the engine's name, and ``new_url``, which gives the URL of a
place where there is no index yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from indexer.engines.opening import open_index
from indexer.engines.protocol import SearchIndex
from indexer.index_document import IndexDocument
from indexer.index_query import All, AtLeast, Both, Either, Ids, Plan, Ranked, Sequence, Term, Without, Worth
from indexer.words.analysis import exact_form

DOCUMENTS = [
    IndexDocument(
        id="ninh-thuan/ubnd/2021/qd/2395",
        number="2395/QĐ-UBND",
        title="Phê duyệt kế hoạch cải cách hành chính",
        type="decision",
        province="Ninh Thuận",
        issuer="UBND tỉnh Ninh Thuận",
        date="2021-12-24",
        year="2021",
        role="cited_only",
        issuer_names=("UBND", "Ủy ban nhân dân tỉnh/thành phố"),
        weight=7,
        stamp="a1",
    ),
    IndexDocument(
        id="ninh-thuan/skhcn/2022/kh/34",
        number="34/KH-SKHCN",
        title="Kế hoạch cải cách hành chính năm 2022",
        text="Thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021, Sở Khoa học và Công nghệ ban hành kế hoạch.\n"
        "Nâng cao năng lực cạnh tranh, thực hiện nghiêm kỷ luật.",
        type="plan",
        province="Ninh Thuận",
        issuer="Sở Khoa học và Công nghệ tỉnh Ninh Thuận",
        date="2022-01-10",
        year="2022",
        relations=("implements", "based_on"),
        cites=("ninh-thuan/ubnd/2021/qd/2395",),
        weight=1,
        stamp="b1",
    ),
    IndexDocument(
        id="quang-ngai/ubnd/2022/kh/24",
        number="24/KH-UBND",
        title="Ke hoach tuyen truyen",
        text="KE HOACH tuyen truyen cai cach hanh chinh, thuc hien o tinh Quang Ngai. Hoà bình.",
        type="plan",
        province="Quảng Ngãi",
        issuer="UBND tỉnh Quảng Ngãi",
        date="2022-02",
        year="2022",
        relations=("disseminates",),
        stamp="c1",
    ),
    IndexDocument(
        id="quang-ngai/ubnd/2020/kh/9",
        number="09/KH-UBND",
        title="Kế hoạch trồng rừng",
        text="Thức khuya và hiện đại hóa nông thôn; hòa bình; hoạch định kế sách.",
        type="plan",
        province="Quảng Ngãi",
        issuer="UBND tỉnh Quảng Ngãi",
        year="2020",
        stamp="d1",
    ),
]
DECISION, NINH_THUAN, QUANG_NGAI, FOREST = (document.id for document in DOCUMENTS)


@pytest.fixture(scope="module")
def index(new_url: Callable[[], str]) -> Iterator[SearchIndex]:
    """An index of ``DOCUMENTS``; tests must not change it."""
    made = open_index(new_url())
    made.update(DOCUMENTS)
    yield made
    made.close()


@pytest.fixture
def own_url(new_url: Callable[[], str]) -> str:
    """Where ``own`` lies."""
    return new_url()


@pytest.fixture
def own(own_url: str) -> Iterator[SearchIndex]:
    """An index of ``DOCUMENTS`` that the test may change."""
    made = open_index(own_url)
    made.update(DOCUMENTS)
    yield made
    made.close()


def found(index: SearchIndex, plan: Plan, **asked: object) -> list[str]:
    return [hit.document.id for hit in index.search(plan, **asked).hits]  # type: ignore[arg-type]


def words(*folded: str) -> Plan:
    return Both(tuple(Term("folded", word) for word in folded))


@pytest.mark.parametrize(
    ("plan", "ids"),
    [
        (Term("folded", "hanh"), {DECISION, NINH_THUAN, QUANG_NGAI}),
        (Term("folded", "hàng"), set()),
        (words("hoach", "rung"), {FOREST}),
        (Either((Term("folded", "rung"), Term("folded", "tranh"))), {FOREST, NINH_THUAN}),
        (Either(()), set()),
        (All(), {DECISION, NINH_THUAN, QUANG_NGAI, FOREST}),
        (Without(Term("folded", "cach")), {FOREST}),
        (Both((Term("folded", "hoach"), Without(Term("type", "decision")))), {NINH_THUAN, QUANG_NGAI, FOREST}),
        (Without(All()), set()),
        (Term("pairs", "thuc_hien"), {NINH_THUAN, QUANG_NGAI}),
        (Sequence("pairs", ((0, "cai_cach"), (2, "hanh_chinh"))), {DECISION, NINH_THUAN, QUANG_NGAI}),
        (Sequence("pairs", ((0, "cai_cach"), (1, "cach_hanh"), (4, "nam_2022"))), {NINH_THUAN}),
        (Sequence("pairs", ((0, "cai_cach"), (3, "hanh_chinh"))), set()),
        # a phrase does not run from the title into the text
        (Sequence("pairs", ((0, "nam_2022"), (2, "thuc_hien"))), set()),
        (Term("pairs", "2022_thuc"), set()),
        (Term("codes", "2395/qd/ubnd"), {DECISION, NINH_THUAN}),
        (Term("number", "2395"), {DECISION}),
        (Term("number", "9"), {FOREST}),
        (Term("number", "09/kh/ubnd"), {FOREST}),
        (Term("cites", DECISION, 0.0), {NINH_THUAN}),
        (Term("cites", NINH_THUAN, 0.0), set()),
        (Ids(frozenset({NINH_THUAN, "no/such"})), {NINH_THUAN}),
        (Ids(frozenset({NINH_THUAN, *map(str, range(70_000))})), {NINH_THUAN}),
        (Either(tuple(Term("year", str(year), 0.0) for year in range(1000, 2022))), {DECISION, FOREST}),
        (Ids(frozenset()), set()),
        (Both((Term("folded", "hoach"), Without(Ids(frozenset({NINH_THUAN, FOREST}))))), {DECISION, QUANG_NGAI}),
        (Both((Term("issuer_words", "uy"), Term("issuer_words", "thuan"))), {DECISION}),
        (Term("province", "Quảng Ngãi"), {QUANG_NGAI, FOREST}),
        (Term("relation", "based_on"), {NINH_THUAN}),
        (Term("role", "cited_only"), {DECISION}),
        (Both((Term("issuer_words", "ubnd"), Term("issuer_words", "ngai"))), {QUANG_NGAI, FOREST}),
        (Term("exact", exact_form("hoà")), {QUANG_NGAI, FOREST}),
        (Term("words", "thưc5_hiên5"), {NINH_THUAN}),
        (Term("title", "trong"), {FOREST}),
        (Term("title", "tranh"), set()),
        (Term("title_pairs", "trong_rung"), {FOREST}),
        (Term("facts", "2395"), {DECISION}),
        (Term("facts", "9"), {FOREST}),
        (Term("facts", "ninh"), {DECISION, NINH_THUAN}),
        (
            AtLeast(2, (Term("title", "ke"), Term("title", "cach"), Term("facts", "quang"))),
            {DECISION, NINH_THUAN, QUANG_NGAI, FOREST},
        ),
        (AtLeast(3, (Term("title", "ke"), Term("title", "cach"), Term("facts", "quang"))), set()),
        (AtLeast(1, ()), set()),
        (Worth(Term("title", "rung"), 3.0), {FOREST}),
        (Ranked(Term("folded", "hoach"), (Term("folded", "nowhere"),)), {DECISION, NINH_THUAN, QUANG_NGAI, FOREST}),
    ],
)
def test_finds(index: SearchIndex, plan: Plan, ids: set[str]) -> None:
    hits = index.search(plan)
    assert {hit.document.id for hit in hits.hits} == ids
    assert hits.total == len(ids)


def test_exact_diacritics_rank_first(index: SearchIndex) -> None:
    def spoken(folded: str, exact: str) -> Plan:
        return Ranked(Term("folded", folded), (Term("exact", exact_form(exact)),))

    plan = Both((spoken("thuc", "thực"), spoken("hien", "hiện")))
    order = found(index, plan)
    assert order[0] == NINH_THUAN
    assert set(order) == {NINH_THUAN, QUANG_NGAI, FOREST}


def test_what_is_worth_something_comes_first(index: SearchIndex) -> None:
    plan = Ranked(Term("folded", "hoach"), (Worth(Term("facts", "quang"), 50.0), Worth(Term("title", "rung"), 5.0)))
    scores = [(hit.document.id, hit.score >= 50) for hit in index.search(plan).hits]
    assert scores[:2] == [(FOREST, True), (QUANG_NGAI, True)]
    assert not any(worth for _, worth in scores[2:])


RANKED = [
    Ranked(
        All(), tuple(Term(field, word) for field in ("folded", "title", "facts") for word in ("ke", "hoach", "thuan"))
    ),
    Ranked(All(), (Term("exact", exact_form("hoạch")), Term("pairs", "cai_cach", 0.7), Term("words", "kê2_hoach5"))),
    AtLeast(1, (Term("title", "cach"), Term("folded", "hanh", 2.0), Worth(Term("facts", "ubnd"), 1.5))),
    Ranked(All(), (Sequence("pairs", ((0, "cai_cach"), (2, "hanh_chinh"))), Term("title_pairs", "ke_hoach", 0.5))),
]


def scored(url: str, plan: Plan) -> list[tuple[str, float]]:
    """Ids and scores that a plan finds in an index of ``DOCUMENTS`` and of texts of several lengths, made at ``url``."""
    long = [IndexDocument(id=f"long/{n}", title="kế hoạch", text="cải cách hành chính " * n) for n in (30, 45, 70, 900)]
    index = open_index(url)
    index.update([*DOCUMENTS, *long])
    answer = [(hit.document.id, round(hit.score, 2)) for hit in index.search(plan).hits]
    index.close()
    return answer


def test_facets_count_what_matches(index: SearchIndex) -> None:
    facets = index.search(Term("folded", "hoach")).facets
    assert facets["type"] == (("plan", 3), ("decision", 1))
    assert facets["province"] == (("Ninh Thuận", 2), ("Quảng Ngãi", 2))
    assert facets["year"] == (("2022", 2), ("2020", 1), ("2021", 1))
    assert facets["role"] == (("held", 3), ("cited_only", 1))
    assert dict(facets["relation"]) == {"based_on": 1, "implements": 1, "disseminates": 1}
    assert facets["issuer"][0] == ("UBND tỉnh Quảng Ngãi", 2)


def test_the_values_of_a_facet_and_how_many_have_a_term(index: SearchIndex) -> None:
    assert index.values("type") == {"plan", "decision"}
    assert index.values("relation") == {"implements", "based_on", "disseminates"}
    assert index.values("level") == set()
    assert index.frequencies("folded", ["hanh", "rung", "nowhere"]) == {"hanh": 3, "rung": 1}
    assert index.frequencies("cites", [DECISION]) == {DECISION: 1}
    assert index.frequencies("pairs", ["trong_rung", "rung_trong"]) == {"trong_rung": 1}
    assert index.frequencies("folded", []) == {}


def test_a_filter_narrows_the_answer_but_not_its_own_facet(index: SearchIndex) -> None:
    hits = index.search(All(), filters={"province": ["Quảng Ngãi"], "type": ["plan"]})
    assert {hit.document.id for hit in hits.hits} == {QUANG_NGAI, FOREST}
    assert hits.total == 2
    assert dict(hits.facets["province"]) == {"Quảng Ngãi": 2, "Ninh Thuận": 1}
    assert dict(hits.facets["type"]) == {"plan": 2}
    assert dict(hits.facets["year"]) == {"2022": 1, "2020": 1}
    either = index.search(All(), filters={"province": ["Quảng Ngãi", "Ninh Thuận"], "year": []})
    assert either.total == 4


def test_pages_join_to_the_whole(index: SearchIndex) -> None:
    whole = found(index, All(), limit=10)
    assert [id for offset in range(5) for id in found(index, All(), offset=offset, limit=1)] == whole
    assert found(index, All(), limit=10) == whole


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", [QUANG_NGAI, NINH_THUAN, DECISION, FOREST]),
        ("oldest", [DECISION, NINH_THUAN, QUANG_NGAI, FOREST]),  # no date comes last either way
    ],
)
def test_sorts_by_date(index: SearchIndex, sort: str, expected: list[str]) -> None:
    assert found(index, All(), sort=sort) == expected


def test_sorts_by_citations(index: SearchIndex) -> None:
    assert found(index, All(), sort="most_cited")[:2] == [DECISION, NINH_THUAN]


def test_keeps_what_is_shown(index: SearchIndex) -> None:
    shown = index.document(NINH_THUAN)
    assert shown is not None
    kept = DOCUMENTS[1]
    assert (shown.id, shown.number, shown.title, shown.date) == (kept.id, kept.number, kept.title, kept.date)
    assert (shown.type, shown.province, shown.issuer, shown.role) == (kept.type, kept.province, kept.issuer, "held")
    assert index.document("no/such") is None


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("2395", [DECISION]),
        ("2395 qđ", [DECISION]),
        ("23", [DECISION]),
        ("kế hoạch cải", [DECISION, NINH_THUAN]),
        ("ke hoach tro", [FOREST]),
        ("cách hành kế", [DECISION, NINH_THUAN]),
        ("", []),
        ("zzz", []),
        ("-", []),
    ],
)
def test_suggests(index: SearchIndex, typed: str, ids: list[str]) -> None:
    assert [one.id for one in index.suggest(typed)] == ids


def test_updates_in_place(own: SearchIndex, own_url: str) -> None:
    changed = IndexDocument(id=FOREST, number="09/KH-UBND", title="Kế hoạch nuôi tôm", text="Ao nuôi.", stamp="d2")
    assert own.update([changed], removed=[QUANG_NGAI, "no/such"]) == 1
    assert own.count() == 3
    assert own.stamps() == {DECISION: "a1", NINH_THUAN: "b1", FOREST: "d2"}
    assert found(own, Term("folded", "rung")) == []
    assert found(own, Term("folded", "tom")) == [FOREST]
    assert found(own, Without(Term("folded", "tom"))) and QUANG_NGAI not in found(own, All())
    assert [one.id for one in own.suggest("ke hoach t")] == [FOREST]
    again = open_index(own_url)
    assert again.stamps() == own.stamps()
    again.close()


def test_the_same_id_twice_is_one_document(own: SearchIndex) -> None:
    first = IndexDocument(id="x", title="một", stamp="1")
    second = IndexDocument(id="x", title="hai", stamp="2")
    own.update([first, second])
    assert own.count() == 5
    assert own.stamps()["x"] == "2"
    assert found(own, Term("folded", "mot")) == []


def test_clear(own: SearchIndex) -> None:
    own.clear()
    assert own.count() == 0
    assert own.search(All()).total == 0
    assert own.search(All()).facets["type"] == ()
    own.update(DOCUMENTS[:1])
    assert found(own, All()) == [DECISION]


def test_a_remark_stays_until_the_index_is_cleared(own: SearchIndex, own_url: str) -> None:
    assert own.remarked() == b""
    own.remark(b'{"state": 7}')
    own.update(DOCUMENTS[:1])
    other = open_index(own_url, create=False)
    assert other.remarked() == b'{"state": 7}'
    other.close()
    own.clear()
    assert own.remarked() == b""


def test_another_process_sees_the_update(own: SearchIndex, own_url: str) -> None:
    other = open_index(own_url, create=False)
    assert other.count() == 4
    own.update([], removed=[DECISION])
    assert other.count() == 3
    assert DECISION not in found(other, All())
    other.close()
