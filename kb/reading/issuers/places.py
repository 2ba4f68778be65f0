"""Provinces, districts and communes as they stand in a sentence: explicit names, and the citing document's own."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from kb.authority import districts, provinces, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("issuers")
_MAX_DAMAGE = 0.25  # share of a province name's letters that a scan may have wrong
_MIN_SHARE = 0.5  # of all province mentions, for a document's own province to be told from its body


_TITLES = _WORDS.folded("province_kinds")
_NAME = provinces.PATTERN.pattern
_EXPLICIT = re.compile(rf"\s{{0,4}}(?:{_WORDS['province_titles']}\s{{1,4}})?({_NAME})")
_TITLED = re.compile(rf"{_WORDS['province_titles_sought']}\s{{1,4}}({_NAME})")
_TITLED_NOISY = re.compile(
    rf"{_WORDS['province_titles_whole']}[\s*_|]{{1,4}}((?:[a-z0-9@&]{{1,7}}[\s-]{{1,4}}){{1,3}}[a-z0-9@&]{{1,7}})"
)
_UNIT = re.compile(
    rf"[\s*_|]{{0,4}}(?P<kind>{_WORDS['unit_kinds']})[\s*_|]{{1,4}}"
    r"(?P<name>\d{1,2}(?!\d)|[^\n,;.:()|*\d]{2,40})"
)
_UNIT_NAMED = re.compile(rf"(?<![a-z])(?={_WORDS['unit_kinds']}\s)")
_HEAD_OF_TEXT = 6000  # code points in which a commune's bases name its district
_NAME_WORD = re.compile(r"[\s*_]*([A-ZĐÀ-Ỹ][\w']*|\d{1,2})")
_UNIT_WORDS = 3  # words in the longest name of a district or commune
_UNIT_KINDS = {fold(kind): kind for kind in _WORDS.words("unit_kinds")}
_MARKED = re.compile(r"[^\x00-\x7f]")


def _plain(match: re.Match[str]) -> str:
    return provinces.plain(match[1]) or ""


@lru_cache(maxsize=8192)
def _nearest(words: str) -> tuple[str, ...]:
    """The provinces that damaged words may begin with, all equally near: Bình Phước and Vĩnh Phúc for "binh phuc"."""
    tokens = words.split()
    several: tuple[str, ...] = ()
    for size in (4, 3, 2):
        squeezed = "".join(tokens[:size])
        if len(tokens) < size or len(squeezed) < 4:
            continue
        found = process.extract(
            squeezed, _squeezed(), scorer=Levenshtein.distance, score_cutoff=int(len(squeezed) * _MAX_DAMAGE), limit=3
        )
        if found:
            nearest = dict.fromkeys(_squeezed_plain()[name] for name, distance, _ in found if distance == found[0][1])
            if len(nearest) == 1:
                return tuple(nearest)
            several = several or tuple(nearest)
    return several


def _only(names: tuple[str, ...]) -> str | None:
    return names[0] if len(names) == 1 else None


def _damaged(forms: TextForms, words: str) -> str | None:
    """The province that damaged words begin with; of several equally near the one that the text names undamaged too."""
    names = _nearest(words)
    if len(names) > 1:
        names = tuple(name for name in names if any(forms.holds(f"{title} {fold(name)}") for title in _TITLES))
    return _only(names)


@cache
def _squeezed() -> tuple[str, ...]:
    return tuple(_squeezed_plain())


@cache
def _squeezed_plain() -> dict[str, str]:
    return {fold(name).replace(" ", "").replace("-", ""): name for name in provinces.NAMES}


def province_at(forms: TextForms, position: int, limit: int) -> tuple[str, int] | None:
    """(plain name, end) of the province named right at ``position``, with or without "tỉnh"/"thành phố"."""
    match = _EXPLICIT.match(forms.folded, position, limit)
    if match:
        return _plain(match), match.end()
    if forms.damaged(position):
        noisy = _TITLED_NOISY.match(forms.folded, _skip(forms.folded, position), limit)
        name = _damaged(forms, noisy[1]) if noisy else None
        if noisy and name:
            return name, noisy.start(1) + len(name)
    return None


def _skip(folded: str, position: int) -> int:
    while position < len(folded) and folded[position] == " ":
        position += 1
    return position


def _below_capitals(forms: TextForms, start: int, end: int, name: int) -> bool:
    """Whether what may be a unit's name stands below a header in capitals: behind a blank line, in small letters, or
    as the type of the document."""
    breaks = forms.text.count("\n", end, name)
    if not breaks or not forms.source[start:end].isupper():
        return False
    return (
        breaks > 1 or not forms.source[name : name + 2].isupper() or types.longest_word(forms.folded, name) is not None
    )


def unit_at(forms: TextForms, position: int, limit: int) -> tuple[str, int] | None:
    """("Quận 3", end) of the district or commune named right at ``position``; its name is capitalised or a number."""
    match = _UNIT.match(forms.folded, position, limit)
    if match is None:
        return None
    kind, start = " ".join(match["kind"].split()), match.start("name")
    if _of_other_marks(forms, kind, match.start("kind"), match.end("kind")):
        return None
    if _below_capitals(forms, match.start("kind"), match.end("kind"), start):
        return None
    words, end = _unit_name(forms, kind, start, min(limit, match.end()))
    if not words:
        return None
    following = forms.folded[start : start + 32].split()[:4]  # not ``words``: "thành phố đà nẵng" has no capitals
    names = (" ".join(following[:size]).rstrip(" ,;.:*_|)]\"'") for size in range(1, 5))
    if kind in _TITLES and any(map(provinces.find, names)):
        return None  # a city of the centre is a province of its own
    name = " ".join(word if word.isdigit() else word[:1].upper() + word[1:].lower() for word in words)
    return f"{_UNIT_KINDS[kind]} {name}", end


def _of_other_marks(forms: TextForms, kind: str, start: int, end: int) -> bool:
    """Whether a clean text writes another word with the letters of a unit's kind: "QUÂN KHU 9" is no Quận."""
    if forms.damaged(start):
        return False
    printed = " ".join(forms.source[start:end].split()).lower()
    return _MARKED.search(printed) is not None and printed != _UNIT_KINDS[kind].lower()


