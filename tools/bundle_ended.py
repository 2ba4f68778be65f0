"""Make the bundled register of central normative acts that others ended as a whole (``corpus/registers/ended.csv``).

    python tools/bundle_ended.py [SHARED]

``SHARED`` (default: ``$CANCU_SHARED``) holds ``corpus/bulk/phapdien_articles.jsonl.gz``, the articles of the official
codification: the closing ones say which acts an act replaced or repealed, and from which day. They are put, under
the head of their act, into a base of a day, which reads them as it reads any text; what it then knows to have ended is
written down, but for laws, which the law table has. Only facts are taken: a date is left out where sources differ.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import itertools
import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import orjson

from indexer.build.ingest import ingest
from kb.answers.shapes import DocumentDetails, StatusEvent
from kb.authority import laws, relations, types
from kb.authority.fold import begins, fold
from kb.identity.numbering import number_parts
from kb.knowledge.statements import Known
from kb.service import KnowledgeBase
from tools.bundle_codification import number_in, source_of

TARGET = Path(__file__).parent.parent / "corpus" / "registers" / "ended.csv"
CODIFICATION = "Bộ pháp điển"
ENDS = ("thay the", "bai bo", "het hieu luc")
HEADS = (
    "Số ký hiệu", "Loại văn bản", "Ngày ban hành", "Ngày hết hiệu lực", "Tình trạng", "Văn bản thay thế",
)  # fmt: skip
LAPSED = "Hết hiệu lực toàn bộ"
PAGE = 500


def main(shared: Path) -> None:
    """Write the register."""
    bulk = shared / "corpus" / "bulk"
    with tempfile.TemporaryDirectory() as folder:
        closing = Path(folder) / "closing.jsonl"
        with open(closing, "wb") as file:
            for one in _closing(bulk / "phapdien_articles.jsonl.gz"):
                file.write(orjson.dumps(one) + b"\n")
        ingest([closing], Path(folder) / "kb", registers=True)
        base = KnowledgeBase.open(Path(folder) / "kb")
        rows = sorted(_ended(base))
        base.close()
    with open(TARGET, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(rows)
    print(f"{len(rows)} acts, {TARGET.stat().st_size:,} bytes: {TARGET}")


def _closing(articles: Path) -> Iterator[dict[str, str]]:
    """The articles of each act that tell what it ended, under the head of the act."""
    told: dict[str, list[str]] = defaultdict(list)
    heads: dict[str, str] = {}
    with gzip.open(articles) as file:
        for one in map(orjson.loads, file):
            number, said = one["source_so_hieu"], source_of(one)
            if number and said is not None:
                heads.setdefault(number, _head(said))
            if any(word in fold(one["text"] or "") for word in ENDS):
                told[number].append(f"Điều {one['source_article']}. {one['title']}\n{one['text']}")
    for number in sorted(heads.keys() & told.keys()):
        yield {"name": number.replace("/", "-"), "text": "\n\n".join((heads[number], *told[number]))}


def _head(said: re.Match[str]) -> str:
    """An act's head as offices set it: issuer, motto, number, date, type and title."""
    return (
        f"{said['issuer'].upper()}\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"---------------\nSố: {number_in(said)}\n"
        f"Hà Nội, ngày {said['day']} tháng {said['month']} năm {said['year']}\n\n"
        f"{said['kind'].upper()}\n{said['name']}\n"
    )


def _ended(base: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    """A row for each central normative act that another ended as a whole on a known day, but for those that the
    codification lists as in force behind that day."""
    for page in itertools.count(1):
        briefs = base.documents(page=page, per_page=PAGE)
        if not briefs:
            return
        about = base.known([brief.id for brief in briefs])
        for brief in briefs:
            details = base.document(brief.id) if _is_normative(brief.number, brief.type, brief.id) else None
            event = _end(details) if details is not None else None
            if details is not None and event is not None and not _listed_later(base, details.id, event):
                yield _row(details, event, _begins(base, event), about[brief.id])


def _is_normative(number: str | None, type_id: str | None, id_: str) -> bool:
    parts = number_parts(number or "")
    ranked = type_id is not None and type_id not in laws.TYPES and types.by_id(type_id).rank is not None
    return ranked and id_.startswith("tw/") and parts is not None and parts.year is not None


def _end(details: DocumentDetails) -> StatusEvent | None:
    """What ended a document as a whole first, of the acts whose day and number are known."""
    whole = [
        one for one in details.status.events
        if not one.partial and one.relation in relations.ENDS and one.by_number and len(one.effect_from or "") == 10
    ]  # fmt: skip
    return min(whole, key=lambda one: (str(one.effect_from), str(one.by_number)), default=None)


def _listed_later(base: KnowledgeBase, id_: str, event: StatusEvent) -> bool:
    """Whether the codification lists a document as in force on a day behind that of its end."""
    rows = [row for row in base.registers_about(id_) if row.register == CODIFICATION and row.as_of]
    return any(begins(str(row.as_of)) > begins(str(event.effect_from)) for row in rows)


def _begins(base: KnowledgeBase, event: StatusEvent) -> str:
    """From which day an act counts: one before the act was signed was misread, and the act's own day stands for it."""
    if str(event.effect_from) >= (event.date or ""):
        return str(event.effect_from)
    known = base.known([event.by]).get(event.by)
    return max(str(event.date), (known.value("effect_from") if known is not None else None) or "")


def _row(details: DocumentDetails, event: StatusEvent, begins_on: str, about: Known) -> tuple[str, ...]:
    kind = types.by_id(str(details.type))
    return (
        str(details.number), kind.name, _undisputed(about, "date"), _day_before(begins_on), LAPSED,
        str(event.by_number),
    )  # fmt: skip


def _undisputed(about: Known, field: str) -> str:
    known = about.get(field)
    return known.winner.value if known is not None and not known.others else ""


def _day_before(day: str) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["CANCU_SHARED"]))
