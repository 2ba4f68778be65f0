"""Floor 2: the knowledge. Reading citations, authority files, identity, graph and store."""
