"""The page of the check and its twin in the API: a file or a text in, findings out, nothing kept."""

from __future__ import annotations

import io
import tempfile
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_support import client

from corpus.worker import Reader
from web.http.heavy import Places
from web.http.problems import Problem

PAGE, CALL = "/kiem-tra", "/api/v1/check"
DRAFT = Path(__file__).parent.parent / "corpus" / "drafts" / "ninh-thuan-kh-ubnd-2022.docx"
WRONG = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 14/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận;"
RIGHT = "24/12/2021"


def upload(name: str = "dự thảo.docx", data: bytes | None = None, **fields: str) -> dict[str, object]:
    sent = DRAFT.read_bytes() if data is None else data
    return {"data": {"file": (io.BytesIO(sent), name), **fields}, "content_type": "multipart/form-data"}


def test_a_file_is_shown_with_its_findings(bundled: FlaskClient) -> None:
    page = bundled.post(PAGE, **upload()).get_data(as_text=True)
    assert "dự thảo.docx" in page and RIGHT in page and 'class="error"' in page


def test_a_pasted_text_too_and_in_english(bundled: FlaskClient) -> None:
    page = bundled.post(f"{PAGE}?lang=en", data={"text": WRONG}).get_data(as_text=True)
    assert RIGHT in page and "Something is to be mended" in page


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("html", "text/html"),
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("sarif", "application/sarif+json"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_the_report_can_be_downloaded(bundled: FlaskClient, form: str, kind: str) -> None:
    for answer in (
        bundled.post(PAGE, **upload(dang=form)),
        bundled.post(f"{CALL}?format={form}", **upload()) if form != "json" else None,
    ):
        assert answer is None or (answer.status_code, answer.mimetype) == (200, kind)


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"text": WRONG}},
        {"data": WRONG.encode(), "content_type": "text/plain"},
        {"data": DRAFT.read_bytes(), "content_type": "application/octet-stream"},
        upload(),
    ],
    ids=["json", "text", "bytes", "form"],
)
def test_programs_may_send_it_as_they_like(bundled: FlaskClient, sent: dict) -> None:
    told = bundled.post(f"{CALL}?name=a.docx", **sent).get_json()
    (finding,) = [one for one in told["findings"] if one["severity"] == "error"]
    assert finding["code"] == "date_other" and RIGHT in finding["suggestion"] and not told["passed"]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (upload(data=b"PK\x03\x04 cut"), 422, "unreadable_file"),
        (upload(data=b""), 422, "unreadable_file"),
        ({"json": {"words": "x"}}, 400, "bad_json"),
        ({"data": b"\xff\xfe\xfa", "content_type": "text/plain"}, 400, "bad_encoding"),
        ({"data": {"text": "  "}}, 400, "no_text"),
        ({"json": {"text": WRONG}, "query_string": {"format": "docx"}}, 422, "no_comments"),
        ({**upload("draft.txt", WRONG.encode()), "query_string": {"format": "docx"}}, 422, "no_comments"),
    ],
)
def test_what_cannot_be_checked_is_told(bundled: FlaskClient, sent: dict, status: int, code: str) -> None:
    answer = bundled.post(CALL, **sent)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_too_large_a_file_is_refused(sample_kb: Path) -> None:
    small = client(sample_kb, draft_bytes=1000, draft_text_bytes=1000)
    answer = small.post(CALL, **upload())
    assert answer.status_code == 413 and answer.get_json()["code"] == "too_large"


def test_nothing_of_a_draft_is_kept(bundled: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert bundled.post(CALL, **upload()).status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_a_draft_of_fifty_thousand_characters_is_no_problem(bundled: FlaskClient) -> None:
    text = "\n".join(
        f"{n}. Thực hiện Quyết định số {n}/QĐ-UBND ngày 05/3/2020 của UBND tỉnh Ninh Thuận." for n in range(700)
    )
    assert len(text) > 50_000
    assert len(bundled.post(CALL, json={"text": text}).get_json()["citations"]) == 700


class TestPlaces:
    """Heavy requests wait for a place, a few of them; more are told to come back."""

    def test_a_tool_is_made_once_and_used_again(self) -> None:
        made: list[object] = []
        places = Places(1, 0, 1.0, lambda: made.append(object()) or made[-1])
        tools = []
        for _ in range(3):
            with places.taken() as tool:
                tools.append(tool)
        assert len(made) == 1 and tools == made * 3

    def test_more_than_may_wait_are_turned_away_at_once(self) -> None:
        places = Places(1, 0, 30.0, object)
        inside, leave = threading.Event(), threading.Event()

        def stay() -> None:
            with places.taken():
                inside.set()
                leave.wait(10)

        thread = threading.Thread(target=stay)
        thread.start()
        assert inside.wait(10)
        with pytest.raises(Problem) as turned_away, places.taken():
            raise AssertionError("admitted")
        leave.set()
        thread.join()
        assert turned_away.value.status == 503 and turned_away.value.headers["Retry-After"]
        with places.taken():  # the place is free again
            pass


def test_a_reader_lives_on_after_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    from corpus.errors import Refused

    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04 cut")
    reader = Reader()
    try:
        with pytest.raises(Refused):
            reader.read(tmp_path / "cut.docx")
        assert reader.read(DRAFT)[0].format == "docx"
        reader.close()
        assert reader.read(DRAFT)[0].format == "docx"
    finally:
        reader.close()
