"""Print the bundled documents that are not plain text: ``python tools/make_samples.py``.

``tools/samples/NAME.EXT.txt`` becomes ``corpus/samples/NAME.EXT``, and likewise ``tools/drafts``: a Word file, a PDF
with a text layer, a web page as Word saves it (windows-1252, Vietnamese letters as entities), or for ``.txt`` a text as
a reading program leaves it that was trained on English. In the sources a line ``A | B`` stands in two columns, `` / ``
breaks a line within a column, ``# `` begins a centred bold line. Needs the development extras and the DejaVu fonts
(Debian: fonts-dejavu-core).
"""

from __future__ import annotations

import datetime
import html
import random
import sys
import unicodedata
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("samples", "drafts")  # below tools/ and corpus/
FONTS = Path("/usr/share/fonts/truetype/dejavu")

# What an English reading program makes of Vietnamese letters beside dropping their marks; digits it reads right.
CONFUSIONS = {
    "ế": "éê&", "ệ": "é¢", "ề": "éè", "ể": "é", "ố": "6bd", "ộ": "do", "ổ": "6o", "ở": "&¢", "ớ": "do", "ứ": "ur",
    "ủ": "uit", "ự": "yuw", "ợ": "go", "ọ": "go", "ụ": "yu", "ă": "ai", "ã": "ai", "Đ": "DPB", "đ": "d", "ý": "y",
}  # fmt: skip
DAMAGE = 0.8  # share of the letters above that are misread; of the others the marks are lost

Row = tuple[list[str], list[str]]


def main() -> int:
    if not FONTS.is_dir():
        print(f"no fonts at {FONTS}: apt-get install fonts-dejavu-core", file=sys.stderr)
        return 3
    writers = {".docx": write_docx, ".pdf": write_pdf, ".html": write_html, ".txt": write_damaged}
    sources = [source for folder in FOLDERS for source in sorted((PROJECT / "tools" / folder).glob("*.txt"))]
    for source in sources:
        target = PROJECT / "corpus" / source.parent.name / source.stem
        writers[target.suffix](source.read_text(encoding="utf-8"), target)
        print(target.relative_to(PROJECT))
    return 0


def columns(line: str) -> Row | None:
    """The two columns of a line, each a list of its own lines, or None for a line across the page."""
    left, bar, right = line.partition(" | ")
    return (left.split(" / "), right.split(" / ")) if bar else None


def write_docx(text: str, target: Path) -> None:
    document = Document()
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2022, 1, 1)
    for line in text.splitlines():
        row = columns(line)
        if row:
            cells = document.add_table(rows=1, cols=2).rows[0].cells
            for cell, words in zip(cells, row, strict=True):
                cell.text = "\n".join(words)
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif line.startswith("# "):
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(line[2:]).bold = True
        elif line:
            document.add_paragraph(line)
    document.save(str(target))


def write_pdf(text: str, target: Path) -> None:
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC))
    pdf.add_font("serif", "", str(FONTS / "DejaVuSerif.ttf"))
    pdf.add_font("serif", "B", str(FONTS / "DejaVuSerif-Bold.ttf"))
    pdf.set_margins(25, 20)
    pdf.add_page()
    for line in text.splitlines():
        pdf.set_font("serif", "B" if line.startswith("# ") else "", 10)
        row = columns(line)
        if row:
            top, bottom = pdf.get_y(), 0.0
            for at, words in zip((25, 95), row, strict=True):
                pdf.set_xy(at, top)
                pdf.multi_cell(70 if at == 25 else 90, 6, "\n".join(words), align=Align.C)
                bottom = max(bottom, pdf.get_y() + 6)
            pdf.set_xy(25, bottom)
        elif line.startswith("# "):
            pdf.multi_cell(0, 6, line[2:], align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        else:
            pdf.multi_cell(0, 6, line or " ", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.output(str(target))


def write_html(text: str, target: Path) -> None:
    lines = [
        "<html>",
        "<head>",
        '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">',
        '<meta name=Generator content="Microsoft Word 15 (filtered)">',
        "</head>",
        "<body lang=EN-US>",
    ]
    for line in text.splitlines():
        row = columns(line)
        if row:
            cells = "".join(
                f"<td><p class=MsoNormal>{'<br>'.join(html.escape(part) for part in words)}</p></td>" for words in row
            )
            lines.append(f"<table border=0>\n<tr>{cells}</tr>\n</table>")
        elif line.startswith("# "):
            lines.append(f"<p class=MsoNormal align=center><b>{html.escape(line[2:])}</b></p>")
        elif line:
            lines.append(f"<p class=MsoNormal>{html.escape(line)}</p>")
    lines += ["</body>", "</html>", ""]
    target.write_bytes("\r\n".join(lines).encode("windows-1252", "xmlcharrefreplace"))


def write_damaged(text: str, target: Path) -> None:
    chance = random.Random(5)  # always the same damage
    out = []
    for letter in unicodedata.normalize("NFC", text):
        misread = CONFUSIONS.get(letter)
        if misread and chance.random() < DAMAGE:
            out.append(chance.choice(misread))
        else:
            bare = unicodedata.normalize("NFD", letter)[0]
            out.append({"đ": "d", "Đ": "D"}.get(bare, bare))
    target.write_bytes("".join(out).replace("/KH-SKHCN Q", " JKH-SKHCN Q").encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
