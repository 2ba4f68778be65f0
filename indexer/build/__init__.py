"""The build: files and folders become a knowledge base and its search index."""
