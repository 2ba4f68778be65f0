"""What every search index does, whichever engine holds it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import whoosh_unpickling
from indexer.engines.opening import open_index
from indexer.engines.protocol import IndexBusy, IndexUnusable, SearchIndex
from indexer.index_document import IndexDocument
from indexer.index_query import All, AtLeast, Both, Either, Ids, Plan, Ranked, Sequence, Term, Without, Worth
from indexer.words.analysis import analyse, exact_form

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


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def index(engine: str, tmp_path: Path) -> Iterator[SearchIndex]:
    index = open_index(f"{engine}:{tmp_path / 'index'}")
    index.update(DOCUMENTS)
    yield index
    index.close()


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
        (Ids(frozenset({NINH_THUAN, "no/such"})), {NINH_THUAN}),
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
]


@pytest.mark.parametrize("plan", RANKED)
def test_engines_score_alike(plan: Plan, tmp_path: Path) -> None:
    long = [IndexDocument(id=f"long/{n}", title="kế hoạch", text="cải cách hành chính " * n) for n in (30, 45, 70, 900)]
    answers = []
    for engine in ("whoosh", "tantivy"):
        index = open_index(f"{engine}:{tmp_path / engine}")
        index.update([*DOCUMENTS, *long])
        answers.append([(hit.document.id, round(hit.score, 2)) for hit in index.search(plan).hits])
        index.close()
    assert answers[0] == answers[1] and len(answers[0]) >= 6


def test_facets_count_what_matches(index: SearchIndex) -> None:
    facets = index.search(Term("folded", "hoach")).facets
    assert facets["type"] == (("plan", 3), ("decision", 1))
    assert facets["province"] == (("Ninh Thuận", 2), ("Quảng Ngãi", 2))
    assert facets["year"] == (("2022", 2), ("2020", 1), ("2021", 1))
    assert facets["role"] == (("held", 3), ("cited_only", 1))
    assert dict(facets["relation"]) == {"based_on": 1, "implements": 1, "disseminates": 1}
    assert facets["issuer"][0] == ("UBND tỉnh Quảng Ngãi", 2)


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
    assert (shown.number, shown.title, shown.text) == (DOCUMENTS[1].number, DOCUMENTS[1].title, DOCUMENTS[1].text)
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


def test_updates_in_place(index: SearchIndex, engine: str, tmp_path: Path) -> None:
    changed = IndexDocument(id=FOREST, number="09/KH-UBND", title="Kế hoạch nuôi tôm", text="Ao nuôi.", stamp="d2")
    assert index.update([changed], removed=[QUANG_NGAI, "no/such"]) == 1
    assert index.count() == 3
    assert index.stamps() == {DECISION: "a1", NINH_THUAN: "b1", FOREST: "d2"}
    assert found(index, Term("folded", "rung")) == []
    assert found(index, Term("folded", "tom")) == [FOREST]
    assert found(index, Without(Term("folded", "tom"))) and QUANG_NGAI not in found(index, All())
    assert [one.id for one in index.suggest("ke hoach t")] == [FOREST]
    again = open_index(f"{engine}:{tmp_path / 'index'}")
    assert again.stamps() == index.stamps()
    again.close()


def test_the_same_id_twice_is_one_document(index: SearchIndex) -> None:
    first = IndexDocument(id="x", title="một", stamp="1")
    second = IndexDocument(id="x", title="hai", stamp="2")
    index.update([first, second])
    assert index.count() == 5
    assert index.stamps()["x"] == "2"
    assert found(index, Term("folded", "mot")) == []


def test_clear(index: SearchIndex) -> None:
    index.clear()
    assert index.count() == 0
    assert index.search(All()).total == 0
    assert index.search(All()).facets["type"] == ()
    index.update(DOCUMENTS[:1])
    assert found(index, All()) == [DECISION]


def test_another_process_sees_the_update(index: SearchIndex, engine: str, tmp_path: Path) -> None:
    other = open_index(f"{engine}:{tmp_path / 'index'}")
    assert other.count() == 4
    index.update([], removed=[DECISION])
    assert other.count() == 3
    assert DECISION not in found(other, All())
    other.close()


def test_a_second_writer_is_told_so(index: SearchIndex, engine: str, tmp_path: Path) -> None:
    other = open_index(f"{engine}:{tmp_path / 'index'}")

    def documents() -> Iterator[IndexDocument]:
        with pytest.raises(IndexBusy, match="Another process"):
            other.update([IndexDocument(id="y")])
        yield IndexDocument(id="z")

    index.update(documents())
    assert "z" in index.stamps() and "y" not in index.stamps()
    other.update([IndexDocument(id="y")])
    assert index.count() == 6


def test_a_failing_update_changes_nothing(index: SearchIndex) -> None:
    def documents() -> Iterator[IndexDocument]:
        yield IndexDocument(id="z")
        raise ValueError("the store went away")

    with pytest.raises(ValueError, match="went away"):
        index.update(documents(), removed=[DECISION])
    assert set(index.stamps()) == {document.id for document in DOCUMENTS}
    index.update([IndexDocument(id="z")])
    assert index.count() == 5


@pytest.mark.parametrize("damage", ["cut", "noise"])
def test_a_damaged_index_is_refused_in_words(engine: str, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "index"
    index = open_index(f"{engine}:{folder}")
    index.update(DOCUMENTS)
    index.close()
    for file in folder.iterdir():
        if file.suffix in (".toc", ".json"):
            file.write_bytes(b"" if damage == "cut" else b"\x93noise" * 20)
    with pytest.raises(IndexUnusable) as caught:
        open_index(f"{engine}:{folder}")
    assert "cancu rebuild" in caught.value.text("vi")


class _Planted:
    """A pickle of this creates a file when it is read by anything that runs what a pickle says."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.path),))


