"""The vocabulary every layer shares: places, parties, periods, units, status, text and problems."""
