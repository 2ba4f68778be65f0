"""Which cue of one clause governs the citation that follows it: one table of rules for each kind of cue."""
