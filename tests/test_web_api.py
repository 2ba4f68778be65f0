"""The JSON API: status codes, errors, caching, paging, origin rules; on knowledge bases made from real files."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_support import CROWD, client

from web.http import openapi

API = "/api/v1"
DECISION = "ninh-thuan/ubnd/2021/qd/2395"


@pytest.mark.parametrize(
    "typed",
    [
        "2395 qd ubnd",
        "2395/QĐ-UBND",
        "2395/QB-UBND",
        "quyết định số 2395/QĐ-UBND",
        "2395/QÐ-UBND",
        "２３９５/QĐ-UBND",
        "2395/qd-ubnd",
        unicodedata.normalize("NFD", "2395/QĐ-UBND"),
    ],
)
def test_one_document_in_whatever_shape_it_is_typed(seeds: FlaskClient, typed: str) -> None:
    answer = seeds.get(f"{API}/lookup", query_string={"number": typed})
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["status"] == "ok" and body["normalized"] == "2395/QĐ-UBND"
    (match,) = body["matches"]
    assert (match["id"], match["province"], match["date"]) == (DECISION, "Ninh Thuận", "2021-12-24")


def test_several_documents_are_300_with_all_of_them(seeds: FlaskClient) -> None:
    answer = seeds.get(f"{API}/lookup?number=93")
    assert answer.status_code == 300 and "Location" not in answer.headers
    body = answer.get_json()
    assert body["status"] == "multiple"
    assert {(one["number"], one["date"]) for one in body["matches"]} == {
        ("93/NQ-HĐND", "2021-12-08"),
        ("93/QĐ-UBND", "2022-01-24"),
    }


def test_none_is_404_with_near_misses_and_nonsense_is_a_400_problem(seeds: FlaskClient) -> None:
    missing = seeds.get(f"{API}/lookup?number=2395/NQ-UBND")
    assert missing.status_code == 404 and missing.get_json()["status"] == "not_found"
    assert DECISION in [one["id"] for one in missing.get_json()["suggestions"]]
    nonsense = seeds.get(f"{API}/lookup?number=kh%C3%B4ng%20ph%E1%BA%A3i%20s%E1%BB%91")
    assert nonsense.status_code == 400 and nonsense.mimetype == "application/problem+json"
    assert nonsense.get_json()["code"] == "unparsable"


def test_a_misset_party_number_is_put_right_and_said_so(seeds: FlaskClient) -> None:
    answer = seeds.get(f"{API}/lookup?number=05/NQ-TU&province=ninh-thuan")
    body = answer.get_json()
    assert answer.status_code == 200 and body["normalized"] == "05-NQ/TU"
    assert "party_order_fixed" in [warning["code"] for warning in body["warnings"]]


def test_the_same_answer_is_not_sent_twice(seeds: FlaskClient) -> None:
    for path in (f"{API}/lookup?number=2395/QĐ-UBND", f"{API}/lookup?number=93", f"/vb/{DECISION}", "/"):
        first = seeds.get(path)
        tag = first.headers["ETag"]
        assert not tag.startswith("W/")
        again = seeds.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"") and again.headers["ETag"] == tag
        assert seeds.get(path, headers={"If-None-Match": '"other"'}).status_code == first.status_code
        assert "max-age=300" in first.headers["Cache-Control"]
    html = seeds.get(f"/vb/{DECISION}").headers["ETag"]
    assert seeds.get(f"/vb/{DECISION}.json", headers={"If-None-Match": html}).status_code == 200
    packed = seeds.get(f"/vb/{DECISION}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["ETag"] != html


def test_a_changed_base_has_new_tags(samples: Path, tmp_path: Path) -> None:
    from cancu.cli import main

    first, second = sorted(samples.glob("*.txt"))[:2]
    kb = tmp_path / "kb"
    assert main(["ingest", str(first), "--kb", str(kb)]) == 0
    here = client(kb)
    old = here.get(f"{API}/stats")
    assert main(["ingest", str(second), "--kb", str(kb)]) == 0
    new = here.get(f"{API}/stats", headers={"If-None-Match": old.headers["ETag"]})
    assert new.status_code == 200
    assert new.headers["X-Cancu-Build"] != old.headers["X-Cancu-Build"]
    assert new.get_json()["held"] > old.get_json()["held"]


def test_the_document_and_its_citations_have_the_agreed_fields(seeds: FlaskClient) -> None:
    document = seeds.get(f"{API}/documents/{DECISION}").get_json()
    expected = {
        "id",
        "url",
        "number",
        "type",
        "type_name",
        "date",
        "body",
        "issuer",
        "province",
        "province_now",
        "unit",
    }
    expected |= {"title", "role", "status", "office_citation", "cited_by", "cites", "variants", "files", "evidence"}
    assert expected | {"warnings"} <= set(document)
    assert document["office_citation"].startswith("Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của")
    page = seeds.get(f"{API}/documents/{DECISION}/citations?direction=in").get_json()
    assert page["total"] == 5 and set(page["by_relation"]) >= {"implements", "based_on", "disseminates"}
    assert len({edge["source"]["id"] for edge in page["items"]}) == 2
    for edge in page["items"]:
        start, end = edge["highlight"]
        assert "2395" in edge["sentence"][start:end]
        assert edge["file"].endswith(".txt") and edge["line"] > 0


def test_lineage_goes_both_ways(seeds: FlaskClient) -> None:
    down = seeds.get(f"{API}/documents/{DECISION}/trace?direction=down").get_json()
    assert {node["depth"] for node in down["nodes"]} == {0, 1}
    assert len([edge for edge in down["edges"] if edge["target"]["id"] == DECISION]) == 5
    up = seeds.get(f"{API}/documents/{DECISION}/trace?direction=up").get_json()
    assert [node["id"] for node in up["nodes"]] == [DECISION]


def test_lists_come_in_pages_with_links(odd: FlaskClient) -> None:
    path = f"{API}/documents/ninh-thuan/ubnd/2021/qd/500/citations"
    first = odd.get(f"{path}?per_page=20")
    body = first.get_json()
    assert (body["total"], body["pages"], len(body["items"])) == (CROWD + 1, 3, 20)
    assert body["links"]["prev"] is None
    assert f'<{body["links"]["next"]}>; rel="next"' in first.headers["Link"]
    seen = [edge["file"] for edge in body["items"]]
    while body["links"]["next"]:
        body = odd.get(body["links"]["next"]).get_json()
        seen += [edge["file"] for edge in body["items"]]
    assert len(seen) == len(set(seen)) == CROWD + 1


PREAMBLE = (
    "Thực hiện Chương trình hành động số 09-CTr/TU ngày 14/5/2021 của Tỉnh ủy và Quyết định số 3809/QĐ-UBND ngày "
    "14/9/2021 của UBND tỉnh ban hành Kế hoạch thực hiện Chương trình hành động số 09-CTr/TU ngày 14/5/2021 của Tỉnh "
    "ủy;"
)


@pytest.mark.parametrize("newlines", ["\n", "\r\n"])
def test_a_pasted_text_comes_back_with_right_offsets(seeds: FlaskClient, newlines: str) -> None:
    text = f"Căn cứ pháp lý 🏛:{newlines}{PREAMBLE}"
    answer = seeds.post(f"{API}/extract", json={"text": text, "province": "Bình Định"})
    assert answer.status_code == 200
    citations = answer.get_json()["citations"]
    assert [one["number"] for one in citations] == ["09-CTr/TU", "3809/QĐ-UBND", "09-CTr/TU"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in citations)
    assert citations[2]["parent"] == 1
    assert citations[1]["resolved"]["document"]["id"] == "binh-dinh/ubnd/2021/qd/3809"
    plain = seeds.post(
        f"{API}/extract?province=B%C3%ACnh%20%C4%90%E1%BB%8Bnh", data=text.encode(), content_type="text/plain"
    )
    assert plain.data == answer.data


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b'{"text": "' + b"a" * 70_000 + b'"}', "application/json", 413, "too_large"),
        (b"{", "application/json", 400, "bad_json"),
        (b"[]", "application/json", 400, "bad_json"),
        (b'{"text": 5}', "application/json", 400, "bad_json"),
        (b'{"text": "a", "province": 5}', "application/json", 400, "bad_json"),
        (b'{"text": "\\ud800"}', "application/json", 400, "bad_json"),
        (b"[" * 50_000, "application/json", 400, "bad_json"),
        (b"\xff\xfe", "text/plain", 400, "bad_encoding"),
        (b"   ", "text/plain", 400, "no_text"),
        (b"<x/>", "application/xml", 415, "unsupported_type"),
        (b"", "application/json", 400, "bad_json"),
    ],
)
def test_bad_bodies_are_named(bundled: FlaskClient, body: bytes, kind: str, status: int, code: str) -> None:
    answer = bundled.post(f"{API}/extract", data=body, content_type=kind)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.mimetype == "application/problem+json"


def test_a_problem_has_the_members_of_rfc_9457_in_both_languages(bundled: FlaskClient) -> None:
    vi = bundled.get(f"{API}/search?q=x&per_page=999").get_json()
    en = bundled.get(f"{API}/search?q=x&per_page=999&lang=en").get_json()
    assert {"type", "title", "status", "detail", "instance"} <= set(vi)
    assert (vi["status"], vi["parameter"]) == (400, "per_page") and vi["detail"] != en["detail"]
    assert f'id="{vi["type"].partition("#")[2]}"' in bundled.get("/gioi-thieu").text


def test_a_wrong_query_points_at_the_character(bundled: FlaskClient) -> None:
    answer = bundled.get(f"{API}/search", query_string={"q": 'kế hoạch "chưa đóng'})
    assert answer.status_code == 400
    assert (answer.get_json()["code"], answer.get_json()["position"]) == ("bad_query", 9)


def test_search_has_facets_that_narrow(bundled: FlaskClient) -> None:
    whole = bundled.get(f"{API}/search?q=cải cách hành chính").get_json()
    assert whole["kind"] == "text" and whole["total"] > 3
    province = whole["facets"]["province"][0]
    narrowed = bundled.get(f"{API}/search", query_string={"q": "cải cách hành chính", "province": province["value"]})
    assert narrowed.get_json()["total"] == province["count"] < whole["total"]
    assert {one["province"] for one in narrowed.get_json()["items"]} == {province["value"]}


def test_suggestions_begin_like_what_was_typed(seeds: FlaskClient) -> None:
    found = seeds.get(f"{API}/suggest?q=239").get_json()["items"]
    assert found[0]["number"] == "2395/QĐ-UBND"


def test_every_route_is_described_and_every_description_is_a_route(bundled: FlaskClient) -> None:
    described = openapi.document()
    assert bundled.get(f"{API}/openapi.json").get_json() == described
    routes = {
        (re.sub(r"<(?:path:)?(\w+)>", r"{\1}", re.sub(r"<(?:path:)?ident>", "{id}", rule.rule)), method.lower())
        for rule in bundled.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(API) or rule.rule in ("/healthz", "/metrics")
    }
    assert routes == {(path, method) for path, methods in described["paths"].items() for method in methods}


def test_other_sites_may_read_and_not_write(bundled: FlaskClient) -> None:
    assert bundled.get(f"{API}/stats").headers["Access-Control-Allow-Origin"] == "*"
    asked = bundled.options(f"{API}/extract")
    assert "POST" in asked.headers["Allow"] and "POST" not in asked.headers["Access-Control-Allow-Methods"]
    posted = bundled.post(f"{API}/extract", json={"text": "x"})
    assert "Access-Control-Allow-Origin" not in posted.headers


def test_head_is_get_without_a_body(bundled: FlaskClient) -> None:
    head, get = bundled.head(f"{API}/stats"), bundled.get(f"{API}/stats")
    assert head.data == b"" and head.status_code == 200
    assert (
        head.headers["Content-Length"] == get.headers["Content-Length"] and head.headers["ETag"] == get.headers["ETag"]
    )


def test_the_limit_on_requests_says_when_to_come_back(sample_kb: Path) -> None:
    hurried = client(sample_kb, requests_per_minute=60, burst=3)
    codes = [hurried.get(f"{API}/stats").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    refused = hurried.get(f"{API}/stats")
    assert int(refused.headers["Retry-After"]) >= 1 and refused.get_json()["code"] == "too_many_requests"
    assert hurried.get("/healthz").status_code == 200
    other = hurried.get(f"{API}/stats", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_behind_a_proxy_the_limit_is_per_visitor(sample_kb: Path) -> None:
    behind = client(sample_kb, requests_per_minute=60, burst=1, proxies=1)
    codes = [behind.get(f"{API}/stats", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in (1, 2, 1)]
    assert codes == [200, 200, 429]


def test_the_service_tells_its_health_and_its_build(bundled: FlaskClient) -> None:
    health = bundled.get("/healthz")
    assert health.get_json()["status"] == "ok" and health.headers["X-Cancu-Build"] == health.get_json()["build_id"]
    stats = bundled.get(f"{API}/stats").get_json()
    assert stats["build_id"] == health.get_json()["build_id"] and stats["held"] >= 12
