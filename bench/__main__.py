"""``make bench``: run the benchmarks one after another, or those named: ``python -m bench [NAME…]``.

Exit code 1 where a benchmark says that a floor does not hold, 2 for a name there is no benchmark of.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
import time

import bench


def names() -> list[str]:
    """The benchmarks, in alphabetical order: the modules of this package; ``_name`` are their helpers."""
    return [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]


def main(chosen: list[str]) -> int:
    if unknown := set(chosen) - set(names()):
        print(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    failed = 0
    for name in chosen or names():
        print(f"\n== {name}", flush=True)
        began = time.perf_counter()
        failed += bool(importlib.import_module(f"bench.{name}").main())
        print(f"({time.perf_counter() - began:.1f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
