"""What a clause is for, told by the words of its heading; a clause without such words is what its parent is."""

from __future__ import annotations

from functools import lru_cache

from tongchou.policy.lexicon import rows
from tongchou.policy.model import ClauseKind
from tongchou.policy.phrases import grammar

_OPEN = (ClauseKind.OTHER, ClauseKind.GUIDING_PRINCIPLE)


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[ClauseKind, str, bool, bool], ...]:
    return tuple(
        (ClauseKind(r["kind"]), r["word"], r["place"] == "end", r["overrides"] == "yes") for r in rows("clause_kinds")
    )


def kind_of_title(title: str) -> ClauseKind:
    """Return what clauses of a document with this title are where their headings do not say: measures of a plan."""
    return next((ClauseKind(r["kind"]) for r in rows("title_kinds") if r["word"] in title), ClauseKind.OTHER)


@lru_cache(maxsize=1024)
def kind_of(heading: str, parent: ClauseKind, *, top: bool) -> ClauseKind:
    """Return the kind of a clause with this heading under a clause of kind ``parent`` (of the title, for a top one).

    Words marked as overriding in the vocabulary hold under any parent, the others only at the top or where the
    parent's kind is open; a top clause whose heading begins with a task is a measure.
    """
    if not heading:
        return parent
    for kind, word, at_end, overrides in _vocabulary():
        if (heading.endswith(word) if at_end else word in heading) and (overrides or top or parent in _OPEN):
            return kind
    if not top:
        return parent
    return ClauseKind.MEASURE if _is_task(heading) else parent


def _is_task(heading: str) -> bool:
    head = grammar().head(heading, 0, len(heading))
    return head is not None and len(heading) - head.verb_end >= 2
