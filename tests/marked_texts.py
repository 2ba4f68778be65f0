"""Texts in which each citation stands between « and » (type word to date and issuer), and relations in few letters."""

from __future__ import annotations

import re

from kb.reading.relations.relate import CitedSpan, Relation, relate
from kb.reading.text.text_forms import TextForms, fold

_NUMBER = re.compile(r"\d+[a-z]?[/-][\w&/ -]+?(?=[ ,;.]|$)")
_TYPES = {
    "quyet dinh": "quyet-dinh-ubnd", "nghi dinh": "nghi-dinh", "nghi quyet": "nghi-quyet-cp", "luat": "luat",
    "thong tu": "thong-tu", "ke hoach": "ke-hoach", "chi thi": "chi-thi", "cong van": "cong-van",
    "to trinh": "to-trinh", "thong bao": "thong-bao", "bao cao": "bao-cao", "quyét dinh": "quyet-dinh-ubnd",
}  # fmt: skip


def marked(text: str) -> tuple[TextForms, list[CitedSpan]]:
    """The text without its marks, and its citations; ⏎ is a line break."""
    plain, mentions, open_at = "", [], 0
    for piece in re.split(r"([«»])", text.replace("⏎", "\n")):
        if piece == "«":
            open_at = len(plain)
        elif piece == "»":
            inside = plain[open_at:]
            found = _NUMBER.search(inside)
            kind = "number" if found else "standard" if inside.startswith("TCVN") else "named"
            start, end = (found.start(), found.end()) if found else (0, len(inside))
            word = next((type_ for words, type_ in _TYPES.items() if fold(inside).startswith(words)), None)
            number = found.group() if found else None
            word = "nghi-quyet-hdnd" if number and number.endswith("NQ-HĐND") else word
            mentions.append(CitedSpan(open_at + start, open_at + end, kind, word, open_at, len(plain), number))
        else:
            plain += piece
    return TextForms(plain), mentions


def told(relation: Relation) -> str:
    """The relation, with < before it where the cited document acts, and @n behind it where it is nested in the title of
    citation n."""
    nested = "" if relation.parent is None else f"@{relation.parent}"
    return ("<" if relation.inverse else "") + relation.relation + nested


def relations(text: str, own_type: str | None = None) -> list[str]:
    """What each citation of a marked text is."""
    forms, mentions = marked(text)
    return [told(relation) for relation in relate(forms, mentions, own_type=own_type)]
