"""Text → citations: pure functions, one module a stage."""

from kb.reading.parse import Number, parse_number
from kb.reading.reader import READER_VERSION, read

__all__ = ["READER_VERSION", "Number", "parse_number", "read"]
