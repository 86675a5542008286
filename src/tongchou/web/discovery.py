"""What apps offer the whole workbench, found by the name of a module each may have."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@lru_cache(maxsize=16)
def offered(name: str) -> tuple[ModuleType, ...]:
    """Return the module ``name`` of every installed app of ours that has one, in the order of the settings."""
    found = [f"{config.name}.{name}" for config in apps.get_app_configs() if config.name.startswith("tongchou.web.")]
    return tuple(import_module(module) for module in found if find_spec(module) is not None)
