"""The description of the API is true: what the views answer has exactly the fields it says, of the types it says."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from web_support import client

from cancu.cli import main
from kb.model import CITATION
from messages import message_ids, say
from web.http import openapi, schemas

API = "/api/v1"
DECISION, PLAN = "ninh-thuan/ubnd/2021/qd/2395", "quang-ngai/skhcn/x/kh/x-c9a4082c"
DOCUMENTS = f"{API}/documents"
HELD = "ha-tinh/ubnd/2025/qd/79"


@pytest.fixture(scope="module")
def bundled(sample_kb: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The bundled collection with a register beside it."""
    folder = tmp_path_factory.mktemp("registers")
    table = "Số ký hiệu,Loại văn bản,Ngày ban hành,Trích yếu,Tình trạng,Văn bản thay thế\n"
    rows = (
        "24/2014/NĐ-CP,Nghị định,04/04/2014,Quy định tổ chức,Hết hiệu lực toàn bộ,45/2025/NĐ-CP\nabc,,01/01/2020,,,\n"
    )
    (folder / "thu.csv").write_text(table + rows, encoding="utf-8")
    where = shutil.copytree(sample_kb, folder / "kb")
    words = ["--name", "Bảng thử", "--as-of", "2025-06-30", "--scope", "thử"]
    assert main(["register", "add", str(folder / "thu.csv"), *words, "--kb", str(where)]) == 0
    return client(where)


GETS = (
    (f"{API}/lookup?number=2395/QĐ-UBND", f"{API}/lookup", 200),
    (f"{API}/lookup?number=93", f"{API}/lookup", 300),
    (f"{API}/lookup?number=2395/NQ-UBND", f"{API}/lookup", 404),
    (f"{API}/lookup?number=%3F", f"{API}/lookup", 400),
    (f"{DOCUMENTS}/{DECISION}", f"{DOCUMENTS}/{{id}}", 200),
    (f"{DOCUMENTS}/{PLAN}", f"{DOCUMENTS}/{{id}}", 200),
    (f"{DOCUMENTS}/tw/cp/2014/nd/24", f"{DOCUMENTS}/{{id}}", 200),
    (f"{DOCUMENTS}/nowhere/x", f"{DOCUMENTS}/{{id}}", 404),
    (f"{DOCUMENTS}/{PLAN}/citations?direction=out", f"{DOCUMENTS}/{{id}}/citations", 200),
    (f"{DOCUMENTS}/{DECISION}/citations?direction=in", f"{DOCUMENTS}/{{id}}/citations", 200),
    (f"{DOCUMENTS}/{HELD}/text", f"{DOCUMENTS}/{{id}}/text", 200),
    (f"{DOCUMENTS}/{PLAN}/text", f"{DOCUMENTS}/{{id}}/text", 200),
    (f"{DOCUMENTS}/tw/cp/2014/nd/62/text", f"{DOCUMENTS}/{{id}}/text", 404),
    (f"{DOCUMENTS}/{PLAN}/trace", f"{DOCUMENTS}/{{id}}/trace", 200),
    (f"{DOCUMENTS}/{DECISION}/articles/dieu-1", f"{DOCUMENTS}/{{id}}/articles/{{pinpoint}}", 200),
    (f"{DOCUMENTS}/{DECISION}/articles/trang", f"{DOCUMENTS}/{{id}}/articles/{{pinpoint}}", 400),
    (f"{DOCUMENTS}/{DECISION}/ladder", f"{DOCUMENTS}/{{id}}/ladder", 200),
    (f"{DOCUMENTS}/{PLAN}/stale", f"{DOCUMENTS}/{{id}}/stale", 200),
    (f"{DOCUMENTS}/tw/cp/2014/nd/24/stale?direction=down", f"{DOCUMENTS}/{{id}}/stale", 200),
    (f"{DOCUMENTS}/{PLAN}/shared", f"{DOCUMENTS}/{{id}}/shared", 200),
    (f"{API}/changes?since=2014", f"{API}/changes", 200),
    (f"{API}/changes?since=neverwas", f"{API}/changes", 400),
    (f"{DOCUMENTS}/{DECISION}?status_on=2020-01-01", f"{DOCUMENTS}/{{id}}", 200),
    (f"{API}/chain?from={PLAN}&to=tw/cp/2014/nd/24", f"{API}/chain", 200),
    (f"{API}/chain?from=93&to=24/2014/NĐ-CP", f"{API}/chain", 300),
    (f"{API}/stale", f"{API}/stale", 200),
    (f"{API}/orphans", f"{API}/orphans", 200),
    (f"{API}/most-cited", f"{API}/most-cited", 200),
    (f"{API}/circles", f"{API}/circles", 200),
    (f"{API}/search?q=khoa học công nghệ", f"{API}/search", 200),
    (f"{API}/search?q=2395/QĐ-UBND", f"{API}/search", 200),
    (f"{API}/search?q=93", f"{API}/search", 200),
    (f"{API}/suggest?q=239", f"{API}/suggest", 200),
    (f"{API}/registers", f"{API}/registers", 200),
    (f"{API}/registers/Bảng thử", f"{API}/registers/{{name}}", 200),
    (f"{API}/registers/Không có", f"{API}/registers/{{name}}", 404),
    (f"{DOCUMENTS}/tw/cp/2014/nd/24/registers", f"{DOCUMENTS}/{{id}}/registers", 200),
    (f"{API}/bases-block?document=2395/QĐ-UBND&document=luật đất đai", f"{API}/bases-block", 200),
    (f"{API}/bases-block?document=93", f"{API}/bases-block", 200),
    (f"{API}/bases-block", f"{API}/bases-block", 400),
    (f"{API}/stats", f"{API}/stats", 200),
    (f"{API}/openapi.json", f"{API}/openapi.json", 200),
    ("/healthz", "/healthz", 200),
    (API, API, 200),
    (f"{API}/search?implements=24/2014/NĐ-CP", f"{API}/search", 200),
)  # fmt: skip
TEXT = (
    "UBND TỈNH NINH THUẬN\nSố: 12/KH-UBND\nNinh Thuận, ngày 3 tháng 3 năm 2022\nKẾ HOẠCH\n"
    "Căn cứ Quyết định số 2395/QB-UBND ngày 24/12/2021 của UBND tỉnh; Luật Đất đai; Nghị định số 24/2014/NĐ-CP."
)


