"""The graph of documents: what stands on what, what changed below it, and the questions asked of it."""
