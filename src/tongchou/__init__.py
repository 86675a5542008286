"""Tongchou 统筹: read, compute, pay, check and contest a regional development policy."""

__version__ = "0.1.0"
