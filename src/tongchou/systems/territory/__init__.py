"""Space, land and special-type areas (M11)."""
