"""What happened: one event for each action, in a chain of hashes nobody can rewrite unnoticed."""
