"""Formulas of declarations: read, checked for units, computed on arrays. Rules and registers have them in common."""
