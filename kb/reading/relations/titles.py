"""The title (trích yếu) of a cited document: what follows its number, date and issuer.

"Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh **về việc ban hành Kế hoạch …**" – from the opening word to
where the title ends: ``;``, the end of the sentence, the next citation of the list, or the main clause that follows.
Opening and closing words are data (``kb/authority/data/titles.json``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kb.authority.load import DATA, read
from kb.authority.patterns import alternatives
from kb.reading.text.folded_text import FoldedText

LONGEST = 600  # code points; the longest title met has 480
_ISSUER_REACH = 130


@dataclass(frozen=True, slots=True)
class _Words:
    opener: re.Pattern[str]
    later_opener: re.Pattern[str]
    not_opener: re.Pattern[str]
    stop: re.Pattern[str]
    main_clause: re.Pattern[str]
    cited: re.Pattern[str]
    cited_first: re.Pattern[str]
    next_line: re.Pattern[str]
    issuer_rest: re.Pattern[str]
    uncut: re.Pattern[str]
    undergoing: re.Pattern[str]
    not_continued: re.Pattern[str]
    act: re.Pattern[str]
    abbreviations: frozenset[str]


_TYPE = (
    r"(?:bo\s{1,3}luat|luat|phap\s{1,3}lenh|nghi\s{1,3}dinh|nghi\s{1,3}quyet|quyet\s{1,3}dinh|chi\s{1,3}thi|thong\s{1,3}tu"
    r"(?:\s{1,3}lien\s{1,3}tich)?|ke\s{1,3}hoach|cong\s{1,3}van|thong\s{1,3}bao|ket\s{1,3}luan|chuong\s{1,3}trinh"
    r"(?:\s{1,3}hanh\s{1,3}dong)?|cong\s{1,3}dien|huong\s{1,3}dan|to\s{1,3}trinh|bao\s{1,3}cao|de\s{1,3}an|quy\s{1,3}dinh|van\s{1,3}ban|phuong\s{1,3}an)"
)


@cache
def _words() -> _Words:
    data = read(DATA / "titles.json")
    opener = alternatives(data["openers"])
    # One character class first, so that the scan skips from one candidate to the next.
    stop = (
        r"[:.\"(), ](?:(?<=:)(?P<colon>)|(?<=\.)(?P<dot>)|(?<=\")(?P<quote>)|(?<=\()(?P<open>)|(?<=\))(?P<close>)"
        rf"|(?<= )(?P<cut>{alternatives(data['cuts'])}(?![a-z]))"
        rf"|(?:(?<=,)\s{{0,3}}|(?<= )va\s{{1,4}})(?P<list>(?=(?P<listed>{_TYPE})"
        r"\s{1,3}(?:so\s{0,3}:?\s{0,3})?\d))"
        rf"|(?<=,)(?P<clause>)(?=\s{{1,3}}(?:{alternatives(data['main_clause_subjects'])}(?![a-z]))))"
    )
    return _Words(
        opener=re.compile(rf"[\s*_]{{0,6}}(?P<word>{opener})(?![a-z])"),
        later_opener=re.compile(rf"(?<![a-z]){opener}(?![a-z])"),
        not_opener=re.compile(rf"{alternatives(data['not_openers'])}(?![a-z])"),
        stop=re.compile(stop),
        main_clause=re.compile(
            rf",\s{{1,3}}[^,;.]{{2,70}}?(?<![a-z]){alternatives(data['main_clause_verbs'])}(?![a-z])"
        ),
        cited=re.compile(r"\d\s?/\s?[a-z0-9]|\d-[a-z]{2,5}/"),
        cited_first=re.compile(rf"{_TYPE}\s{{1,3}}(?:so\s{{0,3}}:?\s{{0,3}})?\d"),
        next_line=re.compile(rf"{alternatives(data['next_lines'])}(?![a-z])"),
        issuer_rest=re.compile(
            rf"(?:[\s,]{{1,4}}{alternatives(data['issuer_rest'])}(?:\s{{1,3}}(?:thu\s)?[ivxl\d]+)?(?![a-z]))+"
        ),
        uncut=re.compile(rf"{alternatives(data['not_cuts'])}(?![a-z])"),
        undergoing=re.compile(rf"(?<![a-z]){alternatives(data['undergoing'])}\s{{0,3}}$"),
        not_continued=re.compile(rf"(?:{alternatives(data['not_continued'])}(?![a-z])|[a-z]\)|\d)"),
        act=re.compile(rf"(?:ve\s{{1,4}}(?:viec\s{{1,4}})?)?{alternatives(data['acts'])}(?![a-z])"),
        abbreviations=frozenset(data["abbreviations"]),
    )


def title_after(view: FoldedText, tail: int, limit: int) -> tuple[int, int] | None:
    """The span of the title that follows a citation, or None where it gives none.

    ``tail`` is where number, date and issuer end (an issuer "của …" still ahead is skipped); nothing is read at or
    beyond ``limit``.
    """
    words, folded = _words(), view.folded
    if folded[tail : tail + 1] in _NO_TITLE:
        return None
    limit = min(limit, tail + LONGEST + _ISSUER_REACH, len(folded))
    start = _opening(words, folded, tail, limit)
    if start is None:
        return None
    end = _end(words, view, start, min(limit, start + LONGEST))
    end = _tidied(view, start, end)
    return (start, end) if end - start >= 8 and _SAYS.match(folded, start, end) else None


_NO_TITLE = (";", ".", ":", ")", "(", '"')  # what neither a title nor an issuer follows
_SAYS = re.compile(r"\S{1,30}\s{1,60}\S{1,30}\s{1,60}\S")  # "quy định:" alone is the verb of what quotes the document
_HANGING = re.compile(r"(?:^|\s)(?:quy\s{1,3}dinh|huong\s{1,3}dan|neu)\s{0,2}$")  # the verb of what quotes the document
_LOOSE = re.compile(r"[\s,]{1,4}(?:co|da|bi|va)$")  # "… về việc làm có | căn cứ ban hành như sau"
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}$")  # the number of a footnote behind the last word


def _tidied(view: FoldedText, start: int, end: int) -> int:
    """The end without blanks, marks, a closing quotation mark of the sentence, a footnote's number, a hanging verb."""
    folded, text = view.folded, view.text
    hanging = _HANGING.search(folded, max(start, end - 14), end) if folded[end : end + 1] == ":" else None
    if hanging:
        end = hanging.start()
    note = _NOTE_MARK.search(text[max(start, end - 8) : end])
    if note and text[end - len(note[0]) - 1].islower():
        end -= len(note[0])
    while end > start and folded[end - 1] in " ,.*_-":
        end -= 1
    loose = _LOOSE.search(folded, max(start, end - 6), end)
    if loose:
        end = loose.start()
    if text[end - 1 : end] in ("”", '"') and not any(mark in text[start : end - 1] for mark in '“"'):
        end -= 1
    return end


