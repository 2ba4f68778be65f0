"""Floor 3: Vietnamese analysis, query language, search index and the build of a knowledge base."""
