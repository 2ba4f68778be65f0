"""What ties a citation to those before it: the sentence, the list, the title that it shares with them."""
