"""What is known of a document: the best source's value is shown, with its source in words; the others stay visible."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.knowledge.known import _of_another
from kb.knowledge.statements import Source, Statement, agree, citing, ranked
from kb.service import KnowledgeBase
from tests.kb_fixtures import build, cite, plan

DECREE = "tw/cp/2014/nd/24"


def _decree(date: str, **fields: str):
    return cite("24/2014/NĐ-CP", date, type="nghi-dinh", **fields)


def _base(folder: Path, *dates: str, own: str | None = None) -> KnowledgeBase:
    documents = [
        (f"{n}.txt", plan(f"{n + 1}/KH-SKHCN", f"2021-01-0{n + 1}"), [_decree(date)]) for n, date in enumerate(dates)
    ]
    if own:
        documents.append(("nd.txt", plan("24/2014/NĐ-CP", own, None, type="nghi-dinh"), []))
    return build(folder / "base", documents)


@pytest.mark.parametrize(
    ("source", "vi", "en"),
    [
        (Source("own"), "theo chính văn bản", "by its own text"),
        (
            Source("register", name="Bộ pháp điển", as_of="2025-11-14"),
            "theo Bộ pháp điển đến 14/11/2025",
            "by Bộ pháp điển as of 14/11/2025",
        ),
        (Source("register", name="Sổ văn bản"), "theo Sổ văn bản", "by Sổ văn bản"),
        (Source("law_table"), "theo bảng luật của phần mềm", "by the program's table of laws"),
        (Source("citations", 31), "theo 31 văn bản", "by 31 texts"),
        (Source("citation"), "theo một văn bản", "by one text"),
    ],
)
def test_a_source_is_said_in_words(source: Source, vi: str, en: str) -> None:
    assert (source.text("vi"), source.text("en")) == (vi, en)


def test_sources_are_ranked_whatever_their_order() -> None:
    kinds = ("own", "register", "law_table", "citations", "citation")
    statements = [Statement("date", f"2021-01-0{n + 1}", Source(kind, 2)) for n, kind in enumerate(kinds)]
    assert [one.source.kind for one in _all(statements[::-1])][:3] == list(kinds[:3])
    for best in range(3):
        assert _all(statements[best:])[0].source.kind == kinds[best]


def _all(statements: list[Statement]) -> list[Statement]:
    found = ranked(statements)
    assert found is not None
    return [found.winner, *found.others]


@pytest.mark.parametrize(
    ("field", "one", "other", "both"),
    [
        ("date", "2024-12", "2024-12-22", True),
        ("date", "2024-12-22", "2023-12-22", False),
        ("issuer", "Bộ Chính trị", "Ban Bí thư", False),
        ("title", "về đột phá phát triển khoa học, công nghệ", "VỀ ĐỘT PHÁ PHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ", True),
        ("title", "về đột phá phát triển khoa học", "về phát triển kinh tế tư nhân", False),
        ("issuer", "Bộ trưởng Bộ Tài chính", "Bộ Tài chính", True),
        ("issuer", "Bộ Chính trị", "Ban Bí thư", False),
        ("issuer", "Thủ tướng Chính phủ", "Chính phủ", False),
        ("title", "Luật Thuỷ sản", "Luật Thủy sản", True),
    ],
)
def test_two_values_agree(field: str, one: str, other: str, both: bool) -> None:
    assert agree(field, one, other) is both
    assert agree(field, other, one) is both


def test_the_winner_of_the_vote_leads_whether_one_text_or_several_say_so() -> None:
    found = ranked(citing("date", [("2014-04-24", 1), ("2014-04", 5)]))
    assert found is not None
    assert found.winner.value == "2014-04-24"
    assert not found.disagreeing


def test_what_several_texts_say_wins_over_one_and_the_one_is_told(tmp_path: Path) -> None:
    base = _base(tmp_path, "2014-04-24", "2014-04-24", "2014-04-25")
    date = base.known([DECREE])[DECREE].fields["date"]
    assert (date.winner.value, date.winner.source.text()) == ("2014-04-24", "theo 2 văn bản")
    assert [(one.value, one.source.text()) for one in date.disagreeing] == [("2014-04-25", "theo một văn bản")]
    assert date.certain


def test_its_own_text_wins_over_all_who_cite_it(tmp_path: Path) -> None:
    base = _base(tmp_path, "2014-04-24", "2014-04-24", own="2014-04-25")
    known = base.known([DECREE, "no/such/id"])
    assert set(known) == {DECREE}
    date = known[DECREE].fields["date"]
    assert (date.winner.value, date.winner.source.kind) == ("2014-04-25", "own")
    assert [one.value for one in date.disagreeing] == ["2014-04-24"]


def test_one_citing_text_is_no_certainty(tmp_path: Path) -> None:
    date = _base(tmp_path, "2014-04-24").known([DECREE])[DECREE].fields["date"]
    assert not date.certain


def test_the_table_of_laws_stands_above_those_who_cite_a_law(tmp_path: Path) -> None:
    law = cite("31/2024/QH15", "2024-01-18", type="luat", title="về đất của chúng ta")
    base = build(tmp_path / "base", [("a.txt", plan("1/KH-SKHCN", "2025-02-03"), [law])])
    (known,) = base.known({one.id for one in base.documents(role="cited_only")}).values()
    assert known.value("title") == "Luật Đất đai"
    assert known.value("date") == "2024-01-18"
    assert known.source("date") == Source("law_table")
    assert known.value("effect_from") == "2024-08-01"


def test_a_date_years_away_from_the_number_is_a_slip(tmp_path: Path) -> None:
    known = _base(tmp_path, "2024-04-24").known([DECREE])[DECREE]
    assert known.value("date") is None


def test_the_date_of_the_turn_of_a_year_stands(tmp_path: Path) -> None:
    assert _base(tmp_path, "2015-01-05").known([DECREE])[DECREE].value("date") == "2015-01-05"


def test_a_ministry_is_no_issuer_of_a_number_of_the_government() -> None:
    assert _of_another("QH", "Bộ Tài chính")
    assert not _of_another("QH", "Quốc hội")
    assert not _of_another("BTC", "Bộ trưởng Bộ Tài chính")
