"""``/healthz`` (the process is alive) and ``/readyz`` (it can serve), for everybody, before anything else is asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from tongchou.web.operations import heartbeat

_LEAST_FREE = 200 * 1024 * 1024  # bytes: below it uploads and the database are about to fail


class Health:
    """Answers both addresses without host, session, account or redirect, so that a monitor needs none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses; leave everything else to what comes next."""
        if request.path_info == "/healthz":
            return _answer({"status": "alive"}, 200)
        if request.path_info == "/readyz":
            return ready()
        return self.get_response(request)


def ready() -> HttpResponse:
    """Return 200 where the workbench can serve and 503 where not, with what was looked at.

    A silent worker does not keep the pages from being served: it is told, as ``degraded``.
    """
    looked = {"database": _database(), "disk": shutil.disk_usage(settings.HOME).free >= _LEAST_FREE}
    looked["migrations"] = looked["database"] and _migrated()
    worker = heartbeat.state()
    can = all(looked.values())
    status = "not ready" if not can else "ready" if worker is heartbeat.State.ALIVE else "degraded"
    return _answer({"status": status, **looked, "worker": worker.value}, 200 if can else 503)


def _answer(content: dict[str, object], status: int) -> HttpResponse:
    answer = JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
    answer.headers["Content-Length"] = str(len(answer.content))
    return answer


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


_is_migrated = False


def _migrated() -> bool:
    """Return whether every migration this version has is applied; once so, it stays so while the process lives."""
    global _is_migrated
    if not _is_migrated:
        from tongchou.web.operations.snapshot import is_up_to_date

        _is_migrated = is_up_to_date()
    return _is_migrated
