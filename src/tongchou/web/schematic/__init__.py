"""Networks drawn as they lie, without boundaries: frames, pictures, and where their words go."""
