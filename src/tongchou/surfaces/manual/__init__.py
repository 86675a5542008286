"""The generated pages of the manual: problem codes, command line, JSON Schema.

Written by ``python -m tongchou.surfaces.manual DIR``; ``--check`` compares instead and fails on a difference.
"""

from __future__ import annotations

from tongchou.surfaces.manual.pages import pages, stale, write

__all__ = ["pages", "stale", "write"]
