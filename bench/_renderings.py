"""The ways in which pages reach an office's computer: one printed page, rendered each way that once lost something."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from bench._printing import coarse, degraded, face, printed

TEXT = """ỦY BAN NHÂN DÂN TỈNH NINH THUẬN
Số: 421/KH-UBND
Ninh Thuận, ngày 27 tháng 01 năm 2022
KẾ HOẠCH
Cải cách hành chính năm 2022
Căn cứ Nghị định số 107/2020/NĐ-CP ngày 14/9/2020 của Chính phủ sửa đổi Nghị định số 24/2014/NĐ-CP ngày 04/4/2014;
Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính;
Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính;
Thực hiện Quyết định số 1085/QĐ-TTg ngày 15/9/2022 và Chỉ thị số 23/CT-TTg ngày 02/9/2021 của Thủ tướng Chính phủ;
Thực hiện Thông tư số 65/2023/TT-BTC ngày 31/10/2023 và Thông tư số 17/2023/TT-BNV ngày 18/6/2023;
Thực hiện Công văn số 2105/BNV-CCHC ngày 11/5/2021 của Bộ Nội vụ về việc báo cáo kết quả thực hiện;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 3168/TTr-SNV ngày 21/12/2021;
Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau đây: rà soát Quyết định số 08/QĐ-UBND ngày 06/01/2020,
Quyết định số 1377/QĐ-UBND ngày 13/7/2018 và Nghị quyết số 93/NQ-HĐND ngày 09/11/2021 của Hội đồng nhân dân tỉnh."""
"""A page of our own, with fourteen numbers and their dates."""


def page() -> Image.Image:
    """The page as printed, at 300 dots an inch."""
    return printed(TEXT)[0].picture


def _inked(colour: tuple[int, int, int], begin: float, end: float) -> Image.Image:
    """The page with a stretch of it printed in colour."""
    values = np.array(page().convert("RGB"))
    low, high = (_between_lines(values, int(share * values.shape[0])) for share in (begin, end))
    part = values[low:high].astype(np.float32) / 255
    values[low:high] = (np.asarray(colour) + part * (255 - np.asarray(colour))).astype(np.uint8)
    return Image.fromarray(values)


def _between_lines(values: np.ndarray, row: int) -> int:
    """The first row from there on without ink: no line is printed half in one colour."""
    while values[row].min() < 255:
        row += 1
    return row


def _uneven() -> Image.Image:
    light = np.linspace(1.0, 0.3, page().width)[None, :] * np.linspace(1.0, 0.8, page().height)[:, None]
    return Image.fromarray((np.asarray(page()) * light).astype(np.uint8))


def _stamped() -> Image.Image:
    """The page with a registry's stamp over its head."""
    picture = page().convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((1500, 120, 2230, 420), outline=(150, 30, 90), width=6)
    for number, line in enumerate(("SỞ NỘI VỤ NINH THUẬN", "CÔNG VĂN ĐẾN", "Số: 2770  Ngày: 04/4/2018")):
        draw.text((1540, 140 + 85 * number), line, font=face(size=48), fill=(150, 30, 90))
    return picture


def _on_a3(sideways: bool) -> Image.Image:
    """The page, cut in two, as the pages of a sheet of A3."""
    whole = page()
    sheet = Image.new("L", (2 * whole.width, whole.height), 255)
    sheet.paste(whole.crop((0, 0, whole.width, 1000)), (0, 0))
    sheet.paste(whole.crop((0, 1000, whole.width, whole.height)), (whole.width, 200))
    return sheet.rotate(90, expand=True) if sideways else sheet


def _png(picture: Image.Image, path: Path, dpi: tuple[float, float] = (300, 300)) -> Path:
    picture.save(path.with_suffix(".png"), dpi=dpi)
    return path.with_suffix(".png")


def _pdf(picture: Image.Image, path: Path) -> Path:
    picture.save(path.with_suffix(".pdf"), "PDF", resolution=300)
    return path.with_suffix(".pdf")


