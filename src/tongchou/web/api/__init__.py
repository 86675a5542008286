"""The JSON interface under /api: the records of the pages, by the same rules of who sees what."""