def _unit_name(forms: TextForms, kind: str, start: int, limit: int) -> tuple[list[str], int]:
    """The words of a unit's name that begins at ``start``, and where it ends: that of a known district, else all."""
    words: list[str] = []
    ends = [start]
    while len(words) < _UNIT_WORDS and (word := _NAME_WORD.match(forms.source, ends[-1], limit)):
        if word[1][0].islower():
            break  # the class of capitals holds small letters too: "huyện Thường Tín đã ban hành"
        if words and "\n" in word[0] and (word[1].isupper() or _in_capitals(words[-1])):
            break  # a header in capitals: the next line is another organ's, or "Số: …"
        words.append(word[1])
        ends.append(word.end())
    whole = next((size for size in range(len(words), 0, -1) if _is_district(kind, words[:size])), len(words))
    return words[:whole], ends[whole]  # not "huyện Nhà Bè⏎Tải về"


def _in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_district(kind: str, words: list[str]) -> bool:
    return districts.province_of(f"{kind} {' '.join(words)}") is not None


# Not within "Uy. ban nhan dan".
_COMMITTEE, _BAN = _WORDS["committee"], _WORDS["promulgates"]
_PHRASE_END = re.compile(
    rf"[;:(]|\.(?!(?<={_COMMITTEE}\.)\s{{1,3}}{_BAN}\s)\s|\s{_WORDS['phrase_ends']}\s"
    rf"|(?<!{_COMMITTEE})(?<!{_COMMITTEE}\.)\s{_BAN}\s"
)
# What no form of "tỉnh" and "thành phố" damages: looked for first, cheaply.
_TITLE_CORES = (f"{_TITLES[0][1:]} ", _TITLES[1][1:-1])


