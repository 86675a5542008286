"""Documents in the official form of GB/T 9704-2012."""
