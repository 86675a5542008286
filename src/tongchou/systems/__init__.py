"""The topics of the policy: declarations and the algorithms they name. Siblings that never import each other."""
