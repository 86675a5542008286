"""Registers: records with fields, states, moves, evidence, yearly values and roll-ups, declared in YAML."""
