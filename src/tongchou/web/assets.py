"""The built front end: from a plain name to the address of the file with its hash."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

_MANIFEST = Path(__file__).parent / "static" / "dist" / "manifest.json"


@lru_cache(maxsize=1)
def _manifest() -> dict[str, str]:
    try:
        return dict(json.loads(_MANIFEST.read_text("utf-8")))
    except FileNotFoundError:
        return {}


def asset_path(name: str) -> str:
    """Return the address of ``main.js`` or ``main.css``; the plain name where the front end has not been built."""
    return static(f"dist/{_manifest().get(name, name)}")
