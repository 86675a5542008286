"""What can be done in the ledger in motion. One transaction and one event each; the time is passed in."""
