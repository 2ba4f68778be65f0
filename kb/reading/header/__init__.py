"""What a text says of itself: own number, date, issuer, title, signer."""
