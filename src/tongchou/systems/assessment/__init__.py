"""Standards and scoring that an assessment is built from (S11)."""
