"""Pages unlike the one of ``bench._renderings``, made to be misread: other faces, tables, stamps, light, formats.

Every page has numbers of its own, drawn from a seed; half a page of A4 each, so that all are read in some minutes.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench._printing import coarse, degraded, face, wrapped

_SIZE = (2480, 1560)
_ISSUED = (
    ("Nghị định số {n}/{y}/NĐ-CP ngày {d} của Chính phủ", 400),
    ("Quyết định số {n}/QĐ-TTg ngày {d} của Thủ tướng Chính phủ", 2500),
    ("Thông tư số {n}/{y}/TT-BTC ngày {d} của Bộ trưởng Bộ Tài chính", 130),
    ("Nghị quyết số {n}/NQ-HĐND ngày {d} của Hội đồng nhân dân tỉnh", 99),
    ("Chỉ thị số {n}/CT-TTg ngày {d} của Thủ tướng Chính phủ", 60),
    ("Kế hoạch số {n}/KH-UBND ngày {d} của Ủy ban nhân dân tỉnh", 7000),
    ("Công văn số {n}/BNV-CCHC ngày {d} của Bộ Nội vụ", 9000),
    ("Tờ trình số {n}/TTr-SNV ngày {d} của Sở Nội vụ", 4000),
)  # fmt: skip
_FACES = {  # a wider face than Times runs over the end of the page
    "times": ("liberation2/LiberationSerif-Regular.ttf", "freefont/FreeSerif.ttf"),
    "italic": ("liberation2/LiberationSerif-Italic.ttf", "freefont/FreeSerifItalic.ttf"),
    "bold": ("liberation2/LiberationSerif-Bold.ttf", "freefont/FreeSerifBold.ttf"),
    "typewriter": ("liberation2/LiberationMono-Regular.ttf", "freefont/FreeMono.ttf", "dejavu/DejaVuSansMono.ttf"),
    "sans": ("liberation2/LiberationSans-Regular.ttf", "freefont/FreeSans.ttf", "dejavu/DejaVuSans.ttf"),
    "narrow": ("liberation2/LiberationSansNarrow-Regular.ttf", "dejavu/DejaVuSansCondensed.ttf"),
    "written": ("dancingscript/DancingScript-Regular.otf", "dejavu/DejaVuSans-Oblique.ttf"),
}  # fmt: skip


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """The first face of a kind that the machine has; ``FileNotFoundError`` where it has none."""
    for file in _FACES[name]:
        for root in ("/usr/share/fonts/truetype", "/usr/share/fonts/opentype"):
            if Path(root, file).exists():
                return ImageFont.truetype(str(Path(root, file)), size)
    raise FileNotFoundError(f"no font for {name}: apt-get install fonts-liberation2")


def _cited(seed: int, count: int) -> list[str]:
    """So many documents with numbers and dates of chance."""
    chance = random.Random(seed)
    said = []
    for at in range(count):
        form, most = _ISSUED[at % len(_ISSUED)]
        year = chance.randint(2014, 2024)
        day = f"{chance.randint(1, 28):02d}/{chance.choice(('01', '02', '3', '5', '7', '9', '10', '11', '12'))}/{year}"
        said.append(form.format(n=f"{chance.randint(1, most):02d}", y=year, d=day))
    return said


def text(seed: int, count: int = 10) -> str:
    """The text of a page."""
    cues = ("Căn cứ", "Thực hiện", "Theo")
    return "\n".join(f"{cues[at % 3]} {said};" for at, said in enumerate(_cited(seed, count)))


def _page(seed: int, name: str = "times", size: int = 58, left: int = 260, width: int = 1980) -> Image.Image:
    """The text printed in a face, at 300 dots an inch."""
    picture = Image.new("L", _SIZE, 255)
    font, y = _font(name, size), 160
    for paragraph in text(seed).split("\n"):
        for line in wrapped(paragraph, font, width):
            ImageDraw.Draw(picture).text((left, y), line, font=font, fill=10)
            y += round(size * 1.35)
    return picture


def _columns(seed: int) -> Image.Image:
    """Two columns of print."""
    picture = Image.new("L", _SIZE, 255)
    font, lines = _font("times", 46), text(seed).split("\n")
    for at in range(2):
        y = 160
        for paragraph in lines[at * 5 : at * 5 + 5]:
            for line in wrapped(paragraph, font, 920):
                ImageDraw.Draw(picture).text((240 + at * 1060, y), line, font=font, fill=10)
                y += 62
            y += 14
    return picture


def _table(seed: int, *, heads: tuple[int, int, int] | None = None, dark: bool = False) -> Image.Image:
    """A ruled table, a document in each row; ``heads``: the colour of every other row; ``dark``: print is white."""
    picture = Image.new("RGB", _SIZE, "white")
    draw, font, y = ImageDraw.Draw(picture), _font("times", 46), 140
    for at, said in enumerate(text(seed).split("\n")):
        lines = wrapped(said, font, 1500)
        high = 62 * len(lines) + 34
        filled = heads is not None and at % 2 == 0
        for x0, x1 in ((220, 400), (400, 2000), (2000, 2280)):
            draw.rectangle((x0, y, x1, y + high), outline=(20, 20, 20), width=4, fill=heads if filled else None)
        ink = (255, 255, 255) if filled and dark else (15, 15, 15)
        draw.text((280, y + 16), str(at + 1), font=font, fill=ink)
        draw.text((2040, y + 16), "Nội vụ", font=font, fill=ink)
        for number, line in enumerate(lines):
            draw.text((430, y + 16 + 62 * number), line, font=font, fill=ink)
        y += high
    return picture


def _sealed(seed: int, colour: tuple[int, int, int]) -> Image.Image:
    """A round seal over the numbers."""
    picture = _page(seed).convert("RGB")
    seal = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(seal)
    for inset, wide in ((0, 12), (60, 6), (190, 5)):
        draw.ellipse((700 + inset, 180 + inset, 1300 - inset, 780 - inset), outline=colour, width=wide)
    draw.text((850, 430), "NỘI VỤ", font=_font("bold", 80), fill=colour)
    return Image.fromarray(np.minimum(np.asarray(picture), np.asarray(seal)))


def _marked(seed: int) -> Image.Image:
    """Lines marked with a yellow pen."""
    values = np.asarray(_page(seed).convert("RGB")).copy()
    values[150:480, 240:2260] = np.minimum(values[150:480, 240:2260], np.array([255, 238, 60], dtype=np.uint8))
    return Image.fromarray(values)


def _written(seed: int) -> Image.Image:
    """The numbers in a face like handwriting."""
    picture, y = Image.new("L", _SIZE, 255), 160
    draw = ImageDraw.Draw(picture)
    for said in text(seed).split("\n"):
        x = 260.0
        for word in said.split():
            font = _font("written" if any(map(str.isdigit, word)) else "times", 56)
            if x + font.getlength(word) > 2260:
                x, y = 260.0, y + 80
            draw.text((x, y), word, font=font, fill=20)
            x += font.getlength(word) + 16
        y += 80
    return picture


def _lit(seed: int, kind: str) -> Image.Image:
    """The page under uneven light: darker downwards, at its edges, or in a band."""
    values = np.asarray(_page(seed), dtype=np.float32)
    rows, columns = np.linspace(0, 1, values.shape[0])[:, None], np.linspace(0, 1, values.shape[1])[None, :]
    light = {
        "down": 1 - 0.6 * rows + 0 * columns,
        "edges": 1 - 0.9 * ((rows - 0.5) ** 2 + (columns - 0.5) ** 2),
        "band": 1 - 0.55 * np.exp(-(((columns - 0.4) / 0.09) ** 2)) + 0 * rows,
    }[kind]
    return Image.fromarray((values * light).astype(np.uint8))


def _contrast(seed: int, ink: int, paper: int) -> Image.Image:
    return _page(seed).point(lambda value: ink + (paper - ink) * value // 255)


def _through(seed: int) -> Image.Image:
    """The back of the sheet shines through."""
    back = np.asarray(_page(seed + 500).transpose(Image.Transpose.FLIP_LEFT_RIGHT), dtype=np.float32)
    return Image.fromarray(np.minimum(np.asarray(_page(seed)), 255 - (255 - back) * 0.22).astype(np.uint8))


def _copied(seed: int) -> Image.Image:
    """A photocopy: askew, with the dark rim of the glass and holes of a punch."""
    picture = _page(seed, width=1860).rotate(1.4, Image.Resampling.BICUBIC, fillcolor=255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 45, picture.height), fill=25)
    draw.rectangle((0, picture.height - 40, picture.width, picture.height), fill=25)
    for y in (500, 1300):
        draw.ellipse((90, y, 170, y + 80), fill=30)
    return degraded(picture, 0.8, seed)


def _tilted(seed: int, angle: float) -> Image.Image:
    return _page(seed).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _dithered(seed: int) -> Image.Image:
    """As a fine fax sends a grey page: 204 by 196 dots, a pattern of them for every grey."""
    page = _contrast(seed, 40, 225)
    return page.resize((page.width * 204 // 300, page.height * 196 // 300), Image.Resampling.LANCZOS).convert("1")


def _torn(seed: int) -> Image.Image:
    """A fax that lost rows on its way."""
    page = _page(seed)
    values = np.asarray(page.resize((page.width * 204 // 300, page.height * 196 // 300))).copy()
    for row in random.Random(seed).sample(range(values.shape[0]), 18):
        values[row : row + 2] = 255
    return Image.fromarray(values).point(lambda value: 255 * (value > 140)).convert("1")


def _blurred(seed: int) -> Image.Image:
    """Moved while it was photographed."""
    page = _page(seed)
    return Image.blend(page, page.transform(page.size, Image.Transform.AFFINE, (1, 0, 7, 0, 1, 2)), 0.5).filter(
        ImageFilter.GaussianBlur(1.2)
    )


def _two(seed: int) -> Image.Image:
    """Two pages on a sheet of A4 on its side, each made smaller."""
    sheet = Image.new("L", (3508, 2480), 255)
    lines = text(seed).split("\n")
    for at in range(2):
        y, font = 200, _font("times", 50)
        for paragraph in lines[at * 5 : at * 5 + 5]:
            for line in wrapped(paragraph, font, 1350):
                ImageDraw.Draw(sheet).text((200 + at * 1754, y), line, font=font, fill=10)
                y += 70
    return sheet


_Make = Callable[[Path, int], Path]


def _saved(make: Callable[[int], Image.Image], suffix: str = ".png", dpi: int = 300, **options: object) -> _Make:
    def save(path: Path, seed: int) -> Path:
        make(seed).save(path.with_suffix(suffix), dpi=(dpi, dpi), **options)  # type: ignore[arg-type]
        return path.with_suffix(suffix)

    return save


def _at(dpi: int) -> _Make:
    """Scanned at a resolution."""

    def make(seed: int) -> Image.Image:
        if dpi < 300:
            return coarse(_page(seed), dpi, seed)
        page = _page(seed)
        return page.resize((page.width * dpi // 300, page.height * dpi // 300), Image.Resampling.BICUBIC)

    return _saved(make, dpi=dpi)


def _mixed(path: Path, seed: int) -> Path:
    """One PDF with pages that lie three ways."""
    lines = text(seed).split("\n")
    pages = []
    for at, angle in enumerate((0, 90, 180)):
        picture, y = Image.new("L", _SIZE, 255), 160
        for paragraph in lines[at::3]:
            for line in wrapped(paragraph, face(), 1900):
                ImageDraw.Draw(picture).text((260, y), line, font=face(), fill=10)
                y += 80
        pages.append(picture.rotate(angle, expand=True))
    pages[0].save(path.with_suffix(".pdf"), "PDF", resolution=300, save_all=True, append_images=pages[1:])
    return path.with_suffix(".pdf")


def _frames(path: Path, seed: int) -> Path:
    """A TIFF of black and white, a page in each frame."""
    lines = text(seed).split("\n")
    pages = []
    for part in (lines[:5], lines[5:]):
        picture, y = Image.new("L", (2480, 1100), 255), 120
        for paragraph in part:
            for line in wrapped(paragraph, face(), 1900):
                ImageDraw.Draw(picture).text((260, y), line, font=face(), fill=10)
                y += 80
        pages.append(picture.point(lambda value: 255 * (value > 128)).convert("1"))
    path = path.with_suffix(".tif")
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4", dpi=(300, 300))
    return path


def _in_word(path: Path, seed: int) -> Path:
    """A .docx with the page pasted small below a sentence."""
    from docx import Document
    from docx.shared import Inches

    file = io.BytesIO()
    degraded(_page(seed), 1.0, seed).save(file, "JPEG", quality=70)
    document = Document()
    document.add_paragraph("Kính gửi các cơ quan, xin gửi kèm bản chụp.")
    document.add_picture(file, width=Inches(4))
    document.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


def _turned_in_pdf(path: Path, seed: int) -> Path:
    """Stored upside down, with a /Rotate entry that sets it on its side."""
    _page(seed).rotate(180).save(path.with_suffix(".pdf"), "PDF", resolution=300)
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    document[0].set_rotation(270)
    document.save(str(path.with_name("turned.pdf")))
    return path.with_name("turned.pdf")


def _deep(path: Path, seed: int) -> Path:
    """Sixteen bits a dot."""
    Image.fromarray(np.asarray(_page(seed), dtype=np.uint16) * 200).save(path.with_suffix(".png"))
    return path.with_suffix(".png")


def _inked(seed: int, colour: tuple[int, int, int]) -> Image.Image:
    part = np.asarray(_page(seed), dtype=np.float32)[..., None] / 255
    return Image.fromarray((np.asarray(colour) + part * (255 - np.asarray(colour))).astype(np.uint8))


ADVERSARIES: dict[str, _Make] = {
    "typewriter": _saved(lambda seed: _page(seed, "typewriter", 50)),
    "typewriter, bad scan": _saved(lambda seed: degraded(_page(seed, "typewriter", 50), 2.0, seed)),
    "sans": _saved(lambda seed: _page(seed, "sans", 52)),
    "narrow": _saved(lambda seed: _page(seed, "narrow", 52)),
    "italic, office scan": _saved(lambda seed: degraded(_page(seed, "italic"), 1.0, seed)),
    "bold": _saved(lambda seed: _page(seed, "bold")),
    "9 points": _saved(lambda seed: _page(seed, size=38)),
    "7 points, office scan": _saved(lambda seed: degraded(_page(seed, size=30), 1.0, seed)),
    "two columns": _saved(_columns),
    "ruled table": _saved(_table),
    "ruled table, bad scan": _saved(lambda seed: degraded(_table(seed).convert("L"), 2.0, seed)),
    "table with yellow rows": _saved(lambda seed: _table(seed, heads=(255, 235, 130))),
    "table with blue rows": _saved(lambda seed: _table(seed, heads=(140, 180, 235))),
    "white print on blue rows": _saved(lambda seed: _table(seed, heads=(30, 60, 130), dark=True)),
    "red seal over numbers": _saved(lambda seed: _sealed(seed, (220, 40, 50))),
    "black seal over numbers": _saved(lambda seed: _sealed(seed, (60, 60, 60))),
    "yellow marker": _saved(_marked),
    "all in violet": _saved(lambda seed: _inked(seed, (110, 40, 150))),
    "numbers as if written": _saved(_written),
    "grey on grey": _saved(lambda seed: _contrast(seed, 120, 190)),
    "pale on white": _saved(lambda seed: _contrast(seed, 200, 252)),
    "JPEG quality 8": _saved(_page, ".jpg", quality=8),
    "150 dpi, JPEG quality 15": _saved(lambda seed: coarse(_page(seed), 150, seed), ".jpg", 150, quality=15),
    "tilt 0.5°": _saved(lambda seed: _tilted(seed, 0.5)),
    "tilt -2°": _saved(lambda seed: _tilted(seed, -2)),
    "tilt 4°": _saved(lambda seed: _tilted(seed, 4)),
    "tilt -6.5°": _saved(lambda seed: _tilted(seed, -6.5)),
    "tilt 8.5°": _saved(lambda seed: _tilted(seed, 8.5)),
    "tilt -10°": _saved(lambda seed: _tilted(seed, -10)),
    "upside down, tilt 3°": _saved(lambda seed: _tilted(seed, 183)),
    "on its side, tilt -2°": _saved(lambda seed: _tilted(seed, 88)),
    "pages that lie three ways": _mixed,
    "upside down, /Rotate 270": _turned_in_pdf,
    "two pages on A4": _saved(_two),
    "two pages on A4, upside down": _saved(lambda seed: _two(seed).rotate(180)),
    ".docx, small picture": _in_word,
    "darker downwards": _saved(lambda seed: _lit(seed, "down")),
    "dark edges": _saved(lambda seed: _lit(seed, "edges")),
    "a dark band": _saved(lambda seed: _lit(seed, "band")),
    "fax, dithered": _saved(_dithered, ".tif", 200, compression="group4"),
    "fax, rows lost": _saved(_torn, ".tif", 200, compression="group4"),
    "72 dpi, other page": _at(72),
    "120 dpi": _at(120),
    "150 dpi": _at(150),
    "200 dpi": _at(200),
    "400 dpi": _at(400),
    "CMYK JPEG": _saved(lambda seed: _page(seed).convert("CMYK"), ".jpg", quality=80),
    "JPEG 2000, strong": _saved(_page, ".jp2", quality_mode="rates", quality_layers=[60]),
    "WebP": _saved(lambda seed: _page(seed).convert("RGB"), ".webp", quality=25),
    "TIFF of two pages, 1 bit": _frames,
    "PNG of 16 bits": _deep,
    "GIF": _saved(_page, ".gif"),
    "back shines through": _saved(_through),
    "photocopy": _saved(_copied),
    "blurred by a move": _saved(_blurred),
}  # fmt: skip
"""Every page: what writes it, given where and from which seed."""


def seed_of(name: str) -> int:
    """The seed of a page: it is another for each."""
    return 100 + list(ADVERSARIES).index(name)
