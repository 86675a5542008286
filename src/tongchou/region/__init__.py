"""Region packages: a folder that describes a region's places, parties, indicators, figures and sources."""
