"""The verbs, one module each.

Of these modules only that of the verb that was asked for is loaded: the command then starts in a fraction of a second.
"""

import importlib

from cancu.verb import Verb

VERBS = (
    "extract", "text", "ingest", "lookup", "search", "trace", "check", "changes", "export", "stats", "register",
    "rebuild", "remove", "corrections", "serve", "mcp",
)  # fmt: skip
"""The names of the verbs, which are those of their modules, in the order in which help lists them."""


def verb_named(name: str) -> Verb:
    """One of ``VERBS``."""
    verb: Verb = importlib.import_module(f"cancu.verbs.{name}").VERB
    return verb
