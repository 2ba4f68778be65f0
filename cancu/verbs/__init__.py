"""The verbs, one module each, in the order in which help lists them.

A verb's module imports what it needs of the library inside its ``run``: the command then starts in a fraction of a
second whatever the verb.
"""

from cancu.verb import Verb
from cancu.verbs import (
    changes,
    check,
    corrections,
    export,
    extract,
    ingest,
    lookup,
    mcp,
    rebuild,
    register,
    remove,
    search,
    serve,
    stats,
    text,
    trace,
)

VERBS: tuple[Verb, ...] = (
    extract.VERB,
    text.VERB,
    ingest.VERB,
    lookup.VERB,
    search.VERB,
    trace.VERB,
    check.VERB,
    changes.VERB,
    export.VERB,
    stats.VERB,
    register.VERB,
    rebuild.VERB,
    remove.VERB,
    corrections.VERB,
    serve.VERB,
    mcp.VERB,
)
