"""Relations of citations: tables of (text, what each citation is to the citing document).

In the texts a citation stands between « and » (type word to date and issuer). An expectation is the relation, with
``<`` before it where the cited document acts, and ``@n`` behind it where it is nested in the title of citation n.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relation_gold import figures

from kb.authority import load
from kb.reading.relation_cues import ROLES, cue_table
from kb.reading.relations import Mention, Relation, relate
from kb.reading.view import View, fold

_NUMBER = re.compile(r"\d+[a-z]?[/-][\w&/ -]+?(?=[ ,;.]|$)")
_TYPES = {
    "quyet dinh": "quyet-dinh-ubnd", "nghi dinh": "nghi-dinh", "nghi quyet": "nghi-quyet-cp", "luat": "luat",
    "thong tu": "thong-tu", "ke hoach": "ke-hoach", "chi thi": "chi-thi", "cong van": "cong-van",
    "to trinh": "to-trinh", "thong bao": "thong-bao", "bao cao": "bao-cao", "quyét dinh": "quyet-dinh-ubnd",
}  # fmt: skip


def marked(text: str) -> tuple[View, list[Mention]]:
    plain, mentions, open_at = "", [], 0
    for piece in re.split(r"([«»])", text):
        if piece == "«":
            open_at = len(plain)
        elif piece == "»":
            inside = plain[open_at:]
            found = _NUMBER.search(inside)
            kind = "number" if found else "standard" if inside.startswith("TCVN") else "named"
            start, end = (found.start(), found.end()) if found else (0, len(inside))
            word = next((type_ for words, type_ in _TYPES.items() if fold(inside).startswith(words)), None)
            mentions.append(Mention(open_at + start, open_at + end, kind, word, open_at, len(plain)))
        else:
            plain += piece
    return View(plain), mentions


def told(relation: Relation) -> str:
    nested = "" if relation.parent is None else f"@{relation.parent}"
    return ("<" if relation.inverse else "") + relation.relation + nested


def read(text: str, own_type: str | None = None) -> list[str]:
    view, mentions = marked(text)
    return [told(relation) for relation in relate(view, mentions, own_type=own_type)]


PREAMBLES = [
    ("Căn cứ «Luật Đất đai số 31/2024/QH15»;\nCăn cứ «Nghị định số 5/2024/NĐ-CP»;", ["based_on", "based_on"]),
    ("*Căn\ncứ «Nghị định số 5/2024/NĐ-CP của Chính phủ» về giá;*", ["based_on"]),
    ("Cian ctr «Quyét dinh s6 681/QD-UBND ngay 27/10/2021»;", ["based_on"]),
    ("Căn cứ «Nghị định số 63/2010/NĐ-CP» về kiểm soát thủ tục và «Nghị định số 92/2017/NĐ-CP» sửa đổi các nghị định;",
     ["based_on", "based_on"]),
    ("Xét đề nghị của Giám đốc Sở Tài chính tại «Tờ trình số 7/TTr-STC» và «Báo cáo số 9/BC-STP»,",
     ["based_on", "based_on"]),
    ("Xét «Tờ trình số 7/TTr-UBND» của Ủy ban nhân dân tỉnh;", ["based_on"]),
    ("Theo đề nghị của Sở Xây dựng tại «Tờ trình số 3/TTr-SXD».", ["based_on"]),
    ("Căn cứ «Quyết định số 1/QĐ-UBND» ban hành Kế hoạch;\n\nTriển khai «Kế hoạch số 2/KH-UBND» về tuyên truyền,",
     ["based_on", "implements"]),
    ("Căn cứ các Nghị định của Chính phủ: «số 8/2025/NĐ-CP» về kiểm tra; «số 9/2025/NĐ-CP» về xử lý;",
     ["based_on", "based_on"]),
    ("Căn cứ các quy định nêu trên, việc miễn tiền quy định tại «Nghị định số 103/2024/NĐ-CP» được áp dụng.", ["cites"]),
    ("1.11. Căn cứ pháp lý của TTHC:\n\n- «Luật Đất đai số 31/2024/QH15».\n\n- «Nghị định số 8/2022/NĐ-CP».",
     ["based_on", "based_on"]),
    ("|STT|\n**Căn cứ pháp lý**\n|\n|1|\n- «Luật Giá số 16/2023/QH15»;\n- «Nghị định 214/2025/NĐ-CP»;", ["based_on"] * 2),
    ("|STT|\n**Căn cứ pháp lý**\n|\n|1|\n- «Luật Giá số 16/2023/QH15»\n|STT|\nVăn bản\n|\n|1|\n- «Luật Thuế số 1/2023/QH15»",
     ["based_on", "cites"]),
]  # fmt: skip

NESTED = [
    ("Căn cứ «Nghị định số 7/2020/NĐ-CP» sửa đổi, bổ sung một số điều của «Nghị định số 4/2014/NĐ-CP»;",
     ["based_on", "amends@0"]),
    ("theo «Nghi dinh s 107/2020/ND-CP ngay 14/9/2020 cua Chinh phu» stra\nd6i, bd sung mot s6 dicu cia «Nghi dinh sO 24/2014/ND-CP»",
     ["cites", "amends@0"]),
    ("Căn cứ «Nghị định số 78/2025/NĐ-CP» quy định chi tiết và biện pháp thi hành «Luật Giá»;", ["based_on", "guides@0"]),
    ("Căn cứ «Thông tư số 5/2020/TT-BTC» hướng dẫn thực hiện «Nghị định số 4/2020/NĐ-CP»;", ["based_on", "guides@0"]),
    ("Thực hiện «Quyết định số 5/QĐ-UBND» ban hành Kế hoạch thực hiện «Nghị quyết số 9-NQ/TU»;",
     ["implements", "implements@0"]),
    ("Thực hiện «Kế hoạch số 8/KH-UBND» về triển khai «Nghị quyết số 71/NQ-CP» và «Kế hoạch số 28-KH/TU»; «Kế hoạch số 1-KH/BCĐ»",
     ["implements", "implements@0", "implements", "implements"]),
    ("Căn cứ «Thông tư số 60/2019/TT-BTC» bổ sung Điều 4 «Thông tư số 39/2015/TT-BTC».", ["based_on", "amends@0"]),
    ("Căn cứ «Luật Giá số 64/2025/QH15» được sửa đổi, bổ sung bởi «Luật số 87/2025/QH15»;", ["based_on", "<amends@0"]),
    ("- «Luật Giá số 22/2023/QH15» được sửa đổi, bổ sung tại «Luật số 57/2024/QH15», «Luật số 90/2025/QH15»;",
     ["cites", "<amends@0", "<amends@0"]),
    ("Căn cứ «Nghị định số 78/2025/NĐ-CP» hướng dẫn thi hành «Luật Giá» được sửa đổi, bổ sung bởi «Nghị định số 187/2025/NĐ-CP»;",
     ["based_on", "guides@0", "<amends@0"]),
    ("- «Nghị định số 23/2024/NĐ-CP» (được sửa đổi, bổ sung tại «Nghị định số 115/2024/NĐ-CP» và «Nghị định số 225/2025/NĐ-CP»);",
     ["cites", "<amends@0", "<amends@0"]),
    ("«Quyết định số 5/QĐ-BTC» công bố thủ tục được sửa đổi, bổ sung trong lĩnh vực giá quy định tại «Thông tư số 4/2025/TT-BTC»",
     ["cites", "cites@0"]),
    ("«Quyết định số 4/QĐ-BTC» đã được thay thế bởi «Quyết định số 5/QĐ-BTC».", ["cites", "<replaces@0"]),
    ("«Thông tư số 4/2024/TT-BTC» được đính chính bởi «Quyết định số 5/QĐ-BTC».", ["cites", "<corrects@0"]),
    ("2 Khoản này được bãi bỏ theo quy định tại điểm a khoản 1 Điều 3 của «Thông tư số 6/2024/TT-BTC».", ["<repeals"]),
    ("Căn cứ «Nghị định số 3/2025/NĐ-CP» sửa đổi một số điều của «Nghị định số 8/2025/NĐ-CP» quy định chi tiết «Luật Giá» "
     "và «Nghị định số 9/2025/NĐ-CP»;", ["based_on", "amends@0", "guides@1", "amends@0"]),
    ("Thực hiện «Quyết định số 9/QĐ-TTg» ban hành Chương trình (sau đây gọi tắt là «Quyết định số 9/QĐ-TTg»)",
     ["implements", "implements"]),
]  # fmt: skip

TASKS = [
    ("Thực hiện «Kế hoạch số 34/KH-UBND» và «Quyết định số 5/QĐ-UBND»;", ["implements", "implements"]),
    ("Tổ chức triển khai thực hiện các nhiệm vụ và giải pháp đề ra tại «Quyết định số 7/QĐ-BCA».", ["implements"]),
    ("4. Đối tượng: thuc hién theo «Quyét dinh s6 2395/QD-\nUBND ngay 24/12/2021».", ["implements"]),
    ("Tỉnh thực hiện theo chỉ đạo của Tổng Bí thư tại «Thông báo số 75-TB/VPTW»;", ["implements"]),
    ("Cụ thể hóa nhiệm vụ chủ yếu đề ra tại «Nghị quyết số 57-NQ/TW»", ["implements"]),
    ("Tổ chức quán triệt, triển khai thực hiện «Chỉ thị số 41-CT/TW»", ["implements"]),
    ("Tiếp tục quán triệt sâu sắc «Chỉ thị số 41-CT/TW»", ["disseminates"]),
    ("Tăng cường tuyên truyền sâu rộng «Luật Lâm nghiệp», «Luật Đất đai».", ["disseminates", "disseminates"]),
    ("Tuyên truyền kết quả triển khai th c hiện «Nghị quyết số 07-NQ/TU»", ["disseminates"]),
    ("Tuyên truyền các văn bản chỉ đạo của tỉnh về triển khai thực hiện công tác CCHC như: «Nghị quyết số 76/NQ-CP»; "
     "«Nghị quyết số 4-NQ/TU» và «Quyết định số 9/QĐ-UBND»", ["disseminates"] * 3),
    ("a) Tuyên truyền các văn bản chỉ đạo\n\n- «Nghị quyết số 76/NQ-CP» ban hành Chương trình.\n\n- «Nghị quyết số 5-NQ/TU» về cải cách.",
     ["disseminates", "disseminates"]),
    ("Kiém tra viéc thyc hién «Quyét dinh s6 20/2013/QD-UBND», «Chi thi s6 31-CT/TU»", ["monitors", "monitors"]),
    ("theo dõi, đôn đốc việc thực hiện «Nghị quyết số 9-NQ/TU»", ["monitors"]),
    ("theo quy định tại «Nghị định số 62/2020/NĐ-CP»; «Nghị định số 106/2020/NĐ-CP»", ["cites", "cites"]),
    ("phần mềm phải báo cáo kết quả theo «Công văn số 5/UBND-TH»", ["cites"]),
    ("Cục Thuế nhận được «Công văn số 400/HTI-QLDN1» về hóa đơn.", ["cites"]),
    ("Thực hiện nhiệm vụ, các đơn vị xử lý hồ sơ theo «Quyết định số 5/QĐ-UBND»", ["cites"]),
    ("quản lý chất lượng theo tiêu chuẩn quốc gia «TCVN ISO 9001:2015»", ["conforms_to"]),
    ("Bám sát nội dung «Nghị quyết số 163/2024/QH15»; «Quyết định số 7/QĐ-BCA»", ["cites", "cites"]),
    ("phù hợp với các Quy hoạch đã được Thủ tướng phê duyệt tại các «Quyết định: số 36/QĐ-TTg» về hạ tầng; «số 9/QĐ-TTg» "
     "về Thủ đô và «số 8/QĐ-TTg»", ["promulgated_by"] * 3),
    ("(Ban hanh kém «Quyét dinh sé 335/0P-SKHCN ngay 17/11/2020»)", ["promulgated_by"]),
    ("DANH MỤC THỦ TỤC ĐƯỢC SỬA ĐỔI, BÃI BỎ\n*(Kèm theo «Quyết định số 15/QĐ-UBND»)*", ["promulgated_by"]),
]  # fmt: skip

ACTS = [
    ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế «Quyết định số 43/2006/QĐ-UBND».", ["replaces"]),
    ("Quyết định này bãi bỏ «Quyết định số 4/QĐ-UBND» và «Quyết định số 5/QĐ-UBND».", ["repeals", "repeals"]),
    ("Điều 1. Sửa đổi, bổ sung khoản 2 Điều 12 của Quy định kèm theo «Nghị quyết số 9/2022/NQ-HĐND»", ["amends"]),
    ("Sửa đổi, bổ sung, bãi bỏ một số điều của «Nghị định số 9/2022/NĐ-CP»", ["amends"]),
    ("Thay thế cụm từ “Sở A” bằng cụm từ “Sở B” tại khoản 1 Điều 2 «Quyết định số 9/2022/QĐ-UBND»", ["amends"]),
    ("Điều 3. Quyết định này có hiệu lực và bãi bỏ:\n1. Khoản 3 Điều 1 «Quyết định số 23/2007/QĐ-UBND».\n2. Khoản 4 «Quyết định số 25/2007/QĐ-UBND».",
     ["repeals", "repeals"]),
    ("Các quyết định sau hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành:\na) «Quyết định số 8/2019/QĐ-UBND» về đê;\n"
     "b) «Quyết định số 9/2019/QĐ-UBND» về nước.", ["repeals", "repeals"]),
    ("Các thủ tục đã công bố tại các «Quyết định số 36/QĐ-BVH»;\n«Quyết định số 16/QĐ-BVH»; «Quyết định số 38/QĐ-BVH» hết\nhiệu lực.",
     ["repeals"] * 3),
    ("2. «Thông tư số 35/2017/TT-BTC ngày 29/12/2017» hết hiệu lực thi hành kể từ ngày Thông tư này có hiệu lực.", ["repeals"]),
    ("Tạm ngưng hiệu lực thi hành «Thông tư số 3/2017/TT-BTC».", ["suspends"]),
    ("Đình chỉ việc thi hành «Quyết định số 3/QĐ-UBND».", ["suspends"]),
    ("Đính chính lỗi kỹ thuật tại «Thông tư số 3/2017/TT-BTC»", ["corrects"]),
    ("Văn bản này được hợp nhất từ các văn bản sau:\n- «Thông tư số 3/2017/TT-BTC» về phí.\n- «Thông tư số 4/2018/TT-BTC» về lệ phí.",
     ["consolidates", "consolidates"]),
    ("Nghị định này quy định chi tiết một số điều của «Luật Giá số 16/2023/QH15».", ["guides"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PREAMBLES + NESTED + TASKS + ACTS)
def test_what_each_citation_is(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "own_type", "expected"),
    [
        ("Rà soát, sửa đổi «Quyết định số 9/2022/QĐ-UBND»", "ke-hoach", "cites"),
        ("4. Về việc điều chỉnh «Nghị định số 105/2020/NĐ-CP»: giao Bộ", "thong-bao", "cites"),
        ("Điều chỉnh «Kế hoạch số 9/KH-UBND» như sau", "ke-hoach", "amends"),
        ("tham mưu sửa đổi, bổ sung hoặc thay thế «Quyết định số 9/2022/QĐ-UBND»", "quyet-dinh-ubnd", "cites"),
        ("Hội đồng nhân dân ban hành Nghị quyết sửa đổi, bổ sung một số điều của «Nghị quyết số 9/2022/NQ-HĐND»",
         "nghi-quyet-hdnd", "amends"),
    ],
)  # fmt: skip
def test_only_a_document_that_can_act_acts(text: str, own_type: str, expected: str) -> None:
    assert read(text, own_type) == [expected]


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
    view, mentions = marked(text)
    (relation,) = relate(view, mentions)
    assert relation.cue is not None
    assert view.source[slice(*relation.cue)] == cue
    assert relation.aspect == aspect


def test_a_footnote_takes_the_cue_of_its_anchor() -> None:
    text = "1. Tổ chức quán triệt sâu rộng các văn bản có liên quan[1];\n\n2. Khác.\n\n\n[1] «Nghị quyết số 163/2024/QH15»; «Nghị quyết số 5/NQ-CP»"
    assert read(text) == ["disseminates", "disseminates"]


def test_nothing_found_is_a_doubtful_cites() -> None:
    view, mentions = marked("xem «Quyết định số 9/QĐ-UBND»")
    (relation,) = relate(view, mentions)
    assert (relation.relation, relation.cue) == ("cites", None)
    assert relation.confidence < 0.5


def test_no_citations_no_relations() -> None:
    assert relate(View("Căn cứ"), []) == []


def test_every_cue_is_found_in_its_own_phrase_and_belongs_to_the_vocabulary(project: Path) -> None:
    entries = json.loads((project / "kb/authority/data/cues.json").read_text(encoding="utf-8"))["entries"]
    table = cue_table(*ROLES)
    for entry in entries:
        for example in [entry["phrase"], *entry.get("match", ())]:
            hits = table.find(fold(example))
            assert any(hit.cue.phrase == entry["phrase"] for hit in hits), example
        for example in entry.get("no_match", ()):
            assert all(hit.cue.phrase != entry["phrase"] for hit in table.find(fold(example))), example


def test_a_wrong_cue_file_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cues.json").write_text('{"entries": [{"phrase": "căn cứ", "relation": "based_on", "roles": ["vreb"]}]}')
    monkeypatch.setattr(load, "DATA", tmp_path)
    cue_table.cache_clear()
    try:
        with pytest.raises(load.AuthorityError, match=r"cues\.json.*căn cứ.*vreb"):
            cue_table("verb")
    finally:
        cue_table.cache_clear()


_WORDS = ["Căn cứ ", "thực hiện ", "được sửa đổi bởi ", "bãi bỏ ", "theo ", "; ", ".\n- ", "(", ")", " và ", ", ", "\n|\n", "[1] "]
_CITED = ["«Quyết định số 1/QĐ-UBND»", "«Luật Giá»", "«Nghị định số 2/2020/NĐ-CP ngày 1/1/2020»", "«TCVN ISO 9001:2015»"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*_WORDS, *_CITED]), max_size=30))
def test_any_order_of_words_gives_one_sound_relation_each(pieces: list[str]) -> None:
    view, mentions = marked("".join(pieces))
    found = relate(view, mentions)
    assert len(found) == len(mentions)
    for index, relation in enumerate(found):
        assert 0 <= relation.confidence <= 1
        assert relation.parent is None or (relation.parent != index and mentions[relation.parent].start < mentions[index].start)
        assert relation.cue is None or 0 <= relation.cue[0] < relation.cue[1] <= len(view.source)
    assert found == relate(view, mentions)


@pytest.mark.parametrize("filler", ["i " * 300, "\n" * 600, "1." * 300, "(" * 600, " sửa đổi bởi " * 40, "\n>>>>a" * 90])
def test_hostile_text_takes_linear_time(filler: str) -> None:
    def seconds(times: int) -> float:
        view, mentions = marked(("«Quyết định số 1/QĐ-UBND»" + filler) * times)
        _ = view.folded
        begun = time.perf_counter()
        relate(view, mentions)
        return time.perf_counter() - begun

    assert seconds(400) < 0.4 + 40 * seconds(40)


def test_gold_relations(shared: Path) -> None:
    plans = figures(shared / "gold/plans.jsonl", shared / "corpus/plans")
    seeds = figures(shared / "gold/seeds.jsonl", shared / "corpus/seeds")
    assert plans["relation"] >= 0.94
    assert plans["inverse"] >= 0.97
    assert seeds["relation"] >= 0.93
