"""Read a policy document into clauses, duties, commitments, targets and findings."""
