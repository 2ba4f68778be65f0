"""What machines ask for: measurements, health, linked data, sitemaps, the browser's box, odd but legal addresses."""

from __future__ import annotations

import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from web_support import client

from web.app import create_app
from web.http import openapi
from web.http.metrics import AllProcesses
from web.http.wire import create_server

API = "/api/v1"
DECISION = "/vb/ninh-thuan/ubnd/2021/qd/2395"
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_measurements_count_answers_and_tell_the_size_of_the_base(sample_kb: Path) -> None:
    own = client(sample_kb)
    for _ in range(3):
        own.get(f"{API}/lookup?number=93")
    own.get("/nowhere")
    answer = own.get("/metrics")
    assert answer.mimetype == "text/plain" and answer.headers["Cache-Control"] == "no-store"
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["cancu_answers_total", "300", "GET", "api.lookup"] == 3
    assert found["cancu_answers_total", "404", "GET", "none"] == 1
    assert found["cancu_answer_seconds_count", "api.lookup"] == 3
    assert found["cancu_base", "documents"] == own.get(f"{API}/stats").get_json()["documents"]


def test_measurements_wait_for_a_process_that_is_just_starting(tmp_path: Path) -> None:
    """Its file of counts is there, and empty, before it has a form."""
    (tmp_path / "counter_1.db").touch()
    starting = threading.Timer(0.2, lambda: os.truncate(tmp_path / "counter_1.db", 1 << 20))
    starting.start()
    registry = CollectorRegistry()
    AllProcesses(registry, str(tmp_path))
    assert generate_latest(registry) == b""
    starting.join()


def test_health_says_what_is_ready(bundled: FlaskClient, sample_kb: Path) -> None:
    assert bundled.get("/healthz").get_json()["ready"] == {"store": True, "index": True}
    without = client(sample_kb, index="whoosh:/nowhere/at/all").get("/healthz")
    assert without.status_code == 200
    assert without.get_json()["status"] == "degraded" and without.get_json()["ready"]["index"] is False


def test_the_index_names_every_operation(bundled: FlaskClient) -> None:
    named = {(one["path"], one["method"]) for one in bundled.get(API).get_json()["operations"]}
    assert named == {
        (path, method.upper()) for path, methods in openapi.document()["paths"].items() for method in methods
    }
    for address in bundled.get(API).get_json()["links"].values():
        assert bundled.get(address).status_code == 200


def test_the_page_of_a_document_carries_it_as_linked_data(bundled: FlaskClient) -> None:
    held = bundled.get(f"{API}/search?role=held&relation=based_on").get_json()["items"][0]
    page = bundled.get(held["url"]).text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])  # type: ignore[index]
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    eli = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
    (subject,) = graph.subjects(rdflib.RDF.type, eli.LegalResource)
    assert str(graph.value(subject, eli.id_local)) == held["number"]
    assert list(graph.objects(subject, eli.based_on))


def test_browsers_and_search_engines_find_their_way(bundled: FlaskClient) -> None:
    home = bundled.get("/").text
    assert 'href="/opensearch.xml"' in home
    box = ElementTree.fromstring(bundled.get("/opensearch.xml").data)
    template = next(one for one in box if one.tag.endswith("Url")).attrib["template"]
    assert template == "http://localhost/tim?q={searchTerms}"
    maps = ElementTree.fromstring(bundled.get("/sitemap.xml").data)
    links: list[str] = []
    for one in maps.iter(f"{XML}loc"):
        part = ElementTree.fromstring(bundled.get(str(one.text)).data)
        links += [str(place.text) for place in part.iter(f"{XML}loc")]
    assert len(links) - len(set(links)) == 0
    assert f"http://localhost{DECISION}" in links and "http://localhost/thay-doi" in links
    assert all(bundled.get(link).status_code == 200 for link in links[:12])
    assert bundled.get("/sitemap-99.xml").status_code == 404
    assert "Sitemap: http://localhost/sitemap.xml" in bundled.get("/robots.txt").text
    icon = bundled.get("/favicon.ico")
    assert icon.status_code == 200 and icon.data[:4] == b"\x00\x00\x01\x00"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", W/{}', "*"])
def test_a_tag_that_the_client_holds_is_honoured_weak_too(bundled: FlaskClient, form: str) -> None:
    tag = bundled.get(DECISION).headers["ETag"]
    assert bundled.get(DECISION, headers={"If-None-Match": form.format(tag)}).status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        f"{API}/lookup?number=" + "9" * 3000,
        f"{API}/search?q=a&issuer=" + "b" * 3000,
        f"{API}/documents/" + "c" * 3000,
        f"{API}/search?q=" + "d" * 100_000,
        f"{API}/search?" + "e" * 3000 + "=1",
        f"{API}/registers/" + "f" * 3000,
    ],
)
def test_errors_are_short_whatever_was_sent(bundled: FlaskClient, address: str) -> None:
    answer = bundled.get(address)
    assert answer.status_code in (400, 404, 414)
    assert len(answer.data) < 3000


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"op": "lookup", "number": "2395/QĐ-UBND"}, 200),
        ({"op": "lookup", "number": "93"}, 300),
        ({"op": "document", "id": DECISION.removeprefix("/vb/")}, 200),
        ({"op": "search", "q": "công", "colour": "red"}, 200),
        ({"op": "search"}, 400),
        ({"op": "health"}, 200),
    ],
)
def test_the_api_is_tried_on_a_page(bundled: FlaskClient, asked: dict[str, str], status: int) -> None:
    page = bundled.get("/thu-api", query_string=asked | {"goi": "1"})
    assert page.status_code == 200 and "curl" in page.text
    called = bundled.get("/thu-api.json", query_string=asked | {"goi": "1"}).get_json()["called"]
    assert called["status"] == status
    again = bundled.get(called["address"])
    assert again.status_code == status and again.text.startswith(called["answer"])


def test_a_text_is_sent_from_the_page_and_nothing_of_it_is_run(bundled: FlaskClient) -> None:
    text = "<script>alert(1)</script> Căn cứ Quyết định số 2395/QĐ-UBND"
    page = bundled.post("/thu-api", data={"op": "extract", "goi": "1", "text": text})
    assert "2395/QĐ-UBND" in page.text and "<script>alert" not in page.text
    assert all(
        bundled.get(f"/thu-api?op={one['operation']}").status_code == 200
        for one in bundled.get(API).get_json()["operations"]
    )


@pytest.fixture(scope="module")
def port(sample_kb: Path) -> Iterator[int]:
    server = create_server(create_app(sample_kb, requests_per_minute=0), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)
    server.close()


def sent(port: int, request: bytes) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall(request)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/api/v1/lookup?number=2395/QĐ-UBND", 200),
        ("/so/2395/QĐ-UBND", 303),
        ("/tim?q=kế%20hoạch", 200),
        ("/api/v1/search?q=cải+cách", 200),
        ("//api/v1/stats", 200),
        ("/api/v1/stats?", 200),
        ("/vb/../api/v1/stats", 404),
        ("/%00", 400),
        ("/%ff%fe", 404),
        ("/tim?q=%ff%fe", 200),
        ("/api/v1/search?q=" + "a" * 9000, 414),
        ("http://elsewhere.vn/healthz", 200),
    ],
)
def test_raw_and_odd_addresses_are_answered(port: int, target: str, status: int) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    assert sent(port, request)[0] == status


def test_headers_that_are_too_large_are_refused(port: int) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"a" * 262_100
    status, answer = sent(port, head)
    assert status == 431 and len(answer) < 1000
