"""How documents, issuers and relations are called: the words shown with answers."""

from __future__ import annotations

from functools import lru_cache

from kb.authority import issuer_words, issuers, provinces, relations, types
from kb.authority.wording import word_lists
from messages import among, pick, reworded, say

_LEVELS = {
    "central": "central",
    "court": "central",
    "ministry": "central",
    "agency": "central",
    "general": "central",
    "mass": "central",
    "board": "central",
    "party_central": "party",
    "provincial": "province",
    "party_provincial": "party",
    "department": "department",
    "district": "district",
    "party_district": "party",
    "commune": "commune",
    "party_commune": "party",
}
_WORDS = word_lists("office")


def relation_label(relation: str, *, inverse: bool = False, lang: str = "vi") -> str:
    """The label of a relation as seen from the citing document, or with ``inverse`` from the cited one."""
    found = relations.by_id(relation)
    if lang == "en":
        return found.inverse_en if inverse else found.label_en
    return found.inverse_label if inverse else found.label


def is_strong(relation: str) -> bool:
    """True for relations that carry lineage (căn cứ, thực hiện …), false for mere mentions."""
    return relation in relations.STRONG


@lru_cache(maxsize=1024)
def type_name(type_id: str | None, lang: str = "vi") -> str | None:
    """The word for a type as it stands before "số" ("Quyết định"), in English its name; None where unknown."""
    if type_id is None:
        return None
    try:
        kind = types.by_id(type_id)
    except KeyError:
        return None
    if lang == "en":
        return kind.name_en
    return kind.words[0] if kind.words else kind.name


@lru_cache(maxsize=16384)
def issuer_name(
    body: str | None, province: str | None, unit: str | None = None, words: str | None = None
) -> str | None:
    """The issuer in words: "UBND tỉnh Ninh Thuận", "Chính phủ", "Sở Khoa học và Công nghệ tỉnh Bình Định".

    ``words``: how sources call it (``kb.authority.issuer_words``), where its code does not tell: "Bộ Chính trị"."""
    if body is None or body == "?":
        return None
    name = words or ", ".join(map(issuer_words.name_of, body.split("+")))
    if unit:
        return f"{name} {unit[0].lower()}{unit[1:]}, {_province(province)}" if province else f"{name} {unit}"
    if province is None:
        return name
    committee = issuer_words.name_of("TU")
    if body == "TU" and name.endswith(committee):  # its name says itself whether it is a province's or a city's
        own = _word("city_committee") if _province(province).startswith(_word("city")) else committee
        return f"{name.removesuffix(committee)}{own} {province}"
    return f"{_without_place(name)} {_province(province)}"


def _without_place(name: str) -> str:
    for word in _WORDS.words("place_left_open"):
        if name.endswith(f" {word}"):
            return name[: -len(word) - 1]
    return name


def _province(name: str | None) -> str:
    lives = provinces.lives(name) if name else ()
    return f"{_word('city' if lives and lives[-1].unit == 'city' else 'province')} {name}"


def _word(id: str) -> str:
    return _WORDS.words(id)[0]


def joined_by_title(score: float, lang: str = "vi") -> str:
    """That a link was made by the name alone, with its score ("nối theo tên, điểm 0,93")."""
    return say("kb.labels.joined_by_title", lang, score=score)


def office_date(date: str) -> str:
    """A date as offices write it (ngày 08/02/2022, ngày 03/3/2022); month and year only where no more is known.

    Days below 10 and the months 1 and 2 have a leading zero (Decree 30/2020/NĐ-CP, Annex I, part II).
    """
    parts = date.split("-")
    if len(parts) == 1:
        return f"{_word('year')} {parts[0]}"
    month = parts[1] if parts[1] in ("01", "02") else str(int(parts[1]))
    if len(parts) == 2:
        return f"{_word('month')} {month}/{parts[0]}"
    return f"{_word('day')} {parts[2]}/{month}/{parts[0]}"


