"""Floor 1: a file on disk becomes text with pages, lines and exact offsets."""
