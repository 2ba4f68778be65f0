"""Texts printed as offices print them, then scanned badly: pictures to test and measure recognition with.

Everything is drawn from a seed: the same text and seed give the same pixels.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Metric twins of Times New Roman, in which decree 30/2020 has documents set, where Linux keeps them.
# (Version 1 of the Liberation fonts has no Vietnamese letters; FreeSerif is drawn after Times as well.)
_FACES = ("liberation2/LiberationSerif-Regular.ttf", "freefont/FreeSerif.ttf", "dejavu/DejaVuSerif.ttf")
_BOLD_FACES = ("liberation2/LiberationSerif-Bold.ttf", "freefont/FreeSerifBold.ttf", "dejavu/DejaVuSerif-Bold.ttf")
_DPI = 300
_PAGE = (2480, 3508)  # A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 354, 200, 236, 236  # 30, 17, 20 and 20 mm
_SIZE, _LEADING = 58, 78  # 14 points


def face(bold: bool = False, size: int = _SIZE) -> ImageFont.FreeTypeFont:
    """A Times-like face with Vietnamese letters. Raises ``FileNotFoundError`` where the machine has none."""
    for name in _BOLD_FACES if bold else _FACES:
        path = Path("/usr/share/fonts/truetype", name)
        if path.exists():
            return ImageFont.truetype(str(path), size)
    raise FileNotFoundError("no Times-like font found: install fonts-liberation2 or fonts-freefont-ttf")


@dataclass(slots=True)
class Sheet:
    """One printed page and the lines set on it."""

    picture: Image.Image
    lines: list[str] = field(default_factory=list)


def printed(text: str, most_pages: int = 3) -> list[Sheet]:
    """The text set on A4 pages, 14 points, short lines in capitals centred and bold; at most ``most_pages``."""
    sheets: list[Sheet] = []
    regular, bold = face(), face(bold=True)
    width = _PAGE[0] - _LEFT - _RIGHT
    y = _PAGE[1]
    for paragraph in text.split("\n"):
        heading = paragraph.isupper() and len(paragraph) < 60
        font = bold if heading else regular
        for line in wrapped(paragraph, font, width):
            if y + _LEADING > _PAGE[1] - _BOTTOM:
                if len(sheets) == most_pages:
                    return sheets
                sheets.append(Sheet(Image.new("L", _PAGE, 255)))
                y = _TOP
            x = _LEFT + (width - font.getlength(line)) / 2 if heading else _LEFT
            ImageDraw.Draw(sheets[-1].picture).text((x, y), line, font=font, fill=10)
            sheets[-1].lines.append(line)
            y += _LEADING
        y += 12
    return sheets


def wrapped(paragraph: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def degraded(page: Image.Image, strength: float, seed: int) -> Image.Image:
    """The page as a scanner gives it: askew, blurred, uneven, speckled, compressed.

    ``strength`` 0 leaves it as printed, 1 is an ordinary office scan, 2 a bad one.
    """
    if strength <= 0:
        return page
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    angle = chance.uniform(-1.2, 1.2) * strength
    page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    if strength > 1:
        small = (int(page.width / (1 + 0.35 * (strength - 1))), int(page.height / (1 + 0.35 * (strength - 1))))
        page = page.resize(small, Image.Resampling.BILINEAR).resize(page.size, Image.Resampling.BILINEAR)
    page = page.filter(ImageFilter.GaussianBlur(0.9 * strength))
    values: np.ndarray = np.asarray(page, dtype=np.float32)
    shade = np.linspace(0, 30 * strength * chance.uniform(-1, 1), page.width, dtype=np.float32)
    values = values * (0.92 - 0.05 * strength) + 12 * strength - np.abs(shade)[None, :] * 0.4
    values += noise.normal(0, 9 * strength, values.shape).astype(np.float32)
    specks = noise.random(values.shape, dtype=np.float32) < 0.0004 * strength
    values[specks] = chance.choice((0, 40))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def coarse(page: Image.Image, dpi: int, seed: int) -> Image.Image:
    """The page as a fax or a scanner set too low gives it: ``dpi`` dots an inch, a little askew, blurred and noisy.

    At 110 dots a model that does not know the language loses letters whole; at 96 it tears words apart.
    """
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    size = (page.width * dpi // _DPI, page.height * dpi // _DPI)
    page = page.rotate(chance.uniform(-0.5, 0.5), Image.Resampling.BICUBIC, fillcolor=255)
    page = page.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.55))
    values: np.ndarray = np.asarray(page, dtype=np.float32)
    values = values * 0.9 + 15 + noise.normal(0, 1800 / dpi, values.shape).astype(np.float32)
    specks = noise.random(values.shape, dtype=np.float32) < 0.0008
    values[specks] = chance.choice((0, 60))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