def test_an_index_from_elsewhere_runs_no_code(tmp_path: Path) -> None:
    folder, mark = tmp_path / "index", tmp_path / "ran"
    open_index(f"whoosh:{folder}").close()
    planted = pickle.dumps(_Planted(mark), 2)
    with pytest.raises(pickle.UnpicklingError, match="no place"):
        whoosh_unpickling.loads(planted)
    toc = next(folder.glob("*.toc"))
    content = toc.read_bytes()
    at = content.index(b"\x80\x02")  # the pickle of the schema
    toc.write_bytes(content[:at] + planted + content[at + len(planted) :])
    with pytest.raises(IndexUnusable):
        open_index(f"whoosh:{folder}")
    assert not mark.exists()


def test_whoosh_reads_its_own_pickles_by_the_one_unpickler() -> None:
    from whoosh import columns, index
    from whoosh.codec import whoosh3
    from whoosh.filedb.structfile import StructFile

    whoosh_unpickling.install()
    assert columns.loads is whoosh3.loads is index.pickle.loads is whoosh_unpickling.loads
    assert StructFile.read_pickle.__module__ == whoosh_unpickling.__name__


def test_an_unknown_address_is_refused_in_words(tmp_path: Path) -> None:
    for url in ("lucene:x", "whoosh", "whoosh:", ""):
        with pytest.raises(IndexUnusable, match="not the address"):
            open_index(url)
    with pytest.raises(IndexUnusable, match="no search index"):
        open_index(f"whoosh:{tmp_path / 'none'}", create=False)


WRITER = """
import sys
from indexer.engines.opening import open_index
from indexer.index_document import IndexDocument
index = open_index(sys.argv[1])
print("ready", flush=True)
for round in range(1000):
    ids = [f"{round}/{n}" for n in range(20)]
    index.update(IndexDocument(id=id, title="kế hoạch", text="cải cách hành chính " * 50) for id in ids)
"""


def test_killed_at_any_moment_it_stays_readable(engine: str, tmp_path: Path, project: Path) -> None:
    url = f"{engine}:{tmp_path / 'index'}"
    before = 0
    for attempt in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, url], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 + 0.13 * attempt)
        process.kill()
        process.wait()
        index = open_index(url)
        assert index.count() % 20 == 0, "a step is there whole or not at all"
        assert index.search(Term("folded", "hoach")).total == index.count() >= before
        before = index.count()
        index.update([IndexDocument(id="after", title="sau")])
        assert index.document("after") is not None
        index.update([], removed=["after"])
        index.close()
    assert before > 0


def test_title_and_text_are_analysed_alike() -> None:
    terms = analyse("Hoà bình, thuỷ lợi theo 2395/QĐ-UBND", None)
    assert terms.folded == ["hoa", "binh", "thuy", "loi", "theo", "2395", "qd", "ubnd"]
    assert analyse("HÒA BÌNH, THỦY LỢI", None).exact == terms.exact[:4]
    assert terms.codes == ["2395/qd/ubnd"]


def test_a_long_text_is_analysed_in_blocks_without_a_seam() -> None:
    line = "thực hiện kế hoạch cải cách hành chính\n"
    terms = analyse(line * 12_000, None)  # more than two blocks
    assert len(terms.folded) == 8 * 12_000
    assert terms.pairs.count("chinh_thuc") == 12_000 - 1
    assert len(terms.pairs) == len(terms.folded) - 1
