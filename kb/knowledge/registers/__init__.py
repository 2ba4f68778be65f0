"""Registers: lists of documents that an office or a ministry keeps, as sources of what is known of a document."""
