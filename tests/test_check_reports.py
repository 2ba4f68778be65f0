"""The report of a check in every form, what is silenced in it, and the command that writes it."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from cancu.cli import main
from corpus.blocks import Doubt, LinePlace
from corpus.source_text import Page
from corpus.worker import read_one
from kb.checking.catalogue import RULES
from kb.checking.silence import FILE
from kb.service import KnowledgeBase
from web.reports.draft import FORMATS, CheckedDraft, checked
from web.reports.files import report_file
from web.reports.marked import pieces

DRAFT = Path(__file__).parent.parent / "corpus" / "drafts" / "ninh-thuan-kh-ubnd-2022.docx"
WRONG, RIGHT = "14/12/2021", "24/12/2021"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def draft(sample_kb: Path) -> CheckedDraft:
    (source,) = read_one(DRAFT)
    return checked(KnowledgeBase.open(sample_kb), source, data=DRAFT.read_bytes())


def test_every_form_names_the_mistake_and_what_should_stand_there(draft: CheckedDraft) -> None:
    for form in FORMATS:
        made = report_file(form, [draft])
        words = zipfile.ZipFile(io.BytesIO(made)).read("word/comments.xml") if form == "docx" else made
        assert b"date_other" in words and RIGHT.encode() in words, form
        assert report_file(form, [draft]) == made or form == "docx", "the same input gives the same file"


def test_words_of_a_draft_are_never_markup(sample_kb: Path) -> None:
    text = "Căn cứ <script>alert(1)</script> Quyết định số 2395/QĐ-UBND ngày 14/12/2021 của UBND tỉnh Ninh Thuận;"
    (source,) = read_one(DRAFT)
    hostile = checked(KnowledgeBase.open(sample_kb), replace(source, text=text, blocks=(), name="<b>x</b>.docx"))
    page = report_file("html", [hostile]).decode()
    assert "<script>" not in page and "<b>x</b>" not in page and "&lt;script&gt;" in page


def test_beside_a_doubtful_date_of_a_scan_stands_the_picture_of_its_line(
    sample_kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ỦY BAN NHÂN DÂN\nCăn cứ Quyết định số 811/QĐ-UBND ngày 12/5/2021 của UBND tỉnh Ninh Thuận;"
    at = text.index("12/5/2021")
    line = LinePlace(16, len(text), 0.1, 0.2, 0.9, 0.22)
    (source,) = read_one(DRAFT)
    scan = replace(
        source, text=text, blocks=(), pages=(Page(1, 0, len(text), "ocr", 0.8),), places=(line,),
        doubts=(Doubt(at, at + len("12/5/2021"), 0.5, ("17/5/2021",)),),
    )  # fmt: skip
    asked: list[tuple[Path, int, LinePlace]] = []
    monkeypatch.setattr("corpus.line_picture.line_picture", lambda *told: asked.append(told) or b"\x89PNG")
    base = KnowledgeBase.open(sample_kb)
    page = report_file("html", [checked(base, scan, path=DRAFT)]).decode()
    assert page.count('<img src="data:image/png;base64,iVBORw==') == 1 and "17/5/2021" in page
    assert asked == [(DRAFT, 1, line)]
    assert "<img" not in report_file("html", [checked(base, scan)]).decode()


def test_the_page_holds_the_whole_text_and_a_place_for_each_finding(draft: CheckedDraft) -> None:
    assert "".join(piece.text for piece in pieces(draft.source.text, draft.report)) == draft.source.text
    page = etree.HTML(report_file("html", [draft], "en").decode())
    targets = {element.get("id") for element in page.iter() if element.get("id")}
    links = {element.get("href")[1:] for element in page.iter("a") if (element.get("href") or "").startswith("#")}
    assert links and links <= targets


def test_a_table_for_excel_has_a_row_for_each_finding(draft: CheckedDraft) -> None:
    rows = list(csv.DictReader(io.StringIO(report_file("csv", [draft, draft]).decode("utf-8-sig"))))
    assert len(rows) == 2 * len(draft.report.findings) > 0
    assert rows[0]["Mã"] == "date_other" and rows[0]["Dòng"] == "10" and RIGHT in rows[0]["Nên ghi"]


def test_sarif_points_to_the_rule_and_the_words(draft: CheckedDraft) -> None:
    told = json.loads(report_file("sarif", [draft], "en"))
    (run,) = told["runs"]
    assert told["version"] == "2.1.0" and {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(RULES)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert draft.source.text[start : start + region["charLength"]] == region["snippet"]["text"]
        assert draft.source.text[:start].count("\n") + 1 == region["startLine"]
    assert run["results"]


def test_the_word_copy_has_a_comment_at_the_words(draft: CheckedDraft) -> None:
    made = zipfile.ZipFile(io.BytesIO(report_file("docx", [draft])))
    body = etree.fromstring(made.read("word/document.xml"))
    commented, inside = "", False
    for element in body.iter():
        inside = inside or element.tag == f"{W}commentRangeStart"
        inside = inside and element.tag != f"{W}commentRangeEnd"
        commented += (element.text or "") if inside and element.tag == f"{W}t" else ""
    place = draft.report.findings[0].places[0]
    assert commented == draft.source.text[place.start : place.end]


def test_a_word_copy_of_what_is_no_word_file_is_refused_in_words(
    sample_kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "draft.txt").write_text("Căn cứ Luật Đất đai;", encoding="utf-8")
    assert main(["check", str(tmp_path / "draft.txt"), "--format", "docx", "--kb", str(sample_kb)]) == 3
    assert ".docx" in capsys.readouterr().err


class TestSilencing:
    """A finding that somebody accepts with a reason no longer counts, and is still told."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / DRAFT.name).write_bytes(DRAFT.read_bytes())
        return tmp_path

    def told(self, kb: Path, folder: Path, capsys: pytest.CaptureFixture[str], code: int, *more: str) -> dict:
        capsys.readouterr()
        assert main(["check", str(folder / DRAFT.name), "--json", "--kb", str(kb), *more]) == code
        return json.loads(capsys.readouterr().out)

    @pytest.mark.parametrize(
        ("entry", "code"),
        [
            ('code = "date_other"', 0),
            ('document = "2395/QĐ-UBND"', 0),
            ('document = "ninh-thuan/ubnd/2021/qd/2395"\ncode = "date_other"', 0),
            ('words = "2395/qđ-ubnd"', 0),
            ('code = "effect_ended"', 1),
            ('document = "1/QĐ-UBND"', 1),
            ('words = "2395/QĐ-UBND"\ncode = "effect_ended"', 1),
        ],
    )
    def test_by_a_file_beside_the_draft(
        self, sample_kb: Path, folder: Path, capsys: pytest.CaptureFixture[str], entry: str, code: int
    ) -> None:
        (folder / FILE).write_text(f'[[silence]]\n{entry}\nreason = "đã đối chiếu"\n', encoding="utf-8")
        report = self.told(sample_kb, folder, capsys, code)
        reasons = [one["silenced"] and one["silenced"]["vi"] for one in report["findings"]]
        assert ("đã đối chiếu" in reasons) == (code == 0) == (report["summary"]["silenced"] > 0)

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            ("[[silence]\n", "TOML"),
            ('[[silence]]\ncode = "date_other"\n', "reason"),
            ('[[silence]]\nreason = "x"\n', "code"),
            ('[[silence]]\ncode = "no_such"\nreason = "x"\n', "no_such"),
            ('[[silence]]\nkod = "date_other"\nreason = "x"\n', "kod"),
            ('silence = "x"\n', "[[silence]]"),
        ],
    )
    def test_a_wrong_file_is_told_in_words(
        self, sample_kb: Path, folder: Path, capsys: pytest.CaptureFixture[str], content: str, word: str
    ) -> None:
        (folder / FILE).write_text(content, encoding="utf-8")
        assert main(["check", str(folder / DRAFT.name), "--kb", str(sample_kb)]) == 3
        said = capsys.readouterr().err
        assert FILE in said and word in said

    def test_by_choice_of_rules(self, sample_kb: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.told(sample_kb, folder, capsys, 0, "--ignore", "date_other")
        self.told(sample_kb, folder, capsys, 0, "--only", "effect_ended")
        self.told(sample_kb, folder, capsys, 1, "--only", "date_other")
        assert main(["check", str(folder), "--only", "no_such", "--kb", str(sample_kb)]) == 3

    def test_by_an_earlier_report(self, sample_kb: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = folder / "before.json"
        before.write_text(json.dumps(self.told(sample_kb, folder, capsys, 1)), encoding="utf-8")
        self.told(sample_kb, folder, capsys, 0, "--baseline", str(before))
        before.write_text("{}", encoding="utf-8")
        assert main(["check", str(folder / DRAFT.name), "--baseline", str(before), "--kb", str(sample_kb)]) == 3


class TestManyDrafts:
    """Files, folders and standard input in one run."""

    def test_a_folder_is_checked_file_by_file_and_what_cannot_be_read_is_named(
        self, sample_kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a.docx").write_bytes(DRAFT.read_bytes())
        (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 cut")
        (tmp_path / "c.txt").write_text("Không dẫn gì.", encoding="utf-8")
        assert main(["check", str(tmp_path), "--format", "json", "--kb", str(sample_kb)]) == 3
        out, err = capsys.readouterr()
        assert [Path(one["document"]).name for one in json.loads(out)] == ["a.docx", "c.txt"] and "b.docx" in err

    def test_standard_input(
        self, sample_kb: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DRAFT.read_bytes())))
        assert main(["check", "-", "--json", "--kb", str(sample_kb)]) == 1
        assert json.loads(capsys.readouterr().out)["document"] == "-"

    def test_a_report_that_cannot_be_written_is_told_in_words(
        self, sample_kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "nowhere" / "report.html"
        assert main(["check", str(DRAFT), "--format", "html", "-o", str(target), "--kb", str(sample_kb)]) == 3
        assert "report.html" in capsys.readouterr().err and not target.parent.exists()

    def test_a_report_in_a_file(self, sample_kb: Path, tmp_path: Path) -> None:
        target = tmp_path / "report.html"
        assert main(["check", str(DRAFT), "--format", "html", "-o", str(target), "--kb", str(sample_kb)]) == 1
        assert RIGHT in target.read_text(encoding="utf-8")
