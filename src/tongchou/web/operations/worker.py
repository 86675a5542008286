"""``tongchou worker``: what takes long is computed here, beside the server."""

from __future__ import annotations

import os


def worker() -> None:
    """在后台执行测算、导入等任务。Do the work that waits: runs, imports; any number of workers may run."""
    os.environ.setdefault("TONGCHOU_PRODUCTION", "1")
    import signal
    import threading

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop as refuse
    from tongchou.web.operations.starting import set_up

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        set_up()
    except ProblemsError as error:
        raise refuse(error.problems) from None
    from tongchou.web.jobs.worker import run
    from tongchou.web.operations.snapshot import is_up_to_date

    # The server brings the database up to date; a worker started beside it waits for that.
    while not stop.is_set() and not is_up_to_date():
        stop.wait(1)
    run(stop)
