"""The chain of events, for ``tongchou verify``."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.events.record import faults

__all__ = ["LABEL", "faults"]
LABEL = Text("事件链", "chain of events")
