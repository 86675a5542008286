"""What every command does before it touches the database: the environment is checked, Django set up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web import codes
from tongchou.web.operations import codes as operations_codes

RESTORING = "restore-unfinished"  # a file in the home folder while a restore is on its way
_MIGRATING = 7_241_905_331  # any number that nothing else in the database locks


def environment_problems() -> list[Problem]:
    """Return what is wrong with the home folder and the database address, all at once."""
    from tongchou.web.database import settings_for
    from tongchou.web.home import home, secret_key

    found: list[Problem] = []
    folder = Path()
    try:
        folder = home()
        secret_key(folder)
    except OSError as error:
        where = os.environ.get("TONGCHOU_HOME", "TONGCHOU_HOME")
        found.append(codes.HOME_NOT_USABLE.at(where, reason=error.strerror or str(error)))
    try:
        settings_for(os.environ.get("TONGCHOU_DATABASE_URL"), folder)
    except ValueError as error:
        found.append(codes.BAD_DATABASE.at("TONGCHOU_DATABASE_URL", reason=str(error)))
    return found


def set_up() -> None:
    """Set Django up; raise :class:`ProblemsError` when the environment does not allow it or no database answers."""
    problems = environment_problems()
    if problems:
        raise ProblemsError(problems)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchou.web.settings")
    import django

    django.setup()
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError:
        # The reason may name people's accounts and passwords; where to look is enough.
        raise ProblemsError([operations_codes.DATABASE_AWAY.at("TONGCHOU_DATABASE_URL")]) from None


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold off every other process that would change the schema, on this machine and on the database."""
    from django.conf import settings
    from django.db import connection

    with (settings.HOME / "starting.lock").open("ab") as file:
        _lock(file.fileno())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def _lock(handle: int) -> None:
    """Wait for the file's lock; closing the file lets go of it, and so does the end of the process."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX)


def bring_up_to_date() -> str | None:
    """Bring the database up to date and read what the region brings; return the first administrator's password.

    ``None`` where there are people already. Raises :class:`ProblemsError` after an interrupted restore. Two servers
    that start at once do it one after the other.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from tongchou.web.builtin import receive_builtin
    from tongchou.web.demo_data import prepare_demo
    from tongchou.web.duties.actions.proposing import propose_commitments
    from tongchou.web.figures.regions import region_named
    from tongchou.web.people.actions import first_administrator, receive_organisations
    from tongchou.web.registers.importing import receive_all
    from tongchou.web.registers.looking_up import references, registers

    with one_at_a_time():
        if (settings.HOME / RESTORING).exists():
            raise ProblemsError([operations_codes.RESTORE_UNFINISHED.at(str(settings.HOME))])
        call_command("migrate", verbosity=0, interactive=False)
        now = timezone.now()
        receive_organisations(region=region_named(settings.REGION), now=now)
        for document in receive_builtin():
            propose_commitments(document=document, by=None, now=now)
        receive_all(region=region_named(settings.REGION), known=registers(), references=references(), now=now)
        if settings.DEMO:
            prepare_demo(now)
        return first_administrator(now=now)
