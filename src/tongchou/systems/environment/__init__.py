"""Water and air quality rules (S59, S60), also used by horizontal compensation (S27)."""
