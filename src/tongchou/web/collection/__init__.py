"""Collecting figures without asking twice: rounds, their answers cell by cell, review, and the burden they are."""
