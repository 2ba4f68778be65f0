"""How the citing document relates to the cited one, with pinpoint, title and back reference."""
