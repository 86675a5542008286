"""Pages drawn from documents and figures; nothing is stored here."""
