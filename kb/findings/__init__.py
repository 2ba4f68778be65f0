"""Doubts about documents and citations: found while linking, told in words to a reviewer."""
