"""Work in the background: what was asked for, how far it has come, and the worker that does it."""
