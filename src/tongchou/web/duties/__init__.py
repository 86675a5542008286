"""The ledger in motion: commitments confirmed, answered, reported, evidenced; what is silent is seen."""
