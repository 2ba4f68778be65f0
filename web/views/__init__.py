"""One module for each group of pages and their JSON twins."""
