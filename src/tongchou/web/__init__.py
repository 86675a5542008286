"""The web workbench; the only package that imports Django."""
