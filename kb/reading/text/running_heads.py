"""Running heads of gazettes: where they stand, and how the text goes on behind them.

A text laid out in pages has lines on each page that are none of its own ("CÔNG BÁO/Số 987/Ngày 25-8-2024", the page
number, a signature stamp above). They stand in the middle of sentences, names and numbers, and say dates of their own.
Only what shows by its shape to be such a line is taken (``data/running_heads.json``); a line that merely repeats itself
is not: in real documents that is a heading or a table's head (measured, ``docs/accuracy.md``).
"""

from __future__ import annotations

import re

from kb.authority import running_heads as page_lines
from kb.authority.wording import word_lists

_WORDS = word_lists("text")
_HEADS = tuple((head.anchor, head.pattern) for head in page_lines.of_kind(page_lines.HEAD))
_STAMP = "|".join(stamp.line for stamp in page_lines.of_kind(page_lines.STAMP))  # patterns, not words
_STAMPS_END = re.compile(rf"(?:(?:\A|(?<=\n))[ \t]{{0,8}}(?:{_STAMP})[ \t\r]{{0,8}}(?:\n|\Z)){{2,6}}\Z")
_STAMP_LINE = re.compile(rf"[ \t]{{0,8}}(?:{_STAMP})")
_MARGIN = 130  # code points before the anchor of a head on its line, at most
_ABOVE = 600  # code points above a head in which its page number and a stamp stand
_BEHIND = re.compile(r"\n(?:[ \t\r]{0,80}\n){0,2}[ \t]{0,40}(\d{1,4})[ \t\r]{0,40}(?=\n|\Z)")
_DIGITS = 4  # of a page number, at most
_GAP = 3  # line breaks between a head and its page number, at most
_MOST_NUMBERS = 3  # turned pages print theirs more than once
_FULL_LINE = 45  # code points from which a line is one that the text filled
_LINE = 160  # code points of a line that are looked at
_CONTENT = re.compile(r"\S")
_ENDS_OPEN = re.compile(r"[\w,%)/-]")
_ITEM = re.compile(r"(?:đ|[a-z])\d{0,2}[).]")
_NUMBER = re.compile(r"\d{1,6}[a-zA-Z]?[ \t]?[/-][ \t]?[\dA-ZĐ]|\d{1,4}[ \t]+" + _WORDS["behind_a_number"] + r"\s")
_WANTS_NUMBER = re.compile(rf"(?<!\w){_WORDS['want_a_number']}\Z")
_CODE = re.compile(r"[A-ZĐ]{2,8}[A-Za-zĐđ0-9-]{0,16}(?=[\s;,.)])")  # of an organ, the end of a number
_HEADING = re.compile(rf"{_WORDS['article']} \d{{1,3}}[a-z]{{0,2}}[.:]|(?:{_WORDS['heading_opens']}|[IVX]{{1,5}}\.)\s")
_FOOTNOTE = re.compile(r"\n[ \t]{0,8}(?:\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\))[ \t]{1,8}[A-ZĐÀ-Ỹ“\"]")


def find(text: str) -> list[tuple[int, int]]:
    """The spans to leave out of a composed (NFC) text so that it reads without its running heads, in order.

    A line break stays in place of each where the sentence goes on, empty lines elsewhere. Costs one search where no
    head stands; linear in the length.
    """
    spans: list[tuple[int, int]] = []
    for anchor, pattern in _HEADS:
        at = text.find(anchor)
        if at >= 0:
            spans += _joined(text, _blocks(text, at, anchor, pattern))
    return spans if len(_HEADS) == 1 else sorted(spans)


def _blocks(text: str, at: int, anchor: str, pattern: re.Pattern[str]) -> list[tuple[int, int, int]]:
    """Each head with its page numbers and the stamp above it, and where its anchor ends; heads with nothing between are
    one.

    ``at``: where the anchor stands first.
    """
    blocks: list[tuple[int, int, int]] = []
    page = -1
    known = 0  # where the last head ends
    while at >= 0:
        begin = text.rfind("\n", max(known, at - _MARGIN), at) + 1
        match = pattern.match(text, begin) if begin or at <= _MARGIN else None
        if match is None:
            at = text.find(anchor, at + len(anchor))
            continue
        own = match["page"] or match["page_behind"]
        start, end, page = _with_numbers(text, known, begin, match.end(), int(own) if own else -1, page)
        start = _above_stamp(text, known, start)
        if blocks and _CONTENT.search(text, known, start) is None:
            blocks[-1] = blocks[-1][0], end, at + len(anchor)
        else:
            blocks.append((start, end, at + len(anchor)))
        known = end
        at = text.find(anchor, end)
    return blocks