def closed(document: dict[str, Any]) -> dict[str, Any]:
    """The description in which an object has no field but those that are described; problems may say more."""
    found = json.loads(json.dumps(document))
    joined = {
        ref for schema in _schemas(found) for part in schema.get("allOf", ()) for ref in [part.get("$ref")] if ref
    }

    def close(schema: Any, part_of_another: bool) -> None:
        if isinstance(schema, list):
            for one in schema:
                close(one, False)
        if not isinstance(schema, dict):
            return
        for name, inner in schema.items():
            for one in inner if name == "allOf" else [inner]:
                close(one, name == "allOf")
        if not part_of_another and ("allOf" in schema or isinstance(schema.get("properties"), dict)):
            schema["unevaluatedProperties"] = False

    for name, schema in found["components"]["schemas"].items():
        if name != "Problem":
            close(schema, f"#/components/schemas/{name}" in joined)
    close(found["paths"], False)
    return found


def _schemas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _schemas(one)


def check(answer: Any, operation: str, method: str) -> None:
    """That an answer is as its operation describes it."""
    document = closed(openapi.document())
    response = document["paths"][operation][method]["responses"][str(answer.status_code)]
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema = response["content"][answer.mimetype]["schema"]
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(answer.get_json())


@pytest.mark.parametrize(("path", "operation", "status"), GETS)
def test_a_get_answers_what_is_described(bundled: FlaskClient, path: str, operation: str, status: int) -> None:
    answer = bundled.get(path)
    assert answer.status_code == status
    check(answer, operation, "get")


def test_a_text_that_is_sent_in_comes_back_as_described(bundled: FlaskClient) -> None:
    answer = bundled.post(f"{API}/extract", json={"text": TEXT})
    assert {one["kind"] for one in answer.get_json()["citations"]} >= {"number", "named"}
    assert any(one["repairs"] for one in answer.get_json()["citations"]) and answer.get_json()["self"]
    check(answer, f"{API}/extract", "post")
    check(bundled.post(f"{API}/extract", data=b"{", content_type="application/json"), f"{API}/extract", "post")


def test_a_draft_that_is_checked_is_answered_as_described(bundled: FlaskClient) -> None:
    answer = bundled.post(f"{API}/check", json={"text": TEXT})
    assert answer.get_json()["citations"]
    check(answer, f"{API}/check", "post")
    check(bundled.post(f"{API}/check", data=b"{", content_type="application/json"), f"{API}/check", "post")
    check(bundled.post(f"{API}/check", data=b"PK\x03\x04", content_type="application/pdf"), f"{API}/check", "post")


def test_a_text_comes_with_its_structure(bundled: FlaskClient) -> None:
    answer = bundled.get(f"{DOCUMENTS}/{HELD}/text").get_json()
    parts = {part["anchor"]: answer["blocks"][part["block"]] for part in answer["parts"]}
    article = parts["dieu-1"]
    assert answer["text"][article["start"] : article["end"]].startswith("Điều 1.")
    assert article["kind"] == "article" and article["level"] == 5 and "row" not in article
    assert all(one["raw"] == answer["text"][one["start"] : one["end"]] for one in answer["citations"])
    again = bundled.get(f"{DOCUMENTS}/{HELD}/text?file={answer['file']}")
    assert again.get_json() == answer
    assert bundled.get(f"{DOCUMENTS}/{HELD}/text?file=other.pdf").status_code == 404


