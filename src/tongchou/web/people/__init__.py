"""Who works here: organisations, people, their roles, and what each may do."""
