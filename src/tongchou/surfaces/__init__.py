"""Ways to see what is declared and read: command line, workbook, document, schema, manual."""