def _opening(words: _Words, folded: str, tail: int, limit: int) -> int | None:
    direct = words.opener.match(folded, tail, limit)
    if direct:
        at = direct.start("word")
        return None if words.not_opener.match(folded, at, limit) else at
    rest = words.issuer_rest.match(folded, tail, limit)
    if rest:  # "của Quốc hội | khóa XV về …", "của Ủy ban nhân dân | thành phố về việc …"
        behind = words.opener.match(folded, rest.end(), limit)
        if behind and not words.not_opener.match(folded, behind.start("word"), limit):
            return behind.start("word")
    if not _ISSUER.match(folded, tail, limit):
        return None
    reach = min(limit, tail + _ISSUER_REACH)
    barrier = _BARRIER.search(folded, tail, reach)
    if barrier and (former := _FORMER.match(folded, barrier.start())):  # "của UBND tỉnh Quảng Trị (cũ) …"
        barrier = _BARRIER.search(folded, former.end(), reach)
    for later in words.later_opener.finditer(folded, tail, barrier.start() if barrier else reach):
        if not words.not_opener.match(folded, later.start(), limit):
            return later.start()
    return None


_PARENTHESES_OUT = (
    "sau day",
    "goi tat",
    "duoc sua",
    "da duoc",
    "ban hanh kem",
    "nay la",
    "sua doi, bo sung",
)  # not part of a title
_ISSUER = re.compile(r"[\s*_,]{0,4}(?:cua\s|-\s{0,2}(?=bo\s)|va\s(?=bo\s))")  # "của Bộ A - Bộ B về việc …"
_FORMER = re.compile(r"\((?:cu|truoc\s{1,3}day|nay\s{1,3}la\s[^()]{1,60})\)")
_BARRIER = re.compile(r"[;:.(|\"]|,\s{1,3}(?=[a-z ]{0,12}so\s{0,2}\d)")
_BULLET = re.compile(r"[ \t]*(?:[-+•|#]\s?(?!\d{4})|\*{2}|\d{1,2}[.)]\s|[a-zđ]\)\s)")


