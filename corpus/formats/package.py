"""Opening zip packages (.zip, .docx) that nobody vouches for: bounds first, bytes after."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO

from corpus.limits import MIB, Limits
from corpus.notices import refused

_SMALL = MIB  # below this no quotient is worth worrying about
_UNPACKED = 8  # an office file may unpack to so many times the largest single part
_OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_BY_MIMETYPE = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}


def open_package(source: bytes | IO[bytes]) -> zipfile.ZipFile:
    """The zip file in ``source``. Raises ``Refused`` where its directory is damaged or cut off."""
    try:
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise refused("damaged_archive") from None


def read_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, limits: Limits) -> bytes:
    """The bytes of one member, at most ``limit``. Raises ``Refused`` where it is larger, encrypted, damaged or
    unpacks to more than ``limits.ratio`` times its packed size; never unpacks more than the bound."""
    if info.flag_bits & 1:
        raise refused("encrypted")
    if info.file_size > max(_SMALL, limits.ratio * info.compress_size):
        raise refused("zip_bomb", ratio=limits.ratio)
    if info.file_size > limit:
        raise refused("too_large", size=-(-info.file_size // MIB), limit=limit // MIB)
    try:
        with package.open(info) as member:
            data = member.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise refused("damaged_archive") from None
    if len(data) > info.file_size:  # its directory lied
        raise refused("zip_bomb", ratio=limits.ratio)
    return data


def office_kind(source: bytes | IO[bytes]) -> str | None:
    """What document of an office program a zip file is: ``docx xlsx pptx odt ods odp``, ``office`` where it is another
    kind, None where it is an archive. Raises ``Refused`` where its directory is damaged."""
    package = open_package(source)
    names = package.namelist()
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in _OFFICE if any(name.startswith(folder) for name in names)), "office")
    if "mimetype" not in names:
        return None
    try:
        with package.open("mimetype") as member:
            told = member.read(200).decode("ascii", "replace")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise refused("damaged_archive") from None
    return _BY_MIMETYPE.get(told.removeprefix("application/vnd.oasis.opendocument.").split("-")[0], "office")


def check_package(data: bytes, limits: Limits) -> None:
    """Raises ``Refused`` where an office file that a library will unpack breaks the bounds of ``read_member``."""
    whole = 0
    for info in open_package(data).infolist():
        if info.flag_bits & 1:
            raise refused("encrypted")
        if info.file_size > max(_SMALL, limits.ratio * info.compress_size):
            raise refused("zip_bomb", ratio=limits.ratio)
        whole += info.file_size
    if whole > _UNPACKED * limits.markup_bytes:
        raise refused("too_large", size=-(-whole // MIB), limit=_UNPACKED * limits.markup_bytes // MIB)
