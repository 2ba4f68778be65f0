"""What each verb answers, in words and as JSON, on the bundled collection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cancu.cli import main


class Ask:
    """Calls the command on one knowledge base."""

    def __init__(self, kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.kb, self.capsys = kb, capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        self.capsys.readouterr()
        assert main([*words, "--kb", str(self.kb)]) == code
        said = self.capsys.readouterr()
        self.err = said.err
        return said.out

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code))


@pytest.fixture
def ask(sample_kb: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    return Ask(sample_kb, capsys)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_lookup_says_who_implements_with_the_sentence_and_the_place(ask: Ask) -> None:
    answer = one_line(ask("lookup", "2395", "qd", "ubnd"))
    assert "Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận" in answer
    assert "nay là Khánh Hòa" in answer
    assert "ninh-thuan-421-kh-ubnd-2022.txt:9" in answer
    assert "Triển khai thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021" in answer


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["2395 qd ubnd"], "ok", 0),
        (["79/2025/QĐ-UBND"], "multiple", 0),
        (["79/2025/QĐ-UBND", "--province", "Hà Tĩnh"], "ok", 0),
        (["79/2025/QĐ-UBND", "--date", "2025-11-21"], "ok", 0),
        (["2396/QĐ-UBND"], "not_found", 1),
        (["thi đua"], "unparsable", 3),
    ],
)
def test_lookup_statuses_and_exit_codes(ask: Ask, words: list[str], status: str, code: int) -> None:
    found = ask.json("lookup", *words, code=code)
    assert found["status"] == status
    assert list(found)[:5] == ["query", "normalized", "status", "matches", "suggestions"]
    assert len(found["matches"]) == {"ok": 1, "multiple": 2}.get(status, 0)


def test_lookup_shows_a_chooser_that_tells_the_two_apart(ask: Ask) -> None:
    answer = ask("lookup", "79/2025/QĐ-UBND")
    for words in ("Bắc Ninh", "2025-11-21", "Hà Tĩnh", "2025-11-24", "ha-tinh/ubnd/2025/qd/79"):
        assert words in answer


def test_lookup_of_what_is_no_number_gives_an_example(ask: Ask) -> None:
    assert ask("lookup", "thi", "đua", code=3) == ""
    assert "2395/QĐ-UBND" in ask.err


@pytest.mark.parametrize(
    ("query", "kind", "code"),
    [
        ("2395/QĐ-UBND", "document", 0),
        ("79/2025/QĐ-UBND", "chooser", 0),
        ("thư điện tử công vụ", "text", 0),
        ("thu dien tu cong vu", "text", 0),
        ("loại:kế_hoạch tuyên truyền", "text", 0),
        ("xylophon", "text", 1),
    ],
)
def test_search_kinds_and_exit_codes(ask: Ask, query: str, kind: str, code: int) -> None:
    assert ask.json("search", query, code=code)["kind"] == kind


def test_search_finds_and_shows_why(ask: Ask) -> None:
    answer = one_line(ask("search", '"thư điện tử công vụ"'))
    assert "bac-ninh/ubnd/2025/qd/79" in answer
    assert "Cơ quan:" in answer


def test_a_wrong_query_is_pointed_at(ask: Ask) -> None:
    assert ask("search", 'tỉnh:"ninh thuận', code=3) == ""
    query, caret = ask.err.splitlines()[-2:]
    assert query.strip() == 'tỉnh:"ninh thuận'
    assert query[caret.index("^")] == '"'


def test_trace_draws_the_lineage_with_its_proofs(ask: Ask) -> None:
    answer = one_line(ask("trace", "18/KH-SKHCN", "--direction", "up"))
    for words in ("2395/QĐ-UBND", "76/NQ-CP", "ninh-thuan-2395-qd-ubnd-2021.txt:13"):
        assert words in answer


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["--depth", "1"], {"18/KH-SKHCN", "681/QĐ-UBND", "2395/QĐ-UBND", "1535/KH-SKHCN"}),
        (["--depth", "1", "--relation", "based_on"], {"18/KH-SKHCN", "681/QĐ-UBND"}),
    ],
)
def test_trace_depth_and_relations(ask: Ask, words: list[str], numbers: set[str]) -> None:
    trace = ask.json("trace", "18/KH-SKHCN", "--direction", "up", *words)
    assert numbers <= {node["number"] for node in trace["nodes"]}
    assert "76/NQ-CP" not in {node["number"] for node in trace["nodes"]}
    if "--relation" in words:
        assert {edge["relation"] for edge in trace["edges"]} == {"based_on"}


def test_trace_takes_an_id_and_does_not_choose_among_several(ask: Ask) -> None:
    assert ask.json("trace", "ha-tinh/ubnd/2025/qd/79")["start"] == "ha-tinh/ubnd/2025/qd/79"
    assert ask.json("trace", "79/2025/QĐ-UBND", code=1)["status"] == "multiple"
    assert "loves" in (ask("trace", "18/KH-SKHCN", "--relation", "loves", code=2) + ask.err)


def test_stats_count_what_was_ingested(ask: Ask, samples: Path) -> None:
    counts = ask.json("stats")
    assert counts["files"] == counts["held"] == len(list(samples.iterdir()))
    assert str(counts["citations"]) in ask("stats")


DRAFT = """UBND TỈNH QUẢNG NGÃI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                         Độc lập - Tự do - Hạnh phúc

