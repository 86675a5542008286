"""Rules: formulas with units and dated parameters, declared in YAML, run for any number of places and periods.

Importing this package is cheap; DuckDB, sqlglot and pint are imported by the modules that need them.
"""
