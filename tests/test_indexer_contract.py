"""The search index in a folder of this machine: what every index owes, and what a local engine adds to it."""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_contract import *  # noqa: F403
from index_contract import DECISION, DOCUMENTS, NINH_THUAN, RANKED, found, scored

from indexer.engines import whoosh_unpickling
from indexer.engines.opening import open_index, replacing
from indexer.engines.protocol import IndexBusy, IndexUnusable, SearchIndex
from indexer.index_document import IndexDocument
from indexer.index_query import All, Plan, Term
from indexer.words.analysis import analyse


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def new_url(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"{engine}:{tmp_path_factory.mktemp(engine) / str(next(numbers))}"


@pytest.mark.parametrize("plan", RANKED)
def test_engines_score_alike(plan: Plan, tmp_path: Path) -> None:
    whoosh, tantivy = (scored(f"{engine}:{tmp_path / engine}", plan) for engine in ("whoosh", "tantivy"))
    assert whoosh == tantivy and len(whoosh) >= 6


def test_the_text_is_kept_to_quote_from(index: SearchIndex) -> None:
    shown = index.document(NINH_THUAN)
    assert shown is not None and shown.text == DOCUMENTS[1].text


def test_an_index_filled_anew_holds_nothing_of_before(own: SearchIndex, own_url: str) -> None:
    own.close()
    with replacing(own_url) as new:
        new.update(DOCUMENTS[:1])
        assert found(new, All()) == [DECISION]


def test_a_second_writer_is_told_so(own: SearchIndex, own_url: str) -> None:
    other = open_index(own_url)

    def documents() -> Iterator[IndexDocument]:
        with pytest.raises(IndexBusy, match="Another process"):
            other.update([IndexDocument(id="y")])
        yield IndexDocument(id="z")

    own.update(documents())
    assert "z" in own.stamps() and "y" not in own.stamps()
    other.update([IndexDocument(id="y")])
    assert own.count() == 6


def test_a_failing_update_changes_nothing(own: SearchIndex) -> None:
    def documents() -> Iterator[IndexDocument]:
        yield IndexDocument(id="z")
        raise ValueError("the store went away")

    with pytest.raises(ValueError, match="went away"):
        own.update(documents(), removed=[DECISION])
    assert set(own.stamps()) == {document.id for document in DOCUMENTS}
    own.update([IndexDocument(id="z")])
    assert own.count() == 5


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


NO_CLUSTERS = (
    "opensearch:",
    "opensearch:http://a:9200",
    "opensearch:http://a:9200/",
    "opensearch:a:9200/plans",
    "opensearch:http://a:9200,ftp://b/plans",
    "opensearch:http://a:9200/Plans",
    "opensearch:http://a:port/plans",
    "opensearch:http://a:9200/plans?shards=0",
    "opensearch:http://a:9200/plans?shards=many",
)


def test_an_unknown_address_is_refused_in_words(tmp_path: Path) -> None:
    for url in ("lucene:x", "whoosh", "whoosh:", "", *NO_CLUSTERS):
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
    print("a step is done", flush=True)
"""


def test_killed_at_any_moment_it_stays_readable(engine: str, tmp_path: Path, project: Path) -> None:
    url = f"{engine}:{tmp_path / 'index'}"
    before = 0
    for attempt in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, url], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None
        for _ in range(1 + attempt):
            assert process.stdout.readline(), "it ended before it was killed"
        time.sleep(0.02 * attempt)
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
