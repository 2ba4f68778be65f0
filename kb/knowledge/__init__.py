"""What is true of a document, from whom, since when: statements with their sources, registers, status in time."""
