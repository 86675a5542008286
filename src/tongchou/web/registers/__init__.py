"""Registers in the workbench: rows, their history and moves; pages, forms and Excel from the declaration alone."""
