"""Measurements: accuracy and speed, never asserted in a test."""