def test_examples_of_whole_answers_are_as_described() -> None:
    document = closed(openapi.document())
    checked = 0
    for answer in _schemas(document["paths"]):
        if "example" in answer and "schema" in answer:
            whole = {**answer["schema"], "components": document["components"]}
            jsonschema.Draft202012Validator(whole).validate(answer["example"])
            checked += 1
    assert checked


def test_every_answer_in_json_has_an_example() -> None:
    without = [
        (operation["operationId"], status)
        for methods in openapi.document()["paths"].values()
        for operation in methods.values()
        for status, response in operation["responses"].items()
        for media, content in response.get("content", {}).items()
        if media == "application/json" and "example" not in content and status != "503"
        if operation["operationId"] != "openapi"  # this description
    ]
    assert without == []


def test_every_operation_is_asked_here() -> None:
    asked = {operation for _, operation, _ in GETS} | {f"{API}/extract", f"{API}/check", "/metrics"}
    assert asked == set(openapi.document()["paths"])


def test_a_field_too_many_or_of_another_type_is_noticed(bundled: FlaskClient) -> None:
    class Answer:
        status_code, mimetype = 200, "application/json"

        def __init__(self, body: Any) -> None:
            self.get_json = lambda: body

    path = f"{DOCUMENTS}/{PLAN}/citations"
    body = bundled.get(f"{path}?direction=out").get_json()
    check(Answer(body), f"{DOCUMENTS}/{{id}}/citations", "get")
    edge = body["items"][0]
    for wrong in ({"surprise": 1}, {"line": "7"}, {"relation": "likes"}, {"stated_in": None}):
        with pytest.raises(jsonschema.ValidationError):
            check(Answer(body | {"items": [edge | wrong]}), f"{DOCUMENTS}/{{id}}/citations", "get")
    with pytest.raises(jsonschema.ValidationError):
        without = {name: value for name, value in edge.items() if name != "pinpoint"}
        check(Answer(body | {"items": [without]}), f"{DOCUMENTS}/{{id}}/citations", "get")


def test_every_field_of_an_answer_says_what_it_means() -> None:
    made = schemas.components()
    fields = [
        (name, field, one) for name, schema in made.items() for field, one in schema.get("properties", {}).items()
    ]
    assert len(fields) > 150
    assert [
        (name, field) for name, field, one in fields if not re.fullmatch(r"[A-Z“].*\.", one.get("description", ""))
    ] == []
    assert set(made["Citation"]["properties"]) == set(CITATION) - {"province_known"}


def test_every_answer_says_in_both_languages_when_it_is_given() -> None:
    document = openapi.document()
    responses = [
        *document["components"]["responses"].values(),
        *(
            response
            for methods in document["paths"].values()
            for operation in methods.values()
            for response in operation["responses"].values()
            if "$ref" not in response
        ),
    ]
    said = {(one["description"], one["x-vi"]) for one in responses}
    assert len(said) > 40 and all(en != vi for en, vi in said)
    words = [id for id in message_ids() if id.startswith("web.answer.") and not id.startswith("web.answer.api_")]
    assert [id for id in words if (say(id, "en"), say(id)) not in said | {_etag(document)}] == []


def _etag(document: dict[str, Any]) -> tuple[str, str]:
    tag = document["components"]["headers"]["ETag"]
    return tag["description"], tag["x-vi"]


def test_examples_are_of_the_type_they_explain() -> None:
    document = closed(openapi.document())
    for schema in _schemas(schemas.components()):
        if "description" in schema and "examples" in schema and "$ref" not in schema:
            whole = {**schema, "components": document["components"]}
            for example in schema["examples"]:
                jsonschema.Draft202012Validator(whole).validate(example)


def test_every_reference_leads_somewhere() -> None:
    document = openapi.document()
    jsonschema.Draft202012Validator.check_schema({"$defs": document["components"]["schemas"]})
    for reference in re.findall(r'"\$ref": "#/components/(\w+)/(\w+)"', json.dumps(document)):
        assert reference[1] in document["components"][reference[0]], reference


def test_no_example_tells_where_it_was_made() -> None:
    told = files("web").joinpath("examples.json").read_text(encoding="utf-8")
    places = re.findall(r'"(/[^"]*/samples/[^"]*)"', told)
    assert places and all(place.startswith("/srv/van-ban/") for place in places)
