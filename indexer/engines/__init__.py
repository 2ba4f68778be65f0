"""The search index behind one protocol: Whoosh for one office, tantivy for a large collection."""
