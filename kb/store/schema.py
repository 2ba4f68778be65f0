"""Tables of the knowledge base. The store is the truth.

Kept, for nothing can derive them again: ``file`` and ``file_text`` (what was ingested), ``register`` and
``register_row`` (lists of documents that an office or a ministry keeps), ``correction``, ``redirect`` (ids that lead
elsewhere or were withdrawn), ``change`` and ``build`` (what became known and when), ``meta``. A change of their
columns is a step of ``kb.store.migrations``.

``DERIVED`` from them: ``citation``, the reading of each text, with what resolution decided (``target_id``: the document
meant; ``source_id``/``dest_id``: the ends of the edge, which differ from the citing document and the target for nested
and inverse citations); ``document``, the nodes, held or only cited; ``candidate``; ``finding``; and what resolution has
still to look at (``dirty_key``, ``dirty_file``, ``dirty_document``), so that a run that was killed is finished by the
next one. ``tally`` counts rows (``kb.store.tallies``), ``alike`` citations that say the same of the same document
(``kb.store.alike``), ``link`` those that link the same two documents by one relation (``kb.store.links``); ``to_index``
lists what a search index has to take anew.

JSON columns are text, so that SQLite and PostgreSQL hold the same bytes; texts compare by code point in both, whatever
the server's own language, so that every answer comes in the same order.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kb.store import citation_columns
from kb.store.citation_columns import TEXT

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", TEXT, primary_key=True),
    sa.Column("value", TEXT, nullable=False),
)

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A row's number of 64 bits; SQLite numbers its rows so by itself where the column is called INTEGER."""

_NAMED = sa.text("name_key IS NOT NULL")
_SCORED = sa.text("name_score IS NOT NULL")
_PART = sa.text("pinpoint IS NOT NULL")
_OF_PART = ("pinpoint", "source_id", "relation", "inverse")
LOOSE: sa.ColumnElement[Any] = sa.literal_column(
    "(target_id IS NULL OR status <> 'resolved' OR method IN ('', 'correction') OR kind = 'back_reference' "
    "OR series IS NULL OR rtrim(series, '?') <> series OR (name_key IS NOT NULL AND number IS NULL))"
)
"""Citations that linking looks at one by one: not linked yet, or placed by more than what citations alike have in
common (``kb.resolution.mentions``). SQLite takes the index for the very words only, hence no type: a condition of type
``Boolean`` is compared with 1."""

file = sa.Table(
    "file",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("name", TEXT, nullable=False, unique=True),
    sa.Column("sha256", TEXT, nullable=False),
    sa.Column("format", TEXT, nullable=False),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("reader_version", TEXT, nullable=False),
    sa.Column("hints", TEXT, nullable=False),
    sa.Column("pages", TEXT, nullable=False),
    sa.Column("notices", TEXT, nullable=False),
    sa.Column("own", TEXT),  # OwnIdentity as JSON after corrections, null: no header
    sa.Column("own_original", TEXT),  # as read
    sa.Column("own_corrected", sa.Boolean, nullable=False),  # whether ``own_original`` counts
    sa.Column("key", TEXT, nullable=False),
    sa.Column("key_without_place", TEXT, nullable=False),
    sa.Column("scope", TEXT, nullable=False),
    sa.Column("series", TEXT),  # see Identity.series
    sa.Column("date", TEXT),
    sa.Column("title", TEXT),  # of the header, in sentence case
    sa.Column("name_key", TEXT),  # see kb.identity.programme_names; null where the title names no programme
    sa.Column("document_id", LONG),
    sa.Index("file_key", "key"),
    sa.Index("file_name", "name_key", sqlite_where=_NAMED, postgresql_where=_NAMED),
    sa.Index("file_document", "document_id"),
)

file_text = sa.Table(
    "file_text",
    metadata,
    sa.Column("file_id", LONG, primary_key=True),
    sa.Column("text", TEXT, nullable=False),
    sa.Column("blocks", sa.LargeBinary),  # its structure, see kb.store.blocks; null: not known
)

