"""Documents cited by name: laws, congress resolutions, standards, programmes."""
