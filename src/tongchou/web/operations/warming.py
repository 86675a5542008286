"""What a process computes once, computed before it takes the first visitor."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterable

_log = logging.getLogger("tongchou.serve")


def beside() -> subprocess.Popen[bytes]:
    """Compute networks in a process of their own: their kernels are compiled and kept on disk for the others."""
    code = "from tongchou.web.operations.starting import set_up; set_up(); "
    code += "from tongchou.web.operations.warming import networks; networks()"
    nothing = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", code], stdin=nothing, stdout=nothing, stderr=nothing)  # noqa: S603


def networks() -> None:
    """Compute the first answers of the pages of networks; what fails is logged, no more."""
    _each(_of_networks())


def _of_networks() -> tuple[Callable[[], object], ...]:
    from django.conf import settings
    from django.utils import timezone

    from tongchou.web.connections.held import table, travel_networks
    from tongchou.web.reach.held import first
    from tongchou.web.supply.held import first as first_of_supply

    name = settings.REGION
    return (
        lambda: [table(name, network, timezone.localdate(), ()) for network in travel_networks(name)],
        first,
        first_of_supply,
    )


def _each(work: Iterable[Callable[[], object]]) -> None:
    for step in work:
        try:
            step()
        except Exception:
            _log.warning("a step of warming failed", exc_info=True)


def warm() -> None:
    """Load the catalogue of rules, figures, layout, networks, policy and pages; what fails is logged, no more."""
    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import timezone

    from tongchou.web.computing.catalogue import entries
    from tongchou.web.duties.kept_standings import known_of
    from tongchou.web.figures.coverage import coverage_of
    from tongchou.web.figures.drawings import layout_of
    from tongchou.web.ledger.models import Document

    name = settings.REGION
    work: tuple[Callable[[], object], ...] = (
        lambda: get_resolver().url_patterns,
        lambda: layout_of(name),
        lambda: coverage_of(name),
        lambda: entries(name),
        *_of_networks(),
        lambda: [document.policy for document in Document.objects.filter(is_builtin=True)],
        lambda: [known_of(document, timezone.localdate()) for document in Document.objects.filter(is_builtin=True)],
    )
    _each(work)
    connections.close_all()
