"""Service coverage on a package network: who is within reach, how evenly, by which way, and where to build next."""
