"""Views over the region package: indicators and their figures with source and status."""
