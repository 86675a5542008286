"""The signs that carry a lamp's meaning where colour cannot: on black-and-white paper, for colour-blind readers."""

from __future__ import annotations

ICONS = {"green": "●", "yellow": "▲", "red": "■", "blue": "✔", "grey": "◌"}
