"""How a page lies in its picture: turned by quarters, tilted, or two pages side by side on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corpus.scans.inks import on_white

_MOST_TILT, _LEAST_TILT = 10.0, 0.3  # degrees
_GAIN = 1.05  # by which a turned page must be sharper than the page as it is
_SMALL = 6  # times a picture is made smaller to be measured
_ENOUGH_COLUMNS = 300  # of a picture so made smaller, from which half of them tell the tilt to half a degree
_SIDEWAYS = 1.6  # by how much more the rows of ink must differ once the page is turned
_HEADS = 1.1  # by how much more ink must stand below letters than above
_SHEET = (1.3, 1.6)  # width by height of a sheet of two pages
_SHEET_WIDTH = 2800  # dots: two pages of A5
_GUTTER = 0.012  # of the width: white between two pages
_LEAST_SIDE = 0.15  # of all ink that each of two pages has


@dataclass(frozen=True, slots=True)
class View:
    """How a part of a picture was looked at: cut out at ``x, y`` (in dots of the turned picture, ``width`` by
    ``height``), the picture turned by ``quarters`` of a circle against the clock, the part by ``angle`` degrees."""

    quarters: int
    angle: float
    x: int
    y: int
    width: int
    height: int

    def back(self, box: tuple[float, float, float, float], size: tuple[int, int]) -> tuple[float, float, float, float]:
        """A box of the part as shares (0-1) of the picture as it was, which has ``size`` once turned."""
        x0, y0, x1, y1 = box
        turn = np.deg2rad(self.angle)
        middle_x, middle_y = self.width / 2, self.height / 2
        corners = []
        for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
            right, down = x - middle_x, y - middle_y
            seen_x = self.x + middle_x + right * np.cos(turn) - down * np.sin(turn)
            seen_y = self.y + middle_y + right * np.sin(turn) + down * np.cos(turn)
            corners.append(_turned_back(seen_x / size[0], seen_y / size[1], self.quarters))
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return float(max(0.0, min(xs))), float(max(0.0, min(ys))), float(min(1.0, max(xs))), float(min(1.0, max(ys)))


def _turned_back(x: float, y: float, quarters: int) -> tuple[float, float]:
    """A place of a picture turned against the clock, as a place of the picture as it was (both as shares)."""
    for _ in range(quarters % 4):
        x, y = 1 - y, x
    return x, y


def turned(picture: Image.Image, quarters: int) -> Image.Image:
    """The picture turned by quarters of a circle against the clock."""
    ways = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    way = ways[quarters % 4]
    return picture if way is None else picture.transpose(way)


def levelled(page: Image.Image, angle: float) -> Image.Image:
    """The page turned by an angle, in degrees against the clock."""
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else page


def _ink(page: Image.Image, smaller: int = _SMALL) -> NDArray[np.float32]:
    """How dark each place is, 0-255, faint paper left out: by the page's own darkest ink, for that may be pale."""
    size = (max(1, page.width // smaller), max(1, page.height // smaller))
    dark: NDArray[np.float32] = 255 - np.asarray(page.convert("L").resize(size, Image.Resampling.BOX), np.float32)
    paper = float(np.median(dark))
    dark = np.clip(dark - paper, 0, None)
    most = float(np.percentile(dark, 99.5))
    dark[dark < 0.35 * most] = 0
    return dark * (255 / max(most, 1.0))


def _difference(profile: NDArray[Any]) -> float:
    """How much neighbouring rows differ in ink."""
    return float(((profile[1:] - profile[:-1]) ** 2).sum())


def tilt(page: Image.Image, smaller: int = _SMALL) -> float:
    """By how many degrees to turn a page so that its lines run level: the angle at which the rows of the picture
    differ most in ink (projection profile), to a tenth of a degree. 0 where that is no more than ten degrees, where it
    says little, and where it does no harm (below a third of a degree)."""
    source = Image.fromarray(np.clip(_without_edges(_ink(page, smaller)), 0, 255).astype(np.uint8))
    half = source.reduce(2) if source.width >= _ENOUGH_COLUMNS else source
    coarse, fine = _Profile(np.asarray(half)), _Profile(np.asarray(source))
    most = int(_MOST_TILT * 2) + 2
    best = max((step * 0.5 for step in range(-most, most + 1)), key=coarse.sharpness)
    angle = max((best + step * 0.1 for step in range(-4, 5)), key=fine.sharpness)
    if not _LEAST_TILT <= abs(angle) <= _MOST_TILT or fine.sharpness(angle) < _GAIN * fine.sharpness(0.0):
        return 0.0
    return float(angle)


class _Profile:
    """How much ink the rows of a picture would have, were it turned: counted from its dark dots, without turning it."""

    def __init__(self, ink: NDArray[np.uint8]) -> None:
        self._rows = ink.shape[0]
        y, x = np.nonzero(ink)
        self._weight = ink[y, x].astype(np.float64)
        self._down = y - (ink.shape[0] - 1) / 2
        self._right = x - (ink.shape[1] - 1) / 2

    def sharpness(self, angle: float) -> float:
        """How much neighbouring rows differ once the picture is turned by ``angle`` degrees against the clock."""
        turn = np.deg2rad(angle)
        row = self._down * np.cos(turn) - self._right * np.sin(turn) + (self._rows - 1) / 2
        upper = np.floor(row).astype(np.intp)
        lower_share = row - upper
        seen = (upper >= 0) & (upper < self._rows)
        upper, share, weight = upper[seen], lower_share[seen], self._weight[seen]
        profile = np.bincount(upper, weight * (1 - share), self._rows + 1)
        profile += np.bincount(upper + 1, weight * share, self._rows + 1)
        return _difference(profile[: self._rows])


def _without_edges(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without the outermost part of the page, where scanners leave dark rims."""
    rows, columns = ink.shape[0] // 40, ink.shape[1] // 40
    out = ink.copy()
    if rows and columns:
        out[:rows] = out[-rows:] = 0
        out[:, :columns] = out[:, -columns:] = 0
    return out


def _rows(page: Image.Image) -> float:
    """How much the rows of a page, at a hundred dots an inch, differ in ink, for its size."""
    ink = _without_edges(_ink(page, 4))
    return float(_difference(ink.sum(axis=1)) / ink.shape[0])


def quarters_of(picture: Image.Image) -> int:
    """By how many quarters of a circle, against the clock, a picture must be turned to stand upright, by its ink alone:
    which way its lines run, and where letters have more above their bodies than below."""
    size = (max(1, picture.width // 3), max(1, picture.height // 3))
    small = on_white(picture.convert("L").resize(size, Image.Resampling.BOX))  # a shadow's edge is no line
    along = levelled(small, tilt(small, 4))
    across = turned(small, 1)
    across = levelled(across, tilt(across, 4))
    quarters = 1 if _rows(across) > _SIDEWAYS * _rows(along) else 0
    return (quarters + 2 * is_upside_down(across if quarters else along)) % 4


def is_upside_down(page: Image.Image) -> bool:
    """Whether the lines of a level page, at a hundred dots an inch, seem to stand on their heads. Vietnamese letters
    have more above their bodies (marks, ascenders, capitals) than below. Of a sheet wider than high each half is
    measured by itself: the lines of two pages need not be in line."""
    ink = _without_edges(_ink(page, 1))
    middle = ink.shape[1] // 2
    parts = [ink] if page.width <= page.height else [ink[:, :middle], ink[:, middle:]]
    above = below = 0.0
    for part in parts:
        profile = part.sum(axis=1)
        for line in _runs(profile > 0.08 * max(float(np.percentile(profile, 98)), 1.0)):
            body = np.flatnonzero(profile[line] > 0.5 * profile[line].max())
            if len(profile[line]) > 5 and len(body):
                above += float(profile[line][: body[0]].sum())
                below += float(profile[line][body[-1] + 1 :].sum())
    return below > _HEADS * above


def _runs(mask: NDArray[np.bool_]) -> list[slice]:
    """Where a row of truths begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [slice(int(begin), int(end)) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def halves(page: Image.Image) -> list[tuple[int, int]]:
    """Where the pages on a sheet begin and end, from left to right; one where no white gutter parts it."""
    if page.width < _SHEET_WIDTH or not _SHEET[0] * page.height < page.width < _SHEET[1] * page.height:
        return [(0, page.width)]
    ink = _without_edges(_ink(page))
    columns = (ink > 60).sum(axis=0)
    total = float(columns.sum())
    white = columns <= max(1, ink.shape[0] // 150)
    begin, end = int(0.42 * len(white)), int(0.58 * len(white))
    best, run = (0, 0), 0
    for at in range(begin, end):
        run = run + 1 if white[at] else 0
        best = max(best, (run, at))
    length, last = best
    middle = last - length // 2
    left = float(columns[:middle].sum())
    if length < _GUTTER * len(white) or not _LEAST_SIDE < left / max(total, 1.0) < 1 - _LEAST_SIDE:
        return [(0, page.width)]
    cut = middle * page.width // ink.shape[1]
    return [(0, cut), (cut, page.width)]
