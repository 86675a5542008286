"""``tongchou demo``: prepare the workbench with the built-in policy and serve it on this machine."""

from __future__ import annotations

import importlib.util
import os
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

# Looked up here, so that an installation without the [web] extra is told so instead of failing at the first page.
for _needed in ("django", "waitress", "whitenoise", "django_htmx"):
    if importlib.util.find_spec(_needed) is None:
        raise ModuleNotFoundError(f"No module named {_needed!r}", name=_needed)


def demo(
    port: Annotated[int, typer.Option(help="127.0.0.1 上的端口。Port on 127.0.0.1.", min=1, max=65535)] = 8000,
    browser: Annotated[bool, typer.Option(help="打开浏览器。Open the page in a browser.")] = True,
) -> None:
    """读入内置政策，在本机提供工作台。Read the built-in policy and serve the workbench on http://127.0.0.1:8000."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.web import codes
    from tongchou.web.operations.starting import bring_up_to_date, set_up

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise stop([codes.PORT_TAKEN.at(f"127.0.0.1:{port}", reason=reason, other=port + 1)]) from None
    if not (Path(__file__).parent / "static" / "dist" / "manifest.json").is_file():
        show([codes.FRONT_END_MISSING.at("tongchou.web")])
    os.environ.setdefault("TONGCHOU_DEMO", "1")
    try:
        set_up()
        bring_up_to_date()
    except ProblemsError as error:
        raise stop(error.problems) from None
    from django.conf import settings
    from waitress import create_server

    from tongchou.web.wsgi import application

    limits = {"max_request_body_size": settings.REQUEST_BYTES}
    server = create_server(application, host="127.0.0.1", port=port, threads=4, ident=None, **limits)
    address = f"http://127.0.0.1:{port}/"
    typer.echo(f"统筹工作台 {address}  （Ctrl+C 停止 · Ctrl+C to stop）")
    if browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    from tongchou.web.jobs.worker import embedded
    from tongchou.web.operations.warming import beside

    warming = beside()
    try:
        with embedded():
            server.run()
    except KeyboardInterrupt:
        pass
    finally:
        warming.terminate()
        server.close()
