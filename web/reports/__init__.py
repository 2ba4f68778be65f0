"""The report of a check as a file: for people to read and print, for Excel, for Word, for programs."""
