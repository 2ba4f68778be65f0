"""The numbers that Word itself sets before paragraphs: "Điều 1.", "a)", "•". They stand nowhere in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from corpus.formats.word_styles import said
from corpus.formats.xml_parts import descend, local_name

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_MOST = 5_000  # numbers above are printed in digits


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


class Numbering:
    """Counts the paragraphs of each list as Word does; ``numbering.xml`` says how their numbers look."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # of each list
        self._shared: dict[str, str] = {}  # lists of one definition count on
        self._counts: dict[str, list[int]] = {}
        self._restarts: set[str] = set()
        definitions = {
            said(element, "abstractNumId"): _levels(element)
            for element in (numbering if numbering is not None else ())
            if local_name(element) == "abstractNum"
        }
        for element in numbering if numbering is not None else ():
            if local_name(element) == "num":
                identifier, definition = said(element, "numId"), said(descend(element, "abstractNumId"))
                own = {**definitions.get(definition, {}), **_overrides(element, definitions.get(definition, {}))}
                self._levels[identifier] = own
                changed = any(local_name(child) == "lvlOverride" for child in element)
                self._shared[identifier] = identifier if changed else f"of {definition}"

    def next_label(self, listed: tuple[str, int]) -> str:
        """The number that the next paragraph of a list at a level bears, as printed; empty where it bears none."""
        identifier, level = listed
        levels = self._levels.get(identifier, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(
            self._shared[identifier], [levels[n].start - 1 if n in levels else 0 for n in range(_LEVELS)]
        )
        counts[level] += 1
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = levels[deeper].start - 1 if deeper in levels else 0
        shown = levels[level]
        if shown.format == "bullet":
            return "-"  # the mark is a letter of a symbol font
        if shown.format == "none":
            return ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            held = levels.get(at)
            started = counts[at] if counts[at] or at == level or held is None else held.start
            return _printed(started, held.format if held else "decimal")

        return _PLACE.sub(number, shown.text).strip()


def _levels(definition: etree._Element) -> dict[int, _Level]:
    found = {}
    for element in definition:
        if local_name(element) == "lvl" and (at := said(element, "ilvl")).isdigit():
            start = said(descend(element, "start"))
            found[int(at)] = _Level(
                int(start) if start.isdigit() else 0,
                said(descend(element, "numFmt")) or "decimal",
                said(descend(element, "lvlText")),
            )
    return found


def _overrides(element: etree._Element, levels: dict[int, _Level]) -> dict[int, _Level]:
    """What one list changes of its definition: a level of its own, or only where it starts."""
    found: dict[int, _Level] = {}
    for child in element:
        at = said(child, "ilvl")
        if local_name(child) != "lvlOverride" or not at.isdigit():
            continue
        found.update(_levels(child))
        start = said(descend(child, "startOverride"))
        held = found.get(int(at)) or levels.get(int(at))
        if start.isdigit() and held is not None:
            found[int(at)] = _Level(int(start), held.format, held.text)
    return found


def _printed(number: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman") and 0 < number < _MOST:
        said_ = ""
        for value, letters in _ROMAN:
            said_ += letters * (number // value)
            number %= value
        return said_.lower() if form == "lowerRoman" else said_
    if form in ("lowerLetter", "upperLetter") and 0 < number < _MOST:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02}" if form == "decimalZero" else str(number)
