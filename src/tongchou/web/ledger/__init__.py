"""Documents as received and what was read from them."""
