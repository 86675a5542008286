"""Runs of rules: configured, computed, kept unchangeably, approved step by step, compared, and contested."""
