"""Texts typed with the fonts used before Unicode: TCVN3 (".VnTime", TCVN 5712:1993) and VNI ("VNI-Times").

Such texts are stored as Latin letters that only look Vietnamese in their font: "QuyÕt ®Þnh" (TCVN3) or
"Quyeát ñònh" (VNI) for "Quyết định". Here they are strings of windows-1252 letters.
"""

from __future__ import annotations

import re

_TCVN3 = (
    "à:µ á:¸ ả:¶ ã:· ạ:¹ ă:¨ ằ:» ắ:¾ ẳ:¼ ẵ:½ ặ:Æ â:© ầ:Ç ấ:Ê ẩ:È ẫ:É ậ:Ë đ:® "
    "è:Ì é:Ð ẻ:Î ẽ:Ï ẹ:Ñ ê:ª ề:Ò ế:Õ ể:Ó ễ:Ô ệ:Ö "
    "ì:× í:Ý ỉ:Ø ĩ:Ü ị:Þ ò:ß ó:ã ỏ:á õ:â ọ:ä ô:« ồ:å ố:è ổ:æ ỗ:ç ộ:é ơ:¬ ờ:ê ớ:í ở:ë ỡ:ì ợ:î ù:ï ú:ó ủ:ñ ũ:ò ụ:ô "
    "ư:\xad ừ:õ ứ:ø ử:ö ữ:÷ ự:ù ỳ:ú ý:ý ỷ:û ỹ:ü ỵ:þ Ă:¡ Â:¢ Ê:£ Ô:¤ Ơ:¥ Ư:¦ Đ:§"
)
_FROM_TCVN3 = {ord(pair[2:]): pair[0] for pair in _TCVN3.split(" ")}

# VNI writes the mark after its vowel; ``ô`` and ``ö`` stand for ơ and ư, which then take the plain tone marks.
_VNI_MARKS = {
    "a": "àáảãạâầấẩẫậăằắẳẵặ",
    "e": "èéẻẽẹêềếểễệ",
    "o": "òóỏõọôồốổỗộ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹ",
    "ô": "ờớởỡợ",
    "ö": "ừứửữự",
}
_VNI_TAIL = "øùûõïâàáåãäêèéúüë"
_VNI_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for base, letters in _VNI_MARKS.items():
        table.update({base + tail: letter for tail, letter in zip(_VNI_TAIL, letters, strict=False)})
    for key, letter in list(table.items()):
        table[key.upper()] = letter.upper()
        table[key.capitalize()] = letter.upper()
        table[key[0].upper() + key[1:]] = letter.upper()
    return table


_FROM_VNI = _vni_table()
_VNI_PATTERN = re.compile(f"[aeouyôöAEOUYÔÖ][{_VNI_TAIL}{_VNI_TAIL.upper()}]|[{''.join(_VNI_ALONE)}ÌÍÆÓÒÔÖÎÑ]")


def from_tcvn3(text: str) -> str:
    """The Unicode text of a TCVN3 text given as windows-1252 letters; other characters stay."""
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    """The Unicode text of a VNI text given as windows-1252 letters; other characters stay."""
    return _VNI_PATTERN.sub(lambda found: _FROM_VNI.get(found[0], found[0]), text)


# Vietnamese syllables, to weigh readings of the same bytes against one another.
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_SYLLABLE = re.compile(
    f"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?[{_VOWELS}]{{1,3}}(?:ng|nh|ch|[cmnpt])?"
)
_MARKED = re.compile(r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*")
_TONED = frozenset("àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
_ENOUGH_WORDS = 20_000


def is_syllable(word: str) -> bool:
    """Whether a lower-case word is built like a Vietnamese syllable, with at most one tone."""
    return _SYLLABLE.fullmatch(word) is not None and sum(letter in _TONED for letter in word) <= 1


def vietnamese_share(text: str) -> float | None:
    """Which share (0-1) of the words that carry a letter outside ASCII are well-formed Vietnamese syllables; None
    where there is no such word. Looks at the first words only, enough to judge by."""
    right = seen = 0
    for found in _MARKED.finditer(text):
        seen += 1
        right += is_syllable(found[0].lower())
        if seen >= _ENOUGH_WORDS:
            break
    return right / seen if seen else None


def marked_words(text: str) -> int:
    """How many words carry a letter outside ASCII, counted in the first 200,000 characters."""
    return sum(1 for _ in _MARKED.finditer(text[:200_000]))


def legacy_kind(text: str) -> str | None:
    """``"tcvn3"`` or ``"vni"`` where ``text`` is one typed in such a font, None where it is not.

    Signs such as ``®`` and ``¸`` stand inside words in TCVN3, so the text is weighed as the words it would make.
    """
    sample = text[:200_000]
    as_is = _score(sample)
    best, kind = max((_score(converted(sample, kind)), kind) for kind in ("tcvn3", "vni"))
    return kind if best >= 0.8 and best >= as_is + 0.3 else None


def converted(text: str, kind: str) -> str:
    """The Unicode text of a text in the legacy font ``kind``."""
    return from_tcvn3(text) if kind == "tcvn3" else from_vni(text)


def _score(text: str) -> float:
    """The share of Vietnamese syllables, less the share of signs that belong to no Vietnamese text."""
    share = vietnamese_share(text)
    if share is None:
        return 0.0
    words = marked_words(text)
    strays = sum(text.count(sign) for sign in "µ¸¶·¹¨»¾¼½©®ª«¬\xad¡¢£¤¥¦§×÷")
    return share - min(1.0, strays / max(1, words))
