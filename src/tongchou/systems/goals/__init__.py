"""Goals, gaps and indices (S05–S10): how far apart places are, and whether the distance is closing."""
