"""Connections: how far places lie apart on a network before and after, what projects change, what closures cut."""
