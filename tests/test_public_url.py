"""Links that go into reports carry the address that others can open; where none is known the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_support import client

from cancu.cli import main

PAGE = "/vb/ninh-thuan/ubnd/2021/qd/2395"
PUBLIC = "https://cancu.example.vn"


def test_the_permalink_is_under_the_public_address(sample_kb: Path) -> None:
    answer = client(sample_kb, public_url=PUBLIC).get(PAGE)
    assert f'<code id="permalink">{PUBLIC}{PAGE}</code>' in answer.text
    assert "--public-url" not in answer.text


@pytest.mark.parametrize(
    ("host", "here_only"), [("127.0.0.1:8000", True), ("localhost", True), ("may-chu:8000", False)]
)
def test_without_one_it_is_the_address_asked_at(sample_kb: Path, host: str, here_only: bool) -> None:
    answer = client(sample_kb).get(PAGE, base_url=f"http://{host}")
    assert f'<code id="permalink">http://{host}{PAGE}</code>' in answer.text
    assert ("--public-url" in answer.text) is here_only


def test_another_public_address_is_another_answer(sample_kb: Path) -> None:
    tags = {client(sample_kb, public_url=url).get(PAGE).headers["ETag"] for url in (None, PUBLIC)}
    assert len(tags) == 2


def test_lookup_prints_the_link(
    sample_kb: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["lookup", "2395 qd ubnd", "--kb", str(sample_kb)]
    assert main(asked) == 0
    assert "/vb/" not in capsys.readouterr().out
    assert main([*asked, "--public-url", PUBLIC + "/"]) == 0
    assert f"Địa chỉ bền: {PUBLIC}{PAGE}\n" in capsys.readouterr().out
    monkeypatch.setenv("CANCU_PUBLIC_URL", PUBLIC)
    assert main(["search", "2395 qd ubnd", "--kb", str(sample_kb)]) == 0
    assert f"{PUBLIC}{PAGE}\n" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["cancu.example.vn", "ftp://x", "https://", "https://x/?a=1"])
def test_what_is_no_address_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--public-url", wrong]) == 2
    assert "https://cancu.example.vn" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["0", "65536", "99999", "-1", "http"])
def test_what_is_no_port_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--port={wrong}"]) == 2
    assert "từ 1 đến 65535" in capsys.readouterr().err
    assert main(["serve", f"--port={wrong}", "--lang", "en"]) == 2
    assert "from 1 to 65535" in capsys.readouterr().err