def province_in_phrase(forms: TextForms, start: int, limit: int) -> str | None:
    """The province with its title ("tỉnh X") within the phrase that begins at ``start``: for scans whose words between
    are too damaged to be an organ's name ("ctia Chi tich UBND tinh Bac Giang")."""
    if all(forms.folded.find(core, start, limit) < 0 for core in _TITLE_CORES):
        return None  # most phrases
    end = _PHRASE_END.search(forms.folded, start, limit)
    stop = end.start() if end else limit
    for title in _TITLED_NOISY.finditer(forms.folded, start, stop):
        exact = _TITLED.match(forms.folded, title.start(), stop)
        return _plain(exact) if exact else _damaged(forms, title[1])
    exact = _TITLED.search(forms.folded, start, stop)
    return _plain(exact) if exact else None


def mentions(forms: TextForms, start: int = 0, end: int | None = None) -> Counter[str]:
    """How often each province is named with its title ("tỉnh X", "thành phố Y") in a stretch of text."""
    end = len(forms.folded) if end is None else end
    counts = Counter(_plain(match) for match in _TITLED.finditer(forms.folded, start, end))
    if not counts and forms.damaged(start):
        for match in _TITLED_NOISY.finditer(forms.folded, start, end):
            name = _only(_nearest(match[1]))
            if name:
                counts[name] += 1
    return counts


def own_province(forms: TextForms) -> str | None:
    """The province a text is about, where its mentions agree; None where they do not."""
    counts = mentions(forms, 0, min(len(forms.folded), 200_000))
    if not counts:
        return None
    (name, count), *_ = counts.most_common(1)
    return name if count / counts.total() > _MIN_SHARE else None


def named(phrase: str | None) -> str | None:
    """The province that a place line names ("Quảng Ngãi", "TP. Hồ Chí Minh"), None where it is another place."""
    if not phrase:
        return None
    folded = fold(phrase)
    return provinces.find(phrase) or provinces.plain(folded) or _only(_nearest(folded))


def of_district(place: str | None, date: str | None) -> str | None:
    """The province, under its name on ``date``, of a place line that names a district's seat ("Phan Thiết")."""
    name = districts.province_of_place(place) if place else None
    unit = provinces.at(name, date) if name and date else None
    return unit.name if unit else name


def of_seat(unit: str | None, place: str | None, date: str | None, forms: TextForms) -> str | None:
    """The province in which an organ of a district or commune sits: by the district that its place line names, or by
    those that its text names. A commune's own name is no district's: "Phú Hòa, ngày …" of "UBND phường Phú Hòa"."""
    commune = unit is not None and not districts.is_kind(unit)
    own_name = commune and place is not None and fold(unit or "").endswith(f" {fold(place)}")
    seat = None if own_name else of_district(place, date)
    return seat or (of_named_districts(forms) if commune else None)


def of_named_districts(forms: TextForms) -> str | None:
    """The one province in which all the districts lie that the head of a text names."""
    found = set()
    for kind in _UNIT_NAMED.finditer(forms.folded, 0, _HEAD_OF_TEXT):
        unit = unit_at(forms, kind.start(), min(len(forms.folded), kind.start() + 80))
        found.add(districts.province_of(unit[0]) if unit else None)
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def told_or_home(told: str, unit: str | None, home: str | None) -> str:
    """The province ``told`` with an organ, or that of the citing document where only the name of a district places it
    in the other and the own one has such a district too: "UBND huyện Tân Uyên" in Bình Dương, a town there now."""
    by_name = unit is not None and home is not None and told != home and districts.province_of(unit) == told
    return home if by_name and unit and home and districts.lies_in(unit, home) else told


@lru_cache(maxsize=8192)
def at_date(name: str, date: str | None) -> str:
    """The name the province bore at ``date`` where it was only renamed (Thừa Thiên Huế until 2024)."""
    return provinces.name_at(name, date) if date else name
