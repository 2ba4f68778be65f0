"""The ink of a page's picture: black and coloured apart, on paper made white where it is grey or unevenly lit.

Coloured print (a paragraph changed in a draft, a stamped number) must be read, seals and signatures must not run into
the print: they are told apart by the size of their strokes' pieces. Sizes are in dots at 300 dots an inch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from corpus.scans.areas import Mask, connected, of_these

_GREY = 8  # between the bands of every dot of a page that has no colour but what its packing left
_COLOURED = 70  # between the strongest and the weakest of red, green and blue
_PALE = 40  # where ink is pale
_CELL = 24  # dots of a square in which the paper's brightness is measured
_WHITE, _EVEN = 225, 25  # paper darker than this, or that differs by more, is made white
_DARKEST = 0.3  # per cent of a page's dots that are surely ink, where it has any
_NO_INK = 0.86  # of the paper's brightness: no ink at all
_PALE_INK = 130  # ink no darker than this is made darker
_INK = 0.75  # of the paper's brightness; what is darker is ink
_SMALL = 3  # times the picture is made smaller to look for pieces of ink
_LEAST, _MOST = 11, 95  # height of a letter with its marks: 1 to 8 mm
_WIDEST = 260  # of letters that run together
_STAMP = 200  # a coloured piece this wide and high (17 mm) is a seal, a frame of a stamp or a signature
_FEWEST_LETTERS = 4
_FILL = 6  # dots of a square in which the colour of what print stands on is measured
_FILL_SPREAD, _FILL_LIGHT = 30, 150  # coloured paper, a marker: between its strongest and weakest band; how light
_FILL_BAND = 0.7  # of the strongest band of coloured paper; print is looked for in bands no weaker
_DEEP = 15  # per cent of the dots of a coloured ink that are darker in its own band than the ink commonly is

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Inks:
    """A picture taken apart. ``black``: in greys, without coloured ink; ``coloured``: the coloured ink that is of the
    size of letters, None where there is none; ``stamps``: boxes of coloured seals, frames and signatures;
    ``everything``: all ink in greys."""

    black: Image.Image
    coloured: Image.Image | None
    stamps: tuple[Box, ...]
    everything: Image.Image


def apart(picture: Image.Image) -> Inks:
    """The picture's ink taken apart."""
    picture = picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")
    if picture.mode == "RGB" and _spread(picture).max() <= _GREY:
        picture = picture.convert("L")
    if picture.mode == "L":
        grey = on_white(picture)
        return Inks(grey, None, (), grey)
    picture = without_fills(picture)
    grey = on_white(picture.convert("L"))
    bands = np.asarray(picture)
    spread = _spread(picture)
    values = np.asarray(grey)
    ink = values < 255 * _INK
    coloured = (spread > _COLOURED) | ((spread > _PALE) & ink & (values > 90))
    if not (coloured & ink).any():
        return Inks(grey, None, (), grey)
    letters, stamps = _sorted_pieces(coloured & ink)
    black = _without(coloured & ink, bands, values)
    of_letters = None
    if letters is not None:
        soft = _grown(letters, 5)
        print_ = np.where(soft, values, 255).astype(np.float32)
        darkest = float(np.percentile(print_[letters], 10)) if letters.any() else 0.0
        of_letters = np.clip((print_ - darkest) * (255 / max(255 - darkest, 1)), 0, 255).astype(np.uint8)
    return Inks(Image.fromarray(black), None if of_letters is None else Image.fromarray(of_letters), stamps, grey)


def _spread(picture: Image.Image) -> NDArray[np.uint8]:
    """Between the strongest and the weakest of red, green and blue, of each dot; band by band, which takes a tenth of
    the time of numpy's reduction over the three numbers of a dot."""
    red, green, blue = picture.split()
    light = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return np.asarray(ImageChops.subtract(light, ImageChops.darker(ImageChops.darker(red, green), blue)))


def without_fills(picture: Image.Image) -> Image.Image:
    """The picture in colours, what print stands on (a marker's stroke, a coloured row of a table) made white, and the
    print there black; as it is where all of its paper is white or grey."""
    size = (max(1, picture.width // _FILL), max(1, picture.height // _FILL))
    cells = picture.resize(size, Image.Resampling.BOX)
    paper = cells.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5))  # closed over the letters
    colours: NDArray[np.float32] = np.asarray(paper, dtype=np.float32)
    most = colours.max(axis=2)
    of_page = np.maximum(np.median(colours, axis=(0, 1)), 1)
    tints = colours * (of_page.max() / of_page)  # paper that is yellow all over is no marker's stroke
    filled = (tints.max(axis=2) - tints.min(axis=2) > _FILL_SPREAD) & (np.asarray(paper.convert("L")) >= _FILL_LIGHT)
    labels, areas = connected(filled)
    areas = [one for one in areas if min(one.rows.stop - one.rows.start, one.columns.stop - one.columns.start) > 3]
    if not areas:
        return picture
    filled = of_these(labels, [area.number for area in areas])
    rows = slice(min(area.rows.start for area in areas), max(area.rows.stop for area in areas))
    out = np.array(picture)
    part = out[rows.start * _FILL : rows.stop * _FILL, : size[0] * _FILL]
    grey = np.full(part.shape[:2], 255, dtype=np.float32)
    for band in range(3):  # in a band in which the paper is dark little is seen of the print
        shade = np.where(filled & (colours[:, :, band] >= _FILL_BAND * most), colours[:, :, band], 0)[rows]
        shade = shade.repeat(_FILL, axis=0).repeat(_FILL, axis=1)
        seen = shade > 0
        grey[seen] = np.minimum(grey[seen], part[:, :, band][seen] * (255 / shade[seen]))
    inside = filled[rows].repeat(_FILL, axis=0).repeat(_FILL, axis=1)
    part[inside] = np.minimum(grey[inside], 255).astype(np.uint8)[:, None]
    return Image.fromarray(out)


