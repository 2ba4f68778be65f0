"""What templates say and how: two languages side by side, dates, numbers, marks of certainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, g

from kb.answers import labels
from kb.authority import relations as authority
from web.drawing.quoting import day, mended, quoted, snippet
from web.http import urls
from web.http.front import front

STRONG = tuple(one.id for one in authority.RELATIONS if one.strong)
WEAK = tuple(one.id for one in authority.RELATIONS if not one.strong)
RELATIONS = STRONG + WEAK


def t(vi: str, en: str) -> str:
    """The one of two wordings that is in the reader's language."""
    return en if g.get("lang") == "en" else vi


def relation(name: str, direction: str = "out") -> str:
    """The label of a relation: ``out`` seen from the citing, ``in`` from the cited document."""
    words = labels.relation_label(name, inverse=direction == "in", lang=g.get("lang", "vi"))
    return words[:1].upper() + words[1:]


def notice(item: Mapping[str, Any]) -> str:
    """A {code, vi, en} notice in the reader's language."""
    return str(item.get(g.get("lang", "vi")) or item.get("vi") or item.get("code") or "")


def amount(number: int) -> str:
    """A count with the thousands separator of the language."""
    return f"{number:,}" if g.get("lang") == "en" else f"{number:,}".replace(",", ".")


def certainty(confidence: float) -> tuple[str, str]:
    """(sign, words) of a confidence 0-1: never by colour alone."""
    percent = round(confidence * 100)
    if confidence >= 0.9:
        return "●", t(f"chắc chắn {percent} %", f"certain {percent} %")
    if confidence >= 0.6:
        return "◐", t(f"khá chắc {percent} %", f"fairly certain {percent} %")
    return "○", t(f"còn nghi ngờ {percent} %", f"doubtful {percent} %")


STATUS_ENGLISH = {
    "unknown": "Status not known",
    "amended": "Amended",
    "suspended": "Suspended",
    "replaced": "Replaced",
    "repealed": "Repealed",
}


def status_label(status: Mapping[str, Any]) -> str:
    """A status (JSON form of ``kb.answers.shapes.Status``) in the reader's language."""
    return t(status["label"], STATUS_ENGLISH.get(status["code"], status["label"]))


def level_name(level: str) -> str:
    """The level of a rung (``kb.answers.lineage_shapes.Rung``) in the reader's language."""
    return labels.level_name(level, g.get("lang", "vi"))


METHODS: dict[str, tuple[str, str]] = {
    "law_at_date": (
        "viện dẫn theo tên; lấy bản có hiệu lực khi văn bản dẫn được ký",
        "cited by name; the version in force when the citing document was signed",
    ),
    "title": ("nối theo tên gọi", "joined by its title"),
    "correction": ("theo bản sửa đã duyệt", "by a reviewed correction"),
    "twin_in_document": ("theo chỗ dẫn đầy đủ hơn trong cùng văn bản", "by a fuller citation in the same text"),
}
"""Deciding evidence that a reader should see with a link (``shapes.Edge.method``); the usual ones go without."""


def evidence(method: str, score: float | None = None) -> str:
    """Why a link was made, where a reader should see it; of one made by a name alone with its score."""
    if score is not None:
        return t(labels.joined_by_title(score), labels.joined_by_title(score, "en"))
    return t(*METHODS[method]) if method in METHODS else ""


def heading(document: Mapping[str, Any]) -> str:
    """What a document is called in a list: its number, or its name where it has none."""
    return str(document.get("number") or document.get("title") or document.get("office_citation") or document["id"])


FACET_NAMES = {
    "type": ("Loại", "Type"),
    "province": ("Tỉnh, thành phố", "Province"),
    "issuer": ("Cơ quan", "Issuer"),
    "year": ("Năm", "Year"),
    "role": ("Vai trò", "Role"),
    "relation": ("Quan hệ", "Relation"),
}


def facet_name(name: str) -> str:
    return t(*FACET_NAMES[name])


def facet_value(name: str, value: str) -> str:
    """A facet's value in words: ids of types, roles and relations are not for readers."""
    if name == "relation" and value in RELATIONS:
        return relation(value)
    if name == "type":
        return labels.type_name(value) or value
    if name == "role":
        return t("Có toàn văn", "Full text") if value == "held" else t("Chỉ được dẫn", "Only cited")
    return value


FINDING_NAMES = {
    "ambiguous": ("Chưa rõ văn bản nào", "Ambiguous"),
    "blank_date": ("Thiếu ngày", "Blank date"),
    "blank_number": ("Thiếu số", "Blank number"),
    "date_conflict": ("Ngày mâu thuẫn", "Date conflict"),
    "date_repaired": ("Ngày đã sửa", "Date repaired"),
    "issuer_conflict": ("Cơ quan mâu thuẫn", "Issuer conflict"),
    "issuer_not_in_office": ("Cơ quan chưa hoặc không còn", "Issuer did not exist"),
    "no_antecedent": ("Nhắc lại không rõ", "No antecedent"),
    "no_header": ("Không có phần đầu", "No header"),
    "order_ill_formed": ("Số Đảng sai thứ tự", "Party number mis-set"),
    "ordinal_order": ("Số không khớp ngày", "Ordinal against date"),
    "province_unknown": ("Không rõ tỉnh", "Province unknown"),
    "repealed_before": ("Đã hết hiệu lực khi dẫn", "Repealed before"),
    "same_number_two_dates": ("Một số hai ngày", "One number, two dates"),
    "target_younger": ("Dẫn văn bản ra sau", "Cites a younger document"),
    "title_conflict": ("Trích yếu khác nhau", "Title conflict"),
    "type_conflict": ("Loại khác ký hiệu", "Type conflict"),
    "undated": ("Không ghi ngày", "Undated"),
    "year_conflict": ("Năm khác ngày", "Year conflict"),
}
"""Short names of the kinds of finding (``kb.findings.detect.SEVERITY``)."""


def finding_name(kind: str) -> str:
    return t(*FINDING_NAMES[kind])


def register(app: Flask) -> None:
    """Give the templates their words."""
    filters = {"day": day, "amount": amount, "notice": notice, "heading": heading}
    app.jinja_env.filters.update(filters)
    words = (
        t,
        relation,
        certainty,
        quoted,
        mended,
        snippet,
        facet_name,
        facet_value,
        finding_name,
        evidence,
        status_label,
        level_name,
        front,
    )
    addresses = (
        urls.link,
        urls.here,
        urls.permalink,
        urls.public_link,
        urls.opens_here_only,
        urls.document_link,
        urls.in_language,
    )
    app.jinja_env.globals.update({word.__name__: word for word in (*words, *addresses)})
