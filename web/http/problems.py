"""Errors as answers: RFC 9457 for programs, a plain sentence on a page for people, in both languages."""

from __future__ import annotations

from typing import Any

TITLES: dict[int, tuple[str, str]] = {
    400: ("Yêu cầu không hợp lệ", "Bad request"),
    404: ("Không tìm thấy", "Not found"),
    405: ("Phương thức không được phép", "Method not allowed"),
    406: ("Không có dạng trả lời này", "Not acceptable"),
    410: ("Không còn nữa", "Gone"),
    413: ("Nội dung quá lớn", "Content too large"),
    414: ("Địa chỉ quá dài", "Address too long"),
    415: ("Kiểu nội dung không được nhận", "Unsupported media type"),
    429: ("Quá nhiều yêu cầu", "Too many requests"),
    500: ("Lỗi của máy chủ", "Server error"),
    503: ("Tạm thời chưa phục vụ được", "Service unavailable"),
}


class Problem(Exception):
    """One thing that is wrong with a request: what, where, and what to do.

    ``code`` is stable and documented; ``vi``/``en`` are whole sentences; ``extra`` members go into the problem
    document as they are (``parameter``, ``position`` …); ``headers`` are added to the answer.
    """

    def __init__(
        self, status: int, code: str, vi: str, en: str, *, headers: dict[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(en)
        self.status = status
        self.code = code
        self.vi = vi
        self.en = en
        self.headers = headers or {}
        self.extra = extra

    def text(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi

    def title(self, lang: str) -> str:
        vi, en = TITLES.get(self.status, ("Lỗi", "Error"))
        return en if lang == "en" else vi

    def to_json(self, instance: str, lang: str) -> dict[str, Any]:
        """The problem document; ``type`` points to the page that explains the code."""
        return {
            "type": f"/gioi-thieu#loi-{self.code}",
            "title": self.title(lang),
            "status": self.status,
            "detail": self.text(lang),
            "instance": instance,
            "code": self.code,
            **self.extra,
        }


def withdrawn_document(ident: str) -> Problem:
    return Problem(
        410,
        "document_withdrawn",
        f"Văn bản ở địa chỉ “{ident}” đã được rút khỏi kho. Hãy tìm theo số hiệu ở ô tìm kiếm.",
        f"The document at “{ident}” was withdrawn from the base. Try searching by its number.",
        id=ident,
    )


def missing_document(ident: str) -> Problem:
    return Problem(
        404,
        "document_not_found",
        f"Kho không có văn bản nào với địa chỉ “{ident}”. Hãy tìm theo số hiệu ở ô tìm kiếm.",
        f"There is no document at “{ident}”. Try searching by its number.",
        id=ident,
    )
