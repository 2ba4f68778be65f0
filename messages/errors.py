"""What a user can be told is wrong. Every error that reaches a user is one of these::

    CancuError                     what is wrong, where, and what to do about it, in both languages
    ├── AuthorityError             a data file of facts breaks its form            kb.authority.load
    ├── CannotStart                the server's processes end as they start     web.serving.supervisor
    ├── CannotWrite                an answer cannot be written to a file           cancu.output
    ├── KnowledgeBaseError         the base cannot be opened, read or written      kb.errors
    │   ├── CorrectionError        a correction cannot be understood or applied    kb.errors
    │   ├── ExecutorLost           the machines that read are gone                 indexer.build.elsewhere
    │   ├── IndexBusy              another process writes to the search index      indexer.engines.protocol
    │   ├── IndexUnusable          the search index is missing or damaged          indexer.engines.protocol
    │   │   └── IndexUnreachable   the search cluster does not answer              indexer.engines.protocol
    │   ├── NotFoundError          no base, document or file of that name          kb.errors
    │   ├── QueryError             a query cannot be understood, and where         indexer.query.language
    │   ├── RegisterError          a register cannot be loaded, or is not there    kb.errors
    │   └── UnknownValue           a filter asks for a value that nothing has      indexer.facets
    ├── NotCommentable             a draft cannot take comments                    web.reports.files
    ├── Problem                    a request cannot be answered, with its status   web.http.problems
    ├── Refused                    a file cannot be read                           corpus.errors
    └── SegmenterUnusable          pyvi or its model is missing or another one     indexer.words.pyvi_model

A mistake of the program is none of these: it raises Python's own errors (``ValueError`` for an argument that cannot
be, :class:`messages.catalogue.MessageError` for a message that is not there).
"""

from __future__ import annotations

from messages.catalogue import InTwoLanguages


class CancuError(Exception):
    """What is wrong, where, and what to do about it: ``words`` say the same in both languages."""

    def __init__(self, words: InTwoLanguages) -> None:
        super().__init__(words)
        self.words = words

    def text(self, lang: str = "vi") -> str:
        """The message in ``lang`` (``vi`` or ``en``)."""
        return self.words.text(lang)

    @property
    def vi(self) -> str:
        """The message in Vietnamese."""
        return self.text("vi")

    @property
    def en(self) -> str:
        """The message in English."""
        return self.text("en")

    def __str__(self) -> str:
        return self.en
