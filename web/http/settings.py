"""What an installation may choose; every value has a default that suits one office machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the web application.

    ``index``: URL of the search index (``whoosh:DIR``, ``tantivy:DIR``), None for the one beside the knowledge base.
    ``max_age``: seconds a browser may keep an answer without asking again. ``requests_per_minute``: per client
    address, 0 for no limit. ``burst``: how many requests may come at once before the limit bites. ``proxies``: number
    of trusted reverse proxies in front, whose ``X-Forwarded-*`` headers are believed. ``public_url``: the address under
    which others reach these pages, without a slash at its end, for links that go into reports; None: the one they were
    asked at. ``extract_bytes``: largest body of pasted text. ``draft_bytes``: largest file that is sent to be checked;
    ``draft_text_bytes``: most text in it, or pasted. ``query_length``: longest query in code points.
    ``trace_depth``: deepest lineage one may ask for. ``edit_token``: the word with which reviewers settle doubts on the
    pages; None: nobody can. ``heavy``: heavy requests (a text read, a draft checked) that one process works on at once;
    ``apart``: each in a process of its own. ``buckets``: a file through which the processes of one server share the
    limits for each client, ``secret``: what they seal their forms with; None for one process alone.
    """

    index: str | None = None
    max_age: int = 300
    requests_per_minute: int = 600
    burst: int = 120
    proxies: int = 0
    public_url: str | None = None
    extract_bytes: int = 64 * 1024
    draft_bytes: int = 20 * 1024 * 1024
    draft_text_bytes: int = 2 * 1024 * 1024
    query_length: int = 400
    trace_depth: int = 6
    edit_token: str | None = None
    heavy: int = 2
    apart: bool = False
    buckets: str | None = None
    secret: str | None = None
