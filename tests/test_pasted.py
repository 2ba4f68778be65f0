"""A pasted text and a stored one are resolved alike: the same document, or the same doubt with the same candidates."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kb_fixtures import Document, Source, build, cite, plan, reading, source

from kb.answers.from_rows import candidate_slugs
from kb.answers.shapes import Resolved
from kb.model import Citation, Hints, OwnIdentity, Reading
from kb.reading import read as read_text
from kb.resolution import bounded
from kb.service import KnowledgeBase
from kb.store.schema import citation, document, file

NT, BD, BN = "Ninh Thuận", "Bình Định", "Bắc Ninh"
TITLE = "về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022"
OTHER = "về kế hoạch phát triển nông nghiệp bền vững của tỉnh"
PROGRAMME = "Đề án phát triển kinh tế số tỉnh Ninh Thuận giai đoạn 2021 - 2025"
LAW, RESOLUTION = {"type": "luat"}, {"type": "nghi-quyet-qh"}
UNSTATED = {"type": "luat", "notes": ("type_from_code",)}
PASTED = "pasted.txt"
PROJECT = Path(__file__).resolve().parent.parent


class Stored(NamedTuple):
    """What the base says of a citation of the text after it came in."""

    status: str
    method: str
    target: str | None
    candidates: tuple[str, ...]


def ids(base: KnowledgeBase) -> set[str]:
    with base.store.reading() as connection:
        return set(connection.execute(sa.select(document.c.slug)).scalars())


def stored(base: KnowledgeBase) -> list[Stored]:
    c = citation.c
    with base.store.reading() as connection:
        rows = connection.execute(
            sa.select(c.id, c.status, c.method, document.c.slug)
            .join(file, file.c.id == c.file_id)
            .outerjoin(document, document.c.id == c.target_id)
            .where(file.c.name == PASTED)
            .order_by(c.position)
        ).all()
        choices = candidate_slugs(connection, [row.id for row in rows])
    return [Stored(row.status, row.method, row.slug, choices.get(row.id, ())) for row in rows]


def both(base: KnowledgeBase, own: OwnIdentity | None, cited: Sequence[Citation]) -> list[tuple[Resolved, Stored]]:
    """What each citation means in the text pasted and then in the same text stored; they must be alike."""
    return both_of_reading(base, *reading(own, cited))


def both_of_reading(base: KnowledgeBase, text: str, read: Reading) -> list[tuple[Resolved, Stored]]:
    known = ids(base)
    pasted = base.resolve_reading(read, text)
    assert ids(base) == known, "nothing is written"
    base.put(Source(PASTED, text, "txt", hashlib.sha256(text.encode()).hexdigest()), read)
    base.resolve()
    pairs = list(zip(pasted, stored(base), strict=True))
    for one, other in pairs:
        assert_alike(base, known, one, other)
    return pairs


def assert_alike(base: KnowledgeBase, known: set[str], pasted: Resolved, stored: Stored) -> None:
    """``known``: ids before the text came in; of documents that came with it a pasted text tells the permalink only."""

    def now(id: str) -> str:
        return base.redirect(id) or id

    # a programme that the base knew by its name alone ("/x-") may get its number from this text
    before = {now(id) for id in known if "/x-" not in id or now(id) == id}
    message = f"pasted {pasted}\nstored {stored}"
    if stored.status == "ambiguous":
        assert (pasted.status, pasted.method) == ("ambiguous", stored.method), message
        assert {now(one.id) for one in pasted.candidates} == before & set(stored.candidates), message
    elif stored.target is not None and stored.target in before and stored.status == "resolved":
        assert pasted.document is not None and now(pasted.document.id) == stored.target, message
        assert pasted.status == "resolved" and stored.method in ("", pasted.method), message
    else:
        assert (pasted.status, pasted.document) == ("unresolved", None), message
        assert pasted.new_id in (None, stored.target), message


def citing(*cited: Citation, on: str = "2022-01-01", n: int = 1, province: str = NT) -> Document:
    return (f"f{n}", plan(f"{n}/KH-UBND", on, province), list(cited))


Q = "2395/QĐ-UBND"
DATED = cite(Q, "2021-12-24", province=NT)

# name: (documents of the base, citations of the text, status and document of each)
ROWS: dict[str, tuple[list[Document], list[Citation], list[tuple[str, str | None]]]] = {
    "the same date": ([citing(DATED)], [DATED], [("date", "ninh-thuan/ubnd/2021/qd/2395")]),
    "a slip in the date, the same title": (
        [citing(cite(Q, "2021-12-24", province=NT, title=TITLE), n=n) for n in (1, 2)],
        [cite(Q, "2021-12-21", province=NT, title=TITLE)],
        [("title_and_date_slip", "ninh-thuan/ubnd/2021/qd/2395")],
    ),
    "another date of that year, no title": (
        [citing(DATED)], [cite(Q, "2021-10-02", province=NT)], [("other_date_known", None)],
    ),
    "another year": ([citing(DATED)], [cite(Q, "2019-10-02", province=NT)], [("not_in_base", None)]),
    "another year by a slip": ([citing(DATED)], [cite(Q, "2020-12-24", province=NT)], [("other_date_known", None)]),
    "undated, the only one known": ([citing(DATED)], [cite(Q, province=NT)], [("only_one_known", None)]),
    "undated, the only one is younger than the text": (
        [citing(cite(Q, "2023-12-24", province=NT), on="2024-01-01")], [cite(Q, province=NT)], [("not_in_base", None)],
    ),
    "undated, one of two is younger than the text": (
        [citing(cite(Q, "2023-12-24", province=NT), DATED, on="2024-01-01")],
        [cite(Q, province=NT)], [("only_one_known", None)],
    ),
    "undated, the title of one of two": (
        [citing(cite(Q, "2021-12-24", province=NT, title=TITLE), cite(Q, "2019-01-05", province=NT, title=OTHER))],
        [cite(Q, province=NT, title=OTHER)], [("title", "ninh-thuan/ubnd/2019/qd/2395")],
    ),
    "undated, its sentence says the title": (
        [citing(cite("77-NQ/TW", "2021-05-04", body="TW", title="về phát triển kinh tế biển xanh"))],
        [cite("77-NQ/TW", body="TW", text="phát triển kinh tế biển xanh theo Nghị quyết số 77-NQ/TW")],
        [("title_in_sentence", "tw/tw/2021/nq/77")],
    ),
    "undated, dated elsewhere in the text": (
        [citing(DATED), citing(cite(Q, "2019-03-03", province=NT), n=2)],
        [DATED, cite(Q, province=NT)],
        [("date", "ninh-thuan/ubnd/2021/qd/2395"), ("twin_in_document", "ninh-thuan/ubnd/2021/qd/2395")],
    ),
    "undated, dated elsewhere in the text, not in the base": (
        [], [DATED, cite(Q, province=NT)], [("not_in_base", None), ("not_in_base", None)],
    ),
    "a year and a month": (
        [citing(DATED)], [cite(Q, "2021", province=NT), cite(Q, "2021-12", province=NT)],
        [("partial_date", "ninh-thuan/ubnd/2021/qd/2395")] * 2,
    ),
    "a year that two documents fit": (
        [citing(DATED, cite(Q, "2021-01-05", province=NT))], [cite(Q, "2021", province=NT)], [("several_dates", None)],
    ),
    "a date that parts a document known by its year only": (
        [citing(cite(Q, "2021", province=NT))], [DATED], [("date", "ninh-thuan/ubnd/2021/qd/2395")],
    ),
    "a normative number with another date": (
        [citing(cite("130/2005/NĐ-CP", "2005-10-17"))], [cite("130/2005/NĐ-CP", "2015-10-17")],
        [("key", "tw/cp/2005/nd/130")],
    ),
    "normative and individual": (
        [citing(cite("45/2016/QĐ-TTg"), cite("45/QĐ-TTg", "2016-01-08"))],
        [cite("45/2016/QĐ-TTg"), cite("45/QĐ-TTg", "2016-01-08"), cite("45/QĐ-TTg")],
        [("key", "tw/ttg/2016/qd/45@2016"), ("key", "tw/ttg/2016/qd/45@2016-01-08"),
         ("twin_in_document", "tw/ttg/2016/qd/45@2016-01-08")],
    ),
    "its year left out": (
        [citing(cite("63/2020/QĐ-UBND", "2020-10-24", province=NT, title=TITLE))],
        [cite("63/QĐ-UBND", "2020-10-24", province=NT, title=TITLE), cite("63/QĐ-UBND", "2020-10-24", province=NT)],
        [("title", "ninh-thuan/ubnd/2020/qd/63"), ("not_in_base", None)],
    ),
    "a province unknown": ([citing(DATED)], [cite(Q, "2021-12-24", province="?")], [("province_unknown", None)]),
    "a province unknown, number, date and title agree": (
        [citing(cite(Q, "2021-12-24", province=NT, title=TITLE))],
        [cite(Q, "2021-12-24", province="?", title=TITLE)], [("title_and_date", "ninh-thuan/ubnd/2021/qd/2395")],
    ),
    "a province told by a twin": (
        [citing(DATED), citing(cite(Q, "2021-12-24", province=BD), n=2)], [DATED, cite(Q, province="?")],
        [("date", "ninh-thuan/ubnd/2021/qd/2395"), ("twin_in_document", "ninh-thuan/ubnd/2021/qd/2395")],
    ),
    "a province told by a twin that the base does not know": (
        [citing(cite(Q, "2021-12-24", province=BD))], [DATED, cite(Q, province="?")],
        [("not_in_base", None), ("not_in_base", None)],
    ),
    "a law and a resolution of one number": (
        [citing(cite("55/2020/QH14", "2020-06-17", **LAW), cite("55/2020/QH14", "2020-11-24", **RESOLUTION))],
        [cite("55/2020/QH14", None, **RESOLUTION), cite("55/2020/QH14", "2020-11-24", **UNSTATED)],
        [("key", "tw/qh/2020/qh14/55-nq"), ("date", "tw/qh/2020/qh14/55-nq")],
    ),
    "a law or a resolution, the type not stated": (
        [citing(cite("555/2020/QH14", "2020-06-17", **LAW), cite("555/2020/QH14", "2020-11-24", **RESOLUTION))],
        [cite("555/2020/QH14", None, **UNSTATED)], [("type_not_stated", None)],
    ),
    "the only act of a number, unless the date is another": (
        [citing(cite("555/2020/QH14", "2020-11-24", **RESOLUTION))],
        [cite("555/2020/QH14", None, **UNSTATED), cite("555/2020/QH14", "2020-06-17", **UNSTATED)],
        [("key", "tw/qh/2020/qh14/555-nq"), ("type_not_stated", None)],
    ),
    "a Party term": (
        [citing(cite("45-NQ/TW", "2018-05-05"), cite("45-NQ/TW", "2021-11-24"))],
        [cite("45-NQ/TW", notes=("term:13",)), cite("45-NQ/TW", notes=("term:11",))],
        [("party_term", "tw/tw/2021/nq/45"), ("not_in_base", None)],
    ),
    "a Party number without its term": (
        [citing(cite("45-NQ/TW", "2018-05-05"), cite("45-NQ/TW", "2021-11-24"))],
        [cite("45-NQ/TW")], [("several_known", None)],
    ),
    "a Party number in the wrong year": (
        [citing(cite("57-NQ/TW", "2020-12-22"))], [cite("57-NQ/TW", "2021-12-22")], [("other_date_known", None)],
    ),
    "a programme by its name": (
        [citing(cite("749/QĐ-UBND", "2021-06-03", province=NT, title=f"phê duyệt {PROGRAMME}"))],
        [cite(None, text=PROGRAMME, kind="named", title=PROGRAMME, type="de-an", body="UBND", province=NT)],
        [("programme_title", "ninh-thuan/ubnd/2021/qd/749")],
    ),
    "a programme numbered in the text alone": (
        [],
        [cite("749/QĐ-UBND", "2021-06-03", province=NT, title=f"phê duyệt {PROGRAMME}"),
         cite(None, text=PROGRAMME, kind="named", title=PROGRAMME, type="de-an", body="UBND", province=NT)],
        [("not_in_base", None), ("not_in_base", None)],
    ),
    "back references": (
        [citing(DATED)],
        [DATED, cite(None, text="Quyết định nêu trên", kind="back_reference", parent=0),
         cite(None, text="Nghị quyết này", kind="back_reference")],
        [("date", "ninh-thuan/ubnd/2021/qd/2395"), ("antecedent", "ninh-thuan/ubnd/2021/qd/2395"),
         ("no_antecedent", None)],
    ),
    "a back reference to what is in doubt": (
        [citing(DATED)],
        [cite(Q, province=NT), cite(None, text="Quyết định nêu trên", kind="back_reference", parent=0)],
        [("only_one_known", None), ("no_antecedent", None)],
    ),
    "the text itself": (
        [], [cite("9/KH-UBND", "2022-06-01", province=NT), cite(None, text="Kế hoạch này", kind="back_reference")],
        [("own_document", None), ("own_document", None)],
    ),
    "the text itself, cited by another": (
        [citing(cite("9/KH-UBND", "2022-06-01", province=NT), on="2022-07-01")], [cite("9/KH-UBND", province=NT)],
        [("twin_in_document", "ninh-thuan/ubnd/2022/kh/09")],
    ),
    "a standard and no number": (
        [citing(cite("TCVN 5687:2010", kind="standard"))],
        [cite("TCVN 5687:2010", kind="standard"), cite(None, text="văn bản khác")],
        [("key", "tc/tcvn-5687-2010"), ("not_a_number", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("short", [False, True], ids=["each mention", "in short"])
@pytest.mark.parametrize(("documents", "cited", "expected"), ROWS.values(), ids=ROWS)
def test_one_document_in_its_forms(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    documents: list[Document],
    cited: list[Citation],
    expected: list[tuple[str, str | None]],
    short: bool,
) -> None:
    if short:
        monkeypatch.setattr(bounded, "MOST_OF_A_KEY", 0)
    base = build(tmp_path, documents)
    pairs = both(base, plan("9/KH-UBND", "2022-06-01"), cited)
    told = [(one.method, one.document.id if one.document else None) for one, _ in pairs]
    assert told == expected


_NUMBERS = st.sampled_from(
    ["1/QĐ-UBND", "2/QĐ-UBND", "1/2021/QĐ-UBND", "1/2025/QĐ-UBND", "9/KH-UBND", "4/QĐ-TTg", "4/2021/QĐ-TTg", "7-NQ/TW",
     "55/2020/QH14"]
)  # fmt: skip
_DATES = st.sampled_from([None, None, "2021", "2021-05", "2021-05-06", "2021-05-08", "2020-05-06", "2025-09-09"])
_PLACES = st.sampled_from([NT, BD, BN, "?"])
_TITLES = st.sampled_from([None, None, TITLE, OTHER, f"phê duyệt {PROGRAMME}"])
_WORDS = st.sampled_from([UNSTATED, LAW, RESOLUTION, {"notes": ("term:13",)}])


@st.composite
def _citation(draw: st.DrawFn) -> Citation:
    kind = draw(st.sampled_from(["number"] * 8 + ["back_reference", "programme"]))
    if kind == "back_reference":
        text = draw(st.sampled_from(["Quyết định nêu trên", "Kế hoạch này"]))
        return cite(None, text=text, kind=kind, parent=0 if "trên" in text else None)
    place = draw(_PLACES)
    if kind == "programme":
        return cite(None, text=PROGRAMME, kind="named", title=PROGRAMME, type="de-an", body="UBND", province=place)
    number = draw(_NUMBERS)
    more = draw(_WORDS) if "QH" in number or "TW" in number else {}
    more = {name: value for name, value in more.items() if ("TW" in number) == (value == ("term:13",))}
    place = place if "UBND" in number else None
    return cite(number, draw(_DATES), province=place, title=draw(_TITLES), text=f"{number} {TITLE}", **more)


_CITATIONS = st.lists(_citation(), min_size=1, max_size=5)
_HEADERS = st.sampled_from(
    [None, plan("9/KH-UBND", "2022-06-01"), plan("9/KH-UBND", None), plan("9/KH-UBND", "2025-09-10", BN),
     plan(None, "2021-05-07"), plan("1/QĐ-UBND", "2021-05-06", title=TITLE, type="quyet-dinh-ubnd"),
     plan("749/QĐ-UBND", "2021-06-03", title=f"phê duyệt {PROGRAMME}", type="quyet-dinh-ubnd")]
)  # fmt: skip


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(documents=st.lists(st.tuples(_HEADERS, _CITATIONS), max_size=4), own=_HEADERS, cited=_CITATIONS)
def test_any_text_resolves_alike_pasted_and_stored(
    tmp_path_factory: pytest.TempPathFactory,
    documents: list[tuple[OwnIdentity | None, list[Citation]]],
    own: OwnIdentity | None,
    cited: list[Citation],
) -> None:
    base = build(tmp_path_factory.mktemp("kb"), [(f"f{n}", *one) for n, one in enumerate(documents)])
    both(base, own, cited)


@pytest.mark.parametrize("short", [False, True], ids=["each mention", "in short"])
def test_bundled_texts_resolve_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: bool) -> None:
    """Half of the bundled texts make the base, beside which each of the others is pasted, and then stored."""
    if short:
        monkeypatch.setattr(bounded, "MOST_OF_A_KEY", 0)
    texts = sorted(path for path in (PROJECT / "corpus" / "samples").iterdir() if path.suffix in (".txt", ".md"))
    base = KnowledgeBase.open(tmp_path, create=True)
    for path in texts[::2]:
        text = path.read_text(encoding="utf-8")
        base.put(source(path.name, text), read_text(text, Hints()))
    base.resolve()
    compared = 0
    for path in texts[1::2]:
        text = path.read_text(encoding="utf-8")
        pairs = both_of_reading(base, text, read_text(text, Hints()))
        compared += sum(one.document is not None for one, _ in pairs)
        base.put(source(path.name, text), read_text(text, Hints()))
        base.store.remove(PASTED)
        base.resolve()
    assert compared >= 10, "some of what they cite must be known"
