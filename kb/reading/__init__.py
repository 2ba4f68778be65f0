"""Text → citations: pure functions, one module a stage."""
