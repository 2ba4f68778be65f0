"""One step of the layout each, oldest first."""
