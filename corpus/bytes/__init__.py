"""What the bytes of a file are: its kind, its encoding, fonts older than Unicode, and whether the text is salad."""