Số:     /KH-SNV                Quảng Ngãi, ngày 12 tháng 5 năm 2022

KẾ HOẠCH
Cải cách hành chính năm 2022

{line}
"""


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;", set()),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", {"effect_amended"}),
        (
            "Căn cứ Nghị định số 110/2004/NĐ-CP ngày 08 tháng 4 năm 2004 của Chính phủ về công tác văn thư;",
            {"effect_ended", "effect_amended"},
        ),
        ("Căn cứ Nghị định số 24/2014/NĐ-CP ngày 04/4/2014 của Chính phủ;", {"effect_amended"}),
        ("Căn cứ Quyết định số 93/QĐ-UBND ngày 25/01/2022 của UBND tỉnh;", {"date_other"}),
        ("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2021 của Chính phủ;", {"date_year"}),
        ("Căn cứ Nghị quyết số 93/NQ-HĐND của HĐND tỉnh;", {"ambiguous_one", "date_missing"}),
        (
            "Thực hiện Quyết định số 79/2025/QĐ-UBND ngày 21/11/2025 của UBND tỉnh Bắc Ninh;",
            {"date_after_draft"},
        ),
    ],
)
def test_check_finds_what_is_to_be_mended(ask: Ask, tmp_path: Path, line: str, kinds: set[str]) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT.format(line=line), encoding="utf-8")
    failed = bool(kinds - {"effect_amended"})
    report = ask.json("check", str(draft), code=int(failed))
    assert {finding["code"] for finding in report["findings"]} - {"title_missing"} == kinds
    assert report["passed"] is not failed
    assert {place["line"] for finding in report["findings"] for place in finding["places"]} <= {9}


def test_check_says_what_it_could_not_check(ask: Ask, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        DRAFT.format(line="Thực hiện Kế hoạch số 999/KH-UBND ngày 03/3/2022 của UBND tỉnh;"), encoding="utf-8"
    )
    report = ask.json("check", str(draft))
    assert [(one["number"], one["verdict"]) for one in report["citations"]] == [("999/KH-UBND", "not_found")]
    said = ask("check", str(draft))
    assert "Không nguồn nào có 999/KH-UBND" in said and "1 không thấy" in said and "có toàn văn" in said


@pytest.mark.parametrize(
    ("name", "repealed"),
    [
        ("ha-tinh-79-2025-qd-ubnd.pdf", {"09/2022/QĐ-UBND", "08/2025/QĐ-UBND"}),
        ("bac-ninh-79-2025-qd-ubnd.html", {"27/2018/QĐ-UBND"}),
        ("tw-30-2020-nd-cp.pdf", {"110/2004/NĐ-CP", "09/2010/NĐ-CP"}),
    ],
)
def test_what_a_decision_repeals_is_not_held_against_it(ask: Ask, samples: Path, name: str, repealed: set[str]) -> None:
    cited = json.loads(ask("extract", str(samples / name), "--jsonl"))["citations"]
    assert repealed <= {one["number"] for one in cited if one["relation"] in ("repeals", "replaces")}
    assert main(["check", str(samples / name), "--kb", str(ask.kb), "--json"]) in (0, 1)
    findings = json.loads(ask.capsys.readouterr().out)["findings"]
    assert [finding["number"] for finding in findings if finding["code"] == "effect_ended"] == []


def test_check_of_a_file_that_cannot_be_read(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty.docx").touch()
    assert ask("check", str(tmp_path / "empty.docx"), code=3) == ""
    assert "empty.docx" in ask.err


def test_export_writes_every_format_whole_and_twice_the_same(ask: Ask, tmp_path: Path) -> None:
    for name, begins in (("jsonl", "{"), ("csv", "\ufeffsource,"), ("graphml", "<?xml"), ("jsonld", "{")):
        printed = ask("export", "--format", name)
        target = tmp_path / f"out.{name}"
        assert ask("export", "--format", name, "--output", str(target)) == ""
        assert target.read_bytes().decode("utf-8") == printed
        assert printed.startswith(begins)
        assert "2395/QĐ-UBND" in printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.graphml", "out.jsonl", "out.jsonld"]


def test_export_to_where_nothing_can_be_written(ask: Ask, tmp_path: Path) -> None:
    assert ask("export", "--output", str(tmp_path / "nowhere" / "out.jsonl"), code=3) == ""
    assert "nowhere" in ask.err and "--output" in ask.err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_extract_shows_a_table_of_citations(lang: str, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(samples / "ninh-thuan-421-kh-ubnd-2022.txt"), "--lang", lang]) == 0
    said = capsys.readouterr()
    assert "421/KH-UBND · 2022-01-28 · UBND · Ninh Thuận" in said.out
    assert {"vi": "Nguyên văn", "en": "As printed"}[lang] in said.out


def test_extract_takes_a_province_for_texts_that_name_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Căn cứ Quyết định số 12/QĐ-UBND ngày 03/3/2022 của UBND tỉnh;\n", encoding="utf-8")
    provinces = []
    for words in ([], ["--province", "Quảng Ngãi"]):
        assert main(["extract", str(draft), "--jsonl", *words]) == 0
        provinces.append(json.loads(capsys.readouterr().out)["citations"][0]["province"])
    assert provinces == ["?", "Quảng Ngãi"]


def test_text_is_what_offsets_refer_to(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("binh-dinh-3809-qd-ubnd-2021.docx", "quang-ngai-93-nq-hdnd-2021.html", "tw-30-2020-nd-cp.pdf"):
        assert main(["text", str(samples / name)]) == 0
        text = capsys.readouterr().out
        assert main(["extract", str(samples / name), "--jsonl"]) == 0
        for citation in json.loads(capsys.readouterr().out)["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["text"]


def test_rebuild_finds_the_same_again(ask: Ask, tmp_path: Path, samples: Path) -> None:
    ask.kb = tmp_path / "kb"
    ask("ingest", str(samples))
    before = ask.json("search", "cải cách hành chính", "--per-page", "50")
    for engine in ("whoosh", "tantivy"):
        assert ask.json("rebuild", "--index", engine)["indexed"] == ask.json("stats")["documents"]
        after = ask.json("search", "cải cách hành chính", "--per-page", "50")
        assert {item["id"] for item in after["items"]} == {item["id"] for item in before["items"]}


def test_remove_takes_a_text_out_and_keeps_what_is_cited(ask: Ask, tmp_path: Path, samples: Path) -> None:
    ask.kb = tmp_path / "kb"
    ask("ingest", str(samples))
    file = str(samples / "ninh-thuan-2395-qd-ubnd-2021.txt")
    assert ask.json("remove", file) == {"removed": [file], "unknown": []}
    (match,) = ask.json("lookup", "2395/QĐ-UBND")["matches"]
    assert match["role"] == "cited_only"
    assert ask.json("remove", "ninh-thuan/skhcn/2022/kh/18")["removed"] == [
        str(samples / "ninh-thuan-18-kh-skhcn-2022.md")
    ]
    assert ask.json("lookup", "18/KH-SKHCN", code=1)["status"] == "not_found"
    assert ask.json("remove", "nonsense.txt", code=1)["unknown"] == ["nonsense.txt"]


def test_corrections_are_added_listed_applied_and_removed(ask: Ask, tmp_path: Path, samples: Path) -> None:
    ask.kb = tmp_path / "kb"
    plan = samples / "ninh-thuan-18-kh-skhcn-2022.md"
    ask("ingest", str(plan))
    assert ask.json("corrections", "list", code=1) == []
    edges = ask.json("trace", "18/KH-SKHCN", "--direction", "up")["edges"]
    wrong = next(edge for edge in edges if edge["number"] == "681/QĐ-UBND")
    place = f"{wrong['file']}@{wrong['start']}"

    report = ask.json("corrections", "add", "relation", place, "implements", "--reason", "đối chiếu", "--author", "An")
    assert (report["corrections"], report["files"], report["missed"]) == (1, 1, [])
    edges = ask.json("trace", "18/KH-SKHCN", "--direction", "up")["edges"]
    assert {edge["relation"] for edge in edges if edge["number"] == "681/QĐ-UBND"} == {"implements"}
    listed = ask("corrections", "list")
    assert "An" in listed and "đối chiếu" in listed
    lines = (ask.kb / "corrections.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == ["kind", "subject", "value", "author", "date", "reason"]

    assert ask.json("corrections", "remove", "1")["corrections"] == 0
    (tmp_path / "mine.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert ask.json("corrections", "apply", str(tmp_path / "mine.tsv"))["corrections"] == 1
    assert ask.json("rebuild", "--reread", "all")["reread"]["read"] == 1
    edges = ask.json("trace", "18/KH-SKHCN", "--direction", "up")["edges"]
    assert {edge["relation"] for edge in edges if edge["number"] == "681/QĐ-UBND"} == {"implements"}


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["add", "relation", "x.txt@1", "loves", "--reason", "r"], 3, "loves"),
        (["add", "relation", "x.txt@1", "cites", "--reason", "r"], 3, "x.txt"),
        (["add", "relation", "x.txt@1", "cites"], 2, "--reason"),
        (["remove", "7"], 3, "7"),
        (["apply", "nowhere.tsv"], 3, "nowhere.tsv"),
        (["undo"], 2, "undo"),
    ],
)
def test_a_correction_that_cannot_be_made_says_why(
    ask: Ask, tmp_path: Path, samples: Path, words: list[str], code: int, says: str
) -> None:
    ask.kb = tmp_path / "kb"
    ask("ingest", str(samples / "tw-76-nq-cp-2021.txt"))
    ask("corrections", *words, code=code)
    assert says in ask.err
