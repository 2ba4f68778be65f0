"""A number typed in any shape, and the document it means."""
