"""The named stages of the reader; each module holds one."""