citation = sa.Table(
    "citation",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("file_id", LONG, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    *citation_columns.columns(),
    sa.Column("issuer", TEXT),  # in words (kb.authority.issuer_words): "UBND" or "Chủ tịch UBND"
    sa.Column("relation_read", TEXT),  # where rank or time forbid it (kb.knowledge.guards): ``relation`` is a mention
    sa.Column("original", TEXT),  # the fields as read (JSON), where a correction changed them
    sa.Column("key", TEXT),  # see kb.identity.key; null where the citation states no identity
    sa.Column("key_without_place", TEXT),
    sa.Column("series", TEXT),
    sa.Column("known_by", TEXT),  # how a name was understood (kb.identity.of_text), null for numbers
    sa.Column("status", TEXT, nullable=False),  # resolved | ambiguous | unresolved | rejected
    sa.Column("method", TEXT, nullable=False),
    sa.Column("name_key", TEXT),  # see kb.identity.programme_names; null where the citation names no programme
    sa.Column("name_score", sa.Float),  # of a link made by the name alone
    sa.Column("target_id", LONG),
    sa.Column("source_id", LONG),
    sa.Column("dest_id", LONG),
    sa.Column("votes", sa.Integer, nullable=False),  # see kb.resolution.votes; 0 until the text is linked
    sa.Index("citation_file", "file_id", "position"),
    sa.Index("citation_key", "key", "series", "file_id"),
    sa.Index("citation_loose", "key", sqlite_where=LOOSE, postgresql_where=LOOSE),
    sa.Index("citation_target", "target_id"),
    sa.Index("citation_status", "status", "kind"),
    sa.Index("citation_score", "target_id", "name_score", sqlite_where=_SCORED, postgresql_where=_SCORED),
    sa.Index("citation_name", "name_key", sqlite_where=_NAMED, postgresql_where=_NAMED),
    sa.Index("citation_out", "source_id", "relation", "dest_id"),
    sa.Index("citation_in", "dest_id", "relation", "source_id"),
    sa.Index("citation_part", "dest_id", *_OF_PART, sqlite_where=_PART, postgresql_where=_PART),
)

candidate = sa.Table(
    "candidate",
    metadata,
    sa.Column("citation_id", LONG, primary_key=True),
    sa.Column("document_id", LONG, primary_key=True),
    sa.Index("candidate_document", "document_id"),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("slug", TEXT, nullable=False, unique=True),
    sa.Column("key", TEXT, nullable=False),
    sa.Column("key_without_place", TEXT, nullable=False),
    sa.Column("place", TEXT, nullable=False),
    sa.Column("organ", TEXT, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("ordinal", TEXT, nullable=False),  # digits without leading zeros, letters kept ("30c")
    sa.Column("year", TEXT),
    sa.Column("series", TEXT),
    sa.Column("scope", TEXT, nullable=False),
    sa.Column("key_date", TEXT),  # the date of the key (kb.resolution.clusters); ``date`` is the one shown
    sa.Column("number", TEXT),
    sa.Column("type", TEXT),
    sa.Column("date", TEXT),
    sa.Column("body", TEXT),
    sa.Column("province", TEXT),
    sa.Column("unit", TEXT),
    sa.Column("title", TEXT),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("cited_by", sa.Integer, nullable=False),
    sa.Column("cites", sa.Integer, nullable=False),
    sa.Column("name_score", sa.Float),  # the lowest score of the citations linked to it by name alone
    sa.Column("evidence", TEXT, nullable=False),
    sa.Column("issuer", TEXT),  # in the words of the best source (kb.authority.issuer_words); null: none says it
    sa.Column("validity", TEXT),  # what bears on its status (kb.knowledge.validity, JSON); null: nothing known
    sa.Index("document_key", "key"),
    sa.Index("document_key_without_place", "key_without_place"),
    sa.Index("document_ordinal", "ordinal", "kind", "organ", "province", "year", "date"),
    sa.Index("document_bearing", "ordinal", "cited_by", "id"),
    sa.Index("document_cited", "cited_by"),
    sa.Index("document_day", "date", "held", "cited_by"),
    sa.Index("document_register", "place", "organ", "kind", "year"),
)

alike = sa.Table(
    "alike",
    metadata,
    sa.Column("target_id", LONG, nullable=False),
    sa.Column("said", TEXT, nullable=False),  # what citations of it have in common, see kb.store.alike
    sa.Column("rows", LONG, nullable=False),
    sa.PrimaryKeyConstraint("target_id", "said").ddl_if(dialect="sqlite"),
    sqlite_with_rowid=False,
)
sa.Index("alike_said", alike.c.target_id, sa.func.md5(alike.c.said), unique=True).ddl_if(dialect="postgresql")

link = sa.Table(
    "link",
    metadata,
    sa.Column("dest_id", LONG, primary_key=True),
    sa.Column("relation", TEXT, primary_key=True),
    sa.Column("source_id", LONG, primary_key=True),
    sa.Column("rows", LONG, nullable=False),  # how many citations say so
    sa.Column("day", TEXT, nullable=False),  # of the document that acts, "" where none is known
    sa.Column("year", TEXT),
    sa.Column("province", TEXT),
    sa.Column("type", TEXT),
    sa.Column("stand", TEXT, nullable=False),  # what tells its rung, see kb.store.links
    sa.Index("link_latest", "dest_id", "relation", "stand", "day", "source_id", "rows"),
    sa.Index("link_day", "dest_id", "day"),
    sa.Index("link_source", "source_id", "relation"),
    sqlite_with_rowid=False,
)

to_index = sa.Table(
    "to_index",
    metadata,
    sa.Column("slug", TEXT, primary_key=True),
    sa.Column("changed", LONG, nullable=False),  # see kb.store.to_index
    sa.Index("to_index_changed", "changed"),
)

tally = sa.Table(
    "tally",
    metadata,
    sa.Column("of", TEXT, primary_key=True),  # the table whose rows are counted
    sa.Column("value", TEXT, primary_key=True),  # what those rows have in common, see kb.store.tallies
    sa.Column("rows", LONG, nullable=False),
)

redirect = sa.Table(
    "redirect",
    metadata,
    sa.Column("old", TEXT, primary_key=True),
    sa.Column("new", TEXT, nullable=False),
)

dirty_key = sa.Table("dirty_key", metadata, sa.Column("key", TEXT, primary_key=True))
dirty_file = sa.Table("dirty_file", metadata, sa.Column("file_id", LONG, primary_key=True))
dirty_document = sa.Table("dirty_document", metadata, sa.Column("document_id", LONG, primary_key=True))

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("severity", TEXT, nullable=False),
    sa.Column("document_id", LONG),
    sa.Column("file_id", LONG),
    sa.Column("citation_id", LONG),
    sa.Column("detail", TEXT, nullable=False),
    sa.Index("finding_kind", "kind"),
    sa.Index("finding_document", "document_id", "file_id"),
    sa.Index("finding_file", "file_id"),
)

register = sa.Table(
    "register",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("name", TEXT, nullable=False, unique=True),
    sa.Column("as_of", TEXT),  # ISO, the day of which the list tells
    sa.Column("scope", TEXT),  # in the words of whoever added it: what the list covers
    sa.Column("province", TEXT),  # of rows whose issuer names none
    sa.Column("source", TEXT, nullable=False),  # the name of the file it was read from
    sa.Column("sha256", TEXT, nullable=False),  # of that file
    sa.Column("columns", TEXT, nullable=False),  # JSON, column by field
    sa.Column("digest", TEXT, nullable=False),  # of all rows, whatever their order
    sa.Column("rows", LONG, nullable=False),
    sa.Column("refused", TEXT, nullable=False),  # JSON, [row, reason's code, what stood there] of the first refused
    sa.Column("refused_rows", LONG, nullable=False),
    sa.Column("reader_version", TEXT, nullable=False),  # the reader that derived the keys of the rows
)

register_row = sa.Table(
    "register_row",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("register_id", LONG, nullable=False),
    sa.Column("row", LONG, nullable=False),  # in the file, from 1
    sa.Column("digest", TEXT, nullable=False),  # of what the row says
    sa.Column("number", TEXT),
    sa.Column("type", TEXT),
    sa.Column("date", TEXT),
    sa.Column("issuer", TEXT),  # in the register's own words
    sa.Column("title", TEXT),
    sa.Column("effect_from", TEXT),
    sa.Column("effect_to", TEXT),
    sa.Column("status", TEXT),  # see kb.knowledge.registers.row
    sa.Column("status_words", TEXT),
    sa.Column("replaced_by", TEXT),  # JSON, numbers; null: none
    sa.Column("amended_by", TEXT),
    sa.Column("subject", TEXT),
    sa.Column("body", TEXT),  # issuer, province and unit as they are kept of a citation
    sa.Column("province", TEXT),
    sa.Column("unit", TEXT),
    sa.Column("key", TEXT, nullable=False),  # see kb.identity.key
    sa.Column("key_without_place", TEXT, nullable=False),
    sa.Column("series", TEXT),
    sa.Column("scope", TEXT, nullable=False),  # stands in the id of a document that only this row can tell
    sa.Column("document_id", LONG),
    sa.Index("register_row_place", "register_id", "row"),
    sa.Index("register_row_key", "key"),
    sa.Index("register_row_document", "document_id"),
)

change = sa.Table(
    "change",
    metadata,
    sa.Column("document", TEXT, primary_key=True),  # id
    sa.Column("relation", TEXT, primary_key=True),
    sa.Column("by", TEXT, primary_key=True),  # id of the document that acts
    sa.Column("day", TEXT),  # from which it counts; null: that of the acting document
    sa.Column("generation", LONG, nullable=False),  # the state of the base in which it was first known
    sa.Column("recorded", TEXT, nullable=False),  # that day (ISO)
    sa.Index("change_day", "day"),
    sa.Index("change_generation", "generation"),
)

build = sa.Table(
    "build",
    metadata,
    sa.Column("id", TEXT, primary_key=True),  # see Store.content_id
    sa.Column("generation", LONG, nullable=False),  # the last state of the base with that content
    sa.Column("recorded", TEXT, nullable=False),
)

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("id", LONG, primary_key=True),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("subject", TEXT, nullable=False),
    sa.Column("value", TEXT, nullable=False),
    sa.Column("author", TEXT, nullable=False),
    sa.Column("date", TEXT, nullable=False),
    sa.Column("reason", TEXT, nullable=False),
)


DERIVED = (citation, candidate, document, dirty_key, dirty_file, dirty_document, finding)
"""Tables that reading and resolving the held texts fill again."""
