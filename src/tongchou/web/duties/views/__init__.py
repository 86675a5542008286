"""Pages of the ledger in motion: each translates a request into an action or a template, and back."""
