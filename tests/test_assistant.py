"""The tools for AI assistants, asked by the protocol's own client: in the process, over pipes, over HTTP beside the pages."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import waitress
from mcp import Client, StdioServerParameters

from cancu.cli import main
from web.app import create_app, open_front
from web.assistant.server import assistant

DECISION = "ninh-thuan/ubnd/2021/qd/2395"
TOOLS = {"check_text", "lookup", "document", "citations", "trace", "search"}


def ask(server: Any, tool: str, **values: Any) -> Any:
    """What the tool answers; an error's words where it refuses."""

    async def call() -> Any:
        async with Client(server) as client:
            told = await client.call_tool(tool, values)
            return told.content[0].text if told.is_error else told.structured_content

    return asyncio.run(call())


@pytest.fixture(scope="module")
def server(sample_kb: Path) -> Any:
    return assistant(open_front(sample_kb))


@pytest.fixture(scope="module")
def beside_pages(sample_kb: Path) -> Iterator[str]:
    made = waitress.create_server(create_app(sample_kb, requests_per_minute=0), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=made.run, daemon=True).start()
    yield f"http://127.0.0.1:{made.effective_port}"
    made.close()


def test_each_tool_says_what_it_does(server: Any) -> None:
    async def listed() -> Any:
        async with Client(server) as client:
            assert client.instructions
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listed())}
    assert set(tools) == TOOLS and all(tool.description for tool in tools.values())
    assert tools["lookup"].input_schema["required"] == ["number"]


def test_a_number_that_an_assistant_quotes_is_verified(server: Any) -> None:
    found = ask(server, "lookup", number="2395 qd ubnd")
    assert found["status"] == "ok" and found["matches"][0]["id"] == DECISION and found["scope"]
    missing = ask(server, "lookup", number="Nghị định 200/2023/NĐ-CP")
    assert missing["status"] == "not_found" and "văn bản" in missing["scope"]


def test_a_text_is_checked(server: Any) -> None:
    text = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 14/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận;"
    report = ask(server, "check_text", text=text)
    assert report["citations"][0]["verdict"] == "wrong" and "24/12/2021" in report["findings"][0]["suggestion"]
    assert report["coverage"]


@pytest.mark.parametrize("id", [DECISION, "/vb/" + DECISION, "2395/QĐ-UBND"])
def test_a_document_is_found_by_its_id_or_number(server: Any, id: str) -> None:
    assert ask(server, "document", id=id)["document"]["id"] == DECISION
    cited = ask(server, "citations", id=id)
    assert cited["total"] > 0 and all(one["sentence"] for one in cited["items"])
    assert any(node["id"] == DECISION for node in ask(server, "trace", id=id)["nodes"])


def test_words_are_searched(server: Any) -> None:
    found = ask(server, "search", query="cải cách hành chính")
    assert found["items"] and found["scope"]


@pytest.mark.parametrize(
    ("tool", "values", "words"),
    [
        ("document", {"id": "nowhere/x"}, "nowhere/x"),
        ("citations", {"id": DECISION, "relation": "loves"}, "implements"),
        ("citations", {"id": DECISION, "direction": "sideways"}, "direction"),
        ("search", {"query": 'năm:"'}, ""),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(server: Any, tool: str, values: dict, words: str) -> None:
    said = ask(server, tool, **values)
    assert isinstance(said, str) and words in said and "Traceback" not in said


def test_over_pipes(sample_kb: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "cancu", "mcp", "--kb", str(sample_kb)])
    assert ask(command, "lookup", number="2395/QĐ-UBND")["status"] == "ok"


def test_a_port_that_is_taken_is_told_in_words(sample_kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["mcp", "--http", str(port), "--kb", str(sample_kb)]) == 3
    assert str(port) in capsys.readouterr().err


def test_over_http_beside_the_pages(beside_pages: str) -> None:
    assert ask(f"{beside_pages}/mcp", "lookup", number="2395/QĐ-UBND")["status"] == "ok"
    from urllib.request import urlopen

    with urlopen(f"{beside_pages}/healthz") as page:
        assert page.status == 200
    assert ask(f"{beside_pages}/mcp", "document", id=DECISION)["document"]["id"] == DECISION
