"""Which part of a website's page is the document, and what the page says about it in its attribute table."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.layout.plain_lines import clean

# Where sites that publish Vietnamese documents put the document itself, most particular first.
_MAIN = (
    "#toanvancontent",  # vbpl.vn, full text
    ".box-tab-vb > .content",  # vbpl.vn, attributes, diagram, related documents
    ".vbProperties",
    "#divContentDoc .content1",  # thuvienphapluat.vn
    "#divContentDoc",
    ".content1",
    ".the-document-body",  # luatvietnam.vn
    "#divNoiDung",
    "#noidung",
    ".vb-content",
    "ul.listLaw",  # vbpl.vn, search results
    "article",
    "main",
    "[role=main]",
)
_FURNITURE_TAGS = ("nav", "footer", "aside")
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|menu\w*|breadcrumbs?|sidebar|footer|comments?|binhluan|related|lienquanbox|"
    r"share|social|banner|advert\w*|ads?|cookie\w*|pagination|box-map|vbtools|qlink|tags?|toolbar|download|print|"
    r"fileattack|newsletter|login|popup|modal|tooltip)(?:$|[-_\s])",
    re.IGNORECASE,
)
_LABELS = {
    "so hieu": "number",
    "so ky hieu": "number",
    "so/ky hieu": "number",
    "so van ban": "number",
    "ngay ban hanh": "date",
    "ngay ky": "date",
    "co quan ban hanh": "issuer",
    "noi ban hanh": "issuer",
    "co quan ban hanh/ chuc danh / nguoi ky": "issuer",  # vbpl.vn: the next cell is the first of the three
    "trich yeu": "title",
    "trich yeu noi dung": "title",
    "ten van ban": "title",
}
_OTHER_LABELS = frozenset(
    {
        "loai van ban",
        "nguoi ky",
        "chuc danh",
        "linh vuc",
        "linh vuc nganh",
        "ngay hieu luc",
        "ngay co hieu luc",
        "tinh trang",
        "tinh trang hieu luc",
        "hieu luc",
        "ngay cong bao",
        "ngay dang cong bao",
        "so cong bao",
        "nguon thu thap",
        "pham vi",
        "nganh",
        "ngay het hieu luc",
    }
)
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def main_parts(soup: BeautifulSoup) -> list[Tag]:
    """The elements that hold the document, in page order: the first kind of ``_MAIN`` found with words in it, else
    the body."""
    for selector in _MAIN:
        found = [tag for tag in soup.select(selector) if len(tag.get_text(strip=True)) > 40]
        if found:
            return [tag for tag in found if not any(parent in found for parent in tag.parents)]
    body = soup.body
    return [body] if isinstance(body, Tag) else [soup]


def without_furniture(part: Tag) -> None:
    """Takes navigation, comments, tool bars and boxes of related links out of ``part``, in place.

    Nothing that holds more than half of the part's words is taken for furniture, whatever it is called.
    """
    whole = len(part.get_text(strip=True))
    doomed = []
    for tag in part.find_all(True):
        named = " ".join([str(tag.get("id", "")), *(tag.get("class") or [])])
        is_furniture = (
            tag.name in _FURNITURE_TAGS
            or tag.get("role") in ("navigation", "banner", "complementary", "contentinfo")
            or (named.strip() and _FURNITURE.search(named))
            or _is_link_list(tag)
        )
        if is_furniture and len(tag.get_text(strip=True)) * 2 <= whole:
            doomed.append(tag)
    for tag in doomed:
        if not tag.decomposed:
            tag.decompose()


def _is_link_list(tag: Tag) -> bool:
    """A list of three or more links and hardly anything else: a menu, a tab bar, a box of "see also"."""
    if tag.name not in ("ul", "ol", "dl"):
        return False
    links = tag.find_all("a", href=True)
    words = len(tag.get_text(strip=True))
    linked = sum(len(link.get_text(strip=True)) for link in links)
    return len(links) >= 3 and linked > 0.8 * words


def folded(text: str) -> str:
    """Lower case without diacritics, to compare labels by."""
    text = unicodedata.normalize("NFD", clean(text).lower()).replace("đ", "d")
    return "".join(letter for letter in text if not unicodedata.combining(letter)).strip(" :")


def attributes_of(soup: BeautifulSoup) -> dict[str, str]:
    """``number``, ``date`` (ISO), ``issuer``, ``title`` from the page's attribute table, where it has one.

    Only elements of tables, definition lists and list items are looked at, and only a page with at least two known
    labels is taken to have such a table: a document's own tables must not speak for it.
    """
    said: dict[str, set[str]] = {}
    labels: set[str] = set()
    for label, value in _pairs(soup):
        key = _LABELS.get(label)
        if key or label in _OTHER_LABELS:
            labels.add(label)
        if key and (value := _value(key, value)):
            said.setdefault(key, set()).add(value)
    # A list of documents repeats the labels with other values: then the page speaks of several, not of one.
    found = {key: min(values) for key, values in said.items() if len(values) == 1}
    if len(labels) < 2 or not found or len(found) < len(said):
        return {}
    if "title" not in found and (title := _title(soup)):
        found["title"] = title
    return {key: found[key] for key in ("number", "date", "issuer", "title") if key in found}


def _pairs(soup: BeautifulSoup) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for row in soup.find_all("tr"):
        cells = [clean(cell.get_text(" ")) for cell in row.find_all(["td", "th"], recursive=False)]
        pairs.extend((folded(label), value) for label, value in pairwise(cells) if len(label) < 60)
    for term in soup.find_all("dt"):
        definition = term.find_next_sibling("dd")
        if isinstance(definition, Tag):
            pairs.append((folded(term.get_text(" ")), clean(definition.get_text(" "))))
    for item in soup.find_all(["li", "p", "div"]):
        if item.find(["li", "p", "div", "table"]):
            continue
        words = clean(item.get_text(" "))
        if len(words) < 300 and ":" in words:
            label, value = words.split(":", 1)
            pairs.append((folded(label), value.strip()))
    return pairs


def _value(key: str, value: str) -> str:
    if key == "date":
        found = _DATE.search(value)
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else ""
    if key == "number" and not any(sign.isdigit() for sign in value):
        return ""
    return value if len(value) < 1000 else ""


def _title(soup: BeautifulSoup) -> str:
    meta = soup.find("meta", attrs={"property": "og:title"})
    if isinstance(meta, Tag) and meta.get("content"):
        return clean(str(meta["content"]))
    properties = soup.select_one(".vbProperties td.title")  # vbpl.vn
    heading = properties if isinstance(properties, Tag) else soup.find("h1")
    return clean(heading.get_text(" ")) if isinstance(heading, Tag) else ""
