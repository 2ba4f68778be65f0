"""The query language, and what a query asks of an index."""
