"""What templates say and how: two languages side by side, dates, numbers, marks of certainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from kb import labels
from kb.authority import relations as authority
from web import urls
from web.front import front

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


def day(iso: str | None) -> str:
    """An ISO date, also partial, as Vietnamese offices write it: 24/12/2021, 12/2021, 2021."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


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


def quoted(sentence: str, highlight: tuple[int, int] | list[int], around: int = 260) -> Markup:
    """The sentence with the citation marked; a very long one is cut, at blanks, ``around`` characters off."""
    start = max(0, min(highlight[0], len(sentence)))
    end = min(len(sentence), max(start, highlight[1]))
    left, right = sentence[:start], sentence[end:]
    if len(left) > around:
        left = "… " + left[-around:].split(" ", 1)[-1]
    if len(right) > around:
        right = right[:around].rsplit(" ", 1)[0] + " …"
    if start == end:
        return Markup("%s%s") % (left, right)
    return Markup("%s<mark>%s</mark>%s") % (left, sentence[start:end], right)


def snippet(pieces: list[tuple[str, bool]] | list[list[Any]]) -> Markup:
    """A quotation of a found text: ``(words, found?)`` pieces, the found ones marked."""
    return Markup("").join(
        Markup("<mark>%s</mark>") % words if found else Markup("%s") % words for words, found in pieces
    )


def heading(document: Mapping[str, Any]) -> str:
    """What a document is called in a list: its number, or its name where it has none."""
    return str(
        document.get("number") or document.get("title") or document.get("office_citation") or document["id"]
    )


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


def register(app: Flask) -> None:
    """Give the templates their words."""
    for word in (day, amount, notice, heading):
        app.add_template_filter(word)
    for word in (t, relation, certainty, quoted, snippet, facet_name, facet_value, front):
        app.add_template_global(word)
    for word in (urls.link, urls.here, urls.permalink, urls.document_link, urls.in_language):
        app.add_template_global(word)
