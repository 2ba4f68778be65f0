"""One box over a knowledge base: numbers, words, fields, provinces of old and of today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build.ingest import ingest, rebuild
from indexer.engines.protocol import IndexUnusable
from indexer.query.language import QueryError
from indexer.query.ranking import spoken
from indexer.search import Search, open_search
from indexer.search_result import SearchResult
from indexer.snippets import Marked, Quoter
from kb.authority.fold import fold
from kb.service import KnowledgeBase


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def box(request: pytest.FixtureRequest, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    where = tmp_path_factory.mktemp("search") / "kb"
    ingest([samples], where, workers=1)
    if request.param == "tantivy":
        rebuild(where, engine="tantivy")
    base = KnowledgeBase.open(where)
    box = open_search(base, where)
    assert type(box.index).__name__.lower().startswith(request.param)
    yield box
    base.close()


def numbers(result: SearchResult) -> set[str | None]:
    return {item.document.number for item in result.items}


@pytest.mark.parametrize(
    "query",
    [
        "2395/QĐ-UBND",
        "2395 qd ubnd",
        "quyết định số 2395/QĐ-UBND",
        "2395/QB-UBND",
        "２３９５/QĐ-UBND",
        "2395/QÐ-UBND",
        "Số: 2395/QĐ-UBND",
        "số:2395",
        "qđ 2395 ninh thuận",
    ],
)
def test_a_number_in_any_shape_leads_to_the_document(box: Search, query: str) -> None:
    found = box(query)
    assert found.kind == "document"
    assert found.document is not None
    assert (found.document.number, found.document.province) == ("2395/QĐ-UBND", "Ninh Thuận")


def test_a_number_of_several_is_a_choice(box: Search) -> None:
    found = box("93")
    assert found.kind == "chooser" and found.lookup is not None
    assert {match.number for match in found.lookup.matches} == {"93/NQ-HĐND", "93/QĐ-UBND"}


def test_a_number_of_none_gives_near_misses_and_says_so(box: Search) -> None:
    found = box("2395/KH-UBND")
    assert found.kind == "near" and found.lookup is not None
    assert found.lookup.matches == ()
    assert "2395/QĐ-UBND" in {one.number for one in found.lookup.suggestions}
    off = box("2359/QĐ-UBND")
    assert off.kind == "near" and off.lookup is not None
    assert "2395/QĐ-UBND" in {one.number for one in off.lookup.suggestions}
    assert "one_digit_off" in {warning["code"] for warning in off.lookup.warnings}


@pytest.mark.parametrize(
    "query",
    ["ai ký quyết định 2395/QĐ-UBND", "kế hoạch cải cách hành chính theo 2395/QĐ-UBND"],
)
def test_a_number_among_words_leads_and_text_stands_below(box: Search, query: str) -> None:
    found = box(query)
    assert found.kind == "text" and found.lookup is not None
    assert [one.number for one in found.lookup.matches] == ["2395/QĐ-UBND"]


@pytest.mark.parametrize(
    "query",
    [
        "kế hoạch cải cách hành chính giai đoạn 2021-2025",
        "kế hoạch 5 năm 2021-2025",
        "d) Tổ chức thực hiện kế hoạch",
        "Giám đốc: Nguyễn Văn A",
        "10 năm",
        "cải cách hành chính " * 60,
        "cải cách hành chính (giai đoạn hai), tỉnh Ninh Thuận: kế hoạch",
    ],
)
def test_words_are_searched_never_taken_for_a_number(box: Search, query: str) -> None:
    found = box(query)
    assert found.kind == "text" and found.lookup is None


def test_a_year_among_words_is_no_number(box: Search) -> None:
    assert box("kế hoạch 2022 ninh thuận").kind == "text"
    assert box("kế hoạch 421 ninh thuận").kind == "document"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('cải cách hành chính loại:kế_hoạch tỉnh:"ninh thuận"', {"421/KH-UBND"}),
        ('cai cach hanh chinh loai:ke_hoach tinh:"ninh thuan"', {"421/KH-UBND"}),
        ("dẫn:2395/QĐ-UBND", {"421/KH-UBND", "18/KH-SKHCN"}),
        ("được_dẫn_bởi:421/KH-UBND loại:quyết_định", {"2395/QĐ-UBND"}),
        ('type:decision province:"ninh thuan" year:2021 issuer:ubnd', {"2395/QĐ-UBND"}),
        ('loại:quyết_định cơquan:"ủy ban nhân dân" tỉnh:"khánh hòa" năm:2021..2021', {"2395/QĐ-UBND"}),
    ],
)
def test_fields_narrow(box: Search, query: str, expected: set[str]) -> None:
    found = box(query)
    assert found.kind == "text"
    assert expected <= numbers(found)
    assert box(f'{query} -tỉnh:"ninh thuận"').total == 0


@pytest.mark.parametrize(
    ("accented", "plain"),
    [("cải cách hành chính", "cai cach hanh chinh"), ('"năng lực cạnh tranh"', '"nang luc canh tranh"')],
)
def test_diacritics_do_not_decide_what_is_found(box: Search, accented: str, plain: str) -> None:
    assert box(accented).total == box(plain).total > 0
    assert numbers(box(accented)) == numbers(box(plain))


def test_a_phrase_stands_together(box: Search) -> None:
    assert 0 < box('"cải cách hành chính"').total <= box("cải cách hành chính").total
    assert box('"chính hành cách cải"').total == 0
    assert box('"cải cách hành chính" -"cải cách hành chính"').total == 0


def test_either_side(box: Search) -> None:
    left, right = box("loại:kế_hoạch"), box("loại:quyết_định")
    assert box("loại:kế_hoạch OR loại:quyết_định").total == left.total + right.total


def test_a_province_is_found_by_its_name_of_today_with_a_note(box: Search) -> None:
    for query in ("khánh hòa", 'tỉnh:"khánh hòa"', "khanh hoa cai cach"):
        found = box(query)
        assert "2395/QĐ-UBND" in numbers(found)
        assert [note.code for note in found.notes] == ["province_merged"]
        assert "Ninh Thuận" in found.notes[0].vi and "01/7/2025" in found.notes[0].vi
    old = box('tỉnh:"ninh thuận"')
    assert "Khánh Hòa" in old.notes[0].vi and "Khánh Hòa" in old.notes[0].en


def test_the_name_of_a_province_is_marked_as_a_whole(box: Search) -> None:
    for item in box("khánh hòa cải cách").items:
        marked = [words.lower() for words, found in item.snippet if found]
        assert "hòa" not in marked, "a part of the name, from the national motto"


def test_every_item_says_why(box: Search) -> None:
    for item in box('"cải cách hành chính"').items:
        if item.document.role == "held":
            marked = [words for words, found in item.snippet if found]
            assert "cai cach hanh chinh" in map(fold, marked)
            assert len("".join(words for words, _ in item.snippet)) < 400


def test_facets_and_filters(box: Search) -> None:
    whole = box("kế hoạch")
    facets = {name: dict(values) for name, values in whole.facets.items()}
    assert sum(facets["role"].values()) == whole.total
    for value, count in facets["type"].items():
        narrowed = box("kế hoạch", filters={"type": [value]})
        assert narrowed.total == count
        assert dict(narrowed.facets["type"]) == facets["type"]
    number = box("2395/QĐ-UBND", filters={"role": ["held"]})
    assert number.kind == "text" and "2395/QĐ-UBND" in numbers(number)


def test_pages(box: Search) -> None:
    whole = box("kế hoạch", per_page=100)
    paged = [
        item.document.id for page in range(1, whole.total + 2) for item in box("kế hoạch", page=page, per_page=2).items
    ]
    assert paged == [item.document.id for item in whole.items]


@pytest.mark.parametrize(
    ("query", "at", "words"),
    [
        ("loại:xyz", 5, "Không có loại văn bản nào tên “xyz”"),
        ("a tỉnh:atlantis", 7, "Không có tỉnh, thành phố nào tên “atlantis”"),
        ("quan_hệ:yêu", 8, "Không có quan hệ nào tên “yêu”"),
        ("vai_trò:vua", 8, "không phải là vai trò"),
        ('kế hoạch "cải', 9, "chưa được đóng"),
    ],
)
def test_a_wrong_query_is_explained(box: Search, query: str, at: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        box(query)
    assert caught.value.at == at
    assert words in caught.value.vi


def test_json_is_whole_and_stable(box: Search) -> None:
    for query in ("93", "2395/QĐ-UBND", "9/QĐ-ABC", "kế hoạch"):
        once, again = json.dumps(box(query).to_json()), json.dumps(box(query).to_json())
        assert once == again
        assert set(json.loads(once)) == {
            *(
                "query",
                "kind",
                "total",
                "page",
                "per_page",
                "document",
                "lookup",
                "items",
                "facets",
                "notes",
                "did_you_mean",
            )
        }


def test_suggests_numbers_and_titles(box: Search) -> None:
    assert [one.number for one in box.suggest("239")][:1] == ["2395/QĐ-UBND"]
    titled = [f" {fold(one.title or '')}" for one in box.suggest("cải cách hành")]
    assert titled and all(f" {word}" in title for word in ("cai", "cach", "hanh") for title in titled)
    assert box.suggest("") == box.suggest("%") == []


def test_suggests_first_what_a_number_in_any_shape_means(box: Search) -> None:
    meant = box.suggest("qđ 2395 ninh thuận")
    assert (meant[0].number, meant[0].province) == ("2395/QĐ-UBND", "Ninh Thuận")
    assert [one.number for one in box.suggest("2395/KH-UBND")] == ["2395/QĐ-UBND"], "the same digits, other letters"
    assert len(box.suggest("93", limit=1)) == 1


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("CCHC", "cchc"),
        ("kĩ thuật", "kỹ thuật"),
        ("công ti", "công ty"),
        ("hòa bình", "hoà bình"),
        ("quyeets ddinhj", "quyết định"),
        ("hn", "hà nội"),
        ("sài gòn", "tp hcm"),
    ],
)
def test_spellings_of_one_thing_find_the_same(box: Search, query: str, same: str) -> None:
    assert {item.document.id for item in box(query, per_page=100).items} == {
        item.document.id for item in box(same, per_page=100).items
    }


@pytest.mark.parametrize("query", ["cchc", "CCHC"])
def test_an_abbreviation_finds_its_words(box: Search, query: str) -> None:
    assert numbers(box('"cải cách hành chính"')) <= numbers(box(query))


def test_telex_is_read_and_said(box: Search) -> None:
    assert [(note.code, "“quyết định”" in note.vi) for note in box("quyeets ddinhj").notes] == [("telex", True)]
    assert box("ke hoach").notes == ()


def test_a_number_or_a_law_typed_in_telex_leads_as_the_words_do(box: Search) -> None:
    asked, typed = box("quyết định 2395"), box("quyeets ddinhj 2395")
    assert (typed.kind, typed.document) == (asked.kind, asked.document)
    assert [item.document.id for item in box("luaatj caans booj").items] == [
        item.document.id for item in box("luật cán bộ").items
    ]


def test_where_no_document_has_all_words_the_best_come_and_the_missing_word_is_named(box: Search) -> None:
    found = box("kế hoạch cải cách hành chính blockchain")
    assert "2395/QĐ-UBND" in numbers(found)
    assert [(note.code, "“blockchain”" in note.vi) for note in found.notes] == [("missing", True)]
    assert box("kế hoạch cải cách hành chính").notes == ()
    assert box("loại:kế_hoạch blockchain").total == 0, "a field says just what is wanted"


@pytest.mark.parametrize(
    "query",
    [
        "quyết định 681 cải cách hành chính",
        "681 ubnd ninh thuận cải cách",
        "quyet dinh 681 cai cach",
    ],
)
def test_a_document_that_is_only_cited_is_found_by_type_number_issuer_and_title(box: Search, query: str) -> None:
    first = box(query).items[0]
    assert (first.document.number, first.document.role) == ("681/QĐ-UBND", "cited_only")
    assert any(found for _, found in first.snippet), "a sentence that cites it says why"


def test_a_figure_is_no_slip(box: Search) -> None:
    assert box("nghị quyết 76 cải cách hành chính").items[0].document.number == "76/NQ-CP"


def test_a_law_is_found_by_its_name_the_one_in_force_first(box: Search) -> None:
    for query in ("luật tổ chức chính quyền địa phương", "luat to chuc cqđp", "Luật Tổ chức chính quyền địa phương"):
        found = box(query)
        assert found.kind == "text" and found.lookup is not None
        assert found.lookup.matches and {one.type for one in found.lookup.matches} == {"luat"}
    assert box("luật pháp").lookup is None


@pytest.mark.parametrize("typed", ["cai cach hanh", "cải cách hành", "qđ 2395", "ke hoach 421", "ubnd ninh thuan"])
def test_suggests_at_each_keystroke_without_diacritics(box: Search, typed: str) -> None:
    assert box.suggest(typed)
    for end in range(2, len(typed)):
        assert box.suggest(typed[:end].strip()), typed[:end]


def test_an_unknown_filter_is_an_error_of_the_caller(box: Search) -> None:
    with pytest.raises(ValueError, match="no facet"):
        box("kế hoạch", filters={"colour": ["red"]})
    with pytest.raises(ValueError, match="no order"):
        box("kế hoạch", sort="random")


def test_without_an_index_it_says_what_to_do(tmp_path: Path) -> None:
    base = KnowledgeBase.open(tmp_path / "kb", create=True)
    with pytest.raises(IndexUnusable, match="cancu rebuild"):
        open_search(base, tmp_path / "kb")("kế hoạch")
    base.close()


def quoted(text: str, *runs: str, whole: bool = False, width: int = 60) -> str:
    marked = [Marked(tuple(spoken(run)), whole) for run in runs]
    return "".join(f"[{words}]" if found else words for words, found in Quoter(marked).quote(text, width))


@pytest.mark.parametrize(
    ("text", "runs", "whole", "expected"),
    [
        ("Thực hiện kế hoạch", ["kế hoạch"], False, "Thực hiện [kế hoạch]"),
        ("Thuc hien ke hoach", ["kế hoạch"], False, "Thuc hien [ke hoach]"),
        ("hoạch định kế hoạch", ["kế hoạch"], True, "hoạch định [kế hoạch]"),
        ("hoạch định kế\nhoạch", ["kế hoạch"], False, "hoạch định [kế hoạch]"),
        ("chuyển đổi số, đổi sở, so sánh", ["đổi số"], False, "chuyển [đổi số], đổi sở, so sánh"),
        ("doi so, đổi sở", ["đổi số"], False, "[doi so], đổi sở"),
        ("đổi sở", ["doi so"], False, "[đổi sở]"),
        ("kĩ thuật, kỹ thuật, kí", ["kỹ thuật"], False, "[kĩ thuật], [kỹ thuật], kí"),
        ("hoạch  định\n\n kế hoạch", ["định"], False, "hoạch [định] kế hoạch"),
        ("thực hiện 2395/QĐ-UBND ngay", ["2395 qđ ubnd"], True, "thực hiện [2395/QĐ-UBND] ngay"),
        ("kết quả kếhoạch", ["kế"], False, ""),
        ("", ["kế"], False, ""),
        ("Hoà bình", ["hòa"], False, "[Hoà] bình"),
        ("bán đất " * 30 + "bản đồ", ["bản"], False, "… " + "bán đất " * 3),
    ],
)
def test_quotes_what_was_found(text: str, runs: list[str], whole: bool, expected: str) -> None:
    got = quoted(text, *runs, whole=whole)
    if expected.startswith("… "):
        assert "[bản] đồ" in got  # the exact word is shown before its look-alikes
    else:
        assert got == expected


def test_quotes_from_deep_inside_a_long_text() -> None:
    got = quoted("lời mở đầu dài dòng " * 20_000 + "kế hoạch cuối cùng", "kế hoạch")
    assert got.endswith("[kế hoạch] cuối cùng")
