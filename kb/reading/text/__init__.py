"""A text made ready for matching without losing its offsets."""
