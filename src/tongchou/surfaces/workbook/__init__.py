"""Workbooks: what is written for, and read from, a spreadsheet program."""
