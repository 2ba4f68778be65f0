"""The door of the command ``cancu``, also as ``python -m cancu``: the packages behind it must be Cancu's own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

FAULT = 70  # EX_SOFTWARE of sysexits.h
OURS = ("messages", "corpus", "kb", "indexer", "web")


def main() -> int:
    """Run the command; returns its exit code."""
    _pass_over_the_folder_one_stands_in()
    strange = _not_ours()
    if strange:
        # these two lines cannot come from ``messages``, which may be the package that is not ours
        package, where = strange
        print(
            f"Gói “{package}” tìm thấy ở {where} không phải của Cancu: hãy cài Cancu trong môi trường riêng "
            f"(python3 -m venv). / The package “{package}” found at {where} is not Cancu's: install Cancu in an "
            f"environment of its own (python3 -m venv).",
            file=sys.stderr,
        )
        return FAULT
    from cancu.cli import main as run

    return run()


def _not_ours() -> tuple[str, str] | None:
    """The first of our names under which Python would find a package of someone else, and where; none is imported."""
    home = Path(__file__).resolve().parent.parent
    for package in OURS:
        spec = importlib.util.find_spec(package)
        places = (
            [Path(one).resolve() for one in (spec.submodule_search_locations or [spec.origin or ""])] if spec else []
        )
        if places != [home / package]:
            return package, ", ".join(map(str, places))
    return None


def _pass_over_the_folder_one_stands_in() -> None:
    """``python -m`` looks for packages in the current folder first; a ``corpus.py`` there is the user's own."""
    if sys.path and sys.path[0] and Path(sys.path[0]) == Path.cwd() != Path(__file__).parent.parent:
        del sys.path[0]


if __name__ == "__main__":
    sys.exit(main())
