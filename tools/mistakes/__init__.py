"""Mistakes of every kind planted in real drafts, to measure how many the check finds."""
