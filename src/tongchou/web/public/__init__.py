"""What everybody may see without an account: progress, one commitment, questions and replies, data."""
