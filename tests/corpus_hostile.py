"""Builds a folder of files that want to do harm, and some that are good."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from pathlib import Path

from docx import Document
from PIL import Image

GOOD_TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\nSố: 12/KH-UBND\nNinh Thuận, ngày 06 tháng 01 năm 2022\nKẾ HOẠCH\n"
    "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh;\n"
)
MIB = 1024 * 1024


def build(folder: Path, samples: Path) -> dict[str, str]:
    """Fills ``folder``; returns for every file's name the code of the refusal expected, "" for one that is read.

    ``samples``: the bundled collection, from which a PDF is taken.
    """
    expected: dict[str, str] = {}

    def put(name: str, data: bytes, code: str = "") -> Path:
        path = folder / name
        path.write_bytes(data)
        expected[name] = code
        return path

    folder.mkdir(parents=True, exist_ok=True)
    put("good.txt", GOOD_TEXT.encode())
    put("good.docx", _docx())
    put("good-utf16.txt", GOOD_TEXT.encode("utf-16"))
    (folder / "name\nwith a line break.txt").write_bytes(GOOD_TEXT.encode())
    expected["name\\x0awith a line break.txt"] = ""  # one line in every report
    (folder / os.fsdecode(b"name-\xff\xfe.txt")).write_bytes(GOOD_TEXT.encode())
    expected["name-\\xff\\xfe.txt"] = ""
    pdf = next(samples.glob("*.pdf")).read_bytes()
    put("good.pdf", pdf)
    put("pdf-named.docx", pdf)
    put("truncated.pdf", pdf[: len(pdf) // 3], "damaged_document")
    put("encrypted.pdf", encrypted_pdf(), "encrypted")
    put("empty.txt", b"", "empty")
    put("blank.txt", b" \n\t\r\n", "empty")
    put("random.txt", random.Random(1).randbytes(50_000), "not_text")
    put("nul.txt", GOOD_TEXT.encode().replace(b" ", b"\0", 3))
    put("half-a-letter.txt", GOOD_TEXT.encode() + "ễ".encode()[:2])
    put("bomb.zip", _zip({"zeros.txt": bytes(300 * MIB)}), "zip_bomb")
    put("bomb.docx", _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": bytes(200 * MIB)}), "zip_bomb")
    inner = _zip({"deep.txt": GOOD_TEXT.encode()})
    put("nested.zip", _zip({"inner.zip": inner, "good.txt": GOOD_TEXT.encode()}))
    put("nested-deep.zip", _zip({"a.zip": _zip({"b.zip": inner})}), "nested_archive")
    put("lying.zip", _lying_zip(), "damaged_archive")
    put("truncated.zip", inner[: len(inner) // 2], "damaged_archive")
    put("climbing.zip", _zip({"../../outside.txt": GOOD_TEXT.encode()}))
    put("entities.docx", _docx_with_entities(), "unsafe_xml")
    put(
        "broken.docx",
        _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w:document><w:bo"}),
        "damaged_document",
    )
    put("broken.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "unsupported")
    put("table.xlsx", _zip({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "damaged_document")
    put("deep.html", b"<html><body>" + b"<div>" * 200_000 + GOOD_TEXT.encode() + b"</div>" * 200_000)
    put("cut.html", f"<html><body><p>{GOOD_TEXT}</p><table><tr><td>Quy".encode())
    put("pixel.png", _png(1, 1), "scan_unread")
    put("huge.png", _png(10_000, 10_000), "picture_too_large")
    put("torn.png", _png(800, 800)[:60], "damaged_document")
    put("bad.jsonl", b'{"text": "K\xe1\xba\xbf ho\xe1\xba\xa1ch"}\n{"text": \n[1]\n', "members_unread")
    large = folder / "300mb.txt"
    with open(large, "wb") as file:
        file.write(GOOD_TEXT.encode())
        file.truncate(300 * MIB)
    expected["300mb.txt"] = "too_large"
    (folder / "loop").symlink_to(folder)
    expected["loop"] = "link_loop"
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    expected["dangling.txt"] = "dangling_link"
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    expected["itself.txt"] = "link_loop"
    os.mkfifo(folder / "pipe.txt")
    expected["pipe.txt"] = "not_regular"
    locked = put("locked.txt", GOOD_TEXT.encode(), "" if os.geteuid() == 0 else "no_permission")
    locked.chmod(0)
    return expected


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return file.getvalue()


def _lying_zip() -> bytes:
    """An archive whose directory says that a member of 5 MB has 100 bytes."""
    data = _zip({"a.txt": b"a" * (5 * MIB)})
    return data.replace((5 * MIB).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def _docx() -> bytes:
    document = Document()
    for line in GOOD_TEXT.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _docx_with_entities() -> bytes:
    text = (
        '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&secret;</w:t></w:r></w:p></w:body></w:document>"
    )
    return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": text.encode()})


def _png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("1", (width, height), 1).save(file, "PNG")
    return file.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password nobody knows."""
    stream = zlib.compress(b"BT /F1 12 Tf (x) Tj ET")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Encrypt 5 0 R /ID [<00><00>] >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
