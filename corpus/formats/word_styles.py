"""The styles of a Word document: the font of each, which of them are headings, and of which rank."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from corpus.formats.xml_parts import attribute, descend, local_name


@dataclass(frozen=True, slots=True)
class Styles:
    """``fonts``: the font of every style, the default one under ""; ``ranks``: the rank (from 1) of those that are
    headings; ``numberings``: the list (numId) and level that a style sets its paragraphs into."""

    fonts: dict[str, str]
    ranks: dict[str, int]
    numberings: dict[str, tuple[str, int]]


def read_styles(styles: etree._Element | None) -> Styles:
    """What ``styles.xml`` says; nothing where there is none."""
    if styles is None:
        return Styles({}, {}, {})
    default_font = said(descend(styles, "docDefaults", "rPrDefault", "rPr", "rFonts"), "ascii")
    own: dict[str, tuple[str, str]] = {}  # the font that a style names itself, and the style it is based on
    ranks: dict[str, int] = {}
    numberings: dict[str, tuple[str, int]] = {}
    normal = ""
    for style in styles:
        if local_name(style) != "style":
            continue
        identifier = said(style, "styleId")
        own[identifier] = said(descend(style, "rPr", "rFonts"), "ascii"), said(descend(style, "basedOn"))
        outline = said(descend(style, "pPr", "outlineLvl"))
        if outline.isdigit() and int(outline) < 9:
            ranks[identifier] = int(outline) + 1
        listed = list_of(descend(style, "pPr"))
        if listed:
            numberings[identifier] = listed
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
            normal = identifier
    fonts = {identifier: _inherited(own, identifier) or default_font for identifier in own}
    fonts[""] = fonts.get(normal, default_font)
    return Styles(fonts, ranks, numberings)


def list_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list (numId) and its level that paragraph properties name; None where they name none."""
    identifier = said(descend(properties, "numPr", "numId"))
    level = said(descend(properties, "numPr", "ilvl"))
    return (identifier, int(level) if level.isdigit() else 0) if identifier else None


def said(element: etree._Element | None, name: str = "val") -> str:
    """The value of an attribute, empty where the element or the attribute is missing."""
    return "" if element is None else attribute(element, name) or ""


def _inherited(own: dict[str, tuple[str, str]], identifier: str) -> str:
    """The first font on the way from a style to those it is based on; a damaged file may lead in a circle."""
    font, seen = "", set()
    while identifier in own and identifier not in seen and not font:
        seen.add(identifier)
        font, identifier = own[identifier]
    return font
