"""Service coverage for people: what is asked and answered, in words, lists, workbooks and open data."""
