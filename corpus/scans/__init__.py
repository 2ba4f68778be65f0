"""Pictures of pages to words."""
