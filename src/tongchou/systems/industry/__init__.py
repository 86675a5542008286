"""Industry measures: specialisation, concentration, structure, change (S32, S33)."""
