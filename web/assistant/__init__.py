"""The questions that pages and API answer, for AI assistants: the Model Context Protocol (modelcontextprotocol.io)."""
