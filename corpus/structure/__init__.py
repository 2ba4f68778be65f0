"""What the lines of a text are: the one place that guesses structure where a format does not know it."""
