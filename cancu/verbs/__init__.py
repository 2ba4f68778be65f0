"""The verbs, one module each.

Of these modules only that of the verb that was asked for is loaded: the command then starts in a fraction of a second.
"""

import importlib
from collections.abc import Callable
from types import ModuleType

from cancu.verb import Verb

_MODULES: dict[str, Callable[[], ModuleType]] = {
    "extract": lambda: importlib.import_module("cancu.verbs.extract"),
    "text": lambda: importlib.import_module("cancu.verbs.text"),
    "ingest": lambda: importlib.import_module("cancu.verbs.ingest"),
    "lookup": lambda: importlib.import_module("cancu.verbs.lookup"),
    "search": lambda: importlib.import_module("cancu.verbs.search"),
    "trace": lambda: importlib.import_module("cancu.verbs.trace"),
    "check": lambda: importlib.import_module("cancu.verbs.check"),
    "changes": lambda: importlib.import_module("cancu.verbs.changes"),
    "export": lambda: importlib.import_module("cancu.verbs.export"),
    "stats": lambda: importlib.import_module("cancu.verbs.stats"),
    "register": lambda: importlib.import_module("cancu.verbs.register"),
    "rebuild": lambda: importlib.import_module("cancu.verbs.rebuild"),
    "remove": lambda: importlib.import_module("cancu.verbs.remove"),
    "corrections": lambda: importlib.import_module("cancu.verbs.corrections"),
    "serve": lambda: importlib.import_module("cancu.verbs.serve"),
    "mcp": lambda: importlib.import_module("cancu.verbs.mcp"),
}
VERBS = tuple(_MODULES)
"""The names of the verbs, in the order in which help lists them."""


def verb_named(name: str) -> Verb:
    """One of ``VERBS``."""
    verb: Verb = _MODULES[name]().VERB
    return verb
