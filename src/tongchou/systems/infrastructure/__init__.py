"""Infrastructure (S71–S78): networks of roads, lines, water and energy, and what joins the parts of the city."""
