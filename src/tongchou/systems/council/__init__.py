"""Deliberation and coordination: matters that cross counties, plans and policies in force."""
