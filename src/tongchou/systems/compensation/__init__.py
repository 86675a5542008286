"""Cost sharing between places (S24) and ecological compensation (S25–S27)."""
