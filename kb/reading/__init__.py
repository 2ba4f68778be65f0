"""Text → citations: pure functions, one module a stage."""

from kb.reading.numbers.parse_number import Number, parse_number
from kb.reading.reader import READER_VERSION, read
from kb.reading.repair.repaired_text import RepairedText, repaired_text

__all__ = ["READER_VERSION", "Number", "RepairedText", "parse_number", "read", "repaired_text"]
