"""How things are shown: marked texts, quoted sentences, drawn lineage, words."""
