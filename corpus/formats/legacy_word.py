"""Legacy Word files (.doc), through whichever converter the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.bytes.encoding import decode
from corpus.formats.word import read_docx
from corpus.layout.plain_lines import clean, joined
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def kind_of_ole(data: bytes) -> str:
    """What an OLE container holds: ``doc``, ``encrypted`` (a .docx with a password), ``xls``, ``ppt``, ``msg`` or
    ``ole``, by the names in its directory."""
    for stream, kind in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ppt"),
        ("__properties_version", "msg"),
    ):
        if _utf16(stream) in data:
            return kind
    return "ole"


def read_legacy(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a .doc. LibreOffice is asked first (tables, fonts and text boxes survive), then antiword, then
    catdoc. Raises ``Refused`` where none is on the machine or none can read it."""
    tools = [tool for tool in ("soffice", "antiword", "catdoc") if shutil.which(tool)]
    if not tools:
        raise refused("no_converter", kind=".doc")
    with tempfile.TemporaryDirectory(prefix="cancu-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        for tool in tools:
            if tool == "soffice":
                converted = _by_libreoffice(source, limits)
                if converted:
                    return read_docx(converted, name, sha256, limits, "doc")
                continue
            text = _by_text_tool(tool, source, limits)
            if text.strip():
                said = notice("plain_converter", tool=tool)
                blocks = structured(text, wrapped=True)
                return SourceText(name, text, "doc", sha256, notices=(said,), blocks=blocks)
    raise refused("damaged_document")


def _run(command: list[str], limits: Limits) -> bytes:
    """What a converter printed, empty where it failed."""
    try:
        done = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=limits.seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _by_libreoffice(source: Path, limits: Limits) -> bytes:
    """The file as .docx, empty where LibreOffice could not read it. Each process keeps a profile of its own: two
    LibreOffices on one profile wait for each other."""
    profile = Path(tempfile.gettempdir(), f"cancu-office-{os.getuid()}-{os.getpid()}")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    try:
        _run([*command, "--convert-to", "docx", "--outdir", str(source.parent), str(source)], limits)
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    result = source.with_suffix(".docx")
    return result.read_bytes() if result.exists() else b""


def _by_text_tool(tool: str, source: Path, limits: Limits) -> str:
    options = {"antiword": ["-m", "UTF-8.txt", "-w", "0"], "catdoc": ["-w", "-d", "utf-8"]}[tool]
    printed = _run([tool, *options, str(source)], limits)
    if not printed.strip():
        return ""
    return joined([clean(line) for line in decode(printed).text.splitlines()])
