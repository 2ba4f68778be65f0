"""Document numbers: where they stand, what their codes mean, through damage too."""
