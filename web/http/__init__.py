"""What every view stands on: parameters, answers in two forms, errors, addresses, limits."""
