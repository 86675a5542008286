"""What a clause is for, told by the words of its heading; a clause without such words is what its parent is."""

from __future__ import annotations

from functools import lru_cache

from tongchou.policy.lexicon import rows
from tongchou.policy.model import ClauseKind

_OPEN = (ClauseKind.OTHER, ClauseKind.GUIDING_PRINCIPLE)


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[ClauseKind, str, bool, bool], ...]:
    return tuple(
        (ClauseKind(r["kind"]), r["word"], r["place"] == "end", r["overrides"] == "yes") for r in rows("clause_kinds")
    )


def kind_of(heading: str, parent: ClauseKind, *, top: bool) -> ClauseKind:
    """Return the kind of a clause with this heading under a clause of kind ``parent``.

    Words marked as overriding in the vocabulary hold under any parent, the others only at the top or where the
    parent's kind is open; a top clause whose heading says nothing is a measure when it begins with a task.
    """
    if not heading:
        return ClauseKind.OTHER if top else parent
    for kind, word, at_end, overrides in _vocabulary():
        if (heading.endswith(word) if at_end else word in heading) and (overrides or top or parent in _OPEN):
            return kind
    if not top:
        return parent
    return ClauseKind.MEASURE if _is_task(heading) else ClauseKind.OTHER


def _is_task(heading: str) -> bool:
    from tongchou.policy.phrases import begins_with_verb

    return begins_with_verb(heading)
