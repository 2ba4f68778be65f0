"""Relations of citations: the table ``data/relations.tsv`` of (what each citation is to the citing document, text).

The tables' head says how they are written.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import timing
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_texts import marked, relations
from relation_gold import figures

from kb.authority import load
from kb.reading.relations.cues import ROLES, cue_table
from kb.reading.relations.relate import relate
from kb.reading.text.text_forms import TextForms, fold

EXAMPLES = [
    (text, expected.split())
    for line in (Path(__file__).parent / "data" / "relations.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for expected, text in [line.split("\t")]
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_what_each_citation_is(text: str, expected: list[str]) -> None:
    assert relations(text) == expected


@pytest.mark.parametrize(
    ("text", "own_type", "expected"),
    [
        ("Rà soát, sửa đổi «Quyết định số 9/2022/QĐ-UBND»", "ke-hoach", "cites"),
        ("4. Về việc điều chỉnh «Nghị định số 105/2020/NĐ-CP»: giao Bộ", "thong-bao", "cites"),
        ("Điều chỉnh «Kế hoạch số 9/KH-UBND» như sau", "ke-hoach", "amends"),
        ("Trường hợp bổ sung máy móc quy định tại Phụ lục II ban hành kèm theo «Nghị định số 9/2025/NĐ-CP»",
         "quyet-dinh-ubnd", "promulgated_by"),
        ("1.2. Kiến nghị thực thi\nSửa đổi khoản 2 Điều 5 «Nghị định số 9/2025/NĐ-CP»", "quyet-dinh-ubnd", "cites"),
        ("tham mưu sửa đổi, bổ sung hoặc thay thế «Quyết định số 9/2022/QĐ-UBND»", "quyet-dinh-ubnd", "cites"),
        ("Hội đồng nhân dân ban hành Nghị quyết sửa đổi, bổ sung một số điều của «Nghị quyết số 9/2022/NQ-HĐND»",
         "nghi-quyet-hdnd", "amends"),
    ],
)  # fmt: skip
def test_only_a_document_that_can_act_acts(text: str, own_type: str, expected: str) -> None:
    assert relations(text, own_type) == [expected]


@pytest.mark.parametrize(
    ("text", "cue", "aspect"),
    [
        ("Thực hiện «Kế hoạch số 34/KH-UBND»", "Thực hiện", "new"),
        ("tiép tgc thue hién «Nghi dinh s6 130/2005/ND-CP»", "thue hién", "continue"),
        ("báo cáo kết quả triển khai thực hiện «Kế hoạch số 34/KH-UBND»", "triển khai thực hiện", "result"),
        ("tham mưu sửa đổi, bổ sung «Quyết định số 9/QĐ-UBND»", "sửa đổi, bổ sung", "future"),
        ("Căn cứ «Quyết định số 9/QĐ-UBND»", "Căn cứ", None),
    ],
)
def test_cue_and_aspect(text: str, cue: str, aspect: str | None) -> None:
    forms, mentions = marked(text)
    (relation,) = relate(forms, mentions)
    assert relation.cue is not None
    assert forms.source[slice(*relation.cue)] == cue
    assert relation.aspect == aspect


def test_a_footnote_takes_the_cue_of_its_anchor() -> None:
    anchor = "1. Tổ chức quán triệt sâu rộng các văn bản có liên quan[1];\n\n2. Khác.\n\n\n"
    assert relations(anchor + "[1] «Nghị quyết số 163/2024/QH15»; «Nghị quyết số 5/NQ-CP»") == [
        "disseminates",
        "disseminates",
    ]


def test_nothing_found_is_a_doubtful_cites() -> None:
    forms, mentions = marked("xem «Quyết định số 9/QĐ-UBND»")
    (relation,) = relate(forms, mentions)
    assert (relation.relation, relation.cue) == ("cites", None)
    assert relation.confidence < 0.5


def test_no_citations_no_relations() -> None:
    assert relate(TextForms("Căn cứ"), []) == []


def test_every_cue_is_found_in_its_own_phrase_and_belongs_to_the_vocabulary(project: Path) -> None:
    entries = json.loads((project / "kb/authority/data/cues.json").read_text(encoding="utf-8"))["entries"]
    table = cue_table(*ROLES)
    for entry in entries:
        for example in [entry["phrase"], *entry.get("match", ())]:
            hits = table.find(fold(example))
            assert any(hit.cue.phrase == entry["phrase"] for hit in hits), example
        for example in entry.get("no_match", ()):
            assert all(hit.cue.phrase != entry["phrase"] for hit in table.find(fold(example))), example


@pytest.mark.parametrize(("field", "value"), [("roles", ["vreb"]), ("relation", "basedon")])
def test_a_wrong_cue_file_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, field: str, value: object
) -> None:
    entry = {"phrase": "căn cứ", "relation": "based_on", "roles": ["verb"], field: value}
    (tmp_path / "cues.json").write_text(json.dumps({"entries": [entry]}), encoding="utf-8")
    monkeypatch.setattr(load, "DATA", tmp_path)
    cue_table.cache_clear()
    try:
        with pytest.raises(load.AuthorityError, match=rf"cues\.json.*căn cứ.*{field}"):
            cue_table("verb")
    finally:
        cue_table.cache_clear()


_WORDS = ["Căn cứ ", "thực hiện ", "được sửa đổi bởi ", "bãi bỏ ", "theo ", "; ", ".\n- ", "(", ")", " và ", ", "]
_WORDS += ["\n|\n", "[1] "]
_CITED = ["«Quyết định số 1/QĐ-UBND»", "«Luật Giá»", "«Nghị định số 2/2020/NĐ-CP ngày 1/1/2020»", "«TCVN 9001:2015»"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*_WORDS, *_CITED]), max_size=30))
def test_any_order_of_words_gives_one_sound_relation_each(pieces: list[str]) -> None:
    forms, mentions = marked("".join(pieces))
    found = relate(forms, mentions)
    assert len(found) == len(mentions)
    for index, relation in enumerate(found):
        assert 0 <= relation.confidence <= 1
        assert relation.parent is None or mentions[relation.parent].start < mentions[index].start
        assert relation.cue is None or 0 <= relation.cue[0] < relation.cue[1] <= len(forms.source)
    assert found == relate(forms, mentions)


_FILLERS = ["i " * 300, "\n" * 600, "1." * 300, "(" * 600, " sửa đổi bởi " * 40, "\n>>>>a" * 90]


@pytest.mark.parametrize("filler", _FILLERS)
def test_hostile_text_takes_linear_time(filler: str) -> None:
    def seconds(times: int) -> float:
        forms, mentions = marked(("«Quyết định số 1/QĐ-UBND»" + filler) * times)
        _ = forms.folded
        return timing.seconds(lambda: relate(forms, mentions))

    assert seconds(400) < 0.4 + 40 * seconds(40)


def test_gold_relations(shared: Path) -> None:
    plans = figures(shared / "gold/plans.jsonl", shared / "corpus/plans")
    seeds = figures(shared / "gold/seeds.jsonl", shared / "corpus/seeds")
    assert plans["relation"] >= 0.94
    assert plans["inverse"] >= 0.97
    assert seeds["relation"] >= 0.93