def _end(words: _Words, view: FoldedText, start: int, limit: int) -> int:
    """Where the title that begins at ``start`` ends: at its closing mark or word, or before that at a line break."""
    text = view.text
    end = _closing(words, view, start, limit)
    at = text.find("\n", start, end)
    shouting = at >= 0 and text[start : start + 24].isupper()
    while at >= 0:
        if _ends_paragraph(words, view, at, shouting):
            return at
        at = text.find("\n", at + 1, end)
    return end


def _closing(words: _Words, view: FoldedText, start: int, limit: int) -> int:
    folded, text = view.folded, view.text
    limit = _semicolon(words, view, start, limit)
    depth = 0
    quoted = False
    for stop in words.stop.finditer(folded, start, limit):
        kind, at = stop.lastgroup, stop.start()
        if kind == "open":
            if folded.startswith(_PARENTHESES_OUT, at + 1) or words.cited_first.match(folded, at + 1, limit):
                return at
            depth += 1
        elif kind == "close":
            if depth == 0:
                return at
            depth -= 1
        elif kind == "quote":
            closing = text[at] == "”" or not text[at + 1 : at + 2].isalnum()
            quoted = not quoted if quoted or not closing else False  # the sentence's own quotation marks open before
        elif kind == "colon":
            if not quoted and not _STAGE.search(folded, max(start, at - 16), at):
                return at
        elif kind == "dot":
            if _ends_sentence(words, folded, text, start, at):
                return at
        elif depth:
            continue
        elif kind == "list":
            nested = words.cited.search(folded, start, at)
            if not nested or _of_another_type(words, folded, start, nested.start(), stop["listed"]):
                return at
        elif kind == "clause":
            if text[at + 1 : at + 5].lstrip()[:1].isupper() and words.main_clause.match(folded, at, limit):
                return at
        elif at > start + 3 and not (quoted or _uncut(words, folded, start, at)):  # a closing word
            return at
    bar = text.find("|", start, limit)  # a table cell's border is a blank in the folded view
    return bar if bar >= 0 else limit


_STAGE = re.compile(r"(?:giai\s{1,3}doan|dot|phan)\s{1,3}[ivx\d]{1,4}$")  # "giai đoạn I: Từ năm 2021 đến năm 2025"
_CONTINUED = 300  # code points: the longest part of a title behind a semicolon


