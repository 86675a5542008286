"""Words of a document that the reader doubts and has not changed: wherever they are shown they are marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from tongchou.policy.model import Policy, Repair
from tongchou.policy.spans import Span


class Doubts:
    """The proposed repairs of a policy, found by place.

    A proposal leaves its characters standing. A ledger or a letter that shows them as the document's own words, with
    nothing beside them, would have officers sign for them.
    """

    def __init__(self, policy: Policy) -> None:
        self._held = sorted((r for r in policy.repairs if not r.applied and r.before), key=lambda r: r.span)
        self._starts = [r.span.start for r in self._held]
        self._longest = max((r.span.end - r.span.start for r in self._held), default=0)

    def __bool__(self) -> bool:
        return bool(self._held)

    def within(self, span: Span) -> list[Repair]:
        """Return the proposals that touch any character of ``span``, in order of the text."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end, first)
        return [r for r in self._held[first:last] if r.span.end > span.start]

    def remark(self, *spans: Span) -> str:
        """Return what is to be said beside words standing at ``spans``, "" where nothing is doubted."""
        found = dict.fromkeys(_words(r) for r in self._of(spans))
        return f"{'；'.join(found)}，待核定" if found else ""

    def _of(self, spans: Iterable[Span]) -> Iterable[Repair]:
        for span in spans:
            yield from self.within(span)


def _words(repair: Repair) -> str:
    return f"“{repair.before}”疑作“{repair.after}”" if repair.after else f"“{repair.before}”疑为衍文"
