"""Traditional and Simplified script: telling them apart, and converting to mainland official usage."""
