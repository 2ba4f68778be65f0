"""The description of the API and the codes of its errors."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import orjson

from web.http import schemas

PROBLEMS: dict[str, tuple[int, str, str]] = {
    "bad_parameter": (
        400,
        "Một tham số sai; “parameter” nói tham số nào.",
        "A parameter is wrong; “parameter” names it.",
    ),
    "bad_query": (400, "Câu tìm sai; “position” là ký tự sai.", "The query is wrong at “position”."),
    "unparsable": (400, "Không phải là số hiệu văn bản.", "Not a document number."),
    "bad_json": (400, "Nội dung gửi lên không phải JSON đúng dạng.", "The body is not the JSON that is expected."),
    "bad_encoding": (400, "Văn bản gửi lên không phải UTF-8.", "The text sent is not UTF-8."),
    "no_text": (400, "Không có văn bản nào để đọc.", "There is no text to read."),
    "control_character": (400, "Địa chỉ có ký tự không hợp lệ.", "The address holds a character that is not allowed."),
    "bad_request": (400, "Không hiểu được yêu cầu.", "The request cannot be understood."),
    "document_not_found": (404, "Kho không có văn bản ở địa chỉ này.", "There is no document at this address."),
    "no_such_part": (404, "Toàn văn không có phần này.", "The text has no such part."),
    "no_such_file": (404, "Không có tệp tải về tên này.", "There is no download of this name."),
    "not_held": (404, "Văn bản này chưa có toàn văn.", "This document's text is not held."),
    "not_found": (404, "Không có trang này.", "There is no such page."),
    "document_withdrawn": (410, "Văn bản đã được rút khỏi kho.", "The document was withdrawn from the base."),
    "method_not_allowed": (405, "Địa chỉ không nhận phương thức này.", "The address does not take this method."),
    "too_large": (413, "Nội dung lớn quá 64 kB.", "The content is larger than 64 kB."),
    "address_too_long": (414, "Địa chỉ dài quá 4096 ký tự.", "The address is longer than 4096 characters."),
    "unsupported_type": (415, "Kiểu nội dung không được nhận.", "This content type is not accepted."),
    "too_many_requests": (
        429,
        "Hỏi quá nhanh; “Retry-After” nói khi nào thử lại.",
        "Too fast; “Retry-After” says when.",
    ),
    "server_error": (500, "Lỗi của máy chủ, đã được ghi lại.", "A mistake of the server, logged."),
    "unavailable": (503, "Kho dữ liệu tạm thời không trả lời.", "The store does not answer for the moment."),
}
"""Every error code: (HTTP status, Vietnamese, English)."""


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document: paths and prose of ``openapi.json``, the schemas of the answers made from their code.

    Parameters that operations share stand in each, for readers who do not follow references.
    """
    found: dict[str, Any] = orjson.loads(resources.files("web").joinpath("openapi.json").read_bytes())
    shared = found["components"].pop("parameters")
    for methods in found["paths"].values():
        for operation in methods.values():
            if "parameters" in operation:
                operation["parameters"] = [
                    shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in operation["parameters"]
                ]
    found["components"]["schemas"] |= schemas.components()
    return found
