"""Numbers and days as readers of each language write them."""

from __future__ import annotations

_SWAPPED = str.maketrans(",.", ".,")


def number(value: float, lang: str = "vi", digits: int = 0) -> str:
    """A number with ``digits`` decimals and marks between thousands: 1.234,5 in Vietnamese, 1,234.5 in English."""
    written = f"{value:,.{digits}f}"
    return written if lang == "en" else written.translate(_SWAPPED)


def day(iso: str) -> str:
    """An ISO date, also partial, as Vietnamese offices write it: 24/12/2021, 12/2021, 2021."""
    return "/".join(reversed(iso.split("-")))
