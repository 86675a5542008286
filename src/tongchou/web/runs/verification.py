"""Checking that no run was altered: every record has its hash, replays to it, and went through four eyes."""

from __future__ import annotations

from collections.abc import Iterator

from tongchou import __version__
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.run import content_hash, replay
from tongchou.web.runs import codes
from tongchou.web.runs.models import Record, Run
from tongchou.web.runs.steps import CLOSED

LABEL = Text("测算记录", "runs of rules")


def faults() -> Iterator[Problem]:
    """Yield what is wrong with any record or run; the numbers of another engine version are a warning only."""
    for kept in Record.objects.iterator(chunk_size=100):
        yield from _record(kept)
    closed = Run.objects.filter(state__in=CLOSED).values_list(
        "pk", "made_by", "submitted_by", "reviewed_by", "approved_by"
    )
    for pk, made, submitted, reviewed, approved in closed.iterator(chunk_size=1000):
        seen = [p for hand in ({made, submitted}, {reviewed}, {approved}) for p in hand if p is not None]
        if len(seen) != len(set(seen)):
            yield codes.FOUR_EYES.at(f"run {pk}")


def check(kept: Record) -> list[Problem]:
    """Return what is wrong with one record: altered, or giving other numbers when replayed."""
    return list(_record(kept))


def _record(kept: Record) -> Iterator[Problem]:
    where = f"record {kept.hash[:12]}"
    try:
        data = kept.data
        if data.get("hash") != kept.hash or content_hash(data) != kept.hash:
            yield codes.ALTERED.at(where)
            return
        again = replay(data)
    except (ProblemsError, ValueError, KeyError):
        yield codes.ALTERED.at(where)
        return
    if again["hash"] != kept.hash:
        found = codes.OTHER_NUMBERS.at(where, engine=kept.engine, now=__version__)
        # The record names its engine, so that another version never replays to the same hash.
        if kept.engine == __version__ or again["steps"] != data["steps"]:
            yield found
