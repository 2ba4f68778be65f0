"""What happened to an article of a held text and who cites it, from its texts to the answers of library, API and
command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from web_support import client as client_of

from cancu.cli import main
from indexer.build.ingest import ingest
from kb.answers.export import export
from kb.errors import NotFoundError
from kb.identity.asked_part import asked_part, speaks_of
from kb.service import KnowledgeBase

TARGET = """BỘ TÀI CHÍNH
Số: 65/2019/TT-BTC
Hà Nội, ngày 16 tháng 9 năm 2019

THÔNG TƯ
Quy định về đào tạo

Điều 5. Hồ sơ
1. Một.
2. Hai.
Điều 6. Thời hạn
Ba.
"""
AMENDS = """BỘ TÀI CHÍNH
Số: 12/2024/TT-BTC
Hà Nội, ngày 05 tháng 3 năm 2024

THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 65/2019/TT-BTC

Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 65/2019/TT-BTC
1. Sửa đổi khoản 2 Điều 5 như sau:
“2. Mới.”
2. Bãi bỏ Điều 6.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 20 tháng 4 năm 2024.
"""
CITES = """ỦY BAN NHÂN DÂN TỈNH NINH THUẬN
Số: 18/KH-UBND
Ninh Thuận, ngày 10 tháng 5 năm 2023

KẾ HOẠCH
Đào tạo

1. Hồ sơ theo quy định tại khoản 1 Điều 5 Thông tư số 65/2019/TT-BTC.
2. Thời hạn theo Thông tư số 65/2019/TT-BTC.
"""
ID = "tw/btc/2019/tt/65"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in (("target", TARGET), ("amends", AMENDS), ("cites", CITES)):
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest([texts], folder / "kb", workers=1)
    return folder / "kb"


@pytest.fixture(scope="module")
def base(where: Path) -> KnowledgeBase:
    return KnowledgeBase.open(where)


@pytest.mark.parametrize("words", ["Điều 5", "điều 5", "dieu-5"])
def test_an_article_has_what_was_done_to_it_and_who_cites_it(base: KnowledgeBase, words: str) -> None:
    found = base.part(ID, words)
    assert found is not None
    (act,) = found.acts
    assert act.source is not None
    told = (act.relation, act.source.number, act.pinpoint, act.whole, act.effect_from)
    assert told == ("amends", "12/2024/TT-BTC", "khoản 2 Điều 5", False, "2024-04-20")
    assert act.sentence.startswith("1. Sửa đổi khoản 2 Điều 5") or "Sửa đổi khoản 2 Điều 5" in act.sentence
    (cited,) = found.citations
    assert (cited.pinpoint, cited.source.number if cited.source else None) == ("khoản 1 Điều 5", "18/KH-UBND")
    assert (found.anchor, (found.words or "")[:7]) == ("dieu-5", "Điều 5.")


def test_a_clause_has_only_what_speaks_of_it(base: KnowledgeBase) -> None:
    one, two = base.part(ID, "khoản 1 Điều 5"), base.part(ID, "Điều 6 khoản 1")
    assert one is not None and two is not None
    assert (len(one.acts), len(one.citations)) == (0, 1)
    assert [act.relation for act in two.acts] == ["repeals"]  # the article around it was repealed


def test_what_is_no_part_is_refused(base: KnowledgeBase) -> None:
    assert base.part(ID, "trang 5") is None
    with pytest.raises(NotFoundError):
        base.part("tw/btc/2019/tt/1", "Điều 5")


def test_the_api_answers_the_same(where: Path, base: KnowledgeBase) -> None:
    client = client_of(where)
    said = client.get(f"/api/v1/documents/{ID}/articles/dieu-5")
    found = base.part(ID, "Điều 5")
    assert found is not None
    assert (said.status_code, said.get_json()) == (200, json.loads(json.dumps(found.to_json())))
    assert client.get(f"/api/v1/documents/{ID}/articles/trang").status_code == 400


def test_the_command_line_answers_the_same(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["lookup", "65/2019/TT-BTC", "--kb", str(where), "--article"]
    assert main([*ask, "Điều 5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["acts"][0]["pinpoint"] == "khoản 2 Điều 5"
    assert main([*ask, "Điều 5"]) == 0
    assert "Sửa đổi khoản 2 Điều 5" in " ".join(capsys.readouterr().out.split())
    assert main([*ask, "Điều 99"]) == 1
    assert main([*ask, "trang 5"]) == 2


def test_an_export_has_the_acts_with_their_parts_and_days(base: KnowledgeBase) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(export(base.store, "csv")).lstrip("\ufeff"))))
    told = {(row["relation"], row["pinpoint"], row["whole"], row["effect_from"]) for row in rows}
    assert {("amends", "khoản 2 Điều 5", "False", "2024-04-20"), ("repeals", "Điều 6", "False", "2024-04-20")} <= told


SPEAKS = [
    ("khoản 2 Điều 5", "Điều 5", "inside"),
    ("Điều 5", "khoản 2 Điều 5", "around"),
    ("khoản 1-3 Điều 5", "khoản 2 Điều 5", "inside"),
    ("điểm a-c khoản 1 Điều 5", "điểm b khoản 1 Điều 5", "inside"),
    ("Điều 4; khoản 2, 7 Điều 5", "khoản 7 Điều 5", "inside"),
    ("khoản 2 Điều 6", "Điều 5", None),
    ("khoản 3 Điều 5", "khoản 2 Điều 5", None),
    ("Phụ lục I", "Điều 5", None),
]


@pytest.mark.parametrize(("pinpoint", "part", "expected"), SPEAKS)
def test_whether_a_pinpoint_speaks_of_a_part(pinpoint: str, part: str, expected: str | None) -> None:
    wanted = asked_part(part)
    assert wanted is not None
    assert speaks_of(pinpoint, wanted) == expected
