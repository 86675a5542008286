"""The operations of the interface, a file for each kind of record."""
