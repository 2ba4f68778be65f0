"""The registers that come with the program: loaded once, renewed when newer, and gone when taken out."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from cancu.cli import main
from indexer.build import registers
from kb.authority import laws
from kb.service import KnowledgeBase

CODIFICATION, LAW_TABLE = "Bộ pháp điển", "Bảng luật, bộ luật, pháp lệnh"
ENDED = "Văn bản hết hiệu lực theo Bộ pháp điển"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A base with the bundled registers and nothing else."""
    base = KnowledgeBase.open(tmp_path_factory.mktemp("bundled") / "kb", create=True)
    assert [(report.name, report.refused) for report in registers.load_bundled(base)] == [
        (CODIFICATION, 0), (ENDED, 0), (LAW_TABLE, 0),
    ]  # fmt: skip
    base.resolve()
    return base


def test_every_act_of_the_codification_is_a_document_with_its_own_facts(whole: KnowledgeBase) -> None:
    with open(registers.BUNDLED / "codification.csv", encoding="utf-8", newline="") as file:
        acts = list(csv.DictReader(file))
    rows = list(whole.all_register_rows(CODIFICATION))
    assert len(acts) == len(rows) == 3575
    documents = {row.document for row in rows}
    assert None not in documents and len(documents) == len(rows) - 1  # one is listed with two separators in its number
    for act, row in zip(acts, rows, strict=True):
        assert (row.date or "", row.issuer or "") == (act["Ngày ban hành"], act["Cơ quan ban hành"])
        assert (row.effect_from or "", row.as_of) == (act["Ngày có hiệu lực"], "2025-11-14")
        assert (row.title or "").endswith(act["Trích yếu"])
    (found,) = whole.lookup("13/2023/NĐ-CP").matches
    assert (found.id, found.title, found.date) == ("tw/cp/2023/nd/13", "Bảo vệ dữ liệu cá nhân", "2023-04-17")


def test_no_number_of_the_codification_is_torn_by_a_line_end() -> None:
    with open(registers.BUNDLED / "codification.csv", encoding="utf-8", newline="") as file:
        acts = list(csv.DictReader(file))
    assert [
        act["Số ký hiệu"] for act in acts if not act["Số ký hiệu"][-1].isalnum() and act["Số ký hiệu"][-1] != ")"
    ] == []
    rest_of_a_code = re.compile(r"[A-ZĐƯ&]{2,}(-[A-ZĐƯ&]{2,})* (?=\w)")
    assert [
        act["Trích yếu"] for act in acts if rest_of_a_code.match(act["Trích yếu"]) and not act["Trích yếu"].isupper()
    ] == []
    assert {"159/2006/NĐ-CP", "11/2020/TT-BGTVT", "18/2009/TTLT-BTNMT-BNV-BTC"} <= {act["Số ký hiệu"] for act in acts}


def test_the_law_table_joins_with_what_was_replaced(whole: KnowledgeBase) -> None:
    (one,) = (found for found in whole.registers() if found.name == LAW_TABLE)
    assert one.rows == one.placed == sum(law.number is not None for law in laws.LAWS)
    (row,) = (row for row in whole.registers_about("tw/qh/2013/qh13/45") if row.register == LAW_TABLE)
    assert (row.effect_from, row.effect_to, row.replaced_by) == ("2014-07-01", "2024-08-01", ("31/2024/QH15",))
    assert {row.register for row in whole.registers_about("tw/qh/2018/qh14/24")} == {CODIFICATION, LAW_TABLE}


def test_what_acts_of_the_codification_ended_is_told_with_its_day(whole: KnowledgeBase) -> None:
    (row,) = (row for row in whole.registers_about("tw/cp/2004/nd/110") if row.register == ENDED)
    assert (row.effect_to, row.status, row.replaced_by) == ("2020-03-04", "lapsed", ("30/2020/NĐ-CP",))
    rows = list(whole.all_register_rows(ENDED))
    assert [row.number for row in rows if row.date and row.effect_to and row.effect_to < row.date] == []


def test_they_are_put_in_once_and_what_was_taken_out_stays_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "registers"
    folder.mkdir()
    (folder / "a.csv").write_text("Số hiệu,Ngày ban hành\n24/2014/NĐ-CP,04/04/2014\n", encoding="utf-8")
    (folder / "a.toml").write_text(
        'name = "A"\nas_of = "2025-01-01"\nscope = "thử"\nrows = "a.csv"\n', encoding="utf-8"
    )
    monkeypatch.setattr(registers, "BUNDLED", folder)
    text = tmp_path / "a.txt"
    text.write_text("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;", encoding="utf-8")

    def ingest(*more: str) -> list[str]:
        assert main(["ingest", str(text), "--kb", str(tmp_path / "kb"), *more]) == 0
        base = KnowledgeBase.open(tmp_path / "kb")
        return [f"{one.name} {one.rows} {one.as_of}" for one in base.registers()]

    assert ingest() == []  # the tests' own setting
    monkeypatch.delenv("CANCU_BUNDLED_REGISTERS")
    assert ingest("--no-registers") == []
    assert ingest() == ["A 1 2025-01-01"]
    assert "A, 1 dòng" in capsys.readouterr().out
    assert ingest() == ["A 1 2025-01-01"]
    assert "A, 1" not in capsys.readouterr().out
    with open(folder / "a.csv", "a", encoding="utf-8") as file:
        file.write("30/2020/NĐ-CP,05/03/2020\n")
    assert ingest() == ["A 2 2025-01-01"]
    assert main(["register", "remove", "A", "--kb", str(tmp_path / "kb")]) == 0
    assert ingest() == []
    assert main(["register", "add", str(folder / "a.csv"), "--name", "A", "--kb", str(tmp_path / "kb")]) == 0
    (folder / "a.toml").write_text(
        'name = "A"\nas_of = "2026-01-01"\nscope = "thử"\nrows = "a.csv"\n', encoding="utf-8"
    )
    assert ingest() == ["A 2 None"]


def test_what_registers_alone_list_is_no_doubt_to_review_but_told_with_the_document(whole: KnowledgeBase) -> None:
    assert (whole.findings().total, whole.findings().items) == (0, ())
    (odd,) = whole.lookup("59/2017/NĐ-CP").matches
    found = whole.document(odd.id)
    assert found is not None and [one["code"] for one in found.warnings] == ["ordinal_order"]
