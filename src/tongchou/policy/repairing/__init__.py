"""What stands between a text as found and the text of the document: copies, inserted characters, furniture, marks."""
