"""Which citations are one document: certain links only, candidates otherwise, whatever the order of ingestion."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kb_fixtures import build, cite, export_text, plan, put

from indexer.build.ingest import ingest
from kb.identity.numbering import is_slip
from kb.identity.title_likeness import title_score
from kb.model import OwnIdentity
from kb.resolution.cluster import Mention
from kb.resolution.clusters import cluster
from kb.service import KnowledgeBase

NT = "Ninh Thuận"
TITLE = "về việc ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Ninh Thuận năm 2022"


def _links(base: KnowledgeBase, id: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(edge.status, edge.target.id if edge.target else "", edge.candidates)
            for edge in base.citations(id, direction="out").items]  # fmt: skip


def test_a_number_is_not_a_key(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("93/QĐ-UBND", "2021-02-03", province=NT)]),
        ("b", plan("1/KH-UBND", "2022-01-01", "Bình Định"), [cite("93/QĐ-UBND", "2021-02-03", province="Bình Định")]),
        ("c", plan("2/KH-UBND", "2023-01-01"), [cite("93/QĐ-UBND", "2022-02-03", province=NT)]),
    ])  # fmt: skip
    found = base.lookup("93/QĐ-UBND")
    assert found.status == "multiple"
    assert {m.id for m in found.matches} == {
        "ninh-thuan/ubnd/2021/qd/93", "ninh-thuan/ubnd/2022/qd/93", "binh-dinh/ubnd/2021/qd/93",
    }  # fmt: skip


def test_two_dates_of_one_number_and_year_are_two_documents_with_their_dates_in_the_permalink(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("681/QĐ-UBND", "2021-02-20", province=NT)]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("681/QĐ-UBND", "2021-10-27", province=NT)]),
    ])  # fmt: skip
    ids = {m.id for m in base.lookup("681/QĐ-UBND").matches}
    assert ids == {"ninh-thuan/ubnd/2021/qd/681@2021-02-20", "ninh-thuan/ubnd/2021/qd/681@2021-10-27"}
    assert base.findings("same_number_two_dates").total == 2


def test_an_earlier_permalink_leads_on_when_a_collision_appears(tmp_path: Path) -> None:
    base = build(tmp_path, [("a", plan("1/KH-UBND", "2022-01-01"), [cite("681/QĐ-UBND", "2021-02-20", province=NT)])])
    assert base.document("ninh-thuan/ubnd/2021/qd/681") is not None
    put(base, [("b", plan("2/KH-UBND", "2022-01-02"), [cite("681/QĐ-UBND", "2021-10-27", province=NT)])])
    base.resolve()
    assert base.redirect("ninh-thuan/ubnd/2021/qd/681") == "ninh-thuan/ubnd/2021/qd/681@2021-02-20"
    followed = base.document("ninh-thuan/ubnd/2021/qd/681")
    assert followed is not None and followed.date == "2021-02-20"


def test_a_slip_in_the_date_with_the_same_title_is_one_document_and_a_finding(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("2395/QĐ-UBND", "2021-12-24", province=NT, title=TITLE)]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("2395/QĐ-UBND", "2021-12-24", province=NT, title=TITLE)]),
        ("c", plan("3/KH-UBND", "2022-01-03"), [cite("2395/QĐ-UBND", "2021-12-21", province=NT, title=TITLE)]),
    ])  # fmt: skip
    found = base.document("ninh-thuan/ubnd/2021/qd/2395")
    assert found is not None and found.date == "2021-12-24" and found.cited_by == 3
    assert base.findings("date_conflict").total == 1


def test_a_normative_number_is_one_document_whatever_date_is_given(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("130/2005/NĐ-CP", "2005-10-17")]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("130/2005/NĐ-CP", "2005-10-17")]),
        ("c", plan("3/KH-UBND", "2022-01-03"), [cite("130/2005/NĐ-CP", "2015-10-17")]),
        ("d", plan("4/KH-UBND", "2022-01-04"), [cite("130/2005/NĐ-CP")]),
    ])  # fmt: skip
    found = base.document("tw/cp/2005/nd/130")
    assert found is not None and found.cited_by == 4 and found.date == "2005-10-17"
    assert [finding.kind for finding in base.findings("year_conflict").items] == ["year_conflict"]


def test_normative_and_individual_numbers_never_share_a_permalink(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [
            cite("12/2021/QĐ-UBND", "2021-05-05", province=NT, title="về phòng cháy chữa cháy rừng"),
            cite("12/QĐ-UBND", "2021-05-05", province=NT, title=TITLE),
            cite("13/2021/QĐ-UBND", "2021-05-05", province=NT), cite("13/QĐ-UBND", "2021-01-05", province=NT),
        ]),
    ])  # fmt: skip
    ids = sorted(edge.target.id for edge in base.citations("ninh-thuan/ubnd/2022/kh/01", direction="out").items
                 if edge.target)  # fmt: skip
    assert len(set(ids)) == 4


@pytest.mark.parametrize(
    ("others", "title", "status", "target", "candidates"),
    [
        ((), None, "unresolved", "ninh-thuan/ubnd/x/qd/2395-", 0),
        (("2021-12-24",), None, "ambiguous", "", 1),
        (("2021-12-24", "2019-01-05"), None, "ambiguous", "", 2),
        (("2021-12-24", "2019-01-05"), TITLE, "resolved", "ninh-thuan/ubnd/2021/qd/2395", 0),
        (("2023-12-24",), None, "unresolved", "ninh-thuan/ubnd/x/qd/2395-", 0),
    ],
)
def test_an_undated_citation_is_linked_on_evidence_only(
    tmp_path: Path, others: tuple[str, ...], title: str | None, status: str, target: str, candidates: int
) -> None:
    documents = [
        (f"o{n}", plan(f"{n + 5}/KH-UBND", "2024-01-01"),
         [cite("2395/QĐ-UBND", date, province=NT, title=TITLE if date == "2021-12-24" else None)])
        for n, date in enumerate(others)
    ]  # fmt: skip
    citing = ("citing", plan("1/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", province=NT, title=title)])
    base = build(tmp_path, [*documents, citing])
    ((found_status, found_target, found_candidates),) = _links(base, "ninh-thuan/ubnd/2022/kh/01")
    assert found_status == status
    assert found_target.startswith(target) and bool(found_target) == bool(target)
    assert len(found_candidates) == candidates


def test_an_undated_citation_means_what_the_same_text_dates_elsewhere(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-06-01"),
         [cite("2395/QĐ-UBND", "2021-12-24", province=NT), cite("2395/QĐ-UBND", province=NT)]),
        ("b", plan("2/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", "2019-03-03", province=NT)]),
    ])  # fmt: skip
    assert [link[:2] for link in _links(base, "ninh-thuan/ubnd/2022/kh/01")] == [
        ("resolved", "ninh-thuan/ubnd/2021/qd/2395")
    ] * 2


def test_a_year_or_a_month_joins_the_only_document_it_fits(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", "2021-12-24", province=NT)]),
        ("b", plan("2/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", "2021", province=NT)]),
        ("c", plan("3/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", "2021-12", province=NT)]),
    ])  # fmt: skip
    found = base.document("ninh-thuan/ubnd/2021/qd/2395")
    assert found is not None and found.cited_by == 3


def test_an_unknown_province_keeps_its_candidates(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", "2021-12-24", province=NT)]),
        ("b", None, [cite("2395/QĐ-UBND", "2021-12-24", province="?")]),
    ])  # fmt: skip
    held = next(m for m in base.documents(role="held") if m.id.startswith("tep/"))
    assert _links(base, held.id) == [("ambiguous", "", ("ninh-thuan/ubnd/2021/qd/2395",))]
    found = base.document("ninh-thuan/ubnd/2021/qd/2395")
    assert found is not None and (found.cited_by, found.possible) == (1, 1)
    (possible,) = base.citations(found.id, direction="in", possible=True).items
    assert possible.file == "b"


def test_a_twin_with_its_province_decides_for_one_without(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("b", None, [cite("2395/QĐ-UBND", "2021-12-24", province=NT), cite("2395/QĐ-UBND", province="?")]),
    ])  # fmt: skip
    held = base.documents(role="held")[0]
    assert [link[:2] for link in _links(base, held.id)] == [("resolved", "ninh-thuan/ubnd/2021/qd/2395")] * 2


def test_a_document_that_arrives_wins_with_its_own_header(tmp_path: Path) -> None:
    wrong = cite("2395/QĐ-UBND", "2021-12-24", province=NT, title="về việc khác hẳn của năm đó thôi")
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-06-01"), [wrong]),
        ("b", plan("2/KH-UBND", "2022-06-01"), [cite("2395/QĐ-UBND", province=NT, title=TITLE)]),
    ])  # fmt: skip
    own = OwnIdentity(number="2395/QĐ-UBND", type="quyet-dinh-ubnd", date="2021-12-24", body="UBND", province=NT,
                      title=TITLE)  # fmt: skip
    put(base, [("own", own, [])])
    report = base.resolve()
    assert report.newly_held == ("ninh-thuan/ubnd/2021/qd/2395",)
    found = base.document("ninh-thuan/ubnd/2021/qd/2395")
    assert found is not None and found.role == "held" and found.title == TITLE
    assert found.cited_by == 2, "the undated citation with the same title is now linked"


def test_a_document_that_names_itself_is_no_edge(tmp_path: Path) -> None:
    base = build(tmp_path, [("a", plan("1/KH-UBND", "2022-06-01"), [
        cite("1/KH-UBND", "2022-06-01", province=NT, relation="promulgated_by"),
    ])])  # fmt: skip
    assert base.citations("ninh-thuan/ubnd/2022/kh/01", direction="in").total == 0
    assert base.citations("ninh-thuan/ubnd/2022/kh/01", direction="out").total == 0


def test_nested_and_inverse_citations_run_between_the_documents_that_act(tmp_path: Path) -> None:
    base = build(tmp_path, [("a", plan("1/KH-UBND", "2022-06-01"), [
        cite("3809/QĐ-UBND", "2021-09-14", province=NT, relation="implements"),
        cite("09-CTr/TU", "2021-05-14", province=NT, relation="implements", parent=0),
        cite("40/2025/NĐ-CP", relation="based_on"),
        cite("109/2025/NĐ-CP", relation="amends", inverse=True, parent=2),
    ])])  # fmt: skip
    edges = {(e.source.id, e.relation, e.target.id) for e in base.trace("tw/cp/2025/nd/40").edges
             if e.source and e.target}  # fmt: skip
    assert ("tw/cp/2025/nd/109", "amends", "tw/cp/2025/nd/40") in edges
    up = base.trace("ninh-thuan/ubnd/2022/kh/01", direction="up", depth=3)
    assert {(n.id, n.depth) for n in up.nodes} >= {
        ("ninh-thuan/tu/2021/ctr/09", -2),
        ("ninh-thuan/ubnd/2021/qd/3809", -1),
    }
    status = base.document("tw/cp/2025/nd/40")
    assert status is not None and status.status.code == "amended"
    assert status.status.events[0].by == "tw/cp/2025/nd/109"


def test_back_references_mean_their_antecedent_and_are_no_edges(tmp_path: Path) -> None:
    base = build(tmp_path, [("a", plan("1/KH-UBND", "2022-06-01"), [
        cite("3809/QĐ-UBND", "2021-09-14", province=NT),
        cite(None, text="Quyết định nêu trên", kind="back_reference", parent=0),
        cite(None, text="Nghị quyết này", kind="back_reference"),
        cite(None, text="Kế hoạch này", kind="back_reference"),
    ])])  # fmt: skip
    assert base.citations("ninh-thuan/ubnd/2021/qd/3809", direction="in").total == 1
    text = base.text_of("ninh-thuan/ubnd/2022/kh/01")
    assert text is not None
    assert [c.target for c in text.citations] == [
        *["ninh-thuan/ubnd/2021/qd/3809"] * 2,
        None,
        "ninh-thuan/ubnd/2022/kh/01",
    ]
    assert base.findings("no_antecedent").total == 1


_NUMBERS = st.sampled_from(["1/QĐ-UBND", "2/QĐ-UBND", "1/2021/QĐ-UBND", "3/KH-UBND", "4/QĐ-TTg", "4/2021/QĐ-TTg"])
_DATES = st.sampled_from([None, "2021", "2021-05", "2021-05-06", "2021-05-08", "2020-05-06"])
_TITLES = st.sampled_from([None, TITLE, "về kế hoạch phát triển nông nghiệp bền vững của tỉnh"])
_CITATIONS = st.lists(
    st.tuples(_NUMBERS, _DATES, st.sampled_from([NT, "Bình Định", "?"]), _TITLES), min_size=1, max_size=4
)


@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(documents=st.lists(_CITATIONS, min_size=2, max_size=4), seed=st.randoms(use_true_random=False))
def test_the_order_of_ingestion_does_not_matter(tmp_path_factory, documents, seed) -> None:  # type: ignore[no-untyped-def]
    made = [
        (f"f{n}", plan(f"{n + 1}/KH-UBND", "2022-01-01", NT if n % 2 else "Bình Định"),
         [cite(number, date, province=None if "TTg" in number else province, title=title)
          for number, date, province, title in cited])
        for n, cited in enumerate(documents)
    ]  # fmt: skip
    at_once = build(tmp_path_factory.mktemp("kb"), made)
    one_by_one = KnowledgeBase.open(tmp_path_factory.mktemp("kb"), create=True)
    shuffled = list(made)
    seed.shuffle(shuffled)
    for document in shuffled:
        put(one_by_one, [document])
        one_by_one.resolve()
    assert export_text(at_once.store, "jsonl") == export_text(one_by_one.store, "jsonl")
    assert at_once.findings(per_page=500).counts == one_by_one.findings(per_page=500).counts


def test_clustering_is_the_same_for_every_order_of_mentions() -> None:
    mentions = [
        Mention(n, False, n, date, title, f"{n:08x}")
        for n, (date, title) in enumerate(
            [
                ("2021-12-24", TITLE),
                ("2021-12-21", TITLE),
                ("2021-12", None),
                ("2021", None),
                (None, TITLE),
                (None, None),
            ]
        )
    ]

    def shape(order: tuple[Mention, ...]) -> set[tuple[str | None, frozenset[int]]]:
        found = cluster(order)
        return {(c.anchor, frozenset(m.id for m, _ in c.members)) for c in found.found} | {
            (method, frozenset({m.id})) for m, method, _ in found.ambiguous
        }

    first = shape(tuple(mentions))
    assert all(shape(order) == first for order in itertools.permutations(mentions))


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("2021-12-24", "2021-12-21", True),
        ("2021-03-04", "2021-04-03", True),
        ("2021-12-24", "2021-11-21", False),
        ("2021-12-24", "2020-12-24", True),
    ],
)
def test_slips(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip


def test_titles_that_differ_in_a_number_are_not_the_same() -> None:
    assert title_score(TITLE, TITLE.replace("2022", "2023")) == 0.0
    assert title_score(TITLE, TITLE.upper()) == 1.0
    assert title_score("Kế hoạch", "Kế hoạch") == 0.0, "too short to tell"


@pytest.mark.parametrize(
    ("cited_on", "date", "status", "candidates"),
    [
        ("2025-06-01", None, "resolved", 0),
        ("2025-11-01", None, "ambiguous", 2),
        ("2025-11-01", "2025-09-09", "resolved", 0),
        ("2025-11-01", "2025-02-03", "resolved", 0),
    ],
)
def test_a_province_formed_anew_counts_from_one_again(
    tmp_path: Path, cited_on: str, date: str | None, status: str, candidates: int
) -> None:
    bn, number = "Bắc Ninh", "12/2025/QĐ-UBND"
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2025-12-01", bn), [cite(number, "2025-02-03", province=bn)]),
        ("b", plan("2/KH-UBND", "2025-12-01", bn), [cite(number, "2025-09-09", province=bn)]),
        ("c", plan("3/KH-UBND", cited_on, bn), [cite(number, date, province=bn)]),
    ])  # fmt: skip
    ids = {m.id for m in base.lookup("12/2025/QĐ-UBND").matches}
    assert ids == {"bac-ninh/ubnd/2025/qd/12@2025-02-03", "bac-ninh/ubnd/2025/qd/12@2025-09-09"}
    ((found_status, _, found_candidates),) = _links(base, "bac-ninh/ubnd/2025/kh/03")
    assert (found_status, len(found_candidates)) == (status, candidates)


def test_a_central_organ_has_one_document_of_a_number_in_a_year(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2025-12-01"), [cite("217/CĐ-TTg", "2025-11-16"), cite("45/2016/QĐ-TTg")]),
        ("b", plan("2/KH-UBND", "2025-12-01"), [cite("217/CĐ-TTg", "2025-11-19"), cite("45/QĐ-TTg", "2016-01-08")]),
        ("c", plan("3/KH-UBND", "2025-12-01"), [cite("217/CĐ-TTg"), cite("218/CĐ-TTg", "2024")]),
    ])  # fmt: skip
    found = base.document("tw/ttg/2025/cd/217")
    assert found is not None and (found.cited_by, found.possible) == (2, 1)
    assert [f.document for f in base.findings("date_conflict").items] == ["tw/ttg/2025/cd/217"]
    assert len({m.id for m in base.lookup("45/QĐ-TTg").matches}) == 2, "normative and individual are two registers"


def test_copies_of_one_text_without_a_province_are_one_document(tmp_path: Path) -> None:
    """Two files of the same bytes name the same unplaced documents; they must not collide."""
    text = "ỦY BAN NHÂN DÂN\nSố: 12/KH-UBND\nKẾ HOẠCH\nCăn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh;\n"
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    report = ingest([folder], tmp_path / "kb")
    assert len(report.added) == 2 and not report.failed


LAW = {"type": "luat"}
RESOLUTION = {"type": "nghi-quyet-qh"}
UNSTATED = {"type": "luat", "notes": ("type_from_code",)}


def test_a_law_and_a_resolution_of_one_number_are_two_documents(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("55/2030/QH12", "2030-06-17", **LAW)]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("55/2030/QH12", "2030-11-24", **RESOLUTION)]),
        ("c", plan("3/KH-UBND", "2022-01-03"), [cite("55/2030/QH12", None, **RESOLUTION)]),
        ("d", plan("4/KH-UBND", "2022-01-04"), [cite("55/2030/QH12", None, **UNSTATED)]),
        ("e", plan("5/KH-UBND", "2022-01-05"), [cite("55/2030/QH12", "2030-11-24", **UNSTATED)]),
    ])  # fmt: skip
    law, resolution = "tw/qh/2030/qh12/55", "tw/qh/2030/qh12/55-nq"
    assert {m.id for m in base.lookup("55/2030/QH12").matches} == {law, resolution}
    assert [_links(base, f"ninh-thuan/ubnd/2022/kh/0{n}")[0] for n in (2, 3, 4, 5)] == [
        ("resolved", resolution, ()),
        ("resolved", resolution, ()),
        ("ambiguous", "", (law, resolution)),
        ("resolved", resolution, ()),
    ]
    (finding,) = base.findings("ambiguous").items
    assert "không ghi loại" in finding.message


def test_an_act_cited_without_its_type_is_the_only_one_known_unless_its_date_is_another(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("55/2030/QH12", "2030-11-24", **RESOLUTION)]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("55/2030/QH12", None, **UNSTATED)]),
        ("c", plan("3/KH-UBND", "2022-01-03"), [cite("55/2030/QH12", "2030-06-17", **UNSTATED)]),
    ])  # fmt: skip
    resolution = "tw/qh/2030/qh12/55-nq"
    assert _links(base, "ninh-thuan/ubnd/2022/kh/02") == [("resolved", resolution, ())]
    assert _links(base, "ninh-thuan/ubnd/2022/kh/03") == [("ambiguous", "", (resolution,))]


def test_an_undated_party_number_of_a_named_term_is_the_one_of_that_term(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("45-NQ/TW", "2018-05-05"), cite("45-NQ/TW", "2023-11-24")]),
        ("b", plan("2/KH-UBND", "2025-01-02"), [cite("45-NQ/TW", notes=("term:13",)), cite("45-NQ/TW")]),
        ("c", plan("3/KH-UBND", "2025-01-03"), [cite("45-NQ/TW", notes=("term:11",))]),
        ("d", plan("4/KH-UBND", "2025-01-04"), [cite("45-NQ/TW")]),
    ])  # fmt: skip
    meant = "tw/tw/2023/nq/45"
    assert [link[:2] for link in _links(base, "ninh-thuan/ubnd/2025/kh/02")] == [("resolved", meant)] * 2
    assert _links(base, "ninh-thuan/ubnd/2025/kh/03")[0][:2] == ("resolved", "tw/tw/x/nq/45-k11")
    assert _links(base, "ninh-thuan/ubnd/2025/kh/04")[0][0] == "ambiguous"


@pytest.mark.parametrize(
    ("title", "date", "linked"),
    [
        (TITLE, "2021-12-24", True),
        (TITLE, "2021-12-23", False),
        ("về việc phòng cháy chữa cháy rừng", "2021-12-24", False),
    ],
)
def test_without_a_province_number_date_and_title_together_tell_the_document(
    tmp_path: Path, title: str, date: str, linked: bool
) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("2395/QĐ-UBND", "2021-12-24", province=NT, title=TITLE)]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("2395/QĐ-UBND", date, province="?", title=title)]),
    ])  # fmt: skip
    (found,) = _links(base, "ninh-thuan/ubnd/2022/kh/02")
    assert (found[1] == "ninh-thuan/ubnd/2021/qd/2395") is linked


def test_an_undated_citation_joins_by_a_title_that_is_cut_short(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [cite("920/QĐ-TTg", "2021-05-14", title=TITLE)]),
        ("b", plan("2/KH-UBND", "2022-01-02"), [cite("920/QĐ-TTg", title=TITLE + ", giai đoạn I: từ 2022 đến 2025")]),
    ])  # fmt: skip
    assert _links(base, "ninh-thuan/ubnd/2022/kh/02")[0][:2] == ("resolved", "tw/ttg/2021/qd/920")


@pytest.mark.parametrize(("other", "date", "one"), [
    (None, "2024-10-24", False), (TITLE, "2024-10-24", True), ("về phòng cháy chữa cháy rừng", "2024-10-24", False),
    (TITLE, "2024-01-24", False),
])  # fmt: skip
def test_a_number_that_leaves_out_its_year_is_the_same_with_day_and_title(
    tmp_path: Path, other: str | None, date: str, one: bool
) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2025-01-01"), [cite("63/2024/QĐ-UBND", "2024-10-24", province=NT, title=TITLE)]),
        ("b", plan("2/KH-UBND", "2025-01-02"), [cite("63/QĐ-UBND", date, province=NT, title=other)]),
    ])  # fmt: skip
    found = {_links(base, f"ninh-thuan/ubnd/2025/kh/0{n}")[0][1] for n in (1, 2)}
    assert (len(found) == 1) is one


def test_an_undated_citation_joins_by_the_first_part_of_a_title(tmp_path: Path) -> None:
    title = "về tiếp tục xây dựng, hoàn thiện tổ chức bộ máy"
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2025-12-01"), [cite("211-KL/TW", "2025-11-12", title=f"{title} trong thời gian tới")]),
        ("b", plan("2/KH-UBND", "2025-12-02"), [cite("211-KL/TW", title=f"{title}; nâng cao hiệu quả cấp xã")]),
    ])  # fmt: skip
    assert _links(base, "ninh-thuan/ubnd/2025/kh/02")[0][:2] == ("resolved", "tw/tw/2025/kl/211")


@pytest.mark.parametrize(("title", "sentence", "linked"), [
    ("về phát triển kinh tế biển xanh", "thể chế hóa định hướng phát triển kinh tế biển xanh theo Nghị quyết số 77-NQ/TW",
     True),
    ("về một số giải pháp lớn, tăng cường bảo vệ, chăm sóc và nâng cao sức khỏe người cao tuổi",
     "định hướng tăng cường bảo vệ, chăm sóc và nâng cao sức khỏe người cao tuổi theo Nghị quyết số 77-NQ/TW", True),
    ("về phát triển kinh tế biển xanh", "thể chế hóa định hướng phát triển kinh tế rừng theo Nghị quyết số 77-NQ/TW", False),
    ("về kinh tế biển", "thể chế hóa định hướng kinh tế biển theo Nghị quyết số 77-NQ/TW", False),  # too few words
    (None, "theo Nghị quyết số 77-NQ/TW", False),
])  # fmt: skip
def test_an_undated_citation_joins_where_its_sentence_says_the_title(
    tmp_path: Path, title: str | None, sentence: str, linked: bool
) -> None:
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2025-06-01"), [cite("77-NQ/TW", "2025-05-04", body="TW", title=title)]),
        ("b", plan("2/KH-UBND", "2025-06-02"), [cite("77-NQ/TW", body="TW", text=sentence)]),
    ])  # fmt: skip
    status, target = _links(base, "ninh-thuan/ubnd/2025/kh/02")[0][:2]
    assert (status, target) == (("resolved", "tw/tw/2025/nq/77") if linked else ("ambiguous", ""))
