"""What the line above a list says of its paragraphs, and what a footnote takes from its anchor."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from kb.authority.relations import ACTS
from kb.reading.relations.clause.context import Setting, Verdict
from kb.reading.relations.clause.judge import judge
from kb.reading.relations.relation import OF_STANDARD, Relation, relation_of
from kb.reading.relations.sequence.between import DOCUMENTS, NEGLIGIBLE
from kb.reading.relations.sequence.effects import effect_above
from kb.reading.relations.sequence.paragraphs import SENTENCE, Gap, kind_of, last_openings, openings, read_gap
from kb.reading.relations.sequence.scene import Scene
from kb.reading.relations.wording import LISTS, exact, spaced, words

_ABOVE = 400  # code points in which the line above a list stands
_LONGEST_HEADING = 150  # code points: "II. VĂN BẢN QUY PHẠM PHÁP LUẬT ĐƯỢC SỬA ĐỔI …" without a colon
_ACTORS_REACH = 600  # "Thông tư A quy định về …, có hiệu lực …, được sửa đổi, bổ sung bởi:": from A to the line's end
_MISSED = 3  # paragraphs of a list whose number may be lost in a row, and one more
_HEADING = re.compile(  # as Markdown sets it off, or of an article, which may be quoted
    rf"\n(?:#{{1,6}} |[\"“ *_]{{0,6}}{LISTS['article']} \d{{1,3}}[a-z]?[.:])"
)
_LONGEST_MARK = 2  # letters of the mark of an item, as ``kind_of`` gives it: "a)", "-"; that of a heading is longer
_LINE_END = 80  # code points that hold the last letter of a line behind its layout marks
_NAMES_LIST = 40  # code points of what an item may say of its documents: "Văn bản của tỉnh: Quyết định số …"
_PROVISIONS = spaced(
    rf"[^a-z]*(?:[a-z][.)] *)?(?:{words('plural')} )?"
    rf"(?:{exact('provisions')}|{exact('exchanged_part')}|{words('pinpoint')})\b"
    rf"[^.;:]{{0,240}}?(?:{exact('at_or_of')}|{exact('inside')}|{words('attached')})(?: {words('plural')})?"
    rf"(?:[ ,]+(?:{words('pinpoint')}|{exact('and')}|[0-9]{{1,3}}[a-z]?|[ivxl]{{2,6}}|[a-z])\b)*+[ ,]*"
    rf"(?:{exact('at_or_of')} *)?"
)
_LAYOUT = " *_\n\t#"
_NO_HEADING = (".", ";", ",", "")  # what a line ends with that heads nothing
_FIGURES = re.compile(r"([0-9]{1,3})([,:;])?")
_ANCHOR = re.compile(r"\[(?<=[^\n\s]\[)\d{1,3}\]")


class _Mark(NamedTuple):
    """The mark of a paragraph: its kind, its number (0: no figure), whether it is printed as numbers of lists are."""

    kind: str
    number: int
    exact: bool


class _Line(NamedTuple):
    """The line above a list, folded, where it begins in the text, and whether it ends with a colon."""

    words: str
    start: int
    colon: bool


def head_of_list(scene: Scene, index: int, gap: Gap, footnotes: Footnotes) -> Relation | None:
    """What stands above says of a paragraph that cites a document with no words of its own; None: nothing."""
    bare = NEGLIGIBLE.fullmatch(gap.folded, gap.start) is not None
    if gap.marker == "[":
        return footnotes.relation(gap) if bare else None
    _follow(scene, index, gap)
    if scene.carried.head is not None or not (bare or len(gap.folded) - gap.start <= _NAMES_LIST):
        head = scene.carried.head
        return head if head is not None and (bare or _names_provisions(head, gap)) else None
    section = scene.sections.around(scene.spans[index].head)
    return Relation(section.relation, False, section.cue, None, None, 0.75) if section else None


def _names_provisions(head: Relation, gap: Gap) -> bool:
    """Whether an item of a list of what is acted on names a part of its document: "a) Các quy định về … tại X"."""
    return head.relation in ACTS and _PROVISIONS.fullmatch(gap.folded, gap.start) is not None


def _follow(scene: Scene, index: int, gap: Gap) -> None:
    """Carry over what the line above says of the list in which the paragraph of ``gap`` stands."""
    carried, end = scene.carried, gap.low + gap.before
    if carried.head is not None and _HEADING.search(gap.raw, 0, gap.before):
        carried.head = carried.resting = None  # a heading ends the list above it
    if gap.marker == "|":
        carried.head = carried.resting = None
        return
    mark = _mark(scene.text, gap)
    next_one = mark.kind == carried.head_marker and mark.number == carried.head_number + 1 and gap.opened == 1
    if carried.head is not None and next_one and scene.forms.damaged(end):
        carried.head_number = mark.number  # no line of its own stands between; a scan may read its full stop as a colon
        return
    last = scene.text[max(0, end - _LINE_END) : end].rstrip(_LAYOUT)[-1:]
    actors = _actors_below(scene, index, end) if last == ":" else None
    if actors is not None:
        _lead(scene, actors, mark)
        return
    line = _line_above(scene, gap, last)
    if line is None:
        _go_on(scene, gap, mark)
        return
    verdict = _told_of_list(line)
    if verdict is None or verdict.weak:
        carried.head = carried.resting = None
    else:
        _lead(scene, relation_of(verdict, line.start, None)._replace(confidence=0.8), mark)


def _mark(text: str, gap: Gap) -> _Mark:
    figures = _FIGURES.search(text, gap.low + gap.before, gap.low + gap.paragraph)
    return _Mark(gap.marker, int(figures[1]) if figures else 0, figures is None or not figures[2])


def _lead(scene: Scene, head: Relation, mark: _Mark) -> None:
    carried = scene.carried
    carried.head, carried.head_marker, carried.head_number, carried.resting = head, mark.kind, mark.number, None


def _actors_below(scene: Scene, index: int, end: int) -> Relation | None:
    """ "Thông tư A …, được sửa đổi, bổ sung bởi:" over the line of the one that acts; ``end``: where the line above
    ends."""
    if scene.previous is None:
        return None
    tail = scene.spans[scene.previous].tail
    if not 0 <= end - tail <= _ACTORS_REACH or SENTENCE.search(scene.text, tail, end):
        return None
    verdict = judge(scene.folded[tail:end].rstrip(": *_"), Setting(follows=True))
    if verdict is None or not verdict.inverse:
        return None
    return relation_of(verdict, tail, scene.acted_on(index, scene.previous))


def _line_above(scene: Scene, gap: Gap, last: str) -> _Line | None:
    """The line above a paragraph where it heads a list: it ends with a colon, or is a heading over numbered ones.

    ``last``: the letter with which it ends.
    """
    colon = last == ":"
    cell = "|" in gap.raw[gap.before : gap.paragraph]  # the cell before leads nothing
    heading = not cell and gap.marker != "" and scene.carried.head is None and last not in _NO_HEADING
    if not colon and not heading:
        return None
    end = gap.low + gap.before
    low = max(0, end - _ABOVE)
    above = scene.text[low:end].rstrip(_LAYOUT)
    first = (0, 0, "") if low else _opening_of_text(above)
    _, start, marker = [first, *last_openings(above, scene.forms.double_spaced)][-1]
    for match in SENTENCE.finditer(above, start):
        start = match.end()
    if not colon and (gap.marker == kind_of(marker) or len(above) - start >= _LONGEST_HEADING):
        return None
    return _Line(scene.folded[low + start : low + len(above)].rstrip(": "), low + start, colon)


def _opening_of_text(text: str) -> tuple[int, int, str]:
    """The opening with which a text begins: its first line may bear the mark of a list too."""
    found = next(openings(f"\n{text}", double_spaced=False), None)
    return (0, found[1] - 1, found[2]) if found is not None and found[0] == 0 else (0, 0, "")


def _told_of_list(line: _Line) -> Verdict | None:
    """What a line says of the documents listed below it."""
    verdict = effect_above(line.words) or judge(line.words, Setting())
    if verdict is not None and verdict.relation in OF_STANDARD and not DOCUMENTS.search(line.words, verdict.cue[1]):
        return verdict if line.colon and line.words.endswith(line.words[slice(*verdict.cue)]) else None
    return verdict


def _go_on(scene: Scene, gap: Gap, mark: _Mark) -> None:
    """Whether a list goes on with a paragraph: with the mark of those before; behind others between them (items of an
    item), or where the mark is not exact, only with a number that follows theirs."""
    carried = scene.carried
    head = carried.head or carried.resting
    follows = 0 < mark.number - carried.head_number <= _MISSED
    goes_on = follows or (mark.exact and carried.head is not None)
    if mark.kind == carried.head_marker and gap.opened <= 2 and goes_on:
        carried.head, carried.head_number, carried.resting = head, mark.number, None
    else:
        interrupted = gap.opened == 1 and len(mark.kind) <= _LONGEST_MARK
        carried.head, carried.resting = None, head if interrupted else None


class Footnotes:
    """Where the footnotes of a text are anchored ("…[12]"); looked for once, when the first footnote is met."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._ends: list[int] = []
        self._places: dict[str, int] | None = None

    def relation(self, gap: Gap) -> Relation | None:
        """What the place of the anchor says of the footnote whose mark ``gap`` holds."""
        scene = self._scene
        text = scene.text
        if self._places is None:
            self._places = {}
            self._ends = sorted(span.end for span in scene.spans)
            for match in _ANCHOR.finditer(text):
                self._places.setdefault(match.group(), match.start())
        note = text[gap.low + gap.before : gap.low + gap.paragraph].strip(" *_\n\t|")
        at = self._places.get(note)
        if at is None:
            return None
        place = bisect_left(self._ends, at) - 1
        floor = scene.spans[place].tail if place >= 0 else 0
        inner = read_gap(text, scene.forms.folded, floor, at, scene.forms.double_spaced)
        if place >= 0 and not inner.fresh:
            return scene.out[place]._replace(parent=None, confidence=0.7)
        verdict = judge(inner.folded[inner.start :], Setting())
        return relation_of(verdict, inner.low + inner.start, None)._replace(confidence=0.7) if verdict else None
