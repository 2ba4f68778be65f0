"""Floor 4: pages and JSON API over a knowledge base."""
