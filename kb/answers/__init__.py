"""What pages, API and command line are given: frozen shapes, made from the rows of the store."""
