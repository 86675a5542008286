"""Reach (可达): who is within the standard of a service, how evenly, and where the next facilities would go."""