def _semicolon(words: _Words, view: FoldedText, start: int, limit: int) -> int:
    """The first semicolon that ends the title; ``limit`` where none does.

    None inside brackets; none behind which the title goes on in small letters ("về đổi mới sáng tạo; khuyến khích
    hoạt động …"), which an item ("b) …"), a further citation or the next act of the sentence does not.
    """
    folded, text = view.folded, view.text
    at = folded.find(";", start, limit)
    while at >= 0:
        opened = folded.rfind("(", start, at)
        inside = opened >= 0 and folded.find(")", opened, at) < 0 and folded.find(")", at, limit) >= 0
        if not inside and not _continued(words, folded, text, at, limit):
            return at
        at = folded.find(";", at + 1, limit)
    return limit


def _continued(words: _Words, folded: str, text: str, at: int, limit: int) -> bool:
    following = _NEXT_TEXT.match(text, at + 1)
    position = following.end() if following else at + 1
    if position >= limit or not text[position].islower() or text.count("\n", at, position) > 1:
        return False
    if words.not_continued.match(folded, position, limit):
        return False
    closed = _PART_END.search(folded, position, min(limit, position + _CONTINUED))
    return closed is not None and words.cited.search(folded, position, closed.start()) is None


_PART_END = re.compile(r"[;.:(]")


def _of_another_type(words: _Words, folded: str, start: int, nested: int, listed: str) -> bool:
    """Whether a document listed behind "sửa đổi … Nghị định A" is of another type, and so no object of that act."""
    if not words.act.match(folded, start):
        return False
    types = list(_TYPES.finditer(folded, start, nested))
    return bool(types) and types[-1].group().split() != listed.split()


_TYPES = re.compile(rf"(?<![a-z]){_TYPE}(?![a-z])")


# "về kiểm soát thủ tục hành chính được sửa đổi bởi Nghị định số …": the document was amended, not the procedures.
_BY_ANOTHER = re.compile(
    rf"[a-z,\s]{{0,60}}?\s(?:boi|tai|theo)\s{{1,3}}(?:(?:cac|quy\s{{1,3}}dinh|tai)\s{{1,3}}){{0,3}}"
    rf"(?:{_TYPE}|khoan|diem|dieu)(?![a-z])"
)


def _uncut(words: _Words, folded: str, start: int, at: int) -> bool:
    """Whether a closing word belongs to the title: "bạo lực trên cơ sở giới", "thủ tục được sửa đổi trong lĩnh vực"."""
    if words.uncut.match(folded, at + 1):
        return True
    return words.undergoing.search(folded, max(start, at - 40), at) is not None and not _BY_ANOTHER.match(folded, at)


def _ends_sentence(words: _Words, folded: str, text: str, start: int, at: int) -> bool:
    after = text[at + 1 : at + 2]
    if after and not after.isspace() and after not in "*_)\"”’'":
        return False
    before = folded[max(start, at - 12) : at].split()
    return not (before and before[-1] in words.abbreviations and after == " ")


def _ends_paragraph(words: _Words, view: FoldedText, at: int, shouting: bool) -> bool:
    """A line break ends the title before a bullet, a heading, or a paragraph that begins with a capital."""
    text = view.text
    following = _NEXT_TEXT.match(text, at)
    position = following.end() if following else at + 1
    blank_line = text.count("\n", at, position) > 1
    if _BULLET.match(text, position):
        return True
    first = text[position : position + 1]
    if not first or _DATE_LINE.match(text, position):
        return True
    if first.isupper() and words.next_line.match(view.folded, position):
        return True
    if not shouting and (capitals := _CAPITALS.match(text, position)) and capitals.group().isupper():
        return True
    return blank_line and (first.isupper() or first.isdigit() or first in "*_([")


# A date or a section's numeral alone: the next cell or row of a table that lost its borders.
_DATE_LINE = re.compile(r"(?:\d{1,2}/\d{1,2}/\d{4}|[IVX]{1,5})[ \t]*(?:\n|$)")
_CAPITALS = re.compile(r"[^\W\d_]{2,12} [^\W\d_]{2,12}")
_NEXT_TEXT = re.compile(r"\s+")
