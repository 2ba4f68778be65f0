"""The rules of the check: small functions over a draft, one module for each family of the catalogue."""
