"""Documents by their day where no number is given: "24/12/2021", "quyết định ngày 24/12/2021 của UBND tỉnh"."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import sqlalchemy as sa

from kb.authority import issuers
from kb.authority.wording import word_lists
from kb.identity.numbering import is_full, slugify
from kb.lookup import surroundings
from kb.lookup.bearing import answering, of_organ
from kb.lookup.matches import MAX_MATCHES, Found, status_of
from kb.lookup.number_query import MAX_QUERY, kinds_of, words_of
from kb.lookup.surroundings import Scan
from kb.reading.text.text_forms import TextForms
from kb.store.schema import document

_ANY_TYPE = word_lists("number_query").pattern("any_type")


@dataclass(frozen=True, slots=True)
class OfDay:
    """What a query asks of the documents of a ``day`` (ISO): ``kinds`` and ``organ`` are permalink parts, ``province``
    its plain name; empty or None where not given."""

    day: str
    kinds: tuple[str, ...] = ()
    organ: str | None = None
    province: str | None = None


def parse(query: str) -> OfDay | None:
    """Take a query apart that gives a full date and at most type, issuer and province beside it; None for any other."""
    text = unicodedata.normalize("NFC", query).strip()
    if len(text) > MAX_QUERY:
        return None
    scan = Scan(TextForms(text).folded)
    day, _ = surroundings.take_date(scan)
    if not is_full(day):
        return None
    of_any_type = _ANY_TYPE.search(scan.text)
    if of_any_type:
        scan.cut(*of_any_type.span())
    province = surroundings.take_province(scan)
    type_id, issuer = surroundings.take_type(scan), surroundings.take_issuer(scan)
    left = [word.text.upper() for word in words_of(scan.text)]
    if len(left) > 1 or not all(map(issuers.is_known, left)):
        return None
    body = issuer or (issuers.canonical(left[0]) if left else None)
    return OfDay(day, kinds_of(type_id), slugify(body) if body else None, province)


def find(connection: sa.Connection, asked: OfDay) -> Found:
    """The documents of the day: those with a text here first, then the most cited."""
    wanted = [document.c.date == asked.day]
    if asked.kinds:
        wanted.append(document.c.kind.in_(asked.kinds))
    if asked.organ:
        wanted.append(of_organ(asked.organ))
    if asked.province:
        wanted.append(document.c.province.in_(answering(asked.province)))
    total = connection.execute(sa.select(sa.func.count()).select_from(document).where(*wanted)).scalar() or 0
    order = (document.c.held.desc(), document.c.cited_by.desc(), document.c.slug)
    ids = connection.execute(sa.select(document.c.id).where(*wanted).order_by(*order).limit(MAX_MATCHES)).scalars()
    return Found(status_of(total), tuple(ids), (), (), total)
