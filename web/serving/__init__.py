"""The server: processes that share one listening socket, and the one that watches over them."""
