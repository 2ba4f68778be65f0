"""Opening zip packages (.zip, .docx) that nobody vouches for: bounds first, bytes after."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO

from corpus.limits import MIB, Limits
from corpus.notices import refused

_SMALL = MIB  # below this no quotient is worth worrying about


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
