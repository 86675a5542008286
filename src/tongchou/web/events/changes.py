"""What last happened of some kinds: a stamp for what is kept in memory and shows nothing but what those events tell."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from tongchou.web.events.models import GENESIS

# The head of the chain, the event that was the head at the last look, and the last event of the kinds since then.
_LOOK = """SELECT number, hash, (SELECT hash FROM events_event WHERE number = %s),
(SELECT hash FROM events_event WHERE number > %s AND ({kinds}) ORDER BY number DESC LIMIT 1)
FROM events_head WHERE id = 1"""


class Look(NamedTuple):
    """The head of the chain when it was looked at, and ``stamp``: the hash of the last event of the kinds."""

    number: int
    hash: str
    stamp: str


class Changes:
    """The last event of the kinds with these beginnings, looked for only among the events since the last look.

    Ask for the stamp before reading what it stands for, and not inside an action: an event is in the chain when its
    action is done, in every process at once. It is asked for by every page, so the query is written out.
    """

    def __init__(self, *beginnings: str) -> None:
        self._kinds = [f"{beginning}%" for beginning in beginnings]
        self._query = _LOOK.format(kinds=" OR ".join(["kind LIKE %s"] * len(beginnings)))
        self._seen = Look(0, GENESIS, GENESIS)

    def stamp(self) -> str:
        """Return the hash of the last such event, in one query."""
        return self.look().stamp

    def look(self) -> Look:
        """Return the last such event together with the head of the chain, in one query."""
        number, hash_, stamp = self._seen
        head = self._look(number)
        if number and head[2] != hash_:  # another chain: a backup was restored
            number, stamp = 0, GENESIS
            head = self._look(0)
        stamp = head[3] or stamp
        self._seen = found = Look(head[0], head[1], stamp)
        return found

    def _look(self, number: int) -> tuple[int, str, str | None, str | None]:
        """Return number and hash of the head, the hash of event ``number``, and of the last of the kinds since."""
        with connection.cursor() as cursor:
            cursor.execute(self._query, [number, number, *self._kinds])
            found: tuple[int, str, str | None, str | None] | None = cursor.fetchone()
        return found or (0, GENESIS, None, None)
