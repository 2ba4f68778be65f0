"""Pictures in a Word document that hold words: scans pasted between typed paragraphs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from posixpath import join, normpath

from lxml import etree
from PIL import Image

from corpus.errors import Refused
from corpus.formats.package import read_member
from corpus.formats.picture import check_size, opened, page_of
from corpus.formats.scan_pool import ScanPool
from corpus.formats.xml_parts import attribute, local_name
from corpus.layout.lines import Lines
from corpus.limits import Limits
from corpus.scans import coverage, inks, ocr

_LEAST_SIDES = (400, 120)  # dots: smaller pictures are emblems and signatures
_EMU = 914_400  # Word's units to the inch
_SURE = 0.6  # mean confidence from which a picture holds words
_FEWEST = 3  # words of a picture


class WordPictures:
    """Reads the pictures of one document where they stand in it, each once.

    ``read``: how many were recognised; ``unread``: the names of those that hold something like print but were not;
    ``placed``: the recognised runs of words with digits.
    """

    def __init__(
        self,
        package: zipfile.ZipFile,
        folder: str,
        relations: etree._Element | None,
        limits: Limits,
        sha256: str,
    ) -> None:
        self._package, self._limits = package, limits
        self._names = {info.filename: info for info in package.infolist()}
        self._targets = _targets(relations, folder)
        self._pool = ScanPool(limits, sha256, len(self._targets))
        self._seen: set[str] = set()
        self.read = 0
        self.unread: list[str] = []
        self.placed: list[ocr.Placed] = []

    def close(self) -> None:
        """No more pictures are asked for."""
        self._pool.close()

    def lines(self, drawing: etree._Element) -> Lines:
        """The words of the pictures in a drawing; none where there are none, or they were read before."""
        out = Lines()
        for element in drawing.iter():
            if local_name(element) not in ("blip", "imagedata"):
                continue
            name = self._targets.get(attribute(element, "embed") or attribute(element, "id") or "", "")
            if name in self._names and name not in self._seen:
                self._seen.add(name)
                out.extend(self._of(name, _width(drawing)))
        return out

    def _of(self, name: str, inches: float | None) -> Lines:
        try:
            data = read_member(self._package, self._names[name], self._limits.member_bytes, self._limits)
            with opened(data) as image:
                if image.width < _LEAST_SIDES[0] or image.height < _LEAST_SIDES[1]:
                    return Lines()
                check_size(image, self._limits)
                if inches:
                    image.info["dpi"] = (image.width / inches, image.width / inches)
                picture = page_of(image, self._limits)
        except Refused:  # a drawing of another kind (.emf), or damaged: it cannot be looked at
            self.unread.append(name.rpartition("/")[2])
            return Lines()
        return self._words(name, picture)

    def _words(self, name: str, picture: Image.Image) -> Lines:
        if coverage.uncovered(inks.apart(picture).everything, ()) is None:
            return Lines()  # a photograph, a chart
        seen = self._pool.begin(name, lambda: picture).result().seen if self._pool.can_read else None
        if seen is None or seen.confidence < _SURE or len(seen.words) < _FEWEST:
            self.unread.append(name.rpartition("/")[2])
            return Lines()
        self.read += 1
        if seen.uncovered:
            self.unread.append(name.rpartition("/")[2])
        self.placed += seen.placed
        return seen.lines


def _targets(relations: etree._Element | None, folder: str) -> Mapping[str, str]:
    """The parts that a document's relations name, by their ids."""
    found = {}
    for relation in relations if relations is not None else ():
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[attribute(relation, "Id") or ""] = path
    return found


def _width(drawing: etree._Element) -> float | None:
    """How wide a drawing is shown, in inches; None where it does not tell."""
    for element in drawing.iter():
        if local_name(element) in ("extent", "ext") and (attribute(element, "cx") or "").isdigit():
            inches = int(attribute(element, "cx") or 0) / _EMU
            return inches if inches > 0.5 else None
    return None
