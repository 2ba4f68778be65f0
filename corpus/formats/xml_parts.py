"""The XML parts of office files: parsed within bounds, names matched without their namespace.

So the transitional and the strict form of a format are read alike.
"""

from __future__ import annotations

from lxml import etree

from corpus.notices import refused


def parse(data: bytes) -> etree._Element:
    """The root of an XML part. Raises ``Refused`` where it is damaged or declares entities."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise refused("unsafe_xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise refused("damaged_document") from None


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str = "val") -> str | None:
    """The value of an attribute, whatever its namespace; None where it is missing."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def descend(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element reached by the names of children, the first of each; None where one is missing."""
    for name in path:
        element = next((child for child in element if local_name(child) == name), None) if element is not None else None
    return element