def _with_numbers(text: str, known: int, start: int, end: int, page: int, last: int) -> tuple[int, int, int]:
    """A head with the lines around it that hold nothing but its page number, and that number.

    Of two candidates the one that goes on from the page before is the page number, else the one that stands close.

    Args:
        page: the number in the head's own line, -1 where there is none; ``last``: that of the head before.
    """
    behind = _BEHIND.match(text, end)
    before = _number_above(text, known, start)
    if page < 0:
        beside = [(int(behind[1]), text.count("\n", end, behind.end()))] if behind else []
        if before is not None:
            beside.append((before[0], before[2]))
        page = _page_number(beside, last)
        if page < 0:
            return start, end, last
    for _ in range(_MOST_NUMBERS):
        if behind is None or int(behind[1]) != page:
            break
        end = behind.end()
        behind = _BEHIND.match(text, end)
    for _ in range(_MOST_NUMBERS):
        if before is None or before[0] != page:
            break
        start = before[1]
        before = _number_above(text, known, start)
    return start, end, page


def _page_number(beside: list[tuple[int, int]], last: int) -> int:
    """The page number among the numbers beside a head, each with the line breaks between; -1 where none is one.

    ``last``: the page number of the head before, -1 where there is none.
    """
    following = [number for number, _ in beside if number == last + 1 and last >= 0]
    close = [number for number, gap in beside if gap == 1]
    return next(iter(following + close), -1)


def _number_above(text: str, known: int, start: int) -> tuple[int, int, int] | None:
    """The number alone on the next line above: its value, where its line begins, the line breaks below it."""
    low = max(known, start - _ABOVE)
    above = text[low:start].rstrip()
    if not above or not above[-1].isdecimal():
        return None
    begin = above.rfind("\n") + 1
    number = above[begin:].strip()
    gap = text.count("\n", low + len(above), start)
    if len(number) > _DIGITS or not number.isdecimal() or gap > _GAP or not (begin or low in (0, known)):
        return None
    return int(number), low + begin, gap


def _above_stamp(text: str, known: int, start: int) -> int:
    """Where the signature stamp right above a head begins; ``start`` where there is none."""
    low = max(known, start - _ABOVE)
    above = text[low:start].rstrip()
    if _STAMP_LINE.match(above, above.rfind("\n") + 1) is None:
        return start
    stamp = _STAMPS_END.search(above)
    return start if stamp is None else low + stamp.start()


def _joined(text: str, blocks: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The blocks, with the blanks around them but one line break where the sentence goes on, else with those behind.

    The head of the first page stays: it breaks nothing. Of one below footnotes the anchor stays, without number and
    date: there the page's last words and the next one's first are of two texts that it keeps apart.
    """
    spans = []
    last = 0  # where the page begins
    for start, end, anchored in blocks:
        low = last + len(text[last:start].rstrip())
        content = _CONTENT.search(text, end)
        high = content.start() if content else len(text)
        if _FOOTNOTE.search(text, last, low):
            spans.append((anchored, end))
        elif content and low > last and _goes_on(text, last, low, high):
            spans.append((text.find("\n", low, start) + 1, high))
        elif low:
            spans.append((start, text.rfind("\n", end, high) if content else high))
        last = high
    return spans


def _goes_on(text: str, page: int, low: int, high: int) -> bool:
    """Whether the sentence that ends a page goes on behind the head: by how the page ends and the next one begins.

    Args:
        page: where the page begins; ``low``: where it ends; ``high``: where the words of the next one begin.
    """
    if not _ENDS_OPEN.match(text, low - 1):
        return False
    line = text[max(text.rfind("\n", page, low) + 1, low - _LINE) : low]
    if "|" in line or not any(letter.isalpha() for letter in line):
        return False
    if text[high].islower():
        return _ITEM.match(text, high) is None or _WANTS_NUMBER.search(line) is not None
    if text[high].isdecimal():
        return _NUMBER.match(text, high) is not None or _WANTS_NUMBER.search(line) is not None
    if line[-1] in "-/":
        return _CODE.match(text, high) is not None
    return len(line) >= _FULL_LINE and text[high + 1 : high + 2].islower() and _HEADING.match(text, high) is None
