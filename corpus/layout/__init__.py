"""Words, paragraphs and tables set as plain lines, one way for every format."""
