"""What a text does to others: to how much of them, from which day, in which words; and where it speaks of itself."""
