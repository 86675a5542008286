"""What the demonstration holds besides the built-in policy and figures, app by app, in this order.

Each preparer works through actions only, is safe to repeat, and marks as illustrative what is made up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module

PREPARERS: tuple[str, ...] = (
    "tongchou.web.people.demo",
    "tongchou.web.duties.demo",
    "tongchou.web.collection.demo",
    "tongchou.web.runs.demo",
    "tongchou.web.money.demo",
    "tongchou.web.public.demo",
    "tongchou.web.registers.demo",
)


def prepare_demo(now: datetime) -> None:
    """Run every preparer."""
    for name in PREPARERS:
        prepare: Callable[[datetime], None] = import_module(name).prepare
        prepare(now)