def _without(coloured: Mask, bands: NDArray[np.uint8], values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture in greys without its coloured ink. In the band that an ink is strongest in it is nearly white; black
    print below a seal is as dark there as elsewhere, and stays."""
    out = values.copy()
    near = _grown(coloured)
    strongest, light = bands.argmax(axis=2), bands.max(axis=2)
    for band in range(3):
        ink = light[coloured & (strongest == band)]
        if ink.size:
            mine = near & (strongest == band)
            least = max(float(np.percentile(ink, _DEEP)), 1.0)
            out[mine] = np.minimum(light[mine] * (255 / least), 255).astype(np.uint8)
    return out


def _grown(mask: Mask, size: int = 3) -> Mask:
    """The mask with the pale rim of its strokes."""
    return np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(size))) > 0


def _sorted_pieces(mask: Mask) -> tuple[Mask | None, tuple[Box, ...]]:
    """Of coloured ink the pieces as large as letters, outside of stamps; and the boxes of these."""
    rows, columns = mask.shape[0] // _SMALL * _SMALL, mask.shape[1] // _SMALL * _SMALL
    cells = mask[:rows, :columns].reshape(rows // _SMALL, _SMALL, columns // _SMALL, _SMALL)
    small: Mask = np.asarray(cells.any(axis=(1, 3)))
    labels, areas = connected(small)
    stamps: list[Box] = []
    letters: list[tuple[int, Box]] = []
    for number, ys, xs in areas:
        box = (xs.start * _SMALL, ys.start * _SMALL, xs.stop * _SMALL, ys.stop * _SMALL)
        width, height = box[2] - box[0], box[3] - box[1]
        if width >= _STAMP and height >= _STAMP // 2 and height >= _MOST:
            stamps.append(box)
        elif height <= _MOST and width <= _WIDEST * 4:
            letters.append((number, box))  # marks, dots and hyphens too
    outside = [(number, box) for number, box in letters if not any(holds(stamp, box) for stamp in stamps)]
    if sum(box[3] - box[1] >= _LEAST for _, box in outside) < _FEWEST_LETTERS:
        return None, tuple(stamps)
    found = of_these(labels, [number for number, _ in outside]).repeat(_SMALL, axis=0).repeat(_SMALL, axis=1)
    whole = np.zeros_like(mask)
    whole[:rows, :columns] = found
    return whole & mask, tuple(stamps)


def holds(outer: Box, inner: Box, slack: int = 12) -> bool:
    """Whether the middle of ``inner`` lies within ``outer``."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - slack <= x <= outer[2] + slack and outer[1] - slack <= y <= outer[3] + slack


def on_white(grey: Image.Image) -> Image.Image:
    """The picture with its paper white, where the paper is grey or unevenly lit; else as it is."""
    size = (max(1, grey.width // _CELL), max(1, grey.height // _CELL))
    # the brighter of the dots of a cell are paper; between the lines of a paragraph some paper is always seen
    cells = grey.resize((size[0] * 4, size[1] * 4), Image.Resampling.BOX).filter(ImageFilter.MaxFilter(5))
    cells = cells.resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(5))
    paper: NDArray[np.float32] = np.asarray(cells, dtype=np.float32)
    low, high = np.percentile(paper, (2, 98))
    if low >= _WHITE and high - low <= _EVEN and float(np.percentile(np.asarray(grey)[::4, ::4], _DARKEST)) < _PALE_INK:
        return grey
    smooth = cells.filter(ImageFilter.GaussianBlur(2)).resize(grey.size, Image.Resampling.BILINEAR)
    level: NDArray[np.float32] = np.maximum(np.asarray(smooth, dtype=np.float32), 40)
    values: NDArray[np.float32] = np.asarray(grey, dtype=np.float32) / level
    darkest = float(np.percentile(values[::4, ::4], _DARKEST))
    if darkest > _NO_INK:
        return grey  # an empty page: nothing but its grain would be made darker
    reach = max(0.95 - darkest, 0.15)  # faint ink is made dark, as far as there is any
    return Image.fromarray((np.clip((values - (0.95 - reach)) / reach, 0, 1) * 255).astype(np.uint8))
