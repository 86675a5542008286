"""How the suite in the browser is dealt out to workers, so that both end together."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# What takes longest begins first. The journeys on PostgreSQL need no prepared home.
_FIRST = ("postgresql", "menu", "sqlite", "test_ledger_in_motion.py", "test_rules_pages.py")


def piece(nodeid: str) -> str:
    """Return what one worker does in one go: a file; of the journeys a database; of the menu every role by itself."""
    file, _, test = nodeid.rpartition("/")[2].partition("::")
    of = test.partition("[")[2].rstrip("]")
    if file == "test_journeys.py":
        return of
    return f"menu {of}" if test.startswith("test_every_page_of_the_menu") else file


def turn(nodeid: str) -> int:
    """Return how early a test is to begin, 0 first."""
    kind = piece(nodeid).partition(" ")[0]
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


class Pieces(LoadScopeScheduling):
    """Give every piece to one worker, whole."""

    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)

    def remove_node(self, node: WorkerController) -> str | None:
        """Give the rest of a worker that ended to others, but not the test it ended in: it would hang there as well."""
        left = self.assigned_work[node]
        ended_in = next((test for tests in left.values() for test, is_done in tests.items() if not is_done), None)
        if ended_in is not None:
            left[piece(ended_in)][ended_in] = True
        super().remove_node(node)
        return ended_in
