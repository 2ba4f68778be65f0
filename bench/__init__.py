"""Benchmarks: each module measures one thing and has a ``main() -> int | None`` that prints it.

Speed floors are ratios measured in one run, so that they hold on any machine.
"""
