"""One module a file format: bytes in, the text of the document out."""
