"""Files people send: kept as received, limited in size and kind, shown only to those who may see them."""