def office_citation(
    *,
    type_id: str | None,
    number: str | None,
    date: str | None,
    body: str | None,
    province: str | None,
    unit: str | None,
    title: str | None,
    named: str | None = None,
) -> str:
    """The citation to paste into a report: "Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận".

    ``named``: how sources call its issuer ("Bộ Chính trị")."""
    name, issuer = type_name(type_id), issuer_name(body, province, unit, named)
    if number is None:
        words = [title or name or _word("without_number")]
    else:
        kind = types.by_id(type_id).system if type_id and name else ""
        words = [number] if kind == "standard" else [f"{name or _word('document')} {_word('numbered')} {number}"]
        if kind == "standard":
            return number
    if date:
        words.append(office_date(date))
    if issuer and number is not None:
        words.append(f"{_word('of')} {issuer}")
    return " ".join(words)


@lru_cache(maxsize=16384)
def level_of(body: str | None, unit: str | None, province: str | None) -> str:
    """The issuer's rung: central | province | department | district | commune | party | standard | unknown."""
    code = (body or "").split("+")[0]
    level = issuers.level(code)
    if level and _LEVELS.get(level) == "party":
        return "party"
    if unit:
        return "commune" if unit.lower().startswith(_WORDS.words("commune")) else "district"
    if level in ("central", "ministry", "agency", "court", "general", "mass", "board") and province is None:
        return "central"
    if level in ("mass", "board"):
        return "province"
    if level:
        return _LEVELS.get(level, "unknown")
    return "unknown"


def level_name(level: str, lang: str = "vi") -> str:
    """What a rung (``kb.answers.lineage_shapes.Rung.level``) is called."""
    return say(pick("kb.labels.level", level), lang)


def rung_name(rung: str, lang: str = "vi") -> str:
    """What a rung of a board (``kb.authority.rungs``) is called."""
    return say(pick("kb.labels.rung", rung), lang)


def status_label(code: str, lang: str = "vi") -> str:
    """What a status (``kb.answers.shapes.Status.code``) is called."""
    return say(pick("kb.status.label", code), lang)


def state_label(state: str, lang: str = "vi") -> str:
    """What one of the seven states of a document (``kb.answers.shapes.Status.state``) is called."""
    return say(pick("kb.status.state", state), lang)


def facet_name(facet: str, lang: str = "vi") -> str:
    """What a facet of the search (``indexer.model.FACETS``) is called."""
    return say(pick("kb.labels.facet", facet), lang)


def facet_value(facet: str, value: str, lang: str = "vi") -> str:
    """A facet's value in words: ids of types, roles and relations are not for readers."""
    if facet == "relation" and (found := relations.by_name(value)) is not None:
        return relation_label(found.id, lang=lang)
    if facet == "type":
        return _type_by_word(value, lang)
    if facet == "role" and among("kb.labels.role", value):
        return say(pick("kb.labels.role", value), lang)
    if facet == "level" and among("kb.labels.level", value):
        return level_name(value, lang)
    if facet == "status" and among("kb.status.state", value):
        return state_label(value, lang)
    return value


def repair_name(rule: str, evidence: str = "", lang: str = "vi") -> str:
    """Why a form was repaired, and on what evidence (``kb.model.Repair``), in words."""
    why = say(pick("kb.labels.repair", rule if among("kb.labels.repair", rule) else "other"), lang)
    return f"{why}: {reworded('kb.evidence', evidence, 'vi', lang)}" if evidence else why


def _type_by_word(word: str, lang: str) -> str:
    """A type that the search index calls by its word ("Quyết định"), in ``lang``; the word itself where it is none."""
    if lang != "en":
        return word
    alike = [kind for kind in types.TYPES if word in (kind.id, kind.name, *kind.words)]
    return next((kind.name_en for kind in sorted(alike, key=lambda kind: not kind.default)), word)
