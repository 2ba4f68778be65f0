"""Who issued the cited document, and the province and unit it belongs to."""
