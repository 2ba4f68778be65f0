"""Servers on this machine's loopback, started and stopped by tests and benchmarks: OpenSearch, PostgreSQL, Dask."""
