"""Which document a number or a name stands for: keys, permalinks, titles compared."""
