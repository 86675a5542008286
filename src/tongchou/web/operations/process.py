"""One server process on a socket that is bound already: ``…operations.process FD THREADS PARENT``."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from types import FrameType
from typing import Any

from tongchou.web.operations.processes import PATIENCE

_HEADERS = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def serve_here(listening: socket.socket, threads: int, parent: int | None = None) -> None:
    """Serve until SIGTERM or SIGINT; then take no more, finish what is under way, and return.

    With the ``parent`` that watches this process (its id), stop as well when it is gone, killed without a word.
    """
    from django.conf import settings
    from waitress import create_server, wasyncore

    from tongchou.web.operations.warming import warm
    from tongchou.web.wsgi import application

    warm()
    listening.setblocking(False)
    options: dict[str, Any] = {"max_request_body_size": settings.REQUEST_BYTES, "connection_limit": 1000}
    if settings.PROXY:
        options |= {"trusted_proxy": settings.PROXY, "trusted_proxy_headers": _HEADERS}
    server = create_server(
        application, sockets=[listening], threads=threads, ident=None, clear_untrusted_proxy_headers=True, **options
    )
    asked = _Asked(server)
    while not asked.to_stop and (parent is None or os.getppid() == parent):
        wasyncore.loop(timeout=1, count=1, map=server._map, use_poll=True)
    # From here on nothing is accepted; the loop goes on so that answers under way reach their readers.
    server.del_channel(server._map)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(_is_busy(c) for c in list(server.active_channels.values())):
        wasyncore.loop(timeout=0.1, count=1, map=server._map, use_poll=True)
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(map=server._map)


class _Asked:
    """Whether the process has been asked to stop; asking wakes the loop."""

    def __init__(self, server: Any) -> None:
        self.to_stop, self.server = False, server
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True
        self.server.pull_trigger()


def _is_busy(channel: Any) -> bool:
    return bool(channel.requests or channel.total_outbufs_len or channel.request is not None)


def main() -> None:
    """Take the socket, the number of threads and the parent from the command line, and serve."""
    handle, threads, parent = (int(word) for word in sys.argv[1:4])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchou.web.settings")
    with socket.socket(fileno=handle) as listening:
        serve_here(listening, threads, parent)


if __name__ == "__main__":
    main()
