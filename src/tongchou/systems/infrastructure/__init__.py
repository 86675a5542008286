"""Infrastructure (S71–S78): water allocated over the city (S77), energy (S74) and information networks (S75)."""
