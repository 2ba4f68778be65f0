"""Damage of scans undone: known words, twins of one number, dropped glyphs."""
