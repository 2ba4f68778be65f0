"""Which state of the reader made a reading: a text read by another is read again."""

READER_VERSION = "13"