def _fax(path: Path) -> Path:
    size = (page().width * 204 // 300, page().height * 98 // 300)
    picture = page().resize(size, Image.Resampling.LANCZOS).point(lambda value: 255 * (value > 150)).convert("1")
    picture.save(path.with_suffix(".tif"), compression="group4", dpi=(204, 98))
    return path.with_suffix(".tif")


def _exif(path: Path) -> Path:
    noted = Image.Exif()
    noted[0x0112] = 6
    page().rotate(90, expand=True).save(path.with_suffix(".jpg"), exif=noted, dpi=(300, 300), quality=90)
    return path.with_suffix(".jpg")


def _transparent(path: Path) -> Path:
    ink = Image.fromarray(255 - np.asarray(page()))
    return _png(Image.merge("LA", (Image.new("L", ink.size, 0), ink)), path)


def _jpeg2000(path: Path) -> Path:
    page().save(path.with_suffix(".jp2"), quality_mode="rates", quality_layers=[30])
    return path.with_suffix(".jp2")


def _typed(
    document: pypdfium2.PdfDocument, sheet: pypdfium2.PdfPage, lines: list[str], *, hidden: bool = False
) -> None:
    """Lines of text objects from the top of a page; ``hidden``: as scanners' programs put them behind the picture."""
    data = Path(str(face().path)).read_bytes()
    held = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    loaded = pdfium.FPDFText_LoadFont(document, held, len(data), pdfium.FPDF_FONT_TRUETYPE, True)
    for number, line in enumerate(lines):
        item = pdfium.FPDFPageObj_CreateTextObj(document, loaded, 11)
        words = (line + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(item, ctypes.cast(ctypes.c_char_p(words), ctypes.POINTER(ctypes.c_ushort)))
        if hidden:
            pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, 40, sheet.get_height() - 42 - 18 * number)
        pdfium.FPDFPage_InsertObject(sheet, item)
    pdfium.FPDFPage_GenerateContent(sheet)


def _placed(document: pypdfium2.PdfDocument, sheet: pypdfium2.PdfPage, part: Image.Image, x: float, y: float) -> None:
    """A picture at 300 dots an inch, its lower left corner at a place in points."""
    image = pypdfium2.PdfImage.new(document)
    file = io.BytesIO()
    part.convert("RGB").save(file, "JPEG", quality=92)
    image.load_jpeg(file)
    image.set_matrix(pypdfium2.PdfMatrix(part.width * 0.24, 0, 0, part.height * 0.24, x, y))
    sheet.insert_obj(image)
    sheet.gen_content()


def _strips(path: Path) -> Path:
    """Stored as strips, below a header of some typed letters."""
    document = pypdfium2.PdfDocument.new()
    sheet = document.new_page(595, 842)
    whole = page()
    for top in range(0, whole.height, 500):
        part = whole.crop((0, top, whole.width, min(whole.height, top + 500)))
        _placed(document, sheet, part, 0, 842 - (top + part.height) * 0.24)
    _typed(document, sheet, ["Trang 1 · bản số hóa · kho lưu trữ điện tử của cơ quan, hộp số bảy mươi ba"])
    document.save(str(path.with_suffix(".pdf")))
    return path.with_suffix(".pdf")


def _pasted(path: Path) -> Path:
    """A typed page with the scan pasted below its words."""
    document = pypdfium2.PdfDocument.new()
    sheet = document.new_page(595, 1100)
    whole = page()
    _placed(document, sheet, whole.crop((0, 200, whole.width, 2400)), 0, 200)
    lines = ["Phần chữ gõ máy của công văn này gồm nhiều dòng, mỗi dòng là một câu dài bằng tiếng Việt."] * 14
    _typed(document, sheet, lines)
    document.save(str(path.with_suffix(".pdf")))
    return path.with_suffix(".pdf")


def _layer(path: Path) -> Path:
    """Someone's invisible layer over the picture, every digit one too high."""
    document = pypdfium2.PdfDocument.new()
    sheet = document.new_page(595, 842)
    _placed(document, sheet, page(), 0, 0)
    shifted = TEXT.translate(str.maketrans("0123456789", "1234567890"))
    _typed(
        document,
        sheet,
        [line[at : at + 90] for line in shifted.split("\n") for at in range(0, len(line), 90)],
        hidden=True,
    )
    document.save(str(path.with_suffix(".pdf")))
    return path.with_suffix(".pdf")


def _wrong_rotate(path: Path) -> Path:
    _pdf(page(), path)
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    document[0].set_rotation(90)
    document.save(str(path.with_name(path.name + "-r").with_suffix(".pdf")))
    return path.with_name(path.name + "-r").with_suffix(".pdf")


def _outlines(path: Path) -> Path:
    """Letters drawn as shapes, as programs for posters and plans write them."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    font = TTFont(str(face().path))
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), 12 / font["head"].unitsPerEm
    document = pypdfium2.PdfDocument.new()
    sheet = document.new_page(595, 842)
    y = 780.0
    for line in printed(TEXT)[0].lines:
        x = 60.0
        for letter in line:
            name = names.get(ord(letter), ".notdef")
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
            _draw(sheet, pen.value, x, y, scale)
            x += glyphs[name].width * scale
        y -= 20
    pdfium.FPDFPage_GenerateContent(sheet)
    document.save(str(path.with_suffix(".pdf")))
    return path.with_suffix(".pdf")


_Steps = list[tuple[str, tuple[tuple[float, float], ...]]]


def _draw(sheet: pypdfium2.PdfPage, steps: _Steps, x: float, y: float, by: float) -> None:
    """One letter as a filled shape."""
    if not steps:
        return
    shape = pdfium.FPDFPageObj_CreateNewPath(x, y)
    for step, points in steps:
        spots = [(x + by * px, y + by * py) for px, py in (point for point in points if point is not None)]
        if step == "moveTo":
            pdfium.FPDFPath_MoveTo(shape, *spots[0])
        elif step in ("closePath", "endPath"):
            pdfium.FPDFPath_Close(shape)
        else:
            for spot in spots:  # curves as the lines between their points: legible, and drawn as shapes
                pdfium.FPDFPath_LineTo(shape, *spot)
    pdfium.FPDFPath_SetDrawMode(shape, pdfium.FPDF_FILLMODE_WINDING, False)
    pdfium.FPDFPage_InsertObject(sheet, shape)


def _word(path: Path) -> Path:
    """A .docx with the page pasted into it."""
    from docx import Document
    from docx.shared import Inches

    file = io.BytesIO()
    page().crop((0, 200, 2480, 2400)).save(file, "PNG")
    document = Document()
    document.add_paragraph("Kính gửi các cơ quan, đơn vị, xin gửi kèm bản chụp dưới đây.")
    document.add_picture(file, width=Inches(6))
    document.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


RENDERINGS: dict[str, Callable[[Path], Path]] = {
    "as printed": lambda path: _pdf(page(), path),
    "office scan": lambda path: _pdf(degraded(page(), 1.0, 5), path),
    "bad scan": lambda path: _pdf(degraded(page(), 2.0, 5), path),
    "red paragraph": lambda path: _pdf(_inked((200, 25, 45), 0.2, 0.42), path),
    "blue paragraph": lambda path: _pdf(_inked((30, 50, 190), 0.2, 0.42), path),
    "green paragraph": lambda path: _pdf(_inked((20, 120, 60), 0.2, 0.42), path),
    "number in red": lambda path: _pdf(_inked((200, 25, 45), 0.08, 0.11), path),
    "strips, typed header": _strips,
    "outlines": _outlines,
    "typed page, pasted scan": _pasted,
    ".docx, pasted scan": _word,
    "faint": lambda path: _png(page().point(lambda value: 255 - int((255 - value) * 0.2)), path),
    "grey paper": lambda path: _png(page().point(lambda value: int(value * 0.45 + 50)), path),
    "uneven light": lambda path: _png(_uneven(), path),
    "turned 90°": lambda path: _png(page().rotate(90, expand=True), path),
    "turned 180°": lambda path: _png(page().rotate(180), path),
    "turned 270°": lambda path: _png(page().rotate(270, expand=True), path),
    "turned, EXIF": _exif,
    "wrong /Rotate": _wrong_rotate,
    "A3, two pages": lambda path: _png(_on_a3(False), path),
    "A3 sideways": lambda path: _png(_on_a3(True), path),
    "layer with other digits": _layer,
    "skew 7°": lambda path: _png(page().rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255), path),
    "skew -9°": lambda path: _png(page().rotate(-9, Image.Resampling.BICUBIC, expand=True, fillcolor=255), path),
    "100 dpi": lambda path: _png(coarse(page(), 100, 3), path, (100, 100)),
    "72 dpi": lambda path: _png(coarse(page(), 72, 3), path, (72, 72)),
    "fax 204×98": _fax,
    "registry stamp": lambda path: _pdf(_stamped(), path),
    "JPEG 2000": _jpeg2000,
    "transparent PNG": _transparent,
}
"""Every rendering, by what it is called: writes the file and returns where."""
