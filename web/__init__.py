"""Floor 4: pages for people, JSON for programs."""
