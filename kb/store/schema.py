"""Tables of the knowledge base. The store is the truth; everything below ``citation`` can be computed anew from it.

``file`` and ``file_text`` hold what was ingested, ``citation`` the reading of each text, with what resolution decided
(``target_id``: the document meant; ``source_id``/``dest_id``: the ends of the edge, which differ from the citing
document and the target for nested and inverse citations). ``document`` are the nodes, held or only cited.
``dirty_base`` and ``dirty_file`` list what resolution has still to look at, so that a run that was killed is finished
by the next one. JSON columns are text, so that SQLite and PostgreSQL hold the same bytes.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

file = sa.Table(
    "file",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("reader_version", sa.Text, nullable=False),
    sa.Column("hints", sa.Text, nullable=False),
    sa.Column("pages", sa.Text, nullable=False),
    sa.Column("notices", sa.Text, nullable=False),
    sa.Column("own", sa.Text),  # OwnIdentity as JSON after corrections, null: no header
    sa.Column("own_original", sa.Text),  # as read
    sa.Column("own_corrected", sa.Boolean, nullable=False),  # whether ``own_original`` counts
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("tail", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("series", sa.Text),  # see Identity.series
    sa.Column("date", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("document_id", sa.Integer),
    sa.Index("file_base", "base"),
    sa.Index("file_document", "document_id"),
)

file_text = sa.Table(
    "file_text",
    metadata,
    sa.Column("file_id", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

citation = sa.Table(
    "citation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file_id", sa.Integer, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("type", sa.Text),
    sa.Column("date", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("issuer", sa.Text),  # issuer wording after the citation: "UBND" or "Chủ tịch UBND"
    sa.Column("province", sa.Text),
    sa.Column("province_known", sa.Boolean, nullable=False),
    sa.Column("unit", sa.Text),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("inverse", sa.Boolean, nullable=False),
    sa.Column("cue", sa.Text),
    sa.Column("cue_start", sa.Integer),
    sa.Column("aspect", sa.Text),
    sa.Column("pinpoint", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("parent", sa.Integer),
    sa.Column("sentence", sa.Text, nullable=False),  # the words around the citation, bounded (see store.SENTENCE)
    sa.Column("highlight", sa.Integer, nullable=False),  # where the citation begins in ``sentence``
    sa.Column("page", sa.Integer),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("repairs", sa.Text),  # JSON, null where there are none
    sa.Column("notes", sa.Text),  # JSON, null where there are none
    sa.Column("original", sa.Text),  # the fields as read (JSON), where a correction changed them
    sa.Column("base", sa.Text),  # see kb.identity; null where the citation states no identity
    sa.Column("tail", sa.Text),
    sa.Column("series", sa.Text),
    sa.Column("status", sa.Text, nullable=False),  # resolved | ambiguous | unresolved | rejected
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("target_id", sa.Integer),
    sa.Column("source_id", sa.Integer),
    sa.Column("dest_id", sa.Integer),
    sa.Index("citation_file", "file_id", "n"),
    sa.Index("citation_base", "base"),
    sa.Index("citation_target", "target_id"),
    sa.Index("citation_out", "source_id", "relation", "dest_id"),
    sa.Index("citation_in", "dest_id", "relation", "source_id"),
)

candidate = sa.Table(
    "candidate",
    metadata,
    sa.Column("citation_id", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.Integer, primary_key=True),
    sa.Index("candidate_document", "document_id"),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("tail", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("organ", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Text, nullable=False),  # digits without leading zeros, letters kept ("30c")
    sa.Column("year", sa.Text),
    sa.Column("series", sa.Text),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("anchor", sa.Text),  # the date of the key (kb.clusters); ``date`` is the one shown
    sa.Column("number", sa.Text),
    sa.Column("type", sa.Text),
    sa.Column("date", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("province", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("cited_by", sa.Integer, nullable=False),
    sa.Column("cites", sa.Integer, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Index("document_base", "base"),
    sa.Index("document_tail", "tail"),
    sa.Index("document_ordinal", "ordinal", "kind", "organ"),
    sa.Index("document_cited", "cited_by"),
    sa.Index("document_register", "place", "organ", "kind", "year"),
)

redirect = sa.Table(
    "redirect",
    metadata,
    sa.Column("old", sa.Text, primary_key=True),
    sa.Column("new", sa.Text, nullable=False),
)

dirty_base = sa.Table("dirty_base", metadata, sa.Column("base", sa.Text, primary_key=True))
dirty_file = sa.Table("dirty_file", metadata, sa.Column("file_id", sa.Integer, primary_key=True))
dirty_document = sa.Table("dirty_document", metadata, sa.Column("document_id", sa.Integer, primary_key=True))

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("document_id", sa.Integer),
    sa.Column("file_id", sa.Integer),
    sa.Column("citation_id", sa.Integer),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Index("finding_kind", "kind"),
    sa.Index("finding_document", "document_id"),
    sa.Index("finding_file", "file_id"),
)

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("date", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)


def _digest() -> str:
    names = (f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns)
    return hashlib.sha256(" ".join(sorted(names)).encode()).hexdigest()[:8]


SCHEMA_VERSION = _digest()
"""Changes with any table or column, so that a base of another layout is refused instead of failing half-way."""
