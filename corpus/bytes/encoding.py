"""Bytes to text: which encoding a file is in, decided by its content."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from corpus.bytes.legacy_fonts import converted, legacy_kind, vietnamese_share
from corpus.notices import notice, refused
from corpus.source_text import Notice

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 400_000
_MOSTLY_UTF8 = 0.7  # texts in other encodings come to nearly nothing here


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of the encoding it was found to be in, and what had to be said about it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text in ``data``.

    UTF-8 comes back code point for code point (a byte order mark too); other encodings come back in NFC, without
    the mark. ``declared`` is an encoding the carrier names (an HTML ``meta``); it counts only where the bytes agree.
    Raises ``Refused`` (``not_text``) for binary data.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _wide(data, name)
    wide = _wide_without_bom(data)
    if wide:
        return _wide(data, wide)
    if _is_binary(data):
        raise refused("not_text")
    try:
        return _without_nul(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and error.reason == "unexpected end of data":
            text = data[: error.start].decode("utf-8") + "\ufffd"
            return Decoded(text.replace("\0", " "), "utf-8", (notice("cut_short"),))
    if _utf8_share(data) > _MOSTLY_UTF8:
        text = data.decode("utf-8", "replace")
        return Decoded(
            text.replace("\0", " "), "utf-8", (notice("bad_bytes", count=text.count("\ufffd"), encoding="UTF-8"),)
        )
    return _eight_bit(data, declared)


def _wide(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    notices: tuple[Notice, ...] = ()
    if "\ufffd" in text:
        notices = (notice("bad_bytes", count=text.count("\ufffd"), encoding=name.upper()),)
    decoded = _without_nul(unicodedata.normalize("NFC", text), name)
    return Decoded(decoded.text, name, notices + decoded.notices)


def _wide_without_bom(data: bytes) -> str | None:
    """``utf-16-le``/``-be`` where every other byte is mostly NUL or a Vietnamese high byte, as Windows saves it."""
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    high = {0, 1, 3, 0x1E, 0x20}  # Latin, Latin extended, combining marks, Vietnamese letters, punctuation
    for name, highs, lows in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if sum(byte in high for byte in highs) > 0.95 * len(highs) and lows.count(0) < 0.02 * len(lows):
            return name
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    odd = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
    return odd > max(8, 0.01 * len(sample))


def _without_nul(text: str, encoding: str) -> Decoded:
    """NUL characters become blanks: offsets stay, and every store can keep the text."""
    count = text.count("\0")
    if not count:
        return Decoded(text, encoding)
    return Decoded(text.replace("\0", " "), encoding, (notice("nul_bytes", count=count),))


def _utf8_share(data: bytes) -> float:
    """Which share of the characters outside ASCII decode as UTF-8: high where only a few bytes are damaged."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(letter > "\x7f" for letter in text) - wrong
    return right / max(1, right + wrong)


def _eight_bit(data: bytes, declared: str | None) -> Decoded:
    """One of the one-byte encodings in use in Vietnam, whichever gives most Vietnamese syllables."""
    # Bytes that windows-1252 leaves undefined are letters of none of these encodings; U+FFFD marks them.
    latin = data.decode("windows-1252", "replace")
    font = legacy_kind(latin)
    viet = unicodedata.normalize("NFC", data[:_SAMPLE].decode("windows-1258", "replace"))
    share_1258, share_1252 = vietnamese_share(viet) or 0.0, vietnamese_share(latin[:_SAMPLE]) or 0.0
    share_font = (vietnamese_share(converted(latin[:_SAMPLE], font)) or 0.0) if font else 0.0
    said: tuple[Notice, ...] = ()
    if font and share_font > max(share_1258, share_1252):
        text, encoding = converted(latin, font), font
        said = (notice("legacy_font", encoding=font.upper()),)
    elif share_1258 > share_1252 or (declared == "windows-1258" and share_1258 >= share_1252):
        text, encoding = data.decode("windows-1258", "replace"), "windows-1258"
    else:
        text, encoding = latin, "windows-1252"
    text = unicodedata.normalize("NFC", text)
    if "\ufffd" in text:
        said += (notice("bad_bytes", count=text.count("\ufffd"), encoding=encoding),)
    decoded = _without_nul(text, encoding)
    return Decoded(decoded.text, encoding, said + decoded.notices)
